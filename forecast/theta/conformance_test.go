package theta

import (
	"testing"

	"example.com/zhibiao/forecast/forecasttest"
)

func TestConformance(t *testing.T) {
	for _, v := range variants {
		t.Run(v.String(), func(t *testing.T) {
			forecasttest.Run(t, Theta{Variant: v}, forecasttest.Options{Seasons: []int{4}})
		})
	}
}

func FuzzConformance(f *testing.F) {
	forecasttest.Fuzz(f, Theta{Variant: DOTM}, forecasttest.Options{Seasons: []int{2, 4, 12}})
}
