package arima

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/compete"
)

// orderedMap keeps the coefficients in the order of the file.
type orderedMap struct {
	names  []string
	values []float64
}

func (m *orderedMap) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(strings.NewReader(string(b)))
	tok, err := d.Token()
	if err != nil || tok != json.Delim('{') {
		return nil // an empty list stands for no coefficient
	}
	for d.More() {
		k, err := d.Token()
		if err != nil {
			return err
		}
		var v float64
		if err := d.Decode(&v); err != nil {
			return err
		}
		m.names = append(m.names, k.(string))
		m.values = append(m.values, v)
	}
	return nil
}

type classicFit struct {
	Order        [3]int
	Seasonal     [3]int
	Period       int
	IncludeMean  bool `json:"include_mean"`
	IncludeDrift bool `json:"include_drift"`
	Xreg         bool
	Transform    string
	Coef, SE     orderedMap
	Sigma2       float64
	Loglik       float64
	AICc         float64
	BIC          float64
	Forecast     struct{ Mean, SE, Lo80, Hi80, Lo95, Hi95 []float64 }
	Model        string
	Arma         [7]int
}

type classic struct {
	Frequency     int
	Start         []float64
	Data          []float64
	ARIMA         []classicFit `json:"arima"`
	Drift         []classicFit `json:"arima_drift"`
	AutoARIMA     classicFit   `json:"auto_arima"`
	AutoARIMAFull *classicFit  `json:"auto_arima_full"`
}

func classics(t testing.TB) map[string]classic {
	f, err := os.Open(compete.Path(t, "r_classics.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Series map[string]classic }
	if err := json.NewDecoder(z).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	return doc.Series
}

func (f classicFit) data(c classic) forecast.Data {
	y := append([]float64(nil), c.Data...)
	for i, v := range y {
		switch f.Transform {
		case "log":
			y[i] = math.Log(v)
		case "log10":
			y[i] = math.Log10(v)
		}
	}
	d := forecast.Data{Y: y, Season: c.Frequency}
	if f.Xreg {
		for t := range len(y) + 10 {
			d.X = append(d.X, []float64{c.Start[0] + float64(t) - 1920})
		}
	}
	return d
}

func (f classicFit) method() ARIMA {
	return ARIMA{P: f.Order[0], D: f.Order[1], Q: f.Order[2], SP: f.Seasonal[0], SD: f.Seasonal[1], SQ: f.Seasonal[2],
		Constant: f.IncludeMean || f.IncludeDrift}
}

func relative(got, want float64) float64 {
	return math.Abs(got-want) / math.Max(math.Abs(want), 1e-12)
}

func (f classicFit) fixed() ARIMA {
	a := f.method()
	a.Coef = append([]float64{}, f.Coef.values...)
	return a
}

// nearDiffuse bounds what R's start adds to −log L: it gives the first s
// values variance 10⁶σ² instead of an infinite one, hence Σ y²/(2·10⁶σ²) over
// them, up to what differencing makes of it.
func nearDiffuse(y []float64, s int, sigma2 float64) float64 {
	v := 0.0
	for _, x := range y[:s] {
		v += x * x / (2e6 * sigma2)
	}
	return 4 * v
}

// TestClassics holds the models of R's stats::arima and forecast::Arima on
// ten classical series against the library at R's coefficients.
func TestClassics(t *testing.T) {
	n := 0
	for name, c := range classics(t) {
		for _, f := range append(c.ARIMA, c.Drift...) {
			title := fmt.Sprint(name, f.Order, f.Seasonal, f.Transform)
			d := f.data(c)
			free, err := f.method().FitData(d)
			if err != nil {
				t.Errorf("%s: %v", title, err)
				continue
			}
			fixed, err := f.fixed().FitData(d)
			if err != nil {
				t.Errorf("%s: %v", title, err)
				continue
			}
			n++
			m := fixed.(*Model)
			lost := m.spec.lost()
			slack := nearDiffuse(d.Y, lost, f.Sigma2)
			tol := 1e-8
			if lost > 0 {
				tol = 1e-5
			}
			if diff := math.Abs(m.loglik - f.Loglik); diff > tol*math.Abs(f.Loglik)+slack {
				t.Errorf("%s: log L %.9g, R %.9g", title, m.loglik, f.Loglik)
			}
			// With drift the file has Arima's unbiased variance.
			sigma2 := m.ml * m.s.scale * m.s.scale
			if f.IncludeDrift {
				sigma2 *= float64(m.nobs) / float64(m.nobs-len(f.Coef.values))
			}
			tol = 1e-8
			if lost > 0 {
				tol = 1e-4 + 2*slack/float64(m.nobs)
			}
			if relative(sigma2, f.Sigma2) > tol {
				t.Errorf("%s: σ² %.9g, R %.9g", title, sigma2, f.Sigma2)
			}
			tol = 1e-8
			if lost > 0 {
				tol = 1e-5
			}
			for h, x := range m.Forecast(10) {
				if relative(x.Mean(), f.Forecast.Mean[h]) > tol {
					t.Errorf("%s: forecast %d %.9g, R %.9g", title, h+1, x.Mean(), f.Forecast.Mean[h])
				}
				// Spread relative to the innovations'.
				if x, ok := x.(normal); ok {
					want := (f.Forecast.Hi95[h] - f.Forecast.Lo95[h]) / 2 / 1.959963984540054 / math.Sqrt(f.Sigma2)
					if got := x.sd / math.Sqrt(m.Sigma2()); relative(got, want) > tol {
						t.Errorf("%s: spread %d %.9g, R %.9g", title, h+1, got, want)
					}
				}
			}
			if l := free.(*Model).loglik; l < m.loglik-1e-6 {
				t.Errorf("%s: maximum %.6f below the %.6f at R's coefficients", title, l, m.loglik)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d models", n)
	}
}

type refFit struct {
	id, model string
	loglik    float64
	coef      []float64
}

func refFits(t testing.TB, name, method string) map[string]refFit {
	out := map[string]refFit{}
	for _, r := range compete.Rows(t, name) {
		if r[1] != method {
			continue
		}
		f := refFit{id: r[0], model: r[2], coef: []float64{}}
		f.loglik, _ = strconv.ParseFloat(r[3], 64)
		if r[8] != "" {
			for _, kv := range strings.Split(r[8], ";") {
				_, v, _ := strings.Cut(kv, "=")
				x, err := strconv.ParseFloat(v, 64)
				if err != nil {
					t.Fatal(err)
				}
				f.coef = append(f.coef, x)
			}
		}
		out[f.id] = f
	}
	return out
}

// parseModel reads R's name of a model.
func parseModel(s string) (a ARIMA) {
	n, _ := fmt.Sscanf(s, "ARIMA(%d,%d,%d)(%d,%d,%d)[%d]", &a.P, &a.D, &a.Q, &a.SP, &a.SD, &a.SQ, &a.Season)
	if n < 3 {
		panic("model " + s)
	}
	a.Constant = strings.Contains(s, "drift") || strings.Contains(s, "non-zero mean")
	return a
}

// TestMaximum: for the orders that R's auto.arima picks, the likelihood found
// must reach that at R's coefficients, both taken with the exact diffuse
// start, within 1e-4 on 99.5 % of the series.
func TestMaximum(t *testing.T) {
	for _, set := range []string{"yearly", "quarterly"} {
		ref := refFits(t, "r_reference_M3_"+set+"_fits.csv.gz", "auto.arima")
		n, below, above := 0, 0, 0
		for _, s := range compete.Load(t, "M3_"+set+".csv.gz") {
			f := ref[s.ID]
			a := parseModel(f.model)
			free, err := a.Fit(s.Train)
			if err != nil {
				t.Errorf("%s %s: %v", s.ID, f.model, err)
				continue
			}
			a.Coef = f.coef
			fixed, err := a.Fit(s.Train)
			if err != nil {
				t.Errorf("%s %s at R's coefficients: %v", s.ID, f.model, err)
				continue
			}
			n++
			switch d := free.(*Model).loglik - fixed.(*Model).loglik; {
			case d < -1e-4:
				below++
				t.Logf("%s %s: %.5f below R", s.ID, f.model, -d)
			case d > 1e-4:
				above++
			}
		}
		t.Logf("M3 %s: %d series, %d below R's maximum, %d above it", set, n, below, above)
		if float64(below) > 0.005*float64(n) {
			t.Errorf("%d of %d maxima of M3 %s below R's", below, n, set)
		}
	}
}

// TestAuto runs the choice of order over M3. The accuracy on the test parts
// keeps the limits of the project's issue (R's auto.arima scores 17.104 and
// 10.013). The differencing is R's on all series, but for a third difference,
// and the order on most; where the orders differ, R's has a root that is
// refused here or a higher AICc, nearly always.
func TestAuto(t *testing.T) {
	if raced {
		t.Skip("scores are computed without the race detector")
	}
	for _, c := range []struct {
		set        string
		season     int
		limit      float64
		same, diff float64 // least shares of equal orders and equal differences
	}{{"yearly", 1, 17.15, 0.95, 1}, {"quarterly", 4, 10.05, 0.9, 0.99}} {
		ref := refFits(t, "r_reference_M3_"+c.set+"_fits.csv.gz", "auto.arima")
		var n, sum, same, diff, lower float64
		for _, s := range compete.Load(t, "M3_"+c.set+".csv.gz") {
			fm, err := forecast.Fit(Auto{}, forecast.Data{Y: s.Train, Season: c.season})
			if err != nil {
				t.Fatal(s.ID, err)
			}
			v, _ := s.Score(forecast.Points(fm.Forecast(len(s.Test))), c.season)
			sum += v
			n++
			m := fm.(*Model)
			a := parseModel(ref[s.ID].model)
			if m.spec.d != a.D || m.spec.D != a.SD {
				continue
			}
			diff++
			if m.spec.p == a.P && m.spec.q == a.Q && m.spec.P == a.SP && m.spec.Q == a.SQ && m.spec.constant == a.Constant {
				same++
			} else if r, err := a.Fit(s.Train); err == nil && m.AICc() <= r.(*Model).AICc()+1e-6 {
				lower++
			}
		}
		t.Logf("M3 %s: sMAPE %.3f; of %g series %g have the differences of R, %g its order, %g another of lower AICc", c.set, sum/n, n, diff, same, lower)
		if sum/n > c.limit {
			t.Errorf("sMAPE %.3f on M3 %s, want at most %g", sum/n, c.set, c.limit)
		}
		if same < c.same*n || diff < c.diff*n {
			t.Errorf("M3 %s: only %g of %g with R's order, %g with its differences", c.set, same, n, diff)
		}
	}
}
