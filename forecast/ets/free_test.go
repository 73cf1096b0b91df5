package ets

import (
	"flag"
	"testing"
	"time"

	"example.com/zhibiao/forecast/internal/compete"
)

var full = flag.Bool("full", false, "maximise the likelihood on all M3 series, not on every tenth")

// TestFreeMaximumM3 demands that where the library maximises the likelihood
// freely, it is not lower than R's by more than 1e-4 on at least 99.5 % of the
// M3 yearly and quarterly series, for the model that R chose.
func TestFreeMaximumM3(t *testing.T) {
	for _, set := range []struct {
		name string
		m    int
	}{{"yearly", 1}, {"quarterly", 4}} {
		all := compete.Load(t, "M3_"+set.name+".csv.gz")
		n, worse, better := 0, 0, 0
		t0 := time.Now()
		for i, r := range fits(t, "r_reference_M3_"+set.name+"_fits.csv.gz", set.m) {
			if i%10 != 0 && !*full {
				continue
			}
			n++
			m, err := ETS{Model: r.code, Season: set.m, Initial: Free}.Estimate(all[i].Train)
			if err != nil {
				t.Errorf("%s %s: %v", r.id, r.code, err)
				continue
			}
			switch d := m.kernel() - r.Loglik; {
			case d < -1e-4:
				worse++
				t.Logf("%s %s: log likelihood %.6f, R has %.6f", r.id, r.code, m.kernel(), r.Loglik)
			case d > 1e-4:
				better++
			}
		}
		t.Logf("%s: of %d lower than R by 1e-4 on %d, higher on %d; %v a series", set.name, n, worse, better, time.Since(t0)/time.Duration(n))
		if float64(worse) > 0.005*float64(n) {
			t.Errorf("%s: lower on %d of %d", set.name, worse, n)
		}
	}
}
