// Package terminal shows progress to a person at a terminal, and to nobody
// else: into files and pipes it writes nothing.
package terminal

import (
	"fmt"
	"io"
	"os"
)

// Line is a line of progress that is written over again and again. The zero
// value shows nothing.
type Line struct {
	w     io.Writer
	shown bool
}

// NewLine returns a line on w if w is a terminal.
func NewLine(w io.Writer) *Line {
	f, ok := w.(*os.File)
	if !ok {
		return &Line{}
	}
	s, err := f.Stat()
	if err != nil || s.Mode()&os.ModeCharDevice == 0 {
		return &Line{}
	}
	return &Line{w: w}
}

// Printf shows the text in place of the one before.
func (l *Line) Printf(format string, args ...any) {
	if l.w != nil {
		fmt.Fprintf(l.w, "\r\x1b[K"+format, args...)
		l.shown = true
	}
}

// Clear removes what is shown.
func (l *Line) Clear() {
	if l.shown {
		fmt.Fprint(l.w, "\r\x1b[K")
		l.shown = false
	}
}
