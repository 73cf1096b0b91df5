package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/zhibiao/plotting"
)

func TestRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var log bytes.Buffer
	if err := run(dir, &log, plotting.SVG); err != nil {
		t.Fatal(err)
	}
	svgs, err := filepath.Glob(filepath.Join(dir, "*.svg"))
	if err != nil || len(svgs) != 30 {
		t.Fatalf("%d SVG files, %v, want 15 charts in two languages", len(svgs), err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range svgs {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(b))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
		// One chart on one page stays below 60 KB; several on one do not.
		base := filepath.Base(name)
		if strings.HasPrefix(base, "fan-") && len(b) > 60<<10 {
			t.Errorf("%s has %d bytes", base, len(b))
		}
		if strings.Contains(string(b), "NaN") {
			t.Errorf("%s holds NaN", base)
		}
		if !strings.Contains(string(page), `href="`+base+`"`) {
			t.Errorf("the page does not name %s", base)
		}
	}
	if n := bytes.Count(page, []byte(";base64,")); n != len(svgs) {
		t.Errorf("the page holds %d pictures, want %d", n, len(svgs))
	}
	if !strings.Contains(log.String(), "31 files") {
		t.Errorf("log %q", log.String())
	}
	// A file in the way is an error and nothing is written over it.
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(file, &log, plotting.SVG); err == nil {
		t.Error("no error for a folder that is a file")
	}
}
