package grey

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/forecasttest"
	"example.com/zhibiao/forecast/internal/compete"
)

func TestConformance(t *testing.T) { forecasttest.Run(t, GM11{}, forecasttest.Options{}) }

func FuzzConformance(f *testing.F) { forecasttest.Fuzz(f, GM11{}, forecasttest.Options{}) }

// TestExample is worked by hand from the definition for the series 2, 4, 6, 9:
// x⁽¹⁾ = 2, 6, 12, 21, z = 4, 9, 16.5 and the least squares of x on z.
func TestExample(t *testing.T) {
	x := []float64{2, 4, 6, 9}
	z := []float64{4, 9, 16.5}
	sz, sx, szz, szx := 0.0, 0.0, 0.0, 0.0
	for i, v := range z {
		sz += v
		sx += x[i+1]
		szz += v * v
		szx += v * x[i+1]
	}
	a := -(3*szx - sz*sx) / (3*szz - sz*sz)
	b := (sx + a*sz) / 3
	fm, err := GM11{}.Fit(x)
	if err != nil {
		t.Fatal(err)
	}
	m := fm.(*Model)
	if ga, gb := m.Parameters(); math.Abs(ga-a) > 1e-12 || math.Abs(gb-b) > 1e-12 {
		t.Errorf("a = %g, b = %g, want %g, %g", ga, gb, a, b)
	}
	for i, d := range m.Forecast(3) {
		k := float64(4 + i)
		want := (1 - math.Exp(a)) * (x[0] - b/a) * math.Exp(-a*k)
		if math.Abs(d.Mean()-want) > 1e-10*want {
			t.Errorf("%d ahead %g, want %g", i+1, d.Mean(), want)
		}
	}
	c := m.Check()
	if c.RatiosPass || c.P != 1 || !(c.C > 0 && c.C < 0.35) {
		t.Errorf("%+v", c)
	}
	for _, lang := range []string{"zh", "en"} {
		s := m.Explain(lang)
		if !strings.Contains(s, "提醒") && !strings.Contains(s, "Warning") {
			t.Errorf("no warning: %s", s)
		}
	}
}

// TestConstant: as a → 0 the forecast is b.
func TestConstant(t *testing.T) {
	m, err := GM11{}.Fit([]float64{5, 5, 5, 5, 5, 5})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range m.Forecast(4) {
		if math.Abs(d.Mean()-5) > 1e-12 {
			t.Errorf("%g", d.Mean())
		}
	}
	if c := m.(*Model).Check(); !c.RatiosPass || c.C != 0 || c.P != 1 {
		t.Errorf("%+v", c)
	}
}

// TestBounds: forecasts are cut at the bounds, and the model is the same.
func TestBounds(t *testing.T) {
	y := []float64{60, 66, 74, 81, 90, 97}
	free, err := GM11{}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	m, err := forecast.Fit(GM11{}, forecast.Data{Y: y, Min: forecast.Bound(0), Max: forecast.Bound(100)})
	if err != nil {
		t.Fatal(err)
	}
	if a, _ := m.(*Model).Parameters(); a != free.(*Model).a {
		t.Error("bounds change the model")
	}
	for i, d := range m.Forecast(4) {
		if d.Mean() != 100 || d.Quantile(0.9) != 100 || forecast.AtMost(d, 99.9) > 0.5 {
			t.Errorf("%d ahead: %g, %g", i+1, d.Mean(), d.Quantile(0.9))
		}
	}
}

func TestWindowAndGaps(t *testing.T) {
	nan := math.NaN()
	a, err := GM11{Window: 4}.Fit([]float64{900, 900, 10, 11, 12.3, 13.2})
	if err != nil {
		t.Fatal(err)
	}
	b, err := GM11{}.Fit([]float64{10, 11, 12.3, 13.2})
	if err != nil {
		t.Fatal(err)
	}
	if x, y := a.Forecast(1)[0].Mean(), b.Forecast(1)[0].Mean(); math.Abs(x-y) > 1e-9 {
		t.Errorf("window %g, the values alone %g", x, y)
	}
	if r := a.(*Model).Residuals(); len(r) != 6 || !math.IsNaN(r[2]) || math.IsNaN(r[3]) {
		t.Errorf("residuals %v", r)
	}
	// Gaps behind the series shift the forecast.
	c, err := GM11{}.Fit([]float64{10, 11, 12.3, 13.2, nan, nan})
	if err != nil {
		t.Fatal(err)
	}
	if x, y := c.Forecast(1)[0].Mean(), b.Forecast(3)[2].Mean(); math.Abs(x-y) > 1e-9 {
		t.Errorf("after two gaps %g, want %g", x, y)
	}
	d, err := GM11{}.Fit([]float64{nan, 10, nan, 12.3, 13.2, 15})
	if err != nil {
		t.Fatal(err)
	}
	if s := d.(*Model).Explain("en"); !strings.Contains(s, "1 gaps") {
		t.Error(s)
	}
}

func TestErrors(t *testing.T) {
	var short *forecast.ErrShort
	if _, err := (GM11{}).Fit([]float64{1, 2, 3}); !errors.As(err, &short) || short.Need != 4 {
		t.Error(err)
	}
	if _, err := (GM11{}).FitData(forecast.Data{Y: []float64{1, 2, 3, 4}, X: [][]float64{{1}}}); !errors.Is(err, forecast.ErrX) {
		t.Error(err)
	}
	defer func() {
		if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "grey: ") {
			t.Errorf("panic %v", s)
		}
	}()
	GM11{Window: 3}.Fit([]float64{1, 2, 3, 4})
}

// TestAgainstNaive measures what the package's warning says.
func TestAgainstNaive(t *testing.T) {
	all := compete.Load(t, "M3_yearly.csv.gz")
	for _, n := range []int{4, 6, 10} {
		gm, naive := 0.0, 0.0
		for _, s := range all {
			m, err := GM11{Window: n}.Fit(s.Train)
			if err != nil {
				t.Fatal(err)
			}
			_, v := s.Score(forecast.Points(m.Forecast(len(s.Test))), 1)
			gm += v / float64(len(all))
			f := make([]float64, len(s.Test))
			for i := range f {
				f[i] = s.Train[len(s.Train)-1]
			}
			_, v = s.Score(f, 1)
			naive += v / float64(len(all))
		}
		t.Logf("M3 yearly, last %d values: MASE of GM(1,1) %.2f, naive %.2f", n, gm, naive)
		if gm < naive {
			t.Errorf("last %d values: GM(1,1) %.3f is not worse than naive %.3f: the warning is out of date", n, gm, naive)
		}
	}
}

func BenchmarkFit(b *testing.B) {
	for _, n := range []int{10, 30, 100, 1000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			y := make([]float64, n)
			for i := range y {
				y[i] = 100 + float64(i) + float64(i%7)
			}
			for b.Loop() {
				if _, err := (GM11{}).Fit(y); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
