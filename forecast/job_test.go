package forecast_test

import (
	"context"
	"fmt"
	"iter"
	"math"
	"reflect"
	"runtime"
	"testing"
	"time"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/indicators"
)

// records yields n series; every tenth is too short for a drift.
func records(n int) iter.Seq[forecast.Record] {
	return func(yield func(forecast.Record) bool) {
		for i := range n {
			r := forecast.Record{Key: fmt.Sprintf("N%04d", i), Start: indicators.Year(2010)}
			r.Y = []float64{100 + float64(i%7), 110, 115 + float64(i%3), 130}
			if i%10 == 9 {
				r.Y = r.Y[:2]
			}
			if !yield(r) {
				return
			}
		}
	}
}

var job = forecast.Job[baseline.Drift]{H: 3, Probs: forecast.Levels(0.8, 0.95), Paths: 2, Seed: 7}

func TestOne(t *testing.T) {
	for r := range records(1) {
		res := job.One(r)
		if res.Err != nil || res.Key != "N0000" || len(res.Rows) != 3 || res.Paths.N != 2 || res.Paths.H != 3 {
			t.Fatalf("%+v", res)
		}
		m, err := baseline.Drift{}.Fit(r.Y)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range m.Forecast(3) {
			row := res.Rows[i]
			if row.Period != indicators.Year(2014+i) || row.Mean != d.Mean() || row.Median != forecast.Median(d) {
				t.Errorf("row %d: %+v", i, row)
			}
			for k, p := range []float64{0.1, 0.9, 0.025, 0.975} {
				if math.Abs(row.Quantiles[k]-d.Quantile(p)) > 1e-9 {
					t.Errorf("row %d: quantile %g is %g", i, p, row.Quantiles[k])
				}
			}
		}
	}
	panics(t, "no horizon", func() { forecast.Job[baseline.Naive]{}.One(forecast.Record{}) })
	panics(t, "probability 0", func() { forecast.Job[baseline.Naive]{H: 1, Probs: []float64{0}}.One(forecast.Record{}) })
	panics(t, "level 95", func() { forecast.Levels(95) })
}

// The results are the same, and in the same order, for any number of workers
// and any order of the series; a bad series stays alone.
func TestEach(t *testing.T) {
	want := map[string]forecast.Result{}
	var keys []string
	for r := range records(500) {
		want[r.Key] = job.One(r)
		keys = append(keys, r.Key)
	}
	for _, workers := range []int{0, 1, 2, 7} {
		i, failed := 0, 0
		for res := range job.Each(context.Background(), records(500), workers) {
			if res.Key != keys[i] {
				t.Fatalf("%d workers: result %d is %s", workers, i, res.Key)
			}
			w := want[res.Key]
			if !reflect.DeepEqual(res, w) {
				t.Fatalf("%d workers: %+v, alone %+v", workers, res, w)
			}
			if res.Err != nil {
				failed++
			}
			i++
		}
		if i != 500 || failed != 50 {
			t.Errorf("%d workers: %d results, %d failed", workers, i, failed)
		}
	}
	// The draws of a series do not depend on where it stands.
	var backward []forecast.Record
	for r := range records(50) {
		backward = append([]forecast.Record{r}, backward...)
	}
	for res := range job.Each(context.Background(), func(yield func(forecast.Record) bool) {
		for _, r := range backward {
			if !yield(r) {
				return
			}
		}
	}, 2) {
		if !reflect.DeepEqual(res, want[res.Key]) {
			t.Errorf("%s: another result in another order", res.Key)
		}
	}
	if reflect.DeepEqual(want["N0000"].Paths, want["N0021"].Paths) { // the same values
		t.Error("two keys have the same draws")
	}
}

// Cancelling and leaving early stop reading and leave no goroutine behind.
func TestEachStops(t *testing.T) {
	before := runtime.NumGoroutine()
	read := 0
	endless := func(yield func(forecast.Record) bool) {
		for r := range records(1 << 40) {
			read++
			if !yield(r) {
				return
			}
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	got := 0
	for res := range job.Each(ctx, endless, 2) {
		if want := fmt.Sprintf("N%04d", got); res.Key != want {
			t.Fatalf("after cancelling: %s, want %s", res.Key, want)
		}
		got++
		if got == 100 {
			cancel()
		}
	}
	if got < 100 || got > 200 || read > got+1 {
		t.Errorf("%d results of %d series read", got, read)
	}
	read, got = 0, 0
	for range job.Each(context.Background(), endless, 3) {
		if got++; got == 10 {
			break
		}
	}
	if read > 200 {
		t.Errorf("%d series read for 10 results", read)
	}
	for try := 0; runtime.NumGoroutine() > before; try++ { // the last may still be on its way out
		if try == 1000 {
			t.Fatalf("%d goroutines, before %d", runtime.NumGoroutine(), before)
		}
		runtime.Gosched()
		time.Sleep(time.Millisecond)
	}
}

func TestProgress(t *testing.T) {
	var done, failed []int
	n := 0
	for range forecast.Progress(job.Each(context.Background(), records(20), 2), func(d, f int) {
		done, failed = append(done, d), append(failed, f)
	}) {
		n++
	}
	if n != 20 || len(done) != 20 || done[19] != 20 || failed[9] != 1 || failed[19] != 2 {
		t.Errorf("%d results, done %v, failed %v", n, done, failed)
	}
}

// Memory does not grow with the number of series.
func TestEachMemory(t *testing.T) {
	j := forecast.Job[baseline.Naive]{H: 6, Probs: forecast.Levels(0.8, 0.95)}
	var m runtime.MemStats
	top := uint64(0)
	i := 0
	for range j.Each(context.Background(), records(40000), 2) {
		if i++; i%10000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&m)
			if i == 10000 {
				top = m.HeapAlloc
			} else if m.HeapAlloc > top+1<<20 {
				t.Errorf("%d kB after %d series, %d kB after 10000", m.HeapAlloc>>10, i, top>>10)
			}
		}
	}
}

func BenchmarkEach(b *testing.B) {
	j := forecast.Job[baseline.Naive]{H: 6, Probs: forecast.Levels(0.8, 0.95)}
	for b.Loop() {
		for range j.Each(context.Background(), records(1000), 2) {
		}
	}
}
