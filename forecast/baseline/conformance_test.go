package baseline_test

import (
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/forecasttest"
)

var conforming = []struct {
	name string
	f    forecast.Forecaster
	o    forecasttest.Options
}{
	{"naive", baseline.Naive{}, forecasttest.Options{Shift: true}},
	{"drift", baseline.Drift{}, forecasttest.Options{Shift: true}},
	{"mean", baseline.Mean{}, forecasttest.Options{Shift: true}},
	{"snaive", baseline.SeasonalNaive{}, forecasttest.Options{Shift: true, Seasons: []int{4, 12}}},
}

func TestConformance(t *testing.T) {
	for _, c := range conforming {
		t.Run(c.name, func(t *testing.T) { forecasttest.Run(t, c.f, c.o) })
	}
}

func FuzzNaive(f *testing.F)         { forecasttest.Fuzz(f, conforming[0].f, conforming[0].o) }
func FuzzDrift(f *testing.F)         { forecasttest.Fuzz(f, conforming[1].f, conforming[1].o) }
func FuzzMean(f *testing.F)          { forecasttest.Fuzz(f, conforming[2].f, conforming[2].o) }
func FuzzSeasonalNaive(f *testing.F) { forecasttest.Fuzz(f, conforming[3].f, conforming[3].o) }
