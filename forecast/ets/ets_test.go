package ets

import (
	"errors"
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
)

// wave is a deterministic positive series with trend, noise and, if m > 1, a
// season.
func wave(n, m int) []float64 {
	r := rand.New(rand.NewPCG(uint64(n), uint64(m)))
	y := make([]float64, n)
	l := 100.0
	for i := range y {
		l += 2 + r.NormFloat64()
		y[i] = l + 2*r.NormFloat64()
		if m > 1 {
			y[i] *= 1 + 0.3*math.Sin(2*math.Pi*float64(i)/float64(m))
		}
	}
	return y
}

// admissible are the 19 models.
func admissibleSpecs() []Spec {
	p, _ := parse("ZZZ")
	return p.specs(true, true, true)
}

func estimate(tb testing.TB, e ETS, y []float64) *Model {
	tb.Helper()
	m, err := e.Estimate(y)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestSpecs(t *testing.T) {
	all := admissibleSpecs()
	if len(all) != 19 {
		t.Errorf("%d admissible models, want 19", len(all))
	}
	n := 0
	for _, e := range []Component{Additive, Multiplicative} {
		for _, tr := range []Component{None, Additive, Multiplicative} {
			for _, d := range []bool{false, true} {
				for _, s := range []Component{None, Additive, Multiplicative} {
					if d && tr == None {
						continue
					}
					n++
					sp := Spec{e, tr, d, s}
					if ok := sp.Validate() == nil; ok != slices.Contains(all, sp) {
						t.Errorf("%s: admissible is %v", sp, ok)
					}
					p, err := parse(sp.Code())
					if err != nil || p.Spec != sp {
						t.Errorf("%s becomes %s: %v", sp.Code(), p.Spec, err)
					}
				}
			}
		}
	}
	if n != 30 {
		t.Errorf("%d models, want 30", n)
	}
	for _, bad := range []string{"A", "AA", "AAAA", "XNN", "ZNd", "ANdN", "annn", "ZZX", "NNN"} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%q accepted", bad)
		}
	}
	if got := spec(t, "MAdM").String(); got != "ETS(M,Ad,M)" {
		t.Error(got)
	}
	// Without multiplicative trends, as by default: R's candidates.
	p, _ := parse("")
	for _, tt := range []struct {
		seasonal, positive bool
		want               int
	}{{false, false, 3}, {false, true, 6}, {true, false, 6}, {true, true, 15}} {
		if got := len(p.specs(tt.seasonal, tt.positive, false)); got != tt.want {
			t.Errorf("seasonal %v, positive %v: %d candidates, want %d", tt.seasonal, tt.positive, got, tt.want)
		}
	}
}

// run and each are two codings of the same recursions.
func TestKernels(t *testing.T) {
	for _, sp := range admissibleSpecs() {
		y := wave(40, 4)
		for i := range y {
			y[i] /= 200
		}
		y[7], y[20] = math.NaN(), math.NaN()
		p := params{alpha: 0.3, beta: 0.1, gamma: 0.2, phi: 1}
		if sp.Damped {
			p.phi = 0.9
		}
		l, b, s := 0.5, 0.01, []float64(nil)
		switch sp.Trend {
		case None:
			b, p.beta = 0, 0
		case Multiplicative:
			b = 1.02
		}
		switch sp.Season {
		case Additive:
			s = []float64{0, 0.1, 0, -0.1}
		case Multiplicative:
			s = []float64{1, 1.3, 1, 0.7}
		}
		l2, b2, s2 := l, b, slices.Clone(s)
		sq, lg := 0.0, 0.0
		if !sp.each(y, p, &l2, &b2, s2, func(_ int, mu, e, v float64) {
			if v == v {
				sq += e * e
				if sp.Error == Multiplicative {
					lg += math.Log(mu)
				}
			}
		}) {
			t.Fatalf("%s: stopped", sp)
		}
		got := sp.run(y, p, &l, &b, s)
		near(t, sp.String()+": Σe²", got.sq, sq, 1e-12)
		near(t, sp.String()+": Σ log μ", got.log, lg, 1e-12)
		near(t, sp.String()+": level", l, l2, 1e-12)
		near(t, sp.String()+": slope", b, b2, 1e-12)
		for i := range s {
			near(t, sp.String()+": season", s[i], s2[i], 1e-11)
		}
	}
}

// TestDampingToOne: with φ → 1 a damped model must give the undamped means and
// variances, for every pair. This finds errors in c_j, such as that of
// statsforecast before August 2026.
func TestDampingToOne(t *testing.T) {
	y := wave(40, 4)
	for _, sp := range admissibleSpecs() {
		if !sp.Damped || sp.Trend == Multiplicative {
			continue
		}
		plain := sp
		plain.Damped = false
		p := params{alpha: 0.3, beta: 0.1, gamma: 0.2, phi: 1}
		st := start{l: 0.5, b: 0.01}
		switch sp.Season {
		case Additive:
			st.s = []float64{0, 0.1, 0, -0.1}
		case Multiplicative:
			st.s = []float64{1, 1.3, 1, 0.7}
		}
		make := func(sp Spec, p params) *Model {
			s, err := newSeries(y)
			if err != nil {
				t.Fatal(err)
			}
			m := &Model{N: s.n, series: s, m: 4}
			m.complete(fitted{sp: sp, p: p, start: st})
			m.params, m.N = 0, 40 // the same σ for both
			return m
		}
		wantMean, wantSD := make(plain, p).Moments(12)
		p.phi = 1 - 1e-9
		gotMean, gotSD := make(sp, p).Moments(12)
		for j := range wantMean {
			near(t, fmt.Sprintf("%s: mean %d", sp, j+1), gotMean[j], wantMean[j], 1e-6)
			near(t, fmt.Sprintf("%s: sd %d", sp, j+1), gotSD[j], wantSD[j], 1e-6)
		}
	}
}

// TestVarianceBySimulation holds the analytic moments of classes 1 to 3
// against paths with normal errors, stepped by the recursions.
func TestVarianceBySimulation(t *testing.T) {
	for _, sp := range admissibleSpecs() {
		if sp.Trend == Multiplicative {
			continue
		}
		e := ETS{Model: sp.Code(), Season: 4, Alpha: 0.4, Beta: 0.1, Gamma: 0.3, Phi: 0.9}
		m := estimate(t, e, wave(40, 4))
		const n, h = 20000, 10
		mean, sd := m.Moments(h)
		r := rand.New(rand.NewPCG(5, 6))
		sum, sq := make([]float64, h), make([]float64, h)
		for range n {
			x := m.state()
			for j := range h {
				mu := x.mean()
				eps := m.sigma() * r.NormFloat64()
				y := mu + eps
				if sp.Error == Multiplicative {
					y = mu * (1 + eps)
				}
				d := y*m.series.scale - mean[j]
				sum[j] += d / n
				sq[j] += d * d / n
				x.step(mu, eps)
			}
		}
		for j := range h {
			if math.Abs(sum[j]) > 5*sd[j]/math.Sqrt(n) {
				t.Errorf("%s: mean of paths %d ahead is off by %g, sd %g", sp, j+1, sum[j], sd[j])
			}
			if math.Abs(math.Sqrt(sq[j])/sd[j]-1) > 0.03 {
				t.Errorf("%s: sd of paths %d ahead %g, want %g", sp, j+1, math.Sqrt(sq[j]), sd[j])
			}
		}
	}
}

func TestEquivariance(t *testing.T) {
	for _, season := range []int{1, 4} {
		y := wave(31, season)
		e := ETS{Season: season}
		m := estimate(t, e, y)
		mean, sd := m.Moments(8)
		for _, c := range []float64{1e-6, 1. / 3, 7, 1e6, 1e290, 1e-290} {
			x := slices.Clone(y)
			for i := range x {
				x[i] *= c
			}
			w := estimate(t, e, x)
			if w.Spec != m.Spec {
				t.Errorf("scale %g: %s, want %s", c, w.Spec, m.Spec)
			}
			gm, gs := w.Moments(8)
			for j := range mean {
				near(t, fmt.Sprintf("scale %g: mean %d", c, j+1), gm[j]/c, mean[j], 1e-9)
				near(t, fmt.Sprintf("scale %g: sd %d", c, j+1), gs[j]/c, sd[j], 1e-9)
			}
		}
	}
}

func TestGaps(t *testing.T) {
	nan := math.NaN()
	y := wave(40, 4)
	for _, sp := range admissibleSpecs() {
		e := ETS{Model: sp.Code(), Season: 4}
		m := estimate(t, e, y)
		want, wantSD := m.Moments(8)
		if sp.Trend == Multiplicative {
			continue // the paths of a longer horizon differ
		}
		got, sd := estimate(t, e, append(slices.Clone(y), nan, nan, nan)).Moments(5)
		for j := range got {
			near(t, sp.String()+": after a gap", got[j], want[j+3], 1e-12)
			near(t, sp.String()+": sd after a gap", sd[j], wantSD[j+3], 1e-12)
		}
		lead := estimate(t, e, append([]float64{nan}, y...))
		got, _ = lead.Moments(8)
		for j := range got {
			near(t, sp.String()+": after a leading gap", got[j], want[j], 1e-12)
		}
		if r := lead.Residuals(); len(r) != 41 || !math.IsNaN(r[0]) || math.IsNaN(r[1]) {
			t.Errorf("%s: residuals %v", sp, r[:3])
		}
	}
	y[11], y[12] = nan, nan
	m := estimate(t, ETS{Season: 4}, y)
	if m.N != 38 {
		t.Errorf("N = %d", m.N)
	}
	level, _, _ := m.Components()
	if math.IsNaN(level[11]) {
		t.Error("no level in a gap: states move on through it")
	}
}

func TestComponentsAddUp(t *testing.T) {
	for _, code := range []string{"AAA", "MAM", "MMdM", "ANN", "MAdN"} {
		y := wave(40, 4)
		m := estimate(t, ETS{Model: code, Season: 4}, y)
		level, slope, season := m.Components()
		res, inn := m.Residuals(), m.Innovations()
		for i := range y {
			mu := y[i] - res[i]
			want := res[i]
			if m.Spec.Error == Multiplicative {
				want = res[i] / mu
			}
			near(t, code+": innovation", inn[i], want, 1e-9)
		}
		// The mean one ahead of the end from the last components.
		n := len(y)
		mu := level[n-1]
		switch {
		case m.Spec.Trend == Additive:
			mu += m.Phi * slope[n-1]
		case m.Spec.Trend == Multiplicative:
			mu *= math.Pow(slope[n-1], m.Phi)
		}
		switch m.Spec.Season {
		case Additive:
			mu += season[n-4]
		case Multiplicative:
			mu *= season[n-4]
		}
		mean, _ := m.Moments(1)
		near(t, code+": forecast", mean[0], mu, 1e-12)
	}
}

func TestErrors(t *testing.T) {
	y := wave(12, 1)
	for _, e := range []ETS{{Model: "AMN"}, {Model: "XYZ"}, {Model: "AAA"}, {Season: -1}, {Region: 9}, {Initial: 9}, {Alpha: math.NaN()}} {
		if _, err := e.Fit(y); err == nil {
			t.Errorf("%+v: no error", e)
		}
	}
	var short *forecast.ErrShort
	for _, tt := range []struct {
		e    ETS
		n    int
		need int
	}{{ETS{}, 1, 2}, {ETS{Model: "ANN"}, 2, 3}, {ETS{Model: "AAdN"}, 5, 6}, {ETS{Model: "MAM", Season: 4}, 7, 8}} {
		if _, err := tt.e.Fit(y[:tt.n]); !errors.As(err, &short) || short.Need != tt.need {
			t.Errorf("%+v with %d values: %v", tt.e, tt.n, err)
		}
	}
	var domain *forecast.ErrDomain
	if _, err := (ETS{Model: "MNN"}).Fit([]float64{1, 2, 0, 4, 5, 6}); !errors.As(err, &domain) || domain.Value != 0 {
		t.Errorf("a zero in a multiplicative model: %v", err)
	}
	if _, err := (SES{}).FitData(forecast.Data{Y: y, X: slices.Repeat([][]float64{{1}}, 13)}); !errors.Is(err, forecast.ErrX) {
		t.Errorf("regressors: %v", err)
	}
}

func TestWalk(t *testing.T) {
	m := estimate(t, ETS{}, []float64{10, 12, 11})
	mean, sd := m.Moments(4)
	near(t, "mean", mean[3], 11, 1e-3) // α is 0.9999
	// Differences 2 and −1: σ² = (4+1)/2, variance h σ² α².
	near(t, "sd", sd[3], math.Sqrt(2.5*4), 1e-3)
	if !strings.Contains(m.Explain("en"), "only 3 values") {
		t.Error(m.Explain("en"))
	}
}

func TestFixed(t *testing.T) {
	y := wave(30, 1)
	m := estimate(t, ETS{Model: "AAdN", Alpha: 0.25, Phi: 0.9}, y)
	if m.Alpha != 0.25 || m.Phi != 0.9 || m.Beta == 0 {
		t.Errorf("α %g, β %g, φ %g", m.Alpha, m.Beta, m.Phi)
	}
	m = estimate(t, ETS{Model: "AAN", Alpha: 0.25, Beta: 0.1}, y)
	if m.Alpha != 0.25 || m.Beta != 0.1 {
		t.Errorf("α %g, β %g", m.Alpha, m.Beta)
	}
}

// HoltWinters minimises squared errors, not the likelihood of the
// multiplicative model.
func TestHoltWinters(t *testing.T) {
	y := wave(48, 4)
	sum := func(m *Model) (s float64) {
		for _, e := range m.Residuals() {
			s += e * e
		}
		return s
	}
	m, err := HoltWinters{Season: 4, Multiplicative: true}.Estimate(y)
	if err != nil {
		t.Fatal(err)
	}
	lik := estimate(t, ETS{Model: "MAM", Season: 4}, y)
	if sum(m) > sum(lik)*(1+1e-6) || m.kernel() > lik.kernel()+1e-6 {
		t.Errorf("least squares: Σe² %g, log likelihood %g; likelihood: %g, %g", sum(m), m.kernel(), sum(lik), lik.kernel())
	}
	mod, err := forecast.Fit(HoltWinters{}, forecast.Data{Y: y, Season: 4})
	if err != nil || mod.(*Model).Spec.Code() != "AAA" {
		t.Errorf("the season of the data: %v", err)
	}
}

// The admissible region by its definition: forecasts are stable if the
// discount matrix has no eigenvalue outside the unit circle. For (A,A,N) its
// characteristic polynomial is z² + (α+β−2) z + 1−α.
func TestAdmissible(t *testing.T) {
	work := make([]float64, 32)
	sp := spec(t, "AAN")
	for _, a := range []float64{-0.2, 0.1, 0.5, 1, 1.5, 1.9, 2.2} {
		for _, b := range []float64{-0.1, 0.05, 0.5, 1, 1.9, 3, 4.2} {
			p, q := a+b-2, 1-a
			d := complex(p*p-4*q, 0)
			r := [2]float64{}
			root := cmplx.Sqrt(d)
			r[0], r[1] = cmplx.Abs((complex(-p, 0)+root)/2), cmplx.Abs((complex(-p, 0)-root)/2)
			want := max(r[0], r[1]) < 1
			if got := sp.admissible(params{alpha: a, beta: b, phi: 1}, 1, work); got != want {
				t.Errorf("α %g, β %g: admissible is %v, roots %v", a, b, got, r)
			}
		}
	}
	// Schur–Cohn against roots known by construction: (z−a)(z−b)(z−c).
	for _, z := range [][3]float64{{0.5, -0.3, 0.9}, {0.5, 1.2, 0.1}, {1, 0.2, 0.3}, {-1, 1, 0.5}, {-1.1, 0.9, 0.4}, {0, 0, 0.5}} {
		c := []float64{-z[0] * z[1] * z[2], z[0]*z[1] + z[0]*z[2] + z[1]*z[2], -z[0] - z[1] - z[2], 1}
		want := max(math.Abs(z[0]), math.Abs(z[1]), math.Abs(z[2])) <= 1
		if got := rootsInside(c, make([]float64, 4)); got != want {
			t.Errorf("roots %v: inside is %v", z, got)
		}
	}
	// In the usual region without season all is admissible.
	r := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		p := params{alpha: r.Float64()*0.999 + 1e-4, phi: 0.8 + 0.18*r.Float64()}
		p.beta = smallest + (p.alpha-smallest)*r.Float64()
		if sp := spec(t, "AAdN"); sp.usual(p) && !sp.admissible(p, 1, work) {
			t.Errorf("%+v is usual, not admissible", p)
		}
	}
}

func TestFitAllocates(t *testing.T) {
	s, err := newSeries(wave(60, 4))
	if err != nil {
		t.Fatal(err)
	}
	f := newFitter(s.y, s.n, 4, Both, params{})
	for _, sp := range admissibleSpecs() {
		f.fit(sp, Line, 1) // grow the workspace
		n := testing.AllocsPerRun(3, func() {
			f.sp, f.st = sp, f.initial(sp)
			f.box()
			f.nm.MaxEval = 100
			f.nm.Minimize(f.value, f.x, f.lo, f.hi, f.step)
		})
		if n > 1 { // the method value
			t.Errorf("%s: %g allocations", sp, n)
		}
	}
}

func TestText(t *testing.T) {
	for _, r := range []Region{Both, Usual, Admissible} {
		b, err := r.MarshalText()
		var w Region
		if err != nil || w.UnmarshalText(b) != nil || w != r {
			t.Errorf("%v becomes %v", r, w)
		}
	}
	for _, r := range []Initial{Line, Free} {
		b, err := r.MarshalText()
		var w Initial
		if err != nil || w.UnmarshalText(b) != nil || w != r {
			t.Errorf("%v becomes %v", r, w)
		}
	}
	for _, c := range []Component{None, Additive, Multiplicative, Choose} {
		b, err := c.MarshalText()
		var w Component
		if err != nil || w.UnmarshalText(b) != nil || w != c {
			t.Errorf("%v becomes %v", c, w)
		}
	}
}

func BenchmarkFit(b *testing.B) {
	for _, bb := range []struct {
		name string
		e    ETS
	}{{"auto", ETS{}}, {"SES", SES{}.ets()}, {"damped", Holt{Damped: true}.ets()}, {"season4", ETS{Season: 4}}} {
		for _, n := range []int{10, 30, 100, 1000} {
			b.Run(fmt.Sprintf("%s/n=%d", bb.name, n), func(b *testing.B) {
				y := wave(n, bb.e.Season)
				b.ReportAllocs()
				for b.Loop() {
					estimate(b, bb.e, y)
				}
			})
		}
	}
}

// BenchmarkSeries is what one series of a competition costs: choice, fit,
// forecasts, 80 and 95 % intervals.
func BenchmarkSeries(b *testing.B) {
	for _, bb := range []struct {
		name    string
		n, m, h int
	}{{"yearly", 20, 1, 6}, {"quarterly", 44, 4, 8}, {"monthly", 115, 12, 18}} {
		b.Run(bb.name, func(b *testing.B) {
			y := wave(bb.n, bb.m)
			for b.Loop() {
				for _, d := range estimate(b, ETS{Season: bb.m}, y).Forecast(bb.h) {
					forecast.Interval(d, 0.80)
					forecast.Interval(d, 0.95)
				}
			}
		})
	}
}
