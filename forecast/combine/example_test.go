package combine_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/combine"
	"example.com/zhibiao/forecast/theta"
)

func Example() {
	f := combine.Combination{
		Members: []forecast.Forecaster{baseline.Naive{}, baseline.Drift{}, theta.Theta{}},
		Rule:    combine.Mean,
	}
	m, err := forecast.Fit(f, forecast.Data{Y: []float64{512, 548, 590, 612, 645, 698}, Min: forecast.Bound(0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := m.Forecast(1)[0]
	lo, hi := forecast.Interval(d, 0.8)
	fmt.Printf("%.0f, 80 %% interval %.0f to %.0f\n", forecast.Median(d), lo, hi)
	// Output:
	// 720, 80 % interval 667 to 778
}
