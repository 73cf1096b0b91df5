package progress_test

import (
	"math/rand/v2"

	"example.com/zhibiao/forecast"
)

// still forecasts that nothing changes.
type still struct{ last float64 }

func (still) Fit(y []float64) (forecast.Model, error) {
	if _, err := forecast.Check(y); err != nil {
		return nil, err
	}
	return still{y[len(y)-1]}, nil
}

func (m still) Forecast(h int) []forecast.Dist {
	ds := make([]forecast.Dist, h)
	for i := range ds {
		ds[i] = forecast.Constant(m.last)
	}
	return ds
}

func (m still) Simulate(path []float64, src rand.Source) {
	for i := range path {
		path[i] = m.last
	}
}
