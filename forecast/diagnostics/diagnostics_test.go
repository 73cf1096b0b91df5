package diagnostics

import (
	"compress/gzip"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"example.com/zhibiao/forecast/internal/compete"
)

// golden is a case of testdata/diagnostics.json, made by testdata/diagnostics.R.
type golden struct {
	Name      string
	Y         []*float64
	M         int
	ACF, PACF []float64
	Box       []*float64 // Ljung–Box, 6 lags: statistic, p; with two parameters: statistic, p
	BoxPierce []*float64
	KPSS      []float64 // level with window 2, trend with window 2, level with window 0
	ADF, ADFP []float64 // none with 1 lag, level with 2, trend with 3
	NDiffs    int
	NSDiffs   int
}

func near(t *testing.T, name, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*max(1, math.Abs(want))) {
		t.Errorf("%s: %s %.12g, R %.12g", name, what, got, want)
	}
}

func TestGolden(t *testing.T) {
	b, err := os.ReadFile("testdata/diagnostics.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Cases []golden }
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Cases) < 10 {
		t.Fatalf("%d cases", len(doc.Cases))
	}
	for _, g := range doc.Cases {
		y := make([]float64, len(g.Y))
		for i, v := range g.Y {
			y[i] = math.NaN()
			if v != nil {
				y[i] = *v
			}
		}
		for i, r := range ACF(y, 8) {
			near(t, g.Name, "acf", r, g.ACF[i], 1e-12)
		}
		for i, r := range PACF(y, 8) {
			near(t, g.Name, "pacf", r, g.PACF[i], 1e-12)
		}
		if g.Box[0] != nil {
			a, b, c := LjungBox(y, 6, 0), LjungBox(y, 6, 2), BoxPierce(y, 6, 0)
			near(t, g.Name, "Ljung–Box", a.Statistic, *g.Box[0], 1e-11)
			near(t, g.Name, "its p", a.P, *g.Box[1], 1e-11)
			near(t, g.Name, "p with two parameters", b.P, *g.Box[3], 1e-11)
			near(t, g.Name, "Box–Pierce", c.Statistic, *g.BoxPierce[0], 1e-11)
			near(t, g.Name, "its p", c.P, *g.BoxPierce[1], 1e-11)
		}
		near(t, g.Name, "KPSS level", KPSS(y, false, 2).Statistic, g.KPSS[0], 1e-11)
		near(t, g.Name, "KPSS trend", KPSS(y, true, 2).Statistic, g.KPSS[1], 1e-11)
		near(t, g.Name, "KPSS window 0", KPSS(y, false, 0).Statistic, g.KPSS[2], 1e-11)
		for i, d := range []Deterministic{None, Level, Trend} {
			a := ADF(y, d, i+1)
			near(t, g.Name, "ADF", a.Statistic, g.ADF[i], 1e-9)
			// MacKinnon's polynomials of 1994 against his tables of 1996.
			near(t, g.Name, "ADF p", a.P, g.ADFP[i], 0.01)
		}
		if d := NDiffs(y, 2); d != g.NDiffs {
			t.Errorf("%s: %d differences, R %d", g.Name, d, g.NDiffs)
		}
		if d := NSDiffs(y, g.M, 1); d != g.NSDiffs {
			t.Errorf("%s: %d seasonal differences, R %d", g.Name, d, g.NSDiffs)
		}
	}
}

// TestClassics compares with the tests of the reference file.
func TestClassics(t *testing.T) {
	f, err := os.Open(compete.Path(t, "r_classics.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Series map[string]struct {
			Frequency int
			Data      []float64
			ACF, PACF []float64
			LBData    []struct {
				Lag    int
				Ljung  *float64
				LjungP *float64 `json:"ljung_p"`
				BP     *float64 `json:"box_pierce"`
			} `json:"ljung_box_data"`
			UnitRoot struct {
				NDiffs  struct{ KPSS int }
				NSDiffs *struct{ Seas int }
				KPSS    []struct {
					D     int
					Lag   int `json:"lag_ndiffs"`
					Mu    float64
					Tau   float64
					Short int     `json:"lag_short"`
					MuS   float64 `json:"mu_short"`
				}
				ADF []struct {
					D    int
					Lags int
					Tau  float64 `json:"tau2"`
				} `json:"adf_drift"`
			} `json:"unit_root"`
		}
	}
	if err := json.NewDecoder(z).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Series) != 10 {
		t.Errorf("%d series", len(doc.Series))
	}
	for name, s := range doc.Series {
		for i, r := range ACF(s.Data, len(s.ACF)) {
			near(t, name, "acf", r, s.ACF[i], 1e-11)
		}
		for i, r := range PACF(s.Data, len(s.PACF)) {
			near(t, name, "pacf", r, s.PACF[i], 1e-9)
		}
		for _, l := range s.LBData {
			if l.Ljung != nil {
				near(t, name, "Ljung–Box", LjungBox(s.Data, l.Lag, 0).Statistic, *l.Ljung, 1e-11)
				near(t, name, "its p", LjungBox(s.Data, l.Lag, 0).P, *l.LjungP, 1e-11)
				near(t, name, "Box–Pierce", BoxPierce(s.Data, l.Lag, 0).Statistic, *l.BP, 1e-11)
			}
		}
		diff := func(d int) []float64 {
			y := append([]float64(nil), s.Data...)
			for range d {
				for i := range len(y) - 1 {
					y[i] = y[i+1] - y[i]
				}
				y = y[:len(y)-1]
			}
			return y
		}
		for _, k := range s.UnitRoot.KPSS {
			y := diff(k.D)
			if got := KPSS(y, false, -1); got.Lags != k.Lag {
				t.Errorf("%s: window %d, R %d", name, got.Lags, k.Lag)
			} else {
				near(t, name, "KPSS level", got.Statistic, k.Mu, 1e-9)
			}
			near(t, name, "KPSS trend", KPSS(y, true, k.Lag).Statistic, k.Tau, 1e-9)
			near(t, name, "KPSS short window", KPSS(y, false, k.Short).Statistic, k.MuS, 1e-9)
		}
		for _, a := range s.UnitRoot.ADF {
			near(t, name, "ADF", ADF(diff(a.D), Level, a.Lags).Statistic, a.Tau, 1e-8)
		}
		y := s.Data
		if s.UnitRoot.NSDiffs != nil {
			if d := NSDiffs(y, s.Frequency, 1); d != s.UnitRoot.NSDiffs.Seas {
				t.Errorf("%s: %d seasonal differences, R %d", name, d, s.UnitRoot.NSDiffs.Seas)
			}
		}
		if d := NDiffs(y, 2); d != s.UnitRoot.NDiffs.KPSS {
			t.Errorf("%s: %d differences, R %d", name, d, s.UnitRoot.NDiffs.KPSS)
		}
	}
}

func TestEdges(t *testing.T) {
	nan := math.NaN()
	for _, x := range [][]float64{nil, {nan}, {1}, {1, 2}, {3, 3, 3, 3, 3, 3}, {0, 0, 0}, {1e300, -1e300, 1e300, 5, 1e308, 2}, {1e-300, 3e-300, 2e-300, 5e-300}, {0.1, 0.1, 0.1, 0.1}} {
		for _, tt := range []Test{LjungBox(x, 2, 0), LjungBox(x, 2, 2), BoxPierce(x, 1, 0), KPSS(x, false, -1), KPSS(x, true, -1), ADF(x, Level, -1), ADF(x, None, 0), ADF(x, Trend, 1)} {
			if tt.P < 0 || tt.P > 1 || math.IsInf(tt.Statistic, 0) {
				t.Errorf("%v: %+v", x, tt)
			}
		}
		for _, r := range ACF(x, 3) {
			if r < -1.0001 || r > 1.0001 {
				t.Errorf("%v: autocorrelation %g", x, r)
			}
		}
		if d := NDiffs(x, 2); d < 0 || d > 2 {
			t.Errorf("%v: %d", x, d)
		}
		NSDiffs(x, 4, 1)
	}
	for _, r := range ACF([]float64{0.1, 0.1, 0.1, 0.1}, 2) {
		if !math.IsNaN(r) {
			t.Errorf("constant series has autocorrelation %g", r)
		}
	}
}

type errorsOf []float64

func (e errorsOf) Residuals() []float64 { return e }

func TestResiduals(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	noise, smooth := make(errorsOf, 60), make(errorsOf, 60)
	for i := range noise {
		noise[i] = rnd.NormFloat64()
		smooth[i] = noise[i]
		if i > 0 {
			smooth[i] += 0.8 * smooth[i-1]
		}
	}
	noise[0] = math.NaN()
	r := Residuals(noise, 0, 1)
	if r.N != 59 || r.LjungBox.Lags != 10 || r.LjungBox.Rejected(0.01) || math.Abs(r.Limit-1.959963984540054/math.Sqrt(59)) > 1e-12 {
		t.Errorf("noise: %+v", r)
	}
	if !strings.Contains(r.Explain("en"), "no autocorrelation") || !strings.Contains(r.Explain("zh"), "未见自相关") {
		t.Error(r.Explain("en"), r.Explain("zh"))
	}
	r = Residuals(smooth, 4, 0)
	if r.LjungBox.Lags != 8 || !r.LjungBox.Rejected(0.01) || !strings.Contains(r.Explain("en"), "are autocorrelated") || !strings.Contains(r.Explain("zh"), "仍有自相关") {
		t.Errorf("smooth: %+v", r)
	}
	r = Residuals(errorsOf{1, 2}, 0, 3)
	if !strings.Contains(r.Explain("en"), "cannot be tested") || !strings.Contains(r.Explain("zh"), "无法检验") {
		t.Errorf("two: %s", r.Explain("en"))
	}
}

func TestPanics(t *testing.T) {
	for _, f := range []func(){func() { ACF(nil, 0) }, func() { PACF(nil, 0) }, func() { LjungBox(nil, 0, 0) }, func() { LjungBox(nil, 1, -1) }, func() { Limit(0, 0.9) }, func() { Limit(5, 1) }} {
		func() {
			defer func() {
				if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "diagnostics: ") {
					t.Errorf("panic %v", s)
				}
			}()
			f()
		}()
	}
}
