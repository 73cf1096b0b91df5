package forecast

import (
	"context"
	"fmt"
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"example.com/zhibiao/indicators"
)

// Job forecasts many series by one method. It holds plain values, so that a
// job and a record are all that another machine needs to compute the same
// result.
type Job[F Forecaster] struct {
	Method F
	H      int       // periods ahead, at least 1
	Probs  []float64 // quantiles wanted, each between 0 and 1 exclusive; nil: mean and median only
	Paths  int       // joint sample paths wanted of each series; 0: none
	Seed   uint64    // of the sample paths, together with the key of the series
}

// Row is the forecast of one period.
type Row struct {
	Period    indicators.Period // zero if the record has no calendar
	Mean      float64
	Median    float64
	Quantiles []float64 // in the order of Job.Probs
}

// Result is the forecast of one series, or the reason why there is none.
type Result struct {
	Key   string
	Rows  []Row // H of them; nil if Err is set
	Paths Paths // N is Job.Paths
	Err   error // of this series alone
}

// Source returns the source of randomness for the series of that key, so that
// its draws depend neither on the order of series nor on other series.
func Source(seed uint64, key string) rand.Source {
	h := fnv.New64a()
	h.Write([]byte(key))
	return rand.NewPCG(seed, h.Sum64())
}

// Levels returns the probabilities that bound the central intervals of the
// given levels, lower and upper in turn: Levels(0.8, 0.95) is 0.1, 0.9, 0.025,
// 0.975. A level outside (0, 1) panics.
func Levels(levels ...float64) []float64 {
	out := make([]float64, 0, 2*len(levels))
	for _, l := range levels {
		if !(l > 0 && l < 1) {
			panic("forecast: level outside (0, 1)")
		}
		out = append(out, (1-l)/2, (1+l)/2)
	}
	return out
}

func (j Job[F]) check() {
	if j.H < 1 {
		panic("forecast: horizon must be positive")
	}
	if j.Paths < 0 {
		panic("forecast: negative number of paths")
	}
	for _, p := range j.Probs {
		if !(p > 0 && p < 1) {
			panic("forecast: probability outside (0, 1)")
		}
	}
}

// One forecasts one series. It is a pure function of j and r. An impossible
// horizon, probability or number of paths panics.
func (j Job[F]) One(r Record) Result {
	j.check()
	res := Result{Key: r.Key}
	m, err := Fit(j.Method, r.Data)
	if err != nil {
		res.Err = err
		return res
	}
	rows := make([]Row, j.H)
	qs := make([]float64, j.H*len(j.Probs))
	for i, d := range m.Forecast(j.H) {
		row := &rows[i]
		if !r.Start.IsZero() {
			row.Period = r.Start.Add(len(r.Y) + i)
		}
		row.Mean, row.Median = d.Mean(), Median(d)
		row.Quantiles, qs = qs[:len(j.Probs):len(j.Probs)], qs[len(j.Probs):]
		for k, p := range j.Probs {
			row.Quantiles[k] = d.Quantile(p)
		}
		sum := row.Mean - row.Mean + row.Median - row.Median // 0, or NaN
		for _, q := range row.Quantiles {
			sum += q - q
		}
		if sum != 0 {
			res.Err = fmt.Errorf("forecast: the method gave NaN or infinity %d periods ahead", i+1)
			return res
		}
	}
	res.Rows = rows
	if j.Paths > 0 {
		res.Paths = Draw(m, j.Paths, j.H, Source(j.Seed, r.Key))
	}
	return res
}

// ahead is how many series a worker may be ahead of the slowest.
const ahead = 16

// Each forecasts the series of in with several workers, the number of
// processors if workers < 1, and gives the results in the order of in,
// whatever the number of workers. It reads in from the caller's goroutine and
// only as far as workers need, so that memory does not grow with the number
// of series. Once ctx is done it reads no further and gives what was begun:
// the results are then the first ones of the whole; ask ctx.Err.
func (j Job[F]) Each(ctx context.Context, in iter.Seq[Record], workers int) iter.Seq[Result] {
	j.check()
	j.Probs = slices.Clone(j.Probs)
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func(Result) bool) {
		type slot struct {
			r    Record
			res  Result
			done chan struct{}
		}
		ring := make([]slot, ahead*workers)
		for i := range ring {
			ring[i].done = make(chan struct{}, 1)
		}
		work := make(chan *slot, len(ring))
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for s := range work {
					s.res = j.One(s.r)
					s.done <- struct{}{}
				}
			})
		}
		defer wg.Wait()
		defer close(work)
		head, tail := 0, 0 // series begun and given
		give := func() bool {
			s := &ring[tail%len(ring)]
			<-s.done
			tail++
			res := s.res
			s.r, s.res = Record{}, Result{}
			return yield(res)
		}
		for r := range in {
			if ctx.Err() != nil {
				break
			}
			if head-tail == len(ring) && !give() {
				return
			}
			s := &ring[head%len(ring)]
			s.r = r
			head++
			work <- s
		}
		for tail < head {
			if !give() {
				return
			}
		}
	}
}

// Progress passes results on and reports after each how many there were and
// how many of them failed.
func Progress(results iter.Seq[Result], report func(done, failed int)) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		done, failed := 0, 0
		for r := range results {
			done++
			if r.Err != nil {
				failed++
			}
			report(done, failed)
			if !yield(r) {
				return
			}
		}
	}
}
