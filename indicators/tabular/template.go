package tabular

import (
	"io"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/indicators"
)

// Names of the sheets that Write makes.
var sheetNames = map[string][2]string{"zh": {"历年数据", "填表说明"}, "en": {"History", "How to fill in"}}

var instructions = map[string][]string{
	"zh": {
		"填表说明",
		"1. 每行一个指标，每列一年；在年份列中填数，单位、口径、地区与该行一致。年份列可增减，列名写2019、2019年或2019-Q3。",
		"2. 已有的数是报告公布的，不必改动；如与年鉴不一致，直接改成年鉴数，两个数都会保留并列入核对。",
		"3. 填了数的行必须写明来源（如“洛阳统计年鉴2021”）；页码写在“页码”列。",
		"4. 统计项：数值、增速（%）、新增（当年新增数）、占比（写作“占比：指标@地区”）、位次。",
		"5. 没有数的格留空或写“—”；初步数写作“698[p]”，估计数写作“698[e]”；“近500”“1200余”等照写。",
		"6. 需要另加指标时，在表下另起一行。不要合并单元格。",
	},
	"en": {
		"How to fill in",
		"1. One series a row, one year a column; the numbers are in the unit, scope and area of their row. Columns of years may be added or removed; write 2019 or 2019-Q3 above them.",
		"2. The numbers that are there are those of the report and need no change. Where a yearbook differs, put its number: both are kept and listed for checking.",
		"3. A row with numbers must name its source, such as a yearbook; its page stands under Page.",
		"4. Measure: level, growth (%), increment (added in the year), share (written share：indicator@area), rank.",
		"5. Leave cells without a number empty or write —; write 698[p] for a provisional and 698[e] for an estimated number.",
		"6. Further indicators go into rows below. Do not merge cells.",
	},
}

// rowsOf returns the series of the sheet: what d observes or wants to reach, as
// a level, growth, share or rank of one period, in the order of the claims.
func rowsOf(d *indicators.Dataset) []indicators.Claim {
	var out []indicators.Claim
	seen := map[indicators.SeriesID]bool{}
	for i := range d.Claims {
		c := d.Claims[i]
		id := c.Series()
		if c.Kind.Target() {
			t := indicators.Formal(&c, indicators.Wording{})
			if t.Open != "" || t.Measure == indicators.Multiple || t.Measure == indicators.Cumulative {
				continue
			}
			if id = t.SeriesID; t.Measure == indicators.GrowthRate && id.Measure == indicators.Level {
				id.Measure = indicators.GrowthRate // its unit is %, that of the level is not known
			}
		} else if len(c.Spans) != 1 || !c.Spans[0].Single() {
			continue
		}
		switch id.Measure {
		case indicators.Level, indicators.GrowthRate, indicators.Share, indicators.Rank:
		default:
			if c.Kind != indicators.KindIncrementYear {
				continue
			}
		}
		if !seen[id] && c.HasValue && !c.Unit.IsZero() { // a fraction has no unit to fill in more of
			seen[id] = true
			out = append(out, c)
		}
	}
	return out
}

// Write writes the history sheet as an Excel workbook: a row for every series
// of h.Known, with the numbers that are known, and a second sheet that says
// how to fill it in. The same dataset gives the same bytes.
func (h History) Write(w io.Writer) error {
	lang := h.lang()
	names, ok := sheetNames[lang]
	if !ok {
		panic("tabular: unknown language")
	}
	d := h.Known
	if d == nil {
		d = &indicators.Dataset{}
	}
	f := excelize.NewFile()
	defer f.Close()
	b := &sheetBuilder{f: f, sheet: names[0]}
	b.do(f.SetSheetName("Sheet1", names[0]))
	b.styles()

	series := map[indicators.SeriesID]*indicators.Series{}
	all := d.Series(indicators.Preference{AsRead: true})
	last := 0
	for i := range all {
		s := &all[i]
		series[s.SeriesID] = s
		if o, ok := s.Last(); ok && o.Period.Freq() == indicators.Annual && s.Obs[0].Claim != "" {
			last = max(last, o.Period.Year())
		}
	}
	years := h.Years
	if years == 0 {
		years = 11
	}
	if last == 0 {
		last = 2021
		if len(d.Documents) > 0 && !d.Documents[0].Date.IsZero() {
			last = d.Documents[0].Date.Year() - 1
		}
	}
	head := []column{colIndicator, colMeasure, colUnit, colScope, colArea}
	width := []float64{34, 22, 12, 14, 12}
	for i, c := range head {
		b.put(i+1, 1, heading(c, lang), b.head)
		b.width(i+1, width[i])
	}
	first := len(head) + 1
	for k := range years {
		b.put(first+k, 1, last-years+1+k, b.headYear)
		b.width(first+k, 10)
	}
	for i, c := range []column{colSource, colPage, colNote} {
		b.put(first+years+i, 1, heading(c, lang), b.head)
		b.width(first+years+i, []float64{30, 10, 24}[i])
	}
	for i, c := range rowsOf(d) {
		r := i + 2
		id := c.Series()
		unit, measure := c.Unit, c.Kind
		if c.Kind.Target() {
			t := indicators.Formal(&c, indicators.Wording{})
			if id = t.SeriesID; t.Measure == indicators.GrowthRate {
				id.Measure = indicators.GrowthRate
			}
		}
		text := measureText(id, lang)
		if measure == indicators.KindIncrementYear {
			text = measureText(indicators.SeriesID{Measure: indicators.Change}, lang)
		}
		b.put(1, r, c.Indicator, b.text)
		b.put(2, r, text, b.text)
		b.put(3, r, unit.Symbol, b.text)
		b.put(4, r, c.Scope, b.text)
		b.put(5, r, c.Area, b.text)
		s := series[id]
		for k := range years {
			if s == nil {
				break
			}
			o, ok := s.At(indicators.Year(last - years + 1 + k))
			if !ok {
				continue
			}
			if c := d.Claim(o.Claim); c != nil && c.Unit.Scale == unit.Scale {
				b.put(first+k, r, c.Value.Float(), b.number(c.Value.Decimals()))
			}
		}
	}
	b.do(f.SetPanes(b.sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
	one := 1
	b.do(f.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Size: ptr(9), Orientation: ptr("landscape"), FitToWidth: &one, FitToHeight: ptr(0)}))
	b.do(f.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: ptr(true)}))

	_, err := f.NewSheet(names[1])
	b.do(err)
	b.sheet = names[1]
	b.width(1, 110)
	for i, s := range instructions[lang] {
		st := b.wrap
		if i == 0 {
			st = b.head
		}
		b.put(1, i+1, s, st)
	}
	title := map[string]string{"zh": "历年数据填报表", "en": "History sheet"}[lang]
	tag := map[string]string{"zh": "zh-CN", "en": "en-GB"}[lang]
	b.do(f.SetDocProps(&excelize.DocProperties{Creator: "zhibiao", LastModifiedBy: "zhibiao", Title: title, Language: tag, Created: epoch, Modified: epoch}))
	if b.err != nil {
		return b.err
	}
	_, err = f.WriteTo(w)
	return err
}

// epoch stands where a workbook wants a time: the same input must give the
// same bytes whatever the day.
const epoch = "1980-01-01T00:00:00Z"

func ptr[T any](x T) *T { return &x }

// sheetBuilder puts cells and keeps the first error.
type sheetBuilder struct {
	f                          *excelize.File
	sheet                      string
	err                        error
	head, headYear, text, wrap int
	numbers                    map[int]int
}

func (b *sheetBuilder) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *sheetBuilder) style(s *excelize.Style) int {
	id, err := b.f.NewStyle(s)
	b.do(err)
	return id
}

func (b *sheetBuilder) styles() {
	line := []excelize.Border{{Type: "bottom", Color: "000000", Style: 1}}
	b.head = b.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 11}, Border: line, Alignment: &excelize.Alignment{Vertical: "center"}})
	b.headYear = b.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 11}, Border: line, Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "center"}})
	b.text = b.style(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "center"}})
	b.wrap = b.style(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	b.numbers = map[int]int{}
}

// number is the style of a number with so many decimals.
func (b *sheetBuilder) number(decimals int) int {
	if id, ok := b.numbers[decimals]; ok {
		return id
	}
	format := "0"
	if decimals > 0 {
		format = "0." + "000000000000000000"[:min(decimals, 18)]
	}
	id := b.style(&excelize.Style{CustomNumFmt: &format})
	b.numbers[decimals] = id
	return id
}

func (b *sheetBuilder) put(col, row int, v any, style int) {
	ref := address(row, col)
	b.do(b.f.SetCellValue(b.sheet, ref, v))
	b.do(b.f.SetCellStyle(b.sheet, ref, ref, style))
}

func (b *sheetBuilder) width(col int, w float64) {
	name, err := excelize.ColumnNumberToName(col)
	b.do(err)
	b.do(b.f.SetColWidth(b.sheet, name, name, w))
}
