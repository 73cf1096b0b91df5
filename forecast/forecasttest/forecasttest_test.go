package forecasttest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"example.com/zhibiao/forecast"
)

// recorder collects what the checks report.
type recorder []string

func (r *recorder) Errorf(format string, args ...any) { *r = append(*r, fmt.Sprintf(format, args...)) }

// logistic is the distribution with location mu and scale s, an exact inverse
// pair without any library.
type logistic struct{ mu, s float64 }

func (d logistic) Mean() float64         { return d.mu }
func (d logistic) CDF(x float64) float64 { return 1 / (1 + math.Exp(-(x-d.mu)/d.s)) }
func (d logistic) Quantile(p float64) float64 {
	return d.mu + d.s*(math.Log(p)-math.Log1p(-p))
}

// method is a random walk with logistic steps for one period, faults built in
// on demand.
type method struct{ fault string }

type model struct {
	fault   string
	last, s float64
	y       []float64
	calls   *atomic.Int64
}

func (f method) Fit(y []float64) (forecast.Model, error) {
	n, err := forecast.Check(y)
	if err != nil && f.fault != "accepts anything" {
		return nil, err
	}
	if n < 2 && f.fault != "panics" && f.fault != "accepts anything" {
		if f.fault == "plain error" {
			return nil, fmt.Errorf("too short")
		}
		if f.fault == "wrong need" {
			return nil, &forecast.ErrShort{Method: "test", N: n, Need: n}
		}
		return nil, &forecast.ErrShort{Method: "test", N: n, Need: 2}
	}
	var x []float64
	for _, v := range y {
		if !math.IsNaN(v) {
			x = append(x, v)
		}
	}
	if f.fault == "panics" {
		_ = x[1]
	}
	m := model{fault: f.fault, calls: new(atomic.Int64)}
	if len(x) > 0 {
		m.last = x[len(x)-1]
	}
	for i := 1; i < len(x); i++ {
		m.s += math.Abs(x[i]/2-x[i-1]/2) / float64(len(x))
	}
	switch f.fault {
	case "changes y":
		y[0]++
	case "keeps y":
		m.y = y
	case "unit of its own":
		m.s += 1
	case "level of its own":
		m.last = math.Copysign(math.Sqrt(math.Abs(m.last)*math.Abs(x[0])), m.last) * 1.01
	case "overflows":
		m.s = math.Abs(x[0] * x[0])
	}
	return m, nil
}

func (m model) Forecast(h int) []forecast.Dist {
	if h < 1 && m.fault != "any horizon" {
		panic("test: horizon")
	}
	n := m.calls.Add(1)
	out := make([]forecast.Dist, max(h, 0))
	for i := range out {
		d := logistic{m.last, m.s}
		if m.y != nil {
			d.mu = m.y[len(m.y)-1]
		}
		if m.fault == "drifts with each call" {
			d.mu += float64(n) * m.s
		}
		out[i] = d
		switch m.fault {
		case "quantiles fall":
			out[i] = falling{d}
		case "CDF of another":
			out[i] = other{d}
		case "NaN mean":
			out[i] = noMean{d}
		}
		if m.s == 0 {
			out[i] = forecast.Constant(d.mu)
		}
	}
	if m.fault == "one too few" {
		out = out[1:]
	}
	return out
}

type falling struct{ logistic }

func (d falling) Quantile(p float64) float64 { return d.logistic.Quantile(1 - p) }

type other struct{ logistic }

func (d other) CDF(x float64) float64 { return logistic{d.mu, 1.2 * d.s}.CDF(x) }

type noMean struct{ logistic }

func (noMean) Mean() float64 { return math.NaN() }

func (m model) Simulate(path []float64, src rand.Source) {
	if m.fault == "ambient randomness" {
		src = rand.NewPCG(rand.Uint64(), 1)
	}
	rng := rand.New(src)
	for i := range path {
		u := (float64(rng.Uint64()>>11) + 0.5) / (1 << 53)
		s := m.s
		switch m.fault {
		case "paths too wide":
			s *= 1.3
		case "paths without noise":
			s = 0
		}
		path[i] = logistic{m.last, s}.Quantile(u)
		if m.fault == "paths off centre" {
			path[i] += 0.3 * m.s
		}
	}
}

func (m model) Explain(lang string) string {
	switch {
	case m.fault == "one language" || lang == "en":
		return fmt.Sprintf("The last value is %g.", m.last)
	case m.fault == "says NaN":
		return "NaN"
	}
	return fmt.Sprintf("最后一个值为 %g。", m.last)
}

func (m model) Residuals() []float64 {
	if m.fault == "residuals" {
		return make([]float64, 1)
	}
	return nil
}

// everything runs all rules.
func everything(f forecast.Forecaster, o Options) recorder {
	var r recorder
	s := suite{f, o, 0}
	for _, c := range ordinary(0) {
		s.ordinary(&r, c)
		s.simulation(&r, c)
		s.scale(&r, c)
		s.shift(&r, c)
		s.bounds(&r, c)
	}
	for _, c := range edges() {
		s.sane(&r, c)
		s.bounds(&r, c)
	}
	s.refusals(&r)
	return r
}

// A sound method passes.
func TestSound(t *testing.T) {
	sound := withoutResiduals{method{}}
	for _, e := range everything(sound, Options{Paths: 2000}) {
		t.Error(e)
	}
	Run(t, sound, Options{Shift: true, Seasons: []int{4}, Paths: 2000})
}

// withoutResiduals hides the Residuals of the test's model, which are only
// there to be wrong.
type withoutResiduals struct{ f forecast.Forecaster }

func (w withoutResiduals) Fit(y []float64) (forecast.Model, error) {
	m, err := w.f.Fit(y)
	if err != nil {
		return nil, err
	}
	return struct {
		forecast.Model
		forecast.Explainer
	}{m, m.(forecast.Explainer)}, nil
}

// Every fault is found, and by the rule meant for it.
func TestFaults(t *testing.T) {
	for fault, says := range map[string]string{
		"accepts anything":      "gives a model",
		"panics":                "panic:",
		"plain error":           "neither *ErrShort",
		"wrong need":            "the error says",
		"changes y":             "changed y",
		"keeps y":               "mean NaN",
		"unit of its own":       "quantile 0.975 of 1000·y",
		"level of its own":      "of 1·y",
		"overflows":             "quantile -Inf at",
		"any horizon":           "does not panic",
		"drifts with each call": "the same model gives",
		"one too few":           "distributions for a horizon",
		"quantiles fall":        "less than the one before",
		"CDF of another":        "just under the quantile",
		"NaN mean":              "mean NaN",
		"ambient randomness":    "same source gives",
		"paths too wide":        "of the paths lie below",
		"paths without noise":   "two draws give the same path",
		"paths off centre":      "that of the paths",
		"one language":          "in Chinese and",
		"says NaN":              `Explain says "NaN"`,
		"residuals":             "1 residuals for",
	} {
		var f forecast.Forecaster = method{fault}
		if fault != "residuals" {
			f = withoutResiduals{f}
		}
		r := everything(f, Options{Paths: 2000})
		if !slices.ContainsFunc(r, func(e string) bool { return strings.Contains(e, says) }) {
			t.Errorf("%s: no report says %q; first reports: %q", fault, says, r[:min(3, len(r))])
		}
	}
	// A method that refuses is only found out if it said it would not.
	r := everything(withoutResiduals{method{}}, Options{NeverRefuses: true, Paths: 2000})
	if !slices.ContainsFunc(r, func(e string) bool { return strings.Contains(e, "one value: refused") }) {
		t.Errorf("refusals went unseen: %q", r)
	}
}

// Seeds of the fuzzer come back as they went in, to the precision of a seed.
func TestEncode(t *testing.T) {
	nan := math.NaN()
	y := []float64{5, nan, -7, 0, 1e300, 1e-300, 12}
	got, season, bound := decode(encode(y), []int{4})
	if season != 0 || bound || len(got) != len(y) {
		t.Fatalf("season %d, bound %t, %v", season, bound, got)
	}
	for i, v := range y {
		if math.Abs(got[i]-v) > 0.01*math.Abs(v) || math.IsNaN(v) != math.IsNaN(got[i]) {
			t.Errorf("value %d: %g, want %g", i, got[i], v)
		}
	}
	if _, season, bound := decode([]byte{3, 0, 0}, []int{4}); season != 4 || !bound {
		t.Errorf("season %d, bound %t", season, bound)
	}
}

func FuzzSelf(f *testing.F) { Fuzz(f, withoutResiduals{method{}}, Options{}) }
