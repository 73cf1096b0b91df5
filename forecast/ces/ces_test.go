package ces

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/forecasttest"
	"example.com/zhibiao/forecast/internal/compete"
)

var conformance = forecasttest.Options{Seasons: []int{4}}

func TestConformance(t *testing.T) { forecasttest.Run(t, CES{}, conformance) }

func FuzzConformance(f *testing.F) { forecasttest.Fuzz(f, CES{}, conformance) }

func quarters(n int, seed uint64) []float64 {
	rnd := rand.New(rand.NewPCG(seed, 2))
	y := make([]float64, n)
	level := 200.0
	for i := range y {
		level += 1 + 3*rnd.NormFloat64()
		y[i] = level + []float64{12, -5, 3, -10}[i%4]
	}
	return y
}

// TestComplexForm: the states follow the recursion in complex numbers with
// which the paper begins (equation 2): with ŷ + ip̂ the smoothed pair and y + ie
// the observed one, each new pair is their average with weights α₀ + iα₁ and
// 1 + i less that.
func TestComplexForm(t *testing.T) {
	y := quarters(40, 1)
	f := newFilter(None, 1, y)
	a := []float64{1.4, 0.9}
	s := complex(f.init[0], f.init[1])
	alpha := complex(a[0], a[1])
	st := append([]float64(nil), f.init...)
	for i, v := range y {
		e := v - real(s)
		s = alpha*complex(v, e) + (1+1i-alpha)*s
		f.step(st, i, a, v-f.predict(st, i))
		if math.Abs(real(s)-st[0]) > 1e-9*math.Abs(st[0]) || math.Abs(imag(s)-st[1]) > 1e-9*math.Abs(st[1]) {
			t.Fatalf("%d: %v, want %v", i, st, s)
		}
	}
}

// TestRegion: the admissible region is that of the three circles of the paper
// (section 3.3), but for the room at its edge.
func TestRegion(t *testing.T) {
	f := newFilter(None, 1, []float64{1, 2})
	inside := 0
	for a0 := 0.0; a0 <= 3; a0 += 0.03 {
		for a1 := 0.0; a1 <= 2; a1 += 0.03 {
			c := []float64{math.Pow(a0-2.5, 2) + a1*a1 - 1.25, math.Pow(a0-0.5, 2) + math.Pow(a1-1, 2) - 0.25, 1.5 - math.Pow(a0-1.5, 2) - math.Pow(a1-0.5, 2)}
			margin := math.Min(c[0], math.Min(c[1], c[2]))
			if math.Abs(margin) < 0.005 {
				continue
			}
			want := margin > 0
			if want {
				inside++
			}
			if got := f.admissible([]float64{a0, a1}); got != want {
				t.Errorf("α = %.2f + %.2fi: admissible %t, circles %t", a0, a1, got, want)
			}
		}
	}
	if inside < 500 {
		t.Errorf("%d points inside", inside)
	}
}

// TestStable: for every form, admissible parameters make the influence of the
// initial states die away, or stay as it is where level and season share it.
func TestStable(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	for form := None; form <= Full; form++ {
		f := newFilter(form, 4, make([]float64, 8))
		lo, hi, _ := f.box()
		tried := 0
		for range 4000 {
			a := make([]float64, f.smoothing())
			for i := range a {
				a[i] = lo[i] + (hi[i]-lo[i])*rnd.Float64()
			}
			ok := f.admissible(a)
			if ok {
				tried++
			} else if tried > 50 && tried%7 != 0 {
				continue
			}
			s := make([]float64, f.states())
			for i := range s {
				s[i] = rnd.NormFloat64()
			}
			grown := 0.0
			for i := range 2000 {
				p := f.predict(s, i)
				f.step(s, i, a, -p)
				if i >= 1990 {
					grown = math.Max(grown, math.Abs(p))
				}
			}
			if ok && grown > 100 {
				t.Errorf("%v %v: influence %g after 2000 periods", form, a, grown)
			}
			if !ok && grown < 1e-9 {
				t.Errorf("%v %v: refused, but the influence dies away", form, a)
			}
		}
		if tried < 20 {
			t.Errorf("%v: only %d admissible", form, tried)
		}
	}
}

func TestForms(t *testing.T) {
	y := quarters(60, 3)
	y[10] = math.NaN()
	for form := None; form <= Full; form++ {
		fm, err := CES{Seasonality: form, Season: 4}.Fit(y)
		if err != nil {
			t.Fatal(err)
		}
		m := fm.(*Model)
		if m.Seasonality() != form || len(m.Parameters()) != m.f.smoothing() {
			t.Errorf("%v: %v", form, m)
		}
		r := m.Residuals()
		if len(r) != len(y) || !math.IsNaN(r[10]) || math.IsNaN(r[11]) {
			t.Errorf("%v: residuals %v", form, r[:12])
		}
		for _, lang := range []string{"zh", "en"} {
			if s := m.Explain(lang); strings.Contains(s, "NaN") || len(s) < 60 {
				t.Error(s)
			}
		}
		// The best of the forms has the least AICc.
		best, err := CES{}.FitData(forecast.Data{Y: y, Season: 4})
		if err != nil {
			t.Fatal(err)
		}
		if b := best.(*Model); b.AICc() > m.AICc()+1e-9 {
			t.Errorf("chosen %v with AICc %g, but %v has %g", b, b.AICc(), m, m.AICc())
		}
	}
}

func TestErrors(t *testing.T) {
	var short *forecast.ErrShort
	if _, err := (CES{}).Fit([]float64{1}); !errors.As(err, &short) || short.Need != 2 {
		t.Errorf("one value: %v", err)
	}
	if _, err := (CES{Seasonality: Full, Season: 4}).Fit(quarters(12, 1)); !errors.As(err, &short) {
		t.Errorf("twelve values, full: %v", err)
	}
	if _, err := (CES{Seasonality: Simple}).Fit(quarters(12, 1)); !errors.Is(err, errSeason) {
		t.Errorf("no season: %v", err)
	}
	if _, err := (CES{}).FitData(forecast.Data{Y: quarters(12, 1), X: [][]float64{{1}}}); !errors.Is(err, forecast.ErrX) {
		t.Errorf("regressors: %v", err)
	}
	for _, f := range []func(){
		func() { CES{Season: -1}.Fit([]float64{1, 2}) },
		func() { CES{Seasonality: 9}.Fit([]float64{1, 2}) },
		func() { m, _ := CES{}.Fit([]float64{1, 2}); m.Forecast(0) },
		func() { normal{0, 1}.Quantile(-1) },
	} {
		func() {
			defer func() {
				if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "ces: ") {
					t.Errorf("panic %v", s)
				}
			}()
			f()
		}()
	}
}

// TestAccuracy keeps the scores on M3 where they are; R's ets has 17.003 and
// 9.684.
func TestAccuracy(t *testing.T) {
	if raced {
		t.Skip("scores are computed without the race detector")
	}
	for _, c := range []struct {
		set    string
		season int
		limit  float64
	}{{"yearly", 1, 17.45}, {"quarterly", 4, 9.65}} {
		all := compete.Load(t, "M3_"+c.set+".csv.gz")
		sum := 0.0
		for _, s := range all {
			m, err := forecast.Fit(CES{}, forecast.Data{Y: s.Train, Season: c.season})
			if err != nil {
				t.Fatal(err)
			}
			v, _ := s.Score(forecast.Points(m.Forecast(len(s.Test))), c.season)
			sum += v
		}
		got := sum / float64(len(all))
		t.Logf("M3 %s: sMAPE %.3f", c.set, got)
		if got > c.limit {
			t.Errorf("sMAPE %.3f on M3 %s, want at most %g", got, c.set, c.limit)
		}
	}
}

// TestAllocations: a filter run allocates nothing.
func TestAllocations(t *testing.T) {
	y := quarters(60, 2)
	f := newFilter(Full, 4, y)
	a := f.start()
	if n := testing.AllocsPerRun(50, func() { f.admissible(a); f.run(y, a, nil) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}

func BenchmarkFit(b *testing.B) {
	for _, m := range []int{1, 4} {
		for _, n := range []int{10, 30, 100, 1000} {
			b.Run(fmt.Sprintf("n=%d/m=%d", n, m), func(b *testing.B) {
				d := forecast.Data{Y: quarters(n, 1), Season: m}
				for b.Loop() {
					if _, err := forecast.Fit(CES{}, d); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
