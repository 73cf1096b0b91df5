// Package diagnostics answers whether a model has left anything in its errors
// and how a series is to be made stationary: autocorrelations, the tests of
// Ljung & Box, of Kwiatkowski et al. (KPSS) and of Dickey & Fuller, the number
// of differences a series needs, and a report on a fitted model's residuals
// in words. NaN marks a gap wherever a series is taken.
package diagnostics
