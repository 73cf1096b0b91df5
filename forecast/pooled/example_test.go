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

// The learned prior on six years of a series, and what it rests on.
func ExampleMixture() {
	m, err := pooled.Mixture{}.Fit([]float64{500, 520, 560, 580, 640, 698})
	if err != nil {
		fmt.Println(err)
		return
	}
	for h, d := range m.Forecast(3) {
		lo, hi := forecast.Interval(d, 0.80)
		fmt.Printf("%d: %.0f (%.0f to %.0f)\n", h+1, forecast.Median(d), lo, hi)
	}
	// Output:
	// 1: 740 (701 to 779)
	// 2: 784 (723 to 853)
	// 3: 829 (746 to 931)
}

// Twenty indicators of a place teach what growth is usual there.
func ExampleLearn() {
	var portfolio []forecast.Data
	for i := range 20 {
		y := 100 + float64(i)
		portfolio = append(portfolio, forecast.Data{Y: []float64{y, 1.10 * y, 1.22 * y, 1.33 * y, 1.47 * y}})
	}
	prior, err := pooled.Learn(portfolio...)
	if err != nil {
		fmt.Println(err)
		return
	}
	one := forecast.Data{Y: []float64{100}}
	shipped, _ := forecast.Fit(pooled.Mixture{}, one)
	local, _ := forecast.Fit(prior, one)
	fmt.Printf("%.0f, with the portfolio %.0f\n", forecast.Median(shipped.Forecast(3)[2]), forecast.Median(local.Forecast(3)[2]))
	// Output: 112, with the portfolio 120
}
