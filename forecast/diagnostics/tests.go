package diagnostics

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"example.com/zhibiao/forecast/internal/unitroot"
)

// Test is the outcome of a hypothesis test.
type Test struct {
	Name      string  // of the test
	Null      string  // the hypothesis in words
	Statistic float64 // NaN where the series is too short or does not vary
	P         float64 // p value; NaN with the statistic
	Lags      int     // autocorrelations, or lagged differences, in it
	N         int     // finite values, or rows of the regression, that it rests on
}

// Rejected reports whether the hypothesis is rejected at significance alpha.
// A test without a statistic rejects nothing.
func (t Test) Rejected(alpha float64) bool { return t.P < alpha }

// LjungBox tests whether x is white noise by its first lags autocorrelations
// (Ljung & Box 1978, Biometrika 65:297). For the residuals of a model fitDF
// counts its ARMA or smoothing parameters, which the degrees of freedom lags −
// fitDF are short of. P is NaN where none is left. It panics if lags < 1 or
// fitDF < 0.
func LjungBox(x []float64, lags, fitDF int) Test {
	return portmanteau("Ljung–Box", x, lags, fitDF, func(n, k float64) float64 { return n * (n + 2) / (n - k) })
}

// BoxPierce is the older form of LjungBox, of Box & Pierce (1970, JASA
// 65:1509), which keeps its level less well in small samples.
func BoxPierce(x []float64, lags, fitDF int) Test {
	return portmanteau("Box–Pierce", x, lags, fitDF, func(n, k float64) float64 { return n })
}

func portmanteau(name string, x []float64, lags, fitDF int, weight func(n, k float64) float64) Test {
	if lags < 1 || fitDF < 0 {
		panic("diagnostics: lag less than one or negative degrees of freedom")
	}
	n := len(finite(x))
	t := Test{Name: name, Null: "the series is white noise", Lags: lags, N: n, Statistic: math.NaN(), P: math.NaN()}
	if n <= lags {
		return t
	}
	s := 0.0
	for i, r := range ACF(x, lags) {
		s += weight(float64(n), float64(i+1)) * r * r
	}
	t.Statistic = s
	if df := lags - fitDF; df > 0 && !math.IsNaN(s) {
		t.P = mathext.GammaIncRegComp(float64(df)/2, s/2)
	}
	return t
}

// KPSS tests whether x is stationary about a level, or about a linear trend
// (Kwiatkowski, Phillips, Schmidt & Shin 1992, Journal of Econometrics
// 54:159). lags is the width of the Bartlett window of the long-run variance;
// negative stands for ⌊3√n/13⌋. P is interpolated in the published table and
// therefore between 0.01 and 0.10. Gaps are closed up.
func KPSS(x []float64, trend bool, lags int) Test {
	y := finite(x)
	if lags < 0 {
		lags = int(3 * math.Sqrt(float64(len(y))) / 13)
	}
	t := Test{Name: "KPSS", Null: "the series is stationary about a level", Lags: lags, N: len(y), Statistic: math.NaN(), P: math.NaN()}
	if trend {
		t.Null = "the series is stationary about a trend"
	}
	size := unitroot.Size(y)
	if len(y) < 3 || unitroot.Constant(y, size) {
		return t
	}
	for i := range y {
		y[i] /= size
	}
	t.Statistic = unitroot.KPSS(y, trend, lags)
	t.P = unitroot.KPSSP(t.Statistic, trend)
	return t
}

// Deterministic says what the regression of ADF holds besides the lagged
// level. The zero value is a level.
type Deterministic int

// What the alternative of the Dickey–Fuller test allows.
const (
	Level Deterministic = iota // a level
	Trend                      // a level and a linear trend
	None                       // neither: the mean is zero
)

// ADF tests whether x has a unit root against stationarity, by the regression
// of Dickey & Fuller (1979, JASA 74:427) with the given number of lagged
// differences; negative stands for ⌊(n−1)^⅓⌋. P is MacKinnon's (1994, JBES
// 12:167) asymptotic one. Gaps are closed up.
func ADF(x []float64, det Deterministic, lags int) Test {
	y := finite(x)
	if lags < 0 {
		lags = int(math.Cbrt(float64(max(len(y)-1, 0))))
	}
	d := [...]unitroot.Deterministic{Level: unitroot.Level, Trend: unitroot.Trend, None: unitroot.None}[det]
	t := Test{Name: "ADF", Null: "the series has a unit root", Lags: lags, Statistic: math.NaN(), P: math.NaN()}
	if unitroot.Constant(y, unitroot.Size(y)) {
		t.N = max(len(y)-1-lags, 0)
		return t
	}
	t.Statistic, t.N = unitroot.ADF(y, d, lags)
	t.P = unitroot.ADFP(t.Statistic, d)
	return t
}

// NDiffs returns how many first differences, at most maxD, make x stationary
// by the KPSS test at 5 % (Hyndman & Khandakar 2008, JSS 27(3)).
func NDiffs(x []float64, maxD int) int {
	y := finite(x)
	size := unitroot.Size(y)
	if size == 0 {
		return 0
	}
	for i := range y {
		y[i] /= size
	}
	return unitroot.NDiffs(y, maxD, 1)
}

// NSDiffs returns how many seasonal differences of period m, at most maxD, x
// asks for: one more as long as the strength of its seasonality exceeds 0.64.
// Fewer than two full seasons and a bit give none.
func NSDiffs(x []float64, m, maxD int) int {
	n := len(finite(x))
	size := unitroot.Size(x)
	if m < 2 || n <= 2*m || size == 0 {
		return 0
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = v / size
	}
	return unitroot.NSDiffs(y, m, maxD, 1)
}

func finite(x []float64) []float64 {
	out := make([]float64, 0, len(x))
	for _, v := range x {
		if !math.IsNaN(v) {
			out = append(out, v)
		}
	}
	return out
}
