package auto

import (
	"math"

	"example.com/zhibiao/forecast"
)

// scale is the scale on which distributions are moved and widened:
// logarithm for positive values, log odds between two bounds, else the scale
// of the data.
type scale struct {
	kind   kind
	lo, hi float64
}

type kind uint8

const (
	level kind = iota
	logarithm
	logit
)

// newScale chooses as pooled does.
func newScale(d forecast.Data) scale {
	c := scale{lo: math.Inf(-1), hi: math.Inf(1)}
	if d.Min != nil {
		c.lo = *d.Min
	}
	if d.Max != nil {
		c.hi = *d.Max
	}
	positive := !d.Expect.Points
	for _, y := range d.Y {
		positive = positive && !(y <= 0)
	}
	if positive {
		c.lo = max(c.lo, 0)
	}
	inside := !d.Expect.Points && !math.IsInf(c.lo, 0) && !math.IsInf(c.hi, 0)
	for _, y := range d.Y {
		inside = inside && (math.IsNaN(y) || y > c.lo && y < c.hi)
	}
	switch {
	case inside:
		c.kind = logit
	case positive:
		c.kind = logarithm
	}
	return c
}

func (c scale) clip(y float64) float64 {
	// Plain comparisons: simulation comes here for every value, and min and max
	// take care of zeros and NaN that cannot matter.
	if y < c.lo {
		y = c.lo
	}
	if y > c.hi {
		y = c.hi
	}
	if y < -math.MaxFloat64 {
		return -math.MaxFloat64
	}
	if y > math.MaxFloat64 {
		return math.MaxFloat64
	}
	return y
}

// move takes the median from one value to another and stretches the
// distances from it by a factor.
func (c scale) move(from, to, stretch float64) move {
	m := move{scale: c, from: from, to: to, stretch: stretch}
	inner := func(y float64) bool { return y > c.lo && y < c.hi }
	switch {
	case c.kind == logarithm && from > 0 && to > 0:
	case c.kind == logit && inner(from) && inner(to):
	default:
		m.kind = level // the median lies on a bound
	}
	return m
}

// A move is an increasing map of values.
type move struct {
	scale
	from, to, stretch float64
}

func (m move) odds(y float64) float64 { return (y - m.lo) / (m.hi - y) }

func (m move) fromOdds(o float64) float64 {
	if math.IsInf(o, 1) {
		return m.hi
	}
	return m.lo + (m.hi-m.lo)*(o/(1+o))
}

// forward maps a value of the mixture to one of the combination.
func (m move) forward(y float64) float64 {
	switch m.kind {
	case logarithm:
		return m.clip(m.to * math.Exp(m.stretch*math.Log(y/m.from))) // a third of the time of math.Pow
	case logit:
		return m.clip(m.fromOdds(m.odds(m.to) * math.Pow(m.odds(y)/m.odds(m.from), m.stretch)))
	}
	return m.clip(m.to + m.stretch*(y-m.from))
}

// back is the inverse of forward within the bounds.
func (m move) back(y float64) float64 {
	switch m.kind {
	case logarithm:
		return m.from * math.Pow(y/m.to, 1/m.stretch)
	case logit:
		return m.fromOdds(m.odds(m.from) * math.Pow(m.odds(y)/m.odds(m.to), 1/m.stretch))
	}
	return m.from + (y-m.to)/m.stretch
}

// moved is the distribution of m.forward(Y), Y distributed as d.
type moved struct {
	d forecast.Dist
	m move
}

// CDF implements forecast.Dist.
func (d moved) CDF(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return math.NaN()
	case x < d.m.lo:
		return 0
	case x >= d.m.hi || x >= math.MaxFloat64: // where quantiles are cut
		return 1
	case math.IsInf(x, -1):
		return 0
	}
	return d.d.CDF(d.m.back(x))
}

// Quantile implements forecast.Dist.
func (d moved) Quantile(p float64) float64 {
	if p == 0.5 {
		return d.m.to
	}
	q := d.d.Quantile(p)
	if math.Abs(q) >= math.MaxFloat64 { // an open end of the support stays one
		return q
	}
	return d.m.forward(q)
}

// Mean implements forecast.Dist. The tails beyond the quantiles 1e-4 and
// 1−1e-4 are left out, as in pooled.
func (d moved) Mean() float64 {
	return forecast.TransformedDist{D: d, T: identity{}}.Mean()
}

// identity is the transform that changes nothing; TransformedDist then
// integrates the quantile function.
type identity struct{}

func (identity) Forward(x float64) float64 { return x }
func (identity) Inverse(z float64) float64 { return z }
