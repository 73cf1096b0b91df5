package grey_test

import (
	"fmt"

	"example.com/zhibiao/forecast/grey"
)

func Example() {
	m, err := grey.GM11{}.Fit([]float64{612, 645, 698, 731, 786})
	if err != nil {
		fmt.Println(err)
		return
	}
	a, _ := m.(*grey.Model).Parameters()
	fmt.Printf("a = %.4f\n", a)
	for _, d := range m.Forecast(2) {
		fmt.Printf("%.0f\n", d.Mean())
	}
	// Output:
	// a = -0.0638
	// 836
	// 891
}
