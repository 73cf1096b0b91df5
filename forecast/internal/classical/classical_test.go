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
	if !Seasonal(gas, 4, 9) {
		t.Error("gas is seasonal")
	}
	if Seasonal(gas, 4, 25) || Seasonal(gas, 1, 0) || Seasonal(trend, 4, 9) {
		t.Error("too short, without a period or constant: not seasonal")
	}
	big := make([]float64, len(gas))
	for i, v := range gas {
		big[i] = v * 1e300
	}
	if !Seasonal(big, 4, 9) {
		t.Error("the test depends on the scale")
	}
}
