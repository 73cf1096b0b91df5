package progress

import (
	"fmt"
	"math"

	"example.com/zhibiao/indicators"
)

// Conditioned is a target as it looks under a scenario.
type Conditioned struct {
	ID             string
	Indicator      string
	Why, WhyEN     string  // what was assumed and what follows, in a sentence
	Need           Number  // what the target then needs of its own indicator: growth, per cent a year; absent if nothing is needed of it
	Probability    float64 // under the scenario
	HasProbability bool
	Before         float64 // the probability without the scenario; NaN if there was none
	Verdict        Verdict
}

// Condition assesses the targets of a report again under s, those that its
// assumptions touch, in the order of the report:
//   - a target on an assumed series follows from the assumption;
//   - a share of an assumed total is that of its level's forecast;
//   - growth relative to an assumed reference is growth of at least so much;
//   - growth a head follows from the total's forecast, the assumed population
//     and, if the total is nominal and the target real, the deflator.
func (s *Scenario) Condition(r *Report) []Conditioned {
	at := map[indicators.SeriesID]*Projection{}
	for i := range r.Projections {
		at[r.Projections[i].Series.SeriesID] = &r.Projections[i]
	}
	var out []Conditioned
	for i := range r.Assessments {
		a := &r.Assessments[i]
		if a.IsPace() || a.Target.Open != "" || a.By.IsZero() || a.By.Freq() != indicators.Annual {
			continue
		}
		c := Conditioned{ID: a.ID, Indicator: a.Target.Indicator, Before: math.NaN(), Verdict: NoEvidence}
		if a.HasProbability {
			c.Before = a.Probability
		}
		own := at[a.Target.SeriesID]
		var ok bool
		switch t := &a.Target; t.Measure {
		case indicators.Share:
			ok = s.share(&c, a, at)
		case indicators.Relative:
			ok = s.relativeTo(&c, a, own)
		case indicators.GrowthRate:
			if whole, head := perHead(t.Indicator); head {
				ok = s.head(&c, a, at[indicators.SeriesID{Indicator: whole, Area: t.Area, Scope: t.Scope}])
			}
			if !ok {
				ok = s.assumed(&c, a)
			}
		default:
			ok = s.assumed(&c, a)
		}
		if ok {
			out = append(out, c)
		}
	}
	return out
}

func (c *Conditioned) states(p float64) {
	c.Probability, c.HasProbability, c.Verdict = p, true, Judge(p)
}

// assumed: the target's own series grows as assumed.
func (s *Scenario) assumed(c *Conditioned, a *Assessment) bool {
	t := &a.Target
	g, ok := s.growth(t.Indicator, t.Area)
	if !ok || t.Scope != "" {
		return false
	}
	if t.Measure == indicators.GrowthRate {
		p, zh, en := 0.0, "未达到", "misses"
		if t.Want.Contains(g) {
			p, zh, en = 1, "达到", "meets"
		}
		c.states(p)
		c.Why = fmt.Sprintf("假定%s年均增长%s%%，%s目标。", t.Indicator, num(g, 1), zh)
		c.WhyEN = fmt.Sprintf("Assumed growth of %s %% a year %s the target.", num(g, 1), en)
		return true
	}
	k, ok := stepsTo(a.From, a.By)
	if t.Measure != indicators.Level && t.Measure != indicators.Multiple || !ok || !a.Base.OK || !a.Want.OK || a.Base.Value <= 0 {
		return false
	}
	y := a.Base.Value * math.Pow(1+g/100, float64(k))
	p, zh, en := 0.0, "未达到目标", "missing the target"
	if a.OnSeries().Contains(y) {
		p, zh, en = 1, "达到目标", "meeting the target"
	}
	c.states(p)
	c.Need = a.Required
	c.Why = fmt.Sprintf("假定年均增长%s%%，%s为%s%s，%s%s。", num(g, 1), a.By.Label("zh"), short(y), a.Base.Unit, zh, needs(a.Required, "zh"))
	c.WhyEN = fmt.Sprintf("At %s %% a year it comes to %s %s in %s, %s%s.", num(g, 1), short(y), a.Base.Unit, a.By.Label("en"), en, needs(a.Required, "en"))
	return true
}

func needs(r Number, lang string) string {
	switch {
	case !r.OK:
		return ""
	case lang == "en":
		return fmt.Sprintf(" (it takes %s %%)", num(r.Value, 2))
	}
	return fmt.Sprintf("（需%s%%）", num(r.Value, 2))
}

// share: the total grows as assumed, so the share is that of the level's own
// forecast.
func (s *Scenario) share(c *Conditioned, a *Assessment, at map[indicators.SeriesID]*Projection) bool {
	t := &a.Target
	ind, area := indicators.SplitRef(t.Ref)
	if ind == "" {
		ind = t.Indicator
	}
	g, ok := s.growth(ind, area)
	level := at[indicators.SeriesID{Indicator: t.Indicator, Area: t.Area, Scope: t.Scope}]
	if !ok || level == nil || level.Model == nil || !a.Base.OK || !(a.Base.Value > 0) || !a.Want.OK {
		return false
	}
	base, ok := level.Series.At(a.From)
	k, ok2 := stepsTo(a.From, a.By)
	d, ok3 := level.At(a.By)
	if !ok || !ok2 || !ok3 || base.Value <= 0 {
		return false
	}
	total := base.Value / (a.Base.Value / 100)
	then := total * math.Pow(1+g/100, float64(k))
	want := Number{Value: a.Want.Value / 100 * then, Unit: level.Series.Unit.Symbol, OK: true}
	want.Lo, want.Hi = want.Value, want.Value
	c.Need = required(&level.Series, base.Interval, base.Value, want, float64(k))
	c.states(probabilityIn(ShareUnder(d, total, g, k), a.OnSeries()))
	c.Why = fmt.Sprintf("假定%s%s年均增长%s%%，占比%s%%需%s%s%s；按其预测，可能性%s。", area, ind, num(g, 1), short(a.Want.Value), num(want.Value, 0), want.Unit, needs(c.Need, "zh"), chanceWords(c.Probability, "zh"))
	c.WhyEN = fmt.Sprintf("With the total (%s) growing by %s %% a year, %s %% takes %s %s%s; by the forecast of the level the probability is %s.", area, num(g, 1), short(a.Want.Value), num(want.Value, 0), want.Unit, needs(c.Need, "en"), chanceWords(c.Probability, "en"))
	return true
}

// relativeTo: the reference grows as assumed, so that growth of at least that
// less the tolerance is wanted.
func (s *Scenario) relativeTo(c *Conditioned, a *Assessment, own *Projection) bool {
	t := &a.Target
	ind, area := indicators.SplitRef(t.Ref)
	g, ok := s.growth(ind, area)
	if !ok {
		return false
	}
	need := g + t.Number()
	c.Need = Number{need, need, need, "%", true}
	c.Why = fmt.Sprintf("假定%s年均增长%s%%，需年均增长%s%%", ind, num(g, 1), num(need, 1))
	c.WhyEN = fmt.Sprintf("With the reference growing by %s %% a year, it takes %s %% a year", num(g, 1), num(need, 1))
	if mine, ok := s.growth(t.Indicator, t.Area); ok {
		p, zh, en := 0.0, "未达到", "misses"
		if t.Want.Contains(mine - g) {
			p, zh, en = 1, "达到", "meets"
		}
		c.states(p)
		c.Why += fmt.Sprintf("；假定的%s%%%s目标。", num(mine, 1), zh)
		c.WhyEN += fmt.Sprintf("; the assumed %s %% %s that.", num(mine, 1), en)
		return true
	}
	if own == nil || own.Model == nil {
		c.Why += "；没有该指标的数值，可能性无从判断。"
		c.WhyEN += "; there is no figure of the indicator, so nothing can be said of the probability."
		return true
	}
	last, _ := own.Series.Last()
	k, ok1 := stepsTo(last.Period, a.By)
	d, ok2 := own.At(a.By)
	if !ok1 || !ok2 || last.Value <= 0 {
		return false
	}
	level := func(x float64) float64 { // the level at which growth exceeds the reference's by x points
		return last.Value * math.Pow(max(1+(g+x)/100, 0), float64(k))
	}
	iv := t.Want
	if !math.IsInf(iv.Lo, 0) {
		iv.Lo = level(iv.Lo)
	}
	if !math.IsInf(iv.Hi, 0) {
		iv.Hi = level(iv.Hi)
	}
	c.states(probabilityIn(d, iv))
	c.Why += fmt.Sprintf("；按其预测，可能性%s。", chanceWords(c.Probability, "zh"))
	c.WhyEN += fmt.Sprintf("; by its forecast the probability is %s.", chanceWords(c.Probability, "en"))
	return true
}

// head: growth a head from the forecast of the total.
func (s *Scenario) head(c *Conditioned, a *Assessment, whole *Projection) bool {
	t := &a.Target
	pop, ok := s.population(t.Area)
	if !ok || whole == nil || whole.Model == nil {
		return false
	}
	last, _ := whole.Series.Last()
	k, ok1 := stepsTo(last.Period, a.By)
	d, ok2 := whole.At(a.By)
	if !ok1 || !ok2 || last.Value <= 0 {
		return false
	}
	factor := 1 + pop/100
	prices, pricesEN := "名义", "nominal"
	if !math.IsNaN(s.Deflator) && whole.Series.Prices != indicators.Real {
		factor *= 1 + s.Deflator/100
		prices, pricesEN = fmt.Sprintf("扣除价格%s%%", num(s.Deflator, 1)), fmt.Sprintf("prices up %s %% a year", num(s.Deflator, 1))
	}
	level := func(x float64) float64 { return last.Value * math.Pow(max((1+x/100)*factor, 0), float64(k)) }
	iv := t.Want
	if !math.IsInf(iv.Lo, 0) {
		iv.Lo = level(iv.Lo)
	}
	if !math.IsInf(iv.Hi, 0) {
		iv.Hi = level(iv.Hi)
	}
	need := 100 * ((1+t.Number()/100)*factor - 1)
	c.Need = Number{need, need, need, "%", true}
	c.states(probabilityIn(d, iv))
	c.Why = fmt.Sprintf("假定人口年增%s%%（%s），%s需增长%s%%；按其预测，可能性%s。", num(pop, 1), prices, whole.Series.Indicator, num(need, 2), chanceWords(c.Probability, "zh"))
	c.WhyEN = fmt.Sprintf("With the population growing by %s %% a year (%s), %s must grow by %s %%; by its forecast the probability is %s.", num(pop, 1), pricesEN, refName(&whole.Series, whole.Series.Indicator), num(need, 2), chanceWords(c.Probability, "en"))
	return true
}

func (s *Scenario) population(area string) (float64, bool) {
	for _, name := range [...]string{"常住人口", "总人口", "人口"} {
		if g, ok := s.growth(name, area); ok {
			return g, true
		}
	}
	return 0, false
}
