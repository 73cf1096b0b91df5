// Package baseline holds the simple methods that every other method must
// beat: naive, random walk with drift, mean and seasonal naive (Hyndman &
// Athanasopoulos 2021, section 5.2). Their intervals count what was estimated:
// the variance makes them Student t instead of normal, and a drift or a mean
// adds its own uncertainty, so that they stay honest on a handful of values. A
// gap, marked NaN, moves time on by a period and teaches nothing. Where all
// errors are zero the forecast is a forecast.Constant.
package baseline

import (
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/student"
)

// Naive is the random walk: every future value is forecast as the last one.
// With s² the mean square of the n−1 changes the value h periods ahead has
// the scale s√h and a Student t with n−1 degrees of freedom. It needs two
// values; with one there is nothing to tell how much the next may differ.
type Naive struct{}

// Drift is the random walk with drift: the last value plus h times the mean
// change, the straight line from the first value to the last. With s² the
// variance of the n−1 changes the value h periods ahead has the scale
// s√(h(1 + h/(n−1))), the second term for the drift, and a Student t with
// n−2 degrees of freedom. It needs three values.
type Drift struct{}

// Mean forecasts every future value as the mean of all, for a series that
// varies about a fixed level. With s² the sample variance the scale is
// s√(1 + 1/n), the second term for the mean, and the distribution a Student t
// with n−1 degrees of freedom. It needs two values.
type Mean struct{}

// SeasonalNaive forecasts every future value as the last one of the same
// season. With s² the mean square of the changes over a season, k cycles
// ahead the scale is s√k, with a Student t of as many degrees of freedom as
// there are such changes. It needs a value in every season and one more.
type SeasonalNaive struct {
	// Season is the number of periods in a season. 0 takes it from the data,
	// where forecast.Fit knows it; with 0 or 1 the method is Naive.
	Season int
}

var (
	_ forecast.Forecaster = Naive{}
	_ forecast.Forecaster = Drift{}
	_ forecast.Forecaster = Mean{}
	_ forecast.DataFitter = SeasonalNaive{}
)

// Fit implements forecast.Forecaster.
func (Naive) Fit(y []float64) (forecast.Model, error) { return fitWalk("naive", y, 1, false) }

// Fit implements forecast.Forecaster.
func (Drift) Fit(y []float64) (forecast.Model, error) { return fitWalk("drift", y, 1, true) }

// Fit implements forecast.Forecaster. A negative season panics.
func (f SeasonalNaive) Fit(y []float64) (forecast.Model, error) {
	if f.Season < 0 {
		panic("baseline: negative season")
	}
	return fitWalk("snaive", y, max(f.Season, 1), false)
}

// FitData implements forecast.DataFitter: it takes the season from d unless
// the method has one, and keeps bounds as forecast.Bounded does.
func (f SeasonalNaive) FitData(d forecast.Data) (forecast.Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, forecast.ErrX
	}
	if f.Season == 0 {
		f.Season = d.Season
	}
	if d.Min != nil || d.Max != nil {
		return forecast.Bounded{Method: f, Min: d.Min, Max: d.Max}.Fit(d.Y)
	}
	return f.Fit(d.Y)
}

// walk is a random walk from season to season: that of the last value for a
// season of one.
type walk struct {
	method string
	n      int       // values, gaps not counted
	period int       // 1, or the number of seasons
	last   []float64 // the last value of each season, the season of the next period first
	age    []int     // and how many cycles before the next of that season it was
	drift  float64   // mean change; 0 without drift
	span   int       // cycles that the changes cover; 0 without drift, which then adds no uncertainty
	sd     float64   // of the change in one cycle
	df     float64
	resid  []float64
}

// relative is the size of changes, against the largest value, below which
// they are rounding.
const relative = 1e-14

func fitWalk(method string, y []float64, period int, drift bool) (forecast.Model, error) {
	n, err := forecast.Check(y)
	if err != nil {
		return nil, err
	}
	m := &walk{method: method, n: n, period: period, last: make([]float64, period), age: make([]int, period), resid: make([]float64, len(y))}
	need := period + 1
	if drift {
		need = 3
	}
	if n < need {
		return nil, &forecast.ErrShort{Method: method, N: n, Need: need}
	}
	scale := magnitude(y)
	first, before, total := -1, make([]int, period), 0.0
	for i := range before {
		before[i] = -1
	}
	changes := 0
	for i, v := range y {
		if math.IsNaN(v) {
			continue
		}
		s := i % period
		if b := before[s]; b >= 0 {
			changes++
		} else if first < 0 {
			first = i
		}
		before[s] = i
	}
	for s, b := range before {
		if b < 0 { // gaps in every year of one season
			return nil, &forecast.ErrShort{Method: method, N: n, Need: n + 1}
		}
		k := (s - len(y)%period + period) % period // periods from the end to the next of this season
		m.last[k] = y[b]
		m.age[k] = (len(y) + k - b) / period
	}
	if drift { // the generalised least squares estimate under gaps, too
		end := before[0]
		m.span = end - first
		m.drift = (y[end]/scale - y[first]/scale) / float64(m.span) * scale
		changes--
	}
	for i := range before {
		before[i] = -1
	}
	for i, v := range y {
		m.resid[i] = math.NaN()
		if math.IsNaN(v) {
			continue
		}
		s := i % period
		if b := before[s]; b >= 0 {
			k := float64((i - b) / period)
			e := v/scale - y[b]/scale - k*(m.drift/scale)
			total += e * e / k
			if k == 1 {
				m.resid[i] = e * scale
			}
		}
		before[s] = i
	}
	m.df = float64(changes)
	m.sd = math.Sqrt(total / m.df)
	if m.sd <= relative {
		m.sd = 0
	}
	m.sd *= scale
	return m, nil
}

// magnitude returns the power of two next below the largest magnitude in y, or
// 1 if all are zero: squares of values divided by it neither overflow nor
// vanish, and the division is exact.
func magnitude(y []float64) float64 {
	top := 0.0
	for _, v := range y {
		if a := math.Abs(v); a > top { // false for NaN
			top = a
		}
	}
	if top == 0 {
		return 1
	}
	_, e := math.Frexp(top)
	return math.Ldexp(1, e-1)
}

// Forecast implements forecast.Model.
func (m *walk) Forecast(h int) []forecast.Dist {
	checkHorizon(h)
	out := make([]forecast.Dist, h)
	for i := range out {
		s := i % m.period
		k := float64(m.age[s] + i/m.period)
		v := k
		if m.span > 0 {
			v = k * (1 + k/float64(m.span))
		}
		out[i] = dist(finite(m.last[s]+k*m.drift), m.sd*math.Sqrt(v), m.df)
	}
	return out
}

// Simulate implements forecast.Model.
func (m *walk) Simulate(path []float64, src rand.Source) {
	rng := rand.New(src)
	sd := m.sd * student.Spread(m.df, src)
	drift := m.drift
	if m.span > 0 {
		drift += sd / math.Sqrt(float64(m.span)) * rng.NormFloat64()
	}
	for i := range path {
		from, k := 0.0, 1
		if i < m.period {
			from, k = m.last[i], m.age[i]
		} else {
			from = path[i-m.period]
		}
		path[i] = finite(from + float64(k)*drift + sd*math.Sqrt(float64(k))*rng.NormFloat64())
	}
}

// Residuals implements forecast.Residualer: the errors of the forecasts one
// period (or one cycle) ahead, NaN at gaps and after them.
func (m *walk) Residuals() []float64 { return append([]float64(nil), m.resid...) }

type mean struct {
	n      int
	mu, sd float64
	resid  []float64
}

// Fit implements forecast.Forecaster.
func (Mean) Fit(y []float64) (forecast.Model, error) {
	n, err := forecast.Check(y)
	if err != nil {
		return nil, err
	}
	if n < 2 {
		return nil, &forecast.ErrShort{Method: "mean", N: n, Need: 2}
	}
	scale := magnitude(y)
	mu, ss, k := 0.0, 0.0, 0.0
	for _, v := range y { // Welford's recursion (1962, Technometrics 4:419)
		if !math.IsNaN(v) {
			k++
			d := v/scale - mu
			mu += d / k
			ss += d * (v/scale - mu)
		}
	}
	m := &mean{n: n, mu: mu * scale, sd: math.Sqrt(ss / (k - 1)), resid: make([]float64, len(y))}
	if m.sd <= relative {
		m.sd = 0
	}
	m.sd *= scale
	for i, v := range y {
		m.resid[i] = (v/scale - mu) * scale
	}
	return m, nil
}

// Forecast implements forecast.Model.
func (m *mean) Forecast(h int) []forecast.Dist {
	checkHorizon(h)
	out := make([]forecast.Dist, h)
	d := dist(m.mu, m.sd*math.Sqrt(1+1/float64(m.n)), float64(m.n-1))
	for i := range out {
		out[i] = d
	}
	return out
}

// Simulate implements forecast.Model.
func (m *mean) Simulate(path []float64, src rand.Source) {
	rng := rand.New(src)
	sd := m.sd * student.Spread(float64(m.n-1), src)
	mu := m.mu + sd/math.Sqrt(float64(m.n))*rng.NormFloat64()
	for i := range path {
		path[i] = finite(mu + sd*rng.NormFloat64())
	}
}

// Residuals implements forecast.Residualer: the deviations from the mean.
func (m *mean) Residuals() []float64 { return append([]float64(nil), m.resid...) }

func dist(mu, sd, df float64) forecast.Dist {
	if sd == 0 {
		return forecast.Constant(mu)
	}
	return student.Dist{Mu: mu, Sigma: finite(sd), Nu: df}
}

// finite keeps numbers at the end of the range of float64 inside it.
func finite(x float64) float64 { return min(max(x, -math.MaxFloat64), math.MaxFloat64) }

func checkHorizon(h int) {
	if h < 1 {
		panic("baseline: horizon must be positive")
	}
}
