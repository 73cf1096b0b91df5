package arima_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/arima"
)

func Example() {
	// Births registered in a district, in thousands.
	y := []float64{41.2, 42.0, 43.1, 42.7, 44.0, 45.3, 45.1, 46.4, 47.2, 47.0, 48.3, 49.5}
	m, err := arima.Auto{}.Fit(y)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m)
	for _, d := range m.Forecast(2) {
		lo, hi := forecast.Interval(d, 0.80)
		fmt.Printf("%.1f (%.1f to %.1f)\n", forecast.Median(d), lo, hi)
	}
	// Output:
	// ARIMA(0,1,0) with drift
	// 50.3 (49.4 to 51.1)
	// 51.0 (49.8 to 52.2)
}

func ExampleARIMA() {
	y := []float64{12, 15, 11, 14, 18, 16, 19, 17, 21, 20, 23, 22}
	m, err := arima.ARIMA{D: 1, Q: 1}.Fit(y)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range m.(*arima.Model).Coefficients() {
		fmt.Printf("%s %.3f (s.e. %.3f)\n", c.Name, c.Value, c.SE)
	}
	// Output:
	// ma1 -0.349 (s.e. 0.200)
}
