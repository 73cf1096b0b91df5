package forecast

import (
	"math"

	"example.com/zhibiao/indicators"
)

// Record is a series ready to be forecast: its name, where it starts, and
// its data. It holds plain values only, so that it can be sent elsewhere.
type Record struct {
	Key   string            // unique name; it keys the randomness of simulations
	Start indicators.Period // period of Y[0]; zero if the series has no calendar
	Data
}

// FromSeries turns a series into a record. Only the stretch after the last
// break enters, years without a value become gaps, and the bounds and what may be expected
// are those of the indicator. Lo and Hi are set when a value is known only to an
// interval wider than rounding: 近500亿, 超过5%.
func FromSeries(s indicators.Series) Record {
	obs := s.Stretch()
	r := Record{Key: s.SeriesID.String()}
	if len(obs) == 0 {
		return r
	}
	r.Start = obs[0].Period
	n := obs[len(obs)-1].Period.Sub(r.Start) + 1
	r.Y = make([]float64, n)
	lo, hi := make([]float64, n), make([]float64, n)
	for i := range r.Y {
		r.Y[i], lo[i], hi[i] = math.NaN(), math.NaN(), math.NaN()
	}
	wide := false
	for _, o := range obs {
		i := o.Period.Sub(r.Start)
		r.Y[i] = o.Value
		lo[i], hi[i] = o.Interval.Lo, o.Interval.Hi
		// Half a per cent is what rounding to three digits leaves; more comes
		// from words.
		if o.Interval.Width() > 0.01*math.Abs(o.Value) {
			wide = true
		}
		if lo[i] == hi[i] {
			lo[i], hi[i] = o.Value, o.Value
		}
	}
	r.Expect = named(ExpectOf(s.Nature, s.Unit, obs[len(obs)-1].Period), &s, obs[len(obs)-1].Period)
	b := s.Bounds()
	if !math.IsInf(b.Lo, 0) {
		r.Min = Bound(b.Lo)
	}
	if !math.IsInf(b.Hi, 0) {
		r.Max = Bound(b.Hi)
	}
	if wide {
		for i := range lo { // a half-open statement bounds nothing on one side: use the number itself there
			lo[i], hi[i] = max(lo[i], b.Lo), min(hi[i], b.Hi)
			if math.IsInf(lo[i], 0) {
				lo[i] = r.Y[i]
			}
			if math.IsInf(hi[i], 0) {
				hi[i] = r.Y[i]
			}
		}
		r.Lo, r.Hi = lo, hi
	}
	switch s.Obs[0].Period.Freq() {
	case indicators.HalfYear, indicators.Quarterly, indicators.Monthly:
		r.Season = s.Obs[0].Period.Freq().PerYear()
	}
	return r
}
