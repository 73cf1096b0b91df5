package xlsx

import (
	"fmt"
	"strings"
)

// tailOrder is the order of the elements that may follow the data of a sheet
// (ECMA-376 Part 1, 18.3.1.99).
var tailOrder = []string{
	"sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
	"conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
	"cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
	"tableParts", "extLst",
}

// fragment is an element to add to the tail of a sheet.
type fragment struct{ name, xml string }

// completeTail inserts the fragments into the tail of a sheet, which runs
// from after the data to the end, each where the schema wants it.
func completeTail(tail string, add []fragment) (string, error) {
	body, ok := strings.CutSuffix(strings.TrimSpace(tail), "</worksheet>")
	if !ok {
		return "", fmt.Errorf("xlsx: a sheet does not end as expected")
	}
	at := make(map[string]int, len(tailOrder))
	for i, n := range tailOrder {
		at[n] = i
	}
	slots := make([]strings.Builder, len(tailOrder))
	for body != "" {
		name, el, rest, err := topElement(body)
		if err != nil {
			return "", err
		}
		i, ok := at[name]
		if !ok {
			return "", fmt.Errorf("xlsx: unknown element %s in a sheet", name)
		}
		slots[i].WriteString(el)
		body = rest
	}
	for _, f := range add {
		i, ok := at[f.name]
		if !ok {
			panic("xlsx: unknown element of a sheet")
		}
		if slots[i].Len() > 0 && f.name != "conditionalFormatting" {
			return "", fmt.Errorf("xlsx: two elements %s in a sheet", f.name)
		}
		slots[i].WriteString(f.xml)
	}
	var out strings.Builder
	for i := range slots {
		out.WriteString(slots[i].String())
	}
	out.WriteString("</worksheet>")
	return out.String(), nil
}

// topElement cuts the first element off s.
func topElement(s string) (name, element, rest string, err error) {
	if !strings.HasPrefix(s, "<") {
		return "", "", "", fmt.Errorf("xlsx: text between the elements of a sheet")
	}
	end := strings.IndexAny(s, " />")
	if end < 2 {
		return "", "", "", fmt.Errorf("xlsx: a damaged element in a sheet")
	}
	name = s[1:end]
	gt := strings.IndexByte(s, '>')
	if gt < 0 {
		return "", "", "", fmt.Errorf("xlsx: a damaged element in a sheet")
	}
	if s[gt-1] == '/' {
		return name, s[:gt+1], s[gt+1:], nil
	}
	close := "</" + name + ">"
	i := strings.Index(s, close)
	if i < 0 {
		return "", "", "", fmt.Errorf("xlsx: element %s does not end", name)
	}
	i += len(close)
	return name, s[:i], s[i:], nil
}

// escape makes text safe inside an element or an attribute. Characters that
// XML cannot hold are removed.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n':
			b.WriteString("&#10;")
		case r == '\t':
			b.WriteString("&#9;")
		case r < 0x20 || r == 0xfffe || r == 0xffff:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
