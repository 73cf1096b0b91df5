package arima

import (
	"errors"
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
)

// ARIMA is the model (P,D,Q)(SP,SD,SQ)[Season] of fixed order,
//
//	(1 − φ₁B − …)(1 − Φ₁B^m − …)(1−B)^D (1−B^m)^SD (y_t − c_t − x_t′β) = (1 + θ₁B + …)(1 + Θ₁B^m + …) e_t,
//
// estimated by exact maximum likelihood. The zero value is white noise with
// mean zero; see Auto for a choice by the data.
type ARIMA struct {
	P, D, Q    int  // autoregressive order, differences, moving-average order
	SP, SD, SQ int  // the same of the seasonal part
	Season     int  // periods in a season; 0: that of the Data
	Constant   bool // a mean where there is no difference, a drift a period where there is one; not admitted with more

	// StudentT makes forecasts Student t, with the degrees of freedom that the
	// estimated coefficients leave, instead of normal: the variance of the errors
	// is itself estimated. They are a good deal wider on fewer than twenty values.
	StudentT bool

	// Coef holds the coefficients at given values instead of estimating them,
	// in the order ar, ma, sar, sma. If it is longer, it goes on with the
	// constant and the coefficients of all regressors. Nil: all estimated.
	Coef []float64
}

// spec checks the order; it panics on what only a programmer can get wrong.
func (a ARIMA) spec(season int) (spec, error) {
	for _, v := range [...]int{a.P, a.D, a.Q, a.SP, a.SD, a.SQ, a.Season} {
		if v < 0 {
			panic("arima: negative order")
		}
	}
	if a.Constant && a.D+a.SD > 1 {
		panic("arima: constant with more than one difference")
	}
	m := a.Season
	if m == 0 {
		m = season
	}
	if m < 2 {
		if a.SP+a.SD+a.SQ > 0 {
			return spec{}, errors.New("arima: a seasonal order needs a season of two periods or more; set Season")
		}
		m = 1
	}
	return spec{p: a.P, d: a.D, q: a.Q, P: a.SP, D: a.SD, Q: a.SQ, m: m, constant: a.Constant}, nil
}

// Fit implements forecast.Forecaster. It returns *forecast.ErrShort if no
// degree of freedom is left for the variance. It panics on a negative order,
// on a Constant with more than one difference and on Coef of a wrong length.
func (a ARIMA) Fit(y []float64) (forecast.Model, error) {
	return a.FitData(forecast.Data{Y: y})
}

// FitData implements forecast.DataFitter: it makes use of the season, the
// regressors and the bounds. Bounds are kept as forecast.Bounded does.
func (a ARIMA) FitData(d forecast.Data) (forecast.Model, error) {
	return bounded(d, func(s *sample) (*Model, error) {
		sp, err := a.spec(d.Season)
		if err != nil {
			return nil, err
		}
		m, err := a.fit(s, sp)
		if err != nil {
			return nil, err
		}
		return m.student(a.StudentT), nil
	})
}

// method is a forecaster made of a function, for forecast.Bounded.
type method func(y []float64) (forecast.Model, error)

func (f method) Fit(y []float64) (forecast.Model, error) { return f(y) }

// bounded fits on the scale that the bounds of d ask for.
func bounded(d forecast.Data, fit func(*sample) (*Model, error)) (forecast.Model, error) {
	inner := method(func(y []float64) (forecast.Model, error) {
		s, err := newSample(y, d.X)
		if err != nil {
			return nil, err
		}
		m, err := fit(s)
		if err != nil {
			return nil, err
		}
		return m, nil
	})
	if d.Min == nil && d.Max == nil {
		return inner(d.Y)
	}
	return forecast.Bounded{Method: inner, Min: d.Min, Max: d.Max}.Fit(d.Y)
}

func (a ARIMA) fit(s *sample, sp spec) (*Model, error) {
	k := sp.arma()
	all := len(sp.names(len(s.x)))
	need := sp.lost() + 1
	switch {
	case a.Coef == nil:
		need += all
	case len(a.Coef) == k:
		need += all - k
	case len(a.Coef) != all:
		panic("arima: Coef has neither the length of the ARMA coefficients nor that of all")
	}
	if s.n < need {
		return nil, &forecast.ErrShort{Method: sp.String(), N: s.n, Need: need}
	}
	var beta []float64
	nat := make([]float64, k)
	if a.Coef != nil {
		copy(nat, a.Coef)
		if len(a.Coef) == all {
			beta = a.Coef[k:]
		}
	} else {
		var p problem
		p.load(s, sp)
		if p.n > 0 && !p.search(nat) {
			return nil, fmt.Errorf("arima: the likelihood of %v has no finite value on this series", sp)
		}
	}
	return newModel(s, sp, nat, beta, a.Coef != nil)
}

// search finds the natural coefficients of greatest likelihood from several
// starting points. The likelihood of a mixed model often has more than one
// maximum, where parts of the two polynomials nearly cancel.
func (p *problem) search(nat []float64) bool {
	k := len(nat)
	best, found := math.Inf(1), false
	keep := make([]float64, k)
	for _, s := range p.starts() {
		copy(p.x, s)
		dev, ok := p.minimise(p.x[:k])
		if ok && (!found || dev < best-1e-9) {
			best, found = dev, true
			copy(keep, p.x[:k])
		}
		if k == 0 {
			break
		}
	}
	if found {
		p.natural(nat, keep)
	}
	return found
}

// starts lists starting points on the unconstrained scale, the origin first:
// each polynomial's first partial autocorrelation at −0.76, 0 and 0.76 in
// turn, for mixed models with opposite and with equal signs.
func (p *problem) starts() [][]float64 {
	k := p.spec.arma()
	out := [][]float64{make([]float64, k)}
	if k == 0 {
		return out
	}
	var firsts []int
	p.spec.groups(func(from, to int, sign float64) { firsts = append(firsts, from) })
	for mask := range 1 << len(firsts) {
		s := make([]float64, k)
		for i, at := range firsts {
			s[at] = 1
			if mask>>i&1 == 1 {
				s[at] = -1
			}
		}
		out = append(out, s)
	}
	return out
}
