package progress_test

import (
	"testing"

	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/internal/compete"
	"example.com/zhibiao/forecast/progress"
)

// On the yearly series of the M3 competition the probabilities of the default
// method save at least a tenth of the reference's Brier score. The reliability
// table is logged, not asserted: the bands from 0.1 to 0.3 state more than
// comes true, by more than two points and two clustered standard errors.
func TestSkillM3(t *testing.T) {
	var series []progress.Past
	for _, s := range compete.Load(t, "M3_yearly.csv.gz") {
		series = append(series, progress.Past{Key: s.ID, Train: s.Train, Test: s.Test})
	}
	stated, ref, err := progress.Calibrate(series, auto.Auto{}, 20, 1)
	if err != nil {
		t.Fatal(err)
	}
	skill := progress.Skill(stated, ref)
	t.Logf("%d outcomes, Brier %.4f, reference %.4f, skill %.3f", len(stated), progress.Brier(stated), progress.Brier(ref), skill)
	if skill < 0.10 {
		t.Errorf("Brier skill %.3f, want at least 0.10", skill)
	}
	for _, b := range progress.Reliability(stated, 10) {
		t.Logf("%.1f–%.1f: %6d outcomes, stated %.3f, observed %.3f, se %.3f, within bounds %v", b.Lo, b.Hi, b.N, b.Stated, b.Observed, b.SE, b.Reliable())
	}
}
