package progress

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// Event is something that a path of future values does or does not do.
type Event func(path []float64) bool

// Held is the event that every value lies in want.
func Held(want indicators.Interval) Event {
	return func(path []float64) bool {
		for _, y := range path {
			if !want.Contains(y) {
				return false
			}
		}
		return true
	}
}

// Ends is the event that the last value lies in want.
func Ends(want indicators.Interval) Event {
	return func(path []float64) bool { return want.Contains(path[len(path)-1]) }
}

// Sums is the event that the sum of the values and of what was done before
// lies in want.
func Sums(done float64, want indicators.Interval) Event {
	return func(path []float64) bool {
		s := done
		for _, y := range path {
			s += y
		}
		return want.Contains(s)
	}
}

// Couple reorders the paths of b in place so that the Spearman rank
// correlation between the end values of a and b is rho, by the method of Iman
// & Conover (1982): each set keeps its own paths, and so its marginals, and
// only which goes with which is chosen. It panics unless both have the same
// number of paths, at least two, and rho lies within [−1, 1].
func Couple(a, b forecast.Paths, rho float64, src rand.Source) {
	if a.N != b.N || a.N < 2 {
		panic("progress: two sets of paths of one size are needed")
	}
	if !(rho >= -1 && rho <= 1) {
		panic("progress: correlation outside [−1, 1]")
	}
	n := a.N
	scores := make([]float64, n) // van der Waerden
	for i := range scores {
		scores[i] = distuv.UnitNormal.Quantile(float64(i+1) / float64(n+1))
	}
	rng := rand.New(src)
	x := make([]float64, n) // scores in the order of a's end values
	for r, i := range order(a) {
		x[i] = scores[r]
	}
	y := make([]float64, n) // independent scores
	for i, p := range rng.Perm(n) {
		y[i] = scores[p]
	}
	// Remove what correlation the permutation has by chance, then mix.
	sxx, sxy := 0.0, 0.0
	for i := range x {
		sxx += x[i] * x[i]
		sxy += x[i] * y[i]
	}
	syy := 0.0
	for i := range y {
		y[i] -= sxy / sxx * x[i]
		syy += y[i] * y[i]
	}
	r := 2 * math.Sin(math.Pi*rho/6) // the normal correlation that has this rank correlation
	k := 0.0
	if syy > 0 {
		k = math.Sqrt(max(0, 1-r*r)) * math.Sqrt(sxx/syy)
	}
	t := make([]float64, n)
	for i := range t {
		t[i] = r*x[i] + k*y[i]
	}
	place := make([]int, n)
	for i := range place {
		place[i] = i
	}
	slices.SortStableFunc(place, func(i, j int) int { return cmp.Compare(t[i], t[j]) })
	// The path of b with the r-th end value goes where t has rank r.
	out := make([]float64, len(b.Y))
	for r, i := range order(b) {
		copy(out[place[r]*b.H:(place[r]+1)*b.H], b.Path(i))
	}
	copy(b.Y, out)
}

// order returns the indices of the paths by their end values.
func order(p forecast.Paths) []int {
	out := make([]int, p.N)
	for i := range out {
		out[i] = i
	}
	end := func(i int) float64 { return p.Y[(i+1)*p.H-1] }
	slices.SortStableFunc(out, func(i, j int) int { return cmp.Compare(end(i), end(j)) })
	return out
}

// Estimate is a probability found by simulation.
type Estimate struct {
	P         float64 // the probability; meaningful if OK
	SE        float64 // its standard error
	Paths     int     // paths that it rests on: for a conditional one those that meet the condition
	OK        bool    // false: the condition is too rare to tell
	Condition float64 // probability of the condition; 1 if there is none
}

// Simulation limits: 20 000 paths give a standard error below 0.36 points;
// a condition needs 1 000 paths among at most 200 000.
const (
	defaultPaths   = 20_000
	conditionPaths = 1_000
	mostPaths      = 200_000
	batchPaths     = 10_000
)

// Probability estimates how likely e is over the next h values of m from n
// paths; 0 means 20 000, whose standard error is at most 0.36 points. The
// same source gives the same answer.
func Probability(m forecast.Model, h, n int, e Event, src rand.Source) Estimate {
	if n == 0 {
		n = defaultPaths
	}
	path := make([]float64, h)
	k := 0
	for range n {
		m.Simulate(path, src)
		if e(path) {
			k++
		}
	}
	return estimate(k, n, 1)
}

func estimate(k, n int, condition float64) Estimate {
	p := float64(k) / float64(n)
	return Estimate{P: p, SE: math.Sqrt(p * (1 - p) / float64(n)), Paths: n, OK: true, Condition: condition}
}

// Given estimates the probability of event a of model ma, given that event b
// of model mb happens, over the next h values of both. The two are joined to
// the rank correlation rho of their end values. Paths are drawn in batches
// until 1 000 meet the condition, at most 200 000; if fewer do, OK is false:
// the condition is too rare to tell. The same seed gives the same answer.
func Given(ma forecast.Model, a Event, mb forecast.Model, b Event, h int, rho float64, seed uint64) Estimate {
	k, hit, n := 0, 0, 0
	src := rand.NewPCG(seed, 0x9e3779b97f4a7c15)
	for n < mostPaths && hit < conditionPaths {
		pa := forecast.Draw(ma, batchPaths, h, src)
		pb := forecast.Draw(mb, batchPaths, h, src)
		Couple(pa, pb, rho, src)
		for i := range batchPaths {
			if b(pb.Path(i)) {
				hit++
				if a(pa.Path(i)) {
					k++
				}
			}
		}
		n += batchPaths
	}
	c := float64(hit) / float64(n)
	if hit < conditionPaths {
		return Estimate{Paths: hit, Condition: c}
	}
	return estimate(k, hit, c)
}

// Both returns n coupled draws of two models, for events that concern both,
// such as growing no more slowly than another indicator.
func Both(ma, mb forecast.Model, n, h int, rho float64, src rand.Source) (a, b forecast.Paths) {
	a, b = forecast.Draw(ma, n, h, src), forecast.Draw(mb, n, h, src)
	Couple(a, b, rho, src)
	return a, b
}
