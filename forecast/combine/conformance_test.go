package combine_test

import (
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/combine"
	"example.com/zhibiao/forecast/forecasttest"
	"example.com/zhibiao/forecast/theta"
)

var (
	simple  = []forecast.Forecaster{baseline.Naive{}, baseline.Drift{}, baseline.Mean{}}
	median  = combine.Combination{Members: append(simple[:2:2], baseline.SeasonalNaive{}, theta.Theta{})}
	pool    = combine.Combination{Members: simple, Rule: combine.InverseError, Pool: true}
	options = forecasttest.Options{Paths: 1000, Horizon: 2}
)

func TestConformance(t *testing.T) {
	seasonal := options
	seasonal.Seasons = []int{4}
	forecasttest.Run(t, median, seasonal)
	for _, c := range []combine.Combination{
		{Members: simple, Rule: combine.Mean}, {Members: simple, Rule: combine.Trimmed}, pool,
	} {
		name := c.Rule.String()
		shift := options
		shift.Shift = true
		t.Run(name, func(t *testing.T) { forecasttest.Run(t, c, shift) })
	}
}

func FuzzMedian(f *testing.F) { forecasttest.Fuzz(f, median, options) }
func FuzzPool(f *testing.F)   { forecasttest.Fuzz(f, pool, options) }
