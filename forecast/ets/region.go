package ets

import (
	"fmt"
	"math"
	"math/cmplx"
)

// Region is a set of smoothing parameters to search.
type Region int

// The regions.
const (
	// Both is the intersection of Usual and Admissible, R's default.
	Both Region = iota
	// Usual keeps components weighted averages: 0.0001 ≤ α ≤ 0.9999,
	// 0.0001 ≤ β ≤ α, 0.0001 ≤ γ ≤ 1−α and 0.8 ≤ φ ≤ 0.98.
	Usual
	// Admissible keeps the forecasts stable: old observations lose their
	// influence in the end (Hyndman, Akram & Archibald 2008, Annals of the
	// Institute of Statistical Mathematics 60:407).
	Admissible
)

var regionNames = [...]string{"both", "usual", "admissible"}

// String returns both, usual or admissible.
func (r Region) String() string {
	if r < 0 || int(r) >= len(regionNames) {
		return fmt.Sprintf("Region(%d)", int(r))
	}
	return regionNames[r]
}

// MarshalText implements encoding.TextMarshaler.
func (r Region) MarshalText() ([]byte, error) {
	if r < 0 || int(r) >= len(regionNames) {
		return nil, fmt.Errorf("ets: no region %d", int(r))
	}
	return []byte(r.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Region) UnmarshalText(b []byte) error {
	for i, s := range regionNames {
		if s == string(b) {
			*r = Region(i)
			return nil
		}
	}
	return fmt.Errorf("ets: no region %q", b)
}

// Bounds of the usual region, those of R.
const (
	smallest       = 1e-4
	largest        = 1 - 1e-4
	phiLo, phiHi   = 0.80, 0.98
	boundTolerance = 1e-10
)

// usual reports whether p lies in the usual region.
func (sp Spec) usual(p params) bool {
	in := func(x, lo, hi float64) bool { return x >= lo-boundTolerance && x <= hi+boundTolerance }
	return in(p.alpha, smallest, largest) &&
		(sp.Trend == None || in(p.beta, smallest, p.alpha)) &&
		(sp.Season == None || in(p.gamma, smallest, 1-p.alpha)) &&
		(!sp.Damped || in(p.phi, phiLo, phiHi))
}

// admissible reports whether p lies in the admissible region for a season of
// m periods. Models with multiplicative components are judged by their
// additive counterparts. work has room for 2(m+2) numbers.
func (sp Spec) admissible(p params, m int, work []float64) bool {
	phi, beta := 1.0, 0.0
	if sp.Damped {
		phi = p.phi
	}
	if sp.Trend != None {
		beta = p.beta
	}
	if !(phi >= 0 && phi <= 1+1e-8) {
		return false
	}
	a, g := p.alpha, p.gamma
	if sp.Season == None {
		if sp.Trend == None {
			return a > 0 && a < 2
		}
		return a > 1-1/phi && a < 1+1/phi && beta > a*(phi-1) && beta < (1+phi)*(2-a)
	}
	fm := float64(m)
	switch {
	case !(g > max(1-1/phi-a, 0) && g < 1+1/phi-a),
		!(a > 1-1/phi-g*(1-fm+phi+phi*fm)/(2*phi*fm)),
		!(beta >= -(1-phi)*(g/fm+a)):
		return false
	}
	// The characteristic polynomial, constant first.
	c := work[: m+2 : m+2]
	c[0] = phi * (1 - a - g)
	c[1] = a + beta - a*phi + g - 1
	for i := 2; i < m; i++ {
		c[i] = a + beta - a*phi
	}
	c[m] = a + beta - phi
	c[m+1] = 1
	return rootsInside(c, work[m+2:])
}

// rootsInside reports whether all roots of the polynomial with coefficients c,
// constant first, lie in the closed unit disc, by Jury's (Schur–Cohn)
// reduction, which needs no roots. c and next, of the same length, are
// destroyed.
func rootsInside(c, next []float64) bool {
	for n := len(c) - 1; n > 0; n-- {
		lead, last := c[n], c[0]
		if math.Abs(last) > math.Abs(lead)*(1+1e-10) {
			return false
		}
		if math.Abs(math.Abs(last)-math.Abs(lead)) <= 1e-10*math.Abs(lead) {
			// A root on the circle (or a reciprocal pair) stops the
			// recursion: decide by the roots themselves.
			return durandKerner(c[:n+1])
		}
		k := last / lead
		for i := range n {
			next[i] = c[i+1] - k*c[n-1-i]
		}
		c, next = next[:n], c
	}
	return true
}

// durandKerner finds all roots at once (Weierstrass' iteration) and reports
// whether none lies outside the unit circle.
func durandKerner(c []float64) bool {
	n := len(c) - 1
	z := make([]complex128, n)
	for i := range z {
		z[i] = cmplx.Pow(complex(0.4, 0.9), complex(float64(i), 0))
	}
	for range 500 {
		move := 0.0
		for i := range z {
			num := complex(0, 0)
			for j := n; j >= 0; j-- {
				num = num*z[i] + complex(c[j]/c[n], 0)
			}
			den := complex(1, 0)
			for j := range z {
				if j != i {
					den *= z[i] - z[j]
				}
			}
			if den == 0 {
				den = 1e-30
			}
			d := num / den
			z[i] -= d
			move = max(move, cmplx.Abs(d))
		}
		if move < 1e-13 {
			break
		}
	}
	for _, r := range z {
		if cmplx.Abs(r) > 1+1e-6 {
			return false
		}
	}
	return true
}
