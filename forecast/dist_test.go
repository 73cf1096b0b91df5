package forecast_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
)

// The distributions of gonum are distributions here.
var _ forecast.Dist = distuv.Normal{}

func TestInterval(t *testing.T) {
	lo, hi := forecast.Interval(distuv.Normal{Mu: 10, Sigma: 2}, 0.95)
	// 1.959964 is the 97.5 % quantile of the standard normal.
	if !scalar.EqualWithinAbs(lo, 10-2*1.959963984540054, 1e-12) || !scalar.EqualWithinAbs(hi, 10+2*1.959963984540054, 1e-12) {
		t.Errorf("[%v, %v]", lo, hi)
	}
	for _, level := range []float64{0, 1, -1, 95, math.NaN()} {
		panics(t, "Interval", func() { forecast.Interval(distuv.UnitNormal, level) })
	}
}

func panics(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s does not panic", what)
		}
	}()
	f()
}

func TestConstant(t *testing.T) {
	c := forecast.Constant(7)
	if c.Mean() != 7 || c.Quantile(0.01) != 7 || c.CDF(7) != 1 || c.CDF(6.999) != 0 {
		t.Errorf("constant 7: %v %v %v %v", c.Mean(), c.Quantile(0.01), c.CDF(7), c.CDF(6.999))
	}
	if forecast.AtLeast(c, 7) != 1 || forecast.AtMost(c, 7) != 1 || forecast.AtLeast(c, 7.1) != 0 || forecast.AtMost(c, 6.9) != 0 {
		t.Error("an atom counts for both sides")
	}
	panics(t, "Quantile", func() { c.Quantile(1.1) })
}

func TestEmpirical(t *testing.T) {
	xs := []float64{3, 1, 2, 2}
	e := forecast.NewEmpirical(xs)
	xs[0] = 99 // copied
	for _, c := range []struct{ p, q float64 }{{0, 1}, {0.25, 1}, {0.26, 2}, {0.75, 2}, {0.76, 3}, {1, 3}} {
		if got := e.Quantile(c.p); got != c.q {
			t.Errorf("quantile %g is %g, want %g", c.p, got, c.q)
		}
	}
	for _, c := range []struct{ x, f float64 }{{0.9, 0}, {1, 0.25}, {2, 0.75}, {2.5, 0.75}, {3, 1}} {
		if got := e.CDF(c.x); got != c.f {
			t.Errorf("CDF(%g) is %g, want %g", c.x, got, c.f)
		}
	}
	if e.Mean() != 2 {
		t.Errorf("mean %g", e.Mean())
	}
	// Two of four are exactly 2: at least 2 is three of four, at most 2 too.
	if forecast.AtLeast(e, 2) != 0.75 || forecast.AtMost(e, 2) != 0.75 {
		t.Errorf("at least 2: %g, at most 2: %g", forecast.AtLeast(e, 2), forecast.AtMost(e, 2))
	}
	panics(t, "an empty sample", func() { forecast.NewEmpirical(nil) })
	panics(t, "a NaN", func() { forecast.NewEmpirical([]float64{1, math.NaN()}) })
	if m := forecast.NewEmpirical([]float64{1.7e308, 1.7e308}).Mean(); math.IsInf(m, 0) {
		t.Error("the mean overflows")
	}
}
