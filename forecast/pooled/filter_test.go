package pooled

import (
	"math"
	"testing"
)

// The evidence of one change counts in full, that of many grows with their
// number all the same.
func TestTemper(t *testing.T) {
	if temper(0) != 1 || temper(1) != 1 {
		t.Errorf("powers %g and %g without tempering", temper(0), temper(1))
	}
	for n := 2; n < window; n++ {
		if p, q := temper(n), temper(n-1); p >= q || p < tempered || float64(n)*p <= float64(n-1)*q {
			t.Errorf("%d changes: power %g after %g", n, p, q)
		}
	}
	// The gains and the filter temper alike.
	a := Atom{Weight: 1, Obs: 0.02, Level: 0.03, Slope: 0.01, Phi: 0.8, Mu: 0.03, Tau: 0.04, Tail: 4}
	z := []float64{0, 0.05, 0.02, 0.11, 0.2}
	g := newGains(&a, len(z))
	plain, _, _ := g.run(&a, z)
	var obs []observation
	for t, v := range z {
		obs = append(obs, observation{t: t, z: v})
	}
	if filtered, _ := a.filter(obs); math.Abs(plain-filtered) > 1e-12 {
		t.Errorf("log likelihood %g by gains, %g by the filter", plain, filtered)
	}
}
