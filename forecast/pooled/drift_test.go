package pooled

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

func fit(t *testing.T, f forecast.Forecaster, d forecast.Data) forecast.Model {
	t.Helper()
	m, err := forecast.Fit(f, d)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The filter must give the formulas of the doc comment of Drift, computed
// here in their plain form.
func TestDriftFormulas(t *testing.T) {
	for _, y := range [][]float64{
		{698},
		{645, 698},
		{612, 645, 698},
		{500, 520, 515, 560, 580, 600, 640, 660, 698},
		{1, 1, 1, 1},
		{3, 900, 2, 1e4, 7},
	} {
		for _, p := range []Prior{Growing(), Stable(), {Mu: 0.1, Tau: 0.02, S0: 0.2, D0: 9, Phi: 1}} {
			m := float64(len(y) - 1)
			var d []float64
			for i := 1; i < len(y); i++ {
				d = append(d, math.Log(y[i]/y[i-1]))
			}
			s2 := p.S0 * p.S0
			if m > 1 {
				s2 = (p.D0*s2 + (m-1)*stat.Variance(d, nil)) / (p.D0 + m - 1)
			}
			g, kw := p.Mu, p.Tau*p.Tau
			if m > 0 {
				w := s2 / m
				k := p.Tau * p.Tau / (p.Tau*p.Tau + w)
				g, kw = k*stat.Mean(d, nil)+(1-k)*p.Mu, k*w
			}
			df, sum := p.D0+m-1, 0.0
			for h, dist := range fit(t, Drift{Prior: p}, forecast.Data{Y: y}).Forecast(8) {
				sum += math.Pow(p.Phi, float64(h))
				sd := math.Sqrt(s2*float64(h+1) + sum*sum*kw)
				loc := math.Log(y[len(y)-1]) + g*sum
				near(t, "median", forecast.Median(dist), math.Exp(loc), 1e-12)
				q := distuv.StudentsT{Sigma: 1, Nu: df}.Quantile(1e-4 + 0.9*(1-2e-4))
				near(t, "90 % quantile", math.Log(dist.Quantile(0.9)), loc+sd*q, 1e-9)
				near(t, "CDF of the quantile", dist.CDF(dist.Quantile(0.03)), 0.03, 1e-9)
			}
		}
	}
}

func TestDriftZeroPrior(t *testing.T) {
	d := forecast.Data{Y: []float64{100}}
	for name, c := range map[string]struct {
		f    Drift
		d    forecast.Data
		want float64 // median one year ahead
	}{
		"growing":        {Drift{}, d, 100 * math.Exp(0.03)},
		"stable":         {Drift{Prior: Stable()}, d, 100},
		"centred":        {Drift{Prior: Prior{Tau: 0.01}}, d, 100},
		"context":        {Drift{Context: Context{Mean: 0.05, SD: 0.03}}, d, 105},
		"quarters":       {Drift{}, forecast.Data{Y: d.Y, Season: 4}, 100 * math.Exp(0.03/4)},
		"between bounds": {Drift{}, forecast.Data{Y: []float64{40}, Min: forecast.Bound(0), Max: forecast.Bound(100)}, 40},
		"negative":       {Drift{}, forecast.Data{Y: []float64{-7}}, -7},
		"gap at the end": {Drift{Prior: Prior{Mu: 0.1, Phi: 1}}, forecast.Data{Y: []float64{100, math.NaN()}}, 100 * math.Exp(0.2)},
	} {
		near(t, name, forecast.Median(fit(t, c.f, c.d).Forecast(1)[0]), c.want, 1e-12)
	}
}

// A gap must give what the filter gives for a missing value: the same as two
// steps of twice the variance.
func TestDriftGap(t *testing.T) {
	nan := math.NaN()
	m := fit(t, Drift{}, forecast.Data{Y: []float64{100, nan, nan, 115}}).(*driftModel)
	w := m.s2 / 3
	k := 0.04 * 0.04 / (0.04*0.04 + w)
	near(t, "drift", m.b, k*math.Log(1.15)/3+(1-k)*0.03, 1e-12)
	near(t, "variance", m.p22, k*w, 1e-12)
	near(t, "degrees of freedom", m.df, 5, 0)
}

func TestDriftIntervals(t *testing.T) {
	y := []float64{100, 103, 109, 110}
	exact := fit(t, Drift{}, forecast.Data{Y: y}).Forecast(3)
	same := fit(t, Drift{}, forecast.Data{Y: y, Lo: y, Hi: y}).Forecast(3)
	wide := fit(t, Drift{}, forecast.Data{Y: y, Lo: []float64{100, 103, 109, 100}, Hi: []float64{100, 103, 109, 120}}).Forecast(3)
	for h := range exact {
		near(t, "exact interval", same[h].Quantile(0.9), exact[h].Quantile(0.9), 1e-12)
		a := math.Log(exact[h].Quantile(0.9) / exact[h].Quantile(0.1))
		b := math.Log(wide[h].Quantile(0.9) / wide[h].Quantile(0.1))
		if b <= a {
			t.Errorf("h = %d: a value known roughly gives an interval of %g, known exactly %g", h+1, b, a)
		}
	}
	// A last value hardly known must be replaced by what the others say.
	m := fit(t, Drift{}, forecast.Data{Y: []float64{100, 103, 106, 109, 500}, Lo: []float64{100, 103, 106, 109, -1e9}, Hi: []float64{100, 103, 106, 109, 1e9}})
	if v := forecast.Median(m.Forecast(1)[0]); v < 105 || v > 125 {
		t.Errorf("unknown last value: median %g, want near 115", v)
	}
	inf := math.Inf(1)
	m = fit(t, Drift{}, forecast.Data{Y: []float64{500}, Lo: []float64{490}, Hi: []float64{inf}})
	if v := forecast.Median(m.Forecast(1)[0]); math.IsNaN(v) || math.IsInf(v, 0) {
		t.Errorf("open interval: median %g", v)
	}
}

func TestDriftBounds(t *testing.T) {
	for _, c := range []struct {
		y        []float64
		min, max *float64
	}{
		{[]float64{97, 98, 99.5}, forecast.Bound(0), forecast.Bound(100)},
		{[]float64{99, 100, 100}, forecast.Bound(0), forecast.Bound(100)},
		{[]float64{0, 0, 3}, forecast.Bound(0), nil},
		{[]float64{5, 4, 2}, forecast.Bound(1), nil},
		{[]float64{-5, -4, -2}, nil, forecast.Bound(0)},
		{[]float64{95, 99}, nil, forecast.Bound(100)},
	} {
		lo, hi := math.Inf(-1), math.Inf(1)
		if c.min != nil {
			lo = *c.min
		}
		if c.max != nil {
			hi = *c.max
		}
		m := fit(t, Drift{}, forecast.Data{Y: c.y, Min: c.min, Max: c.max})
		for _, d := range m.Forecast(10) {
			for _, p := range []float64{0, 1e-9, 0.5, 0.9, 1} {
				if q := d.Quantile(p); !(q >= lo && q <= hi) {
					t.Errorf("%v: quantile %g is %g, outside [%g, %g]", c.y, p, q, lo, hi)
				} else if d.CDF(q) < p-1e-9 {
					t.Errorf("%v: CDF(Quantile(%g)) = %g", c.y, p, d.CDF(q))
				}
			}
			if v := d.Mean(); !(v >= lo && v <= hi) {
				t.Errorf("%v: mean %g", c.y, v)
			}
		}
	}
}

// Paths and marginals must be the same distribution.
func TestDriftSimulate(t *testing.T) {
	for _, d := range []forecast.Data{
		{Y: []float64{698}},
		{Y: []float64{612, 645, 698, math.NaN()}},
		{Y: []float64{612, 645, 698}, Lo: []float64{600, 640, 650}, Hi: []float64{620, 650, 750}},
	} {
		m := fit(t, Drift{}, d)
		const n, h = 20000, 6
		paths := forecast.Draw(m, n, h, rand.NewPCG(1, 2))
		for j, dist := range m.Forecast(h) {
			// Kolmogorov–Smirnov distance; 1.95/√n is exceeded once in a thousand.
			e := paths.Marginal(j)
			worst := 0.0
			for p := 0.005; p < 1; p += 0.01 {
				worst = math.Max(worst, math.Abs(e.CDF(dist.Quantile(p))-p))
			}
			if worst > 1.95/math.Sqrt(n) {
				t.Errorf("%v, h = %d: distance %.4f between paths and marginal", d.Y, j+1, worst)
			}
		}
	}
}

func TestDriftNeverRefuses(t *testing.T) {
	for _, y := range [][]float64{
		{0}, {0, 0, 0}, {-1}, {1e-300, 1e300}, {1e308, -1e308, 1e308}, {5e-324}, {1, math.NaN(), math.NaN()},
		{math.NaN(), 2}, {math.MaxFloat64, math.MaxFloat64}, {1e-310, 1e-310, 1e-309},
	} {
		m := fit(t, Drift{}, forecast.Data{Y: y})
		path := make([]float64, 50)
		m.Simulate(path, rand.NewPCG(1, 1))
		for i, d := range m.Forecast(50) {
			for _, v := range []float64{d.Quantile(0), d.Quantile(0.5), d.Quantile(1), d.Mean(), path[i]} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%v, h = %d: %g", y, i+1, v)
				}
			}
		}
	}
	if _, err := (Drift{}).Fit(nil); !errors.Is(err, forecast.ErrEmpty) {
		t.Errorf("no values: %v", err)
	}
	if _, err := (Drift{}).Fit([]float64{1, math.Inf(1)}); !errors.Is(err, forecast.ErrInfinite) {
		t.Errorf("infinite value: %v", err)
	}
	if _, err := (Drift{}).FitData(forecast.Data{Y: []float64{1}, X: [][]float64{{1}}}); !errors.Is(err, forecast.ErrX) {
		t.Errorf("regressors: %v", err)
	}
}

func TestDriftExplain(t *testing.T) {
	one := fit(t, Drift{}, forecast.Data{Y: []float64{698}}).(forecast.Explainer)
	for lang, words := range map[string][]string{
		"en": {"a single value and a prior", "one figure only", "growth of 3.0 % a year"},
		"zh": {"只依据1个数值和先验", "只有1个数值", "年均增速3.0%"},
	} {
		for _, w := range words {
			if s := one.Explain(lang); !strings.Contains(s, w) {
				t.Errorf("%s: %q lacks %q", lang, s, w)
			}
		}
	}
	c := fit(t, Drift{Context: Context{Mean: 0.066, SD: 0.01, Source: "市政府工作报告"}}, forecast.Data{Y: []float64{645, 698}}).(forecast.Explainer)
	if s := c.Explain("zh"); !strings.Contains(s, "年均6.6%（市政府工作报告）") {
		t.Errorf("context is not named: %s", s)
	}
	for _, lang := range []string{"en", "zh"} {
		for _, y := range [][]float64{{1}, {1, 2}, {-1, 2, 3}, {0}, {1, 2, 3, 4, 5, 6, 7, math.NaN()}} {
			if s := fit(t, Drift{}, forecast.Data{Y: y}).(forecast.Explainer).Explain(lang); s == "" || strings.Contains(s, "%!") || strings.Contains(s, "NaN") {
				t.Errorf("%v: %q", y, s)
			}
		}
	}
}
