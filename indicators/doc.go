// Package indicators holds what is known of a place in numbers: the figures
// that reports and tables state, exactly as they were printed and with the
// sentence they stand in, the time series chosen from them, and the targets
// set for them.
//
// A Claim is one statement: number as printed, unit, wording (近, 余, 超过),
// period, area, scope and quote. It is never changed. A printed number stands
// for an Interval, under a Wording policy that a caller may replace: 698 means
// [697.5, 698.5), 近500亿 means [450, 500). From the claims of a Dataset
// follow Series (views with one observation a period), Derived figures (an
// earlier level from level and growth, a total from part and share, each with
// rule, inputs and interval), Findings (what cannot all be true, or not
// alike), and Targets (a measure, an interval and a date) with their
// Requirements (base, pace, what is missing). Datasets are read from and
// written to plain CSV files, and reading gives back what was written.
//
// Values that a program gets wrong (a month 13) panic; what a file gets wrong
// is an error that names file, row and column, all faults together. Nothing
// here reads the clock or the network, and the order of the claims matters
// nowhere.
//
// References: the Civil Code of China, article 1259, for 以上 and 超过; GB/T
// 8170-2008 for rounding; SDMX 2.1 for periods and status codes.
package indicators
