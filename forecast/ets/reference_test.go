package ets

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/zhibiao/forecast/internal/compete"
	"gonum.org/v1/gonum/floats/scalar"
)

// rfit is a fit of R's ets.
type rfit struct {
	Alpha, Beta, Gamma, Phi, L, B float64
	S                             []float64 // first cycle, S[0] that of the first value
	Loglik, Sigma2, AICc          float64
	Fitted, Mean, Half95          []float64
}

// near compares with a relative tolerance. R prints 15 digits, and its own
// sums are good to about 1e-12.
func near(t *testing.T, name string, got, want, rel float64) {
	t.Helper()
	if !scalar.EqualWithinRel(got, want, rel) {
		t.Errorf("%s = %.15g, want %.15g", name, got, want)
	}
}

func spec(tb testing.TB, code string) Spec {
	tb.Helper()
	p, err := parse(code)
	if err != nil {
		tb.Fatal(err)
	}
	return p.Spec
}

// at builds the model at R's parameters.
func at(tb testing.TB, y []float64, m int, code string, r rfit) *Model {
	tb.Helper()
	s, err := newSeries(y)
	if err != nil {
		tb.Fatal(err)
	}
	sp := spec(tb, code)
	st := start{l: r.L / s.scale, b: r.B / s.scale}
	if sp.Trend == Multiplicative {
		st.b = r.B
	}
	if sp.Season != None {
		st.s = slices.Clone(r.S)
		if sp.Season == Additive {
			for i := range st.s {
				st.s[i] /= s.scale
			}
		}
	}
	out := &Model{N: s.n, series: s, m: m}
	out.complete(fitted{sp: sp, p: params{r.Alpha, r.Beta, r.Gamma, r.Phi}, start: st})
	return out
}

func compare(t *testing.T, name string, m *Model, r rfit) {
	t.Helper()
	near(t, name+": log likelihood", m.kernel(), r.Loglik, 1e-10)
	near(t, name+": sigma2", m.Sigma2, r.Sigma2, 1e-9)
	if r.AICc != 0 {
		near(t, name+": AICc", aicc(-2*m.kernel(), m.params+1, m.N), r.AICc, 1e-10)
	}
	res := m.Residuals()
	for i, v := range r.Fitted {
		near(t, name+": fitted "+strconv.Itoa(i+1), m.series.y[i]*m.series.scale-res[i], v, 1e-9)
	}
	mean, sd := m.asR(len(r.Mean))
	for j := range r.Mean {
		near(t, name+": mean "+strconv.Itoa(j+1), mean[j], r.Mean[j], 1e-9)
		if len(r.Half95) > 0 {
			near(t, name+": half-width "+strconv.Itoa(j+1), 1.959963984540054*sd[j], r.Half95[j], 1e-8)
		}
	}
}

// asR is Moments but for two slips of R's forecast 8.20, which it repeats: in
// (·,N,A) the variances let γ work a period early (G[3,1] is the second season
// where there is no slope), and in (M,Ad,M) the level takes the slope in
// undamped (H1 and F1 have 1 for φ), against R's own fitted values and
// simulations.
func (m *Model) asR(h int) (mean, sd []float64) {
	mean, sd = m.Moments(h)
	c := m.series.scale
	for j := range h {
		mean[j], sd[j] = mean[j]/c, sd[j]/c
	}
	switch {
	case m.Spec.Trend == None && m.Spec.Season == Additive && m.Spec.Error == Additive:
		m.class1(sd, m.m-1)
	case m.Spec.Trend == None && m.Spec.Season == Additive:
		m.class2(mean, sd, m.m-1)
	case m.Spec.Damped && m.Spec.Trend == Additive && m.Spec.Season == Multiplicative:
		m.class3(mean, sd, 1)
	}
	for j := range h {
		mean[j], sd[j] = mean[j]*c, sd[j]*c
	}
	return mean, sd
}

type rseries struct {
	Frequency int
	Y         []float64
	Models    map[string]rfit
}

func reference(tb testing.TB) map[string]rseries {
	tb.Helper()
	b, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		tb.Fatal(err)
	}
	var f struct{ Series map[string]rseries }
	if err := json.Unmarshal(b, &f); err != nil {
		tb.Fatal(err)
	}
	if len(f.Series) != 12 {
		tb.Fatalf("%d series", len(f.Series))
	}
	return f.Series
}

// TestParityWithR compares all 19 models at R's parameters with what
// testdata/reference.R made of series of base R.
func TestParityWithR(t *testing.T) {
	seen := map[string]bool{}
	for name, s := range reference(t) {
		for code, r := range s.Models {
			seen[code] = true
			compare(t, name+" "+code, at(t, s.Y, s.Frequency, code, r), r)
		}
	}
	if len(seen) != 19 {
		t.Errorf("%d models seen", len(seen))
	}
}

// TestFreeMaximum demands that the library's own maximum of the likelihood is
// nowhere below R's.
func TestFreeMaximum(t *testing.T) {
	for name, s := range reference(t) {
		for code, r := range s.Models {
			if s.Frequency == 12 && (name != "AirPassengers" || code != "MAM" && code != "ANA") && !*full {
				continue // the monthly ones take long
			}
			m, err := ETS{Model: code, Season: s.Frequency, Initial: Free}.Estimate(s.Y)
			if err != nil {
				t.Errorf("%s %s: %v", name, code, err)
				continue
			}
			if m.kernel() < r.Loglik-1e-4 {
				t.Errorf("%s %s: log likelihood %.6f, R has %.6f", name, code, m.kernel(), r.Loglik)
			}
		}
	}
}

// TestParityClassics compares with the reference results of R beside the
// repository: ten classical series at full length.
func TestParityClassics(t *testing.T) {
	f, err := os.Open(compete.Path(t, "r_classics.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	type dist struct{ Mean, Hi95 []float64 }
	type model struct {
		Par, Initstate       map[string]float64
		Loglik, Sigma2, AICc float64
		FittedHead           []float64          `json:"fitted_head"`
		ResidualsHead        []float64          `json:"residuals_head"`
		LastState            map[string]float64 `json:"last_state"`
		Forecast             dist
	}
	var all struct {
		Series map[string]struct {
			Frequency int
			Data      []float64
			ETS       map[string]model
		}
	}
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	n := 0
	for name, s := range all.Series {
		for code, w := range s.ETS {
			r := rfit{Alpha: w.Par["alpha"], Beta: w.Par["beta"], Gamma: w.Par["gamma"], Phi: 1,
				L: w.Initstate["l"], B: w.Initstate["b"], Loglik: w.Loglik, Sigma2: w.Sigma2, AICc: w.AICc,
				Fitted: w.FittedHead, Mean: w.Forecast.Mean}
			if v, ok := w.Par["phi"]; ok {
				r.Phi = v
			}
			if strings.HasSuffix(code, "A") || strings.HasSuffix(code, "M") {
				for i := range s.Frequency {
					r.S = append(r.S, w.Initstate[fmt.Sprintf("s%d", s.Frequency-i)])
				}
			}
			for j, v := range w.Forecast.Hi95 {
				r.Half95 = append(r.Half95, v-w.Forecast.Mean[j])
			}
			m := at(t, s.Data, s.Frequency, code, r)
			compare(t, name+" "+code, m, r)
			for i, v := range w.ResidualsHead {
				near(t, fmt.Sprintf("%s %s: residual %d", name, code, i+1), m.Innovations()[i], v, 1e-6) // a difference of near equals
			}
			near(t, name+" "+code+": last level", m.end.l*m.series.scale, w.LastState["l"], 1e-9)
			n++
		}
	}
	if n < 80 {
		t.Errorf("%d models compared", n)
	}
}

// rrow is a line of a _fits file.
type rrow struct {
	id, code string
	rfit
}

// fits reads the ets lines of a _fits file.
func fits(t *testing.T, file string, m int) []rrow {
	t.Helper()
	var out []rrow
	for _, r := range compete.Rows(t, file) {
		if r[1] != "ets" {
			continue
		}
		num := func(s string) float64 {
			v, err := strconv.ParseFloat(s, 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		row := rrow{id: r[0], code: strings.NewReplacer("ETS(", "", ")", "", ",", "").Replace(r[2])}
		par := map[string]float64{"phi": 1}
		for _, kv := range strings.Split(r[8], ";") {
			k, v, _ := strings.Cut(kv, "=")
			par[k] = num(v)
		}
		row.rfit = rfit{Alpha: par["alpha"], Beta: par["beta"], Gamma: par["gamma"], Phi: par["phi"], L: par["l"], B: par["b"], Loglik: num(r[3]), AICc: num(r[5]), Sigma2: num(r[7])}
		if _, ok := par["s0"]; ok {
			// par has m−1 seasons, the last state first; the rest follows from their sum.
			row.S = make([]float64, m)
			sum := 0.0
			for i := range m - 1 {
				row.S[m-1-i] = par[fmt.Sprintf("s%d", i)]
				sum += row.S[m-1-i]
			}
			if strings.HasSuffix(row.code, "M") {
				row.S[0] = float64(m)
			}
			row.S[0] -= sum
		}
		out = append(out, row)
	}
	return out
}

// TestParityM3 compares with R's models of all M3 yearly and quarterly series
// at R's parameters.
func TestParityM3(t *testing.T) {
	for _, set := range []struct {
		name string
		m    int
	}{{"yearly", 1}, {"quarterly", 4}} {
		all := compete.Load(t, "M3_"+set.name+".csv.gz")
		mean := map[string][]float64{}
		half := map[string][]float64{}
		for _, r := range compete.Rows(t, "r_reference_M3_"+set.name+".csv.gz") {
			if r[1] == "ets" {
				p, _ := strconv.ParseFloat(r[3], 64)
				hi, _ := strconv.ParseFloat(r[7], 64)
				mean[r[0]] = append(mean[r[0]], p)
				half[r[0]] = append(half[r[0]], hi-p)
			}
		}
		for i, r := range fits(t, "r_reference_M3_"+set.name+"_fits.csv.gz", set.m) {
			if all[i].ID != r.id {
				t.Fatalf("%s is not %s", all[i].ID, r.id)
			}
			m := at(t, all[i].Train, set.m, r.code, r.rfit)
			near(t, r.id+" "+r.code+": log likelihood", m.kernel(), r.Loglik, 1e-9)
			near(t, r.id+" "+r.code+": AICc", aicc(-2*m.kernel(), m.params+1, m.N), r.AICc, 1e-9)
			near(t, r.id+" "+r.code+": sigma2", m.Sigma2, r.Sigma2, 1e-8)
			mu, sd := m.asR(len(mean[r.id]))
			for j := range mu {
				near(t, fmt.Sprintf("%s %s: mean %d", r.id, r.code, j+1), mu[j], mean[r.id][j], 1e-8)
				near(t, fmt.Sprintf("%s %s: half-width %d", r.id, r.code, j+1), 1.959963984540054*sd[j], half[r.id][j], 1e-8+1e-11*math.Abs(mu[j])/half[r.id][j])
			}
		}
	}
}
