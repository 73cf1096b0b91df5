// Package auto is the default method: zero configuration, deterministic, a
// forecast for every finite series from a single value on.
//
// The base is pooled.Mixture, the learned prior over damped trends. Its median
// is averaged with those of other methods, by a ladder in the number of values
// n and the horizon h (see weigh):
//
//	n        members beside the mixture
//	1        the last value
//	2–3      the last value
//	4–11     the last value, the shrunk drift
//	12–15    these and the dynamic optimised Theta model
//	16 on    the dynamic optimised Theta model, the more the farther ahead
//	seasonal the dynamic optimised and the standard Theta model, ETS
//
// The last value is no member where a context is stated, and on the scale of
// log odds Theta and ETS are none.
//
// The whole distribution of the mixture moves with the median, on the scale
// of logarithms (log odds between two bounds), and is widened a little: the
// members' own intervals are too narrow to be averaged (their 95 % intervals
// cover 70–90 % of annual values), the mixture's are not. Weights and widening
// were chosen on the training parts of the M4, M3 and tourism competitions,
// with the last values held out, and on their quarterly and monthly series
// summed to years.
//
// With Season > 1 the season is taken out first: classical decomposition with
// indices shrunk to neutral, and the table of the mixture converted from years
// to periods. ETS sees the data with their season.
//
// A break — a change of scope, a restated base — is the caller's to cut; what
// stands before it must not be in the data.
package auto
