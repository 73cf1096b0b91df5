package auto_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/auto"
)

func Example() {
	m, err := forecast.Fit(auto.Auto{}, forecast.Data{Y: []float64{612, 645, 698}, Min: forecast.Bound(0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := m.Forecast(5)[4]
	lo, hi := forecast.Interval(d, 0.80)
	fmt.Printf("in five years %.0f (%.0f to %.0f); at least 1000 with probability %.2f\n",
		forecast.Median(d), lo, hi, forecast.AtLeast(d, 1000))
	// Output: in five years 873 (726 to 1067); at least 1000 with probability 0.17
}
