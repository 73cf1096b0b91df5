package pooled_test

import (
	"testing"

	"example.com/zhibiao/forecast/forecasttest"
	"example.com/zhibiao/forecast/pooled"
)

func TestDriftConformance(t *testing.T) {
	forecasttest.Run(t, pooled.Drift{}, forecasttest.Options{NeverRefuses: true, Seasons: []int{4}})
}

func TestMixtureConformance(t *testing.T) {
	forecasttest.Run(t, pooled.Mixture{}, forecasttest.Options{NeverRefuses: true, Seasons: []int{4}})
}

func FuzzDrift(f *testing.F) {
	forecasttest.Fuzz(f, pooled.Drift{}, forecasttest.Options{NeverRefuses: true, Seasons: []int{4, 12}})
}

func FuzzMixture(f *testing.F) {
	forecasttest.Fuzz(f, pooled.Mixture{}, forecasttest.Options{NeverRefuses: true, Seasons: []int{4, 12}})
}
