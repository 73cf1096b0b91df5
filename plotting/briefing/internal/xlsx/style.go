package xlsx

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Style is how a cell looks. It is comparable; equal styles are one. The zero
// value is the book's body text.
type Style struct {
	Name      Named   // named cell style that the style belongs to
	Font      string  // empty: that of the book
	Size      float64 // points; 0: that of the book
	Bold      bool
	Italic    bool
	Underline bool
	Color     string // RRGGBB; empty: black
	Fill      string // RRGGBB; empty: none
	Format    string // number format; empty: General, text where the cell holds text
	Align     string // left, right, center; empty: by type
	Top       bool   // at the top of the cell instead of its middle
	Wrap      bool
	Indent    int
	Line      Lines // rules above and below
	Unlocked  bool  // may be changed on a protected sheet
}

// Lines are the horizontal rules of a cell; a table of three lines has no
// others.
type Lines uint8

// The rules.
const (
	ThickAbove Lines = 1 << iota
	ThickBelow
	ThinBelow
	ThinAbove
)

// Named is a named cell style, which screen readers and the navigation of a
// spreadsheet program know by its number.
type Named uint8

// The named styles.
const (
	Plain Named = iota
	Title
	Heading1
	Heading2
	Input
	Calculation
	Explanation
	Link
	Total
)

// builtins are the built-in names and numbers of the named styles
// (ECMA-376 Part 1, 18.8.7).
var builtins = [...]struct {
	name string
	id   int
}{{"Normal", 0}, {"Title", 15}, {"Heading 1", 16}, {"Heading 2", 17}, {"Input", 20}, {"Calculation", 22}, {"Explanatory Text", 53}, {"Hyperlink", 8}, {"Total", 25}}

// Style returns the number of a style for use in cells.
func (b *Book) Style(s Style) int {
	if id, ok := b.styles[s]; ok {
		return id
	}
	e := excelize.Style{Alignment: &excelize.Alignment{Vertical: "center", WrapText: s.Wrap, Horizontal: s.Align, Indent: s.Indent}}
	if s.Top {
		e.Alignment.Vertical = "top"
	}
	f := &excelize.Font{Family: s.Font, Size: s.Size, Bold: s.Bold, Italic: s.Italic, Color: s.Color}
	if f.Family == "" {
		f.Family = b.font
	}
	if f.Size == 0 {
		f.Size = b.size
	}
	if s.Underline {
		f.Underline = "single"
	}
	if b.charset != 0 {
		f.Charset = &b.charset
	}
	e.Font = f
	if s.Fill != "" {
		e.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.Fill}}
	}
	if s.Format != "" {
		e.CustomNumFmt = &s.Format
	}
	add := func(l Lines, side string, style int) {
		if s.Line&l != 0 {
			e.Border = append(e.Border, excelize.Border{Type: side, Color: "000000", Style: style})
		}
	}
	add(ThickAbove, "top", 2)
	add(ThinAbove, "top", 1)
	add(ThickBelow, "bottom", 2)
	add(ThinBelow, "bottom", 1)
	if s.Unlocked {
		e.Protection = &excelize.Protection{Locked: false}
	}
	id, err := b.File.NewStyle(&e)
	b.fail(err)
	b.styles[s] = id
	if s.Name != Plain {
		if len(b.named[s.Name]) == 0 {
			b.namedOrder = append(b.namedOrder, s.Name)
		}
		b.named[s.Name] = append(b.named[s.Name], id)
	}
	return id
}

var (
	xfElement  = regexp.MustCompile(`<xf [^>]*?(?:/>|>.*?</xf>)`)
	xfID       = regexp.MustCompile(` xfId="\d+"`)
	cellXfs    = regexp.MustCompile(`(?s)<cellXfs count="\d+">(.*?)</cellXfs>`)
	styleXfs   = regexp.MustCompile(`(?s)<cellStyleXfs count="\d+">(.*?)</cellStyleXfs>`)
	cellStyles = regexp.MustCompile(`(?s)<cellStyles count="\d+">.*?</cellStyles>`)
)

// patchStyles enters the named styles, which excelize does not know, and the
// formats of conditional formatting.
func (b *Book) patchStyles(data []byte) ([]byte, error) {
	m := cellXfs.FindSubmatchIndex(data)
	n := styleXfs.FindSubmatchIndex(data)
	if m == nil || n == nil {
		return nil, fmt.Errorf("xlsx: unexpected styles")
	}
	xfs := xfElement.FindAll(data[m[2]:m[3]], -1)
	base := xfElement.FindAll(data[n[2]:n[3]], -1)
	names := []string{`<cellStyle name="Normal" xfId="0" builtinId="0"/>`}
	order := slices.Clone(b.namedOrder)
	slices.Sort(order)
	for _, name := range order {
		k := len(base)
		ids := b.named[name]
		base = append(base, xfID.ReplaceAll(xfs[ids[0]], nil))
		for _, id := range ids {
			xfs[id] = xfID.ReplaceAll(xfs[id], []byte(fmt.Sprintf(` xfId="%d"`, k)))
		}
		names = append(names, fmt.Sprintf(`<cellStyle name="%s" xfId="%d" builtinId="%d"/>`, builtins[name].name, k, builtins[name].id))
	}
	// The default cell format has the book's font.
	out := string(data)
	out = strings.Replace(out, string(data[m[0]:m[1]]), fmt.Sprintf(`<cellXfs count="%d">%s</cellXfs>`, len(xfs), bytes.Join(xfs, nil)), 1)
	out = strings.Replace(out, string(data[n[0]:n[1]]), fmt.Sprintf(`<cellStyleXfs count="%d">%s</cellStyleXfs>`, len(base), bytes.Join(base, nil)), 1)
	if !cellStyles.MatchString(out) {
		return nil, fmt.Errorf("xlsx: unexpected styles")
	}
	out = cellStyles.ReplaceAllLiteralString(out, fmt.Sprintf(`<cellStyles count="%d">%s</cellStyles>`, len(names), strings.Join(names, "")))
	return []byte(out), nil
}
