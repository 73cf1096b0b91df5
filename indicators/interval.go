package indicators

import (
	"fmt"
	"math"
	"strconv"
)

// Interval is a set of real numbers between two ends, each of which may be
// open or infinite. A published number stands for one: 698 is [697.5, 698.5).
// The zero Interval is the single point 0.
type Interval struct {
	Lo, Hi         float64 // in the unit of the value; ±Inf for an unbounded end
	LoOpen, HiOpen bool    // whether the end itself is excluded
}

// Point returns the interval that holds x alone.
func Point(x float64) Interval { return Interval{Lo: x, Hi: x} }

// Everything is the whole real line.
func Everything() Interval { return Interval{Lo: math.Inf(-1), Hi: math.Inf(1)} }

// AtLeastX is [x, ∞).
func AtLeastX(x float64) Interval { return Interval{Lo: x, Hi: math.Inf(1)} }

// MoreThanX is (x, ∞).
func MoreThanX(x float64) Interval { return Interval{Lo: x, Hi: math.Inf(1), LoOpen: true} }

// AtMostX is (−∞, x].
func AtMostX(x float64) Interval { return Interval{Lo: math.Inf(-1), Hi: x} }

// LessThanX is (−∞, x).
func LessThanX(x float64) Interval { return Interval{Lo: math.Inf(-1), Hi: x, HiOpen: true} }

// Empty reports whether no number lies in a.
func (a Interval) Empty() bool {
	return a.Lo > a.Hi || a.Lo == a.Hi && (a.LoOpen || a.HiOpen) || math.IsNaN(a.Lo) || math.IsNaN(a.Hi)
}

// Contains reports whether x lies in a.
func (a Interval) Contains(x float64) bool {
	return (x > a.Lo || x == a.Lo && !a.LoOpen) && (x < a.Hi || x == a.Hi && !a.HiOpen)
}

// Exact reports whether a is a single point.
func (a Interval) Exact() bool { return a.Lo == a.Hi && !a.LoOpen && !a.HiOpen }

// Bounded reports whether both ends are finite.
func (a Interval) Bounded() bool { return !math.IsInf(a.Lo, 0) && !math.IsInf(a.Hi, 0) }

// Mid returns the centre of a bounded interval, the finite end of a half
// line, and 0 for the whole line.
func (a Interval) Mid() float64 {
	switch lo, hi := math.IsInf(a.Lo, 0), math.IsInf(a.Hi, 0); {
	case lo && hi:
		return 0
	case lo:
		return a.Hi
	case hi:
		return a.Lo
	}
	return a.Lo + (a.Hi-a.Lo)/2
}

// Width returns Hi − Lo.
func (a Interval) Width() float64 { return a.Hi - a.Lo }

// Intersect returns the numbers that lie in both, which may be none: see
// Empty.
func (a Interval) Intersect(b Interval) Interval {
	c := a
	if b.Lo > c.Lo || b.Lo == c.Lo && b.LoOpen {
		c.Lo, c.LoOpen = b.Lo, b.LoOpen
	}
	if b.Hi < c.Hi || b.Hi == c.Hi && b.HiOpen {
		c.Hi, c.HiOpen = b.Hi, b.HiOpen
	}
	return c
}

// Overlaps reports whether a and b have a number in common.
func (a Interval) Overlaps(b Interval) bool { return !a.Intersect(b).Empty() }

// Scale returns the interval of k·x for x in a.
func (a Interval) Scale(k float64) Interval {
	b := Interval{a.Lo * k, a.Hi * k, a.LoOpen, a.HiOpen}
	switch {
	case k == 0:
		return Point(0)
	case k < 0:
		b = Interval{b.Hi, b.Lo, b.HiOpen, b.LoOpen}
	}
	return b
}

// Add returns the interval of x + y for x in a and y in b.
func (a Interval) Add(b Interval) Interval {
	return Interval{a.Lo + b.Lo, a.Hi + b.Hi, a.LoOpen || b.LoOpen, a.HiOpen || b.HiOpen}
}

// Sub returns the interval of x − y for x in a and y in b, the two varying
// independently.
func (a Interval) Sub(b Interval) Interval { return a.Add(b.Scale(-1)) }

// Mul returns the interval of x·y for x in a and y in b, the two varying
// independently.
func (a Interval) Mul(b Interval) Interval {
	type end struct {
		v    float64
		open bool
	}
	prod := func(x float64, xo bool, y float64, yo bool) end {
		if x == 0 || y == 0 {
			// A zero end is reached unless it is open; 0·∞ is 0 here because
			// infinity is a limit that no member attains.
			open := !(x == 0 && !xo || y == 0 && !yo)
			return end{0, open}
		}
		return end{x * y, xo || yo}
	}
	es := [4]end{
		prod(a.Lo, a.LoOpen, b.Lo, b.LoOpen), prod(a.Lo, a.LoOpen, b.Hi, b.HiOpen),
		prod(a.Hi, a.HiOpen, b.Lo, b.LoOpen), prod(a.Hi, a.HiOpen, b.Hi, b.HiOpen),
	}
	lo, hi := es[0], es[0]
	for _, e := range es[1:] {
		if e.v < lo.v || e.v == lo.v && !e.open {
			lo = e
		}
		if e.v > hi.v || e.v == hi.v && !e.open {
			hi = e
		}
	}
	return Interval{lo.v, hi.v, lo.open, hi.open}
}

// Div returns the interval of x/y for x in a and y in b. If b holds zero the
// result is Everything: nothing can be said.
func (a Interval) Div(b Interval) Interval {
	if b.Contains(0) || b.Lo < 0 && b.Hi > 0 {
		return Everything()
	}
	inv := Interval{1 / b.Hi, 1 / b.Lo, b.HiOpen, b.LoOpen}
	if b.Lo == 0 { // (0, hi]
		inv.Hi, inv.HiOpen = math.Inf(1), false
	}
	if b.Hi == 0 {
		inv.Lo, inv.LoOpen = math.Inf(-1), false
	}
	return a.Mul(inv)
}

// Growth returns the interval of the average growth per period, in per cent,
// that leads from a value in from to a value in to over n periods:
// 100·((to/from)^(1/n) − 1). Both must be positive and n at least 1;
// otherwise ok is false, for such a pace does not exist.
func Growth(from, to Interval, n float64) (g Interval, ok bool) {
	if n < 1 || from.Lo <= 0 || to.Lo < 0 || from.Empty() || to.Empty() {
		return Interval{}, false
	}
	f := func(y, x float64) float64 {
		if math.IsInf(x, 1) {
			return -100
		}
		return 100 * math.Expm1(math.Log(y/x)/n)
	}
	return Interval{f(to.Lo, from.Hi), f(to.Hi, from.Lo), to.LoOpen || from.HiOpen, to.HiOpen || from.LoOpen}, true
}

// String returns mathematical notation: [697.5, 698.5).
func (a Interval) String() string {
	l, r := "[", "]"
	if a.LoOpen || math.IsInf(a.Lo, -1) {
		l = "("
	}
	if a.HiOpen || math.IsInf(a.Hi, 1) {
		r = ")"
	}
	return fmt.Sprintf("%s%s, %s%s", l, formatEnd(a.Lo), formatEnd(a.Hi), r)
}

func formatEnd(x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return "−∞"
	}
	return strconv.FormatFloat(x, 'g', 12, 64)
}
