package unitroot

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Deterministic says what a Dickey–Fuller regression holds besides the lag.
type Deterministic int

// The three cases of Dickey & Fuller (1979, JASA 74:427).
const (
	None  Deterministic = iota // neither level nor trend
	Level                      // a level
	Trend                      // a level and a linear trend
)

// ADF returns the t statistic of the level in the augmented Dickey–Fuller
// regression of Δx_t on x_{t−1}, the deterministic terms and the given number
// of lagged differences (Said & Dickey 1984, Biometrika 71:599), and the
// number of observations in it. The statistic is NaN if no degree of freedom
// is left or the regression is singular.
func ADF(x []float64, det Deterministic, lags int) (stat float64, n int) {
	n = len(x) - 1 - lags
	k := 1 + lags + int(det)
	if n <= k {
		return math.NaN(), max(n, 0)
	}
	// Scale and centre: the statistic does not change, the condition does.
	size := Size(x)
	if size == 0 {
		return math.NaN(), n
	}
	shift := 0.0
	if det != None {
		shift = x[0] / size
	}
	X := mat.NewDense(n, k, nil)
	y := mat.NewVecDense(n, nil)
	at := func(t int) float64 { return x[t]/size - shift }
	for i := range n {
		t := i + 1 + lags
		y.SetVec(i, at(t)-at(t-1))
		X.Set(i, 0, at(t-1))
		for l := 1; l <= lags; l++ {
			X.Set(i, l, at(t-l)-at(t-l-1))
		}
		if det >= Level {
			X.Set(i, lags+1, 1)
		}
		if det == Trend {
			X.Set(i, lags+2, float64(i+1)/float64(n))
		}
	}
	var qr mat.QR
	qr.Factorize(X)
	if qr.Cond() > 1e13 {
		return math.NaN(), n
	}
	var b mat.VecDense
	if qr.SolveVecTo(&b, false, y) != nil {
		return math.NaN(), n
	}
	var r mat.VecDense
	r.MulVec(X, &b)
	r.SubVec(y, &r)
	s2 := mat.Dot(&r, &r) / float64(n-k)
	// Var(b₀) = s² ‖R⁻ᵀe₀‖².
	var R mat.Dense
	qr.RTo(&R)
	z := make([]float64, k)
	v := 0.0
	for i := range k {
		s := 0.0
		if i == 0 {
			s = 1
		}
		for j := range i {
			s -= R.At(j, i) * z[j]
		}
		z[i] = s / R.At(i, i)
		v += z[i] * z[i]
	}
	se := math.Sqrt(s2 * v)
	if se == 0 {
		return math.NaN(), n
	}
	return b.AtVec(0) / se, n
}

// mackinnon holds, for each deterministic case, the response surface of the
// critical values at 1, 5 and 10 % in powers of 1/n: MacKinnon (2010),
// Queen's Economics Department working paper 1227, table 2 (one variable).
var mackinnon = [3][3][4]float64{
	{{-2.56574, -2.2358, -3.627, 0}, {-1.94100, -0.2686, -3.365, 31.223}, {-1.61682, 0.2656, -2.714, 25.364}},
	{{-3.43035, -6.5393, -16.786, -79.433}, {-2.86154, -2.8903, -4.234, -40.040}, {-2.56677, -1.5384, -2.809, 0}},
	{{-3.95877, -9.0531, -28.428, -134.155}, {-3.41049, -4.3904, -9.036, -45.374}, {-3.12705, -2.5856, -3.925, -22.380}},
}

// ADFCritical returns the critical values at 1, 5 and 10 % for n observations.
func ADFCritical(det Deterministic, n int) [3]float64 {
	var out [3]float64
	for i, b := range mackinnon[det] {
		u := 1 / float64(n)
		out[i] = b[0] + u*(b[1]+u*(b[2]+u*b[3]))
	}
	return out
}

// Polynomials of MacKinnon (1994, JBES 12:167), tables 3 and 4, one variable:
// the normal quantile of the p value, for statistics up to the first limit
// and beyond it; outside the outer limits p is 0 or 1.
var adfP = [3]struct {
	lo, mid, hi float64
	small       [3]float64
	large       [4]float64
}{
	{-19.04, -1.04, math.Inf(1), [3]float64{0.6344, 1.2378, 0.032496}, [4]float64{0.4797, 0.93557, -0.06999, 0.033066}},
	{-18.83, -1.61, 2.74, [3]float64{2.1659, 1.4412, 0.038269}, [4]float64{1.7339, 0.93202, -0.12745, -0.010368}},
	{-16.18, -2.89, 0.70, [3]float64{3.2512, 1.6047, 0.049588}, [4]float64{2.5261, 0.61654, -0.37956, -0.060285}},
}

// ADFP returns the asymptotic p value of the statistic.
func ADFP(stat float64, det Deterministic) float64 {
	c := adfP[det]
	var z float64
	switch {
	case math.IsNaN(stat):
		return math.NaN()
	case stat < c.lo:
		return 0
	case stat > c.hi:
		return 1
	case stat <= c.mid:
		z = c.small[0] + stat*(c.small[1]+stat*c.small[2])
	default:
		z = c.large[0] + stat*(c.large[1]+stat*(c.large[2]+stat*c.large[3]))
	}
	return 0.5 * math.Erfc(-z/math.Sqrt2)
}
