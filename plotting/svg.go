package plotting

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/fnv"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// writeSVG writes the picture with its text as outlines: each glyph once, in
// the font's design units, and used wherever it occurs. The words themselves
// stand in title and desc and in the aria-label of each line.
func (p *Picture) writeSVG(w io.Writer) error {
	var body bytes.Buffer
	var buf sfnt.Buffer
	type key struct {
		face int
		g    sfnt.GlyphIndex
	}
	ids := make(map[key]string)
	var defs strings.Builder
	prefix := p.fingerprint()

	for i := range p.ops {
		o := &p.ops[i]
		switch o.kind {
		case opFill:
			fmt.Fprintf(&body, `<path%s d="%s"/>`+"\n", paint("fill", o.color), p.pathData(o.path))
		case opStroke:
			fmt.Fprintf(&body, `<path fill="none"%s stroke-width="%s"`, paint("stroke", o.color), num(o.width))
			if len(o.dash) > 0 {
				parts := make([]string, len(o.dash))
				for i, d := range o.dash {
					parts[i] = num(d)
				}
				fmt.Fprintf(&body, ` stroke-dasharray="%s"`, strings.Join(parts, " "))
				if o.offs != 0 {
					fmt.Fprintf(&body, ` stroke-dashoffset="%s"`, num(o.offs))
				}
			}
			fmt.Fprintf(&body, ` d="%s"/>`+"\n", p.pathData(o.path))
		case opText:
			face := p.faces[o.face]
			k := o.size / vg.Length(face.UnitsPerEm())
			fmt.Fprintf(&body, `<g%s aria-label="%s" transform="translate(%s %s)`, paint("fill", o.color), escape(o.text), num(o.at.X), num(p.h-o.at.Y))
			if o.angle != 0 {
				fmt.Fprintf(&body, ` rotate(%s)`, num(vg.Length(-o.angle*180/math.Pi)))
			}
			fmt.Fprintf(&body, ` scale(%s)">`, strconv.FormatFloat(float64(k), 'g', 6, 64))
			layout(&buf, font.Face{Font: font.Font{Size: o.size}, Face: face}, o.text, func(_ rune, g sfnt.GlyphIndex, x, _ vg.Length) {
				kk := key{o.face, g}
				id, ok := ids[kk]
				if !ok {
					segs, err := glyph(&buf, face, g)
					if err == nil && len(segs) > 0 {
						id = prefix + strconv.FormatInt(int64(len(ids)), 36)
						fmt.Fprintf(&defs, `<path id="%s" d="%s"/>`+"\n", id, unitData(segs))
					}
					ids[kk] = id
				}
				if id == "" { // a space
					return
				}
				body.WriteString(`<use xlink:href="#` + id)
				if u := math.Round(float64(x / k)); u != 0 {
					fmt.Fprintf(&body, `" x="%g`, u)
				}
				body.WriteString(`"/>`)
			})
			body.WriteString("</g>\n")
		}
	}

	bw := bufio.NewWriter(w)
	lang := bcp47(p.lang)
	fmt.Fprintf(bw, `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%[1]spt" height="%[2]spt" viewBox="0 0 %[1]s %[2]s" lang="%[3]s" xml:lang="%[3]s" stroke-linejoin="round" role="img" aria-labelledby="%[4]st %[4]sd">
<title id="%[4]st">%[5]s</title>
<desc id="%[4]sd">%[6]s</desc>
`, num(p.w), num(p.h), lang, prefix, escape(p.title), escape(p.alt))
	if defs.Len() > 0 {
		fmt.Fprintf(bw, "<defs>\n%s</defs>\n", defs.String())
	}
	bw.Write(body.Bytes())
	bw.WriteString("</svg>\n")
	return bw.Flush()
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
	return "z" + strconv.FormatUint(uint64(h.Sum32()), 36) + "-"
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
	for _, s := range segs {
		b.WriteByte(s.verb)
		for i := range points(s.verb) {
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

// unitData writes a glyph with whole design units and relative commands,
// which are short.
func unitData(segs []seg) string {
	var b strings.Builder
	var x, y, sx, sy int
	put := func(first bool, v int) {
		if !first && v >= 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(v))
	}
	for _, s := range segs {
		n := points(s.verb)
		var d [6]int
		for i := range n {
			px, py := int(math.Round(float64(s.p[i].X))), int(math.Round(-float64(s.p[i].Y)))
			d[2*i], d[2*i+1] = px-x, py-y
		}
		switch {
		case s.verb == 'Z':
			b.WriteByte('z')
			x, y = sx, sy
			continue
		case s.verb == 'L' && d[1] == 0:
			b.WriteByte('h')
			put(true, d[0])
		case s.verb == 'L' && d[0] == 0:
			b.WriteByte('v')
			put(true, d[1])
		default:
			b.WriteByte(s.verb + 'a' - 'A')
			for i := range 2 * n {
				put(i == 0, d[i])
			}
		}
		x, y = x+d[2*n-2], y+d[2*n-1]
		if s.verb == 'M' {
			sx, sy = x, y
		}
	}
	return b.String()
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
