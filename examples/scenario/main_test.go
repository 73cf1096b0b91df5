package main

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
)

func scenario(args ...string) (out, said string, err error) {
	var o, e bytes.Buffer
	err = run(args, strings.NewReader(""), &o, &e)
	return o.String(), e.String(), err
}

func TestSeed(t *testing.T) {
	out, _, err := scenario("-lang", "en", "-grow", "地区生产总值@洛阳市=6%", "-grow", "常住人口@涧西区=1", "-deflator", "3")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string][]string{}
	for _, r := range rows {
		at[r[1]] = r
	}
	// By hand: 698/0.128·1.06⁵·0.15 = 1094.6 takes 9.42 % a year from 698;
	// 1.10·1.01·1.03 = 1.14433; 1500/0.15 = 10000 takes 12.9 %.
	for id, need := range map[string]string{"gdp-share-target-2026": "9.41", "gdp-per-capita-growth-target-2022": "14.433", "gdp-target-2026 gdp-share-target-2026": "12.89"} {
		if r := at[id]; r == nil || !strings.HasPrefix(r[3], need) || r[11] == "" {
			t.Errorf("%s: %v, want %s", id, r, need)
		}
	}
	if r := at["gdp-share-target-2026"]; r[8] == "" || r[8] == r[7] {
		t.Errorf("the assumption does not move the share: %v", r)
	}
	if r := at["gdp-target-2026 gdp-share-target-2026"]; r[10] != "gdp-target-2026" {
		t.Errorf("binds %v", r)
	}
	if strings.Contains(out, "NaN") || strings.Contains(out, "Inf") {
		t.Error(out)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"-grow GDP", "want INDICATOR"}, {"-grow GDP=x", "no growth"}, {"-deflator -100", "no growth"}, {"-lang fr", "want zh or en"}, {"a b", "one file"}, {"missing.csv", "missing.csv"}, {"-", ""},
	} {
		if _, _, err := scenario(strings.Fields(c.args)...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.args, err, c.want)
		}
	}
	if _, said, err := scenario("-h"); err == nil || !strings.Contains(said, "Example:") {
		t.Error("-h gives no example")
	}
}
