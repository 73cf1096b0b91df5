package plotting

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"example.com/zhibiao/forecast"
)

// Bullet draws one row a target as a bullet graph (Few 2006): a bar from zero
// to the latest figure, a cross line at the target, and behind them the
// forecast range at the target's date. Each row has a scale of its own, from
// zero to the right edge, because units differ. Row i is centred at Y = −i and
// the axis runs from 0 to 1.
type Bullet struct {
	Rows   []Standing
	Levels [2]float64 // of the wide and the narrow range; zero: 0.9 and 0.6
	Range  [2]colour  // wide, narrow
	Bar    colour
	Target colour
}

var _ plot.DataRanger = (*Bullet)(nil)

// NewBullet returns the rows of the given targets. Bars start at zero, so that
// a negative figure or target is an error.
func NewBullet(rows []Standing) (*Bullet, error) {
	var errs []error
	if len(rows) == 0 {
		errs = append(errs, errors.New("plotting: bullet graph without targets"))
	}
	for i := range rows {
		r := &rows[i]
		if err := r.check(i); err != nil {
			errs = append(errs, err)
		} else if r.Latest < 0 || r.goal() < 0 || r.goal() == 0 && !(r.Latest > 0) {
			errs = append(errs, fmt.Errorf("plotting: target %d (%s): a bar cannot show negative figures or nothing but zero", i+1, r.Name))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &Bullet{Rows: standings(rows)}, nil
}

// Full returns the figure at the right edge of row i: a fifth more than the
// largest of latest figure, target and median forecast.
func (b *Bullet) Full(i int) float64 {
	r := &b.Rows[i]
	m := r.goal()
	if !math.IsInf(r.Want.Hi, 1) {
		m = max(m, r.Want.Hi)
	}
	if !math.IsNaN(r.Latest) {
		m = max(m, r.Latest)
	}
	if r.Forecast != nil {
		m = max(m, forecast.Median(r.Forecast))
	}
	return 1.2 * m
}

// DataRange implements plot.DataRanger.
func (b *Bullet) DataRange() (xmin, xmax, ymin, ymax float64) {
	return 0, 1, 0.5 - float64(len(b.Rows)), 0.5
}

// Plot implements plot.Plotter.
func (b *Bullet) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	levels := b.Levels
	if levels == [2]float64{} {
		levels = [2]float64{0.9, 0.6}
	}
	for i, r := range b.Rows {
		y, full := ty(float64(-i)), b.Full(i)
		at := func(v float64) vg.Length { return tx(min(max(v/full, 0), 1)) }
		if r.Forecast != nil {
			for j, l := range levels {
				lo, hi := forecast.Interval(r.Forecast, l)
				bar(&c, b.Range[j], at(lo), y-8, at(hi), y+8)
			}
		}
		if !math.IsNaN(r.Latest) {
			bar(&c, b.Bar, tx(0), y-3, at(r.Latest), y+3)
		}
		c.StrokeLine2(line(b.Target, 2.2), at(r.goal()), y-8, at(r.goal()), y+8)
		if boundOf(r.Want) == between {
			c.StrokeLine2(line(b.Target, 2.2), at(r.Want.Hi), y-8, at(r.Want.Hi), y+8)
		}
	}
	c.StrokeLine2(line(b.Bar, 0.75), tx(0), c.Min.Y, tx(0), c.Max.Y)
}

// BulletChart shows targets in units of their own: how far the latest figure
// is from each, and where the forecast lies.
type BulletChart struct {
	Page
	Rows []Standing
}

// Picture draws the chart. With a zero Size its height follows the rows.
func (b *BulletChart) Picture() (*Picture, error) {
	bl, err := NewBullet(b.Rows)
	if err != nil {
		return nil, err
	}
	b = &BulletChart{Page: b.Page, Rows: bl.Rows}
	th := b.theme()
	bl.Range, bl.Bar, bl.Target = [2]colour{th.Bands[0], th.Bands[2]}, th.Ink, th.Goal
	page := b.Page
	o := Overview{Page: b.Page, Rows: b.Rows}
	page.Title = orElse(page.Title, b.claim())
	page.Subtitle = orElse(page.Subtitle, b.pick("黑条为最新公布数，竖线为目标，阴影为目标期60%和90%预测区间；各行刻度不同", "Black bar: latest figure; cross line: target; shaded: 60% and 90% prediction interval at its date; each row has its own scale"))
	page.Alt = orElse(page.Alt, o.alternative())
	names, right := make([]string, len(b.Rows)), make([]string, len(b.Rows))
	for i, r := range b.Rows {
		names[i] = r.Name
		if r.Unit != "" {
			names[i] += b.pick("，", ", ") + r.Unit
		}
		latest := "—"
		if !math.IsNaN(r.Latest) {
			latest = printed(r.Latest)
		}
		right[i] = latest + " → " + wanted(r.Want, digits(r))
	}
	need := func(t *Text, w vg.Length) rowSpace { return rowsNeed(t, w, names, right, false, 26) }
	return page.drawSized(func(t *Text, w vg.Length) vg.Length {
		return need(t, w).row * vg.Length(len(names))
	}, func(c draw.Canvas, t *Text) error {
		s := need(t, c.Max.X-c.Min.X)
		if err := s.check(c, len(names), 0); err != nil {
			return err
		}
		p := newPlot(t)
		p.Add(bl)
		in := draw.Crop(c, s.names+nameGap, -s.right-10, 0, 0)
		newRowFrame(t, th, names, nil, s.names).Plot(in, p)
		bl.Plot(in, p)
		_, ty := p.Transforms(&in)
		for i := range names {
			setText(&in, t.style(labelSize, false, th.Soft), vg.Point{X: in.Max.X + 10, Y: ty(float64(-i))}, 0, 0.5, right[i])
		}
		return nil
	})
}

func (b *BulletChart) claim() string {
	met := 0
	known := 0
	for _, r := range b.Rows {
		if math.IsNaN(r.Latest) {
			continue
		}
		known++
		if r.Want.Contains(r.Latest) {
			met++
		}
	}
	return b.countOf(met, known,
		[3]string{"%[2]d项有数据的指标均已达到目标值", "%[2]d项有数据的指标中，%[1]d项已达到目标值", "%[2]d项有数据的指标均未达到目标值"},
		[3]string{"all %[2]d indicators with figures stand at their target already", "%[1]d of %[2]d indicators with figures stand at their target already", "none of %[2]d indicators with figures stands at its target yet"})
}

// Progress is how far the way to a target has been gone.
type Progress struct {
	Name string  // what is wanted and when
	Done float64 // share of the way gone: 0.4 for 40 %; may be negative or above 1; NaN: unknown
	Time float64 // share of the time gone, 0 to 1; NaN: not shown
}

// ProgressBars draws one row a target: a bar for the share of the way gone and
// a mark for the share of the time gone. Row i is centred at Y = −i; the axis
// is in per cent.
type ProgressBars struct {
	Rows   []Progress
	Track  colour // from 0 to 100
	Ahead  colour // bars at or ahead of the mark, or without one
	Behind colour // bars behind it
	Mark   colour
}

var _ plot.DataRanger = (*ProgressBars)(nil)

// NewProgressBars returns the bars; infinite shares and times outside 0 to 1
// are errors.
func NewProgressBars(rows []Progress) (*ProgressBars, error) {
	var errs []error
	if len(rows) == 0 {
		errs = append(errs, errors.New("plotting: progress bars without targets"))
	}
	for i, r := range rows {
		if math.IsInf(r.Done, 0) || r.Time < 0 || r.Time > 1 {
			errs = append(errs, fmt.Errorf("plotting: target %d (%s): done %g, time %g: want a finite share and a time between 0 and 1", i+1, r.Name, r.Done, r.Time))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &ProgressBars{Rows: rows}, nil
}

// DataRange implements plot.DataRanger: 0 to 100, or as far as the bars reach
// within −50 to 200.
func (b *ProgressBars) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax = 0, 100
	for _, r := range b.Rows {
		if !math.IsNaN(r.Done) {
			xmin, xmax = min(xmin, 100*r.Done), max(xmax, 100*r.Done)
		}
	}
	return max(xmin, -50), min(xmax, 200), 0.5 - float64(len(b.Rows)), 0.5
}

func (r Progress) behind() bool { return r.Done < r.Time }

// Plot implements plot.Plotter.
func (b *ProgressBars) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	for i, r := range b.Rows {
		y := ty(float64(-i))
		bar(&c, b.Track, tx(0), y-6, tx(100), y+6)
		if !math.IsNaN(r.Done) {
			x := tx(min(max(100*r.Done, p.X.Min), p.X.Max))
			col := b.Ahead
			if r.behind() {
				col = b.Behind
			}
			bar(&c, col, tx(0), y-6, x, y+6)
			if 100*r.Done > p.X.Max {
				c.FillPolygon(col, []vg.Point{{X: x, Y: y - 8}, {X: x + 7, Y: y}, {X: x, Y: y + 8}})
			}
			if 100*r.Done < p.X.Min {
				c.FillPolygon(col, []vg.Point{{X: x, Y: y - 8}, {X: x - 7, Y: y}, {X: x, Y: y + 8}})
			}
		}
		if !math.IsNaN(r.Time) {
			x := tx(100 * r.Time)
			c.StrokeLine2(line(b.Mark, 1.5), x, y-9, x, y+9)
		}
	}
}

// ProgressChart shows how far the way to each target has been gone, beside
// how much of the time has.
type ProgressChart struct {
	Page
	Rows []Progress
}

// Picture draws the chart. With a zero Size its height follows the rows.
func (b *ProgressChart) Picture() (*Picture, error) {
	bars, err := NewProgressBars(b.Rows)
	if err != nil {
		return nil, err
	}
	th := b.theme()
	bars.Track, bars.Ahead, bars.Behind, bars.Mark = grey(0xEC), th.Data, th.Goal, th.Ink
	if b.Theme != nil && nrgba(th.Data) == nrgba(th.Goal) {
		bars.Behind = th.Bands[2] // in one colour, behind is paler
	}
	names, right := make([]string, len(b.Rows)), make([]string, len(b.Rows))
	ahead, timed := 0, 0
	var alt []string
	for i, r := range b.Rows {
		names[i] = r.Name
		switch {
		case math.IsNaN(r.Done):
			right[i] = b.pick("○ 无数据", "○ no figure")
		case math.IsNaN(r.Time):
			right[i] = Number(100*r.Done, 0) + "%"
		case r.behind():
			timed++
			right[i] = "▽ " + Number(100*r.Done, 0) + b.pick("% 落后", "% behind")
		default:
			timed++
			ahead++
			right[i] = "▲ " + Number(100*r.Done, 0) + b.pick("% 达到进度", "% on time")
		}
		a := r.Name + b.pick("完成", ": done ") + right[i]
		if !math.IsNaN(r.Time) {
			a += b.pick("，时间进度", ", time gone ") + Number(100*r.Time, 0) + "%"
		}
		alt = append(alt, a)
	}
	page := b.Page
	if timed == 0 {
		page.Title = orElse(page.Title, b.pick("目标完成进度", "Progress towards the targets"))
	}
	page.Title = orElse(page.Title, b.countOf(ahead, timed,
		[3]string{"%[2]d项目标均达到时间进度", "%[2]d项目标中，%[1]d项达到时间进度", "%[2]d项目标均落后于时间进度"},
		[3]string{"all %[2]d targets are as far as the time is", "%[1]d of %[2]d targets are as far as the time is", "none of %[2]d targets is as far as the time is"}))
	page.Subtitle = orElse(page.Subtitle, b.pick("目标完成进度，%；竖线为时间进度", "Share of the way gone, %; upright line: share of the time gone"))
	page.Alt = orElse(page.Alt, strings.Join(alt, b.pick("；", "; "))+b.pick("。", "."))
	need := func(t *Text, w vg.Length) rowSpace { return rowsNeed(t, w, names, right, true, 24) }
	const below = 16
	return page.drawSized(func(t *Text, w vg.Length) vg.Length {
		return need(t, w).row*vg.Length(len(names)) + below
	}, func(c draw.Canvas, t *Text) error {
		s := need(t, c.Max.X-c.Min.X)
		if err := s.check(c, len(names), below); err != nil {
			return err
		}
		p := newPlot(t)
		p.Add(bars)
		in := draw.Crop(c, s.names+nameGap, -s.right-16, below, 0)
		newRowFrame(t, th, names, RoundTicks{N: 4, Suffix: "%"}, s.names).Plot(in, p)
		bars.Plot(in, p)
		_, ty := p.Transforms(&in)
		for i, r := range b.Rows {
			col := bars.Ahead
			if r.behind() {
				col = th.Goal
			}
			if math.IsNaN(r.Done) {
				col = th.Soft
			}
			setText(&in, t.style(labelSize, true, col), vg.Point{X: c.Max.X - s.right, Y: ty(float64(-i))}, 0, 0.5, right[i])
		}
		return nil
	})
}
