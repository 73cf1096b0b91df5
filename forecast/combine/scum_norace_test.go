//go:build !race

package combine_test

import (
	"testing"

	"example.com/zhibiao/forecast/combine"
	"example.com/zhibiao/forecast/forecasttest"
)

func TestSCUMConforms(t *testing.T) {
	forecasttest.Run(t, combine.SCUM(), forecasttest.Options{Seasons: []int{4}, Paths: 1500, Horizon: 2})
}
