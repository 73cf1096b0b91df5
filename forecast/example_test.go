package forecast_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/indicators"
)

// A forecast is a distribution: point, interval and the probability of a
// target are read off it.
func Example() {
	m, err := forecast.Fit(baseline.Drift{}, forecast.Data{
		Y:   []float64{512, 548, 590, 612, 645, 698}, // 亿元, 2016 to 2021
		Min: forecast.Bound(0),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := m.Forecast(5)[4] // 2026
	lo, hi := forecast.Interval(d, 0.80)
	fmt.Printf("2026: %.0f, 80 %% interval %.0f to %.0f\n", forecast.Median(d), lo, hi)
	fmt.Printf("at least 1000: %.0f %%\n", 100*forecast.AtLeast(d, 1000))
	// Output:
	// 2026: 952, 80 % interval 875 to 1035
	// at least 1000: 21 %
}

// Whether a level is held in every year is a question about whole paths.
func ExampleDraw() {
	m, err := baseline.Naive{}.Fit([]float64{50, 52, 51, 54, 53})
	if err != nil {
		fmt.Println(err)
		return
	}
	paths := forecast.Draw(m, 10000, 5, rand.NewPCG(1, 2))
	held := paths.Share(func(path []float64) bool { return slices.Min(path) >= 50 })
	fmt.Printf("never below 50 in five years: %.0f %%\n", 100*held)
	// Output:
	// never below 50 in five years: 62 %
}

// Many series: one bad series does not stop the others.
func ExampleJob_Each() {
	records := []forecast.Record{
		{Key: "GDP", Start: indicators.Year(2019), Data: forecast.Data{Y: []float64{612, 645, 698}}},
		{Key: "fiscal revenue", Start: indicators.Year(2021), Data: forecast.Data{Y: []float64{43.5}}},
	}
	job := forecast.Job[baseline.Drift]{H: 1, Probs: forecast.Levels(0.8)}
	for r := range job.Each(context.Background(), slices.Values(records), 2) {
		if r.Err != nil {
			fmt.Printf("%s: %v\n", r.Key, r.Err)
			continue
		}
		for _, row := range r.Rows {
			fmt.Printf("%s %v: %.0f, %.0f to %.0f\n", r.Key, row.Period, row.Median, row.Quantiles[0], row.Quantiles[1])
		}
	}
	// Output:
	// GDP 2022: 741, 688 to 794
	// fiscal revenue: forecast: drift needs at least 3 values, the series has 1
}
