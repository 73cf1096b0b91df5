package arima

import (
	"testing"

	"example.com/zhibiao/forecast/forecasttest"
)

var conformance = forecasttest.Options{Seasons: []int{4, 12}}

func TestConformance(t *testing.T) {
	o := conformance
	if raced {
		o.Seasons = o.Seasons[:1]
	}
	forecasttest.Run(t, Auto{}, o)
}

func TestConformanceFixed(t *testing.T) {
	t.Run("mean", func(t *testing.T) {
		forecasttest.Run(t, ARIMA{P: 1, Constant: true}, forecasttest.Options{Shift: true})
	})
	t.Run("ima1", func(t *testing.T) { forecasttest.Run(t, ARIMA{D: 1, Q: 1}, forecasttest.Options{Shift: true}) })
}

func TestConformanceStudent(t *testing.T) {
	forecasttest.Run(t, Auto{StudentT: true}, forecasttest.Options{})
}

func FuzzConformance(f *testing.F) { forecasttest.Fuzz(f, Auto{}, conformance) }
