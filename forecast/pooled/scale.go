package pooled

import (
	"math"

	"example.com/zhibiao/forecast"
)

// A scale maps the values of a series to numbers on which changes are
// comparable from one series to another.
type scale struct {
	kind   scaleKind
	g      float64 // unit of the log, root and level kinds
	lo, hi float64 // bounds kept whatever the kind; infinite for none
	points bool    // of the level kind: changes count in the unit of the data
}

type scaleKind uint8

const (
	logScale   scaleKind = iota // log(y/g), positive values
	logitScale                  // log((y−lo)/(hi−y)), values strictly between two bounds
	levelScale                  // y/g, everything else
	rootScale                   // 2√(y/g), positive values
)

// observation is a value on a scale.
type observation struct {
	t int     // period, counted from the start of the series
	z float64 // value
	v float64 // variance of what is not known of it
}

// newScale chooses the scale for the values of d: logit between two bounds
// (zero counts as a bound of positive values that have an upper one), else
// logarithm if all are positive, else their mean absolute value as the unit.
// Where changes count in points the unit follows from their typical size.
// A value on a bound rules the logit out; what lies beyond is then put onto
// the bound.
func newScale(d forecast.Data) scale {
	s := scale{kind: logScale, lo: math.Inf(-1), hi: math.Inf(1), g: 1}
	if d.Min != nil {
		s.lo = *d.Min
	}
	if d.Max != nil {
		s.hi = *d.Max
	}
	positive, last, sum, n := true, 0.0, 0.0, 0.0
	for _, y := range d.Y {
		if !math.IsNaN(y) {
			positive = positive && y > 0
			last = y
			n++
		}
	}
	for _, y := range d.Y {
		if !math.IsNaN(y) {
			sum += math.Abs(y) / n
		}
	}
	if d.Expect.Points {
		s.kind, s.points = levelScale, true
		s.g = d.Expect.Noise / (signedNoise * typicalSigned)
		return s
	}
	if positive {
		s.lo = max(s.lo, 0)
	}
	if !math.IsInf(s.lo, 0) && !math.IsInf(s.hi, 0) {
		inside := true
		for _, y := range d.Y {
			inside = inside && (math.IsNaN(y) || y > s.lo && y < s.hi)
		}
		if inside {
			s.kind = logitScale
			return s
		}
	}
	switch {
	case positive:
		s.g = last
	default:
		s.kind = levelScale
		s.g = sum
		if sum == 0 {
			s.g = unitOfZeros(d, s)
		}
	}
	return s
}

// unitOfZeros is the unit of a series of zeros: the width of the widest
// interval that a zero is known to lie in, or a twentieth of what lies between
// the bounds. Without either there is none, 0: nothing says in what the series
// could change, and its forecast is zero.
func unitOfZeros(d forecast.Data, s scale) float64 {
	unit := 0.0
	for i := range d.Lo {
		if w := d.Hi[i] - d.Lo[i]; !math.IsInf(w, 0) && w > unit {
			unit = w
		}
	}
	if w := s.hi - s.lo; unit == 0 && !math.IsInf(w, 0) {
		unit = w / 20
	}
	return unit
}

// isZero reports a series of zeros without a unit.
func (s scale) isZero() bool { return s.kind == levelScale && s.g == 0 }

// forward maps y to the scale.
func (s scale) forward(y float64) float64 {
	switch s.kind {
	case logScale:
		if y == 0 { // what underflowed to zero
			y = math.SmallestNonzeroFloat64
		}
		return math.Log(y) - math.Log(s.g) // y/g may overflow
	case logitScale:
		return math.Log(y-s.lo) - math.Log(s.hi-y)
	case rootScale:
		return 2 * math.Sqrt(y/s.g)
	}
	if s.g == 0 {
		return 0
	}
	return y / s.g
}

// inverse maps z back and keeps the result finite and within the bounds.
func (s scale) inverse(z float64) float64 {
	var y float64
	switch s.kind {
	case logScale:
		y = s.times(z)
	case logitScale:
		if z < 0 { // whichever end is nearer keeps the digits
			e := math.Exp(z)
			y = s.lo + (s.hi-s.lo)*e/(1+e)
		} else {
			y = s.hi - (s.hi-s.lo)/(1+math.Exp(z))
		}
	case rootScale:
		y = s.g * max(z, 0) * max(z, 0) / 4
	default:
		y = s.g * z
	}
	return s.within(y)
}

// within confines y to the bounds and to finite numbers.
func (s scale) within(y float64) float64 {
	return min(max(y, s.lo, -math.MaxFloat64), s.hi, math.MaxFloat64)
}

// times is g·exp(z), where the factors may leave the range of numbers and the
// product not.
func (s scale) times(z float64) float64 {
	if math.Abs(z) < 600 {
		return s.g * math.Exp(z)
	}
	return math.Exp(z + math.Log(s.g))
}

// slope is the derivative of forward at y.
func (s scale) slope(y float64) float64 {
	switch s.kind {
	case logScale:
		return 1 / y
	case logitScale:
		return 1/(y-s.lo) + 1/(s.hi-y)
	case rootScale:
		return 1 / math.Sqrt(y*s.g)
	}
	if s.g == 0 {
		return 0
	}
	return 1 / s.g
}

// observations returns the last n values of d on the scale (all if n is 0)
// and the number of periods without a value at the end of d.
func (s scale) observations(d forecast.Data, n int) (obs []observation, trailing int) {
	first, k := 0, 0
	for t := len(d.Y) - 1; t >= 0 && (n == 0 || k < n); t-- {
		if !math.IsNaN(d.Y[t]) {
			if k == 0 {
				trailing = len(d.Y) - 1 - t
			}
			first = t
			k++
		}
	}
	obs = make([]observation, 0, k)
	for t := first; t < len(d.Y); t++ {
		if y := d.Y[t]; !math.IsNaN(y) {
			o := observation{t: t, z: s.forward(y)}
			if d.Lo != nil {
				o.v = s.variance(y, d.Lo[t], d.Hi[t])
			}
			obs = append(obs, o)
		}
	}
	return obs, trailing
}

// variance is that of a value known only to lie in [lo, hi], taken as uniform
// and mapped to the scale to first order. An end at infinity is put as far
// from y as the other one.
func (s scale) variance(y, lo, hi float64) float64 {
	if math.IsNaN(lo) || math.IsNaN(hi) {
		return 0
	}
	switch {
	case math.IsInf(lo, 0) && math.IsInf(hi, 0):
		lo, hi = y, y
	case math.IsInf(lo, 0):
		lo = 2*y - hi
	case math.IsInf(hi, 0):
		hi = 2*y - lo
	}
	w := (hi - lo) * s.slope(y)
	return w * w / 12
}
