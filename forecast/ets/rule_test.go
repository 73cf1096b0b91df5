package ets

import (
	"testing"

	"example.com/zhibiao/forecast/internal/compete"
)

// TestInitialRule is how the rule for initial states was chosen: on the last
// values of the training parts of M4, every eighth yearly and every thirtieth
// quarterly series, Line against Free. It runs with -full.
func TestInitialRule(t *testing.T) {
	if !*full {
		t.Skip("takes a minute; run with -full")
	}
	for _, set := range []struct {
		file           string
		m, h, need, in int
	}{{"M4_yearly_train.csv.gz", 1, 6, 8, 8}, {"M4_quarterly_train.csv.gz", 4, 8, 10, 30}} {
		var some []compete.Series
		for i, s := range compete.HoldOut(compete.Load(t, set.file), set.h, set.need) {
			if i%set.in == 0 {
				some = append(some, s)
			}
		}
		line := score(t, ETS{Season: set.m}, some, set.m)
		free := score(t, ETS{Season: set.m, Initial: Free}, some, set.m)
		t.Logf("%s, %d series: sMAPE %.3f under Line, %.3f under Free", set.file, len(some), line.smape, free.smape)
		if line.smape > free.smape {
			t.Errorf("%s: sMAPE %.3f under Line, %.3f under Free", set.file, line.smape, free.smape)
		}
	}
}
