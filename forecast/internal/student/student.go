// Package student holds the location-scale Student t, the predictive
// distribution of a linear Gaussian model whose variance was estimated, with
// quantiles fast enough for a table of intervals and joint draws whose
// marginals it is.
package student

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Dist is the distribution of Mu + Sigma·T with T a Student t of Nu degrees
// of freedom. Nu = +Inf is the normal, Sigma = 0 the constant Mu.
type Dist struct {
	Mu    float64 // location, also mean and median
	Sigma float64 // scale, not negative
	Nu    float64 // degrees of freedom, more than 1
}

// Mean returns Mu.
func (d Dist) Mean() float64 { return d.Mu }

// CDF returns the probability of x or less.
func (d Dist) CDF(x float64) float64 {
	switch {
	case d.Sigma == 0 || math.IsInf(x, 0):
		if x >= d.Mu {
			return 1
		}
		return 0
	case math.IsNaN(x):
		return math.NaN()
	}
	z := (x - d.Mu) / d.Sigma
	if z > 0 {
		return 1 - lower(-z, d.Nu)
	}
	return lower(z, d.Nu)
}

// Quantile returns the value whose CDF is p. It is infinite at 0 and 1 unless
// Sigma is 0, symmetric about Mu, finite elsewhere, and panics if p is not a
// probability.
func (d Dist) Quantile(p float64) float64 {
	if !(p >= 0 && p <= 1) {
		panic("forecast: probability outside [0, 1]")
	}
	if d.Sigma == 0 || p == 0.5 {
		return d.Mu
	}
	z := Quantile(min(p, 1-p), d.Nu)
	if p > 0.5 {
		z = -z
	}
	q := d.Mu + d.Sigma*z
	if math.IsInf(q, 0) && !math.IsInf(z, 0) {
		return math.Copysign(math.MaxFloat64, z)
	}
	return q
}

// normal is the number of degrees of freedom from which the normal is nearer
// to the t than the incomplete beta function can tell.
const normal = 1e7

// lower is the CDF of the standard t at z ≤ 0.
func lower(z, nu float64) float64 {
	if nu > normal {
		return 0.5 * math.Erfc(-z/math.Sqrt2)
	}
	t := z * z
	if math.IsInf(t, 1) {
		return 0
	}
	if t < nu { // whichever form of the argument keeps its digits
		return 0.5 - 0.5*mathext.RegIncBeta(0.5, nu/2, t/(nu+t))
	}
	return 0.5 * mathext.RegIncBeta(nu/2, 0.5, nu/(nu+t))
}

// Quantile returns the quantile of the standard t with nu degrees of freedom
// at p ≤ 1/2: Hill's expansion (1970, CACM 13:619, algorithm 396) refined by
// Halley's method to full precision.
func Quantile(p, nu float64) float64 {
	switch {
	case p <= 0:
		return math.Inf(-1)
	case p == 0.5:
		return 0
	case nu > normal:
		return -math.Sqrt2 * math.Erfcinv(2*p)
	case nu == 1:
		return -1 / math.Tan(math.Pi*p)
	case nu == 2:
		return -(1 - 2*p) / math.Sqrt(2*p*(1-p))
	}
	z := start(p, nu)
	g1, _ := math.Lgamma((nu + 1) / 2)
	g0, _ := math.Lgamma(nu / 2)
	c := math.Exp(g1-g0) / math.Sqrt(nu*math.Pi)
	for range 12 {
		f := lower(z, nu) - p
		density := c * math.Pow(1+z*z/nu, -(nu+1)/2)
		u := f / density
		step := u / (1 + 0.5*u*(nu+1)*z/(nu+z*z))
		z -= step
		if !(z < 0) {
			break
		}
		if math.Abs(step) <= 1e-8*math.Abs(z) { // the error is now of the order of step³
			return z
		}
	}
	return distuv.StudentsT{Sigma: 1, Nu: nu}.Quantile(p)
}

// start is Hill's approximation.
func start(p, n float64) float64 {
	a := 1 / (n - 0.5)
	b := 48 / (a * a)
	c := ((20700*a/b-98)*a-16)*a + 96.36
	d := ((94.5/(b+c)-3)/b + 1) * math.Sqrt(a*math.Pi/2) * n
	x := d * 2 * p
	y := math.Pow(x, 2/n)
	if y > 0.05+a {
		x = -math.Sqrt2 * math.Erfcinv(2*p)
		y = x * x
		if n < 5 {
			c += 0.3 * (n - 4.5) * (x + 0.6)
		}
		c = (((0.05*d*x-5)*x-7)*x-2)*x + b + c
		y = (((((0.4*y+6.3)*y+36)*y+94.5)/c-y-3)/b + 1) * x
		y = math.Expm1(a * y * y)
	} else {
		y = ((1/(((n+6)/(n*y)-0.089*d-0.822)*(n+2)*3)+0.5/(n+4))*y-1)*(n+1)/(n+2) + 1/y
	}
	return -math.Sqrt(n * y)
}

// Spread draws the random factor √(ν/χ²_ν) that turns a path of normal errors
// into one of errors whose common scale is uncertain, so that every marginal
// is a t with nu degrees of freedom. It is 1 for nu = +Inf.
func Spread(nu float64, src rand.Source) float64 {
	if math.IsInf(nu, 1) {
		return 1
	}
	c := distuv.ChiSquared{K: nu, Src: src}.Rand()
	return math.Sqrt(nu / max(c, math.SmallestNonzeroFloat64))
}
