package xlsx

import (
	"fmt"
	"strings"
)

// DataBar shows numbers as bars whose whole length is Max, as excelize's do
// not: there 93 % fills the cell.
type DataBar struct {
	Ref      string
	Min, Max float64
	Color    string // RRGGBB
}

// DataBar adds a data bar.
func (s *Sheet) DataBar(d DataBar) {
	s.prio++
	s.conds = append(s.conds, fragment{"conditionalFormatting", fmt.Sprintf(
		`<conditionalFormatting sqref="%s"><cfRule type="dataBar" priority="%d"><dataBar><cfvo type="num" val="%g"/><cfvo type="num" val="%g"/><color rgb="FF%s"/></dataBar><extLst><ext xmlns:x14="%s" uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"><x14:id>%s</x14:id></ext></extLst></cfRule></conditionalFormatting>`,
		d.Ref, s.prio, d.Min, d.Max, d.Color, x14, barID(len(s.bars)))})
	s.bars = append(s.bars, d)
}

const (
	x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
	xm  = "http://schemas.microsoft.com/office/excel/2006/main"
)

func barID(i int) string { return fmt.Sprintf("{5A3B1B00-0000-4000-8000-%012X}", i+1) }

func dataBarExt(bars []DataBar) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<ext xmlns:x14="%s" uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>`, x14)
	for i, d := range bars {
		fmt.Fprintf(&b, `<x14:conditionalFormatting xmlns:xm="%s"><x14:cfRule type="dataBar" id="%s"><x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo type="num"><xm:f>%g</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>%g</xm:f></x14:cfvo><x14:negativeFillColor rgb="FFD55E00"/><x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule><xm:sqref>%s</xm:sqref></x14:conditionalFormatting>`,
			xm, barID(i), d.Min, d.Max, d.Ref)
	}
	b.WriteString(`</x14:conditionalFormattings></ext>`)
	return b.String()
}

// Lights adds traffic lights: red below low, green from high on, amber
// between. The thresholds are numbers, not per cents of the range, and are
// to be stated on the sheet.
func (s *Sheet) Lights(ref string, low, high float64) {
	s.prio++
	s.conds = append(s.conds, fragment{"conditionalFormatting", fmt.Sprintf(
		`<conditionalFormatting sqref="%s"><cfRule type="iconSet" priority="%d"><iconSet iconSet="3TrafficLights1"><cfvo type="percent" val="0"/><cfvo type="num" val="%g"/><cfvo type="num" val="%g"/></iconSet></cfRule></conditionalFormatting>`,
		ref, s.prio, low, high)})
}

// Sparkline is a small chart in a cell.
type Sparkline struct {
	Cell   string
	Source string // range with its sheet: 'name'!A1:F1
	Column bool   // columns instead of a line
}

// Sparkline adds a sparkline. Its last point is marked.
func (s *Sheet) Sparkline(p Sparkline) { s.sparks = append(s.sparks, p) }

func sparklineExt(sparks []Sparkline) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<ext xmlns:x14="%s" uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups xmlns:xm="%s">`, x14, xm)
	for _, column := range []bool{false, true} {
		open := false
		for _, p := range sparks {
			if p.Column != column {
				continue
			}
			if !open {
				kind := ""
				if column {
					kind = ` type="column"`
				}
				fmt.Fprintf(&b, `<x14:sparklineGroup lineWeight="1.5"%s displayEmptyCellsAs="gap" last="1"><x14:colorSeries rgb="FF0072B2"/><x14:colorNegative rgb="FFD55E00"/><x14:colorAxis rgb="FF000000"/><x14:colorMarkers rgb="FF0072B2"/><x14:colorFirst rgb="FF0072B2"/><x14:colorLast rgb="FFD55E00"/><x14:colorHigh rgb="FF0072B2"/><x14:colorLow rgb="FF0072B2"/><x14:sparklines>`, kind)
				open = true
			}
			fmt.Fprintf(&b, `<x14:sparkline><xm:f>%s</xm:f><xm:sqref>%s</xm:sqref></x14:sparkline>`, escape(p.Source), p.Cell)
		}
		if open {
			b.WriteString(`</x14:sparklines></x14:sparklineGroup>`)
		}
	}
	b.WriteString(`</x14:sparklineGroups></ext>`)
	return b.String()
}
