package theta

import (
	"flag"
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

// TestAccuracyM3 holds the library to the scores it claims. Settings were
// chosen on the training parts of M4, not here.
func TestAccuracyM3(t *testing.T) {
	for _, tt := range []struct {
		file    string
		m       int
		v       Variant
		atMost  float64 // sMAPE
		atLeast float64 // coverage of the 95 % interval; R's thetaf has .843, .872
	}{
		{"M3_yearly.csv.gz", 1, Standard, 16.80, 0.86},
		{"M3_yearly.csv.gz", 1, DOTM, 15.95, 0.80},
		{"M3_quarterly.csv.gz", 4, Standard, 9.21, 0.87},
		{"M3_quarterly.csv.gz", 4, DOTM, 9.20, 0.83},
		{"M3_monthly.csv.gz", 12, Standard, 13.80, 0.89},
		{"M3_monthly.csv.gz", 12, DOTM, 13.75, 0.88},
	} {
		s := score(t, Theta{Variant: tt.v, Season: tt.m}, compete.Load(t, tt.file), tt.m)
		t.Logf("%s %s: sMAPE %.3f MASE %.3f, coverage %.3f and %.3f", tt.file, tt.v, s.smape, s.mase, s.cov80, s.cov95)
		if s.smape > tt.atMost || s.cov95 < tt.atLeast {
			t.Errorf("%s %s: sMAPE %.3f, want at most %.2f; coverage %.3f, want at least %.2f", tt.file, tt.v, s.smape, tt.atMost, s.cov95, tt.atLeast)
		}
	}
}

var full = flag.Bool("full", false, "score on the M4 training parts too")

// TestChoices is how the settings were chosen: on the last values of the
// training parts of M4. It runs with -full.
func TestChoices(t *testing.T) {
	if !*full {
		t.Skip("reads large files; run with -full")
	}
	smape := func(all []compete.Series, m int, f Theta) float64 {
		f.Season = m
		sum, n := 0.0, 0.0
		for _, s := range all {
			mean, _ := estimate(t, f, s.Train).Moments(len(s.Test))
			sm, _ := s.Score(mean, m)
			sum += sm
			n++
		}
		return sum / n
	}
	for _, set := range []struct {
		file       string
		m, h, need int
	}{{"M4_yearly_train.csv.gz", 1, 6, 8}, {"M4_quarterly_train.csv.gz", 4, 8, 10}} {
		all := compete.HoldOut(compete.Load(t, set.file), set.h, set.need)
		got := smape(all, set.m, Theta{Variant: DOTM})
		for name, other := range map[string]Theta{
			"first level estimated": {Variant: DOTM, FreeLevel: true},
			"original season":       {Variant: DOTM, Adjust: Tested},
		} {
			s := smape(all, set.m, other)
			t.Logf("%s: sMAPE %.3f, %s %.3f", set.file, got, name, s)
			if got > s {
				t.Errorf("%s: sMAPE %.3f, %s %.3f", set.file, got, name, s)
			}
		}
	}
}
