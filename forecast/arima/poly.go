package arima

import "math"

// Lag polynomials. An autoregressive polynomial 1 − φ₁B − … − φ_pB^p is held
// as its coefficients φ₁ … φ_p; a moving average 1 + θ₁B + … + θ_qB^q as
// θ₁ … θ_q, so that −θ is the autoregression which is stationary exactly when
// the moving average is invertible.

// maxRaw bounds the unconstrained parameters: tanh(8) = 1 − 2·10⁻⁷ is as near
// to a unit root as double precision can tell apart in the likelihood.
const maxRaw = 8

// fromRaw turns unconstrained numbers into the coefficients of a stationary
// autoregression: tanh gives partial autocorrelations (Jones 1980,
// Technometrics 22:389) and the Durbin–Levinson recursion the coefficients
// (Monahan 1984, Biometrika 71:403). len(dst) == len(raw); tmp is as long.
func fromRaw(dst, raw, tmp []float64) {
	for k, x := range raw {
		r := math.Tanh(min(max(x, -maxRaw), maxRaw))
		for i := range k {
			tmp[i] = dst[i] - r*dst[k-1-i]
		}
		copy(dst[:k], tmp[:k])
		dst[k] = r
	}
}

// toRaw is the inverse of fromRaw for a stationary phi. It reports false if
// phi is not stationary. phi is destroyed.
func toRaw(dst, phi, tmp []float64) bool {
	for k := len(phi) - 1; k >= 0; k-- {
		r := phi[k]
		if !(math.Abs(r) < 1) {
			return false
		}
		dst[k] = math.Atanh(r)
		for i := range k {
			tmp[i] = (phi[i] + r*phi[k-1-i]) / (1 - r*r)
		}
		copy(phi[:k], tmp[:k])
	}
	return true
}

// stationary reports whether all roots of 1 − φ₁z^step − φ₂z^(2·step) − … lie
// outside the circle of the given radius (Schur–Cohn test on the polynomial
// with its coefficients scaled). work holds 2·len(phi) numbers.
func stationary(phi []float64, step int, radius float64, work []float64) bool {
	a, tmp := work[:len(phi)], work[len(phi):2*len(phi)]
	f, scale := math.Pow(radius, float64(step)), 1.0
	for i, c := range phi {
		scale *= f
		a[i] = c * scale
	}
	for k := len(a) - 1; k >= 0; k-- {
		r := a[k]
		if !(math.Abs(r) < 1) {
			return false
		}
		for i := range k {
			tmp[i] = (a[i] + r*a[k-1-i]) / (1 - r*r)
		}
		copy(a[:k], tmp[:k])
	}
	return true
}

// expand writes the product of a polynomial and a seasonal one into dst,
// sign −1 for autoregressions and +1 for moving averages:
// len(dst) == len(a) + m·len(s).
func expand(dst, a, s []float64, m int, sign float64) {
	clear(dst)
	copy(dst, a)
	for j, c := range s {
		k := (j + 1) * m
		dst[k-1] += c
		for i, b := range a {
			dst[k+i] += sign * c * b
		}
	}
}

// differencing returns δ₁ … δ_s of y_t = δ₁y_{t−1} + … + δ_s y_{t−s} + w_t,
// where w is y differenced d times and D times at lag m: s = d + m·D.
func differencing(d, D, m int) []float64 {
	poly := []float64{1}
	mul := func(lag int) {
		next := make([]float64, len(poly)+lag)
		for i, c := range poly {
			next[i] += c
			next[i+lag] -= c
		}
		poly = next
	}
	for range d {
		mul(1)
	}
	for range D {
		mul(m)
	}
	delta := make([]float64, len(poly)-1)
	for i := range delta {
		delta[i] = -poly[i+1]
	}
	return delta
}
