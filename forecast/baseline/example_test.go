package baseline_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
)

// A gross domestic product of 612, 645 and 698 (亿元) carried on by its mean
// change.
func ExampleDrift() {
	m, err := forecast.Fit(baseline.Drift{}, forecast.Data{Y: []float64{612, 645, 698, 731, 790}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, d := range m.Forecast(3) {
		lo, hi := forecast.Interval(d, 0.80)
		fmt.Printf("%d ahead: %.0f, 80 %% interval %.0f–%.0f\n", i+1, forecast.Median(d), lo, hi)
	}
	// Output:
	// 1 ahead: 834, 80 % interval 810–859
	// 2 ahead: 879, 80 % interval 841–917
	// 3 ahead: 924, 80 % interval 873–974
}
