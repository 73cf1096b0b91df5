package progress

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
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
// a target at every horizon. Series with fewer than two training values, whose
// last is missing or not positive, or without an outcome are left out, as are
// outcomes that are NaN. The reference is a random walk with normal spread, the
// standard deviation of the series' own differences times √h. A series that
// the method cannot fit is an error. The seed is part of the input; series are
// fitted in parallel, and the answer does not depend on it.
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
	type scored struct {
		method, reference []Outcome
		err               error
	}
	out := make([]scored, len(series))
	each(len(series), 0, func(i int) {
		out[i].method, out[i].reference, out[i].err = series[i].score(f, growth, perSeries, seed)
	})
	for i, s := range out {
		if s.err != nil {
			return nil, nil, fmt.Errorf("progress: series %s: %w", series[i].Key, s.err)
		}
		method, reference = append(method, s.method...), append(reference, s.reference...)
	}
	return method, reference, nil
}

// score states the probabilities of one series.
func (s *Past) score(f forecast.Forecaster, growth []float64, perSeries int, seed uint64) (method, reference []Outcome, err error) {
	n := len(s.Train)
	if n < 2 || !(s.Train[n-1] > 0) || len(s.Test) == 0 {
		return nil, nil, nil
	}
	m, err := forecast.Fit(f, forecast.Data{Y: s.Train})
	if err != nil {
		return nil, nil, err
	}
	ds := m.Forecast(len(s.Test))
	last := s.Train[n-1]
	sd := spread(s.Train)
	rng := rand.New(rand.NewPCG(seed, keyOf(s.Key)))
	for range perSeries {
		g := growth[rng.IntN(len(growth))]
		for h, y := range s.Test {
			if math.IsNaN(y) {
				continue
			}
			target := last * math.Pow(1+g, float64(h+1))
			met := y >= target
			method = append(method, Outcome{s.Key, min(max(forecast.AtLeast(ds[h], target), 0), 1), met})
			p := 1.0 // a constant series and a target equal to it
			if z := (target - last) / (sd * math.Sqrt(float64(h+1))); !math.IsNaN(z) {
				p = 0.5 * math.Erfc(z/math.Sqrt2)
			}
			reference = append(reference, Outcome{s.Key, p, met})
		}
	}
	return method, reference, nil
}

// spread is the standard deviation of the differences between neighbours.
func spread(y []float64) float64 {
	var d []float64
	for t := 1; t < len(y); t++ {
		if x := y[t] - y[t-1]; !math.IsNaN(x) {
			d = append(d, x)
		}
	}
	mean, ss := 0.0, 0.0
	for _, x := range d {
		mean += x / float64(len(d))
	}
	for _, x := range d {
		ss += (x - mean) * (x - mean)
	}
	return math.Sqrt(ss / float64(max(len(d)-1, 1)))
}

// CalibratePanel scores the probabilities of a method on real targets: each
// judged target is held against the forecast from the outcomes of earlier
// years of the same area, indicator and scope, stated growth for growth
// targets and levels for level targets.
// The reference is the share of all targets of earlier years that were met,
// (met+1)/(all+2), so that nothing is known that was not known at the time. A
// target without an earlier outcome is left out; skipped counts them.
func CalibratePanel(js []Judged, f forecast.Forecaster) (method, reference []Outcome, skipped int, err error) {
	type key struct {
		region, indicator, scope string
		m                        indicators.Measure
	}
	history := map[key]map[int]float64{}
	type tally struct{ met, all int }
	years := map[int]tally{}
	for _, j := range js {
		for m, x := range map[indicators.Measure]float64{indicators.GrowthRate: j.ActualGrowth, indicators.Level: j.ActualLevel} {
			k := key{j.Region, j.Indicator, j.Scope, m}
			if history[k] == nil {
				history[k] = map[int]float64{}
			}
			if !math.IsNaN(x) && !j.Break {
				history[k][j.Year] = x
			}
			if _, known := history[k][j.Year-1]; m == indicators.Level && !known && !math.IsNaN(j.BaseLevel) {
				history[k][j.Year-1] = j.BaseLevel
			}
		}
		if j.Excluded == "" {
			t := years[j.Year]
			t.all++
			if j.Hit {
				t.met++
			}
			years[j.Year] = t
		}
	}
	for _, j := range js {
		if j.Excluded != "" {
			continue
		}
		past := history[key{j.Region, j.Indicator, j.Scope, j.Measure}]
		first, last := j.Year, 0
		for y := range past {
			if y < j.Year {
				first, last = min(first, y), max(last, y)
			}
		}
		if last == 0 {
			skipped++
			continue
		}
		data := make([]float64, last-first+1)
		for i := range data {
			if x, ok := past[first+i]; ok {
				data[i] = x
			} else {
				data[i] = math.NaN()
			}
		}
		in := forecast.Data{Y: data}
		if j.Measure == indicators.GrowthRate { // growth rates do not grow
			in.Expect = forecast.ExpectOf(indicators.GrowthNature, indicators.Unit{}, indicators.Period{})
		}
		m, err := forecast.Fit(f, in)
		if err != nil {
			return nil, nil, 0, fmt.Errorf("progress: row %d: %w", j.Row, err)
		}
		h := j.Year - last
		method = append(method, Outcome{j.Region, probabilityIn(m.Forecast(h)[h-1], j.want()), j.Hit})
		before := tally{1, 2}
		for y, t := range years { // sums of whole numbers: any order gives the same
			if y < j.Year {
				before.met += t.met
				before.all += t.all
			}
		}
		reference = append(reference, Outcome{j.Region, float64(before.met) / float64(before.all), j.Hit})
	}
	return method, reference, skipped, nil
}

// ReadPast reads a competition file of columns unique_id, index, y and set
// (train or test), the rows of a series together and ascending; an empty y is
// a gap. name stands in errors; all faults are reported together.
func ReadPast(r io.Reader, name string) ([]Past, error) {
	cr := csv.NewReader(r)
	head, err := cr.Read()
	if err != nil {
		return nil, &indicators.RowError{File: name, Row: 1, Msg: "want a header row unique_id,index,y,set"}
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	var col [4]int
	var errs []error
	for i, c := range []string{"unique_id", "index", "y", "set"} {
		if col[i] = slices.Index(head, c); col[i] < 0 {
			errs = append(errs, &indicators.RowError{File: name, Row: 1, Column: c, Msg: "the column is missing; the columns are unique_id,index,y,set"})
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	var out []Past
	seen := map[string]bool{}
	before := math.Inf(-1)
	for row := 2; len(errs) < indicators.MaxErrors; row++ {
		rec, err := cr.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			errs = append(errs, &indicators.RowError{File: name, Row: row, Msg: err.Error()})
			break
		}
		fail := func(c, msg string) {
			errs = append(errs, &indicators.RowError{File: name, Row: row, Column: c, ID: rec[col[0]], Msg: msg})
		}
		id := rec[col[0]]
		index, err := strconv.ParseFloat(rec[col[1]], 64)
		if err != nil || math.IsNaN(index) {
			fail("index", fmt.Sprintf("%q is not a number", rec[col[1]]))
			continue
		}
		y := math.NaN()
		if v := strings.TrimSpace(rec[col[2]]); v != "" {
			if y, err = strconv.ParseFloat(v, 64); err != nil || math.IsNaN(y) || math.IsInf(y, 0) {
				fail("y", fmt.Sprintf("%q is not a number", v))
			}
		}
		if len(out) == 0 || out[len(out)-1].Key != id {
			if seen[id] {
				fail("unique_id", "the series stood before; its rows must stand together")
			}
			seen[id] = true
			out = append(out, Past{Key: id})
		} else if index <= before {
			fail("index", "not after the one before")
		}
		before = index
		s := &out[len(out)-1]
		switch rec[col[3]] {
		case "train":
			if s.Test != nil {
				fail("set", "a training row after test rows")
			}
			s.Train = append(s.Train, y)
		case "test":
			s.Test = append(s.Test, y)
		default:
			fail("set", fmt.Sprintf("%q is neither train nor test", rec[col[3]]))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// WriteReliability writes a reliability table as CSV:
// lo,hi,n,clusters,stated,observed,se,within. within is yes where observed and
// stated differ by at most two points and two standard errors.
func WriteReliability(w io.Writer, bins []Bin) error {
	cw := csv.NewWriter(w)
	_ = cw.Write([]string{"lo", "hi", "n", "clusters", "stated", "observed", "se", "within"})
	for _, b := range bins {
		within := ""
		if b.N > 0 && !math.IsNaN(b.SE) {
			within = "no"
			if b.Reliable() {
				within = "yes"
			}
		}
		_ = cw.Write([]string{round4(b.Lo), round4(b.Hi), strconv.Itoa(b.N), strconv.Itoa(b.Clusters), round4(b.Stated), round4(b.Observed), round4(b.SE), within})
	}
	cw.Flush()
	return cw.Error()
}

// Reliable reports whether the observed share lies within two points plus two
// standard errors of the stated one.
func (b *Bin) Reliable() bool { return math.Abs(b.Observed-b.Stated) <= 0.02+2*b.SE }
