package forecast

import (
	"strings"

	"example.com/zhibiao/indicators"
)

// Expect is what may be expected of a series before it is seen, from the kind
// of quantity it is. Methods that bring a prior (pooled, auto) take it where
// they are told nothing else; the others do without. The zero value says
// nothing. Numbers count per year, whatever the season.
type Expect struct {
	// Stable: no growth is expected, as of growth rates and yearly counts of
	// activities.
	Stable bool
	// Growth is the growth expected where it is not that of the method's own
	// prior, and Spread its standard deviation from series to series, as
	// fractions: 0.05 is 5 % (of the odds between two bounds). Both are 0 where
	// nothing is known.
	Growth, Spread float64
	// From and To are the years whose mean growth of China's economy
	// (indicators.NominalGrowth) Growth, less Ahead, or Usual was taken from, for
	// Explain to name; 0 where it was not.
	From, To int
	Ahead    float64
	// Noise is the typical standard deviation of a year's change beside
	// growth, as a fraction of the value (of the odds between two bounds; for
	// small shares the same); 0: not known.
	Noise float64
	// Points: Noise counts in the unit of the data, and so does every change,
	// as of growth rates in per cent.
	Points bool
	// Usual is a level, in the unit of the data, that values of the kind tend
	// back to, as growth rates do to that of the economy; 0: there is none.
	Usual float64
}

// IsZero reports whether nothing is expected.
func (e Expect) IsZero() bool { return e == Expect{} }

// ExpectOf returns what is expected of a quantity of the given nature and
// unit after the period last; the zero Period leaves the time out of account.
//
// Money is expected to grow as China's economy did in the three years before,
// at current prices (indicators.NominalGrowth): in work reports of two decades
// the median growth of aggregates followed it year for year, that of other
// amounts ran two points ahead. Growth rates of what grows with the economy
// tend back to seven tenths of it: FromSeries, which knows the name, adds that.
// Ratios, days and concentrations move the way that reports state them to.
//
// The numbers were chosen on the work reports of 31 provinces and two cities
// (1998 to 2026), one year ahead, with yearbooks of cities and counties beside
// them, so that from one value on 80 % intervals cover about that and the
// median lies in the middle over all years; examples/backtest measures it on
// any panel. No Chinese panel of air-quality days or yearly activities other
// than those reports was at hand.
func ExpectOf(n indicators.Nature, u indicators.Unit, last indicators.Period) Expect {
	switch n {
	case indicators.Aggregate:
		return lately(Expect{Growth: 0.06, Spread: 0.025, Noise: 0.03}, last, 0)
	case indicators.Amount:
		switch {
		case u.Base == "CNY" || u.Base == "CNY/人":
			return lately(Expect{Growth: 0.06, Spread: 0.06, Noise: 0.08}, last, premium)
		case u.Money() && strings.Contains(u.Symbol, "元"): // foreign trade and investment in 亿美元
			return lately(Expect{Growth: 0.06, Spread: 0.08, Noise: 0.12}, last, premium)
		case u.Money():
			return Expect{Growth: 0.05, Spread: 0.05, Noise: 0.08}
		}
		return Expect{Growth: 0.05, Spread: 0.07, Noise: 0.08}
	case indicators.Stock:
		return Expect{Growth: 0.03, Spread: 0.07, Noise: 0.14}
	case indicators.Population:
		return Expect{Growth: 0.005, Spread: 0.02, Noise: 0.02}
	case indicators.Activity:
		return Expect{Stable: true, Noise: 0.2}
	case indicators.Ratio:
		return Expect{Growth: 0.01, Spread: 0.03, Noise: 0.11}
	case indicators.GrowthNature:
		return Expect{Stable: true, Noise: 5.2, Points: true}
	case indicators.Concentration:
		return Expect{Growth: -0.05, Spread: 0.05, Noise: 0.1}
	case indicators.Days:
		return Expect{Growth: 0.1, Spread: 0.1, Noise: 0.28}
	case indicators.IndexNumber:
		return Expect{Stable: true}
	}
	return Expect{}
}

// premium is how much faster than the economy the median of those amounts grows
// that reports state beside its aggregates.
const premium = 0.02

// lately puts the growth of the economy up to a period, and so much more, in
// the place of a usual one, where it is known. Within a year the years before
// it count.
func lately(e Expect, last indicators.Period, more float64) Expect {
	if last.IsZero() {
		return e
	}
	year := last.Year()
	if last.Add(1).Year() == year {
		year--
	}
	if g, from, to := indicators.NominalGrowth(year); from > 0 {
		e.Growth, e.Ahead, e.From, e.To = g+more, more, from, to
	}
	return e
}

// named adds what the name of a series lets expect beside its nature: the
// growth rates of what grows with the economy tend back to its own, and an
// index that is made of them, for want of levels, grows as such amounts do.
func named(e Expect, s *indicators.Series, last indicators.Period) Expect {
	if !indicators.Economic(s.Indicator) {
		return e
	}
	switch {
	case s.Nature == indicators.GrowthNature && s.Measure == indicators.GrowthRate:
		g := lately(Expect{Growth: 0.08}, last, 0)
		e.Usual, e.From, e.To = 70*g.Growth, g.From, g.To
	case s.Nature == indicators.IndexNumber && strings.HasPrefix(s.Unit.Base, "IX"):
		return lately(Expect{Growth: 0.06, Spread: 0.08, Noise: 0.12}, last, premium)
	}
	return e
}
