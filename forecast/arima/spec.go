package arima

import (
	"strconv"
	"strings"
)

// spec is a model's order: (p,d,q)(P,D,Q)[m], with a constant or without.
type spec struct {
	p, d, q    int
	P, D, Q, m int
	constant   bool
}

// arma is the number of autoregressive and moving-average coefficients.
func (s spec) arma() int { return s.p + s.q + s.P + s.Q }

// lost is the number of observations that differencing takes.
func (s spec) lost() int { return s.d + s.m*s.D }

// ar and ma are the orders of the expanded polynomials.
func (s spec) ar() int { return s.p + s.m*s.P }
func (s spec) ma() int { return s.q + s.m*s.Q }

// String writes the order as the field does: ARIMA(0,1,1)(0,1,1)[12] with drift.
func (s spec) String() string {
	var b strings.Builder
	triple := func(x, y, z int) {
		b.WriteString("(" + strconv.Itoa(x) + "," + strconv.Itoa(y) + "," + strconv.Itoa(z) + ")")
	}
	b.WriteString("ARIMA")
	triple(s.p, s.d, s.q)
	if s.P+s.D+s.Q > 0 {
		triple(s.P, s.D, s.Q)
		b.WriteString("[" + strconv.Itoa(s.m) + "]")
	}
	if s.constant {
		if s.d+s.D == 0 {
			b.WriteString(" with mean")
		} else {
			b.WriteString(" with drift")
		}
	}
	return b.String()
}

// names lists the coefficients in the order in which they are kept.
func (s spec) names(regressors int) []string {
	var out []string
	for _, g := range []struct {
		name string
		n    int
	}{{"ar", s.p}, {"ma", s.q}, {"sar", s.P}, {"sma", s.Q}} {
		for i := range g.n {
			out = append(out, g.name+strconv.Itoa(i+1))
		}
	}
	if s.constant {
		if s.d+s.D == 0 {
			out = append(out, "mean")
		} else {
			out = append(out, "drift")
		}
	}
	for i := range regressors {
		out = append(out, "x"+strconv.Itoa(i+1))
	}
	return out
}

// groups calls f for each of the four polynomials with the range of its
// coefficients; sign is −1 where the stationary autoregression is the
// negative of the coefficients.
func (s spec) groups(f func(from, to int, sign float64)) {
	at := 0
	for i, n := range [...]int{s.p, s.q, s.P, s.Q} {
		if n > 0 {
			f(at, at+n, [...]float64{1, -1, 1, -1}[i])
		}
		at += n
	}
}
