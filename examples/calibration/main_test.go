package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
)

func calibration(args []string, in string) (out, said string, err error) {
	var o, e bytes.Buffer
	err = run(args, strings.NewReader(in), &o, &e)
	return o.String(), e.String(), err
}

func competition() string {
	var b strings.Builder
	b.WriteString("\ufeffunique_id,index,y,set\n")
	for s := range 30 {
		for i := range 8 {
			set := "train"
			if i >= 6 {
				set = "test"
			}
			fmt.Fprintf(&b, "s%d,%d,%d,%s\n", s, i, 100+(7*s+13*i*(s%5))%40, set)
		}
	}
	return b.String()
}

func TestCompetition(t *testing.T) {
	out, said, err := calibration([]string{"-method", "drift"}, competition())
	if err != nil {
		t.Fatal(err)
	}
	// 30 series, 20 targets each, two horizons.
	if !strings.Contains(said, "1200 outcomes: Brier score 0.") || !strings.Contains(said, "skill") || strings.Count(out, "\n") != 11 || !strings.HasPrefix(out, "lo,hi,n,clusters,stated,observed,se,within\n0,0.1,") {
		t.Error(said, out)
	}
	again, _, _ := calibration([]string{"-method", "drift"}, competition())
	other, _, _ := calibration([]string{"-method", "drift", "-seed", "2"}, competition())
	if again != out || other == out {
		t.Error("the seed is not the only chance")
	}
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, _ = w.Write([]byte(competition()))
	w.Close()
	if packed, _, err := calibration([]string{"-method", "drift", "-"}, z.String()); err != nil || packed != out {
		t.Error("gzip changes the answer", err)
	}
}

func TestPanel(t *testing.T) {
	var b strings.Builder
	b.WriteString("region,target_year,indicator,target_growth_pct,actual_stated_growth_pct\n")
	for r := range 6 {
		for y := range 5 {
			fmt.Fprintf(&b, "R%d,%d,GDP,%d,%d\n", r, 2015+y, 8, 5+(r+3*y)%7)
		}
	}
	out, said, err := calibration([]string{"-panel", "-bins", "4"}, b.String())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "6 targets have no earlier outcome") || !strings.Contains(said, "24 outcomes") || strings.Count(out, "\n") != 5 {
		t.Error(said, out)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		args     []string
		in, want string
	}{
		{nil, "", "want a header row"},
		{nil, "unique_id,index,y\n", "column set"},
		{nil, "unique_id,index,y,set\na,1,x,train\na,2,3,sideways\n", "row 3, column set"},
		{nil, "unique_id,index,y,set\na,2,1,train\na,1,1,train\n", "not after"},
		{nil, "unique_id,index,y,set\na,1,1,train\n", "series"},
		{[]string{"-method", "nonsense"}, "", "no method"},
		{[]string{"-targets", "0"}, "", "at least 1"},
		{[]string{"a", "b"}, "", "one file"},
		{[]string{"-panel"}, "region,target_year,indicator\n", "no target with a known outcome"},
	} {
		if _, _, err := calibration(c.args, c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v %q: %v, want %q", c.args, c.in, err, c.want)
		}
	}
	if _, said, err := calibration([]string{"-h"}, ""); err == nil || !strings.Contains(said, "Example:") {
		t.Error("-h gives no example")
	}
}
