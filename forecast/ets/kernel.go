package ets

import "math"

// params are the smoothing parameters as the recursions use them: the
// coefficients of the error, not the starred ones. φ is 1 without damping and
// irrelevant without trend.
type params struct{ alpha, beta, gamma, phi float64 }

// sums gathers the errors of one pass: e² summed and the logarithm of |μ|
// summed for multiplicative errors.
type sums struct{ sq, log float64 }

var inf = math.Inf(1)

// logSum is Σ log x by products, a logarithm for every few dozen factors.
type logSum struct{ prod, sum float64 }

func (s *logSum) add(x float64) {
	s.prod *= x
	if s.prod < 1e-200 || s.prod > 1e200 {
		s.sum += math.Log(s.prod)
		s.prod = 1
	}
}

func (s *logSum) total() float64 { return s.sum + math.Log(s.prod) }

// run passes once over y from the states l, b and s, which it leaves as they
// are after the last value. s is indexed by the position in y modulo its
// length, so that s[0] is the season of y[0]; nil without season. NaN is a
// gap: time moves on without an error. With a multiplicative error or
// component it gives up with an infinite sum where a mean is not positive.
//
// The recursions are those of Hyndman, Koehler, Ord & Snyder (2008), tables
// 2.2 and 2.3. With r the mean for multiplicative errors and 1 for additive
// ones, the error enters additive components as e·r = y − μ either way, so the
// two kinds of error differ in their sums alone unless a component multiplies.
func (sp Spec) run(y []float64, p params, l, b *float64, s []float64) sums {
	switch {
	case sp.Trend != Multiplicative && sp.Season == None:
		phi := p.phi
		if sp.Trend == None {
			phi = 0
		}
		if sp.Error == Additive {
			return additive(y, p.alpha, p.beta, phi, l, b)
		}
		return relative(y, p.alpha, p.beta, phi, l, b)
	case sp.Trend != Multiplicative && sp.Season == Additive:
		return sp.additiveSeason(y, p, l, b, s)
	case sp.Trend != Multiplicative:
		return sp.ratioSeason(y, p, l, b, s)
	}
	return sp.growth(y, p, l, b, s)
}

// additive is (A,N,N), (A,A,N) and (A,Ad,N).
func additive(y []float64, alpha, beta, phi float64, l0, b0 *float64) sums {
	l, b := *l0, *b0
	sq := 0.0
	for _, v := range y {
		b *= phi
		l += b
		if v != v {
			continue
		}
		e := v - l
		sq += e * e
		l += alpha * e
		b += beta * e
	}
	*l0, *b0 = l, b
	return sums{sq: sq}
}

// relative is (M,N,N), (M,A,N) and (M,Ad,N).
func relative(y []float64, alpha, beta, phi float64, l0, b0 *float64) sums {
	l, b := *l0, *b0
	sq := 0.0
	lg := logSum{prod: 1}
	for _, v := range y {
		b *= phi
		l += b
		if v != v {
			continue
		}
		if !(l > 0) {
			return sums{inf, 0}
		}
		d := v - l
		e := d / l
		sq += e * e
		lg.add(l)
		l += alpha * d
		b += beta * d
	}
	*l0, *b0 = l, b
	return sums{sq, lg.total()}
}

// additiveSeason is (·,N,A), (·,A,A) and (·,Ad,A).
func (sp Spec) additiveSeason(y []float64, p params, l0, b0 *float64, s []float64) sums {
	l, b, phi := *l0, *b0, p.phi
	if sp.Trend == None {
		phi = 0
	}
	mult := sp.Error == Multiplicative
	sq := 0.0
	lg := logSum{prod: 1}
	k := 0
	for _, v := range y {
		b *= phi
		l += b
		if v == v {
			mu := l + s[k]
			d := v - mu
			e := d
			if mult {
				if !(mu > 0) {
					return sums{inf, 0}
				}
				e = d / mu
				lg.add(mu)
			}
			sq += e * e
			l += p.alpha * d
			b += p.beta * d
			s[k] += p.gamma * d
		}
		if k++; k == len(s) {
			k = 0
		}
	}
	*l0, *b0 = l, b
	return sums{sq, lg.total()}
}

// ratioSeason is (M,N,M), (M,A,M) and (M,Ad,M).
func (sp Spec) ratioSeason(y []float64, p params, l0, b0 *float64, s []float64) sums {
	l, b, phi := *l0, *b0, p.phi
	if sp.Trend == None {
		phi = 0
	}
	sq := 0.0
	lg := logSum{prod: 1}
	k := 0
	for _, v := range y {
		b *= phi
		l += b
		if v == v {
			mu := l * s[k]
			if !(mu > 0 && l > 0) {
				return sums{inf, 0}
			}
			e := (v - mu) / mu
			sq += e * e
			lg.add(mu)
			b += p.beta * l * e
			l += p.alpha * l * e
			s[k] += p.gamma * s[k] * e
		}
		if k++; k == len(s) {
			k = 0
		}
	}
	*l0, *b0 = l, b
	return sums{sq, lg.total()}
}

// growth is (M,M,N), (M,Md,N), (M,M,M) and (M,Md,M).
func (sp Spec) growth(y []float64, p params, l0, b0 *float64, s []float64) sums {
	l, b := *l0, *b0
	sq := 0.0
	lg := logSum{prod: 1}
	k := 0
	for _, v := range y {
		if sp.Damped {
			b = math.Pow(b, p.phi)
		}
		l *= b
		if v == v {
			mu := l
			if s != nil {
				mu *= s[k]
			}
			if !(mu > 0 && l > 0 && b > 0) || mu > math.MaxFloat64 {
				return sums{inf, 0}
			}
			e := (v - mu) / mu
			sq += e * e
			lg.add(mu)
			l += p.alpha * l * e
			b += p.beta * b * e
			if s != nil {
				s[k] += p.gamma * s[k] * e
			}
		}
		if k++; k >= len(s) {
			k = 0
		}
	}
	*l0, *b0 = l, b
	return sums{sq, lg.total()}
}

// each is run with a look at every step: the position, the mean, the error
// (relative if the error is multiplicative) and the value, NaN at a gap, all
// before the states move on. It is the plain form of the recursions, for
// residuals and components; run is the fast one.
func (sp Spec) each(y []float64, p params, l, b *float64, s []float64, look func(t int, mu, e, v float64)) bool {
	x := stepper{sp: sp, p: p, l: *l, b: *b, s: s}
	for t, v := range y {
		mu := x.mean()
		e := v - mu
		if sp.Error == Multiplicative {
			e /= mu
		}
		if math.IsNaN(mu) || math.IsInf(mu, 0) || v == v && (math.IsNaN(e) || math.IsInf(e, 0)) {
			return false
		}
		look(t, mu, e, v)
		if v != v {
			e = 0
		}
		x.step(mu, e)
	}
	*l, *b = x.l, x.b
	return true
}

// stepper holds the states between two periods.
type stepper struct {
	sp   Spec
	p    params
	l, b float64
	s    []float64
	k    int // position in s of the coming period
}

// trend returns what the coming level will be without an error, and the slope
// that gets it there.
func (x *stepper) trend() (level, slope float64) {
	switch {
	case x.sp.Trend == None:
		return x.l, 0
	case x.sp.Trend == Additive:
		b := x.b
		if x.sp.Damped {
			b *= x.p.phi
		}
		return x.l + b, b
	}
	b := x.b
	if x.sp.Damped {
		b = math.Pow(b, x.p.phi)
	}
	return x.l * b, b
}

// mean returns the mean of the coming period.
func (x *stepper) mean() float64 {
	mu, _ := x.trend()
	switch x.sp.Season {
	case Additive:
		mu += x.s[x.k]
	case Multiplicative:
		mu *= x.s[x.k]
	}
	return mu
}

// step moves on with the error e, relative if the error is multiplicative.
func (x *stepper) step(mu, e float64) {
	l, b := x.trend()
	r := 1.0
	if x.sp.Error == Multiplicative {
		r = mu
	}
	d := e * r // y − μ
	switch {
	case x.sp.Season == Multiplicative: // the error is multiplicative too
		x.s[x.k] *= 1 + x.p.gamma*e
		d = e * l
	case x.sp.Season == Additive:
		x.s[x.k] += x.p.gamma * d
	}
	x.l = l + x.p.alpha*d
	switch x.sp.Trend {
	case Additive:
		x.b = b + x.p.beta*d
	case Multiplicative:
		x.b = b * (1 + x.p.beta*e)
	}
	if x.k++; x.k >= len(x.s) {
		x.k = 0
	}
}
