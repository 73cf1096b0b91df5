package outdir

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func put(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

func read(t *testing.T, p string) string {
	t.Helper()
	b, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAllOrNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	d, err := New(dir, "zh")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Create("a.csv", put("one")), d.Create("charts/b.svg", put("two"))); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "a.csv")); err == nil {
		t.Error("a file is in place before Commit")
	}
	if _, err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	if read(t, filepath.Join(dir, "a.csv")) != "one" || read(t, filepath.Join(dir, "charts", "b.svg")) != "two" {
		t.Error("wrong contents")
	}

	// A failing file leaves the old ones.
	d, err = New(dir, "zh")
	if err != nil {
		t.Fatal(err)
	}
	d.Create("a.csv", put("new"))
	if err := d.Create("bad", func(io.Writer) error { return errors.New("boom") }); err == nil {
		t.Error("the error was lost")
	}
	d.Abort()
	if read(t, filepath.Join(dir, "a.csv")) != "one" {
		t.Error("the old file is gone")
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".writing-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOpenWorkbook(t *testing.T) {
	dir := t.TempDir()
	for _, lock := range []string{"~$book.xlsx", ".~lock.book.xlsx#"} {
		os.WriteFile(filepath.Join(dir, lock), nil, 0o644)
		d, err := New(dir, "zh")
		if err != nil {
			t.Fatal(err)
		}
		d.Create("a.csv", put("x"))
		d.Create("book.xlsx", put("x"))
		if _, err := d.Commit(); err == nil || !strings.Contains(err.Error(), "请先关闭文件") {
			t.Errorf("%s: %v", lock, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "a.csv")); err == nil {
			t.Error("a file was moved although the workbook is open")
		}
		if err := WriteFile(filepath.Join(dir, "book.xlsx"), "en", put("x")); err == nil || !strings.Contains(err.Error(), "close the file") {
			t.Errorf("%s: %v", lock, err)
		}
		os.Remove(filepath.Join(dir, lock))
	}
}

func TestNotAFolder(t *testing.T) {
	p := filepath.Join(t.TempDir(), "file")
	os.WriteFile(p, nil, 0o644)
	if _, err := New(p, "en"); err == nil || !strings.Contains(err.Error(), "not a folder") {
		t.Errorf("got %v", err)
	}
	if _, err := New(filepath.Join(p, "below"), "en"); err == nil {
		t.Error("a folder below a file was made")
	}
}
