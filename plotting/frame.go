package plotting

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Frame draws what stands behind data: a horizontal grid with its numbers at
// the left, a base line with its calendar below, no vertical axis line. It
// replaces the axes of gonum/plot (hide those), and drops labels that would
// run into one another.
type Frame struct {
	X, Y  plot.Ticker // nil: none
	Grid  draw.LineStyle
	Base  draw.LineStyle // base line and tick marks below it
	Label text.Style     // with its Handler
	Cross float64        // value of Y that the base line marks if it lies inside, such as 0; the tick marks stay at the bottom
}

var _ plot.GlyphBoxer = (*Frame)(nil)

func newFrame(t *Text, th *Theme, x, y plot.Ticker) *Frame {
	return &Frame{
		X: x, Y: y,
		Grid:  draw.LineStyle{Color: th.Grid, Width: 0.5},
		Base:  draw.LineStyle{Color: th.Soft, Width: 0.75},
		Label: t.style(labelSize, false, th.Soft),
	}
}

const (
	tickLength = 4
	tickGap    = 5 // between number and grid
)

// Plot implements plot.Plotter.
func (f *Frame) Plot(c draw.Canvas, p *plot.Plot) {
	if f.Y != nil {
		for _, t := range f.Y.Ticks(p.Y.Min, p.Y.Max) {
			y := c.Y(p.Y.Norm(t.Value))
			c.StrokeLine2(f.Grid, c.Min.X, y, c.Max.X, y)
			if t.Label != "" {
				setText(&c, f.Label, vg.Point{X: c.Min.X - tickGap, Y: y}, 1, 0.5, t.Label)
			}
		}
	}
	base := c.Min.Y
	if f.Cross > p.Y.Min && f.Cross < p.Y.Max {
		base = c.Y(p.Y.Norm(f.Cross))
	}
	c.StrokeLine2(f.Base, c.Min.X, base, c.Max.X, base)
	for _, l := range f.xLabels(&c, p) {
		c.StrokeLine2(f.Base, l.x, c.Min.Y, l.x, c.Min.Y-tickLength)
		if l.text != "" {
			setText(&c, f.Label, vg.Point{X: l.x, Y: c.Min.Y - tickLength - 1}, 0.5, 1, l.text)
		}
	}
}

type xLabel struct {
	x    vg.Length
	text string
}

// xLabels returns all ticks, the labels thinned: kept ones first, then from
// the left.
func (f *Frame) xLabels(c *draw.Canvas, p *plot.Plot) []xLabel {
	if f.X == nil {
		return nil
	}
	ticks := f.X.Ticks(p.X.Min, p.X.Max)
	out := make([]xLabel, len(ticks))
	type span struct{ lo, hi vg.Length }
	var taken []span
	kept, _ := f.X.(interface{ Kept(float64) bool })
	for pass := range 2 {
		for i, t := range ticks {
			out[i].x = c.X(p.X.Norm(t.Value))
			first := kept != nil && kept.Kept(t.Value)
			if t.Label == "" || first != (pass == 0) {
				continue
			}
			w := f.Label.Width(t.Label)/2 + 3
			s := span{out[i].x - w, out[i].x + w}
			free := true
			for _, o := range taken {
				if s.lo < o.hi && o.lo < s.hi {
					free = false
				}
			}
			if free {
				taken = append(taken, s)
				out[i].text = t.Label
			}
		}
	}
	return out
}

// GlyphBoxes implements plot.GlyphBoxer, so that gonum/plot leaves room for
// the labels.
func (f *Frame) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	var out []plot.GlyphBox
	if f.Y != nil {
		for _, t := range f.Y.Ticks(p.Y.Min, p.Y.Max) {
			out = append(out, plot.GlyphBox{X: 0, Y: p.Y.Norm(t.Value), Rectangle: textBox(f.Label, vg.Point{X: -tickGap}, 1, 0.5, t.Label)})
		}
	}
	if f.X != nil {
		for _, t := range f.X.Ticks(p.X.Min, p.X.Max) {
			if t.Label == "" {
				t.Label = " "
			}
			out = append(out, plot.GlyphBox{X: p.X.Norm(t.Value), Y: 0, Rectangle: textBox(f.Label, vg.Point{Y: -tickLength - 1}, 0.5, 1, t.Label)})
		}
	}
	return out
}

// newPlot returns a gonum plot that draws plotters and nothing of its own.
func newPlot(t *Text) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.TextHandler = t
	p.HideAxes()
	return p
}

func line(c color.Color, width vg.Length, dashes ...vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: width, Dashes: dashes}
}
