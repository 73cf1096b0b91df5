package accuracy_test

import (
	"fmt"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/accuracy"
	"example.com/zhibiao/forecast/baseline"
)

// Two methods compared over rolling origins of one series.
func Example() {
	y := []float64{405, 428, 449, 467, 512, 548, 590, 612, 645, 698}
	var naive, drift accuracy.Summary
	for s := range accuracy.Rolling(y, 5, 2, 1) {
		for _, c := range []struct {
			f   forecast.Forecaster
			sum *accuracy.Summary
		}{{baseline.Naive{}, &naive}, {baseline.Drift{}, &drift}} {
			p, err := accuracy.Predict(c.f, forecast.Data{Y: s.Train}, len(s.Test), 0.8)
			if err != nil {
				fmt.Println(err)
				return
			}
			c.sum.Add(p.Score(s.Train, s.Test, 1))
		}
	}
	n, d := naive.Mean(), drift.Mean()
	fmt.Printf("naive: sMAPE %.1f, MASE %.2f, coverage of 80 %% intervals %.2f\n", n.SMAPE, n.MASE, n.Coverage[0])
	fmt.Printf("drift: sMAPE %.1f, MASE %.2f, coverage of 80 %% intervals %.2f\n", d.SMAPE, d.MASE, d.Coverage[0])
	// Output:
	// naive: sMAPE 8.8, MASE 1.81, coverage of 80 % intervals 0.62
	// drift: sMAPE 2.0, MASE 0.44, coverage of 80 % intervals 0.88
}
