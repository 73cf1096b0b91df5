package ets

import (
	"cmp"
	"math"
	"slices"
)

// maximise searches for the maximum of the likelihood over parameters and
// initial state together. The surface has several maxima and ridges. Starts
// all over the parameters get the state that Gauss–Newton steps give them; the
// most promising, as many as descents says, are followed downhill, and the
// best is polished.
func (f *fitter) maximise(given fitted, descents int) fitted {
	smooth, k := f.smooth, f.sp.states(f.m)
	f.lo, f.hi = f.lo[:smooth], f.hi[:smooth]
	for range k { // the data are scaled: no state lies beyond these
		f.lo, f.hi = append(f.lo, -1e3), append(f.hi, 1e3)
	}
	type candidate struct {
		x []float64
		v float64
	}
	var tried []candidate
	propose := func(p []float64) {
		x := make([]float64, smooth+k)
		copy(x, p)
		f.pack(x[smooth:], given.start)
		f.improve(x)
		tried = append(tried, candidate{x, f.value(x)})
	}
	propose(f.repack(given.p))
	for _, s := range f.starts() {
		propose(s)
	}
	slices.SortStableFunc(tried, func(a, b candidate) int { return cmp.Compare(a.v, b.v) })
	tried = tried[:min(descents, len(tried))]

	step := make([]float64, smooth+k)
	descend := func(x []float64, size, tol float64) {
		for i := range step {
			step[i] = size * (f.hi[i] - f.lo[i])
			if i >= smooth {
				step[i] = size * max(math.Abs(x[i]), 0.02)
			}
		}
		f.nm.Tol, f.nm.AbsTol, f.nm.MaxEval, f.nm.Restarts = tol, 100*tol, 300*len(x), 0
		f.nm.Minimize(f.value, x, f.lo, f.hi, step)
		f.improve(x)
	}
	best := candidate{v: inf}
	for _, c := range tried {
		descend(c.x, 0.1, 1e-6)
		if c.v = f.value(c.x); c.v < best.v {
			best = c
		}
	}
	if best.x == nil {
		return given
	}
	// A simplex moved onto a face stays there though the optimum may lie just
	// inside: look on from a little way in, until nothing is gained.
	for range 8 {
		x := slices.Clone(best.x)
		for i := range smooth {
			w := 0.01 * (f.hi[i] - f.lo[i])
			x[i] = min(max(x[i], f.lo[i]+w), f.hi[i]-w)
		}
		descend(x, -0.005, 1e-9)
		v := f.value(x)
		gain := best.v - v
		if gain > 0 {
			best = candidate{x, v}
		}
		if !(gain > 1e-5) {
			break
		}
	}
	if !(best.v < given.crit) {
		return given
	}
	st := f.states(best.x)
	st.s = slices.Clone(st.s)
	return fitted{sp: f.sp, p: f.unpack(best.x), start: st, crit: best.v}
}

// The number of starts that are followed: few to compare models, more for
// those in question and for a model that is named.
const (
	fewDescents  = 1
	moreDescents = 6
)

// starts spreads over the smoothing parameters, as points of the search space.
func (f *fitter) starts() [][]float64 {
	table := [][4]float64{
		{0.9, 0.05, 0.02, 0.95}, {0.05, 0.1, 0.05, 0.95}, {0.9, 0.9, 0.5, 0.9}, {0.4, 0.02, 0.3, 0.85},
		{0.02, 0.01, 0.001, 0.975}, {0.0003, 0.5, 0.0002, 0.9}, {0.06, 0.98, 0.02, 0.9}, {0.5, 0.3, 0.05, 0.97},
	}
	if f.smooth == 1 { // a scan is cheap
		table = [][4]float64{{0.9999}, {0.98}, {0.9}, {0.75}, {0.6}, {0.45}, {0.3}, {0.2}, {0.1}, {0.03}, {0.003}, {0.0001}}
	}
	var out [][]float64
	for _, a := range table {
		var x []float64
		add := func(free bool, v float64) {
			if free {
				x = append(x, v)
			}
		}
		add(f.fixed.alpha == 0, a[0])
		add(f.sp.Trend != None && f.fixed.beta == 0, a[1])
		add(f.sp.Season != None && f.fixed.gamma == 0, a[2])
		add(f.sp.Damped && f.fixed.phi == 0, a[3])
		out = append(out, x)
	}
	return out
}

// repack is the inverse of unpack.
func (f *fitter) repack(p params) []float64 {
	var x []float64
	share := func(v, lo, hi float64) float64 {
		if f.region == Admissible {
			return v
		}
		if hi <= lo {
			return 0
		}
		return min(max((v-lo)/(hi-lo), 0), 1)
	}
	if f.fixed.alpha == 0 {
		x = append(x, p.alpha)
	}
	if f.sp.Trend != None && f.fixed.beta == 0 {
		x = append(x, share(p.beta, smallest, p.alpha))
	}
	if f.sp.Season != None && f.fixed.gamma == 0 {
		x = append(x, share(p.gamma, smallest, 1-p.alpha))
	}
	if f.sp.Damped && f.fixed.phi == 0 {
		x = append(x, p.phi)
	}
	return x
}

// pack writes the free coordinates of a state.
func (f *fitter) pack(x []float64, st start) {
	x[0] = st.l
	x = x[1:]
	if f.sp.Trend != None {
		x[0], x = st.b, x[1:]
	}
	if f.sp.Season != None {
		copy(x, st.s[1:])
	}
}

// improve moves the state coordinates of x to where Gauss–Newton steps on the
// one-step errors lead, as long as the objective falls. For additive models
// the errors are linear in the state, so that one step is the optimum.
func (f *fitter) improve(x []float64) {
	k := len(x) - f.smooth
	now := f.value(x)
	e0, e1 := make([]float64, len(f.y)), make([]float64, len(f.y))
	jac := make([][]float64, k)
	trial := append([]float64(nil), x...)
	for range 5 {
		if !f.errors(x, e0) {
			return
		}
		for j := range jac {
			if jac[j] == nil {
				jac[j] = make([]float64, len(f.y))
			}
			copy(trial, x)
			d := 1e-5 * max(math.Abs(x[f.smooth+j]), 0.01)
			trial[f.smooth+j] += d
			if !f.errors(trial, e1) {
				return
			}
			for t := range e1 {
				jac[j][t] = (e1[t] - e0[t]) / d
			}
		}
		delta, ok := leastSquares(jac, e0)
		if !ok {
			return
		}
		gained := false
		for scale := 1.0; scale > 0.05; scale /= 2 {
			copy(trial, x)
			for j, d := range delta {
				trial[f.smooth+j] -= scale * d
			}
			if v := f.value(trial); v < now-1e-9 {
				gained = now-v > 1e-7
				now = v
				copy(x, trial)
				break
			}
		}
		if !gained {
			return
		}
	}
}

// errors fills e with the errors at a point, zero at gaps.
func (f *fitter) errors(x, e []float64) bool {
	st := f.states(x)
	for _, v := range st.s {
		if f.sp.Season == Multiplicative && !(v > 0) {
			return false
		}
	}
	l, b := st.l, st.b
	var s []float64
	if st.s != nil {
		s = f.s[:len(st.s)]
		copy(s, st.s)
	}
	return f.sp.each(f.y, f.unpack(x), &l, &b, s, func(t int, _, r, v float64) {
		e[t] = 0
		if v == v {
			e[t] = r
		}
	})
}

// leastSquares solves min |a·d − e| by the normal equations with a small ridge
// against directions that the data do not determine.
func leastSquares(a [][]float64, e []float64) ([]float64, bool) {
	k := len(a)
	n := make([][]float64, k)
	for i := range n {
		n[i] = make([]float64, k+1)
		for j := range k {
			for t := range e {
				n[i][j] += a[i][t] * a[j][t]
			}
		}
		for t := range e {
			n[i][k] += a[i][t] * e[t]
		}
	}
	for i := range n {
		n[i][i] *= 1 + 1e-10
	}
	for i := range k {
		p := i
		for r := i + 1; r < k; r++ {
			if math.Abs(n[r][i]) > math.Abs(n[p][i]) {
				p = r
			}
		}
		n[i], n[p] = n[p], n[i]
		if !(math.Abs(n[i][i]) > 1e-300) {
			return nil, false
		}
		for r := i + 1; r < k; r++ {
			g := n[r][i] / n[i][i]
			for c := i; c <= k; c++ {
				n[r][c] -= g * n[i][c]
			}
		}
	}
	d := make([]float64, k)
	for i := k - 1; i >= 0; i-- {
		d[i] = n[i][k]
		for c := i + 1; c < k; c++ {
			d[i] -= n[i][c] * d[c]
		}
		d[i] /= n[i][i]
		if math.IsNaN(d[i]) || math.IsInf(d[i], 0) {
			return nil, false
		}
	}
	return d, true
}
