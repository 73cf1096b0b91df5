package main

import (
	"io"
	"runtime"

	"example.com/zhibiao/examples/internal/methods"
	"example.com/zhibiao/examples/internal/terminal"
	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/accuracy"
)

var levels = []float64{0.8, 0.95}

// score runs every method over all series. Methods see the last values only
// if last is positive; scales and Naive2 rest on the full history. unscaled is
// the number of series without a scale.
func score(series []competition, ms []methods.Method, season, last int, stderr io.Writer) (rows []row, unscaled int) {
	line := terminal.NewLine(stderr)
	defer line.Clear()
	// One core: what the runtime does beside the method then counts for it,
	// and no more than once.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var ref accuracy.Summary
	for _, s := range series {
		p := accuracy.Prediction{Point: accuracy.Naive2(s.train, season, len(s.test))}
		ref.Add(p.Score(s.train, s.test, season))
	}
	naive2 := ref.Mean()
	for _, m := range ms {
		f := m.New(season)
		preds := make([]accuracy.Prediction, len(series))
		failed := make([]bool, len(series))
		runtime.GC() // the garbage of the method before is not this one's
		start := cpuTime()
		for i, s := range series {
			if i%32 == 0 {
				line.Printf("%s: %d of %d series", m.Name, i, len(series))
			}
			p, err := accuracy.Predict(f, forecast.Data{Y: tail(s.train, last), Season: season}, len(s.test), levels...)
			p.Dists = nil // they hold the fitted models
			preds[i], failed[i] = p, err != nil
		}
		used := cpuTime() - start
		r := row{Method: m.Name, Series: len(series), CPU: number(used.Seconds() * 1000 / float64(len(series)))}
		var sum accuracy.Summary
		for i, s := range series {
			p := preds[i]
			if failed[i] || !p.Finite() {
				r.Failures++
				p = fallback(s, last)
			}
			sum.Add(p.Score(s.train, s.test, season))
		}
		mean := sum.Mean()
		unscaled = sum.Unscaled
		r.SMAPE, r.MASE = number(mean.SMAPE), number(mean.MASE)
		r.OWA = number(accuracy.OWA(mean.SMAPE, mean.MASE, naive2.SMAPE, naive2.MASE))
		r.Coverage80, r.Coverage95, r.MSIS95 = number(mean.Coverage[0]), number(mean.Coverage[1]), number(mean.MSIS[1])
		rows = append(rows, r)
	}
	return rows, unscaled
}

// fallback is naive on what the method saw, or on all if that was nothing.
func fallback(s competition, last int) accuracy.Prediction {
	y := tail(s.train, last)
	if _, err := forecast.Check(y); err != nil {
		y = s.train
	}
	return accuracy.Fallback(y, len(s.test), levels...)
}

func tail(y []float64, n int) []float64 {
	if n <= 0 || n >= len(y) {
		return y
	}
	return y[len(y)-n:]
}
