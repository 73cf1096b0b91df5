package forecasttest_test

import (
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/forecasttest"
)

// persistence is a method of one's own: tomorrow is as today.
type persistence struct{}

func (persistence) Fit(y []float64) (forecast.Model, error) { return nil, forecast.ErrEmpty }

// A method of one's own is checked like those of the library, in a test of
// its package.
func ExampleRun() {
	TestConformance := func(t *testing.T) {
		forecasttest.Run(t, persistence{}, forecasttest.Options{Shift: true, Seasons: []int{4}})
	}
	_ = TestConformance
}
