// Package stl decomposes a series into trend, season and remainder by locally
// weighted regression, STL: Cleveland, Cleveland, McRae & Terpenning (1990,
// Journal of Official Statistics 6:3). The equations are numbered as there.
// Values that are missing get no weight.
package stl

import (
	"math"
	"slices"
)

// Config holds the parameters of the method; Period is required, 0 elsewhere
// means the default, that of R's stl.
type Config struct {
	Period   int  // periods in a season, at least 2
	Seasonal int  // span of the seasonal smoother in cycles, odd, at least 7 advised; 0: periodic, the same season in every cycle
	Trend    int  // span of the trend smoother, odd; 0: the next odd from 1.5·Period/(1 − 1.5/Seasonal)
	LowPass  int  // span of the low-pass filter, odd; 0: the next odd from Period
	Robust   bool // downweight outliers: 15 robustness iterations with one inner loop, else two inner loops
}

// odd returns the least odd integer that is not less than x.
func odd(x float64) int {
	k := int(math.Round(x))
	if k%2 == 0 {
		k++
	}
	return k
}

// jump is how many points the smoothers skip, filled by straight lines.
func jump(span int) int { return (span + 9) / 10 }

// smoother is a loess smoother.
type smoother struct {
	span, degree, jump int
}

// work holds the arrays of a run.
type work struct {
	n, np           int
	y               []float64 // gaps bridged
	known           []float64 // 1, or 0 where y is missing; nil without gaps
	rw              []float64 // weights of the values: known or robust; nil if all are 1
	robust          []float64 // robustness weights times known
	season, trend   []float64
	seasonal        smoother
	trendS, lowpass smoother
	a, b, c         []float64 // n + 2·np each
	sub, subW, subS []float64 // a cycle-subseries, its weights and its smooth
	w               []float64 // weights of a fit
}

// Decompose returns the seasonal and the trend component of y, which is left
// as it is; the remainder is y less both. NaN is a gap, at which the
// components exist all the same. It panics if Period < 2; ok is false if y
// has no more than two cycles, or no value in one season.
func Decompose(y []float64, c Config) (seasonal, trend []float64, ok bool) {
	if c.Period < 2 {
		panic("stl: period less than 2")
	}
	n := len(y)
	if n <= 2*c.Period {
		return nil, nil, false
	}
	m := &work{n: n, np: c.Period}
	if !m.load(y) {
		return nil, nil, false
	}
	periodic := c.Seasonal == 0
	ns := c.Seasonal
	if periodic {
		ns = 10*n + 1
	}
	ns = max(3, ns|1)
	nt := c.Trend
	if nt == 0 {
		nt = odd(math.Ceil(1.5 * float64(c.Period) / (1 - 1.5/float64(ns))))
	}
	nl := c.LowPass
	if nl == 0 {
		nl = odd(float64(c.Period))
	}
	m.seasonal = smoother{ns, 0, jump(ns)}
	m.trendS = smoother{max(3, nt|1), 1, jump(nt)}
	m.lowpass = smoother{max(3, nl|1), 1, jump(nl)}
	inner, outer := 2, 0
	if c.Robust {
		inner, outer = 1, 15
	}
	m.run(inner, outer)
	if periodic {
		m.average()
	}
	return m.season, m.trend, true
}

// load copies y, bridges its gaps, and reports whether every season has a
// value.
func (m *work) load(y []float64) bool {
	n, np := m.n, m.np
	m.y = slices.Clone(y)
	last := -1
	seen := make([]bool, np)
	for i, v := range y {
		if math.IsNaN(v) {
			if m.known == nil {
				m.known = make([]float64, n)
				for j := range m.known {
					m.known[j] = 1
				}
			}
			m.known[i] = 0
			continue
		}
		seen[i%np] = true
		for j := last + 1; j < i; j++ {
			if last < 0 {
				m.y[j] = v
			} else {
				m.y[j] = y[last] + (v-y[last])*float64(j-last)/float64(i-last)
			}
		}
		last = i
	}
	if last < 0 || slices.Contains(seen, false) {
		return false
	}
	for j := last + 1; j < n; j++ {
		m.y[j] = y[last]
	}
	m.rw = m.known
	size := n + 2*np
	m.season, m.trend = make([]float64, n), make([]float64, n)
	m.a, m.b, m.c = make([]float64, size), make([]float64, size), make([]float64, size)
	k := n/np + 3
	m.sub, m.subW, m.subS = make([]float64, k), make([]float64, k), make([]float64, k)
	m.w = make([]float64, n)
	return true
}

func (m *work) run(inner, outer int) {
	for it := 0; ; it++ {
		for range inner {
			m.inner()
		}
		if it == outer {
			return
		}
		m.reweight()
	}
}

// inner is one pass of the inner loop, section 2.2 of the paper.
func (m *work) inner() {
	n, np := m.n, m.np
	detrended := m.a[:n]
	for i := range detrended { // step 1
		detrended[i] = m.y[i] - m.trend[i]
	}
	cycle := m.b[:n+2*np]
	m.subseries(detrended, cycle) // step 2
	// Step 3: two moving averages of np, one of 3, then loess.
	movingAverage(cycle, np, m.c)
	movingAverage(m.c[:n+np+1], np, m.a)
	movingAverage(m.a[:n+2], 3, m.c)
	low := m.a[:n]
	m.loess(m.c[:n], m.lowpass, nil, low)
	for i := range m.season { // step 4
		m.season[i] = cycle[np+i] - low[i]
	}
	deseasoned := m.c[:n]
	for i := range deseasoned { // step 5
		deseasoned[i] = m.y[i] - m.season[i]
	}
	m.loess(deseasoned, m.trendS, m.rw, m.trend) // step 6
}

// subseries smooths the values of each season and extends them by a cycle at
// both ends: out[i] belongs to the period i − np.
func (m *work) subseries(y, out []float64) {
	np := m.np
	for j := range np {
		k := (m.n-j-1)/np + 1
		sub, w := m.sub[:k], []float64(nil)
		for i := range sub {
			sub[i] = y[i*np+j]
		}
		if m.rw != nil {
			w = m.subW[:k]
			for i := range w {
				w[i] = m.rw[i*np+j]
			}
		}
		smooth := m.subS[:k]
		m.loess(sub, m.seasonal, w, smooth)
		first, ok := m.fit(sub, m.seasonal, -1, 0, min(m.seasonal.span, k)-1, w)
		if !ok {
			first = smooth[0]
		}
		last, ok := m.fit(sub, m.seasonal, float64(k), max(0, k-m.seasonal.span), k-1, w)
		if !ok {
			last = smooth[k-1]
		}
		out[j] = first
		for i, v := range smooth {
			out[(i+1)*np+j] = v
		}
		out[(k+1)*np+j] = last
	}
}

func movingAverage(x []float64, span int, out []float64) {
	s := 0.0
	for _, v := range x[:span] {
		s += v
	}
	f := float64(span)
	out[0] = s / f
	for i := span; i < len(x); i++ {
		s += x[i] - x[i-span]
		out[i-span+1] = s / f
	}
}

// loess smooths y into out, fitting at every jump-th point and joining the
// fits by straight lines.
func (m *work) loess(y []float64, s smoother, w, out []float64) {
	n := len(y)
	if n < 2 {
		out[0] = y[0]
		return
	}
	step := min(s.jump, n-1)
	half := (s.span + 1) / 2
	at := func(i int) {
		left, right := 0, n-1
		if s.span < n {
			left = min(max(i+1-half, 0), n-s.span)
			right = left + s.span - 1
		}
		v, ok := m.fit(y, s, float64(i), left, right, w)
		if !ok {
			v = y[i]
		}
		out[i] = v
	}
	line := func(a, b int) {
		d := (out[b] - out[a]) / float64(b-a)
		for i := a + 1; i < b; i++ {
			out[i] = out[a] + d*float64(i-a)
		}
	}
	last := 0
	at(0)
	for i := step; i < n; i += step {
		at(i)
		line(last, i)
		last = i
	}
	if last != n-1 {
		at(n - 1)
		line(last, n-1)
	}
}

// fit is the local regression at x on the points left to right, with tricube
// weights times w.
func (m *work) fit(y []float64, s smoother, x float64, left, right int, w []float64) (v float64, ok bool) {
	n := len(y)
	h := max(x-float64(left), float64(right)-x)
	if s.span > n {
		h += float64((s.span - n) / 2)
	}
	near, far := 0.001*h, 0.999*h
	weights := m.w[:n]
	sum := 0.0
	for j := left; j <= right; j++ {
		weights[j] = 0
		r := math.Abs(float64(j) - x)
		if r > far {
			continue
		}
		k := 1.0
		if r > near {
			q := r / h
			q = 1 - q*q*q
			k = q * q * q
		}
		if w != nil {
			k *= w[j]
		}
		weights[j] = k
		sum += k
	}
	if sum <= 0 {
		return 0, false
	}
	for j := left; j <= right; j++ {
		weights[j] /= sum
	}
	if h > 0 && s.degree > 0 {
		centre := 0.0
		for j := left; j <= right; j++ {
			centre += weights[j] * float64(j)
		}
		spread := 0.0
		for j := left; j <= right; j++ {
			d := float64(j) - centre
			spread += weights[j] * d * d
		}
		if math.Sqrt(spread) > 0.001*float64(n-1) { // the points are spread enough for a slope
			b := (x - centre) / spread
			for j := left; j <= right; j++ {
				weights[j] *= b*(float64(j)-centre) + 1
			}
		}
	}
	for j := left; j <= right; j++ {
		v += weights[j] * y[j]
	}
	return v, true
}

// reweight computes the robustness weights, section 2.3: bisquare of the
// remainder over six times its median magnitude.
func (m *work) reweight() {
	r := m.a[:0]
	for i, v := range m.y {
		if m.known == nil || m.known[i] > 0 {
			r = append(r, math.Abs(v-m.season[i]-m.trend[i]))
		}
	}
	slices.Sort(r)
	k := len(r)
	h := 3 * (r[k/2] + r[(k-1)/2])
	if m.robust == nil {
		m.robust = make([]float64, m.n)
	}
	rw := m.robust
	m.rw = rw
	for i, v := range m.y {
		d := math.Abs(v - m.season[i] - m.trend[i])
		switch {
		case m.known != nil && m.known[i] == 0:
			rw[i] = 0
		case d <= 0.001*h:
			rw[i] = 1
		case d <= 0.999*h:
			u := d / h
			rw[i] = (1 - u*u) * (1 - u*u)
		default:
			rw[i] = 0
		}
	}
}

// average makes the seasonal component the same in every cycle.
func (m *work) average() {
	for j := range m.np {
		s, k := 0.0, 0.0
		for i := j; i < m.n; i += m.np {
			s += m.season[i]
			k++
		}
		for i := j; i < m.n; i += m.np {
			m.season[i] = s / k
		}
	}
}

// Span of the seasonal smoother for the first, second, … period of Multiple,
// as R's mstl has them.
func span(i int) int { return 7 + 4*(i+1) }

// Multiple decomposes y into several seasons, MSTL (Bandara, Hyndman &
// Bergmeir 2021, arXiv 2107.13462): STL for each period in turn, shortest
// first, on the series without the other seasons, twice over if there are
// several. periods must increase; those of half the series or more are left
// out, and seasonal holds nil for them. window is the span of the seasonal
// smoothers, −1 for periodic ones; 0 takes 11, 15, 19, … . ok is false if no
// period is left.
func Multiple(y []float64, periods []int, window int, robust bool) (seasonal [][]float64, trend []float64, ok bool) {
	seasonal = make([][]float64, len(periods))
	rest := slices.Clone(y)
	usable := 0
	for _, p := range periods {
		if 2*p < len(y) {
			usable++
		}
	}
	rounds := 2
	if usable == 1 {
		rounds = 1
	}
	for range rounds {
		for i, p := range periods {
			if 2*p >= len(y) {
				continue
			}
			for t, s := range seasonal[i] {
				rest[t] += s
			}
			c := Config{Period: p, Seasonal: window, Robust: robust}
			switch window {
			case 0:
				c.Seasonal = span(i)
			case -1:
				c.Seasonal = 0
			}
			s, tr, fine := Decompose(rest, c)
			if !fine {
				return nil, nil, false
			}
			seasonal[i], trend, ok = s, tr, true
			for t, v := range s {
				rest[t] -= v
			}
		}
	}
	return seasonal, trend, ok
}
