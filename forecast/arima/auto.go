package arima

import (
	"errors"
	"math"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/unitroot"
)

// Auto chooses the order by the data, as Hyndman & Khandakar (2008, JSS
// 27(3)) do: D by the strength of seasonality, d by the KPSS test, then the
// other orders and the constant by an information criterion, from four simple
// models on by steps to neighbours. Every model tried is estimated by exact
// maximum likelihood, and those with a root nearer to the unit circle than
// 1.05 (1.01 for seasonal polynomials) are refused.
//
// Series of fewer than ten values carry no such search. For them the choice
// is among the random walk, the random walk with drift, (0,1,1) and (1,0,0)
// with mean, or the seasonal random walks, by the likelihood given the first
// values. A series without variation is forecast as what it is.
type Auto struct {
	Season int // periods in a season; 0: that of the Data

	MaxP, MaxQ   int // greatest orders; 0: 5, negative: none
	MaxSP, MaxSQ int // greatest seasonal orders; 0: 2, negative: none
	MaxD         int // most first differences; 0: 2, negative: none
	MaxSD        int // most seasonal differences; 0: 1, negative: none

	StudentT   bool      // forecasts are Student t; see ARIMA
	NoConstant bool      // neither mean nor drift
	Criterion  Criterion // what to minimise; 0: AICc
	Full       bool      // try all models with P+Q+SP+SQ ≤ 5 instead of going by steps; many times slower
}

// maxModels bounds the stepwise search.
const maxModels = 94

// How near to the unit circle the roots of a polynomial in B and of one in
// B^Season may lie. Hyndman & Khandakar refuse roots within 1.01; the wider
// ring, chosen on the last six and eight values of the training parts of the
// yearly and quarterly series of the M4 competition, also keeps out models
// that are overdifferenced but for a rounding, and is their rule for the
// seasonal polynomials, whose roots lie closer to the circle by their nature.
const (
	minRadius       = 1.05
	minRadiusSeason = 1.01
)

// Fit implements forecast.Forecaster. A series needs two values.
func (a Auto) Fit(y []float64) (forecast.Model, error) {
	return a.FitData(forecast.Data{Y: y})
}

// FitData implements forecast.DataFitter: it makes use of the season, the
// regressors and the bounds, which are kept as forecast.Bounded does. The
// result is a *Model unless there are bounds.
func (a Auto) FitData(d forecast.Data) (forecast.Model, error) {
	return bounded(d, func(s *sample) (*Model, error) {
		m, err := a.fit(s, d.Season)
		if err != nil {
			return nil, err
		}
		return m.student(a.StudentT), nil
	})
}

func limit(v, standard int) int {
	switch {
	case v == 0:
		return standard
	case v < 0:
		return 0
	}
	return v
}

func (a Auto) fit(s *sample, season int) (*Model, error) {
	m := a.Season
	if m == 0 {
		m = season
	}
	m = max(m, 1)
	if s.n < 2 {
		return nil, &forecast.ErrShort{Method: "ARIMA", N: s.n, Need: 2}
	}
	x, err := s.adjusted()
	if err != nil {
		return nil, err
	}
	size := unitroot.Size(s.y)
	if unitroot.Constant(finites(x), size) {
		return newFixedOrder(s, spec{m: m, constant: true}, reason{constant: true})
	}
	D := 0
	if m > 1 && s.n > 2*m {
		D = unitroot.NSDiffs(x, m, limit(a.MaxSD, 1), size)
	}
	// More than two differences in all carry a trend of trends on.
	d := unitroot.NDiffs(gapless(x, D, m), min(limit(a.MaxD, 2), max(2-D, 0)), size)
	if s.n < 10 {
		return a.short(s, m, D)
	}
	for {
		mod, err := a.order(s, x, m, d, D, size)
		if !errors.Is(err, errUnobserved) || D == 0 {
			return mod, err
		}
		D-- // gaps swallow a whole season
	}
}

// newFixedOrder estimates one order for Auto.
func newFixedOrder(s *sample, sp spec, why reason) (*Model, error) {
	m, err := ARIMA{}.fit(s, sp)
	if err != nil {
		return nil, err
	}
	m.why = why
	m.why.auto = true
	return m, nil
}

// adjusted is the series less its least-squares regression on the regressors,
// by which the differencing is decided.
func (s *sample) adjusted() ([]float64, error) {
	if s.x == nil {
		return s.y, nil
	}
	m, err := ARIMA{}.fit(s, spec{m: 1, constant: true})
	if err != nil {
		return nil, err
	}
	out := append([]float64(nil), s.y...)
	for j, x := range s.x {
		for t := range out {
			out[t] -= m.beta[j+1] * x[t]
		}
	}
	return out, nil
}

func finites(x []float64) []float64 {
	out := make([]float64, 0, len(x))
	for _, v := range x {
		if !math.IsNaN(v) {
			out = append(out, v)
		}
	}
	return out
}

// gapless differences x D times at lag m and drops what gaps have touched.
func gapless(x []float64, D, m int) []float64 {
	return finites(difference(x, 0, D, m))
}

// search is a search for the order with given differencing.
type search struct {
	s         *sample
	criterion Criterion
	problems  [2]*problem // without and with constant
	seen      map[spec]bool
	work      []float64

	best    spec
	bestIC  float64
	bestRaw []float64
	tried   int
}

// try estimates a model unless it has been seen and reports whether it is the
// best so far.
func (f *search) try(sp spec) bool {
	if f.seen[sp] {
		return false
	}
	f.seen[sp] = true
	f.tried++
	c := 0
	if sp.constant {
		c = 1
	}
	p := f.problems[c]
	if p == nil {
		p = new(problem)
		p.load(f.s, sp)
		f.problems[c] = p
	}
	k := sp.arma() + p.cols // with the variance
	if p.n <= k {
		return false
	}
	p.spec = sp
	p.size()
	clear(p.x)
	dev, ok := p.minimise(p.x)
	if !ok || !f.admissible(sp, p.x) {
		return false
	}
	ic := f.criterion.of(p.loglik(dev), k, p.obs)
	if ic < f.bestIC {
		f.best, f.bestIC = sp, ic
		f.bestRaw = append(f.bestRaw[:0], p.x...)
		return true
	}
	return false
}

// admissible reports whether all roots keep their distance from the circle.
func (f *search) admissible(sp spec, raw []float64) bool {
	ok, at := true, 0
	sp.groups(func(from, to int, sign float64) {
		step := 1
		if from >= sp.p+sp.q {
			step = sp.m
		}
		n := to - from
		radius := minRadius
		if step > 1 {
			radius = minRadiusSeason
		}
		if cap(f.work) < 4*n {
			f.work = make([]float64, 4*n)
		}
		c := f.work[:n]
		fromRaw(c, raw[from:to], f.work[n:2*n])
		ok = ok && stationary(c, step, radius, f.work[2*n:4*n])
		at = to
	})
	return ok && at == sp.arma()
}

func (a Auto) order(s *sample, x []float64, m, d, D int, size float64) (*Model, error) {
	why := reason{m: m, d: d, D: D, criterion: a.Criterion, full: a.Full}
	mayConstant := d+D <= 1 && !a.NoConstant
	base := spec{d: d, D: D, m: m}
	if w := finites(difference(x, d, D, m)); len(s.x) == 0 && len(w) > 0 && unitroot.Constant(w, size) {
		base.constant = mayConstant && w[0] != 0
		why.linear = true
		return newFixedOrder(s, base, why)
	}
	if c := base; mayConstant && len(s.x) > 0 {
		// A regressor may be the constant already, as a trend is a drift.
		c.constant = true
		if _, err := newFixedOrder(s, c, why); errors.As(err, new(*collinear)) {
			mayConstant = false
		}
	}
	maxP, maxQ := min(limit(a.MaxP, 5), s.n/3), min(limit(a.MaxQ, 5), s.n/3)
	maxSP, maxSQ := 0, 0
	if m > 1 {
		maxSP, maxSQ = min(limit(a.MaxSP, 2), s.n/3/m), min(limit(a.MaxSQ, 2), s.n/3/m)
		if maxSP > 0 {
			maxP = min(maxP, m-1)
		}
		if maxSQ > 0 {
			maxQ = min(maxQ, m-1)
		}
	}
	f := &search{s: s, criterion: a.Criterion, seen: map[spec]bool{}, bestIC: math.Inf(1)}
	at := func(p, q, P, Q int, c bool) spec {
		return spec{p: p, d: d, q: q, P: P, D: D, Q: Q, m: m, constant: c}
	}
	if a.Full {
		for p := range maxP + 1 {
			for q := range maxQ + 1 {
				for P := range maxSP + 1 {
					for Q := range maxSQ + 1 {
						if p+q+P+Q > 5 {
							continue
						}
						f.try(at(p, q, P, Q, false))
						if mayConstant {
							f.try(at(p, q, P, Q, true))
						}
					}
				}
			}
		}
	} else {
		f.stepwise(at, maxP, maxQ, maxSP, maxSQ, mayConstant)
	}
	why.tried = f.tried
	if math.IsInf(f.bestIC, 1) { // none is admissible: the simplest that exists
		base.constant = mayConstant
		m, err := newFixedOrder(s, base, why)
		if short := (*forecast.ErrShort)(nil); errors.As(err, &short) && base.constant {
			base.constant = false
			m, err = newFixedOrder(s, base, why)
		}
		return m, err
	}
	return f.winner(why)
}

// stepwise is the search of Hyndman & Khandakar (2008, section 3.2), in the
// order of R's forecast package.
func (f *search) stepwise(at func(p, q, P, Q int, c bool) spec, maxP, maxQ, maxSP, maxSQ int, c bool) {
	mayConstant := c
	p, q, P, Q := min(2, maxP), min(2, maxQ), min(1, maxSP), min(1, maxSQ)
	f.try(at(p, q, P, Q, c))
	if f.try(at(0, 0, 0, 0, c)) {
		p, q, P, Q = 0, 0, 0, 0
	}
	if maxP+maxSP > 0 && f.try(at(min(1, maxP), 0, min(1, maxSP), 0, c)) {
		p, q, P, Q = min(1, maxP), 0, min(1, maxSP), 0
	}
	if maxQ+maxSQ > 0 && f.try(at(0, min(1, maxQ), 0, min(1, maxSQ), c)) {
		p, q, P, Q = 0, min(1, maxQ), 0, min(1, maxSQ)
	}
	if c && f.try(at(0, 0, 0, 0, false)) {
		p, q, P, Q = 0, 0, 0, 0
	}
	moves := [...][4]int{
		{0, 0, -1, 0}, {0, 0, 0, -1}, {0, 0, 1, 0}, {0, 0, 0, 1},
		{0, 0, -1, -1}, {0, 0, -1, 1}, {0, 0, 1, -1}, {0, 0, 1, 1},
		{-1, 0, 0, 0}, {0, -1, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0},
		{-1, -1, 0, 0}, {-1, 1, 0, 0}, {1, -1, 0, 0}, {1, 1, 0, 0},
	}
again:
	for f.tried < maxModels {
		for _, mv := range moves {
			np, nq, nP, nQ := p+mv[0], q+mv[1], P+mv[2], Q+mv[3]
			if np < 0 || nq < 0 || nP < 0 || nQ < 0 || np > maxP || nq > maxQ || nP > maxSP || nQ > maxSQ {
				continue
			}
			if f.try(at(np, nq, nP, nQ, c)) {
				p, q, P, Q = np, nq, nP, nQ
				continue again
			}
			if f.tried >= maxModels {
				return
			}
		}
		if mayConstant && f.try(at(p, q, P, Q, !c)) {
			c = !c
			continue
		}
		return
	}
}

// winner estimates the chosen model once more, from all starting points.
func (f *search) winner(why reason) (*Model, error) {
	c := 0
	if f.best.constant {
		c = 1
	}
	p := f.problems[c]
	p.spec = f.best
	p.size()
	copy(p.x, f.bestRaw)
	dev, _, _ := p.objective(p.r, p.x)
	for _, start := range p.starts()[1:] {
		if len(start) == 0 {
			break
		}
		copy(p.x, start)
		if d, ok := p.minimise(p.x); ok && d < dev-1e-6 && f.admissible(f.best, p.x) {
			dev = d
			f.bestRaw = append(f.bestRaw[:0], p.x...)
		}
	}
	nat := make([]float64, len(f.bestRaw))
	p.natural(nat, f.bestRaw)
	m, err := newModel(f.s, f.best, nat, nil, false)
	if err != nil {
		return nil, err
	}
	m.why = why
	m.why.auto = true
	return m, nil
}

// short chooses for fewer than ten values.
func (a Auto) short(s *sample, m, D int) (*Model, error) {
	candidates := []spec{{d: 1, m: m}, {d: 1, m: m, constant: true}, {d: 1, q: 1, m: m}, {p: 1, m: m, constant: true}}
	if D > 0 {
		candidates = []spec{{D: 1, m: m}, {D: 1, m: m, constant: true}}
	}
	var best *Model
	var first error
	bestIC := math.Inf(1)
	tried := 0
	for _, sp := range candidates {
		if sp.constant && a.NoConstant || sp.d > limit(a.MaxD, 2) || sp.p > limit(a.MaxP, 5) || sp.q > limit(a.MaxQ, 5) {
			continue
		}
		mod, err := ARIMA{}.fit(s, sp)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		tried++
		if len(mod.nat) > 0 && !(math.Abs(mod.nat[0]) < 1/minRadius) {
			continue
		}
		loglik, n := mod.loglik, mod.nobs
		if sp.lost() == 0 { // given the first value, as in the others
			f0 := mod.first()
			loglik -= f0
			n--
		}
		ic := a.Criterion.of(loglik, mod.coefs()+1, n)
		if best == nil || ic < bestIC {
			best, bestIC = mod, ic
		}
	}
	if best == nil {
		if D > 0 {
			return a.short(s, m, 0)
		}
		if first == nil {
			first = errors.New("arima: the limits of the orders leave no model for a series this short")
		}
		return nil, first
	}
	best.why = reason{auto: true, short: true, tried: tried, m: m, criterion: a.Criterion}
	return best, nil
}

// first is the logarithm of the density of the first value of a model without
// differences.
func (m *Model) first() float64 {
	u, f := m.resid[0], m.k.f.cov[0]
	v := max(m.ml, exact)
	return -0.5 * (math.Log(2*math.Pi*v*f) + 2*math.Log(m.s.scale) + u*u/v)
}
