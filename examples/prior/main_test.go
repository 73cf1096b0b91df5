package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/zhibiao/forecast/pooled"
)

// competition writes a small competition file, gzipped if the name says so,
// and returns its name.
func competition(t *testing.T, name string, series int) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("unique_id,index,y,set\n")
	for s := range series {
		for i := range 18 {
			set := "train"
			if i >= 16 {
				set = "test"
			}
			y := 100 * math.Exp(0.01*float64(s%7)*float64(i)+0.03*math.Sin(float64(s*i)))
			fmt.Fprintf(&b, "S%d,%d,%.3f,%s\n", s, i+1, y, set)
		}
	}
	path := filepath.Join(t.TempDir(), name)
	text := b.Bytes()
	if strings.HasSuffix(name, ".gz") {
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		w.Write(text)
		w.Close()
		text = z.Bytes()
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRun(t *testing.T) {
	plain, zipped := competition(t, "c.csv", 40), competition(t, "c.csv.gz", 40)
	var a, b, note bytes.Buffer
	if err := run([]string{"-keep", "10", plain}, &a, &note); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "table.csv")
	if err := run([]string{"-keep", "10", "-out", out, zipped}, &b, io.Discard); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), text) || b.Len() > 0 {
		t.Error("the same file, gzipped, gives another table")
	}
	if !strings.Contains(note.String(), "40 of 40 series, 10 atoms") {
		t.Errorf("note: %s", note.String())
	}
	if _, err := pooled.ParseTable(a.String()); err != nil {
		t.Error(err)
	}
	b.Reset()
	if err := run([]string{"-keep", "10", "-hold", "4", plain}, &b, io.Discard); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("leaving out the last values changes nothing")
	}
}

func TestRunErrors(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "bad.csv")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := competition(t, "c.csv", 3)
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "exactly one"},
		{[]string{"-every", "0", good}, "-every"},
		{[]string{"missing.csv"}, "missing.csv"},
		{[]string{write("id,y\n")}, "first line"},
		{[]string{write("unique_id,index,y,set\nA,1,-5,train\n")}, "line 2"},
		{[]string{write("unique_id,index,y,set\nA,1,2\n")}, "bad.csv"},
		{[]string{"-hold", "12", good}, "no history"},
		{[]string{"-out", filepath.Join(t.TempDir(), "none", "t.csv"), "-keep", "3", good}, "none"},
	} {
		if err := run(c.args, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v lacks %q", c.args, err, c.want)
		}
	}
	if err := run([]string{"-h"}, io.Discard, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
}
