package ets

import (
	"math"

	"example.com/zhibiao/forecast/internal/classical"
)

// seasonStart estimates the seasonal indices of the first cycle, s[i] for the
// i-th value, and removes them from y: by classical decomposition where three
// cycles are there, else by a straight line with one pair of Fourier terms
// (Hyndman, Koehler, Ord & Snyder 2008, section 2.6.1). It returns the
// adjusted series and the indices.
func seasonStart(y []float64, m int, multiplicative bool) (adjusted, s []float64) {
	adjusted = make([]float64, len(y))
	s, ok := []float64(nil), false
	if len(y) >= 3*m {
		s, ok = classical.Indices(y, m, multiplicative)
	}
	if !ok {
		s, ok = fourier(y, m, multiplicative)
	}
	if !ok {
		s = make([]float64, m)
		for i := range s {
			if multiplicative {
				s[i] = 1
			}
		}
	}
	if multiplicative {
		sum := 0.0
		for i := range s {
			s[i] = max(s[i], minIndex)
			sum += s[i]
		}
		for i := range s {
			s[i] *= float64(m) / sum
		}
	}
	for i, v := range y {
		if multiplicative {
			adjusted[i] = v / s[i%m]
		} else {
			adjusted[i] = v - s[i%m]
		}
	}
	return adjusted, s
}

// minIndex is the floor of multiplicative seasonal indices.
const minIndex = 0.01

// fourier fits a + b·t + c·cos(2πt/m) + d·sin(2πt/m).
func fourier(y []float64, m int, multiplicative bool) ([]float64, bool) {
	const k = 4
	var a [k][k + 1]float64
	basis := func(t int) [k]float64 {
		w := 2 * math.Pi * float64(t+1) / float64(m)
		return [k]float64{1, float64(t) / float64(len(y)), math.Cos(w), math.Sin(w)}
	}
	for t, v := range y {
		if v != v {
			continue
		}
		x := basis(t)
		for i := range k {
			for j := range k {
				a[i][j] += x[i] * x[j]
			}
			a[i][k] += x[i] * v
		}
	}
	if m == 2 { // the sine vanishes at every observation
		a[3][3] = 1
	}
	for i := range k {
		p := i
		for r := i + 1; r < k; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[p][i]) {
				p = r
			}
		}
		a[i], a[p] = a[p], a[i]
		if math.Abs(a[i][i]) < 1e-10 {
			return nil, false
		}
		for r := range k {
			if r == i {
				continue
			}
			f := a[r][i] / a[i][i]
			for c := i; c <= k; c++ {
				a[r][c] -= f * a[i][c]
			}
		}
	}
	var coef [k]float64
	for i := range k {
		coef[i] = a[i][k] / a[i][i]
	}
	s, mean := make([]float64, m), 0.0
	for i := range s {
		x := basis(i)
		s[i] = coef[2]*x[2] + coef[3]*x[3]
		if multiplicative {
			trend := coef[0] + coef[1]*x[1]
			if !(trend > 0) {
				return nil, false
			}
			s[i] = 1 + s[i]/trend
		}
		mean += s[i] / float64(m)
	}
	for i := range s {
		if multiplicative {
			if !(mean > 0) {
				return nil, false
			}
			s[i] /= mean
		} else {
			s[i] -= mean
		}
	}
	return s, true
}

// levelStart estimates level and slope before the first value of the adjusted
// series x from the straight line through its first max(10, 2m) values.
func levelStart(x []float64, m int) (l, b float64) {
	k := min(max(10, 2*m), len(x))
	var n, mt, mx, tt, tx float64
	for t, v := range x {
		if t >= k && n > 1 { // a long gap at the start is looked beyond
			break
		}
		if v != v {
			continue
		}
		n++
		dt, dx := float64(t+1)-mt, v-mx
		mt += dt / n
		mx += dx / n
		tt += dt * (float64(t+1) - mt)
		tx += dt * (v - mx)
	}
	if tt > 0 {
		b = tx / tt
	}
	return mx - b*mt, b
}

// growthStart is levelStart for a multiplicative trend: b is the factor by
// which the line grows from the first to the second value.
func growthStart(x []float64, m int) (l, b float64) {
	l, b = levelStart(x, m)
	first, second := l+b, l+2*b
	if !(first > 0 && second > 0) {
		for _, v := range x {
			if v == v {
				return v, 1
			}
		}
	}
	b = second / first
	return first / b, b
}
