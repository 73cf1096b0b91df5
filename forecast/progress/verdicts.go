package progress

import (
	"fmt"
	"math"

	"example.com/zhibiao/indicators"
)

// TargetVerdicts applies the published methods to every target with a number,
// beside the library's own verdict from the probability: a row a rule. A rule
// that does not apply has the verdict not_available and says why. The base of
// the methods is the first value after the last break of the series.
func TargetVerdicts(r *Report) []VerdictRow {
	series := map[indicators.SeriesID]*indicators.Series{}
	for i := range r.Projections {
		series[r.Projections[i].Series.SeriesID] = &r.Projections[i].Series
	}
	var out []VerdictRow
	for i := range r.Assessments {
		a := &r.Assessments[i]
		if a.Target.Open != "" || a.IsPace() {
			continue
		}
		for _, p := range a.verdicts(series[a.Target.SeriesID]) {
			out = append(out, VerdictRow{ID: a.ID, Indicator: a.Target.Indicator, Series: a.Target.SeriesID.String(), Published: p})
		}
	}
	return out
}

// verdicts returns the answer of every rule for one target; s is its series,
// nil if it has none.
func (a *Assessment) verdicts(s *indicators.Series) []Published {
	out := []Published{a.own()}
	none := func(why string) []Published {
		for _, rule := range []string{RuleStatCan, RuleEurostat, RuleUN, RuleDestatis, RuleSchedule} {
			out = append(out, unavailable(rule, why))
		}
		return out
	}
	switch {
	case a.Target.Measure == indicators.Cumulative:
		return none("the target is a sum over years, the method judges a level")
	case a.Target.Measure == indicators.Relative:
		return none("the target is a difference of two rates of growth, the method judges a level")
	case s == nil:
		return none("there is no figure of the indicator to start from")
	case !a.Want.OK:
		return none("the target cannot be turned into a level of the series")
	}
	out = append(out, Methods(a.track(s))...)
	switch {
	case a.Year == nil:
		out = append(out, unavailable(RuleSchedule, "there is no figure cumulated within the year of the target"))
	case !a.Target.Floor():
		out = append(out, unavailable(RuleSchedule, "less is better: a share completed means nothing"))
	default:
		y := a.Year
		out = append(out, Schedule(indicators.Interval{Lo: y.Done.Lo, Hi: y.Done.Hi, HiOpen: y.Done.Lo < y.Done.Hi}, a.Want.Value, y.Through))
	}
	return out
}

// own is the library's own verdict in the form of the published ones: the
// probability stands as the ratio.
func (a *Assessment) own() Published {
	if !a.HasProbability {
		return unavailable(RuleProbability, "there is no forecast for the date of the target")
	}
	p := Published{Rule: RuleProbability, Required: math.NaN(), Observed: math.NaN(), Ratio: a.Probability, Score: math.NaN(), Verdict: a.Verdict.String(), Flips: a.Flips}
	if a.Required.OK {
		p.Required = a.Required.Value
	}
	if a.Recent.OK {
		p.Observed = a.Recent.Value
	}
	p.Why = fmt.Sprintf("probability %.4f of meeting the target, %.4f to %.4f as rounding of the published figures goes", a.Probability, a.ProbabilityLo, a.ProbabilityHi)
	if a.SE > 0 {
		p.Why += fmt.Sprintf(", standard error %.4f", a.SE)
	}
	p.Why += "; cut-offs 0.90, 0.66, 0.33, 0.10; it rests on " + map[Basis]string{PriorOnly: "one value and a prior", WithContext: "one value and a stated context", OwnHistory: "the indicator's own history"}[a.Basis]
	return p
}

// track is the way of a target's series from its first comparable value.
func (a *Assessment) track(s *indicators.Series) Track {
	o := s.Stretch()
	first, last := o[0], o[len(o)-1]
	t := Track{
		Base: first.Value, BaseYear: year(first.Period), Current: last.Value, CurrentYear: year(last.Period),
		Target: a.Want.Value, TargetYear: year(a.By), Better: s.Better, Limit: math.NaN(),
	}
	if t.Better == indicators.Undefined {
		switch {
		case a.Target.Floor():
			t.Better = indicators.Up
		case a.Target.Ceiling():
			t.Better = indicators.Down
		}
	}
	if s.Unit.Percent() {
		t.Limit = 100
	}
	if first.Interval.Bounded() && !first.Interval.Exact() {
		t.BaseInterval = first.Interval
	}
	if last.Interval.Bounded() && !last.Interval.Exact() {
		t.CurrentInterval = last.Interval
	}
	if first.Period.Freq() == indicators.Annual {
		for p := first.Period; p.Compare(last.Period) <= 0; p = p.Add(1) {
			v := math.NaN()
			if ob, ok := s.At(p); ok {
				v = ob.Value
			}
			t.History = append(t.History, v)
		}
	}
	return t
}

// year returns the calendar year of a period; what is due within a year
// counts as that year's.
func year(p indicators.Period) float64 { return float64(p.Year()) }

// IsPace reports whether a is the pace from one target to a later one, an
// assessment that stands below that of the later target.
func (a *Assessment) IsPace() bool { return a.pace }

// Applied returns the verdicts that are available.
func Applied(rows []VerdictRow) []VerdictRow {
	var out []VerdictRow
	for _, r := range rows {
		if r.Verdict != NotAvailable {
			out = append(out, r)
		}
	}
	return out
}
