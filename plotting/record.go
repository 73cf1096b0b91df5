package plotting

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// recorder is a vg.Canvas that keeps what is drawn on it as a flat list in
// page coordinates: points, y upwards, all transforms applied. A picture is
// laid out once this way and then written in any format, and the formats need
// no graphics state of their own.
type recorder struct {
	w, h  vg.Length
	state state
	stack []state
	ops   []op
	faces []*sfnt.Font // in order of first use
	buf   sfnt.Buffer
	errs  []error
}

type state struct {
	m     affine
	width vg.Length
	dash  []vg.Length
	offs  vg.Length
	color color.NRGBA
}

// affine maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type affine struct{ a, b, c, d, e, f float64 }

func (m affine) apply(p vg.Point) vg.Point {
	x, y := float64(p.X), float64(p.Y)
	return vg.Point{X: vg.Length(m.a*x + m.c*y + m.e), Y: vg.Length(m.b*x + m.d*y + m.f)}
}

// mul returns the map that applies n first and then m.
func (m affine) mul(n affine) affine {
	return affine{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

// scale is the factor by which m enlarges lengths.
func (m affine) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

type opKind uint8

const (
	opFill opKind = iota
	opStroke
	opText
)

// op is one thing drawn.
type op struct {
	kind  opKind
	color color.NRGBA
	path  []seg // fill, stroke

	width vg.Length // stroke
	dash  []vg.Length
	offs  vg.Length

	text  string // text
	face  int    // index into faces
	size  vg.Length
	at    vg.Point
	angle float64 // radians, counter-clockwise
}

// seg is a path segment: M, L, Q, C or Z with the points it takes.
type seg struct {
	verb byte
	p    [3]vg.Point
}

// end is the point that the segment leads to.
func (s seg) end() vg.Point {
	switch s.verb {
	case 'Q':
		return s.p[1]
	case 'C':
		return s.p[2]
	}
	return s.p[0]
}

func newRecorder(w, h vg.Length) *recorder {
	r := &recorder{w: w, h: h, state: state{m: affine{a: 1, d: 1}}}
	vg.Initialize(r)
	return r
}

var _ vg.CanvasSizer = (*recorder)(nil)

func (r *recorder) Size() (w, h vg.Length)   { return r.w, r.h }
func (r *recorder) SetLineWidth(w vg.Length) { r.state.width = w }
func (r *recorder) SetLineDash(d []vg.Length, offs vg.Length) {
	r.state.dash, r.state.offs = append([]vg.Length(nil), d...), offs
}
func (r *recorder) SetColor(c color.Color) { r.state.color = nrgba(c) }
func (r *recorder) Push()                  { r.stack = append(r.stack, r.state) }
func (r *recorder) Pop() {
	r.state, r.stack = r.stack[len(r.stack)-1], r.stack[:len(r.stack)-1]
}

func (r *recorder) Rotate(rad float64) {
	sin, cos := math.Sincos(rad)
	r.state.m = r.state.m.mul(affine{cos, sin, -sin, cos, 0, 0})
}

func (r *recorder) Translate(p vg.Point) {
	r.state.m = r.state.m.mul(affine{1, 0, 0, 1, float64(p.X), float64(p.Y)})
}

func (r *recorder) Scale(x, y float64) { r.state.m = r.state.m.mul(affine{a: x, d: y}) }

// nrgba undoes the premultiplication of color.Color; nil is black.
func nrgba(c color.Color) color.NRGBA {
	if c == nil {
		return color.NRGBA{A: 255}
	}
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}

func (r *recorder) Stroke(p vg.Path) {
	s := &r.state
	if s.width <= 0 || s.color.A == 0 {
		return
	}
	k := vg.Length(s.m.scale())
	dash := make([]vg.Length, len(s.dash))
	for i, d := range s.dash {
		dash[i] = d * k
	}
	r.ops = append(r.ops, op{kind: opStroke, color: s.color, path: r.segs(p), width: s.width * k, dash: dash, offs: s.offs * k})
}

func (r *recorder) Fill(p vg.Path) {
	if r.state.color.A != 0 {
		r.ops = append(r.ops, op{kind: opFill, color: r.state.color, path: r.segs(p)})
	}
}

func (r *recorder) segs(p vg.Path) []seg {
	m := r.state.m
	out := make([]seg, 0, len(p))
	open := false
	for _, c := range p {
		switch c.Type {
		case vg.MoveComp:
			out, open = append(out, seg{'M', [3]vg.Point{m.apply(c.Pos)}}), true
		case vg.LineComp:
			verb := byte('L')
			if !open {
				verb = 'M'
			}
			out, open = append(out, seg{verb, [3]vg.Point{m.apply(c.Pos)}}), true
		case vg.CurveComp:
			switch len(c.Control) {
			case 1:
				out = append(out, seg{'Q', [3]vg.Point{m.apply(c.Control[0]), m.apply(c.Pos)}})
			case 2:
				out = append(out, seg{'C', [3]vg.Point{m.apply(c.Control[0]), m.apply(c.Control[1]), m.apply(c.Pos)}})
			default:
				panic("plotting: curve with neither one nor two control points")
			}
		case vg.ArcComp:
			out, open = append(out, arc(m, c, open)...), true
		case vg.CloseComp:
			out, open = append(out, seg{verb: 'Z'}), false
		default:
			panic("plotting: unknown path component")
		}
	}
	return out
}

// arc approximates a circular arc by cubic curves of at most a quarter turn,
// whose error is 0.03 % of the radius.
func arc(m affine, c vg.PathComp, open bool) []seg {
	n := max(1, int(math.Ceil(math.Abs(c.Angle)/(math.Pi/2)-1e-9)))
	d := c.Angle / float64(n)
	k := 4.0 / 3 * math.Tan(d/4)
	on := func(a, tangent float64) vg.Point {
		sin, cos := math.Sincos(a)
		return m.apply(vg.Point{
			X: c.Pos.X + c.Radius*vg.Length(cos-tangent*sin),
			Y: c.Pos.Y + c.Radius*vg.Length(sin+tangent*cos),
		})
	}
	verb := byte('M')
	if open {
		verb = 'L'
	}
	out := []seg{{verb, [3]vg.Point{on(c.Start, 0)}}}
	for i := range n {
		a, b := c.Start+float64(i)*d, c.Start+float64(i+1)*d
		out = append(out, seg{'C', [3]vg.Point{on(a, k), on(b, -k), on(b, 0)}})
	}
	return out
}

func (r *recorder) FillString(f font.Face, pt vg.Point, s string) {
	if f.Font.Size <= 0 || s == "" {
		return
	}
	i := 0
	for ; i < len(r.faces) && r.faces[i] != f.Face; i++ {
	}
	if i == len(r.faces) {
		r.faces = append(r.faces, f.Face)
	}
	// Text chooses a face that has the character; other handlers may not.
	for _, c := range s {
		if g, err := f.Face.GlyphIndex(&r.buf, c); err != nil || g == 0 {
			r.errs = append(r.errs, &GlyphError{Char: c, Text: s})
			return
		}
	}
	m := r.state.m
	r.ops = append(r.ops, op{
		kind: opText, color: r.state.color, text: s, face: i,
		size: f.Font.Size * vg.Length(m.scale()), at: m.apply(pt), angle: math.Atan2(m.b, m.a),
	})
}

// DrawImage reports an error: no chart of this library holds a bitmap, and
// none would stay small and sharp in all three formats.
func (r *recorder) DrawImage(vg.Rectangle, image.Image) {
	r.errs = append(r.errs, fmt.Errorf("plotting: a picture cannot hold bitmaps"))
}

// outline returns the glyphs of a text op as a path in page coordinates.
func outline(buf *sfnt.Buffer, face *sfnt.Font, o *op) []seg {
	sin64, cos64 := math.Sincos(o.angle)
	sin, cos := vg.Length(sin64), vg.Length(cos64)
	upm := int(face.UnitsPerEm())
	k := o.size / vg.Length(upm)
	var out []seg
	layout(buf, font.Face{Font: font.Font{Size: o.size}, Face: face}, o.text, func(_ rune, g sfnt.GlyphIndex, x, _ vg.Length) {
		segs, err := glyph(buf, face, g)
		if err != nil {
			return
		}
		for _, s := range segs {
			for i, p := range s.p {
				px, py := x+p.X*k, p.Y*k
				s.p[i] = vg.Point{X: o.at.X + px*cos - py*sin, Y: o.at.Y + px*sin + py*cos}
			}
			out = append(out, s)
		}
	})
	return out
}

// glyph returns the contours of a glyph in design units, y upwards, each
// closed.
func glyph(buf *sfnt.Buffer, face *sfnt.Font, g sfnt.GlyphIndex) ([]seg, error) {
	segs, err := face.LoadGlyph(buf, g, fixedUPM(face), nil)
	if err != nil {
		return nil, err
	}
	var out []seg
	for _, s := range segs {
		var t seg
		n := 1
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if len(out) > 0 {
				out = append(out, seg{verb: 'Z'})
			}
			t.verb = 'M'
		case sfnt.SegmentOpLineTo:
			t.verb = 'L'
		case sfnt.SegmentOpQuadTo:
			t.verb, n = 'Q', 2
		case sfnt.SegmentOpCubeTo:
			t.verb, n = 'C', 3
		}
		for i := range n {
			t.p[i] = vg.Point{X: vg.Length(s.Args[i].X), Y: -vg.Length(s.Args[i].Y)}
		}
		out = append(out, t)
	}
	if len(out) > 0 {
		out = append(out, seg{verb: 'Z'})
	}
	return out, nil
}
