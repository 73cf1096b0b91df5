package ces

import (
	"errors"
	"math"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/optim"
)

// Seasonality is the form of the season in the model.
type Seasonality int

// The forms. The zero value chooses by AICc.
const (
	Choose  Seasonality = iota
	None                // no season
	Simple              // every season is a series of its own, with the same parameters
	Partial             // an additive season with a real smoothing parameter
	Full                // a season with a complex smoothing parameter
)

// CES is complex exponential smoothing. The zero value chooses the form of
// the season by the corrected Akaike criterion; without a season, or with
// fewer than two of them observed, there is only None.
//
// Parameters are confined to where the influence of old values dies away.
// They are found by maximum likelihood, with the initial states backcast for
// every trial of the parameters; those states count as parameters in the
// criterion. On fewer than eight values the
// imaginary parameter is held at 1, which is simple exponential smoothing,
// and on fewer than four the real one too, at its usual start of 1.3.
//
// Data.X is not admitted; at a gap the states move on without an error.
type CES struct {
	Seasonality Seasonality
	Season      int // periods in a season; 0: that of the Data
}

// maxFullSeason bounds the season of Partial and Full, whose initial states
// are estimated jointly.
const maxFullSeason = 24

// Fit implements forecast.Forecaster. A series needs two values.
func (c CES) Fit(y []float64) (forecast.Model, error) {
	return c.FitData(forecast.Data{Y: y})
}

// method is a forecaster made of a function, for forecast.Bounded.
type method func(y []float64) (forecast.Model, error)

func (f method) Fit(y []float64) (forecast.Model, error) { return f(y) }

// FitData implements forecast.DataFitter: it makes use of the season and the
// bounds, which are kept as forecast.Bounded does. Without bounds the result
// is a *Model.
func (c CES) FitData(d forecast.Data) (forecast.Model, error) {
	if d.X != nil {
		return nil, forecast.ErrX
	}
	m := c.Season
	if m == 0 {
		m = d.Season
	}
	if m < 0 || c.Seasonality < Choose || c.Seasonality > Full {
		panic("ces: negative season or unknown seasonality")
	}
	inner := method(func(y []float64) (forecast.Model, error) {
		mod, err := c.fit(y, max(m, 1))
		if err != nil {
			return nil, err
		}
		return mod, nil
	})
	if d.Min == nil && d.Max == nil {
		return inner(d.Y)
	}
	return forecast.Bounded{Method: inner, Min: d.Min, Max: d.Max}.Fit(d.Y)
}

var errSeason = errors.New("ces: a seasonal form needs a season of two periods or more; set Season")

func (c CES) fit(y []float64, m int) (*Model, error) {
	n, err := forecast.Check(y)
	if err != nil {
		return nil, err
	}
	if n < 2 {
		return nil, &forecast.ErrShort{Method: "complex exponential smoothing", N: n, Need: 2}
	}
	if c.Seasonality > None && m < 2 {
		return nil, errSeason
	}
	forms := []Seasonality{c.Seasonality}
	if c.Seasonality == Choose {
		forms = []Seasonality{None}
		if m > 1 && n >= 2*m {
			forms = append(forms, Simple)
			if m <= maxFullSeason {
				forms = append(forms, Partial, Full)
			}
		}
	}
	lead := 0
	for math.IsNaN(y[lead]) {
		lead++
	}
	s := newSearch(y[lead:], n)
	var best *Model
	var first error
	tried := 0
	for _, form := range forms {
		mod, err := s.fit(form, m)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		tried++
		if best == nil || mod.AICc() < best.AICc() {
			best = mod
		}
	}
	if best == nil {
		return nil, first
	}
	best.tried = tried
	best.lead = lead
	return best, nil
}

// search estimates forms on one series.
type search struct {
	y     []float64 // scaled by a power of two to a size near one
	z     []float64 // the same on a grid of its own size, for the search
	n     int       // finite values
	scale float64
	nm    optim.NelderMead
}

// grid is far above rounding and far below what matters: on it a series and
// its multiple, scaled to the same size, are the same numbers and lead to the
// same parameters.
const grid = 1.0 / (1 << 36)

func newSearch(y []float64, n int) *search {
	s := &search{y: make([]float64, len(y)), z: make([]float64, len(y)), n: n, scale: 1, nm: optim.NelderMead{Tol: 1e-7, AbsTol: 1e-7, Restarts: 1}}
	top := 0.0
	for _, v := range y {
		if a := math.Abs(v); a > top {
			top = a
		}
	}
	if top > 0 {
		_, e := math.Frexp(top)
		s.scale = math.Ldexp(1, max(e-1, -1021))
	}
	ss := 0.0
	for i, v := range y {
		s.y[i] = v / s.scale
		if !math.IsNaN(v) {
			ss += s.y[i] * s.y[i]
		}
	}
	rms := math.Sqrt(ss / float64(n))
	if rms == 0 {
		rms = 1
	}
	for i, v := range s.y {
		s.z[i] = math.Round(v/rms/grid) * grid
	}
	return s
}

// exact is the mean square that rounding leaves of a perfect fit to a series
// of size one.
const exact = 1e-28

// fit estimates one form.
func (s *search) fit(form Seasonality, m int) (*Model, error) {
	f := newFilter(form, m, s.z)
	free := f.smoothing()
	switch {
	case form == None && s.n < 4:
		free = 0
	case form == None && s.n < 8:
		free = 1 // α₀ alone
	}
	k := free + f.states() + 1
	if form != None && s.n < k+2 {
		return nil, &forecast.ErrShort{Method: form.String(), N: s.n, Need: k + 2}
	}
	a := f.start()
	if free > 0 {
		lo, hi, step := f.box()
		objective := func(x []float64) float64 {
			copy(a, x)
			if !f.admissible(a) {
				return math.Inf(1)
			}
			return float64(s.n) * math.Log(max(f.run(s.z, a, nil), float64(s.n)*exact))
		}
		best, bestF := f.start(), math.Inf(1)
		for _, x := range f.starts() {
			x := x[:free]
			r := s.nm.Minimize(objective, x, lo[:free], hi[:free], step[:free])
			if r.F < bestF-1e-9 {
				bestF = r.F
				copy(best, x)
			}
		}
		a = best
	}
	return newModel(s, f, a, free)
}

// String names the form.
func (f Seasonality) String() string {
	return [...]string{"CES", "CES(none)", "CES(simple)", "CES(partial)", "CES(full)"}[f]
}
