package pooled

import (
	"math"

	"example.com/zhibiao/forecast"
)

// Prior says what is expected of a series before it is seen: its growth and
// how much it varies. The zero Prior is the shipped one, Growing on scales
// without an upper bound and Stable for values between two bounds. In any
// other Prior the field Mu counts as it is and the other fields are the
// shipped numbers where they are zero.
//
// Numbers are fractions a year in logarithms: 0.03 is 3 %. For values between
// two bounds they are changes of the log odds, which for small shares is the
// same thing; for values of either sign they are fractions of the mean
// absolute value.
type Prior struct {
	Mu  float64 // expected drift a year
	Tau float64 // standard deviation of drifts about Mu; 0: 0.04
	S0  float64 // typical standard deviation of a year's change; 0: 0.05
	D0  float64 // changes that S0 is worth as degrees of freedom; 0: 5, and never less
	Phi float64 // what remains of the drift a year later, in (0, 1]; 0: 0.95
}

// The shipped prior: forecasting practice for annual business, demographic
// and economic series (typical growth and noise of the M competitions).
const (
	shippedMu  = 0.03
	shippedTau = 0.04
	shippedS0  = 0.05
	shippedD0  = 5
	shippedPhi = 0.95
)

// Growing is the shipped prior for nominal amounts and stocks: growth of 3 %
// a year, give or take 4.
func Growing() Prior {
	return Prior{Mu: shippedMu, Tau: shippedTau, S0: shippedS0, D0: shippedD0, Phi: shippedPhi}
}

// Stable is the prior for growth rates, yearly counts of activities and what
// else is not expected to grow: a drift centred on zero.
func Stable() Prior {
	p := Growing()
	p.Mu = 0
	return p
}

// PriorOf is the shipped prior with what the kind of quantity says instead:
// growth, its spread and the size of changes.
func PriorOf(e forecast.Expect) Prior {
	p := Growing()
	switch {
	case e.Stable:
		p.Mu = 0
	case e.Growth != 0 || e.Spread != 0:
		p.Mu = math.Log1p(e.Growth)
		if e.Spread > 0 {
			p.Tau = e.Spread / (1 + e.Growth)
		}
	}
	switch {
	case e.Points:
		p.Mu = 0
		p.S0 = signedNoise * typicalSigned
	case e.Noise > 0:
		p.S0 = e.Noise
	}
	return p
}

// Context is what is known of growth from elsewhere, such as that of the
// city, the province or a plan. It replaces the centre and the spread of the
// prior's drift. Growth of more than −100 % and a spread of 0 or more, both
// finite; anything else makes fitting panic.
type Context struct {
	Mean   float64 // growth a year as a fraction: 0.05 is 5 %
	SD     float64 // how far the series' own growth may lie from Mean, one standard deviation; 0: that of the prior
	Source string  // where it is stated, for Explain
}

// IsZero reports whether there is no context.
func (c Context) IsZero() bool { return c == Context{} }

// check panics for a context that no series can have.
func (c Context) check() {
	if !(c.Mean > -1) || !(c.SD >= 0) || math.IsInf(c.Mean+c.SD, 0) {
		panic("pooled: context with growth of −100 % or less, a negative spread, or a number that is not finite")
	}
}

// with returns the prior with its zero fields filled in, centred on c, for
// steps of 1/season years. bounded is true for values between two bounds.
func (p Prior) with(c Context, season int, bounded bool) Prior {
	if p == (Prior{}) {
		p = Growing()
		if bounded {
			p = Stable()
		}
	}
	fill := func(x *float64, v float64) {
		if *x == 0 {
			*x = v
		}
	}
	fill(&p.Tau, shippedTau)
	fill(&p.S0, shippedS0)
	fill(&p.D0, shippedD0)
	fill(&p.Phi, shippedPhi)
	p.D0 = max(p.D0, shippedD0)
	if p.Tau < 0 || p.S0 < 0 || !(p.Phi > 0 && p.Phi <= 1) || math.IsNaN(p.Mu+p.Tau+p.S0+p.D0) {
		panic("pooled: prior with a negative spread or Phi outside (0, 1]")
	}
	if !c.IsZero() {
		p.Mu = math.Log1p(c.Mean)
		if c.SD > 0 {
			p.Tau = c.SD / (1 + c.Mean)
		}
	}
	if m := float64(season); m > 1 {
		p.Mu /= m
		p.Tau /= m
		p.S0 /= math.Sqrt(m)
		p.Phi = math.Pow(p.Phi, 1/m)
	}
	return p
}
