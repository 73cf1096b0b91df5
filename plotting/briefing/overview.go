package briefing

import (
	"fmt"
	"math"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// leaderRows is how many targets fit on the one page of the leaders' edition
// in a size that can be read.
const leaderRows = 30

// writeOverview writes a row a target.
func (j *job) writeOverview() {
	if j.Edition == Leaders {
		j.leadersOverview()
		return
	}
	cols := []column{
		{head: j.pick("序号", "No."), width: 5, align: "center"},
		{head: j.pick("指标", "Indicator"), width: 27, align: "left"},
		{head: j.pick("目标（原文）", "Target as stated"), width: 15, align: "left"},
		{head: j.pick("期限", "Due"), width: 9, align: "center"},
		{head: j.pick("单位", "Unit"), width: 9, align: "center"},
		{head: j.pick("最近值", "Latest"), width: 10, align: "right"},
		{head: j.pick("时期", "Period"), width: 8.5, align: "center"},
		{head: j.pick("目标值", "Target"), width: 10, align: "right"},
		{head: j.pick("完成率", "Reached"), width: 8.5, align: "right"},
		{head: j.pick("所需年均增长", "Needed a year"), width: 14, align: "right"},
		{head: j.pick("近期增长", "Recent growth"), width: 14, align: "right"},
		{head: j.pick("预测中位数", "Forecast median"), width: 10, align: "right"},
		{head: j.pick("80%区间", "80 % interval"), width: 15, align: "center"},
		{head: j.pick("可能性", "Probability"), width: 9.5, align: "right"},
		{head: j.pick("判断", "Verdict"), width: j.pickWidth(11.5, 17), align: "left"},
		{head: j.pick("走势", "Trend"), width: 10, align: "center"},
		{head: j.pick("详见", "Details"), width: 6.5, align: "center"},
		{head: j.pick("说明", "Why"), width: 110, align: "left", screen: true},
	}
	if j.Profile == Publication {
		cols = append(cols[:15], cols[16:]...) // sparklines cannot be read aloud
	}
	counts := map[progress.Basis]int{}
	n := 0
	for _, t := range j.targets {
		if t.HasProbability {
			counts[t.Basis]++
			n++
		}
	}
	t := &table{
		sheet: j.overview, id: "overview", title: j.title(), cols: cols, filter: true, freeze: 2, source: true,
		lead: []string{fmt.Sprintf(j.pick(
			"目标%d项：给出可能性的%d项，其中依据自身历史%d项、依据所述背景%d项、仅依先验%d项。", "%d targets; %d have a probability: %d from own history, %d from a stated context, %d from the prior alone."),
			len(j.targets), n, counts[progress.OwnHistory], counts[progress.WithContext], counts[progress.PriorOnly])},
		notes: []string{
			j.pick("“—”表示原文未给出或无法计算，原因见“说明”。完成率为最近值与目标值之比；越低越好的指标、增长类和累计类目标不计。金额的增速均为名义增速；“个百分点”用于本身为百分数的指标。",
				"A dash means that the report gives none or that it cannot be computed; the last column says why. Reached is the latest value over the target; it is not given where less is better, nor for growth and cumulative targets. Growth of money amounts is nominal; points are used for indicators that are percentages."),
			j.pick("判断按可能性：≥90% 很有把握，≥66% 较有把握（▲）；≥33% 不确定（◆）；≥10% 难度较大，以下难度很大（▼）。“"+priorMark(j)+"”指仅依先验：只有一个数值，增长来自一般经验而非本地历史。",
				"Verdicts by probability: from 90 % very likely, from 66 % likely (▲); from 33 % uncertain (◆); from 10 % unlikely, below very unlikely (▼). "+priorMark(j)+" means prior only: there is one figure, and growth comes from general experience, not from local history."),
		},
	}
	if j.Profile == Publication {
		for i := range t.notes {
			t.notes[i] = pubDash(t.notes[i])
		}
	}
	s := j.begin(t)
	first := s.Row() + 1
	for i, x := range j.ordered() {
		x.n = i + 1
		j.overviewRow(s, x, x.Assessment)
		for _, p := range x.paces {
			j.overviewRow(s, x, p)
		}
	}
	last := s.Row()
	if j.Profile == Office && last >= first {
		s.DataBar(xlsx.DataBar{Ref: xlsx.Range(14, first, 14, last), Min: 0, Max: 1, Color: "9CC9E8"})
	}
	s.end()
}

// priorMark is how a verdict that rests on a prior alone is marked.
func priorMark(j *job) string {
	if j.Profile == Office {
		return "*"
	}
	return j.pick("仅依先验", "(prior only)")
}

// pubDash replaces the dash that a note explains by the shorthand that a
// publication uses.
func pubDash(s string) string {
	for _, p := range [][2]string{{"“—”表示", "[x] 表示"}, {"A dash means", "[x] means"}} {
		if len(s) >= len(p[0]) && s[:len(p[0])] == p[0] {
			return p[1] + s[len(p[0]):]
		}
	}
	return s
}

// overviewRow writes a target, or the pace from an earlier target to it.
func (j *job) overviewRow(s *sheet, t *target, a *progress.Assessment) {
	pace := a != t.Assessment
	view := &target{Assessment: a, series: t.series}
	h := j.headOf[t.Target.SeriesID]
	none := j.none(notAvailable)
	name := cell{v: j.label(t)}
	if pace {
		name.v = fmt.Sprintf(j.pick("其中：自%s目标起", "from the target of %s"), a.From.Label(j.lang()))
		name.style.Indent = 1
	}
	printed := none
	if c := j.claims[t.ID]; c != nil && !pace {
		text := j.stated(c)
		if t.Target.Strive {
			text = j.pick(t.Target.Commitment, "strive for ") + text
		}
		if t.Target.Hold {
			text = j.pick("保持", "hold ") + text
		}
		printed = j.toSource(cell{v: text}, t.ID)
	}
	number := cell{v: t.n}
	if j.Profile == Publication {
		number = cell{v: t.n}
	} else if pace {
		number = j.none(notApplicable)
	}
	base, period := none, none
	if a.Base.OK {
		base = j.figure(j.baseFigure(view))
		if !pace {
			base = j.toSource(base, a.BaseClaim)
			base.style.Link = false // a blue underlined number is hard to read; the cell still leads there
			base.style.Color = "0563C1"
			if j.sources == "" || j.claims[a.BaseClaim] == nil {
				base.style.Color = ""
			}
		}
		period = cell{v: a.From.Label(j.lang())}
	}
	want, _ := j.wantFigure(view)
	reached := j.none(notApplicable)
	if share, ok := completion(a); ok && !pace {
		reached = j.figure(figure{share, "0.0%", true})
	}
	median, interval, prob := none, none, none
	if a.Median.OK {
		median = j.figure(estimate(a.Median.Value, a.Median.Unit))
		interval = cell{v: plain(a.Median.Lo, a.Median.Unit) + " – " + plain(a.Median.Hi, a.Median.Unit)}
	}
	if a.HasProbability {
		prob = j.figure(likelihood(a.Probability))
	}
	verdict := statusCell(j.verdict(a))
	if a.HasProbability && a.Basis == progress.PriorOnly {
		if j.Profile == Office {
			verdict.v = fmt.Sprint(verdict.v) + "*"
		} else {
			verdict.v = fmt.Sprint(verdict.v) + j.pick("（仅依先验）", " (prior only)")
		}
	}
	if pace {
		verdict = j.none(notApplicable)
		verdict.style.Align = "left"
	}
	why := j.why(a)
	if j.doubted(a) && !pace {
		why = j.pick("【口径待核】", "[to be checked] ") + why
	}
	cells := []cell{
		number, name, printed, j.text(a.By.Label(j.lang())), j.text(view.unitWord(j)), base, period, j.figure(want), reached,
		j.figure(j.pace(a.Required)), j.figure(j.pace(a.Recent)), median, interval, prob, verdict,
	}
	if a.By.IsZero() {
		cells[3] = none
	}
	if j.Profile == Office {
		trend := cell{v: ""}
		if h != nil && !pace {
			src, n := h.sparkSource(j)
			if n > 1 {
				s.Sparkline(xlsx.Sparkline{Cell: xlsx.Ref(16, s.Row()+1), Source: src, Column: true})
			} else {
				trend = none
			}
		} else {
			trend = none
		}
		cells = append(cells, trend)
	}
	s.row(append(cells, j.details(h, pace), j.text(why))...)
}

// stated is a target's number as the report states it, or its words.
func (j *job) stated(c *indicators.Claim) string {
	switch {
	case c.HasValue && j.zh():
		return c.Printed()
	case c.HasValue:
		return c.Quantity("en")
	case c.Value.Word != "":
		return j.pick("“"+c.Value.Word+"”", "‘"+c.Value.Word+"’")
	}
	return j.pick("（定性）", "(qualitative)")
}

// details leads to the sheet of an indicator. The link stands on a short text
// of its own, since some programs do not wrap a text that is one.
func (j *job) details(h *head, pace bool) cell {
	if h == nil || pace {
		return j.none(notApplicable)
	}
	return link(cell{v: j.pick("图表", "chart")}, h.sheet, "A1", h.label+j.pick("：图和表", ": chart and table"))
}

// pickWidth is pick for the width of a column.
func (j *job) pickWidth(zh, en float64) float64 {
	if j.zh() {
		return zh
	}
	return en
}

// unitWord is the unit of a target's row.
func (t *target) unitWord(j *job) string {
	u := t.unit()
	if u == "" && t.Target.Open == "" {
		return j.pick("比值", "ratio")
	}
	return j.unitName(u)
}

// leadersOverview writes the page that stands alone.
func (j *job) leadersOverview() {
	cols := []column{
		{head: j.pick("序号", "No."), width: 5, align: "center"},
		{head: j.pick("指标", "Indicator"), width: 30, align: "left"},
		{head: j.pick("单位", "Unit"), width: 10, align: "center"},
		{head: j.pick("最近值", "Latest"), width: 11, align: "right"},
		{head: j.pick("时期", "Period"), width: 9, align: "center"},
		{head: j.pick("目标值", "Target"), width: 11, align: "right"},
		{head: j.pick("期限", "Due"), width: 9.5, align: "center"},
		{head: j.pick("完成率", "Reached"), width: 9, align: "right"},
		{head: j.pick("差距", "Gap"), width: 11, align: "right"},
		{head: j.pick("所需年均增长", "Needed a year"), width: 14, align: "right"},
		{head: j.pick("近期增长", "Recent growth"), width: 14, align: "right"},
		{head: j.pick("进展", "Standing"), width: 13, align: "left"},
	}
	if j.showProbability() {
		cols = append(cols, column{head: j.pick("可能性", "Probability"), width: 10, align: "right"})
	}
	cols = append(cols, column{head: j.pick("详见", "Details"), width: 6.5, align: "center"}, column{head: j.pick("备注", "Remark"), width: 16, align: "left"})
	shown := j.leaderTargets()
	met, ahead, near, behind, open := 0, 0, 0, 0, 0
	numeric := 0
	for _, t := range j.targets {
		if t.Target.Open == "" {
			numeric++
		}
		switch st := j.state(t.Assessment); {
		case j.isMet(t.Assessment):
			met++
		case st.level == 2:
			ahead++
		case st.level == 1:
			near++
		case st.level == 0:
			behind++
		default:
			open++
		}
	}
	data, doc := j.cutoff()
	when := ""
	if !data.IsZero() {
		when = fmt.Sprintf(j.pick("数据截至%s", "Data to %s"), data.Label(j.lang()))
		if !doc.IsZero() {
			when += fmt.Sprintf(j.pick("，文件截至%s", ", documents to %s"), doc.Label(j.lang()))
		}
		when += j.pick("。", ". ")
	}
	lead := []string{
		when + fmt.Sprintf(j.pick("目标共%d项（有数值的%d项）：已达到%d项，近期进展快于所需%d项、接近所需%d项、慢于所需%d项；其余%d项为定性目标，或缺基期数、近期增速。",
			"%d targets (%d with a number): %d met, %d ahead of the pace they need, %d near it, %d below it; the other %d are qualitative or have no base figure or recent pace."),
			len(j.targets), numeric, met, ahead, near, behind, open),
	}
	notes := []string{
		j.pick("进展比较近期增长与所需年均增长：▲ 已达到或快于所需；◆ 达到所需的三分之二以上；▼ 不足三分之二；“—”无法比较。金额的增速为名义增速；完成率不用于越低越好的指标。",
			"Standing compares the recent with the needed pace: ▲ met or ahead; ◆ at least two thirds of it; ▼ less. A dash means that they cannot be compared. Growth of money amounts is nominal; reached is not given where less is better."),
		j.pick("“口径待核”表示资料中有不同说法，年份或口径未定。", "To be checked: the sources differ, and leave year or scope open."),
	}
	if len(shown) < len(j.targets) {
		notes = append(notes, fmt.Sprintf(j.pick("本页列出有基期数的目标%d项，其余%d项见“%s”。", "This page lists %d targets with a base figure; the other %d are on the sheet %s."), len(shown), len(j.targets)-len(shown), j.attainment))
	}
	if j.Profile == Publication {
		for i := range notes {
			notes[i] = pubDash(notes[i])
		}
	}
	t := &table{sheet: j.overview, id: "overview", title: j.title(), cols: cols, lead: lead, notes: notes, source: true, onePage: true, freeze: 2}
	s := j.begin(t)
	for i, x := range shown {
		a := x.Assessment
		want, unit := j.wantFigure(x)
		if u := j.unitName(unit); want.ok && unit != "%" && u != "" && u != x.unitWord(j) {
			want.format = suffixed(want.format, u)
		}
		reached, gap := j.none(notApplicable), j.none(notApplicable)
		if share, ok := completion(a); ok {
			reached = j.figure(figure{share, "0.0%", true})
		}
		if f := j.gap(x); f.ok {
			gap = j.figure(f)
		}
		cells := []cell{
			{v: i + 1}, {v: j.label(x)}, j.text(x.unitWord(j)), j.figure(j.baseFigure(x)), j.text(periodLabel(a.From, j.lang(), a.Base.OK)), j.figure(want), j.text(j.due(x)), reached, gap,
			j.figure(j.pace(a.Required)), j.figure(j.pace(a.Recent)), statusCell(j.state(a)),
		}
		if j.showProbability() {
			p := j.none(notAvailable)
			if a.HasProbability {
				p = j.figure(likelihood(a.Probability))
			}
			cells = append(cells, p)
		}
		s.row(append(cells, j.details(j.headOf[x.Target.SeriesID], false), j.remark(x))...)
	}
	s.end()
}

func periodLabel(p indicators.Period, lang string, ok bool) string {
	if !ok || p.IsZero() {
		return ""
	}
	return p.Label(lang)
}

// gap is what is missing from the latest value to the target's level, with
// its sign.
func (j *job) gap(t *target) figure {
	if !t.Base.OK || !t.Want.OK || t.Target.Measure == indicators.Cumulative {
		return figure{}
	}
	d := t.Want.Value - t.Base.Value
	if math.Abs(d) < 1e-9*math.Abs(t.Want.Value) {
		d = 0
	}
	if t.Base.Unit == "%" {
		unit := j.pick("点", " pts")
		return figure{d, `+0.0"` + unit + `";-0.0"` + unit + `";0"` + unit + `"`, true}
	}
	dec := decimalsOf(d, 4, 2)
	f := decimalFormat(dec)
	return figure{d, "+" + f + ";-" + f + ";0", true}
}

// leaderTargets chooses the targets for the one page: those with a base
// figure, in the order of the report.
func (j *job) leaderTargets() []*target {
	var out []*target
	for _, t := range j.targets {
		if t.Base.OK && t.Want.OK && len(out) < leaderRows {
			out = append(out, t)
		}
	}
	return out
}

// remark says in neutral words what a reader must know of a row.
func (j *job) remark(t *target) cell {
	var parts []string
	if j.doubted(t.Assessment) {
		parts = append(parts, j.pick("口径待核", "to be checked"))
	}
	if t.Target.Strive {
		parts = append(parts, j.pick(t.Target.Commitment, "strive for"))
	}
	if t.Target.Hold {
		parts = append(parts, j.pick("逐期保持", "in every period"))
	}
	if t.BaseStatus == indicators.Provisional {
		parts = append(parts, j.pick("初步数", "provisional"))
	}
	if t.BaseStatus == indicators.Estimated {
		parts = append(parts, j.pick("推算数", "derived"))
	}
	if c := j.Data.Claim(t.BaseClaim); c != nil && c.Value.Qual != indicators.Exact {
		parts = append(parts, j.pick("原文“"+c.Printed()+"”，取区间中值", "stated as a range, shown by its middle"))
	}
	s := ""
	for i, p := range parts {
		if i > 0 {
			s += j.pick("；", "; ")
		}
		s += p
	}
	if s == "" {
		c := j.none(notApplicable)
		c.style.Align = "left"
		return c
	}
	return cell{v: s}
}
