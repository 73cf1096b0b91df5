package auto

import (
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/classical"
)

// lenient is the 75 % quantile of the normal: a season is taken out if its
// autocorrelation is significant at 25 %, since indices that are shrunk do
// little harm where there is none.
const lenient = 0.6744897501960817

// season is a seasonal pattern: index[i] belongs to values i, i+m, … counted
// from the first.
type season struct {
	index  []float64
	ratios bool // else differences
	start  int  // values in the series
	lo, hi float64
}

// findSeason returns the season of d, or nil if there is none or it cannot be
// told.
func findSeason(d forecast.Data) *season {
	m := d.Season
	if m < 2 || !classical.Seasonal(d.Y, m, 2*m+1, lenient) {
		return nil
	}
	s := &season{ratios: true, start: len(d.Y), lo: math.Inf(-1), hi: math.Inf(1)}
	for _, y := range d.Y {
		s.ratios = s.ratios && !(y <= 0)
	}
	var ok bool
	s.index, ok = classical.Shrunk(d.Y, m, s.ratios)
	if ok && s.ratios {
		for _, r := range s.index {
			ok = ok && r > 0.01 // a ratio not worth dividing by
		}
		if !ok {
			s.ratios = false
			s.index, ok = classical.Shrunk(d.Y, m, false)
		}
	}
	if !ok {
		return nil
	}
	if d.Min != nil {
		s.lo = *d.Min
	}
	if d.Max != nil {
		s.hi = *d.Max
	}
	if s.ratios {
		s.lo = max(s.lo, 0)
	}
	return s
}

// remove and restore take the season out of the value of period t and put it
// back.
func (s *season) remove(t int, y float64) float64 {
	if i := s.index[t%len(s.index)]; s.ratios {
		return y / i
	} else {
		return y - i
	}
}

func (s *season) restore(t int, x float64) float64 {
	i := s.index[t%len(s.index)]
	if s.ratios {
		x *= i
	} else {
		x += i
	}
	return min(max(x, s.lo, -math.MaxFloat64), s.hi, math.MaxFloat64)
}

// adjust returns d without its season. Bounds do not hold for it: they are
// kept when the season is put back.
func (s *season) adjust(d forecast.Data) forecast.Data {
	all := func(y []float64) []float64 {
		if y == nil {
			return nil
		}
		x := make([]float64, len(y))
		for t, v := range y {
			x[t] = s.remove(t, v)
		}
		return x
	}
	return forecast.Data{Y: all(d.Y), Lo: all(d.Lo), Hi: all(d.Hi), Season: d.Season, Expect: d.Expect}
}

// seasonalModel puts the season back on the forecasts of a model.
type seasonalModel struct {
	season
	inner *model
}

// Forecast implements forecast.Model.
func (m *seasonalModel) Forecast(h int) []forecast.Dist {
	out := m.inner.Forecast(h)
	for i, d := range out {
		out[i] = seasonalDist{&m.season, m.start + i, d}
	}
	return out
}

// Simulate implements forecast.Model.
func (m *seasonalModel) Simulate(path []float64, src rand.Source) {
	m.inner.Simulate(path, src)
	for i, x := range path {
		path[i] = m.restore(m.start+i, x)
	}
}

// seasonalDist is the distribution of a value with its season.
type seasonalDist struct {
	s *season
	t int
	d forecast.Dist
}

// CDF implements forecast.Dist.
func (d seasonalDist) CDF(y float64) float64 {
	switch {
	case math.IsNaN(y):
		return math.NaN()
	case y < d.s.lo:
		return 0
	case y >= d.s.hi || y >= math.MaxFloat64: // where quantiles are cut
		return 1
	}
	return d.d.CDF(d.s.remove(d.t, y))
}

// Quantile implements forecast.Dist.
func (d seasonalDist) Quantile(p float64) float64 { return d.s.restore(d.t, d.d.Quantile(p)) }

// Mean implements forecast.Dist. The tails beyond the quantiles 1e-4 and
// 1−1e-4 are left out, as in pooled.
func (d seasonalDist) Mean() float64 {
	return forecast.TransformedDist{D: d, T: identity{}}.Mean()
}
