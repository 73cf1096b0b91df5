package indicators

import (
	"math"
	"math/big"
)

// Rounding is a rule for the digit that is dropped when it is exactly half a
// place.
type Rounding uint8

// The rules. Both go by absolute value, and both round in one step.
const (
	HalfUp   Rounding = iota // away from zero: 四舍五入, as yearbooks and 公报 do
	HalfEven                 // to the even digit: 四舍六入五成双, GB/T 8170-2008 section 3
)

// Round returns v rounded to the place 10^exp (修约间隔), in decimal
// arithmetic without binary floating point: 12.1498 to exp −1 is 12.1, 2500 to
// exp 3 under HalfEven is 2×10³, that is {2, 3}. A fraction is rounded from
// its exact value. The qualifier is kept; exp beyond ±30 panics.
func (v Value) Round(exp int, rule Rounding) Value {
	return v.RoundTo(1, exp, rule)
}

// RoundTo rounds v to a multiple of interval × 10^exp: 0.5 units are interval
// 5 and exp −1 (GB/T 8170-2008 section 3.3.2). interval below 1 and exp beyond
// ±30 panic.
func (v Value) RoundTo(interval int64, exp int, rule Rounding) Value {
	if interval < 1 || abs(exp) > 30 {
		panic("indicators: bad rounding interval")
	}
	step := new(big.Rat).SetInt64(interval)
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(abs(exp))), nil))
	if exp < 0 {
		step.Quo(step, p)
	} else {
		step.Mul(step, p)
	}
	q := new(big.Rat).Quo(v.Rat(), step)
	neg := q.Sign() < 0
	q.Abs(q)
	n := new(big.Int).Quo(q.Num(), q.Denom())
	rest := new(big.Rat).Sub(q, new(big.Rat).SetInt(n))
	switch c := rest.Cmp(big.NewRat(1, 2)); {
	case c > 0, c == 0 && (rule == HalfUp || n.Bit(0) == 1):
		n.Add(n, big.NewInt(1))
	}
	coef := n.Int64() * interval
	if neg {
		coef = -coef
	}
	return Value{Coef: coef, Exp: exp, Qual: v.Qual, Word: v.Word}
}

// RoundHalfUp rounds x to the given number of decimals as yearbooks do (四舍
// 五入), by absolute value. Decimals may be negative. Use Value.Round for a
// number that was printed: a float64 may fall a hair short of a half.
func RoundHalfUp(x float64, decimals int) float64 { return roundFloat(x, decimals, HalfUp) }

// RoundHalfEven rounds x to the given number of decimals by GB/T 8170-2008,
// by absolute value, halves to the even digit. Decimals may be negative.
func RoundHalfEven(x float64, decimals int) float64 { return roundFloat(x, decimals, HalfEven) }

func roundFloat(x float64, decimals int, rule Rounding) float64 {
	p := math.Pow10(decimals)
	y := math.Abs(x) * p
	r := math.Floor(y + 0.5)
	// x·p may fall a hair short of the half that was meant, or beyond it.
	if f := math.Floor(y) + 0.5; math.Abs(y-f) <= 1e-9*max(1, y) {
		r = math.Floor(y) + 1
		if rule == HalfEven && math.Mod(r, 2) != 0 {
			r--
		}
	}
	return math.Copysign(r/p, x)
}
