package auto_test

import (
	"testing"

	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/forecasttest"
)

func TestConformance(t *testing.T) {
	forecasttest.Run(t, auto.Auto{}, forecasttest.Options{NeverRefuses: true, Seasons: []int{4}})
}

func FuzzConformance(f *testing.F) {
	forecasttest.Fuzz(f, auto.Auto{}, forecasttest.Options{NeverRefuses: true, Seasons: []int{4, 12}})
}
