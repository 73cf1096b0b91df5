package progress

import (
	"math"

	"example.com/zhibiao/indicators"
)

// TargetVerdicts applies the published methods to every target with a number
// and a base, beside the library's own verdict from the probability. A method
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
		if a.Target.Open != "" || !a.Want.OK || a.IsPace() {
			continue
		}
		t := &a.Target
		add := func(p Published) {
			out = append(out, VerdictRow{ID: a.ID, Indicator: t.Indicator, Series: t.SeriesID.String(), Published: p})
		}
		own := Published{Rule: RuleProbability, Required: math.NaN(), Observed: math.NaN(), Ratio: math.NaN(), Score: math.NaN(), Verdict: NotAvailable, Why: "there is no forecast for the date of the target"}
		if a.HasProbability {
			own.Ratio, own.Verdict, own.Why = a.Probability, a.Verdict.String(), "probability of meeting the target; cut-offs 0.90, 0.66, 0.33, 0.10"
			if a.Required.OK {
				own.Required = a.Required.Value
			}
			if a.Recent.OK {
				own.Observed = a.Recent.Value
			}
		}
		add(own)
		s := series[t.SeriesID]
		if s == nil || t.Measure == indicators.Cumulative {
			continue
		}
		for _, p := range Methods(a.track(s)) {
			add(p)
		}
	}
	return out
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
