package arima

import (
	"math"

	"example.com/zhibiao/forecast"
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
