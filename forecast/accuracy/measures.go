// Package accuracy measures forecasts: the measures of the M competitions and
// of the tourism competition as they define them, proper scores of whole
// distributions, Naive2, rolling-origin backtests, and the test of Diebold &
// Mariano. Throughout y is what came, f the forecast, train the history that
// the method saw, and m the number of periods in a season (0 and 1: none);
// len(f) == len(y), and other lengths panic. A NaN in y is a value not known:
// it counts for nothing.
package accuracy

import (
	"math"

	"example.com/zhibiao/forecast"
)

func same(n int, others ...[]float64) {
	for _, o := range others {
		if len(o) != n {
			panic("accuracy: lengths differ")
		}
	}
}

// meanOf averages term(i) over the values of y that are known; NaN if none is.
func meanOf(y []float64, term func(i int) float64) float64 {
	s, n := 0.0, 0
	for i, v := range y {
		if !math.IsNaN(v) {
			s += term(i)
			n++
		}
	}
	return s / float64(n)
}

// SMAPE returns the symmetric mean absolute percentage error, the mean of
// 200·|y−f| / (|y|+|f|), between 0 and 200 (Makridakis & Hibon 2000, IJF
// 16:451, with the absolute values of M4). A term with y = f = 0 is 0.
func SMAPE(y, f []float64) float64 {
	same(len(y), f)
	return meanOf(y, func(i int) float64 {
		d := math.Abs(y[i] - f[i])
		if d == 0 {
			return 0
		}
		return 200 * d / (math.Abs(y[i]) + math.Abs(f[i]))
	})
}

// MAPE returns the mean absolute percentage error, the mean of 100·|y−f|/|y|.
// It is infinite if an y is 0 and its forecast is not.
func MAPE(y, f []float64) float64 {
	same(len(y), f)
	return meanOf(y, func(i int) float64 {
		d := math.Abs(y[i] - f[i])
		if d == 0 {
			return 0
		}
		return 100 * d / math.Abs(y[i])
	})
}

// Scale returns the mean of |x_t − x_{t−m}| over the history, the error of the
// seasonal naive forecast by which MASE and MSIS divide (Hyndman & Koehler
// 2006, IJF 22:679). It is NaN if the history has no pair a season apart.
func Scale(train []float64, m int) float64 {
	return differences(train, m, math.Abs)
}

func differences(train []float64, m int, of func(float64) float64) float64 {
	m = max(m, 1)
	s, n := 0.0, 0
	for t := m; t < len(train); t++ {
		if d := train[t] - train[t-m]; !math.IsNaN(d) {
			s += of(d)
			n++
		}
	}
	return s / float64(n)
}

// ratio is a/b, where 0/0 is 0: an error of nothing is nothing on any scale.
func ratio(a, b float64) float64 {
	if a == 0 {
		return 0
	}
	return a / b
}

// MASE returns the mean absolute scaled error, the mean of |y−f| divided by
// Scale(train, m). It is infinite where the history never moved and f errs.
func MASE(train, y, f []float64, m int) float64 {
	same(len(y), f)
	return ratio(meanOf(y, func(i int) float64 { return math.Abs(y[i] - f[i]) }), Scale(train, m))
}

// RMSSE returns the root mean squared scaled error, the root of the mean of
// (y−f)² over the mean of (x_t − x_{t−m})² of the history.
func RMSSE(train, y, f []float64, m int) float64 {
	same(len(y), f)
	sq := func(x float64) float64 { return x * x }
	return math.Sqrt(ratio(meanOf(y, func(i int) float64 { return sq(y[i] - f[i]) }), differences(train, m, sq)))
}

// Winkler returns the mean interval score at the level (0.95 for 95 %): the
// width, plus 2/(1−level) times the distance by which y misses the interval
// (Winkler 1972, JASA 67:187; Gneiting & Raftery 2007, JASA 102:359).
func Winkler(y, lo, hi []float64, level float64) float64 {
	same(len(y), lo, hi)
	if !(level > 0 && level < 1) {
		panic("accuracy: level outside (0, 1)")
	}
	return meanOf(y, func(i int) float64 {
		s := hi[i] - lo[i]
		if y[i] < lo[i] {
			s += 2 / (1 - level) * (lo[i] - y[i])
		}
		if y[i] > hi[i] {
			s += 2 / (1 - level) * (y[i] - hi[i])
		}
		return s
	})
}

// MSIS returns the mean scaled interval score, Winkler divided by Scale.
func MSIS(train, y, lo, hi []float64, m int, level float64) float64 {
	return ratio(Winkler(y, lo, hi, level), Scale(train, m))
}

// Coverage returns the share of y inside [lo, hi], between 0 and 1.
func Coverage(y, lo, hi []float64) float64 {
	same(len(y), lo, hi)
	return meanOf(y, func(i int) float64 {
		if y[i] >= lo[i] && y[i] <= hi[i] {
			return 1
		}
		return 0
	})
}

// ACD returns the absolute difference of a coverage from its level.
func ACD(coverage, level float64) float64 { return math.Abs(coverage - level) }

// OWA returns the overall weighted average of M4: the mean of the ratios of
// sMAPE and MASE, each averaged over all series first, to those of a
// reference, in M4 Naive2, which itself has 1.
func OWA(smape, mase, refSMAPE, refMASE float64) float64 {
	return (smape/refSMAPE + mase/refMASE) / 2
}

// Skill returns 1 − score/reference: the share by which a score improves on
// that of a reference.
func Skill(score, reference float64) float64 { return 1 - score/reference }

// Pinball returns the quantile loss of q as the quantile p of the value that
// turned out to be y.
func Pinball(y, q, p float64) float64 {
	if y >= q {
		return p * (y - q)
	}
	return (1 - p) * (q - y)
}

// CRPS returns the continuous ranked probability score of d for the value y,
// twice the integral of the pinball loss over all p; for a point forecast the
// absolute error. The integral is exact for a sample and by quadrature for
// others, without the tails beyond the quantiles 1e-6 and 1−1e-6.
func CRPS(d forecast.Dist, y float64) float64 {
	switch d := d.(type) {
	case forecast.Empirical:
		return sampleCRPS(d.Sorted(), y)
	case forecast.Constant:
		return math.Abs(y - float64(d))
	}
	const cut = 1e-6
	edges := []float64{cut, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 1 - 1e-4, 1 - cut}
	// The integrand has a kink at CDF(y); Gauss–Legendre wants it at an edge.
	at := d.CDF(y)
	s := 0.0
	for i := 1; i < len(edges); i++ {
		a, b := edges[i-1], edges[i]
		if at > a && at < b {
			s += pinballs(d, y, a, at) + pinballs(d, y, at, b)
		} else {
			s += pinballs(d, y, a, b)
		}
	}
	return 2 * s
}

// sampleCRPS is the mean distance of y from the sample less half the mean
// distance within it.
func sampleCRPS(x []float64, y float64) float64 {
	n := float64(len(x))
	s := 0.0
	for i, v := range x {
		s += math.Abs(v-y)/n - (2*float64(i)+1-n)*v/(n*n)
	}
	return s
}

func pinballs(d forecast.Dist, y, a, b float64) float64 {
	s := 0.0
	for k, x := range legendreX {
		for _, p := range [2]float64{(a+b)/2 - (b-a)/2*x, (a+b)/2 + (b-a)/2*x} {
			s += legendreW[k] * (b - a) / 2 * Pinball(y, d.Quantile(p), p)
		}
	}
	return s
}

// Nodes and weights of six-point Gauss–Legendre quadrature on [−1, 1], for the
// positive nodes: Abramowitz & Stegun (1964), table 25.4.
var (
	legendreX = [3]float64{0.238619186083197, 0.661209386466265, 0.932469514203152}
	legendreW = [3]float64{0.467913934572691, 0.360761573048139, 0.171324492379170}
)
