package ces

import (
	"math"

	"example.com/zhibiao/forecast/internal/classical"
)

// filter runs the recursions of one form. A complex component with parameters
// (a₀, a₁), states l and c and lag m follows
//
//	l_t = l_{t−m} − (1 − a₁) c_{t−m} + (a₀ − a₁) e_t
//	c_t = l_{t−m} + (1 − a₀) c_{t−m} + (a₀ + a₁) e_t
//
// and a season s_t = s_{t−m} + b e_t; the value is the sum of the l and s that
// the form has, plus e_t. States are rings of the last m values.
type filter struct {
	form  Seasonality
	m     int
	init  []float64 // states to start the backcast from
	state []float64
	poly  []float64 // for admissible
	work  []float64
}

// newFilter prepares a form for the series y, of which it takes first guesses
// of the states.
func newFilter(form Seasonality, m int, y []float64) *filter {
	f := &filter{form: form, m: m}
	if form == None {
		f.m = 1
	}
	f.init = make([]float64, f.states())
	f.state = make([]float64, f.states())
	f.poly = make([]float64, 2*f.m+3)
	f.work = make([]float64, 2*len(f.poly))
	f.guess(y)
	return f
}

// guess fills init: the level from the first season (or value), seasons from
// a classical decomposition, and each potential at its level over 1.1.
func (f *filter) guess(y []float64) {
	set := func(at int, l float64) { f.init[at], f.init[at+1] = l, l/1.1 }
	level, n := 0.0, 0.0
	for _, v := range y[:min(f.m, len(y))] {
		if !math.IsNaN(v) {
			level += v
			n++
		}
	}
	level /= max(n, 1)
	switch f.form {
	case Simple:
		for i := range f.m {
			l := level
			if i < len(y) && !math.IsNaN(y[i]) {
				l = y[i]
			}
			set(2*i, l)
		}
		return
	case None:
		set(0, level)
		return
	}
	set(0, level)
	idx, ok := classical.Indices(y, f.m, false)
	if !ok {
		return
	}
	for i, v := range idx {
		if f.form == Partial {
			f.init[2+i] = v
		} else {
			set(2+2*i, v)
		}
	}
}

// smoothing is the number of smoothing parameters.
func (f *filter) smoothing() int { return [...]int{0, 2, 2, 3, 4}[f.form] }

// states is the number of initial states.
func (f *filter) states() int {
	switch f.form {
	case Simple:
		return 2 * f.m
	case Partial:
		return 2 + f.m
	case Full:
		return 2 + 2*f.m
	}
	return 2
}

// start returns the usual starting point of the parameters.
func (f *filter) start() []float64 {
	return [][]float64{nil, {1.3, 1}, {1.3, 1}, {1.3, 1, 0.1}, {1.3, 1, 1.1, 1}}[f.form]
}

// starts returns all points to start from.
func (f *filter) starts() [][]float64 {
	a, b := f.start(), f.start()
	b[0], b[1] = 1.9, 1.02
	return [][]float64{a, b}
}

// box returns bounds and first steps. The region of admissible parameters lies
// inside 0 … 3 and 0 … 2 (Svetunkov et al. 2022, figure 2).
func (f *filter) box() (lo, hi, step []float64) {
	return []float64{0, 0, 0, 0}[:f.smoothing()], [][]float64{nil, {3, 2}, {3, 2}, {3, 2, 1}, {3, 2, 3, 2}}[f.form], []float64{0.2, 0.05, 0.1, 0.05}[:f.smoothing()]
}

// component is the characteristic polynomial 1 + p₁B + p₂B² of a complex
// component and its transfer function's numerator q₁B + q₂B².
func component(a0, a1 float64) (p, q [2]float64) {
	g1, g2 := a0-a1, a0+a1
	return [2]float64{-(2 - a0), 2 - a0 - a1}, [2]float64{g1, -(1-a0)*g1 - (1-a1)*g2}
}

// admissible reports whether the model is invertible: all roots of the moving
// average of its reduced form outside the unit circle. For None and Simple
// that is the region bounded by the three circles of the paper.
func (f *filter) admissible(a []float64) bool {
	p, q := component(a[0], a[1])
	th := f.poly[:3]
	m := f.m
	switch f.form {
	case Partial:
		// (A + N)(1 − B^m) + b B^m A
		th = f.poly[:3+m]
		clear(th)
		for i, v := range [3]float64{1, p[0] + q[0], p[1] + q[1]} {
			th[i] += v
			th[i+m] -= v
		}
		for i, v := range [3]float64{1, p[0], p[1]} {
			th[i+m] += a[2] * v
		}
	case Full:
		// A A₂ + N A₂ + N₂ A
		th = f.poly[:3+2*m]
		clear(th)
		p2, q2 := component(a[2], a[3])
		for i, v := range [3]float64{1, p[0] + q[0], p[1] + q[1]} {
			th[i] += v
			th[i+m] += p2[0] * v
			th[i+2*m] += p2[1] * v
		}
		for i, v := range [3]float64{1, p[0], p[1]} {
			th[i+m] += q2[0] * v
			th[i+2*m] += q2[1] * v
		}
	default:
		th[0], th[1], th[2] = 1, p[0]+q[0], p[1]+q[1]
	}
	return f.invertible(th)
}

// room is how far beyond the unit circle an influence may lie: the level of
// the series and that of its season cannot be told apart where α₁ = 1, which
// leaves a root on the circle that does no harm.
const room = 1.0005

// invertible is the Schur–Cohn test of 1 + θ₁B + ….
func (f *filter) invertible(th []float64) bool {
	k := len(th) - 1
	a, tmp := f.work[:k], f.work[k:2*k]
	scale := 1.0
	for i := range a {
		scale /= room
		a[i] = -th[i+1] * scale
	}
	for ; k > 0; k-- {
		r := a[k-1]
		if !(math.Abs(r) < 1) {
			return false
		}
		for i := range k - 1 {
			tmp[i] = (a[i] + r*a[k-2-i]) / (1 - r*r)
		}
		copy(a, tmp[:k-1])
	}
	return true
}

// predict is the value that the states s expect at time t, and step moves
// them on by the error e.
func (f *filter) predict(s []float64, t int) float64 {
	switch i := t % f.m; f.form {
	case Simple:
		return s[2*i]
	case Partial:
		return s[0] + s[2+i]
	case Full:
		return s[0] + s[2+2*i]
	}
	return s[0]
}

func (f *filter) step(s []float64, t int, a []float64, e float64) {
	switch i := t % f.m; f.form {
	case Simple:
		turn(s[2*i:2*i+2], a[0], a[1], e)
	case Partial:
		turn(s[:2], a[0], a[1], e)
		s[2+i] += a[2] * e
	case Full:
		turn(s[:2], a[0], a[1], e)
		turn(s[2+2*i:4+2*i], a[2], a[3], e)
	default:
		turn(s[:2], a[0], a[1], e)
	}
}

func turn(s []float64, a0, a1, e float64) {
	l, c := s[0], s[1]
	s[0] = l - (1-a1)*c + (a0-a1)*e
	s[1] = l + (1-a0)*c + (a0+a1)*e
}

// passes is how often the states are carried forwards over the series; in
// between they go backwards over it, so that those at its start come to agree
// with the data (backcasting, Box & Jenkins 1970, section 6.4).
const passes = 2

// run filters y, NaN for a gap, from backcast initial states and returns the
// sum of squared errors. Afterwards f.state stands at the end. If first is
// not nil it receives the initial states.
func (f *filter) run(y, a, first []float64) (ss float64) {
	copy(f.state, f.init)
	for pass := range passes {
		if pass > 0 {
			for t := len(y) - 1; t >= 0; t-- {
				f.step(f.state, t, a, f.err(y[t], t))
			}
		}
		if first != nil {
			copy(first, f.state)
		}
		ss = 0
		for t, v := range y {
			e := f.err(v, t)
			ss += e * e
			f.step(f.state, t, a, e)
		}
	}
	return ss
}

func (f *filter) err(y float64, t int) float64 {
	if math.IsNaN(y) {
		return 0
	}
	return y - f.predict(f.state, t)
}
