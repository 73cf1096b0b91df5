package arima

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
)

// walk is a deterministic series: a random walk with drift and a season.
func walk(n, m int, seed uint64) []float64 {
	rnd := rand.New(rand.NewPCG(seed, 5))
	y := make([]float64, n)
	level := 100.0
	for i := range y {
		level += 1 + rnd.NormFloat64()
		y[i] = level
		if m > 1 {
			y[i] += 10 * math.Sin(2*math.Pi*float64(i%m)/float64(m))
		}
	}
	return y
}

// checkModel holds what every model must keep: finite, ordered quantiles.
func checkModel(t *testing.T, name string, m forecast.Model, h int) {
	t.Helper()
	for i, d := range m.Forecast(h) {
		last := math.Inf(-1)
		for _, p := range []float64{0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999} {
			q := d.Quantile(p)
			if math.IsNaN(q) || math.IsInf(q, 0) || q < last {
				t.Fatalf("%s: quantile %g at %d is %g after %g", name, p, i+1, q, last)
			}
			last = q
		}
		if v := d.Mean(); math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("%s: mean at %d is %g", name, i+1, v)
		}
	}
	path := make([]float64, h)
	m.Simulate(path, rand.NewPCG(1, 1))
	for _, v := range path {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("%s: simulated %g", name, v)
		}
	}
}

var nan = math.NaN()

func TestEdges(t *testing.T) {
	for name, y := range map[string][]float64{
		"two points":     {3, 5},
		"three points":   {3, 5, 4},
		"four":           {3, 5, 4, 8},
		"constant":       {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7},
		"two equal":      {7, 7},
		"zeros":          make([]float64, 15),
		"linear":         {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
		"linear tenths":  {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2},
		"quadratic":      {1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121, 144},
		"geometric":      {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096},
		"huge":           {1e300, -1e300, 1.5e308, 2e300, -1e308, 1e300, 3e307, 1e300, 1, 2, 3, 1e308},
		"tiny":           {1e-300, 2e-300, 1.5e-300, 5e-324, 1e-300, 4e-300, 2e-300, 1e-300, 0, 1e-300, 2e-300},
		"step":           {1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9},
		"impulse":        {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0},
		"alternating":    {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1},
		"large level":    {1e9 + 1, 1e9 + 2, 1e9 + 1, 1e9 + 3, 1e9 + 2, 1e9 + 2, 1e9 + 4, 1e9 + 1, 1e9 + 3, 1e9 + 2},
		"leading gaps":   {nan, nan, 3, 5, 4, 6, 7, 5, 8, 9, 8, 9, 10},
		"trailing gaps":  {3, 5, 4, 6, 7, 5, 8, 9, 8, 9, 10, nan, nan},
		"every other":    {3, nan, 4, nan, 7, nan, 8, nan, 8, nan, 10, nan, 11, nan, 13, nan, 13, nan, 15, nan, 14},
		"gap, short":     {3, nan, 5},
		"seasons absent": {1, nan, nan, nan, 2, nan, nan, nan, 4, nan, nan, nan, 3, nan, nan, nan, 5, nan, nan, nan, 6},
	} {
		for _, season := range []int{0, 4, 12} {
			m, err := forecast.Fit(Auto{}, forecast.Data{Y: y, Season: season})
			if err != nil {
				t.Errorf("%s, season %d: %v", name, season, err)
				continue
			}
			checkModel(t, name, m, 9)
			if r := m.(*Model).Residuals(); len(r) != len(y) {
				t.Errorf("%s: %d residuals of %d", name, len(r), len(y))
			}
			for _, lang := range []string{"zh", "en"} {
				if s := m.(*Model).Explain(lang); !strings.Contains(s, "ARIMA(") || strings.Contains(s, "NaN") {
					t.Errorf("%s: %s", name, s)
				}
			}
		}
	}
}

func TestExact(t *testing.T) {
	// A line goes on as a line, a constant as itself, with certainty.
	m, err := Auto{}.Fit([]float64{2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 32})
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range m.Forecast(3) {
		if want := 35 + 3*float64(i); math.Abs(d.Mean()-want) > 1e-9 || d.Quantile(0.9)-d.Quantile(0.1) > 1e-9 {
			t.Errorf("line: %v at %d", d, i+1)
		}
	}
	if l, _ := m.(*Model).LogLikelihood(); math.IsInf(l, 0) || math.IsNaN(l) {
		t.Errorf("likelihood %g", l)
	}
	// Trailing gaps are forecast through: the random walk's variance is that
	// of three steps one step after two gaps.
	m, err = ARIMA{D: 1}.Fit([]float64{1, 3, 2, 4, 3, nan, nan})
	if err != nil {
		t.Fatal(err)
	}
	d := m.Forecast(1)[0].(normal)
	if s2 := (4.0 + 1 + 4 + 1) / 4; math.Abs(d.mu-3) > 1e-12 || math.Abs(d.sd*d.sd-3*s2) > 1e-12 {
		t.Errorf("after two gaps %v, want mean 3, variance %g", d, 3*s2)
	}
}

func TestErrors(t *testing.T) {
	var short *forecast.ErrShort
	if _, err := (Auto{}).Fit([]float64{5}); !errors.As(err, &short) || short.Need != 2 {
		t.Errorf("one value: %v", err)
	}
	if _, err := (ARIMA{P: 2, D: 1, Q: 2}).Fit([]float64{1, 2, 3, 4}); !errors.As(err, &short) || short.Need != 6 {
		t.Errorf("four values for (2,1,2): %v", err)
	}
	if _, err := (Auto{}).Fit([]float64{nan, nan}); !errors.Is(err, forecast.ErrEmpty) {
		t.Errorf("only gaps: %v", err)
	}
	if _, err := (Auto{}).Fit([]float64{1, math.Inf(1)}); !errors.Is(err, forecast.ErrInfinite) {
		t.Errorf("infinity: %v", err)
	}
	if _, err := (ARIMA{SP: 1}).Fit(walk(20, 1, 1)); err == nil {
		t.Error("seasonal order without a season")
	}
	if _, err := (ARIMA{P: 1, Coef: []float64{1.1}}).Fit(walk(20, 1, 1)); !errors.Is(err, errNotStationary) {
		t.Errorf("explosive coefficient: %v", err)
	}
	x := make([][]float64, 25)
	for i := range x {
		x[i] = []float64{4}
	}
	_, err := ARIMA{D: 1}.FitData(forecast.Data{Y: walk(20, 1, 1), X: x})
	if err == nil || !strings.Contains(err.Error(), "regressor 1") {
		t.Errorf("constant regressor: %v", err)
	}
	if _, err := (ARIMA{}).FitData(forecast.Data{Y: walk(20, 1, 1), X: x[:10]}); err == nil {
		t.Error("too few rows of regressors")
	}
	for name, f := range map[string]func(){
		"negative": func() { ARIMA{P: -1}.Fit(walk(20, 1, 1)) },
		"constant": func() { ARIMA{D: 2, Constant: true}.Fit(walk(20, 1, 1)) },
		"coef":     func() { ARIMA{P: 2, Coef: []float64{0.1}}.Fit(walk(20, 1, 1)) },
		"horizon":  func() { m, _ := ARIMA{}.Fit(walk(20, 1, 1)); m.Forecast(0) },
		"quantile": func() { normal{0, 1}.Quantile(2) },
	} {
		func() {
			defer func() {
				if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "arima: ") {
					t.Errorf("%s: panics with %v", name, s)
				}
			}()
			f()
		}()
	}
}

// TestScale: forecasts of c·y are c times those of y, and the model the same.
func TestScale(t *testing.T) {
	for seed := range uint64(6) {
		for _, season := range []int{1, 4} {
			n := 6 + int(seed)*9
			y := walk(n, season, seed)
			if seed%3 == 0 {
				y[n/2] = nan
			}
			base, err := forecast.Fit(Auto{}, forecast.Data{Y: y, Season: season})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range []float64{3, 7.7e-11, -1} {
				z := make([]float64, n)
				for i, v := range y {
					z[i] = c * v
				}
				m, err := forecast.Fit(Auto{}, forecast.Data{Y: z, Season: season})
				if err != nil {
					t.Fatal(err)
				}
				want, got := base.Forecast(6), m.Forecast(6)
				for h := range want {
					for _, p := range []float64{0.1, 0.5, 0.975} {
						q := p
						if c < 0 {
							q = 1 - p
						}
						if a, b := got[h].Quantile(q), c*want[h].Quantile(p); math.Abs(a-b) > 1e-9*math.Abs(b) {
							t.Fatalf("%v·y, n=%d, season %d: quantile %g at %d is %.15g, want %.15g (%v, %v)", c, n, season, p, h+1, a, b, base, m)
						}
					}
				}
			}
		}
	}
}

// TestBounds: forecasts stay between declared bounds.
func TestBounds(t *testing.T) {
	y := []float64{91, 92.5, 94, 95.1, 96, 96.4, 97.2, 97.9, 98.1, 98.8, 99.0, 99.3}
	m, err := forecast.Fit(Auto{}, forecast.Data{Y: y, Min: forecast.Bound(0), Max: forecast.Bound(100)})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range m.Forecast(8) {
		if lo, hi := d.Quantile(0.0001), d.Quantile(0.9999); lo < 0 || hi > 100 {
			t.Errorf("[%g, %g]", lo, hi)
		}
	}
}

// TestSimulate: joint paths have the mean and variance of the forecasts.
func TestSimulate(t *testing.T) {
	y := walk(60, 4, 3)
	y[20], y[58] = nan, nan
	m, err := ARIMA{P: 1, D: 1, Q: 1, SQ: 1, SD: 1, Season: 4}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	const n, h = 20000, 6
	paths := forecast.Draw(m, n, h, rand.NewPCG(1, 2))
	for j, d := range m.Forecast(h) {
		d := d.(normal)
		mean, ss := 0.0, 0.0
		for _, v := range paths.Column(j) {
			mean += v / n
		}
		for _, v := range paths.Column(j) {
			ss += (v - mean) * (v - mean) / n
		}
		if math.Abs(mean-d.mu) > 4*d.sd/math.Sqrt(n) || math.Abs(ss/(d.sd*d.sd)-1) > 0.05 {
			t.Errorf("%d ahead: simulated %g ± %g, forecast %g ± %g", j+1, mean, math.Sqrt(ss), d.mu, d.sd)
		}
	}
}

// TestConcurrent: a model serves several goroutines, and the same source
// gives the same path.
func TestConcurrent(t *testing.T) {
	m, err := Auto{}.Fit(walk(30, 1, 9))
	if err != nil {
		t.Fatal(err)
	}
	out := make(chan []float64, 4)
	for range 4 {
		go func() {
			p := make([]float64, 5)
			m.Simulate(p, rand.NewPCG(8, 8))
			out <- append(p, forecast.Points(m.Forecast(3))...)
		}()
	}
	first := <-out
	for range 3 {
		for i, v := range <-out {
			if v != first[i] {
				t.Fatal("paths differ between goroutines")
			}
		}
	}
}

// TestRegressors: coefficients of an exact relation are found, and used.
func TestRegressors(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 4))
	y := make([]float64, 40)
	x := make([][]float64, 45)
	for i := range x {
		x[i] = []float64{rnd.NormFloat64(), float64(i%7) - 3}
	}
	for i := range y {
		y[i] = 5 + 2*x[i][0] - 0.5*x[i][1] + 0.1*rnd.NormFloat64()
	}
	fm, err := forecast.Fit(Auto{}, forecast.Data{Y: y, X: x})
	if err != nil {
		t.Fatal(err)
	}
	m := fm.(*Model)
	cs := m.Coefficients()
	cs = cs[len(cs)-2:]
	if math.Abs(cs[0].Value-2) > 5*cs[0].SE || math.Abs(cs[1].Value+0.5) > 5*cs[1].SE || cs[0].SE > 0.1 {
		t.Errorf("%v %v", m, cs)
	}
	for i, d := range m.Forecast(5) {
		want := 5 + 2*x[40+i][0] - 0.5*x[40+i][1]
		if math.Abs(d.Mean()-want) > 0.3 {
			t.Errorf("%d ahead %g, want about %g", i+1, d.Mean(), want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a horizon beyond the regressors must panic")
		}
	}()
	m.Forecast(6)
}

// TestAllocations: the search allocates nothing once its room is made.
func TestAllocations(t *testing.T) {
	s, err := newSample(walk(60, 4, 2), nil)
	if err != nil {
		t.Fatal(err)
	}
	var p problem
	p.load(s, spec{p: 2, d: 1, q: 2, P: 1, Q: 1, m: 4, constant: true})
	if n := testing.AllocsPerRun(20, func() {
		clear(p.x)
		p.minimise(p.x)
	}); n != 0 {
		t.Errorf("%g allocations a minimisation", n)
	}
}

func TestFull(t *testing.T) {
	y := walk(40, 1, 6)
	a, err := Auto{}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Auto{Full: true}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := a.(*Model).AICc(), b.(*Model).AICc(); b > a+1e-6 {
		t.Errorf("the full search ends at %g, the stepwise at %g", b, a)
	}
}

func TestLimits(t *testing.T) {
	y := walk(60, 4, 6)
	m, err := Auto{Season: 4, MaxP: -1, MaxQ: 1, MaxSP: -1, MaxSQ: -1, MaxD: -1, MaxSD: -1, NoConstant: true}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	s := m.(*Model).spec
	if s.p+s.P+s.Q+s.d+s.D > 0 || s.q > 1 || s.constant {
		t.Errorf("limits exceeded: %v", s)
	}
}

// TestStudentT: the same centres, wider by the quantiles of the t.
func TestStudentT(t *testing.T) {
	y := []float64{3, 5, 4, 8, 7, 9}
	a, err := ARIMA{D: 1}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ARIMA{D: 1, StudentT: true}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range a.Forecast(3) {
		e := b.Forecast(3)[i]
		// 97.5 % quantiles: 1.959964 and, with five degrees of freedom, 2.570582.
		ratio := (e.Quantile(0.975) - e.Mean()) / (d.Quantile(0.975) - d.Mean())
		if e.Mean() != d.Mean() || math.Abs(ratio-2.570582/1.959964) > 1e-5 {
			t.Errorf("%d ahead: wider by %g", i+1, ratio)
		}
	}
}

// TestTrendRegressor: a trend among the regressors takes the place of a drift.
func TestTrendRegressor(t *testing.T) {
	y := walk(30, 1, 11)
	x := make([][]float64, 32)
	for i := range x {
		x[i] = []float64{float64(i)}
	}
	fm, err := Auto{}.FitData(forecast.Data{Y: y, X: x})
	if err != nil {
		t.Fatal(err)
	}
	m := fm.(*Model)
	if c := m.Coefficients(); c[len(c)-1].Name != "x1" || m.spec.d > 0 && m.spec.constant {
		t.Errorf("%v %v", m, c)
	}
	fm, err = ARIMA{D: 1, Constant: true}.FitData(forecast.Data{Y: y, X: x})
	if err == nil || !strings.Contains(err.Error(), "regressor 1") {
		t.Errorf("%v, %v", fm, err)
	}
}
