package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func execute(t *testing.T, in io.Reader, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	err = run(context.Background(), args, in, &out, &errs)
	return out.String(), errs.String(), err
}

func rows(t *testing.T, s string) [][]string {
	t.Helper()
	r, err := csv.NewReader(strings.NewReader(s)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// longForm is n yearly series of ten values, every seventh too short for a drift.
func longForm(n int) string {
	var b strings.Builder
	b.WriteString("unique_id,ds,y\n")
	for i := range n {
		for t := range 10 {
			if i%7 == 6 && t == 2 {
				break
			}
			fmt.Fprintf(&b, "S%04d,%d,%d\n", i, 2010+t, 100+i%13+t*(3+i%5)+(t*t*i)%11)
		}
	}
	return b.String()
}

func TestForecasts(t *testing.T) {
	in := "unique_id,ds,y\n甲,2019,612\n甲,2020,645\n甲,2021,698\nquarters,2020-Q3,1\nquarters,2020-Q4,2\nquarters,2021-Q2,4\ncount,7,5\ncount,8,5\n"
	out, stderr, err := execute(t, strings.NewReader(in), "-horizon", "2", "-method", "drift", "-levels", "80,97.5%")
	if err != nil || stderr != "" {
		t.Fatal(err, stderr)
	}
	r := rows(t, out)
	if got := strings.Join(r[0], ","); got != "unique_id,ds,method,mean,median,lo80,hi80,lo97.5,hi97.5,error" {
		t.Errorf("header %s", got)
	}
	// 612, 645, 698: 43 a year.
	if got := strings.Join(r[1][:5], ","); got != "甲,2022,drift,741,741" {
		t.Errorf("first row %s", got)
	}
	// The gap counts: 3 in three quarters.
	if got := strings.Join(r[3][:5], ","); got != "quarters,2021-Q3,drift,5,5" {
		t.Errorf("quarters %s", got)
	}
	if len(r) != 6 || r[5][0] != "count" || !strings.Contains(r[5][9], "at least 3 values") || r[5][3] != "" {
		t.Errorf("a short series: %v", r[5:])
	}
	for _, row := range r[1:5] {
		v := make([]float64, 5)
		for i := range v {
			v[i], _ = strconv.ParseFloat(row[4+i], 64)
		}
		if !(v[3] <= v[1] && v[1] <= v[0] && v[0] <= v[2] && v[2] <= v[4]) || row[9] != "" {
			t.Errorf("row %v", row)
		}
	}
}

// The same bytes from any number of workers, from parts one after the other,
// from a file, a pipe and gzip.
func TestSameBytes(t *testing.T) {
	in := longForm(100)
	whole, _, err := execute(t, strings.NewReader(in), "-method", "theta", "-workers", "1")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(whole, "\n"); n != 1+100*6 {
		t.Fatalf("%d lines", n)
	}
	name := filepath.Join(t.TempDir(), "long.csv")
	if err := os.WriteFile(name, []byte("\ufeff"+in), 0o644); err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(in))
	z.Close()
	for what, r := range map[string]io.Reader{"a pipe": io.MultiReader(strings.NewReader(in)), "gzip": &zipped} {
		if out, _, err := execute(t, r, "-method", "theta", "-workers", "5"); err != nil || out != whole {
			t.Errorf("%s: other bytes, %v", what, err)
		}
	}
	for _, n := range []int{2, 3, 7, 150} {
		for _, pipe := range []bool{false, true} {
			parts := ""
			for i := 1; i <= n; i++ {
				args := []string{"-method", "theta", "-shard", fmt.Sprintf("%d/%d", i, n)}
				var r io.Reader = strings.NewReader("")
				if pipe {
					r = io.MultiReader(strings.NewReader(in))
				} else {
					args = append(args, name)
				}
				out, _, err := execute(t, r, args...)
				if err != nil {
					t.Fatal(err)
				}
				parts += out
			}
			if parts != whole {
				t.Errorf("%d parts, pipe %t: other bytes", n, pipe)
			}
		}
	}
}

// A bad row spoils its series and no other, and is named.
func TestBadRows(t *testing.T) {
	for _, c := range []struct{ row, says string }{
		{"a,2021,many", `line 4: y "many" is not a number`},
		{"a,2021,Inf", `line 4: y "Inf" is not a number`},
		{"a,soon,3", `line 4: ds "soon" is neither`},
		{"a,2020,3", "line 4: ds 2020 is not after 2020"},
		{"a,2019,3", "line 4: ds 2019 is not after 2020"},
		{"a,2021-Q1,3", "line 4: ds 2021-Q1 is of another kind than 2020"},
		{"a,2021", "line 4: the row has 2 fields, the header 3"},
		{"a,2021,1,234", "line 4: the row has 4 fields, the header 3"},
		{"a;2021;3", "line 4: the row has 1 fields, the header 3"},
		{"a,20210,3", "line 4: ds 20210 is 18190 steps after 2020"},
	} {
		in := "unique_id,ds,y\na,2019,1\na,2020,2\n" + c.row + "\na,2022,4\nb,1,5\nb,2,6\n"
		out, _, err := execute(t, strings.NewReader(in), "-method", "naive", "-horizon", "1")
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "series a") {
			t.Errorf("%s: %v", c.row, err)
		}
		r := rows(t, out)
		if len(r) != 3 || !strings.Contains(r[1][9], c.says) || r[2][0] != "b" || r[2][4] != "6" {
			t.Errorf("%s: %v", c.row, r)
		}
	}
}

// Rows of a wrong length do not split a series, and parts of a file with them
// still make up the whole.
func TestWrongLength(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a,1,1\na,2,2\nb,1\nb,2,3\nc,1,1\n", "a: b:4 c:"},   // the first of a series
		{"a,1,1\nb,1\nc,1,1\n", "a: b:3 c:"},                 // all of a series
		{"a,1,1\nx\na,2,2\nc,1,1\n", "a:3 c:"},               // among a series
		{"a,1,1\nx\na,2\nc,1,1\n", "a:3 c:"},                 // and before another of it
		{"a,1\na,2,2\nb,1,1\nb,2\n", "a:2 b:5"},              // first and last of the file
		{"a,1\nb\nc,1,1,1\n", "a:2 b:3 c:4"},                 // nothing else
		{"a,1,1\nb,1\nc,1\nc,2,2\nd,1,1\n", "a: b:3 c:4 d:"}, // two at a border
	} {
		in := "unique_id,ds,y\n" + c.in
		whole, _, _ := execute(t, strings.NewReader(in), "-method", "auto", "-horizon", "1")
		var got []string
		for _, row := range rows(t, whole)[1:] {
			s := row[0] + ":"
			if says := row[len(row)-1]; says != "" {
				s += strings.TrimPrefix(strings.SplitN(says, ":", 2)[0], "line ")
				if !strings.Contains(says, "fields, the header 3") {
					s += says
				}
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: %s, want %s", c.in, s, c.want)
		}
		parts := ""
		for i := 1; i <= 3; i++ {
			part, _, _ := execute(t, strings.NewReader(in), "-method", "auto", "-horizon", "1", "-shard", fmt.Sprintf("%d/3", i))
			parts += part
		}
		if parts != whole {
			t.Errorf("%q: other bytes in three parts", c.in)
		}
	}
}

// The season follows from ds, series by series; a given one must fit.
func TestSeason(t *testing.T) {
	var b strings.Builder
	b.WriteString("unique_id,ds,y\n")
	for q := range 12 {
		fmt.Fprintf(&b, "quarters,%d-Q%d,%d\n", 2018+q/4, q%4+1, 10*(q%4)+1)
	}
	for m := range 24 {
		fmt.Fprintf(&b, "months,%d-%02d,%d\n", 2018+m/12, m%12+1, 10*(m%12)+1)
	}
	for y := range 8 {
		fmt.Fprintf(&b, "years,%d,%d\n", 2010+y, 5+y%3)
	}
	run := func(season string) (medians, errs []string, err error) {
		out, _, err := execute(t, strings.NewReader(b.String()), "-method", "snaive", "-horizon", "1", "-season", season)
		for _, r := range rows(t, out)[1:] {
			medians, errs = append(medians, r[4]), append(errs, r[len(r)-1])
		}
		return medians, errs, err
	}
	if got, _, err := run("0"); err != nil || strings.Join(got, ",") != "1,1,6" {
		t.Errorf("%v, %v", got, err)
	}
	if got, _, err := run("1"); err != nil || strings.Join(got, ",") != "31,111,6" {
		t.Errorf("-season 1: %v, %v", got, err)
	}
	got, errs, err := run("4")
	if err == nil || !strings.Contains(err.Error(), "series months: line 14: -season 4 contradicts ds 2018-01, which has 12 periods a year") {
		t.Errorf("-season 4: %v", err)
	}
	if got[0] != "1" || got[1] != "" || errs[1] == "" || errs[0] != "" {
		t.Errorf("-season 4: %v, %q", got, errs)
	}
}

// What Chinese Excel saves is read as if it were UTF-8.
func TestGB18030(t *testing.T) {
	in := "unique_id,ds,y\n地区生产总值,2019,612\n地区生产总值,2020,645\n常住人口,2019,35\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(in)
	if err != nil {
		t.Fatal(err)
	}
	want, _, err := execute(t, strings.NewReader(in), "-method", "naive")
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := execute(t, strings.NewReader(gb), "-method", "naive"); err != nil || got != want {
		t.Errorf("%v: %s", err, got)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		in   string
		args []string
		says string
	}{
		{"", nil, "the file is empty"},
		{"id,ds,y\n", nil, "line 1: no column unique_id"},
		{"unique_id,ds,y\na,1,2\nb,1,2\na,2,3\n", []string{"-method", "naive"}, "line 4: series a returns"},
		{"unique_id,ds,y\na,1\n", nil, "series a: line 2: the row has 2 fields, the header 3"},
		{"unique_id,ds,y\na,1,2\n\xff\xff,1,2\n", []string{"-method", "naive"}, "line 3: the text is not UTF-8"},
		{"unique_id,ds,y\na,1,2\n\xff\xff,1,2\n", []string{"-shard", "1/2"}, "line 3: the text is not UTF-8"},
		{"unique_id,ds,y\n\"a,1,2\n", nil, "line"},
		{"", []string{"-horizon", "0"}, "-horizon 0"},
		{"", []string{"-season", "-1"}, "-season -1"},
		{"", []string{"-workers", "-1"}, "-workers -1"},
		{"", []string{"-method", "oracle"}, `no method "oracle"; there are naive`},
		{"", []string{"-levels", "80,195"}, `"195" is not a level`},
		{"", []string{"-levels", "80,80"}, "80 stands twice"},
		{"", []string{"-shard", "0/3"}, `-shard "0/3"`},
		{"", []string{"-shard", "4/3"}, `-shard "4/3"`},
		{"", []string{"-shard", "half"}, `-shard "half"`},
		{"", []string{"a", "b"}, "one file at a time"},
		{"", []string{"no/such/file.csv"}, "no/such/file.csv"},
	} {
		if _, _, err := execute(t, strings.NewReader(c.in), c.args...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q %v: %v, want %q", c.in, c.args, err, c.says)
		}
	}
	_, help, err := execute(t, strings.NewReader(""), "-h")
	if !errors.Is(err, flag.ErrHelp) || !strings.Contains(help, "Example:") || !strings.Contains(help, "stl+ets") {
		t.Errorf("help: %v, %s", err, help)
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	if err := run(ctx, nil, strings.NewReader(longForm(10)), &out, &errs); err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("%v", err)
	}
}

type full struct{}

func (full) Write(p []byte) (int, error) { return 0, errors.New("disk full") }

func TestUnwritable(t *testing.T) {
	if err := run(context.Background(), []string{"-method", "naive"}, strings.NewReader(longForm(200)), full{}, io.Discard); err == nil || err.Error() != "disk full" {
		t.Errorf("%v", err)
	}
}

func TestBOM(t *testing.T) {
	out, _, err := execute(t, strings.NewReader(longForm(1)), "-bom", "-method", "naive")
	if err != nil || !strings.HasPrefix(out, "\ufeffunique_id") {
		t.Errorf("%q, %v", out[:20], err)
	}
}

func TestFormat(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 741: "741", 1.0 / 3: "0.3333333333", 698e8: "69800000000", -0.1: "-0.1", 1e300: "1e+300",
		1e-9: "1e-09", 123456.7890123: "123456.789", 1.7976931348623157e308: "1.7976931348623157e+308",
	} {
		if got := format(x); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
}
