package progress

import (
	"math"

	"example.com/zhibiao/indicators"
)

// Agreement is how a printed number agrees with what others printed beside it
// imply.
type Agreement uint8

// The agreements.
const (
	Consistent    Agreement = iota // the two could be one number
	Rounding                       // only if parts were rounded each for itself, as yearbooks say they are (未作机械调整)
	Contradictory                  // no rounding makes them one
)

// String returns consistent, rounding or contradictory.
func (a Agreement) String() string {
	return [...]string{"consistent", "rounding", "contradictory"}[a]
}

// CheckRate holds a printed rate of completion, in per cent, against what was
// done and what was planned, all as the intervals that their printing leaves.
// implied is 100·done/plan; off is the smallest change of the rate, in per
// cent, that makes it possible. It panics if plan is not positive.
func CheckRate(done, plan, rate indicators.Interval) (a Agreement, implied indicators.Interval, off float64) {
	if plan.Lo <= 0 {
		panic("progress: a plan must be positive")
	}
	implied = done.Div(plan).Scale(100)
	if off = apart(rate, implied); off > 0 {
		a = Contradictory
	}
	return a, implied, off
}

// CheckSum holds a printed total against its parts. Parts that were rounded
// each for itself may miss the total by half of the last place for each of
// them and for the total: that is Rounding, a sum that is right as printed is
// Consistent. implied is the sum of the parts; off is the smallest change of
// the total, in its unit, that makes it possible.
func CheckSum(total indicators.Interval, parts ...indicators.Interval) (a Agreement, implied indicators.Interval, off float64) {
	implied = indicators.Point(0)
	sum := 0.0
	for _, p := range parts {
		implied = implied.Add(p)
		sum += p.Mid()
	}
	switch off = apart(total, implied); {
	case off > 0:
		a = Contradictory
	case math.Abs(sum-total.Mid()) > 1e-9*max(1, math.Abs(sum)):
		a = Rounding
	}
	return a, implied, off
}

// apart is the distance of two intervals, 0 if they meet. Ends count, since
// half a place is rounded up by some and to even by others.
func apart(a, b indicators.Interval) float64 {
	d := max(b.Lo-a.Hi, a.Lo-b.Hi)
	if d <= 1e-9*max(1, math.Abs(a.Lo), math.Abs(b.Lo)) {
		return 0
	}
	return d
}
