package seasonal

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast/internal/classical"
)

// Tested reports whether y is seasonal by the test of the Theta method and of
// the M4 competition: an autocorrelation at lag m above 1.645 standard errors,
// |r_m| > 1.645 √((1 + 2 Σ_{i<m} r_i²)/n), on at least three cycles. A constant
// series is not seasonal.
func Tested(y []float64, m int) bool { return classical.Seasonal(y, m, 3*m, 1.645) }

// KruskalWallis tests whether the m seasons of y have the same location by
// ranks, free of distributions and robust to outliers; y should have no trend
// (difference it first). It returns the statistic, corrected for ties, and its
// probability under no season by the χ² with m−1 degrees of freedom (Kruskal &
// Wallis 1952, JASA 47:583). p is 1 where there is nothing to compare. m < 2
// panics.
func KruskalWallis(y []float64, m int) (stat, p float64) {
	if m < 2 {
		panic("seasonal: a season has at least two periods")
	}
	type value struct {
		v      float64
		season int
	}
	var xs []value
	for t, v := range y {
		if !math.IsNaN(v) {
			xs = append(xs, value{v, t % m})
		}
	}
	slices.SortStableFunc(xs, func(a, b value) int {
		switch {
		case a.v < b.v:
			return -1
		case a.v > b.v:
			return 1
		}
		return 0
	})
	n := float64(len(xs))
	sum, count := make([]float64, m), make([]float64, m)
	ties := 0.0
	for i := 0; i < len(xs); {
		j := i
		for j < len(xs) && xs[j].v == xs[i].v {
			j++
		}
		rank := float64(i+j+1) / 2
		for _, x := range xs[i:j] {
			sum[x.season] += rank
			count[x.season]++
		}
		k := float64(j - i)
		ties += k*k*k - k
		i = j
	}
	groups := 0.0
	for s, k := range count {
		if k > 0 {
			groups++
			stat += sum[s] * sum[s] / k
		}
	}
	correction := 1 - ties/(n*n*n-n)
	if groups < 2 || !(correction > 0) {
		return 0, 1
	}
	stat = (12/(n*(n+1))*stat - 3*(n+1)) / correction
	return stat, distuv.ChiSquared{K: groups - 1}.Survival(stat)
}
