package ets

import (
	"math"

	"example.com/zhibiao/forecast/internal/optim"
)

// fitter fits models to one series. It holds the workspace, so that trying
// another model allocates next to nothing.
type fitter struct {
	y      []float64 // scaled to at most 1 in magnitude, no gaps at the ends
	n      int       // observations
	m      int       // periods in a season, 1 for none
	region Region
	fixed  params // parameters that are given; 0 where they are to be estimated
	mse    bool   // least squares of one-step errors instead of likelihood

	sp       Spec
	st       start // the initial state in use
	s, s2    []float64
	work     []float64
	nm       optim.NelderMead
	x        []float64
	lo, hi   []float64
	step     []float64
	smooth   int // free smoothing parameters in x; states follow
	seasonal [3]seasonParts
}

// seasonParts caches what seasonStart gives for additive and multiplicative
// seasons.
type seasonParts struct {
	adjusted, s []float64
}

// start is an initial state.
type start struct {
	l, b float64
	s    []float64 // of the first cycle, s[0] that of the first value; nil without season
}

// fitted is the result for one model.
type fitted struct {
	sp    Spec
	p     params
	start start
	crit  float64 // −2 log L but for a constant, of the scaled data
}

func newFitter(y []float64, n, m int, region Region, fixed params) *fitter {
	buf := make([]float64, 2*m+2*(m+2))
	f := &fitter{y: y, n: n, m: m, region: region, fixed: fixed}
	f.s, f.s2, f.work = buf[:m], buf[m:2*m], buf[2*m:]
	return f
}

// fit estimates one model. Under the rule Line the initial state is that of
// initial; under Free it is estimated with the rest.
func (f *fitter) fit(sp Spec, rule Initial, descents int) (fitted, bool) {
	f.sp = sp
	f.st = f.initial(sp)
	f.box()
	if f.smooth == 1 && rule == Line {
		f.x[0], _ = optim.Line(func(v float64) float64 { f.x[0] = v; return f.value(f.x) }, f.lo[0], f.hi[0], 12, 1e-3)
	} else if f.smooth > 0 {
		f.nm.Tol, f.nm.AbsTol, f.nm.MaxEval, f.nm.Restarts = 1e-6, 1e-5, 100*f.smooth, 0
		f.nm.Minimize(f.value, f.x, f.lo, f.hi, f.step)
	}
	p := f.unpack(f.x)
	best := fitted{sp: sp, p: p, start: f.st, crit: f.criterion(p, f.st)}
	if rule == Free {
		best = f.maximise(best, descents)
	}
	best.start.s = append([]float64(nil), best.start.s...)
	return best, !math.IsInf(best.crit, 0) && !math.IsNaN(best.crit)
}

// initial estimates the state before the first value from the data alone. All
// models of one kind of season start from the same level, the intercept of
// the straight line, so that they compete on equal terms.
func (f *fitter) initial(sp Spec) start {
	x := f.y
	var st start
	if sp.Season != None {
		c := &f.seasonal[sp.Season]
		if c.s == nil {
			c.adjusted, c.s = seasonStart(f.y, f.m, sp.Season == Multiplicative)
		}
		x, st.s = c.adjusted, c.s
	}
	if sp.Trend == Multiplicative {
		st.l, st.b = growthStart(x, f.m)
		return st
	}
	st.l, st.b = levelStart(x, f.m)
	if sp.Trend == None {
		st.b = 0
	}
	if sp.Error == Multiplicative && !(st.l > 0) { // the line starts below zero: start halfway to the first value
		st.l = x[0] / 2
		if sp.Trend == None {
			st.l = x[0]
		}
		st.b = x[0] - st.l
	}
	return st
}

// box lays out the search space: α, then β and γ as shares of the range that
// α leaves them (their own values in the admissible region), then φ. The
// first simplex starts in the middle of the plausible.
func (f *fitter) box() {
	f.x, f.lo, f.hi, f.step = f.x[:0], f.lo[:0], f.hi[:0], f.step[:0]
	add := func(x, lo, hi, step float64) {
		f.x, f.lo, f.hi, f.step = append(f.x, x), append(f.lo, lo), append(f.hi, hi), append(f.step, step)
	}
	wide := f.region == Admissible
	if f.fixed.alpha == 0 {
		if wide {
			add(0.5, smallest, 2.25, 0.3) // 1+1/φ with φ ≥ 0.8
		} else {
			add(0.5, smallest, largest, 0.3)
		}
	}
	if f.sp.Trend != None && f.fixed.beta == 0 {
		if wide {
			add(0.05, -0.45, 4, 0.1)
		} else {
			add(0.1, 0, 1, 0.2)
		}
	}
	if f.sp.Season != None && f.fixed.gamma == 0 {
		if wide {
			add(0.05, -1, 2.25, 0.1)
		} else {
			add(0.05, 0, 1, 0.1)
		}
	}
	if f.sp.Damped && f.fixed.phi == 0 {
		add(phiHi-0.01*(phiHi-phiLo), phiLo, phiHi, -0.05)
	}
	f.smooth = len(f.x)
}

// unpack turns a point of the search space into parameters.
func (f *fitter) unpack(x []float64) params {
	p := f.fixed
	i := 0
	take := func() float64 { v := x[i]; i++; return v }
	share := func(lo, hi float64) float64 {
		v := take()
		if f.region == Admissible {
			return v
		}
		return lo + v*max(hi-lo, 0)
	}
	if p.alpha == 0 {
		p.alpha = take()
	}
	if f.sp.Trend == None {
		p.beta = 0
	} else if p.beta == 0 {
		p.beta = share(smallest, p.alpha)
	}
	if f.sp.Season == None {
		p.gamma = 0
	} else if p.gamma == 0 {
		p.gamma = share(smallest, 1-p.alpha)
	}
	if !f.sp.Damped {
		p.phi = 1
	} else if p.phi == 0 {
		p.phi = take()
	}
	return p
}

// value is the objective at a point of the search space.
func (f *fitter) value(x []float64) float64 {
	p := f.unpack(x)
	// Without season the usual region lies inside the admissible one.
	if f.region == Admissible || f.region == Both && f.sp.Season != None {
		if !f.sp.admissible(p, f.m, f.work) {
			return inf
		}
	}
	return f.criterion(p, f.states(x))
}

// states returns the initial state at a point: its last coordinates if they
// are searched for, else the one in use.
func (f *fitter) states(x []float64) start {
	if len(x) == f.smooth {
		return f.st
	}
	v := x[f.smooth:]
	st := start{l: v[0], b: f.st.b}
	v = v[1:]
	if f.sp.Trend != None {
		st.b, v = v[0], v[1:]
	}
	if f.sp.Season != None {
		st.s = f.s2
		sum := 0.0
		if f.sp.Season == Multiplicative {
			sum = -float64(f.m)
		}
		for i, w := range v {
			st.s[i+1] = w
			sum += w
		}
		st.s[0] = -sum
	}
	return st
}

// criterion is n log Σe² + 2 Σ log|r|, that is −2 log L but for a constant; or
// the logarithm of the sum of squares of y − μ. The floor keeps a perfect fit
// finite.
func (f *fitter) criterion(p params, st start) float64 {
	if f.sp.Season == Multiplicative || f.sp.Trend == Multiplicative {
		for _, v := range st.s {
			if !(v > 0) {
				return inf
			}
		}
	}
	l, b := st.l, st.b
	var s []float64
	if st.s != nil {
		s = f.s[:len(st.s)]
		copy(s, st.s)
	}
	if f.mse {
		return float64(f.n) * math.Log(max(f.sp.squares(f.y, p, l, b, s), float64(f.n)*floor))
	}
	r := f.sp.run(f.y, p, &l, &b, s)
	return float64(f.n)*math.Log(max(r.sq, float64(f.n)*floor)) + 2*r.log
}

// floor is the least mean squared error of the scaled data, that of rounding.
const floor = 1e-30

// squares is the sum of (y − μ)², by the model's own recursion.
func (sp Spec) squares(y []float64, p params, l, b float64, s []float64) float64 {
	sq := 0.0
	ok := sp.each(y, p, &l, &b, s, func(_ int, mu, _ float64, v float64) {
		if v == v {
			sq += (v - mu) * (v - mu)
		}
	})
	if !ok {
		return inf
	}
	return sq
}
