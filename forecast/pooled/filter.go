package pooled

import "math"

const (
	// window is how many of the last values the likelihood sees: with the
	// discount below, older ones no longer matter.
	window = 20
	// discount is the weight of a value's likelihood relative to that of the
	// next one: the world is not stationary.
	discount = 0.9
)

// tempered is what remains of the log likelihood of many changes: the atoms
// are all wrong a little, and evidence that takes one of them for true grows
// too sure of it (Grünwald & van Ommen 2017, Bayesian Analysis 12:1069).
const tempered = 0.4

// temper is the power to which the likelihood of so many changes is raised:
// 1 for one, near tempered for many.
func temper(changes int) float64 {
	if changes < 1 {
		return 1
	}
	return tempered + (1-tempered)/float64(changes)
}

// discounts[k] is the weight of the value k places before the last.
var discounts = func() (d [window]float64) {
	d[0] = 1
	for i := 1; i < window; i++ {
		d[i] = d[i-1] * discount
	}
	return d
}()

// gain is what one step of the Kalman filter needs, which does not depend on
// the data when all values are exact and none is missing.
type gain struct{ k1, k2, inv, half float64 } // gains; 1/F and ½ log F of the innovation's variance F

// state is level and slope with their covariance.
type state struct{ l, b, p11, p12, p22 float64 }

// gains are the steps of an atom's filter, and the covariance after each.
type gains struct {
	step [window]gain
	cov  [window]state // l and b unused
}

func newGains(a *Atom, n int) (g gains) {
	s := state{p11: a.Obs * a.Obs, p22: a.Tau * a.Tau}
	g.cov[0] = s
	for i := 1; i < min(n, window); i++ {
		s.advance(a)
		g.step[i] = s.update(a.Obs*a.Obs, 0)
		g.cov[i] = s
	}
	return g
}

// advance moves s by one period.
func (s *state) advance(a *Atom) {
	s.l += s.b
	s.b = a.Mu + a.Phi*(s.b-a.Mu)
	s.p11 += 2*s.p12 + s.p22 + a.Level*a.Level
	s.p12 = a.Phi * (s.p12 + s.p22)
	s.p22 = a.Phi*a.Phi*s.p22 + a.Slope*a.Slope
}

// update takes in a value with error variance v that lies e above the
// predicted level.
func (s *state) update(v, e float64) gain {
	f := s.p11 + v
	k1, k2 := s.p11/f, s.p12/f
	s.l += k1 * e
	s.b += k2 * e
	s.p22 -= k2 * s.p12
	s.p12 -= k1 * s.p12
	s.p11 -= k1 * s.p11
	return gain{k1, k2, 1 / f, 0.5 * math.Log(f)}
}

// penalty is minus the log density of an innovation whose square divided by
// its variance is u, by the atom's tail.
func (a *Atom) penalty(half, u float64) float64 {
	if a.Tail > 0 {
		return half + (a.Tail+1)/2*math.Log1p(u/a.Tail)
	}
	return half + u/2
}

// run filters exact, consecutive values z, at most window of them, and
// returns the discounted and tempered log likelihood and the last level and slope. The
// level starts at the first value.
func (g *gains) run(a *Atom, z []float64) (loglik, l, b float64) {
	l, b = z[0], a.Mu
	n := len(z) - 1
	if a.Tail > 0 {
		// Σ d·log(1+u/ν) in one logarithm a step is what costs time here.
		c, inv := (a.Tail+1)/2, 1/a.Tail
		for i := 1; i <= n; i++ {
			s := &g.step[i]
			p := l + b
			e := z[i] - p
			loglik -= discounts[n-i] * (s.half + c*math.Log1p(e*e*s.inv*inv))
			l = p + s.k1*e
			b = a.Mu + a.Phi*(b-a.Mu) + s.k2*e
		}
		return temper(n) * loglik, l, b
	}
	for i := 1; i <= n; i++ {
		s := &g.step[i]
		p := l + b
		e := z[i] - p
		loglik -= discounts[n-i] * (s.half + e*e*s.inv/2)
		l = p + s.k1*e
		b = a.Mu + a.Phi*(b-a.Mu) + s.k2*e
	}
	return temper(n) * loglik, l, b
}

// filter is run for values with gaps or errors of their own.
func (a *Atom) filter(obs []observation) (loglik float64, s state) {
	n := len(obs) - 1
	s = state{l: obs[0].z, b: a.Mu, p11: a.Obs*a.Obs + obs[0].v, p22: a.Tau * a.Tau}
	for i := 1; i <= n; i++ {
		for t := obs[i-1].t; t < obs[i].t; t++ {
			s.advance(a)
		}
		e := obs[i].z - s.l
		g := s.update(a.Obs*a.Obs+obs[i].v, e)
		loglik -= discounts[n-i] * a.penalty(g.half, e*e*g.inv)
	}
	return temper(n) * loglik, s
}

// exact reports whether obs has neither gaps nor errors of its own.
func exact(obs []observation) bool {
	for i, o := range obs {
		if o.v != 0 || i > 0 && o.t != obs[i-1].t+1 {
			return false
		}
	}
	return true
}
