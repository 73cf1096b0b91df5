package forecast_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
)

func TestCheck(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		y   []float64
		n   int
		err error
	}{
		{[]float64{1, nan, 2}, 2, nil},
		{nil, 0, forecast.ErrEmpty},
		{[]float64{nan}, 0, forecast.ErrEmpty},
		{[]float64{1, math.Inf(-1)}, 0, forecast.ErrInfinite},
	} {
		if n, err := forecast.Check(c.y); n != c.n || !errors.Is(err, c.err) {
			t.Errorf("Check(%v) = %d, %v, want %d, %v", c.y, n, err, c.n, c.err)
		}
	}
}

// All faults are reported at once, each in words.
func TestValidate(t *testing.T) {
	B := forecast.Bound
	for _, c := range []struct {
		d    forecast.Data
		says []string // nil: valid
	}{
		{forecast.Data{Y: []float64{1, 2}}, nil},
		{forecast.Data{Y: []float64{1, 2}, Lo: []float64{0, 1}, Hi: []float64{1, 3}, Min: B(0), Season: 4, X: [][]float64{{1}, {2}, {3}}}, nil},
		{forecast.Data{}, []string{"no finite value"}},
		{forecast.Data{Y: []float64{1}, Lo: []float64{1}}, []string{"Lo and Hi"}},
		{forecast.Data{Y: []float64{1, 2}, Lo: []float64{1, 2}, Hi: []float64{1}}, []string{"Lo and Hi"}},
		{forecast.Data{Y: []float64{1, 2}, Lo: []float64{1, 3}, Hi: []float64{1, 2}, Min: B(3), Max: B(2), Season: -1},
			[]string{"value 2: interval [3, 2] is upside down", "bounds [3, 2] leave no room", "value 1 (1) lies outside", "negative season"}},
		{forecast.Data{Y: []float64{1}, Min: B(math.NaN())}, []string{"a bound is not a number"}},
		{forecast.Data{Y: []float64{1}, Min: B(0), Max: B(math.NaN())}, []string{"a bound is not a number"}},
		{forecast.Data{Y: []float64{1, 5, 7}, Lo: []float64{0, 1, 8}, Hi: []float64{1, 3, 9}},
			[]string{"value 2 (5) lies outside its interval [1, 3]", "value 3 (7) lies outside its interval [8, 9]"}},
		{forecast.Data{Y: []float64{0.1 + 0.2, math.NaN(), 4}, Lo: []float64{0.3, 1, math.NaN()}, Hi: []float64{0.3, 1, math.NaN()}}, nil},
		{forecast.Data{Y: []float64{1, 2}, X: [][]float64{{1}}}, []string{"a row for each of the 2 values"}},
		{forecast.Data{Y: []float64{1, 2}, X: [][]float64{{1}, {1, 2}}}, []string{"all of one length"}},
		{forecast.Data{Y: []float64{1, 2}, X: [][]float64{{1}, {math.NaN()}}}, []string{"regressors of period 2"}},
	} {
		err := c.d.Validate()
		if (err != nil) != (c.says != nil) {
			t.Errorf("%+v: %v", c.d, err)
			continue
		}
		for _, s := range c.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%+v: %q does not say %q", c.d, err, s)
			}
		}
	}
}

func TestFit(t *testing.T) {
	y := []float64{3, 2, 2.5, 1, 1.5, 0.8}
	plain, err := forecast.Fit(baseline.Drift{}, forecast.Data{Y: y})
	if err != nil {
		t.Fatal(err)
	}
	if lo := plain.Forecast(8)[7].Quantile(0.025); lo >= 0 {
		t.Errorf("without a bound the lower end is %g, no test of the bound", lo)
	}
	bounded, err := forecast.Fit(baseline.Drift{}, forecast.Data{Y: y, Min: forecast.Bound(0)})
	if err != nil {
		t.Fatal(err)
	}
	if lo := bounded.Forecast(8)[7].Quantile(0.025); lo <= 0 {
		t.Errorf("with the bound 0 the lower end is %g", lo)
	}
	// What it says names the scale of its numbers.
	for _, c := range []struct {
		min, max *float64
		lang     string
		says     string
	}{
		{forecast.Bound(0), nil, "en", "The model works on the logarithms of the values; the numbers below are on that scale. Random walk with drift"},
		{forecast.Bound(0), nil, "zh", "模型在数值的对数上拟合，以下数值均以此为尺度。带漂移的随机游走"},
		{forecast.Bound(-1), nil, "en", "the distances from the lower bound -1;"},
		{nil, forecast.Bound(10), "zh", "数值与上限10之差的对数的相反数"},
		{forecast.Bound(0), forecast.Bound(100), "en", "the log odds of the values between 0 and 100;"},
		{forecast.Bound(0), forecast.Bound(100), "zh", "数值在0与100之间的对数优势比"},
	} {
		m, err := forecast.Fit(baseline.Drift{}, forecast.Data{Y: y, Min: c.min, Max: c.max})
		if err != nil {
			t.Fatal(err)
		}
		if s := m.(forecast.Explainer).Explain(c.lang); !strings.Contains(s, c.says) {
			t.Errorf("explanation %q, want %q", s, c.says)
		}
	}
	if _, err := forecast.Fit(baseline.Drift{}, forecast.Data{Y: y, X: make([][]float64, 8)}); err == nil {
		t.Error("regressors without columns are accepted")
	}
	x := [][]float64{{1}, {1}, {1}, {1}, {1}, {1}, {1}}
	if _, err := forecast.Fit(baseline.Drift{}, forecast.Data{Y: y, X: x}); !errors.Is(err, forecast.ErrX) {
		t.Errorf("regressors: %v", err)
	}
	// The season reaches a method that can use it.
	m, err := forecast.Fit(baseline.SeasonalNaive{}, forecast.Data{Y: []float64{1, 9, 2, 8, 1, 10}, Season: 2})
	if err != nil {
		t.Fatal(err)
	}
	if p := forecast.Points(m.Forecast(3)); p[0] != 1 || p[1] != 10 || p[2] != 1 {
		t.Errorf("seasonal points %v", p)
	}
}

func TestPaths(t *testing.T) {
	m, err := baseline.Naive{}.Fit([]float64{1, 2, 4, 3})
	if err != nil {
		t.Fatal(err)
	}
	p := forecast.Draw(m, 100, 3, rand.NewPCG(1, 2))
	q := forecast.Draw(m, 100, 3, rand.NewPCG(1, 2))
	if len(p.Y) != 300 || p.Path(99)[2] != p.Y[299] || p.Column(2)[99] != p.Y[299] {
		t.Errorf("layout of %d paths", p.N)
	}
	for i := range p.Y {
		if p.Y[i] != q.Y[i] {
			t.Fatal("the same source gives other paths")
		}
	}
	above := p.Share(func(path []float64) bool { return path[2] >= 3 })
	if got := forecast.AtLeast(p.Marginal(2), 3); math.Abs(got-above) > 1e-12 {
		t.Errorf("share %g, marginal %g", above, got)
	}
	panics(t, "no path", func() { forecast.Draw(m, 0, 3, rand.NewPCG(1, 2)) })
	panics(t, "no period", func() { forecast.Draw(m, 3, 0, rand.NewPCG(1, 2)) })
}
