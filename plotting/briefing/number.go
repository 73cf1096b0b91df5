package briefing

import (
	"math"
	"strconv"
	"strings"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// figure is a number with the format that shows it. A percentage is stored
// as a fraction, so that a spreadsheet calculates with it as such.
type figure struct {
	v      float64
	format string
	ok     bool
}

// decimalsOf returns how many decimals tell x apart at the given number of
// significant digits, at most what x needs.
func decimalsOf(x float64, digits, most int) int {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	d := min(max(digits-1-int(math.Floor(math.Log10(math.Abs(x))+1e-12)), 0), most)
	s := strconv.FormatFloat(math.Abs(x), 'f', d, 64)
	if d > 0 {
		s = strings.TrimRight(s, "0")
		d = len(s) - strings.IndexByte(s, '.') - 1
	}
	return d
}

// decimalFormat is a number format with so many decimals and a separator of
// thousands.
func decimalFormat(decimals int) string {
	if decimals <= 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", decimals)
}

// quantity is a number in a unit. Percentages become fractions. decimals < 0
// means as many as the number needs, at most six significant digits.
func quantity(x float64, unit string, decimals int) figure {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return figure{}
	}
	if decimals < 0 {
		decimals = decimalsOf(x, 6, 6)
	}
	if unit == "%" || unit == "％" {
		f := "0%"
		if decimals > 0 {
			f = "0." + strings.Repeat("0", decimals) + "%"
		}
		return figure{x / 100, f, true}
	}
	return figure{x, decimalFormat(decimals), true}
}

// estimate is a computed number in a unit, four significant digits and no
// finer than two decimals: a forecast pretends to nothing more.
func estimate(x float64, unit string) figure { return quantity(x, unit, coarse(x)) }

// coarse returns the decimals of an estimate of the size of x.
func coarse(x float64) int {
	switch a := math.Abs(x); {
	case a >= 1000:
		return 0
	case a >= 100:
		return 1
	}
	return 2
}

// pace is a number per year: percentages of growth with two decimals, points
// with their sign.
func (b *Briefing) pace(n progress.Number) figure {
	if !n.OK || math.IsNaN(n.Value) || math.IsInf(n.Value, 0) {
		return figure{}
	}
	if n.Unit == "%" {
		return figure{n.Value / 100, "0.00%", true}
	}
	unit := b.pick("个百分点", " pts")
	return figure{n.Value, `+0.00"` + unit + `";-0.00"` + unit + `"`, true}
}

// likelihood shows a probability in whole per cents, and neither 0 nor 100 for
// what is only very unlikely or likely.
func likelihood(p float64) figure {
	format := "0%"
	switch {
	case p < 0.005:
		format = `"<1%"`
	case p > 0.995:
		format = `">99%"`
	}
	return figure{p, format, true}
}

// suffixed adds a unit to every section of a number format.
func suffixed(format, unit string) string {
	parts := strings.Split(format, ";")
	for i := range parts {
		parts[i] += `"` + strings.ReplaceAll(unit, `"`, "") + `"`
	}
	return strings.Join(parts, ";")
}

// bounded adds the sign of a target's bound to the format of a number, which
// so stays a number.
func bounded(f figure, t *indicators.Target) figure {
	if !f.ok {
		return f
	}
	sign := ""
	switch {
	case t.Floor() && t.Want.LoOpen:
		sign = ">"
	case t.Floor():
		sign = "≥"
	case t.Ceiling() && t.Want.HiOpen:
		sign = "<"
	case t.Ceiling():
		sign = "≤"
	}
	if sign != "" {
		f.format = `"` + sign + `"` + f.format + `;"` + sign + `"-` + f.format
	}
	return f
}

// plain writes a number for a sentence or an interval.
func plain(x float64, unit string) string { return printed(x, unit, coarse(x)) }

// printed writes a number with so many decimals.
func printed(x float64, unit string, d int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "—"
	}
	s := strconv.FormatFloat(math.Abs(x), 'f', d, 64)
	whole, frac, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + frac
	}
	if x < 0 && strings.Trim(whole, "0.,") != "" {
		whole = "−" + whole
	}
	if unit == "%" {
		whole += "%"
	}
	return whole
}

// width estimates how many columns of a monospaced screen a text takes:
// Chinese characters take two.
func width(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 || r >= 0x20000) || r >= 0x2018 && r <= 0x2026 {
			n += 2
		} else {
			n++
		}
	}
	return n
}

// lines estimates how many lines a text needs in a column of the given
// width.
func lines(s string, columns float64) int {
	n := 0
	for part := range strings.SplitSeq(s, "\n") {
		w := float64(width(part))
		if int(w) == len(part) { // Latin letters are narrower than digits, but words do not break
			w = 0.88*w + 2
		}
		n += max(1, int(math.Ceil(w/max(columns-0.5, 1))))
	}
	return n
}
