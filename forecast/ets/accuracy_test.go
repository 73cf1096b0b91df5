package ets

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

// TestAccuracyM3 holds the library to the scores it claims. The rule for
// initial states was chosen on the training parts of M4, not here.
func TestAccuracyM3(t *testing.T) {
	for _, tt := range []struct {
		file    string
		m       int
		name    string
		f       forecast.Forecaster
		atMost  float64 // sMAPE
		atLeast float64 // coverage of the 95 % interval; R's ets has .843, .872
	}{
		{"M3_yearly.csv.gz", 1, "ets", ETS{}, 17.01, 0.85},
		{"M3_yearly.csv.gz", 1, "ses", SES{}, 18.0, 0.75},
		{"M3_yearly.csv.gz", 1, "holt", Holt{}, 19.5, 0.75},
		{"M3_yearly.csv.gz", 1, "damped", Holt{Damped: true}, 17.2, 0.75},
		{"M3_quarterly.csv.gz", 4, "ets", ETS{Season: 4}, 9.70, 0.85},
		{"M3_quarterly.csv.gz", 4, "hw", HoltWinters{Season: 4, Multiplicative: true, Damped: true}, 9.80, 0.85},
	} {
		s := score(t, tt.f, compete.Load(t, tt.file), tt.m)
		t.Logf("%s %s: sMAPE %.3f MASE %.3f, coverage %.3f and %.3f", tt.file, tt.name, s.smape, s.mase, s.cov80, s.cov95)
		if s.smape > tt.atMost || s.cov95 < tt.atLeast {
			t.Errorf("%s %s: sMAPE %.3f, want at most %.2f; coverage %.3f, want at least %.2f", tt.file, tt.name, s.smape, tt.atMost, s.cov95, tt.atLeast)
		}
	}
}
