package pooled_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/pooled"
)

// width is the 80 % interval of the next value as a fraction of the median.
func width(t *testing.T, f forecast.Forecaster, d forecast.Data) float64 {
	t.Helper()
	m, err := forecast.Fit(f, d)
	if err != nil {
		t.Fatal(err)
	}
	lo, hi := forecast.Interval(m.Forecast(1)[0], 0.8)
	return (hi - lo) / forecast.Median(m.Forecast(1)[0])
}

func median(t *testing.T, f forecast.Forecaster, d forecast.Data) float64 {
	t.Helper()
	m, err := forecast.Fit(f, d)
	if err != nil {
		t.Fatal(err)
	}
	return forecast.Median(m.Forecast(1)[0])
}

// The kind of quantity takes the place of the shipped prior, where the
// forecaster itself says nothing.
func TestExpect(t *testing.T) {
	lone := func(e forecast.Expect) forecast.Data {
		return forecast.Data{Y: []float64{100}, Min: forecast.Bound(0), Expect: e}
	}
	grows := forecast.Expect{Growth: 0.08, Spread: 0.06, Noise: 0.08}
	for name, f := range map[string]struct{ plain, growing, stable, context forecast.Forecaster }{
		"Drift": { // its shipped prior is fixed for what grows
			pooled.Drift{}, pooled.Drift{Prior: pooled.PriorOf(grows)}, pooled.Drift{Prior: pooled.Stable()}, pooled.Drift{Context: pooled.Context{Mean: 0.12, SD: 0.02}},
		},
		"Mixture": {
			pooled.Mixture{}, pooled.Mixture{}, pooled.Mixture{Stable: true}, pooled.Mixture{Context: pooled.Context{Mean: 0.12, SD: 0.02}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, c := range []struct {
				f      forecast.Forecaster
				e      forecast.Expect
				lo, hi float64
			}{
				{f.plain, forecast.Expect{}, 101, 105},
				{f.plain, forecast.Expect{Stable: true}, 98, 101},
				{f.plain, forecast.Expect{Stable: true, Noise: 0.2}, 97, 101},
				{f.growing, grows, 106.5, 109},
				{f.stable, grows, 98, 101},
				{f.context, forecast.Expect{Stable: true, Noise: 0.05}, 110, 113.5},
			} {
				if m := median(t, c.f, lone(c.e)); m < c.lo || m > c.hi {
					t.Errorf("%+v with %+v: median %.2f, want one in [%g, %g]", c.f, c.e, m, c.lo, c.hi)
				}
			}
			// Intervals widen with the noise expected, all else equal.
			last := 0.0
			for _, n := range []float64{0.01, 0.03, 0.05, 0.1, 0.2, 0.3} {
				w := width(t, f.plain, lone(forecast.Expect{Stable: true, Noise: n}))
				if w <= last {
					t.Errorf("noise %g: width %.3f, not more than %.3f before", n, w, last)
				}
				if n >= 0.05 && (w < 1.5*n || w > 6*n) {
					t.Errorf("noise %g: width %.3f", n, w)
				}
				last = w
			}
			// The series' own values outweigh it in the end.
			y := make([]float64, 20)
			for i := range y {
				y[i] = 100 + math.Sin(float64(i))
			}
			if w := width(t, f.plain, forecast.Data{Y: y, Expect: forecast.Expect{Stable: true, Noise: 0.2}}); w > 0.35 {
				t.Errorf("20 quiet values against an expected noise of 20 %%: width %.3f", w)
			}
		})
	}
}

// Growth rates change in points: the interval of 0.4 % is as wide as that of
// 12 %, and may be negative.
func TestExpectPoints(t *testing.T) {
	e := forecast.Expect{Stable: true, Noise: 5, Points: true}
	for _, f := range []forecast.Forecaster{pooled.Drift{}, pooled.Mixture{}} {
		var w [2]float64
		for i, y := range []float64{0.4, 12} {
			d := forecast.Data{Y: []float64{y}, Min: forecast.Bound(-100), Expect: e}
			m, err := forecast.Fit(f, d)
			if err != nil {
				t.Fatal(err)
			}
			lo, hi := forecast.Interval(m.Forecast(1)[0], 0.8)
			w[i] = hi - lo
			if med := forecast.Median(m.Forecast(1)[0]); math.Abs(med-y) > 0.5 {
				t.Errorf("%T: median %.2f after %g", f, med, y)
			}
			if w[i] < 11 || w[i] > 19 {
				t.Errorf("%T: width %.2f with changes of about 5 points", f, w[i])
			}
			if i == 0 && lo >= 0 {
				t.Errorf("%T: lower limit %.2f after 0.4", f, lo)
			}
			path := make([]float64, 1)
			below, n := 0, 4000
			src := rand.NewPCG(7, 7)
			for range n {
				m.Simulate(path, src)
				if path[0] < lo {
					below++
				}
			}
			if s := float64(below) / float64(n); math.Abs(s-0.1) > 0.02 {
				t.Errorf("%T: %.3f of the paths lie below the 10 %% quantile", f, s)
			}
		}
		if math.Abs(w[0]-w[1]) > 1e-6*w[0] {
			t.Errorf("%T: widths %g and %g", f, w[0], w[1])
		}
	}
	if _, err := forecast.Fit(pooled.Mixture{}, forecast.Data{Y: []float64{1}, Expect: forecast.Expect{Points: true}}); err == nil {
		t.Error("points of unknown size are no error")
	}
}

func TestExpectExplained(t *testing.T) {
	explain := func(f forecast.Forecaster, y float64, e forecast.Expect, en, zh string) {
		t.Helper()
		m, err := forecast.Fit(f, forecast.Data{Y: []float64{y}, Expect: e})
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string]string{"en": en, "zh": zh} {
			if got := m.(forecast.Explainer).Explain(lang); !strings.Contains(got, want) {
				t.Errorf("%T: %s", f, got)
			}
		}
	}
	explain(pooled.Mixture{}, 698, forecast.Expect{Growth: 0.08, Spread: 0.06, Noise: 0.08},
		"growth of 8.0 % a year, give or take 6.0, was expected beforehand, and changes of about 8 % from year to year.",
		"按此类指标的常态，先验取年均增速8.0%、标准差6.0个百分点，年度波动约8%。")
	explain(pooled.Mixture{}, 698, forecast.Expect{Growth: 0.0993, Ahead: 0.02, Spread: 0.05, From: 2019, To: 2021, Noise: 0.06},
		"growth of 9.9 % a year, give or take 5.0, was expected beforehand (that of China's gross domestic product at current prices from 2019 to 2021 and 2 points more)",
		"先验取年均增速9.9%、标准差5.0个百分点（国家统计局公布的全国现价生产总值2019—2021年平均增速另加2个百分点）")
	for _, f := range []forecast.Forecaster{pooled.Mixture{}, pooled.Drift{}} {
		explain(f, 34, forecast.Expect{Stable: true, Noise: 0.2},
			"no growth was expected beforehand, and changes of about 20 % from year to year.",
			"按此类指标的常态，先验不含增长，年度波动约20%。")
		explain(f, 8.1, forecast.Expect{Stable: true, Noise: 5, Points: true},
			"changes of about 5 points from year to year.", "年度波动约5个百分点。")
	}
}

func BenchmarkMixtureExpect(b *testing.B) {
	d := forecast.Data{Y: []float64{612, 645, 698, 720, 731, 760, 802, 811}, Expect: forecast.Expect{Growth: 0.08, Spread: 0.06, Noise: 0.08}}
	for b.Loop() {
		if _, err := (pooled.Mixture{}).FitData(d); err != nil {
			b.Fatal(err)
		}
	}
}

// The median after a lone value is what was expected, on every scale.
func TestExpectedMedian(t *testing.T) {
	b := forecast.Bound
	for _, c := range []struct {
		d    forecast.Data
		want float64
	}{
		{forecast.Data{Y: []float64{698}, Min: b(0), Expect: forecast.Expect{Growth: 0.08, Spread: 0.025, Noise: 0.03}}, 698 * 1.08},
		{forecast.Data{Y: []float64{698}, Expect: forecast.Expect{Growth: -0.05, Spread: 0.05, Noise: 0.1}}, 698 * 0.95},
		{forecast.Data{Y: []float64{40}, Expect: forecast.Expect{Stable: true, Noise: 0.2}}, 40},
		{forecast.Data{Y: []float64{12.8}, Min: b(0), Max: b(100), Expect: forecast.Expect{Stable: true, Noise: 0.1}}, 12.8},
		{forecast.Data{Y: []float64{-3}, Expect: forecast.Expect{Stable: true, Noise: 4.5, Points: true}}, -3},
		{forecast.Data{Y: []float64{50}, Min: b(0), Max: b(100), Expect: forecast.Expect{Growth: 0.1, Spread: 0.1, Noise: 0.3}}, 100 * 1.1 / 2.1}, // of the odds
	} {
		// The roots and levels among the atoms bend the median a little.
		if got := median(t, pooled.Mixture{}, c.d); math.Abs(got-c.want) > 0.004*math.Abs(c.want) {
			t.Errorf("%v, %+v: median %.4f, want %.4f", c.d.Y, c.d.Expect, got, c.want)
		}
		// The closed form takes from the kind what does not grow.
		if e := c.d.Expect; e.Growth <= 0 || c.d.Max != nil {
			if got := median(t, pooled.Drift{}, c.d); math.Abs(got-c.want) > 0.004*math.Abs(c.want) {
				t.Errorf("%v, %+v: median %.4f by Drift, want %.4f", c.d.Y, c.d.Expect, got, c.want)
			}
		}
	}
}
