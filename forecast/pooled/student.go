package pooled

import (
	"math"

	"example.com/zhibiao/forecast/internal/student"
)

// cut is the probability cut from either tail of a Student t, without which
// the mean of exp(t) would not exist.
const cut = 1e-4

// truncatedT is the distribution of scale.inverse(loc + sd·T), T a Student t
// with df degrees of freedom confined to its quantiles cut and 1−cut.
type truncatedT struct {
	loc, sd, df float64
	s           scale
}

// CDF implements forecast.Dist.
func (d truncatedT) CDF(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return math.NaN()
	case x < d.s.lo:
		return 0
	case x >= d.s.hi || x >= math.MaxFloat64: // where quantiles are cut
		return 1
	}
	z := d.s.forward(x)
	if d.sd == 0 {
		if z >= d.loc {
			return 1
		}
		return 0
	}
	if math.IsInf(z, 0) {
		return max(0, math.Copysign(1, z))
	}
	return min(max((student.Dist{Sigma: 1, Nu: d.df}.CDF((z-d.loc)/d.sd)-cut)/(1-2*cut), 0), 1)
}

// Quantile implements forecast.Dist.
func (d truncatedT) Quantile(p float64) float64 {
	if !(p >= 0 && p <= 1) {
		panic("pooled: probability outside [0, 1]")
	}
	return d.s.inverse(d.loc + d.sd*d.standard(p))
}

// standard is the quantile of the truncated t itself; symmetric by
// construction, so that the median is loc exactly.
func (d truncatedT) standard(p float64) float64 {
	if p == 0.5 {
		return 0
	}
	q := cut + (1-2*cut)*min(p, 1-p)
	z := student.Quantile(q, d.df)
	if p > 0.5 {
		return -z
	}
	return z
}

// Mean implements forecast.Dist.
func (d truncatedT) Mean() float64 {
	if d.sd == 0 {
		return d.s.inverse(d.loc)
	}
	return d.s.within(quantileMean(d.Quantile))
}

// quantileMean integrates a quantile function by Gauss–Legendre on pieces
// that grow finer towards the tails, where it is steep.
func quantileMean(q func(float64) float64) float64 {
	edges := [...]float64{0, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1}
	sum := 0.0
	for i := 1; i < len(edges); i++ {
		a, b := edges[i-1], edges[i]
		for k, x := range gaussX {
			sum += gaussW[k] * (b - a) / 2 * q((a+b)/2+(b-a)/2*x)
		}
	}
	return sum
}

// Nodes and weights of eight-point Gauss–Legendre quadrature on [−1, 1],
// Abramowitz & Stegun (1964), table 25.4.
var (
	gaussX = [8]float64{-0.960289856497536, -0.796666477413627, -0.525532409916329, -0.183434642495650, 0.183434642495650, 0.525532409916329, 0.796666477413627, 0.960289856497536}
	gaussW = [8]float64{0.101228536290376, 0.222381034453374, 0.313706645877887, 0.362683783378362, 0.362683783378362, 0.313706645877887, 0.222381034453374, 0.101228536290376}
)
