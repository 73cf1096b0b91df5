package pooled

import "math"

// component is a normal distribution on the scale of an atom.
type component struct {
	weight, mean, sd, inv float64 // inv is 1/sd
	power                 Power
}

// mixtureDist is the distribution of a value whose transform is a mixture of
// normals, each on a transform of its own. The common coordinate is v =
// log(y/unit) for positive values, and the atoms' own scale otherwise.
type mixtureDist struct {
	parts    []component
	s        scale
	unit     float64
	positive bool
}

func (m *mixtureModel) dist(parts []component) mixtureDist {
	return mixtureDist{parts, m.scale, m.unit, m.scale.kind == logScale}
}

// value maps a number on an atom's scale to the scale of the data.
func (d mixtureDist) value(p Power, z float64) float64 {
	if d.positive {
		switch p {
		case Root:
			return d.fromX(max(z, 0) * max(z, 0) / 4)
		case Identity:
			return d.fromX(max(z, 0))
		}
	}
	return d.fromV(z)
}

// fromX maps y/unit to a value within the bounds.
func (d mixtureDist) fromX(x float64) float64 {
	return min(max(d.unit*x, d.s.lo), d.s.hi, math.MaxFloat64)
}

// fromV maps the common coordinate to a value within the bounds.
func (d mixtureDist) fromV(v float64) float64 {
	if d.positive {
		if math.Abs(v) < 600 {
			return d.fromX(math.Exp(v))
		}
		return min(max(math.Exp(v+math.Log(d.unit)), d.s.lo), d.s.hi, math.MaxFloat64)
	}
	if d.s.kind == levelScale {
		v *= d.unit
	}
	return d.s.inverse(v)
}

// toV is the inverse of fromV.
func (d mixtureDist) toV(y float64) float64 {
	if d.positive {
		if y == 0 {
			return math.Inf(-1)
		}
		return math.Log(y) - math.Log(d.unit)
	}
	v := d.s.forward(y)
	if d.s.kind == levelScale {
		v /= d.unit
	}
	return v
}

// at returns distribution function and density at the coordinate v.
func (d mixtureDist) at(v float64) (cdf, pdf float64) {
	var root, x float64
	if d.positive {
		root = math.Exp(v / 2)
		x = root * root
	}
	for i := range d.parts {
		c := &d.parts[i]
		z, slope := v, 1.0
		if d.positive {
			switch c.power {
			case Root:
				z, slope = 2*root, root
			case Identity:
				z, slope = x, x
			}
		}
		p, f := normal((z - c.mean) * c.inv)
		cdf += c.weight * p
		pdf += c.weight * f * c.inv * slope
	}
	return min(cdf, 1), pdf
}

// CDF implements forecast.Dist.
func (d mixtureDist) CDF(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return math.NaN()
	case x < d.s.lo:
		return 0
	case x >= d.s.hi || x >= math.MaxFloat64: // where quantiles are cut
		return 1
	case math.IsInf(x, -1):
		return 0
	}
	cdf, _ := d.at(d.toV(x))
	return cdf
}

// Mean implements forecast.Dist. The tails beyond the quantiles 1e-4 and
// 1−1e-4 are left out, as in Drift.
func (d mixtureDist) Mean() float64 {
	if m, ok := d.partialMean(); ok {
		return m
	}
	return d.s.within(quantileMean(func(p float64) float64 { return d.Quantile(cut + (1-2*cut)*p) }))
}

// partialMean is the mean between those quantiles from the partial moments of
// the normal distribution; ok is false where a bound cuts the components or
// their moments leave the range of numbers.
func (d mixtureDist) partialMean() (mean float64, ok bool) {
	if d.s.kind == logitScale || !math.IsInf(d.s.hi, 1) || d.positive != (d.s.lo == 0) || !d.positive && !math.IsInf(d.s.lo, -1) {
		return 0, false
	}
	a, b := d.solve(cut), d.solve(1-cut)
	for i := range d.parts {
		c := &d.parts[i]
		lo, hi := a, b
		if d.positive && c.power == Logarithm {
			// ∫ exp(z) of a normal is that of one shifted by its variance.
			if top := c.mean + c.sd*c.sd/2; top < 600 {
				p, _ := normal((hi-c.mean)*c.inv - c.sd)
				q, _ := normal((lo-c.mean)*c.inv - c.sd)
				mean += c.weight * math.Exp(top) * (p - q)
				continue
			}
			return 0, false
		}
		if d.positive {
			lo, hi = math.Exp(lo), math.Exp(hi)
			if c.power == Root {
				lo, hi = 2*math.Sqrt(lo), 2*math.Sqrt(hi)
			}
		}
		u, v := (lo-c.mean)*c.inv, (hi-c.mean)*c.inv
		p, _ := normal(v)
		q, _ := normal(u)
		f, g := density(u), density(v)
		first := c.mean*(p-q) + c.sd*(f-g)
		if d.positive && c.power == Root { // y = z²/4
			second := c.mean*first + c.sd*c.sd*(p-q) + c.sd*(lo*f-hi*g)
			mean += c.weight * second / 4
		} else {
			mean += c.weight * first
		}
	}
	mean *= d.unit / (1 - 2*cut)
	if d.s.kind == levelScale {
		mean *= d.s.g
	}
	return d.s.within(mean), !math.IsNaN(mean) && !math.IsInf(mean, 0)
}

// density is the standard normal density.
func density(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) }

// Quantile implements forecast.Dist.
func (d mixtureDist) Quantile(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1):
		panic("pooled: probability outside [0, 1]")
	case p == 0:
		return max(d.s.lo, -math.MaxFloat64)
	case p == 1:
		return min(d.s.hi, math.MaxFloat64)
	}
	return d.fromV(d.solve(p))
}

// solve finds v with cdf(v) = p, to 1e-13. The quantile of a
// mixture lies between the smallest and the largest of its components'
// quantiles; within them Newton's steps are safeguarded by bisection.
func (d mixtureDist) solve(p float64) float64 {
	if d.positive {
		if zero, _ := d.at(math.Inf(-1)); zero >= p {
			return math.Inf(-1) // the probability of zero alone
		}
	}
	const floor = -800 // exp(floor) is zero
	q := normalQuantile(p)
	lo, hi, v := math.Inf(1), math.Inf(-1), 0.0
	for i := range d.parts {
		c := &d.parts[i]
		z := c.mean + q*c.sd
		if d.positive {
			switch c.power {
			case Root:
				z = 2 * math.Log(max(z/2, 0))
			case Identity:
				z = math.Log(max(z, 0))
			}
			z = max(z, floor)
		}
		lo, hi = min(lo, z), max(hi, z)
		v += c.weight * z
	}
	const slack = 1e-9 // in v: the bracket holds in spite of rounding
	lo, hi = lo-slack, hi+slack
	for range 200 {
		f, g := d.at(v)
		if math.Abs(f-p) < 1e-13 {
			return v
		}
		if f >= p {
			hi = v
		} else {
			lo = v
		}
		next := v - (f-p)/g
		if !(next > lo && next < hi) {
			next = lo + (hi-lo)/2
			if next <= lo || next >= hi { // no number lies between
				break
			}
		}
		v = next
	}
	return hi
}
