//go:build !race

package combine

import (
	"math"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/compete"
)

// Scores of SCUM on the test parts of M3, sMAPE and MASE. They are what the
// method gives, with room for the last digit; the members alone score 15.8 to
// 17.4 and 9.2 to 10.0. Under the race detector this takes too long.
func TestSCUM(t *testing.T) {
	for _, c := range []struct {
		file        string
		season      int
		smape, mase float64
	}{
		{"M3_yearly.csv.gz", 1, 15.70, 2.70},
		{"M3_quarterly.csv.gz", 4, 9.04, 1.09},
	} {
		set := compete.Load(t, c.file)
		var smape, mase float64
		for _, s := range set {
			m, err := forecast.Fit(SCUM(), forecast.Data{Y: s.Train, Season: c.season})
			if err != nil {
				t.Fatalf("%s: %v", s.ID, err)
			}
			a, b := s.Score(forecast.Points(m.Forecast(len(s.Test))), c.season)
			smape += a / float64(len(set))
			mase += b / float64(len(set))
		}
		t.Logf("%s: sMAPE %.3f, MASE %.3f", c.file, smape, mase)
		if !(smape <= c.smape && mase <= c.mase) || math.IsNaN(smape) {
			t.Errorf("%s: sMAPE %.3f, MASE %.3f, want at most %.2f, %.2f", c.file, smape, mase, c.smape, c.mase)
		}
	}
}
