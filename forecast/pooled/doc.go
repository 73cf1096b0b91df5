// Package pooled forecasts short annual series, from a single value on, by
// bringing in what tens of thousands of other series teach as a prior.
//
// Drift is the closed form: a random walk with a drift that is shrunk to the
// prior, in logarithms, with Student-t intervals. Mixture is the learned one:
// a weighted table of damped-trend models, re-weighted by the likelihood of
// the series at hand (nonparametric empirical Bayes: Kiefer & Wolfowitz 1956;
// Efron 2019; Koenker & Mizera 2014; over the structural models of Harvey
// 1989). Both accept gaps, values known only to an interval and bounds, take
// their prior from the kind of indicator (forecast.Expect of the data, or
// Growing and Stable) or from a stated Context, refuse no finite data, and say
// in words what a forecast rests on.
//
// The point forecast is the median. Growth is counted a year; for data with
// d.Season periods a year the prior is converted.
package pooled
