package plotting

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"example.com/zhibiao/indicators"
)

// fanDrawing is a fan chart whose parts have been checked and scaled.
type fanDrawing struct {
	f        *FanChart
	th       *Theme
	history  *History
	last     *Point // last known figure
	fan      *Fan
	paths    []*RequiredPath
	marks    []*TargetMark
	ticks    CalendarTicks
	y        RoundTicks
	x0, x1   float64
	y0, y1   float64
	absolute bool // the vertical axis starts at zero
}

func (f *FanChart) build() (*fanDrawing, error) {
	d := &fanDrawing{f: f, th: f.theme()}
	th := d.th
	var errs []error
	fail := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	var err error
	d.history, err = NewHistory(f.History)
	fail(err)
	if pts := known(f.History); len(pts) > 0 {
		d.last = &pts[len(pts)-1]
	}
	if len(f.Forecast) > 0 {
		n := len(f.levels())
		// Fewer bands than three take the darker colours, so that a single
		// band can still be seen.
		d.fan, err = NewFan(d.last, f.Forecast, f.levels(), th.Bands[(3-n)/2:(3-n)/2+n])
		fail(err)
	}
	for _, p := range f.Required {
		r, err := NewRequiredPath(p.Points)
		fail(err)
		d.paths = append(d.paths, r)
	}
	for _, t := range f.Targets {
		m, err := NewTargetMark(t)
		fail(err)
		d.marks = append(d.marks, m)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Indicator, err)
	}
	d.history.Line = line(th.Data, 2)
	d.history.Paper = line(th.Paper, 0)
	d.history.Break = line(th.Soft, 0.75, 4, 2)
	if len(known(f.History)) <= 12 {
		d.history.Radius = dotRadius
	}
	if d.fan != nil {
		d.fan.Median = line(th.Data, 2, 5, 3)
	}
	for _, r := range d.paths {
		r.Line = line(th.Goal, 1.2, 1.2, 2.4)
	}
	for _, m := range d.marks {
		m.Color, m.Paper = th.Goal, th.Paper
	}
	d.scale()
	return d, nil
}

// scale chooses the axes.
func (d *fanDrawing) scale() {
	f := d.f
	x0, x1, y0, y1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	add := func(a, b, c, e float64) {
		x0, x1, y0, y1 = min(x0, a), max(x1, b), min(y0, c), max(y1, e)
	}
	if len(f.History) > 0 {
		add(d.history.DataRange())
	}
	for _, r := range d.paths {
		add(r.DataRange())
	}
	for _, m := range d.marks {
		add(m.DataRange())
	}
	if d.fan != nil {
		fx0, fx1, _, _ := d.fan.DataRange()
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range d.fan.x {
			lo, hi = min(lo, d.fan.median[i]), max(hi, d.fan.median[i])
		}
		add(fx0, fx1, lo, hi)
		// A band may be so wide that history and target would be a flat line
		// below it. Then the picture is cut and says so.
		_, _, lo, hi = d.fan.DataRange()
		span := max(y1-y0, 0.05*max(math.Abs(y0), math.Abs(y1)))
		room := max(3*span, math.Abs(y0), math.Abs(y1))
		lo, hi = max(lo, y0-room), min(hi, y1+room)
		add(fx0, fx1, lo, hi)
	}
	bounds := f.Bounds
	if bounds == (indicators.Interval{}) {
		bounds = indicators.Everything()
	}
	if m := 0.05 * max(math.Abs(y0), math.Abs(y1)); y1-y0 < m {
		// A constant, or one figure: its rounding must not fill the chart.
		y0, y1 = (y0+y1)/2-m, (y0+y1)/2+m
	}
	d.y0, d.y1 = niceRange(y0, y1, bounds.Lo, bounds.Hi)
	if d.y0 >= d.y1 { // the bounds leave no room: a constant on a bound
		d.y0, d.y1 = niceRange(y0, y1, math.Inf(-1), math.Inf(1))
	}
	d.absolute = d.y0 <= 0 && d.y1 >= 0
	d.x0, d.x1 = x0, x1
	if x0 == x1 {
		d.x0, d.x1 = x0-1, x1+1
	} else if len(known(f.History)) > 1 {
		d.x0 -= (x1 - x0) * 0.02 // room for the label of the first figure
	} else {
		d.x0 -= (x1 - x0) * 0.06
	}

	d.ticks = CalendarTicks{Lang: f.Lang}
	note := func(p indicators.Period) {
		if !p.IsZero() {
			d.ticks.Freq = max(d.ticks.Freq, p.Freq())
		}
	}
	for _, p := range f.History {
		note(p.Period)
	}
	for _, p := range f.Forecast {
		note(p.Period)
	}
	for _, p := range f.Required {
		for _, q := range p.Points {
			note(q.Period)
		}
	}
	keep := func(p indicators.Period) { d.ticks.Keep = append(d.ticks.Keep, atFreq(p, d.ticks.Freq)) }
	if d.last != nil {
		keep(d.last.Period)
	}
	for _, t := range f.Targets {
		note(t.Period)
		keep(t.Period)
	}
	if f.Unit == "%" {
		d.y.Suffix = "%"
	}
}

// beyond says where the widest band leaves the picture, "" if it does not.
func (d *fanDrawing) beyond() string {
	if d.fan == nil {
		return ""
	}
	f := d.f
	_, _, lo, hi := d.fan.DataRange()
	var cut []string
	if hi > d.y1 {
		cut = append(cut, f.pick("上端至", "up to ")+f.guess(hi)+f.unitTail())
	}
	if lo < d.y0 {
		cut = append(cut, f.pick("下端至", "down to ")+f.guess(lo)+f.unitTail())
	}
	if len(cut) == 0 {
		return ""
	}
	p := percentOf(f.levels()[0])
	return f.pick(p+"区间"+strings.Join(cut, "、")+"，超出图幅。", "The "+p+" interval reaches "+strings.Join(cut, " and ")+", beyond the chart.")
}

// atFreq returns the period of frequency freq in which p ends, p itself if it
// is not the coarser one.
func atFreq(p indicators.Period, freq indicators.Freq) indicators.Period {
	if freq == indicators.Daily {
		freq = indicators.Monthly
	}
	if p.Freq() >= freq {
		return p
	}
	return partOf(freq, int(math.Round((X(p)+1)*float64(freq.PerYear())))-1)
}

func (d *fanDrawing) draw(c draw.Canvas, t *Text) error {
	f, th := d.f, d.th
	num := t.style(labelSize, false, th.Data)
	strong := t.style(labelSize, true, th.Data)
	goal := t.style(labelSize, true, th.Goal)
	small := t.style(labelSize, false, th.Goal)

	// The labels at the right decide how wide the right margin is.
	var ends []endLabel
	endsAt := d.x1
	if len(f.Forecast) > 0 {
		k := len(d.fan.x) - 1
		if d.fan.x[k] == endsAt {
			m := d.fan.median[k]
			txt := f.pick("预测 ", "Forecast ") + f.guess(m) + f.unitTail()
			ends = append(ends, endLabel{sty: num, text: txt, y: vg.Length(m)})
		}
	}
	var inner []*TargetMark
	for _, m := range d.marks {
		if X(m.Target.Period) == endsAt {
			ends = append(ends, endLabel{sty: goal, text: f.targetLabel(m.Target), y: vg.Length(m.Target.Want.Mid())})
		} else {
			inner = append(inner, m)
		}
	}
	var innerForecast bool
	if d.fan != nil && d.fan.x[len(d.fan.x)-1] != endsAt {
		innerForecast = true
	}
	var innerPaths []int
	for i, r := range d.paths {
		if f.Required[i].Label == "" {
			continue
		}
		end := r.Points[len(r.Points)-1]
		if X(end.Period) == endsAt {
			ends = append(ends, endLabel{rank: 1, sty: small, text: f.Required[i].Label, y: vg.Length(end.Value)})
		} else {
			innerPaths = append(innerPaths, i)
		}
	}
	if d.last != nil && d.fan == nil && X(d.last.Period) == endsAt {
		ends = append(ends, endLabel{sty: strong, text: printed(d.last.Value) + f.unitTail(), y: vg.Length(d.last.Value)})
	}
	var right vg.Length = 10
	for _, e := range ends {
		right = max(right, e.sty.Width(e.text)+12)
	}

	p := newPlot(t)
	frame := newFrame(t, th, d.ticks, d.y)
	if d.absolute {
		frame.Base.Color = th.Ink
	}
	for _, l := range d.ticks.Ticks(d.x0, d.x1) {
		if w := frame.Label.Width(l.Label); w > 0 {
			d.ticks.Labels = max(2, int((c.Max.X-c.Min.X-right-30)/(w*1.25)))
			frame.X = d.ticks
			break
		}
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = d.x0, d.x1, d.y0, d.y1

	// Margins, from the labels that stand in them.
	left := vg.Length(0)
	for _, tk := range d.y.Ticks(d.y0, d.y1) {
		left = max(left, frame.Label.Width(tk.Label)+tickGap)
	}
	ticks := d.ticks.Ticks(d.x0, d.x1)
	if len(ticks) > 0 {
		left = max(left, frame.Label.Width(ticks[0].Label)/2)
		right = max(right, frame.Label.Width(ticks[len(ticks)-1].Label)/2)
	}
	if right > 0.45*(c.Max.X-c.Min.X) {
		return fmt.Errorf("%s: plotting: labels at the right take more than 45%% of the width: shorten them", f.Indicator)
	}
	in := draw.Crop(c, left, -right, leading*labelSize+tickLength+2, -leading*noteSize-2)

	b := &board{c: &in, area: vg.Rectangle{Min: vg.Point{X: in.Min.X, Y: in.Min.Y}, Max: vg.Point{X: in.Max.X + right, Y: in.Max.Y + 13}}}
	tx, ty := p.Transforms(&in)
	d.paint(in, p, frame, b, 11)
	soft := t.style(noteSize, false, th.Soft)
	if d.fan != nil && d.last != nil {
		b.block(setText(&in, soft, vg.Point{X: tx(X(d.last.Period)) + 4, Y: in.Max.Y + 1}, 0, 0, f.pick("预测", "Forecast")))
	}
	for i, pt := range f.History {
		if pt.Break && i > 0 {
			x := (tx(X(pt.Period)) + tx(X(f.History[i-1].Period))) / 2
			r := textBox(soft, vg.Point{X: x + 4, Y: in.Max.Y + 1}, 0, 0, f.pick("口径变化", "Break in series"))
			if b.cost(r) == 0 {
				b.put(soft, r, f.pick("口径变化", "Break in series"))
			}
		}
	}

	// Labels: those at the right end first, then the others where they fit.
	for i := range ends {
		ends[i].y = ty(float64(ends[i].y))
	}
	for _, r := range endLabels(&in, ends, in.Max.X+6, in.Max.X+10, in.Min.Y, in.Max.Y+10) {
		b.block(r)
	}
	for _, m := range inner {
		b.placeTarget(goal, m, tx, ty, f.targetLabel(m.Target))
	}
	for _, i := range innerPaths {
		end := d.paths[i].Points[len(d.paths[i].Points)-1]
		b.place(small, vg.Point{X: tx(X(end.Period)), Y: ty(end.Value)}, 6, above, f.Required[i].Label)
	}
	if innerForecast {
		k := len(d.fan.x) - 1
		at := vg.Point{X: tx(d.fan.x[k]), Y: ty(d.fan.median[k])}
		b.place(num, at, 4, []side{{1, 0}, {1, 1}, {1, -1}, {0, 1}, {0, -1}}, f.pick("预测 ", "Forecast ")+f.guess(d.fan.median[k])+f.unitTail())
	}
	if pts := known(f.History); len(pts) > 0 {
		show := []int{len(pts) - 1}
		if d.fan == nil && X(d.last.Period) == endsAt {
			show = nil // already at the right
		}
		if len(pts) > 1 {
			show = append(show, 0)
		}
		if len(pts) <= 5 {
			for i := 1; i < len(pts)-1; i++ {
				show = append(show, i)
			}
		}
		for _, i := range show {
			at := vg.Point{X: tx(X(pts[i].Period)), Y: ty(pts[i].Value)}
			b.place(strong, at, dotRadius+1, above, printed(pts[i].Value)+f.unitTail())
		}
	}
	d.bandLabels(&in, t, b, tx, ty)
	return nil
}

// paint draws everything but words beyond the frame, and tells b what is in
// the way of labels: bands first, then the grid over them, lines and marks.
// The line at the origin of the forecast stands out by over at the top.
func (d *fanDrawing) paint(in draw.Canvas, p *plot.Plot, frame *Frame, b *board, over vg.Length) {
	th := d.th
	tx, ty := p.Transforms(&in)
	if d.fan != nil {
		bands := *d.fan
		bands.Median.Width = 0
		bands.Plot(in, p)
	}
	frame.Plot(in, p)
	upright := func(x vg.Length) []vg.Point { return []vg.Point{{X: x, Y: in.Min.Y}, {X: x, Y: in.Max.Y}} }
	if d.fan != nil && d.last != nil {
		x := tx(X(d.last.Period))
		in.StrokeLine2(line(th.Soft, 0.75, 1, 2.5), x, in.Min.Y, x, in.Max.Y+over)
		b.blockLine(upright(x))
	}
	for _, r := range d.paths {
		r.Plot(in, p)
		b.blockLine(r.Polyline(&in, p))
	}
	d.history.Plot(in, p)
	for _, l := range d.history.Lines(&in, p) {
		b.blockLine(l)
	}
	if d.fan != nil {
		lines := *d.fan
		lines.Colors = nil
		lines.Plot(in, p)
		b.blockLine(d.fan.MedianLine(&in, p))
	}
	for i, pt := range d.history.Points {
		x := tx(X(pt.Period))
		if pt.Break && i > 0 {
			b.blockLine(upright((x + tx(X(d.history.Points[i-1].Period))) / 2))
		}
		if math.IsNaN(pt.Value) {
			continue
		}
		b.block(around(vg.Point{X: x, Y: ty(pt.Value)}, dotRadius))
		if pt.Hi > pt.Lo {
			b.block(vg.Rectangle{Min: vg.Point{X: x - 5, Y: ty(pt.Lo) - 1}, Max: vg.Point{X: x + 5, Y: ty(pt.Hi) + 1}})
		}
	}
	for _, m := range d.marks {
		m.Plot(in, p)
		b.block(m.box(tx, ty))
	}
}

// bandLabels writes each level inside the outer end of its band, where the
// band is high enough.
func (d *fanDrawing) bandLabels(c *draw.Canvas, t *Text, b *board, tx, ty func(float64) vg.Length) {
	if d.fan == nil || len(d.fan.x) < 2 {
		return
	}
	sty := t.style(8, false, d.th.Soft)
	k := len(d.fan.x) - 1
	for i, l := range d.fan.Levels {
		inner := func(side [][]float64, k int) float64 {
			if i+1 < len(d.fan.Levels) {
				return side[i+1][k]
			}
			return d.fan.median[k]
		}
		txt := percentOf(l)
		w := sty.Width(txt) + 4
		for _, side := range [][][]float64{d.fan.hi, d.fan.lo} {
			// Height of the band at the end and where the label begins.
			x1, x0 := tx(d.fan.x[k]), tx(d.fan.x[k-1])
			if x1-x0 < w {
				continue
			}
			at := func(k int) (a, b vg.Length) { return ty(side[i][k]), ty(inner(side, k)) }
			a1, b1 := at(k)
			a0, b0 := at(k - 1)
			frac := w / (x1 - x0)
			aw, bw := a1+(a0-a1)*frac, b1+(b0-b1)*frac
			top, bot := min(max(a1, b1), max(aw, bw), c.Max.Y), max(min(a1, b1), min(aw, bw), c.Min.Y)
			h := vg.Length(8.5)
			if top-bot < h {
				continue
			}
			r := textBox(sty, vg.Point{X: x1 - 3, Y: (top + bot) / 2}, 1, 0.5, txt)
			if b.cost(shrink(r, 1)) > 0 {
				continue
			}
			b.put(sty, r, txt)
			break
		}
	}
}

func around(at vg.Point, r vg.Length) vg.Rectangle { return square(r).Add(at) }
