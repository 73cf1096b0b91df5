package plotting

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SmallMultiples shows several indicators as small fan charts side by side.
// All share the calendar, and the vertical scale too unless FreeY is set, so
// that like can be compared with like.
type SmallMultiples struct {
	Page
	// Panels are the charts. Of their Page only Title is used, as the name
	// over the panel; empty, it is the Indicator and its unit.
	Panels  []FanChart
	Columns int  // 0: as many as fit, at most four
	FreeY   bool // each panel has a vertical scale of its own, as unlike units need
}

// Picture draws the panels. With a zero Size the height follows their number.
func (s *SmallMultiples) Picture() (*Picture, error) {
	if len(s.Panels) == 0 {
		return nil, errors.New("plotting: small multiples without panels")
	}
	var errs []error
	draws := make([]*fanDrawing, len(s.Panels))
	for i := range s.Panels {
		f := s.Panels[i] // a copy, since the page is filled in
		title := f.Title
		f.Page = s.Page
		f.Title = title
		err := f.validate()
		if err == nil {
			draws[i], err = f.scaled().build()
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("panel %d: %w", i+1, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	first := *draws[0]
	cutOff := 0 // panels whose axis does not start at zero
	for _, d := range draws {
		first.x0, first.x1 = min(first.x0, d.x0), max(first.x1, d.x1)
		first.y0, first.y1 = min(first.y0, d.y0), max(first.y1, d.y1)
		first.ticks.Freq = max(first.ticks.Freq, d.ticks.Freq)
	}
	if !s.FreeY {
		first.y0, first.y1 = niceRange(first.y0, first.y1, math.Inf(-1), math.Inf(1))
	}
	var notes []string
	for _, d := range draws {
		if !s.FreeY {
			d.y0, d.y1 = first.y0, first.y1
			d.absolute = d.y0 <= 0 && d.y1 >= 0
		}
		if !d.absolute {
			cutOff++
		}
		if n := d.beyond(); n != "" {
			notes = append(notes, d.f.Indicator+s.pick("：", ": ")+n)
		}
	}
	switch {
	case cutOff == len(draws):
		notes = append(notes, s.pick("纵轴不从0开始。", "The vertical axes do not start at 0."))
	case cutOff > 0:
		notes = append(notes, s.pick("部分纵轴不从0开始。", "Some vertical axes do not start at 0."))
	}

	page := s.Page
	page.Title = orElse(page.Title, s.claim(draws))
	page.Subtitle = orElse(page.Subtitle, s.subtitle(draws))
	var alt []string
	for _, d := range draws {
		alt = append(alt, d.f.alternative())
	}
	page.Alt = orElse(page.Alt, strings.Join(alt, s.pick("", " ")))
	page.Note = page.joinSentences(append([]string{page.Note}, notes...)...)

	cols := s.Columns
	if cols <= 0 {
		w := page.Size.orStandard().W
		cols = min(len(draws), max(1, min(4, int(w/180))))
		if len(draws) == 4 && cols == 3 {
			cols = 2
		}
	}
	cols = min(cols, len(draws))
	rows := (len(draws) + cols - 1) / cols
	const gap = 14
	return page.drawSized(func(*Text, vg.Length) vg.Length { return vg.Length(rows)*150 + vg.Length(rows-1)*gap },
		func(c draw.Canvas, t *Text) error {
			w := (c.Max.X - c.Min.X - vg.Length(cols-1)*gap) / vg.Length(cols)
			h := (c.Max.Y - c.Min.Y - vg.Length(rows-1)*gap) / vg.Length(rows)
			if w < 100 || h < 90 {
				return fmt.Errorf("plotting: %d panels of %.0f × %.0f points: want 100 × 90 or more: show fewer, or take a larger Size", len(draws), float64(w), float64(h))
			}
			// Titles take as many lines as the longest needs, so that the
			// panels stay aligned.
			name := t.style(labelSize, true, page.theme().Ink)
			titles := make([][]string, len(draws))
			lines := 1
			for i, d := range draws {
				titles[i] = t.balance(orElse(d.f.Title, d.f.Indicator+ifUnit(d.f.Unit, s.pick("，", ", "))), name.Font, w)
				lines = max(lines, len(titles[i]))
			}
			for i, d := range draws {
				d.x0, d.x1 = first.x0, first.x1
				d.ticks.Freq = first.ticks.Freq
				r := c
				r.Min.X = c.Min.X + vg.Length(i%cols)*(w+gap)
				r.Max.X = r.Min.X + w
				r.Max.Y = c.Max.Y - vg.Length(i/cols)*(h+gap)
				r.Min.Y = r.Max.Y - h
				for k, l := range titles[i] {
					setText(&r, name, vg.Point{X: r.Min.X, Y: r.Max.Y - vg.Length(k)*leading*labelSize}, 0, 1, l)
				}
				r.Max.Y -= vg.Length(lines)*leading*labelSize + 3
				d.panel(r, t)
			}
			return nil
		})
}

// panel draws a small chart into c: no words but the figures that matter.
func (d *fanDrawing) panel(c draw.Canvas, t *Text) {
	f, th := d.f, d.th
	p := newPlot(t)
	y := d.y
	y.N = max(2, min(4, int((c.Max.Y-c.Min.Y)/28)))
	frame := newFrame(t, th, d.ticks, y)
	frame.Label = t.style(noteSize, false, th.Soft)
	if d.absolute {
		frame.Base.Color = th.Ink
	}
	pad := (d.x1 - d.x0) * 0.05
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = d.x0-pad, d.x1+pad, d.y0, d.y1
	left := vg.Length(0)
	for _, tk := range y.Ticks(d.y0, d.y1) {
		left = max(left, frame.Label.Width(tk.Label)+tickGap)
	}
	in := draw.Crop(c, left, -4, leading*noteSize+tickLength+2, -leading*noteSize/2)
	for _, l := range d.ticks.Ticks(d.x0, d.x1) {
		if w := frame.Label.Width(l.Label); w > 0 {
			d.ticks.Labels = max(1, int((in.Max.X-in.Min.X)/(w*1.3)))
			break
		}
	}
	frame.X = d.ticks
	b := &board{c: &in, area: vg.Rectangle{Min: in.Min, Max: vg.Point{X: c.Max.X, Y: in.Max.Y + 8}}}
	d.paint(in, p, frame, b, 0)
	tx, ty := p.Transforms(&in)
	size := vg.Length(noteSize)
	for _, m := range d.marks {
		b.placeTarget(t.style(size, true, th.Goal), m, tx, ty, wanted(m.Target.Want, f.decimals())+f.unitTail())
	}
	if d.last != nil {
		at := vg.Point{X: tx(X(d.last.Period)), Y: ty(d.last.Value)}
		b.place(t.style(size, true, th.Data), at, dotRadius+1, above, printed(d.last.Value)+f.unitTail())
	}
	if d.fan != nil {
		k := len(d.fan.x) - 1
		at := vg.Point{X: tx(d.fan.x[k]), Y: ty(d.fan.median[k])}
		b.place(t.style(size, false, th.Data), at, 2, below, f.guess(d.fan.median[k])+f.unitTail())
	}
}

func (s *SmallMultiples) claim(draws []*fanDrawing) string {
	good, known := 0, 0
	for _, d := range draws {
		if _, p, ok, _ := d.f.main(); ok {
			known++
			if p >= 0.66 {
				good++
			}
		}
	}
	if known == 0 {
		return s.pick(fmt.Sprintf("%d项指标的历史与目标", len(draws)), fmt.Sprintf("%d indicators, their history and targets", len(draws)))
	}
	return s.countOf(good, known,
		[3]string{"%[2]d项指标按当前趋势均有把握实现目标", "%[2]d项指标中，%[1]d项按当前趋势有把握实现目标", "%[2]d项指标按当前趋势均无把握实现目标"},
		[3]string{"all %[2]d indicators are likely to meet their targets on current trends", "%[1]d of %[2]d indicators are likely to meet their targets on current trends", "none of %[2]d indicators is likely to meet its target on current trends"})
}

func (s *SmallMultiples) subtitle(draws []*fanDrawing) string {
	parts := []string{s.pick("实线为公布数，虚线为预测中位数，▲为目标", "Solid: published; dashed: median forecast; ▲: target")}
	for _, d := range draws {
		if d.fan != nil {
			var l []string
			for _, v := range d.f.levels() {
				l = append(l, percentOf(v))
			}
			parts = append(parts, s.pick("阴影为"+strings.Join(l, "、")+"预测区间", "shaded: "+strings.Join(l, ", ")+" prediction intervals"))
			break
		}
	}
	if s.FreeY && len(draws) > 1 {
		parts = append(parts, s.pick("各图纵轴不同", "vertical scales differ"))
	}
	return strings.Join(parts, s.pick("；", "; "))
}
