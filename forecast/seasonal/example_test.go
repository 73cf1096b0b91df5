package seasonal_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/seasonal"
)

// Quarterly sales with a peak in the third quarter.
func Example() {
	y := []float64{80, 101, 131, 82, 86, 108, 140, 88, 92, 116, 149, 95}
	m, err := forecast.Fit(seasonal.Adjusted{Method: baseline.Drift{}}, forecast.Data{Y: y, Season: 4})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, d := range m.Forecast(4) {
		fmt.Printf("quarter %d: %.0f\n", i+1, forecast.Median(d))
	}
	c, err := seasonal.STL{}.Decompose(y, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, season := c.Strength()
	fmt.Printf("strength of the season: %.2f\n", season[0])
	// Output:
	// quarter 1: 98
	// quarter 2: 121
	// quarter 3: 153
	// quarter 4: 101
	// strength of the season: 1.00
}
