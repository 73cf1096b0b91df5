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
		ets.ETS{}, ces.CES{}, arima.Auto{}, theta.Theta{Variant: theta.DOTM},
	}}
}
