// Package ces is complex exponential smoothing (Svetunkov, Kourentzes & Ord
// 2022, Naval Research Logistics 69:1108, doi 10.1002/nav.22074): the value
// and an unobserved part of it, the information potential, are smoothed
// together as one complex number. One model so covers level series and trends
// of any kind without a choice between them. Seasonal forms are the simple
// one, whose seasons are smoothed apart, the partial one, with an additive
// season, and the full one, with a second complex component for the season.
package ces
