package unitroot

import (
	"math"

	"example.com/zhibiao/forecast/internal/classical"
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

func decompose(x []float64, m int) (seasonal, remainder []float64, ok bool) {
	idx, ok := classical.Indices(x, m, false)
	if !ok {
		return nil, nil, false
	}
	seasonal = make([]float64, len(x))
	remainder = make([]float64, len(x))
	for i := range x {
		seasonal[i] = idx[i%m]
		remainder[i] = math.NaN()
		lo, hi := i-m/2, i+m/2
		if lo < 0 || hi >= len(x) {
			continue
		}
		s := 0.0
		for j := lo; j <= hi; j++ {
			w := 1.0
			if m%2 == 0 && (j == lo || j == hi) {
				w = 0.5
			}
			s += w * x[j]
		}
		remainder[i] = x[i] - s/float64(m) - seasonal[i]
	}
	return seasonal, remainder, true
}

// NSDiffs returns how many seasonal differences, at most maxD.
func NSDiffs(x []float64, m, maxD int, size float64) int {
	if maxD < 1 {
		return 0
	}
	s, r, ok := decompose(x, m)
	if ok && Strength(s, r) > 0.64 {
		return 1
	}
	return 0
}
