// Package methods is the table of forecasting methods by the names that the
// programs take.
package methods

import (
	"fmt"
	"strings"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/arima"
	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/baseline"
	"example.com/zhibiao/forecast/ces"
	"example.com/zhibiao/forecast/combine"
	"example.com/zhibiao/forecast/ets"
	"example.com/zhibiao/forecast/grey"
	"example.com/zhibiao/forecast/pooled"
	"example.com/zhibiao/forecast/seasonal"
	"example.com/zhibiao/forecast/theta"
)

// Method is a forecasting method by name.
type Method struct {
	Name  string
	About string // one line
	// New returns the method for series with seasons of that length, 0 or 1
	// for none.
	New func(season int) forecast.Forecaster
}

func plain(f forecast.Forecaster) func(int) forecast.Forecaster {
	return func(int) forecast.Forecaster { return f }
}

var table = []Method{
	{"naive", "the last value", plain(baseline.Naive{})},
	{"snaive", "the last value of the same season", plain(baseline.SeasonalNaive{})},
	{"drift", "random walk with drift", plain(baseline.Drift{})},
	{"mean", "the mean of all values", plain(baseline.Mean{})},
	{"ses", "simple exponential smoothing", plain(ets.SES{})},
	{"holt", "Holt's linear trend", plain(ets.Holt{})},
	{"damped", "Holt's trend, damped", plain(ets.Holt{Damped: true})},
	{"hw", "Holt–Winters, multiplicative; Holt's trend without a season", holtWinters},
	{"ets", "exponential smoothing, the model chosen by AICc", plain(ets.ETS{})},
	{"theta", "the Theta method", plain(theta.Theta{})},
	{"otm", "the optimised Theta model", plain(theta.Theta{Variant: theta.OTM})},
	{"dotm", "the dynamic optimised Theta model", plain(theta.Theta{Variant: theta.DOTM})},
	{"arima", "ARIMA, orders chosen by AICc", plain(arima.Auto{})},
	{"ces", "complex exponential smoothing", plain(ces.CES{})},
	{"stl+ets", "season by STL, the rest by exponential smoothing", plain(seasonal.Adjusted{Method: ets.ETS{}})},
	{"ebdrift", "empirical-Bayes drift", plain(pooled.Drift{})},
	{"pooled", "learned prior over damped trends", plain(pooled.Mixture{})},
	{"scum", "median of ets, ces, arima and dotm", plain(combine.SCUM())},
	{"gm11", "the grey model GM(1,1)", plain(grey.GM11{})},
	{"auto", "the library's own choice", plain(auto.Auto{})},
}

func holtWinters(season int) forecast.Forecaster {
	if season < 2 {
		return ets.Holt{}
	}
	return ets.HoltWinters{Multiplicative: true}
}

// All returns the methods in a fixed order.
func All() []Method { return append([]Method(nil), table...) }

// Get returns the method of that name, or an error that names them all.
func Get(name string) (Method, error) {
	names := make([]string, len(table))
	for i, m := range table {
		if m.Name == name {
			return m, nil
		}
		names[i] = m.Name
	}
	return Method{}, fmt.Errorf("no method %q; there are %s", name, strings.Join(names, ", "))
}

// Usage lists the methods, one a line, for the help of a program.
func Usage() string {
	var b strings.Builder
	for _, m := range table {
		fmt.Fprintf(&b, "  %-8s  %s\n", m.Name, m.About)
	}
	return b.String()
}
