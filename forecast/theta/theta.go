// Package theta forecasts by the Theta method of Assimakopoulos & Nikolopoulos
// (2000, International Journal of Forecasting 16:521) and by its state-space
// forms of Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler (2016, IJF
// 32:1151). The standard method is simple exponential smoothing plus half the
// slope of the straight line through the series (Hyndman & Billah 2003, IJF
// 19:287); the other forms estimate how much of the line to use, or let the
// line learn as the series goes on. All are linear in the data, so that
// forecast variances are exact and no simulation is needed for intervals.
//
// Given the smoothing parameter α the sum of squares is quadratic in the other
// parameters. The fit therefore searches over α alone and solves for the rest,
// which finds the global optimum in microseconds and scales with the data,
// where the simplex search of other programs depends on its start.
//
// Intervals are those of a Student t with the degrees of freedom that the
// parameters leave, because σ is estimated; they include no uncertainty about
// the other parameters.
package theta

import (
	"encoding"
	"fmt"
	"math"
	"slices"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/classical"
)

// Variant is a form of the Theta method.
type Variant int

// The forms. Static forms draw the line through the whole series, dynamic
// ones at each time through what was known then.
const (
	Standard Variant = iota // smoothing plus half the slope
	STM                     // static, θ = 2
	OTM                     // static, θ estimated
	DSTM                    // dynamic, θ = 2
	DOTM                    // dynamic, θ estimated
)

var variantNames = [...]string{"theta", "stm", "otm", "dstm", "dotm"}

// String returns the name: theta, stm, otm, dstm or dotm.
func (v Variant) String() string {
	if v < 0 || int(v) >= len(variantNames) {
		return fmt.Sprintf("Variant(%d)", int(v))
	}
	return variantNames[v]
}

// MarshalText implements encoding.TextMarshaler.
func (v Variant) MarshalText() ([]byte, error) {
	if v < 0 || int(v) >= len(variantNames) {
		return nil, fmt.Errorf("theta: no variant %d", int(v))
	}
	return []byte(v.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (v *Variant) UnmarshalText(b []byte) error {
	for i, s := range variantNames {
		if s == string(b) {
			*v = Variant(i)
			return nil
		}
	}
	return fmt.Errorf("theta: no variant %q", b)
}

var (
	_ encoding.TextMarshaler   = Variant(0)
	_ encoding.TextUnmarshaler = (*Variant)(nil)
	_ forecast.DataFitter      = Theta{}
)

// Theta is the method. The zero value is the standard method for a series
// without a season.
type Theta struct {
	Variant Variant
	// Season is the number of periods in a season; 0 or 1 for none. With more
	// than two cycles a season is taken out by classical decomposition: by
	// ratios, or by differences where values are not all positive.
	Season int
	// Adjust says how a season is found and measured.
	Adjust Adjust
	// FreeLevel estimates the first level of the state-space forms too, as
	// their authors do, instead of taking the first observation. On the
	// training parts of M4 it does slightly worse.
	FreeLevel bool
}

// Adjust is a rule for taking out a season.
type Adjust int

// The rules. Shrunk was chosen on the last observations of the training parts
// of the M4 quarterly series.
const (
	// Shrunk needs an autocorrelation at the seasonal lag that is significant
	// at 25 % and shrinks the indices to neutral by their sampling error.
	Shrunk Adjust = iota
	// Tested is the original rule, significance at 5 % and indices as they
	// are; R's thetaf and the M4 competition have it.
	Tested
	// Never takes no season out.
	Never
)

var adjustNames = [...]string{"shrunk", "tested", "never"}

// String returns shrunk, tested or never.
func (a Adjust) String() string {
	if a < 0 || int(a) >= len(adjustNames) {
		return fmt.Sprintf("Adjust(%d)", int(a))
	}
	return adjustNames[a]
}

// MarshalText implements encoding.TextMarshaler.
func (a Adjust) MarshalText() ([]byte, error) {
	if a < 0 || int(a) >= len(adjustNames) {
		return nil, fmt.Errorf("theta: no adjustment %d", int(a))
	}
	return []byte(a.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *Adjust) UnmarshalText(b []byte) error {
	for i, s := range adjustNames {
		if s == string(b) {
			*a = Adjust(i)
			return nil
		}
	}
	return fmt.Errorf("theta: no adjustment %q", b)
}

// lenient is the 75 % quantile of the normal.
const lenient = 0.6744897501960817

// minDynamic is the number of observations below which the four state-space
// forms, with up to three parameters and a variance, do harm: the standard
// method is fitted instead.
const minDynamic = 8

// FitData implements forecast.DataFitter: it takes the season from d unless
// the method has one, and keeps bounds as forecast.Bounded does. The method
// takes no regressors.
func (t Theta) FitData(d forecast.Data) (forecast.Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, forecast.ErrX
	}
	if t.Season == 0 {
		t.Season = d.Season
	}
	if d.Min != nil || d.Max != nil {
		return forecast.Bounded{Method: t, Min: d.Min, Max: d.Max}.Fit(d.Y)
	}
	return t.Fit(d.Y)
}

// Fit implements forecast.Forecaster. It needs two observations
// (*forecast.ErrShort). Gaps move time on but teach nothing.
func (t Theta) Fit(y []float64) (forecast.Model, error) {
	m, err := t.Estimate(y)
	if err != nil {
		return nil, err
	}
	return m, nil
}

// Estimate is Fit with the type of the model.
func (t Theta) Estimate(y []float64) (*Model, error) {
	if t.Variant < 0 || t.Variant > DOTM {
		return nil, fmt.Errorf("theta: no variant %d", int(t.Variant))
	}
	if t.Adjust < 0 || t.Adjust > Never {
		return nil, fmt.Errorf("theta: no adjustment %d", int(t.Adjust))
	}
	if t.Season < 0 {
		return nil, fmt.Errorf("theta: negative season %d", t.Season)
	}
	n, err := forecast.Check(y)
	if err != nil {
		return nil, err
	}
	if n < 2 {
		return nil, &forecast.ErrShort{Method: t.Variant.String(), N: n, Need: 2}
	}
	m := &Model{Asked: t.Variant, Variant: t.Variant, N: n, len: len(y)}
	if n < minDynamic {
		m.Variant = Standard
	}
	x := m.prepare(t, y)
	switch {
	case n < 4:
		m.fitWalk(x)
	case m.Variant == Standard:
		m.fitStandard(x)
	default:
		m.fitStateSpace(x, t.FreeLevel)
	}
	return m, nil
}

// prepare takes out season and scale and cuts gaps off both ends.
func (m *Model) prepare(t Theta, y []float64) []float64 {
	x := make([]float64, len(y))
	copy(x, y)
	positive := true
	first, last, top := -1, 0, 0.0
	for i, v := range x {
		if math.IsNaN(v) {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
		top = max(top, math.Abs(v))
		positive = positive && v > 0
	}
	m.scale = 1
	if top > 0 {
		m.scale = top
	}
	for i := range x {
		x[i] /= m.scale // squares neither overflow nor vanish
	}
	if s := t.Season; s > 1 && t.Adjust != Never {
		z, indices := lenient, classical.Shrunk
		if t.Adjust == Tested {
			z, indices = classical.Z95, classical.Indices
		}
		if classical.Seasonal(x, s, 2*s+1, z) {
			m.takeSeason(x, s, positive, indices)
		}
	}
	m.first, m.gap = first, len(y)-1-last
	return x[first : last+1]
}

// minRatio is the least seasonal ratio that is divided by.
const minRatio = 0.01

func (m *Model) takeSeason(x []float64, s int, positive bool, indices func([]float64, int, bool) ([]float64, bool)) {
	idx, ok := indices(x, s, positive)
	if positive && ok && slices.Min(idx) < minRatio {
		positive = false
		idx, ok = indices(x, s, false)
	}
	if !ok {
		return
	}
	for i := range x {
		if positive {
			x[i] /= idx[i%s]
		} else {
			x[i] -= idx[i%s]
		}
	}
	if !positive {
		for i := range idx {
			idx[i] *= m.scale
		}
	}
	m.Season, m.Multiplicative = idx, positive
}
