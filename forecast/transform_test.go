package forecast_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
)

func TestTransforms(t *testing.T) {
	for _, c := range []struct {
		t  forecast.Transform
		xs []float64
	}{
		{forecast.Log{}, []float64{1e-9, 0.5, 1, 698, 1e300}},
		{forecast.Log{Min: -5}, []float64{-4.999, 0, 7}},
		{forecast.NegLog{Max: 100}, []float64{-1e6, 0, 99.999}},
		{forecast.Logit{Min: 0, Max: 100}, []float64{1e-12, 1, 50, 99, 99.99999}},
		{forecast.Logit{Min: -1, Max: 1}, []float64{-0.5, 0, 0.5}},
		{forecast.BoxCox{Lambda: 0}, []float64{0.1, 1, 7}},
		{forecast.BoxCox{Lambda: 0.3}, []float64{-8, -0.1, 0.1, 1, 7}},
		{forecast.BoxCox{Lambda: 1}, []float64{-8, 1, 7}},
		{forecast.BoxCox{Lambda: -0.5}, []float64{0.1, 1, 7}},
	} {
		before := math.Inf(-1)
		for _, x := range c.xs {
			z := c.t.Forward(x)
			if z <= before {
				t.Errorf("%#v is not increasing at %g", c.t, x)
			}
			before = z
			if got := c.t.Inverse(z); !scalar.EqualWithinAbsOrRel(got, x, 1e-12, 1e-12) { // a logarithm of −690 has an error of 1e-13
				t.Errorf("%#v: %g comes back as %g", c.t, x, got)
			}
		}
		before = c.t.Inverse(math.Inf(-1))
		for z := -1e4; z <= 1e4; z += 13 {
			x := c.t.Inverse(z)
			if x < before || math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("%#v: inverse %g at %g, before that %g", c.t, x, z, before)
			}
			before = x
		}
		if end := c.t.Inverse(math.Inf(1)); end < before || math.IsNaN(end) || math.IsInf(end, 0) {
			t.Errorf("%#v ends at %g", c.t, end)
		}
	}
}

// The quantiles of a transformed normal are those of the log-normal, its mean
// is exp(σ²/2) but for the tails that are cut off, and not the biased 1.
func TestTransformedDist(t *testing.T) {
	d := forecast.TransformedDist{D: distuv.Normal{Mu: 0, Sigma: 0.5}, T: forecast.Log{}}
	ref := distuv.LogNormal{Mu: 0, Sigma: 0.5}
	for _, p := range []float64{0.025, 0.1, 0.5, 0.9, 0.975} {
		if got, want := d.Quantile(p), ref.Quantile(p); !scalar.EqualWithinRel(got, want, 1e-12) {
			t.Errorf("quantile %g is %g, want %g", p, got, want)
		}
	}
	for _, x := range []float64{-1, 0, 0.3, 1, 5} {
		if got, want := d.CDF(x), ref.CDF(max(x, 0)); !scalar.EqualWithinAbs(got, want, 1e-12) {
			t.Errorf("CDF(%g) is %g, want %g", x, got, want)
		}
	}
	if got := d.Mean(); !scalar.EqualWithinRel(got, math.Exp(0.125), 1e-3) {
		t.Errorf("mean %g, want %g", got, math.Exp(0.125))
	}
	// The second-order formula of Hyndman & Athanasopoulos (2021, section 3.1)
	// for a Box–Cox transform with a small variance.
	const lambda, w, s = 0.5, 4.0, 0.1
	b := forecast.TransformedDist{D: distuv.Normal{Mu: w, Sigma: s}, T: forecast.BoxCox{Lambda: lambda}}
	want := math.Pow(lambda*w+1, 1/lambda) * (1 + s*s*(1-lambda)/(2*(lambda*w+1)*(lambda*w+1)))
	if got := b.Mean(); !scalar.EqualWithinRel(got, want, 1e-5) {
		t.Errorf("Box–Cox mean %g, want %g", got, want)
	}
}

// Far out of range the inverse is cut, and the CDF knows it.
func TestTransformedDistEnds(t *testing.T) {
	wide := forecast.TransformedDist{D: distuv.Normal{Mu: 0, Sigma: 2000}, T: forecast.Log{}}
	for _, p := range []float64{0.01, 0.3, 0.5, 0.7, 0.99} {
		q := wide.Quantile(p)
		if math.IsInf(q, 0) || wide.CDF(q) < p-1e-9 {
			t.Errorf("quantile %g is %g, its CDF %g", p, q, wide.CDF(q))
		}
	}
	// e^z is zero for z < −745: a share of 35.5 % lies on zero.
	if got := wide.CDF(0); math.Abs(got-0.3547) > 0.001 {
		t.Errorf("CDF(0) is %g", got)
	}
}

func TestTransformed(t *testing.T) {
	y := []float64{100, 110, 118, 131, 140, 158}
	z := make([]float64, len(y))
	for i, v := range y {
		z[i] = math.Log(v)
	}
	inner, err := baseline.Drift{}.Fit(z)
	if err != nil {
		t.Fatal(err)
	}
	m, err := forecast.Transformed{Method: baseline.Drift{}, T: forecast.Log{}}.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	for j, d := range m.Forecast(3) {
		for _, p := range []float64{0.1, 0.5, 0.9} {
			if got, want := d.Quantile(p), math.Exp(inner.Forecast(3)[j].Quantile(p)); !scalar.EqualWithinRel(got, want, 1e-12) {
				t.Errorf("%d ahead: quantile %g is %g, want %g", j+1, p, got, want)
			}
		}
	}
	a, b := make([]float64, 4), make([]float64, 4)
	inner.Simulate(a, rand.NewPCG(1, 1))
	m.Simulate(b, rand.NewPCG(1, 1))
	for i := range a {
		if !scalar.EqualWithinRel(b[i], math.Exp(a[i]), 1e-12) {
			t.Errorf("path %v, want the exponential of %v", b, a)
			break
		}
	}
	var domain *forecast.ErrDomain
	if _, err := (forecast.Transformed{Method: baseline.Drift{}, T: forecast.Log{}}).Fit([]float64{1, 0, 2}); !errors.As(err, &domain) || domain.Value != 0 {
		t.Errorf("logarithm of 0: %v", err)
	}
}

// A share that has never reached a bound is forecast on the logit scale; one
// that has is cut at the bound, with the weight beyond it on the bound.
func TestBounded(t *testing.T) {
	lo, hi := forecast.Bound(0), forecast.Bound(100)
	m, err := forecast.Bounded{Method: baseline.Drift{}, Min: lo, Max: hi}.Fit([]float64{90, 94, 96.5, 98, 98.9})
	if err != nil {
		t.Fatal(err)
	}
	for j, d := range m.Forecast(20) {
		if a, b := d.Quantile(0), d.Quantile(1); a < 0 || b > 100 {
			t.Errorf("%d ahead: support [%g, %g]", j+1, a, b)
		}
		if md := forecast.Median(d); md <= 98.9 || md >= 100 {
			t.Errorf("%d ahead: median %g", j+1, md)
		}
	}
	m, err = forecast.Bounded{Method: baseline.Naive{}, Min: lo, Max: hi}.Fit([]float64{95, 100, 98, 100})
	if err != nil {
		t.Fatal(err)
	}
	d := m.Forecast(1)[0]
	// Half of the distribution round 100 lies beyond 100.
	if got := forecast.AtLeast(d, 100); !scalar.EqualWithinAbs(got, 0.5, 1e-9) || d.Quantile(0.9) != 100 || d.CDF(100) != 1 {
		t.Errorf("P(100) is %g, quantile 0.9 %g", got, d.Quantile(0.9))
	}
	if mean := d.Mean(); mean >= 100 || mean <= d.Quantile(0.1) {
		t.Errorf("mean %g", mean)
	}
	p := forecast.Draw(m, 500, 3, rand.NewPCG(1, 2))
	for _, v := range p.Y {
		if v < 0 || v > 100 {
			t.Fatalf("simulated %g", v)
		}
	}
	if _, err := (forecast.Bounded{Method: baseline.Naive{}, Max: hi}).Fit([]float64{95, 101}); err == nil {
		t.Error("a value beyond the bound is accepted")
	}
}
