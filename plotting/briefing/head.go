package briefing

import (
	"fmt"
	"math"
	"strings"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// Columns of the table of a headline indicator, counted from 1.
const (
	colPeriod = 1 + iota
	colActual
	colMedian
	colLo95
	colLo80
	colHi80
	colHi95
	colPath
	colGoal
	colBasis
	colBase  // the four that carry the chart
	colBand1 // 95 % below 80 %
	colBand2 // 80 %
	colBand3 // 95 % above 80 %
	headCols = colBand3
)

// Layout of the sheet of a headline indicator.
const (
	chartRows   = 21 // rows that charts cover
	chartPoints = 15 // height of each
)

// headLine is a row of the table.
type headLine struct {
	period     indicators.Period
	obs        *indicators.Observation
	dist       forecast.Dist
	path, goal float64
}

// lines returns the rows of the table: history, then forecast.
func (h *head) lines() []headLine {
	s := &h.p.Series
	nan := math.NaN()
	var out []headLine
	last, _ := s.Last()
	known := make(map[indicators.Period]*indicators.Observation, len(s.Obs))
	for i := range s.Obs {
		known[s.Obs[i].Period] = &s.Obs[i]
	}
	for q := s.Obs[0].Period; q.Compare(last.Period) <= 0; q = q.Add(1) {
		out = append(out, headLine{q, known[q], nil, nan, nan})
	}
	for i, q := range h.p.Periods {
		out = append(out, headLine{q, nil, h.p.Dists[i], nan, nan})
	}
	at := func(q indicators.Period) *headLine {
		if q.Freq() != last.Period.Freq() && !q.IsZero() {
			q = indicators.Year(q.Year())
		}
		for i := range out {
			if out[i].period == q {
				return &out[i]
			}
		}
		return nil
	}
	var final *target
	for _, t := range h.targets {
		if t.Target.Measure == indicators.Cumulative {
			continue
		}
		if l := at(t.By); l != nil {
			l.goal = t.Want.Value
		}
		if final == nil || t.By.Compare(final.By) > 0 {
			final = t
		}
	}
	if final == nil || final.OnSeries().Contains(last.Value) || at(final.By) == nil {
		return out
	}
	n := at(final.By).period.Sub(last.Period)
	geometric := !s.Unit.Percent() && last.Value > 0 && final.Want.Value > 0
	for i := range out {
		k := out[i].period.Sub(last.Period)
		if k < 0 || k > n || n < 1 {
			continue
		}
		w := float64(k) / float64(n)
		if geometric {
			out[i].path = last.Value * math.Pow(final.Want.Value/last.Value, w)
		} else {
			out[i].path = last.Value + w*(final.Want.Value-last.Value)
		}
	}
	return out
}

// tableRow is the row of the table's header on the indicator's sheet.
func (j *job) headTableRow() int {
	if j.Profile == Publication {
		return 0 // as the common layout says
	}
	return 3 + chartRows + 1
}

// sparkSource is the range that the overview's sparkline shows, and how many
// values it has.
func (h *head) sparkSource(j *job) (ref string, n int) {
	s := &h.p.Series
	last, _ := s.Last()
	n = last.Period.Sub(s.Obs[0].Period) + 1
	first := j.headTableRow() + 1
	return xlsx.Quote(h.sheet) + "!" + xlsx.Abs(colActual, first) + ":" + xlsx.Abs(colActual, first+n-1), len(s.Obs)
}

// writeHead writes the sheet of a headline indicator.
func (j *job) writeHead(h *head) {
	s := &h.p.Series
	lines := h.lines()
	unit := j.unitName(s.Unit.Symbol)
	title := h.label
	if s.Area != "" && !j.areas {
		title = j.pick(s.Area+h.label, h.label+", "+s.Area)
	}
	heads := []string{
		j.pick("时期", "Period"), j.pick("实际", "Actual"), j.pick("预测中位数", "Forecast median"), j.pick("95%下限", "95 % lower"), j.pick("80%下限", "80 % lower"), j.pick("80%上限", "80 % upper"), j.pick("95%上限", "95 % upper"),
		j.pick("所需路径", "Required path"), j.pick("目标", "Target"), j.pick("依据", "Basis"),
		j.pick("作图：基底", "Chart: base"), j.pick("95%区间", "95 % interval"), j.pick("80%区间", "80 % interval"), j.pick("95%区间上段", "95 % interval, upper part"),
	}
	cols := make([]column, len(heads))
	for i, t := range heads {
		cols[i] = column{head: t, width: 11.5, align: "right"}
	}
	cols[0].align, cols[colBasis-1].align, cols[colBasis-1].width = "center", "left", 30
	note := j.pick("空格：历史时期没有预测，预测时期没有实际数，路径和目标只在有关时期给出。右侧四列供作图，由分位数相减而得，随单元格改变。",
		"Empty cells: the past has no forecast and the future no actual value; path and target stand in the periods they concern. The four columns on the right carry the chart; they are differences of the quantiles and follow the cells.")
	basis := h.p.Why
	if !j.zh() {
		basis = h.p.WhyEN
	}
	t := &table{sheet: h.sheet, id: "series_" + digits(h.sheet), title: title, unit: unit, cols: cols, source: true, freeze: 1}
	t.notes = append([]string{note}, j.sentences(h)...)
	if !j.showProbability() {
		basis = ""
		t.notes = append(t.notes, j.pick("阴影为预测区间，依据"+plainBasis(h.p.Basis)+"。", "Shaded: prediction intervals."))
	}
	if basis != "" {
		t.notes = append(t.notes, j.pick("预测：", "Forecast: ")+basis)
	}
	if j.Profile == Publication {
		t.cols = cols[:colBase-1] // what carries a chart says nothing in a table
		t.notes[0] = j.pick("空格：历史时期没有预测，预测时期没有实际数，路径和目标只在有关时期给出。", "Blank cells: the past has no forecast and the future no actual value; path and target stand in the periods they concern.")
		sh := j.begin(t)
		j.headRows(sh, h, lines)
		sh.end()
		return
	}
	sh := j.beginHead(t, h)
	j.headRows(sh, h, lines)
	first, last := sh.first+1, sh.Row()
	c := j.fan(h, heads, lines, first, last)
	picture := h.chart != nil && len(h.chart.PNG) > 0 && j.showProbability()
	wide := 760
	if picture {
		wide = 480
	}
	alt := c.Title + j.pick("。", ". ") + strings.Join(j.sentences(h), j.pick("", " "))
	if h.chart != nil && h.chart.Alt != "" && j.showProbability() {
		alt = h.chart.Alt
	}
	c.LabelEvery = (len(lines)*45 + wide - 40) / wide // a label takes some 45 points
	sh.Chart(1, 4, wide, chartRows*chartPoints-8, j.pick("扇形图", "Fan chart"), alt, c)
	if picture {
		budget := j.PictureBytes
		if budget == 0 {
			budget = 6 << 20
		}
		if j.pictures += len(h.chart.PNG); j.pictures <= budget {
			sh.Picture(8, 4, 450, 300, j.pick("图", "Chart"), h.chart.Alt, h.chart.PNG)
		}
	}
	sh.end()
}

// beginHead opens the sheet of an indicator as an office wants it: title,
// claim, charts, and the table below them.
func (j *job) beginHead(t *table, h *head) *sheet {
	widths := make([]float64, len(t.cols))
	total := 0.0
	for i, c := range t.cols {
		widths[i] = c.width
		total += c.width
	}
	s := &sheet{Sheet: j.book.Sheet(t.sheet, widths), j: j, t: t, wide: total, first: j.headTableRow()}
	s.Grid(false)
	s.Print(xlsx.Page{Footer: j.footer()})
	s.title(t.title)
	claim := ""
	if h.chart != nil && j.showProbability() {
		claim = h.chart.Title
		if h.chart.File != "" && j.pictures+len(h.chart.PNG) > cmpOr(j.PictureBytes, 6<<20) {
			claim += j.pick("（图见"+h.chart.File+"）", " (picture: "+h.chart.File+")")
		}
	}
	center := xlsx.Style{Align: "centerContinuous", Color: "404040"}
	cells := make([]xlsx.Cell, len(t.cols))
	for i := range cells {
		cells[i].StyleID = j.style(center)
	}
	if claim != "" {
		cells[0].Value = claim
	}
	s.Add(18, cells...)
	nav := []xlsx.Cell{{Value: j.pick("← 回总览", "← Overview"), StyleID: j.style(xlsx.Style{Name: xlsx.Link, Underline: true, Color: "0563C1"})}}
	for range len(t.cols) - 2 {
		nav = append(nav, xlsx.Cell{})
	}
	nav = append(nav, xlsx.Cell{Value: j.pick("单位：", "Unit: ") + t.unit, StyleID: j.style(xlsx.Style{Align: "right"})})
	s.Link("A3", j.overview, "A1", j.pick("回总览", "to the overview"))
	s.Add(16, nav...)
	for range chartRows {
		s.Add(chartPoints)
	}
	s.head()
	return s
}

func cmpOr(a, b int) int {
	if a == 0 {
		return b
	}
	return a
}

func digits(s string) string {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i]
}

// headRows writes the rows of the table.
func (j *job) headRows(s *sheet, h *head, lines []headLine) {
	ser := &h.p.Series
	percent := ser.Unit.Percent() && ser.Unit.Symbol == "%"
	scale := 1.0
	if percent {
		scale = 0.01
	}
	last, _ := ser.Last()
	dec := 0
	for _, o := range ser.Obs {
		dec = max(dec, j.decimals(o.Claim))
	}
	// One number of decimals a sheet, so that the points stand in line.
	fine := max(coarse(last.Value), min(dec, 2))
	format := func(x float64, computed bool) string {
		if computed {
			return quantity(x, ser.Unit.Symbol, fine).format
		}
		return quantity(x, ser.Unit.Symbol, dec).format
	}
	blank := cell{v: nil}
	grey := xlsx.Style{Color: "7F7F7F", Align: "right", Size: 9}
	for _, l := range lines {
		cells := make([]cell, len(s.t.cols))
		for i := range cells {
			cells[i] = blank
		}
		row := s.Row() + 1
		put := func(col int, x float64, computed bool) {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return
			}
			cells[col-1] = j.figure(figure{x * scale, format(x, computed), true})
		}
		cells[colPeriod-1] = cell{v: l.period.Label(j.lang())}
		origin := l.period == last.Period
		if l.obs != nil {
			o := l.obs
			put(colActual, o.Value, o.Interval.Lo != o.Interval.Hi && j.decimals(o.Claim) < 0)
			cells[colActual-1] = j.toSource(cells[colActual-1], o.Claim)
			cells[colActual-1].style.Link = false
			text := j.basisOf(o)
			cells[colBasis-1] = j.toSource(cell{v: text}, o.Claim)
			if origin {
				put(colMedian, o.Value, true)
			}
		} else if l.dist == nil {
			cells[colBasis-1] = cell{v: j.pick("报告未给出", "not given")}
		}
		put(colPath, l.path, true)
		put(colGoal, l.goal, false)
		if !math.IsNaN(l.goal) {
			cells[colGoal-1] = j.figure(figure{l.goal * scale, quantity(l.goal, ser.Unit.Symbol, -1).format, true})
		}
		if l.dist != nil {
			q := quantiles(l.dist)
			put(colMedian, q.median, true)
			put(colLo95, q.lo95, true)
			put(colLo80, q.lo80, true)
			put(colHi80, q.hi80, true)
			put(colHi95, q.hi95, true)
			cells[colBasis-1] = cell{v: j.pick("预测", "forecast")}
			if j.Edition == Working {
				cells[colBasis-1].v = j.pick("预测（", "forecast (") + h.p.Method + j.pick("）", ")")
			}
			if len(s.t.cols) == headCols {
				f := func(a, b int) string { return xlsx.Ref(a, row) + "-" + xlsx.Ref(b, row) }
				vals := []float64{q.lo95 * scale, q.lo80*scale - q.lo95*scale, q.hi80*scale - q.lo80*scale, q.hi95*scale - q.hi80*scale}
				forms := []string{xlsx.Ref(colLo95, row), f(colLo80, colLo95), f(colHi80, colLo80), f(colHi95, colHi80)}
				for k := range vals {
					g := grey
					g.Format = format(vals[k]/scale, true)
					cells[colBase-1+k] = cell{v: vals[k], formula: forms[k], style: cellStyle{Style: g}}
				}
			}
		} else if len(s.t.cols) == headCols && l.obs != nil {
			g := grey
			g.Format = format(l.obs.Value, true)
			cells[colBase-1] = cell{v: l.obs.Value * scale, formula: xlsx.Ref(colActual, row), style: cellStyle{Style: g}}
			for k := colBand1; k <= colBand3; k++ {
				cells[k-1] = cell{v: 0.0, style: cellStyle{Style: g}}
			}
		}
		s.row(cells...)
	}
}

// quantile holds the quantiles that the sheets print.
type quantile struct{ median, lo95, lo80, hi80, hi95 float64 }

func quantiles(d forecast.Dist) quantile {
	var q quantile
	q.median = forecast.Median(d)
	q.lo80, q.hi80 = forecast.Interval(d, 0.80)
	q.lo95, q.hi95 = forecast.Interval(d, 0.95)
	return q
}

// basisOf says where an observation is from.
func (j *job) basisOf(o *indicators.Observation) string {
	c := j.claims[o.Claim]
	switch {
	case c != nil && c.Source.Quote != "":
		return j.pick("公布：", "published: ") + c.Printed()
	case c != nil:
		return noteSource(c.Note)
	case o.Derived != nil:
		return j.pick("推算：", "derived: ") + o.Derived.Rule
	}
	return j.pick("推算", "derived")
}

// noteSource is the source of a row from a table, as the history sheet notes
// it.
func noteSource(note string) string {
	s := strings.TrimPrefix(note, "source=")
	s = strings.Replace(s, "; page=", " p. ", 1)
	return s
}

// sentences says of every target of h what it takes and, where it may be
// said, how likely it looks.
func (j *job) sentences(h *head) []string {
	var out []string
	for _, t := range h.targets {
		x, unit := wantNumber(t)
		num := printed(x, unit, decimalsOf(x, 6, 6))
		if unit = j.unitName(unit); unit == "%" {
			unit = ""
		}
		switch t.Target.Measure {
		case indicators.Multiple:
			unit = j.pick("倍（以"+t.From.Label("zh")+"为1）", "times the value of "+t.From.Label("en"))
		case indicators.Cumulative:
			unit += j.pick("（累计）", " (sum of the years)")
		}
		sign := ""
		switch {
		case t.Target.Floor() && t.Target.Want.LoOpen:
			sign = j.pick("超过", "more than ")
		case t.Target.Floor():
			sign = j.pick("达到", "at least ")
		case t.Target.Ceiling() && t.Target.Want.HiOpen:
			sign = j.pick("低于", "less than ")
		case t.Target.Ceiling():
			sign = j.pick("不高于", "at most ")
		}
		what := ""
		if t.Target.Measure == indicators.GrowthRate {
			what = j.pick("增速", "growth ")
		}
		s := fmt.Sprintf(j.pick("%s目标：%s%s%s%s。", "Target for %s: %s%s%s %s. "), t.By.Label(j.lang()), what, sign, num, unit)
		if !j.zh() {
			s = strings.Replace(s, " . ", ". ", 1)
		}
		if !j.showProbability() {
			out = append(out, s+j.neutral(t))
			continue
		}
		s += j.why(t.Assessment)
		if t.HasProbability {
			s += fmt.Sprintf(j.pick("实现的可能性%s：%s。", " Probability %s: %s."), chance(t.Probability), t.VerdictWords(j.lang()))
		}
		if j.doubted(t.Assessment) {
			s += j.pick("（口径待核）", " (to be checked)")
		}
		out = append(out, s)
	}
	return out
}

// neutral says what a target takes without a word on how likely it is.
func (j *job) neutral(t *target) string {
	var s []string
	if t.Base.OK {
		s = append(s, fmt.Sprintf(j.pick("%s为%s%s", "%s: %s %s"), t.From.Label(j.lang()), printed(t.Base.Value, t.Base.Unit, decimalsOf(t.Base.Value, 6, 6)), unitTail(j.unitName(t.Base.Unit))))
	}
	pace := func(n progress.Number) string {
		if n.Unit == "%" {
			return fmt.Sprintf("%.2f%%", n.Value)
		}
		return fmt.Sprintf(j.pick("%+.2f个百分点", "%+.2f points"), n.Value)
	}
	switch {
	case j.isMet(t.Assessment):
		s = append(s, j.pick("已达到目标", "the target is met"))
	case t.Required.OK:
		s = append(s, j.pick("需年均", "needs ")+pace(t.Required)+j.pick("", " a year"))
	}
	if t.Recent.OK {
		s = append(s, j.pick("近期", "recently ")+pace(t.Recent))
	}
	if j.doubted(t.Assessment) {
		s = append(s, j.pick("口径待核", "to be checked"))
	}
	return strings.ReplaceAll(strings.Join(s, j.pick("，", "; "))+j.pick("。", "."), " ;", ";")
}

// unitTail is a unit behind a number that may carry its own per cent sign.
func unitTail(unit string) string {
	if unit == "%" {
		return ""
	}
	return unit
}

// chance prints a probability in whole per cents and never as 0 or 100.
func chance(p float64) string {
	switch {
	case p < 0.01:
		return "<1%"
	case p > 0.99:
		return ">99%"
	}
	return fmt.Sprintf("%.0f%%", 100*p)
}

// plainBasis says what a forecast rests on without the terms of statistics.
func plainBasis(b progress.Basis) string {
	switch b {
	case progress.OwnHistory:
		return "该指标自身历史"
	case progress.WithContext:
		return "一个数值和上级目标等背景"
	}
	return "一个数值和同类指标的一般经验"
}

// basisWords says what a forecast rests on.
func (j *job) basisWords(b progress.Basis) string {
	switch b {
	case progress.OwnHistory:
		return j.pick("自身历史", "own history")
	case progress.WithContext:
		return j.pick("一个数值和所述背景", "one value and a stated context")
	case progress.PriorOnly:
		return j.pick("一个数值和先验", "one value and a prior")
	}
	return j.pick("无", "none")
}
