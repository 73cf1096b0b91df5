// Package forecast holds what every forecasting method of the library shares:
// a Forecaster is a plain struct that describes a method, fitting it to a
// series gives a Model, and a Model answers with distributions. Points and
// intervals are read off the distributions; joint sample paths answer
// questions about targets.
//
//	m, err := forecast.Fit(pooled.Drift{}, forecast.Data{Y: []float64{612, 645, 698}, Min: forecast.Bound(0)})
//	d := m.Forecast(5)[4]                     // the distribution five years ahead
//	lo, hi := forecast.Interval(d, 0.80)      // an 80 % interval
//	p := forecast.AtLeast(d, 1500)            // the probability of reaching 1500
//
// Any method can be wrapped: Bounded keeps it inside bounds, Transformed and
// Power fit it on another scale, Conformal calibrates its intervals. Job runs
// one method over many series.
//
// The families live in folders of their own (baseline, ets, theta, arima,
// pooled, …); auto chooses among them. Names follow Hyndman & Athanasopoulos,
// Forecasting: Principles and Practice, 3rd edition (2021).
package forecast
