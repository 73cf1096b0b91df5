package unitroot

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The values against R's urca and forecast are tested in package diagnostics.

func TestKPSSP(t *testing.T) {
	// The interpolation meets the table of Kwiatkowski et al. (1992) and is cut
	// off beyond it.
	for _, c := range []struct {
		stat  float64
		trend bool
		p     float64
	}{{0.1, false, 0.10}, {0.347, false, 0.10}, {0.463, false, 0.05}, {0.574, false, 0.025}, {0.739, false, 0.01}, {5, false, 0.01}, {0.146, true, 0.05}, {0.405, false, 0.075}} {
		if p := KPSSP(c.stat, c.trend); math.Abs(p-c.p) > 1e-12 {
			t.Errorf("KPSSP(%g, %t) = %g, want %g", c.stat, c.trend, p, c.p)
		}
	}
}

func TestADFP(t *testing.T) {
	// The asymptotic critical values of MacKinnon (2010) have their own p values.
	for det := None; det <= Trend; det++ {
		c := ADFCritical(det, 1<<40)
		for i, p := range []float64{0.01, 0.05, 0.10} {
			if got := ADFP(c[i], det); math.Abs(got-p) > 0.002 {
				t.Errorf("case %d: p of %g is %g, want %g", det, c[i], got, p)
			}
		}
		last := -1.0
		for x := -20.0; x < 4; x += 0.01 {
			p := ADFP(x, det)
			if p < last-1e-4 || p < 0 || p > 1 {
				t.Fatalf("case %d: p falls to %g at %g", det, p, x)
			}
			last = p
		}
	}
}

// TestInvariance: the statistics do not depend on level or scale.
func TestInvariance(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 3))
	x, y := make([]float64, 50), make([]float64, 50)
	for i := range x {
		x[i] = rnd.NormFloat64()
		if i > 0 {
			x[i] += 0.9 * x[i-1]
		}
		y[i] = 1000 + 7*x[i]
	}
	if a, b := KPSS(x, false, 3), KPSS(y, false, 3); math.Abs(a/b-1) > 1e-9 {
		t.Errorf("KPSS %g and %g", a, b)
	}
	a, n := ADF(x, Level, 2)
	b, _ := ADF(y, Level, 2)
	if math.Abs(a/b-1) > 1e-9 || n != 47 {
		t.Errorf("ADF %g and %g, n %d", a, b, n)
	}
}

func TestNDiffs(t *testing.T) {
	line := make([]float64, 40)
	square := make([]float64, 40)
	for i := range line {
		line[i] = 0.1 * float64(i)
		square[i] = float64(i * i)
	}
	if d := NDiffs(line, 2, Size(line)); d != 1 {
		t.Errorf("line: %d", d)
	}
	if d := NDiffs(square, 2, Size(square)); d != 2 {
		t.Errorf("square: %d", d)
	}
	if d := NDiffs(square, 1, Size(square)); d != 1 {
		t.Errorf("square, at most one: %d", d)
	}
	if d := NDiffs(make([]float64, 9), 2, 0); d != 0 {
		t.Errorf("zeros: %d", d)
	}
}

func TestStrength(t *testing.T) {
	s := []float64{1, -1, 1, -1, 1, -1}
	if f := Strength(s, make([]float64, 6)); f != 1 {
		t.Errorf("season alone: %g", f)
	}
	if f := Strength(make([]float64, 6), s); f != 0 {
		t.Errorf("remainder alone: %g", f)
	}
	if f := Strength(make([]float64, 6), make([]float64, 6)); f != 0 {
		t.Errorf("nothing: %g", f)
	}
}
