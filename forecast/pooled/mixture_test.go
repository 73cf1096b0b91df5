package pooled

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
)

// The filter must agree with the joint normal distribution of the values,
// whose covariance is written down directly from the model's equations.
func TestAtomLikelihood(t *testing.T) {
	a := Atom{Weight: 1, Obs: 0.03, Level: 0.05, Slope: 0.02, Phi: 0.8, Mu: 0.04, Tau: 0.06}
	z := []float64{0, 0.05, 0.02, 0.09, 0.2, 0.19, 0.3}
	n := len(z)
	// Loadings of z_t − l_1 on the independent shocks: first slope, level and
	// slope innovations, errors; the level starts at the first value, so that
	// l_1 = z_1 − e_1.
	width := 1 + 3*n
	load := mat.NewDense(n, width, nil)
	meanOf := make([]float64, n)
	slope := make([]float64, width)
	level := make([]float64, width)
	slope[0] = a.Tau
	level[1] = a.Obs // the uncertain start
	m := a.Mu
	for i := 1; i < n; i++ {
		for k := range level {
			level[k] += slope[k]
		}
		level[1+n+i] += a.Level
		for k := range slope {
			slope[k] *= a.Phi
		}
		slope[1+2*n+i-1] += a.Slope
		meanOf[i] = meanOf[i-1] + m
		row := append([]float64(nil), level...)
		row[1+i] += a.Obs
		load.SetRow(i, row)
	}
	var cov mat.Dense
	cov.Mul(load, load.T())
	sub := mat.NewSymDense(n-1, nil)
	for i := range n - 1 {
		for j := range n - 1 {
			sub.SetSym(i, j, cov.At(i+1, j+1))
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(sub) {
		t.Fatal("covariance is not positive definite")
	}
	d := mat.NewVecDense(n-1, nil)
	for i := range n - 1 {
		d.SetVec(i, z[i+1]-z[0]-meanOf[i+1])
	}
	var x mat.VecDense
	if err := chol.SolveVecTo(&x, d); err != nil {
		t.Fatal(err)
	}
	want := -0.5*chol.LogDet() - 0.5*mat.Dot(d, &x)
	// Undiscounted, from the generic filter step by step.
	got, s := 0.0, state{l: z[0], b: a.Mu, p11: a.Obs * a.Obs, p22: a.Tau * a.Tau}
	for i := 1; i < n; i++ {
		s.advance(&a)
		e := z[i] - s.l
		g := s.update(a.Obs*a.Obs, e)
		got -= a.penalty(g.half, e*e*g.inv)
	}
	near(t, "log likelihood", got, want, 1e-10)

	// The fast form with tables, and the form for gaps and errors, agree.
	for _, tail := range []float64{0, 4} {
		a.Tail = tail
		g := newGains(&a, window)
		l1, lv, sl := g.run(&a, z)
		obs := make([]observation, n)
		for i := range obs {
			obs[i] = observation{t: i, z: z[i]}
		}
		l2, s2 := a.filter(obs)
		near(t, "likelihood", l1, l2, 1e-12)
		near(t, "level", lv, s2.l, 1e-12)
		near(t, "slope", sl, s2.b, 1e-12)
		near(t, "covariance", g.cov[n-1].p12, s2.p12, 1e-12)
	}
}

func TestNormal(t *testing.T) {
	for x := -8.5; x <= 8.5; x += 0.00917 {
		cdf, pdf := normal(x)
		near(t, "Φ", cdf, distuv.UnitNormal.CDF(x), 1e-9)
		near(t, "φ", pdf, distuv.UnitNormal.Prob(x), 1e-6)
	}
}

// One atom without noise in the slope is the closed form of Drift with a
// known variance.
func TestMixtureOfOneAtom(t *testing.T) {
	table, err := NewTable([]Atom{{Weight: 2, Level: 0.05, Phi: 1, Mu: 0.03, Tau: 0.04}})
	if err != nil {
		t.Fatal(err)
	}
	y := []float64{500, 520, 515, 560, 580}
	w := 0.05 * 0.05 / 4
	k := 0.04 * 0.04 / (0.04*0.04 + w)
	b := k*math.Log(580.0/500)/4 + (1-k)*0.03
	for h, d := range fit(t, Mixture{Table: table}, forecast.Data{Y: y}).Forecast(7) {
		s := float64(h + 1)
		n := distuv.Normal{Mu: math.Log(580) + b*s, Sigma: math.Sqrt(0.05*0.05*s + s*s*k*w)}
		for _, p := range []float64{0.001, 0.025, 0.5, 0.9} {
			near(t, "quantile", math.Log(d.Quantile(p)), n.Quantile(p), 1e-7)
		}
		near(t, "mean", d.Mean(), math.Exp(n.Mu+n.Sigma*n.Sigma/2), 1e-3)
	}
}

func TestMixtureDistribution(t *testing.T) {
	for _, d := range []forecast.Data{
		{Y: []float64{698}},
		{Y: []float64{612, 645, 698}, Min: forecast.Bound(0)},
		{Y: []float64{900, 400, 150, 60, 31}},
		{Y: []float64{12.1, 12.5, 12.8}, Min: forecast.Bound(0), Max: forecast.Bound(100)},
		{Y: []float64{-3, 2, 1, math.NaN(), -8}},
		{Y: []float64{0, 3, 0}, Min: forecast.Bound(0)},
		{Y: []float64{99, 100, 100}, Min: forecast.Bound(0), Max: forecast.Bound(100)},
		{Y: []float64{5e-300, 7e-300}},
	} {
		for h, dist := range fit(t, Mixture{}, d).Forecast(12) {
			last := math.Inf(-1)
			for _, p := range []float64{0, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1 - 1e-6, 1} {
				q := dist.Quantile(p)
				switch {
				case math.IsNaN(q) || q < last:
					t.Fatalf("%v, h = %d: quantile %g is %g after %g", d.Y, h+1, p, q, last)
				case d.Min != nil && q < *d.Min || d.Max != nil && q > *d.Max:
					t.Fatalf("%v, h = %d: quantile %g is %g, outside the bounds", d.Y, h+1, p, q)
				case dist.CDF(q) < p-1e-7:
					t.Fatalf("%v, h = %d: CDF(Quantile(%g)) = %g", d.Y, h+1, p, dist.CDF(q))
				}
				last = q
			}
			if m := dist.Mean(); !(m >= dist.Quantile(1e-6) && m <= dist.Quantile(1-1e-6)) {
				t.Fatalf("%v, h = %d: mean %g", d.Y, h+1, m)
			}
		}
	}
}

func TestMixtureSimulate(t *testing.T) {
	for _, d := range []forecast.Data{
		{Y: []float64{698}},
		{Y: []float64{612, 645, 698, math.NaN()}},
		{Y: []float64{40, 41, 45}, Max: forecast.Bound(100)},
		{Y: []float64{612, 645, 698}, Lo: []float64{600, 640, 650}, Hi: []float64{620, 650, 750}},
	} {
		m := fit(t, Mixture{}, d)
		const n, h = 20000, 6
		paths := forecast.Draw(m, n, h, rand.NewPCG(1, 2))
		for j, dist := range m.Forecast(h) {
			e := paths.Marginal(j)
			worst := 0.0
			for p := 0.005; p < 1; p += 0.01 {
				worst = math.Max(worst, math.Abs(e.CDF(dist.Quantile(p))-p))
			}
			if worst > 1.95/math.Sqrt(n) { // Kolmogorov–Smirnov, once in a thousand
				t.Errorf("%v, h = %d: distance %.4f between paths and marginal", d.Y, j+1, worst)
			}
		}
	}
}

// The mean by partial moments must be that by integrating the quantiles.
func TestMixtureMean(t *testing.T) {
	for _, y := range [][]float64{{698}, {612, 645, 698}, {900, 400, 150, 60, 31}, {-3, 2, 1, -8}, {1e-5, 3, 2e-7, 8}} {
		for h, d := range fit(t, Mixture{}, forecast.Data{Y: y}).Forecast(8) {
			m := d.(mixtureDist)
			got, ok := m.partialMean()
			if !ok {
				t.Fatalf("%v: no partial moments", y)
			}
			want := 0.0
			const n = 20000 // the midpoint rule: eight nodes a stretch miss the kinks of a wild series
			for i := range n {
				want += m.Quantile(cut+(1-2*cut)*(float64(i)+0.5)/n) / n
			}
			if tol := 1e-4 * (m.Quantile(0.9) - m.Quantile(0.1)); math.Abs(got-want) > tol {
				t.Errorf("%v, h = %d: mean %.8g by moments, %.8g by quantiles", y, h+1, got, want)
			}
		}
	}
}

// Multiplying a series by a constant multiplies its forecast.
func TestMixtureEquivariance(t *testing.T) {
	y := []float64{612, 645, 610, 698, 731}
	a := fit(t, Mixture{}, forecast.Data{Y: y}).Forecast(5)
	for _, c := range []float64{1e-9, 0.37, 1e12} {
		z := make([]float64, len(y))
		for i, v := range y {
			z[i] = c * v
		}
		for h, d := range fit(t, Mixture{}, forecast.Data{Y: z}).Forecast(5) {
			near(t, "quantile", d.Quantile(0.9)/c, a[h].Quantile(0.9), 1e-8)
		}
	}
}

// Intervals grow with the horizon and shrink with knowledge.
func TestMixtureMonotone(t *testing.T) {
	width := func(d forecast.Dist) float64 { return math.Log(d.Quantile(0.9) / d.Quantile(0.1)) }
	steady := func(n int) (y []float64) {
		for i := range n {
			y = append(y, 100*math.Pow(1.05, float64(i)))
		}
		return y
	}
	last := math.Inf(1)
	for _, n := range []int{1, 2, 3, 4, 6, 8, 12, 20} {
		ds := fit(t, Mixture{}, forecast.Data{Y: steady(n)}).Forecast(10)
		if w := width(ds[4]); w > last {
			t.Errorf("%d steady values give a wider interval (%g) than fewer do (%g)", n, w, last)
		} else {
			last = w
		}
		for h := 1; h < len(ds); h++ {
			if width(ds[h]) < width(ds[h-1]) {
				t.Errorf("n = %d: interval at h = %d is narrower than one before", n, h+1)
			}
		}
	}
	if g := forecast.Median(fit(t, Mixture{}, forecast.Data{Y: steady(12)}).Forecast(1)[0]) / steady(12)[11]; math.Abs(g-1.05) > 0.01 {
		t.Errorf("after twelve years of 5 %% growth the next is %.3f", g)
	}
}

func TestMixtureCentre(t *testing.T) {
	d := forecast.Data{Y: []float64{100}}
	median := func(f Mixture, d forecast.Data) float64 { return forecast.Median(fit(t, f, d).Forecast(1)[0]) }
	if g := median(Mixture{}, d); g < 101 || g > 106 {
		t.Errorf("shipped prior: %g after 100", g)
	}
	if g := median(Mixture{Stable: true}, d); math.Abs(g-100) > 0.7 {
		t.Errorf("stable: %g after 100", g)
	}
	if g := median(Mixture{Context: Context{Mean: 0.10, SD: 0.01}}, d); math.Abs(g-110) > 1 {
		t.Errorf("context of 10 %%: %g after 100", g)
	}
	wide := fit(t, Mixture{Context: Context{Mean: 0.05, SD: 0.10}}, d).Forecast(5)[4]
	slim := fit(t, Mixture{Context: Context{Mean: 0.05, SD: 0.01}}, d).Forecast(5)[4]
	if wide.Quantile(0.9) <= slim.Quantile(0.9) {
		t.Error("a vague context gives no wider interval than a sharp one")
	}
	if g := median(Mixture{}, forecast.Data{Y: []float64{50}, Min: forecast.Bound(0), Max: forecast.Bound(100)}); math.Abs(g-50) > 0.5 {
		t.Errorf("between bounds: %g after 50", g)
	}
	q := median(Mixture{}, forecast.Data{Y: []float64{100}, Season: 4})
	if y := median(Mixture{}, d); math.Abs((q-100)*4-(y-100)) > 0.8 {
		t.Errorf("a quarter's growth %g is not a quarter of a year's %g", q-100, y-100)
	}
}

func TestMixtureNeverRefuses(t *testing.T) {
	for _, y := range [][]float64{
		{0}, {0, 0, 0}, {-1}, {1e-300, 1e300}, {1e308, -1e308, 1e308}, {5e-324}, {1, math.NaN(), math.NaN()},
		{math.NaN(), 2}, {math.MaxFloat64, math.MaxFloat64}, {1e-310, 1e-310, 1e-309}, {1, 1e9, 1, 1e9, 1},
	} {
		m := fit(t, Mixture{}, forecast.Data{Y: y})
		path := make([]float64, 30)
		m.Simulate(path, rand.NewPCG(1, 1))
		for i, d := range m.Forecast(30) {
			for _, v := range []float64{d.Quantile(0), d.Quantile(0.5), d.Quantile(1), d.Mean(), path[i]} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%v, h = %d: %g", y, i+1, v)
				}
			}
		}
	}
	if _, err := (Mixture{}).FitData(forecast.Data{Y: []float64{1}, X: [][]float64{{1}}}); !errors.Is(err, forecast.ErrX) {
		t.Errorf("regressors: %v", err)
	}
}

func TestMixtureExplain(t *testing.T) {
	one := fit(t, Mixture{}, forecast.Data{Y: []float64{698}}).(forecast.Explainer)
	for lang, words := range map[string][]string{
		"en": {"a single value and a prior", "one figure only"},
		"zh": {"只依据1个数值和", "只有1个数值"},
	} {
		for _, w := range words {
			if s := one.Explain(lang); !strings.Contains(s, w) {
				t.Errorf("%s: %q lacks %q", lang, s, w)
			}
		}
	}
	for _, lang := range []string{"en", "zh"} {
		for _, y := range [][]float64{{1}, {1, 2}, {-1, 2, 3}, {0}, {1, 2, 3, 4, 5, 6, 7, math.NaN()}} {
			if s := fit(t, Mixture{}, forecast.Data{Y: y}).(forecast.Explainer).Explain(lang); s == "" || strings.Contains(s, "%!") || strings.Contains(s, "NaN") {
				t.Errorf("%v: %q", y, s)
			}
		}
	}
}

func TestJump(t *testing.T) {
	for _, c := range []struct {
		y    []float64
		want string // the place named in the warning
	}{
		{[]float64{100, 104, 107, 112, 290, 300, 311}, "5"},
		{[]float64{math.NaN(), 100, 104, 107, 53, 55, 57}, "5"},
		{[]float64{100, 104, 107, 112, 118, 121}, ""},
		{[]float64{100, 150, 90, 160, 80, 170}, ""}, // all changes are large
		{[]float64{100, 300}, ""},
	} {
		for _, f := range []forecast.Forecaster{Drift{}, Mixture{}} {
			e := fit(t, f, forecast.Data{Y: c.y}).(forecast.Explainer)
			if s := e.Explain("en"); strings.Contains(s, "the change to value") != (c.want != "") || !strings.Contains(s, c.want) {
				t.Errorf("%v: %s", c.y, s)
			}
			if s := e.Explain("zh"); c.want != "" && !strings.Contains(s, "第"+c.want+"个数值") {
				t.Errorf("%v: %s", c.y, s)
			}
		}
	}
}

func BenchmarkFit(b *testing.B) {
	y := make([]float64, 30)
	for i := range y {
		y[i] = 100 * math.Exp(0.04*float64(i)+0.05*math.Sin(float64(i*i)))
	}
	Shipped()
	b.Run("fit", func(b *testing.B) {
		for b.Loop() {
			if _, err := (Mixture{}).Fit(y); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("five quantiles at six horizons", func(b *testing.B) {
		for b.Loop() {
			m, err := (Mixture{}).Fit(y)
			if err != nil {
				b.Fatal(err)
			}
			for _, d := range m.Forecast(6) {
				for _, p := range []float64{0.025, 0.1, 0.5, 0.9, 0.975} {
					d.Quantile(p)
				}
			}
		}
	})
	b.Run("five quantiles, one value", func(b *testing.B) {
		for b.Loop() {
			m, err := (Mixture{}).Fit(y[:1])
			if err != nil {
				b.Fatal(err)
			}
			for _, d := range m.Forecast(6) {
				for _, p := range []float64{0.025, 0.1, 0.5, 0.9, 0.975} {
					d.Quantile(p)
				}
			}
		}
	})
}

// The median of a table's change is found whatever lies between its atoms.
func TestMedianChange(t *testing.T) {
	for _, c := range []struct {
		atoms []Atom
		want  float64
	}{
		{[]Atom{{Weight: 1, Level: 0.1, Mu: 0.04}}, 0.04},
		{[]Atom{{Weight: 1, Level: 0.1, Mu: -0.05}, {Weight: 1, Level: 0.1, Mu: 0.05}}, 0},
		{[]Atom{{Weight: 3, Level: 1e-3, Mu: -5}, {Weight: 2, Level: 1e-3, Mu: 5}}, -5 + 1e-3*0.967421566}, // Φ(0.9674) = 5/6
		{[]Atom{{Weight: 0, Level: 1, Mu: 9}, {Weight: 1, Level: 0.2, Mu: 0.02}}, 0.02},
	} {
		table, err := NewTable(c.atoms)
		if err != nil {
			t.Fatal(err)
		}
		if got := table.medianChange(); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%+v: %g, want %g", c.atoms, got, c.want)
		}
	}
}
