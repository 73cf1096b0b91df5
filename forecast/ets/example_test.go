package ets_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/ets"
)

func Example() {
	y := []float64{612, 645, 698, 720, 764, 801, 822, 871, 910, 936}
	m, err := ets.ETS{}.Estimate(y)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Spec)
	for j, d := range m.Forecast(3) {
		lo, hi := forecast.Interval(d, 0.80)
		fmt.Printf("%d ahead: %.0f (%.0f to %.0f)\n", j+1, forecast.Median(d), lo, hi)
	}
	fmt.Println(m.Explain("zh"))
	// Output:
	// ETS(A,A,N)
	// 1 ahead: 977 (966 to 989)
	// 2 ahead: 1013 (1002 to 1025)
	// 3 ahead: 1050 (1038 to 1061)
	// 预测采用指数平滑模型 ETS(A,A,N)：加法误差，加法趋势，无季节。在 6 个模型中它的 AICc 最小，其次是 ETS(M,A,N)，相差 0.5。依据 10 个数值。水平是许多期的平均（α = 0.00）。趋势为每期 +36.24。以往提前一期预测的误差（标准差）为 7.941。区间以模型正确为前提，不含对模型本身的疑问。
}

// A model can be named by its letters; Z leaves a part to the choice.
func ExampleETS() {
	y := []float64{30, 45, 60, 38, 33, 47, 66, 40, 35, 52, 69, 43, 38, 55, 75, 46}
	m, err := ets.ETS{Model: "MZM", Season: 4}.Estimate(y)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Spec)
	for _, d := range m.Forecast(4) {
		fmt.Printf("%.1f ", forecast.Median(d))
	}
	fmt.Println()
	// Output:
	// ETS(M,A,M)
	// 40.3 58.4 79.4 49.3
}
