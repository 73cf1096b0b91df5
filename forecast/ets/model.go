package ets

import (
	"math"
	"math/rand/v2"
	"slices"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/student"
)

// Candidate is a model that was tried.
type Candidate struct {
	Spec Spec
	AICc float64 // but for a constant that is the same for all; 0 if only one was tried
}

// Model is a fitted model.
type Model struct {
	Spec Spec
	N    int // observations, gaps not counted

	Alpha, Beta, Gamma, Phi float64 // as in ETS; 0 where the model has none, Phi 1 without damping

	// The state before the first value: level, slope (a factor if the trend is
	// multiplicative), and seasonal indices of the first cycle, Season0[i] for
	// the value i; nil without season.
	Level0, Slope0 float64
	Season0        []float64

	Sigma2     float64 // variance of the errors, relative ones if Spec.Error is Multiplicative
	DF         float64 // degrees of freedom of the forecast distributions
	Candidates []Candidate

	series series
	m      int
	rule   Initial
	fit    fitted
	end    stepper // state after the last value, scaled
	sq     float64
	logr   float64
	params int  // smoothing parameters and initial states
	naive  bool // too short for any model: a random walk
}

// minDF is the least number of degrees of freedom of an interval: with fewer
// a t has no variance, and its tails say nothing any more.
const minDF = 3

// complete fills in the model from its parameters and initial state.
func (m *Model) complete(r fitted) {
	m.fit = r
	m.Spec = r.sp
	m.Alpha, m.Beta, m.Gamma, m.Phi = r.p.alpha, r.p.beta, r.p.gamma, r.p.phi
	c := m.series.scale
	m.Level0, m.Slope0 = r.start.l*c, r.start.b*c
	if r.sp.Trend == Multiplicative {
		m.Slope0 = r.start.b
	}
	m.Season0 = slices.Clone(r.start.s)
	if r.sp.Season == Additive {
		for i := range m.Season0 {
			m.Season0[i] *= c
		}
	}
	m.end = *m.begin()
	m.sq, m.logr = 0, 0
	for _, v := range m.series.y {
		mu := m.end.mean()
		e := m.error(v, mu)
		if v != v {
			e = 0
		} else if r.sp.Error == Multiplicative {
			m.logr += math.Log(math.Abs(mu))
		}
		m.sq += e * e
		m.end.step(mu, e)
	}
	m.params = r.sp.smoothing() + r.sp.states(m.m)
	m.setSigma(m.N - m.params)
}

func (m *Model) setSigma(df int) {
	m.DF = max(float64(df), minDF)
	m.Sigma2 = m.sq / float64(max(df, 1))
	if m.Spec.Error == Additive {
		m.Sigma2 *= m.series.scale * m.series.scale
	}
}

// walk is what remains for two to four observations: the last value, with the
// spread of the differences.
func (m *Model) walk() {
	m.naive = true
	m.complete(fitted{
		sp: Spec{Error: Additive}, p: params{alpha: largest, phi: 1},
		start: start{l: m.series.y[0]},
	})
	m.params = 1
	m.setSigma(m.N - 1)
}

// sigma is the standard deviation of the errors, scaled.
func (m *Model) sigma() float64 {
	df := m.N - m.params
	return math.Sqrt(m.sq / float64(max(df, 1)))
}

// LogLikelihood implements forecast.LogLikelihooder: the Gaussian likelihood
// of the one-step errors at the maximum over σ². What R's ets prints leaves
// out the constant −n(log(2π/n) + 1)/2.
func (m *Model) LogLikelihood() (loglik float64, params int) {
	n := float64(m.N)
	return m.kernel() - n*(math.Log(2*math.Pi/n)+1)/2, m.params + 1
}

// kernel is the log likelihood without its constant.
func (m *Model) kernel() float64 {
	n := float64(m.N)
	return -0.5 * (n*math.Log(max(m.sq, n*floor)) + 2*m.logr + 2*n*math.Log(m.series.scale))
}

// Residuals implements forecast.Residualer: values less their one-step means,
// NaN at gaps.
func (m *Model) Residuals() []float64 {
	return m.trace(func(_ *stepper, mu, _, v float64) float64 { return (v - mu) * m.series.scale })
}

// Innovations returns the errors of the model, relative to the one-step means
// if Spec.Error is Multiplicative; NaN at gaps.
func (m *Model) Innovations() []float64 {
	return m.trace(func(_ *stepper, _, e, v float64) float64 {
		switch {
		case v != v:
			return v
		case m.Spec.Error == Additive:
			return e * m.series.scale
		}
		return e
	})
}

// Components returns level, slope and season of each period of the series,
// after its value is known: the level without season, the slope added (or, for
// a multiplicative trend, the factor applied) between levels, the index added
// (or multiplied) for the season. slope or season is nil if the model has none.
func (m *Model) Components() (level, slope, season []float64) {
	c := m.series.scale
	level = m.after(func(x *stepper, _ int) float64 { return x.l * c })
	switch m.Spec.Trend {
	case Additive:
		slope = m.after(func(x *stepper, _ int) float64 { return x.b * c })
	case Multiplicative:
		slope = m.after(func(x *stepper, _ int) float64 { return x.b })
	}
	switch m.Spec.Season {
	case Additive:
		season = m.after(func(x *stepper, k int) float64 { return x.s[k] * c })
	case Multiplicative:
		season = m.after(func(x *stepper, k int) float64 { return x.s[k] })
	}
	return level, slope, season
}

// begin returns the state before the first value.
func (m *Model) begin() *stepper {
	st := m.fit.start
	return &stepper{sp: m.Spec, p: m.fit.p, l: st.l, b: st.b, s: slices.Clone(st.s)}
}

// trace collects a number for each period before the states move on.
func (m *Model) trace(f func(x *stepper, mu, e, v float64) float64) []float64 {
	out := make([]float64, m.series.len)
	for i := range out {
		out[i] = math.NaN()
	}
	x := m.begin()
	for t, v := range m.series.y {
		mu := x.mean()
		e := m.error(v, mu)
		out[m.series.first+t] = f(x, mu, e, v)
		if v != v {
			e = 0
		}
		x.step(mu, e)
	}
	return out
}

// after collects a number for each period after the states moved on.
func (m *Model) after(f func(x *stepper, k int) float64) []float64 {
	out := make([]float64, m.series.len)
	for i := range out {
		out[i] = math.NaN()
	}
	x := m.begin()
	for t, v := range m.series.y {
		mu, k := x.mean(), x.k
		e := m.error(v, mu)
		if v != v {
			e = 0
		}
		x.step(mu, e)
		out[m.series.first+t] = f(x, k)
	}
	return out
}

func (m *Model) error(v, mu float64) float64 {
	if m.Spec.Error == Multiplicative {
		return (v - mu) / mu
	}
	return v - mu
}

// state returns a copy of the state after the last value.
func (m *Model) state() *stepper {
	x := m.end
	x.s = slices.Clone(m.end.s)
	return &x
}

// Forecast implements forecast.Model.
func (m *Model) Forecast(h int) []forecast.Dist {
	if h < 1 {
		panic("ets: horizon less than 1")
	}
	ds := make([]forecast.Dist, h)
	if m.Spec.Trend == Multiplicative {
		for j, x := range m.sample(h) {
			ds[j] = forecast.NewEmpirical(x)
		}
		return ds
	}
	mean, scale := m.Moments(h)
	for j := range ds {
		ds[j] = student.Dist{Mu: mean[j], Sigma: scale[j], Nu: m.DF}
	}
	return ds
}

// paths is the number of simulated paths, and seed their seed, for models
// whose distribution has no closed form.
const (
	paths = 5000
	seed  = 0x45545320 // "ETS "
)

// sample simulates the next h periods: row j holds the values j+1 periods
// ahead. Every path has a source of its own, so that a longer horizon does not
// change the values of a shorter one.
func (m *Model) sample(h int) [][]float64 {
	out := make([][]float64, h)
	for j := range out {
		out[j] = make([]float64, paths)
	}
	path := make([]float64, h)
	src := rand.NewPCG(0, 0)
	for i := range paths {
		src.Seed(seed, uint64(i))
		m.Simulate(path, src)
		for j, v := range path {
			out[j][i] = v
		}
	}
	return out
}

// least is the smallest relative error that is simulated: it keeps levels
// positive.
const least = -0.99

// Simulate implements forecast.Model. A path draws its own σ, so that its
// errors are Student t like the forecasts.
func (m *Model) Simulate(path []float64, src rand.Source) {
	r := rand.New(src)
	sd := m.sigma() * student.Spread(m.DF, src)
	x := m.state()
	for j := range len(path) + m.series.gap {
		e := sd * r.NormFloat64()
		mu := x.mean()
		v := mu + e
		if m.Spec.Error == Multiplicative {
			e = max(e, least)
			v = mu * (1 + e)
		}
		if j >= m.series.gap {
			path[j-m.series.gap] = finite(v * m.series.scale)
		}
		x.step(mu, e)
		x.bound()
	}
}

// bound keeps states within what can be computed with.
func (x *stepper) bound() {
	const top = 1e150
	x.l = min(max(x.l, -top), top)
	x.b = min(max(x.b, -top), top)
	if x.sp.Trend == Multiplicative {
		x.l, x.b = max(x.l, 1/top), max(x.b, 1/top)
	}
}

func finite(x float64) float64 { return min(max(x, -math.MaxFloat64), math.MaxFloat64) }
