package stl

import (
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"testing"

	"example.com/zhibiao/forecast/internal/compete"
)

type parts struct {
	Seasonal, Trend, Remainder []float64
}

type classic struct {
	Frequency int
	Data      []float64
	Stl       map[string]struct {
		SWindow any `json:"s_window"`
		Robust  bool
		parts
	}
	StlLog parts `json:"stl_log_periodic"`
	Mstl   parts
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
	return all.Series
}

// differs compares to tol·size; the files have 15 digits.
func differs(t *testing.T, what string, got, want []float64, size, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d values, R %d", what, len(got), len(want))
		return
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tol*size) {
			t.Errorf("%s, value %d: %v, R %v", what, i, got[i], want[i])
			return
		}
	}
}

// Every decomposition of the R reference: periodic, robust, s.window 7 and
// 13, of logarithms, and mstl.
func TestReference(t *testing.T) {
	n := 0
	for name, c := range classics(t) {
		size := 0.0
		for _, v := range c.Data {
			size = max(size, math.Abs(v))
		}
		for variant, v := range c.Stl {
			cfg := Config{Period: c.Frequency, Robust: v.Robust}
			if w, ok := v.SWindow.(float64); ok {
				cfg.Seasonal = int(w)
			}
			s, tr, ok := Decompose(c.Data, cfg)
			if !ok {
				t.Fatalf("%s %s: refused", name, variant)
			}
			tol := 1e-11
			if v.Robust {
				// R's partial sort is asked for the middle order statistics in
				// falling order and misses them now and then, so that its
				// weights rest on another quantile; see TestRobust.
				tol = 0.02
			}
			differs(t, name+" "+variant+" seasonal", s, v.Seasonal, size, tol)
			differs(t, name+" "+variant+" trend", tr, v.Trend, size, tol)
			n++
		}
		if c.StlLog.Seasonal != nil {
			z := make([]float64, len(c.Data))
			for i, v := range c.Data {
				z[i] = math.Log(v)
			}
			s, tr, _ := Decompose(z, Config{Period: c.Frequency})
			differs(t, name+" of logarithms, seasonal", s, c.StlLog.Seasonal, 10, 1e-11)
			differs(t, name+" of logarithms, trend", tr, c.StlLog.Trend, 10, 1e-11)
			n++
		}
		if c.Mstl.Seasonal != nil {
			s, tr, ok := Multiple(c.Data, []int{c.Frequency}, 0, false)
			if !ok {
				t.Fatalf("%s: mstl refused", name)
			}
			differs(t, name+" mstl seasonal", s[0], c.Mstl.Seasonal, size, 1e-11)
			differs(t, name+" mstl trend", tr, c.Mstl.Trend, size, 1e-11)
			n++
		}
	}
	if n < 30 {
		t.Errorf("%d decompositions compared", n)
	}
}

// Robustness iterations, as far as R gets the median right.
func TestRobust(t *testing.T) {
	raw, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var r struct{ Y, Seasonal, Trend, Weights []float64 }
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	m := &work{n: len(r.Y), np: 4}
	m.load(r.Y)
	m.seasonal, m.trendS, m.lowpass = smoother{13, 0, 2}, smoother{7, 1, 1}, smoother{5, 1, 1}
	m.run(1, 5)
	differs(t, "seasonal", m.season, r.Seasonal, 1000, 1e-12)
	differs(t, "trend", m.trend, r.Trend, 1000, 1e-12)
	differs(t, "weights", m.rw, r.Weights, 1, 1e-9)
}

// wave has seasons of 6 and 30 periods.
func wave(i int) (six, thirty float64) {
	return 3 * math.Sin(2*math.Pi*float64(i)/6), 5 * math.Cos(2*math.Pi*float64(i)/30)
}

// Two seasons and a line are told apart.
func TestMultiple(t *testing.T) {
	y := make([]float64, 300)
	for i := range y {
		a, b := wave(i)
		y[i] = 100 + 0.1*float64(i) + a + b
	}
	s, tr, ok := Multiple(y, []int{6, 30, 150}, -1, false)
	if !ok || s[2] != nil {
		t.Fatalf("ok %t, third season of half the series %v", ok, s[2] != nil)
	}
	for i := 40; i < 260; i++ {
		a, b := wave(i)
		if math.Abs(s[0][i]-a) > 0.15 || math.Abs(s[1][i]-b) > 0.15 || math.Abs(tr[i]-100-0.1*float64(i)) > 0.15 {
			t.Fatalf("period %d: %g, %g, %g, want %g, %g, %g", i, s[0][i], s[1][i], tr[i], a, b, 100+0.1*float64(i))
		}
	}
	if _, _, ok := Multiple(y[:12], []int{6, 30}, 0, false); ok {
		t.Error("two cycles are decomposed")
	}
}

// A gap changes little, an outlier little if robust, and y stays as it is.
func TestGapsAndOutliers(t *testing.T) {
	y := make([]float64, 60)
	for i := range y {
		a, _ := wave(i)
		y[i] = 50 + 0.3*float64(i) + a
	}
	y[0], y[20], y[21], y[59] = math.NaN(), math.NaN(), math.NaN(), math.NaN()
	s, tr, ok := Decompose(y, Config{Period: 6})
	if !ok || !math.IsNaN(y[20]) {
		t.Fatal("gaps are refused or filled in place")
	}
	for i := range y {
		a, _ := wave(i)
		if !(math.Abs(s[i]-a) < 0.2) || !(math.Abs(tr[i]-50-0.3*float64(i)) < 0.5) {
			t.Errorf("period %d with gaps: %g, %g, want %g, %g", i, s[i], tr[i], a, 50+0.3*float64(i))
		}
	}
	y[0], y[20], y[21], y[59] = 50, 56, 56, 67
	y[30] = 1000
	for _, robust := range []bool{false, true} {
		_, tr, _ := Decompose(y, Config{Period: 6, Robust: robust})
		if off := math.Abs(tr[30] - 59); robust != (off < 2) {
			t.Errorf("robust %t: trend at the outlier is off by %g", robust, off)
		}
	}
	if _, _, ok := Decompose([]float64{1, math.NaN(), 2, math.NaN(), 3, math.NaN()}, Config{Period: 2}); ok {
		t.Error("a season never seen is decomposed")
	}
}

func BenchmarkDecompose120(b *testing.B) {
	y := make([]float64, 120)
	for i := range y {
		y[i] = 100 + float64(i) + 10*math.Sin(float64(i)*math.Pi/6)
	}
	for b.Loop() {
		Decompose(y, Config{Period: 12, Seasonal: 11})
	}
}
