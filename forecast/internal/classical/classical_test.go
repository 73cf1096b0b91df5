package classical

import (
	"math"
	"testing"
)

// UKgas, the first 24 quarters (base R), and what decompose() of R 4.2.2 makes
// of them.
var gas = []float64{160.1, 129.7, 84.8, 120.1, 160.1, 124.9, 84.8, 116.9, 169.7, 140.9, 89.7, 123.3,
	187.3, 144.1, 92.9, 120.1, 176.1, 147.3, 89.7, 123.3, 185.7, 155.3, 99.3, 131.3}

func TestIndicesAgainstR(t *testing.T) {
	for _, tt := range []struct {
		mult bool
		want []float64
	}{
		{true, []float64{1.32812904151445, 1.07098018443511, 0.680084620110151, 0.920806153940292}},
		{false, []float64{43.269375, 9.346875, -41.848125, -10.768125}},
	} {
		got, ok := Indices(gas, 4, tt.mult)
		if !ok {
			t.Fatal("not decomposed")
		}
		for i := range got {
			if math.Abs(got[i]-tt.want[i]) > 1e-12*math.Abs(tt.want[i]) {
				t.Errorf("multiplicative %v: index %d is %.15g, R has %.15g", tt.mult, i, got[i], tt.want[i])
			}
		}
	}
}

func TestIndicesOddPeriod(t *testing.T) {
	y := make([]float64, 15)
	want := []float64{0.8, 1.3, 0.9}
	for i := range y {
		y[i] = 100 * want[i%3]
	}
	got, ok := Indices(y, 3, true)
	for i := range want {
		if !ok || math.Abs(got[i]-want[i]) > 1e-12 {
			t.Fatalf("got %v %v, want %v", got, ok, want)
		}
	}
	y[7] = math.NaN()
	if got, ok = Indices(y, 3, true); !ok || math.Abs(got[0]-0.8) > 0.05 {
		t.Errorf("with a gap: %v %v", got, ok)
	}
}

func TestIndicesRefused(t *testing.T) {
	nan := math.NaN()
	for name, y := range map[string][]float64{
		"too short":      {1, 2, 3, 4, 5, 6, 7},
		"nothing":        {nan, nan, nan, nan, nan, nan, nan, nan},
		"negative trend": {-1, -2, -3, -4, -1, -2, -3, -4, -1, -2, -3, -4},
	} {
		got, ok := Indices(y, 4, true)
		if ok || got[0] != 1 || got[3] != 1 {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
}

func TestSeasonal(t *testing.T) {
	trend := make([]float64, 24)
	for i := range trend {
		trend[i] = 3
	}
	if !Seasonal(gas, 4, 9, Z95) {
		t.Error("gas is seasonal")
	}
	if Seasonal(gas, 4, 25, Z95) || Seasonal(gas, 1, 0, Z95) || Seasonal(trend, 4, 9, Z95) {
		t.Error("too short, without a period or constant: not seasonal")
	}
	big := make([]float64, len(gas))
	for i, v := range gas {
		big[i] = v * 1e300
	}
	if !Seasonal(big, 4, 9, Z95) {
		t.Error("the test depends on the scale")
	}
}

func TestShrunk(t *testing.T) {
	plain, _ := Indices(gas, 4, true)
	got, ok := Shrunk(gas, 4, true)
	if !ok {
		t.Fatal("not decomposed")
	}
	w := (plain[0] - got[0]) / (plain[0] - 1)
	if !(w > 0 && w < 0.05) { // a strong season is hardly touched
		t.Errorf("shrunk by %g", w)
	}
	sum := 0.0
	for i := range got {
		sum += got[i]
		if d := got[i] - (plain[i] - w*(plain[i]-1)); math.Abs(d) > 1e-12 {
			t.Errorf("index %d is not drawn to 1 by the common share", i)
		}
	}
	if math.Abs(sum-4) > 1e-12 {
		t.Errorf("the indices sum to %g", sum)
	}
	noise := []float64{5, 1, 4, 2, 1, 5, 2, 4, 5, 5, 1, 1, 2, 4, 4, 5, 1}
	plain, _ = Indices(noise, 4, false)
	got, ok = Shrunk(noise, 4, false)
	if !ok || math.Abs(got[0]) > 0.6*math.Abs(plain[0]) {
		t.Errorf("noise keeps its season: %v of %v", got, plain)
	}
	if _, ok := Shrunk(gas[:8], 4, true); ok {
		t.Error("one ratio a season cannot tell signal from noise")
	}
}
