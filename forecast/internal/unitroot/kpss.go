// Package unitroot decides how often a series is to be differenced: the KPSS
// and the augmented Dickey–Fuller test, the number of differences they ask
// for, and the strength of seasonality that asks for a seasonal difference.
package unitroot

import "math"

// KPSS returns the statistic of Kwiatkowski, Phillips, Schmidt & Shin (1992,
// Journal of Econometrics 54:159) for the hypothesis that x, without NaN, is
// stationary about a level, or about a linear trend if trend is true. The
// long-run variance has a Bartlett window of the given lag. A series without
// variation has statistic 0.
func KPSS(x []float64, trend bool, lag int) float64 {
	n := len(x)
	e := Detrend(x, trend)
	sum, ss, s := 0.0, 0.0, 0.0
	for _, v := range e {
		s += v
		sum += s * s
		ss += v * v
	}
	for l := 1; l <= min(lag, n-1); l++ {
		c := 0.0
		for t := l; t < n; t++ {
			c += e[t] * e[t-l]
		}
		ss += 2 * (1 - float64(l)/float64(lag+1)) * c
	}
	if ss <= 0 {
		return 0
	}
	return sum / (float64(n) * ss)
}

// Detrend returns x less its mean, or less its least-squares line.
func Detrend(x []float64, trend bool) []float64 {
	n := float64(len(x))
	mean := 0.0
	for _, v := range x {
		mean += v / n
	}
	e := make([]float64, len(x))
	for i, v := range x {
		e[i] = v - mean
	}
	if trend && len(x) > 1 {
		mid, sxy, sxx := (n-1)/2, 0.0, 0.0
		for i, v := range e {
			d := float64(i) - mid
			sxy += d * v
			sxx += d * d
		}
		for i := range e {
			e[i] -= sxy / sxx * (float64(i) - mid)
		}
	}
	return e
}

// kpssCritical holds the critical values at 10, 5, 2.5 and 1 %: Kwiatkowski
// et al. (1992), table 1, for a level and for a trend.
var kpssCritical = [2][4]float64{{0.347, 0.463, 0.574, 0.739}, {0.119, 0.146, 0.176, 0.216}}

// KPSSCritical returns the critical values at 10, 5, 2.5 and 1 %.
func KPSSCritical(trend bool) [4]float64 {
	if trend {
		return kpssCritical[1]
	}
	return kpssCritical[0]
}

// KPSSP interpolates the p value between the critical values. It is known
// between 0.01 and 0.10 only and is cut off there.
func KPSSP(stat float64, trend bool) float64 {
	c := KPSSCritical(trend)
	p := [4]float64{0.10, 0.05, 0.025, 0.01}
	if stat <= c[0] {
		return p[0]
	}
	for i := 1; i < 4; i++ {
		if stat <= c[i] {
			return p[i-1] + (p[i]-p[i-1])*(stat-c[i-1])/(c[i]-c[i-1])
		}
	}
	return p[3]
}

// Constant reports whether x does not vary by more than rounding does for
// numbers of the given size.
func Constant(x []float64, size float64) bool {
	for _, v := range x {
		if math.Abs(v-x[0]) > 1e-12*size {
			return false
		}
	}
	return true
}

// Size is the largest absolute value of x, NaN apart.
func Size(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		if a := math.Abs(v); a > s {
			s = a
		}
	}
	return s
}

// NDiffs returns how many first differences, at most maxD, make x stationary
// about a level by the KPSS test at 5 % with lag ⌊3√n/13⌋ (Hyndman &
// Khandakar 2008, JSS 27(3)). NaN are left out. Rounding is judged against
// size, the size of the numbers that x comes from.
func NDiffs(x []float64, maxD int, size float64) int {
	y := finite(x)
	d := 0
	for d < maxD && len(y) > 1 && !Constant(y, size) {
		lag := int(3 * math.Sqrt(float64(len(y))) / 13)
		if KPSSP(KPSS(y, false, lag), false) >= 0.05 {
			break
		}
		for i := range len(y) - 1 {
			y[i] = y[i+1] - y[i]
		}
		y = y[:len(y)-1]
		d++
	}
	return d
}
