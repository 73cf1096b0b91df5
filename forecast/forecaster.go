package forecast

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
)

// Forecaster is a method: a struct whose zero value means "choose for me".
// Fit learns from y, oldest value first, where NaN marks a gap, and neither
// changes nor keeps y. It returns *ErrShort or *ErrDomain if the model does
// not exist for this many values or for their signs, and an error for a
// series without a finite value. Fit is safe for concurrent use.
type Forecaster interface {
	Fit(y []float64) (Model, error)
}

// Model is a fitted method. Its forecasts are safe for concurrent use and do
// not change it.
type Model interface {
	// Forecast returns the marginal distributions of the next h values:
	// len(result) == h. It panics if h < 1.
	Forecast(h int) []Dist
	// Simulate fills path with one joint draw of the next len(path) values.
	Simulate(path []float64, src rand.Source)
}

// Explainer is a model that can say in words what its forecast rests on.
type Explainer interface {
	// Explain answers in plain sentences; lang is "zh" or "en".
	Explain(lang string) string
}

// Residualer is a model that knows its one-step errors: len(Residuals()) is
// the length of the series, NaN where there is none.
type Residualer interface {
	Residuals() []float64
}

// LogLikelihooder is a model fitted by likelihood. params counts the free
// parameters, the variance among them.
type LogLikelihooder interface {
	LogLikelihood() (loglik float64, params int)
}

// Data is a series with what is known beyond its numbers. The zero value of
// every field but Y means that nothing is known.
type Data struct {
	Y      []float64   // oldest first, NaN for a gap; the midpoints where values are intervals
	Lo, Hi []float64   // ends of the intervals that the values are known to lie in, len(Y) each; nil: exact
	Season int         // periods in a season: 4 for quarters, 12 for months; 0 or 1 for none
	Min    *float64    // values cannot be less; nil: unbounded
	Max    *float64    // values cannot be more; nil: unbounded
	X      [][]float64 // regressors, one row a period, len(Y)+h rows; nil: none
	Expect Expect      // what the kind of quantity lets expect; zero: nothing
}

// Bound returns a pointer to x, for the fields Min and Max of Data.
func Bound(x float64) *float64 { return &x }

// DataFitter is a forecaster that makes use of more than the numbers.
type DataFitter interface {
	FitData(d Data) (Model, error)
}

// Errors that a series can cause whatever the method.
var (
	ErrEmpty    = errors.New("forecast: no finite value in the series")
	ErrInfinite = errors.New("forecast: infinite value in the series")
	ErrX        = errors.New("forecast: the method takes no regressors")
)

// ErrShort reports a series too short for a method.
type ErrShort struct {
	Method string // the method's name
	N      int    // finite values given
	Need   int    // finite values needed
}

// Error implements error.
func (e *ErrShort) Error() string {
	return fmt.Sprintf("forecast: %s needs at least %d values, the series has %d", e.Method, e.Need, e.N)
}

// ErrDomain reports values that a method's model does not admit.
type ErrDomain struct {
	Method string  // the method's name
	Value  float64 // the first value outside
	Reason string  // what the model admits, such as "only positive values"
}

// Error implements error.
func (e *ErrDomain) Error() string {
	return fmt.Sprintf("forecast: %s admits %s, the series has %g", e.Method, e.Reason, e.Value)
}

// Check returns the number of finite values of y. It returns ErrInfinite if
// y holds an infinity and ErrEmpty if there is no finite value.
func Check(y []float64) (n int, err error) {
	for _, v := range y {
		if math.IsInf(v, 0) {
			return 0, ErrInfinite
		}
		if !math.IsNaN(v) {
			n++
		}
	}
	if n == 0 {
		return 0, ErrEmpty
	}
	return n, nil
}

// roundingSlack is how far, relative to its size, a value may lie outside its
// interval: midpoints and conversions of units round.
const roundingSlack = 1e-9

// Validate reports what is wrong with d: mismatched lengths, an infinite
// value, no finite value, a bound that is no number, a value outside the
// bounds or (but for rounding) outside its interval, an interval upside down.
// An interval with an end that is NaN is not known. All faults are joined.
func (d Data) Validate() error {
	var errs []error
	if _, err := Check(d.Y); err != nil {
		errs = append(errs, err)
	}
	if (d.Lo == nil) != (d.Hi == nil) || d.Lo != nil && (len(d.Lo) != len(d.Y) || len(d.Hi) != len(d.Y)) {
		errs = append(errs, fmt.Errorf("forecast: Lo and Hi must both have %d values", len(d.Y)))
	} else if d.Lo != nil {
		for i := range d.Lo {
			if d.Lo[i] > d.Hi[i] {
				errs = append(errs, fmt.Errorf("forecast: value %d: interval [%g, %g] is upside down", i+1, d.Lo[i], d.Hi[i]))
				continue
			}
			y := d.Y[i]
			slack := roundingSlack * math.Abs(y)
			if y < d.Lo[i]-slack || y > d.Hi[i]+slack { // false of a gap
				errs = append(errs, fmt.Errorf("forecast: value %d (%g) lies outside its interval [%g, %g]", i+1, y, d.Lo[i], d.Hi[i]))
			}
		}
	}
	if d.Min != nil && math.IsNaN(*d.Min) || d.Max != nil && math.IsNaN(*d.Max) {
		errs = append(errs, errors.New("forecast: a bound is not a number; leave it out if there is none"))
	}
	if d.Min != nil && d.Max != nil && *d.Min >= *d.Max {
		errs = append(errs, fmt.Errorf("forecast: bounds [%g, %g] leave no room", *d.Min, *d.Max))
	}
	for i, v := range d.Y {
		if d.Min != nil && v < *d.Min || d.Max != nil && v > *d.Max {
			errs = append(errs, fmt.Errorf("forecast: value %d (%g) lies outside the bounds", i+1, v))
			break
		}
	}
	for i, row := range d.X {
		if len(d.X) < len(d.Y) || len(row) == 0 || len(row) != len(d.X[0]) {
			errs = append(errs, fmt.Errorf("forecast: regressors must have a row for each of the %d values and of the periods ahead, all of one length", len(d.Y)))
			break
		}
		if _, err := Check(row); err != nil {
			errs = append(errs, fmt.Errorf("forecast: regressors of period %d: %w", i+1, err))
			break
		}
	}
	if d.Season < 0 {
		errs = append(errs, errors.New("forecast: negative season"))
	}
	if e := d.Expect; !(e.Growth > -1 && e.Spread >= 0 && e.Noise >= 0) || math.IsInf(e.Growth+e.Spread+e.Noise, 0) || math.IsNaN(e.Usual-e.Usual) || e.Points && e.Noise == 0 {
		errs = append(errs, errors.New("forecast: an expected growth of −100 % or less, a negative spread, a usual level that is not finite, or changes in points of unknown size"))
	}
	return errors.Join(errs...)
}

// Fit fits f to d. A DataFitter is handed d as it is. Any other forecaster
// sees the values alone; bounds are then kept by fitting on a scale without
// bounds (logarithm or logit, see Bounded), and regressors are ErrX.
func Fit(f Forecaster, d Data) (Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if df, ok := f.(DataFitter); ok {
		return df.FitData(d)
	}
	if d.X != nil {
		return nil, ErrX
	}
	if d.Min == nil && d.Max == nil {
		return f.Fit(d.Y)
	}
	return Bounded{Method: f, Min: d.Min, Max: d.Max}.Fit(d.Y)
}

// Points returns the medians of ds: len(result) == len(ds).
func Points(ds []Dist) []float64 {
	out := make([]float64, len(ds))
	for i, d := range ds {
		out[i] = Median(d)
	}
	return out
}

// Paths is a set of joint draws of the future: row i is one path, column j
// the value j+1 periods ahead.
type Paths struct {
	N, H int       // number of paths and of periods
	Y    []float64 // N·H values, path by path
}

// Draw simulates n paths of h periods. The same source gives the same paths.
// It panics if n or h is less than 1.
func Draw(m Model, n, h int, src rand.Source) Paths {
	if n < 1 || h < 1 {
		panic("forecast: number of paths and horizon must be positive")
	}
	p := Paths{N: n, H: h, Y: make([]float64, n*h)}
	for i := range n {
		m.Simulate(p.Path(i), src)
	}
	return p
}

// Path returns path i, sharing its memory: len(result) == H.
func (p Paths) Path(i int) []float64 { return p.Y[i*p.H : (i+1)*p.H] }

// Column returns a copy of the values j+1 periods ahead, one a path.
func (p Paths) Column(j int) []float64 {
	out := make([]float64, p.N)
	for i := range out {
		out[i] = p.Y[i*p.H+j]
	}
	return out
}

// Marginal returns the empirical distribution j+1 periods ahead.
func (p Paths) Marginal(j int) Dist { return NewEmpirical(p.Column(j)) }

// Share returns the share of paths for which ok is true.
func (p Paths) Share(ok func(path []float64) bool) float64 {
	k := 0
	for i := range p.N {
		if ok(p.Path(i)) {
			k++
		}
	}
	return float64(k) / float64(p.N)
}
