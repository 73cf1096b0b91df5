package theta

import (
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/compete"
)

type scores struct {
	smape, mase, cov80, cov95 float64
}

func score(tb testing.TB, f forecast.Forecaster, all []compete.Series, m int) scores {
	tb.Helper()
	var out scores
	n := float64(len(all))
	for _, s := range all {
		mod, err := f.Fit(s.Train)
		if err != nil {
			tb.Fatalf("%s: %v", s.ID, err)
		}
		ds := mod.Forecast(len(s.Test))
		sm, ma := s.Score(forecast.Points(ds), m)
		out.smape += sm / n
		out.mase += ma / n
		for j, d := range ds {
			k := n * float64(len(ds))
			if lo, hi := forecast.Interval(d, 0.8); lo <= s.Test[j] && s.Test[j] <= hi {
				out.cov80 += 1 / k
			}
			if lo, hi := forecast.Interval(d, 0.95); lo <= s.Test[j] && s.Test[j] <= hi {
				out.cov95 += 1 / k
			}
		}
	}
	return out
}

func TestAccuracyM3(t *testing.T) {
	for _, set := range []struct {
		file string
		m    int
	}{{"M3_yearly.csv.gz", 1}, {"M3_quarterly.csv.gz", 4}, {"M3_monthly.csv.gz", 12}} {
		all := compete.Load(t, set.file)
		for v := Standard; v <= DOTM; v++ {
			s := score(t, Theta{Variant: v, Season: set.m}, all, set.m)
			t.Logf("%s %s: sMAPE %.3f MASE %.3f cov80 %.3f cov95 %.3f", set.file, v, s.smape, s.mase, s.cov80, s.cov95)
		}
	}
}
