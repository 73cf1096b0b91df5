// Package seasonal takes a series apart into trend, season and remainder (STL,
// MSTL, classical decomposition), tests for a season, and lets any method
// forecast seasonal series: Adjusted takes the season out, has the rest
// forecast and puts the season back. Throughout a value's season is counted
// from the first value, and NaN is a gap.
package seasonal

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/classical"
	"example.com/zhibiao/forecast/internal/stl"
)

// Components is a decomposed series; all slices have its length. The series
// is the sum of the components, or their product if Multiplicative. Trend and
// Remainder are NaN where they are not known: classical decomposition has no
// trend for the first and last half season, and a gap no remainder.
type Components struct {
	Periods        []int       // lengths of the seasons, increasing
	Seasonal       [][]float64 // one a period; known at gaps, too
	Trend          []float64
	Remainder      []float64
	Multiplicative bool
}

// Decomposer takes a series apart.
type Decomposer interface {
	// Decompose returns the components of y, which has seasons of the given
	// length unless the decomposer has lengths of its own. It returns ErrNone
	// if y has too few cycles.
	Decompose(y []float64, season int) (Components, error)
}

// ErrNone is returned for a series in which no season can be told: fewer than
// two cycles (three for some), a season without a value, no season asked for.
var ErrNone = errors.New("seasonal: too few cycles to take a season out")

// STL decomposes by locally weighted regression (Cleveland, Cleveland, McRae &
// Terpenning 1990, Journal of Official Statistics 6:3). It needs more than two
// cycles. The zero value has the settings of R's mstl.
type STL struct {
	Periodic bool // the season is the same in all cycles
	Window   int  // cycles over which the season is smoothed, odd, 7 or more advised; 0: 11
	Trend    int  // periods over which the trend is smoothed, odd; 0: the next odd from 1.5·season/(1 − 1.5/Window)
	Robust   bool // give outliers little weight
}

var _ Decomposer = STL{}

// Decompose implements Decomposer.
func (s STL) Decompose(y []float64, season int) (Components, error) {
	x, scale, err := prepare(y)
	if err != nil {
		return Components{}, err
	}
	if s.Window < 0 || s.Trend < 0 {
		return Components{}, errors.New("seasonal: negative window")
	}
	if season < 2 {
		return Components{}, ErrNone
	}
	c := stl.Config{Period: season, Seasonal: s.Window, Trend: s.Trend, Robust: s.Robust}
	switch {
	case s.Periodic:
		c.Seasonal = 0
	case s.Window == 0:
		c.Seasonal = 11
	}
	seasonal, trend, ok := stl.Decompose(x, c)
	if !ok {
		return Components{}, ErrNone
	}
	return assemble(y, []int{season}, [][]float64{seasonal}, trend, scale), nil
}

// MSTL decomposes a series with several seasons, STL for each in turn (Bandara,
// Hyndman & Bergmeir 2021, arXiv 2107.13462).
type MSTL struct {
	Periods  []int // lengths of the seasons; nil: the season of the data. Those of half the series or more are left out
	Periodic bool  // seasons are the same in all cycles
	Window   int   // cycles over which seasons are smoothed; 0: 11 for the shortest, 15, 19, … for the others
	Robust   bool
}

var _ Decomposer = MSTL{}

// Decompose implements Decomposer.
func (s MSTL) Decompose(y []float64, season int) (Components, error) {
	x, scale, err := prepare(y)
	if err != nil {
		return Components{}, err
	}
	periods := slices.Clone(s.Periods)
	if periods == nil {
		periods = []int{season}
	}
	slices.Sort(periods)
	periods = slices.Compact(periods)
	periods = slices.DeleteFunc(periods, func(p int) bool { return p < 2 || 2*p >= len(y) })
	if s.Window < 0 {
		return Components{}, errors.New("seasonal: negative window")
	}
	window := s.Window
	if s.Periodic {
		window = -1
	}
	if len(periods) == 0 {
		return Components{}, ErrNone
	}
	seasonal, trend, ok := stl.Multiple(x, periods, window, s.Robust)
	if !ok {
		return Components{}, ErrNone
	}
	return assemble(y, periods, seasonal, trend, scale), nil
}

// Classical decomposes by a centred moving average and mean deviations from
// it, the same in every cycle (Persons 1919; Hyndman & Athanasopoulos 2021,
// section 3.4). It needs two cycles.
type Classical struct {
	Multiplicative bool // ratios to the trend, not differences; for values all positive
	// Shrink draws the seasonal indices towards none by their sampling error
	// (Miller & Williams 2003, IJF 19:669).
	Shrink bool
}

var _ Decomposer = Classical{}

// Decompose implements Decomposer. A series with a value or trend that is not
// positive has no multiplicative decomposition: *forecast.ErrDomain.
func (c Classical) Decompose(y []float64, season int) (Components, error) {
	x, scale, err := prepare(y)
	if err != nil {
		return Components{}, err
	}
	if season < 2 {
		return Components{}, ErrNone
	}
	if c.Multiplicative {
		for _, v := range y {
			if v <= 0 {
				return Components{}, &forecast.ErrDomain{Method: "multiplicative decomposition", Value: v, Reason: "only positive values"}
			}
		}
	}
	indices := classical.Indices
	if c.Shrink {
		indices = classical.Shrunk
	}
	index, ok := indices(x, season, c.Multiplicative)
	if !ok {
		return Components{}, ErrNone
	}
	seasonal, trend := make([]float64, len(y)), make([]float64, len(y))
	half := season / 2
	for t := range y {
		seasonal[t] = index[t%season]
		trend[t] = math.NaN()
		if t < half || t >= len(y)-half {
			continue
		}
		s := 0.0
		for j := t - half; j <= t+half; j++ {
			w := 1.0
			if season%2 == 0 && (j == t-half || j == t+half) {
				w = 0.5
			}
			s += w * x[j]
		}
		trend[t] = s / float64(season)
	}
	if !c.Multiplicative {
		return assemble(y, []int{season}, [][]float64{seasonal}, trend, scale), nil
	}
	out := Components{Periods: []int{season}, Seasonal: [][]float64{seasonal}, Trend: trend, Remainder: make([]float64, len(y)), Multiplicative: true}
	for t := range y {
		out.Remainder[t] = x[t] / (trend[t] * seasonal[t])
		trend[t] *= scale
	}
	return out, nil
}

// prepare checks y and divides it by a power of two near its magnitude, so
// that sums do not overflow.
func prepare(y []float64) (x []float64, scale float64, err error) {
	if _, err := forecast.Check(y); err != nil {
		return nil, 0, err
	}
	top := 0.0
	for _, v := range y {
		if !math.IsNaN(v) {
			top = max(top, math.Abs(v))
		}
	}
	scale = 1
	if top > 0 {
		_, e := math.Frexp(top)
		scale = math.Ldexp(1, e-1)
	}
	x = make([]float64, len(y))
	for i, v := range y {
		x[i] = v / scale
	}
	return x, scale, nil
}

func assemble(y []float64, periods []int, seasonal [][]float64, trend []float64, scale float64) Components {
	c := Components{Periods: periods, Seasonal: seasonal, Trend: trend, Remainder: make([]float64, len(y))}
	for t := range y {
		trend[t] *= scale
		c.Remainder[t] = y[t] - trend[t]
		for _, s := range seasonal {
			s[t] *= scale
			c.Remainder[t] -= s[t]
		}
	}
	return c
}

// Season returns the whole seasonal component, all periods together: a sum,
// or a product if Multiplicative.
func (c Components) Season() []float64 {
	out := make([]float64, len(c.Trend))
	for t := range out {
		if c.Multiplicative {
			out[t] = 1
		}
		for _, s := range c.Seasonal {
			if c.Multiplicative {
				out[t] *= s[t]
			} else {
				out[t] += s[t]
			}
		}
	}
	return out
}

// Next returns the seasonal component of the h periods after the end, each as
// one cycle before.
func (c Components) Next(h int) []float64 {
	out := make([]float64, h)
	for i := range out {
		if c.Multiplicative {
			out[i] = 1
		}
		for k, s := range c.Seasonal {
			p := c.Periods[k]
			v := s[len(s)-p+i%p]
			if c.Multiplicative {
				out[i] *= v
			} else {
				out[i] += v
			}
		}
	}
	return out
}

// remove returns y without its season.
func (c Components) remove(y []float64) []float64 {
	out := c.Season()
	for t, s := range out {
		if c.Multiplicative {
			out[t] = y[t] / s
		} else {
			out[t] = y[t] - s
		}
	}
	return out
}

// Strength returns how strong trend and season are, each from 0 for none to 1:
// one less the share of the remainder in the variance of remainder and
// component together (Wang, Smith & Hyndman 2006, Data Mining and Knowledge
// Discovery 13:335). season has one value a period. A multiplicative
// decomposition is judged by its logarithms.
func (c Components) Strength() (trend float64, season []float64) {
	n := len(c.Trend)
	part := func(x []float64) float64 {
		both, rest := make([]float64, n), make([]float64, n)
		for t := range both {
			a, b := x[t], c.Remainder[t]
			if c.Multiplicative {
				a, b = math.Log(a), math.Log(b)
			}
			both[t], rest[t] = a+b, b
		}
		v := variance(both)
		if !(v > 0) {
			return 0
		}
		return max(0, 1-variance(rest)/v)
	}
	for _, s := range c.Seasonal {
		season = append(season, part(s))
	}
	return part(c.Trend), season
}

// variance of the values that are known, scaled against overflow.
func variance(x []float64) float64 {
	n, mean, ss := 0.0, 0.0, 0.0
	for _, v := range x {
		if !math.IsNaN(v) {
			n++
			d := v - mean
			mean += d / n
			ss += d * (v - mean)
		}
	}
	return ss / (n - 1)
}

// String names the decomposition, for messages.
func (c Components) String() string {
	kind := "additive"
	if c.Multiplicative {
		kind = "multiplicative"
	}
	return fmt.Sprintf("%s decomposition, periods %v", kind, c.Periods)
}
