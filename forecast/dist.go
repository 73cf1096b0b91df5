package forecast

import (
	"math"
	"slices"
	"sort"
)

// Dist is the marginal distribution of a future value. The distributions of
// gonum's stat/distuv satisfy it as they are.
//
// CDF is right-continuous and Quantile its generalised inverse, so that
// CDF(Quantile(p)) ≥ p, with equality where the distribution is continuous.
// Quantile panics if p lies outside [0, 1]; at 0 and 1 it returns the ends of
// the support, which may be infinite.
type Dist interface {
	Mean() float64
	CDF(x float64) float64
	Quantile(p float64) float64
}

// Interval returns the central prediction interval of d at the given level
// between 0 and 1: Interval(d, 0.95) runs from the 2.5 % to the 97.5 %
// quantile. A level outside (0, 1) panics.
func Interval(d Dist, level float64) (lo, hi float64) {
	if !(level > 0 && level < 1) {
		panic("forecast: level outside (0, 1)")
	}
	return d.Quantile((1 - level) / 2), d.Quantile((1 + level) / 2)
}

// Median returns the 50 % quantile of d, the library's point forecast.
func Median(d Dist) float64 { return d.Quantile(0.5) }

// AtLeast returns the probability that the value is x or more.
func AtLeast(d Dist, x float64) float64 {
	return clamp01(1 - below(d, x))
}

// below returns P(X < x), which differs from CDF(x) by an atom at x.
func below(d Dist, x float64) float64 {
	if b, ok := d.(interface{ Below(x float64) float64 }); ok {
		return b.Below(x)
	}
	return d.CDF(math.Nextafter(x, math.Inf(-1)))
}

// AtMost returns the probability that the value is x or less.
func AtMost(d Dist, x float64) float64 { return clamp01(d.CDF(x)) }

func clamp01(p float64) float64 { return min(max(p, 0), 1) }

func checkProb(p float64) {
	if !(p >= 0 && p <= 1) {
		panic("forecast: probability outside [0, 1]")
	}
}

// Constant is the distribution that puts all its weight on one number, as
// the forecast of something that is known.
type Constant float64

// Mean implements Dist.
func (c Constant) Mean() float64 { return float64(c) }

// CDF implements Dist.
func (c Constant) CDF(x float64) float64 {
	if x >= float64(c) {
		return 1
	}
	return 0
}

// Quantile implements Dist.
func (c Constant) Quantile(p float64) float64 { checkProb(p); return float64(c) }

// Empirical is the distribution of a sample, as simulation gives it. Between
// the order statistics it is a step function; make one with NewEmpirical.
type Empirical struct{ x []float64 }

// NewEmpirical returns the empirical distribution of xs, which is copied. It
// panics if xs is empty or holds a NaN.
func NewEmpirical(xs []float64) Empirical {
	if len(xs) == 0 {
		panic("forecast: empty sample")
	}
	x := slices.Clone(xs)
	slices.Sort(x)
	if math.IsNaN(x[0]) {
		panic("forecast: NaN in sample")
	}
	return Empirical{x}
}

// Mean implements Dist.
func (e Empirical) Mean() float64 {
	s := 0.0
	for _, v := range e.x {
		s += v / float64(len(e.x)) // divided first, so that huge samples do not overflow
	}
	return s
}

// CDF implements Dist.
func (e Empirical) CDF(x float64) float64 {
	return float64(sort.Search(len(e.x), func(i int) bool { return e.x[i] > x })) / float64(len(e.x))
}

// Quantile implements Dist: the smallest member whose CDF reaches p.
func (e Empirical) Quantile(p float64) float64 {
	checkProb(p)
	i := int(math.Ceil(p*float64(len(e.x)))) - 1
	return e.x[min(max(i, 0), len(e.x)-1)]
}

// Sorted returns a copy of the sample in increasing order.
func (e Empirical) Sorted() []float64 { return slices.Clone(e.x) }

// clipped confines a distribution to [lo, hi]: what lies beyond a bound
// becomes an atom on it.
type clipped struct {
	d      Dist
	lo, hi float64
}

func (c clipped) CDF(x float64) float64 {
	switch {
	case x < c.lo:
		return 0
	case x >= c.hi:
		return 1
	}
	return c.d.CDF(x)
}

func (c clipped) Quantile(p float64) float64 { return min(max(c.d.Quantile(p), c.lo), c.hi) }

func (c clipped) Mean() float64 { return QuantileMean(c) }

// QuantileMean integrates the quantile function of d without calling d.Mean:
// the mean of any distribution whose quantiles at 1e-4 and 1−1e-4 are finite,
// the rest of the tails cut. It is for distributions that have no formula for
// their mean.
func QuantileMean(d Dist) float64 {
	const cut = 1e-4
	// Gauss–Legendre on pieces that grow finer towards the tails, where the
	// quantile function is steep.
	edges := [...]float64{cut, 1e-3, 1e-2, 0.1, 0.5, 0.9, 0.99, 0.999, 1 - cut}
	s := 0.0
	for i := 1; i < len(edges); i++ {
		a, b := edges[i-1], edges[i]
		for k, x := range gaussX {
			s += gaussW[k] * (b - a) / 2 * d.Quantile((a+b)/2+(b-a)/2*x)
		}
	}
	// Rounding must not carry the mean of a narrow distribution out of it.
	return min(max(s/(1-2*cut), d.Quantile(cut)), d.Quantile(1-cut))
}

// Nodes and weights of eight-point Gauss–Legendre quadrature on [−1, 1],
// Abramowitz & Stegun (1964), table 25.4.
var (
	gaussX = [8]float64{-0.960289856497536, -0.796666477413627, -0.525532409916329, -0.183434642495650, 0.183434642495650, 0.525532409916329, 0.796666477413627, 0.960289856497536}
	gaussW = [8]float64{0.101228536290376, 0.222381034453374, 0.313706645877887, 0.362683783378362, 0.362683783378362, 0.313706645877887, 0.222381034453374, 0.101228536290376}
)
