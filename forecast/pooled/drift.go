package pooled

import (
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
)

// Drift is the random walk with a drift shrunk to a prior, the closed-form
// empirical-Bayes forecast. On the scale of the logarithm (log odds between
// two bounds, level for values of either sign), with d₁ … d_m the changes
// among the last values, ḡ their mean and s² their sample variance:
//
//	s̃² = (D0·S0² + (m−1)·s²) / (D0 + m − 1)      variance, shrunk (Smyth 2004)
//	k  = Tau² / (Tau² + s̃²/m)                    weight of the series' own growth
//	g̃  = k·ḡ + (1−k)·Mu                          drift (Efron & Morris 1975)
//	S_h = 1 + Phi + … + Phi^(h−1)
//	median_h = z_n + g̃·S_h
//	sd_h²    = s̃²·h + S_h²·k·s̃²/m
//	df       = D0 + m − 1
//
// and a Student t with df degrees of freedom, cut at its quantiles 1e-4 and
// 1−1e-4 so that the mean exists on the scale of the data. With one value the
// drift is Mu, sd_h² = S0²·h + S_h²·Tau² and df = D0 − 1. Gaps lengthen the
// step to the next value; a value known to an interval [Lo, Hi] has the
// variance (Hi−Lo)²/12 on top, and level and drift then come from a Kalman
// filter of which the formulas above are the special case.
//
// Values that are all positive stay so. The zero value is ready to use.
// Forecasts exist for every finite series with at least one value.
type Drift struct {
	Prior   Prior   // zero: the shipped one, or what the data's Expect says of kinds that do not grow; see PriorOf for those that do
	Context Context // zero: none; data whose changes count in points leave it out
	Window  int     // how many of the last values count; 0: 10, older growth misleads
}

const defaultWindow = 10

// Fit implements forecast.Forecaster.
func (f Drift) Fit(y []float64) (forecast.Model, error) {
	return f.FitData(forecast.Data{Y: y})
}

// FitData implements forecast.DataFitter. It returns forecast.ErrX if d has
// regressors and the errors of d.Validate. It panics for a negative Window, a
// Prior with a negative spread or Phi outside (0, 1], and a Context as
// Mixture.FitData does.
func (f Drift) FitData(d forecast.Data) (forecast.Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, forecast.ErrX
	}
	if f.Window < 0 {
		panic("pooled: negative window")
	}
	s := newScale(d)
	window := f.Window
	if window == 0 {
		window = defaultWindow * max(d.Season, 1)
	}
	obs, trailing := s.observations(d, window)
	own, context := f.Prior, f.Context
	context.check()
	if s.points { // growth in per cent of them means nothing
		context = Context{}
	}
	var expect forecast.Expect
	if e := d.Expect; own == (Prior{}) && (e.Stable || e.Points || e.Growth < 0 || s.kind == logitScale && !e.IsZero()) { // what grows has the shipped numbers
		expect = effective(e, context, s.kind == levelScale || s.kind == logitScale && e.Growth == 0)
		own = PriorOf(expect)
	}
	p := own.with(context, d.Season, s.kind == logitScale)
	if s.kind == levelScale && f.Prior == (Prior{}) { // values of either sign vary far more, and do not grow
		if context.IsZero() {
			p.Mu = 0
		}
		if expect.Noise == 0 {
			p.S0 *= signedNoise
		}
	}
	m := &driftModel{scale: s, prior: p, context: f.Context, expect: expect, n: len(obs), trailing: trailing, season: d.Season}
	m.filter(obs)
	m.jump = jump(obs)
	if n := len(obs); n > 0 {
		m.span = obs[n-1].t - obs[0].t + 1
		last := d.Y[obs[n-1].t]
		m.onBound = last == s.lo || last == s.hi
	}
	return m, nil
}

// signedNoise is how many times more a value of either sign varies from year
// to year, as a fraction of its mean absolute value, than a positive one.
const signedNoise = 5

// typicalSigned is the typical size of a year's change in the atoms on the
// identity, without that factor: after one value their 80 % interval is 1.6
// times it either way, as that of a normal change with unknown growth is.
const typicalSigned = 0.036

// driftModel is a fitted Drift: level and drift on the scale have the means
// l, b and the covariance p11, p12, p22.
type driftModel struct {
	scale         scale
	prior         Prior
	context       Context
	expect        forecast.Expect // what of it was used
	n, span       int             // values used, and periods from the first to the last
	trailing      int             // periods without a value at the end
	season        int
	changes       int     // n − 1
	mean          float64 // the series' own drift, ḡ
	s2            float64 // s̃²
	df            float64
	l, b          float64
	p11, p12, p22 float64
	onBound       bool
	jump          int // place of a suspicious change, see jump
}

// filter estimates the variance by moments, then level and drift by a Kalman
// filter that starts at the first value.
func (m *driftModel) filter(obs []observation) {
	p := m.prior
	n := len(obs)
	m.changes = n - 1
	m.df = p.D0 + float64(m.changes) - 1
	m.s2 = p.S0 * p.S0
	if n >= 2 {
		m.mean = (obs[n-1].z - obs[0].z) / float64(obs[n-1].t-obs[0].t)
	}
	if n >= 3 {
		ss := 0.0
		for i := 1; i < n; i++ {
			gap := float64(obs[i].t - obs[i-1].t)
			r := obs[i].z - obs[i-1].z - gap*m.mean
			ss += (r*r - obs[i].v - obs[i-1].v) / gap
		}
		m.s2 = (p.D0*m.s2 + max(ss, 0)) / (p.D0 + float64(m.changes) - 1)
	}
	m.l, m.b = obs[0].z, p.Mu
	m.p11, m.p12, m.p22 = obs[0].v, 0, p.Tau*p.Tau
	for i := 1; i < n; i++ {
		gap := float64(obs[i].t - obs[i-1].t)
		m.l += gap * m.b
		m.p11 += gap * (2*m.p12 + gap*m.p22 + m.s2)
		m.p12 += gap * m.p22
		q := m.p11 + obs[i].v
		if q == 0 {
			continue
		}
		e, k1, k2 := obs[i].z-m.l, m.p11/q, m.p12/q
		m.l += k1 * e
		m.b += k2 * e
		m.p22 -= k2 * m.p12
		m.p12 -= k1 * m.p12
		m.p11 -= k1 * m.p11
	}
	if obs[n-1].v == 0 { // known exactly, and free of rounding
		m.l, m.p11, m.p12 = obs[n-1].z, 0, 0
	}
}

// damped is S_h, the drift summed over h steps.
func (m *driftModel) damped(h int) float64 {
	if m.prior.Phi == 1 {
		return float64(h)
	}
	return (1 - math.Pow(m.prior.Phi, float64(h))) / (1 - m.prior.Phi)
}

// at returns centre and spread h steps after the last value, on the scale.
func (m *driftModel) at(h int) (loc, sd float64) {
	s := m.damped(h)
	return m.l + m.b*s, math.Sqrt(m.p11 + 2*s*m.p12 + s*s*m.p22 + m.s2*float64(h))
}

// Forecast implements forecast.Model.
func (m *driftModel) Forecast(h int) []forecast.Dist {
	if h < 1 {
		panic("pooled: horizon must be positive")
	}
	out := make([]forecast.Dist, h)
	for i := range out {
		if m.scale.isZero() {
			out[i] = forecast.Constant(0)
			continue
		}
		loc, sd := m.at(m.trailing + i + 1)
		out[i] = truncatedT{loc, sd, m.df, m.scale}
	}
	return out
}

// Simulate implements forecast.Model: one variance, one level and one drift a
// path, then the steps. Paths that leave the limits within which the marginal
// distributions are cut are drawn anew.
func (m *driftModel) Simulate(path []float64, src rand.Source) {
	rng := rand.New(src)
	limit := -truncatedT{df: m.df}.standard(0)
	for try := 0; try < 100; try++ {
		if m.simulate(path, rng, limit) {
			break
		}
	}
	for i, z := range path {
		path[i] = m.scale.inverse(z)
	}
}

// simulate fills path on the scale and reports whether it stays within limit
// standard deviations at every step.
func (m *driftModel) simulate(path []float64, rng *rand.Rand, limit float64) bool {
	widen := math.Sqrt(m.df / chiSquared(m.df, rng))
	level := m.l
	a := rng.NormFloat64()
	drift := rng.NormFloat64()
	if m.p11 > 0 { // Cholesky factor of the covariance
		r := math.Sqrt(m.p11)
		c := m.p12 / r
		level += widen * r * a
		drift = c*a + math.Sqrt(max(m.p22-c*c, 0))*drift
	} else {
		drift *= math.Sqrt(m.p22)
	}
	drift = m.b + widen*drift
	sd := widen * math.Sqrt(m.s2)
	inside := true
	for h := 1; h <= m.trailing+len(path); h++ {
		level += drift + sd*rng.NormFloat64()
		drift *= m.prior.Phi
		if i := h - m.trailing - 1; i >= 0 {
			path[i] = level
			loc, s := m.at(h)
			inside = inside && math.Abs(level-loc) <= limit*s
		}
	}
	return inside
}

// chiSquared draws from the chi-squared distribution with k > 0 degrees of
// freedom, by the gamma generator of Marsaglia & Tsang (2000).
func chiSquared(k float64, rng *rand.Rand) float64 {
	shape, boost := k/2, 1.0
	if shape < 1 {
		boost = math.Pow(1-rng.Float64(), 1/shape)
		shape++
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		if math.Log(1-rng.Float64()) < x*x/2+d*(1-v+math.Log(v)) {
			return 2 * d * v * boost
		}
	}
}
