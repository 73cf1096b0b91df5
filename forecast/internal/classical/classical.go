// Package classical tells whether a series is seasonal and gives its seasonal
// indices by classical decomposition, as the Theta method and the M4
// competition's Naive2 use them and as exponential smoothing starts from them.
package classical

import "math"

// Z95 is the 95 % quantile of the normal, for Seasonal as the Theta method and
// the M4 competition have it.
const Z95 = 1.6448536269514722

// Seasonal reports whether the autocorrelation of y at lag m exceeds z times
// the standard error that Bartlett's formula gives a series without a season:
// |r_m| > z √((1 + 2 Σ_{i<m} r_i²)/n) (Assimakopoulos & Nikolopoulos 2000).
// NaN is a gap: pairs with a gap are left out. It is false for m < 2, for a
// constant series, and for fewer than need observations.
func Seasonal(y []float64, m, need int, z float64) bool {
	if m < 2 {
		return false
	}
	n, mean, top := 0, 0.0, 0.0
	for _, v := range y {
		if !math.IsNaN(v) {
			n++
			top = max(top, math.Abs(v))
		}
	}
	if n < max(need, m+1) || top == 0 {
		return false
	}
	for _, v := range y {
		if !math.IsNaN(v) {
			mean += v / top / float64(n)
		}
	}
	dev := make([]float64, len(y))
	c0 := 0.0
	for i, v := range y {
		dev[i] = math.NaN()
		if !math.IsNaN(v) {
			dev[i] = v/top - mean
			c0 += dev[i] * dev[i]
		}
	}
	if c0 <= 1e-28*float64(n) { // constant but for rounding
		return false
	}
	s := 0.0
	for lag := 1; ; lag++ {
		r := 0.0
		for i := lag; i < len(dev); i++ {
			if p := dev[i] * dev[i-lag]; !math.IsNaN(p) {
				r += p
			}
		}
		r /= c0
		if lag == m {
			return math.Abs(r) > z*math.Sqrt((1+2*s)/float64(n))
		}
		s += r * r
	}
}

// Indices returns the m seasonal indices of y by classical decomposition,
// index i for the observations i, i+m, …: the mean ratio (or, not
// multiplicative, difference) to the centred moving average of m periods,
// normalised to mean 1 (or 0). Gaps, marked NaN, are bridged by straight
// lines for the moving average alone. ok is false, and the indices neutral,
// where they cannot be had: fewer than two years, a season never observed
// against the trend, or a ratio to a trend that is not positive.
func Indices(y []float64, m int, multiplicative bool) (index []float64, ok bool) {
	return indices(y, m, multiplicative, false)
}

// Shrunk is Indices with the indices drawn towards neutral by as much as the
// scatter of the ratios (or differences) within each season explains of the
// scatter between seasons: an empirical-Bayes estimate in the manner of Miller
// & Williams (2003, International Journal of Forecasting 19:669). It needs
// more ratios than seasons.
func Shrunk(y []float64, m int, multiplicative bool) (index []float64, ok bool) {
	return indices(y, m, multiplicative, true)
}

func indices(y []float64, m int, multiplicative, shrink bool) (index []float64, ok bool) {
	index = make([]float64, m)
	neutral := func() ([]float64, bool) {
		for i := range index {
			index[i] = 0
			if multiplicative {
				index[i] = 1
			}
		}
		return index, false
	}
	n := len(y)
	if m < 2 || n < 2*m {
		return neutral()
	}
	x := bridge(y)
	if x == nil {
		return neutral()
	}
	count := make([]int, m)
	square := make([]float64, m) // sums of squares about the mean ratio
	half := m / 2
	for i := half; i < n-half; i++ {
		if math.IsNaN(y[i]) {
			continue
		}
		s := 0.0
		if m%2 == 1 {
			for j := i - half; j <= i+half; j++ {
				s += x[j]
			}
		} else {
			s = 0.5*x[i-half] + 0.5*x[i+half]
			for j := i - half + 1; j < i+half; j++ {
				s += x[j]
			}
		}
		r := y[i] - s/float64(m)
		if multiplicative {
			if s <= 0 {
				return neutral()
			}
			r = y[i] / (s / float64(m))
		}
		k := i % m
		count[k]++
		d := r - index[k]
		index[k] += d / float64(count[k])
		square[k] += d * (r - index[k])
	}
	mean := 0.0
	for i := range index {
		if count[i] == 0 {
			return neutral()
		}
		mean += index[i] / float64(m)
	}
	for i := range index {
		if multiplicative {
			index[i] /= mean
		} else {
			index[i] -= mean
		}
		if math.IsNaN(index[i]) || math.IsInf(index[i], 0) {
			return neutral()
		}
	}
	if shrink && !draw(index, square, count, multiplicative) {
		return neutral()
	}
	return index, true
}

// draw shrinks normalised indices: by the share w of their variance that the
// sampling error of the means accounts for.
func draw(index, square []float64, count []int, multiplicative bool) bool {
	m := len(index)
	centre := 0.0
	if multiplicative {
		centre = 1
	}
	total, within, inverse, between := 0, 0.0, 0.0, 0.0
	for i := range index {
		total += count[i]
		within += square[i]
		inverse += 1 / float64(count[i]) / float64(m)
		between += (index[i] - centre) * (index[i] - centre) / float64(m-1)
	}
	if total <= m || between == 0 {
		return false
	}
	w := min(within/float64(total-m)*inverse/between, 1)
	for i := range index {
		index[i] -= w * (index[i] - centre)
	}
	return true
}

// bridge returns y with gaps filled by straight lines and by the nearest
// value at the ends; nil if nothing was observed.
func bridge(y []float64) []float64 {
	x := make([]float64, len(y))
	last := -1
	for i, v := range y {
		if math.IsNaN(v) {
			continue
		}
		x[i] = v
		for j := last + 1; j < i; j++ {
			if last < 0 {
				x[j] = v
			} else {
				x[j] = x[last] + (v-x[last])*float64(j-last)/float64(i-last)
			}
		}
		last = i
	}
	if last < 0 {
		return nil
	}
	for j := last + 1; j < len(x); j++ {
		x[j] = x[last]
	}
	return x
}
