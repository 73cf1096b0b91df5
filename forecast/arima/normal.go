package arima

import (
	"math"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/student"
)

// normal is the normal distribution, with quantiles kept finite where the
// standard deviation is near the largest number.
type normal struct{ mu, sd float64 }

// newNormal returns the normal distribution, or the constant where the
// standard deviation is nothing.
func newNormal(mu, sd float64) forecast.Dist {
	mu = finite(mu)
	if !(sd > 0) {
		return forecast.Constant(mu)
	}
	return normal{mu, min(sd, math.MaxFloat64/64)}
}

// newDist returns the Student t with nu degrees of freedom, the normal if that
// is infinite, or the constant.
func newDist(mu, sd, nu float64) forecast.Dist {
	d := newNormal(mu, sd)
	if n, ok := d.(normal); ok && !math.IsInf(nu, 1) {
		return tdist{student.Dist{Mu: n.mu, Sigma: n.sd, Nu: nu}}
	}
	return d
}

// tdist is a Student t kept finite like normal.
type tdist struct{ student.Dist }

// CDF implements forecast.Dist.
func (d tdist) CDF(x float64) float64 {
	if x >= math.MaxFloat64 {
		return 1
	}
	if math.IsInf(x-d.Mu, 0) {
		return student.Dist{Mu: d.Mu / 4, Sigma: d.Sigma / 4, Nu: d.Nu}.CDF(x / 4)
	}
	return d.Dist.CDF(x)
}

// Quantile implements forecast.Dist.
func (d tdist) Quantile(p float64) float64 {
	q := d.Dist.Quantile(p)
	if p > 0 && p < 1 && math.Abs(q) >= math.MaxFloat64 { // perhaps only on the way
		q = finite(4 * student.Dist{Mu: d.Mu / 4, Sigma: d.Sigma / 4, Nu: d.Nu}.Quantile(p))
	}
	return q
}

// finite keeps an overflow at the largest number.
func finite(x float64) float64 {
	return min(max(x, -math.MaxFloat64), math.MaxFloat64)
}

// Mean implements forecast.Dist.
func (d normal) Mean() float64 { return d.mu }

// CDF implements forecast.Dist.
func (d normal) CDF(x float64) float64 {
	if x >= math.MaxFloat64 { // quantiles beyond the numbers are cut to the last
		return 1
	}
	z := (x - d.mu) / d.sd
	if math.IsInf(z, 0) { // the difference has overflown, or is that great
		z = (x/4 - d.mu/4) / (d.sd / 4)
	}
	return 0.5 * math.Erfc(-z/math.Sqrt2)
}

// Quantile implements forecast.Dist.
func (d normal) Quantile(p float64) float64 {
	if !(p >= 0 && p <= 1) {
		panic("arima: probability outside [0, 1]")
	}
	if p == 0 || p == 1 {
		return math.Inf(int(2*p - 1))
	}
	return finite(d.mu - d.sd*math.Sqrt2*math.Erfcinv(2*p))
}
