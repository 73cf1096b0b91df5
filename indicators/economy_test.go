package indicators

import (
	"math"
	"testing"
)

// Gross domestic product of China in 亿元 as the National Bureau of Statistics
// publishes it, in two vintages.
func TestNominalGrowth(t *testing.T) {
	old := []float64{100280, 110863, 121717, 137422, 161840, 187319} // 2000–2005
	revised := []float64{189908, 222578, 274180, 324318, 354522, 419253, 495708, 547511, 603660, 655783, 702512, 761193, 847383, 936010, 1005872, 1034868, 1173823, 1234029, 1294272, 1349084}
	i := 0
	for _, levels := range [][]float64{old, revised} {
		for k := 1; k < len(levels); k++ {
			if want := 100 * (levels[k]/levels[k-1] - 1); math.Abs(nominalGrowth[i]-want) > 0.0501 {
				t.Errorf("%d: %.1f %%, the levels give %.3f", firstGrowth+i, nominalGrowth[i], want)
			}
			i++
		}
	}
	if i != len(nominalGrowth) {
		t.Errorf("%d years, %d in the table", i, len(nominalGrowth))
	}
	for _, c := range []struct {
		year, from, to int
		want           float64
	}{
		{2021, 2019, 2021, (7.5 + 2.9 + 13.4) / 300},
		{2003, 2001, 2003, (10.6 + 9.8 + 12.9) / 300},
		{2030, 2022, 2024, (5.1 + 4.9 + 4.2) / 300}, // the last known
		{2002, 0, 0, 0},
		{0, 0, 0, 0},
	} {
		if g, from, to := NominalGrowth(c.year); from != c.from || to != c.to || math.Abs(g-c.want) > 1e-12 {
			t.Errorf("%d: %g from %d to %d", c.year, g, from, to)
		}
	}
}
