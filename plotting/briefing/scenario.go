package briefing

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// Columns of the table of scenarios, counted from 1.
const (
	scName = 1 + iota
	scUnit
	scFrom
	scBase
	scWant
	scDue
	scYears
	scAssume
	scValue
	scGap
	scReached
	scMet
	scNeed
	scMargin
	scPath // and the following
)

// scenarioYears is how many years of the assumed path are written out.
const scenarioYears = 5

// scenarioRow is a target whose path can be assumed.
type scenarioRow struct {
	t       *target
	years   int
	points  bool // assumptions are points a year, not growth
	scale   float64
	assumed float64
}

// scenarioRows are the targets of headline indicators that are reached by a
// level.
func (j *job) scenarioRows() []scenarioRow {
	var out []scenarioRow
	for _, t := range j.targets {
		h := j.headOf[t.Target.SeriesID]
		if h == nil || !t.Base.OK || !t.Want.OK || !t.Median.OK {
			continue
		}
		switch t.Target.Measure {
		case indicators.Level, indicators.Share, indicators.GrowthRate, indicators.Multiple:
		default:
			continue
		}
		by := t.By
		if by.Freq() != t.From.Freq() {
			if t.From.Freq() != indicators.Annual {
				continue
			}
			by = indicators.Year(by.Year())
		}
		r := scenarioRow{t: t, years: by.Sub(t.From), scale: 1}
		if r.years < 1 {
			continue
		}
		if u := &h.p.Series.Unit; u.Percent() {
			r.points = true
			if u.Symbol == "%" {
				r.scale = 0.01
			}
			r.assumed = (t.Median.Value - t.Base.Value) / float64(r.years) * r.scale
		} else {
			if t.Base.Value <= 0 || t.Want.Value <= 0 {
				continue
			}
			if t.Median.Value > 0 {
				r.assumed = math.Expm1(math.Log(t.Median.Value/t.Base.Value) / float64(r.years))
			}
		}
		r.assumed = math.Round(r.assumed*1e4) / 1e4 // what the cell shows is what it holds
		out = append(out, r)
	}
	return out
}

// writeScenario writes the assumptions as input cells and what follows from
// them as live formulas, each with its value.
func (j *job) writeScenario() {
	rows := j.scenarioRows()
	office := j.Profile == Office
	cols := []column{
		{head: j.pick("指标", "Indicator"), width: 26, align: "left"}, {head: j.pick("单位", "Unit"), width: 8, align: "center"}, {head: j.pick("基期", "From"), width: 8.5, align: "center"},
		{head: j.pick("基期值", "Base"), width: 10, align: "right"}, {head: j.pick("目标值", "Target"), width: 10, align: "right"}, {head: j.pick("期限", "Due"), width: 9, align: "center"},
		{head: j.pick("年数", "Years"), width: 6, align: "center"}, {head: j.pick("假定年均增长", "Assumed a year"), width: 11, align: "right"}, {head: j.pick("情景值", "Outcome"), width: 11, align: "right"},
		{head: j.pick("与目标差", "Gap"), width: 11, align: "right"}, {head: j.pick("完成率", "Reached"), width: 9, align: "right"}, {head: j.pick("能否达到", "Met"), width: 9, align: "center"},
		{head: j.pick("所需年均增长", "Needed a year"), width: 11, align: "right"}, {head: j.pick("假定高于所需", "Above need"), width: 11, align: "right"},
	}
	for k := 1; k <= scenarioYears; k++ {
		cols = append(cols, column{head: fmt.Sprintf(j.pick("基期后%d年", "Year +%d"), k), width: 10, align: "right"})
	}
	t := &table{sheet: j.scenario, id: "scenario", title: j.pick("情景：改变假定，看能否达到目标", "Scenario: change the assumptions, see what follows"), cols: cols, freeze: 1, source: true,
		lead: []string{j.pick("黄底格可改：改变假定年均增长，情景值、差距和路径随之计算。初值为预测中位数所含的年均增长。", "The shaded cells are yours to change; outcome, gap and path follow. They begin with the growth that the forecast median implies.")},
		notes: []string{
			j.pick("情景值＝基期值×（1＋假定增长）的年数次方；本身为百分数的指标按每年百分点相加。所需年均增长由基期值和目标值算出，与总览一致。", "Outcome is base × (1 + assumed growth) to the power of the years; indicators that are percentages move by points a year. What is needed follows from base and target and agrees with the overview."),
			j.pick("情景不是预测：它只回答“如果……会怎样”，不说可能性。", "A scenario is no forecast: it answers what if, and says nothing of probability."),
		}}
	shiftRow := 0
	shift := "" // term that adds the change to all assumptions
	all := j.pick("全部假定同时增减（百分点）：", "Change to all assumptions, in points:")
	if office {
		t.lead = append(t.lead, all)
		shiftRow = j.headerRow(t) - 1
		shift = fmt.Sprintf("+$D$%d", shiftRow)
	} else {
		t.lead[0] = j.pick("“假定年均增长”一列可改：情景值、差距和路径随之计算。初值为预测中位数所含的年均增长。", "The column of assumptions is yours to change; outcome, gap and path follow. They begin with the growth that the forecast median implies.")
	}
	s := j.beginWith(t, func(s *sheet, c []xlsx.Cell) []xlsx.Cell {
		if c[0].Value != all {
			return c
		}
		if s.Row() != shiftRow-1 {
			panic("briefing: the change to all assumptions stands elsewhere")
		}
		for len(c) < 3 {
			c = append(c, xlsx.Cell{})
		}
		return append(c, xlsx.Cell{Value: 0.0, StyleID: j.style(j.inputStyle("0.00%"))})
	})
	first := s.Row() + 1
	for _, r := range rows {
		n := s.Row() + 1
		ref := func(col int) string { return xlsx.Ref(col, n) }
		base, want := r.t.Base.Value*r.scale, r.t.Want.Value*r.scale
		years := float64(r.years)
		grow := func(g, k float64) float64 {
			if r.points {
				return base + g*k
			}
			return base * math.Pow(1+g, k)
		}
		formula := func(k string) string {
			if r.points {
				return fmt.Sprintf("%s+(%s%s)*%s", ref(scBase), ref(scAssume), shift, k)
			}
			return fmt.Sprintf("%s*(1+%s%s)^%s", ref(scBase), ref(scAssume), shift, k)
		}
		value := grow(r.assumed, years)
		need, needF := math.Pow(want/base, 1/years)-1, fmt.Sprintf("(%s/%s)^(1/%s)-1", ref(scWant), ref(scBase), ref(scYears))
		if r.points {
			need, needF = (want-base)/years, fmt.Sprintf("(%s-%s)/%s", ref(scWant), ref(scBase), ref(scYears))
		}
		op, met := ">=", value >= want
		tt := &r.t.Target
		switch {
		case tt.Floor() && tt.Want.LoOpen:
			op, met = ">", value > want
		case tt.Ceiling() && tt.Want.HiOpen:
			op, met = "<", value < want
		case tt.Ceiling():
			op, met = "<=", value <= want
		}
		yes, no := j.pick("达到", "met"), j.pick("未达到", "not met")
		verdict := no
		if met {
			verdict = yes
		}
		level := func(x float64) xlsx.Style { return xlsx.Style{Format: estimate(x/r.scale, r.t.Base.Unit).format} }
		calc := func(v any, f string, st xlsx.Style) cell {
			st.Name = xlsx.Calculation
			return cell{v: v, formula: f, style: cellStyle{Style: st}}
		}
		wf, _ := quantityStyle(r.t)
		gapStyle := level(value - want)
		gapStyle.Format = "+" + gapStyle.Format + ";-" + gapStyle.Format
		cells := []cell{
			{v: j.label(r.t)}, j.text(r.t.unitWord(j)), {v: r.t.From.Label(j.lang())},
			j.figure(j.baseFigure(r.t)), j.figure(figure{want, wf, true}), {v: j.due(r.t)}, {v: r.years},
			{v: r.assumed, style: cellStyle{Style: j.inputStyle("0.00%")}},
			calc(value, formula(ref(scYears)), level(value)),
			calc(value-want, ref(scValue)+"-"+ref(scWant), gapStyle),
			calc(value/want, ref(scValue)+"/"+ref(scWant), xlsx.Style{Format: "0.0%"}),
			calc(verdict, fmt.Sprintf(`IF(%s%s%s,"%s","%s")`, ref(scValue), op, ref(scWant), yes, no), xlsx.Style{Align: "center"}),
			calc(need, needF, xlsx.Style{Format: "0.00%"}),
			calc(r.assumed-need, ref(scAssume)+shift+"-"+ref(scNeed), xlsx.Style{Format: `+0.00%;-0.00%`}),
		}
		for k := 1; k <= scenarioYears; k++ {
			x := grow(r.assumed, float64(k))
			cells = append(cells, calc(x, formula(fmt.Sprint(k)), level(x)))
		}
		s.row(cells...)
	}
	if last := s.Row(); last >= first {
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(xlsx.Range(scAssume, first, scAssume, last))
		if office {
			dv.SetSqref(xlsx.Ref(4, shiftRow))
		}
		err := dv.SetRange(-0.95, 10.0, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
		if err != nil {
			panic("briefing: data validation") // the bounds are constants
		}
		dv.SetError(excelize.DataValidationErrorStyleStop, j.pick("假定增长", "Assumed growth"), j.pick("请输入-95%到1000%之间的百分数，如6.5%。", "Enter a percentage between -95 % and 1000 %, such as 6.5%."))
		s.Validate(dv)
	}
	s.end()
}

// quantityStyle is the format of a target's level.
func quantityStyle(t *target) (format string, ok bool) {
	f := quantity(t.Want.Value, t.Want.Unit, decimalsOf(t.Want.Value, 6, 2))
	return f.format, f.ok
}

// inputStyle is the look of a cell that the reader may change. A
// publication has no fills, and colours the text instead.
func (j *job) inputStyle(format string) xlsx.Style {
	s := xlsx.Style{Name: xlsx.Input, Format: format, Color: "0000C0", Align: "right", Unlocked: true}
	if j.Profile == Office {
		s.Fill = "FFF2CC"
	}
	return s
}
