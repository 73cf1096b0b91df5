package progress_test

import (
	"math"
	"strings"
	"testing"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// The constructed cases of the reference on the direction of 左右, 以上 and
// 以内, with target wording as in the 2010 national report.
func TestJudgeRow(t *testing.T) {
	nan := math.NaN()
	row := func(growth, level float64, q indicators.Qualifier, d indicators.Direction, ag, al float64) progress.PanelRow {
		return progress.PanelRow{TargetGrowth: growth, TargetLevel: level, Qualifier: q, Better: d, ActualGrowth: ag, ActualLevel: al, BaseLevel: nan}
	}
	for _, c := range []struct {
		name string
		row  progress.PanelRow
		hit  bool
	}{
		{"GDP 8%左右, 8.3", row(8, nan, indicators.About, indicators.Up, 8.3, nan), true},
		{"GDP 8%左右, 7.0", row(8, nan, indicators.About, indicators.Up, 7.0, nan), false},
		{"CPI 3%左右, 2.1", row(3, nan, indicators.About, indicators.Down, 2.1, nan), true},
		{"CPI 3%左右, 3.9", row(3, nan, indicators.About, indicators.Down, 3.9, nan), false},
		{"新增就业 900万人以上, 900", row(nan, 900, indicators.AtLeast, indicators.Up, nan, 900), true},
		{"新增就业 900万人以上, 899", row(nan, 900, indicators.AtLeast, indicators.Up, nan, 899), false},
		{"登记失业率 4.6%以内, 4.6", row(nan, 4.6, indicators.AtMost, indicators.Down, nan, 4.6), true},
		{"登记失业率 4.6%以内, 4.7", row(nan, 4.6, indicators.AtMost, indicators.Down, nan, 4.7), false},
		{"降价30%, 降60%", row(-30, nan, indicators.Exact, indicators.Down, -60, nan), true},
		{"超过400家, 400", row(nan, 400, indicators.Over, indicators.Up, nan, 400), false},
	} {
		if j := progress.JudgeRow(c.row); j.Hit != c.hit || j.Excluded != "" {
			t.Errorf("%s: hit %v, excluded %q", c.name, j.Hit, j.Excluded)
		}
	}
	broken := row(10, nan, indicators.Exact, indicators.Up, 16.2, 166.7)
	broken.BaseLevel = 207.2 // 规上工业总产值 of Hailar 2014: +16.2 % stated, −19.5 % in level
	if j := progress.JudgeRow(broken); j.Excluded == "" {
		t.Error("levels that contradict the stated growth were judged")
	}
}

func TestPanel(t *testing.T) {
	in := `region,target_year,indicator,target_growth_pct,target_level,unit,qualifier,commitment,vintage,actual_level,actual_stated_growth_pct,mine
A,2015,GDP,8,,,at_least,,,,,x
A,2015,GDP,,,,,,2016-01,,8.9,
A,2015,GDP,,,,,,2017-01,,7.5,
B,2015,GDP,10,,,,确保,,,9,
B,2016,GDP,9,,,,力争,,,,
`
	rows, err := progress.ReadPanel(strings.NewReader(in), "panel.csv")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || rows[0].ActualGrowth != 8.9 {
		t.Fatalf("joined wrongly, or a later revision won: %+v", rows)
	}
	var js []progress.Judged
	for _, r := range rows {
		js = append(js, progress.JudgeRow(r))
	}
	if js[2].Excluded != "no outcome" {
		t.Errorf("a target without outcome: %+v", js[2])
	}
	s := progress.Attainment(js)[0]
	// Gaps +0.9 and −1: mean −0.05; the two cluster residuals ±0.95 give
	// se = sqrt(2·2·0.95²)/2 = 0.95, and t(1) at 97.5 % is 12.706.
	if s.N != 2 || s.Areas != 2 || s.Hit != 0.5 || math.Abs(s.Bias+0.05) > 1e-12 || math.Abs(s.BiasHi-(-0.05+12.7062047*0.95)) > 1e-5 || math.Abs(s.Miss-1) > 1e-12 {
		t.Errorf("%+v", s)
	}
	// 万元 and 亿元 are one thing; 公顷 is not, nor are two outcomes of one day.
	rows, err = progress.ReadPanel(strings.NewReader("region,target_year,indicator,target_level,actual_level,unit,vintage\nA,2015,税收,10,,亿元,\nA,2015,税收,,98000,万元,2016\n"), "units.csv")
	if err != nil || len(rows) != 1 || math.Abs(rows[0].ActualLevel-9.8) > 1e-12 {
		t.Errorf("%+v %v", rows, err)
	}
	_, err = progress.ReadPanel(strings.NewReader("region,target_year,indicator,target_level,actual_level,unit,vintage\nA,2015,税收,10,,亿元,\nA,2015,税收,,98,公顷,2016\nB,2015,税收,10,9,,2016\nB,2015,税收,,8,,2016\n"), "units.csv")
	for _, want := range []string{"row 3: the unit 公顷", "row 5: another outcome"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q in %v", want, err)
		}
	}
	_, err = progress.ReadPanel(strings.NewReader("region,target_year,indicator,target_growth_pct\nA,x,GDP,8\nA,2015,,9\nA,2016,GDP,8\nA,2016,GDP,9\n"), "bad.csv")
	for _, want := range []string{"row 2, column target_year", "row 3, column indicator", "row 5", "another target"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q in: %v", want, err)
		}
	}
}
