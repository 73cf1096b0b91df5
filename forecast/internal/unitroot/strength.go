package unitroot

import (
	"math"

	"example.com/zhibiao/forecast/internal/stl"
)

// Strength returns the strength of the seasonality of a decomposition, 0 for
// none to 1: 1 − var(remainder)/var(seasonal + remainder), not below 0 (Wang,
// Smith & Hyndman 2006, Data Mining and Knowledge Discovery 13:335).
func Strength(seasonal, remainder []float64) float64 {
	var n, mr, ms, vr, vs float64
	for i, r := range remainder {
		if !math.IsNaN(r) {
			n++
			mr += r
			ms += r + seasonal[i]
		}
	}
	mr /= n
	ms /= n
	for i, r := range remainder {
		if !math.IsNaN(r) {
			vr += (r - mr) * (r - mr)
			vs += (r + seasonal[i] - ms) * (r + seasonal[i] - ms)
		}
	}
	if !(vs > 0) {
		return 0
	}
	return max(0, 1-vr/vs)
}

// NSDiffs returns how many seasonal differences of period m, at most maxD, x
// asks for: one more as long as the strength of its seasonality by STL, with
// the seasonal span 11 of R's mstl, exceeds 0.64, the value that Wang, Smith &
// Hyndman (2006) and R's nsdiffs use. NaN is a gap. Series of no more than two
// seasons get none. Rounding is judged against size, the size of the numbers
// that x comes from.
func NSDiffs(x []float64, m, maxD int, size float64) int {
	D := 0
	for D < maxD && m > 1 && !Constant(finite(x), size) {
		seasonal, trend, ok := stl.Decompose(x, stl.Config{Period: m, Seasonal: 11})
		if !ok {
			break
		}
		remainder := make([]float64, len(x))
		for i, v := range x {
			remainder[i] = v - seasonal[i] - trend[i]
		}
		if Strength(seasonal, remainder) <= 0.64 {
			break
		}
		D++
		next := make([]float64, len(x)-m)
		for i := range next {
			next[i] = x[i+m] - x[i]
		}
		x = next
	}
	return D
}

func finite(x []float64) []float64 {
	out := make([]float64, 0, len(x))
	for _, v := range x {
		if !math.IsNaN(v) {
			out = append(out, v)
		}
	}
	return out
}
