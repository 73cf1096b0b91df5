package progress_test

import (
	"math"
	"strings"
	"testing"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// printed is what a number printed with two decimals may be.
func printed(x float64) indicators.Interval {
	return indicators.Interval{Lo: x - 0.005, Hi: x + 0.005, HiOpen: true}
}

// The bulletin on a district's 100 key projects to February, as in the
// reference: three wrong rates and one mismatch of totals, the sums of what was
// done being rounding.
func TestBulletin(t *testing.T) {
	wrong := 0
	for _, c := range []struct {
		item             string
		done, plan, rate float64
		lo, hi           float64 // implied, as the reference prints it
		want             progress.Agreement
	}{
		{"all projects", 17.41, 135.46, 12.85, 12.849, 12.857, progress.Consistent},
		{"省重点", 6.50, 44.62, 14.54, 14.555, 14.580, progress.Contradictory},
		{"市重点", 2.74, 10.66, 21.85, 25.64, 25.76, progress.Contradictory},
		{"区重点", 8.19, 80.18, 10.20, 10.208, 10.221, progress.Contradictory},
	} {
		a, implied, off := progress.CheckRate(printed(c.done), printed(c.plan), printed(c.rate))
		if a != c.want || math.Abs(implied.Lo-c.lo) > 0.0051 || math.Abs(implied.Hi-c.hi) > 0.0051 || (off > 0) != (a == progress.Contradictory) {
			t.Errorf("%s: %v %v, off %v", c.item, a, implied, off)
		}
		if a == progress.Contradictory {
			wrong++
		}
		if c.item == "区重点" && math.Abs(off-0.003) > 0.0005 {
			t.Errorf("off by %v, want 0.003", off)
		}
	}
	if wrong != 3 {
		t.Errorf("%d wrong rates", wrong)
	}
	if a, _, off := progress.CheckSum(printed(17.41), printed(6.50), printed(2.74), printed(8.19)); a != progress.Rounding || off != 0 {
		t.Errorf("done by level: %v %v", a, off)
	}
	if a, _, _ := progress.CheckSum(printed(135.46), printed(44.62), printed(10.66), printed(80.18)); a != progress.Consistent {
		t.Errorf("plan by level: %v", a)
	}
	if a, _, off := progress.CheckSum(printed(135.46), printed(134.11)); a != progress.Contradictory || math.Abs(off-1.34) > 0.001 {
		t.Errorf("plan by type: %v %v", a, off)
	}
}

// Section 9 of the reference: doubling in ten years with three left, in two
// vintages; published averages.
func TestRequiredVectors(t *testing.T) {
	index := func(rates ...float64) float64 {
		x := 1.0
		for _, r := range rates {
			x *= 1 + r/100
		}
		return x
	}
	pace := func(from, to, n float64) float64 {
		g, ok := indicators.Growth(indicators.Point(from), indicators.Point(to), n)
		if !ok {
			t.Fatal("no growth")
		}
		return g.Lo
	}
	first := index(9.5, 7.9, 7.8, 7.3, 6.9, 6.7, 6.9)
	near(t, "index", first, 1.6664, 5e-5)
	near(t, "doubling", pace(first, 2, 3), 6.27, 0.005)
	near(t, "doubling, later vintage", pace(index(9.6, 7.9, 7.8, 7.4, 7.0, 6.8, 6.9), 2, 3), 6.14, 0.005)
	near(t, "two years", pace(1, index(2.2, 8.1), 2), 5.109, 0.0005)
	near(t, "two years, revised", pace(1, index(2.3, 8.1), 2), 5.160, 0.0005)
	near(t, "foreign trade", pace(32.2, 43.8, 4), 7.995, 0.0005)
	near(t, "four years", pace(1, index(8.6, 3.1, 5.4, 5.0), 4), 5.507, 0.0005)
}

// The file of the Canadian Indicator Framework through the reader and writer
// of the program: every verdict in its own words.
func TestGoldenTable(t *testing.T) {
	_, rows := readTracks(t)
	var in strings.Builder
	for _, r := range append([][]string{{"indicator", "series", "base_value", "base_year", "current_value", "current_year", "direction", "limit", "target", "target_year", "progress_value", "score", "status"}}, rows...) {
		for k, cell := range r {
			if k > 0 {
				in.WriteByte(',')
			}
			in.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
		in.WriteByte('\n')
	}
	tracks, err := progress.ReadTracks(strings.NewReader(in.String()), "golden.csv")
	if err != nil || len(tracks) != len(rows) {
		t.Fatal(len(tracks), err)
	}
	k, given := 0, 0
	for _, v := range progress.Verdicts(tracks) {
		if v.Rule != progress.RuleStatCan {
			continue
		}
		if want := rows[k][12]; v.Verdict != want {
			t.Errorf("%s: %s, want %s", v.Indicator, v.Verdict, want)
		}
		if v.Verdict != progress.NotAvailable {
			given++
		}
		k++
	}
	if k != len(rows) || given != 125 {
		t.Errorf("%d rows, %d with a verdict", k, given)
	}
}
