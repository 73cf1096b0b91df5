package baseline

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/compete"
	"example.com/zhibiao/forecast/internal/student"
)

var nan = math.NaN()

func fit(tb testing.TB, f forecast.Forecaster, y []float64) forecast.Model {
	tb.Helper()
	m, err := f.Fit(y)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// half95R is half of R's 95 % interval for the scale and degrees of freedom of
// d: R takes the normal for random walks, the t for the mean.
func half95R(d forecast.Dist, mean bool) float64 {
	t := d.(student.Dist)
	if mean {
		return -t.Sigma * student.Quantile(0.025, t.Nu)
	}
	return t.Sigma * 1.959963984540054 // 97.5 % quantile of the normal
}

// Point forecasts and scales agree with R's to the digits of the file.
func TestReference(t *testing.T) {
	raw, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	type result struct{ Mean, Half95 []float64 }
	var ref struct {
		Series map[string]struct {
			Season                     []int
			Y                          []float64
			Naive, Drift, Mean, Snaive result
		}
	}
	if err := json.Unmarshal(raw, &ref); err != nil {
		t.Fatal(err)
	}
	if len(ref.Series) != 7 {
		t.Fatalf("%d series", len(ref.Series))
	}
	for name, s := range ref.Series {
		for method, c := range map[string]struct {
			f    forecast.Forecaster
			want result
		}{
			"naive": {Naive{}, s.Naive}, "drift": {Drift{}, s.Drift}, "mean": {Mean{}, s.Mean},
			"snaive": {SeasonalNaive{Season: s.Season[0]}, s.Snaive},
		} {
			for j, d := range fit(t, c.f, s.Y).Forecast(len(c.want.Mean)) {
				if got := d.Mean(); !scalar.EqualWithinRel(got, c.want.Mean[j], 1e-13) {
					t.Errorf("%s, %s, %d ahead: mean %v, R %v", name, method, j+1, got, c.want.Mean[j])
				}
				if got := half95R(d, method == "mean"); !scalar.EqualWithinRel(got, c.want.Half95[j], 1e-12) {
					t.Errorf("%s, %s, %d ahead: half width %v, R %v", name, method, j+1, got, c.want.Half95[j])
				}
			}
		}
	}
}

// All M3 yearly series against R's naive and rwf(drift = TRUE).
func TestM3(t *testing.T) {
	series := map[string][]float64{}
	for _, s := range compete.Load(t, "M3_yearly.csv.gz") {
		series[s.ID] = s.Train
	}
	checked := 0
	for _, r := range compete.Rows(t, "r_reference_M3_yearly.csv.gz") {
		var f forecast.Forecaster
		switch r[1] {
		case "naive":
			f = Naive{}
		case "rwf_drift":
			f = Drift{}
		default:
			continue
		}
		num := func(i int) float64 {
			v, err := strconv.ParseFloat(r[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		h, _ := strconv.Atoi(r[2])
		d := fit(t, f, series[r[0]]).Forecast(h)[h-1]
		if !scalar.EqualWithinAbsOrRel(d.Mean(), num(3), 1e-8, 1e-10) { // the file has 12 digits
			t.Errorf("%s %s: mean %v, R %v", r[0], r[1], d.Mean(), num(3))
		}
		want := (num(7) - num(6)) / 2
		if got := 0.0; want != 0 {
			got = half95R(d, false)
			if !scalar.EqualWithinRel(got, want, 1e-7) {
				t.Errorf("%s %s: half width %v, R %v", r[0], r[1], got, want)
			}
		}
		checked++
	}
	if checked != 2*645*6 {
		t.Errorf("%d rows checked", checked)
	}
}

// 612, 645, 698: changes 33 and 53, mean 43, s² = 10²+10² over one degree of
// freedom; the naive scale is √((33²+53²)/2).
func TestThree(t *testing.T) {
	y := []float64{612, 645, 698}
	for _, c := range []struct {
		f   forecast.Forecaster
		h   int
		mu  float64
		sd  float64
		dof float64
	}{
		{Drift{}, 1, 741, math.Sqrt(200 * 1 * (1 + 1./2)), 1},
		{Drift{}, 4, 870, math.Sqrt(200 * 4 * (1 + 4./2)), 1},
		{Naive{}, 1, 698, math.Sqrt((33*33 + 53*53) / 2.), 2},
		{Naive{}, 9, 698, 3 * math.Sqrt((33*33+53*53)/2.), 2},
		{Mean{}, 3, 1955. / 3, math.Sqrt((39.6666666666666666*39.6666666666666666 + 6.66666666666666666*6.66666666666666666 + 46.3333333333333333*46.3333333333333333) / 2 * (1 + 1./3)), 2},
	} {
		d := fit(t, c.f, y).Forecast(c.h)[c.h-1].(student.Dist)
		want := student.Dist{Mu: c.mu, Sigma: c.sd, Nu: c.dof}
		if !scalar.EqualWithinRel(d.Mu, want.Mu, 1e-14) || !scalar.EqualWithinRel(d.Sigma, want.Sigma, 1e-13) || d.Nu != want.Nu {
			t.Errorf("%T, %d ahead: %+v, want %+v", c.f, c.h, d, want)
		}
		ref := distuv.StudentsT{Mu: c.mu, Sigma: c.sd, Nu: c.dof}
		for _, p := range []float64{0.025, 0.1, 0.5, 0.9, 0.975} {
			if got := d.Quantile(p); !scalar.EqualWithinRel(got, ref.Quantile(p), 1e-8) {
				t.Errorf("%T: quantile %g is %g, want %g", c.f, p, got, ref.Quantile(p))
			}
		}
	}
}

// A gap makes the next change one of two periods, with twice the variance, and
// gaps at the end put the last value further back.
func TestGaps(t *testing.T) {
	y := []float64{nan, 10, 12, nan, 15, 14, nan, nan}
	// Changes 2 over one period, 3 over two, −1 over one; slope 4/4 = 1.
	d := fit(t, Naive{}, y).Forecast(2)[1].(student.Dist)
	if want := math.Sqrt((4. + 9./2 + 1) / 3 * 4); d.Mu != 14 || d.Nu != 3 || !scalar.EqualWithinRel(d.Sigma, want, 1e-14) {
		t.Errorf("naive: %+v, want 14, %g", d, want)
	}
	d = fit(t, Drift{}, y).Forecast(2)[1].(student.Dist)
	if want := math.Sqrt((1. + 1./2 + 4) / 2 * 4 * (1 + 4./4)); !scalar.EqualWithinRel(d.Mu, 18, 1e-14) || d.Nu != 2 || !scalar.EqualWithinRel(d.Sigma, want, 1e-13) {
		t.Errorf("drift: %+v, want 18, %g", d, want)
	}
	r := fit(t, Naive{}, y).(forecast.Residualer).Residuals()
	for i, want := range []float64{nan, nan, 2, nan, nan, -1, nan, nan} {
		if r[i] != want && !(math.IsNaN(r[i]) && math.IsNaN(want)) {
			t.Errorf("residuals %v", r)
			break
		}
	}
	// Seasons of two: 1 3 · 5 4 · ; the next period is of the first season,
	// whose last value stands two periods back.
	s := fit(t, SeasonalNaive{Season: 2}, []float64{1, 3, nan, 5, 4, nan}).Forecast(4)
	// Changes: 3 over two cycles in the first season, 2 over one in the second.
	v := (9./2 + 4) / 2
	for j, want := range []struct{ mu, v float64 }{{4, v}, {5, 2 * v}, {4, 2 * v}, {5, 3 * v}} {
		d := s[j].(student.Dist)
		if d.Mu != want.mu || d.Nu != 2 || !scalar.EqualWithinRel(d.Sigma, math.Sqrt(want.v), 1e-14) {
			t.Errorf("seasonal, %d ahead: %+v, want %+v", j+1, d, want)
		}
	}
}

func TestShort(t *testing.T) {
	for _, c := range []struct {
		f    forecast.Forecaster
		y    []float64
		need int // 0: fits
	}{
		{Naive{}, []float64{5}, 2},
		{Naive{}, []float64{5, nan}, 2},
		{Naive{}, []float64{5, 6}, 0},
		{Drift{}, []float64{5, 6}, 3},
		{Drift{}, []float64{5, 6, 8}, 0},
		{Mean{}, []float64{5}, 2},
		{SeasonalNaive{}, []float64{5}, 2},
		{SeasonalNaive{Season: 4}, []float64{1, 2, 3, 4}, 5},
		{SeasonalNaive{Season: 4}, []float64{1, 2, 3, 4, 5}, 0},
		{SeasonalNaive{Season: 2}, []float64{1, nan, 3, nan, 5}, 4}, // no value in one season
	} {
		_, err := c.f.Fit(c.y)
		var short *forecast.ErrShort
		if ok := errors.As(err, &short); ok != (c.need > 0) || ok && short.Need != c.need {
			t.Errorf("%#v on %v: %v, want need %d", c.f, c.y, err, c.need)
		}
	}
	for _, f := range []forecast.Forecaster{Naive{}, Drift{}, Mean{}, SeasonalNaive{Season: 4}} {
		if _, err := f.Fit([]float64{nan, nan}); !errors.Is(err, forecast.ErrEmpty) {
			t.Errorf("%T on gaps alone: %v", f, err)
		}
	}
}

// Series without error are known: a constant, a straight line, a pure season.
func TestCertain(t *testing.T) {
	for _, c := range []struct {
		f    forecast.Forecaster
		y    []float64
		want []float64
	}{
		{Naive{}, []float64{7, 7, 7}, []float64{7, 7}},
		{Mean{}, []float64{7, nan, 7}, []float64{7, 7}},
		{Drift{}, []float64{0.1, 0.2, 0.3, 0.4}, []float64{0.5, 0.6}},
		{SeasonalNaive{Season: 2}, []float64{1, 9, 1, 9}, []float64{1, 9, 1}},
	} {
		for j, d := range fit(t, c.f, c.y).Forecast(len(c.want)) {
			got, ok := d.(forecast.Constant)
			if !ok || !scalar.EqualWithinRel(float64(got), c.want[j], 1e-14) {
				t.Errorf("%T, %d ahead: %T %v, want %v", c.f, j+1, d, d, c.want[j])
			}
		}
	}
}

// Coverage of the 95 % interval on the process that the method assumes is
// 95 %, with any number of values. Standard error 0.35 %.
func TestCoverage(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const trials, h = 4000, 3
	for _, c := range []struct {
		f     forecast.Forecaster
		level float64 // of the random walk in the data; 0: independent values
	}{{Naive{}, 1}, {Drift{}, 1}, {Mean{}, 0}} {
		for _, n := range []int{3, 6, 20} {
			in := 0
			for range trials {
				y := make([]float64, n+h)
				level := 0.0
				for i := range y {
					e := rng.NormFloat64()
					level = c.level*level + e
					y[i] = level
				}
				lo, hi := forecast.Interval(fit(t, c.f, y[:n]).Forecast(h)[h-1], 0.95)
				if y[n+h-1] >= lo && y[n+h-1] <= hi {
					in++
				}
			}
			if got := float64(in) / trials; math.Abs(got-0.95) > 0.0138 { // four standard errors
				t.Errorf("%T, n = %d: coverage %.4f", c.f, n, got)
			}
		}
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		f        forecast.Forecaster
		y        []float64
		lang, in string
	}{
		{Naive{}, []float64{1, 2, 4}, "en", "the last one, 4"},
		{Naive{}, []float64{1, 2, 4}, "zh", "最后一个值 4"},
		{Drift{}, []float64{612, 645, 698}, "en", "+43 a period"},
		{Drift{}, []float64{612, 645, 698}, "zh", "平均每期 +43"},
		{Mean{}, []float64{1, 2, 3}, "en", "mean of the 3 values, 2"},
		{Mean{}, []float64{5, 5, 5}, "zh", "没有区间"},
		{SeasonalNaive{Season: 2}, []float64{1, 2, 3, 4}, "zh", "上一周期（2 期）"},
		{SeasonalNaive{Season: 2}, []float64{1, 2, 3, 4}, "en", "cycle of 2 periods"},
	} {
		if got := fit(t, c.f, c.y).(forecast.Explainer).Explain(c.lang); !strings.Contains(got, c.in) {
			t.Errorf("%T: %q lacks %q", c.f, got, c.in)
		}
	}
}

func BenchmarkNaive10(b *testing.B)  { benchmark(b, Naive{}, 10) }
func BenchmarkNaive100(b *testing.B) { benchmark(b, Naive{}, 100) }
func BenchmarkDrift10(b *testing.B)  { benchmark(b, Drift{}, 10) }
func BenchmarkDrift100(b *testing.B) { benchmark(b, Drift{}, 100) }

func benchmark(b *testing.B, f forecast.Forecaster, n int) {
	y := make([]float64, n)
	for i := range y {
		y[i] = 100 + float64(i*i%7)
	}
	for b.Loop() {
		m, err := f.Fit(y)
		if err != nil {
			b.Fatal(err)
		}
		m.Forecast(6)
	}
}
