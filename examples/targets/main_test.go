package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var out, errs bytes.Buffer
	in := "\ufeffindicator,base_value,base_year,current_value,current_year,direction,target,target_year\npoverty,14.5,2015,10.4,2023,down,7.25,2030\n"
	if err := run([]string{"-"}, strings.NewReader(in), &out, &errs); err != nil {
		t.Fatal(err)
	}
	// The worked example of the method: ratio 0.9010899547, score 2.1507.
	if s := out.String(); !strings.Contains(s, "poverty,,open-sdg-2.4,") || !strings.Contains(s, "0.90108995") || !strings.Contains(s, "moderate_progress") || strings.Contains(s, "NaN") {
		t.Error(s)
	}
	if h, _, _ := strings.Cut(out.String(), "\n"); h != "indicator,series,rule,required,observed,ratio,score,verdict,flips" {
		t.Error(h)
	}
	out.Reset()
	// -why adds the rules that two values cannot feed, with the reason.
	if err := run([]string{"-why"}, strings.NewReader(in), &out, &errs); err != nil || !strings.Contains(out.String(), "needs four yearly values") || !strings.Contains(out.String(), "ratio 0.901; cut-offs 0.95") {
		t.Error(err, out.String())
	}
	// Years that leave no way to measure: an answer, not a number.
	out.Reset()
	same := "indicator,base_value,base_year,current_value,current_year,direction,target,target_year\na,1,2020,1,2020,up,2,2030\n"
	if err := run(nil, strings.NewReader(same), &out, &errs); err != nil || !strings.Contains(out.String(), "a,,open-sdg-2.4,,,,,not_available,") {
		t.Error(err, out.String())
	}
	for _, args := range [][]string{{"no-such-file.csv"}, {"a.csv", "b.csv"}, {"-nonsense"}} {
		if err := run(args, strings.NewReader(""), &out, &errs); err == nil {
			t.Errorf("%v was accepted", args)
		}
	}
	bad := "indicator,base_value,base_year,current_value,current_year,direction\na,x,2015,2,2016,up\nb,1,2015,2,2016,sideways\n"
	err := run(nil, strings.NewReader(bad), &out, &errs)
	if err == nil || !strings.Contains(err.Error(), "row 2, column base_value") || !strings.Contains(err.Error(), "row 3, column direction") {
		t.Errorf("want both faults: %v", err)
	}
	if err := run([]string{"-h"}, nil, &out, &errs); err == nil || !strings.Contains(errs.String(), "Example:") {
		t.Error("-h gives no example")
	}
}
