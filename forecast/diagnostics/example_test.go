package diagnostics_test

import (
	"fmt"

	"example.com/zhibiao/forecast/diagnostics"
)

func Example() {
	y := []float64{112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170}
	t := diagnostics.LjungBox(y, 4, 0)
	fmt.Printf("%s: %.2f, p = %.4f; rejected at 5 %%: %t\n", t.Name, t.Statistic, t.P, t.Rejected(0.05))
	k := diagnostics.KPSS(y, false, -1)
	fmt.Printf("%s: %.3f, p = %.3f; differences: %d\n", k.Name, k.Statistic, k.P, diagnostics.NDiffs(y, 2))
	// Output:
	// Ljung–Box: 8.80, p = 0.0664; rejected at 5 %: false
	// KPSS: 0.343, p = 0.100; differences: 0
}
