package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two areas, targets and outcomes in rows of their own, a later revision, a
// break, and levels that contradict the stated growth.
const panel = `region,target_year,indicator,scope,target_growth_pct,target_level,unit,qualifier,commitment,break,vintage,base_level,actual_level,actual_stated_growth_pct
410305,2014,GDP,,8,,亿元,at_least,,,,,,
410305,2014,GDP,,,,亿元,,,,2015,100,108.9,8.9
410305,2014,GDP,,,,亿元,,,,2017,100,107.5,7.5
410305,2015,GDP,,10,,亿元,,确保,,2016,,,9
410306,2014,GDP,,9,,亿元,,力争,,2015,,,9.4
410306,2015,GDP,,9,,亿元,,力争,1,2016,,,12
410306,2015,工业总产值,规上,10,,亿元,,,,2016,207.2,166.7,16.2
410306,2016,GDP,,8,,亿元,,,,,,,
`

func TestRun(t *testing.T) {
	var out, said bytes.Buffer
	judged := filepath.Join(t.TempDir(), "judged.csv")
	if err := run([]string{"-rows", judged}, strings.NewReader(panel), &out, &said); err != nil {
		t.Fatal(err)
	}
	if s := said.String(); !strings.Contains(s, "3 targets judged of 6 rows; no outcome: 1; break: 1; levels contradict the stated growth: 1") {
		t.Error(s)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string][]string{}
	for _, r := range rows {
		at[r[0]+" "+r[1]] = r
	}
	// Gaps +0.9, −1.0 and +0.4: two of three met, mean 0.1; the first published
	// figure of 8.9 counts, not the revision to 7.5.
	for k, want := range map[string][3]string{"all all": {"3", "0.6667", "0.1"}, "commitment 确保": {"1", "0", "-1"}, "commitment 力争": {"1", "1", "0.4"}, "region 410305": {"2", "0.5", "-0.05"}, "indicator GDP": {"3", "0.6667", "0.1"}} {
		r := at[k]
		if r == nil || r[3] != want[0] || r[5] != want[1] || r[8] != want[2] {
			t.Errorf("%s: %v, want n, hit rate and bias %v", k, r, want)
		}
	}
	if r := at["region 410305"]; r[6] != "" { // one area has no interval between areas
		t.Error(r)
	}
	b, err := os.ReadFile(judged)
	if err != nil || strings.Count(string(b), "\n") != 7 || !strings.Contains(string(b), "410306,2015,GDP,,力争,growth,exact,9,12,,,break") {
		t.Errorf("%s %v", b, err)
	}
}

func TestErrors(t *testing.T) {
	var out, said bytes.Buffer
	for _, c := range []struct {
		args     []string
		in, want string
	}{
		{nil, "", "the file is empty"},
		{nil, "region,indicator\n", "column target_year"},
		{nil, "region,target_year,indicator,target_growth_pct\nA,x,GDP,8\nB,2015,GDP,y\n", "row 3, column target_growth_pct"},
		{[]string{"no-such.csv"}, "", "no-such.csv"},
		{[]string{"a", "b"}, "", "one panel"},
	} {
		if err := run(c.args, strings.NewReader(c.in), &out, &said); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.args, err, c.want)
		}
	}
	if out.Len() > 0 {
		t.Error("something was written in spite of a fault")
	}
	if err := run([]string{"-h"}, nil, &out, &said); err == nil || !strings.Contains(said.String(), "Example:") {
		t.Error("-h gives no example")
	}
}
