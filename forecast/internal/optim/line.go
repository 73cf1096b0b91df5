package optim

import "math"

// Line minimises f on [lo, hi]: it scans k+1 evenly spaced points (k ≥ 2),
// narrows the best bracket by golden sections to a width of tol·(hi−lo) and
// ends with the vertex of the parabola through its last three points. The
// scan guards against local minima. The last step is taken at points far
// enough apart that rounding in f does not show in x, so that rescaled data
// give the same x but for rounding. NaN counts as +Inf. It panics if lo > hi
// or k < 2.
func Line(f func(x float64) float64, lo, hi float64, k int, tol float64) (x, fx float64) {
	if !(lo <= hi) {
		panic("optim: lower bound above upper bound")
	}
	if k < 2 {
		panic("optim: too few points to bracket a minimum")
	}
	g := func(x float64) float64 {
		if v := f(x); !math.IsNaN(v) {
			return v
		}
		return math.Inf(1)
	}
	if lo == hi {
		return lo, g(lo)
	}
	d := (hi - lo) / float64(k)
	best, bi := math.Inf(1), 0
	for i := 0; i <= k; i++ {
		if v := g(lo + d*float64(i)); v < best {
			best, bi = v, i
		}
	}
	a, b := lo+d*float64(max(bi-1, 0)), lo+d*float64(min(bi+1, k))
	const r = 0.6180339887498949 // (√5−1)/2
	x, fx = lo+d*float64(bi), best
	p, q := b-r*(b-a), a+r*(b-a)
	fp, fq := g(p), g(q)
	for b-a > tol*(hi-lo) {
		if fp < fq {
			b, q, fq = q, p, fp
			p = b - r*(b-a)
			fp = g(p)
		} else {
			a, p, fp = p, q, fq
			q = a + r*(b-a)
			fq = g(q)
		}
	}
	try := func(y, fy float64) {
		if fy < fx {
			x, fx = y, fy
		}
	}
	try(p, fp)
	try(q, fq)
	for _, end := range [2]float64{a, b} { // an optimum on the boundary
		if end == lo || end == hi {
			try(end, g(end))
		}
	}
	w := (b - a) / 2
	if x-w <= lo || x+w >= hi {
		return x, fx
	}
	fl, fr := g(x-w), g(x+w)
	if c := fl - 2*fx + fr; c > 0 && !math.IsInf(c, 0) {
		y := x + w*(fl-fr)/(2*c)
		if math.Abs(y-x) <= w {
			try(y, g(y))
		}
	}
	return x, fx
}
