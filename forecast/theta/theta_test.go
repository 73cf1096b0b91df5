package theta

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
)

var variants = []Variant{Standard, STM, OTM, DSTM, DOTM}

// wave is a deterministic series with trend, noise and, if m > 1, a season.
func wave(n, m int) []float64 {
	r := rand.New(rand.NewPCG(uint64(n), uint64(m)))
	y := make([]float64, n)
	l := 100.0
	for i := range y {
		l += 2 + r.NormFloat64()
		y[i] = l + 2*r.NormFloat64()
		if m > 1 {
			y[i] *= 1 + 0.3*math.Sin(2*math.Pi*float64(i)/float64(m))
		}
	}
	return y
}

func estimate(tb testing.TB, f Theta, y []float64) *Model {
	tb.Helper()
	m, err := f.Estimate(y)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// The joint paths must have the means and scales of the marginals, from
// different code: recursion against propagated errors.
func TestSimulateMatchesMoments(t *testing.T) {
	for _, v := range variants {
		for _, season := range []int{1, 4} {
			m := estimate(t, Theta{Variant: v, Season: season}, wave(30, season))
			const n, h = 40000, 6
			mean, scale := m.Moments(h)
			p := forecast.Draw(m, n, h, rand.NewPCG(7, 7))
			for j := range h {
				col := p.Column(j)
				s, ss := 0.0, 0.0
				for _, x := range col {
					s += x / n
				}
				for _, x := range col {
					ss += (x - s) * (x - s) / n
				}
				sd := scale[j] * math.Sqrt(m.DF/(m.DF-2))
				if math.Abs(s-mean[j]) > 5*sd/math.Sqrt(n) {
					t.Errorf("%s, season %d, %d ahead: mean of paths %g, want %g", v, season, j+1, s, mean[j])
				}
				if math.Abs(math.Sqrt(ss)/sd-1) > 0.03 {
					t.Errorf("%s, season %d, %d ahead: sd of paths %g, want %g", v, season, j+1, math.Sqrt(ss), sd)
				}
			}
		}
	}
}

// A straight line is continued by half its slope by the standard method and in
// full by OTM, whose weight goes to its upper end.
func TestLine(t *testing.T) {
	y := make([]float64, 20)
	for i := range y {
		y[i] = 50 + 3*float64(i)
	}
	mean, _ := estimate(t, Theta{Variant: OTM}, y).Moments(5)
	for j := range mean {
		if want := 50 + 3*float64(20+j); math.Abs(mean[j]-want) > 1e-4*want {
			t.Errorf("otm, %d ahead: %g, want %g", j+1, mean[j], want)
		}
	}
	m := estimate(t, Theta{}, y)
	if math.Abs(m.Drift-1.5) > 1e-9 {
		t.Errorf("drift %g, want 1.5", m.Drift)
	}
}

func TestEquivariance(t *testing.T) {
	for _, v := range variants {
		for _, season := range []int{1, 4} {
			y := wave(31, season)
			f := Theta{Variant: v, Season: season}
			m0, s0 := estimate(t, f, y).Moments(8)
			for _, c := range []float64{1e-6, 1. / 3, 7, 1e6, 1e290} {
				x := slices.Clone(y)
				for i := range x {
					x[i] *= c
				}
				m1, s1 := estimate(t, f, x).Moments(8)
				for j := range m0 {
					if math.Abs(m1[j]/c-m0[j]) > 1e-9*math.Abs(m0[j]) || math.Abs(s1[j]/c-s0[j]) > 1e-9*s0[j] {
						t.Errorf("%s, season %d, scale %g: %g ± %g, want %g ± %g", v, season, c, m1[j]/c, s1[j]/c, m0[j], s0[j])
					}
				}
			}
		}
	}
}

func TestGaps(t *testing.T) {
	nan := math.NaN()
	for _, v := range variants {
		y := wave(24, 1)
		f := Theta{Variant: v}
		want, wantScale := estimate(t, f, y).Moments(6)
		// A gap at the end only moves the origin.
		got, scale := estimate(t, f, append(slices.Clone(y), nan, nan)).Moments(4)
		for j := range got {
			near(t, v.String()+": after a gap", got[j], want[j+2], 1e-12)
			near(t, v.String()+": scale after a gap", scale[j], wantScale[j+2], 1e-12)
		}
		// A gap at the start is nothing.
		got, _ = estimate(t, f, append([]float64{nan}, y...)).Moments(6)
		for j := range got {
			near(t, v.String()+": after a leading gap", got[j], want[j], 1e-12)
		}
		// One inside costs little.
		y[11] = nan
		m := estimate(t, f, y)
		got, _ = m.Moments(6)
		for j := range got {
			if math.Abs(got[j]-want[j]) > 0.05*want[j] {
				t.Errorf("%s: a gap moves the forecast from %g to %g", v, want[j], got[j])
			}
		}
		if r := m.Residuals(); len(r) != 24 || !math.IsNaN(r[11]) || math.IsNaN(r[12]) {
			t.Errorf("%s: residuals %v", v, r)
		}
	}
}

func TestShort(t *testing.T) {
	var short *forecast.ErrShort
	if _, err := (Theta{}).Fit([]float64{3}); !errors.As(err, &short) || short.Need != 2 {
		t.Errorf("one value: %v", err)
	}
	if _, err := (Theta{}).Fit(nil); !errors.Is(err, forecast.ErrEmpty) {
		t.Errorf("no value: %v", err)
	}
	if _, err := (Theta{}).Fit([]float64{1, math.Inf(1), 3}); !errors.Is(err, forecast.ErrInfinite) {
		t.Errorf("an infinity: %v", err)
	}
	for _, f := range []Theta{{Variant: 9}, {Variant: -1}, {Adjust: 7}, {Season: -4}} {
		if _, err := f.Fit([]float64{1, 2, 3}); err == nil {
			t.Errorf("%+v: no error", f)
		}
	}
	m := estimate(t, Theta{Variant: DOTM}, []float64{10, 12})
	mean, scale := m.Moments(3)
	// A random walk with half the drift of two.
	for j, want := range []float64{13, 14, 15} {
		near(t, "two values", mean[j], want, 1e-12)
		if !(scale[j] > 0) {
			t.Errorf("scale %g", scale[j])
		}
	}
	if m.Variant != Standard || !strings.Contains(m.Explain("en"), "DOTM") || !strings.Contains(m.Explain("zh"), "DOTM") {
		t.Errorf("the fallback is not told: %s", m.Explain("en"))
	}
}

func TestFitData(t *testing.T) {
	y := wave(40, 4)
	m, err := forecast.Fit(Theta{}, forecast.Data{Y: y, Season: 4})
	if err != nil {
		t.Fatal(err)
	}
	if s := m.(*Model).Season; len(s) != 4 {
		t.Errorf("season %v", s)
	}
	if m, err = forecast.Fit(Theta{}, forecast.Data{Y: y, Season: 4, Min: forecast.Bound(0)}); err != nil {
		t.Fatal(err)
	}
	if lo := m.Forecast(8)[7].Quantile(1e-6); !(lo >= 0) {
		t.Errorf("below the bound: %g", lo)
	}
	if _, err = forecast.Fit(Theta{}, forecast.Data{Y: y, X: slices.Repeat([][]float64{{1}}, 44)}); !errors.Is(err, forecast.ErrX) {
		t.Errorf("regressors: %v", err)
	}
}

func TestText(t *testing.T) {
	for _, v := range variants {
		b, err := v.MarshalText()
		var w Variant
		if err != nil || w.UnmarshalText(b) != nil || w != v {
			t.Errorf("%v becomes %v", v, w)
		}
	}
	for _, a := range []Adjust{Shrunk, Tested, Never} {
		b, err := a.MarshalText()
		var w Adjust
		if err != nil || w.UnmarshalText(b) != nil || w != a {
			t.Errorf("%v becomes %v", a, w)
		}
	}
	var v Variant
	var a Adjust
	if v.UnmarshalText([]byte("x")) == nil || a.UnmarshalText([]byte("x")) == nil {
		t.Error("nonsense accepted")
	}
}

// check demands what the contract promises of any finite series.
func check(tb testing.TB, f Theta, y []float64) {
	tb.Helper()
	keep := slices.Clone(y)
	m, err := f.Estimate(y)
	for i := range y {
		if math.Float64bits(y[i]) != math.Float64bits(keep[i]) {
			tb.Fatalf("the series was changed")
		}
	}
	if err != nil {
		n, bad := forecast.Check(y)
		if bad == nil && n >= 2 {
			tb.Fatalf("%v: %v", y, err)
		}
		return
	}
	for j, d := range m.Forecast(5) {
		last := math.Inf(-1)
		for _, p := range []float64{0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999} {
			q := d.Quantile(p)
			if math.IsNaN(q) || math.IsInf(q, 0) || q < last {
				tb.Fatalf("%v, %+v: quantile %g, %d ahead, is %g after %g", y, f, p, j+1, q, last)
			}
			last = q
		}
		if v := d.Mean(); math.IsNaN(v) || math.IsInf(v, 0) {
			tb.Fatalf("%v, %+v: mean %g", y, f, v)
		}
	}
	path := make([]float64, 5)
	m.Simulate(path, rand.NewPCG(1, 1))
	for _, v := range path {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			tb.Fatalf("%v, %+v: path %v", y, f, path)
		}
	}
}

func TestExtremes(t *testing.T) {
	nan := math.NaN()
	long := func(f func(i int) float64) []float64 {
		y := make([]float64, 26)
		for i := range y {
			y[i] = f(i)
		}
		return y
	}
	for name, y := range map[string][]float64{
		"two equal": {5, 5}, "three": {1, 5, 2}, "zeros": long(func(int) float64 { return 0 }),
		"constant": long(func(int) float64 { return 7.1 }),
		"negative": long(func(i int) float64 { return -100 - float64(i*i%7) }),
		"huge":     long(func(i int) float64 { return 1e308 * math.Sin(float64(i)) }),
		"tiny":     long(func(i int) float64 { return 5e-324 * float64(i) }),
		"mixed":    long(func(i int) float64 { return math.Pow(10, float64(i*20-250)) }),
		"gaps":     long(func(i int) float64 { return []float64{nan, float64(i)}[i%2] }),
		"spikes":   long(func(i int) float64 { return []float64{0, 0, 0, 1}[i%4] }),
		"sparse":   append([]float64{3, nan, nan, nan, nan, nan, nan}, 4, nan),
	} {
		for _, v := range variants {
			for _, s := range []int{0, 4, 7} {
				for _, a := range []Adjust{Shrunk, Tested, Never} {
					check(t, Theta{Variant: v, Season: s, Adjust: a, FreeLevel: s == 7}, y)
				}
			}
		}
		_ = name
	}
}

func FuzzTheta(f *testing.F) {
	f.Add(uint8(0), uint8(0), uint8(0), 1.0, 2.0, 3.0, 4.0, uint16(0))
	f.Add(uint8(4), uint8(4), uint8(1), 1e300, -1e300, 1e-300, 0.0, uint16(5))
	f.Add(uint8(2), uint8(2), uint8(0), 5.0, 5.0, 5.0, 5.0, uint16(0xffff))
	f.Fuzz(func(t *testing.T, v, season, adjust uint8, a, b, c, d float64, gaps uint16) {
		base := [4]float64{a, b, c, d}
		y := make([]float64, 2+int(gaps%29))
		for i := range y {
			y[i] = base[i%4] * (1 + float64(i/4)*0.25)
			if math.IsInf(y[i], 0) || gaps>>(i%16)&1 == 1 && i%3 == 1 {
				y[i] = math.NaN()
			}
		}
		check(t, Theta{Variant: Variant(v % 5), Season: int(season % 13), Adjust: Adjust(adjust % 3), FreeLevel: adjust > 100}, y)
	})
}

func BenchmarkFit(b *testing.B) {
	for _, v := range []Variant{Standard, OTM, DOTM} {
		for _, n := range []int{10, 30, 100, 1000} {
			b.Run(fmt.Sprintf("%s/n=%d", v, n), func(b *testing.B) {
				y := wave(n, 1)
				b.ReportAllocs()
				for b.Loop() {
					estimate(b, Theta{Variant: v}, y)
				}
			})
		}
	}
}

// BenchmarkYearly is what one series of a competition costs: fit, six
// forecasts, 80 and 95 % intervals.
func BenchmarkYearly(b *testing.B) {
	for _, v := range []Variant{Standard, DOTM} {
		b.Run(v.String(), func(b *testing.B) {
			y := wave(20, 1)
			for b.Loop() {
				for _, d := range estimate(b, Theta{Variant: v}, y).Forecast(6) {
					forecast.Interval(d, 0.80)
					forecast.Interval(d, 0.95)
				}
			}
		})
	}
}
