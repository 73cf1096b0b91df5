package progress

import (
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// cumulative assesses a target for the sum over a span: what is done counts,
// and the rest of the years must bring the rest.
func (a *Assessment) cumulative(t *indicators.Target, r *indicators.Requirement, p *Projection, dr *draws, n *notes) (g goal) {
	s := &p.Series
	last, _ := s.Last()
	span := t.Spans[0]
	x, err := t.Unit.Convert(t.Number(), s.Unit)
	if err != nil || span.From.IsZero() || span.From.Freq() != last.Period.Freq() {
		n.add("累计目标的单位或起止期与数据不一致，无法测算。", "Unit or span of the cumulative target do not agree with the data, so it cannot be assessed.")
		return g
	}
	k, ok := stepsTo(last.Period, span.To)
	if !ok {
		n.add("累计期已满，不再测算。", "The span is over.")
		return g
	}
	if r.Missing != "" {
		n.add(r.Missing+"。", sentence(r.MissingEN))
		return g
	}
	skip := max(span.From.Sub(last.Period)-1, 0)
	doneValue := 0.0
	for q := span.From; q.Compare(last.Period) <= 0; q = q.Add(1) {
		ob, _ := s.At(q) // Require has seen that none is missing
		doneValue += ob.Value
	}
	unit := s.Unit.Symbol
	a.Want = Number{x, x, x, unit, true}
	counted := doneValue > 0
	if counted {
		n.add(fmt.Sprintf("%s以来已完成%s%s，尚余%s%s、%d年。", span.From.Label("zh"), num(doneValue, 1), unit, num(x-doneValue, 1), unit, k),
			fmt.Sprintf("Since %s %s %s are done; %s %s remain for %d years.", span.From.Label("en"), num(doneValue, 1), unit, num(x-doneValue, 1), unit, k))
	}
	if t.Floor() && x <= r.Done.Lo {
		n.add("累计已达到目标。", "The sum meets the target already.")
	}
	if skip == 0 && last.Value > 0 && r.Pace.Bounded() && x > doneValue {
		v := 100 * indicators.GrowthForSum(x-doneValue, last.Value, k)
		a.Required = Number{v, r.Pace.Lo, r.Pace.Hi, "%", true}
		if v >= 0 {
			n.add(fmt.Sprintf("以%s为基数，需年均增长%s%%（%s%%至%s%%）。", last.Period.Label("zh"), num(v, 2), num(r.Pace.Lo, 2), num(r.Pace.Hi, 2)),
				fmt.Sprintf("From %s it takes growth of %s %% a year (%s to %s %%).", last.Period.Label("en"), num(v, 2), num(r.Pace.Lo, 2), num(r.Pace.Hi, 2)))
		} else {
			n.add(fmt.Sprintf("以%s为基数，即使年均下降%s%%（%s%%至%s%%）仍可完成。", last.Period.Label("zh"), num(-v, 2), num(-r.Pace.Hi, 2), num(-r.Pace.Lo, 2)),
				fmt.Sprintf("From %s it would still be met after a decline of %s %% a year (%s to %s %%).", last.Period.Label("en"), num(-v, 2), num(-r.Pace.Hi, 2), num(-r.Pace.Lo, 2)))
		}
		if counted {
			w := 100 * indicators.GrowthForSum(x, last.Value, k)
			a.RequiredAlt = fmt.Sprintf("若已完成部分不计入：%s%%", num(w, 1))
			a.RequiredAltEN = fmt.Sprintf("without what is done: %s %%", num(w, 1))
			n.add(fmt.Sprintf("若%s以来已完成的部分不计入，则需%s%%。", span.From.Label("zh"), num(w, 2)), fmt.Sprintf("If what was done since %s does not count, it takes %s %%.", span.From.Label("en"), num(w, 2)))
		}
		a.sumLater(x, doneValue, last, k, n)
	}
	if p.Model == nil {
		n.add(p.Why, p.WhyEN)
		return g
	}
	g = goal{kind: sums, want: onSeries(t, a.Want), steps: k, skip: skip, done: doneValue, last: last.Value}
	paths := dr.all()
	sum := make([]float64, paths.N)
	for i := range sum {
		sum[i] = doneValue
		for _, y := range paths.Path(i)[skip:k] {
			sum[i] += y
		}
	}
	d := forecast.NewEmpirical(sum)
	a.forecastIs(d, p)
	e := dr.estimate(g)
	a.states(e.P, e.SE)
	a.percentile(d, x)
	// What is done is rounded too: its ends go with those of the base.
	for _, c := range [2][2]float64{{last.Interval.Lo, r.Done.Lo}, {last.Interval.Hi, r.Done.Hi}} {
		if math.IsInf(c[0], 0) || math.IsInf(c[1], 0) || !(c[0] > 0) || !(last.Value > 0) {
			continue
		}
		h := g
		h.done = c[1]
		q := dr.estimate(h.moved(c[0]/last.Value, 0)).P
		a.ProbabilityLo, a.ProbabilityHi = min(a.ProbabilityLo, q), max(a.ProbabilityHi, q)
	}
	a.Flips = Judge(a.ProbabilityLo) != a.Verdict || Judge(a.ProbabilityHi) != a.Verdict
	n.add(p.basis())
	return g
}

// sumLater is paceLater for a sum.
func (a *Assessment) sumLater(want, done float64, last indicators.Observation, k int, n *notes) {
	if !a.Recent.OK || a.Recent.Unit != "%" {
		return
	}
	y := last.Value
	for j := 1; j < k; j++ {
		y *= 1 + a.Recent.Value/100
		done += y
		p := Pace{After: a.From.Add(j), Met: done >= want && a.Target.Floor()}
		if g := indicators.GrowthForSum(want-done, y, k-j); !math.IsNaN(g) {
			p.Required = Number{100 * g, 100 * g, 100 * g, "%", true}
		}
		a.Later = append(a.Later, p)
	}
	a.sayLater(n)
}

// forecastIs fills in the forecast of what the target bounds.
func (a *Assessment) forecastIs(d forecast.Dist, p *Projection) {
	a.Method, a.Basis = p.Method, p.Basis
	a.Median = Number{Value: forecast.Median(d), Unit: p.Series.Unit.Symbol, OK: true}
	a.Median.Lo, a.Median.Hi = forecast.Interval(d, 0.80)
	a.Lo95, a.Hi95 = forecast.Interval(d, 0.95)
}
