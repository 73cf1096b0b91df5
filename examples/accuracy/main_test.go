package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// two is two series; the second is too short for a drift when cut to 2.
const two = `unique_id,index,y,set
a,1,10,train
a,2,12,train
a,3,11,train
a,4,14,train
a,5,16,test
a,6,15,test
b,1,100,train
b,2,100,train
b,3,110,train
b,4,120,test
b,5,130,test
`

func execute(t *testing.T, in string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	err = run(append([]string{"-data", "-"}, args...), strings.NewReader(in), &out, &errs)
	return out.String(), errs.String(), err
}

func scores(t *testing.T, in string, args ...string) []row {
	t.Helper()
	out, stderr, err := execute(t, in, append([]string{"-json"}, args...)...)
	if err != nil || stderr != "" {
		t.Fatal(err, stderr)
	}
	var keys []map[string]any
	if err := json.Unmarshal([]byte(out), &keys); err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		got := slices.Sorted(maps.Keys(k))
		if strings.Join(got, " ") != "coverage80 coverage95 cpu_ms failures mase method msis95 owa series smape" {
			t.Errorf("keys %v", got)
		}
	}
	var rows []row
	if err := json.Unmarshal([]byte(out), &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// Worked by hand. a: naive 14 against 16, 15, scale 2; b: naive 110 against
// 120, 130, scale 5.
func TestScores(t *testing.T) {
	r := scores(t, two, "-methods", "naive,drift")[0]
	smape := (200*2./30 + 200*1./29 + 200*10./230 + 200*20./240) / 4
	mase := (1.5/2 + 15./5) / 2
	if r.Method != "naive" || r.Series != 2 || math.Abs(float64(r.SMAPE)-smape) > 1e-12 || math.Abs(float64(r.MASE)-mase) > 1e-12 || r.OWA != 1 || r.Failures != 0 {
		t.Errorf("%+v, want sMAPE %g, MASE %g", r, smape, mase)
	}
	// Cut to two points the drift fails and is scored as naive; the scale is
	// still that of the full history.
	cut := scores(t, two, "-methods", "drift", "-last", "2")[0]
	if cut.Failures != 2 || math.Abs(float64(cut.MASE)-mase) > 1e-12 {
		t.Errorf("last 2: %+v", cut)
	}
	// Held out: a 14 by 11, scale 1.5; b 110 by 100, scale 0 without an error
	// is impossible: cut to the history 100, 100 it never moves.
	out, stderr, err := execute(t, two, "-methods", "naive", "-holdout", "1")
	if err != nil || !strings.Contains(stderr, "1 series have a history that never moves") {
		t.Errorf("%v, %q", err, stderr)
	}
	if !strings.Contains(out, "2.000") { // 3/1.5
		t.Errorf("holdout: %s", out)
	}
}

func TestTable(t *testing.T) {
	out, _, err := execute(t, two, "-methods", "naive, mean")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 || len(strings.Fields(lines[2])) != 10 || strings.Fields(lines[2])[0] != "mean" {
		t.Errorf("%s", out)
	}
}

func TestGzipFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "two.csv.gz")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	_, _ = io.WriteString(z, two)
	z.Close()
	f.Close()
	var out bytes.Buffer
	if err := run([]string{"-data", name, "-methods", "naive"}, nil, &out, io.Discard); err != nil || !strings.Contains(out.String(), "naive") {
		t.Errorf("%v, %s", err, out.String())
	}
}

func TestErrors(t *testing.T) {
	head := "unique_id,index,y,set\n"
	for _, c := range []struct {
		in   string
		args []string
		says string
	}{
		{"", nil, "the file is empty"},
		{head, nil, "no series"},
		{"unique_id,index,y\n", nil, "line 1: no column set"},
		{head + "a,1,x,train\n", nil, `line 2: y "x" is not a number`},
		{head + "a,one,1,train\n", nil, `line 2: index "one" is not a number`},
		{head + "a,1,1,train\na,1,2,train\n", nil, "line 3: series a: index 1 is not after"},
		{head + "a,1,1,training\n", nil, `line 2: set "training" is neither`},
		{head + "a,1,1,test\na,2,1,train\n", nil, "line 3: series a: a training row after test rows"},
		{head + "a,1,1,train\nb,1,1,train\na,2,1,train\n", nil, "line 4: series a returns"},
		{head + "a,1,1,train\n", nil, "series a has no test rows; -holdout"},
		{head + "a,1,1,test\n", nil, "series a has no training value"},
		{head + "a,1,1,train\na,2,,test\n", nil, "series a has no test value"},
		{head + "a,1,1,train\n", []string{"-holdout", "1"}, "-holdout 1 leaves none"},
		{head + "a,1\n", nil, "line 2"},
		{two, []string{"-methods", "naive,magic"}, `no method "magic"; there are naive`},
		{two, []string{"-season", "0"}, "-season 0"},
		{two, []string{"-last", "-3"}, "-last -3"},
		{two, []string{"-holdout", "-3"}, "-holdout -3"},
		{two, []string{"extra"}, "no flag"},
	} {
		if _, _, err := execute(t, c.in, c.args...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q %v: %v, want %q", c.in, c.args, err, c.says)
		}
	}
	var help bytes.Buffer
	if err := run([]string{"-h"}, nil, io.Discard, &help); !errors.Is(err, flag.ErrHelp) || !strings.Contains(help.String(), "Example:") {
		t.Errorf("help: %v", err)
	}
	if err := run(nil, nil, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "-data") {
		t.Errorf("no file: %v", err)
	}
	if err := run([]string{"-data", "no/such.csv"}, nil, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "no/such.csv") {
		t.Errorf("missing file: %v", err)
	}
}
