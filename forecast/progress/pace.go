package progress

import (
	"fmt"
	"math"

	"example.com/zhibiao/indicators"
)

// growthTo returns the growth in per cent a year that leads from what from may
// be to what to may be in n years, which may be a fraction: indicators.Growth
// for whole years.
func growthTo(from, to indicators.Interval, n float64) (indicators.Interval, bool) {
	if n >= 1 {
		return indicators.Growth(from, to, n)
	}
	g, ok := indicators.Growth(from, to, 1)
	if !ok || n <= 0 {
		return g, false
	}
	year := func(x float64) float64 { return 100 * math.Expm1(math.Log1p(x/100)/n) }
	g.Lo, g.Hi = year(g.Lo), year(g.Hi)
	return g, true
}

// required is the pace from a base to a bound in n years: points a year for
// percentages, places a year for ranks, otherwise per cent a year. It is
// absent where growth has no meaning.
func required(s *indicators.Series, base indicators.Interval, from float64, want Number, n float64) Number {
	wi := indicators.Interval{Lo: want.Lo, Hi: want.Hi}
	if s.Unit.Percent() || s.Measure == indicators.Rank {
		diff := wi.Sub(base)
		unit := "个百分点"
		if s.Measure == indicators.Rank {
			unit = "位"
		}
		return Number{Value: (want.Value - from) / n, Lo: diff.Lo / n, Hi: diff.Hi / n, Unit: unit, OK: diff.Bounded() && n > 0}
	}
	g, ok := growthTo(base, wi, n)
	if !ok || !g.Bounded() || from <= 0 || want.Value < 0 {
		return Number{}
	}
	return Number{Value: 100 * math.Expm1(math.Log(want.Value/from)/n), Lo: g.Lo, Hi: g.Hi, Unit: "%", OK: true}
}

// pace fills in what it takes to get from base to want in the given years.
func pace(a *Assessment, t *indicators.Target, s *indicators.Series, base indicators.Observation, want Number, years float64, n *notes) {
	a.Required = required(s, base.Interval, base.Value, want, years)
	met := onSeries(t, want).Contains(base.Value)
	switch {
	case s.Measure == indicators.Rank:
		switch {
		case met:
			n.add("最近位次已达到目标，保持即可。", "The latest rank meets the target; holding it is enough.")
		case a.Required.OK:
			n.add(fmt.Sprintf("需前移%s位，年均%s位。", num(base.Value-want.Value, 0), num(-a.Required.Value, 1)), fmt.Sprintf("It takes a rise of %s places, %s a year.", num(base.Value-want.Value, 0), num(-a.Required.Value, 1)))
		}
		return
	case s.Unit.Percent():
		if met {
			n.add("最近值已达到目标。", "The latest value already meets the target.")
		}
		if g, ok := growthTo(base.Interval, indicators.Interval{Lo: want.Lo, Hi: want.Hi}, years); ok && g.Bounded() && base.Value > 0 && want.Value >= 0 {
			mid := 100 * math.Expm1(math.Log(want.Value/base.Value)/years)
			a.RequiredAlt = fmt.Sprintf("比值年均变动%s%%", signed(mid, 2))
			a.RequiredAltEN = fmt.Sprintf("the ratio changes by %s %% a year", signed(mid, 2))
			if each, eachEN := "年均", " a year"; !met {
				if years <= 1 {
					each, eachEN = "", ""
				}
				n.add("按比值计算，"+each+"需变动"+signed(mid, 2)+"%。", "In the ratio that is "+signed(mid, 2)+" %"+eachEN+".")
			}
		}
		return
	case !a.Required.OK:
		n.add("基数或目标不为正数，或基数只知下限，增速无意义。", "Base or target is not positive, or the base is known only on one side: a rate of growth has no meaning.")
		return
	}
	mid := a.Required.Value
	nominal, nominalEN := "", ""
	if s.Unit.Money() && s.Prices != indicators.Real {
		nominal, nominalEN = "名义", "nominal "
	}
	rng, rngEN := "", ""
	if a.Required.Hi-a.Required.Lo > 1e-9 {
		rng = fmt.Sprintf("（%s%%–%s%%，因四舍五入）", num(a.Required.Lo, 2), num(a.Required.Hi, 2))
		rngEN = fmt.Sprintf(" (%s–%s %%, from rounding)", num(a.Required.Lo, 2), num(a.Required.Hi, 2))
	}
	each, eachEN := "", ""
	if years > 1 {
		each, eachEN = "年均", " a year"
	}
	switch {
	case met && math.Abs(mid) < 0.005:
		n.add("最近值已达到目标（恰好相等），保持即可。", "The latest value equals the target; holding it is enough.")
	case met && mid <= 0 && t.Floor():
		n.add(fmt.Sprintf("最近值已达到目标；即使%s%s下降%s%%仍可完成。", nominal, each, num(-mid, 2)),
			fmt.Sprintf("The latest value already meets the target; it would still be met after %sdecline of %s %%%s.", article(nominalEN), num(-mid, 2), eachEN))
	case met:
		n.add(fmt.Sprintf("最近值已达到目标；%s%s增长不超过%s%%即可保持。", nominal, each, num(mid, 2)),
			fmt.Sprintf("The latest value already meets the target; it is kept by %sgrowth of up to %s %%%s.", nominalEN, num(mid, 2), eachEN))
	case mid < 0:
		n.add(fmt.Sprintf("需%s%s下降%s%%%s。", nominal, each, num(-mid, 2), rng), fmt.Sprintf("It takes %sdecline of %s %%%s%s.", article(nominalEN), num(-mid, 2), eachEN, rngEN))
	case t.Want.LoOpen && t.Floor():
		n.add(fmt.Sprintf("%s%s增速须高于%s%%%s。", nominal, each, num(mid, 2), rng), fmt.Sprintf("It takes %sgrowth of more than %s %%%s%s.", nominalEN, num(mid, 2), eachEN, rngEN))
	default:
		n.add(fmt.Sprintf("需%s%s增长%s%%%s。", nominal, each, num(mid, 2), rng), fmt.Sprintf("It takes %sgrowth of %s %%%s%s.", nominalEN, num(mid, 2), eachEN, rngEN))
	}
	if years >= 3 && a.By.Freq() == indicators.Annual {
		later := 100 * math.Expm1(math.Log(want.Value/base.Value)/(years+1))
		by := a.By.Add(1)
		a.RequiredAlt = fmt.Sprintf("若推迟到%s：%s%%", by.Label("zh"), num(later, 1))
		a.RequiredAltEN = fmt.Sprintf("if by %s: %s %%", by.Label("en"), num(later, 1))
		n.add(fmt.Sprintf("若以%s为期，则为%s%%。", by.Label("zh"), num(later, 1)), fmt.Sprintf("By %s instead it would take %s %%.", by.Label("en"), num(later, 1)))
	}
}

// paceFromBase fills in the pace from where the series, or the target, starts
// and what has to be caught up.
func (a *Assessment) paceFromBase(t *indicators.Target, s *indicators.Series, want Number, n *notes) {
	if !a.Required.OK || a.From.Freq() != indicators.Annual {
		return
	}
	first := s.Stretch()[0]
	if o, ok := s.At(t.Base); ok && !t.Base.IsZero() {
		first = o
	}
	k, ok := stepsTo(first.Period, a.By)
	if !ok || first.Period.Compare(a.From) >= 0 {
		return
	}
	r := required(s, first.Interval, first.Value, want, float64(k))
	if t.Measure == indicators.GrowthRate && first.Period == t.Base { // both ends move with the base
		r.Value, r.Lo, r.Hi = t.Number(), t.Number(), t.Number()
	}
	if !r.OK {
		return
	}
	a.FromBase, a.BaseFrom = r, first.Period
	gap := a.Required.Value - r.Value
	unit := r.Unit
	zh := fmt.Sprintf("自%s起算为年均%s%s", first.Period.Label("zh"), num(r.Value, 2), unit)
	en := fmt.Sprintf("Counted from %s it is %s a year", first.Period.Label("en"), amount(r.Value, 2, unit))
	if unit == "%" {
		unit = "个百分点"
	}
	better := s.Better
	if better == indicators.Undefined && t.Ceiling() {
		better = indicators.Down
	}
	if better == indicators.Down {
		gap = -gap
	}
	switch {
	case gap > 0.005:
		zh += fmt.Sprintf("，此后须每年多%s%s，以补欠账", num(gap, 2), unit)
		en += fmt.Sprintf("; what is left takes %s more, to catch up", amount(gap, 2, unit))
	case gap < -0.005:
		zh += fmt.Sprintf("，此后每年可少%s%s", num(-gap, 2), unit)
		en += fmt.Sprintf("; what is left takes %s less", amount(-gap, 2, unit))
	}
	n.add(zh+"。", en+".")
}

// Pace is the pace that is left after some years.
type Pace struct {
	After    indicators.Period // the last year that only repeats the recent pace
	Required Number            // the pace needed from then on; absent if growth has no meaning there
	Met      bool              // by then the target is met already
}

// paceLater fills in the pace needed after each coming year if the years up to
// it only repeat the recent pace.
func (a *Assessment) paceLater(t *indicators.Target, s *indicators.Series, want Number, steps int, n *notes) {
	if !a.Recent.OK || !a.Base.OK || a.From.Freq() != indicators.Annual || a.By.Freq() != indicators.Annual || s.Measure == indicators.Rank {
		return
	}
	bound := onSeries(t, want)
	next := func(y float64) float64 {
		if s.Unit.Percent() {
			return y + a.Recent.Value
		}
		return y * (1 + a.Recent.Value/100)
	}
	y := a.Base.Value
	for k := 1; k < steps; k++ {
		y = next(y)
		p := Pace{After: a.From.Add(k), Met: bound.Contains(y)}
		p.Required = required(s, indicators.Point(y), y, Number{Value: want.Value, Lo: want.Value, Hi: want.Value}, float64(steps-k))
		a.Later = append(a.Later, p)
	}
	a.sayLater(n)
}

func (a *Assessment) sayLater(n *notes) {
	if len(a.Later) == 0 || a.OnSeries().Contains(a.Base.Value) {
		return
	}
	recent := a.Recent
	first, last := a.Later[0], a.Later[len(a.Later)-1]
	if last.Met {
		n.add(fmt.Sprintf("若%s的近期速度（%s%s）保持，到%s即已达到目标。", a.RecentWhy, num(recent.Value, 1), recent.Unit, last.After.Label("zh")),
			fmt.Sprintf("At the recent pace (%s, %s) the target is met by %s.", amount(recent.Value, 1, recent.Unit), a.RecentWhyEN, last.After.Label("en")))
		return
	}
	if !first.Required.OK || !last.Required.OK {
		return
	}
	zh := fmt.Sprintf("若%s仅重复近期速度（%s%s），此后年均需%s%s", first.After.Label("zh"), num(recent.Value, 1), recent.Unit, num(first.Required.Value, 2), first.Required.Unit)
	en := fmt.Sprintf("If %s only repeats the recent pace (%s), it takes %s a year from then on", first.After.Label("en"), amount(recent.Value, 1, recent.Unit), amount(first.Required.Value, 2, first.Required.Unit))
	if len(a.Later) > 1 {
		zh += fmt.Sprintf("；若直到%s都如此，则需%s%s", last.After.Label("zh"), num(last.Required.Value, 2), last.Required.Unit)
		en += fmt.Sprintf("; if all years to %s do, %s", last.After.Label("en"), amount(last.Required.Value, 2, last.Required.Unit))
	}
	n.add(zh+"。", en+".")
}

// amount prints a pace for readers of English.
func amount(x float64, decimals int, unit string) string {
	switch unit {
	case "个百分点":
		return num(x, decimals) + " points"
	case "位":
		return num(x, decimals) + " places"
	}
	return num(x, decimals) + " " + unit
}

// recent finds the recent pace of the series: a stated growth of the last
// period, the change between the last two values, or a stated average.
func recent(d *indicators.Dataset, a *Assessment, s *indicators.Series) {
	last, _ := s.Last()
	points := s.Unit.Percent()
	unit := "%"
	if points {
		unit = "个百分点"
	}
	if s.Measure != indicators.Level {
		if len(s.Obs) < 2 {
			return
		}
	} else if !points {
		var avg *indicators.Claim
		for i := range d.Claims {
			c := &d.Claims[i]
			if c.Indicator != s.Indicator || c.Area != s.Area || c.Scope != s.Scope || !c.HasValue || c.Period() != last.Period {
				continue
			}
			switch {
			case c.Kind == indicators.KindGrowth && len(c.Spans) == 1 && oneYear(c):
				x := c.Value.Float()
				iv := c.Interval(indicators.Wording{})
				a.Recent = Number{x, iv.Lo, iv.Hi, unit, true}
				a.RecentWhy, a.RecentWhyEN = last.Period.Label("zh")+"公布增速", "growth published for "+last.Period.Label("en")
				return
			case c.Kind == indicators.KindAvgGrowth:
				avg = c
			}
		}
		if avg != nil {
			x := avg.Value.Float()
			iv := avg.Interval(indicators.Wording{})
			a.Recent = Number{x, iv.Lo, iv.Hi, unit, true}
			a.RecentWhy, a.RecentWhyEN = "公布的年均增速", "published average growth a year"
			return
		}
	}
	o := s.Stretch()
	if len(o) < 2 {
		return
	}
	prev := o[len(o)-2]
	k := float64(last.Period.Sub(prev.Period))
	if points {
		diff := last.Interval.Sub(prev.Interval)
		a.Recent = Number{(last.Value - prev.Value) / k, diff.Lo / k, diff.Hi / k, unit, true}
	} else if g, ok := indicators.Growth(prev.Interval, last.Interval, k); ok && prev.Value > 0 {
		a.Recent = Number{100 * math.Expm1(math.Log(last.Value/prev.Value)/k), g.Lo, g.Hi, unit, true}
	} else {
		return
	}
	a.RecentWhy = prev.Period.Label("zh") + "至" + last.Period.Label("zh")
	a.RecentWhyEN = prev.Period.Label("en") + " to " + last.Period.Label("en")
}

// oneYear reports whether a growth claim is over the year before.
func oneYear(c *indicators.Claim) bool {
	sp := c.Spans[0]
	return sp.Single() || sp.From.Freq() == sp.To.Freq() && sp.To.Sub(sp.From) == 1
}

// between is the pace from target b to the later target t of the same series.
func between(t, b *indicators.Target) Assessment {
	a := Assessment{ID: t.ID + "<" + b.ID, Target: *t, From: b.Due(), By: t.Due(), Rule: RuleProbability, Verdict: NoEvidence, pace: true}
	var n notes
	x, err := t.Unit.Convert(t.Number(), b.Unit)
	y := b.Number()
	a.Base = Number{y, y, y, b.Unit.Symbol, true}
	k, ok := stepsTo(a.From, a.By)
	g, ok2 := indicators.Growth(indicators.Point(y), indicators.Point(x), float64(max(k, 1)))
	if err == nil && ok && ok2 {
		a.Want = Number{x, x, x, b.Unit.Symbol, true}
		a.Required = Number{g.Lo, g.Lo, g.Hi, "%", true}
		n.add(fmt.Sprintf("如%s实现%s%s，此后年均需增长%s%%。", a.From.Label("zh"), b.Value, b.Unit, num(g.Lo, 2)),
			fmt.Sprintf("If %s %s is reached in %s, it takes %s %% a year from there.", b.Value, b.Unit, a.From.Label("en"), num(g.Lo, 2)))
	}
	n.put(&a)
	return a
}
