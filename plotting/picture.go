package plotting

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/vg"
)

// Format is a file format for pictures.
type Format string

// The formats. PNG has two pixels a point, SVG holds text as outlines so that
// it looks the same everywhere, PDF holds real text with the font embedded.
const (
	PNG Format = "png"
	SVG Format = "svg"
	PDF Format = "pdf"
)

// Picture is a finished drawing that can be written in any Format. It never
// changes and is safe for concurrent use.
type Picture struct {
	w, h  vg.Length
	ops   []op
	faces []*sfnt.Font

	title, alt, lang string
}

// Size returns the width and height in points.
func (p *Picture) Size() (w, h vg.Length) { return p.w, p.h }

// Title returns the title, as it stands in the picture.
func (p *Picture) Title() string { return p.title }

// Alt returns the alternative text: what the picture shows, in words, for
// readers who do not see it.
func (p *Picture) Alt() string { return p.alt }

// Text returns the strings in the picture in the order of drawing.
func (p *Picture) Text() []string {
	var out []string
	for _, o := range p.ops {
		if o.kind == opText {
			out = append(out, o.text)
		}
	}
	return out
}

// Encode writes the picture to w.
func (p *Picture) Encode(w io.Writer, f Format) error {
	switch f {
	case PNG:
		return p.writePNG(w, 2)
	case SVG:
		return p.writeSVG(w)
	case PDF:
		return p.writePDF(w)
	}
	return fmt.Errorf("plotting: unknown format %q: want png, svg or pdf", f)
}

// Save writes the picture to the named file in the format that its extension
// says. The file appears whole or not at all.
func (p *Picture) Save(name string) (err error) {
	f := Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(name), ".")))
	var b bytes.Buffer
	if err := p.Encode(&b, f); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	_, err = tmp.Write(b.Bytes())
	if e := tmp.Chmod(0o644); err == nil {
		err = e
	}
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	return err
}
