package seasonal

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/ets"
	"example.com/zhibiao/forecast/internal/compete"
)

type classic struct {
	Frequency int
	Data      []float64
	Additive  []float64 `json:"decompose_additive_figure"`
	Mult      []float64 `json:"decompose_mult_figure"`
	Strength  struct{ Ft, Fs float64 }
	Mstl      struct{ Remainder []float64 }
	StlfEts   struct {
		Method                 string
		Mean, Lo80, Hi80, Lo95 []float64
	} `json:"stlf_ets"`
}

func classics(t *testing.T) map[string]classic {
	f, err := os.Open(compete.Path(t, "r_classics.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Series map[string]classic }
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	for k, c := range all.Series {
		if c.Frequency < 2 {
			delete(all.Series, k)
		}
	}
	if len(all.Series) != 5 {
		t.Fatalf("%d seasonal series", len(all.Series))
	}
	return all.Series
}

// Indices of decompose, the remainder of mstl and the strengths of R.
func TestReference(t *testing.T) {
	for name, c := range classics(t) {
		size := 0.0
		for _, v := range c.Data {
			size = max(size, math.Abs(v))
		}
		add, err := Classical{}.Decompose(c.Data, c.Frequency)
		if err != nil {
			t.Fatal(err)
		}
		mult, err := Classical{Multiplicative: true}.Decompose(c.Data, c.Frequency)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Additive) != c.Frequency || len(c.Mult) != c.Frequency {
			t.Fatalf("%s: no indices to compare with", name)
		}
		// decompose's figure starts with the season of the calendar, the
		// components with that of the first value.
		shift := 0
		for s := range c.Frequency {
			if math.Abs(add.Seasonal[0][0]-c.Additive[s]) < 1e-9*size {
				shift = s
			}
		}
		for s := range c.Frequency {
			k := (s + shift) % c.Frequency
			if !scalar.EqualWithinAbs(add.Seasonal[0][s], c.Additive[k], 1e-11*size) {
				t.Errorf("%s: additive index %d is %v, R %v", name, s, add.Seasonal[0][s], c.Additive[k])
			}
			if !scalar.EqualWithinAbs(mult.Seasonal[0][s], c.Mult[k], 1e-12) {
				t.Errorf("%s: multiplicative index %d is %v, R %v", name, s, mult.Seasonal[0][s], c.Mult[k])
			}
		}
		m, err := MSTL{}.Decompose(c.Data, c.Frequency)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range c.Mstl.Remainder {
			if !scalar.EqualWithinAbs(m.Remainder[i], r, 1e-10*size) {
				t.Fatalf("%s: remainder %d is %v, R %v", name, i, m.Remainder[i], r)
			}
		}
		p, err := STL{Periodic: true}.Decompose(c.Data, c.Frequency)
		if err != nil {
			t.Fatal(err)
		}
		ft, fs := p.Strength()
		if !scalar.EqualWithinAbs(ft, c.Strength.Ft, 1e-9) || !scalar.EqualWithinAbs(fs[0], c.Strength.Fs, 1e-9) {
			t.Errorf("%s: strength of trend %v, of season %v, R %v, %v", name, ft, fs[0], c.Strength.Ft, c.Strength.Fs)
		}
	}
}

// stlf(y, method = "ets"): the model is chosen and fitted freely as R does, so
// only a better maximum may differ.
func TestStlf(t *testing.T) {
	for name, c := range classics(t) {
		code := c.StlfEts.Method[strings.Index(c.StlfEts.Method, "(")+1:]
		code = strings.NewReplacer(",", "", ")", "").Replace(code)
		f := Adjusted{Method: ets.ETS{Model: code, Initial: ets.Free}, Season: c.Frequency}
		m, err := f.Fit(c.Data)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range m.Forecast(len(c.StlfEts.Mean)) {
			width := c.StlfEts.Hi80[i] - c.StlfEts.Lo80[i]
			if got, want := forecast.Median(d), c.StlfEts.Mean[i]; math.Abs(got-want) > 0.1*width {
				t.Errorf("%s %s, %d ahead: %v, R %v, width of 80 %% %v", name, code, i+1, got, want, width)
			}
			lo, hi := forecast.Interval(d, 0.8)
			if r := (hi - lo) / width; r < 0.9 || r > 1.1 {
				t.Errorf("%s %s, %d ahead: width %v, R %v", name, code, i+1, hi-lo, width)
			}
		}
	}
}

func TestKruskalWallis(t *testing.T) {
	raw, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var ref struct {
		Series []struct {
			M       int
			Y       []float64
			Stat, P float64
		}
	}
	if err := json.Unmarshal(raw, &ref); err != nil {
		t.Fatal(err)
	}
	for i, r := range ref.Series {
		stat, p := KruskalWallis(r.Y, r.M)
		if !scalar.EqualWithinRel(stat, r.Stat, 1e-12) || !scalar.EqualWithinAbsOrRel(p, r.P, 1e-14, 1e-7) {
			t.Errorf("series %d: %v, %v, R %v, %v", i, stat, p, r.Stat, r.P)
		}
	}
	if len(ref.Series) != 4 {
		t.Errorf("%d series", len(ref.Series))
	}
	if stat, p := KruskalWallis([]float64{3, 3, 3, 3}, 2); stat != 0 || p != 1 {
		t.Errorf("constant: %v, %v", stat, p)
	}
}

// series is a trend with a season of four, as differences or ratios.
func series(n int, multiplicative bool) []float64 {
	rng := rand.New(rand.NewPCG(3, 4))
	y := make([]float64, n)
	for t := range y {
		y[t] = 100 + 2*float64(t) + rng.NormFloat64()
		s := []float64{0.8, 1.1, 1.3, 0.8}[t%4]
		if multiplicative {
			y[t] *= s
		} else {
			y[t] += 100 * (s - 1)
		}
	}
	return y
}

// However decomposed, the components make up the series.
func TestComponents(t *testing.T) {
	for _, c := range []struct {
		by   Decomposer
		mult bool
	}{{STL{}, false}, {STL{Periodic: true, Robust: true}, false}, {MSTL{Periods: []int{8, 4}}, false}, {Classical{}, false}, {Classical{Multiplicative: true}, true}, {Classical{Shrink: true}, false}} {
		y := series(40, c.mult)
		x, err := c.by.Decompose(y, 4)
		if err != nil {
			t.Fatal(err)
		}
		if x.Multiplicative != c.mult || len(x.Seasonal) != len(x.Periods) {
			t.Errorf("%#v: %v", c.by, x)
		}
		for i, s := range x.Season() {
			got := x.Trend[i] + s + x.Remainder[i]
			if c.mult {
				got = x.Trend[i] * s * x.Remainder[i]
			}
			if !math.IsNaN(x.Trend[i]) && !scalar.EqualWithinRel(got, y[i], 1e-12) {
				t.Errorf("%#v: value %d is %v, want %v", c.by, i, got, y[i])
			}
		}
		if trend, season := x.Strength(); trend < 0.95 || season[len(season)-1] > 1 || season[0] < 0.9 {
			t.Errorf("%#v: strength %v, %v", c.by, trend, season)
		}
	}
	for _, by := range []Decomposer{STL{}, MSTL{}, Classical{}} {
		for _, y := range [][]float64{{1, 2, 3}, {5}} {
			if _, err := by.Decompose(y, 4); !errors.Is(err, ErrNone) {
				t.Errorf("%#v on %v: %v", by, y, err)
			}
		}
		if _, err := by.Decompose(series(40, false), 0); !errors.Is(err, ErrNone) {
			t.Errorf("%#v without a season: %v", by, err)
		}
	}
	var domain *forecast.ErrDomain
	if _, err := (Classical{Multiplicative: true}).Decompose([]float64{1, 2, -3, 4, 5, 6}, 2); !errors.As(err, &domain) {
		t.Errorf("ratios of a negative value: %v", err)
	}
}

func TestTested(t *testing.T) {
	if !Tested(series(40, true), 4) {
		t.Error("a season is not found")
	}
	if Tested(series(11, true), 4) {
		t.Error("fewer than three cycles are tested")
	}
	if Tested([]float64{5, 5, 5, 5, 5, 5, 5, 5}, 2) {
		t.Error("a constant is seasonal")
	}
}

// The season comes back in the forecasts, in step with the calendar.
func TestAdjusted(t *testing.T) {
	for _, c := range []struct {
		f    Adjusted
		mult bool
	}{
		{Adjusted{}, false}, {Adjusted{By: Classical{}}, false}, {Adjusted{Multiplicative: true}, true},
		{M4(baseline.Drift{}), true}, {Adjusted{Multiplicative: true, By: STL{Periodic: true}}, true},
	} {
		c.f.Season = 4
		y := series(48, c.mult)
		m, err := c.f.Fit(y[:41])
		if err != nil {
			t.Fatal(err)
		}
		if m.(*Model).Components.Multiplicative != c.mult {
			t.Errorf("%+v: %v", c.f, m.(*Model).Components)
		}
		for i, p := range forecast.Points(m.Forecast(7)) {
			if math.Abs(p-y[41+i]) > 0.06*y[41+i] {
				t.Errorf("%+v, %d ahead: %v, came %v", c.f, i+1, p, y[41+i])
			}
		}
	}
	// Ratios need positive values; without them differences are taken.
	m, err := Adjusted{Multiplicative: true, Season: 2}.Fit([]float64{-1, 5, -1.5, 5, -1, 5.5, -1, 5})
	if err != nil || m.(*Model).Components == nil || m.(*Model).Components.Multiplicative {
		t.Errorf("%+v, %v", m, err)
	}
	// Without a season to be told the method forecasts alone.
	m, err = M4(baseline.Naive{}).Fit([]float64{3, 4, 5})
	if err != nil || m.(*Model).Components != nil || forecast.Median(m.Forecast(1)[0]) != 5 {
		t.Errorf("%+v, %v", m, err)
	}
	r, err := Adjusted{Season: 4}.Fit(series(20, false))
	if err != nil || len(r.(forecast.Residualer).Residuals()) != 20 {
		t.Errorf("residuals of %v: %v", r, err)
	}
	if _, err := (Adjusted{}).FitData(forecast.Data{Y: []float64{1, 2, 3}, X: [][]float64{{1}, {1}, {1}}}); !errors.Is(err, forecast.ErrX) {
		t.Errorf("regressors: %v", err)
	}
}

func BenchmarkMSTL100(b *testing.B) {
	y := series(100, false)
	for b.Loop() {
		if _, err := (MSTL{}).Decompose(y, 4); err != nil {
			b.Fatal(err)
		}
	}
}
