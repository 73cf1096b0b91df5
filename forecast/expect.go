package forecast

import "example.com/zhibiao/indicators"

// Expect is what may be expected of a series before it is seen, from the kind
// of quantity it is. Methods that bring a prior (pooled, auto) take it where
// they are told nothing else; the others do without. The zero value says
// nothing. Numbers count per year, whatever the season.
type Expect struct {
	// Stable: no growth is expected, as of rates, shares, concentrations,
	// days and yearly counts of activities.
	Stable bool
	// Growth is the growth expected where it is not that of the method's own
	// prior, and Spread its standard deviation from series to series, as
	// fractions: 0.05 is 5 %. Both are 0 where nothing is known.
	Growth, Spread float64
	// Noise is the typical standard deviation of a year's change beside
	// growth, as a fraction of the value (of the odds between two bounds; for
	// small shares the same); 0: not known.
	Noise float64
	// Points: Noise counts in the unit of the data, and so does every change,
	// as of growth rates in per cent.
	Points bool
}

// IsZero reports whether nothing is expected.
func (e Expect) IsZero() bool { return e == Expect{} }

// ExpectOf returns what is expected of a quantity of the given nature and
// unit. The numbers were chosen on the reports of a Chinese district (figures
// of 2010 to 2015) and on yearbook figures of thirty Chinese cities (2008 to
// 2017), one year ahead, so that 80 % intervals from one to four values cover
// about that; they have not been tried on other panels. Growth of money is
// set below that of those years, which were ones of fast growth. No figures of
// days, and few of stocks other than population, were at hand.
func ExpectOf(n indicators.Nature, u indicators.Unit) Expect {
	switch n {
	case indicators.Amount:
		if u.Money() || u.Base == "CNY/人" {
			return Expect{Growth: 0.06, Spread: 0.05, Noise: 0.06}
		}
		return Expect{Growth: 0.05, Spread: 0.07, Noise: 0.08}
	case indicators.Stock:
		if u.Base == "人" {
			return Expect{Growth: 0.01, Spread: 0.03, Noise: 0.02}
		}
	case indicators.Activity:
		return Expect{Stable: true, Noise: 0.2}
	case indicators.Ratio:
		return Expect{Stable: true, Noise: 0.1}
	case indicators.GrowthNature:
		return Expect{Stable: true, Noise: 5, Points: true}
	case indicators.Concentration:
		return Expect{Stable: true, Noise: 0.1}
	case indicators.Days:
		return Expect{Stable: true, Noise: 0.15}
	case indicators.IndexNumber:
		return Expect{Stable: true}
	}
	return Expect{}
}
