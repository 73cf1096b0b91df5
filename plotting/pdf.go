package plotting

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// epoch stands in PDF files as the date of creation: a real one would make
// two runs differ.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// writePDF writes the picture as one page with real text. Faces that fpdf
// cannot embed (PostScript outlines, collections) and characters beyond
// U+FFFF, for which it panics, are drawn as outlines.
func (p *Picture) writePDF(w io.Writer) (err error) {
	d := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: float64(p.w), Ht: float64(p.h)}})
	d.SetCreationDate(epoch)
	d.SetModificationDate(epoch)
	d.SetCatalogSort(true)
	d.SetLang(bcp47(p.lang))
	d.SetTitle(p.title, true)
	d.SetSubject(p.alt, true)
	d.SetMargins(0, 0, 0)
	d.SetAutoPageBreak(false, 0)
	d.AddPage()
	d.SetLineJoinStyle("round") // as PNG and SVG have it
	c := pdfCanvas{d: d, p: p, names: make([]string, len(p.faces)), tried: make([]bool, len(p.faces))}
	for i := range p.ops {
		c.draw(&p.ops[i])
	}
	if err := d.Error(); err != nil {
		return fmt.Errorf("plotting: PDF: %w", err)
	}
	return d.Output(w)
}

type pdfCanvas struct {
	d     *fpdf.Fpdf
	p     *Picture
	buf   sfnt.Buffer
	names []string // of the embedded faces; empty for those drawn as outlines
	tried []bool
}

func (c *pdfCanvas) draw(o *op) {
	d := c.d
	r, g, b := int(o.color.R), int(o.color.G), int(o.color.B)
	if a, _ := d.GetAlpha(); a != float64(o.color.A)/255 {
		d.SetAlpha(float64(o.color.A)/255, "Normal")
	}
	switch o.kind {
	case opFill:
		d.SetFillColor(r, g, b)
		c.path(o.path)
		d.DrawPath("F")
	case opStroke:
		d.SetDrawColor(r, g, b)
		d.SetLineWidth(float64(o.width))
		dash := make([]float64, len(o.dash))
		for i, v := range o.dash {
			dash[i] = float64(v)
		}
		d.SetDashPattern(dash, float64(o.offs))
		c.path(o.path)
		d.DrawPath("D")
	case opText:
		c.text(o)
	}
}

func (c *pdfCanvas) path(segs []seg) {
	y := func(p vg.Point) float64 { return float64(c.p.h - p.Y) }
	x := func(p vg.Point) float64 { return float64(p.X) }
	for _, s := range segs {
		switch s.verb {
		case 'M':
			c.d.MoveTo(x(s.p[0]), y(s.p[0]))
		case 'L':
			c.d.LineTo(x(s.p[0]), y(s.p[0]))
		case 'Q':
			c.d.CurveTo(x(s.p[0]), y(s.p[0]), x(s.p[1]), y(s.p[1]))
		case 'C':
			c.d.CurveBezierCubicTo(x(s.p[0]), y(s.p[0]), x(s.p[1]), y(s.p[1]), x(s.p[2]), y(s.p[2]))
		case 'Z':
			c.d.ClosePath()
		}
	}
}

// text sets a line in pieces that end where kerning moves the next glyph,
// since fpdf does not kern.
func (c *pdfCanvas) text(o *op) {
	face := c.p.faces[o.face]
	name := c.font(o.face)
	c.d.SetTextColor(int(o.color.R), int(o.color.G), int(o.color.B))
	c.d.SetFillColor(int(o.color.R), int(o.color.G), int(o.color.B))
	sin, cos := math.Sincos(o.angle)
	at := func(x vg.Length) vg.Point {
		return vg.Point{X: o.at.X + x*vg.Length(cos), Y: o.at.Y + x*vg.Length(sin)}
	}
	var piece []rune
	var start, end vg.Length
	flush := func() {
		if len(piece) == 0 {
			return
		}
		pt := at(start)
		x, y := float64(pt.X), float64(c.p.h-pt.Y)
		c.d.SetFont(name, "", float64(o.size))
		if o.angle != 0 {
			c.d.TransformBegin()
			c.d.TransformRotate(o.angle*180/math.Pi, x, y)
		}
		c.d.Text(x, y, string(piece))
		if o.angle != 0 {
			c.d.TransformEnd()
		}
		piece = piece[:0]
	}
	layout(&sfnt.Buffer{}, font.Face{Font: font.Font{Size: o.size}, Face: face}, o.text, func(r rune, _ sfnt.GlyphIndex, x, adv vg.Length) {
		if name == "" || r > 0xFFFF {
			flush()
			one := *o
			one.text, one.at = string(r), at(x)
			c.path(outline(&c.buf, face, &one))
			c.d.DrawPath("F")
			start, end = x+adv, x+adv
			return
		}
		if len(piece) == 0 {
			start = x
		} else if math.Abs(float64(x-end)) > 1e-3 {
			flush()
			start = x
		}
		piece = append(piece, r)
		end = x + adv
	})
	flush()
}

// font embeds a face at its first use and returns its name, empty if it
// cannot be embedded.
func (c *pdfCanvas) font(i int) string {
	if c.tried[i] {
		return c.names[i]
	}
	c.tried[i] = true
	var b bytes.Buffer
	if _, err := c.p.faces[i].WriteSourceTo(&c.buf, &b); err != nil {
		return "" // a face of a collection
	}
	if !bytes.HasPrefix(b.Bytes(), []byte{0, 1, 0, 0}) && !bytes.HasPrefix(b.Bytes(), []byte("true")) {
		return "" // PostScript outlines
	}
	name := fmt.Sprintf("f%d", i)
	c.d.AddUTF8FontFromBytes(name, "", b.Bytes())
	if err := c.d.Error(); err != nil {
		c.d.ClearError()
		return ""
	}
	c.names[i] = name
	return name
}
