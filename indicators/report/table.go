package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"example.com/zhibiao/indicators"
)

// column is what the heading of a table's column says.
type column struct {
	name   bool // holds the indicators
	unit   bool // holds the units
	skip   bool // serial numbers, remarks
	kind   indicators.Kind
	goal   bool
	year   int
	own    indicators.Unit // unit in the heading
	ranked bool
}

// table reads the rows i to j of a plain-text table: a heading row whose cells
// say what the columns are, then one indicator a row. The unit stands in a
// column of its own, behind the indicator, in the heading or in the caption
// above (单位：亿元).
func (r *reader) table(i, j int) {
	if r.mode.skip {
		return
	}
	caption := r.captionUnit(i, j)
	head := -1
	for k := i; k < j && k < i+3; k++ {
		if isHeader(&r.p.paras[k]) {
			head = k
			break
		}
	}
	var cols []column
	if head >= 0 {
		cols = r.columns(&r.p.paras[head])
	}
	for k := i; k < j; k++ {
		if k == head {
			continue
		}
		r.row(&r.p.paras[k], cols, caption)
	}
}

// captionUnit finds 单位：亿元 in the paragraph above or in the first rows.
func (r *reader) captionUnit(i, j int) indicators.Unit {
	for k := max(0, i-2); k < min(j, i+2); k++ {
		s := r.p.paras[k].s
		at := strings.LastIndex(s, "单位")
		if at < 0 || utf8.RuneCountInString(s) > 60 {
			continue
		}
		rest := strings.TrimLeft(s[at+len("单位"):], " \t")
		if !strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, "：") {
			continue // 单位 of another meaning: 单位产品能耗
		}
		rest = strings.TrimLeft(rest, ":： \t")
		if e := strings.IndexAny(rest, "，。；、）\t "); e >= 0 {
			rest = rest[:e]
		}
		if u, err := indicators.ParseUnit(rest); err == nil && rest != "" {
			return u
		}
	}
	return indicators.Unit{}
}

// isHeader reports whether no cell of a row but years is a number.
func isHeader(p *para) bool {
	text := 0
	for c := range p.cells {
		t := p.cell(c)
		if y, ok := yearAt(t, 0); ok && len(t) <= len("2021年") && y > 0 {
			text++
			continue
		}
		if numericCell(t) {
			return false
		}
		text++
	}
	return text >= 2
}

func (r *reader) columns(p *para) []column {
	cols := make([]column, len(p.cells))
	for c := range p.cells {
		t := p.cell(c)
		col := &cols[c]
		col.year = firstYear(t)
		if y, ok := yearAt(t, 0); ok && col.year == 0 {
			col.year = y
		}
		if lo := strings.Index(t, "（"); lo >= 0 {
			if hi := strings.Index(t[lo:], "）"); hi > 0 {
				if u, err := indicators.ParseUnit(t[lo+len("（") : lo+hi]); err == nil {
					col.own = u
				}
			}
		}
		switch {
		case containsAny(t, "序号", "备注", "说明", "属性", "责任"):
			col.skip = true
		case containsAny(t, "单位") && utf8.RuneCountInString(t) <= 4:
			col.unit = true
		case containsAny(t, "位次", "排名", "名次"):
			col.ranked, col.kind = true, indicators.KindRank
		case containsAny(t, "增长", "增速", "同比", "增幅", "比上年", "±"):
			col.kind = indicators.KindGrowth
		case containsAny(t, "占比", "比重"):
			col.kind = indicators.KindShare
		case containsAny(t, "指标", "项目", "名称", "类别", "地区", "产品") && col.year == 0:
			col.name = true
		default:
			col.kind = indicators.KindLevel
		}
		if containsAny(t, "目标", "预期", "计划") && !col.name {
			col.goal = true
			if col.kind == indicators.KindGrowth {
				col.kind = indicators.KindTargetGrowth
			} else {
				col.kind = indicators.KindTargetLevel
			}
		}
	}
	return cols
}

// row reads one row of a table.
func (r *reader) row(p *para, cols []column, caption indicators.Unit) {
	nameAt := -1
	for c := range p.cells {
		t := p.cell(c)
		if numericCell(t) || t == "" {
			continue
		}
		if c < len(cols) && (cols[c].skip || cols[c].unit) {
			continue
		}
		if containsHan(t) {
			nameAt = c
			break
		}
	}
	if nameAt < 0 {
		return
	}
	name, unit := nameAndUnit(p.cell(nameAt))
	for _, w := range []string{"其中:", "其中：", "其中", "#", "一、", "二、", "三、", "四、", "五、", "六、", "1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9."} {
		name = strings.TrimPrefix(name, w)
	}
	if name == "" || containsAny(name, "单位:", "合计数", "注:") {
		return
	}
	if unit.IsZero() {
		unit = caption
	}
	for c := range p.cells {
		if c < len(cols) && cols[c].unit {
			if u, err := indicators.ParseUnit(p.cell(c)); err == nil {
				unit = u
			}
		}
	}
	level := true
	for c := nameAt + 1; c < len(p.cells); c++ {
		t := p.cell(c)
		if !numericCell(t) || c < len(cols) && (cols[c].skip || cols[c].unit || cols[c].name) {
			continue
		}
		col := column{kind: indicators.KindLevel}
		if c < len(cols) && (cols[c].kind != "" || cols[c].year > 0) {
			col = cols[c]
		} else if !level {
			continue // a second number without a heading: not to be guessed
		}
		if col.kind == "" {
			col.kind = indicators.KindLevel
		}
		level = false
		r.cellFigure(p, c, t, name, unit, col)
	}
}

// nameAndUnit splits 地区生产总值（亿元） into the name and the unit.
func nameAndUnit(s string) (string, indicators.Unit) {
	lo := strings.LastIndex(s, "（")
	if lo < 0 || !strings.HasSuffix(s, "）") {
		return s, indicators.Unit{}
	}
	u, err := indicators.ParseUnit(s[lo+len("（") : len(s)-len("）")])
	if err != nil || !u.Listed() {
		return s, indicators.Unit{}
	}
	return s[:lo], u
}

// cellFigure makes the figure of one cell.
func (r *reader) cellFigure(p *para, c int, t, name string, unit indicators.Unit, col column) {
	switch {
	case strings.HasSuffix(t, "%"):
		unit = indicators.MustUnit("%")
	case col.kind == indicators.KindGrowth || col.kind == indicators.KindTargetGrowth || col.kind == indicators.KindShare:
		unit = indicators.MustUnit("%")
	case col.ranked:
		unit = indicators.MustUnit("位")
	case !col.own.IsZero():
		unit = col.own
	}
	val, err := indicators.ParseValue(strings.TrimSuffix(t, "%"))
	if err != nil {
		return
	}
	std := r.standard(name)
	kind := col.kind
	if kind == indicators.KindLevel && unit.Percent() {
		kind = indicators.KindRate
	}
	year := col.year
	if year == 0 {
		year = r.about.year
		if col.goal {
			year++
		}
	}
	goal := col.goal || r.mode.plan && year > r.about.year
	if goal && !kind.Target() {
		kind = indicators.KindTargetLevel
	}
	var spans []indicators.Span
	if year > 0 {
		spans = []indicators.Span{indicators.At(indicators.Year(year))}
		if goal {
			spans = []indicators.Span{indicators.By(indicators.Year(year))}
		} else if part := r.about.part; !part.IsZero() && part.Year() == year {
			spans = []indicators.Span{indicators.At(part)}
		}
	}
	lo, hi := p.cells[0].lo, p.cells[len(p.cells)-1].hi
	start, end := p.rawSpan(lo, hi)
	ns, ne := p.rawSpan(p.cells[c].lo, p.cells[c].hi)
	claim := indicators.Claim{
		Indicator: std.name, Value: val, HasValue: true, Unit: unit, Kind: kind, Spans: spans, Area: r.about.area, Scope: std.scope,
		Status: indicators.Actual, Better: std.better, English: std.english,
		Source: indicators.Source{Section: r.mode.section, Quote: indicators.Strip(r.p.raw[start:end]), Start: start, End: end},
	}
	if goal {
		claim.Status = indicators.NoStatus
	}
	if std.printed != "" {
		claim.Note = "printed=" + std.printed
	}
	claim.Note = note(claim.Note, fmt.Sprintf("table, column %d", c+1))
	claim.ID = r.newID(ns)
	conf := 0.8
	if unit.IsZero() {
		conf = 0.4
	}
	r.res.Figures = append(r.res.Figures, Figure{Claim: claim, Confidence: conf, Rule: "table", NumStart: ns, NumEnd: ne})
}
