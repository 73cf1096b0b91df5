package combine

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"

	"example.com/zhibiao/forecast"
)

// Model is a fitted Combination.
type Model struct {
	Members []forecast.Model // those that could be fitted
	Weights []float64        // one a member, sum 1; equal but for InverseError
	Asked   int              // number of members asked for
	Rule    Rule

	pool   bool
	trim   float64
	fitted []forecast.Forecaster
	// marginals of members and combination for as many periods as were asked
	// for so far: simulation needs them for every path.
	cache atomic.Pointer[marginals]
}

type marginals struct {
	members  [][]forecast.Dist // of each member, then of each period
	combined []forecast.Dist
}

// Forecast implements forecast.Model.
func (m *Model) Forecast(h int) []forecast.Dist {
	if h < 1 {
		panic("combine: horizon must be positive")
	}
	return slices.Clone(m.marginals(h).combined)
}

func (m *Model) marginals(h int) *marginals {
	if c := m.cache.Load(); c != nil && len(c.combined) == h {
		return c
	}
	c := &marginals{combined: make([]forecast.Dist, h)}
	for _, x := range m.Members {
		c.members = append(c.members, x.Forecast(h))
	}
	for j := range c.combined {
		ds := make([]forecast.Dist, len(c.members))
		for i := range ds {
			ds[i] = c.members[i][j]
		}
		switch {
		case len(ds) == 1:
			c.combined[j] = ds[0]
		case m.pool:
			c.combined[j] = pool{ds, m.Weights}
		default:
			c.combined[j] = average{ds, m.Weights, m.Rule, m.trim}
		}
	}
	m.cache.Store(c)
	return c
}

// Simulate implements forecast.Model: a path of a member drawn by weight. For
// averaged quantiles each of its values is then moved to where the
// combination has the same probability, which keeps the member's dependence
// between periods.
func (m *Model) Simulate(path []float64, src rand.Source) {
	rng := rand.New(src)
	u := rng.Float64()
	i := 0
	for i < len(m.Weights)-1 && u >= m.Weights[i] {
		u -= m.Weights[i]
		i++
	}
	m.Members[i].Simulate(path, src)
	if m.pool || len(m.Members) == 1 || len(path) == 0 {
		return
	}
	c := m.marginals(len(path))
	for j, x := range path {
		d := c.members[i][j]
		upto := d.CDF(x)
		under := d.CDF(math.Nextafter(x, math.Inf(-1)))
		p := under + (upto-under)*rng.Float64() // spread over an atom
		path[j] = c.combined[j].Quantile(min(max(p, edge), 1-edge))
	}
}

// edge keeps simulated probabilities off 0 and 1, where quantiles may be
// infinite.
const edge = 1e-15

// average is the distribution whose quantiles are combined of its members'.
type average struct {
	ds      []forecast.Dist
	weights []float64
	rule    Rule
	trim    float64
}

func (a average) Quantile(p float64) float64 {
	if a.rule == Mean || a.rule == InverseError {
		s, lo, hi := 0.0, math.Inf(1), math.Inf(-1)
		for i, d := range a.ds {
			q := d.Quantile(p)
			s += a.weights[i] * q
			lo, hi = min(lo, q), max(hi, q)
		}
		return min(max(s, lo), hi) // rounding must not carry it out of them
	}
	var buf [8]float64
	qs := buf[:0]
	for _, d := range a.ds {
		qs = append(qs, d.Quantile(p))
	}
	slices.Sort(qs)
	return a.middle(qs)
}

// middle is the median or trimmed mean of sorted values.
func (a average) middle(qs []float64) float64 {
	k := len(qs)
	cut := 0
	switch {
	case a.rule == Median:
		cut = (k - 1) / 2
	case k >= 3:
		cut = min(max(int(a.trim*float64(k)), 1), (k-1)/2)
	}
	qs = qs[cut : k-cut]
	s := 0.0
	for _, q := range qs {
		s += q / float64(len(qs))
	}
	return s
}

// CDF is the largest probability whose quantile does not exceed x; NaN of
// NaN.
func (a average) CDF(x float64) float64 {
	if math.IsNaN(x) {
		return math.NaN()
	}
	if math.IsInf(x, 1) || x >= a.Quantile(1) {
		return 1
	}
	// The members' probabilities bracket that of the combination.
	lo, hi := 1.0, 0.0
	for _, d := range a.ds {
		f := d.CDF(x)
		lo, hi = min(lo, f), max(hi, f)
	}
	lo, hi = max(0, lo-1e-9), min(1, hi+1e-9)
	lo, _ = cross(func(p float64) float64 { return a.Quantile(p) - x }, lo, hi, 1e-13, halfway)
	return lo
}

func (a average) Mean() float64 {
	if a.rule == Mean || a.rule == InverseError {
		return weightedMean(a.ds, a.weights)
	}
	return forecast.QuantileMean(a)
}

// pool is the mixture of its members.
type pool struct {
	ds      []forecast.Dist
	weights []float64
}

func (m pool) Mean() float64 { return weightedMean(m.ds, m.weights) }

func weightedMean(ds []forecast.Dist, weights []float64) float64 {
	s, lo, hi := 0.0, math.Inf(1), math.Inf(-1)
	for i, d := range ds {
		v := d.Mean()
		s += weights[i] * v
		lo, hi = min(lo, v), max(hi, v)
	}
	return min(max(s, lo), hi)
}

func (m pool) CDF(x float64) float64 {
	if math.IsNaN(x) {
		return math.NaN()
	}
	if math.IsInf(x, 1) {
		return 1
	}
	s := 0.0
	for i, d := range m.ds {
		s += m.weights[i] * d.CDF(x)
	}
	return min(s, 1)
}

// Below is the probability of less than x.
func (m pool) Below(x float64) float64 { return m.CDF(math.Nextafter(x, math.Inf(-1))) }

// Quantile is found between the least and the greatest quantile of the
// members.
func (m pool) Quantile(p float64) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, d := range m.ds {
		q := d.Quantile(p)
		lo, hi = min(lo, q), max(hi, q)
	}
	if lo == hi || p == 0 || p == 1 {
		if p == 1 {
			return hi
		}
		return lo
	}
	if m.CDF(lo) >= p {
		return lo
	}
	_, hi = cross(func(x float64) float64 {
		if f := m.CDF(x); f >= p {
			return max(f-p, math.SmallestNonzeroFloat64)
		} else {
			return f - p
		}
	}, lo, hi, 0, between)
	return hi
}

// Explain implements forecast.Explainer: how the members are combined, and
// what each of them says.
func (m *Model) Explain(lang string) string {
	var b strings.Builder
	k := len(m.Members)
	if lang == "zh" {
		name := [...]string{"中位数", "平均", "截尾平均", "按误差倒数加权的平均"}[m.Rule]
		fmt.Fprintf(&b, "预测为 %d 种方法的%s", k, name)
		if m.pool {
			b.WriteString("（分布混合）")
		} else {
			b.WriteString("（逐分位数组合）")
		}
		b.WriteString("。")
		if k < m.Asked {
			fmt.Fprintf(&b, "另有 %d 种方法不适用于该序列。", m.Asked-k)
		}
	} else {
		name := [...]string{"median", "mean", "trimmed mean", "mean, weighted by the inverse of past errors,"}[m.Rule]
		how := "quantile by quantile"
		if m.pool {
			how = "as a mixture of their distributions"
		}
		fmt.Fprintf(&b, "The forecast is the %s of %d methods, %s.", name, k, how)
		if k < m.Asked {
			fmt.Fprintf(&b, " %d more could not be fitted to this series.", m.Asked-k)
		}
	}
	for i, x := range m.Members {
		e, ok := x.(forecast.Explainer)
		if !ok {
			continue
		}
		says := e.Explain(lang)
		if says == "" {
			continue
		}
		if lang == "zh" {
			fmt.Fprintf(&b, "（%d，权重 %.0f%%）%s", i+1, 100*m.Weights[i], says)
		} else {
			fmt.Fprintf(&b, " (%d, weight %.0f %%) %s", i+1, 100*m.Weights[i], says)
		}
	}
	return b.String()
}
