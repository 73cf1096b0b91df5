package methods

import (
	"slices"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
)

// Every method forecasts a plain yearly and a plain quarterly series.
func TestAll(t *testing.T) {
	want := strings.Split("naive snaive drift mean ses holt damped hw ets theta otm dotm arima ces stl+ets ebdrift pooled scum gm11 auto", " ")
	var got []string
	y := make([]float64, 24)
	for i := range y {
		y[i] = 100 + 5*float64(i) + []float64{0, 20, -10, 4}[i%4] + float64(i*i%5)
	}
	for _, m := range All() {
		got = append(got, m.Name)
		for _, season := range []int{1, 4} {
			x, err := forecast.Fit(m.New(season), forecast.Data{Y: y, Season: season})
			if err != nil {
				t.Errorf("%s, season %d: %v", m.Name, season, err)
				continue
			}
			if p := forecast.Median(x.Forecast(1)[0]); p < 100 || p > 350 {
				t.Errorf("%s, season %d: %g", m.Name, season, p)
			}
		}
		if !strings.Contains(Usage(), m.About) {
			t.Errorf("%s is not in the help", m.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("methods %v, want %v", got, want)
	}
	if _, err := Get("prophet"); err == nil || !strings.Contains(err.Error(), "stl+ets") {
		t.Errorf("unknown method: %v", err)
	}
}
