package terminal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// Nothing is written to a buffer or a file; a terminal's line is written over
// and cleared.
func TestLine(t *testing.T) {
	var b bytes.Buffer
	l := NewLine(&b)
	l.Printf("%d series", 5)
	l.Clear()
	if b.Len() != 0 {
		t.Errorf("a buffer got %q", b.String())
	}
	name := filepath.Join(t.TempDir(), "log")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	l = NewLine(f)
	l.Printf("%d series", 5)
	f.Close()
	if got, err := os.ReadFile(name); err != nil || len(got) != 0 {
		t.Errorf("a file got %q, %v", got, err)
	}
	l = &Line{w: &b}
	l.Clear()
	l.Printf("%d", 1)
	l.Printf("%d", 2)
	l.Clear()
	if got := b.String(); got != "\r\x1b[K1\r\x1b[K2\r\x1b[K" {
		t.Errorf("a terminal got %q", got)
	}
}
