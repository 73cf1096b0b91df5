// Package auto is the default method: zero configuration, deterministic, a
// forecast for every finite series from a single value on.
//
// The base is pooled.Mixture, the learned prior over damped trends. Its median
// is averaged with those of other methods, by a ladder in the number of values
// n and the horizon h (see weigh):
//
//	n        members beside the mixture
//	1–3      the last value
//	4–11     the last value, the shrunk drift
//	12–15    these and the dynamic optimised Theta model
//	16 on    the dynamic optimised Theta model, the more the farther ahead
//	seasonal the dynamic optimised and the standard Theta model, ETS
//
// The last value is no member where growth is stated by a context, or growth or
// a usual level is known of the kind of quantity (forecast.Expect); on the scale of log odds Theta and
// ETS are none.
//
// The whole distribution of the mixture moves with the median, on the scale
// of logarithms (log odds between two bounds). It is widened from one to
// thirteen values, by 16 % at most, and narrowed by 2 % from sixteen on: the
// members' own intervals are too narrow to be averaged (their 95 % intervals
// cover 70–90 % of annual values), the mixture's are not. Weights and widening
// were chosen on the training parts of the M4, M3 and tourism competitions,
// with the last values held out, and on their quarterly and monthly series
// summed to years; that of values few in number is a compromise between sets
// whose noise differs.
//
// With Season > 1 the season is taken out first: classical decomposition with
// indices shrunk to neutral, and the table of the mixture converted from years
// to periods. ETS sees the data with their season.
//
// What the kind of quantity lets expect comes with the data: forecast.FromSeries
// sets Data.Expect, and Prior overrides it. Where values of a kind tend back to
// a usual level, as growth rates do, that level is a member. One year ahead
// on the work reports of a Chinese district from 2012 to 2016 (go test -v -run
// District ./forecast/auto, with the reports beside the repository) 80 %
// intervals from a single value cover 86 % and 48 % of the outcomes lie above
// the median; from two values on the default is ahead of repeating the last
// growth (by 6.1 ± 2.0 points of sMAPE) and of 0.8 times it (3.6 ± 1.4). By kind
// it is not even: growth slowed down in those years, and 14 % of the growth
// rates lie above the median of one value, but 77 % of the amounts beside
// aggregates, which outran the economy; from two values such amounts are
// behind repeating their last growth (by 1.7 ± 1.5), and aggregates behind 0.8
// times it (by 0.3 ± 0.3). A stated context centres the growth of amounts.
//
// Probabilities are not recalibrated beyond that. In the test parts of
// the M3 yearly series fewer outcomes lie in the upper tail than stated, in
// the last values of the M4 training parts more. The sign differs from set to
// set, so no correction was learned.
//
// A break — a change of scope, a restated base — is the caller's to cut; what
// stands before it must not be in the data.
package auto
