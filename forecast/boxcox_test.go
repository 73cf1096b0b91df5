package forecast_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"math"
	"os"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/compete"
)

// Parameters of R's BoxCox.lambda. Its Guerrero stops at a tolerance of 1e-4
// of the parameter's range and finds a local minimum; its likelihood is taken
// on a grid of 0.05.
func TestBoxCoxParameter(t *testing.T) {
	f, err := os.Open(compete.Path(t, "r_classics.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Series map[string]struct {
			Frequency int
			Data      []float64
			Lambda    struct{ Guerrero, Loglik float64 } `json:"boxcox_lambda"`
		}
	}
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	if len(all.Series) != 10 {
		t.Fatalf("%d series", len(all.Series))
	}
	for name, s := range all.Series {
		if got, err := forecast.Guerrero(s.Data, s.Frequency); err != nil || math.Abs(got-s.Lambda.Guerrero) > 2e-4 {
			t.Errorf("%s: Guerrero %.5f, R %.5f, %v", name, got, s.Lambda.Guerrero, err)
		}
		if got, err := forecast.BoxCoxLambda(s.Data, s.Frequency); err != nil || math.Abs(got-s.Lambda.Loglik) > 0.0251 {
			t.Errorf("%s: likelihood %.4f, R %.2f, %v", name, got, s.Lambda.Loglik, err)
		}
	}
}

func TestBoxCoxParameterErrors(t *testing.T) {
	var short *forecast.ErrShort
	var domain *forecast.ErrDomain
	for name, f := range map[string]func([]float64, int) (float64, error){"Guerrero": forecast.Guerrero, "likelihood": forecast.BoxCoxLambda} {
		if _, err := f([]float64{1, 2, 3}, 4); !errors.As(err, &short) {
			t.Errorf("%s, short: %v", name, err)
		}
		if _, err := f([]float64{1, 2, 0, 3, 4, 5}, 1); !errors.As(err, &domain) {
			t.Errorf("%s, zero: %v", name, err)
		}
		// The unit does not matter, nor does a gap drive it off.
		y := make([]float64, 40)
		big := make([]float64, 40)
		for i := range y {
			y[i] = math.Exp(0.05*float64(i) + 0.3*math.Sin(float64(i*i)))
			big[i] = 1e250 * y[i]
		}
		a, err1 := f(y, 4)
		b, err2 := f(big, 4)
		y[7] = math.NaN()
		c, err3 := f(y, 4)
		if err := errors.Join(err1, err2, err3); err != nil || math.Abs(a-b) > 1e-6 || math.Abs(a) > 0.35 || math.Abs(a-c) > 0.3 {
			t.Errorf("%s: %g, times 1e250 %g, with a gap %g, %v", name, a, b, c, err)
		}
		// A constant series has no best parameter; any will do.
		if l, err := f([]float64{3, 3, 3, 3, 3, 3, 3, 3}, 1); err != nil || math.IsNaN(l) {
			t.Errorf("%s of a constant: %g, %v", name, l, err)
		}
	}
}
