package plotting

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"example.com/zhibiao/indicators"
)

// RequiredPath draws what would have to be reached on the way to a target, as
// a dotted line.
type RequiredPath struct {
	Points []Point
	Line   draw.LineStyle
}

var (
	_ plot.DataRanger  = (*RequiredPath)(nil)
	_ plot.Thumbnailer = (*RequiredPath)(nil)
)

// NewRequiredPath returns the path through the given points, two or more in
// ascending order and none NaN. GrowthPath and StepPath make them.
func NewRequiredPath(pts []Point) (*RequiredPath, error) {
	if err := checkPoints("required path", pts); err != nil {
		return nil, err
	}
	if len(known(pts)) != len(pts) || len(pts) < 2 {
		return nil, errors.New("plotting: a required path needs two or more points, each with a value")
	}
	return &RequiredPath{Points: pts}, nil
}

// Plot implements plot.Plotter.
func (r *RequiredPath) Plot(c draw.Canvas, p *plot.Plot) { c.StrokeLines(r.Line, r.Polyline(&c, p)) }

// Polyline returns the path on a canvas.
func (r *RequiredPath) Polyline(c *draw.Canvas, p *plot.Plot) []vg.Point {
	tx, ty := p.Transforms(c)
	pts := make([]vg.Point, len(r.Points))
	for i, pt := range r.Points {
		pts[i] = vg.Point{X: tx(X(pt.Period)), Y: ty(pt.Value)}
	}
	return pts
}

// DataRange implements plot.DataRanger.
func (r *RequiredPath) DataRange() (xmin, xmax, ymin, ymax float64) { return pointsRange(r.Points) }

// Thumbnail implements plot.Thumbnailer.
func (r *RequiredPath) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(r.Line, c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
}

// TargetMark draws a target where it is due: a triangle that points upwards
// from a floor, downwards from a ceiling, a diamond at a single figure, and a
// bracket round a range.
type TargetMark struct {
	Target Target
	Color  colour
	Radius vg.Length // 0 means 4.5
	Paper  colour    // thin edge round the mark, so that it stands out from lines; nil: none
}

var (
	_ plot.DataRanger  = (*TargetMark)(nil)
	_ plot.GlyphBoxer  = (*TargetMark)(nil)
	_ plot.Thumbnailer = (*TargetMark)(nil)
)

// NewTargetMark returns the mark of a target, whose interval must have a
// finite end and not be empty.
func NewTargetMark(t Target) (*TargetMark, error) {
	switch w := t.Want; {
	case t.Period.IsZero():
		return nil, errors.New("plotting: a target without a date")
	case w.Empty():
		return nil, fmt.Errorf("plotting: target of %s: nothing satisfies it", t.Period)
	case math.IsInf(w.Lo, 0) && math.IsInf(w.Hi, 0):
		return nil, fmt.Errorf("plotting: target of %s: no figure is wanted", t.Period)
	}
	return &TargetMark{Target: t}, nil
}

type bound uint8

const (
	point bound = iota
	floor
	ceiling
	between
)

func boundOf(w indicators.Interval) bound {
	switch lo, hi := math.IsInf(w.Lo, 0), math.IsInf(w.Hi, 0); {
	case hi && !lo:
		return floor
	case lo && !hi:
		return ceiling
	case w.Lo == w.Hi:
		return point
	}
	return between
}

// Plot implements plot.Plotter.
func (m *TargetMark) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	x, w := tx(X(m.Target.Period)), m.Target.Want
	r := m.radius()
	if boundOf(w) == between {
		st := draw.LineStyle{Color: m.Color, Width: 1.5}
		lo, hi := ty(w.Lo), ty(w.Hi)
		c.StrokeLines(st, []vg.Point{{X: x - r, Y: hi}, {X: x + r, Y: hi}}, []vg.Point{{X: x, Y: hi}, {X: x, Y: lo}}, []vg.Point{{X: x - r, Y: lo}, {X: x + r, Y: lo}})
		return
	}
	m.glyph(&c, vg.Point{X: x, Y: ty(w.Mid())}, r)
}

func (m *TargetMark) glyph(c *draw.Canvas, at vg.Point, r vg.Length) {
	draw := func(col colour, r vg.Length) {
		switch boundOf(m.Target.Want) {
		case floor:
			fillTriangle(c, col, at, r, 1)
		case ceiling:
			fillTriangle(c, col, at, r, -1)
		default:
			fillDiamond(c, col, at, r)
		}
	}
	if m.Paper != nil {
		draw(m.Paper, r+1.2)
	}
	draw(m.Color, r)
}

// box is the place that the mark takes.
func (m *TargetMark) box(tx, ty func(float64) vg.Length) vg.Rectangle {
	x, w := tx(X(m.Target.Period)), m.Target.Want
	if boundOf(w) == between {
		r := m.radius()
		return vg.Rectangle{Min: vg.Point{X: x - r, Y: ty(w.Lo) - 1}, Max: vg.Point{X: x + r, Y: ty(w.Hi) + 1}}
	}
	return around(vg.Point{X: x, Y: ty(w.Mid())}, m.radius())
}

func (m *TargetMark) radius() vg.Length {
	if m.Radius > 0 {
		return m.Radius
	}
	return 4.5
}

// DataRange implements plot.DataRanger.
func (m *TargetMark) DataRange() (xmin, xmax, ymin, ymax float64) {
	x, w := X(m.Target.Period), m.Target.Want
	if w.Bounded() {
		return x, x, w.Lo, w.Hi
	}
	return x, x, w.Mid(), w.Mid()
}

// GlyphBoxes implements plot.GlyphBoxer.
func (m *TargetMark) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	return []plot.GlyphBox{{X: p.X.Norm(X(m.Target.Period)), Y: p.Y.Norm(m.Target.Want.Mid()), Rectangle: square(m.radius() + 1.2)}}
}

// Thumbnail implements plot.Thumbnailer.
func (m *TargetMark) Thumbnail(c *draw.Canvas) { m.glyph(c, c.Center(), m.radius()) }

// fillTriangle fills a triangle that points upwards (dir 1) or downwards (−1)
// with the centre of its box at the point.
func fillTriangle(c *draw.Canvas, col colour, at vg.Point, r vg.Length, dir vg.Length) {
	c.FillPolygon(col, []vg.Point{{X: at.X - r, Y: at.Y - dir*r*0.85}, {X: at.X + r, Y: at.Y - dir*r*0.85}, {X: at.X, Y: at.Y + dir*r*0.95}})
}

func fillDiamond(c *draw.Canvas, col colour, at vg.Point, r vg.Length) {
	c.FillPolygon(col, []vg.Point{{X: at.X - r, Y: at.Y}, {X: at.X, Y: at.Y - r}, {X: at.X + r, Y: at.Y}, {X: at.X, Y: at.Y + r}})
}
