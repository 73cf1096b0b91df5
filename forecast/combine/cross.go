package combine

import "math"

// cross narrows the bracket [lo, hi], at whose ends the increasing function f
// is negative or zero and positive, round the point where f changes sign,
// until it is no wider than tol or can be narrowed no further. It mixes secant
// steps, moved across the root by a hair so that both ends close in, with
// halving by mid, which f may need where it jumps.
func cross(f func(float64) float64, lo, hi, tol float64, mid func(lo, hi float64) float64) (float64, float64) {
	flo, fhi := f(lo), f(hi)
	for k := 0; k < 200 && hi-lo > tol; k++ {
		d := max(tol, 1e-15*max(math.Abs(lo), math.Abs(hi)))
		x := mid(lo, hi)
		if k%3 != 2 {
			if s := lo - flo*((hi-lo)/(fhi-flo)); s >= lo && s <= hi { // false for NaN
				if s-lo < hi-s {
					s += d / 2
				} else {
					s -= d / 2
				}
				if s > lo && s < hi {
					x = s
				}
			}
		}
		if x <= lo || x >= hi {
			break
		}
		if v := f(x); v <= 0 {
			lo, flo = x, v
		} else {
			hi, fhi = x, v
		}
	}
	return lo, hi
}

// halfway is the middle of two probabilities.
func halfway(lo, hi float64) float64 { return lo + (hi-lo)/2 }

// between is the float64 in the middle of all those between lo and hi, which
// halves brackets over many orders of magnitude.
func between(lo, hi float64) float64 {
	a, b := ordinal(lo), ordinal(hi)
	m := a/2 + b/2 + (a&b&1+(a|b)&1)/2
	if m < 0 {
		return math.Float64frombits(uint64(math.MinInt64-m) | 1<<63)
	}
	return math.Float64frombits(uint64(m))
}

// ordinal numbers the float64s in their order, zero by zero.
func ordinal(x float64) int64 {
	i := int64(math.Float64bits(x))
	if i < 0 {
		return math.MinInt64 - i
	}
	return i
}
