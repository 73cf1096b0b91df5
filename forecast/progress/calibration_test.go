package progress_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"example.com/zhibiao/forecast/progress"
)

func TestReliability(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var os []progress.Outcome
	for i := range 40000 {
		p := rng.Float64()
		os = append(os, progress.Outcome{Cluster: fmt.Sprint(i % 400), P: p, Met: rng.Float64() < p})
	}
	for _, b := range progress.Reliability(os, 10) {
		if math.Abs(b.Observed-b.Stated) > 4*b.SE || b.SE > 0.02 || b.Clusters != 400 {
			t.Errorf("%+v", b)
		}
	}
	// The Brier score of a calibrated uniform probability is E p(1−p) = 1/6.
	near(t, "Brier", progress.Brier(os), 1.0/6, 0.003)
	if s := progress.Skill(os, os); s != 0 {
		t.Errorf("skill against itself %v", s)
	}
}
