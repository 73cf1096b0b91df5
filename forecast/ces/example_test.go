package ces_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/ces"
)

func Example() {
	y := []float64{41.2, 42.0, 43.1, 42.7, 44.0, 45.3, 45.1, 46.4, 47.2, 47.0, 48.3, 49.5}
	m, err := ces.CES{}.Fit(y)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range m.Forecast(2) {
		lo, hi := forecast.Interval(d, 0.80)
		fmt.Printf("%.1f (%.1f to %.1f)\n", forecast.Median(d), lo, hi)
	}
	// Output:
	// 50.1 (49.1 to 51.1)
	// 50.8 (49.6 to 52.1)
}
