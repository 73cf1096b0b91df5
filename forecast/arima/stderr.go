package arima

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Coefficient is an estimated coefficient of a model.
type Coefficient struct {
	Name  string  // ar1 …, ma1 …, sar1 …, sma1 …, mean or drift, x1 …
	Value float64 // drift and regressors in units of the series
	SE    float64 // standard error; NaN where the likelihood has no curvature, as at the edge of invertibility
}

// Coefficients returns the coefficients with their standard errors, which are
// those of the inverse of the observed information: the curvature, by finite
// differences, of the likelihood with σ² concentrated out. If ARMA
// coefficients were given instead of estimated, all standard errors are 0.
func (m *Model) Coefficients() []Coefficient {
	names := m.spec.names(len(m.s.x))
	out := make([]Coefficient, len(names))
	k := len(m.nat)
	for i, name := range names {
		out[i].Name = name
		if i < k {
			out[i].Value = m.nat[i]
		} else {
			out[i].Value = m.beta[i-k] * m.s.scale
		}
	}
	if m.fixed {
		return out
	}
	for i, v := range m.stdErrors() {
		if i >= k {
			v *= m.s.scale
		}
		out[i].SE = v
	}
	return out
}

// stdErrors returns the standard errors on the scale of the sample. The
// information is taken in the unconstrained parameters, where every step is
// admissible, and carried over by the delta method.
func (m *Model) stdErrors() []float64 {
	k, kx := len(m.nat), len(m.beta)
	n := k + kx
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	if n == 0 || m.ml <= exact {
		return out
	}
	var p problem
	p.load(m.s, m.spec)
	raw := make([]float64, k)
	work := make([]float64, 2*k)
	edge := false
	m.spec.groups(func(from, to int, sign float64) {
		c := work[:to-from]
		for i := range c {
			c[i] = sign * m.nat[from+i]
		}
		if !toRaw(raw[from:to], c, work[k:]) {
			edge = true
		}
	})
	if edge {
		return out
	}
	// One column: the series less its regression, unrounded.
	cols := m.s.columns(m.spec, 0)
	cols = append(cols, m.s.y)
	if p.gaps == nil {
		for i, c := range cols {
			cols[i] = difference(c, m.spec.d, m.spec.D, m.spec.m)
		}
	}
	y := make([]float64, p.n)
	q := problem{spec: m.spec, z: y, n: p.n, cols: 1, gaps: p.gaps, unit: 1}
	q.size()
	dev := func(theta []float64) float64 {
		copy(y, cols[kx])
		for j := range kx {
			b := theta[k+j]
			for t, v := range cols[j] {
				y[t] -= b * v
			}
		}
		d, _, ok := q.objective(q.r, theta[:k])
		if !ok {
			return math.NaN()
		}
		return d / 2
	}
	at := append(raw, m.beta...)
	// Steps: those that change the deviance by little but well above rounding.
	step := make([]float64, n)
	base := dev(at)
	for i := range step {
		h := 1e-4
		if i >= k {
			norm := 0.0
			for _, v := range cols[i-k] {
				norm += v * v
			}
			h = 1e-3 * math.Sqrt(m.ml/max(norm, 1e-300))
		}
		step[i] = h
	}
	hess := mat.NewSymDense(n, nil)
	shift := func(i int, hi float64, j int, hj float64) float64 {
		x := append([]float64(nil), at...)
		x[i] += hi
		x[j] += hj
		return dev(x)
	}
	for i := range n {
		hi := step[i]
		hess.SetSym(i, i, (shift(i, hi, i, 0)-2*base+shift(i, -hi, i, 0))/(hi*hi))
		for j := range i {
			hj := step[j]
			v := (shift(i, hi, j, hj) - shift(i, hi, j, -hj) - shift(i, -hi, j, hj) + shift(i, -hi, j, -hj)) / (4 * hi * hj)
			hess.SetSym(i, j, v)
		}
	}
	// Coefficients that sit on the bound of the search have none.
	var chol mat.Cholesky
	if !chol.Factorize(hess) {
		return out
	}
	var cov mat.SymDense
	if chol.InverseTo(&cov) != nil {
		return out
	}
	jac := mat.NewDense(n, n, nil)
	plus, minus := make([]float64, k), make([]float64, k)
	for j := range n {
		if j >= k {
			jac.Set(j, j, 1)
			continue
		}
		const h = 1e-6
		x := append([]float64(nil), raw...)
		x[j] += h
		q.natural(plus, x)
		x[j] -= 2 * h
		q.natural(minus, x)
		for i := range k {
			jac.Set(i, j, (plus[i]-minus[i])/(2*h))
		}
	}
	var jc, v mat.Dense
	jc.Mul(jac, &cov)
	v.Mul(&jc, jac.T())
	for i := range out {
		if w := v.At(i, i); w > 0 {
			out[i] = math.Sqrt(w)
		}
	}
	return out
}
