// Package grey is the grey model GM(1,1) of Deng Julong (灰色预测, 1982, Systems
// & Control Letters 1:288; Journal of Grey System 1989, 1:1), a favourite for
// short series in China, which fits an exponential to the running sum.
//
// It is here because its users look for it, not because it is good. It can
// draw nothing but an exponential through the series, and carries a growth
// rate taken from a few values on without any damping. On the last ten values
// of the yearly series of the M3 competition its scaled error is above that of
// the naive forecast (go test -run AgainstNaive -v). Nothing in the library
// chooses it by itself.
package grey

import (
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/student"
)

// GM11 is the model GM(1,1): with x⁽¹⁾ the running sum of x and z_k the mean of
// x⁽¹⁾_k and x⁽¹⁾_{k−1}, the grey equation x_k + a z_k = b is fitted by least
// squares, and x̂_{k+1} = (1 − eᵃ)(x₁ − b/a) e^{−ak}, or b where a = 0. The zero
// value uses all of the series.
//
// Gaps inside the series are filled by straight lines, for the model has no
// place for them. Bounds are kept by cutting: the model has its own scale, the
// running sum, and is not fitted to logarithms.
//
// The method has no distribution of its own. Here errors are independent, with
// the variance of the fit, and a and b as uncertain as the regression says, to
// first order; forecasts are Student t with n − 3 degrees of freedom.
type GM11 struct {
	Window int // fit to the last values only; 0: all, otherwise at least 4
}

// need is the least number of values: two parameters, one value for a start
// and one to tell the error.
const need = 4

// Fit implements forecast.Forecaster. It panics if Window is 1, 2, 3 or
// negative.
func (g GM11) Fit(y []float64) (forecast.Model, error) {
	return g.FitData(forecast.Data{Y: y})
}

// FitData implements forecast.DataFitter: it keeps the bounds. The result is a
// *Model.
func (g GM11) FitData(d forecast.Data) (forecast.Model, error) {
	if g.Window < 0 || g.Window > 0 && g.Window < need {
		panic("grey: window of fewer than four values")
	}
	n, err := forecast.Check(d.Y)
	if err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, forecast.ErrX
	}
	if n < need {
		return nil, &forecast.ErrShort{Method: "GM(1,1)", N: n, Need: need}
	}
	m := &Model{lo: math.Inf(-1), hi: math.Inf(1), all: len(d.Y)}
	if d.Min != nil {
		m.lo = *d.Min
	}
	if d.Max != nil {
		m.hi = *d.Max
	}
	m.prepare(d.Y, g.Window)
	m.fit()
	return m, nil
}

// Model is a fitted GM(1,1).
type Model struct {
	x      []float64 // values of the window, gaps filled, scaled to a size of one
	filled []bool
	from   int // index of x[0] in the series
	all    int // length of the series
	scale  float64
	lo, hi float64

	a, b  float64 // b on the scale of x
	resid []float64
	s     float64       // standard error of the fit, scaled
	cov   [2][2]float64 // of a and b, over s²
	df    float64
	n     int // values that are no filled gaps
}

// prepare cuts the series to the window and fills its gaps.
func (m *Model) prepare(y []float64, window int) {
	end := len(y)
	for math.IsNaN(y[end-1]) {
		end--
	}
	from := 0
	for math.IsNaN(y[from]) {
		from++
	}
	if window > 0 {
		seen := 0
		for i := end - 1; i >= from; i-- {
			if !math.IsNaN(y[i]) {
				if seen++; seen == window {
					from = i
				}
			}
		}
	}
	m.from = from
	top := 0.0
	for _, v := range y[from:end] {
		if a := math.Abs(v); a > top {
			top = a
		}
	}
	m.scale = 1
	if top > 0 {
		m.scale = top
	}
	m.x = make([]float64, end-from)
	m.filled = make([]bool, end-from)
	last := 0
	for i := range m.x {
		v := y[from+i]
		if math.IsNaN(v) {
			m.filled[i] = true
			continue
		}
		m.n++
		m.x[i] = digits(v / m.scale)
		for j := last + 1; j < i; j++ {
			w := float64(j-last) / float64(i-last)
			m.x[j] = (1-w)*m.x[last] + w*m.x[i]
		}
		last = i
	}
}

// digits rounds to 44 binary digits, far more than data have. A series and its
// multiple, divided by their size, are then the same numbers; rounding errors
// of the division would otherwise grow with the exponential.
func digits(x float64) float64 {
	frac, exp := math.Frexp(x)
	return math.Ldexp(math.Round(math.Ldexp(frac, 44)), exp-44)
}

// fit estimates the grey equation.
func (m *Model) fit() {
	n := len(m.x)
	z := make([]float64, n-1)
	sum := m.x[0]
	for k := range z {
		z[k] = sum + m.x[k+1]/2
		sum += m.x[k+1]
	}
	rows := float64(n - 1)
	zm, xm := 0.0, 0.0
	for k, v := range z {
		zm += v / rows
		xm += m.x[k+1] / rows
	}
	szz, szx := 0.0, 0.0
	for k, v := range z {
		szz += (v - zm) * (v - zm)
		szx += (v - zm) * (m.x[k+1] - xm)
	}
	if szz > 1e-24 {
		// Beyond ±2 the equation has no meaning (Deng 1989).
		m.a = min(max(-szx/szz, -2), 2)
		m.cov = [2][2]float64{{1 / szz, zm / szz}, {zm / szz, 1/rows + zm*zm/szz}}
	} else {
		m.cov = [2][2]float64{{0, 0}, {0, 1 / rows}}
	}
	m.b = xm + m.a*zm
	m.resid = make([]float64, n)
	ss := 0.0
	for k := range m.resid {
		m.resid[k] = math.NaN()
		if k > 0 && !m.filled[k] {
			m.resid[k] = m.x[k] - m.fitted(k, m.a, m.b)
			ss += m.resid[k] * m.resid[k]
		}
	}
	m.df = float64(max(m.n-3, 1))
	if ss <= 1e-28*rows {
		ss = 0
	}
	m.s = math.Sqrt(ss / m.df)
}

// fitted is x̂ at index k ≥ 1, written so that it stays exact as a → 0.
func (m *Model) fitted(k int, a, b float64) float64 {
	slope := 1.0 // (eᵃ − 1)/a
	if a != 0 {
		slope = math.Expm1(a) / a
	}
	return (b*slope - math.Expm1(a)*m.x[0]) * math.Exp(min(-a*float64(k), 600))
}

// Parameters returns the development coefficient a and the grey input b, the
// latter in units of the series. −a is the growth rate that the forecast
// carries on for ever.
func (m *Model) Parameters() (a, b float64) { return m.a, clamp(m.b * m.scale) }

// Check is the customary examination of a grey model.
type Check struct {
	// RatiosPass: all level ratios x_{k−1}/x_k lie in (e^{−2/(n+1)}, e^{2/(n+1)}),
	// without which the model is held not to apply.
	RatiosPass bool
	// C is the standard deviation of the errors over that of the values: below
	// 0.35 good, 0.50 fair, 0.65 barely, by Deng's grades. It is 0 for a fit
	// without error.
	C float64
	// P is the share of errors nearer to their mean than 0.6745 standard
	// deviations of the values: above 0.95 good, 0.80 fair, 0.70 barely.
	P float64
}

// Check examines the fit. Good marks say that an exponential follows the past,
// not that it forecasts.
func (m *Model) Check() Check {
	c := Check{RatiosPass: true}
	n := float64(len(m.x))
	lim := 2 / (n + 1)
	for k := 1; k < len(m.x); k++ {
		r := m.x[k-1] / m.x[k]
		if !(r > math.Exp(-lim) && r < math.Exp(lim)) {
			c.RatiosPass = false
		}
	}
	sd := func(v []float64) (mean, sd float64) {
		k := 0.0
		for _, x := range v {
			if !math.IsNaN(x) {
				mean += x
				k++
			}
		}
		mean /= k
		for _, x := range v {
			if !math.IsNaN(x) {
				sd += (x - mean) * (x - mean) / k
			}
		}
		return mean, math.Sqrt(sd)
	}
	_, s1 := sd(m.x)
	em, s2 := sd(m.resid)
	if m.s > 0 && s1 > 0 {
		c.C = s2 / s1
	}
	k, near := 0.0, 0.0
	for _, e := range m.resid {
		if !math.IsNaN(e) {
			k++
			if math.Abs(e-em) <= 0.6745*s1+1e-14 {
				near++
			}
		}
	}
	c.P = near / k
	return c
}

// ahead returns the forecast i+1 periods after the end of the series and its
// derivatives by a and b, scaled.
func (m *Model) ahead(i int) (f, da, db float64) {
	k := m.all - m.from + i
	f = m.fitted(k, m.a, m.b)
	h := 1e-5
	da = (m.fitted(k, m.a+h, m.b) - m.fitted(k, m.a-h, m.b)) / (2 * h)
	db = m.fitted(k, m.a, m.b+1) - f // linear in b
	return f, da, db
}

// Forecast implements forecast.Model. It panics if h < 1.
func (m *Model) Forecast(h int) []forecast.Dist {
	if h < 1 {
		panic("grey: horizon less than one")
	}
	out := make([]forecast.Dist, h)
	for i := range out {
		f, da, db := m.ahead(i)
		v := 1 + da*da*m.cov[0][0] + 2*da*db*m.cov[0][1] + db*db*m.cov[1][1]
		sd := m.s * math.Sqrt(max(v, 1)) * m.scale
		d := dist{student.Dist{Mu: clamp(f * m.scale), Sigma: min(sd, math.MaxFloat64/64), Nu: m.df}, m.lo, m.hi}
		if d.Sigma == 0 {
			out[i] = forecast.Constant(d.cut(d.Mu))
			continue
		}
		out[i] = d
	}
	return out
}

// Simulate implements forecast.Model.
func (m *Model) Simulate(path []float64, src rand.Source) {
	rnd := rand.New(src)
	spread := m.s * student.Spread(m.df, src)
	// a and b together, by the Cholesky factor of their covariance.
	u, w := rnd.NormFloat64(), rnd.NormFloat64()
	var la, lb, lc float64
	if la = math.Sqrt(m.cov[0][0]); la > 0 {
		lb = m.cov[0][1] / la
	}
	lc = math.Sqrt(max(m.cov[1][1]-lb*lb, 0))
	ua, ub := la*u, lb*u+lc*w
	d := dist{lo: m.lo, hi: m.hi}
	for i := range path {
		f, da, db := m.ahead(i)
		path[i] = d.cut(clamp((f + spread*(da*ua+db*ub+rnd.NormFloat64())) * m.scale))
	}
}

// Residuals implements forecast.Residualer. The first value and filled gaps
// have none.
func (m *Model) Residuals() []float64 {
	out := make([]float64, m.all)
	for i := range out {
		out[i] = math.NaN()
	}
	for i, v := range m.resid {
		out[m.from+i] = clamp(v * m.scale)
	}
	return out
}

// dist is a Student t cut at bounds, with an atom on each.
type dist struct {
	student.Dist
	lo, hi float64
}

func (d dist) cut(x float64) float64 { return min(max(x, d.lo), d.hi) }

// Mean implements forecast.Dist: the centre of the t, which with one degree of
// freedom has no mean, cut at the bounds.
func (d dist) Mean() float64 { return d.cut(d.Mu) }

// CDF implements forecast.Dist.
func (d dist) CDF(x float64) float64 {
	switch {
	case x < d.lo:
		return 0
	case x >= d.hi || x >= math.MaxFloat64: // what lies beyond the numbers counts as the last
		return 1
	}
	if math.IsInf(x-d.Mu, 0) {
		return student.Dist{Mu: d.Mu / 4, Sigma: d.Sigma / 4, Nu: d.Nu}.CDF(x / 4)
	}
	return d.Dist.CDF(x)
}

// Quantile implements forecast.Dist.
func (d dist) Quantile(p float64) float64 {
	q := d.Dist.Quantile(p)
	if p > 0 && p < 1 && math.Abs(q) >= math.MaxFloat64 { // perhaps only on the way
		q = clamp(4 * student.Dist{Mu: d.Mu / 4, Sigma: d.Sigma / 4, Nu: d.Nu}.Quantile(p))
	}
	return d.cut(q)
}

func clamp(x float64) float64 { return min(max(x, -math.MaxFloat64), math.MaxFloat64) }
