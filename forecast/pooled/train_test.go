package pooled

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
)

// tableSum is the SHA-256 of table.csv as examples/prior writes it from the
// training parts of the M4 yearly series (the command in its comment).
const tableSum = "4b29a798c952a45b18b380878d951b81e71d100e8759cd1a126c3f428ba32e23"

func TestShippedTable(t *testing.T) {
	sum := sha256.Sum256([]byte(shippedText))
	if got := hex.EncodeToString(sum[:]); got != tableSum {
		t.Errorf("the embedded table has the sum %s, not that of the learned one", got)
	}
	text, err := Shipped().MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseTable(string(text))
	if err != nil {
		t.Fatal(err)
	}
	text2, _ := again.MarshalText()
	if !bytes.Equal(text, text2) {
		t.Error("a table changes when written and read")
	}
	if mu, sd := Shipped().Growth(); mu < 0.01 || mu > 0.08 || sd < 0.02 || sd > 0.12 {
		t.Errorf("growth %g ± %g is not that of a plausible prior", mu, sd)
	}
}

// walks returns histories with a drift and a noise of their own.
func walks(n, length int, drift, spread, noise float64, rng *rand.Rand) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		g := drift + spread*rng.NormFloat64()
		z := 5.0
		for range length {
			out[i] = append(out[i], math.Exp(z))
			z += g + noise*rng.NormFloat64()
		}
	}
	return out
}

// The table learned must know the world it was learned from, and be the same
// however many processors work on it.
func TestTrain(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	hist := walks(300, 20, 0.06, 0.02, 0.03, rng)
	o := Training{Seed: 3, Scatter: 120, Keep: 40, Origins: 2}
	a, err := Train(hist, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Atoms()) != 40 {
		t.Errorf("%d atoms, want 40", len(a.Atoms()))
	}
	if mu, _ := a.Growth(); math.Abs(mu-0.06) > 0.012 {
		t.Errorf("growth learned is %.3f, in truth .06", mu)
	}
	inside, total := 0, 0
	for _, y := range walks(300, 9, 0.06, 0.02, 0.03, rng) {
		m := fit(t, Mixture{Table: a}, forecast.Data{Y: y[:3]})
		for h, d := range m.Forecast(6) {
			if lo, hi := forecast.Interval(d, 0.8); y[3+h] >= lo && y[3+h] <= hi {
				inside++
			}
			total++
		}
	}
	if c := float64(inside) / float64(total); c < 0.74 || c > 0.86 {
		t.Errorf("80 %% intervals cover %.3f in the world they were learned in", c)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	b, err := Train(hist, o)
	if err != nil {
		t.Fatal(err)
	}
	x, _ := a.MarshalText()
	y, _ := b.MarshalText()
	if !bytes.Equal(x, y) {
		t.Error("the table depends on the number of processors")
	}
}

func TestTrainErrors(t *testing.T) {
	_, err := Train([][]float64{{1, 2, 3}, {1, 2, 3, 4, 5, 6, 7, 0}}, Training{})
	for _, w := range []string{"history 1 has 3 values", "history 2, value 8: 0 is not positive"} {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("error %v lacks %q", err, w)
		}
	}
	if _, err := Train(nil, Training{}); err == nil {
		t.Error("no histories, no error")
	}
}

func TestParseTableErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "line 1"},
		{"a,b\n", "line 1"},
		{tableHeader + "\n1,0,0\n", "line 2: 3 fields"},
		{tableHeader + "\n1,0,x,.1,0,1,0,.1,0\n", "line 2, field 3"},
		{tableHeader + "\n1,7,.1,.1,0,1,0,.1,0\n", "line 2: power"},
		{tableHeader + "\n1,0,.1,.1,0,2,0,.1,0\n", "Phi is 2"},
		{tableHeader + "\n-1,0,.1,.1,0,1,0,.1,0\n", "negative weight"},
		{tableHeader + "\n1,0,0,0,0,1,0,.1,0\n", "no noise"},
		{tableHeader + "\n0,0,.1,.1,0,1,0,.1,0\n", "positive weights"},
		{tableHeader + "\n1,0,.1,.1,0,1,NaN,.1,0\n", "not finite"},
	} {
		if _, err := ParseTable(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v lacks %q", c.text, err, c.want)
		}
	}
}

// A portfolio of indicators that all grow fast must move the prior that way,
// the more the larger it is, and a portfolio of nothing must leave it.
func TestLearn(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	growth := func(n int) float64 {
		var d []forecast.Data
		for _, y := range walks(n, 6, 0.12, 0.01, 0.02, rng) {
			d = append(d, forecast.Data{Y: y})
		}
		m, err := Learn(d...)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			if m.Table != nil {
				t.Error("no series, another table")
			}
			mu, _ := Shipped().Growth()
			return mu
		}
		mu, _ := m.Table.Growth()
		return mu
	}
	g := []float64{growth(0), growth(5), growth(20), growth(100)}
	for i := 1; i < len(g); i++ {
		if g[i] <= g[i-1] {
			t.Errorf("growth expected after 0, 5, 20, 100 fast series: %.3f", g)
			break
		}
	}
	if _, err := Learn(forecast.Data{Y: []float64{1, math.Inf(1)}}, forecast.Data{Y: []float64{5}}); err == nil || !strings.Contains(err.Error(), "series 1") {
		t.Errorf("infinite value: %v", err)
	}
	m, err := Learn(forecast.Data{Y: []float64{5}}, forecast.Data{Y: []float64{math.NaN()}},
		forecast.Data{Y: []float64{40, 41, 43}, Min: forecast.Bound(0), Max: forecast.Bound(100)}, forecast.Data{Y: []float64{-1, 2, 3}})
	if err != nil {
		t.Fatal(err)
	}
	fit(t, m, forecast.Data{Y: []float64{1, 2, 3}})
}
