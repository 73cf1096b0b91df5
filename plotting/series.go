package plotting

import (
	"errors"
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// Point is one published figure of a series.
type Point struct {
	Period      indicators.Period
	Value       float64 // NaN: none is known, which leaves a gap
	Lo, Hi      float64 // what the printed figure may stand for; both zero: exactly Value
	Provisional bool    // an estimate that will be revised: drawn hollow
	Break       bool    // not comparable with the figures before it
}

// Future is the forecast of one period.
type Future struct {
	Period indicators.Period
	Dist   forecast.Dist
}

// Target is a figure wanted at a date, as a set: AtLeastX(1500) for 1500以上,
// Point(36) for 36左右, AtMostX(30) for a ceiling, an interval for a range.
type Target struct {
	Period indicators.Period
	Want   indicators.Interval
	Label  string // empty: made from Want, such as 目标 1,500
	// Probability that the target is met, as it stands in the title. 0 means:
	// take it from the forecast of the period, if there is one.
	Probability float64
}

// Path is a line that leads to a target: what would have to be reached on the
// way.
type Path struct {
	Points []Point
	Label  string // at its end, such as 需年均16.5%; may be empty
}

// GrowthPath returns the path that leads from a to b at a constant rate of
// growth, a point for each period from one to the other: the required path of
// a level. Where no rate exists, because a and b are not both positive, the
// path has constant steps instead. It panics unless to is later than from and
// of the same frequency.
func GrowthPath(from indicators.Period, a float64, to indicators.Period, b float64) []Point {
	return path(from, a, to, b, a > 0 && b > 0)
}

// StepPath returns the path that leads from a to b in equal steps: the
// required path of a percentage. It panics as GrowthPath does.
func StepPath(from indicators.Period, a float64, to indicators.Period, b float64) []Point {
	return path(from, a, to, b, false)
}

func path(from indicators.Period, a float64, to indicators.Period, b float64, growth bool) []Point {
	if from.Freq() != to.Freq() || from.IsZero() || to.Sub(from) <= 0 {
		panic("plotting: a path must lead to a later period of the same frequency")
	}
	n := to.Sub(from)
	out := make([]Point, n+1)
	for i := range out {
		w := float64(i) / float64(n)
		v := a + (b-a)*w
		if growth {
			v = a * math.Pow(b/a, w)
		}
		out[i] = Point{Period: from.Add(i), Value: v}
	}
	out[n].Value = b
	return out
}

var errEmpty = errors.New("plotting: nothing to draw: no figure, no forecast and no target")

func checkPoints(what string, pts []Point) error {
	var errs []error
	for i, p := range pts {
		switch {
		case p.Period.IsZero():
			errs = append(errs, fmt.Errorf("plotting: %s: figure %d has no period", what, i+1))
			continue
		case math.IsInf(p.Value, 0):
			errs = append(errs, fmt.Errorf("plotting: %s: the figure of %s is infinite", what, p.Period))
		case p.Lo > p.Hi || math.IsNaN(p.Lo+p.Hi) || math.IsInf(p.Lo, 0) || math.IsInf(p.Hi, 0):
			errs = append(errs, fmt.Errorf("plotting: %s: the interval of %s is not finite or runs backwards", what, p.Period))
		}
		if i > 0 && !pts[i-1].Period.IsZero() && p.Period.Compare(pts[i-1].Period) <= 0 {
			errs = append(errs, fmt.Errorf("plotting: %s: %s comes after %s: want ascending periods", what, p.Period, pts[i-1].Period))
		}
	}
	return errors.Join(errs...)
}

// known returns the points that have a value.
func known(pts []Point) []Point {
	var out []Point
	for _, p := range pts {
		if !math.IsNaN(p.Value) {
			out = append(out, p)
		}
	}
	return out
}
