package plotting

import (
	"math"
	"strconv"
	"strings"
)

// Number formats x as charts print it: rounded half up to the given number of
// decimals, thousands separated by commas, a true minus sign. Numbers too
// large or too small to be read in digits are written as 1.2e15.
func Number(x float64, decimals int) string {
	a := math.Abs(x)
	switch {
	case math.IsNaN(x):
		return "—"
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return "−∞"
	case a >= 1e12 || a != 0 && a < 1e-4 && decimals > 4:
		s := strconv.FormatFloat(a, 'e', 6, 64)
		mant, exp, _ := strings.Cut(s, "e")
		mant = strings.TrimRight(strings.TrimRight(mant, "0"), ".")
		n, _ := strconv.Atoi(exp)
		return sign(x) + mant + "e" + strings.ReplaceAll(strconv.Itoa(n), "-", "−")
	}
	s := strconv.FormatFloat(roundHalfUp(a, decimals), 'f', max(decimals, 0), 64)
	whole, frac, point := strings.Cut(s, ".")
	var b strings.Builder
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	if point {
		b.WriteString("." + frac)
	}
	if strings.Trim(s, "0.") == "" {
		x = 0 // no minus before a zero
	}
	return sign(x) + b.String()
}

func sign(x float64) string {
	if x < 0 {
		return "−"
	}
	return ""
}

func roundHalfUp(a float64, decimals int) float64 {
	p := math.Pow10(decimals)
	if y := a * p; y < 1<<52 {
		return math.Floor(y*(1+1e-15)+0.5) / p
	}
	return a
}

// decimalsFor returns how many decimals show x with the given number of
// significant digits, at most what the number needs: 3 digits show 12.8 as
// 12.8, 698 as 698 and 0.1234 as 0.123.
func decimalsFor(x float64, digits int) int {
	a := math.Abs(x)
	if a == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return 0
	}
	d := digits - 1 - int(math.Floor(math.Log10(a)+1e-12))
	return min(max(d, 0), 18)
}

// printed returns x with the decimals it needs to be told exactly, at most 6
// significant digits: published numbers keep their form.
func printed(x float64) string {
	n := decimalsFor(x, 6)
	s := Number(x, n)
	if strings.Contains(s, ".") && !strings.Contains(s, "e") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// goalNumber writes a figure as printed if four digits tell it, or it has no
// decimals. Otherwise it was computed, not printed, and is rounded to the
// given number of decimals, but to one at least below a thousand; to four
// digits if that number is negative.
func goalNumber(x float64, decimals int) string {
	s := printed(x)
	_, frac, ok := strings.Cut(s, ".")
	four := decimalsFor(x, 4)
	if !ok || strings.Contains(s, "e") || len(frac) <= min(four, max(decimals, 1)) {
		return s
	}
	if decimals < 0 {
		return Number(x, four)
	}
	return Number(x, max(decimals, min(four, 1)))
}

// printed3 writes an estimate with three significant digits, four above ten
// thousand, whole numbers below.
func printed3(x float64) string {
	a := math.Abs(x)
	n := 3
	if a >= 1e4 {
		n = 4
	}
	if a >= 1e4 || a < 1e-4 && a > 0 {
		p := math.Pow(10, math.Floor(math.Log10(a))-float64(n-1))
		return Number(math.Copysign(math.Floor(a/p+0.5)*p, x), decimalsFor(x, n))
	}
	return Number(x, decimalsFor(x, n))
}

// percent formats a probability in whole per cent, the extremes as bounds,
// because no forecast knows better.
func percent(p float64, sign string) string {
	switch {
	case p < 0.01:
		return "<1" + sign
	case p > 0.99:
		return ">99" + sign
	}
	return strconv.Itoa(int(math.Floor(p*100+0.5))) + sign
}
