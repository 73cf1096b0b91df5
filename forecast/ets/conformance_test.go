package ets

import (
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/forecasttest"
)

func TestConformance(t *testing.T) {
	for name, f := range map[string]struct {
		f forecast.Forecaster
		o forecasttest.Options
	}{
		"ets":         {ETS{}, forecasttest.Options{Seasons: []int{4}, Approx: 0.03}},
		"admissible":  {ETS{Region: Admissible}, forecasttest.Options{Approx: 0.03}},
		"growth":      {ETS{Model: "MMN"}, forecasttest.Options{Approx: 0.03}},
		"ses":         {SES{}, forecasttest.Options{}},
		"holt":        {Holt{}, forecasttest.Options{}},
		"damped":      {Holt{Damped: true}, forecasttest.Options{}},
		"HoltWinters": {HoltWinters{Season: 4}, forecasttest.Options{}},
	} {
		t.Run(name, func(t *testing.T) { forecasttest.Run(t, f.f, f.o) })
	}
}

func FuzzETS(f *testing.F) {
	forecasttest.Fuzz(f, ETS{}, forecasttest.Options{Seasons: []int{2, 4, 12}, Approx: 0.03})
}

func FuzzFree(f *testing.F) {
	forecasttest.Fuzz(f, ETS{Initial: Free, Model: "ZZN", MultiplicativeTrend: true}, forecasttest.Options{Approx: 0.03, ScaleTol: 1e-3})
}
