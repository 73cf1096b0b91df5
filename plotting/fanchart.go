package plotting

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// FanChart shows one indicator against its targets: what was published, what
// is forecast and how surely, what was promised, and what would have to happen
// on the way. One published figure is enough.
type FanChart struct {
	Page
	Indicator string // what is measured, in the page's language: 地区生产总值
	Area      string // where; may be empty
	Unit      string // as printed: 亿元, %; may be empty
	// Scale is what all figures are multiplied by before they are shown, so
	// that figures in 亿元 can be shown in billion yuan: see EnglishUnit. Unit
	// and Bounds are those after scaling. 0 means 1; it must not be negative.
	Scale float64

	History  []Point  // ascending; may be empty
	Forecast []Future // ascending, after History; may be empty
	Targets  []Target // in any order; may be empty
	Required []Path   // may be empty

	// Premise is what the forecast rests on, as the title says it: 仅按一般经验, "at
	// the stated growth"; empty: 按当前趋势, on current trends.
	Premise string

	Levels []float64           // of the bands, one to three, widest first; nil means 0.9, 0.6, 0.3
	Bounds indicators.Interval // that no figure can leave, such as 0 to 100; the zero Interval means none
}

// Picture draws the chart. An error names everything that is wrong with the
// data, or the characters that no font has.
func (f *FanChart) Picture() (*Picture, error) {
	if err := f.validate(); err != nil {
		return nil, err
	}
	f = f.scaled()
	ch, err := f.build()
	if err != nil {
		return nil, err
	}
	page := f.Page
	if page.Title == "" {
		page.Title = f.claim()
	}
	if page.Subtitle == "" {
		page.Subtitle = f.subtitle()
	}
	if page.Alt == "" {
		page.Alt = f.alternative()
	}
	note := ch.beyond()
	if !ch.absolute {
		note = page.joinSentences(note, page.pick("纵轴不从0开始。", "The vertical axis does not start at 0."))
	}
	page.Note = page.joinSentences(page.Note, note)
	return page.Draw(ch.draw)
}

// scaled returns the chart with Scale applied and 1 left as Scale.
func (f *FanChart) scaled() *FanChart {
	g := *f
	k := f.Scale
	if k == 0 || k == 1 {
		return &g
	}
	g.Scale = 1
	g.History = scalePoints(f.History, k)
	g.Forecast = slices.Clone(f.Forecast)
	for i, s := range g.Forecast {
		if s.Dist != nil {
			g.Forecast[i].Dist = scaled{s.Dist, k}
		}
	}
	g.Targets = slices.Clone(f.Targets)
	for i := range g.Targets {
		g.Targets[i].Want = g.Targets[i].Want.Scale(k)
	}
	g.Required = slices.Clone(f.Required)
	for i := range g.Required {
		g.Required[i].Points = scalePoints(g.Required[i].Points, k)
	}
	return &g
}

func (f *FanChart) levels() []float64 {
	if f.Levels == nil {
		return []float64{0.9, 0.6, 0.3}
	}
	return f.Levels
}

func (f *FanChart) validate() error {
	var errs []error
	if len(known(f.History)) == 0 && len(f.Forecast) == 0 && len(f.Targets) == 0 {
		errs = append(errs, errEmpty)
	}
	if n := len(f.levels()); n < 1 || n > 3 {
		errs = append(errs, fmt.Errorf("plotting: %d levels: want one to three", n))
	}
	if !(f.Scale >= 0) || math.IsInf(f.Scale, 0) {
		errs = append(errs, fmt.Errorf("plotting: scale %g: want a positive number, or 0 for 1", f.Scale))
	}
	errs = append(errs, checkPoints("history", f.History))
	for i, t := range f.Targets {
		if t.Probability < 0 || t.Probability > 1 || math.IsNaN(t.Probability) {
			errs = append(errs, fmt.Errorf("plotting: target %d: probability %g is not between 0 and 1", i+1, t.Probability))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("%s: %w", f.Indicator, err)
	}
	return nil
}

// unitTail is what follows a number in a label: only the per cent sign, since
// the subtitle has the unit.
func (f *FanChart) unitTail() string {
	if f.Unit == "%" {
		return "%"
	}
	return ""
}

// targetLabel is the label of a target: 目标 ≥1,500.
func (f *FanChart) targetLabel(t Target) string {
	if t.Label != "" {
		return t.Label
	}
	return f.pick("目标 ", "Target ") + wanted(t.Want, f.decimals()) + f.unitTail()
}

// wanted writes a set of wanted figures: ≥1,500, >400, 30–35. A figure that
// needs more than four digits was computed, not printed, and is rounded to the
// given number of decimals, four digits if that is negative.
func wanted(w indicators.Interval, decimals int) string {
	printed := func(x float64) string { return goalNumber(x, decimals) }
	switch boundOf(w) {
	case floor:
		if w.LoOpen {
			return ">" + printed(w.Lo)
		}
		return "≥" + printed(w.Lo)
	case ceiling:
		if w.HiOpen {
			return "<" + printed(w.Hi)
		}
		return "≤" + printed(w.Hi)
	case between:
		return printed(w.Lo) + "–" + printed(w.Hi)
	}
	return printed(w.Lo)
}

// guess writes an estimate with as many decimals as the published figures
// have, three significant digits if there are none: more would claim what a
// forecast does not know.
func (f *FanChart) guess(x float64) string {
	dec := f.decimals()
	if a := math.Abs(x); dec < 0 || a >= 1e4 || a < 1e-4 {
		return printed3(x)
	}
	return Number(x, max(dec, min(decimalsFor(x, 2), 4)))
}

// decimals is the most that a published figure has, −1 without any.
func (f *FanChart) decimals() int {
	dec := -1
	for _, p := range known(f.History) {
		_, frac, _ := strings.Cut(printed(p.Value), ".")
		dec = max(dec, len(frac))
	}
	return dec
}

func percentOf(level float64) string { return Number(level*100, decimalsFor(level*100, 2)) + "%" }

// main returns the target that the title speaks of, the last in time, and the
// probability of meeting it; ok is false without a target.
func (f *FanChart) main() (t Target, prob float64, known, ok bool) {
	if len(f.Targets) == 0 {
		return t, 0, false, false
	}
	t = slices.MaxFunc(f.Targets, func(a, b Target) int { return a.Period.Compare(b.Period) })
	if t.Probability > 0 {
		return t, t.Probability, true, true
	}
	for _, s := range f.Forecast {
		if s.Period == t.Period && boundOf(t.Want) != point {
			return t, within(s.Dist, t.Want), true, true
		}
	}
	return t, 0, false, true
}

// within is the probability that a value lies in a set.
func within(d forecast.Dist, w indicators.Interval) float64 {
	upTo := func(x float64, strict bool) float64 {
		if strict {
			return 1 - forecast.AtLeast(d, x)
		}
		return forecast.AtMost(d, x)
	}
	p := 1.0
	if !math.IsInf(w.Hi, 1) {
		p = upTo(w.Hi, w.HiOpen)
	}
	if !math.IsInf(w.Lo, -1) {
		p -= upTo(w.Lo, !w.LoOpen)
	}
	return min(max(p, 0), 1)
}
