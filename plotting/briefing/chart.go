package briefing

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// column is a range of cells that a chart draws, with the values that stand
// there, so that viewers which do not recalculate can draw it too.
type column struct {
	name  string // of the series, for the data sheet and screen readers
	head  string // reference of the heading cell: 'GDP'!$B$6
	ref   string // reference of the values: 'GDP'!$B$7:$B$12
	cells []float64
}

// fanChart is the native chart of a headline indicator: history, bands,
// median, required path and targets, all bound to cells.
type fanChart struct {
	title, lang, format string
	years               []string
	yearRef             string
	base                column   // invisible area below the bands
	bands               []column // heights of the bands, from below
	lines               []fanLine
	min                 float64 // of the vertical axis; NaN: automatic
}

type fanLine struct {
	column
	color  string
	width  float64 // points
	dash   string  // of DrawingML: solid, dash, sysDot
	marker string  // symbol, or none
	line   bool    // whether the points are joined
}

func esc(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}

func numRef(c column, format string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<c:val><c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>%s</c:formatCode><c:ptCount val="%d"/>`, esc(c.ref), esc(format), len(c.cells))
	for i, v := range c.cells {
		if !math.IsNaN(v) {
			fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, strconv.FormatFloat(v, 'g', -1, 64))
		}
	}
	b.WriteString(`</c:numCache></c:numRef></c:val>`)
	return b.String()
}

func (f *fanChart) category() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<c:cat><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>`, esc(f.yearRef), len(f.years))
	for i, y := range f.years {
		fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, esc(y))
	}
	b.WriteString(`</c:strCache></c:strRef></c:cat>`)
	return b.String()
}

func head(i int, c column) string {
	return fmt.Sprintf(`<c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`, i, i, esc(c.head), esc(c.name))
}

const textProps = `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="%s"/></a:p></c:txPr>`

// xml returns the chart part.
func (f *fanChart) xml() []byte {
	var b strings.Builder
	lang := "zh-CN"
	if f.lang == "en" {
		lang = "en-GB"
	}
	txt := fmt.Sprintf(textProps, lang)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	b.WriteString(`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	fmt.Fprintf(&b, `<c:date1904 val="0"/><c:lang val="%s"/><c:roundedCorners val="0"/><c:chart>`, lang)
	fmt.Fprintf(&b, `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="%s" sz="1200" b="1"><a:solidFill><a:srgbClr val="1A1A1A"/></a:solidFill></a:rPr><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`, lang, esc(f.title))
	b.WriteString(`<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	// Areas: an invisible base and the bands stacked on it.
	if len(f.bands) > 0 {
		b.WriteString(`<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>`)
		fmt.Fprintf(&b, `<c:ser>%s<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>%s%s</c:ser>`, head(0, f.base), f.category(), numRef(f.base, f.format))
		for i, c := range f.bands {
			color := "DBEBF4"
			if len(f.bands) == 3 && i == 1 {
				color = "99C7E0"
			}
			fmt.Fprintf(&b, `<c:ser>%s<c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>%s%s</c:ser>`, head(i+1, c), color, f.category(), numRef(c, f.format))
		}
		b.WriteString(`<c:axId val="111"/><c:axId val="112"/></c:areaChart>`)
	}
	b.WriteString(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
	for i, l := range f.lines {
		ln := `<a:ln><a:noFill/></a:ln>`
		if l.line {
			ln = fmt.Sprintf(`<a:ln w="%d" cap="rnd"><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:prstDash val="%s"/><a:round/></a:ln>`, int(l.width*12700), l.color, l.dash)
		}
		marker := `<c:marker><c:symbol val="none"/></c:marker>`
		if l.marker != "none" {
			marker = fmt.Sprintf(`<c:marker><c:symbol val="%s"/><c:size val="8"/><c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:marker>`, l.marker, l.color)
		}
		fmt.Fprintf(&b, `<c:ser>%s<c:spPr>%s</c:spPr>%s%s%s<c:smooth val="0"/></c:ser>`, head(len(f.bands)+1+i, l.column), ln, marker, f.category(), numRef(l.column, f.format))
	}
	b.WriteString(`<c:marker val="1"/><c:axId val="111"/><c:axId val="112"/></c:lineChart>`)
	fmt.Fprintf(&b, `<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>%s<c:crossAx val="112"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>`, txt)
	scale := `<c:orientation val="minMax"/>`
	if !math.IsNaN(f.min) {
		scale += fmt.Sprintf(`<c:min val="%s"/>`, strconv.FormatFloat(f.min, 'g', -1, 64))
	}
	fmt.Fprintf(&b, `<c:valAx><c:axId val="112"/><c:scaling>%s</c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>%s<c:crossAx val="111"/><c:crosses val="autoZero"/><c:crossBetween val="midCat"/></c:valAx>`, scale, esc(f.format), txt)
	b.WriteString(`<c:spPr><a:noFill/></c:spPr></c:plotArea><c:legend><c:legendPos val="b"/>`)
	if len(f.bands) > 0 {
		b.WriteString(`<c:legendEntry><c:idx val="0"/><c:delete val="1"/></c:legendEntry>`)
	}
	fmt.Fprintf(&b, `<c:overlay val="0"/>%s</c:legend><c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>%s<c:printSettings><c:headerFooter/><c:pageMargins b="0.75" l="0.7" r="0.7" t="0.75" header="0.3" footer="0.3"/><c:pageSetup/></c:printSettings></c:chartSpace>`, txt, txt)
	return []byte(b.String())
}
