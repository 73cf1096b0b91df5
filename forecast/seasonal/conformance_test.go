package seasonal_test

import (
	"testing"

	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/forecasttest"
	"example.com/zhibiao/forecast/seasonal"
)

var (
	additive = seasonal.Adjusted{Method: baseline.Naive{}}
	ratios   = seasonal.M4(baseline.Drift{})
	options  = forecasttest.Options{Seasons: []int{4, 12}}
)

func TestConformance(t *testing.T) {
	shift := options
	shift.Shift = true
	t.Run("stl", func(t *testing.T) { forecasttest.Run(t, additive, shift) })
	t.Run("m4", func(t *testing.T) { forecasttest.Run(t, ratios, options) })
	t.Run("factors", func(t *testing.T) {
		forecasttest.Run(t, seasonal.Adjusted{Multiplicative: true, By: seasonal.STL{Robust: true}}, options)
	})
}

func FuzzAdditive(f *testing.F) { forecasttest.Fuzz(f, additive, options) }
func FuzzRatios(f *testing.F)   { forecasttest.Fuzz(f, ratios, options) }
