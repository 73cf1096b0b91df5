package forecast_test

import (
	"math"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

func observed(year int, v float64) indicators.Observation {
	return indicators.Observation{Period: indicators.Year(year), Value: v, Interval: indicators.Interval{Lo: v, Hi: v}}
}

func TestFromSeries(t *testing.T) {
	// A break in 2015, a gap in 2017, and 近500 in 2018.
	s := indicators.Series{Obs: []indicators.Observation{
		observed(2013, 100), observed(2014, 110), observed(2015, 300), observed(2016, 400), observed(2018, 475), observed(2019, 520),
	}}
	s.Obs[2].Break = true
	s.Obs[4].Interval = indicators.Interval{Lo: 450, Hi: 500}
	r := forecast.FromSeries(s)
	if r.Start != indicators.Year(2015) || len(r.Y) != 5 || r.Y[0] != 300 || !math.IsNaN(r.Y[2]) || r.Y[4] != 520 {
		t.Fatalf("%+v", r)
	}
	if r.Lo == nil || r.Lo[3] != 450 || r.Hi[3] != 500 || r.Lo[0] != 300 || r.Hi[0] != 300 {
		t.Errorf("Lo %v, Hi %v", r.Lo, r.Hi)
	}
	if err := r.Validate(); err != nil {
		t.Error(err)
	}
	// Rounding alone is exact enough.
	s.Obs[4] = observed(2018, 475)
	s.Obs[4].Interval = indicators.Interval{Lo: 474.5, Hi: 475.5}
	if r := forecast.FromSeries(s); r.Lo != nil || r.Hi != nil {
		t.Errorf("rounding gives Lo %v", r.Lo)
	}
	if r := forecast.FromSeries(indicators.Series{}); len(r.Y) != 0 || !r.Start.IsZero() {
		t.Errorf("an empty series gives %+v", r)
	}
	// The kind of the indicator says what to expect.
	economy, _, _ := indicators.NominalGrowth(2021)
	for _, c := range []struct {
		n    indicators.Nature
		unit string
		want forecast.Expect
	}{
		{indicators.Amount, "CNY", forecast.Expect{Growth: economy + 0.02, Ahead: 0.02, Spread: 0.06, From: 2019, To: 2021, Noise: 0.08}},
		{indicators.Aggregate, "CNY", forecast.Expect{Growth: economy, Spread: 0.025, From: 2019, To: 2021, Noise: 0.03}},
		{indicators.Activity, "个", forecast.Expect{Stable: true, Noise: 0.2}},
		{indicators.Stock, "家", forecast.Expect{Growth: 0.03, Spread: 0.07, Noise: 0.14}},
		{indicators.IndexNumber, "", forecast.Expect{Stable: true}},
	} {
		s := indicators.Series{Nature: c.n, Unit: indicators.Unit{Base: c.unit}, Obs: []indicators.Observation{observed(2021, 34)}}
		if r := forecast.FromSeries(s); r.Expect != c.want {
			t.Errorf("%v in %s: %+v", c.n, c.unit, r.Expect)
		}
	}
	// Growth rates of what grows with the economy tend back to its own; within a
	// year the years before it count.
	for _, c := range []struct {
		name  string
		m     indicators.Measure
		at    indicators.Period
		usual float64
		to    int
	}{
		{"地区生产总值", indicators.GrowthRate, indicators.Year(2021), 70 * economy, 2021},
		{"地区生产总值", indicators.GrowthRate, indicators.Quarter(2021, 4), 70 * economy, 2021},
		{"地区生产总值", indicators.GrowthRate, indicators.Quarter(2022, 3), 70 * economy, 2021},
		{"单位地区生产总值能耗", indicators.GrowthRate, indicators.Year(2021), 0, 0},
		{"地区生产总值", indicators.Relative, indicators.Year(2021), 0, 0},
	} {
		s := indicators.Series{Nature: indicators.GrowthNature, Obs: []indicators.Observation{{Period: c.at, Value: 6}}}
		s.Indicator, s.Measure = c.name, c.m
		if e := forecast.FromSeries(s).Expect; e.Usual != c.usual || e.To != c.to || !e.Points {
			t.Errorf("growth of %s, %v: %+v", c.name, c.at, e)
		}
	}
	// So does an index made of growth rates, but not that of energy by output.
	for name, want := range map[string]forecast.Expect{
		"固定资产投资":     {Growth: economy + 0.02, Ahead: 0.02, Spread: 0.08, From: 2019, To: 2021, Noise: 0.12},
		"单位地区生产总值能耗": {Stable: true},
	} {
		s := indicators.Series{Nature: indicators.IndexNumber, Unit: indicators.Unit{Base: "IX2020"}, Obs: []indicators.Observation{observed(2021, 108)}}
		s.Indicator = name
		if e := forecast.FromSeries(s).Expect; e != want {
			t.Errorf("index of %s: %+v", name, e)
		}
	}
	q := indicators.Series{Obs: []indicators.Observation{
		{Period: indicators.Quarter(2020, 4), Value: 1}, {Period: indicators.Quarter(2021, 1), Value: 2},
	}}
	if r := forecast.FromSeries(q); r.Season != 4 || len(r.Y) != 2 || r.Start != indicators.Quarter(2020, 4) {
		t.Errorf("quarters give %+v", r)
	}
}
