package briefing

import (
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// writeAttainment writes the 主要指标完成情况表: what is, what is wanted, how
// much of it is done, and how much of the time has passed.
func (j *job) writeAttainment() {
	t := &table{
		sheet: j.attainment, id: "attainment", title: j.pick("主要指标完成情况表", "Attainment of the main targets"), filter: true, freeze: 1, source: true,
		cols: []column{
			{head: j.pick("指标名称", "Indicator"), width: 30, align: "left"},
			{head: j.pick("计量单位", "Unit"), width: 10, align: "center"},
			{head: j.pick("绝对量", "Latest value"), width: 11, align: "right"},
			{head: j.pick("时期", "Period"), width: 9, align: "center"},
			{head: j.pick("同比增长", "Growth on a year before"), width: 10, align: "right"},
			{head: j.pick("目标", "Target"), width: 11, align: "right"},
			{head: j.pick("目标单位", "Unit of target"), width: 10, align: "center"},
			{head: j.pick("期限", "Due"), width: 9.5, align: "center"},
			{head: j.pick("完成进度", "Done"), width: 10, align: "right"},
			{head: j.pick("时序进度", "Time passed"), width: 10, align: "right"},
			{head: j.pick("与时序差", "Ahead of time"), width: 14, align: "right"},
			{head: j.pick("全市位次", "Rank"), width: 8, align: "center"},
			{head: j.pick("属性", "Kind"), width: 9, align: "center"},
			{head: j.pick("详见", "Details"), width: 6.5, align: "center"},
			{head: j.pick("备注", "Remark"), width: 24, align: "left"},
		},
		notes: []string{
			j.pick("“—”表示报告未给出或不适用。完成进度为最近值与目标值之比；时序进度为目标期内已过去的时间占比，以最近数据的时期末计；与时序差为两者之差，只在目标期已开始时计算"+j.lights("；绿灯为不落后，黄灯为落后不到10个百分点，红灯为落后更多")+"。",
				"A dash means that the report gives none or that it does not apply. Done is the latest value over the target; time passed is the share of the target's span that is over at the end of the latest period; their difference is given once the span has begun"+j.lights("; green is not behind, amber less than 10 points behind, red more")+"."),
			j.pick("增速目标的目标列为增速本身。同比增长为公布的增速，与水平数的口径可能不同。", "The target of a growth target is the growth itself. Growth is as published and may be defined otherwise than the level."),
		},
	}
	if j.Profile == Publication {
		t.notes[0] = pubDash(t.notes[0])
	}
	s := j.begin(t)
	first := s.Row() + 1
	for _, x := range j.ordered() {
		a := x.Assessment
		want, unit := j.wantFigure(x)
		grown, rank := j.none(notAvailable), j.none(notAvailable)
		k := at{x.Target.Indicator, x.Target.Area, x.Target.Scope, a.From}
		if c := j.growth[k]; c != nil && x.Target.SeriesID.Measure == indicators.Level {
			grown = j.toSource(j.figure(quantity(c.Value.Float(), "%", c.Value.Decimals())), c.ID)
			grown.style.Link, grown.style.Color = false, "0563C1"
			if j.sources == "" {
				grown.style.Color = ""
			}
		}
		if c := j.ranks[k]; c != nil {
			rank = j.toSource(cell{v: c.Value.Float()}, c.ID)
			rank.style.Format = "0"
		}
		done, passed, ahead := j.none(notApplicable), j.none(notAvailable), j.none(notApplicable)
		share, okShare := completion(a)
		if okShare {
			done = j.figure(figure{share, "0.0%", true})
		}
		time, okTime := j.elapsed(x)
		if okTime {
			passed = j.figure(figure{time, "0%", true})
			if okShare && time > 0 {
				pts := j.pick("个百分点", " pts")
				ahead = j.figure(figure{100 * (share - time), `+0.0"` + pts + `";-0.0"` + pts + `";0.0"` + pts + `"`, true})
			}
		}
		remark := j.remark(x)
		goal := j.figure(want)
		if c := j.claims[x.ID]; !want.ok && c != nil {
			goal = cell{v: j.stated(c)}
			if width(j.stated(c)) > 11 {
				goal = j.none(notApplicable)
			}
		}
		goal = j.toSource(goal, x.ID)
		goal.style.Link = false
		if x.Target.Open != "" {
			remark = cell{v: j.pick("原文"+trimPrefix(x.Target.Open, "原文"), x.Target.OpenEN)}
		}
		s.row(cell{v: j.label(x)}, j.text(x.unitWord(j)), j.figure(j.baseFigure(x)), j.text(periodLabel(a.From, j.lang(), a.Base.OK)), grown, goal, j.text(j.unitName(unit)), j.text(j.due(x)), done, passed, ahead, rank,
			j.text(j.pick(x.Target.Constraint, constraintEN[x.Target.Constraint])), j.details(j.headOf[x.Target.SeriesID], false), remark)
	}
	if j.Profile == Office && s.Row() >= first {
		s.Lights(xlsx.Range(11, first, 11, s.Row()), lightLow, 0)
	}
	s.end()
}

// lightLow is where the light of the lead over time turns red: ten points
// behind.
const lightLow = -10.0

// lights explains the traffic lights where there are any.
func (j *job) lights(s string) string {
	if j.Profile == Office {
		return s
	}
	return ""
}

var constraintEN = map[string]string{"预期性": "expected", "约束性": "binding"}

func trimPrefix(s, p string) string {
	if len(s) >= len(p) && s[:len(p)] == p {
		return s[len(p):]
	}
	return s
}

// elapsed is the share of a target's span that is over: from the end of its
// base, or of the year before the report where it names none, to its due
// date.
func (j *job) elapsed(t *target) (share float64, ok bool) {
	if t.By.IsZero() || !t.Base.OK || t.From.IsZero() {
		return 0, false
	}
	start := t.Target.Base
	if sp := t.Target.Spans; start.IsZero() && len(sp) > 0 && !sp[0].From.IsZero() && !sp[0].Single() {
		start = sp[0].From
		if t.Target.Measure == indicators.Cumulative {
			start = start.Add(-1)
		}
	}
	if start.IsZero() {
		if _, doc := j.cutoff(); !doc.IsZero() {
			start = indicators.Year(doc.Year() - 1)
		}
	}
	if start.IsZero() {
		return 0, false
	}
	a, b, now := start.LastDay(), t.By.LastDay(), t.From.LastDay()
	if b.Sub(a) <= 0 {
		return 0, false
	}
	return min(max(float64(now.Sub(a))/float64(b.Sub(a)), 0), 1), true
}
