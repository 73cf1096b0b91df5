package arima

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"example.com/zhibiao/forecast"
)

// golden is a case of testdata/arima.json, made by testdata/arima.R.
type golden struct {
	Name      string
	Y         []*float64
	X         []float64
	Order     [3]int
	Seasonal  [3]int
	M         int
	Constant  bool
	Diffed    bool // fitted by R to the differences
	Coef, SE  []float64
	Loglik    float64
	Sigma2    float64
	NObs      int
	Residuals []*float64
	Mean, FSE []float64
}

func goldens(t testing.TB) []golden {
	b, err := os.ReadFile("testdata/arima.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Cases []golden }
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Cases) == 0 {
		t.Fatal("no cases")
	}
	return doc.Cases
}

func (g golden) data() forecast.Data {
	d := forecast.Data{}
	for _, v := range g.Y {
		if v == nil {
			d.Y = append(d.Y, math.NaN())
		} else {
			d.Y = append(d.Y, *v)
		}
	}
	for _, x := range g.X {
		d.X = append(d.X, []float64{x})
	}
	return d
}

func (g golden) method() ARIMA {
	return ARIMA{P: g.Order[0], D: g.Order[1], Q: g.Order[2], SP: g.Seasonal[0], SD: g.Seasonal[1], SQ: g.Seasonal[2], Season: g.M, Constant: g.Constant}
}

// TestGolden: at R's coefficients everything agrees to 1e-8, except on the
// scale of differenced series, where R starts only nearly diffuse: to 1e-5.
func TestGolden(t *testing.T) {
	for _, g := range goldens(t) {
		a := g.method()
		d := g.data()
		a.Coef = append([]float64{}, g.Coef...)
		fm, err := a.FitData(d)
		if err != nil {
			t.Errorf("%s: %v", g.Name, err)
			continue
		}
		m := fm.(*Model)
		tol := 1e-8
		if g.Order[1]+g.Seasonal[1] > 0 && !g.Diffed {
			tol = 2e-5
		}
		check := func(what string, got, want, scale float64) {
			t.Helper()
			if !(math.Abs(got-want) <= tol*max(math.Abs(want), scale)) {
				t.Errorf("%s: %s %.12g, R %.12g", g.Name, what, got, want)
			}
		}
		check("log L", m.loglik, g.Loglik, 1)
		check("σ²", m.ml*m.s.scale*m.s.scale, g.Sigma2, 0)
		if m.nobs != g.NObs {
			t.Errorf("%s: %d observations, R %d", g.Name, m.nobs, g.NObs)
		}
		res := m.Residuals()
		if len(res) != len(d.Y) {
			t.Fatalf("%s: %d residuals of %d values", g.Name, len(res), len(d.Y))
		}
		lost := len(res) - len(g.Residuals)
		for i, r := range g.Residuals {
			if got := res[lost+i]; r == nil != math.IsNaN(got) && (g.Diffed || i >= m.spec.lost()) {
				t.Errorf("%s: residual %d is %v", g.Name, i, got)
			} else if r != nil && !math.IsNaN(got) {
				scale := math.Sqrt(g.Sigma2)
				if tol > 1e-8 {
					scale *= 100 // R's first residuals carry its start
				}
				check("residual", got, *r, scale)
			}
		}
		h := len(g.Mean)
		ds := m.Forecast(h)
		mean := make([]float64, h)
		for i, x := range ds {
			mean[i] = x.Mean()
		}
		if g.Diffed {
			all := append(append([]float64(nil), d.Y...), mean...)
			all = difference(all, g.Order[1], g.Seasonal[1], g.M)
			copy(mean, all[len(all)-h:])
		}
		for i := range mean {
			check("forecast", mean[i], g.Mean[i], math.Sqrt(g.Sigma2))
			if !g.Diffed {
				sd := ds[i].(normal).sd * math.Sqrt(m.ml/m.sigma2)
				check("forecast error", sd, g.FSE[i], 0)
			}
		}
		// Left free, the maximum is not below R's, and the curvature the same.
		fm, err = g.method().FitData(d)
		if err != nil {
			t.Errorf("%s: %v", g.Name, err)
			continue
		}
		free := fm.(*Model)
		if free.loglik < m.loglik-1e-7 {
			t.Errorf("%s: maximum %.9f below R's %.9f", g.Name, free.loglik, m.loglik)
		}
		if free.loglik < m.loglik+1e-4 {
			for i, c := range free.Coefficients() {
				if math.Abs(c.SE/g.SE[i]-1) > 0.01 {
					t.Errorf("%s: %s has standard error %g, R %g", g.Name, c.Name, c.SE, g.SE[i])
				}
			}
		}
	}
}
