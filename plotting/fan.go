package plotting

import (
	"errors"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"example.com/zhibiao/forecast"
)

// Fan draws the central prediction intervals of a forecast as bands, the
// widest behind, with the median as a dashed line: the fan chart of the Bank
// of England in the form used since 2013, with 30, 60 and 90 %. The colours
// are opaque, so that the bands do not darken one another and print alike.
type Fan struct {
	Levels []float64     // widest first, such as 0.9, 0.6, 0.3
	Colors []color.Color // of the bands, widest first; nil: not drawn
	Median draw.LineStyle

	x      []float64
	median []float64
	lo, hi [][]float64 // by level, then by period
	at     bool        // starts at an observation, where all bands have no width
}

var (
	_ plot.DataRanger  = (*Fan)(nil)
	_ plot.Thumbnailer = (*Fan)(nil)
)

// NewFan returns the fan of a forecast at the given levels, each between 0 and
// 1 and widest first. If from is not nil the bands open at that observation.
// Forecasts must be in ascending order and after from, with finite quantiles.
func NewFan(from *Point, steps []Future, levels []float64, colors []color.Color) (*Fan, error) {
	f := &Fan{Levels: levels, Colors: colors, lo: make([][]float64, len(levels)), hi: make([][]float64, len(levels))}
	for i, l := range levels {
		if !(l > 0 && l < 1) || i > 0 && l >= levels[i-1] {
			return nil, fmt.Errorf("plotting: levels %v: want numbers between 0 and 1, widest first", levels)
		}
	}
	if len(steps) == 0 {
		return nil, errors.New("plotting: a fan without a forecast")
	}
	add := func(x, m float64, lo, hi func(i int) float64) {
		f.x, f.median = append(f.x, x), append(f.median, m)
		for i := range levels {
			f.lo[i], f.hi[i] = append(f.lo[i], lo(i)), append(f.hi[i], hi(i))
		}
	}
	if from != nil && !math.IsNaN(from.Value) {
		v := func(int) float64 { return from.Value }
		add(X(from.Period), from.Value, v, v)
		f.at = true
	}
	for _, s := range steps {
		if s.Period.IsZero() || s.Dist == nil {
			return nil, errors.New("plotting: a forecast without period or distribution")
		}
		x := X(s.Period)
		if n := len(f.x); n > 0 && x <= f.x[n-1] {
			return nil, fmt.Errorf("plotting: forecast of %s: want ascending periods after the last figure", s.Period)
		}
		lo := func(i int) float64 { return s.Dist.Quantile((1 - levels[i]) / 2) }
		hi := func(i int) float64 { return s.Dist.Quantile((1 + levels[i]) / 2) }
		add(x, forecast.Median(s.Dist), lo, hi)
		n := len(f.x) - 1
		sum := f.median[n]
		for i := range levels {
			sum += f.lo[i][n] + f.hi[i][n]
		}
		if math.IsNaN(sum) || math.IsInf(sum, 0) {
			return nil, fmt.Errorf("plotting: forecast of %s: quantiles are not finite", s.Period)
		}
	}
	return f, nil
}

// Plot implements plot.Plotter.
func (f *Fan) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	for i := range f.Levels {
		if i >= len(f.Colors) || f.Colors[i] == nil {
			continue
		}
		var pts []vg.Point
		if len(f.x) == 1 { // a single forecast has no width in time: a bar
			w := vg.Length(6)
			x := tx(f.x[0])
			lo, hi := ty(f.lo[i][0]), ty(f.hi[i][0])
			pts = []vg.Point{{X: x - w, Y: lo}, {X: x + w, Y: lo}, {X: x + w, Y: hi}, {X: x - w, Y: hi}}
		} else {
			for k := range f.x {
				pts = append(pts, vg.Point{X: tx(f.x[k]), Y: ty(f.hi[i][k])})
			}
			for k := len(f.x) - 1; k >= 0; k-- {
				pts = append(pts, vg.Point{X: tx(f.x[k]), Y: ty(f.lo[i][k])})
			}
		}
		c.FillPolygon(f.Colors[i], c.ClipPolygonY(pts))
	}
	if f.Median.Width > 0 {
		c.StrokeLines(f.Median, c.ClipLinesY(f.MedianLine(&c, p))...)
		if !f.at && len(f.x) == 1 {
			x, y := tx(f.x[0]), ty(f.median[0])
			c.StrokeLine2(draw.LineStyle{Color: f.Median.Color, Width: f.Median.Width}, x-6, y, x+6, y)
		}
	}
}

// MedianLine returns the line of medians on a canvas.
func (f *Fan) MedianLine(c *draw.Canvas, p *plot.Plot) []vg.Point {
	tx, ty := p.Transforms(c)
	pts := make([]vg.Point, len(f.x))
	for k := range f.x {
		pts[k] = vg.Point{X: tx(f.x[k]), Y: ty(f.median[k])}
	}
	return pts
}

// DataRange implements plot.DataRanger.
func (f *Fan) DataRange() (xmin, xmax, ymin, ymax float64) {
	ymin, ymax = math.Inf(1), math.Inf(-1)
	for k := range f.x {
		ymin, ymax = min(ymin, f.median[k]), max(ymax, f.median[k])
		for i := range f.lo {
			ymin, ymax = min(ymin, f.lo[i][k]), max(ymax, f.hi[i][k])
		}
	}
	return f.x[0], f.x[len(f.x)-1], ymin, ymax
}

// Thumbnail implements plot.Thumbnailer.
func (f *Fan) Thumbnail(c *draw.Canvas) {
	h := c.Max.Y - c.Min.Y
	for i, col := range f.Colors {
		d := h * vg.Length(i) / vg.Length(2*len(f.Colors))
		c.FillPolygon(col, []vg.Point{{X: c.Min.X, Y: c.Min.Y + d}, {X: c.Max.X, Y: c.Min.Y + d}, {X: c.Max.X, Y: c.Max.Y - d}, {X: c.Min.X, Y: c.Max.Y - d}})
	}
	c.StrokeLine2(f.Median, c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
}
