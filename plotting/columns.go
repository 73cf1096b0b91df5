package plotting

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ColumnSet is one set of columns, a figure for each category.
type ColumnSet struct {
	Name    string    // as it stands in the key: 所需增速
	Values  []float64 // NaN: none
	Planned bool      // wanted or forecast, not observed: drawn hollow
}

// Columns draws sets of columns side by side, category i centred at X = i.
// They start at zero: a column is its length.
type Columns struct {
	Sets   []ColumnSet
	Colors []colour // by set
	Paper  colour   // inside of hollow columns
	Share  float64  // of a category that its columns take; 0: 0.7

	// Value writes a figure over its column; nil: no figures.
	Value func(v float64) string
	Label text.Style // of the figures, with its Handler
}

var (
	_ plot.DataRanger = (*Columns)(nil)
	_ plot.GlyphBoxer = (*Columns)(nil)
)

// NewColumns returns the columns of n categories.
func NewColumns(n int, sets []ColumnSet) (*Columns, error) {
	if n < 1 || len(sets) == 0 {
		return nil, errors.New("plotting: columns without figures")
	}
	var errs []error
	for _, s := range sets {
		if len(s.Values) != n {
			errs = append(errs, fmt.Errorf("plotting: columns %q: %d figures for %d categories", s.Name, len(s.Values), n))
		}
		for i, v := range s.Values {
			if math.IsInf(v, 0) {
				errs = append(errs, fmt.Errorf("plotting: columns %q: figure %d is infinite", s.Name, i+1))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &Columns{Sets: sets}, nil
}

// DataRange implements plot.DataRanger. It always holds zero.
func (c *Columns) DataRange() (xmin, xmax, ymin, ymax float64) {
	for _, s := range c.Sets {
		for _, v := range s.Values {
			if !math.IsNaN(v) {
				ymin, ymax = min(ymin, v), max(ymax, v)
			}
		}
	}
	return -0.5, float64(len(c.Sets[0].Values)) - 0.5, ymin, ymax
}

// box returns the edges of a column.
func (c *Columns) box(set, i int) (x0, x1 float64) {
	share := c.Share
	if share == 0 {
		share = 0.7
	}
	w := share / float64(len(c.Sets))
	x0 = float64(i) - share/2 + w*float64(set)
	return x0 + 0.04*w, x0 + 0.96*w
}

// Plot implements plot.Plotter.
func (c *Columns) Plot(dc draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&dc)
	for k, s := range c.Sets {
		for i, v := range s.Values {
			if math.IsNaN(v) {
				continue
			}
			a, b := c.box(k, i)
			x0, x1, y0, y1 := tx(a), tx(b), ty(0), ty(v)
			bar(&dc, c.Colors[k], x0, y0, x1, y1)
			if s.Planned {
				const edge = 1.3
				if h := y1 - y0; h > 2*edge || h < -2*edge {
					d := vg.Length(edge)
					if h < 0 {
						d = -d
					}
					bar(&dc, c.Paper, x0+edge, y0+d, x1-edge, y1-d)
				}
			}
			if c.Value != nil {
				ay, gap := 0.0, vg.Length(0.5)
				if v < 0 {
					ay, gap = 1, -0.5
				}
				setText(&dc, c.Label, vg.Point{X: (x0 + x1) / 2, Y: y1 + gap}, 0.5, ay, c.Value(v))
			}
		}
	}
}

// GlyphBoxes implements plot.GlyphBoxer: room for the figures.
func (c *Columns) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	if c.Value == nil {
		return nil
	}
	var out []plot.GlyphBox
	for k, s := range c.Sets {
		for i, v := range s.Values {
			if math.IsNaN(v) {
				continue
			}
			a, b := c.box(k, i)
			ay := 0.0
			if v < 0 {
				ay = 1
			}
			out = append(out, plot.GlyphBox{X: p.X.Norm((a + b) / 2), Y: p.Y.Norm(v), Rectangle: textBox(c.Label, vg.Point{}, 0.5, ay, c.Value(v))})
		}
	}
	return out
}

// GrowthChart shows rates of growth as columns: by indicator or by period, the
// observed ones solid and the required ones hollow.
type GrowthChart struct {
	Page
	Categories []string // under the columns: names, or periods
	Sets       []ColumnSet
	Unit       string // of the figures; empty means %
	Decimals   int    // shown with the figures
}

// Picture draws the chart.
func (g *GrowthChart) Picture() (*Picture, error) {
	cols, err := NewColumns(len(g.Categories), g.Sets)
	if err != nil {
		return nil, err
	}
	th := g.theme()
	unit := orElse(g.Unit, "%")
	tail := unitAfterPercent(unit)
	for i := range g.Sets {
		cols.Colors = append(cols.Colors, th.Other[i%len(th.Other)])
	}
	cols.Paper = th.Paper
	cols.Value = func(v float64) string { return Number(v, g.Decimals) + tail }

	page := g.Page
	page.Title = orElse(page.Title, g.sentence(g.claim(tail)))
	if len(g.Sets) == 1 { // else there is a key
		page.Subtitle = orElse(page.Subtitle, g.sentence(g.Sets[0].Name+g.pick("，", ", ")+unit))
	}
	page.Subtitle = orElse(page.Subtitle, g.pick("单位：", "Unit: ")+unit)
	page.Alt = orElse(page.Alt, g.alternative(tail))
	return page.Draw(func(c draw.Canvas, t *Text) error {
		key := t.style(labelSize, false, th.Ink)
		y := c.Max.Y
		if len(g.Sets) > 1 {
			h := drawKey(&c, key, g.Sets, cols, c.Min.X, y)
			y -= h + 4
		}
		_, _, lo, hi := cols.DataRange()
		lo, hi = niceRange(lo, hi, math.Inf(-1), math.Inf(1))
		if lo < 0 {
			lo -= 0.06 * (hi - lo) // room for the figures under columns that point down
		}
		ticks := RoundTicks{Suffix: tail}
		frame := newFrame(t, th, nil, ticks)
		frame.Base.Color = th.Ink
		left := vg.Length(0)
		for _, tk := range ticks.Ticks(lo, hi) {
			left = max(left, frame.Label.Width(tk.Label)+tickGap)
		}
		// Names under the columns, wrapped to their width.
		slot := (c.Max.X - c.Min.X - left) / vg.Length(len(g.Categories))
		names := make([]string, len(g.Categories))
		below := vg.Length(0)
		for i, n := range g.Categories {
			names[i] = strings.Join(t.balance(n, frame.Label.Font, slot-4), "\n")
			below = max(below, frame.Label.Height(names[i]))
		}
		p := newPlot(t)
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(len(g.Categories))-0.5, lo, hi
		in := c
		in.Min.X, in.Min.Y, in.Max.Y = c.Min.X+left, c.Min.Y+below+3, y-leading*labelSize
		if in.Max.Y-in.Min.Y < 50 {
			return fmt.Errorf("plotting: names under the columns leave no room: shorten them or take a wider Size")
		}
		frame.Plot(in, p)
		// The figures take the largest size at which neighbours do not touch.
		// Where none does, the per cent sign goes, which stands at the axis too,
		// and at last the figures.
		short := func(v float64) string { return Number(v, g.Decimals) }
		for _, value := range []func(float64) string{cols.Value, short, nil} {
			cols.Value = value
			size := vg.Length(labelSize)
			for ; size >= 7; size-- {
				cols.Label = t.style(size, false, th.Ink)
				if value == nil || cols.fits(slot) {
					break
				}
			}
			if size >= 7 {
				break
			}
		}
		cols.Plot(in, p)
		tx, _ := p.Transforms(&in)
		for i, n := range names {
			setText(&in, frame.Label, vg.Point{X: tx(float64(i)), Y: in.Min.Y - 2}, 0.5, 1, n)
		}
		return nil
	})
}

// fits reports whether no figure is wider than its column's share of a slot.
func (c *Columns) fits(slot vg.Length) bool {
	a, b := c.box(0, 0)
	w := vg.Length(b-a) * slot * 1.04
	if len(c.Sets) == 1 {
		w = slot * 0.96
	}
	for _, s := range c.Sets {
		for _, v := range s.Values {
			if !math.IsNaN(v) && c.Label.Width(c.Value(v)) > w {
				return false
			}
		}
	}
	return true
}

// drawKey draws the names of the sets with a sample of each, and returns the
// height it took.
func drawKey(c *draw.Canvas, sty text.Style, sets []ColumnSet, cols *Columns, x, y vg.Length) vg.Length {
	x0, h := x, leading*sty.Font.Size
	top := y
	for k, s := range sets {
		w := 14 + sty.Width(s.Name)
		if x > x0 && x+w > c.Max.X {
			x, y = x0, y-h
		}
		bar(c, cols.Colors[k], x, y-h/2-4, x+9, y-h/2+4)
		if s.Planned {
			bar(c, cols.Paper, x+1.3, y-h/2-2.7, x+7.7, y-h/2+2.7)
		}
		setText(c, sty, vg.Point{X: x + 13, Y: y - h/2}, 0, 0.5, s.Name)
		x += w + 14
	}
	return top - y + h
}

func unitAfterPercent(unit string) string {
	if unit == "%" {
		return unit
	}
	return ""
}

// claim names the category whose last set is largest.
func (g *GrowthChart) claim(tail string) string {
	s := g.Sets[len(g.Sets)-1]
	best := -1
	for i, v := range s.Values {
		if !math.IsNaN(v) && (best < 0 || v > s.Values[best]) {
			best = i
		}
	}
	if best < 0 {
		return s.Name
	}
	v := Number(s.Values[best], g.Decimals) + tail
	return g.pick(fmt.Sprintf("%s：%s最高，为%s", s.Name, g.Categories[best], v), fmt.Sprintf("%s: highest %s, at %s", g.Categories[best], s.Name, v))
}

func (g *GrowthChart) alternative(tail string) string {
	var out []string
	for i, c := range g.Categories {
		var parts []string
		for _, s := range g.Sets {
			v := g.pick("无", "none")
			if !math.IsNaN(s.Values[i]) {
				v = Number(s.Values[i], g.Decimals) + tail
			}
			parts = append(parts, s.Name+" "+v)
		}
		out = append(out, c+g.pick("：", ": ")+strings.Join(parts, g.pick("，", ", ")))
	}
	return strings.Join(out, g.pick("；", "; ")) + g.pick("。", ".")
}
