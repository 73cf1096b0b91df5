package diagnostics

import "math"

// ACF returns the sample autocorrelations of x at the lags 1 … maxLag:
// len(result) == maxLag. The mean is that of the finite values, the divisor
// the number of pairs plus the lag, so n without gaps; pairs with a gap are
// left out (Box & Jenkins 1970, section 2.1). Where x does not vary, and
// where a lag has no pair, the value is NaN. It panics if maxLag < 1.
func ACF(x []float64, maxLag int) []float64 {
	if maxLag < 1 {
		panic("diagnostics: lag less than one")
	}
	// Scaled so that squares neither overflow nor vanish.
	size, n := 0.0, 0.0
	for _, v := range x {
		if !math.IsNaN(v) {
			size = max(size, math.Abs(v))
			n++
		}
	}
	mean := 0.0
	for _, v := range x {
		if !math.IsNaN(v) {
			mean += v / size / n
		}
	}
	cov := func(lag int) float64 {
		s, pairs := 0.0, 0.0
		for t := lag; t < len(x); t++ {
			p := (x[t]/size - mean) * (x[t-lag]/size - mean)
			if !math.IsNaN(p) {
				s += p
				pairs++
			}
		}
		if pairs == 0 {
			return math.NaN()
		}
		return s / (pairs + float64(lag))
	}
	out := make([]float64, maxLag)
	c0 := cov(0)
	if !(c0 > 1e-30) { // rounding of the mean alone
		c0 = math.NaN()
	}
	for k := range out {
		out[k] = cov(k+1) / c0
	}
	return out
}

// PACF returns the sample partial autocorrelations of x at the lags
// 1 … maxLag by the Durbin–Levinson recursion on ACF: len(result) == maxLag.
// It panics if maxLag < 1.
func PACF(x []float64, maxLag int) []float64 {
	r := ACF(x, maxLag)
	out := make([]float64, maxLag)
	phi, next := make([]float64, maxLag), make([]float64, maxLag)
	v := 1.0
	for k := range out {
		a := r[k]
		for j := range k {
			a -= phi[j] * r[k-1-j]
		}
		a /= v
		for j := range k {
			next[j] = phi[j] - a*phi[k-1-j]
		}
		next[k] = a
		phi, next = next, phi
		v *= 1 - a*a
		out[k] = a
	}
	return out
}

// Limit returns the bound that an autocorrelation of white noise of n values
// exceeds in absolute value with probability 1 − level, Bartlett's (1946)
// approximation: Limit(n, 0.95) = 1.96/√n. It panics if n < 1 or level lies
// outside (0, 1).
func Limit(n int, level float64) float64 {
	if n < 1 || !(level > 0 && level < 1) {
		panic("diagnostics: need one value or more and a level in (0, 1)")
	}
	return math.Sqrt2 * math.Erfinv(level) / math.Sqrt(float64(n))
}
