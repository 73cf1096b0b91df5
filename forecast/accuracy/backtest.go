package accuracy

import (
	"iter"
	"math"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/baseline"
)

// Split is a series cut in two: what a method may see, and what came.
type Split struct {
	Train, Test []float64
}

// Rolling yields the splits of a rolling origin: training parts y[:first],
// y[:first+step], …, each followed by the next h values, as long as all h are
// there. The parts share the memory of y. first, h and step below 1 panic.
func Rolling(y []float64, first, h, step int) iter.Seq[Split] {
	if first < 1 || h < 1 || step < 1 {
		panic("accuracy: first origin, horizon and step must be positive")
	}
	return func(yield func(Split) bool) {
		for t := first; t+h <= len(y); t += step {
			if !yield(Split{Train: y[:t:t], Test: y[t : t+h : t+h]}) {
				return
			}
		}
	}
}

// Prediction is a forecast as the measures need it.
type Prediction struct {
	Dists  []forecast.Dist // one a period
	Point  []float64       // medians
	Levels []float64       // of the intervals
	Lo, Hi [][]float64     // of each level, then of each period
}

// Predict fits f to d and reads off the medians and the central intervals of
// the levels for h periods. h < 1 and a level outside (0, 1) panic.
func Predict(f forecast.Forecaster, d forecast.Data, h int, levels ...float64) (Prediction, error) {
	m, err := forecast.Fit(f, d)
	if err != nil {
		return Prediction{}, err
	}
	p := Prediction{Dists: m.Forecast(h), Levels: levels, Lo: make([][]float64, len(levels)), Hi: make([][]float64, len(levels))}
	p.Point = forecast.Points(p.Dists)
	for k, level := range levels {
		p.Lo[k], p.Hi[k] = make([]float64, h), make([]float64, h)
		for i, d := range p.Dists {
			p.Lo[k][i], p.Hi[k][i] = forecast.Interval(d, level)
		}
	}
	return p, nil
}

// Finite reports whether all points and ends of intervals are finite.
func (p Prediction) Finite() bool {
	s := 0.0
	for _, row := range append(append([][]float64{p.Point}, p.Lo...), p.Hi...) {
		for _, v := range row {
			s += v - v // 0, or NaN
		}
	}
	return s == 0
}

// Fallback is the forecast scored in place of one that failed: naive, and
// where even that does not exist the last value without an interval.
func Fallback(train []float64, h int, levels ...float64) Prediction {
	p, err := Predict(baseline.Naive{}, forecast.Data{Y: train}, h, levels...)
	if err == nil && p.Finite() {
		return p
	}
	last := math.NaN()
	for _, v := range train {
		if !math.IsNaN(v) {
			last = v
		}
	}
	p = Prediction{Dists: make([]forecast.Dist, h), Point: make([]float64, h), Levels: levels, Lo: make([][]float64, len(levels)), Hi: make([][]float64, len(levels))}
	for i := range p.Point {
		p.Point[i], p.Dists[i] = last, forecast.Constant(last)
	}
	for k := range levels {
		p.Lo[k], p.Hi[k] = p.Point, p.Point
	}
	return p
}

// Score holds the measures of one forecast, averaged over its periods.
type Score struct {
	SMAPE, MASE, RMSSE, MAPE float64
	Coverage, MSIS           []float64 // of each level
}

// Score measures the prediction of test. history is the full training part
// even if the method saw only its end: it gives the scales.
func (p Prediction) Score(history, test []float64, m int) Score {
	s := Score{
		SMAPE: SMAPE(test, p.Point), MASE: MASE(history, test, p.Point, m),
		RMSSE: RMSSE(history, test, p.Point, m), MAPE: MAPE(test, p.Point),
	}
	for k, level := range p.Levels {
		s.Coverage = append(s.Coverage, Coverage(test, p.Lo[k], p.Hi[k]))
		s.MSIS = append(s.MSIS, MSIS(history, test, p.Lo[k], p.Hi[k], m, level))
	}
	return s
}

// CRPS returns the continuous ranked probability score of the prediction,
// averaged over the periods, in the unit of the series.
func (p Prediction) CRPS(test []float64) float64 {
	same(len(p.Dists), test)
	return meanOf(test, func(i int) float64 { return CRPS(p.Dists[i], test[i]) })
}

// Summary averages scores over series with equal weight. The zero value is
// empty.
type Summary struct {
	Series   int // scores added
	Unscaled int // of them with a history that never moved: without MASE, RMSSE and MSIS
	total    Score
}

// Add adds the score of a series.
func (s *Summary) Add(x Score) {
	if s.Series == 0 {
		s.total.Coverage, s.total.MSIS = make([]float64, len(x.Coverage)), make([]float64, len(x.MSIS))
	}
	same(len(s.total.Coverage), x.Coverage)
	s.Series++
	s.total.SMAPE += x.SMAPE
	s.total.MAPE += x.MAPE
	for k, c := range x.Coverage {
		s.total.Coverage[k] += c
	}
	if math.IsInf(x.MASE, 0) || math.IsNaN(x.MASE) {
		s.Unscaled++
		return
	}
	s.total.MASE += x.MASE
	s.total.RMSSE += x.RMSSE
	for k, v := range x.MSIS {
		s.total.MSIS[k] += v
	}
}

// Mean returns the means over the series.
func (s *Summary) Mean() Score {
	n, scaled := float64(s.Series), float64(s.Series-s.Unscaled)
	m := Score{SMAPE: s.total.SMAPE / n, MAPE: s.total.MAPE / n, MASE: s.total.MASE / scaled, RMSSE: s.total.RMSSE / scaled}
	for k := range s.total.Coverage {
		m.Coverage = append(m.Coverage, s.total.Coverage[k]/n)
		m.MSIS = append(m.MSIS, s.total.MSIS[k]/scaled)
	}
	return m
}
