package main

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/zhibiao/seeds"
)

func output(t *testing.T, stdin string, args ...string) (string, error) {
	t.Helper()
	var b bytes.Buffer
	err := run(args, strings.NewReader(stdin), &b, io.Discard)
	return b.String(), err
}

// Each table is a CSV file of its own whose rows all have as many cells as
// its header, and the figures come back as they are.
func TestTables(t *testing.T) {
	for table, rows := range map[string]int{"figures": 284, "derived": 40, "findings": 8, "targets": 100} {
		out, err := output(t, "", "-table", table)
		if err != nil {
			t.Fatal(err)
		}
		recs, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		if len(recs)-1 < rows {
			t.Errorf("%s: %d rows, want at least %d", table, len(recs)-1, rows)
		}
	}
	if out, _ := output(t, "", "-table", "figures"); out != seeds.JianxiFigures() {
		t.Error("the figures differ from the seed's file")
	}
}

func TestOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tables")
	if _, err := output(t, seeds.JianxiFigures(), "-out", dir, "-bom", "-"); err != nil {
		t.Fatal(err)
	}
	for _, name := range tables {
		b, err := os.ReadFile(filepath.Join(dir, name+".csv"))
		if err != nil || !bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A bad file leaves what was there.
	before, _ := os.ReadFile(filepath.Join(dir, "figures.csv"))
	if _, err := output(t, "indicator,value,kind,period\n甲,abc,level,2021\n乙,1,nonsense,2021x\n", "-out", dir, "-"); err == nil {
		t.Fatal("bad rows were accepted")
	} else {
		for _, want := range []string{"standard input, row 2, column value", "row 3, column kind", "row 3, column period"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("want %q in %v", want, err)
			}
		}
	}
	if after, _ := os.ReadFile(filepath.Join(dir, "figures.csv")); !bytes.Equal(before, after) {
		t.Error("a failed run changed the files")
	}
}

// With a base year the other reading is left out.
func TestBase(t *testing.T) {
	all, _ := output(t, "", "-table", "derived")
	one, err := output(t, "", "-table", "derived", "-base", "2016")
	if err != nil || len(one) >= len(all) || strings.Contains(one, ",2017,,,") || !strings.Contains(one, ",2016,,,") {
		t.Errorf("%v\n%s", err, one)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-table", "x"}, "want one of figures, derived, findings, targets"},
		{[]string{"-base", "x"}, "-base"},
		{[]string{"a", "b"}, "one file at a time"},
		{[]string{"no-such-file.csv"}, "no-such-file.csv"},
		{[]string{"-report", "no-such.txt"}, "no-such.txt"},
	} {
		if _, err := output(t, "", c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v", c.args, err)
		}
	}
}
