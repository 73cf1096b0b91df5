package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func execute(t *testing.T, in string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	err = run(append(args, "-"), strings.NewReader(in), &out, &errs)
	return out.String(), errs.String(), err
}

func rows(t *testing.T, in string, args ...string) map[string]row {
	t.Helper()
	out, stderr, err := execute(t, in, append([]string{"-json"}, args...)...)
	if err != nil || stderr != "" {
		t.Fatal(err, stderr)
	}
	var keys []map[string]any
	if err := json.Unmarshal([]byte(out), &keys); err != nil {
		t.Fatal(err)
	}
	if len(keys[0]) != 11 {
		t.Errorf("keys %v", keys[0])
	}
	var rs []row
	if err := json.Unmarshal([]byte(out), &rs); err != nil { // null leaves 0
		t.Fatal(err)
	}
	m := map[string]row{}
	for _, r := range rs {
		m[r.Kind+string(rune('0'+r.N))] = r
	}
	return m
}

func near(a number, b float64) bool { return math.Abs(float64(a)-b) < 1e-9 }

func itoa(n int) string { return strconv.Itoa(n) }

func ftoa(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }

func smape(y, f float64) float64 { return 200 * math.Abs(y-f) / (math.Abs(y) + math.Abs(f)) }

// Two areas, naive: the median is the last value. a goes 10, 12, 12, 15, b
// 20, 30, 24.
const two = `unique_id,ds,y
a,2018,10
a,2019,12
a,2020,12
a,2021,15
b,2018,20
b,2019,30
b,2020,24
`

func TestScores(t *testing.T) {
	m := rows(t, two, "-method", "naive", "-last", "2,1,2")
	one, pair := m["all1"], m["all2"]
	// naive needs two values for its interval and fails with one here.
	if one.Cases+one.Failures != 5 {
		t.Errorf("%+v", one)
	}
	// From two values: 12 after (10, 12), 15 after (12, 12), 24 after (20, 30).
	d := []float64{
		smape(12, 12) - smape(12, 14.4), // a
		smape(15, 12) - smape(15, 12),
		smape(24, 30) - smape(24, 45), // b
	}
	mean := (d[0] + d[1] + d[2]) / 3
	ea, eb := d[0]+d[1]-2*mean, d[2]-mean
	se := math.Sqrt((ea*ea+eb*eb)*2) / 3
	if pair.Cases != 3 || !near(pair.Above, 0.5) || !near(pair.Last, mean) || !near(pair.LastSE, se) { // a tie counts half
		t.Errorf("%+v; want above 0.5, %g ± %g", pair, mean, se)
	}
	e := []float64{
		smape(12, 12) - smape(12, 12*1.16),
		smape(15, 12) - smape(15, 12),
		smape(24, 30) - smape(24, 30*1.4),
	}
	if want := (e[0] + e[1] + e[2]) / 3; !near(pair.Damped, want) {
		t.Errorf("0.8 times: %g, want %g", pair.Damped, want)
	}
	// Two periods ahead: 12 and 15 after (10, 12) and nothing else.
	far := rows(t, two, "-method", "naive", "-last", "2", "-horizon", "2")["all2"]
	if far.Cases != 1 || !near(far.Last, smape(15, 12)-smape(15, 12*1.44)) {
		t.Errorf("two ahead: %+v", far)
	}
}

// With one area the errors are clustered by series.
func TestOneArea(t *testing.T) {
	in := strings.ReplaceAll(two, "\n", ",x\n")
	in = strings.Replace(in, "y,x", "y,area", 1)
	one := rows(t, in, "-method", "naive", "-last", "2")["all2"]
	if other := rows(t, two, "-method", "naive", "-last", "2")["all2"]; one.LastSE != other.LastSE {
		t.Errorf("clustered by series %g, by area %g", one.LastSE, other.LastSE)
	}
	only := strings.Join(strings.SplitAfter(two, "\n")[:5], "")
	out, _, err := execute(t, only, "-method", "naive", "-last", "2")
	if f := strings.Fields(strings.Split(out, "\n")[1]); err != nil || f[7] != "–" || f[6] == "–" {
		t.Errorf("one series has the error of its cluster: %s %v", out, err)
	}
}

// Percentages and growth rates go on by points; kinds have rows of their own,
// with expectations and bounds.
func TestKinds(t *testing.T) {
	in := `unique_id,ds,y,unit,indicator,nature
u,2018,50,%,城镇化率,
u,2019,52,,,
u,2020,53,,,
g,2018,6,%,,growth
g,2019,-2,%,,growth
g,2020,3,,,growth
v,2018,100,亿元,地区生产总值,
v,2019,108,亿元,地区生产总值,
v,2020,110,亿元,地区生产总值,
`
	m := rows(t, in, "-last", "2")
	if len(m) != 4 || m["(all)2"].Cases != 3 {
		t.Fatalf("%+v", m)
	}
	n := rows(t, in, "-last", "2", "-method", "naive")
	if r := n["ratio2"]; !near(r.Last, smape(53, 52)-smape(53, 54)) {
		t.Errorf("ratio: %+v", r)
	}
	if r := n["growth2"]; !near(r.Last, smape(3, -2)-smape(3, -10)) || !near(r.Damped, smape(3, -2)-smape(3, -8.4)) {
		t.Errorf("growth: %+v", r)
	}
	// From one value GDP of 2018 is expected to grow as the economy did: 108 of
	// 2019 lies inside, 90 does not.
	if r := rows(t, in, "-last", "1")["aggregate1"]; r.Cases != 2 || r.Cover80 < 0.99 {
		t.Errorf("GDP: %+v", r)
	}
	if r := rows(t, strings.Replace(in, "2019,108", "2019,85", 1), "-last", "1")["aggregate1"]; r.Cover80 > 0.01 {
		t.Errorf("a fall by 15 %% is inside the interval: %+v", r)
	}
}

func TestBreaks(t *testing.T) {
	in := "unique_id,ds,y\na,1,10\na,2,11\na,3,100\na,4,110\na,5,121\n"
	out, stderr, err := execute(t, in, "-method", "naive", "-last", "2")
	// 100 after (10, 11) and 110 after (11, 100) are out, 121 after (100, 110) stays.
	if err != nil || !strings.Contains(stderr, "2 cases left out") || strings.Fields(strings.Split(out, "\n")[1])[2] != "1" {
		t.Errorf("%v\n%s%s", err, out, stderr)
	}
	if r := rows(t, in, "-method", "naive", "-last", "2", "-jump", "0")["all2"]; r.Cases != 3 {
		t.Errorf("all kept: %+v", r)
	}
}

// The break is looked for between the target and the value before it; a median
// that went through logarithms ties all the same.
func TestNeighbours(t *testing.T) {
	grow := "unique_id,ds,y\na,1,10\na,2,20\na,3,40\n"
	if r := rows(t, grow, "-method", "drift", "-last", "1", "-horizon", "2")["all1"]; r.Cases+r.Failures != 1 {
		t.Errorf("two doublings are no break: %+v", r)
	}
	still := "unique_id,ds,y,unit,nature\na,1,7,亿元,amount\na,2,7.3,,\na,3,7.3,,\n"
	if r := rows(t, still, "-method", "naive", "-last", "2")["amount2"]; r.Cases != 1 || !near(r.Above, 0.5) {
		t.Errorf("a tie: %+v", r)
	}
}

func TestGaps(t *testing.T) {
	in := "unique_id,ds,y\na,1,10\na,2,\na,3,12\na,4,13\na,5,14\n"
	m := rows(t, in, "-method", "drift", "-last", "1,2,3")
	if a, b := m["all1"], m["all2"]; a.Cases+a.Failures != 2 || b.Cases+b.Failures != 1 || len(m) != 2 {
		t.Errorf("%+v", m)
	}
}

const panelHead = "indicator,area,scope,measure,of,unit,period,value,qualifier,wording,status,chosen,break,doc,id,kind,quote\n"

func TestPanel(t *testing.T) {
	in := panelHead +
		"地区生产总值,甲区,,level,,亿元,2019,100,exact,,A,1,,d,a,level,q\n" +
		"地区生产总值,甲区,,level,,亿元,2020,103,exact,,A,,,d,b,level,q\n" + // not chosen
		"地区生产总值,甲区,,level,,亿元,2020,104,exact,,A,1,,d,c,level,q\n" +
		"地区生产总值,甲区,,level,,亿元,2021,115,exact,,A,1,,d,d,level,q\n" +
		"地区生产总值,甲区,,level,,亿元,2021-Q1,20,exact,,A,1,,d,e,level,q\n" + // no year
		"地区生产总值,甲区,,growth_rate,,%,2021,2/3,exact,,A,1,,d,f,growth,q\n" +
		"PM2.5平均浓度,甲区,,level,,微克/立方米,2020,44,exact,,A,1,,d,g,level,q\n" +
		"PM2.5平均浓度,甲区,,level,,微克/立方米,2021,41,exact,,A,1,,d,h,level,q\n"
	m := rows(t, in, "-last", "1,2")
	if len(m) != 5 || m["aggregate1"].Cases != 2 || m["aggregate2"].Cases != 1 || m["concentration1"].Cases != 1 || m["(all)1"].Cases != 3 {
		t.Errorf("%+v", m)
	}
	_, _, err := execute(t, panelHead+"a,b\n"+"a,b,,level,,亿元,2019x,1,,,A,1,,d,a,level,q\na,b,,level,,亿元,2019,one,,,A,1,,d,a,level,q\n")
	if err == nil || !strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), "line 3") || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("bad rows: %v", err)
	}
}

func TestErrors(t *testing.T) {
	head := "unique_id,ds,y\n"
	many := head
	for range 15 {
		many += "a,2018,x\n"
	}
	for _, c := range []struct {
		in   string
		args []string
		says string
	}{
		{"", nil, "the file is empty"},
		{"id,ds,y\n", nil, "no column unique_id"},
		{head + "a,2018,x\nb,no,1\n", nil, "b"},
		{many, nil, "and 5 more"},
		{head + "a,2018,1\n", nil, "no series has 1 consecutive values"},
		{head + "a,2018,1\nb,2018,1\na,2019,1\n", nil, "returns"},
		{"unique_id,ds,y,nature\na,2018,1,odd\n", nil, "nature"},
		{two, []string{"-last", "0"}, "-last"},
		{two, []string{"-last", "1,x"}, "-last"},
		{two, []string{"-horizon", "0"}, "-horizon 0"},
		{two, []string{"-jump", "0.5"}, "-jump 0.5"},
		{two, []string{"-jump", "NaN"}, "-jump NaN"},
		{two, []string{"-method", "magic"}, `no method "magic"`},
	} {
		if _, _, err := execute(t, c.in, c.args...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q %v: %v, want %q", c.in, c.args, err, c.says)
		}
	}
	var help bytes.Buffer
	if err := run([]string{"-h"}, nil, io.Discard, &help); !errors.Is(err, flag.ErrHelp) || !strings.Contains(help.String(), "panel.csv") {
		t.Errorf("help: %v", err)
	}
	if err := run(nil, nil, io.Discard, io.Discard); err == nil {
		t.Error("no file is no error")
	}
	if err := run([]string{"no/such.csv"}, nil, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "no/such.csv") {
		t.Errorf("missing file: %v", err)
	}
}

// Several files are one panel; the output does not depend on the processors.
func TestSame(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("unique_id,ds,y,nature\n")
	for i := range 40 {
		y := 100.0
		for k := range 9 {
			y *= 1 + 0.02*math.Sin(float64(i*k+i))
			b.WriteString(strings.Join([]string{"s" + string(rune('A'+i)), itoa(2010 + k), ftoa(y), "stock"}, ",") + "\n")
		}
	}
	name := filepath.Join(dir, "s.csv")
	if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, p := range []int{1, 3} {
		old := runtime.GOMAXPROCS(p)
		var out bytes.Buffer
		err := run([]string{name, "-"}, strings.NewReader(two), &out, io.Discard)
		runtime.GOMAXPROCS(old)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = out.String()
		} else if out.String() != first {
			t.Errorf("with %d processors\n%s\nafter\n%s", p, out.String(), first)
		}
	}
	if !strings.Contains(first, "(all)") || !strings.Contains(first, "stock") {
		t.Error(first)
	}
}
