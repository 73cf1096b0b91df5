package document

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// run is a piece of text that a page draws at one place.
type run struct {
	x, y float64 // of its beginning, in points from the lower left corner
	end  float64 // estimated x of its end
	size float64 // of the font, in points
	s    string
}

// matrix is a transformation of the plane: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// then returns the transformation m followed by n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

var errOps = errors.New("document: PDF draws too much")

// pdfText reads the text of a PDF in reading order. Lines are kept as lines;
// package report joins them to paragraphs and drops page numbers.
func pdfText(data []byte) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			if e, ok := p.(error); ok && errors.Is(e, errOps) {
				err = fmt.Errorf("%w: more than %d operators", errOps, MaxOps)
				return
			}
			text, err = "", fmt.Errorf("document: damaged PDF: %v", p)
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("document: PDF: %w", err)
	}
	n := r.NumPage()
	if n > MaxPages {
		return "", fmt.Errorf("document: PDF: %d pages, at most %d are read", n, MaxPages)
	}
	var out strings.Builder
	ops, known, unknown := 0, 0, 0
	for i := 1; i <= n; i++ {
		p := r.Page(i)
		if p.V.IsNull() {
			continue
		}
		d := drawing{ops: &ops, known: &known, unknown: &unknown, encoders: map[string]*fontMap{}}
		d.content(p.V.Key("Contents"), p.Resources(), identity, 0)
		writeLines(&out, d.runs)
		if out.Len() > MaxText {
			return "", fmt.Errorf("document: PDF: more than %d MB of text", MaxText>>20)
		}
	}
	switch {
	case unknown > 0 && unknown*20 >= known:
		return "", fmt.Errorf("%w: %d of %d characters", ErrNoMap, unknown, known+unknown)
	case strings.TrimSpace(out.String()) == "":
		return "", ErrScan
	}
	return out.String(), nil
}

// drawing collects what one page draws.
type drawing struct {
	runs     []run
	ops      *int
	encoders map[string]*fontMap
	known    *int // characters that were decoded
	unknown  *int // codes without a character
}

// textState is the part of the graphics state that places text.
type textState struct {
	ctm           matrix
	enc           *fontMap
	size          float64
	leading       float64
	scale         float64 // horizontal, 1 for 100 %
	charSp, rise  float64
	tm, lineStart matrix
}

// content follows one content stream; forms drawn by Do are followed to a
// depth of eight.
func (d *drawing) content(stream, resources pdf.Value, ctm matrix, depth int) {
	if stream.IsNull() {
		return
	}
	s := textState{ctm: ctm, scale: 1, tm: identity, lineStart: identity}
	var stack []textState
	pdf.Interpret(stream, func(stk *pdf.Stack, op string) {
		if *d.ops++; *d.ops > MaxOps {
			panic(errOps)
		}
		args := make([]pdf.Value, stk.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		num := func(i int) float64 {
			if i >= len(args) {
				return 0
			}
			return args[i].Float64()
		}
		move := func(x, y float64) {
			s.lineStart = matrix{1, 0, 0, 1, x, y}.then(s.lineStart)
			s.tm = s.lineStart
		}
		switch op {
		case "q":
			if len(stack) < 1000 {
				stack = append(stack, s)
			}
		case "Q":
			if n := len(stack); n > 0 {
				s, stack = stack[n-1], stack[:n-1]
			}
		case "cm":
			s.ctm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}.then(s.ctm)
		case "BT":
			s.tm, s.lineStart = identity, identity
		case "Tf":
			if len(args) == 2 {
				s.enc, s.size = d.encoder(resources, args[0].Name()), num(1)
			}
		case "Tc":
			s.charSp = num(0)
		case "TL":
			s.leading = num(0)
		case "Tz":
			s.scale = num(0) / 100
		case "Ts":
			s.rise = num(0)
		case "Td":
			move(num(0), num(1))
		case "TD":
			s.leading = -num(1)
			move(num(0), num(1))
		case "Tm":
			s.lineStart = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}
			s.tm = s.lineStart
		case "T*":
			move(0, -s.leading)
		case "'":
			move(0, -s.leading)
			if len(args) > 0 {
				d.show(&s, args[len(args)-1].RawString())
			}
		case "\"":
			move(0, -s.leading)
			if len(args) > 2 {
				s.charSp = num(1)
				d.show(&s, args[2].RawString())
			}
		case "Tj":
			if len(args) > 0 {
				d.show(&s, args[0].RawString())
			}
		case "TJ":
			if len(args) == 0 {
				return
			}
			for i := range args[0].Len() {
				switch x := args[0].Index(i); x.Kind() {
				case pdf.String:
					d.show(&s, x.RawString())
				case pdf.Integer, pdf.Real:
					s.tm = matrix{1, 0, 0, 1, -x.Float64() / 1000 * s.size * s.scale, 0}.then(s.tm)
				}
			}
		case "Do":
			if len(args) == 0 || depth >= 8 {
				return
			}
			form := resources.Key("XObject").Key(args[0].Name())
			if form.Key("Subtype").Name() != "Form" {
				return
			}
			m := identity
			if a := form.Key("Matrix"); a.Len() == 6 {
				m = matrix{a.Index(0).Float64(), a.Index(1).Float64(), a.Index(2).Float64(), a.Index(3).Float64(), a.Index(4).Float64(), a.Index(5).Float64()}
			}
			res := form.Key("Resources")
			if res.IsNull() {
				res = resources
			}
			inner := drawing{ops: d.ops, known: d.known, unknown: d.unknown, encoders: map[string]*fontMap{}}
			inner.content(form, res, m.then(s.ctm), depth+1)
			d.runs = append(d.runs, inner.runs...)
		}
	})
}

// encoder returns the decoder of a font's strings, kept for the page.
func (d *drawing) encoder(resources pdf.Value, name string) *fontMap {
	if e, ok := d.encoders[name]; ok {
		return e
	}
	e := newFontMap(pdf.Font{V: resources.Key("Font").Key(name)})
	d.encoders[name] = e
	return e
}

// show records a string at the current place and moves on by its estimated
// width: an em for a Chinese character, half of one for others. Producers
// place the pieces of a line themselves, so that the estimate only decides
// where a gap is.
func (d *drawing) show(s *textState, raw string) {
	text := raw
	if s.enc != nil {
		var bad int
		text, bad = s.enc.text(raw)
		*d.unknown += bad
	}
	*d.known += utf8.RuneCountInString(text)
	if text == "" {
		return
	}
	at := matrix{1, 0, 0, 1, 0, s.rise}.then(s.tm).then(s.ctm)
	width := 0.0
	for _, r := range text {
		if r < 0x2000 {
			width += 0.5 * s.size
		} else {
			width += s.size
		}
		width += s.charSp
	}
	next := matrix{1, 0, 0, 1, width * s.scale, 0}.then(s.tm)
	end := next.then(s.ctm)
	size := math.Abs(s.size) * math.Hypot(at.c, at.d)
	if n := len(d.runs); n > 0 && d.runs[n-1].y == at.f && math.Abs(d.runs[n-1].end-at.e) < 0.01*size {
		d.runs[n-1].s += text
		d.runs[n-1].end = end.e
	} else {
		d.runs = append(d.runs, run{x: at.e, y: at.f, end: end.e, size: size, s: text})
	}
	s.tm = next
}

// writeLines sorts the runs of a page into lines, from the top and from the
// left, and writes them. A gap inside a line becomes a blank, a wide one a
// tab, so that the columns of tables stay apart; an indented line begins with
// an ideographic space.
func writeLines(out *strings.Builder, runs []run) {
	runs = slices.DeleteFunc(runs, func(r run) bool {
		return strings.TrimSpace(r.s) == "" || math.IsNaN(r.x) || math.IsNaN(r.y)
	})
	if len(runs) == 0 {
		return
	}
	slices.SortStableFunc(runs, func(a, b run) int {
		switch {
		case a.y > b.y:
			return -1
		case a.y < b.y:
			return 1
		}
		return 0
	})
	var lines [][]run
	for _, r := range runs {
		if n := len(lines); n > 0 && math.Abs(lines[n-1][0].y-r.y) < 0.45*max(r.size, 1) {
			lines[n-1] = append(lines[n-1], r)
		} else {
			lines = append(lines, []run{r})
		}
	}
	left := math.Inf(1)
	for _, l := range lines {
		slices.SortStableFunc(l, func(a, b run) int {
			switch {
			case a.x < b.x:
				return -1
			case a.x > b.x:
				return 1
			}
			return 0
		})
		if utf8.RuneCountInString(l[0].s) > 10 {
			left = min(left, l[0].x)
		}
	}
	for _, l := range lines {
		if l[0].x > left+1.5*l[0].size && !strings.HasPrefix(l[0].s, "\u3000") {
			out.WriteString("\u3000\u3000")
		}
		for i, r := range l {
			if i > 0 {
				switch gap := r.x - l[i-1].end; {
				case gap > 2.5*r.size && len(l) > 2:
					out.WriteByte('\t')
				case gap > 0.6*r.size:
					out.WriteByte(' ')
				}
			}
			out.WriteString(strings.Map(func(c rune) rune {
				if c < ' ' || c == '\ufffd' {
					return -1
				}
				return c
			}, r.s))
		}
		out.WriteByte('\n')
	}
}
