package plotting

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/fnv"
	"image/color"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// grid is the resolution of outlines in SVG, units an em: a unit is a
// thirtieth of a point in the largest type, which no eye and no printer tells
// from the font's own thousandth, and a quarter of the bytes less.
const grid = 500

// writeSVG writes the picture with its text as outlines: a glyph that occurs
// more than once is defined once and used, the others stand where they belong.
// The words themselves stand in title and desc and in the aria-label of each
// line.
func (p *Picture) writeSVG(w io.Writer) error {
	var buf sfnt.Buffer
	type key struct {
		face int
		g    sfnt.GlyphIndex
	}
	count := make(map[key]int)
	p.glyphs(&buf, func(o *op, _ rune, g sfnt.GlyphIndex, _, _ vg.Length) { count[key{o.face, g}]++ })

	var body, defs bytes.Buffer
	ids := make(map[key]string)
	prefix := p.fingerprint()
	for i := 0; i < len(p.ops); i++ {
		o := &p.ops[i]
		switch o.kind {
		case opFill:
			fmt.Fprintf(&body, `<path%s d="%s"/>`+"\n", paint("fill", o.color), p.pathData(o.path))
		case opStroke:
			body.WriteString(`<path fill="none"` + paint("stroke", o.color) + ` stroke-width="` + num(o.width))
			if len(o.dash) > 0 {
				parts := make([]string, len(o.dash))
				for i, d := range o.dash {
					parts[i] = num(d)
				}
				body.WriteString(`" stroke-dasharray="` + strings.Join(parts, " "))
				if o.offs != 0 {
					body.WriteString(`" stroke-dashoffset="` + num(o.offs))
				}
			}
			body.WriteString(`" d="` + p.pathData(o.path))
			for i+1 < len(p.ops) && o.sameStroke(&p.ops[i+1]) {
				i++
				body.WriteString(p.pathData(p.ops[i].path))
			}
			body.WriteString("\"/>\n")
		case opText:
			fmt.Fprintf(&body, `<g%s aria-label="%s" transform="translate(%s %s)`, paint("fill", o.color), escape(o.text), num(o.at.X), num(p.h-o.at.Y))
			if o.angle != 0 {
				fmt.Fprintf(&body, ` rotate(%s)`, num(vg.Length(-o.angle*180/math.Pi)))
			}
			fmt.Fprintf(&body, ` scale(%s)">`, strconv.FormatFloat(float64(o.size/grid), 'g', 6, 64))
			face := p.faces[o.face]
			var once pen
			layout(&buf, font.Face{Font: font.Font{Size: o.size}, Face: face}, o.text, func(_ rune, g sfnt.GlyphIndex, x, _ vg.Length) {
				k := key{o.face, g}
				at := int(math.Round(float64(x / o.size * grid)))
				if count[k] == 1 {
					once.glyph(&buf, face, g, at)
					return
				}
				id, ok := ids[k]
				if !ok {
					var d pen
					d.glyph(&buf, face, g, 0)
					if d.Len() > 0 { // a space has no outline
						id = prefix + strconv.FormatInt(int64(len(ids)), 36)
						fmt.Fprintf(&defs, `<path id="%s" d="%s"/>`+"\n", id, d.String())
					}
					ids[k] = id
				}
				if id == "" {
					return
				}
				body.WriteString(`<use xlink:href="#` + id)
				if at != 0 {
					body.WriteString(`" x="` + strconv.Itoa(at))
				}
				body.WriteString(`"/>`)
			})
			if once.Len() > 0 {
				body.WriteString(`<path d="` + once.String() + `"/>`)
			}
			body.WriteString("</g>\n")
		}
	}

	bw := bufio.NewWriter(w)
	lang := bcp47(p.lang)
	fmt.Fprintf(bw, `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%[1]spt" height="%[2]spt" viewBox="0 0 %[1]s %[2]s" lang="%[3]s" xml:lang="%[3]s" stroke-linejoin="round" role="img" aria-labelledby="%[4]st %[4]sd">
<title id="%[4]st">%[5]s</title>
<desc id="%[4]sd">%[6]s</desc>
`, num(p.w), num(p.h), lang, prefix+"-", escape(p.title), escape(p.alt))
	if defs.Len() > 0 {
		fmt.Fprintf(bw, "<defs>\n%s</defs>\n", defs.String())
	}
	bw.Write(body.Bytes())
	bw.WriteString("</svg>\n")
	return bw.Flush()
}

// sameStroke reports whether q is a stroke that may be one path with o: of the
// same style and opaque.
func (o *op) sameStroke(q *op) bool {
	return q.kind == opStroke && q.color == o.color && o.color.A == 255 && q.width == o.width && slices.Equal(q.dash, o.dash) && q.offs == o.offs
}

// glyphs calls f for each glyph of the picture.
func (p *Picture) glyphs(buf *sfnt.Buffer, f func(o *op, r rune, g sfnt.GlyphIndex, x, adv vg.Length)) {
	for i := range p.ops {
		o := &p.ops[i]
		if o.kind != opText {
			continue
		}
		layout(buf, font.Face{Font: font.Font{Size: o.size}, Face: p.faces[o.face]}, o.text, func(r rune, g sfnt.GlyphIndex, x, adv vg.Length) { f(o, r, g, x, adv) })
	}
}

// fingerprint is a short name made from the content, so that the ids of
// several pictures put into one page do not clash.
func (p *Picture) fingerprint() string {
	h := fnv.New32a()
	fmt.Fprint(h, p.w, p.h, p.title, p.alt)
	for _, o := range p.ops {
		fmt.Fprint(h, o.text, o.at, o.size)
		for _, s := range o.path {
			fmt.Fprint(h, s.p)
		}
	}
	return "z" + strconv.FormatUint(uint64(h.Sum32()%(36*36*36*36)), 36)
}

func bcp47(lang string) string {
	if lang == "en" {
		return "en"
	}
	return "zh-CN"
}

func paint(attr string, c color.NRGBA) string {
	s := fmt.Sprintf(` %s="#%02x%02x%02x"`, attr, c.R, c.G, c.B)
	if c.A != 255 {
		s += fmt.Sprintf(` %s-opacity="%.3g"`, attr, float64(c.A)/255)
	}
	return s
}

// num formats a length to a hundredth of a point.
func num(x vg.Length) string {
	s := strconv.FormatFloat(math.Round(float64(x)*100)/100, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// pathData writes a path with y downwards.
func (p *Picture) pathData(segs []seg) string {
	var b strings.Builder
	var at vg.Point
	for _, s := range segs {
		verb, from := s.verb, at
		if verb != 'Z' {
			at = s.end()
		}
		if verb == 'L' {
			switch sameX, sameY := num(at.X) == num(from.X), num(at.Y) == num(from.Y); {
			case sameX && sameY:
				continue
			case sameX:
				b.WriteString("V" + num(p.h-at.Y))
				continue
			case sameY:
				b.WriteString("H" + num(at.X))
				continue
			}
		}
		b.WriteByte(verb)
		for i := range points(verb) {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(num(s.p[i].X) + " " + num(p.h-s.p[i].Y))
		}
	}
	return b.String()
}

// points is how many points a verb takes.
func points(verb byte) int {
	switch verb {
	case 'Q':
		return 2
	case 'C':
		return 3
	case 'Z':
		return 0
	}
	return 1
}

// pen writes outlines on the grid with relative commands, which are short.
type pen struct {
	strings.Builder
	x, y   int // where the pen is
	sx, sy int // where the contour began
	cx, cy int // last control point, if smooth
	smooth bool
}

func (b *pen) ints(vs ...int) {
	for i, v := range vs {
		if i > 0 && v >= 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(v))
	}
}

// glyph appends the outline of a glyph whose origin is at x.
func (b *pen) glyph(buf *sfnt.Buffer, face *sfnt.Font, g sfnt.GlyphIndex, x int) {
	segs, err := glyph(buf, face, g)
	if err != nil {
		return
	}
	k := grid / float64(face.UnitsPerEm())
	at := func(p vg.Point) (int, int) {
		return x + int(math.Round(float64(p.X)*k)), int(math.Round(-float64(p.Y) * k))
	}
	for _, s := range segs {
		if s.verb == 'Z' {
			b.WriteByte('z')
			b.x, b.y, b.smooth = b.sx, b.sy, false
			continue
		}
		ex, ey := at(s.end())
		dx, dy := ex-b.x, ey-b.y
		wasSmooth := b.smooth
		b.smooth = false
		switch {
		case s.verb == 'M':
			b.WriteByte('m')
			b.ints(dx, dy)
			b.sx, b.sy = ex, ey
		case s.verb == 'L' && dx == 0 && dy == 0:
			continue
		case s.verb == 'L' && dy == 0:
			b.WriteByte('h')
			b.ints(dx)
		case s.verb == 'L' && dx == 0:
			b.WriteByte('v')
			b.ints(dy)
		case s.verb == 'L':
			b.WriteByte('l')
			b.ints(dx, dy)
		case s.verb == 'Q':
			// Where two curves of a TrueType outline meet in an implied
			// point, the control point is the mirror image of the last one.
			cx, cy := at(s.p[0])
			if mx, my := 2*b.x-b.cx, 2*b.y-b.cy; wasSmooth && max(mx-cx, cx-mx, my-cy, cy-my) <= 1 {
				b.WriteByte('t')
				b.ints(dx, dy)
				cx, cy = mx, my
			} else {
				b.WriteByte('q')
				b.ints(cx-b.x, cy-b.y, dx, dy)
			}
			b.cx, b.cy, b.smooth = cx, cy, true
		case s.verb == 'C':
			x1, y1 := at(s.p[0])
			x2, y2 := at(s.p[1])
			b.WriteByte('c')
			b.ints(x1-b.x, y1-b.y, x2-b.x, y2-b.y, dx, dy)
		}
		b.x, b.y = ex, ey
	}
}

// escape makes text safe in XML; characters that XML cannot hold become the
// replacement character.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r < 0x20 && r != '\n' && r != '\t', r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
