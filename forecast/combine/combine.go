// Package combine forecasts by several methods at once: the mean, the median,
// the trimmed mean or the mean weighted by past errors of whole distributions,
// not of points alone. Combining is the safest gain there is in forecasting
// (Bates & Granger 1969; Wang, Hyndman, Li & Kang 2023, IJF 39:1518).
//
// Quantiles are averaged (Vincent 1912; Lichtendahl, Grushka-Cockayne & Winkler
// 2013, Management Science 59:1594), which keeps the shape of the members'
// distributions; a linear pool mixes them instead, and is wider the less the
// members agree. Sample paths are joint under either.
package combine

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"example.com/zhibiao/forecast"
)

// Rule says how the members' quantiles are combined.
type Rule int

// The rules.
const (
	Median       Rule = iota // the median, which a single wild member cannot move
	Mean                     // the mean
	Trimmed                  // the mean without the highest and the lowest
	InverseError             // the mean weighted by the inverse of the errors on values held out
)

var ruleNames = [...]string{"median", "mean", "trimmed", "inverse-error"}

// String returns median, mean, trimmed or inverse-error.
func (r Rule) String() string {
	if r < 0 || int(r) >= len(ruleNames) {
		return fmt.Sprintf("Rule(%d)", int(r))
	}
	return ruleNames[r]
}

// MarshalText implements encoding.TextMarshaler.
func (r Rule) MarshalText() ([]byte, error) {
	if r < 0 || int(r) >= len(ruleNames) {
		return nil, fmt.Errorf("combine: no rule %d", int(r))
	}
	return []byte(r.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Rule) UnmarshalText(b []byte) error {
	if i := slices.Index(ruleNames[:], string(b)); i >= 0 {
		*r = Rule(i)
		return nil
	}
	return fmt.Errorf("combine: no rule %q", b)
}

// Combination is a forecaster made of several. Each member is fitted by
// forecast.Fit with all that is known of the series; one that refuses it is
// left out, and only where all refuse is there an error, that of all of them.
type Combination struct {
	Members []forecast.Forecaster // at least one
	Rule    Rule
	// Pool mixes the distributions instead of averaging their quantiles: the
	// linear pool, with equal weights for Mean and those of InverseError. The
	// other rules have no pool.
	Pool bool
	// Trim is the share of members left out at each end by Trimmed, less than
	// a half; 0 is 0.25. At least one is left out of three or more.
	Trim float64
	// Holdout is the number of last values on which InverseError measures the
	// members' absolute errors; 0 is a quarter of the series, at most 6. A
	// member that cannot be fitted without them has the weight of the worst.
	Holdout int
}

var _ forecast.DataFitter = Combination{}

// Fit implements forecast.Forecaster.
func (c Combination) Fit(y []float64) (forecast.Model, error) {
	return c.FitData(forecast.Data{Y: y})
}

// FitData implements forecast.DataFitter. No member, a rule that has no pool,
// and a share to trim outside [0, 0.5) panic.
func (c Combination) FitData(d forecast.Data) (forecast.Model, error) {
	switch {
	case len(c.Members) == 0:
		panic("combine: no members")
	case c.Rule < 0 || c.Rule > InverseError:
		panic("combine: unknown rule")
	case c.Pool && (c.Rule == Median || c.Rule == Trimmed):
		panic("combine: a pool needs the rule Mean or InverseError")
	case !(c.Trim >= 0 && c.Trim < 0.5):
		panic("combine: share to trim outside [0, 0.5)")
	case c.Holdout < 0:
		panic("combine: negative holdout")
	}
	if err := d.Validate(); err != nil {
		return nil, err
	}
	m := &Model{Asked: len(c.Members), Rule: c.Rule, pool: c.Pool, trim: c.Trim}
	var errs []error
	for _, f := range c.Members {
		x, err := forecast.Fit(f, d)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		m.Members = append(m.Members, x)
		m.fitted = append(m.fitted, f)
	}
	k := len(m.Members)
	if k == 0 {
		return nil, errors.Join(errs...)
	}
	m.Weights = make([]float64, k)
	for i := range m.Weights {
		m.Weights[i] = 1 / float64(k)
	}
	if c.Rule == InverseError && k > 1 {
		m.weigh(d, c.Holdout)
	}
	if c.Trim == 0 {
		m.trim = 0.25
	}
	return m, nil
}

// weigh sets the weights by the members' errors on the last values.
func (m *Model) weigh(d forecast.Data, holdout int) {
	n := len(d.Y)
	if holdout == 0 {
		holdout = min(max(n/4, 1), 6)
	}
	t := n - holdout
	if t < 1 {
		return
	}
	part := d
	part.Y = d.Y[:t:t]
	if d.Lo != nil {
		part.Lo, part.Hi = d.Lo[:t:t], d.Hi[:t:t]
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range d.Y {
		if !math.IsNaN(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	size := hi/2 - lo/2
	if size == 0 {
		return
	}
	errs := make([]float64, len(m.fitted))
	worst, known := 0.0, false
	for i, f := range m.fitted {
		errs[i] = math.NaN()
		x, err := forecast.Fit(f, part)
		if err != nil {
			continue
		}
		s, k := 0.0, 0.0
		for j, dist := range x.Forecast(holdout) {
			if v := d.Y[t+j]; !math.IsNaN(v) {
				s += math.Abs(v/size - forecast.Median(dist)/size)
				k++
			}
		}
		if k == 0 {
			return
		}
		errs[i] = s/k + 1e-9 // a perfect record must not silence the others for good
		worst, known = max(worst, errs[i]), true
	}
	if !known {
		return
	}
	total := 0.0
	for i, e := range errs {
		if math.IsNaN(e) {
			e = worst
		}
		m.Weights[i] = 1 / e
		total += m.Weights[i]
	}
	for i := range m.Weights {
		m.Weights[i] /= total
	}
}
