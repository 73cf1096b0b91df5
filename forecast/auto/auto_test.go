package auto

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/pooled"
)

func fit(t *testing.T, f Auto, d forecast.Data) forecast.Model {
	t.Helper()
	m, err := forecast.Fit(f, d)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Weights are shares: none negative, and something is left to the mixture.
func TestLadder(t *testing.T) {
	for _, seasonal := range []bool{false, true} {
		for n := 1; n <= 60; n++ {
			r := weigh(n, seasonal)
			for h := 1; h <= 20; h++ {
				for _, one := range []share{r.naive, r.usual} { // never both
					sum := 0.0
					for _, s := range []share{one, r.drift, r.dotm, r.theta, r.ets} {
						if w := s.at(h); w < 0 {
							t.Errorf("n = %d, h = %d: weight %g", n, h, w)
						} else {
							sum += w
						}
					}
					if sum > 0.75+1e-9 {
						t.Errorf("n = %d, h = %d: only %g is left to the mixture", n, h, 1-sum)
					}
				}
			}
			if r.widen < 0.95 || r.widen > 1.2 {
				t.Errorf("n = %d: stretched by %g", n, r.widen)
			}
		}
	}
}

// With one value the median is the ladder's mean of that value and the
// mixture's median.
func TestOneValue(t *testing.T) {
	y := []float64{698}
	mix, err := pooled.Mixture{}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	m := fit(t, Auto{}, forecast.Data{Y: y}).Forecast(5)
	for h, d := range mix.Forecast(5) {
		if got, want := forecast.Median(m[h]), 0.6*forecast.Median(d)+0.4*698; math.Abs(got-want) > 1e-9*want {
			t.Errorf("h = %d: median %g, want %g", h+1, got, want)
		}
	}
}

// Growth rates are drawn to the usual level of their kind, the more the
// farther ahead; without one they stay.
func TestUsual(t *testing.T) {
	e := forecast.Expect{Stable: true, Noise: 4.5, Points: true}
	for _, y := range []float64{20, -4} {
		var at [2][]forecast.Dist
		for i, usual := range []float64{0, 6} {
			e.Usual = usual
			at[i] = fit(t, Auto{}, forecast.Data{Y: []float64{y}, Expect: e}).Forecast(6)
		}
		last := math.Abs(y - 6)
		for h := range 6 {
			free, drawn := forecast.Median(at[0][h]), forecast.Median(at[1][h])
			if math.Abs(free-y) > 0.05 {
				t.Errorf("%g, h = %d: %.2f without a usual level", y, h+1, free)
			}
			if d := math.Abs(drawn - 6); d >= last || (drawn-6)*(y-6) <= 0 {
				t.Errorf("%g, h = %d: %.2f, %.2f from the usual level after %.2f", y, h+1, drawn, d, last)
			} else {
				last = d
			}
		}
		if w := weigh(1, false).usual.at(1); math.Abs(forecast.Median(at[1][0])-(w*6+(1-w)*forecast.Median(at[0][0]))) > 1e-9 {
			t.Errorf("%g: %.3f is not the weighted mean", y, forecast.Median(at[1][0]))
		}
	}
}

// A move is increasing, keeps bounds, and has an inverse.
func TestMove(t *testing.T) {
	b := forecast.Bound
	for _, c := range []struct {
		d        forecast.Data
		from, to float64
		y        []float64
	}{
		{forecast.Data{Y: []float64{5}}, 100, 90, []float64{1e-9, 50, 100, 1e6}},
		{forecast.Data{Y: []float64{5}, Min: b(0), Max: b(10)}, 6, 7, []float64{1e-6, 3, 6, 9.999}},
		{forecast.Data{Y: []float64{-5}, Max: b(1000)}, -6, -4, []float64{-1e6, -6, 0, 900}},
	} {
		m := newScale(c.d).move(c.from, c.to, 1.05)
		if got := m.forward(c.from); math.Abs(got-c.to) > 1e-12*math.Abs(c.to) {
			t.Errorf("median %g goes to %g, not to %g", c.from, got, c.to)
		}
		last := math.Inf(-1)
		for _, y := range c.y {
			z := m.forward(y)
			if z <= last {
				t.Errorf("%g goes to %g, not above %g", y, z, last)
			}
			last = z
			if z == m.lo || z == m.hi {
				continue
			}
			if back := m.back(z); math.Abs(back-y) > 1e-9*math.Abs(y)+1e-12 {
				t.Errorf("%g comes back as %g", y, back)
			}
		}
	}
}

// A season that repeats exactly must be forecast exactly, whatever its form.
func TestSeason(t *testing.T) {
	for name, f := range map[string]func(i int) float64{
		"ratios":      func(i int) float64 { return 100 * []float64{0.8, 1.1, 1.3, 0.8}[i%4] },
		"differences": func(i int) float64 { return []float64{-20, 10, 30, -20}[i%4] },
	} {
		var y []float64
		for i := range 24 {
			y = append(y, f(i))
		}
		m := fit(t, Auto{Prior: pooled.Mixture{Stable: true}}, forecast.Data{Y: y, Season: 4})
		for h, d := range m.Forecast(8) {
			if got, want := forecast.Median(d), f(24+h); math.Abs(got-want) > 2 {
				t.Errorf("%s, h = %d: median %.2f, want %.2f", name, h+1, got, want)
			}
		}
		if s := m.(forecast.Explainer).Explain("zh"); !strings.Contains(s, "季节") {
			t.Errorf("%s: season is not mentioned: %s", name, s)
		}
	}
	y := []float64{3, 5, 4, 6, 5, 7}
	if s := fit(t, Auto{}, forecast.Data{Y: y, Season: 4}).(forecast.Explainer).Explain("en"); strings.Contains(s, "season of") {
		t.Errorf("a season is told from six values: %s", s)
	}
}

func TestBounds(t *testing.T) {
	d := forecast.Data{Y: []float64{98, 98.6, 99.1, 99.5}, Min: forecast.Bound(0), Max: forecast.Bound(100)}
	m := fit(t, Auto{}, d)
	for h, x := range m.Forecast(10) {
		lo, hi := forecast.Interval(x, 0.95)
		if !(lo > 90 && hi < 100 && lo < hi) {
			t.Errorf("h = %d: interval [%g, %g]", h+1, lo, hi)
		}
	}
	path := make([]float64, 10)
	src := rand.NewPCG(1, 1)
	for range 200 {
		m.Simulate(path, src)
		for _, v := range path {
			if v < 0 || v > 100 {
				t.Fatalf("simulated %g", v)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	if _, err := (Auto{}).FitData(forecast.Data{Y: []float64{1}, X: [][]float64{{1}}}); !errors.Is(err, forecast.ErrX) {
		t.Errorf("regressors: %v", err)
	}
	if _, err := (Auto{}).Fit([]float64{math.NaN()}); !errors.Is(err, forecast.ErrEmpty) {
		t.Errorf("no value: %v", err)
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		n        int
		zh, en   []string
		bounded  bool
		trailing bool
	}{
		{n: 1, zh: []string{"只依据1个数值", "只有1个数值", "最新数值40%"}, en: []string{"a single value", "one figure only", "the last value 40 %"}},
		{n: 6, zh: []string{"最近6个数值", "收缩漂移20%"}, en: []string{"last 6 values", "the shrunk drift 20 %", "twice the history"}},
		{n: 25, zh: []string{"动态优化Theta19%（7期后70%）"}, en: []string{"Theta model 19 % (70 % from 7 periods ahead on)"}},
		{n: 4, bounded: true, zh: []string{"限定在0与100之间"}, en: []string{"kept between 0 and 100"}},
		{n: 4, trailing: true, zh: []string{"最后1期没有数值"}, en: []string{"last 1 periods have no value"}},
	} {
		var d forecast.Data
		for i := range c.n {
			d.Y = append(d.Y, 40+float64(i))
		}
		if c.bounded {
			d.Min, d.Max = forecast.Bound(0), forecast.Bound(100)
		}
		if c.trailing {
			d.Y = append(d.Y, math.NaN())
		}
		m := fit(t, Auto{}, d).(forecast.Explainer)
		for lang, words := range map[string][]string{"zh": c.zh, "en": c.en} {
			s := m.Explain(lang)
			for _, w := range words {
				if !strings.Contains(s, w) {
					t.Errorf("n = %d, %s: %q is missing in %s", c.n, lang, w, s)
				}
			}
			if strings.Contains(s, "%!") || strings.Contains(s, "NaN") {
				t.Errorf("n = %d: %s", c.n, s)
			}
		}
	}
}

// The context reaches every member.
func TestContext(t *testing.T) {
	y := []float64{100, 103, 105, 108}
	low := fit(t, Auto{Prior: pooled.Mixture{Context: pooled.Context{Mean: 0, SD: 0.01}}}, forecast.Data{Y: y}).Forecast(5)[4]
	high := fit(t, Auto{Prior: pooled.Mixture{Context: pooled.Context{Mean: 0.15, SD: 0.01}}}, forecast.Data{Y: y}).Forecast(5)[4]
	if a, b := forecast.Median(low), forecast.Median(high); b < 1.2*a {
		t.Errorf("medians %g and %g after contexts of 0 and 15 %%", a, b)
	}
	m := fit(t, Auto{Prior: pooled.Mixture{Context: pooled.Context{Mean: 0.08, SD: 0.01}}}, forecast.Data{Y: []float64{100}})
	if got := forecast.Median(m.Forecast(1)[0]); math.Abs(got-108) > 1 {
		t.Errorf("one value and a context of 8 %%: median %g after 100", got)
	}
	for _, lang := range []string{"zh", "en"} {
		if s := m.(forecast.Explainer).Explain(lang); strings.Contains(s, "最新数值40%") || strings.Contains(s, "weighted mean") || strings.Contains(s, "%!") {
			t.Errorf("members are named that there are not: %s", s)
		}
	}
}

func BenchmarkYearly(b *testing.B) {
	y := make([]float64, 30)
	for i := range y {
		y[i] = 100 * math.Exp(0.04*float64(i)+0.05*math.Sin(float64(i*i)))
	}
	for b.Loop() {
		m, err := Auto{}.Fit(y)
		if err != nil {
			b.Fatal(err)
		}
		for _, d := range m.Forecast(6) {
			for _, p := range []float64{0.025, 0.1, 0.5, 0.9, 0.975} {
				d.Quantile(p)
			}
		}
	}
}
