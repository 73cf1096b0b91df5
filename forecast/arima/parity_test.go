package arima

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
)

// shared opens a file of the reference data beside the repository, or skips.
func shared(t testing.TB, name string) io.Reader {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the package")
		}
	}
	f, err := os.Open(filepath.Join(filepath.Dir(dir), "shared", "data", name))
	if err != nil {
		t.Skip("reference data absent: ", name)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

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
	var doc struct{ Series map[string]classic }
	if err := json.NewDecoder(shared(t, "r_classics.json.gz")).Decode(&doc); err != nil {
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

func TestClassics(t *testing.T) {
	for name, c := range classics(t) {
		for _, f := range append(c.ARIMA, c.Drift...) {
			a := f.method()
			title := fmt.Sprint(name, f.Order, f.Seasonal, f.Transform)
			d := f.data(c)
			free, err := a.FitData(d)
			if err != nil {
				t.Errorf("%s: %v", title, err)
				continue
			}
			a.Coef = f.Coef.values
			if a.Coef == nil {
				a.Coef = []float64{}
			}
			fixed, err := a.FitData(d)
			if err != nil {
				t.Errorf("%s: %v", title, err)
				continue
			}
			m := fixed.(*Model)
			ds := m.Forecast(10)
			worst := 0.0
			for h, x := range forecast.Points(ds) {
				worst = max(worst, relative(x, f.Forecast.Mean[h]))
			}
			fl, _ := free.(*Model).LogLikelihood()
			t.Logf("%-40s loglik %.2e sigma2 %.2e fc %.2e free-R %+.6f", title, relative(m.loglik, f.Loglik), relative(m.ml*m.s.scale*m.s.scale, f.Sigma2), worst, fl-f.Loglik)
		}
	}
}

type refFit struct {
	id, model string
	loglik    float64
	coef      []float64
	names     []string
}

func refFits(t testing.TB, name, method string) map[string]refFit {
	rows, err := csv.NewReader(shared(t, name)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]refFit{}
	for _, r := range rows[1:] {
		if r[1] != method {
			continue
		}
		f := refFit{id: r[0], model: r[2]}
		f.loglik, _ = strconv.ParseFloat(r[3], 64)
		if r[8] != "" {
			for _, kv := range strings.Split(r[8], ";") {
				k, v, _ := strings.Cut(kv, "=")
				x, _ := strconv.ParseFloat(v, 64)
				f.names = append(f.names, k)
				f.coef = append(f.coef, x)
			}
		}
		out[f.id] = f
	}
	return out
}

type series struct {
	id          string
	train, test []float64
}

func competition(t testing.TB, name string) []series {
	rows, err := csv.NewReader(shared(t, name)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []series
	for _, r := range rows[1:] {
		if len(out) == 0 || out[len(out)-1].id != r[0] {
			out = append(out, series{id: r[0]})
		}
		s := &out[len(out)-1]
		v, err := strconv.ParseFloat(r[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		if r[3] == "train" {
			s.train = append(s.train, v)
		} else {
			s.test = append(s.test, v)
		}
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

func TestSameOrder(t *testing.T) {
	for _, set := range []string{"yearly", "quarterly"} {
		ref := refFits(t, "r_reference_M3_"+set+"_fits.csv.gz", "auto.arima")
		n, worse, better := 0, 0, 0
		for _, s := range competition(t, "M3_"+set+".csv.gz") {
			f := ref[s.id]
			a := parseModel(f.model)
			m, err := a.Fit(s.train)
			if err != nil {
				t.Errorf("%s %s: %v", s.id, f.model, err)
				continue
			}
			l, _ := m.(*Model).LogLikelihood()
			n++
			a.Coef = f.coef
			if a.Coef == nil {
				a.Coef = []float64{}
			}
			var lf float64
			if mf, err := a.Fit(s.train); err == nil {
				lf, _ = mf.(*Model).LogLikelihood()
			}
			if l < lf-1e-6 {
				worse++
				t.Logf("%s %s: %.6f, R %.6f, at R's %.6f: %v R %v", s.id, f.model, l, f.loglik, lf, m.(*Model).nat, f.coef)
			}
			if l > lf+1e-3 {
				better++
			}
		}
		t.Logf("%s: %d series, %d below R, %d above", set, n, worse, better)
	}
}
