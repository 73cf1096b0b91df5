package theta

import (
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/student"
)

// Model is a fitted Theta method. Its forecasts are Student t.
type Model struct {
	Asked   Variant // the form that was asked for
	Variant Variant // the form that was fitted: Standard where the series is too short for Asked
	N       int     // observations, gaps not counted

	Alpha  float64 // smoothing parameter
	Drift  float64 // slope added each period in the long run, on the scale of the data without season
	Sigma2 float64 // variance of one-step errors, on the scale of the data without season; DF-adjusted
	DF     float64 // degrees of freedom of the forecast distributions

	// Season holds the seasonal indices, index i for the values i, i+m, …
	// counted from the first; nil if no season was taken out. They are ratios
	// if Multiplicative, else differences.
	Season         []float64
	Multiplicative bool

	len, first, gap int     // length of the series, gaps before and after the observations
	scale, sd       float64 // the fit is to data divided by scale; sd = √Sigma2
	level0, level   float64 // first and last level, scaled
	lag             float64 // of the standard method
	weight          float64 // 1 − 1/θ
	state           state   // of the state-space forms
	resid           []float64
}

// Theta returns θ, the factor on the curvature of the line that is smoothed:
// 2 where it is not estimated.
func (m *Model) Theta() float64 {
	if m.Variant == Standard {
		return 2
	}
	return 1 / (1 - m.weight)
}

// Level returns the first and the last smoothed level, without season.
func (m *Model) Level() (first, last float64) { return m.level0 * m.scale, m.level * m.scale }

// state is that of the state-space forms before a period: what smoothing and
// the line know.
type state struct {
	level, d, lag float64
	sums          lineSums
	a, bb         float64 // the fixed line of the static forms
	static        bool
	t             float64 // the next period, from 1
}

func (m *Model) begin(x []float64) state {
	s := state{level: m.level0, d: 1, lag: 1, t: 1, static: m.Variant == STM || m.Variant == OTM}
	if s.static {
		s.a, s.bb = line(x)
	}
	return s
}

func (s *state) line() (a, b float64) {
	if s.static {
		return s.a, s.bb
	}
	return s.sums.line()
}

// predict returns the one-step mean.
func (s *state) predict(w float64) float64 {
	a, b := s.line()
	return s.level + w*(s.d*a+s.lag*b)
}

// step takes in the value of the period; NaN is a gap.
func (s *state) step(m *Model, v float64) {
	if v == v {
		s.level += m.Alpha * (v - s.level)
		s.d *= 1 - m.Alpha
		s.lag = (1-m.Alpha)*s.lag + 1
		if !s.static {
			s.sums.add(s.t, v)
		}
	} else {
		s.lag++
	}
	s.t++
}

// impulse returns s with everything that is linear in the data set to zero:
// the propagator of an error.
func (s state) impulse() state {
	s.level, s.sums.y, s.sums.ty, s.a, s.bb = 0, 0, 0, 0, 0
	return s
}

// residuals returns the one-step errors on the scale of the data.
func (m *Model) residuals(x []float64) []float64 {
	out := make([]float64, m.len)
	for i := range out {
		out[i] = math.NaN()
	}
	put := func(i int, e float64) {
		if m.Season != nil && m.Multiplicative {
			e *= m.Season[(m.first+i)%len(m.Season)]
		}
		out[m.first+i] = e * m.scale
	}
	if m.Variant == Standard {
		l, lag := m.level0, 0.0
		for i, v := range x {
			if v == v {
				put(i, v-l-m.Drift/m.scale*lag)
				l += m.Alpha * (v - l)
			}
			lag = m.next(lag, v == v)
		}
		return out
	}
	s := m.begin(x)
	for i, v := range x {
		if v == v {
			put(i, v-s.predict(m.weight))
		}
		s.step(m, v)
	}
	return out
}

// Residuals implements forecast.Residualer: the one-step errors on the scale
// of the data, NaN at gaps. Those of the first two periods of the state-space
// forms did not enter the fit.
func (m *Model) Residuals() []float64 {
	return append([]float64(nil), m.resid...)
}

// Moments returns the means (also medians) and scales of the forecasts of the
// next h periods, each of length h: value j is distributed as
// mean[j] + scale[j]·T with T a Student t of DF degrees of freedom. It is what
// Forecast wraps, for those who combine. It panics if h < 1.
func (m *Model) Moments(h int) (mean, scale []float64) {
	if h < 1 {
		panic("theta: horizon less than 1")
	}
	k := h + m.gap
	mean, scale = make([]float64, k), make([]float64, k)
	if m.Variant == Standard {
		for j := range k {
			mean[j] = m.level*m.scale + m.Drift*(float64(j)+m.lag)
			scale[j] = m.sd * math.Sqrt(1+float64(j)*m.Alpha*m.Alpha)
		}
	} else {
		s := m.state
		for j := range k {
			mu := s.predict(m.weight)
			mean[j] = mu * m.scale
			s.step(m, mu)
		}
		m.spread(scale)
	}
	for j := range k {
		if mean[j] = finite(mean[j]); m.Season != nil {
			mean[j] = finite(m.reseason(j, mean[j]))
			if m.Multiplicative {
				scale[j] *= m.index(j)
			}
		}
		scale[j] = finite(scale[j])
	}
	return mean[m.gap:], scale[m.gap:]
}

func finite(x float64) float64 { return min(max(x, -math.MaxFloat64), math.MaxFloat64) }

// spread fills scale with the standard deviations of a state-space form by
// following each future error through the recursion.
func (m *Model) spread(scale []float64) {
	if m.state.static {
		for j := range scale {
			scale[j] = m.sd * math.Sqrt(1+float64(j)*m.Alpha*m.Alpha)
		}
		return
	}
	for j := range scale {
		scale[j] = 1
	}
	at := m.state.impulse()
	for i := range scale {
		s := at
		s.step(m, 1) // an error of one in period i, no other
		for j := i + 1; j < len(scale); j++ {
			psi := s.predict(m.weight)
			scale[j] += psi * psi
			s.step(m, psi)
		}
		at.step(m, 0)
	}
	for j := range scale {
		scale[j] = m.sd * math.Sqrt(scale[j])
	}
}

// index is the seasonal index j+1 periods after the last observation.
func (m *Model) index(j int) float64 {
	return m.Season[(m.len-m.gap+j)%len(m.Season)]
}

func (m *Model) reseason(j int, v float64) float64 {
	switch {
	case m.Season == nil:
		return v
	case m.Multiplicative:
		return v * m.index(j)
	}
	return v + m.index(j)
}

// Forecast implements forecast.Model.
func (m *Model) Forecast(h int) []forecast.Dist {
	mean, scale := m.Moments(h)
	ds := make([]forecast.Dist, h)
	for j := range ds {
		ds[j] = student.Dist{Mu: mean[j], Sigma: scale[j], Nu: m.DF}
	}
	return ds
}

// Simulate implements forecast.Model. A path draws its own σ, so that the
// marginals of many paths are the t of Forecast.
func (m *Model) Simulate(path []float64, src rand.Source) {
	r := rand.New(src)
	sd := m.sd * student.Spread(m.DF, src)
	s := m.state
	level, lag := m.level*m.scale, m.lag
	for j := range len(path) + m.gap {
		var y float64
		e := sd * r.NormFloat64()
		if m.Variant == Standard {
			y = level + m.Drift*(float64(j)+lag) + e
			level += m.Alpha * e
		} else {
			z := s.predict(m.weight) + e/m.scale
			y = z * m.scale
			s.step(m, z)
		}
		if j >= m.gap {
			path[j-m.gap] = finite(m.reseason(j, y))
		}
	}
}
