package plotting

import (
	"errors"
	"math"
	"strings"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Line metrics in ems, the same for every font so that a fallback does not
// move the line. The box is placed so that its centre is the centre of digits
// and of Chinese characters, and one box is a comfortable line of Chinese.
const (
	ascent  = 0.98
	descent = 0.27
)

// Text sets text in the fonts of a chain; it is the text.Handler of one
// drawing. Characters that no font has are not drawn but kept: look at Err
// when the drawing is done. A Text must not be shared between goroutines.
type Text struct {
	fonts   *Fonts
	buf     sfnt.Buffer
	missing []error
	seen    map[rune]bool
}

var _ text.Handler = (*Text)(nil)

// Text returns a handler for one drawing.
func (f *Fonts) Text() *Text { return &Text{fonts: f, seen: make(map[rune]bool)} }

// Err returns a *GlyphError for every character that was asked for and is in
// no font, joined, nil if there is none.
func (t *Text) Err() error { return errors.Join(t.missing...) }

// Cache implements text.Handler.
func (t *Text) Cache() *font.Cache { return t.fonts.cache }

// Extents implements text.Handler.
func (t *Text) Extents(fnt font.Font) font.Extents {
	return font.Extents{Ascent: ascent * fnt.Size, Descent: descent * fnt.Size, Height: (ascent + descent) * fnt.Size}
}

// Lines implements text.Handler.
func (t *Text) Lines(txt string) []string { return strings.Split(strings.TrimRight(txt, "\n"), "\n") }

// Box implements text.Handler.
func (t *Text) Box(txt string, fnt font.Font) (width, height, depth vg.Length) {
	for _, r := range t.runs(txt, fnt) {
		width += r.width
	}
	return width, ascent * fnt.Size, descent * fnt.Size
}

// Draw implements text.Handler. As with gonum's plain handler the point is on
// the base line for text.YBottom.
func (t *Text) Draw(c vg.Canvas, txt string, sty text.Style, pt vg.Point) {
	lines := t.Lines(txt)
	if txt == "" || sty.Font.Size <= 0 {
		return
	}
	c.SetColor(sty.Color)
	if sty.Rotation != 0 {
		c.Push()
		defer c.Pop()
		c.Rotate(sty.Rotation)
		sin, cos := math.Sincos(sty.Rotation)
		pt.X, pt.Y = pt.Y*vg.Length(sin)+pt.X*vg.Length(cos), pt.Y*vg.Length(cos)-pt.X*vg.Length(sin)
	}
	lead := (ascent + descent) * sty.Font.Size
	top := pt.Y + lead*vg.Length(len(lines))*(1+vg.Length(sty.YAlign)) - descent*sty.Font.Size
	for i, line := range lines {
		runs := t.runs(line, sty.Font)
		var w vg.Length
		for _, r := range runs {
			w += r.width
		}
		at := vg.Point{X: pt.X + vg.Length(sty.XAlign)*w, Y: top - ascent*sty.Font.Size - lead*vg.Length(i)}
		for _, r := range runs {
			c.FillString(r.face, at, r.text)
			at.X += r.width
		}
	}
}

// run is a piece of a line in one face.
type run struct {
	face  font.Face
	text  string
	width vg.Length
}

func (t *Text) runs(line string, fnt font.Font) []run {
	var out []run
	start := 0
	var cur font.Face
	flush := func(end int) {
		if cur.Face == nil || end == start {
			return
		}
		cur.Font.Size = fnt.Size
		out = append(out, run{cur, line[start:end], t.width(cur, line[start:end])})
	}
	for i, r := range line {
		face, ok := t.fonts.face(&t.buf, fnt.Weight, r)
		if !ok {
			if !t.seen[r] {
				t.seen[r] = true
				t.missing = append(t.missing, &GlyphError{Char: r, Text: line})
			}
			flush(i)
			start, cur = i+len(string(r)), font.Face{}
			continue
		}
		if face.Face != cur.Face {
			flush(i)
			start, cur = i, face
		}
	}
	flush(len(line))
	return out
}

// width is the advance of s with kerning.
func (t *Text) width(f font.Face, s string) vg.Length {
	end := vg.Length(0)
	layout(&t.buf, f, s, func(_ rune, _ sfnt.GlyphIndex, x, adv vg.Length) { end = x + adv })
	return end
}

// layout calls put for each glyph of s with its offset and advance in points.
func layout(buf *sfnt.Buffer, f font.Face, s string, put func(r rune, g sfnt.GlyphIndex, x, adv vg.Length)) {
	upm := fixedUPM(f.Face)
	scale := f.Font.Size / vg.Length(upm)
	x, prev := 0, sfnt.GlyphIndex(0)
	for _, r := range s {
		g, err := f.Face.GlyphIndex(buf, r)
		if err != nil {
			g = 0
		}
		if prev != 0 && r < 0x2E80 { // Chinese characters do not kern
			if k, err := f.Face.Kern(buf, prev, g, upm, stdfont.HintingNone); err == nil {
				x += int(k)
			}
		}
		a, err := f.Face.GlyphAdvance(buf, g, upm, stdfont.HintingNone)
		if err != nil {
			a = 0
		}
		put(r, g, vg.Length(x)*scale, vg.Length(a)*scale)
		x += int(a)
		prev = g
	}
}

// fixedUPM is the size at which sfnt's 26.6 numbers are design units.
func fixedUPM(f *sfnt.Font) fixed.Int26_6 { return fixed.Int26_6(f.UnitsPerEm()) }
