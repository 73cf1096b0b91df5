package arima

import (
	"math"
	"math/rand/v2"
	"sync"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/student"
)

// Model is a fitted ARIMA model. Forecast distributions are normal with the
// variance that the model gives for known coefficients, as in R's forecast
// package: neither the uncertainty of the coefficients nor that of the choice
// of the order is in them, so that on short series they are too narrow; the
// option StudentT makes up for that of the variance. σ² is the sum of squared
// innovations over their number less that of the coefficients.
type Model struct {
	spec   spec
	nat    []float64 // ar, ma, sar, sma
	beta   []float64 // constant and regressors, on the scale of the sample
	fixed  bool      // ARMA coefficients were given
	given  bool      // those of the regression too
	s      *sample
	resid  []float64 // one-step errors, standardised, scale of the sample, len(s.y), NaN where none
	nobs   int
	loglik float64 // of the series as given
	sigma2 float64 // unbiased, scale of the sample
	ml     float64 // maximum likelihood, scale of the sample
	nu     float64 // degrees of freedom of the forecasts; +Inf: normal
	why    reason

	k    diffuse // at the period after the last, one column
	once sync.Once
	root []float64 // Cholesky factor of the state's covariance, for Simulate
}

// student makes the forecasts Student t if asked to.
func (m *Model) student(on bool) *Model {
	if on {
		m.nu = float64(max(m.nobs-m.coefs(), 1))
	}
	return m
}

// newModel filters the sample with given ARMA coefficients and, unless beta
// is given, estimates those of the regression columns.
func newModel(s *sample, sp spec, nat, beta []float64, fixed bool) (*Model, error) {
	m := &Model{spec: sp, nat: nat, s: s, fixed: fixed, given: beta != nil, nu: math.Inf(1)}
	p := problem{spec: sp, n: len(s.y)}
	cols := s.columns(sp, 0)
	kx := len(cols)
	for _, c := range cols {
		p.z = append(p.z, c...)
	}
	p.z = append(p.z, s.y...)
	p.cols = kx + 1
	p.size()
	p.polynomials(nat)
	m.k = diffuse{delta: differencing(sp.d, sp.D, sp.m), miss: s.miss}
	at := make([]int, len(s.y))
	n, sumLogF, ok := m.k.runAt(p.out, p.z, p.n, p.phi, p.theta, at)
	if !ok {
		return nil, errNotStationary
	}
	if m.k.rank > 0 || n == 0 {
		if s.gaps() {
			return nil, errUnobserved
		}
		return nil, &forecast.ErrShort{Method: sp.String(), N: s.n, Need: sp.lost() + 1}
	}
	y := p.column(kx, n)
	if beta == nil {
		rr := make([]float64, (kx+1)*(kx+1))
		p.project(kx, n, rr)
		m.beta = make([]float64, kx)
		for i := kx - 1; i >= 0; i-- {
			d := rr[i*(kx+1)+i]
			if d == 0 {
				return nil, &collinear{column: i, constant: sp.constant}
			}
			v := rr[i*(kx+1)+kx]
			for j := i + 1; j < kx; j++ {
				v -= rr[i*(kx+1)+j] * m.beta[j]
			}
			m.beta[i] = v / d
		}
	} else {
		m.beta = make([]float64, kx)
		for i, b := range beta {
			m.beta[i] = b / s.scale
			for t, v := range p.column(i, n) {
				y[t] -= m.beta[i] * v
			}
		}
	}
	// One column remains: the series less its regression.
	dim := m.k.dim
	state := append([]float64(nil), m.k.a[kx*dim:(kx+1)*dim]...)
	for i, b := range m.beta {
		for j := range state {
			state[j] -= b * m.k.a[i*dim+j]
		}
	}
	m.k.a = state
	ss := dot(y, y)
	if ss <= exact*float64(n) {
		ss = 0
	}
	m.nobs = n
	m.ml = ss / float64(n)
	m.sigma2 = ss / float64(max(n-m.coefs(), 1))
	m.loglik = -0.5 * (float64(n)*(math.Log(2*math.Pi*max(m.ml, exact))+1+2*math.Log(s.scale)) + sumLogF)
	m.resid = make([]float64, len(s.y))
	for i := range m.resid {
		m.resid[i] = math.NaN()
	}
	for i, t := range at[:n] {
		m.resid[t] = y[i]
	}
	return m, nil
}

// exact is the mean square, for a series of size one, that rounding alone
// leaves of a perfect fit.
const exact = 1e-29

// coefs counts the estimated coefficients, without the variance.
func (m *Model) coefs() int {
	k := 0
	if !m.fixed {
		k += len(m.nat)
	}
	if !m.given {
		k += len(m.beta)
	}
	return k
}

// Method returns the model's order with its coefficients held, ready to be
// fitted to another series or to a longer one.
func (m *Model) Method() ARIMA {
	s := m.spec
	a := ARIMA{P: s.p, D: s.d, Q: s.q, SP: s.P, SD: s.D, SQ: s.Q, Season: s.m, Constant: s.constant}
	a.Coef = append(a.Coef, m.nat...)
	for _, b := range m.beta {
		a.Coef = append(a.Coef, b*m.s.scale)
	}
	return a
}

// String names the model as the field does, such as
// ARIMA(0,1,1)(0,1,1)[12] with drift.
func (m *Model) String() string { return m.spec.String() }

// Sigma2 returns the variance of the one-step errors: the sum of their
// squares over their number less that of the estimated coefficients, in
// squared units of the series.
func (m *Model) Sigma2() float64 { return m.sigma2 * m.s.scale * m.s.scale }

// LogLikelihood implements forecast.LogLikelihooder: the exact Gaussian
// likelihood, which for a differenced model is the diffuse one, that of the
// differences. It can be compared between models with the same differencing
// only. A fit without error is given the likelihood of an error at the limit
// of precision.
func (m *Model) LogLikelihood() (loglik float64, params int) {
	return m.loglik, m.coefs() + 1
}

// Observations returns the number of values that the likelihood rests on:
// finite ones less those that differencing takes.
func (m *Model) Observations() int { return m.nobs }

// AIC returns Akaike's criterion, with the variance counted as a parameter.
func (m *Model) AIC() float64 { return AIC.of(m.loglik, m.coefs()+1, m.nobs) }

// AICc returns the AIC corrected for small samples (Hurvich & Tsai 1989,
// Biometrika 76:297): +Inf where there are too few observations for it.
func (m *Model) AICc() float64 { return AICc.of(m.loglik, m.coefs()+1, m.nobs) }

// BIC returns Schwarz's criterion.
func (m *Model) BIC() float64 { return BIC.of(m.loglik, m.coefs()+1, m.nobs) }

// Residuals implements forecast.Residualer: the one-step errors, divided by
// the factor by which their standard deviation exceeds its limit near the
// start of the series; NaN for gaps and for the values that differencing takes.
func (m *Model) Residuals() []float64 {
	out := make([]float64, m.s.lead+len(m.resid))
	for i := range out {
		out[i] = math.NaN()
	}
	for i, v := range m.resid {
		out[m.s.lead+i] = finite(v * m.s.scale)
	}
	return out
}

// future returns the regression part of the next h periods.
func (m *Model) future(h int) []float64 {
	n := len(m.s.y)
	out := make([]float64, h)
	b := m.beta
	if m.spec.constant {
		for i := range out {
			out[i] = b[0]
			if m.spec.d+m.spec.D > 0 {
				out[i] *= float64(n + i + 1)
			}
		}
		b = b[1:]
	}
	for j, x := range m.s.x {
		if len(x) < n+h {
			panic("arima: horizon beyond the rows of regressors")
		}
		for i := range out {
			out[i] += b[j] * x[n+i]
		}
	}
	return out
}

// filter returns a copy of the filter for one column that can run on.
func (m *Model) filter(covariance bool) *diffuse {
	k := m.k
	k.a = append([]float64(nil), k.a...)
	if covariance {
		k.P = append([]float64(nil), k.P...)
		k.T = make([]float64, len(k.P))
		k.M = make([]float64, k.dim)
	}
	return &k
}

// Forecast implements forecast.Model. It panics if h < 1 or if the regressors
// given to FitData end before the horizon.
func (m *Model) Forecast(h int) []forecast.Dist {
	if h < 1 {
		panic("arima: horizon less than one")
	}
	reg := m.future(h)
	k := m.filter(true)
	out := make([]forecast.Dist, h)
	sd := math.Sqrt(m.sigma2)
	for i := range out {
		F, _ := k.variance()
		out[i] = newDist((k.signal(0)+reg[i])*m.s.scale, sd*math.Sqrt(F)*m.s.scale, m.nu)
		k.move(0)
		k.advance()
	}
	return out
}

// Simulate implements forecast.Model. It panics if the regressors given to
// FitData end before the path.
func (m *Model) Simulate(path []float64, src rand.Source) {
	m.once.Do(func() { m.root = choleskyPSD(m.k.P, m.k.dim) })
	reg := m.future(len(path))
	k := m.filter(false)
	rnd := rand.New(src)
	sd := math.Sqrt(m.sigma2) * student.Spread(m.nu, src)
	// The state now, with what is uncertain about it, and then its own noise.
	for j := range k.dim {
		z := sd * rnd.NormFloat64()
		for i := j; i < k.dim; i++ {
			k.a[i] += m.root[i*k.dim+j] * z
		}
	}
	for i := range path {
		path[i] = finite((k.signal(0) + reg[i]) * m.s.scale)
		k.move(0)
		e := sd * rnd.NormFloat64()
		for j, l := range k.load {
			k.a[j] += l * e
		}
	}
}

// choleskyPSD factors a covariance that may be singular: a pivot that is
// rounding only becomes a column of zeros.
func choleskyPSD(a []float64, n int) []float64 {
	l := make([]float64, n*n)
	for j := range n {
		d := a[j*n+j]
		for k := range j {
			d -= l[j*n+k] * l[j*n+k]
		}
		if d <= 1e-13*max(a[j*n+j], 1e-30) {
			continue
		}
		d = math.Sqrt(d)
		l[j*n+j] = d
		for i := j + 1; i < n; i++ {
			v := a[i*n+j]
			for k := range j {
				v -= l[i*n+k] * l[j*n+k]
			}
			l[i*n+j] = v / d
		}
	}
	return l
}
