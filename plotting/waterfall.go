package plotting

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Step is one column of a waterfall: a contribution, or a level.
type Step struct {
	Name  string
	Value float64 // of a level: the level; else what is added, or taken away if negative
	Level bool    // the column stands on zero, as the first and usually the last do
}

// Waterfall draws how one level becomes another through contributions, step i
// centred at X = i.
type Waterfall struct {
	Steps []Step
	Base  colour // levels
	Up    colour // what is added
	Down  colour // what is taken away
	Link  draw.LineStyle
}

var _ plot.DataRanger = (*Waterfall)(nil)

// NewWaterfall returns the waterfall of the steps. A level after the first
// that does not agree with what the steps before it add up to, beyond the
// given tolerance, is an error, because the picture would lie; published
// contributions that do not add up need a step for the rest.
func NewWaterfall(steps []Step, tolerance float64) (*Waterfall, error) {
	if len(steps) == 0 {
		return nil, errors.New("plotting: a waterfall without steps")
	}
	sum := 0.0
	var errs []error
	for i, s := range steps {
		if math.IsNaN(s.Value) || math.IsInf(s.Value, 0) {
			errs = append(errs, fmt.Errorf("plotting: waterfall: step %d (%s) is not a number", i+1, s.Name))
			continue
		}
		if !s.Level {
			sum += s.Value
			continue
		}
		if d := s.Value - sum; i > 0 && math.Abs(d) > tolerance+1e-9*math.Abs(s.Value) {
			errs = append(errs, fmt.Errorf("plotting: waterfall: %s is %s, but the steps before it make %s: add a step for the rest of %s", s.Name, printed(s.Value), printed(sum), printed(d)))
		}
		sum = s.Value
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &Waterfall{Steps: steps}, nil
}

// spans returns the lower and upper end of each column, and where the level
// stands after it.
func (w *Waterfall) spans() (from, to []float64) {
	at := 0.0
	for _, s := range w.Steps {
		if s.Level {
			from, to = append(from, 0), append(to, s.Value)
			at = s.Value
			continue
		}
		from, to = append(from, at), append(to, at+s.Value)
		at += s.Value
	}
	return from, to
}

// DataRange implements plot.DataRanger. It always holds zero.
func (w *Waterfall) DataRange() (xmin, xmax, ymin, ymax float64) {
	from, to := w.spans()
	for i := range from {
		ymin, ymax = min(ymin, from[i], to[i]), max(ymax, from[i], to[i])
	}
	return -0.5, float64(len(from)) - 0.5, ymin, ymax
}

// Plot implements plot.Plotter.
func (w *Waterfall) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	from, to := w.spans()
	for i, s := range w.Steps {
		x := float64(i)
		if i > 0 {
			y := ty(to[i-1])
			c.StrokeLine2(w.Link, tx(x-1+0.32), y, tx(x-0.32), y)
		}
		col := w.Base
		switch {
		case s.Level:
		case s.Value < 0:
			col = w.Down
		default:
			col = w.Up
		}
		bar(&c, col, tx(x-0.32), ty(from[i]), tx(x+0.32), ty(to[i]))
	}
}

// WaterfallChart shows how one level becomes another.
type WaterfallChart struct {
	Page
	Steps     []Step
	Unit      string
	Tolerance float64 // by which rounded contributions may miss a level
}

// Picture draws the chart.
func (w *WaterfallChart) Picture() (*Picture, error) {
	wf, err := NewWaterfall(w.Steps, w.Tolerance)
	if err != nil {
		return nil, err
	}
	th := w.theme()
	wf.Base, wf.Up, wf.Down, wf.Link = th.Soft, th.Data, th.Goal, line(th.Soft, 0.75)
	if nrgba(th.Data) == nrgba(th.Goal) {
		wf.Down = th.Bands[2]
	}
	text := make([]string, len(w.Steps))
	for i, s := range w.Steps {
		text[i] = printed(s.Value)
		if !s.Level && s.Value > 0 {
			text[i] = "+" + text[i]
		}
	}
	page := w.Page
	page.Title = orElse(page.Title, w.sentence(w.claim()))
	page.Subtitle = orElse(page.Subtitle, w.pick("各项贡献", "Contributions")+ifUnit(w.Unit, w.pick("，", ", ")))
	var alt []string
	for i, s := range w.Steps {
		alt = append(alt, s.Name+" "+text[i])
	}
	page.Alt = orElse(page.Alt, strings.Join(alt, w.pick("，", ", "))+ifUnit(w.Unit, w.pick("，单位：", ", in "))+w.pick("。", "."))
	return page.Draw(func(c draw.Canvas, t *Text) error {
		_, _, lo, hi := wf.DataRange()
		lo, hi = niceRange(lo, hi, math.Inf(-1), math.Inf(1))
		ticks := RoundTicks{}
		frame := newFrame(t, th, nil, ticks)
		frame.Base.Color = th.Ink
		left := vg.Length(0)
		for _, tk := range ticks.Ticks(lo, hi) {
			left = max(left, frame.Label.Width(tk.Label)+tickGap)
		}
		slot := (c.Max.X - c.Min.X - left) / vg.Length(len(w.Steps))
		below := vg.Length(0)
		names := make([]string, len(w.Steps))
		for i, s := range w.Steps {
			names[i] = strings.Join(t.balance(s.Name, frame.Label.Font, slot-4), "\n")
			below = max(below, frame.Label.Height(names[i]))
		}
		p := newPlot(t)
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(len(w.Steps))-0.5, lo, hi
		in := c
		in.Min.X, in.Min.Y, in.Max.Y = c.Min.X+left, c.Min.Y+below+3, c.Max.Y-leading*labelSize
		if in.Max.Y-in.Min.Y < 50 {
			return errors.New("plotting: names under the columns leave no room: shorten them or take a wider Size")
		}
		frame.Plot(in, p)
		wf.Plot(in, p)
		tx, ty := p.Transforms(&in)
		from, to := wf.spans()
		size := vg.Length(labelSize)
		for ; size > 6; size-- {
			widest := vg.Length(0)
			for _, s := range text {
				widest = max(widest, t.style(size, true, th.Ink).Width(s))
			}
			if widest <= slot*0.98 {
				break
			}
		}
		for i := range text {
			x := tx(float64(i))
			setText(&in, t.style(size, true, th.Ink), vg.Point{X: x, Y: ty(max(from[i], to[i])) + 0.5}, 0.5, 0, text[i])
			setText(&in, frame.Label, vg.Point{X: x, Y: in.Min.Y - 2}, 0.5, 1, names[i])
		}
		return nil
	})
}

func ifUnit(unit, before string) string {
	if unit == "" {
		return ""
	}
	return before + unit
}

// claim names the largest contribution.
func (w *WaterfallChart) claim() string {
	best := -1
	for i, s := range w.Steps {
		if !s.Level && (best < 0 || math.Abs(s.Value) > math.Abs(w.Steps[best].Value)) {
			best = i
		}
	}
	if best < 0 {
		return w.Steps[0].Name
	}
	s := w.Steps[best]
	v := printed(math.Abs(s.Value)) + unitAfter(w.Unit, w.zh())
	if s.Value < 0 {
		return w.pick(s.Name+"影响最大，减少"+v, "largest deduction: "+s.Name+", "+v)
	}
	return w.pick(s.Name+"贡献最大，为"+v, "largest contribution: "+s.Name+", "+v)
}
