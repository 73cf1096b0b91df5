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

// Correlation draws a correlation matrix as its lower triangle: a disc in each
// cell whose area is the size of the correlation, full for a positive one and
// a ring for a negative one, and the number. Row i is centred at Y = −i and
// column j at X = j.
type Correlation struct {
	R        [][]float64 // symmetric, ones on the diagonal; NaN: unknown
	Positive colour
	Negative colour
	Paper    colour
	Label    text.Style // of the numbers, with its Handler
	Grid     draw.LineStyle
}

var _ plot.DataRanger = (*Correlation)(nil)

// NewCorrelation returns the drawing of a correlation matrix of two or more
// variables.
func NewCorrelation(r [][]float64) (*Correlation, error) {
	n := len(r)
	if n < 2 {
		return nil, errors.New("plotting: a correlation needs two or more variables")
	}
	for i := range r {
		if len(r[i]) != n {
			return nil, fmt.Errorf("plotting: correlation matrix: row %d has %d of %d columns", i+1, len(r[i]), n)
		}
	}
	const eps = 1e-9
	for i := range r {
		for j := range i {
			a, b := r[i][j], r[j][i]
			if math.Abs(a) > 1+eps || math.Abs(a-b) > eps || math.IsNaN(a) != math.IsNaN(b) {
				return nil, fmt.Errorf("plotting: correlation matrix: %g and %g at %d, %d: want equal numbers between −1 and 1", a, b, i+1, j+1)
			}
		}
		if math.Abs(r[i][i]-1) > eps {
			return nil, fmt.Errorf("plotting: correlation matrix: %g on the diagonal at %d: want 1", r[i][i], i+1)
		}
	}
	return &Correlation{R: r}, nil
}

// DataRange implements plot.DataRanger.
func (k *Correlation) DataRange() (xmin, xmax, ymin, ymax float64) {
	n := float64(len(k.R))
	return -0.5, n - 1.5, 0.5 - n, -0.5
}

// Plot implements plot.Plotter.
func (k *Correlation) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	cell := min(tx(1)-tx(0), ty(0)-ty(-1))
	for i := range k.R {
		for j := range i {
			x, y := tx(float64(j)), ty(float64(-i))
			strokeRect(&c, k.Grid, tx(float64(j)-0.5), ty(float64(-i)-0.5), tx(float64(j)+0.5), ty(float64(-i)+0.5))
			v := k.R[i][j]
			if math.IsNaN(v) {
				setText(&c, k.Label, vg.Point{X: x, Y: y}, 0.5, 0.5, "—")
				continue
			}
			// Disc and number are centred together.
			room := k.Label.Font.Size * leading
			full := min(24, min(cell, ty(float64(-i)+0.5)-ty(float64(-i)-0.5)-room)/2*0.88)
			radius := full * vg.Length(math.Sqrt(math.Abs(v)))
			at := vg.Point{X: x, Y: y + room/2}
			if v >= 0 {
				fillCircle(&c, k.Positive, at, radius)
			} else {
				fillCircle(&c, k.Negative, at, radius)
				fillCircle(&c, k.Paper, at, radius-min(2.5, radius*0.45))
			}
			setText(&c, k.Label, vg.Point{X: x, Y: at.Y - full}, 0.5, 1, Number(v, 2))
		}
	}
}

// CorrelationChart shows how the forecasts of several targets move together,
// which decides how likely it is that all are met.
type CorrelationChart struct {
	Page
	Names []string
	R     [][]float64
}

// Picture draws the chart.
func (k *CorrelationChart) Picture() (*Picture, error) {
	m, err := NewCorrelation(k.R)
	if err != nil {
		return nil, err
	}
	if len(k.Names) != len(k.R) {
		return nil, fmt.Errorf("plotting: %d names for %d variables", len(k.Names), len(k.R))
	}
	th := k.theme()
	m.Positive, m.Negative, m.Paper, m.Grid = th.Data, th.Goal, th.Paper, line(th.Grid, 0.5)
	page := k.Page
	page.Title = orElse(page.Title, k.claim())
	page.Subtitle = orElse(page.Subtitle, k.pick("相关系数；●正相关，○负相关，面积表示强弱", "Correlation; ● positive, ○ negative, area shows strength"))
	page.Alt = orElse(page.Alt, k.alternative())
	return page.Draw(func(c draw.Canvas, t *Text) error {
		n := len(k.Names)
		names := rowsNeed(t, c.Max.X-c.Min.X, k.Names[1:], nil, false, 0)
		sty := t.style(labelSize, false, th.Ink)
		slot := (c.Max.X - c.Min.X - names.names - nameGap) / vg.Length(n-1)
		below := vg.Length(0)
		under := make([]string, n-1)
		for j := range under {
			under[j] = strings.Join(t.balance(k.Names[j], sty.Font, slot-6), "\n")
			below = max(below, sty.Height(under[j]))
		}
		in := draw.Crop(c, names.names+nameGap, 0, below+4, 0)
		h := (in.Max.Y - in.Min.Y) / vg.Length(n-1)
		if h < max(names.row, 24) || slot < 26 {
			return fmt.Errorf("plotting: %d variables leave cells of %.0f × %.0f points: show fewer, shorten the names, or take a larger Size", n, float64(slot), float64(h))
		}
		m.Label = t.style(min(labelSize, max(7, h*0.22)), false, th.Ink)
		p := newPlot(t)
		p.Add(m)
		m.Plot(in, p)
		tx, ty := p.Transforms(&in)
		for i := 1; i < n; i++ {
			txt := strings.Join(t.balance(k.Names[i], sty.Font, names.names), "\n")
			setText(&in, sty, vg.Point{X: in.Min.X - nameGap, Y: ty(float64(-i))}, 1, 0.5, txt)
		}
		for j := range under {
			setText(&in, sty, vg.Point{X: tx(float64(j)), Y: in.Min.Y - 3}, 0.5, 1, under[j])
		}
		return nil
	})
}

// strongest returns the pair with the largest correlation in size.
func (k *CorrelationChart) strongest() (i, j int) {
	i, j = 1, 0
	for a := range k.R {
		for b := range a {
			if math.Abs(k.R[a][b]) > math.Abs(k.R[i][j]) || math.IsNaN(k.R[i][j]) {
				i, j = a, b
			}
		}
	}
	return i, j
}

func (k *CorrelationChart) claim() string {
	i, j := k.strongest()
	v := Number(k.R[i][j], 2)
	return k.pick(fmt.Sprintf("%s与%s相关最强，相关系数%s", k.Names[j], k.Names[i], v), fmt.Sprintf("%s and %s move together most: correlation %s", k.Names[j], k.Names[i], v))
}

func (k *CorrelationChart) alternative() string {
	var out []string
	for i := range k.R {
		for j := range i {
			out = append(out, k.Names[j]+k.pick("与", " and ")+k.Names[i]+" "+Number(k.R[i][j], 2))
		}
	}
	return strings.Join(out, k.pick("，", ", ")) + k.pick("。", ".")
}
