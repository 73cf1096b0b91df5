// Package arima fits autoregressive integrated moving-average models, with
// seasonal parts, a mean or drift and regressors, and chooses their order.
//
// The likelihood is the exact Gaussian one. For a series without gaps it is
// computed on the differences by fast recursions for the Kalman filter; with
// gaps, and for every forecast, by the exact diffuse filter on the scale of
// the series. Models are stationary and invertible by construction. The
// coefficients of the mean, the drift and the regressors and the variance are
// concentrated out, so that only the ARMA coefficients are searched.
//
//	m, err := arima.Auto{}.Fit(y)                                       // order by the data
//	m, err := arima.ARIMA{Q: 1, D: 1, SQ: 1, SD: 1, Season: 12}.Fit(y) // the airline model
//
// References: Box & Jenkins, Time Series Analysis (1970); Harvey, Forecasting,
// Structural Time Series Models and the Kalman Filter (1989); Hyndman &
// Khandakar, Automatic time series forecasting, Journal of Statistical
// Software 27(3) (2008); Durbin & Koopman, Time Series Analysis by State Space
// Methods, 2nd edition (2012).
package arima
