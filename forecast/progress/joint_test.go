package progress_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// walk is a normal random walk, whose joint law is known.
type walk struct{ start, drift, sd float64 }

func (w walk) Forecast(h int) []forecast.Dist { panic("not used") }
func (w walk) Simulate(path []float64, src rand.Source) {
	rng := rand.New(src)
	y := w.start
	for i := range path {
		y += w.drift + w.sd*rng.NormFloat64()
		path[i] = y
	}
}

func ranks(x []float64) []float64 {
	idx := make([]int, len(x))
	for i := range idx {
		idx[i] = i
	}
	slices.SortFunc(idx, func(i, j int) int {
		if x[i] < x[j] {
			return -1
		}
		return 1
	})
	r := make([]float64, len(x))
	for k, i := range idx {
		r[i] = float64(k)
	}
	return r
}

func TestCouple(t *testing.T) {
	for _, rho := range []float64{-1, -0.5, 0, 0.3, 0.8, 1} {
		src := rand.NewPCG(1, 2)
		a := forecast.Draw(walk{0, 1, 1}, 5000, 3, src)
		b := forecast.Draw(walk{100, -1, 7}, 5000, 3, src)
		before := b.Column(2)
		progress.Couple(a, b, rho, src)
		after := b.Column(2)
		got := stat.Correlation(ranks(a.Column(2)), ranks(after), nil)
		if math.Abs(got-rho) > 0.01 {
			t.Errorf("rank correlation %.3f, want %.1f", got, rho)
		}
		slices.Sort(before)
		slices.Sort(after)
		if !slices.Equal(before, after) {
			t.Errorf("rho %v: the marginal changed", rho)
		}
	}
}

func TestProbability(t *testing.T) {
	// P(N(3, 3) ≥ 3) is one half; the walk 0 + 1·h with unit steps.
	e := progress.Probability(walk{0, 1, 1}, 3, 0, progress.Ends(indicators.AtLeastX(3)), rand.NewPCG(1, 1))
	if math.Abs(e.P-0.5) > 4*e.SE || e.SE > 0.005 || !e.OK {
		t.Errorf("ends: %+v", e)
	}
	// A driftless walk stays ≥ 0 for two steps with probability 3/8
	// (Sparre Andersen 1953: C(4,2)/2^4).
	e = progress.Probability(walk{0, 0, 1}, 2, 0, progress.Held(indicators.AtLeastX(0)), rand.NewPCG(1, 2))
	if math.Abs(e.P-0.375) > 4*e.SE {
		t.Errorf("held: %+v", e)
	}
	// y1 + y2 = 2ε1 + ε2 has variance 5: P(≥ √5) = 1 − Φ(1).
	e = progress.Probability(walk{0, 0, 1}, 2, 0, progress.Sums(0, indicators.AtLeastX(math.Sqrt(5))), rand.NewPCG(1, 3))
	if math.Abs(e.P-0.158655) > 4*e.SE {
		t.Errorf("sums: %+v", e)
	}
}

func TestGiven(t *testing.T) {
	up := progress.Ends(indicators.AtLeastX(0))
	m := walk{0, 0, 1}
	// Orthant probability of a bivariate normal: P(X≥0|Y≥0) = 1/2 + asin(r)/π
	// with r = 2 sin(π ρ/6) (Sheppard 1899).
	for _, rho := range []float64{-0.4, 0, 0.6} {
		r := 2 * math.Sin(math.Pi*rho/6)
		want := 0.5 + math.Asin(r)/math.Pi
		e := progress.Given(m, up, m, up, 1, rho, 7)
		if !e.OK || math.Abs(e.P-want) > 4*e.SE+0.005 {
			t.Errorf("rho %v: %+v, want %.4f", rho, e, want)
		}
		if again := progress.Given(m, up, m, up, 1, rho, 7); again != e {
			t.Error("the same seed gave another answer")
		}
	}
	rare := progress.Given(m, up, m, progress.Ends(indicators.AtLeastX(4)), 1, 0, 7)
	if rare.OK || rare.Paths >= 1000 {
		t.Errorf("a condition of probability 3e-5 was answered: %+v", rare)
	}
}

func BenchmarkTargets(b *testing.B) {
	m := walk{0, 1, 1}
	e := progress.Held(indicators.AtLeastX(0))
	for b.Loop() {
		progress.Probability(m, 5, 10_000, e, rand.NewPCG(1, 1))
	}
}
