package forecast_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/forecasttest"
)

func walk(rng *rand.Rand, n int) []float64 {
	y := make([]float64, n)
	l := 100.0
	for i := range y {
		l += rng.NormFloat64()
		y[i] = l
	}
	return y
}

// The mean is the wrong method for a random walk: its own 80 % interval covers
// far less, the calibrated one nearly what it says.
func TestConformalCoverage(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const trials, n, h = 300, 80, 3
	var own, calibrated int
	for range trials {
		y := walk(rng, n+h)
		for f, in := range map[forecast.Forecaster]*int{baseline.Mean{}: &own, forecast.Conformal{Method: baseline.Mean{}}: &calibrated} {
			m, err := f.Fit(y[:n])
			if err != nil {
				t.Fatal(err)
			}
			if lo, hi := forecast.Interval(m.Forecast(h)[h-1], 0.8); y[n+h-1] >= lo && y[n+h-1] <= hi {
				*in++
			}
		}
	}
	// Standard error 2.3 %; errors of neighbouring origins are alike, so that
	// they are worth less than their number says.
	a, b := float64(own)/trials, float64(calibrated)/trials
	if a > 0.7 || b < 0.72 || b < a+0.05 {
		t.Errorf("coverage of the method's own intervals %.3f, calibrated %.3f", a, b)
	}
}

// Where the method is right, calibration changes little; points never.
func TestConformalRight(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	ratio, trials := 0.0, 100
	for range trials {
		y := walk(rng, 80)
		base, err := baseline.Naive{}.Fit(y)
		if err != nil {
			t.Fatal(err)
		}
		m, err := forecast.Conformal{Method: baseline.Naive{}}.Fit(y)
		if err != nil {
			t.Fatal(err)
		}
		a, b := base.Forecast(1)[0], m.Forecast(1)[0]
		if forecast.Median(a) != forecast.Median(b) {
			t.Fatalf("median %g, of the method %g", forecast.Median(b), forecast.Median(a))
		}
		lo1, hi1 := forecast.Interval(a, 0.8)
		lo2, hi2 := forecast.Interval(b, 0.8)
		ratio += (hi2 - lo2) / (hi1 - lo1) / float64(trials)
	}
	if math.Abs(ratio-1) > 0.1 {
		t.Errorf("calibrated intervals are %.3f times as wide", ratio)
	}
}

func TestConformalShort(t *testing.T) {
	y := []float64{5, 7, 6, 9, 8, 10, 12}
	base, err := baseline.Drift{}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	m, err := forecast.Conformal{Method: baseline.Drift{}}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := base.Forecast(2)[1].Quantile(0.9), m.Forecast(2)[1].Quantile(0.9); a != b {
		t.Errorf("quantile %g, of the method %g", b, a)
	}
	if s := m.(forecast.Explainer).Explain("en"); !strings.Contains(s, "too short for its intervals") {
		t.Errorf("%q", s)
	}
	long := make([]float64, 40)
	for i := range long {
		long[i] = float64(i * i % 17)
	}
	m, err = forecast.Conformal{Method: baseline.Drift{}, Origins: 15}.Fit(long)
	if err != nil {
		t.Fatal(err)
	}
	if s := m.(forecast.Explainer).Explain("zh"); !strings.Contains(s, "最近 15 个起点") {
		t.Errorf("%q", s)
	}
	panics(t, "negative origins", func() { _, _ = forecast.Conformal{Origins: -1, Method: baseline.Drift{}}.Fit(y) })
}

// A power transform of exponential growth is the logarithm: the forecast
// grows on.
func TestPower(t *testing.T) {
	y := make([]float64, 30)
	rng := rand.New(rand.NewPCG(5, 6))
	for i := range y {
		y[i] = math.Exp(0.1*float64(i) + 0.05*rng.NormFloat64())
	}
	for _, likelihood := range []bool{false, true} {
		m, err := forecast.Power{Method: baseline.Drift{}, Likelihood: likelihood}.Fit(y)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := forecast.Median(m.Forecast(5)[4]), y[29]*math.Exp(0.5); math.Abs(got/want-1) > 0.1 {
			t.Errorf("likelihood %t: %g, want about %g", likelihood, got, want)
		}
	}
	// Values of either sign are forecast as they are.
	y[3] = -1
	plain, err := baseline.Drift{}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	m, err := forecast.Power{Method: baseline.Drift{}}.Fit(y)
	if err != nil || m.Forecast(1)[0].Quantile(0.9) != plain.Forecast(1)[0].Quantile(0.9) {
		t.Errorf("values of either sign: %v", err)
	}
}

func TestWrappersConform(t *testing.T) {
	t.Run("conformal", func(t *testing.T) {
		forecasttest.Run(t, forecast.Conformal{Method: baseline.Drift{}}, forecasttest.Options{Shift: true, Paths: 2000})
	})
	t.Run("power", func(t *testing.T) {
		forecasttest.Run(t, forecast.Power{Method: baseline.Drift{}}, forecasttest.Options{Paths: 2000})
	})
	t.Run("log", func(t *testing.T) {
		forecasttest.Run(t, positive{}, forecasttest.Options{Paths: 2000})
	})
}

// positive is a drift in logarithms.
type positive struct{}

func (positive) Fit(y []float64) (forecast.Model, error) {
	return forecast.Transformed{Method: baseline.Drift{}, T: forecast.Log{}}.Fit(y)
}

func FuzzConformal(f *testing.F) {
	forecasttest.Fuzz(f, forecast.Conformal{Method: baseline.Naive{}}, forecasttest.Options{})
}

func FuzzPower(f *testing.F) {
	forecasttest.Fuzz(f, forecast.Power{Method: baseline.Naive{}}, forecasttest.Options{})
}
