package ets

import "math"

// Moments returns the means and the standard deviations of the forecasts of
// the next h periods, len(mean) == len(sd) == h, with σ² taken as known: the
// analytic ones of classes 1 to 3 in Hyndman, Koehler, Ord & Snyder (2008),
// section 6.2 and table 6.1. For multiplicative trends, which have none, mean
// is the forecast with all errors zero and sd that of simulated paths. It
// panics if h < 1.
func (m *Model) Moments(h int) (mean, sd []float64) {
	if h < 1 {
		panic("ets: horizon less than 1")
	}
	k := h + m.series.gap
	mean, sd = make([]float64, k), make([]float64, k)
	x := m.state()
	for j := range k {
		mean[j] = x.mean()
		x.step(mean[j], 0)
		x.bound()
	}
	switch {
	case m.Spec.Trend == Multiplicative:
		for j, v := range m.sample(h) {
			sd[m.series.gap+j] = deviation(v) / m.series.scale
		}
	case m.Spec.Error == Additive:
		m.class1(sd, m.m)
	case m.Spec.Season == Multiplicative:
		m.class3(mean, sd, m.fit.p.phi)
	default:
		m.class2(mean, sd, m.m)
	}
	for j := range k {
		mean[j], sd[j] = finite(mean[j]*m.series.scale), finite(sd[j]*m.series.scale)
	}
	return mean[m.series.gap:], sd[m.series.gap:]
}

// effect returns c_j, the effect of an error on the mean j periods later, for
// j = 1, …, k−1 (element 0 is unused). An additive season adds γ after lag
// periods, a cycle, and every cycle from there.
func (m *Model) effect(k, lag int) []float64 {
	c := make([]float64, k)
	p := m.fit.p
	slope, damp := 0.0, 1.0
	for j := 1; j < k; j++ {
		if m.Spec.Trend != None {
			if m.Spec.Damped {
				damp *= p.phi
			}
			slope += damp
		}
		c[j] = p.alpha + p.beta*slope
		if m.Spec.Season == Additive && j >= lag && (j-lag)%m.m == 0 {
			c[j] += p.gamma
		}
	}
	return c
}

// class1 is the variance of models with additive error: σ²(1 + Σ c_j²).
func (m *Model) class1(sd []float64, lag int) {
	c := m.effect(len(sd), lag)
	v, s := 1.0, m.sigma()
	for j := range sd {
		if j > 0 {
			v += c[j] * c[j]
		}
		sd[j] = s * math.Sqrt(v)
	}
}

// class2 is the variance of models with multiplicative error and additive
// components: (1 + σ²) θ_h − μ_h² with θ_h = μ_h² + σ² Σ_j c_j² θ_{h−j}.
func (m *Model) class2(mean, sd []float64, lag int) {
	c := m.effect(len(sd), lag)
	s2 := m.sigma() * m.sigma()
	theta := make([]float64, len(sd))
	for h, mu := range mean {
		t := 0.0
		for j := 1; j <= h; j++ {
			t += c[j] * c[j] * theta[h-j]
		}
		theta[h] = mu*mu + s2*t
		sd[h] = math.Sqrt(s2 * (t + theta[h]))
	}
}

// class3 is mean and variance of models with multiplicative error and season
// and additive trend, exactly: with x = (level, slope) and z the index of one
// season, the product w = z·x moves by
//
//	w ← (F + εG) w           in the other seasons
//	w ← (1 + γε)(F + εG) w    in its own, after giving y = (1 + ε) H w
//
// so that its first two moments have closed recursions, season by season. The
// slope enters the level times φ; lead is that factor, 1 without damping.
func (m *Model) class3(mean, sd []float64, lead float64) {
	p := m.fit.p
	s2 := m.sigma() * m.sigma()
	f, g, h := matrix{1, 0, 0, 0}, matrix{p.alpha, 0, 0, 0}, [2]float64{1, 0}
	if m.Spec.Trend != None {
		f = matrix{1, lead, 0, p.phi}
		g = matrix{p.alpha, p.alpha * lead, p.beta, p.beta * lead}
		h[1] = lead
	}
	own := f.scaled(p.gamma).plus(g) // the coefficient of ε in the own season
	twice := g.scaled(p.gamma)       // that of ε²
	for i := range min(m.m, len(sd)) {
		z := m.end.s[(m.end.k+i)%m.m]
		w := [2]float64{m.end.l * z, m.end.b * z}
		var v matrix // the covariance of w
		for j := range sd {
			first, square := f, g
			if j%m.m == i {
				mu := h[0]*w[0] + h[1]*w[1]
				q := v.form(h)
				mean[j], sd[j] = mu, math.Sqrt(max((1+s2)*q+s2*mu*mu, 0))
				square = own
				both := v.plus(outer(w))
				three := v.scaled(3).plus(outer(w).scaled(2))
				next := first.through(v).plus(square.through(both).scaled(s2)).plus(twice.through(three).scaled(s2 * s2))
				cross := first.times(v).times(twice.transposed())
				next = next.plus(cross.plus(cross.transposed()).scaled(s2))
				v = next
				w = first.plus(twice.scaled(s2)).apply(w)
				continue
			}
			v = first.through(v).plus(square.through(v.plus(outer(w))).scaled(s2))
			w = first.apply(w)
		}
	}
}

// matrix is a 2×2 matrix by rows.
type matrix [4]float64

func (a matrix) plus(b matrix) matrix {
	return matrix{a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]}
}

func (a matrix) scaled(k float64) matrix { return matrix{k * a[0], k * a[1], k * a[2], k * a[3]} }

func (a matrix) times(b matrix) matrix {
	return matrix{
		a[0]*b[0] + a[1]*b[2], a[0]*b[1] + a[1]*b[3],
		a[2]*b[0] + a[3]*b[2], a[2]*b[1] + a[3]*b[3],
	}
}

func (a matrix) transposed() matrix { return matrix{a[0], a[2], a[1], a[3]} }

// through is a·v·aᵀ.
func (a matrix) through(v matrix) matrix { return a.times(v).times(a.transposed()) }

func (a matrix) apply(x [2]float64) [2]float64 {
	return [2]float64{a[0]*x[0] + a[1]*x[1], a[2]*x[0] + a[3]*x[1]}
}

// form is xᵀ·a·x.
func (a matrix) form(x [2]float64) float64 {
	y := a.apply(x)
	return x[0]*y[0] + x[1]*y[1]
}

func outer(x [2]float64) matrix {
	return matrix{x[0] * x[0], x[0] * x[1], x[0] * x[1], x[1] * x[1]}
}

func deviation(x []float64) float64 {
	mean, n := 0.0, float64(len(x))
	for _, v := range x {
		mean += v / n
	}
	top := 0.0
	for _, v := range x {
		top = max(top, math.Abs(v-mean))
	}
	if top == 0 {
		return 0
	}
	s := 0.0
	for _, v := range x {
		d := (v - mean) / top
		s += d * d / n
	}
	return top * math.Sqrt(s)
}
