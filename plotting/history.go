package plotting

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// History draws published figures as a line that is broken where a period is
// missing or a figure is not comparable with those before it: what is not
// known is a gap, never an interpolation.
type History struct {
	Points []Point
	Line   draw.LineStyle
	Radius vg.Length      // of the dots; 0: dots only for figures that stand alone or are provisional
	Paper  draw.LineStyle // its Color fills the dots of provisional figures
	Break  draw.LineStyle // vertical bar before a figure that is not comparable
}

var (
	_ plot.DataRanger  = (*History)(nil)
	_ plot.GlyphBoxer  = (*History)(nil)
	_ plot.Thumbnailer = (*History)(nil)
)

// NewHistory returns the history of the given figures, which must be in
// ascending order; NaN is a gap.
func NewHistory(pts []Point) (*History, error) {
	if err := checkPoints("history", pts); err != nil {
		return nil, err
	}
	return &History{Points: pts}, nil
}

// pieces returns the figures in runs that a line may join.
func (h *History) pieces() [][]Point {
	var out [][]Point
	var cur []Point
	for i, p := range h.Points {
		gap := i > 0 && (p.Break || p.Period.Freq() != h.Points[i-1].Period.Freq() || p.Period.Sub(h.Points[i-1].Period) > 1)
		if gap || math.IsNaN(p.Value) {
			if len(cur) > 0 {
				out = append(out, cur)
			}
			cur = nil
		}
		if !math.IsNaN(p.Value) {
			cur = append(cur, p)
		}
	}
	if len(cur) > 0 {
		out = append(out, cur)
	}
	return out
}

const dotRadius = 3

// Plot implements plot.Plotter.
func (h *History) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	for i, pt := range h.Points {
		if pt.Break && i > 0 {
			x := (tx(X(pt.Period)) + tx(X(h.Points[i-1].Period))) / 2
			c.StrokeLine2(h.Break, x, c.Min.Y, x, c.Max.Y)
		}
	}
	c.StrokeLines(h.Line, h.Lines(&c, p)...)
	for _, run := range h.pieces() {
		for _, pt := range run {
			at := vg.Point{X: tx(X(pt.Period)), Y: ty(pt.Value)}
			if lo, hi := ty(pt.Lo), ty(pt.Hi); pt.Hi > pt.Lo && hi-lo > 2*dotRadius {
				w := draw.LineStyle{Color: h.Line.Color, Width: 1}
				c.StrokeLine2(w, at.X, lo, at.X, hi)
				c.StrokeLine2(w, at.X-3, lo, at.X+3, lo)
				c.StrokeLine2(w, at.X-3, hi, at.X+3, hi)
			}
			r := h.Radius
			if r == 0 && (len(run) == 1 || pt.Provisional) {
				r = dotRadius
			}
			if r <= 0 {
				continue
			}
			fillCircle(&c, h.Line.Color, at, r)
			if pt.Provisional {
				fillCircle(&c, h.Paper.Color, at, r-1)
			}
		}
	}
}

// Lines returns the pieces of the line on a canvas.
func (h *History) Lines(c *draw.Canvas, p *plot.Plot) [][]vg.Point {
	tx, ty := p.Transforms(c)
	var out [][]vg.Point
	for _, run := range h.pieces() {
		var pts []vg.Point
		for _, pt := range run {
			pts = append(pts, vg.Point{X: tx(X(pt.Period)), Y: ty(pt.Value)})
		}
		if len(pts) > 1 {
			out = append(out, pts)
		}
	}
	return out
}

// DataRange implements plot.DataRanger.
func (h *History) DataRange() (xmin, xmax, ymin, ymax float64) { return pointsRange(h.Points) }

func pointsRange(pts []Point) (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range pts {
		x := X(p.Period)
		xmin, xmax = min(xmin, x), max(xmax, x)
		if math.IsNaN(p.Value) {
			continue
		}
		ymin, ymax = min(ymin, p.Value), max(ymax, p.Value)
		if p.Hi > p.Lo {
			ymin, ymax = min(ymin, p.Lo), max(ymax, p.Hi)
		}
	}
	return
}

// GlyphBoxes implements plot.GlyphBoxer.
func (h *History) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	r := max(h.Radius, dotRadius)
	var out []plot.GlyphBox
	for _, pt := range h.Points {
		if !math.IsNaN(pt.Value) {
			out = append(out, plot.GlyphBox{X: p.X.Norm(X(pt.Period)), Y: p.Y.Norm(pt.Value), Rectangle: square(r)})
		}
	}
	return out
}

// Thumbnail implements plot.Thumbnailer.
func (h *History) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(h.Line, c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
}

func square(r vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: -r, Y: -r}, Max: vg.Point{X: r, Y: r}}
}

func fillCircle(c *draw.Canvas, col colour, at vg.Point, r vg.Length) {
	if col == nil {
		return
	}
	var p vg.Path
	p.Move(vg.Point{X: at.X + r, Y: at.Y})
	p.Arc(at, r, 0, 2*math.Pi)
	p.Close()
	c.SetColor(col)
	c.Fill(p)
}
