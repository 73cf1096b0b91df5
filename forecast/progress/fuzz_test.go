package progress_test

import (
	"io"
	"strings"
	"testing"

	"example.com/zhibiao/forecast/progress"
)

// Whatever stands in a table, reading it gives rows that can be judged or an
// error, never a panic.
func FuzzReadTracks(f *testing.F) {
	f.Add("indicator,base_value,base_year,current_value,current_year,direction,target,target_year\np,14.5,2015,10.4,2015-16,down,7.25,2030\n")
	f.Add("indicator,base_value,base_year,current_value,current_year,direction,limit\np,0,2015,-1e300,2016,1,100\nq,,,,,up,\n")
	f.Add("\ufeffindicator,indicator\n\"")
	f.Fuzz(func(t *testing.T, s string) {
		rows, err := progress.ReadTracks(strings.NewReader(s), "f.csv")
		if err != nil {
			return
		}
		if err := progress.ExplainVerdicts(io.Discard, progress.Verdicts(rows), true); err != nil {
			t.Error(err)
		}
	})
}

// The same of a panel.
func FuzzReadPanel(f *testing.F) {
	f.Add("region,target_year,indicator,target_growth_pct,actual_stated_growth_pct\nA,2015,GDP,8%,7.2\n")
	f.Add("region,target_year,indicator,target_level,actual_level,base_level,unit,qualifier,direction,break,vintage\nA,2015,x,0,1,0,亿元,over,down,1,2016\nA,2015,x,0,1,,万元,,,,2015\n")
	f.Add("region,target_year,indicator,target_growth_pct\nA,2015,x,8\nA,2015,x,9\n")
	f.Fuzz(func(t *testing.T, s string) {
		rows, err := progress.ReadPanel(strings.NewReader(s), "f.csv")
		if err != nil {
			return
		}
		js := make([]progress.Judged, len(rows))
		for i, r := range rows {
			js[i] = progress.JudgeRow(r)
		}
		if err := progress.WriteAttainment(io.Discard, progress.Attainment(js)); err != nil {
			t.Error(err)
		}
		if err := progress.WriteJudged(io.Discard, js); err != nil {
			t.Error(err)
		}
	})
}

// And of a competition file.
func FuzzReadPast(f *testing.F) {
	f.Add("unique_id,index,y,set\na,1,10,train\na,2,,train\na,3,14,test\n")
	f.Add("set,y,index,unique_id\ntest,1e308,1,\n")
	f.Fuzz(func(t *testing.T, s string) {
		ps, err := progress.ReadPast(strings.NewReader(s), "f.csv")
		if err != nil {
			return
		}
		stated, _, err := progress.Calibrate(ps, logWalk{0.1}, 2, 1)
		if err == nil && len(stated) > 0 {
			if b := progress.Brier(stated); !(b >= 0 && b <= 1) {
				t.Errorf("Brier score %v", b)
			}
		}
	})
}
