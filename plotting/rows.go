package plotting

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// RowFrame draws what stands behind rows of bars or ranges: their names at the
// left, vertical grid lines with numbers below. Row i is centred at Y = −i, so
// that the first is at the top.
type RowFrame struct {
	Names []string
	X     plot.Ticker // nil: no grid and no numbers
	Grid  draw.LineStyle
	Label text.Style // of the numbers, with its Handler
	Name  text.Style // of the names
	Width vg.Length  // of the names, which are wrapped to it; 0: not wrapped
}

var (
	_ plot.GlyphBoxer = (*RowFrame)(nil)
	_ plot.DataRanger = (*RowFrame)(nil)
)

func newRowFrame(t *Text, th *Theme, names []string, x plot.Ticker, width vg.Length) *RowFrame {
	return &RowFrame{
		Names: names, X: x, Width: width,
		Grid:  line(th.Grid, 0.5),
		Label: t.style(labelSize, false, th.Soft),
		Name:  t.style(labelSize, false, th.Ink),
	}
}

func (f *RowFrame) name(i int) string {
	if t, ok := f.Name.Handler.(*Text); ok && f.Width > 0 {
		return strings.Join(t.balance(f.Names[i], f.Name.Font, f.Width), "\n")
	}
	return f.Names[i]
}

// Plot implements plot.Plotter.
func (f *RowFrame) Plot(c draw.Canvas, p *plot.Plot) {
	if f.X != nil {
		var end vg.Length = -1e9 // of the last number written
		for _, t := range f.X.Ticks(p.X.Min, p.X.Max) {
			x := c.X(p.X.Norm(t.Value))
			c.StrokeLine2(f.Grid, x, c.Min.Y, x, c.Max.Y)
			w := f.Label.Width(t.Label) / 2
			if t.Label == "" || x-w < end+2 {
				continue
			}
			end = x + w
			setText(&c, f.Label, vg.Point{X: x, Y: c.Min.Y - 1}, 0.5, 1, t.Label)
		}
	}
	for i := range f.Names {
		at, ax := f.nameAt()
		setText(&c, f.Name, vg.Point{X: c.Min.X + at, Y: c.Y(p.Y.Norm(float64(-i)))}, ax, 0.5, f.name(i))
	}
}

const nameGap = 8

// nameAt is where names stand from the left edge of the data: in a column of
// their own, aligned at its left, if Width is given, else against the edge.
func (f *RowFrame) nameAt() (x vg.Length, ax float64) {
	if f.Width > 0 {
		return -nameGap - f.Width, 0
	}
	return -nameGap, 1
}

// DataRange implements plot.DataRanger: the rows in Y, nothing in X.
func (f *RowFrame) DataRange() (xmin, xmax, ymin, ymax float64) {
	return math.Inf(1), math.Inf(-1), 0.5 - float64(len(f.Names)), 0.5
}

// GlyphBoxes implements plot.GlyphBoxer.
func (f *RowFrame) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	var out []plot.GlyphBox
	for i := range f.Names {
		at, ax := f.nameAt()
		out = append(out, plot.GlyphBox{X: 0, Y: p.Y.Norm(float64(-i)), Rectangle: textBox(f.Name, vg.Point{X: at}, ax, 0.5, f.name(i))})
	}
	if f.X != nil {
		for _, t := range f.X.Ticks(p.X.Min, p.X.Max) {
			out = append(out, plot.GlyphBox{X: p.X.Norm(t.Value), Y: 0, Rectangle: textBox(f.Label, vg.Point{Y: -1}, 0.5, 1, t.Label)})
		}
	}
	return out
}

// rowSpace is how a chart of rows divides its width and height.
type rowSpace struct {
	names, right vg.Length // widths of the names and of the column at the right
	row          vg.Length // least height of a row
}

// rowsNeed measures names, wrapped to at most 34 % of the width, and the texts
// to the right of the rows.
func rowsNeed(t *Text, width vg.Length, names, right []string, bold bool, least vg.Length) rowSpace {
	f := t.style(labelSize, false, nil)
	limit := 0.34 * width
	s := rowSpace{row: least}
	for _, n := range names {
		lines := t.balance(n, f.Font, limit)
		for _, l := range lines {
			s.names = max(s.names, f.Width(l))
		}
		s.row = max(s.row, vg.Length(len(lines))*leading*labelSize+4)
	}
	g := t.style(labelSize, bold, nil)
	for _, r := range right {
		s.right = max(s.right, g.Width(r))
		s.row = max(s.row, g.Height(r)+4)
	}
	s.names++ // so that wrapping to it wraps alike
	return s
}

// check reports an error if n rows do not fit into c.
func (s rowSpace) check(c draw.Canvas, n int, below vg.Length) error {
	if h := c.Max.Y - c.Min.Y - below; h < s.row*vg.Length(n)*0.999 {
		return fmt.Errorf("plotting: %d rows need %.0f points of height and have %.0f: leave Size zero, so that the height follows the rows, or show fewer", n, float64(s.row)*float64(n), float64(max(h, 0)))
	}
	if w := c.Max.X - c.Min.X; w-s.names-s.right < 0.2*w {
		return fmt.Errorf("plotting: names and labels leave %.0f of %.0f points of width for the drawing: shorten them or take a wider Size", float64(max(w-s.names-s.right, 0)), float64(w))
	}
	return nil
}

func bar(c *draw.Canvas, col colour, x0, y0, x1, y1 vg.Length) {
	c.FillPolygon(col, []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}})
}

func strokeRect(c *draw.Canvas, st draw.LineStyle, x0, y0, x1, y1 vg.Length) {
	c.StrokeLines(st, []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}, {X: x0, Y: y0}})
}
