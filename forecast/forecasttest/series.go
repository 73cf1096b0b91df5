package forecasttest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"example.com/zhibiao/forecast"
)

// series is a case of the suite.
type series struct {
	name     string
	y        []float64
	ordinary bool // every method must accept it
}

// ordinary returns positive series of 24 or more values with noise, of the
// kinds that methods are made for.
func ordinary(season int) []series {
	n := 24
	if season > 1 {
		n = max(n, 4*season)
	}
	rng := rand.New(rand.NewPCG(11, 12))
	make := func(f func(t float64, level, e float64) float64) []float64 {
		y := make([]float64, n)
		level := 0.0
		for i := range y {
			e := rng.NormFloat64()
			level += e
			y[i] = f(float64(i), level, e)
			if season > 1 {
				y[i] *= 1 + 0.2*math.Sin(2*math.Pi*float64(i)/float64(season)+1)
			}
		}
		return y
	}
	walk := make(func(_, l, _ float64) float64 { return 500 + 10*l })
	noise := make(func(_, _, e float64) float64 { return 500 + 20*e })
	trend := make(func(t, l, _ float64) float64 { return 300 + 25*t + 12*l })
	growth := make(func(t, l, _ float64) float64 { return 200 * math.Exp(0.06*t+0.03*l) })
	gaps := make(func(t, l, _ float64) float64 { return 300 + 20*t + 10*l })
	gaps[3], gaps[4], gaps[n-6] = math.NaN(), math.NaN(), math.NaN()
	return []series{
		{"random walk", walk, true}, {"noise", noise, true}, {"trend", trend, true},
		{"growth", growth, true}, {"trend with gaps", gaps, true},
	}
}

// edges returns the series on which methods break.
func edges() []series {
	nan := math.NaN()
	fill := func(n int, f func(i int) float64) []float64 {
		y := make([]float64, n)
		for i := range y {
			y[i] = f(i)
		}
		return y
	}
	rng := rand.New(rand.NewPCG(13, 14))
	out := []series{
		{name: "one value", y: []float64{698}},
		{name: "one zero", y: []float64{0}},
		{name: "one negative value", y: []float64{-3}},
		{name: "one huge value", y: []float64{1e300}},
		{name: "one value among gaps", y: []float64{nan, 5, nan}},
		{name: "two values", y: []float64{612, 698}},
		{name: "two equal values", y: []float64{5, 5}},
		{name: "two values round a gap", y: []float64{5, nan, 7}},
		{name: "two values of opposite sign", y: []float64{-1e300, 1e300}},
		{name: "zero to one", y: []float64{0, 1}},
		{name: "three values", y: []float64{612, 645, 698}},
		{name: "three equal values", y: []float64{3, 3, 3}},
		{name: "constant", y: fill(12, func(int) float64 { return 7.3 })},
		{name: "zeros", y: make([]float64, 12)},
		{name: "zeros, then one value", y: append(make([]float64, 11), 4)},
		{name: "one value, then zeros", y: append([]float64{4}, make([]float64, 11)...)},
		{name: "constant, then a step", y: fill(12, func(i int) float64 { return 5 + 40*float64(i/10) })},
		{name: "constant but for rounding", y: fill(12, func(i int) float64 { return 0.1*3 + float64(i%2)*5e-17 })},
		{name: "straight line", y: fill(15, func(i int) float64 { return 0.1 * float64(i+1) })},
		{name: "line through zero", y: fill(15, func(i int) float64 { return float64(i - 7) })},
		{name: "exact growth", y: fill(15, func(i int) float64 { return math.Pow(1.07, float64(i)) })},
		{name: "explosive", y: fill(12, func(i int) float64 { return math.Pow(10, float64(i)) })},
		{name: "alternating", y: fill(14, func(i int) float64 { return 10 + float64(i%2) })},
		{name: "negative", y: fill(14, func(i int) float64 { return -50 - 2*float64(i) - rng.Float64() })},
		{name: "both signs", y: fill(14, func(int) float64 { return rng.NormFloat64() })},
		{name: "1e300", y: fill(10, func(i int) float64 { return 1e300 * (1 + 0.1*float64(i) + 0.05*rng.NormFloat64()) })},
		{name: "1e-300", y: fill(10, func(i int) float64 { return 1e-300 * (1 + 0.1*float64(i) + 0.05*rng.NormFloat64()) })},
		{name: "±1e300", y: fill(10, func(i int) float64 { return 1e300 * (0.5 - float64(i%2)) })},
		{name: "1e300 and 1e-300", y: fill(10, func(i int) float64 { return []float64{1e300, 1e-300}[i%2] })},
		{name: "up to 1e300", y: fill(10, func(i int) float64 { return math.Pow(10, 30*float64(i+1)) })},
		{name: "huge, hardly moving", y: fill(12, func(i int) float64 { return 1e12 + float64(i%3) })},
		{name: "gaps in front and behind", y: []float64{nan, nan, 5, 6, 8, 7, nan, 9, 8, nan, nan, nan}},
		{name: "every other value", y: fill(20, func(i int) float64 {
			if i%2 == 1 {
				return nan
			}
			return 20 + float64(i) + rng.NormFloat64()
		})},
		{name: "outlier", y: fill(20, func(i int) float64 {
			if i == 13 {
				return 9000
			}
			return 40 + rng.NormFloat64()
		})},
		{name: "counts", y: []float64{0, 0, 2, 0, 1, 0, 0, 0, 3, 0, 1, 0, 0, 2}},
	}
	for n := 4; n <= 9; n++ { // short series, where samples end and models begin
		out = append(out, series{name: fmt.Sprintf("%d values", n), y: fill(n, func(i int) float64 { return 100 + 8*float64(i) + 4*rng.NormFloat64() })})
	}
	return out
}

// Fuzz adds the series of the suite as seeds and checks on every input what
// holds for any finite series: no panic, no NaN, no infinity, increasing
// quantiles that invert the CDF, values inside bounds, scale. Run it with
//
//	go test -fuzz FuzzConformance -fuzztime 1000000x
func Fuzz(f *testing.F, method forecast.Forecaster, o Options) {
	f.Helper()
	for _, c := range edges() {
		f.Add(encode(c.y))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		y, season, bound := decode(in, o.Seasons)
		if n, err := forecast.Check(y); err != nil || n == 0 {
			return
		}
		s := suite{method, o, season}
		c := series{name: fmt.Sprint(y), y: y}
		if bound {
			s.bounds(t, c)
		} else {
			s.sane(t, c)
			s.equivariant(t, c, 0x1p20, 0)
		}
	})
}

// powers are the scales of fuzzed values; the last is a gap.
var powers = [16]float64{1, 1, 1, 1, 0.1, 0.01, 10, 1000, 1e6, 1e-6, 1e12, 1e150, 1e-150, 1e298, 1e-300, math.NaN()}

// encode writes a series as two bytes a value, a power and a multiple of it as
// near as they come, after a byte for season and bounds.
func encode(y []float64) []byte {
	out := []byte{0}
	for _, v := range y {
		if math.IsNaN(v) {
			out = append(out, 15, 0)
			continue
		}
		best, bestErr := [2]byte{}, math.Inf(1)
		for i, p := range powers[:15] {
			k := math.Round(min(max(v/p, -127), 127))
			if e := math.Abs(k*p - v); e < bestErr {
				best, bestErr = [2]byte{byte(i), byte(int8(k))}, e
			}
		}
		out = append(out, best[:]...)
	}
	return out
}

// maxFuzz is the length of the longest fuzzed series.
const maxFuzz = 60

// decode is the inverse of encode for any bytes.
func decode(in []byte, seasons []int) (y []float64, season int, bound bool) {
	if len(in) == 0 {
		return nil, 0, false
	}
	bound = in[0]&1 == 1
	if k := int(in[0]>>1) % (len(seasons) + 1); k > 0 {
		season = seasons[k-1]
	}
	for i := 1; i+1 < len(in) && len(y) < maxFuzz; i += 2 {
		y = append(y, float64(int8(in[i+1]))*powers[in[i]%16])
	}
	return y, season, bound
}
