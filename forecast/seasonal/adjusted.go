package seasonal

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
)

// Adjusted lets Method forecast a seasonal series: the season is taken out,
// the rest is forecast by Method, which is not told of it, and the season of
// the last cycle is put back. Where no season can be told the series is
// forecast by Method as it is, so that the shortest series a Method admits
// stays the shortest. Intervals are those of the rest: doubt about the season
// itself is not in them.
//
// The zero value with STL around ETS is R's stlf:
//
//	seasonal.Adjusted{Method: ets.ETS{}}
//
// and the adjustment of the M4 competition's benchmarks is M4(method).
type Adjusted struct {
	Method forecast.Forecaster // nil: baseline.Drift
	By     Decomposer          // nil: MSTL
	Season int                 // periods in a season; 0: that of the data
	// Tested takes a season out only where Tested finds one at the 5 % level;
	// otherwise whenever there is one to be had.
	Tested bool
	// Multiplicative takes the season out as a factor, by decomposing
	// logarithms, where all values are positive. A Decomposer that is
	// multiplicative itself needs no such help.
	Multiplicative bool
}

var _ forecast.DataFitter = Adjusted{}

// M4 returns method with the seasonal adjustment of the benchmarks of the M4
// competition, of which Naive2 is that of baseline.Naive: where the test says
// so, ratios to a centred moving average.
func M4(method forecast.Forecaster) Adjusted {
	return Adjusted{Method: method, By: Classical{Multiplicative: true}, Tested: true}
}

// Fit implements forecast.Forecaster.
func (a Adjusted) Fit(y []float64) (forecast.Model, error) {
	return a.fit(y)
}

// FitData implements forecast.DataFitter: it takes the season from d unless
// the method has one, and keeps bounds as forecast.Bounded does. It takes no
// regressors.
func (a Adjusted) FitData(d forecast.Data) (forecast.Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, forecast.ErrX
	}
	if a.Season == 0 {
		a.Season = d.Season
	}
	if d.Min != nil || d.Max != nil {
		return forecast.Bounded{Method: a, Min: d.Min, Max: d.Max}.Fit(d.Y)
	}
	return a.fit(d.Y)
}

// minRatio is the least seasonal factor that is divided by; a smaller one
// says that the season is not a factor.
const minRatio = 0.01

func (a Adjusted) fit(y []float64) (forecast.Model, error) {
	if _, err := forecast.Check(y); err != nil {
		return nil, err
	}
	if a.Season < 0 {
		return nil, fmt.Errorf("seasonal: negative season %d", a.Season)
	}
	if a.Method == nil {
		a.Method = baseline.Drift{}
	}
	if a.By == nil {
		a.By = MSTL{}
	}
	m := &Model{n: len(y)}
	rest := y
	if !a.Tested || Tested(y, a.Season) {
		c, err := a.decompose(y)
		switch domain := (*forecast.ErrDomain)(nil); {
		case err == nil:
			m.Components = &c
			rest = c.remove(y)
		case !errors.Is(err, ErrNone) && !errors.As(err, &domain):
			return nil, err
		}
	}
	for _, v := range rest { // extremes may leave the range
		if math.IsInf(v, 0) {
			m.Components, rest = nil, y
			break
		}
	}
	var err error
	m.Rest, err = forecast.Fit(a.Method, forecast.Data{Y: rest})
	if err != nil {
		return nil, err
	}
	return m, nil
}

func (a Adjusted) decompose(y []float64) (Components, error) {
	positive := !slices.ContainsFunc(y, func(v float64) bool { return v <= 0 })
	if !a.Multiplicative || !positive {
		c, err := a.By.Decompose(y, a.Season)
		if err == nil && c.Multiplicative && slices.Min(c.Season()) < minRatio {
			err = ErrNone
		}
		return c, err
	}
	z := make([]float64, len(y))
	for t, v := range y {
		z[t] = math.Log(v)
	}
	c, err := a.By.Decompose(z, a.Season)
	if err != nil {
		return c, err
	}
	if c.Multiplicative { // of logarithms, which is not meant
		return a.By.Decompose(y, a.Season)
	}
	for t := range z {
		for _, s := range c.Seasonal {
			s[t] = math.Exp(s[t])
		}
		c.Trend[t], c.Remainder[t] = math.Exp(c.Trend[t]), math.Exp(c.Remainder[t])
	}
	c.Multiplicative = true
	return c, nil
}

// Model is a fitted Adjusted.
type Model struct {
	Rest       forecast.Model // of the series without season
	Components *Components    // nil if no season was taken out
	n          int            // length of the series
}

// Forecast implements forecast.Model.
func (m *Model) Forecast(h int) []forecast.Dist {
	ds := m.Rest.Forecast(h)
	if m.Components == nil {
		return ds
	}
	for i, s := range m.Components.Next(h) {
		ds[i] = m.dist(ds[i], s)
	}
	return ds
}

func (m *Model) dist(d forecast.Dist, s float64) forecast.Dist {
	if c, ok := d.(forecast.Constant); ok {
		return forecast.Constant(m.put(float64(c), s))
	}
	if m.Components.Multiplicative {
		return affine{d, s, 0}
	}
	return affine{d, 1, s}
}

// put adds the season s to the value x.
func (m *Model) put(x, s float64) float64 {
	if m.Components.Multiplicative {
		return finite(x * s)
	}
	return finite(x + s)
}

func finite(x float64) float64 { return min(max(x, -math.MaxFloat64), math.MaxFloat64) }

// Simulate implements forecast.Model.
func (m *Model) Simulate(path []float64, src rand.Source) {
	m.Rest.Simulate(path, src)
	if m.Components == nil {
		return
	}
	for i, s := range m.Components.Next(len(path)) {
		path[i] = m.put(path[i], s)
	}
}

// Residuals implements forecast.Residualer: the errors of the rest, with the
// season put back as a factor; all NaN if the rest's model does not know its
// errors.
func (m *Model) Residuals() []float64 {
	r, ok := m.Rest.(forecast.Residualer)
	if !ok {
		out := make([]float64, m.n)
		for i := range out {
			out[i] = math.NaN()
		}
		return out
	}
	out := slices.Clone(r.Residuals())
	if m.Components != nil && m.Components.Multiplicative {
		for t, s := range m.Components.Season() {
			out[t] *= s
		}
	}
	return out
}

// Explain implements forecast.Explainer.
func (m *Model) Explain(lang string) string {
	inner := ""
	if e, ok := m.Rest.(forecast.Explainer); ok {
		inner = e.Explain(lang)
	}
	if m.Components == nil {
		if lang == "zh" {
			return "未发现可剔除的季节因素，按原序列预测。" + inner
		}
		return join("No season was found to take out; the series is forecast as it is.", inner)
	}
	if lang == "zh" {
		how := "差"
		if m.Components.Multiplicative {
			how = "比例"
		}
		return fmt.Sprintf("先按%s剔除周期为 %s 的季节因素，其余部分预测后再加回；区间不含季节因素本身的不确定性。", how, periods(m.Components.Periods, "、")) + inner
	}
	how := "differences"
	if m.Components.Multiplicative {
		how = "ratios"
	}
	return join(fmt.Sprintf("The season of %s periods is taken out as %s and put back after the rest is forecast; intervals hold no doubt about the season itself.", periods(m.Components.Periods, ", "), how), inner)
}

func periods(ps []int, sep string) string {
	s := ""
	for i, p := range ps {
		if i > 0 {
			s += sep
		}
		s += fmt.Sprint(p)
	}
	return s
}

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}

// affine is the distribution of k·X + c, k positive.
type affine struct {
	d    forecast.Dist
	k, c float64
}

func (a affine) Mean() float64         { return finite(a.k*a.d.Mean() + a.c) }
func (a affine) CDF(x float64) float64 { return a.d.CDF((x - a.c) / a.k) }
func (a affine) Quantile(p float64) float64 {
	q := a.d.Quantile(p)
	if math.IsInf(q, 0) {
		return q
	}
	return finite(a.k*q + a.c)
}
