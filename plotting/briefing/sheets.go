package briefing

import (
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// dash stands where there is no value; a note on the sheet says so.
const dash = "—"

func text(s string, l look) cell {
	if s == "" {
		return cell{}
	}
	return cell{v: s, look: l}
}

// level is a number of a series as it stands on a sheet: percentages as
// fractions with a per cent format.
func level(x float64, unit indicators.Unit, decimals int, l look) cell {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		l.align = "center"
		return cell{v: dash, look: l}
	}
	l.align = "right"
	if unit.Percent() && unit.Scale == 1 {
		l.format = decimalsFormat("0", decimals) + "%"
		return cell{v: x / 100, look: l}
	}
	l.format = decimalsFormat("#,##0", decimals)
	return cell{v: x, look: l}
}

func decimalsFormat(whole string, decimals int) string {
	if decimals <= 0 {
		return whole
	}
	return whole + "." + strings.Repeat("0", decimals)
}

func percent(x float64, decimals int, l look) cell {
	return level(x, indicators.Unit{Base: indicators.BasePercent, Scale: 1}, decimals, l)
}

// decimalsOf returns the decimals that the figures of a series are printed
// with.
func (d *draft) decimalsOf(s *indicators.Series) int {
	n := 0
	for _, o := range s.Obs {
		if c := d.Data.Claim(o.Claim); c != nil {
			n = max(n, c.Value.Decimals())
		}
	}
	return n
}

// heading opens a sheet with its title over the given number of columns.
func (d *draft) heading(s *sheet, title, sub string) {
	s.note(title, look{heading: 1, bold: true, size: 16})
	if sub != "" {
		s.note(sub, look{color: "595959"})
	}
}

func headRow(s *sheet, names ...string) int {
	row := make([]cell, len(names))
	for i, n := range names {
		row[i] = cell{v: n, look: look{bold: true, top: 2, bot: 1, wrap: true, align: "center", valign: "center"}}
	}
	return s.add(row...)
}

// close draws the last line of a three-line table under the row that was
// added last.
func closeTable(s *sheet) {
	row := s.rows[len(s.rows)-1]
	for i := range row {
		row[i].look.bot = 2
	}
}

func col(i int) string { n, _ := excelize.ColumnNumberToName(i); return n }

// overview is one row a target.
func (d *draft) overview(name string) *sheet {
	s := &sheet{name: name, landscape: true, tab: "0072B2",
		widths: []float64{6, 28, 16, 11, 11, 9, 11, 9, 11, 11, 11, 19, 9, 24, 58, 8}}
	d.heading(s, d.title, d.t("总览：每个目标一行。蓝字可点：指标名到图表，出处到原文。", "Overview: one row a target. Blue text is a link: names lead to charts, sources to the quotes."))
	counts := map[progress.Basis]int{}
	assessed := 0
	for i := range d.Report.Assessments {
		if a := &d.Report.Assessments[i]; a.HasProbability && !a.IsPace() {
			counts[a.Basis]++
			assessed++
		}
	}
	s.add(text(fmt.Sprintf(d.t("给出可能性的目标%d项：依据自身历史%d项，依据所述背景%d项，仅依先验%d项。", "%d targets have a probability: %d from own history, %d from a stated context, %d from the prior alone."),
		assessed, counts[progress.OwnHistory], counts[progress.WithContext], counts[progress.PriorOnly]), look{color: "595959"}))
	h := headRow(s, d.t("序号", "No."), d.t("指标", "Indicator"), d.t("目标（原文）", "Target as stated"), d.t("期限", "Due"), d.t("最近值", "Latest"), d.t("时期", "Period"), d.t("目标值", "Target value"), d.t("完成率", "Reached"),
		d.t("所需增长（年均）", "Growth needed a year"), d.t("近期增长", "Recent growth"), d.t("预测中位数", "Forecast median"), d.t("80%区间", "80 % interval"), d.t("可能性", "Probability"), d.t("判断", "Verdict"), d.t("说明", "Why"), d.t("出处", "Source"))
	s.header = [2]int{h, h}
	s.freeze = fmt.Sprintf("C%d", h+1)
	groups := []struct {
		zh, en string
		in     func(a *progress.Assessment) bool
	}{
		{"一、可测算可能性的目标", "1. Targets with a probability", func(a *progress.Assessment) bool { return a.HasProbability }},
		{"二、有数值、但依据不足的目标", "2. Targets with a number but no evidence", func(a *progress.Assessment) bool { return !a.HasProbability && a.Verdict != progress.Unassessable }},
		{"三、无数值或期限、无法测算的目标", "3. Targets without number or date", func(a *progress.Assessment) bool { return a.Verdict == progress.Unassessable }},
	}
	n := 0
	first, last := len(s.rows)+1, len(s.rows)
	for _, g := range groups {
		any := false
		for i := range d.Report.Assessments {
			a := &d.Report.Assessments[i]
			in := g.in(a)
			if a.IsPace() { // a pace stands below its target
				in = i > 0 && g.in(owner(d.Report.Assessments, i))
			}
			if !in {
				continue
			}
			if !any {
				row := make([]cell, len(s.widths))
				for k := range row {
					row[k].look = look{bold: true, fill: "F2F2F2"}
				}
				row[0].v = d.t(g.zh, g.en)
				s.add(row...)
				any = true
			}
			if !a.IsPace() {
				n++
			}
			s.add(d.overviewRow(a, n)...)
			last = len(s.rows)
		}
	}
	closeTable(s)
	if last >= first {
		s.bars = append(s.bars, fmt.Sprintf("M%d:M%d", first, last))
	}
	s.note(d.t("注：“—”表示原文未给出或无法计算，原因见“说明”。完成率为最近值与目标值之比（越低越好的指标及增长类目标不计算）。可能性来自预测分布；“仅依先验”表示只有一个数值，增长来自一般经验而非本地历史。GDP等金额的增速均为名义增速。", "Note: — means that the report gives none or that it cannot be computed; the column Why says why. Reached is the latest value over the target value (not for growth targets, nor where less is better). The probability comes from the forecast distribution; prior only means that there is one figure, so that growth comes from general experience and not from local history. Growth of money amounts is nominal."), look{color: "595959"})
	s.note(d.t("数据来源：", "Source: ")+d.documents(), look{color: "595959"})
	return s
}

// owner returns the target that the pace at i belongs to.
func owner(as []progress.Assessment, i int) *progress.Assessment {
	for k := i; k >= 0; k-- {
		if !as[k].IsPace() {
			return &as[k]
		}
	}
	return &as[i]
}

func (d *draft) documents() string {
	var out []string
	for _, doc := range d.Data.Documents {
		out = append(out, doc.Title)
	}
	if len(out) == 0 {
		return dash
	}
	return strings.Join(out, d.t("；", "; ")) + d.t("。", ".")
}

func (d *draft) overviewRow(a *progress.Assessment, n int) []cell {
	t := &a.Target
	l := look{valign: "top", wrap: true}
	p := d.projection(t.SeriesID)
	dec := 0
	var unit indicators.Unit
	if p != nil {
		unit = p.Series.Unit
		dec = d.decimalsOf(&p.Series)
	}
	none := cell{v: dash, look: look{align: "center", valign: "top"}}
	row := make([]cell, 16)
	for i := range row {
		row[i] = none
	}
	row[0] = cell{v: n, look: look{align: "center", valign: "top"}}
	label := d.name(t.Indicator, t.English)
	switch t.Measure {
	case indicators.Share:
		label += d.t("占比", " (share)")
	case indicators.GrowthRate:
		label += d.t("增速", " (growth)")
	case indicators.Rank:
		label += d.t("位次", " (rank)")
	}
	if t.Scope != "" && !strings.Contains(label, t.Scope) {
		label += d.t("（"+t.Scope+"）", " ("+t.Scope+")")
	}
	row[1] = cell{v: label, look: l}
	if page, ok := d.pages[t.SeriesID]; ok {
		row[1].to, row[1].tip = quoteSheet(page)+"!A1", d.t("到图表", "to the chart")
		row[1].look.link = true
	}
	if c := d.Data.Claim(t.ID); c != nil {
		printed := c.Printed()
		if t.Strive && !strings.HasPrefix(printed, t.Commitment) {
			printed = t.Commitment + printed
		}
		if t.Hold {
			printed = d.t("保持", "hold ") + printed
		}
		row[2] = cell{v: printed, look: l}
	}
	if a.IsPace() {
		row[0] = cell{look: look{valign: "top"}}
		row[1] = cell{v: d.t("　其中：自", "  from ") + a.From.Label(d.lang) + d.t("目标起", " target"), look: l}
		row[2] = none
	}
	if !a.By.IsZero() {
		row[3] = cell{v: a.By.Label(d.lang), look: look{align: "center", valign: "top"}}
	}
	top := look{valign: "top"}
	if a.Base.OK {
		u, err := indicators.ParseUnit(a.Base.Unit)
		if err == nil && unit.IsZero() {
			unit = u
		}
		bd := dec
		if a.Base.Lo < a.Base.Value-1e-9 && a.Base.Value != math.Trunc(a.Base.Value*math.Pow10(dec))/math.Pow10(dec) {
			bd++ // 超过5% stands for more than its last digit
		}
		row[4] = level(a.Base.Value, unit, bd, top)
		row[5] = cell{v: a.From.Label(d.lang), look: look{align: "center", valign: "top"}}
	}
	if a.Want.OK {
		wd := dec
		if t.Measure == indicators.GrowthRate {
			wd++
		}
		row[6] = level(a.Want.Value, unit, wd, top)
		if a.Base.OK && a.Want.Value > 0 && t.Measure != indicators.GrowthRate && t.Measure != indicators.Cumulative && t.Floor() && !a.IsPace() {
			row[7] = percent(100*a.Base.Value/a.Want.Value, 1, top)
		}
	}
	if a.Required.OK {
		row[8] = d.rate(a.Required)
	}
	if a.Recent.OK {
		row[9] = d.rate(a.Recent)
	}
	if a.Median.OK {
		row[10] = level(a.Median.Value, unit, dec+1, top)
		row[11] = cell{v: d.interval(a.Median.Lo, a.Median.Hi, unit, dec), look: look{align: "center", valign: "top"}}
	}
	if a.HasProbability {
		row[12] = percent(100*a.Probability, 0, top)
	}
	row[13] = cell{v: d.verdict(a), look: look{valign: "top", wrap: true, bold: a.HasProbability, color: verdictColor(a.Verdict)}}
	why := a.Why
	if d.lang == "en" {
		why = a.WhyEN
	}
	row[14] = text(why, l)
	if r, ok := d.rowOf[t.ID]; ok {
		row[15] = cell{v: d.t("原文", "quote"), to: fmt.Sprintf("%s!A%d", quoteSheet(d.src), r), tip: t.Source.Quote, look: look{link: true, align: "center", valign: "top"}}
	}
	return row
}

// rate is a pace: per cent as a percentage, points as a number with its unit.
func (d *draft) rate(n progress.Number) cell {
	l := look{valign: "top"}
	if n.Unit == "%" {
		return percent(n.Value, 2, l)
	}
	l.align = "right"
	l.format = d.t(`+0.00"点";-0.00"点";0.00"点"`, `+0.00" pts";-0.00" pts";0.00" pts"`)
	return cell{v: n.Value, look: l}
}

func (d *draft) interval(lo, hi float64, u indicators.Unit, dec int) string {
	f := func(x float64) string {
		s := fmt.Sprintf("%.*f", dec, x)
		if u.Percent() {
			s += "%"
		}
		return s
	}
	return f(lo) + " – " + f(hi)
}

// verdict is the word with a shape, so that it does not rest on colour.
func (d *draft) verdict(a *progress.Assessment) string {
	shape := ""
	switch a.Verdict {
	case progress.VeryLikely, progress.Likely:
		shape = "▲ "
	case progress.Uncertain:
		shape = "◆ "
	case progress.Unlikely, progress.VeryUnlikely:
		shape = "▼ "
	}
	return shape + a.VerdictWords(d.lang)
}

func verdictColor(v progress.Verdict) string {
	switch v {
	case progress.VeryLikely, progress.Likely:
		return "0072B2"
	case progress.Uncertain:
		return "8A5A00"
	case progress.Unlikely, progress.VeryUnlikely:
		return "B34700"
	}
	return "595959"
}

// indicator is the sheet of one headline indicator.
func (d *draft) indicator(c *Chart) *sheet {
	p := d.projection(c.Series)
	s := &sheet{name: d.pages[c.Series], landscape: true, onePage: true, widths: []float64{12, 13, 13, 12, 12, 12, 12, 12, 12, 12, 12, 13, 13}}
	if p == nil || p.Model == nil {
		d.heading(s, c.Title, "")
		return s
	}
	ser := &p.Series
	dec := d.decimalsOf(ser)
	d.heading(s, d.name(ser.Indicator, ser.English)+d.t("：历史、预测与目标", ": history, forecast and targets"), c.Title)
	s.add(cell{v: d.t("单位：", "Unit: ") + ser.Unit.Symbol, look: look{align: "left", color: "595959"}})
	h := headRow(s, d.t("时期", "Period"), d.t("实际", "Actual"), d.t("预测中位数", "Median"), "2.5%", "10%", "90%", "97.5%", d.t("（作图）基底", "(chart) base"), d.t("95%带下", "95 % lower"), d.t("80%带", "80 %"), d.t("95%带上", "95 % upper"), d.t("所需路径", "Required path"), d.t("目标", "Target"))
	type line struct {
		label                                        string
		actual, median, q1, q2, q3, q4, path, target float64
	}
	nan := math.NaN()
	var lines []line
	last, _ := ser.Last()
	for q := ser.Obs[0].Period; q.Compare(last.Period) <= 0; q = q.Add(1) {
		ln := line{q.Label(d.lang), nan, nan, nan, nan, nan, nan, nan, nan}
		if o, ok := ser.At(q); ok {
			ln.actual = o.Value
		}
		lines = append(lines, ln)
	}
	lines[len(lines)-1].median = last.Value
	goals := map[indicators.Period]float64{}
	var lastGoal *progress.Assessment
	for i := range d.Report.Assessments {
		a := &d.Report.Assessments[i]
		if a.Target.SeriesID != ser.SeriesID || !a.Want.OK || a.IsPace() || a.Target.Measure == indicators.Cumulative {
			continue
		}
		by := a.By
		if by.Freq() != last.Period.Freq() {
			by = indicators.Year(by.Year())
		}
		goals[by] = a.Want.Value
		if lastGoal == nil || a.By.Compare(lastGoal.By) > 0 {
			lastGoal = a
		}
	}
	pathAt := func(indicators.Period) float64 { return nan }
	if lastGoal != nil && lastGoal.Required.OK && !lastGoal.OnSeries().Contains(last.Value) {
		by := lastGoal.By
		if by.Freq() != last.Period.Freq() {
			by = indicators.Year(by.Year())
		}
		if n := by.Sub(last.Period); n > 0 {
			pathAt = func(q indicators.Period) float64 {
				k := q.Sub(last.Period)
				if k < 0 || k > n {
					return nan
				}
				w := float64(k) / float64(n)
				if ser.Unit.Percent() || last.Value <= 0 || lastGoal.Want.Value <= 0 {
					return last.Value + w*(lastGoal.Want.Value-last.Value)
				}
				return last.Value * math.Pow(lastGoal.Want.Value/last.Value, w)
			}
		}
	}
	lines[len(lines)-1].path = pathAt(last.Period)
	origin := len(lines)
	for i, q := range p.Periods {
		dist := p.Dists[i]
		ln := line{q.Label(d.lang), nan, forecast.Median(dist), dist.Quantile(0.025), dist.Quantile(0.1), dist.Quantile(0.9), dist.Quantile(0.975), pathAt(q), nan}
		if g, ok := goals[q]; ok {
			ln.target = g
		}
		lines = append(lines, ln)
	}
	scale := 1.0
	if ser.Unit.Percent() && ser.Unit.Scale == 1 {
		scale = 0.01
	}
	first := len(s.rows) + 1
	fc := fanChart{title: c.Title, lang: d.lang, min: nan, format: decimalsFormat("#,##0", dec)}
	if scale != 1 {
		fc.format = decimalsFormat("0", dec) + "%"
	}
	vals := make([][]float64, 13)
	for i, ln := range lines {
		base, b1, b2, b3 := ln.q1, ln.q2-ln.q1, ln.q3-ln.q2, ln.q4-ln.q3
		if i < origin {
			base, b1, b2, b3 = ln.actual, 0, 0, 0
		}
		nums := []float64{nan, ln.actual, ln.median, ln.q1, ln.q2, ln.q3, ln.q4, base, b1, b2, b3, ln.path, ln.target}
		row := []cell{{v: ln.label, look: look{align: "center"}}}
		for k := 1; k < len(nums); k++ {
			dd := dec
			if k >= 2 {
				dd = dec + 1
			}
			lk := look{}
			if k >= 7 && k <= 10 {
				lk.color = "7F7F7F"
			}
			cl := level(nums[k], ser.Unit, dd, lk)
			if math.IsNaN(nums[k]) {
				cl = cell{look: lk} // left empty so that the chart has a gap; the note says why
			}
			row = append(row, cl)
			vals[k] = append(vals[k], nums[k]*scale)
		}
		fc.years = append(fc.years, ln.label)
		s.add(row...)
	}
	closeTable(s)
	end := len(s.rows)
	ref := func(k int) column {
		return column{name: s.rows[h-1][k].v.(string), head: fmt.Sprintf("%s!$%s$%d", quoteSheet(s.name), col(k+1), h),
			ref: fmt.Sprintf("%s!$%s$%d:$%s$%d", quoteSheet(s.name), col(k+1), first, col(k+1), end), cells: vals[k]}
	}
	fc.yearRef = fmt.Sprintf("%s!$A$%d:$A$%d", quoteSheet(s.name), first, end)
	fc.base = ref(7)
	fc.bands = []column{ref(8), ref(9), ref(10)}
	fc.lines = []fanLine{
		{column: ref(1), color: "0072B2", width: 2.25, dash: "solid", marker: "circle", line: true},
		{column: ref(2), color: "0072B2", width: 2.25, dash: "dash", marker: "none", line: true},
		{column: ref(11), color: "D55E00", width: 1.5, dash: "sysDot", marker: "none", line: true},
		{column: ref(12), color: "D55E00", marker: "triangle"},
	}
	if scale != 1 || last.Value >= 0 {
		fc.min = 0
	}
	why := p.Why
	if d.lang == "en" {
		why = p.WhyEN
	}
	s.note(d.t("注：空格为该时期没有的项目（历史没有预测，预测期没有实际数）；灰色四列是图的底数，由分位数相减而得。", "Note: empty cells are what a period does not have (no forecast in the past, no actual value in the future); the four grey columns carry the chart and are differences of the quantiles."), look{color: "595959"})
	s.note(d.t("预测依据：", "The forecast: ")+why, look{color: "595959"})
	s.note(d.t("数据来源：", "Source: ")+d.documents(), look{color: "595959"})
	s.blank()
	at := len(s.rows) + 1
	s.charts = append(s.charts, nativeChart{at: fmt.Sprintf("A%d", at), width: 560, height: 380, alt: c.Alt, xml: fc.xml()})
	if len(c.PNG) > 0 {
		s.pictures = append(s.pictures, picture{at: fmt.Sprintf("H%d", at), png: c.PNG, alt: c.Alt, scale: 0.47})
	}
	return s
}

// forecasts is every projection in one table.
func (d *draft) forecasts(name string) *sheet {
	s := &sheet{name: name, widths: []float64{28, 12, 10, 10, 10, 13, 11, 11, 11, 11, 12}, landscape: true}
	d.heading(s, d.t("预测：各指标的历史与预测", "Forecasts: history and forecast of each series"), "")
	h := headRow(s, d.t("指标", "Indicator"), d.t("地区", "Area"), d.t("单位", "Unit"), d.t("时期", "Period"), d.t("性质", "Status"), d.t("数值（预测为中位数）", "Value (median of a forecast)"), "2.5%", "10%", "90%", "97.5%", d.t("方法", "Method"))
	s.header = [2]int{h, h}
	s.freeze = fmt.Sprintf("A%d", h+1)
	for i := range d.Report.Projections {
		p := &d.Report.Projections[i]
		ser := &p.Series
		dec := d.decimalsOf(ser)
		label := d.name(ser.Indicator, ser.English)
		if ser.Measure != indicators.Level {
			label += d.t("（"+measureWord(ser.Measure)+"）", " ("+ser.Measure.String()+")")
		}
		unit := ser.Unit.Symbol
		if unit == "" {
			unit = dash
		}
		lead := func(q indicators.Period, status string) []cell {
			return []cell{{v: label, look: look{wrap: true}}, {v: ser.Area}, {v: unit, look: look{align: "center"}}, {v: q.Label(d.lang), look: look{align: "center"}}, {v: status, look: look{align: "center"}}}
		}
		none := cell{v: dash, look: look{align: "center"}}
		for _, o := range ser.Obs {
			st := d.t("实际", "actual")
			if o.Status == indicators.Estimated {
				st = d.t("推算", "derived")
			}
			if o.Status == indicators.Provisional {
				st = d.t("初步", "provisional")
			}
			s.add(append(lead(o.Period, st), level(o.Value, ser.Unit, dec, look{}), none, none, none, none, none)...)
		}
		for k, q := range p.Periods {
			dist := p.Dists[k]
			row := append(lead(q, d.t("预测", "forecast")), level(forecast.Median(dist), ser.Unit, dec+1, look{}))
			for _, pr := range []float64{0.025, 0.1, 0.9, 0.975} {
				row = append(row, level(dist.Quantile(pr), ser.Unit, dec+1, look{}))
			}
			s.add(append(row, cell{v: p.Method, look: look{align: "center"}})...)
		}
	}
	if len(s.rows) == h {
		s.add(text(d.t("没有可预测的指标。", "There is nothing to forecast."), look{}))
	} else {
		s.filter = fmt.Sprintf("A%d:K%d", h, len(s.rows))
	}
	closeTable(s)
	return s
}

func measureWord(m indicators.Measure) string {
	switch m {
	case indicators.Share:
		return "占比"
	case indicators.GrowthRate:
		return "增速"
	case indicators.Change:
		return "增量"
	case indicators.Rank:
		return "位次"
	}
	return m.String()
}

// sources is every figure with its quote.
func (d *draft) sources(name string) *sheet {
	s := &sheet{name: name, landscape: true, widths: []float64{26, 30, 12, 13, 12, 14, 12, 8, 26, 52, 15, 12, 30}}
	d.heading(s, d.t("数据来源：每个数的原文与位置", "Sources: the quote and place of every figure"), "")
	h := headRow(s, d.t("编号", "ID"), d.t("指标", "Indicator"), d.t("数（原样）", "As printed"), d.t("数值", "Value"), d.t("单位", "Unit"), d.t("类型", "Kind"), d.t("时期", "Period"), d.t("状态", "Status"), d.t("段落", "Section"), d.t("原文（已去空白）", "Quote (white space removed)"), d.t("字节位置", "Bytes"), d.t("核对", "Check"), d.t("备注", "Note"))
	s.header = [2]int{h, h}
	s.freeze = fmt.Sprintf("C%d", h+1)
	l := look{valign: "top", wrap: true}
	c := look{valign: "top", align: "center"}
	for i := range d.Data.Claims {
		cl := &d.Data.Claims[i]
		num := cell{v: dash, look: c}
		if cl.HasValue {
			f := look{valign: "top", align: "right", format: decimalsFormat("#,##0", cl.Value.Decimals())}
			if cl.Value.Den > 1 {
				f.format = "0.0000"
			}
			num = cell{v: cl.Value.Float(), look: f}
		}
		or := func(s string, l look) cell {
			if s == "" {
				return cell{v: dash, look: look{valign: "top", align: "center"}}
			}
			return cell{v: s, look: l}
		}
		place, check := "", d.t("未核对", "not checked")
		if cl.Source.End > 0 {
			place = fmt.Sprintf("%d–%d", cl.Source.Start, cl.Source.End)
		}
		if d.Checked[cl.Source.Doc] && cl.Source.Quote != "" {
			check = d.t("与原文一致", "in the text")
		}
		status := string(cl.Status)
		if cl.Kind.Target() {
			status = d.t("目标", "target")
		}
		d.rowOf[cl.ID] = s.add(cell{v: cl.ID, look: l}, cell{v: d.name(cl.Indicator, cl.English), look: l}, or(cl.Printed(), c), num, or(cl.Unit.Symbol, c), cell{v: d.kind(cl.Kind), look: l}, or(indicators.FormatSpans(cl.Spans), c), or(status, c),
			or(cl.Source.Section, l), or(cl.Source.Quote, l), or(place, c), cell{v: check, look: c}, or(cl.Note, l))
	}
	if len(s.rows) > h {
		s.filter = fmt.Sprintf("A%d:M%d", h, len(s.rows))
	}
	closeTable(s)
	return s
}

var kindWords = map[indicators.Kind]string{
	indicators.KindLevel: "水平", indicators.KindCumulative: "累计", indicators.KindCumulative5: "五年累计", indicators.KindIncrement: "增量", indicators.KindIncrementYear: "当年新增", indicators.KindAvgIncrement: "年均增量",
	indicators.KindProjectTotal: "项目总额", indicators.KindFrom: "由…（起点）", indicators.KindTo: "到…（终点）", indicators.KindDifference: "差距", indicators.KindGrowth: "增速", indicators.KindAvgGrowth: "年均增速",
	indicators.KindChange: "较基期变动", indicators.KindShare: "占比", indicators.KindShareCity: "占全市比重", indicators.KindShareOther: "占比（其他）", indicators.KindRate: "比率", indicators.KindIndex: "指数", indicators.KindMultiple: "倍数",
	indicators.KindPointChange: "百分点变动", indicators.KindRank: "位次", indicators.KindMilestone: "节点",
	indicators.KindTargetLevel: "目标：水平", indicators.KindTargetIncrement: "目标：新增", indicators.KindTargetCumulative: "目标：累计", indicators.KindTargetFloor: "目标：下限", indicators.KindTargetCeiling: "目标：上限",
	indicators.KindTargetMultiple: "目标：倍数", indicators.KindTargetGrowth: "目标：增速", indicators.KindTargetShare: "目标：占比", indicators.KindTargetRank: "目标：位次", indicators.KindTargetQualitative: "目标：定性",
}

func (d *draft) kind(k indicators.Kind) string {
	if d.lang == "en" {
		return strings.ReplaceAll(string(k), "_", " ")
	}
	return kindWords[k]
}

// findings is what does not fit together.
func (d *draft) findings(name string) *sheet {
	s := &sheet{name: name, landscape: true, widths: []float64{6, 11, 9, 48, 15, 42, 15, 42, 42}}
	d.heading(s, d.t("矛盾与核对：不相符的数及可能的解释", "Findings: figures that do not fit, and what would reconcile them"), "")
	h := headRow(s, d.t("序号", "No."), d.t("类别", "Class"), d.t("程度", "Severity"), d.t("问题", "Finding"), d.t("甲数", "First"), d.t("甲数原文", "Its quote"), d.t("乙数", "Second"), d.t("乙数原文", "Its quote"), d.t("可能的解释", "Readings that would reconcile them"))
	s.header = [2]int{h, h}
	s.freeze = fmt.Sprintf("A%d", h+1)
	l := look{valign: "top", wrap: true}
	side := func(id, printed string) (cell, cell) {
		none := cell{v: dash, look: look{align: "center", valign: "top"}}
		c := d.Data.Claim(id)
		if c == nil {
			return none, none
		}
		a := cell{v: printed, look: l}
		if r, ok := d.rowOf[id]; ok {
			a.to, a.look.link = fmt.Sprintf("%s!A%d", quoteSheet(d.src), r), true
		}
		if printed == "" {
			a.v = c.Printed()
		}
		q := cell{v: c.Source.Quote, look: l}
		if c.Source.Quote == "" {
			q = none
		}
		return a, q
	}
	for i, f := range d.Findings {
		msg, readings := f.Message, strings.Join(f.Readings, "；")
		if d.lang == "en" {
			msg, readings = f.MessageEN, strings.Join(f.ReadingsEN, "; ")
		}
		if readings == "" {
			readings = dash
		}
		a, aq := side(f.Left, f.LeftText)
		b, bq := side(f.Right, f.RightText)
		s.add(cell{v: i + 1, look: look{align: "center", valign: "top"}}, cell{v: f.Class.Words(d.lang), look: l}, cell{v: f.Severity.Words(d.lang), look: l}, cell{v: msg, look: l}, a, aq, b, bq, cell{v: readings, look: l})
	}
	if len(d.Findings) == 0 {
		s.add(text(d.t("没有发现不相符的数。", "Nothing that does not fit was found."), look{}))
	}
	closeTable(s)
	return s
}

// methods says how the numbers were made.
func (d *draft) methods(name string) *sheet {
	s := &sheet{name: name, widths: []float64{26, 100}}
	d.heading(s, d.t("方法与假设", "Methods and assumptions"), "")
	headRow(s, d.t("项目", "Item"), d.t("说明", "Explanation"))
	l := look{valign: "top", wrap: true}
	item := func(zh, en, body string) {
		s.add(cell{v: d.t(zh, en), look: look{valign: "top", wrap: true, bold: true}}, cell{v: body, look: l})
	}
	item("公布数的含义", "What a published number means", d.Wording.Describe(d.lang))
	item("所需增长", "Required pace", d.t("由最近值到目标值的年均增速；水平为百分数的指标按百分点计。括号内为最近值四舍五入造成的范围。", "Average growth a year from the latest value to the target; percentage points for indicators that are percentages. The range comes from the rounding of the latest value."))
	item("可能性与判断", "Probability and verdict", d.t("可能性是预测分布中满足目标的部分：≥90%很有把握，≥66%较有把握，≥33%不确定，≥10%难度较大，其余难度很大。", "The probability is the part of the forecast distribution that meets the target: from 90 % very likely, from 66 % likely, from 33 % uncertain, from 10 % unlikely, below very unlikely."))
	seen := map[string]bool{}
	for i := range d.Report.Projections {
		p := &d.Report.Projections[i]
		why := p.Why
		if d.lang == "en" {
			why = p.WhyEN
		}
		label := d.name(p.Series.Indicator, p.Series.English)
		if p.Series.Measure != indicators.Level {
			label += d.t("（"+measureWord(p.Series.Measure)+"）", " ("+p.Series.Measure.String()+")")
		}
		if why == "" || seen[label] {
			continue
		}
		seen[label] = true
		item("预测："+label, "Forecast: "+label, why)
	}
	item("数据指纹", "Fingerprint of the data", d.fingerprint())
	if d.Version != "" {
		item("程序版本", "Version of the program", d.Version)
	}
	closeTable(s)
	return s
}
