package progress_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

const goldenFile = "../../../shared/reference/statcan_progress.csv"

// readTracks reads the table of the Canadian Indicator Framework.
func readTracks(t *testing.T) (tracks []progress.Track, rows [][]string) {
	f, err := os.Open(goldenFile)
	if err != nil {
		t.Skipf("the golden file of the Canadian Indicator Framework is absent: %v", err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	num := func(s string) float64 {
		if s == "" {
			return math.NaN()
		}
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, r := range all[1:] {
		tracks = append(tracks, progress.Track{
			Base: num(r[2]), BaseYear: num(r[3]), Current: num(r[4]), CurrentYear: num(r[5]), Better: indicators.Direction(num(r[6])), Limit: num(r[7]),
			Target: num(r[8]), TargetYear: num(r[9]),
		})
	}
	return tracks, all[1:]
}

// All rows of cif-data-donnees-cic@d38e8053, as kept in the reference folder.
func TestStatCanGolden(t *testing.T) {
	tracks, rows := readTracks(t)
	given := 0
	for i, tr := range tracks {
		r := rows[i]
		p := progress.StatCan(tr)
		if r[10] == "" {
			if p.Verdict != progress.NotAvailable {
				t.Errorf("%s: %s, want not_available", r[0], p.Verdict)
			}
			continue
		}
		given++
		want, _ := strconv.ParseFloat(r[10], 64)
		score, _ := strconv.ParseFloat(r[11], 64)
		if math.Abs(p.Ratio-want) > 1e-9*max(1, math.Abs(want)) {
			t.Errorf("%s %s: ratio %v, want %v", r[0], r[1], p.Ratio, want)
		}
		if math.Abs(p.Score-score) > 1e-4 {
			t.Errorf("%s %s: score %v, want %v", r[0], r[1], p.Score, score)
		}
		if p.Verdict != r[12] {
			t.Errorf("%s %s: %s, want %s", r[0], r[1], p.Verdict, r[12])
		}
	}
	if given != 125 {
		t.Errorf("%d rows have a verdict, want 125", given)
	}
}

func nan() float64 { return math.NaN() }

func TestStatCanVectors(t *testing.T) {
	up, down := indicators.Up, indicators.Down
	for _, c := range []struct {
		name         string
		tr           progress.Track
		ratio, score float64
		verdict      string
	}{
		// cif-data-donnees-cic@0004afd1.
		{"1-1-1 of another vintage", progress.Track{Base: 14.5, BaseYear: 2015, Current: 10.2, CurrentYear: 2023, Target: 7.25, TargetYear: 2030, Better: down, Limit: nan()}, 0.9525901792, 2.51855639, "substantial_progress"},
		{"15-5-1 of another vintage", progress.Track{Base: 70, BaseYear: 2015, Current: 68, CurrentYear: 2021, Target: 100, TargetYear: 2030, Better: down, Limit: nan()}, 0.2002886870, 5, "target_achieved"},
		// EUSTAT-DES/data@00a0109c; the scores there use exact slopes, which
		// differ by less than 1e-4.
		{"EUSTAT 4-5-1", progress.Track{Base: 100.0 / 91, BaseYear: 2015, Current: 100.0 / 97, CurrentYear: 2024, Target: 1, TargetYear: 2030, Better: down, Limit: nan()}, 1.1279340240, 3.7709573145, "substantial_progress"},
		{"EUSTAT 5-4-1", progress.Track{Base: 1.8983050847, BaseYear: 2013, Current: 1.4677419355, CurrentYear: 2023, Target: 1, TargetYear: 2030, Better: down, Limit: nan()}, 0.6863362874, 0.6166877675, "moderate_progress"},
		{"EUSTAT 3-2-1, base beyond the target", progress.Track{Base: 3.4, BaseYear: 2015, Current: 2.3, CurrentYear: 2024, Target: 25, TargetYear: 2030, Better: down, Limit: nan()}, 0.2987539339, 5, "target_achieved"},
		// Edge cases that the methodology page states.
		{"base equals target and is held", progress.Track{Base: 1, BaseYear: 2015, Current: 1, CurrentYear: 2020, Target: 1, TargetYear: 2030, Better: down, Limit: nan()}, nan(), 5, "target_achieved"},
		{"base equals target, moved away", progress.Track{Base: 1, BaseYear: 2015, Current: 1.07, CurrentYear: 2020, Target: 1, TargetYear: 2030, Better: down, Limit: nan()}, nan(), nan(), "not_available"},
		{"base at the limit, held", progress.Track{Base: 100, BaseYear: 2015, Current: 100, CurrentYear: 2020, Target: nan(), Better: up, Limit: 100}, 0, 5, "substantial_progress"},
		{"negative base", progress.Track{Base: -3, BaseYear: 2015, Current: 2, CurrentYear: 2020, Target: 5, TargetYear: 2030, Better: up, Limit: nan()}, nan(), nan(), "not_available"},
		{"no direction", progress.Track{Base: 3, BaseYear: 2015, Current: 4, CurrentYear: 2020, Target: 5, TargetYear: 2030, Limit: nan()}, nan(), nan(), "not_available"},
		{"target year before the base", progress.Track{Base: 3, BaseYear: 2015, Current: 4, CurrentYear: 2020, Target: 5, TargetYear: 2015, Better: up, Limit: nan()}, nan(), nan(), "not_available"},
		// Target 0 counts as 0.001: 10 → 5 in 5 years is −12.94 % a year, 10 → 0.001 in 15 is −45.88 %.
		{"target zero", progress.Track{Base: 10, BaseYear: 2015, Current: 5, CurrentYear: 2020, Target: 0, TargetYear: 2030, Better: down, Limit: nan()}, (1 - math.Pow(0.5, 0.2)) / (1 - math.Pow(1e-4, 1.0/15)), 4.1667*(1-math.Pow(0.5, 0.2))/(1-math.Pow(1e-4, 1.0/15)) - 2.5, "limited_progress"},
	} {
		p := progress.StatCan(c.tr)
		same := func(a, b, tol float64) bool { return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= tol }
		if !same(p.Ratio, c.ratio, 1e-9) || !same(p.Score, c.score, 1e-4) || p.Verdict != c.verdict {
			t.Errorf("%s: ratio %v score %v %s, want %v %v %s", c.name, p.Ratio, p.Score, p.Verdict, c.ratio, c.score, c.verdict)
		}
		if p.Verdict == progress.NotAvailable && p.Why == "" {
			t.Errorf("%s: no reason given", c.name)
		}
	}
}

// The calculated cross-checks of the reference: UN on 1-1-1, and a German
// series with three targets.
func TestOtherMethods(t *testing.T) {
	p := progress.UNProgressChart(progress.Track{Base: 14.5, BaseYear: 2015, Current: 10.4, CurrentYear: 2023, Target: 7.25, TargetYear: 2030, Better: indicators.Down, Limit: nan()})
	if math.Abs(p.Ratio-0.9275) > 5e-5 || p.Verdict != "fair_progress_accelerate" {
		t.Errorf("UN: %v %s", p.Ratio, p.Verdict)
	}
	h := []float64{10.0, 10.4, 10.9, 11.3, 11.8, 12.3}
	for _, c := range []struct {
		target float64
		want   string
	}{{15, "sun"}, {15.3, "sun_and_cloud"}, {16, "cloud"}, {12, "sun"}} {
		p := progress.Destatis(progress.Track{Base: 10, BaseYear: 2015, Current: 12.3, CurrentYear: 2020, Target: c.target, TargetYear: 2026, Better: indicators.Up, Limit: nan(), History: h})
		if p.Verdict != c.want || math.Abs(p.Observed-0.46) > 1e-12 {
			t.Errorf("Destatis with target %v: %s (%s), want %s", c.target, p.Verdict, p.Why, c.want)
		}
	}
	p = progress.Destatis(progress.Track{Current: 12.3, CurrentYear: 2020, Target: 8, TargetYear: 2026, Better: indicators.Down, Limit: nan(), History: h})
	if p.Verdict != "thunderstorm" {
		t.Errorf("moving away: %s", p.Verdict)
	}
	if p := progress.Destatis(progress.Track{Current: 1, CurrentYear: 2020, Target: 8, TargetYear: 2026, Better: indicators.Up, Limit: nan(), History: h[:3]}); p.Verdict != progress.NotAvailable {
		t.Errorf("three values: %s", p.Verdict)
	}
	// Rounding: 14.5 ± 0.05 and 10.2 ± 0.05 span the cut at 0.95, with 10.4 they do not.
	for _, c := range []struct {
		now   float64
		flips bool
	}{{10.2, true}, {10.4, false}} {
		p := progress.StatCan(progress.Track{Base: 14.5, BaseYear: 2015, Current: c.now, CurrentYear: 2023, Target: 7.25, TargetYear: 2030, Better: indicators.Down, Limit: nan(),
			BaseInterval: indicators.Interval{Lo: 14.45, Hi: 14.55, HiOpen: true}, CurrentInterval: indicators.Interval{Lo: c.now - 0.05, Hi: c.now + 0.05, HiOpen: true}})
		if p.Flips != c.flips {
			t.Errorf("%v: flips %v", c.now, p.Flips)
		}
	}
	// The bulletin of the reference: 17.41 of 135.46 亿元 by February, 3.82 points behind.
	s := progress.Schedule(indicators.Interval{Lo: 17.405, Hi: 17.415, HiOpen: true}, 135.46, 2)
	if math.Abs(s.Observed-12.853) > 5e-4 || math.Abs(s.Observed-s.Required+3.82) > 0.01 || s.Verdict != "behind" || s.Flips {
		t.Errorf("schedule: %+v", s)
	}
}
