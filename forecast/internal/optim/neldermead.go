// Package optim minimises functions of a few variables inside a box, as the
// smoothing parameters of forecasting methods need it: without derivatives,
// without allocation once the workspace has grown, and deterministically.
// gonum's optimize has no bounds and allocates in every iteration.
package optim

import "math"

// NelderMead is the downhill simplex method of Nelder & Mead (1965, Computer
// Journal 7:308) with the coefficients that Gao & Han (2012, Computational
// Optimization and Applications 51:259) adapt to the number of variables. A
// trial point outside the box is moved to its nearest face, which keeps
// optima on the boundary reachable.
//
// The zero value is ready to use. A NelderMead holds the workspace, so that
// repeated calls do not allocate; it must not be shared by goroutines.
type NelderMead struct {
	// Tol stops the search when the values at the simplex differ by no
	// more than Tol·(|best|+Tol) and its vertices by no more than
	// √Tol·(|best x|+√Tol) in each variable. 0 means 1e-8.
	Tol float64
	// AbsTol, if positive, is a difference of the values that is small
	// whatever they are, as of a log likelihood.
	AbsTol float64
	// MaxEval bounds the number of evaluations. 0 means 200 a variable.
	MaxEval int
	// Restarts is the number of times the search begins anew round the
	// optimum with a smaller simplex, which frees it from a simplex that
	// has collapsed onto a face. It ends early when a restart gains nothing.
	Restarts int

	x    []float64 // n+1 vertices, one after the other
	f    []float64 // their values
	c, t []float64 // centroid and trial points
	e    []float64
	n    int
	eval int
}

// Result reports how a search ended.
type Result struct {
	F         float64 // the smallest value found
	Evals     int     // evaluations used
	Converged bool    // false if the evaluations ran out
}

// Minimize looks for the minimum of f in the box lo ≤ x ≤ hi, starting from
// x, where it leaves the best point found; a start outside is moved into the
// box. The first simplex has its edges along the axes with lengths step,
// turned round where they would leave the box. f must not keep its argument;
// NaN counts as +Inf. It panics if the lengths differ or a lower bound
// exceeds an upper one.
func (nm *NelderMead) Minimize(f func(x []float64) float64, x, lo, hi, step []float64) Result {
	n := len(x)
	if len(lo) != n || len(hi) != n || len(step) != n {
		panic("optim: lengths differ")
	}
	for i := range x {
		if !(lo[i] <= hi[i]) {
			panic("optim: lower bound above upper bound")
		}
	}
	nm.grow(n)
	clamp(x, lo, hi)
	if n == 0 {
		return Result{F: value(f, x), Evals: 1, Converged: true}
	}
	maxEval := nm.MaxEval
	if maxEval == 0 {
		maxEval = 200 * n
	}
	nm.eval = 0
	scale := 1.0
	nm.start(f, x, lo, hi, step, scale)
	ok := nm.descend(f, lo, hi, maxEval)
	b := nm.best()
	for range nm.Restarts {
		if nm.eval >= maxEval {
			break
		}
		old := nm.f[b]
		copy(x, nm.vertex(b))
		scale /= 4
		nm.start(f, x, lo, hi, step, scale)
		ok = nm.descend(f, lo, hi, maxEval)
		b = nm.best()
		if old-nm.f[b] <= max(nm.tol()*(math.Abs(old)+nm.tol()), nm.AbsTol) {
			break
		}
	}
	copy(x, nm.vertex(b))
	return Result{F: nm.f[b], Evals: nm.eval, Converged: ok}
}

func (nm *NelderMead) tol() float64 {
	if nm.Tol == 0 {
		return 1e-8
	}
	return nm.Tol
}

func (nm *NelderMead) grow(n int) {
	nm.n = n
	if cap(nm.x) < n*(n+1) {
		nm.x = make([]float64, n*(n+1))
		nm.f = make([]float64, n+1)
		nm.c, nm.t, nm.e = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	nm.x, nm.f = nm.x[:n*(n+1)], nm.f[:n+1]
	nm.c, nm.t, nm.e = nm.c[:n], nm.t[:n], nm.e[:n]
}

func (nm *NelderMead) vertex(i int) []float64 { return nm.x[i*nm.n : (i+1)*nm.n] }

func value(f func([]float64) float64, x []float64) float64 {
	v := f(x)
	if math.IsNaN(v) {
		return math.Inf(1)
	}
	return v
}

func clamp(x, lo, hi []float64) {
	for i := range x {
		x[i] = min(max(x[i], lo[i]), hi[i])
	}
}

// start lays out the simplex round x.
func (nm *NelderMead) start(f func([]float64) float64, x, lo, hi, step []float64, scale float64) {
	for i := range nm.n + 1 {
		v := nm.vertex(i)
		copy(v, x)
		if i > 0 {
			j := i - 1
			d := step[j] * scale
			if v[j]+d > hi[j] || v[j]+d < lo[j] {
				d = -d
			}
			v[j] = min(max(v[j]+d, lo[j]), hi[j])
			if v[j] == x[j] { // a box narrower than the step: take the farther face
				if v[j] = hi[j]; hi[j]-x[j] < x[j]-lo[j] {
					v[j] = lo[j]
				}
			}
		}
		nm.f[i] = value(f, v)
		nm.eval++
	}
}

func (nm *NelderMead) best() int {
	b := 0
	for i, v := range nm.f {
		if v < nm.f[b] {
			b = i
		}
	}
	return b
}

// descend moves the simplex until it is small or evaluations run out.
func (nm *NelderMead) descend(f func([]float64) float64, lo, hi []float64, maxEval int) bool {
	n := float64(nm.n)
	expand, contract, shrink := 2.0, 0.5, 0.5
	if nm.n > 1 { // Gao & Han (2012), equation 4.1
		expand, contract, shrink = 1+2/n, 0.75-1/(2*n), 1-1/n
	}
	for {
		b, w, s := nm.order()
		if nm.small(b, w) {
			return true
		}
		if nm.eval >= maxEval {
			return false
		}
		nm.centroid(w)
		fr := nm.trial(f, nm.t, w, 1, lo, hi)
		switch {
		case fr < nm.f[b]:
			if fe := nm.trial(f, nm.e, w, expand, lo, hi); fe < fr {
				nm.replace(w, nm.e, fe)
			} else {
				nm.replace(w, nm.t, fr)
			}
			continue
		case fr < nm.f[s]:
			nm.replace(w, nm.t, fr)
			continue
		case fr < nm.f[w]: // contraction outside
			if fc := nm.trial(f, nm.e, w, contract, lo, hi); fc <= fr {
				nm.replace(w, nm.e, fc)
				continue
			}
		default: // contraction inside
			if fc := nm.trial(f, nm.e, w, -contract, lo, hi); fc < nm.f[w] {
				nm.replace(w, nm.e, fc)
				continue
			}
		}
		xb := nm.vertex(b)
		for i := range nm.n + 1 {
			if i == b {
				continue
			}
			v := nm.vertex(i)
			for j := range v {
				v[j] = xb[j] + shrink*(v[j]-xb[j])
			}
			nm.f[i] = value(f, v)
			nm.eval++
		}
	}
}

// order returns the best, the worst and the second worst vertex.
func (nm *NelderMead) order() (b, w, s int) {
	w = nm.n
	for i, v := range nm.f {
		if v < nm.f[b] {
			b = i
		}
		if v > nm.f[w] {
			w = i
		}
	}
	if w == b { // all values equal
		b, w = 0, nm.n
	}
	s = b
	for i, v := range nm.f {
		if i != w && v > nm.f[s] {
			s = i
		}
	}
	return b, w, s
}

func (nm *NelderMead) small(b, w int) bool {
	if math.IsInf(nm.f[b], 1) {
		return true // nothing to descend from
	}
	tol := nm.tol()
	if nm.f[w]-nm.f[b] > max(tol*(math.Abs(nm.f[b])+tol), nm.AbsTol) {
		return false
	}
	root := math.Sqrt(tol)
	xb := nm.vertex(b)
	for i := range nm.n + 1 {
		for j, v := range nm.vertex(i) {
			if math.Abs(v-xb[j]) > root*(math.Abs(xb[j])+root) {
				return false
			}
		}
	}
	return true
}

func (nm *NelderMead) centroid(w int) {
	for j := range nm.c {
		nm.c[j] = 0
	}
	for i := range nm.n + 1 {
		if i == w {
			continue
		}
		for j, v := range nm.vertex(i) {
			nm.c[j] += v
		}
	}
	for j := range nm.c {
		nm.c[j] /= float64(nm.n)
	}
}

// trial evaluates the point that lies k times the distance of vertex w
// beyond the centroid.
func (nm *NelderMead) trial(f func([]float64) float64, at []float64, w int, k float64, lo, hi []float64) float64 {
	v := nm.vertex(w)
	for j := range at {
		at[j] = min(max(nm.c[j]+k*(nm.c[j]-v[j]), lo[j]), hi[j])
	}
	nm.eval++
	return value(f, at)
}

func (nm *NelderMead) replace(w int, x []float64, f float64) {
	copy(nm.vertex(w), x)
	nm.f[w] = f
}
