package progress

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"example.com/zhibiao/forecast"
)

// Outcome is a probability that was stated and what came of it.
type Outcome struct {
	Cluster string  // outcomes of one cluster are not independent: those of one series
	P       float64 // probability stated
	Met     bool
}

// Brier returns the mean of (P − met)², the score of Brier (1950): 0 is
// perfect, 0.25 is what always saying one half gets. It panics if there is no
// outcome.
func Brier(os []Outcome) float64 {
	if len(os) == 0 {
		panic("progress: no outcome to score")
	}
	s := 0.0
	for _, o := range os {
		d := o.P
		if o.Met {
			d--
		}
		s += d * d
	}
	return s / float64(len(os))
}

// Skill returns 1 − Brier(os)/Brier(reference), the share of the reference's
// score that is saved. It panics unless both score the same number of
// outcomes.
func Skill(os, reference []Outcome) float64 {
	if len(os) != len(reference) {
		panic("progress: the two score different outcomes")
	}
	return 1 - Brier(os)/Brier(reference)
}

// Bin is a row of a reliability table: the outcomes whose probability lies in
// [Lo, Hi), the last bin with its upper end.
type Bin struct {
	Lo, Hi   float64
	N        int
	Clusters int
	Stated   float64 // mean probability; NaN if the bin is empty
	Observed float64 // share of outcomes met; NaN if the bin is empty
	SE       float64 // standard error of Observed − Stated, clustered; NaN with fewer than two clusters
}

// Reliability returns a reliability table of n equal bins (Murphy 1973): in a
// well calibrated set Observed is close to Stated in each. It panics if n < 1.
func Reliability(os []Outcome, n int) []Bin {
	if n < 1 {
		panic("progress: a table needs at least one bin")
	}
	bins := make([]Bin, n)
	type sums struct{ p, met float64 }
	by := make([]map[string]float64, n)
	tot := make([]sums, n)
	for i := range bins {
		bins[i].Lo, bins[i].Hi = float64(i)/float64(n), float64(i+1)/float64(n)
		by[i] = map[string]float64{}
	}
	for _, o := range os {
		i := min(int(o.P*float64(n)), n-1)
		m := 0.0
		if o.Met {
			m = 1
		}
		bins[i].N++
		tot[i].p += o.P
		tot[i].met += m
		by[i][o.Cluster] += m - o.P
	}
	for i := range bins {
		b := &bins[i]
		k := float64(b.N)
		b.Clusters = len(by[i])
		b.Stated, b.Observed, b.SE = tot[i].p/k, tot[i].met/k, math.NaN()
		if b.Clusters < 2 {
			continue
		}
		mean := (tot[i].met - tot[i].p) / k
		counts := map[string]float64{}
		for _, o := range os {
			if min(int(o.P*float64(n)), n-1) == i {
				counts[o.Cluster]++
			}
		}
		names := make([]string, 0, len(counts)) // sums in a fixed order: the same bits every time
		for c := range counts {
			names = append(names, c)
		}
		slices.Sort(names)
		ss := 0.0
		for _, c := range names {
			e := by[i][c] - mean*counts[c]
			ss += e * e
		}
		g := float64(b.Clusters)
		b.SE = math.Sqrt(g/(g-1)*ss) / k
	}
	return bins
}

// Past is a series with what came after it, for scoring.
type Past struct {
	Key   string
	Train []float64
	Test  []float64
}

// Calibrate scores the probabilities of a method on past series with targets
// y_n·(1+g)^h: for every series perSeries rates g are drawn from the growth
// rates of all training parts together, never from an outcome, and each makes
// a target at every horizon. Series whose last training value is not positive
// are left out. The reference is a random walk with normal spread, the
// standard deviation of the series' own differences times √h. A series that
// the method cannot fit is an error. The seed is part of the input.
func Calibrate(series []Past, f forecast.Forecaster, perSeries int, seed uint64) (method, reference []Outcome, err error) {
	var growth []float64
	for _, s := range series {
		for t := 1; t < len(s.Train); t++ {
			if s.Train[t-1] > 0 && s.Train[t] > 0 {
				growth = append(growth, s.Train[t]/s.Train[t-1]-1)
			}
		}
	}
	if len(growth) == 0 {
		return nil, nil, forecast.ErrEmpty
	}
	slices.SortFunc(growth, cmp.Compare[float64])
	for _, s := range series {
		n := len(s.Train)
		if n < 2 || s.Train[n-1] <= 0 || len(s.Test) == 0 {
			continue
		}
		m, err := forecast.Fit(f, forecast.Data{Y: s.Train})
		if err != nil {
			return nil, nil, err
		}
		ds := m.Forecast(len(s.Test))
		last := s.Train[n-1]
		mean, ss := 0.0, 0.0
		for t := 1; t < n; t++ {
			mean += (s.Train[t] - s.Train[t-1]) / float64(n-1)
		}
		for t := 1; t < n; t++ {
			e := s.Train[t] - s.Train[t-1] - mean
			ss += e * e
		}
		sd := math.Sqrt(ss / float64(max(n-2, 1)))
		rng := rand.New(rand.NewPCG(seed, keyOf(s.Key)))
		for range perSeries {
			g := growth[rng.IntN(len(growth))]
			for h, y := range s.Test {
				target := last * math.Pow(1+g, float64(h+1))
				met := y >= target
				method = append(method, Outcome{s.Key, min(max(forecast.AtLeast(ds[h], target), 0), 1), met})
				p := 0.0
				if z := (target - last) / (sd * math.Sqrt(float64(h+1))); !math.IsNaN(z) {
					p = 0.5 * math.Erfc(z/math.Sqrt2)
				} else { // a constant series and a target equal to it
					p = 1
				}
				reference = append(reference, Outcome{s.Key, p, met})
			}
		}
	}
	return method, reference, nil
}
