package long

import (
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// Natures lists the texts that the column nature may have, for the help of a
// program.
const Natures = "amount, stock, activity, ratio, growth, concentration, days, index, population, aggregate"

// Kind is what is known of a series beside its numbers. The zero Kind is
// nothing.
type Kind struct {
	Known  bool // something is
	Name   string
	Nature indicators.Nature
	Unit   indicators.Unit
}

// KindOf reads the name of an indicator, a unit as printed and the text of a
// nature. Each may be empty; a nature left out follows from the other two.
func KindOf(indicator, unit, nature string) (Kind, error) {
	if indicator == "" && unit == "" && nature == "" {
		return Kind{}, nil
	}
	u, err := indicators.ParseUnit(unit)
	if err != nil {
		return Kind{}, fmt.Errorf("unit: %w; a unit stands as printed, with its multiplier: 亿元, 万人, 个, %%, 平方公里, 微克/立方米", err)
	}
	k := Kind{Known: true, Name: indicator, Unit: u, Nature: indicators.NatureOf(indicator, u, indicators.KindLevel)}
	if nature != "" {
		if err := k.Nature.UnmarshalText([]byte(nature)); err != nil {
			return Kind{}, fmt.Errorf("nature: %w", err)
		}
	}
	return k, nil
}

// Additive reports whether values change by points: growth rates and
// percentages. A ratio without a unit is one of them.
func (k Kind) Additive() bool {
	return k.Unit.Percent() || k.Unit.Base == indicators.BasePoints || k.Known && (k.Nature == indicators.GrowthNature || k.Nature == indicators.Ratio && k.Unit.IsZero())
}

// Data returns the values from place i up to place j as a method gets them.
// What the kind of quantity lets expect, and the bounds, are those that
// forecast.FromSeries finds for the stretch: a bound of the nature beyond
// which a value lies is no bound.
func (s *Series) Data(i, j int) forecast.Data {
	d := forecast.Data{Y: s.Y[i:j:j], Season: s.Season}
	if !s.Kind.Known {
		return d
	}
	last := j - 1
	for last >= i && math.IsNaN(s.Y[last]) {
		last--
	}
	// An integer may be a year or a counter; the last one decides for all.
	// Without a calendar the observations share the zero period, which does
	// for what is taken from the record.
	at := func(k int) indicators.Period { return s.Start.Add(k).Period }
	if n := s.Start.N + last; s.Start.Period.IsZero() && n >= 1900 && n <= 2100 {
		at = func(k int) indicators.Period { return indicators.Year(s.Start.N + k) }
	}
	v := indicators.Series{Unit: s.Kind.Unit, Nature: s.Kind.Nature}
	v.Indicator = s.Kind.Name
	if v.Nature == indicators.GrowthNature {
		v.Measure = indicators.GrowthRate
	}
	for k := i; k <= last; k++ {
		if y := s.Y[k]; !math.IsNaN(y) {
			v.Obs = append(v.Obs, indicators.Observation{Period: at(k), Value: y, Interval: indicators.Interval{Lo: y, Hi: y}})
		}
	}
	r := forecast.FromSeries(v)
	d.Min, d.Max = r.Min, r.Max
	// Expectations count per year. A method that is not told how many periods
	// make one would take them for those of a period.
	if n := s.Start.Period.Freq().PerYear(); n <= 1 || n == s.Season {
		d.Expect = r.Expect
	}
	return d
}
