package briefing

import (
	"math"

	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// fan is the native chart of an indicator, bound to rows first to last.
func (j *job) fan(h *head, heads []string, lines []headLine, first, last int) *xlsx.Chart {
	ser := &h.p.Series
	scale := 1.0
	if ser.Unit.Percent() && ser.Unit.Symbol == "%" {
		scale = 0.01
	}
	nan := math.NaN()
	val := make([][]float64, headCols+1)
	var labels []string
	lo, hi := math.Inf(1), math.Inf(-1)       // of what must be seen
	outLo, outHi := math.Inf(1), math.Inf(-1) // of the widest interval
	see := func(xs ...float64) {
		for _, x := range xs {
			if !math.IsNaN(x) && !math.IsInf(x, 0) {
				lo, hi = min(lo, x), max(hi, x)
			}
		}
	}
	lastActual, lastMedian := -1, -1
	var goals []int
	end, _ := ser.Last()
	for i, l := range lines {
		labels = append(labels, l.period.Label(j.lang()))
		row := map[int]float64{}
		if l.obs != nil {
			row[colActual] = l.obs.Value
			row[colBase], row[colBand1], row[colBand2], row[colBand3] = l.obs.Value, 0, 0, 0
			if l.period == end.Period {
				row[colMedian] = l.obs.Value
				lastActual = i
			}
			see(l.obs.Value)
		}
		if l.dist != nil {
			q := quantiles(l.dist)
			row[colMedian] = q.median
			row[colBase], row[colBand1], row[colBand2], row[colBand3] = q.lo95, q.lo80-q.lo95, q.hi80-q.lo80, q.hi95-q.hi80
			see(q.median, q.lo80, q.hi80)
			outLo, outHi = min(outLo, q.lo95), max(outHi, q.hi95)
			lastMedian = i
		}
		if !math.IsNaN(l.goal) {
			goals = append(goals, i)
		}
		row[colPath], row[colGoal] = l.path, l.goal
		see(l.path, l.goal)
		for k := colActual; k <= headCols; k++ {
			x, ok := row[k]
			if !ok {
				x = nan
			}
			val[k] = append(val[k], x*scale)
		}
	}
	span := max(hi-lo, 0.05*max(math.Abs(hi), math.Abs(lo)))
	top, bottom := min(outHi, hi+2.5*span), max(outLo, lo-2.5*span)
	lo, hi = min(lo, bottom), max(hi, top)
	b := ser.Bounds()
	axisMin, axisMax, step := niceAxis(lo, hi, b.Lo, b.Hi)
	series := func(col int, name string) xlsx.Series {
		return xlsx.Series{Name: name, NameRef: xlsx.Quote(h.sheet) + "!" + xlsx.Abs(col, first-1),
			Ref: xlsx.Quote(h.sheet) + "!" + xlsx.Abs(col, first) + ":" + xlsx.Abs(col, last), Values: val[col]}
	}
	area := func(col, opacity int) xlsx.Series {
		s := series(col, heads[col-1])
		s.Color, s.Opacity = "0072B2", opacity
		return s
	}
	line := func(col int, width float64, color, dash string) xlsx.Series {
		s := series(col, heads[col-1])
		s.Width, s.Color, s.Dash = width, color, dash
		return s
	}
	actual := line(colActual, 2.25, "0072B2", "")
	actual.Marker = "circle"
	if lastActual >= 0 {
		actual.LabelAt, actual.Above = []int{lastActual}, true
	}
	median := line(colMedian, 2.25, "0072B2", "dash")
	if lastMedian >= 0 && (len(goals) == 0 || goals[len(goals)-1] != lastMedian) {
		median.LabelAt, median.Above = []int{lastMedian}, true
	}
	path := line(colPath, 1.5, "C04A00", "sysDot")
	goal := line(colGoal, 1, "C04A00", "")
	goal.NoLine, goal.Marker, goal.LabelAt, goal.Named, goal.Above = true, "triangle", goals, true, true
	format := decimalFormat(decimalsOf(step, 3, 6))
	if scale != 1 {
		format = quantity(step, "%", decimalsOf(step, 3, 4)).format
	}
	title := h.label
	if ser.Unit.Symbol != "" {
		title += j.pick("（"+ser.Unit.Symbol+"）", " ("+j.unitName(ser.Unit.Symbol)+")")
	}
	lines2 := []xlsx.Series{actual, median, path, goal}
	skip := []int{0, 3}
	hasPath := false
	for _, v := range val[colPath] {
		hasPath = hasPath || !math.IsNaN(v)
	}
	if !hasPath {
		skip = append(skip, 6)
	}
	if len(goals) == 0 {
		skip = append(skip, 7)
	}
	return &xlsx.Chart{
		Title: title, Format: format, LabelFormat: quantity(end.Value, ser.Unit.Symbol, -1).format, Legend: true, LegendSkip: skip,
		Categories: xlsx.Series{Ref: xlsx.Quote(h.sheet) + "!" + xlsx.Abs(colPeriod, first) + ":" + xlsx.Abs(colPeriod, last), Labels: labels},
		Areas:      []xlsx.Series{area(colBase, 0), area(colBand1, 20), area(colBand2, 45), area(colBand3, 20)},
		Lines:      lines2, Min: axisMin * scale, Max: axisMax * scale, Step: step * scale,
	}
}

// niceAxis chooses round ends and steps for an axis that shows lo to hi and
// does not leave the bounds.
func niceAxis(lo, hi, least, most float64) (a, b, step float64) {
	if !(hi > lo) {
		d := max(math.Abs(lo)*0.1, 1)
		lo, hi = lo-d, hi+d
	}
	if lo > 0 && lo < 0.4*hi {
		lo = 0 // near enough to zero to show it
	}
	raw := (hi - lo) / 5
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if step = m * p; step >= raw*0.999 {
			break
		}
	}
	a, b = math.Floor(lo/step+1e-9)*step, math.Ceil(hi/step-1e-9)*step
	return max(a, least), min(b, most), step
}
