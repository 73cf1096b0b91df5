package forecast

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"sync/atomic"
)

// Conformal calibrates the intervals of Method by its errors on the series
// itself: split conformal prediction over rolling origins (Vovk, Gammerman &
// Shafer 2005; Stankevičiūtė, Alaa & van der Schaar 2021). Method is fitted
// afresh at each of the last origins, and each error is set in proportion to
// the half-width of Method's own 80 % interval on that side. A central
// interval of level L then reaches as far as the errors' quantile at L (1 +
// 1/k), k being their number. Points stay those of Method.
//
// k errors can vouch for levels up to k/(k+1) only; beyond, the tails are
// those of Method, stretched to fit. A horizon with fewer than ten errors
// takes those of the longest horizon that has them; where none has, which is
// so for n of little more than Train + 10, nothing is changed.
type Conformal struct {
	Method  Forecaster
	Origins int // origins to fit at; 0: 40, or as many as leave Train values
	Train   int // values that Method learns from at least; 0: half the series, at least 5
	Season  int // periods in a season; 0: that of the data
}

const (
	defaultOrigins = 40
	minErrors      = 10
)

// Fit implements Forecaster.
func (c Conformal) Fit(y []float64) (Model, error) { return c.FitData(Data{Y: y}) }

// FitData implements DataFitter: Method is told the season, and bounds are
// kept as Bounded does. It takes no regressors. Negative Origins or Train
// panic.
func (c Conformal) FitData(d Data) (Model, error) {
	if c.Origins < 0 || c.Train < 0 {
		panic("forecast: negative number of origins or of training values")
	}
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, ErrX
	}
	if c.Season == 0 {
		c.Season = d.Season
	}
	if d.Min != nil || d.Max != nil {
		return Bounded{Method: c, Min: d.Min, Max: d.Max}.Fit(d.Y)
	}
	y := d.Y
	f := seasoned{c.Method, c.Season}
	base, err := f.Fit(y)
	if err != nil {
		return nil, err
	}
	origins, train := c.Origins, c.Train
	if origins == 0 {
		origins = defaultOrigins
	}
	if train == 0 {
		train = max(len(y)/2, 5)
	}
	m := &conformalModel{base: base}
	scores := map[int][]float64{} // by horizon − 1
	longest := 0
	for t := max(len(y)-origins, train); t < len(y); t++ {
		x, err := f.Fit(y[:t:t])
		if err != nil {
			continue // too short as yet
		}
		m.origins++
		for j, d := range x.Forecast(len(y) - t) {
			if s := score(d, y[t+j]); !math.IsNaN(s) {
				scores[j] = append(scores[j], s)
				longest = max(longest, j+1)
			}
		}
	}
	for j := range longest {
		s := scores[j]
		if len(s) < minErrors {
			break // later horizons have no more
		}
		slices.Sort(s)
		m.scores = append(m.scores, s)
	}
	return m, nil
}

// score is the error of d for y in half-widths of its 80 % interval, NaN where
// the interval has no width.
func score(d Dist, y float64) float64 {
	if math.IsNaN(y) {
		return math.NaN()
	}
	mid := Median(d)
	half := d.Quantile(0.9) - mid
	if y < mid {
		half = mid - d.Quantile(0.1)
	}
	if !(half > 0) || math.IsInf(half, 0) {
		return math.NaN()
	}
	return math.Abs(y-mid) / half
}

// conformalModel is a fitted Conformal.
type conformalModel struct {
	base    Model
	origins int
	scores  [][]float64 // sorted, for the horizons that have enough
	cache   atomic.Pointer[[]Dist]
}

// Forecast implements Model.
func (m *conformalModel) Forecast(h int) []Dist {
	ds := m.base.Forecast(h)
	if len(m.scores) == 0 {
		return ds
	}
	for j, d := range ds {
		if _, ok := d.(Constant); !ok {
			ds[j] = newConformalDist(d, m.scores[min(j, len(m.scores)-1)])
		}
	}
	return ds
}

// Simulate implements Model: a path of the base, each of its values moved to
// where the calibrated distribution has the same probability.
func (m *conformalModel) Simulate(path []float64, src rand.Source) {
	m.base.Simulate(path, src)
	if len(m.scores) == 0 || len(path) == 0 {
		return
	}
	ds := m.cache.Load()
	if ds == nil || len(*ds) != len(path) { // marginals do not change: compute them once
		fresh := m.Forecast(len(path))
		ds = &fresh
		m.cache.Store(ds)
	}
	for j, x := range path {
		if c, ok := (*ds)[j].(*conformalDist); ok {
			path[j] = c.move(x)
		}
	}
}

// Explain implements Explainer.
func (m *conformalModel) Explain(lang string) string {
	inner := ""
	if e, ok := m.base.(Explainer); ok {
		inner = e.Explain(lang)
	}
	switch {
	case lang == "zh" && len(m.scores) == 0:
		return inner + "历史数据太少，区间未作保形校准。"
	case lang == "zh":
		return inner + fmt.Sprintf("区间按最近 %d 个起点的实际预测误差作保形校准。", m.origins)
	case len(m.scores) == 0:
		return inner + " The series is too short for its intervals to be calibrated."
	}
	return inner + fmt.Sprintf(" The intervals are calibrated by the errors made from the last %d origins.", m.origins)
}

// conformalDist is a distribution whose quantiles are those of d moved away
// from the median, or towards it.
type conformalDist struct {
	d        Dist
	mid      float64
	up, down float64   // half-widths of the 80 % interval of d
	s        []float64 // sorted scores
	// Beyond the level of the last score the distance of d from the median
	// is multiplied by these.
	upTail, downTail float64
}

func newConformalDist(d Dist, s []float64) Dist {
	c := &conformalDist{d: d, mid: Median(d), s: s}
	c.up, c.down = d.Quantile(0.9)-c.mid, c.mid-d.Quantile(0.1)
	k := float64(len(s))
	edge := (1 + k/(k+1)) / 2
	last := s[len(s)-1]
	a, b := d.Quantile(edge)-c.mid, c.mid-d.Quantile(1-edge)
	if !(c.up > 0 && c.down > 0 && a > 0 && b > 0 && last > 0) || math.IsInf(last*max(c.up, c.down), 0) {
		return d // nothing to be stretched, as of an atom
	}
	c.upTail, c.downTail = last*c.up/a, last*c.down/b
	return c
}

// reach is the score at level l, straight lines between the sorted scores, of
// which the i-th stands at the level i/(k+1); l is at most that of the last.
func (c *conformalDist) reach(l float64) float64 {
	x := l * float64(len(c.s)+1)
	i := min(int(x), len(c.s))
	lo := 0.0
	if i > 0 {
		lo = c.s[i-1]
	}
	if i == len(c.s) {
		return lo
	}
	return lo + (x-float64(i))*(c.s[i]-lo)
}

// level is the inverse of reach: the largest level whose score is at most s,
// or, where several levels have that score, the least if first is set.
func (c *conformalDist) level(s float64, first bool) float64 {
	i := sort.Search(len(c.s), func(i int) bool { return c.s[i] > s || first && c.s[i] == s })
	lo := 0.0
	if i > 0 {
		lo = c.s[i-1]
	}
	x := float64(i)
	if i < len(c.s) && s > lo {
		x += (s - lo) / (c.s[i] - lo)
	}
	return x / float64(len(c.s)+1)
}

func (c *conformalDist) top() float64 { return float64(len(c.s)) / float64(len(c.s)+1) }

// Quantile implements Dist.
func (c *conformalDist) Quantile(p float64) float64 {
	checkProb(p)
	l := math.Abs(2*p - 1)
	half, tail := c.up, c.upTail
	if p < 0.5 {
		half, tail = -c.down, c.downTail
	}
	if l <= c.top() {
		return c.mid + half*c.reach(l)
	}
	q := c.d.Quantile(p)
	if math.IsInf(q, 0) {
		return q
	}
	return min(max(c.mid+tail*(q-c.mid), -math.MaxFloat64), math.MaxFloat64)
}

// CDF implements Dist.
func (c *conformalDist) CDF(x float64) float64 {
	e := x - c.mid
	half, tail := c.up, c.upTail
	if e < 0 {
		half, tail = -c.down, c.downTail
	}
	last := c.s[len(c.s)-1]
	if s := e / half; s < last {
		if e < 0 {
			return (1 - c.level(s, true)) / 2
		}
		return (1 + c.level(s, false)) / 2
	}
	return c.d.CDF(c.mid + e/tail)
}

// Mean implements Dist.
func (c *conformalDist) Mean() float64 { return QuantileMean(c) }

// move takes a value of d to the one of the same probability.
func (c *conformalDist) move(x float64) float64 {
	return c.Quantile(min(max(c.d.CDF(x), 1e-15), 1-1e-15))
}
