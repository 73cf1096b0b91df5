package forecast

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast/internal/plain"
)

// Transform is an increasing, one-to-one map between the scale of the data
// and a scale on which a model works. Inverse(Forward(x)) == x within the
// domain but for rounding. Inverse is defined for every number, never
// decreases, and gives the ends of its range at −Inf and +Inf.
type Transform interface {
	Forward(x float64) float64
	Inverse(z float64) float64
}

// Log is the natural logarithm of the distance from Min, the transform for
// values that cannot be less than Min.
type Log struct{ Min float64 }

// Forward implements Transform.
func (t Log) Forward(x float64) float64 { return log(x - t.Min) }

// Inverse implements Transform. Results are kept finite.
func (t Log) Inverse(z float64) float64 { return t.Min + exp(z) }

// log is the logarithm, exact among the subnormal numbers, where math.Log is
// not on every machine.
func log(x float64) float64 {
	if x < 0x1p-1000 {
		return math.Log(x*0x1p100) - 100*math.Ln2
	}
	return math.Log(x)
}

// exp is the exponential, kept finite with room for a sum or a product, and
// exact among the subnormal numbers.
func exp(z float64) float64 {
	if z < -700 {
		return math.Exp(z+100) * math.Exp(-100)
	}
	return math.Exp(min(z, 700))
}

// NegLog is the transform for values that cannot be more than Max.
type NegLog struct{ Max float64 }

// Forward implements Transform.
func (t NegLog) Forward(x float64) float64 { return -log(t.Max - x) }

// Inverse implements Transform.
func (t NegLog) Inverse(z float64) float64 { return t.Max - exp(-z) }

// Logit is the scaled logit for values between Min and Max (Hyndman &
// Athanasopoulos 2021, section 13.3).
type Logit struct{ Min, Max float64 }

// Forward implements Transform.
func (t Logit) Forward(x float64) float64 { return log((x - t.Min) / (t.Max - x)) }

// Inverse implements Transform.
func (t Logit) Inverse(z float64) float64 {
	if z < 0 { // whichever end is nearer keeps the digits
		e := exp(z)
		return t.Min + (t.Max-t.Min)*e/(1+e)
	}
	return t.Max - (t.Max-t.Min)/(1+exp(z))
}

// BoxCox is the power transform of Box & Cox (1964) with parameter Lambda, in
// the form of Bickel & Doksum (1981) that admits negative values for
// Lambda > 0: (sign(x)|x|^λ − 1)/λ, and the logarithm for λ = 0.
type BoxCox struct{ Lambda float64 }

// Forward implements Transform.
func (t BoxCox) Forward(x float64) float64 {
	if t.Lambda == 0 {
		return log(x)
	}
	return (math.Copysign(math.Pow(math.Abs(x), t.Lambda), x) - 1) / t.Lambda
}

// Inverse implements Transform.
func (t BoxCox) Inverse(z float64) float64 {
	if t.Lambda == 0 {
		return exp(z)
	}
	u := t.Lambda*z + 1
	if t.Lambda < 0 && u <= 0 { // beyond the transform's range lies infinity; stay finite
		u = math.SmallestNonzeroFloat64
	}
	return math.Copysign(min(math.Pow(math.Abs(u), 1/t.Lambda), math.MaxFloat64), u)
}

// Transformed fits Method on the scale of T. Quantiles are transformed back
// exactly, so the point forecast (the median) is too; the mean is integrated
// over the transformed quantiles and therefore free of the bias of
// back-transformation.
type Transformed struct {
	Method Forecaster
	T      Transform
}

// Fit implements Forecaster. It returns *ErrDomain for a value that T does
// not map to a finite number.
func (t Transformed) Fit(y []float64) (Model, error) {
	if _, err := Check(y); err != nil {
		return nil, err
	}
	z := make([]float64, len(y))
	for i, v := range y {
		z[i] = t.T.Forward(v)
		if !math.IsNaN(v) && (math.IsNaN(z[i]) || math.IsInf(z[i], 0)) {
			return nil, &ErrDomain{Method: "the transform", Value: v, Reason: "only values inside its domain"}
		}
	}
	m, err := t.Method.Fit(z)
	if err != nil {
		return nil, err
	}
	return transformedModel{m, t.T}, nil
}

type transformedModel struct {
	m Model
	t Transform
}

func (m transformedModel) Forecast(h int) []Dist {
	ds := m.m.Forecast(h)
	for i, d := range ds {
		ds[i] = TransformedDist{d, m.t}
	}
	return ds
}

func (m transformedModel) Simulate(path []float64, src rand.Source) {
	m.m.Simulate(path, src)
	for i, z := range path {
		path[i] = m.t.Inverse(z)
	}
}

// Explain says on which scale the model works, then passes on what the inner
// model says.
func (m transformedModel) Explain(lang string) string {
	e, ok := m.m.(Explainer)
	if !ok {
		return ""
	}
	zh := lang == "zh"
	name := scaleName(m.t, zh)
	if zh {
		return "模型在" + name + "上拟合，以下数值均以此为尺度。" + e.Explain(lang)
	}
	return "The model works on " + name + "; the numbers below are on that scale. " + e.Explain(lang)
}

// scaleName is what people call the values of a transform.
func scaleName(t Transform, zh bool) string {
	switch t := t.(type) {
	case Log:
		switch {
		case t.Min == 0 && zh:
			return "数值的对数"
		case t.Min == 0:
			return "the logarithms of the values"
		case zh:
			return fmt.Sprintf("数值与下限%s之差的对数", plain.Number(t.Min, 12))
		}
		return fmt.Sprintf("the logarithms of the distances from the lower bound %s", plain.Number(t.Min, 12))
	case NegLog:
		if zh {
			return fmt.Sprintf("数值与上限%s之差的对数的相反数", plain.Number(t.Max, 12))
		}
		return fmt.Sprintf("the negative logarithms of the distances from the upper bound %s", plain.Number(t.Max, 12))
	case Logit:
		if zh {
			return fmt.Sprintf("数值在%s与%s之间的对数优势比", plain.Number(t.Min, 12), plain.Number(t.Max, 12))
		}
		return fmt.Sprintf("the log odds of the values between %s and %s", plain.Number(t.Min, 12), plain.Number(t.Max, 12))
	case BoxCox:
		switch {
		case t.Lambda == 0:
			return scaleName(Log{}, zh)
		case zh:
			return fmt.Sprintf("数值的Box-Cox变换（λ = %.3g）", t.Lambda)
		}
		return fmt.Sprintf("the Box-Cox transforms of the values (λ = %.3g)", t.Lambda)
	}
	if zh {
		return "变换后的数值"
	}
	return "transformed values"
}

// TransformedDist is the distribution of T.Inverse(Z) for Z distributed as D.
type TransformedDist struct {
	D Dist
	T Transform
}

// CDF implements Dist. What the inverse rounds to an end of its range is an
// atom there.
func (d TransformedDist) CDF(x float64) float64 {
	lo, hi := d.T.Inverse(math.Inf(-1)), d.T.Inverse(math.Inf(1))
	switch {
	case x < lo:
		return 0
	case x >= hi:
		return 1
	case x == lo:
		return d.D.CDF(d.lowest(lo))
	}
	return d.D.CDF(d.T.Forward(x))
}

// lowest returns the largest number that T.Inverse takes to lo, the lower end
// of its range.
func (d TransformedDist) lowest(lo float64) float64 {
	a, b := -math.MaxFloat64, math.MaxFloat64
	if d.T.Inverse(a) > lo {
		return math.Inf(-1)
	}
	for b-a > 1e-9*max(math.Abs(a), 1) {
		if c := a/2 + b/2; d.T.Inverse(c) > lo {
			b = c
		} else {
			a = c
		}
	}
	return a
}

// Quantile implements Dist.
func (d TransformedDist) Quantile(p float64) float64 { return d.T.Inverse(d.D.Quantile(p)) }

// Mean implements Dist. The tails beyond the quantiles 1e-4 and 1−1e-4 are
// left out, so that it exists even where that of exp(t) does not.
func (d TransformedDist) Mean() float64 { return QuantileMean(d) }

// Bounded keeps the forecasts of Method inside [Min, Max]; nil is no bound.
// It fits on the scale Log, NegLog or Logit where all values lie strictly
// inside; where one lies on a bound it fits on the scale of the data and puts
// what falls beyond a bound onto it.
type Bounded struct {
	Method   Forecaster
	Min, Max *float64
}

// Fit implements Forecaster.
func (b Bounded) Fit(y []float64) (Model, error) {
	if _, err := Check(y); err != nil {
		return nil, err
	}
	lo, hi := math.Inf(-1), math.Inf(1)
	if b.Min != nil {
		lo = *b.Min
	}
	if b.Max != nil {
		hi = *b.Max
	}
	inside := true
	for i, v := range y {
		if v < lo || v > hi {
			return nil, fmt.Errorf("forecast: value %d (%g) lies outside the bounds [%g, %g]", i+1, v, lo, hi)
		}
		if v == lo || v == hi {
			inside = false
		}
	}
	if t := boundTransform(lo, hi); inside && t != nil {
		m, err := Transformed{b.Method, t}.Fit(y)
		if dom := (*ErrDomain)(nil); !errors.As(err, &dom) {
			return m, err
		}
	}
	m, err := b.Method.Fit(y)
	if err != nil {
		return nil, err
	}
	return clippedModel{m, lo, hi}, nil
}

func boundTransform(lo, hi float64) Transform {
	switch l, h := !math.IsInf(lo, 0), !math.IsInf(hi, 0); {
	case l && h:
		return Logit{lo, hi}
	case l:
		return Log{lo}
	case h:
		return NegLog{hi}
	}
	return nil
}

type clippedModel struct {
	m      Model
	lo, hi float64
}

func (m clippedModel) Forecast(h int) []Dist {
	ds := m.m.Forecast(h)
	for i, d := range ds {
		ds[i] = clipped{d, m.lo, m.hi}
	}
	return ds
}

func (m clippedModel) Simulate(path []float64, src rand.Source) {
	m.m.Simulate(path, src)
	for i, v := range path {
		path[i] = min(max(v, m.lo), m.hi)
	}
}

func (m clippedModel) Explain(lang string) string {
	if e, ok := m.m.(Explainer); ok {
		return e.Explain(lang)
	}
	return ""
}
