package plain

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		x            float64
		digits       int
		want, signed string
	}{
		{0, 4, "0", "+0"},
		{math.Copysign(0, -1), 4, "0", "+0"},
		{43, 4, "43", "+43"},
		{-0.5, 4, "-0.5", "-0.5"},
		{1.0 / 3, 4, "0.3333", "+0.3333"},
		{1234.5678, 6, "1234.57", "+1234.57"},
		{9999.96, 4, "10000", "+10000"},
		{1720000, 4, "1720000", "+1720000"},
		{1234567.8, 4, "1234568", "+1234568"},
		{-69812345678.9, 6, "-69812345679", "-69812345679"},
		{0.00012345, 2, "0.00012", "+0.00012"},
		{0.0000123, 4, "0.0000123", "+0.0000123"},
		{1e-9, 4, "1e-09", "+1e-09"},
		{1e300, 4, "1e+300", "+1e+300"},
		{math.Inf(1), 4, "+Inf", "+Inf"},
		{math.Inf(-1), 4, "-Inf", "-Inf"},
		{math.NaN(), 4, "NaN", "+NaN"},
	} {
		if got := Number(c.x, c.digits); got != c.want {
			t.Errorf("Number(%v, %d) = %s, want %s", c.x, c.digits, got, c.want)
		}
		if got := Signed(c.x, c.digits); got != c.signed {
			t.Errorf("Signed(%v, %d) = %s, want %s", c.x, c.digits, got, c.signed)
		}
	}
}

// Ordinary figures have no exponent and lose no more than their digits allow.
func FuzzNumber(f *testing.F) {
	for _, x := range []float64{0, 1, 1720000, -1e-6, 999999.5, 1e15} {
		f.Add(x, 4)
	}
	ordinary := regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	f.Fuzz(func(t *testing.T, x float64, digits int) {
		if digits < 1 || digits > 15 {
			return
		}
		s := Number(x, digits)
		if a := math.Abs(x); a != 0 && !(a >= 1e-6 && a < 1e15) {
			return
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || !ordinary.MatchString(s) || math.Abs(v-x) > 0.5000001*math.Abs(x)*math.Pow10(1-digits) {
			t.Errorf("Number(%v, %d) = %s", x, digits, s)
		}
	})
}
