package progress

import (
	"fmt"
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// cumulative assesses a target for the sum over a span: what is done counts,
// and the rest of the years must bring the rest.
func (a *Assessment) cumulative(t *indicators.Target, p *Projection, o Options, n *notes) {
	s := &p.Series
	last, _ := s.Last()
	span := t.Spans[0]
	x, err := t.Unit.Convert(t.Number(), s.Unit)
	if err != nil || span.From.IsZero() || span.From.Freq() != last.Period.Freq() {
		n.add("累计目标的单位或起止期与数据不一致，无法测算。", "Unit or span of the cumulative target do not agree with the data, so it cannot be assessed.")
		return
	}
	done := indicators.Point(0)
	doneValue := 0.0
	for q := span.From; q.Compare(last.Period) <= 0; q = q.Add(1) {
		ob, ok := s.At(q)
		if !ok {
			n.add(fmt.Sprintf("缺%s的数，无法累计。", q.Label("zh")), fmt.Sprintf("The value of %s is missing, so nothing can be summed.", q.Label("en")))
			return
		}
		done, doneValue = done.Add(ob.Interval), doneValue+ob.Value
	}
	k, ok := stepsTo(last.Period, span.To)
	if !ok || span.From.Sub(last.Period) > 1 {
		n.add("累计期已满或尚未衔接，不再测算。", "The span is over, or does not follow on the data.")
		return
	}
	unit := s.Unit.Symbol
	a.Want = Number{x, x, x, unit, true}
	counted := doneValue > 0
	if counted {
		n.add(fmt.Sprintf("%s以来已完成%s%s，尚余%s%s、%d年。", span.From.Label("zh"), num(doneValue, 1), unit, num(x-doneValue, 1), unit, k),
			fmt.Sprintf("Since %s %s %s are done; %s %s remain for %d years.", span.From.Label("en"), num(doneValue, 1), unit, num(x-doneValue, 1), unit, k))
	}
	pace := func(rest, base float64) float64 { return 100 * growthForSum(rest, base, k) }
	if last.Value > 0 && last.Interval.Lo > 0 && x > doneValue {
		v := pace(x-doneValue, last.Value)
		lo, hi := pace(x-done.Hi, last.Interval.Hi), pace(x-done.Lo, last.Interval.Lo)
		if !math.IsNaN(v) && !math.IsNaN(lo) && !math.IsNaN(hi) {
			a.Required = Number{v, lo, hi, "%", true}
			if v >= 0 {
				n.add(fmt.Sprintf("以%s为基数，需年均增长%s%%（%s%%至%s%%）。", last.Period.Label("zh"), num(v, 2), num(lo, 2), num(hi, 2)),
					fmt.Sprintf("From %s it takes growth of %s %% a year (%s to %s %%).", last.Period.Label("en"), num(v, 2), num(lo, 2), num(hi, 2)))
			} else {
				n.add(fmt.Sprintf("以%s为基数，即使年均下降%s%%（%s%%至%s%%）仍可完成。", last.Period.Label("zh"), num(-v, 2), num(-hi, 2), num(-lo, 2)),
					fmt.Sprintf("From %s it would still be met after a decline of %s %% a year (%s to %s %%).", last.Period.Label("en"), num(-v, 2), num(-hi, 2), num(-lo, 2)))
			}
		}
		if counted {
			w := pace(x, last.Value)
			a.RequiredAlt = fmt.Sprintf("若已完成部分不计入：%s%%", num(w, 1))
			a.RequiredAltEN = fmt.Sprintf("without what is done: %s %%", num(w, 1))
			n.add(fmt.Sprintf("若%s以来已完成的部分不计入，则需%s%%。", span.From.Label("zh"), num(w, 2)), fmt.Sprintf("If what was done since %s does not count, it takes %s %%.", span.From.Label("en"), num(w, 2)))
		}
	}
	if p.Model == nil {
		return
	}
	paths := forecast.Draw(p.Model, o.Paths, k, rand.NewPCG(o.Seed, keyOf(t.ID)))
	sums := make([]float64, paths.N)
	hits := 0
	meets := Sums(doneValue, onSeries(t, a.Want))
	for i := range sums {
		sums[i] = doneValue
		for _, y := range paths.Path(i) {
			sums[i] += y
		}
		if meets(paths.Path(i)) {
			hits++
		}
	}
	d := forecast.NewEmpirical(sums)
	a.forecastIs(d, p)
	a.Probability, a.HasProbability = float64(hits)/float64(paths.N), true
	a.Verdict = Judge(a.Probability)
	n.add(p.basis())
}

// growthForSum returns the growth g a period with Σ_{j=1..k} base·(1+g)^j =
// sum, NaN if there is none below a thousandfold a period.
func growthForSum(sum, base float64, k int) float64 {
	if !(sum > 0) || !(base > 0) {
		return math.NaN()
	}
	total := func(g float64) float64 {
		s, y := 0.0, base
		for range k {
			y *= 1 + g
			s += y
		}
		return s
	}
	lo, hi := -1.0, 1000.0
	if total(hi) < sum {
		return math.NaN()
	}
	for range 200 {
		mid := lo + (hi-lo)/2
		if total(mid) < sum {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

// forecastIs fills in the forecast of what the target bounds.
func (a *Assessment) forecastIs(d forecast.Dist, p *Projection) {
	a.Method, a.Basis = p.Method, p.Basis
	a.Median = Number{Value: forecast.Median(d), Unit: p.Series.Unit.Symbol, OK: true}
	a.Median.Lo, a.Median.Hi = forecast.Interval(d, 0.80)
	a.Lo95, a.Hi95 = forecast.Interval(d, 0.95)
}
