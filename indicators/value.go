package indicators

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Qualifier says how exact a printed number is meant to be.
type Qualifier uint8

// The qualifiers, with the words that stand for them.
const (
	Exact   Qualifier = iota // no word
	About                    // 左右, 约
	Over                     // 余, 多; 超, 超过, 突破, 逾
	Nearly                   // 近
	AtLeast                  // 以上, 不低于, 至少
	AtMost                   // 以内, 以下, 不超过
)

var qualifierNames = [...]string{"exact", "about", "over", "nearly", "at_least", "at_most"}

// String returns the name used in figures.csv.
func (q Qualifier) String() string { return qualifierNames[q] }

// MarshalText implements encoding.TextMarshaler.
func (q Qualifier) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is Exact.
func (q *Qualifier) UnmarshalText(b []byte) error {
	i, err := enumIndex(qualifierNames[:], string(b), "qualifier")
	if err == nil {
		*q = Qualifier(i)
	}
	return err
}

// enumIndex finds s in names; the empty string is the first name.
func enumIndex(names []string, s, what string) (int, error) {
	if s == "" {
		return 0, nil
	}
	for i, n := range names {
		if n == s {
			return i, nil
		}
	}
	return 0, fmt.Errorf("indicators: unknown %s %q (want one of %s)", what, s, strings.Trim(strings.Join(names, ", "), ", "))
}

// Value is a number exactly as printed: Coef × 10^Exp, so that 12.8 is
// {128, -1} and 9.0 is not 9. Exp is the place of the last printed digit and
// never positive. A fraction such as 2/3 has Den 3. No binary floating point
// touches a Value before Float.
type Value struct {
	Coef int64     // digits, with sign
	Exp  int       // power of ten of the last printed digit; 0 or negative
	Den  int64     // denominator of a fraction; 0 means 1
	Qual Qualifier // how exact
	Word string    // the qualifier as printed: 近, 余, 超过; empty if none
}

// ErrNumber reports text that is not a printed number.
var ErrNumber = errors.New("not a number")

// ParseValue reads a printed number: an optional sign, digits with an
// optional decimal part and thousands separators (ASCII or full width), or a
// fraction of two whole numbers. Qualifiers and multipliers are not part of
// it. At most 18 digits are accepted.
func ParseValue(s string) (Value, error) {
	bad := func() (Value, error) { return Value{}, fmt.Errorf("indicators: value %q: %w", s, ErrNumber) }
	t := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		case r == '，' || r == ',':
			return ','
		case r == '−' || r == '－' || r == '–':
			return '-'
		case r == '＋':
			return '+'
		case r == '／':
			return '/'
		}
		return r
	}, strings.TrimSpace(s))
	if num, den, ok := strings.Cut(t, "/"); ok {
		a, err1 := strconv.ParseInt(num, 10, 64)
		b, err2 := strconv.ParseInt(den, 10, 64)
		if err1 != nil || err2 != nil || b < 1 || b > 1e9 || a > 1e15 || a < -1e15 {
			return bad()
		}
		return Value{Coef: a, Den: b}, nil
	}
	neg := false
	if t != "" && (t[0] == '-' || t[0] == '+') {
		neg = t[0] == '-'
		t = t[1:]
	}
	whole, frac, point := strings.Cut(t, ".")
	if strings.Contains(whole, ",") {
		groups := strings.Split(whole, ",")
		for i, g := range groups {
			if i > 0 && len(g) != 3 || i == 0 && (len(g) == 0 || len(g) > 3) {
				return bad()
			}
		}
		whole = strings.Join(groups, "")
	}
	digits := whole + frac
	if whole == "" || point && frac == "" || len(digits) > 18 {
		return bad()
	}
	var c int64
	for _, d := range []byte(digits) {
		if d < '0' || d > '9' {
			return bad()
		}
		c = c*10 + int64(d-'0')
	}
	if neg {
		c = -c
	}
	return Value{Coef: c, Exp: -len(frac)}, nil
}

// Float returns the nearest float64.
func (v Value) Float() float64 {
	f, _ := v.Rat().Float64()
	return f
}

// Rat returns the exact value.
func (v Value) Rat() *big.Rat {
	den := max(v.Den, 1)
	r := new(big.Rat).SetFrac64(v.Coef, den)
	if v.Exp != 0 {
		p := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(abs(v.Exp))), nil)
		if v.Exp < 0 {
			r.Quo(r, new(big.Rat).SetInt(p))
		} else {
			r.Mul(r, new(big.Rat).SetInt(p))
		}
	}
	return r
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// String returns the number as printed, without thousands separators and
// without the qualifier.
func (v Value) String() string {
	if v.Den > 1 {
		return fmt.Sprintf("%d/%d", v.Coef, v.Den)
	}
	s := strconv.FormatInt(v.Coef, 10)
	if v.Exp > 0 {
		return s + strings.Repeat("0", v.Exp)
	}
	if v.Exp == 0 {
		return s
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	if k := -v.Exp; len(s) <= k {
		s = strings.Repeat("0", k-len(s)+1) + s
	}
	i := len(s) + v.Exp
	return sign + s[:i] + "." + s[i:]
}

// Decimals returns the number of decimals printed.
func (v Value) Decimals() int { return max(-v.Exp, 0) }

// Place returns the place of the last printed digit: 1 for 698, 0.1 for 12.8.
func (v Value) Place() float64 { return math.Pow10(v.Exp) }

// RoundPlace returns the place of the last digit that is not zero: 100 for
// 2600, 0.1 for 12.8, 0.01 for 6.50 it is 0.1. It is the width that words
// such as 近 and 余 refer to. For zero it is Place.
func (v Value) RoundPlace() float64 {
	if v.Coef == 0 {
		return v.Place()
	}
	e := v.Exp
	for c := v.Coef; c%10 == 0; c /= 10 {
		e++
	}
	return math.Pow10(e)
}
