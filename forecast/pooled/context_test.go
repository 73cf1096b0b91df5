package pooled

import (
	"math"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
)

// A stated context of 5 % a year moves the two methods alike on values that
// are not all positive, where the atoms of Mixture count in larger units.
func TestContextOfSignedValues(t *testing.T) {
	d := forecast.Data{Y: []float64{0, 50, 52, 54, 56, 58}}
	c := Context{Mean: 0.05}
	move := func(with, without forecast.Forecaster) float64 {
		return forecast.Median(fit(t, with, d).Forecast(5)[4]) - forecast.Median(fit(t, without, d).Forecast(5)[4])
	}
	drift, mixture := move(Drift{Context: c}, Drift{}), move(Mixture{Context: c}, Mixture{})
	if !(mixture > 0.6*drift && mixture < 1.4*drift) {
		t.Errorf("the context moves Drift by %.2f and Mixture by %.2f", drift, mixture)
	}
	// A table's mean growth becomes exactly what Drift has as its own.
	p := Prior{}.with(Context{Mean: 0.05, SD: 0.1}, 4, false)
	table := Shipped().serving(newScale(d)).forPeriods(4, 6).centred(Context{Mean: 0.05, SD: 0.1}, signedNoise, true, 4, 6)
	near(t, "centre", table.mu*signedNoise, p.Mu, 1e-12)
	near(t, "spread", table.sd*signedNoise, p.Tau, 1e-9)
	for _, f := range []forecast.Forecaster{Drift{Context: c}, Mixture{Context: c}} {
		if s := explain(t, f, d, "en"); strings.Contains(s, "no lasting trend") || !strings.Contains(s, "stated context, 5.0 % a year") {
			t.Errorf("%T: %s", f, s)
		}
	}
	for _, f := range []forecast.Forecaster{Drift{}, Mixture{}} {
		if s := explain(t, f, d, "en"); !strings.Contains(s, "no lasting trend") {
			t.Errorf("%T: %s", f, s)
		}
	}
}

// Of values that change by points, growth in per cent means nothing.
func TestContextOfPoints(t *testing.T) {
	d := forecast.Data{Y: []float64{8, 7.5, 9}, Expect: forecast.Expect{Stable: true, Noise: 5, Points: true}}
	c := Context{Mean: 0.5, SD: 0.2}
	for _, f := range [][2]forecast.Forecaster{{Drift{}, Drift{Context: c}}, {Mixture{}, Mixture{Context: c}}} {
		without, with := fit(t, f[0], d).Forecast(3)[2], fit(t, f[1], d).Forecast(3)[2]
		for _, p := range []float64{0.1, 0.5, 0.9} {
			if with.Quantile(p) != without.Quantile(p) {
				t.Errorf("%T: quantile %g is %g with a context, %g without", f[0], p, with.Quantile(p), without.Quantile(p))
			}
		}
		if s := explain(t, f[1], d, "zh"); !strings.Contains(s, "未采用") {
			t.Errorf("%T: %s", f[0], s)
		}
	}
}

func TestImpossibleContext(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []Context{{Mean: -1}, {Mean: -2}, {Mean: nan}, {Mean: inf}, {Mean: -inf}, {SD: -1}, {SD: nan}, {SD: inf}, {Mean: 0.1, SD: nan}} {
		for _, y := range [][]float64{{1, 2, 3}, {0, 2, 3}} {
			for _, f := range []forecast.Forecaster{Drift{Context: c}, Mixture{Context: c}} {
				func() {
					defer func() {
						if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "pooled: context") {
							t.Errorf("%T with %+v: %q", f, c, s)
						}
					}()
					_, _ = f.Fit(y)
				}()
			}
		}
	}
}

// A series of zeros has no growth to speak of.
func TestExplainZeros(t *testing.T) {
	d := forecast.Data{Y: []float64{0, 0, 0}}
	for _, f := range []forecast.Forecaster{Drift{}, Mixture{}} {
		if s := explain(t, f, d, "en"); !strings.HasPrefix(s, "Warning: all values are zero") || strings.Contains(s, "growth") || strings.Contains(s, "narrow") {
			t.Errorf("%T: %s", f, s)
		}
	}
}

// Where the growth has become less certain than the prior's, no number of
// changes is made up.
func TestExplainShare(t *testing.T) {
	wild := forecast.Data{Y: []float64{100, 10}}
	if s := explain(t, Mixture{}, wild, "zh"); !strings.Contains(s, "几乎不能说明其增速") || strings.Contains(s, "先验相当于") {
		t.Error(s)
	}
	still := forecast.Data{Y: []float64{100, 100, 100, 100, 100, 100, 100, 100}}
	if s := explain(t, Mixture{}, still, "en"); !strings.Contains(s, "nearly everything of its growth") || strings.Contains(s, "is worth") {
		t.Error(s)
	}
	calm := forecast.Data{Y: []float64{100, 103, 106.5, 109}}
	if s := explain(t, Mixture{}, calm, "zh"); !strings.Contains(s, "先验相当于") {
		t.Error(s)
	}
}

func explain(t *testing.T, f forecast.Forecaster, d forecast.Data, lang string) string {
	t.Helper()
	return fit(t, f, d).(forecast.Explainer).Explain(lang)
}
