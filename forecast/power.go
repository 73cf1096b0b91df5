package forecast

import (
	"errors"
	"math"
)

// Power fits Method on the Box–Cox scale, with the parameter estimated from
// the series. Values that are not all positive, and series too short to tell,
// are left as they are. The parameter is kept between 0, the logarithm, and 1,
// no transform: below 0 a future value would have infinity within reach.
// Values are taken relative to their geometric mean, so that the forecast
// does not depend on the unit whatever the method.
type Power struct {
	Method Forecaster
	// Likelihood estimates the parameter by BoxCoxLambda instead of Guerrero.
	Likelihood bool
	Season     int // periods in a season; 0: that of the data
}

// Fit implements Forecaster.
func (p Power) Fit(y []float64) (Model, error) { return p.FitData(Data{Y: y}) }

// FitData implements DataFitter. Method is told the season; what falls beyond
// a bound is put onto it. It takes no regressors.
func (p Power) FitData(d Data) (Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, ErrX
	}
	if p.Season == 0 {
		p.Season = d.Season
	}
	estimate := Guerrero
	if p.Likelihood {
		estimate = BoxCoxLambda
	}
	x, unit := scaled(d.Y)
	lambda, err := estimate(x, p.Season)
	var short *ErrShort
	var domain *ErrDomain
	if errors.As(err, &short) || errors.As(err, &domain) {
		return Fit(p.Method, Data{Y: d.Y, Season: p.Season, Min: d.Min, Max: d.Max})
	}
	if err != nil {
		return nil, err
	}
	n, level := 0.0, 0.0
	for _, v := range x {
		if !math.IsNaN(v) {
			n++
			level += (math.Log(v) - level) / n
		}
	}
	// Three decimals are more than the series can tell, and hide what rounding
	// does to the search.
	lambda = math.Round(min(max(lambda, 0), 1)*1000) / 1000
	t := relative{BoxCox{lambda}, math.Exp(level) * unit}
	m, err := Transformed{Method: seasoned{p.Method, p.Season}, T: t}.Fit(d.Y)
	if err != nil || d.Min == nil && d.Max == nil {
		return m, err
	}
	lo, hi := math.Inf(-1), math.Inf(1)
	if d.Min != nil {
		lo = *d.Min
	}
	if d.Max != nil {
		hi = *d.Max
	}
	return clippedModel{m, lo, hi}, nil
}

// scaled returns y divided by a power of two near its largest magnitude, which
// is exact.
func scaled(y []float64) (x []float64, unit float64) {
	top := 0.0
	for _, v := range y {
		if a := math.Abs(v); a > top {
			top = a
		}
	}
	unit = 1
	if top > 0 {
		_, e := math.Frexp(top)
		unit = math.Ldexp(1, e-1)
	}
	x = make([]float64, len(y))
	for i, v := range y {
		x[i] = v / unit
	}
	return x, unit
}

// relative is a transform of values divided by a unit.
type relative struct {
	t    Transform
	unit float64
}

func (r relative) Forward(x float64) float64 { return r.t.Forward(x / r.unit) }

func (r relative) Inverse(z float64) float64 {
	return min(max(r.unit*r.t.Inverse(z), -math.MaxFloat64), math.MaxFloat64)
}

// seasoned hands a method the season that a wrapper knows of.
type seasoned struct {
	f      Forecaster
	season int
}

func (s seasoned) Fit(y []float64) (Model, error) { return Fit(s.f, Data{Y: y, Season: s.season}) }
