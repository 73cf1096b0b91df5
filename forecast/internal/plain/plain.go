// Package plain writes figures for explanations as people write them: with
// so many significant digits, and without an exponent of ten where a reader
// can do without, since 1.72e+06 in a sentence says little to one who counts
// in 万元.
package plain

import (
	"math"
	"strconv"
)

// Number formats x with the given number of significant digits, but never
// less than the whole number before the point: 1720000, 1234.6 and 0.00012
// rather than 1.72e+06, 1.2e+03 and 1.2e-04. Trailing zeros after the point
// are left out. What is smaller than 1e-6 or has more than 15 digits before
// the point keeps the exponent. NaN and infinities are as strconv writes them.
// It panics if digits < 1.
func Number(x float64, digits int) string {
	if digits < 1 {
		panic("plain: at least one digit")
	}
	a := math.Abs(x)
	if a == 0 {
		return "0"
	}
	if !(a >= 1e-6 && a < 1e15) {
		return strconv.FormatFloat(x, 'g', digits, 64)
	}
	if a >= math.Pow10(digits) {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	v, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'e', digits-1, 64), 64) // its own output
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Signed is Number with a sign whatever x is: +43, -0.5, +0.
func Signed(x float64, digits int) string {
	s := Number(x, digits)
	if s[0] != '-' && s[0] != '+' {
		s = "+" + s
	}
	return s
}
