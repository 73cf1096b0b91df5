package diagnostics

import (
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
)

// Report is what the one-step errors of a fitted model say about it.
type Report struct {
	N        int       // errors
	Mean, SD float64   // of the errors, in units of the series; 0 where there are too few
	ACF      []float64 // at the lags 1 … LjungBox.Lags
	Limit    float64   // what an autocorrelation must exceed to count, at 95 %
	LjungBox Test
}

// Residuals examines the one-step errors of a model. season is the number of
// periods in a season, 0 or 1 for none, and params the number of its ARMA or
// smoothing parameters. The test takes 10 lags, or two seasons, but not more
// than a fifth of the errors (Hyndman & Athanasopoulos 2021, section 5.4),
// and at least params + 1 so that a degree of freedom is left.
func Residuals(m forecast.Residualer, season, params int) Report {
	e := m.Residuals()
	f := finite(e)
	r := Report{N: len(f)}
	if len(f) == 0 {
		r.LjungBox = Test{Name: "Ljung–Box", Null: "the series is white noise", Statistic: math.NaN(), P: math.NaN()}
		return r
	}
	for _, v := range f {
		r.Mean += v / float64(len(f))
	}
	if len(f) > 1 {
		size := 0.0
		for _, v := range f {
			size = max(size, math.Abs(v-r.Mean))
		}
		ss := 0.0
		for _, v := range f {
			if size > 0 {
				d := (v - r.Mean) / size
				ss += d * d
			}
		}
		r.SD = size * math.Sqrt(ss/float64(len(f)-1))
	}
	lags := 10
	if season > 1 {
		lags = 2 * season
	}
	lags = max(min(lags, len(f)/5), params+1, 1)
	r.ACF = ACF(e, lags)
	r.Limit = Limit(len(f), 0.95)
	r.LjungBox = LjungBox(e, lags, params)
	return r
}

// Explain says in words whether the errors look like noise; lang is "zh" or
// "en".
func (r Report) Explain(lang string) string {
	t := r.LjungBox
	if lang == "zh" {
		switch {
		case math.IsNaN(t.P):
			return fmt.Sprintf("一步误差只有 %d 个，或没有变化，无法检验是否为白噪声。", r.N)
		case t.Rejected(0.05):
			return fmt.Sprintf("%d 个一步误差仍有自相关（Ljung–Box 检验，%d 阶，p = %.3f）：模型没有用尽序列中的信息，区间未必可靠。", r.N, t.Lags, t.P)
		}
		return fmt.Sprintf("%d 个一步误差未见自相关（Ljung–Box 检验，%d 阶，p = %.3f）。", r.N, t.Lags, t.P)
	}
	switch {
	case math.IsNaN(t.P):
		return fmt.Sprintf("There are only %d one-step errors, or they do not vary: whether they are noise cannot be tested.", r.N)
	case t.Rejected(0.05):
		return fmt.Sprintf("The %d one-step errors are autocorrelated (Ljung–Box test, %d lags, p = %.3f): the model has not used all that the series tells, and its intervals may mislead.", r.N, t.Lags, t.P)
	}
	return fmt.Sprintf("The %d one-step errors show no autocorrelation (Ljung–Box test, %d lags, p = %.3f).", r.N, t.Lags, t.P)
}
