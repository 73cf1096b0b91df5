package combine

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
)

// fixed is a forecaster whose distribution is given, the same for all
// periods. With a season it is off by that much on shorter series.
type fixed struct {
	d   distuv.Normal
	err error
}

func (f fixed) Fit(y []float64) (forecast.Model, error) {
	if f.err != nil {
		return nil, f.err
	}
	if _, err := forecast.Check(y); err != nil {
		return nil, err
	}
	return fixedModel{f.d}, nil
}

type fixedModel struct{ d distuv.Normal }

func (m fixedModel) Forecast(h int) []forecast.Dist {
	out := make([]forecast.Dist, h)
	for i := range out {
		out[i] = m.d
	}
	return out
}

// Simulate draws one shock for the whole path.
func (m fixedModel) Simulate(path []float64, src rand.Source) {
	x := m.d.Mu + m.d.Sigma*rand.New(src).NormFloat64()
	for i := range path {
		path[i] = x
	}
}

func normal(mu, sigma float64) fixed { return fixed{d: distuv.Normal{Mu: mu, Sigma: sigma}} }

var y = []float64{1, 2, 3, 4, 5}

func one(t *testing.T, c Combination) (*Model, forecast.Dist) {
	t.Helper()
	m, err := c.Fit(y)
	if err != nil {
		t.Fatal(err)
	}
	return m.(*Model), m.Forecast(1)[0]
}

// Averaged quantiles of normals are normal: locations and scales are averaged.
func TestMean(t *testing.T) {
	_, d := one(t, Combination{Members: []forecast.Forecaster{normal(0, 1), normal(10, 3)}, Rule: Mean})
	want := distuv.Normal{Mu: 5, Sigma: 2}
	for _, p := range []float64{0.01, 0.1, 0.5, 0.9, 0.99} {
		if got := d.Quantile(p); !scalar.EqualWithinAbs(got, want.Quantile(p), 1e-9) {
			t.Errorf("quantile %g is %g, want %g", p, got, want.Quantile(p))
		}
	}
	for _, x := range []float64{-3, 2, 5, 9} {
		if got := d.CDF(x); !scalar.EqualWithinAbs(got, want.CDF(x), 1e-9) {
			t.Errorf("CDF(%g) is %g, want %g", x, got, want.CDF(x))
		}
	}
	if d.Mean() != 5 {
		t.Errorf("mean %g", d.Mean())
	}
}

// The probability of NaN is NaN whatever the rule, not a panic.
func TestCDFOfNaN(t *testing.T) {
	members := []forecast.Forecaster{normal(0, 1), normal(10, 3), normal(2, 1)}
	for _, r := range []Rule{Median, Mean, Trimmed, InverseError} {
		if _, d := one(t, Combination{Members: members, Rule: r}); !math.IsNaN(d.CDF(math.NaN())) {
			t.Errorf("rule %v: CDF(NaN) is %g", r, d.CDF(math.NaN()))
		}
	}
	if _, d := one(t, Combination{Members: members, Rule: Mean, Pool: true}); !math.IsNaN(d.CDF(math.NaN())) {
		t.Errorf("pool: CDF(NaN) is %g", d.CDF(math.NaN()))
	}
}

// A wild member does not move the median, and moves the trimmed mean hardly.
func TestMedianTrimmed(t *testing.T) {
	members := []forecast.Forecaster{normal(1, 1), normal(2, 1), normal(3, 1), normal(4, 1), normal(1e6, 1)}
	if _, d := one(t, Combination{Members: members}); !scalar.EqualWithinAbs(d.Quantile(0.5), 3, 1e-12) || !scalar.EqualWithinAbs(d.CDF(3), 0.5, 1e-9) {
		t.Errorf("median of the medians %g", d.Quantile(0.5))
	}
	if _, d := one(t, Combination{Members: members[:4]}); !scalar.EqualWithinAbs(d.Quantile(0.5), 2.5, 1e-12) {
		t.Errorf("median of four %g", d.Quantile(0.5))
	}
	// A quarter of five is one at each end: the mean of 2, 3 and 4.
	if _, d := one(t, Combination{Members: members, Rule: Trimmed}); !scalar.EqualWithinAbs(d.Quantile(0.5), 3, 1e-12) {
		t.Errorf("trimmed mean %g", d.Quantile(0.5))
	}
	// Two fifths leave only the median.
	if _, d := one(t, Combination{Members: members[:4], Rule: Trimmed, Trim: 0.4}); !scalar.EqualWithinAbs(d.Quantile(0.5), 2.5, 1e-12) {
		t.Errorf("much trimmed mean %g", d.Quantile(0.5))
	}
	if _, d := one(t, Combination{Members: members[:2], Rule: Trimmed}); !scalar.EqualWithinAbs(d.Quantile(0.5), 1.5, 1e-12) {
		t.Errorf("trimmed mean of two %g", d.Quantile(0.5))
	}
}

// The pool of two distant normals has two humps.
func TestPool(t *testing.T) {
	m, d := one(t, Combination{Members: []forecast.Forecaster{normal(0, 1), normal(100, 1)}, Rule: Mean, Pool: true})
	for _, c := range []struct{ x, f float64 }{{0, 0.25}, {50, 0.5}, {100, 0.75}} {
		if got := d.CDF(c.x); !scalar.EqualWithinAbs(got, c.f, 1e-12) {
			t.Errorf("CDF(%g) is %g, want %g", c.x, got, c.f)
		}
	}
	if got := d.Quantile(0.25); !scalar.EqualWithinAbs(got, 0, 1e-9) {
		t.Errorf("lower quartile %g", got)
	}
	if d.Mean() != 50 {
		t.Errorf("mean %g", d.Mean())
	}
	paths := forecast.Draw(m, 4000, 2, rand.NewPCG(1, 2))
	low := paths.Share(func(p []float64) bool { return p[0] < 50 })
	mixed := paths.Share(func(p []float64) bool { return (p[0] < 50) != (p[1] < 50) })
	if math.Abs(low-0.5) > 0.04 || mixed != 0 { // five standard errors
		t.Errorf("%g of the paths are low, %g change over", low, mixed)
	}
	s := forecast.Draw(m, 100, 1, rand.NewPCG(1, 2))
	for i, v := range s.Y {
		if math.IsNaN(v) {
			t.Fatalf("path %d is NaN", i)
		}
	}
}

// Paths of averaged quantiles keep the members' dependence: both members have
// one shock a path, so every path is constant in rank.
func TestDependence(t *testing.T) {
	m, d := one(t, Combination{Members: []forecast.Forecaster{normal(0, 1), normal(10, 3)}, Rule: Mean})
	paths := forecast.Draw(m, 2000, 3, rand.NewPCG(5, 6))
	for i := range paths.N {
		p := paths.Path(i)
		if math.Abs(p[0]-p[2]) > 1e-6 {
			t.Fatalf("path %v", p)
		}
	}
	if got := paths.Marginal(2).Quantile(0.9); math.Abs(got-d.Quantile(0.9)) > 0.35 {
		t.Errorf("90 %% of the paths lie below %g, want %g", got, d.Quantile(0.9))
	}
}

// On a straight line the drift makes no error and has nearly all the weight.
func TestInverseError(t *testing.T) {
	m, err := Combination{Members: []forecast.Forecaster{baseline.Drift{}, baseline.Naive{}}, Rule: InverseError}.Fit([]float64{1, 2, 3, 4, 5, 6, 7, 8})
	if err != nil {
		t.Fatal(err)
	}
	if w := m.(*Model).Weights; w[0] < 0.99 || !scalar.EqualWithinAbs(w[0]+w[1], 1, 1e-12) {
		t.Errorf("weights %v", w)
	}
	// Held out: 6 and 8. Naive says 4 twice, errors 2 and 4; the mean says
	// 2.5, errors 3.5 and 5.5: weights as 1/3 to 1/4.5.
	m, err = Combination{Members: []forecast.Forecaster{baseline.Naive{}, baseline.Mean{}}, Rule: InverseError, Holdout: 2}.Fit([]float64{1, 2, 3, 4, 6, 8})
	if err != nil {
		t.Fatal(err)
	}
	if w := m.(*Model).Weights; !scalar.EqualWithinAbs(w[0], 0.6, 1e-8) {
		t.Errorf("weights %v", w)
	}
	// A member that needs more values than are left has the worst weight.
	m, err = Combination{Members: []forecast.Forecaster{baseline.Naive{}, baseline.Drift{}}, Rule: InverseError, Holdout: 1}.Fit([]float64{1, 2, 4})
	if err != nil {
		t.Fatal(err)
	}
	if w := m.(*Model).Weights; w[0] != 0.5 {
		t.Errorf("weights %v", w)
	}
}

func TestRefusals(t *testing.T) {
	short := fixed{err: &forecast.ErrShort{Method: "test", N: 5, Need: 9}}
	m, d := one(t, Combination{Members: []forecast.Forecaster{short, normal(7, 1)}})
	if len(m.Members) != 1 || m.Asked != 2 || d.Mean() != 7 {
		t.Errorf("%+v", m)
	}
	if s := m.Explain("en"); !strings.Contains(s, "1 more could not be fitted") {
		t.Errorf("%q", s)
	}
	var e *forecast.ErrShort
	if _, err := (Combination{Members: []forecast.Forecaster{short, short}}).Fit(y); !errors.As(err, &e) || e.Need != 9 {
		t.Errorf("all refuse: %v", err)
	}
	for _, c := range []Combination{
		{}, {Members: []forecast.Forecaster{short}, Rule: 9}, {Members: []forecast.Forecaster{short}, Pool: true},
		{Members: []forecast.Forecaster{short}, Trim: 0.5}, {Members: []forecast.Forecaster{short}, Holdout: -1},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v does not panic", c)
				}
			}()
			_, _ = c.Fit(y)
		}()
	}
}

func TestRuleText(t *testing.T) {
	for r := Median; r <= InverseError; r++ {
		b, err := r.MarshalText()
		var back Rule
		if err != nil || back.UnmarshalText(b) != nil || back != r {
			t.Errorf("%v comes back as %v", r, back)
		}
	}
	if _, err := Rule(7).MarshalText(); err == nil {
		t.Error("an unknown rule is written")
	}
	if new(Rule).UnmarshalText([]byte("best")) == nil {
		t.Error("an unknown rule is read")
	}
}

func TestBetween(t *testing.T) {
	for _, c := range [][2]float64{{1, 4}, {-4, -1}, {-1, 1}, {0, 5e-324 * 4}, {1e-300, 1e300}, {-1e300, 1e-300}, {3, math.Nextafter(3, 4)}} {
		m := between(c[0], c[1])
		if m < c[0] || m > c[1] {
			t.Errorf("between %g and %g: %g", c[0], c[1], m)
		}
		a, b, k := c[0], c[1], 0
		for ; k < 70; k++ {
			x := between(a, b)
			if x <= a || x >= b {
				break
			}
			a = x
		}
		if k >= 70 {
			t.Errorf("[%g, %g] is not exhausted", c[0], c[1])
		}
	}
}
