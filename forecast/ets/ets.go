// Package ets is exponential smoothing as innovations state-space models:
// the taxonomy of Hyndman, Koehler, Snyder & Grose (2002, International Journal
// of Forecasting 18:439) with error, trend and season none, additive or
// multiplicative and trends damped or not. ETS chooses among the 19 admissible
// models by AICc, as Hyndman & Khandakar (2008, Journal of Statistical Software
// 27(3)) do; SES, Holt and HoltWinters are the fixed forms of old. Likelihood,
// recursions and forecast variances are those of Hyndman, Koehler, Ord & Snyder
// (2008), Forecasting with Exponential Smoothing, Springer.
//
// # Initial states
//
// By default the state before the first value comes from the data alone: the
// seasonal indices from classical decomposition (a Fourier pair where there
// are fewer than three cycles), level and slope from the straight line through
// the first max(10, 2m) adjusted values, the same level whether the model has a
// trend or not. Only the smoothing parameters are estimated by likelihood. The
// rule was chosen by holding out the last values of the training parts of the
// M4 competition, where it forecasts better than estimating the states too
// (TestInitialRule), and takes a small part of the time. Initial: Free
// maximises the likelihood over both.
// AICc counts the initial states under either rule.
//
// # Intervals
//
// Forecast distributions of models without a multiplicative trend are Student
// t with the exact forecast variance of the model and the degrees of freedom
// that its parameters leave, since σ is estimated; they include no
// uncertainty about the other parameters. Those of multiplicative trends are
// simulated, with a seed of their own that makes them the same every time.
//
// # Gaps
//
// NaN marks a gap: the states move on by a period and learn nothing.
package ets

import (
	"errors"
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
)

// Initial is a rule for the state before the first value.
type Initial int

// The rules; see the package comment.
const (
	Line Initial = iota // from decomposition and a straight line
	Free                // estimated by maximum likelihood with the parameters
)

var initialNames = [...]string{"line", "free"}

// String returns line or free.
func (r Initial) String() string {
	if r < 0 || int(r) >= len(initialNames) {
		return fmt.Sprintf("Initial(%d)", int(r))
	}
	return initialNames[r]
}

// MarshalText implements encoding.TextMarshaler.
func (r Initial) MarshalText() ([]byte, error) {
	if r < 0 || int(r) >= len(initialNames) {
		return nil, fmt.Errorf("ets: no rule %d for initial states", int(r))
	}
	return []byte(r.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Initial) UnmarshalText(b []byte) error {
	for i, s := range initialNames {
		if s == string(b) {
			*r = Initial(i)
			return nil
		}
	}
	return fmt.Errorf("ets: no rule %q for initial states", b)
}

// ETS chooses and fits a model. The zero value chooses among all that suit a
// series without a season.
type ETS struct {
	// Model names the model by the letters of error, trend and season: "ANN",
	// "MAdM"; Z leaves a part to the choice by AICc. A trend Z may be damped
	// or not. "" is "ZZZ".
	Model string
	// Season is the number of periods in a season; 0 or 1 for none. Seasonal
	// models need two cycles, and are chosen for up to 24 periods.
	Season int
	// MultiplicativeTrend admits multiplicative trends to the choice of a
	// trend Z.
	MultiplicativeTrend bool
	// Region is where the smoothing parameters are searched for.
	Region Region
	// Initial is the rule for the state before the first value.
	Initial Initial
	// Alpha, Beta, Gamma and Phi fix smoothing parameters: the coefficients of
	// the error in level, slope and season, and the damping. 0 is to estimate.
	Alpha, Beta, Gamma, Phi float64
}

var _ forecast.DataFitter = ETS{}

// maxSeason is the longest season that is chosen unasked: beyond, a model has
// more initial states than the data can tell.
const maxSeason = 24

// FitData implements forecast.DataFitter: it takes the season from d unless
// the method has one, and keeps bounds as forecast.Bounded does. The method
// takes no regressors.
func (e ETS) FitData(d forecast.Data) (forecast.Model, error) {
	if e.Season == 0 {
		e.Season = d.Season
	}
	return fitData(e, d)
}

func fitData(f forecast.Forecaster, d forecast.Data) (forecast.Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, forecast.ErrX
	}
	if d.Min != nil || d.Max != nil {
		return forecast.Bounded{Method: f, Min: d.Min, Max: d.Max}.Fit(d.Y)
	}
	return f.Fit(d.Y)
}

// Fit implements forecast.Forecaster. A choice of models needs two
// observations, a model that is named more observations than it has parameters
// (*forecast.ErrShort). Multiplicative components need positive values
// (*forecast.ErrDomain).
func (e ETS) Fit(y []float64) (forecast.Model, error) {
	m, err := e.Estimate(y)
	if err != nil {
		return nil, err
	}
	return m, nil
}

// Estimate is Fit with the type of the model.
func (e ETS) Estimate(y []float64) (*Model, error) { return e.estimate(y, false) }

func (e ETS) validate() (pattern, error) {
	p, err := parse(e.Model)
	if err != nil {
		return p, err
	}
	var errs []error
	if e.Season < 0 {
		errs = append(errs, fmt.Errorf("ets: negative season %d", e.Season))
	}
	if (p.Season == Additive || p.Season == Multiplicative) && e.Season < 2 {
		errs = append(errs, fmt.Errorf("ets: model %s needs a season of two periods or more", e.Model))
	}
	if e.Region < Both || e.Region > Admissible {
		errs = append(errs, fmt.Errorf("ets: no region %d", int(e.Region)))
	}
	if e.Initial < Line || e.Initial > Free {
		errs = append(errs, fmt.Errorf("ets: no rule %d for initial states", int(e.Initial)))
	}
	for _, v := range []float64{e.Alpha, e.Beta, e.Gamma, e.Phi} {
		if math.IsNaN(v) || math.Abs(v) > 4 {
			errs = append(errs, fmt.Errorf("ets: smoothing parameter %g", v))
		}
	}
	if p.Error != Choose && p.Trend != Choose && p.Season != Choose {
		if err := p.Validate(); err != nil {
			errs = append(errs, err)
		}
	}
	return p, errors.Join(errs...)
}

// series is what the fit sees of the data: scaled to at most 1 in magnitude,
// gaps cut off both ends.
type series struct {
	y          []float64
	n          int // observations
	len        int // of the whole
	first, gap int // gaps before and after
	scale      float64
	least      float64 // the smallest value, unscaled
}

func newSeries(y []float64) (series, error) {
	n, err := forecast.Check(y)
	if err != nil {
		return series{}, err
	}
	s := series{n: n, len: len(y), first: -1, least: math.Inf(1)}
	last, top := 0, 0.0
	for i, v := range y {
		if v != v {
			continue
		}
		if s.first < 0 {
			s.first = i
		}
		last = i
		top = max(top, math.Abs(v))
		s.least = min(s.least, v)
	}
	s.gap = len(y) - 1 - last
	s.scale = 1
	if top > 0 {
		s.scale = top
	}
	s.y = make([]float64, last+1-s.first)
	for i := range s.y {
		s.y[i] = y[s.first+i] / s.scale
	}
	return s, nil
}

func (e ETS) estimate(y []float64, mse bool) (*Model, error) {
	p, err := e.validate()
	if err != nil {
		return nil, err
	}
	s, err := newSeries(y)
	if err != nil {
		return nil, err
	}
	fixed := params{e.Alpha, e.Beta, e.Gamma, e.Phi}
	// Values so small that their logarithm or ratio means nothing count as zero.
	positive := s.least/s.scale > 1e-12
	named := p.Error == Multiplicative || p.Trend == Multiplicative || p.Season == Multiplicative
	if named && !positive {
		return nil, &forecast.ErrDomain{Method: e.name(), Value: s.least, Reason: "only positive values"}
	}
	m := max(e.Season, 1)
	seasonal := m > 1 && (s.n >= 2*m) && (m <= maxSeason || p.Season != Choose)
	specs := p.specs(seasonal, positive, e.MultiplicativeTrend)
	f := newFitter(s.y, s.n, m, e.Region, fixed)
	f.mse = mse
	out := &Model{N: s.n, series: s, m: m, rule: e.Initial}
	var best fitted
	bestIC := math.Inf(1)
	need := math.MaxInt
	try := func(sp Spec, descents int) (Candidate, bool) {
		r, ok := f.fit(sp, e.Initial, descents)
		if !ok {
			return Candidate{}, false
		}
		ic := 0.0
		if len(specs) > 1 {
			ic = aicc(r.crit, sp.smoothing()+sp.states(m)+1, s.n)
		}
		if ic < bestIC {
			best, bestIC = r, ic
		}
		return Candidate{sp, ic}, true
	}
	descents := fewDescents
	if len(specs) == 1 {
		descents = moreDescents
	}
	for _, sp := range specs {
		k := sp.smoothing() + sp.states(m)
		need = min(need, k+1)
		// AICc needs n > k + 2, the variance among the parameters.
		if s.n <= k || len(specs) > 1 && s.n <= k+2 {
			continue
		}
		if c, ok := try(sp, descents); ok {
			out.Candidates = append(out.Candidates, c)
		}
	}
	if e.Initial == Free && len(specs) > 1 { // look harder at those in question
		limit := bestIC + 4
		for i, c := range out.Candidates {
			if c.AICc <= limit {
				if better, ok := try(c.Spec, moreDescents); ok {
					out.Candidates[i].AICc = min(c.AICc, better.AICc)
				}
			}
		}
	}
	if len(specs) > 1 {
		for i := range out.Candidates {
			out.Candidates[i].AICc += 2 * float64(s.n) * math.Log(s.scale)
		}
	}
	switch {
	case !math.IsInf(bestIC, 1):
		out.complete(best)
	case s.n >= 2 && (p.Error == Choose || p.Error == Additive) && p.Trend == Choose && (p.Season == Choose || p.Season == None):
		out.walk()
	case len(specs) == 0: // a season was named and is not there twice
		return nil, &forecast.ErrShort{Method: e.name(), N: s.n, Need: 2 * m}
	case s.n < need || len(specs) > 1:
		if p.Trend == Choose && need <= 3 {
			need = 2
		}
		return nil, &forecast.ErrShort{Method: e.name(), N: s.n, Need: max(need, s.n+1)}
	default:
		return nil, &forecast.ErrDomain{Method: e.name(), Value: s.least, Reason: "only series that it can give positive means"}
	}
	return out, nil
}

func (e ETS) name() string {
	if e.Model == "" {
		return "ETS"
	}
	return "ETS " + e.Model
}

func aicc(crit float64, k, n int) float64 {
	return crit + 2*float64(k) + 2*float64(k)*float64(k+1)/float64(n-k-1)
}
