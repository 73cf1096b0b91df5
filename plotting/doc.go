// Package plotting draws charts of indicators, forecasts and targets to
// publication standard, in Chinese and English, as PNG, SVG and PDF.
//
// It has two floors. The plotters (Fan, History, RequiredPath, TargetMark and
// others) are gonum/plot plotters: each draws one thing onto a plot.Plot. The
// charts (FanChart and others) are whole pictures: a claim as title, a
// subtitle with the unit, labels beside what they name instead of a legend,
// notes and source below. A chart is a struct whose zero fields mean "choose
// for me"; only the font has no default, because a font costs three megabytes
// and so is linked only if asked for: plotting/cjk has one with Chinese.
//
// A chart gives a Picture, which is written in any of the three formats. No
// global variable of gonum/plot is touched, so that charts can be drawn in
// parallel, and the same chart gives the same bytes. A character that no font
// has is an error that names it; it is never left out in silence.
package plotting
