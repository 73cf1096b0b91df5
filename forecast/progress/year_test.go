package progress_test

import (
	"math"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v ± %v", what, got, want, tol)
	}
}

// GDP of China 2021, 亿元, as first published (National Bureau of
// Statistics): three quarters 819 432.3, the year 1 143 669.7, hence 324 237.4
// in the fourth quarter.
func TestSinglesGDP(t *testing.T) {
	c := progress.Cumulated{Year: 2021, Freq: indicators.Quarterly, Through: []int{3, 4}, Value: []float64{819432.3, 1143669.7}}
	s, err := c.Singles()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Q4", s[1].Value, 324237.4, 0.05)
	if s[0].From != 1 || s[0].To != 3 || s[1].From != 4 || !math.IsNaN(s[1].Growth) {
		t.Errorf("%+v", s)
	}
}

// Fiscal revenue of China 2021, 亿元: 41 805.4 (+18.7 %) to February,
// 57 115.0 (+24.2 %) to March; the comparable bases are 35 219.4 and 45 986.3
// and March alone grew by about 42.2 %.
func TestSinglesFiscal(t *testing.T) {
	c := progress.Cumulated{Year: 2021, Freq: indicators.Monthly, Through: []int{2, 3}, Value: []float64{41805.4, 57115.0}, Growth: []float64{18.7, 24.2}}
	s, err := c.Singles()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "March", s[1].Value, 15309.6, 0.05)
	near(t, "base to February", c.ComparableBase(0), 35219.4, 0.05)
	near(t, "base to March", c.ComparableBase(1), 45986.3, 0.05)
	near(t, "growth of March", s[1].Growth, 42.2, 0.05)
	near(t, "growth of January and February", s[0].Growth, 18.7, 1e-9)
}

func TestNowcast(t *testing.T) {
	year := func(y int, q1, q2, q3, all float64) progress.Cumulated {
		return progress.Cumulated{Year: y, Freq: indicators.Quarterly, Through: []int{1, 2, 3, 4}, Value: []float64{q1, q2, q3, all}}
	}
	now := progress.Cumulated{Year: 2022, Freq: indicators.Quarterly, Through: []int{2}, Value: []float64{90}}
	blind, _, _, err := progress.Nowcast(now, nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "half of the year by the calendar", forecast.Median(blind), 180, 1e-6)
	// Three years in which 45 % were done by mid-year: the nowcast goes most
	// of the way from 180 to 200, and is surer.
	wise, _, _, err := progress.Nowcast(now, []progress.Cumulated{year(2019, 20, 45, 70, 100), year(2020, 22, 54, 85, 120), year(2021, 30, 63, 100, 140)})
	if err != nil {
		t.Fatal(err)
	}
	if m := forecast.Median(wise); m < 197 || m > 200 {
		t.Errorf("median %v", m)
	}
	width := func(d forecast.Dist) float64 { lo, hi := forecast.Interval(d, 0.8); return hi - lo }
	if width(wise) >= width(blind) || width(wise) <= 0 {
		t.Errorf("widths %v and %v", width(wise), width(blind))
	}
	if lo := wise.Quantile(1e-6); lo < 90 {
		t.Errorf("less than what is done already: %v", lo)
	}
	done := progress.Cumulated{Year: 2022, Freq: indicators.Quarterly, Through: []int{4}, Value: []float64{190}}
	if d, _, _, err := progress.Nowcast(done, nil); err != nil || forecast.Median(d) != 190 {
		t.Errorf("a full year: %v %v", d, err)
	}
	for _, bad := range []progress.Cumulated{
		{Year: 2022, Freq: indicators.Annual, Through: []int{1}, Value: []float64{1}},
		{Year: 2022, Freq: indicators.Monthly, Through: []int{3, 2}, Value: []float64{1, 2}},
		{Year: 2022, Freq: indicators.Monthly, Through: []int{2}, Value: []float64{-1}},
		{Year: 2022, Freq: indicators.Monthly, Through: []int{2}, Value: []float64{1}, Growth: []float64{1, 2}},
	} {
		if _, _, _, err := progress.Nowcast(bad, nil); err == nil {
			t.Errorf("accepted %+v", bad)
		}
	}
}
