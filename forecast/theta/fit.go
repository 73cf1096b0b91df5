package theta

import (
	"math"

	"example.com/zhibiao/forecast/internal/optim"
)

// Bounds of α: of R's exponential smoothing for the standard method, of
// Fiorucci et al. (2016) for the state-space forms.
const (
	alphaLo, alphaHi           = 1e-4, 0.9999
	stateAlphaLo, stateAlphaHi = 0.1, 0.99
)

// line returns the ordinary least-squares line a + b·t through the
// observations of x at t = 1, 2, ….
func line(x []float64) (a, b float64) {
	var s lineSums
	for i, v := range x {
		if v == v {
			s.add(float64(i+1), v)
		}
	}
	return s.line()
}

// lineSums updates a regression on time one observation at a time, which is
// linear in the observations: the recursions for A and B in Fiorucci et al.
// (2016), in a form that admits gaps.
type lineSums struct{ n, t, y, tt, ty float64 } // count, means, sums of squares and products about the means

func (s *lineSums) add(t, y float64) {
	s.n++
	dt, dy := t-s.t, y-s.y
	s.t += dt / s.n
	s.y += dy / s.n
	s.tt += dt * (t - s.t)
	s.ty += dt * (y - s.y)
}

func (s *lineSums) line() (a, b float64) {
	if s.tt > 0 {
		b = s.ty / s.tt
	}
	return s.y - b*s.t, b
}

// fitWalk handles two or three observations: a random walk with half the
// drift, since nothing can be estimated.
func (m *Model) fitWalk(x []float64) {
	m.Alpha = 1
	_, b := line(x)
	m.Drift = b / 2 * m.scale
	last, sse, k := x[0], 0.0, 0.0
	steps := 1.0
	for _, v := range x[1:] {
		if v != v {
			steps++
			continue
		}
		e := v - last - b/2*steps
		sse += e * e / steps
		k++
		last, steps = v, 1
	}
	m.level0, m.level = x[0], last
	m.lag = 1
	m.setSigma(sse, k, 1)
	m.resid = m.residuals(x)
}

// fitStandard fits simple exponential smoothing by least squares over α and
// the first level, and the slope by ordinary least squares.
func (m *Model) fitStandard(x []float64) {
	profile := func(alpha float64) float64 { // the best first level for this α
		sse, _ := m.smooth(x, alpha)
		return sse
	}
	m.Alpha, _ = optim.Line(profile, alphaLo, alphaHi, 24, 1e-4)
	sse, l0 := m.smooth(x, m.Alpha)
	m.setStandard(x, l0, sse)
}

// setStandard completes the standard method from α, the first level and the
// sum of squares.
func (m *Model) setStandard(x []float64, l0, sse float64) {
	_, b := line(x)
	m.Drift = b / 2 * m.scale
	m.level0 = l0
	m.level, m.lag = l0, 0
	for _, v := range x {
		m.lag = m.next(m.lag, v == v)
		if v == v {
			m.level += m.Alpha * (v - m.level)
		}
	}
	m.setSigma(sse, float64(m.N), 2)
	m.resid = m.residuals(x)
}

// next moves the lag of the smoothed line behind the line on by one period:
// it stays Σ_{j<t} (1−α)^j without gaps and grows by one in each gap.
func (m *Model) next(lag float64, observed bool) float64 {
	if observed {
		return (1-m.Alpha)*lag + 1
	}
	return lag + 1
}

// smooth returns the sum of squared errors of exponential smoothing with the
// first level that makes it least. The errors are linear in that level.
func (m *Model) smooth(x []float64, alpha float64) (sse, l0 float64) {
	l, d := x[0], 1.0
	sed, sdd := 0.0, 0.0
	for _, v := range x {
		if v != v {
			continue
		}
		e := v - l
		sed += e * d
		sdd += d * d
		l += alpha * e
		d *= 1 - alpha
	}
	l0 = x[0] + sed/sdd
	// Summed anew, since the closed form would cancel.
	l = l0
	for _, v := range x {
		if v == v {
			e := v - l
			sse += e * e
			l += alpha * e
		}
	}
	return sse, l0
}

// fitStateSpace fits STM, OTM, DSTM or DOTM by least squares over the errors
// from the third period on.
func (m *Model) fitStateSpace(x []float64, freeLevel bool) {
	p := newProfile(m.Variant, x)
	p.free = freeLevel
	m.Alpha, _ = optim.Line(p.sse, stateAlphaLo, stateAlphaHi, 24, 1e-3)
	p.sse(m.Alpha)
	m.weight, m.level0 = p.w, p.l0
	m.setStateSpace(x, p)
}

// setStateSpace completes a state-space form from α, the weight and the first
// level.
func (m *Model) setStateSpace(x []float64, p *profile) {
	k := 1.0 // α
	if !p.fixed {
		k++
	}
	if p.free {
		k++
	}
	s := m.begin(x)
	sse := 0.0
	for i, v := range x {
		if v == v && i >= 2 {
			e := v - s.predict(m.weight)
			sse += e * e
		}
		s.step(m, v)
	}
	m.state, m.level = s, s.level // as they are after the last observation
	m.setSigma(sse, float64(p.used), k)
	_, b := s.line()
	m.Drift = b * m.weight * m.scale
	m.resid = m.residuals(x)
}

// profile is the sum of squares of a state-space form as a function of α, the
// weight w = 1 − 1/θ of the line, and if wanted the first level, being solved
// for. Its arrays depend on the data alone.
type profile struct {
	x, a, b []float64 // observations, and the line known before each
	dynamic bool
	fixed   bool // w = 1/2
	free    bool // the first level is estimated, else the first observation
	used    int  // errors summed

	w, l0 float64 // solution at the last α
}

func newProfile(v Variant, x []float64) *profile {
	n := len(x)
	buf := make([]float64, 2*n)
	p := &profile{x: x, a: buf[:n:n], b: buf[n:], dynamic: v == DSTM || v == DOTM, fixed: v == STM || v == DSTM}
	var s lineSums
	for i, v := range x {
		p.a[i], p.b[i] = s.line()
		if v == v {
			s.add(float64(i+1), v)
			if i >= 2 {
				p.used++
			}
		}
	}
	if !p.dynamic {
		a, b := s.line()
		for i := range p.a {
			p.a[i], p.b[i] = a, b
		}
	}
	return p
}

// sse returns the least sum of squares for this α.
//
// With d the power (1−α)^k of updates so far and lag as in Model.next, the
// error is y − l − d·δ − w·g, where l smooths from the first observation, δ is
// the first level's distance from it, and g = d·A + lag·B is the line less its
// smoothed self. That is a regression on two variables, with 0 ≤ w < 1 since
// θ ≥ 1.
func (p *profile) sse(alpha float64) float64 {
	l, d, lag := p.x[0], 1.0, 1.0
	var ee, ed, eg, dd, dg, gg float64
	for i, v := range p.x {
		if v != v {
			lag++
			continue
		}
		e := v - l
		if i >= 2 {
			g := d*p.a[i] + lag*p.b[i]
			ee += e * e
			ed += e * d
			eg += e * g
			dd += d * d
			dg += d * g
			gg += g * g
		}
		l += alpha * e
		d *= 1 - alpha
		lag = (1-alpha)*lag + 1
	}
	p.w = 0.5
	if !p.fixed {
		p.w = 0
		if det := dd*gg - dg*dg; p.free && det > 1e-12*dd*gg {
			p.w = (eg*dd - ed*dg) / det
		} else if !p.free && gg > 0 {
			p.w = eg / gg
		}
		p.w = min(max(p.w, 0), maxWeight)
	}
	delta := 0.0
	if p.free && dd > 0 {
		delta = (ed - p.w*dg) / dd
	}
	p.l0 = p.x[0] + delta
	return max(ee-2*p.w*eg-2*delta*ed+p.w*p.w*gg+2*p.w*delta*dg+delta*delta*dd, 0)
}

// maxWeight stands for θ = 10¹⁰, the upper bound in the authors' program.
const maxWeight = 1 - 1e-10

func (m *Model) setSigma(sse, n, params float64) {
	m.DF = max(n-params, minDF)
	m.Sigma2 = sse / max(n-params, 1) * m.scale * m.scale
	m.sd = math.Sqrt(sse/max(n-params, 1)) * m.scale
}

// minDF is the least number of degrees of freedom of an interval: with fewer
// a t has no variance, and its tails say nothing any more.
const minDF = 3
