package accuracy

import (
	"math"

	"example.com/zhibiao/forecast/internal/classical"
)

// Naive2 returns the point forecasts of the M4 competition's benchmark for h
// periods: the last seasonally adjusted value times the seasonal indices. A
// series of at least three cycles counts as seasonal if its autocorrelation at
// lag m is significant (|r_m| > 1.645 √((1 + 2 Σ_{i<m} r_i²)/n)); the indices are
// those of multiplicative classical decomposition. Without a season it is the
// last value. It panics if h < 1 or if train has no value.
func Naive2(train []float64, m, h int) []float64 {
	if h < 1 {
		panic("accuracy: horizon must be positive")
	}
	last := len(train) - 1
	for last >= 0 && math.IsNaN(train[last]) {
		last--
	}
	if last < 0 {
		panic("accuracy: history without a value")
	}
	index := []float64{1}
	// The competition's program looks at R's default number of lags only.
	if n := len(train); m > 1 && m <= int(10*math.Log10(float64(n))) && classical.Seasonal(train, m, 3*m, 1.645) {
		if idx, ok := classical.Indices(train, m, true); ok {
			index = idx
		}
	}
	k := len(index)
	out := make([]float64, h)
	for i := range out {
		out[i] = train[last] / index[last%k] * index[(len(train)+i)%k]
	}
	return out
}
