package plotting

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// Standing is how one target stands.
type Standing struct {
	Name        string              // what is wanted and when: 地区生产总值（2026年）
	Unit        string              // of the figures; may be empty
	Want        indicators.Interval // the target, with at least one finite end
	Latest      float64             // last published figure; NaN: none
	Forecast    forecast.Dist       // of the figure at the target's date; nil: none
	Probability float64             // that the target is met; 0: taken from Forecast, NaN without one
	Scale       float64             // what all figures are multiplied by before they are shown; 0 means 1
}

// standings returns the rows with their Scale applied.
func standings(rows []Standing) []Standing {
	out := slices.Clone(rows)
	for i := range out {
		r := &out[i]
		if k := r.Scale; k > 0 && k != 1 {
			r.Want, r.Latest, r.Scale = r.Want.Scale(k), r.Latest*k, 1
			if r.Forecast != nil {
				r.Forecast = scaled{r.Forecast, k}
			}
		}
	}
	return out
}

// prob is the probability that the standing shows, NaN if there is none.
func (s *Standing) prob() float64 {
	switch {
	case s.Probability != 0:
		return s.Probability
	case s.Forecast != nil && !(s.Want.Lo == s.Want.Hi):
		return within(s.Forecast, s.Want)
	}
	return math.NaN()
}

// goal is the end of the target by which the row is scaled.
func (s *Standing) goal() float64 {
	if math.IsInf(s.Want.Lo, -1) {
		return s.Want.Hi
	}
	return s.Want.Lo
}

func (s *Standing) check(i int) error {
	g := s.goal()
	switch {
	case s.Want.Empty() || math.IsInf(g, 0):
		return fmt.Errorf("plotting: target %d (%s): no figure is wanted", i+1, s.Name)
	case math.IsInf(s.Latest, 0):
		return fmt.Errorf("plotting: target %d (%s): the latest figure is infinite", i+1, s.Name)
	case !(s.Scale >= 0) || math.IsInf(s.Scale, 0):
		return fmt.Errorf("plotting: target %d (%s): scale %g: want a positive number, or 0 for 1", i+1, s.Name, s.Scale)
	case s.Probability < 0 || s.Probability > 1:
		return fmt.Errorf("plotting: target %d (%s): probability %g is not between 0 and 1", i+1, s.Name, s.Probability)
	}
	return nil
}

// DotRange draws one row a target: the range and median of the forecast and
// the latest figure, as per cent of the target, so that unlike units stand on
// one axis. Row i is centred at Y = −i. What lies beyond the axis ends in an
// arrow at its edge.
type DotRange struct {
	Rows   []Standing
	Levels [2]float64         // of the thin and the thick range; zero: 0.9 and 0.6
	Range  [2]colour          // thin, thick
	Dot    colour             // median
	Latest colour             // hollow circle
	Paper  colour             // inside of the circle
	Target colour             // line at 100 and marks of the targets
	Grade  func(Grade) colour // colour of the median by grade; nil: Dot
}

var _ plot.DataRanger = (*DotRange)(nil)

// NewDotRange returns the rows of the given targets. A target of zero, or one
// whose figures have another sign, has no per cent and is an error.
func NewDotRange(rows []Standing) (*DotRange, error) {
	var errs []error
	if len(rows) == 0 {
		errs = append(errs, errors.New("plotting: an overview without targets"))
	}
	for i := range rows {
		if err := rows[i].check(i); err != nil {
			errs = append(errs, err)
		} else if rows[i].goal() <= 0 {
			errs = append(errs, fmt.Errorf("plotting: target %d (%s): %g has no per cent of the target: leave it out of the overview", i+1, rows[i].Name, rows[i].goal()))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &DotRange{Rows: standings(rows)}, nil
}

func (d *DotRange) levels() [2]float64 {
	if d.Levels == [2]float64{} {
		return [2]float64{0.9, 0.6}
	}
	return d.Levels
}

// DataRange implements plot.DataRanger. The axis always holds 100 and never
// more than 0 to 250, however wide a forecast is.
func (d *DotRange) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax = 100, 100
	for _, r := range d.Rows {
		k := 100 / r.goal()
		if !math.IsNaN(r.Latest) {
			xmin, xmax = min(xmin, r.Latest*k), max(xmax, r.Latest*k)
		}
		if r.Forecast != nil {
			lo, hi := forecast.Interval(r.Forecast, d.levels()[0])
			xmin, xmax = min(xmin, lo*k), max(xmax, hi*k)
		}
	}
	return max(xmin, 0), min(xmax, 250), 0.5 - float64(len(d.Rows)), 0.5
}

// Plot implements plot.Plotter.
func (d *DotRange) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	x100 := tx(100)
	c.StrokeLine2(line(d.Target, 1.2, 1.2, 2.4), x100, c.Min.Y, x100, c.Max.Y)
	for i, r := range d.Rows {
		y, k := ty(float64(-i)), 100/r.goal()
		if r.Forecast != nil {
			for j, h := range [2]vg.Length{3, 6} {
				lo, hi := forecast.Interval(r.Forecast, d.levels()[j])
				d.span(&c, p, d.Range[j], tx, lo*k, hi*k, y, h)
			}
			col := d.Dot
			if d.Grade != nil {
				col = d.Grade(GradeOf(r.prob()))
			}
			d.at(&c, p, tx, forecast.Median(r.Forecast)*k, y, func(at vg.Point) { fillCircle(&c, col, at, 4) }, col)
		}
		if !math.IsNaN(r.Latest) {
			d.at(&c, p, tx, r.Latest*k, y, func(at vg.Point) {
				fillCircle(&c, d.Latest, at, 3.4)
				fillCircle(&c, d.Paper, at, 2.2)
			}, d.Latest)
		}
		m := TargetMark{Target: Target{Want: r.Want}, Color: d.Target, Paper: d.Paper}
		if boundOf(r.Want) == between {
			m.Target.Want = indicators.Point(r.goal())
		}
		m.glyph(&c, vg.Point{X: x100, Y: y}, 4)
	}
}

// span draws a bar of the given height, cut at the edges of the axis with an
// arrowhead that says so.
func (d *DotRange) span(c *draw.Canvas, p *plot.Plot, col colour, tx func(float64) vg.Length, lo, hi float64, y, h vg.Length) {
	a, b := max(lo, p.X.Min), min(hi, p.X.Max)
	if a > b {
		return
	}
	x0, x1 := tx(a), tx(b)
	bar(c, col, x0, y-h/2, x1, y+h/2)
	if hi > p.X.Max {
		c.FillPolygon(col, []vg.Point{{X: x1, Y: y - 4}, {X: x1 + 6, Y: y}, {X: x1, Y: y + 4}})
	}
	if lo < p.X.Min {
		c.FillPolygon(col, []vg.Point{{X: x0, Y: y - 4}, {X: x0 - 6, Y: y}, {X: x0, Y: y + 4}})
	}
}

func (d *DotRange) at(c *draw.Canvas, p *plot.Plot, tx func(float64) vg.Length, x float64, y vg.Length, mark func(vg.Point), col colour) {
	switch {
	case x > p.X.Max:
		x1 := tx(p.X.Max)
		c.FillPolygon(col, []vg.Point{{X: x1, Y: y - 4}, {X: x1 + 6, Y: y}, {X: x1, Y: y + 4}})
	case x < p.X.Min:
		x0 := tx(p.X.Min)
		c.FillPolygon(col, []vg.Point{{X: x0, Y: y - 4}, {X: x0 - 6, Y: y}, {X: x0, Y: y + 4}})
	default:
		mark(vg.Point{X: tx(x), Y: y})
	}
}

// Overview shows how many targets stand at once, each as per cent of itself:
// latest figure, forecast with its range, and how likely it is to be met.
type Overview struct {
	Page
	Rows []Standing
}

// Picture draws the overview. With a zero Size its height follows the rows.
func (o *Overview) Picture() (*Picture, error) {
	d, err := NewDotRange(o.Rows)
	if err != nil {
		return nil, err
	}
	o = &Overview{Page: o.Page, Rows: d.Rows}
	th := o.theme()
	d.Range, d.Dot, d.Latest, d.Paper, d.Target = [2]colour{th.Bands[1], th.Bands[2]}, th.Data, th.Soft, th.Paper, th.Goal

	page := o.Page
	page.Title = orElse(page.Title, o.claim())
	page.Subtitle = orElse(page.Subtitle, o.pick("目标=100；○最新公布数，●预测中位数，粗线和细线为60%和90%预测区间", "Target = 100; ○ latest figure, ● median forecast, thick and thin line 60% and 90% prediction interval"))
	page.Alt = orElse(page.Alt, o.alternative())

	names, right := make([]string, len(o.Rows)), make([]string, len(o.Rows))
	for i, r := range o.Rows {
		names[i] = r.Name + "\n" + o.pick("目标 ", "target ") + wanted(r.Want, digits(r)) + unitAfter(r.Unit, o.zh())
		g := GradeOf(r.prob())
		right[i] = g.Shape() + " " + g.Word(langOr(o.Lang))
		if g != Ungraded {
			right[i] += " " + percent(r.prob(), "%")
		}
	}
	const below = 16
	return page.drawSized(func(t *Text, w vg.Length) vg.Length {
		return rowsNeed(t, w, names, right, true, 22).row*vg.Length(len(names)) + below
	}, func(c draw.Canvas, t *Text) error {
		s := rowsNeed(t, c.Max.X-c.Min.X, names, right, true, 22)
		if err := s.check(c, len(names), below); err != nil {
			return err
		}
		p := newPlot(t)
		p.Add(d)
		p.X.Min, p.X.Max = niceRange(p.X.Min, p.X.Max, 0, 250)
		in := draw.Crop(c, s.names+nameGap, -s.right-14, below, 0)
		newRowFrame(t, th, names, RoundTicks{Suffix: "%"}, s.names).Plot(in, p)
		d.Plot(in, p)
		for i, r := range o.Rows {
			sty := t.style(labelSize, true, GradeOf(r.prob()).colour(th))
			_, ty := p.Transforms(&in)
			setText(&in, sty, vg.Point{X: c.Max.X - s.right, Y: ty(float64(-i))}, 0, 0.5, right[i])
		}
		return nil
	})
}

func (o *Overview) claim() string {
	n, good, known := len(o.Rows), 0, 0
	for i := range o.Rows {
		switch g := GradeOf(o.Rows[i].prob()); g {
		case VeryLikely, Likely:
			good++
			known++
		case Ungraded:
		default:
			known++
		}
	}
	s := o.countOf(good, n,
		[3]string{"%[2]d项目标按当前趋势均有把握实现", "%[2]d项目标中，%[1]d项按当前趋势有把握实现", "%[2]d项目标按当前趋势均无把握实现"},
		[3]string{"all %[2]d targets are likely to be met on current trends", "%[1]d of %[2]d targets are likely to be met on current trends", "none of %[2]d targets is likely to be met on current trends"})
	if known < n {
		s += o.pick(fmt.Sprintf("，%d项无法评估", n-known), fmt.Sprintf(", %d cannot be assessed", n-known))
	}
	return s
}

func (o *Overview) alternative() string {
	var out []string
	for _, r := range o.Rows {
		s := r.Name + o.pick("：目标", ": target ") + wanted(r.Want, digits(r)) + unitAfter(r.Unit, o.zh())
		if !math.IsNaN(r.Latest) {
			s += o.pick("，最新", ", latest ") + printed(r.Latest)
		}
		if r.Forecast != nil {
			s += o.pick("，预测中位数", ", median forecast ") + printed3(forecast.Median(r.Forecast))
		}
		s += o.pick("，", ", ") + GradeOf(r.prob()).Word(langOr(o.Lang))
		if v := r.prob(); !math.IsNaN(v) {
			s += o.pick("（", " (") + percent(v, "%") + o.pick("）", ")")
		}
		out = append(out, s)
	}
	return strings.Join(out, o.pick("；", "; ")) + o.pick("。", ".")
}

// countOf says that k of n are so, in the words for all, some and none.
func (p *Page) countOf(k, n int, zh, en [3]string) string {
	i := 1
	switch k {
	case n:
		i = 0
	case 0:
		i = 2
	}
	format := p.pick(zh[i], en[i])
	if i != 1 {
		return p.sentence(fmt.Sprintf(strings.ReplaceAll(format, "%[2]d", "%d"), n))
	}
	return p.sentence(fmt.Sprintf(format, k, n))
}

// digits is how many decimals the latest figure has, −1 without one.
func digits(s Standing) int {
	if math.IsNaN(s.Latest) {
		return -1
	}
	_, frac, _ := strings.Cut(printed(s.Latest), ".")
	return len(frac)
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

// unitAfter is the unit as it follows a number.
func unitAfter(unit string, zh bool) string {
	switch {
	case unit == "" || unit == "%" || zh:
		return unit
	case unit[0] >= '0' && unit[0] <= '9':
		return " × " + unit
	}
	return " " + unit
}
