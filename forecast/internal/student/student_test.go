package student

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// Values of R 4.2.2, qt(p, df), printed with 15 digits.
func TestQuantileAgainstR(t *testing.T) {
	for _, tt := range []struct{ p, nu, want float64 }{
		{0.025, 3, -3.18244630528371},
		{0.1, 3, -1.63774435369621},
		{0.025, 4.5, -2.6589123472044},
		{0.1, 17, -1.33337938972163},
		{0.025, 17, -2.10981557783332},
		{0.4, 30, -0.255605364951913},
		{1e-6, 5, -24.771029720516},
		{0.025, 500, -1.96471983746737},
		{0.499999, 7, -2.59746027551142e-06},
	} {
		if got := Quantile(tt.p, tt.nu); math.Abs(got-tt.want) > 1e-9*math.Abs(tt.want) {
			t.Errorf("Quantile(%g, %g) = %.15g, want %.15g", tt.p, tt.nu, got, tt.want)
		}
	}
}

func TestQuantileInvertsCDF(t *testing.T) {
	for _, nu := range []float64{1, 1.5, 2, 3, 3.7, 5, 12, 100, 1e4, 1e8, math.Inf(1)} {
		d := Dist{Mu: 10, Sigma: 2, Nu: nu}
		last := math.Inf(-1)
		for _, p := range []float64{0, 1e-12, 1e-9, 1e-5, 0.001, 0.025, 0.1, 0.3, 0.4999, 0.5, 0.6, 0.9, 0.975, 0.999, 1} {
			q := d.Quantile(p)
			if q < last {
				t.Errorf("ν = %g: quantiles fall at %g", nu, p)
			}
			last = q
			if c := d.CDF(q); math.Abs(c-p) > 1e-11 {
				t.Errorf("ν = %g: CDF(Quantile(%g)) = %g", nu, p, c)
			}
			if g := (distuv.StudentsT{Mu: 10, Sigma: 2, Nu: nu}); p > 0 && p < 1 && nu < 1e3 && math.Abs(g.CDF(q)-p) > 1e-10 {
				t.Errorf("ν = %g, p = %g: gonum's CDF gives %g", nu, p, g.CDF(q))
			}
		}
	}
}

func TestDegenerate(t *testing.T) {
	d := Dist{Mu: 3, Nu: 5}
	if d.Quantile(0) != 3 || d.Quantile(1) != 3 || d.CDF(3) != 1 || d.CDF(2.999) != 0 || d.Mean() != 3 {
		t.Error("a scale of zero is not a constant")
	}
	d = Dist{Mu: 1e300, Sigma: 1e307, Nu: 3}
	if q := d.Quantile(1e-9); math.IsInf(q, 0) {
		t.Error("a quantile inside (0, 1) is infinite")
	}
}

func TestSpread(t *testing.T) {
	src := rand.NewPCG(1, 2)
	const n = 200000
	s := 0.0
	for range n {
		u := Spread(10, src)
		s += u * u
	}
	if got, want := s/n, 10.0/8; math.Abs(got-want) > 0.01 { // E ν/χ² = ν/(ν−2)
		t.Errorf("mean square %g, want %g", got, want)
	}
	if Spread(math.Inf(1), src) != 1 {
		t.Error("the normal has a spread of 1")
	}
}

func BenchmarkQuantile(b *testing.B) {
	d := Dist{Mu: 1, Sigma: 2, Nu: 17}
	for b.Loop() {
		d.Quantile(0.975)
	}
}
