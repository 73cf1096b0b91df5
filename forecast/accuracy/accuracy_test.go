package accuracy

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/internal/compete"
	"example.com/zhibiao/forecast/seasonal"
)

var nan = math.NaN()

// Worked by hand from the formulas.
func TestMeasures(t *testing.T) {
	train := []float64{1, 3, 2, 4, 4} // changes 2 1 2 0, mean 5/4; over two periods 1 1 2, mean 4/3
	y, f := []float64{5, 8, nan}, []float64{4, 10, 99}
	lo, hi := []float64{4.5, 8.5, 0}, []float64{6, 9, 0}
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"sMAPE", SMAPE(y, f), (200*1./9 + 200*2./18) / 2},
		{"sMAPE with signs", SMAPE([]float64{-1, 0}, []float64{1, 0}), (200 + 0) / 2.},
		{"MAPE", MAPE(y, f), (100*1./5 + 100*2./8) / 2},
		{"scale", Scale(train, 0), 1.25},
		{"scale with a season", Scale(train, 2), 4. / 3},
		{"scale with a gap", Scale([]float64{1, nan, 4, 6}, 1), 2},
		{"MASE", MASE(train, y, f, 1), 1.5 / 1.25},
		{"RMSSE", RMSSE(train, y, f, 1), math.Sqrt((1 + 4) / 2. / (9. / 4))},
		// Widths 1.5 and 0.5; the second misses by 0.5, times 2/0.2.
		{"Winkler", Winkler(y, lo, hi, 0.8), (1.5 + 0.5 + 0.5*10) / 2},
		{"MSIS", MSIS(train, y, lo, hi, 1, 0.8), 3.5 / 1.25},
		{"coverage", Coverage(y, lo, hi), 0.5},
		{"ACD", ACD(0.9, 0.95), 0.05},
		{"pinball above", Pinball(5, 4, 0.9), 0.9},
		{"pinball below", Pinball(4, 5, 0.9), 0.1},
		{"OWA", OWA(10, 2, 20, 2), 0.75},
		{"skill", Skill(3, 4), 0.25},
		{"no error on a constant history", MASE([]float64{2, 2}, []float64{2}, []float64{2}, 1), 0},
	} {
		if !scalar.EqualWithinAbsOrRel(c.got, c.want, 1e-12, 1e-12) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	if !math.IsInf(MASE([]float64{2, 2}, []float64{3}, []float64{2}, 1), 1) {
		t.Error("an error on a constant history is infinite")
	}
	if !math.IsNaN(Scale([]float64{1, 2}, 4)) {
		t.Error("a history of less than a season has no scale")
	}
	for i, f := range []func(){
		func() { SMAPE([]float64{1}, nil) },
		func() { Winkler(nil, nil, nil, 95) },
		func() { Naive2([]float64{1}, 1, 0) },
		func() { Naive2([]float64{nan}, 1, 1) },
		func() { DieboldMariano([]float64{1}, []float64{2}, 1) },
		func() { Rolling(nil, 0, 1, 1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("case %d does not panic", i)
				}
			}()
			f()
		}()
	}
}

// The normal has a closed form (Gneiting & Raftery 2007, eq. 21), a constant
// the absolute error, a sample the mean distance less half the mean distance
// within it.
func TestCRPS(t *testing.T) {
	for _, y := range []float64{-3, -0.4, 0, 1, 2.5} {
		want := y*(2*distuv.UnitNormal.CDF(y)-1) + 2*distuv.UnitNormal.Prob(y) - 1/math.Sqrt(math.Pi)
		if got := CRPS(distuv.UnitNormal, y); !scalar.EqualWithinAbsOrRel(got, want, 2e-5, 2e-5) { // the tails
			t.Errorf("normal at %g: %v, want %v", y, got, want)
		}
	}
	if got := CRPS(forecast.Constant(3), 5); got != 2 {
		t.Errorf("constant: %v, want 2", got)
	}
	xs := []float64{1, 2, 4, 4, 7, 9, 10, 13}
	e := forecast.NewEmpirical(xs)
	want := 0.0
	for _, a := range xs {
		want += math.Abs(a-5) / 8
		for _, b := range xs {
			want -= math.Abs(a-b) / 128
		}
	}
	if got := CRPS(e, 5); !scalar.EqualWithinRel(got, want, 1e-12) {
		t.Errorf("sample: %v, want %v", got, want)
	}
}

// The score is proper: no distribution scores better on normal data than the
// normal they come from.
func TestCRPSProper(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var right, narrow, wide, off float64
	for range 3000 {
		y := rng.NormFloat64()
		right += CRPS(distuv.UnitNormal, y)
		narrow += CRPS(distuv.Normal{Sigma: 0.6}, y)
		wide += CRPS(distuv.Normal{Sigma: 1.6}, y)
		off += CRPS(distuv.Normal{Mu: 0.4, Sigma: 1}, y)
	}
	if right >= narrow || right >= wide || right >= off {
		t.Errorf("right %g, narrow %g, wide %g, off %g", right, narrow, wide, off)
	}
}

func TestReference(t *testing.T) {
	raw, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]json.RawMessage
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Nile", "UKgas", "lynx"} {
		var r struct {
			M                                     int
			Train, Test, F, G, AccF, AccG, E1, E2 []float64
			Dm                                    [][]float64
		}
		if err := json.Unmarshal(file[name], &r); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ f, want []float64 }{{r.F, r.AccF}, {r.G, r.AccG}} {
			if got := MAPE(r.Test, c.f); !scalar.EqualWithinRel(got, c.want[0], 1e-12) {
				t.Errorf("%s: MAPE %v, R %v", name, got, c.want[0])
			}
			if got := MASE(r.Train, r.Test, c.f, r.M); !scalar.EqualWithinRel(got, c.want[1], 1e-12) {
				t.Errorf("%s: MASE %v, R %v", name, got, c.want[1])
			}
		}
		i := 0
		for _, h := range []int{1, 4} {
			for _, power := range []float64{2, 1} {
				a, b := make([]float64, len(r.E1)), make([]float64, len(r.E1))
				for k := range a {
					a[k], b[k] = math.Pow(math.Abs(r.E1[k]), power), math.Pow(math.Abs(r.E2[k]), power)
				}
				stat, p, err := DieboldMariano(a, b, h)
				if err != nil || !scalar.EqualWithinRel(stat, r.Dm[i][0], 1e-11) || !scalar.EqualWithinAbsOrRel(p, r.Dm[i][1], 1e-12, 1e-9) {
					t.Errorf("%s, h = %d, power %g: %v, p %v, %v; R %v", name, h, power, stat, p, err, r.Dm[i])
				}
				i++
			}
		}
	}
	if _, _, err := DieboldMariano([]float64{1, 2, 3}, []float64{1, 2, 3}, 1); !errors.Is(err, ErrIdentical) {
		t.Errorf("identical losses: %v", err)
	}
}

// scores of Naive2 by the M4 rule as they are known for M3.
func TestNaive2(t *testing.T) {
	for _, c := range []struct {
		file        string
		m           int
		smape, mase float64 // reference of the data: three decimals
	}{
		{"M3_yearly.csv.gz", 1, 17.880, 3.172},
		{"M3_quarterly.csv.gz", 4, 10.029, 1.252},
	} {
		var s Summary
		for _, x := range compete.Load(t, c.file) {
			f := Naive2(x.Train, c.m, len(x.Test))
			s.Add(Prediction{Point: f}.Score(x.Train, x.Test, c.m))
		}
		if m := s.Mean(); math.Abs(m.SMAPE-c.smape) > 0.0005 || math.Abs(m.MASE-c.mase) > 0.0005 {
			t.Errorf("%s: %.4f, %.4f, want %.3f, %.3f", c.file, m.SMAPE, m.MASE, c.smape, c.mase)
		}
	}
	// Too short for a test of a season, without one, and with one.
	if f := Naive2([]float64{1, 9, 1, 9, 1}, 2, 2); f[0] != 1 || f[1] != 1 {
		t.Errorf("short: %v", f)
	}
	season := []float64{10, 20, 11, 22, 12, 24, 13, 26, 14, 28, 15, 30}
	f := Naive2(season, 2, 3)
	if !(f[0] < 20 && f[1] > 25 && f[2] == f[0]) || !scalar.EqualWithinRel(f[1], 30, 1e-12) {
		t.Errorf("seasonal: %v", f)
	}
}

// The measures of R's forecasts, read from file, are those that the summary of
// the same run holds.
func TestSummaryOfR(t *testing.T) {
	for _, c := range []struct {
		name string
		m    int
	}{{"M3_yearly", 1}, {"M3_quarterly", 4}} {
		type key struct{ id, method string }
		series := map[string]compete.Series{}
		var order []string
		var naive2 Summary
		for _, s := range compete.Load(t, c.name+".csv.gz") {
			series[s.ID] = s
			order = append(order, s.ID)
			naive2.Add(Prediction{Point: Naive2(s.Train, c.m, len(s.Test))}.Score(s.Train, s.Test, c.m))
		}
		ps := map[key]*Prediction{}
		for _, r := range compete.Rows(t, "r_reference_"+c.name+".csv.gz") {
			v := make([]float64, 5)
			for i := range v {
				var err error
				if v[i], err = strconv.ParseFloat(r[3+i], 64); err != nil {
					t.Fatal(err)
				}
			}
			p := ps[key{r[0], r[1]}]
			if p == nil {
				p = &Prediction{Levels: []float64{0.8, 0.95}, Lo: make([][]float64, 2), Hi: make([][]float64, 2)}
				ps[key{r[0], r[1]}] = p
			}
			p.Point = append(p.Point, v[0])
			for k := range 2 {
				p.Lo[k], p.Hi[k] = append(p.Lo[k], v[1+2*k]), append(p.Hi[k], v[2+2*k])
			}
		}
		f, err := os.Open(compete.Path(t, "r_reference_"+c.name+"_summary.csv"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) < 9 {
			t.Fatalf("%d methods", len(rows)-1)
		}
		for _, row := range rows[1:] {
			var s Summary
			for _, id := range order {
				s.Add(ps[key{id, row[0]}].Score(series[id].Train, series[id].Test, c.m))
			}
			m, ref := s.Mean(), naive2.Mean()
			for i, got := range map[string]float64{
				"smape": m.SMAPE, "mase": m.MASE, "owa": OWA(m.SMAPE, m.MASE, ref.SMAPE, ref.MASE),
				"cov80": m.Coverage[0], "cov95": m.Coverage[1], "msis95": m.MSIS[1],
			} {
				want, err := strconv.ParseFloat(row[slices.Index(rows[0], i)], 64)
				if err != nil {
					t.Fatal(err)
				}
				if !scalar.EqualWithinRel(got, want, 1e-9) {
					t.Errorf("%s %s: %s %v, R %v", c.name, row[0], i, got, want)
				}
			}
		}
	}
}

func TestRolling(t *testing.T) {
	y := []float64{1, 2, 3, 4, 5, 6, 7}
	var got [][2]int
	for s := range Rolling(y, 3, 2, 1) {
		got = append(got, [2]int{len(s.Train), int(s.Test[1])})
	}
	if !slices.Equal(got, [][2]int{{3, 5}, {4, 6}, {5, 7}}) {
		t.Errorf("%v", got)
	}
	got = nil
	for s := range Rolling(y, 1, 3, 3) {
		got = append(got, [2]int{len(s.Train), len(s.Test)})
	}
	if !slices.Equal(got, [][2]int{{1, 3}, {4, 3}}) {
		t.Errorf("step 3: %v", got)
	}
	for range Rolling(y, 7, 1, 1) {
		t.Error("a split without a test part")
	}
	for s := range Rolling(y, 3, 2, 1) { // appending to a part must not overwrite the series
		_ = append(s.Train, -1)
	}
	if y[3] != 4 {
		t.Error("the parts lend their memory out")
	}
}

func TestPredict(t *testing.T) {
	p, err := Predict(baseline.Drift{}, forecast.Data{Y: []float64{1, 2, 4, 5}}, 2, 0.8, 0.95)
	if err != nil || len(p.Point) != 2 || len(p.Lo) != 2 || len(p.Hi[1]) != 2 || !p.Finite() {
		t.Fatalf("%+v, %v", p, err)
	}
	if !(p.Lo[1][0] < p.Lo[0][0] && p.Lo[0][0] < p.Point[0] && p.Point[0] < p.Hi[0][0] && p.Hi[0][0] < p.Hi[1][0]) {
		t.Errorf("%+v", p)
	}
	p.Hi[1][1] = math.Inf(1)
	if p.Finite() {
		t.Error("infinity is finite")
	}
	one := Fallback([]float64{nan, 5, nan}, 2, 0.8)
	if one.Point[1] != 5 || one.Lo[0][0] != 5 || !one.Finite() {
		t.Errorf("fallback of one value: %+v", one)
	}
	if two := Fallback([]float64{5, 7}, 1, 0.8); two.Point[0] != 7 || two.Lo[0][0] >= 7 {
		t.Errorf("fallback: %+v", two)
	}
	if c := one.CRPS([]float64{4, 7}); c != 1.5 {
		t.Errorf("CRPS %g", c)
	}
}

func TestSummary(t *testing.T) {
	var s Summary
	s.Add(Score{SMAPE: 1, MASE: 2, RMSSE: 3, MAPE: 4, Coverage: []float64{1}, MSIS: []float64{6}})
	s.Add(Score{SMAPE: 3, MASE: math.Inf(1), MAPE: 8, Coverage: []float64{0}, MSIS: []float64{math.Inf(1)}})
	m := s.Mean()
	if s.Series != 2 || s.Unscaled != 1 || m.SMAPE != 2 || m.MASE != 2 || m.RMSSE != 3 || m.MAPE != 6 || m.Coverage[0] != 0.5 || m.MSIS[0] != 6 {
		t.Errorf("%+v of %+v", m, s)
	}
}

// The seasonal adjustment of package seasonal round the naive method is
// Naive2: two ways to the same forecasts.
func TestNaive2IsAdjustedNaive(t *testing.T) {
	for _, c := range []struct {
		file string
		m    int
	}{{"M3_quarterly.csv.gz", 4}, {"M3_monthly.csv.gz", 12}} {
		adjusted := 0
		for _, s := range compete.Load(t, c.file) {
			want := Naive2(s.Train, c.m, len(s.Test))
			p, err := Predict(seasonal.M4(baseline.Naive{}), forecast.Data{Y: s.Train, Season: c.m}, len(s.Test))
			if err != nil {
				t.Fatal(err)
			}
			for i := range want {
				if !scalar.EqualWithinRel(p.Point[i], want[i], 1e-11) {
					t.Fatalf("%s, %d ahead: %v, Naive2 %v", s.ID, i+1, p.Point[i], want[i])
				}
			}
			if want[0] != want[1] {
				adjusted++
			}
		}
		if adjusted < 200 {
			t.Errorf("%s: %d series adjusted", c.file, adjusted)
		}
	}
}
