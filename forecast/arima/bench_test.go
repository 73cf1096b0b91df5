package arima

import (
	"fmt"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/compete"
)

func BenchmarkAuto(b *testing.B) {
	for _, n := range []int{10, 30, 100, 1000} {
		for _, m := range []int{1, 4} {
			b.Run(fmt.Sprintf("n=%d/m=%d", n, m), func(b *testing.B) {
				d := forecast.Data{Y: walk(n, m, 1), Season: m}
				for b.Loop() {
					if _, err := forecast.Fit(Auto{}, d); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkAirline(b *testing.B) {
	for _, n := range []int{30, 100, 1000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			y := walk(n, 12, 1)
			for b.Loop() {
				if _, err := (ARIMA{D: 1, Q: 1, SD: 1, SQ: 1, Season: 12}).Fit(y); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkM3 is the time a series of a competition, forecasts with 80 and
// 95 % intervals included; beside it lies R's in the reference data.
func BenchmarkM3(b *testing.B) {
	for _, c := range []struct {
		set       string
		season, h int
	}{{"yearly", 1, 6}, {"quarterly", 4, 8}} {
		b.Run(c.set, func(b *testing.B) {
			all := compete.Load(b, "M3_"+c.set+".csv.gz")
			for b.Loop() {
				for _, s := range all {
					m, err := forecast.Fit(Auto{}, forecast.Data{Y: s.Train, Season: c.season})
					if err != nil {
						b.Fatal(err)
					}
					for _, d := range m.Forecast(c.h) {
						forecast.Interval(d, 0.80)
						forecast.Interval(d, 0.95)
					}
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*len(all)), "ms/series")
		})
	}
}
