package combine

import (
	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/arima"
	"example.com/zhibiao/forecast/ces"
	"example.com/zhibiao/forecast/ets"
	"example.com/zhibiao/forecast/theta"
)

// SCUM is the simple combination of univariate models of Petropoulos &
// Svetunkov (2020, IJF 36:110), sixth in the M4 competition: the median of
// exponential smoothing, complex exponential smoothing, ARIMA and the dynamic
// optimised Theta model.
func SCUM() Combination {
	return Combination{Members: []forecast.Forecaster{
		ets.ETS{}, partial{}, arima.Auto{}, theta.Theta{Variant: theta.DOTM},
	}}
}

// partial is complex exponential smoothing with the partial season where there
// is one to estimate, and the choice by AICc elsewhere. In the median the
// partial season does better than the choice among all forms: measured with
// the last eight values held out of the training parts of the M3 quarterly
// and of every fifteenth of the M4 quarterly series.
type partial struct{}

func (partial) Fit(y []float64) (forecast.Model, error) { return ces.CES{}.Fit(y) }

func (partial) FitData(d forecast.Data) (forecast.Model, error) {
	if d.Season > 1 {
		if m, err := (ces.CES{Seasonality: ces.Partial}).FitData(d); err == nil {
			return m, nil
		}
	}
	return ces.CES{}.FitData(d)
}
