package ces

import (
	"fmt"
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/plain"
)

// Model is a fitted complex exponential smoothing. Forecast distributions are
// normal with the exact variance of the model for known parameters; that
// those are estimated is only in σ², whose divisor is short of them.
type Model struct {
	f      *filter
	a      []float64 // smoothing parameters
	last   []float64 // states after the last value, scaled
	resid  []float64 // scaled, NaN at gaps
	n      int       // finite values
	params int       // with σ²
	loglik float64
	sigma2 float64 // scaled
	scale  float64
	lead   int // gaps in front
	tried  int
	free   int // smoothing parameters that were estimated
}

func newModel(s *search, f *filter, a []float64, free int) (*Model, error) {
	m := &Model{f: f, a: a, n: s.n, scale: s.scale, free: free, params: free + f.states() + 1}
	f.guess(s.y)
	m.last = make([]float64, f.states())
	ss := f.run(s.y, a, m.last)
	m.resid = make([]float64, len(s.y))
	for t, v := range s.y {
		e := 0.0
		m.resid[t] = v
		if !math.IsNaN(v) {
			e = v - f.predict(m.last, t)
			m.resid[t] = e
		}
		f.step(m.last, t, a, e)
	}
	n := float64(s.n)
	if ss <= exact*n {
		ss = 0
	}
	m.sigma2 = ss / max(n-float64(m.params-1), 1)
	m.loglik = -0.5 * n * (math.Log(2*math.Pi*max(ss/n, exact)) + 1 + 2*math.Log(m.scale))
	return m, nil
}

// Seasonality returns the form of the model.
func (m *Model) Seasonality() Seasonality { return m.f.form }

// Parameters returns the smoothing parameters: α₀, α₁, then β of the partial
// or β₀, β₁ of the full form.
func (m *Model) Parameters() []float64 { return append([]float64(nil), m.a...) }

// Sigma2 returns the variance of the one-step errors, the sum of their squares
// over their number less that of the parameters, in squared units of the
// series.
func (m *Model) Sigma2() float64 { return m.sigma2 * m.scale * m.scale }

// LogLikelihood implements forecast.LogLikelihooder. The initial states count
// as parameters.
func (m *Model) LogLikelihood() (loglik float64, params int) { return m.loglik, m.params }

// AICc returns Akaike's criterion corrected for small samples: +Inf where
// there are too few values for it.
func (m *Model) AICc() float64 {
	k, n := float64(m.params), float64(m.n)
	if n-k-1 <= 0 {
		return math.Inf(1)
	}
	return -2*m.loglik + 2*k + 2*k*(k+1)/(n-k-1)
}

// Residuals implements forecast.Residualer.
func (m *Model) Residuals() []float64 {
	out := make([]float64, m.lead+len(m.resid))
	for i := range out {
		out[i] = math.NaN()
		if i >= m.lead {
			out[i] = clamp(m.resid[i-m.lead] * m.scale)
		}
	}
	return out
}

// String names the model.
func (m *Model) String() string { return m.f.form.String() }

// Forecast implements forecast.Model. It panics if h < 1.
func (m *Model) Forecast(h int) []forecast.Dist {
	if h < 1 {
		panic("ces: horizon less than one")
	}
	out := make([]forecast.Dist, h)
	n := len(m.resid)
	mean := append([]float64(nil), m.last...)
	// The response to an error now: what it adds to the values to come.
	resp := make([]float64, len(mean))
	m.f.step(resp, n, m.a, 1)
	v := 1.0
	for i := range out {
		t := n + i
		out[i] = newNormal(m.f.predict(mean, t)*m.scale, math.Sqrt(m.sigma2*v)*m.scale)
		m.f.step(mean, t, m.a, 0)
		c := m.f.predict(resp, t+1)
		v += c * c
		m.f.step(resp, t+1, m.a, 0)
	}
	return out
}

// Simulate implements forecast.Model.
func (m *Model) Simulate(path []float64, src rand.Source) {
	rnd := rand.New(src)
	s := append([]float64(nil), m.last...)
	sd := math.Sqrt(m.sigma2)
	n := len(m.resid)
	for i := range path {
		e := sd * rnd.NormFloat64()
		path[i] = clamp((m.f.predict(s, n+i) + e) * m.scale)
		m.f.step(s, n+i, m.a, e)
	}
}

// Explain implements forecast.Explainer.
func (m *Model) Explain(lang string) string {
	sd := math.Sqrt(m.sigma2) * m.scale
	if lang == "zh" {
		form := [...]string{"", "无季节", "简单季节", "部分季节", "完全季节"}[m.f.form]
		s := fmt.Sprintf("复指数平滑（CES，%s），以 %d 个观测值估计，参数 α = %.3f + %.3fi。", form, m.n, m.a[0], m.a[1])
		if m.free == 0 {
			s = fmt.Sprintf("复指数平滑（CES），只有 %d 个观测值，平滑参数取定值。", m.n)
		}
		if m.tried > 1 {
			s += fmt.Sprintf("在 %d 种季节形式中按 AICc 选取。", m.tried)
		}
		return s + fmt.Sprintf("一步误差的标准差约 %s；区间按正态分布，未计参数的不确定性。", plain.Number(sd, 4))
	}
	s := fmt.Sprintf("Complex exponential smoothing, %s, estimated from %d values with α = %.3f + %.3fi.", m.f.form, m.n, m.a[0], m.a[1])
	if m.free == 0 {
		s = fmt.Sprintf("Complex exponential smoothing with fixed parameters, for there are only %d values.", m.n)
	}
	if m.tried > 1 {
		s += fmt.Sprintf(" Of %d forms of the season this one has the least AICc.", m.tried)
	}
	return s + fmt.Sprintf(" The standard deviation of one-step errors is about %s; intervals are normal and leave out the uncertainty of the parameters.", plain.Number(sd, 4))
}

// normal is the normal distribution, kept finite.
type normal struct{ mu, sd float64 }

func newNormal(mu, sd float64) forecast.Dist {
	mu = clamp(mu)
	if !(sd > 0) {
		return forecast.Constant(mu)
	}
	return normal{mu, min(sd, math.MaxFloat64/64)}
}

func clamp(x float64) float64 { return min(max(x, -math.MaxFloat64), math.MaxFloat64) }

func (d normal) Mean() float64 { return d.mu }

func (d normal) CDF(x float64) float64 {
	if x >= math.MaxFloat64 { // quantiles beyond the numbers are cut to the last
		return 1
	}
	z := (x - d.mu) / d.sd
	if math.IsInf(z, 0) { // the difference has overflown, or is that great
		z = (x/4 - d.mu/4) / (d.sd / 4)
	}
	return 0.5 * math.Erfc(-z/math.Sqrt2)
}

func (d normal) Quantile(p float64) float64 {
	if !(p >= 0 && p <= 1) {
		panic("ces: probability outside [0, 1]")
	}
	if p == 0 || p == 1 {
		return math.Inf(int(2*p - 1))
	}
	return clamp(d.mu - d.sd*math.Sqrt2*math.Erfcinv(2*p))
}
