package plotting

import (
	"math"
	"slices"

	"gonum.org/v1/plot"

	"example.com/zhibiao/indicators"
)

// X returns the place of a period on a calendar axis, in years: a year stands
// at its number and a part of a year where it ends, so that 2021 and its
// fourth quarter share the place 2021 and the first quarter stands at 2020.25.
// The zero Period panics.
func X(p indicators.Period) float64 {
	switch p.Freq() {
	case indicators.None:
		panic("plotting: place of the zero period")
	case indicators.Daily:
		n := 365
		if d := indicators.Year(p.Year()).LastDay(); d.Part() == 366 {
			n = 366
		}
		return float64(p.Year()-1) + float64(p.Part())/float64(n)
	}
	return float64(p.Year()-1) + float64(p.Part())/float64(p.Freq().PerYear())
}

// CalendarTicks marks every period of a frequency on an axis whose places are
// those of X, and labels as many as a reader wants: 2025年, 2025年一季度, 2025年3月,
// or 2025, 2025 Q1, Mar 2025. It implements plot.Ticker.
type CalendarTicks struct {
	Freq   indicators.Freq     // None means Annual; Daily marks months
	Lang   string              // "zh" or "en"; empty means zh
	Labels int                 // most labels wanted; 0 means 8
	Keep   []indicators.Period // periods labelled whatever the step, such as the last observation and the target
}

// Ticks implements plot.Ticker. If more than 400 periods lie between min and
// max, only those with labels are marked.
func (t CalendarTicks) Ticks(min, max float64) []plot.Tick {
	freq := t.Freq
	switch freq {
	case indicators.None:
		freq = indicators.Annual
	case indicators.Daily:
		freq = indicators.Monthly
	}
	n := freq.PerYear()
	const eps = 1e-6
	first := int(math.Ceil((min+1)*float64(n) - eps))
	last := int(math.Floor((max+1)*float64(n) + eps))
	if last < first || math.IsNaN(min+max) || last-first > 1e6 {
		return nil
	}
	want := t.Labels
	if want <= 0 {
		want = 8
	}
	step := stepFor(last-first+1, n, want)
	keep := make(map[int]bool)
	for _, p := range t.Keep {
		keep[int(math.Round((X(p)+1)*float64(n)))] = true
	}
	var out []plot.Tick
	for k := first; k <= last; k++ {
		// k counts periods by their end: k/n − 1 is the place.
		at := partOf(freq, k-1)
		tick := plot.Tick{Value: X(at)}
		if keep[k] || onStep(k-1, n, step) {
			tick.Label = at.Label(langOr(t.Lang))
		} else if last-first > 400 {
			continue
		}
		out = append(out, tick)
	}
	return out
}

// Kept reports whether the tick at x must keep its label when labels are
// thinned for want of room.
func (t CalendarTicks) Kept(x float64) bool {
	return slices.ContainsFunc(t.Keep, func(p indicators.Period) bool { return math.Abs(X(p)-x) < 1e-6 })
}

func langOr(lang string) string {
	if lang == "en" {
		return "en"
	}
	return "zh"
}

// partOf returns the period of the given ordinal, 0 being the first of year 0.
func partOf(f indicators.Freq, ord int) indicators.Period {
	switch f {
	case indicators.HalfYear:
		return indicators.Half(0, 1).Add(ord)
	case indicators.Quarterly:
		return indicators.Quarter(0, 1).Add(ord)
	case indicators.Monthly:
		return indicators.Month(0, 1).Add(ord)
	}
	return indicators.Year(ord)
}

// stepFor returns how many periods apart labels stand: a part of a year, or
// 1, 2, 5, 10, … years.
func stepFor(count, perYear, want int) int {
	for _, s := range []int{1, 2, 3, 6} {
		if s < perYear && perYear%s == 0 && count <= want*s {
			return s
		}
	}
	for s := 1; ; s *= 10 {
		for _, m := range []int{1, 2, 5} {
			if years := s * m; count <= want*years*perYear || years > 1e6 {
				return years * perYear
			}
		}
	}
}

// onStep reports whether the period of ordinal ord is labelled. Years count
// from year 0, so that 2020 and 2025 carry a step of five.
func onStep(ord, perYear, step int) bool { return mod(ord, step) == 0 }

func mod(a, b int) int { return ((a % b) + b) % b }

// RoundTicks marks round numbers, 1, 2, 2.5 or 5 times a power of ten apart,
// with thousands separators. It implements plot.Ticker.
type RoundTicks struct {
	N      int    // ticks wanted, at most one more is made; 0 means 5
	Suffix string // written after each number, such as %
}

// Ticks implements plot.Ticker.
func (t RoundTicks) Ticks(min, max float64) []plot.Tick {
	n := t.N
	if n <= 0 {
		n = 5
	}
	if !(max > min) || math.IsInf(max-min, 0) {
		return nil
	}
	step := roundStep((max - min) / float64(n))
	for (max-min)/step > float64(n)+1e-9 && math.Floor(max/step+1e-9)-math.Ceil(min/step-1e-9) > float64(n) {
		step = roundStep(1.6 * step)
	}
	// Two decimals more than the step's own magnitude are enough for 2.5.
	dec := max0(-int(math.Floor(math.Log10(step) + 1e-9)))
	if m := step * math.Pow10(dec); math.Abs(m-math.Round(m)) > 1e-6 {
		dec++
	}
	var out []plot.Tick
	for k := math.Ceil(min/step - 1e-9); k*step <= max+step*1e-9; k++ {
		v := k * step
		label := Number(v, dec)
		if k == 0 {
			v, label = 0, "0"
		}
		out = append(out, plot.Tick{Value: v, Label: label + t.Suffix})
	}
	return out
}

func max0(n int) int { return max(n, 0) }

// roundStep returns the round number next to x: 1, 2, 2.5 or 5 times a power
// of ten.
func roundStep(x float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(x)))
	switch m := x / p; {
	case m < 1.3:
		return p
	case m < 2.2:
		return 2 * p
	case m < 3.5:
		return 2.5 * p
	case m < 7:
		return 5 * p
	}
	return 10 * p
}

// niceRange widens [lo, hi] to round ends that ticks of RoundTicks meet, and
// to zero where that costs less than the data take themselves. It never
// leaves [min, max], the bounds of the indicator.
func niceRange(lo, hi, min, max float64) (float64, float64) {
	if lo == hi {
		d := math.Abs(lo) * 0.1
		if d == 0 {
			d = 1
		}
		lo, hi = lo-d, hi+d
	}
	pad := 0.04 * (hi - lo)
	if lo >= 0 && lo < 0.6*hi {
		lo = 0
	} else if hi <= 0 && hi > 0.6*lo {
		hi = 0
	}
	if lo != 0 {
		lo -= pad
	}
	if hi != 0 {
		hi += pad
	}
	step := roundStep((hi - lo) / 5)
	lo, hi = math.Floor(lo/step+1e-9)*step, math.Ceil(hi/step-1e-9)*step
	return math.Max(lo, min), math.Min(hi, max)
}
