package xlsx

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Chart is a native, editable chart of lines over stacked areas: a fan of
// prediction intervals under the history, the median and what is wanted. All
// series are bound to cells; the values are cached, so that a viewer that
// does not calculate shows them too.
type Chart struct {
	Title       string
	XTitle      string
	YTitle      string
	Format      string // number format of the value axis
	LabelFormat string // of the labels; empty: that of the axis
	Categories  Series // one label a point; only Ref and Labels are used
	Areas       []Series
	Lines       []Series
	Min         float64 // of the value axis
	Max         float64
	Step        float64 // between grid lines
	Legend      bool
	LabelEvery  int   // of the categories one in so many is labelled; 0: all
	LegendSkip  []int // entries left out, by index over areas and then lines
}

// Series is a row or column of cells.
type Series struct {
	Name    string    // cached name
	NameRef string    // cell that holds the name, with its sheet
	Ref     string    // cells of the values, with their sheet
	Values  []float64 // cached; NaN where the cell is empty
	Labels  []string  // cached, for categories

	Color   string // RRGGBB
	Opacity int    // of an area, per cent; 0 hides it
	Width   float64
	Dash    string // sysDot, dash, …; empty: solid
	Marker  string // triangle, circle, …; empty: none
	Hollow  bool
	NoLine  bool
	LabelAt []int // points that carry their value as a label
	Named   bool  // the labels name the series too
	Above   bool  // the labels stand above their points instead of to their right
}

func (c *Chart) xml(lang, font string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	fmt.Fprintf(&b, `<c:date1904 val="0"/><c:lang val="%s"/><c:roundedCorners val="0"/><c:chart>`, lang)
	t := chartText{lang: lang, font: font}
	if c.Title != "" {
		b.WriteString(`<c:title>` + t.rich(c.Title, 1200, true, "1A1A1A") + `<c:overlay val="0"/></c:title>`)
	}
	fmt.Fprintf(&b, `<c:autoTitleDeleted val="%d"/><c:plotArea><c:layout/>`, bit(c.Title == ""))
	n := 0
	if len(c.Areas) > 0 {
		b.WriteString(`<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>`)
		for _, s := range c.Areas {
			c.series(&b, n, s, true, t)
			n++
		}
		b.WriteString(`<c:axId val="100000001"/><c:axId val="100000002"/></c:areaChart>`)
	}
	b.WriteString(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
	for _, s := range c.Lines {
		c.series(&b, n, s, false, t)
		n++
	}
	b.WriteString(`<c:marker val="1"/><c:axId val="100000001"/><c:axId val="100000002"/></c:lineChart>`)
	axisLine := `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>`
	// The labels stand below the plot also where values are negative.
	fmt.Fprintf(&b, `<c:catAx><c:axId val="100000001"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>%s<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>%s%s<c:crossAx val="100000002"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>%s<c:noMultiLvlLbl val="1"/></c:catAx>`,
		t.title(c.XTitle), axisLine, t.properties(900, "404040"), fmt.Sprintf(`<c:tickLblSkip val="%d"/><c:tickMarkSkip val="1"/>`, max(1, c.LabelEvery)))
	scale := `<c:scaling><c:orientation val="minMax"/>`
	if c.Max > c.Min {
		scale += fmt.Sprintf(`<c:max val="%s"/><c:min val="%s"/>`, num(c.Max), num(c.Min))
	}
	unit := ""
	if c.Step > 0 {
		unit = fmt.Sprintf(`<c:majorUnit val="%s"/>`, num(c.Step))
	}
	fmt.Fprintf(&b, `<c:valAx><c:axId val="100000002"/>%s</c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>%s<c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>%s<c:crossAx val="100000001"/><c:crosses val="min"/><c:crossBetween val="midCat"/>%s</c:valAx>`,
		scale, t.title(c.YTitle), escape(c.Format), t.properties(900, "404040"), unit)
	b.WriteString(`<c:spPr><a:noFill/></c:spPr></c:plotArea>`)
	if c.Legend {
		b.WriteString(`<c:legend><c:legendPos val="b"/>`)
		for _, i := range c.LegendSkip {
			fmt.Fprintf(&b, `<c:legendEntry><c:idx val="%d"/><c:delete val="1"/></c:legendEntry>`, i)
		}
		b.WriteString(`<c:overlay val="0"/>` + t.properties(900, "404040") + `</c:legend>`)
	}
	b.WriteString(`<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>`)
	b.WriteString(`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>` + t.properties(900, "404040"))
	b.WriteString(`<c:printSettings><c:headerFooter/><c:pageMargins b="0.75" l="0.7" r="0.7" t="0.75" header="0.3" footer="0.3"/><c:pageSetup/></c:printSettings></c:chartSpace>`)
	return b.String()
}

func bit(v bool) int {
	if v {
		return 1
	}
	return 0
}

func (c *Chart) series(b *strings.Builder, i int, s Series, area bool, t chartText) {
	fmt.Fprintf(b, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`, i, i, escape(s.NameRef), escape(s.Name))
	fill := `<a:solidFill><a:srgbClr val="` + s.Color + `"/></a:solidFill>`
	switch {
	case area && s.Opacity <= 0:
		b.WriteString(`<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>`)
	case area:
		fmt.Fprintf(b, `<c:spPr><a:solidFill><a:srgbClr val="%s"><a:alpha val="%d"/></a:srgbClr></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>`, s.Color, s.Opacity*1000)
	case s.NoLine:
		b.WriteString(`<c:spPr><a:ln w="28575"><a:noFill/></a:ln></c:spPr>`)
	default:
		dash := ""
		if s.Dash != "" {
			dash = `<a:prstDash val="` + s.Dash + `"/>`
		}
		fmt.Fprintf(b, `<c:spPr><a:ln w="%d" cap="rnd">%s%s<a:round/></a:ln></c:spPr>`, int(math.Round(s.Width*emu)), fill, dash)
	}
	if !area {
		if s.Marker == "" {
			b.WriteString(`<c:marker><c:symbol val="none"/></c:marker>`)
		} else {
			inner := fill
			if s.Hollow {
				inner = `<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`
			}
			size := 6
			if s.Marker == "triangle" {
				size = 9
			}
			fmt.Fprintf(b, `<c:marker><c:symbol val="%s"/><c:size val="%d"/><c:spPr>%s<a:ln w="9525">%s</a:ln></c:spPr></c:marker>`, s.Marker, size, inner, fill)
		}
		if len(s.LabelAt) > 0 {
			pos := "r"
			if s.Above {
				pos = "t"
			}
			flags := func(value, name int) string {
				return fmt.Sprintf(`<c:showLegendKey val="0"/><c:showVal val="%d"/><c:showCatName val="0"/><c:showSerName val="%d"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>`, value, name)
			}
			look := `<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>` + t.properties(900, s.Color)
			labelFormat := c.LabelFormat
			if labelFormat == "" {
				labelFormat = c.Format
			}
			b.WriteString(`<c:dLbls>`)
			for _, i := range s.LabelAt {
				fmt.Fprintf(b, `<c:dLbl><c:idx val="%d"/><c:numFmt formatCode="%s" sourceLinked="0"/>%s<c:dLblPos val="%s"/>%s<c:separator> </c:separator></c:dLbl>`, i, escape(labelFormat), look, pos, flags(1, bit(s.Named)))
			}
			b.WriteString(look + flags(0, 0) + `</c:dLbls>`)
		}
	}
	k := c.Categories
	fmt.Fprintf(b, `<c:cat><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>`, escape(k.Ref), len(k.Labels))
	for j, l := range k.Labels {
		fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, j, escape(l))
	}
	fmt.Fprintf(b, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, escape(s.Ref), len(s.Values))
	for j, v := range s.Values {
		if !math.IsNaN(v) {
			fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, j, num(v))
		}
	}
	b.WriteString(`</c:numCache></c:numRef></c:val>`)
	if !area {
		b.WriteString(`<c:smooth val="0"/>`)
	}
	b.WriteString(`</c:ser>`)
}

func num(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// chartText writes text properties in the book's font.
type chartText struct{ lang, font string }

func (t chartText) run(size int, bold bool, color string) string {
	return fmt.Sprintf(` lang="%s" sz="%d" b="%d"><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:latin typeface="%s"/><a:ea typeface="%s"/>`, t.lang, size, bit(bold), color, escape(t.font), escape(t.font))
}

func (t chartText) rich(s string, size int, bold bool, color string) string {
	return fmt.Sprintf(`<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr%s</a:defRPr></a:pPr><a:r><a:rPr%s</a:rPr><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:layout/>`,
		t.run(size, bold, color), t.run(size, bold, color), escape(s))
}

func (t chartText) title(s string) string {
	if s == "" {
		return ""
	}
	return `<c:title>` + t.rich(s, 900, false, "404040") + `<c:overlay val="0"/></c:title>`
}

func (t chartText) properties(size int, color string) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr%s</a:defRPr></a:pPr><a:endParaRPr lang="%s"/></a:p></c:txPr>`, t.run(size, false, color), t.lang)
}
