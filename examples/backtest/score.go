package main

import (
	"cmp"
	"io"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"example.com/zhibiao/examples/internal/long"
	"example.com/zhibiao/examples/internal/methods"
	"example.com/zhibiao/examples/internal/terminal"
	"example.com/zhibiao/forecast/accuracy"
)

// bench is what to try.
type bench struct {
	method  methods.Method
	last    []int // ascending
	horizon int
	jump    float64
}

// A trial is one forecast and what came.
type trial struct {
	kind, area, series string
	n                  int
	failed             bool
	above              float64    // 1, or ½ for a tie
	in80, in95         bool       // inside the interval
	gain               [2]float64 // sMAPE less that of the last growth, and of 0.8 times it; NaN for one value
}

// share is what the two rivals keep of the last growth.
var share = [2]float64{1, 0.8}

// run tries every origin of every series. The order of the trials does not
// depend on the number of workers.
func (b bench) run(series []*long.Series, stderr io.Writer) (all []trial, breaks int) {
	out := make([][]trial, len(series))
	left := make([]int, len(series))
	line := terminal.NewLine(stderr)
	defer line.Clear()
	var next, done atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(series) {
					return
				}
				out[i], left[i] = b.series(series[i])
				if k := done.Add(1); k%100 == 0 {
					mu.Lock()
					line.Printf("%d of %d series", k, len(series))
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	for i := range out {
		all = append(all, out[i]...)
		breaks += left[i]
	}
	return all, breaks
}

// series tries the origins of one series.
func (b bench) series(s *long.Series) (out []trial, breaks int) {
	kind := "all"
	if s.Kind.Known {
		kind = s.Kind.Nature.String()
	}
	f := b.method.New(s.Season)
	for end := 1; end+b.horizon <= len(s.Y); end++ {
		y := s.Y[end+b.horizon-1]
		if math.IsNaN(y) {
			continue
		}
		for _, n := range b.last {
			if n > end || math.IsNaN(s.Y[end-n]) || slices.ContainsFunc(s.Y[end-n:end], math.IsNaN) {
				break // nor are there more
			}
			past := s.Y[end-n : end]
			if b.broken(s.Kind, s.Y[end-n:end+b.horizon]) {
				breaks++
				continue
			}
			t := trial{kind: kind, area: s.Area, series: s.ID, n: n}
			p, err := accuracy.Predict(f, s.Data(end-n, end), b.horizon, 0.8, 0.95)
			if h := b.horizon - 1; err != nil || !p.Finite() {
				t.failed = true
			} else {
				t.score(y, p.Point[h], [2]float64{p.Lo[0][h], p.Lo[1][h]}, [2]float64{p.Hi[0][h], p.Hi[1][h]})
				t.compare(s.Kind, past, y, p.Point[h], b.horizon)
			}
			out = append(out, t)
		}
	}
	return out, breaks
}

// broken reports a change between neighbours that no growth explains.
func (b bench) broken(k long.Kind, y []float64) bool {
	if b.jump == 0 || k.Additive() {
		return false
	}
	for i := 1; i < len(y); i++ {
		if u, v := y[i-1], y[i]; u > 0 && v > 0 && (v/u > b.jump || u/v > b.jump) {
			return true
		}
	}
	return false
}

// tie is how near an outcome equals the median, relatively: values that went
// through logarithms and back differ in the last digits.
const tie = 1e-9

func (t *trial) score(y, median float64, lo, hi [2]float64) {
	switch {
	case math.Abs(y-median) <= tie*math.Abs(y):
		t.above = 0.5
	case y > median:
		t.above = 1
	}
	t.in80 = y >= lo[0] && y <= hi[0]
	t.in95 = y >= lo[1] && y <= hi[1]
}

// compare sets how much more the median errs than the rivals do.
func (t *trial) compare(k long.Kind, past []float64, y, median float64, h int) {
	t.gain = [2]float64{math.NaN(), math.NaN()}
	if len(past) < 2 {
		return
	}
	own := accuracy.SMAPE([]float64{y}, []float64{median})
	for i, w := range share {
		rival := 200.0 // of a growth that overflows
		if f := repeated(k, past, w, h); !math.IsInf(f, 0) {
			rival = accuracy.SMAPE([]float64{y}, []float64{f})
		}
		t.gain[i] = own - rival
	}
}

// repeated goes on with a share of the last growth: by the same factor, or by
// the same difference where growth in per cent has no meaning.
func repeated(k long.Kind, past []float64, share float64, h int) float64 {
	x, y := past[len(past)-2], past[len(past)-1]
	if k.Additive() || !(x > 0 && y > 0) {
		return y + share*(y-x)*float64(h)
	}
	return y * math.Pow(1+share*(y/x-1), float64(h))
}

// row is a line of the table.
type row struct {
	Kind     string `json:"kind"`
	N        int    `json:"n"`
	Cases    int    `json:"cases"` // without the failures
	Above    number `json:"above"`
	Cover80  number `json:"cover80"`
	Cover95  number `json:"cover95"`
	Last     number `json:"last_growth"`
	LastSE   number `json:"last_growth_se"`
	Damped   number `json:"damped_growth"`
	DampedSE number `json:"damped_growth_se"`
	Failures int    `json:"failures"`
}

// every is the kind of the rows over all kinds.
const every = "(all)"

// summarise returns a row for each kind and number of values, and for all
// kinds together where there are several.
func summarise(trials []trial) []row {
	type group struct {
		kind string
		n    int
	}
	groups := map[group][]trial{}
	kinds := map[string]bool{}
	for _, t := range trials {
		kinds[t.kind] = true
		g := group{t.kind, t.n}
		groups[g] = append(groups[g], t)
	}
	if len(kinds) > 1 {
		for _, t := range trials {
			g := group{every, t.n}
			groups[g] = append(groups[g], t)
		}
	}
	var rows []row
	for g, ts := range groups {
		rows = append(rows, summary(g.kind, g.n, ts))
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.N-b.N) })
	return rows
}

func summary(kind string, n int, ts []trial) row {
	r := row{Kind: kind, N: n}
	var good []trial
	for _, t := range ts {
		if t.failed {
			r.Failures++
		} else {
			good = append(good, t)
		}
	}
	r.Cases = len(good)
	k := float64(len(good))
	for _, t := range good {
		r.Above += number(t.above / k)
		if t.in80 {
			r.Cover80 += number(1 / k)
		}
		if t.in95 {
			r.Cover95 += number(1 / k)
		}
	}
	if len(good) == 0 {
		r.Above, r.Cover80, r.Cover95 = number(math.NaN()), number(math.NaN()), number(math.NaN())
	}
	r.Last, r.LastSE = paired(good, 0)
	r.Damped, r.DampedSE = paired(good, 1)
	return r
}

// paired returns the mean difference from a rival and its standard error
// clustered by area, or by series where there is one area (Liang & Zeger 1986,
// Biometrika 73:13, with the factor G/(G−1) for G clusters). It is NaN where
// there is nothing to compare, the error also where there is one cluster.
func paired(ts []trial, rival int) (mean, se number) {
	areas := map[string]bool{}
	for _, t := range ts {
		areas[t.area] = true
	}
	cluster := func(t *trial) string {
		if len(areas) > 1 {
			return t.area
		}
		return t.series
	}
	sum, k := 0.0, 0.0
	for _, t := range ts {
		if d := t.gain[rival]; !math.IsNaN(d) {
			sum += d
			k++
		}
	}
	if k == 0 {
		return number(math.NaN()), number(math.NaN())
	}
	m := sum / k
	at := map[string]int{}
	var dev []float64 // in the order of the trials, so that the sum is the same every time
	for i := range ts {
		if d := ts[i].gain[rival]; !math.IsNaN(d) {
			c := cluster(&ts[i])
			j, ok := at[c]
			if !ok {
				j = len(dev)
				at[c] = j
				dev = append(dev, 0)
			}
			dev[j] += d - m
		}
	}
	if len(dev) < 2 {
		return number(m), number(math.NaN())
	}
	v := 0.0
	for _, d := range dev {
		v += d * d
	}
	g := float64(len(dev))
	return number(m), number(math.Sqrt(v*g/(g-1)) / k)
}
