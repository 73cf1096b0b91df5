package ets

import "example.com/zhibiao/forecast"

var (
	_ forecast.DataFitter = SES{}
	_ forecast.DataFitter = Holt{}
	_ forecast.DataFitter = HoltWinters{}
)

// SES is simple exponential smoothing (Brown 1959), the model ETS(A,N,N).
type SES struct {
	Alpha   float64 // smoothing parameter; 0: estimate
	Initial Initial
}

func (f SES) ets() ETS { return ETS{Model: "ANN", Alpha: f.Alpha, Initial: f.Initial} }

// Fit implements forecast.Forecaster. It needs three observations.
func (f SES) Fit(y []float64) (forecast.Model, error) { return f.ets().Fit(y) }

// FitData implements forecast.DataFitter as ETS does.
func (f SES) FitData(d forecast.Data) (forecast.Model, error) { return fitData(f.ets(), d) }

// Holt is Holt's linear trend (1957), the model ETS(A,A,N), or with Damped the
// damped trend of Gardner & McKenzie (1985), ETS(A,Ad,N).
type Holt struct {
	Damped           bool
	Alpha, Beta, Phi float64 // as in ETS; 0: estimate
	Initial          Initial
}

func (f Holt) ets() ETS {
	e := ETS{Model: "AAN", Alpha: f.Alpha, Beta: f.Beta, Initial: f.Initial}
	if f.Damped {
		e.Model, e.Phi = "AAdN", f.Phi
	}
	return e
}

// Fit implements forecast.Forecaster. It needs five observations, six with
// Damped.
func (f Holt) Fit(y []float64) (forecast.Model, error) { return f.ets().Fit(y) }

// FitData implements forecast.DataFitter as ETS does.
func (f Holt) FitData(d forecast.Data) (forecast.Model, error) { return fitData(f.ets(), d) }

// HoltWinters is the seasonal method of Holt (1957) and Winters (1960) with
// additive or multiplicative season, the models ETS(A,A,A) and ETS(M,A,M),
// damped or not. Parameters minimise the squared one-step errors.
type HoltWinters struct {
	Season                  int // periods in a season; 0: that of the data
	Multiplicative          bool
	Damped                  bool
	Alpha, Beta, Gamma, Phi float64 // as in ETS; 0: estimate
	Initial                 Initial
}

func (f HoltWinters) ets() ETS {
	e := ETS{Model: "AAA", Season: f.Season, Alpha: f.Alpha, Beta: f.Beta, Gamma: f.Gamma, Initial: f.Initial}
	switch {
	case f.Multiplicative && f.Damped:
		e.Model = "MAdM"
	case f.Multiplicative:
		e.Model = "MAM"
	case f.Damped:
		e.Model = "AAdA"
	}
	if f.Damped {
		e.Phi = f.Phi
	}
	return e
}

// Fit implements forecast.Forecaster. It needs two cycles and more
// observations than parameters.
func (f HoltWinters) Fit(y []float64) (forecast.Model, error) {
	m, err := f.Estimate(y)
	if err != nil {
		return nil, err
	}
	return m, nil
}

// Estimate is Fit with the type of the model.
func (f HoltWinters) Estimate(y []float64) (*Model, error) { return f.ets().estimate(y, true) }

// FitData implements forecast.DataFitter as ETS does.
func (f HoltWinters) FitData(d forecast.Data) (forecast.Model, error) {
	if f.Season == 0 {
		f.Season = d.Season
	}
	return fitData(f, d)
}
