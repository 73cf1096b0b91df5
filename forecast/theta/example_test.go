package theta_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/theta"
)

func Example() {
	y := []float64{612, 645, 698, 720, 764, 801, 822, 871, 910, 936}
	m, err := forecast.Fit(theta.Theta{Variant: theta.DOTM}, forecast.Data{Y: y})
	if err != nil {
		fmt.Println(err)
		return
	}
	for j, d := range m.Forecast(3) {
		lo, hi := forecast.Interval(d, 0.80)
		fmt.Printf("%d ahead: %.0f (%.0f to %.0f)\n", j+1, forecast.Median(d), lo, hi)
	}
	// Output:
	// 1 ahead: 969 (952 to 987)
	// 2 ahead: 1002 (979 to 1025)
	// 3 ahead: 1033 (1005 to 1061)
}
