package pooled_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/pooled"
)

// One figure of a report, 698 亿元, five years ahead.
func ExampleDrift() {
	m, err := forecast.Fit(pooled.Drift{}, forecast.Data{Y: []float64{698}, Min: forecast.Bound(0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := m.Forecast(5)[4]
	lo, hi := forecast.Interval(d, 0.80)
	fmt.Printf("median %.0f, 80 %% interval %.0f to %.0f, P(at least 1500) %.3f\n",
		forecast.Median(d), lo, hi, forecast.AtLeast(d, 1500))
	// Output: median 799, 80 % interval 577 to 1108, P(at least 1500) 0.021
}
