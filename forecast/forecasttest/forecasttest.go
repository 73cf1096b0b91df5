// Package forecasttest is the conformance suite of forecasting methods: what
// package forecast promises of every Forecaster, checked on ordinary series
// and on the series that break methods. Each family of the library runs it,
// and so can any other implementation:
//
//	func TestConformance(t *testing.T) {
//		forecasttest.Run(t, mymethod.Method{}, forecasttest.Options{})
//	}
//
//	func FuzzConformance(f *testing.F) {
//		forecasttest.Fuzz(f, mymethod.Method{}, forecasttest.Options{})
//	}
package forecasttest

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.com/zhibiao/forecast"
)

// Options is what a method declares about itself. The zero value asks for
// what every method must keep.
type Options struct {
	// NeverRefuses: every finite series with at least one value is fitted.
	// Otherwise *forecast.ErrShort and *forecast.ErrDomain are allowed, except
	// on ordinary series.
	NeverRefuses bool
	// Shift: the forecast of y+c is that of y, plus c, for c up to the size of
	// y.
	Shift bool
	// Seasons lists lengths of seasons to try beside none.
	Seasons []int
	// Horizon is the number of periods ahead; 0 is 6.
	Horizon int
	// Paths is the number of simulated paths that are held against the
	// marginal distributions; 0 is 3000.
	Paths int
	// Approx is how far the probabilities of the marginal distributions may
	// lie from those of simulated paths beside sampling error: 0 for exact
	// distributions, about 0.03 for those that are simulated or approximate.
	Approx float64
	// ScaleTol is the relative tolerance of scale and shift equivariance; 0 is
	// 1e-9.
	ScaleTol float64
}

func (o Options) horizon() int {
	if o.Horizon == 0 {
		return 6
	}
	return o.Horizon
}

func (o Options) paths() int {
	if o.Paths == 0 {
		return 3000
	}
	return o.Paths
}

func (o Options) tol() float64 {
	if o.ScaleTol == 0 {
		return 1e-9
	}
	return o.ScaleTol
}

// reporter is what the checks need of a *testing.T.
type reporter interface {
	Errorf(format string, args ...any)
}

// Run checks that f keeps the contract of package forecast, each rule in a
// subtest:
//
//   - fitting neither changes nor keeps y, and gives the same twice and from
//     many goroutines at once;
//   - a refusal is *forecast.ErrShort or *forecast.ErrDomain, and an empty or
//     infinite series is refused;
//   - no forecast panics or holds NaN or infinity (quantiles at 0 and 1 may be
//     infinite), whatever the series: one value, two, constants, zeros,
//     negative values, 1e±300, gaps;
//   - quantiles increase and invert the CDF: CDF(Quantile(p)) ≥ p, with
//     equality where the distribution is continuous;
//   - the forecast of c·y is c times that of y, and likewise for a shift if
//     declared;
//   - simulated paths are determined by their source, and have the marginal
//     distributions that Forecast gives;
//   - through forecast.Fit everything stays inside Min and Max;
//   - Explain speaks Chinese and English, and Residuals has the length of y.
func Run(t *testing.T, f forecast.Forecaster, o Options) {
	t.Helper()
	for _, m := range append([]int{0}, o.Seasons...) {
		s := suite{f, o, m}
		name := func(rule string) string {
			if m > 1 {
				return fmt.Sprintf("season %d/%s", m, rule)
			}
			return rule
		}
		t.Run(name("ordinary"), func(t *testing.T) {
			for _, c := range ordinary(m) {
				s.ordinary(t, c)
			}
		})
		t.Run(name("edges"), func(t *testing.T) {
			for _, c := range edges() {
				s.sane(t, c)
			}
		})
		t.Run(name("refusals"), func(t *testing.T) { s.refusals(t) })
		t.Run(name("scale"), func(t *testing.T) {
			for _, c := range slices.Concat(ordinary(m), edges()) {
				s.scale(t, c)
			}
		})
		if o.Shift {
			t.Run(name("shift"), func(t *testing.T) {
				for _, c := range ordinary(m) {
					s.shift(t, c)
				}
			})
		}
		t.Run(name("simulation"), func(t *testing.T) {
			for _, c := range ordinary(m) {
				s.simulation(t, c)
			}
		})
		t.Run(name("bounds"), func(t *testing.T) {
			for _, c := range slices.Concat(ordinary(m), edges()) {
				s.bounds(t, c)
			}
		})
		t.Run(name("concurrent"), func(t *testing.T) { s.concurrent(t, ordinary(m)[0]) })
	}
}

// suite is a method under test for one season.
type suite struct {
	f      forecast.Forecaster
	o      Options
	season int
}

// fit fits y as the programs do. A panic is an error.
func (s suite) fit(d forecast.Data) (m forecast.Model, err error) {
	defer func() {
		if r := recover(); r != nil {
			m, err = nil, panicError{r}
		}
	}()
	d.Season = s.season
	m, err = forecast.Fit(s.f, d)
	return m, err
}

type panicError struct{ value any }

func (e panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// grid are the probabilities at which distributions are looked at.
var grid = []float64{1e-4, 0.001, 0.01, 0.025, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.975, 0.99, 0.999, 1 - 1e-4}

// fitted fits a series and reports an error that is not allowed. It returns
// nil if the method refuses.
func (s suite) fitted(t reporter, c series, d forecast.Data) forecast.Model {
	m, err := s.fit(d)
	if err == nil {
		if m == nil {
			t.Errorf("%s: neither a model nor an error", c.name)
		}
		return m
	}
	short, domain := (*forecast.ErrShort)(nil), (*forecast.ErrDomain)(nil)
	n, _ := forecast.Check(d.Y)
	switch {
	case s.o.NeverRefuses:
		t.Errorf("%s: refused: %v", c.name, err)
	case errors.As(err, &short):
		if short.N != n || short.Need <= n {
			t.Errorf("%s: %d values, but the error says %d given, %d needed", c.name, n, short.N, short.Need)
		}
		if c.ordinary {
			t.Errorf("%s: %v", c.name, err)
		}
	case errors.As(err, &domain):
		if c.ordinary {
			t.Errorf("%s: %v", c.name, err)
		}
	default:
		t.Errorf("%s: neither *ErrShort nor *ErrDomain: %v", c.name, err)
	}
	return nil
}

// forecasts returns the distributions of m, nil after a panic.
func (s suite) forecasts(t reporter, c series, m forecast.Model) (ds []forecast.Dist) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: Forecast panics: %v", c.name, r)
			ds = nil
		}
	}()
	h := s.o.horizon()
	ds = m.Forecast(h)
	if len(ds) != h {
		t.Errorf("%s: %d distributions for a horizon of %d", c.name, len(ds), h)
		return nil
	}
	return ds
}

// size returns the largest magnitude in y.
func size(y []float64) float64 {
	s := 0.0
	for _, v := range y {
		if !math.IsNaN(v) {
			s = max(s, math.Abs(v))
		}
	}
	return s
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// distribution checks one marginal and that it lies in [lo, hi]; size is that
// of the values.
func distribution(t reporter, where string, d forecast.Dist, lo, hi, size float64) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: the distribution panics: %v", where, r)
		}
	}()
	if m := d.Mean(); !finite(m) {
		t.Errorf("%s: mean %g", where, m)
	} else if m < lo || m > hi {
		t.Errorf("%s: mean %g outside [%g, %g]", where, m, lo, hi)
	}
	before := d.Quantile(0)
	end := d.Quantile(1)
	if math.IsNaN(before) || math.IsNaN(end) {
		t.Errorf("%s: quantiles %g and %g at 0 and 1", where, before, end)
		return
	}
	if before < lo || end > hi {
		t.Errorf("%s: support [%g, %g] outside [%g, %g]", where, before, end, lo, hi)
	}
	for _, p := range grid {
		q := d.Quantile(p)
		if !finite(q) {
			t.Errorf("%s: quantile %g at %g", where, q, p)
			return
		}
		if q < before-1e-14*max(math.Abs(q), size) { // no more than rounding
			t.Errorf("%s: quantile %g at %g, less than the one before, %g", where, q, p, before)
		}
		before = max(before, q)
		// The generalised inverse, with room for rounding of q alone.
		const eps = 1e-9
		room := 1e-12 * max(math.Abs(q), size)
		if f := d.CDF(min(q+room, math.MaxFloat64)); !(f >= p-eps && f <= 1) {
			t.Errorf("%s: CDF(Quantile(%g)) is %g, which is less", where, p, f)
			return
		}
		under := math.Nextafter(q-room, math.Inf(-1))
		if f := d.CDF(under); !(f <= p+eps && f >= 0) {
			t.Errorf("%s: CDF is %g just under the quantile at %g", where, f, p)
			return
		}
	}
	if end < before-1e-14*max(math.Abs(end), size) {
		t.Errorf("%s: quantile %g at 1, less than the one before, %g", where, end, before)
	}
	for _, x := range []float64{math.Inf(-1), -math.MaxFloat64, -1, 0, 1, math.MaxFloat64, math.Inf(1)} {
		if f := d.CDF(x); !(f >= 0 && f <= 1) {
			t.Errorf("%s: CDF(%g) is %g", where, x, f)
		}
	}
	if f := d.CDF(math.Inf(1)); f != 1 {
		t.Errorf("%s: CDF(+Inf) is %g", where, f)
	}
}

// sane checks what holds for every finite series.
func (s suite) sane(t reporter, c series) {
	s.saneWithin(t, c, forecast.Data{Y: c.y})
}

func (s suite) saneWithin(t reporter, c series, d forecast.Data) {
	lo, hi := math.Inf(-1), math.Inf(1)
	if d.Min != nil {
		lo = *d.Min
	}
	if d.Max != nil {
		hi = *d.Max
	}
	y := slices.Clone(d.Y)
	d.Y = y
	m := s.fitted(t, c, d)
	for i, v := range c.y {
		if y[i] != v && !(math.IsNaN(y[i]) && math.IsNaN(v)) {
			t.Errorf("%s: fitting changed y", c.name)
			break
		}
	}
	if m == nil {
		return
	}
	for i := range y { // a model that kept y will show it
		y[i] = math.NaN()
	}
	scale := size(c.y)
	for _, b := range []float64{lo, hi} {
		if finite(b) {
			scale = max(scale, math.Abs(b))
		}
	}
	for j, d := range s.forecasts(t, c, m) {
		distribution(t, fmt.Sprintf("%s, %d ahead", c.name, j+1), d, lo, hi, scale)
	}
	s.path(t, c, m, lo, hi)
	if e, ok := m.(forecast.Explainer); ok {
		explanation(t, c, e)
	}
	if r, ok := m.(forecast.Residualer); ok {
		res := r.Residuals()
		if len(res) != len(c.y) {
			t.Errorf("%s: %d residuals for %d values", c.name, len(res), len(c.y))
		}
		for i, v := range res {
			if math.IsInf(v, 0) || i < len(c.y) && math.IsNaN(c.y[i]) && !math.IsNaN(v) {
				t.Errorf("%s: residual %g of value %g", c.name, v, c.y[i])
			}
		}
	}
	if l, ok := m.(forecast.LogLikelihooder); ok {
		if ll, k := l.LogLikelihood(); math.IsNaN(ll) || k < 1 {
			t.Errorf("%s: log likelihood %g with %d parameters", c.name, ll, k)
		}
	}
}

// path checks one simulated path.
func (s suite) path(t reporter, c series, m forecast.Model, lo, hi float64) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: Simulate panics: %v", c.name, r)
		}
	}()
	a, b := make([]float64, s.o.horizon()), make([]float64, s.o.horizon())
	m.Simulate(a, rand.NewPCG(1, 2))
	m.Simulate(b, rand.NewPCG(1, 2))
	for i, v := range a {
		if !finite(v) || v < lo || v > hi {
			t.Errorf("%s: simulated value %g in [%g, %g]", c.name, v, lo, hi)
		}
		if v != b[i] {
			t.Errorf("%s: the same source gives the paths %g and %g", c.name, a, b)
			break
		}
	}
}

func explanation(t reporter, c series, e forecast.Explainer) {
	zh, en := e.Explain("zh"), e.Explain("en")
	if zh == "" && en == "" {
		return // a wrapper round a method that has nothing to say
	}
	if zh == "" || en == "" || zh == en {
		t.Errorf("%s: Explain says %q in Chinese and %q in English", c.name, zh, en)
	}
	for _, text := range []string{zh, en} {
		if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") || strings.Contains(text, "%!") {
			t.Errorf("%s: Explain says %q", c.name, text)
		}
	}
}

// ordinary checks a series that every method must accept.
func (s suite) ordinary(t reporter, c series) {
	s.sane(t, c)
	m := s.fitted(t, c, forecast.Data{Y: c.y})
	if m == nil {
		return
	}
	for _, h := range []int{0, -1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: Forecast(%d) does not panic", c.name, h)
				}
			}()
			m.Forecast(h)
		}()
	}
	ds := s.forecasts(t, c, m)
	twice := s.forecasts(t, c, m)
	again := s.fitted(t, c, forecast.Data{Y: c.y})
	if ds == nil || twice == nil || again == nil {
		return
	}
	refit := s.forecasts(t, c, again)
	for j := range ds {
		for _, p := range grid {
			if a, b := ds[j].Quantile(p), twice[j].Quantile(p); a != b {
				t.Errorf("%s, %d ahead: the same model gives the quantiles %g and %g", c.name, j+1, a, b)
			}
			if a, b := ds[j].Quantile(p), refit[j].Quantile(p); a != b {
				t.Errorf("%s, %d ahead: fitted twice gives the quantiles %g and %g", c.name, j+1, a, b)
			}
		}
	}
}

// refusals checks series without a number, and with an infinite one.
func (s suite) refusals(t reporter) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, y := range [][]float64{nil, {}, {nan}, {nan, nan, nan}, {1, inf, 3}, {1, 2, -inf}} {
		// Fit itself, not through forecast.Fit, which would refuse for it.
		m, err := func() (m forecast.Model, err error) {
			defer func() {
				if r := recover(); r != nil {
					m, err = nil, panicError{r}
				}
			}()
			return s.f.Fit(y)
		}()
		var p panicError
		if errors.As(err, &p) {
			t.Errorf("Fit(%v): %v", y, err)
		} else if err == nil {
			t.Errorf("Fit(%v) gives a model, %T", y, m)
		}
	}
}

// scaled returns c·y+shift, and false if that leaves the range of float64.
func scaled(y []float64, c, shift float64) ([]float64, bool) {
	out := make([]float64, len(y))
	for i, v := range y {
		out[i] = c*v + shift
		if math.IsInf(out[i], 0) || math.Abs(out[i]) > 1e300 || out[i] == 0 && v != 0 || out[i] != 0 && math.Abs(out[i]) < 1e-290 {
			return nil, false
		}
	}
	return out, true
}

// scale checks that the forecast of c·y is c times that of y, for changes of
// unit (万元 to 亿元) and for exact powers of two.
func (s suite) scale(t reporter, c series) {
	for _, k := range []float64{1e-4, 1000, 0x1p40} {
		s.equivariant(t, c, k, 0)
	}
}

// shift checks that the forecast of y+c is that of y, plus c.
func (s suite) shift(t reporter, c series) {
	for _, k := range []float64{-64, 128} {
		s.equivariant(t, c, 1, k)
	}
}

func (s suite) equivariant(t reporter, c series, factor, shift float64) {
	y, ok := scaled(c.y, factor, shift)
	if !ok {
		return
	}
	m, err1 := s.fit(forecast.Data{Y: c.y})
	n, err2 := s.fit(forecast.Data{Y: y})
	if err1 != nil || err2 != nil {
		if (err1 == nil) != (err2 == nil) {
			t.Errorf("%s: y gives %v, %g·y%+g gives %v", c.name, err1, factor, shift, err2)
		}
		return
	}
	a, b := s.forecasts(t, c, m), s.forecasts(t, c, n)
	if a == nil || b == nil {
		return
	}
	for j := range a {
		size := size(y) // the unit in which differences count
		compare := func(what string, x, z float64) {
			want := factor*x + shift
			if math.IsInf(want, 0) || math.Abs(want) >= 1e300 || math.Abs(x) >= 1e300 { // cut at the end of the range
				return
			}
			if math.Abs(z-want) > s.o.tol()*max(math.Abs(want), size) {
				t.Errorf("%s, %d ahead: %s of %g·y%+g is %v, want %v", c.name, j+1, what, factor, shift, z, want)
			}
		}
		compare("mean", a[j].Mean(), b[j].Mean())
		for _, p := range []float64{0.025, 0.1, 0.5, 0.9, 0.975} {
			compare(fmt.Sprintf("quantile %g", p), a[j].Quantile(p), b[j].Quantile(p))
		}
	}
}

// simulation holds paths against the marginal distributions.
func (s suite) simulation(t reporter, c series) {
	m := s.fitted(t, c, forecast.Data{Y: c.y})
	if m == nil {
		return
	}
	ds := s.forecasts(t, c, m)
	if ds == nil {
		return
	}
	n := s.o.paths()
	paths := forecast.Draw(m, n, s.o.horizon(), rand.NewPCG(3, 4))
	same := forecast.Draw(m, 2, s.o.horizon(), rand.NewPCG(3, 4))
	if !slices.Equal(paths.Y[:len(same.Y)], same.Y) {
		t.Errorf("%s: the same source gives other paths", c.name)
	}
	if slices.Equal(paths.Path(0), paths.Path(1)) && ds[0].Quantile(0.9) > ds[0].Quantile(0.1) {
		t.Errorf("%s: two draws give the same path", c.name)
	}
	for j, d := range ds {
		x := paths.Column(j)
		for _, p := range []float64{0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975} {
			q := d.Quantile(p)
			under, upto := 0, 0
			for _, v := range x {
				if v < q {
					under++
				}
				if v <= q {
					upto++
				}
			}
			// At an atom p lies anywhere between the two shares. Five standard
			// errors: a chance of one in a million.
			tol := 5*math.Sqrt(p*(1-p)/float64(n)) + s.o.Approx
			if float64(upto)/float64(n) < p-tol || float64(under)/float64(n) > p+tol {
				t.Errorf("%s, %d ahead: %.4f of the paths lie below the quantile %g", c.name, j+1, float64(upto)/float64(n), p)
			}
		}
		mean, ss := 0.0, 0.0
		for _, v := range x {
			mean += v / float64(n)
		}
		for _, v := range x {
			ss += (v - mean) / float64(n) * (v - mean)
		}
		sd := math.Sqrt(ss)
		tol := sd*(6/math.Sqrt(float64(n))+2*s.o.Approx) + 1e-9*math.Abs(mean)
		if got := d.Mean(); !(math.Abs(got-mean) <= tol) {
			t.Errorf("%s, %d ahead: the mean is %g, that of the paths %g ± %.2g", c.name, j+1, got, mean, tol)
		}
	}
}

// bounds checks that everything stays inside bounds, strictly round the
// values, and with one of them on a bound.
func (s suite) bounds(t reporter, c series) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range c.y {
		if !math.IsNaN(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	room := max(hi/4-lo/4, math.Abs(lo)/8, math.Abs(hi)/8)
	if room == 0 {
		room = 1
	}
	try := func(what string, a, b *float64) {
		c := c
		c.name += ", " + what
		c.ordinary = false
		s.saneWithin(t, c, forecast.Data{Y: c.y, Min: a, Max: b})
	}
	B := forecast.Bound
	if lo >= 0 {
		try("at least 0", B(0), nil)
	}
	try("between bounds", B(lo-room), B(hi+room))
	try("at most a bound", nil, B(hi+room))
	if lo < hi {
		try("values on both bounds", B(lo), B(hi))
	}
}

// concurrent fits, forecasts and simulates from many goroutines at once; the
// race detector sees what the comparison does not.
func (s suite) concurrent(t reporter, c series) {
	m := s.fitted(t, c, forecast.Data{Y: c.y})
	if m == nil {
		return
	}
	run := func(m forecast.Model) []float64 {
		var out []float64
		for _, d := range m.Forecast(3) {
			out = append(out, d.Mean(), d.Quantile(0.1), d.Quantile(0.9), d.CDF(d.Mean()))
		}
		path := make([]float64, 3)
		m.Simulate(path, rand.NewPCG(5, 6))
		return append(out, path...)
	}
	want := run(m)
	var wg sync.WaitGroup
	got := make([][]float64, 8)
	for i := range got {
		wg.Go(func() {
			if i%2 == 0 {
				got[i] = run(m)
			} else if m, err := s.fit(forecast.Data{Y: c.y}); err == nil {
				got[i] = run(m)
			}
		})
	}
	wg.Wait()
	for _, g := range got {
		if !slices.Equal(g, want) {
			t.Errorf("%s: at the same time as others the result is %v, alone %v", c.name, g, want)
		}
	}
}
