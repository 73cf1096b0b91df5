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
	if s := bounded.(forecast.Explainer).Explain("en"); !strings.Contains(s, "Random walk with drift") {
		t.Errorf("explanation %q", s)
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
