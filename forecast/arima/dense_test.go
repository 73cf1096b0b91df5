package arima

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"example.com/zhibiao/forecast"
)

// denseLikelihood is the likelihood of an ARMA model by its covariance matrix,
// the autocovariances summed from 6 000 ψ weights: slow, and independent of
// the recursions. y may have gaps.
func denseLikelihood(phi, theta, y []float64) (loglik, sigma2 float64) {
	psi := make([]float64, 6000)
	for j := range psi {
		if j == 0 {
			psi[j] = 1
		} else if j <= len(theta) {
			psi[j] = theta[j-1]
		}
		for i, p := range phi {
			if j > i {
				psi[j] += p * psi[j-i-1]
			}
		}
	}
	gamma := func(k int) float64 { return dot(psi[k:], psi[:len(psi)-k]) }
	var at []int
	for t, v := range y {
		if !math.IsNaN(v) {
			at = append(at, t)
		}
	}
	g := make([]float64, len(y))
	for k := range g {
		g[k] = gamma(k)
	}
	n := len(at)
	v, z := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	for i, t := range at {
		z.SetVec(i, y[t])
		for j := range i + 1 {
			v.SetSym(i, j, g[t-at[j]])
		}
	}
	var c mat.Cholesky
	if !c.Factorize(v) {
		return math.NaN(), math.NaN()
	}
	var x mat.VecDense
	if err := c.SolveVecTo(&x, z); err != nil {
		return math.NaN(), math.NaN()
	}
	sigma2 = mat.Dot(z, &x) / float64(n)
	return -0.5 * (float64(n)*(math.Log(2*math.Pi*sigma2)+1) + c.LogDet()), sigma2
}

// TestDense draws stationary models at random and compares the two filters
// with the covariance matrix.
func TestDense(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		a := ARIMA{P: rnd.IntN(4), Q: rnd.IntN(4), SP: rnd.IntN(2), SQ: rnd.IntN(2), Season: 2 + rnd.IntN(3)}
		sp, err := a.spec(0)
		if err != nil {
			t.Fatal(err)
		}
		raw, nat := make([]float64, sp.arma()), make([]float64, sp.arma())
		for i := range raw {
			raw[i] = rnd.NormFloat64() * 0.7
		}
		y := make([]float64, 3+rnd.IntN(30))
		for i := range y {
			y[i] = rnd.NormFloat64()
		}
		p := problem{spec: sp, z: y, n: len(y), cols: 1, unit: 1}
		p.size()
		p.natural(nat, raw)
		dev, n, ok := p.objective(p.r, raw)
		if !ok || n != len(y) {
			t.Fatalf("%v %v: no likelihood", sp, nat)
		}
		want, _ := denseLikelihood(p.phi, p.theta, y)
		if got := p.loglik(dev); math.Abs(got-want) > 1e-8*math.Abs(want) {
			t.Errorf("%v %v: fast filter %.12g, covariance matrix %.12g", sp, nat, got, want)
		}
		for i := range y {
			if rnd.IntN(4) == 0 && i > 0 && i < len(y)-1 {
				y[i] = math.NaN()
			}
		}
		a.Coef = nat
		m, err := a.Fit(y)
		if short := (*forecast.ErrShort)(nil); asShort(err, &short) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		want, s2 := denseLikelihood(p.phi, p.theta, y[m.(*Model).s.lead:])
		if got, _ := m.(*Model).LogLikelihood(); math.Abs(got-want) > 1e-8*math.Abs(want) {
			t.Errorf("%v %v with gaps: filter %.12g, covariance matrix %.12g (σ² %g)", sp, nat, got, want, s2)
		}
	}
}

func asShort(err error, target **forecast.ErrShort) bool {
	e, ok := err.(*forecast.ErrShort)
	*target = e
	return ok
}

// TestDifferencedIsDiffuse: without gaps the diffuse filter on the level has
// the likelihood of the fast filter on the differences.
func TestDifferencedIsDiffuse(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		a := ARIMA{P: rnd.IntN(3), D: rnd.IntN(3), Q: rnd.IntN(3), SP: rnd.IntN(2), SD: rnd.IntN(2), SQ: rnd.IntN(2), Season: 2 + rnd.IntN(4)}
		a.Constant = a.D+a.SD <= 1
		sp, _ := a.spec(0)
		y := make([]float64, 40)
		for i := range y {
			y[i] = rnd.NormFloat64()
			if i > 0 {
				y[i] += y[i-1]
			}
		}
		nat := make([]float64, sp.arma())
		raw := make([]float64, sp.arma())
		for i := range raw {
			raw[i] = rnd.NormFloat64() * 0.5
		}
		var p problem
		s, err := newSample(y, nil)
		if err != nil {
			t.Fatal(err)
		}
		p.load(s, sp)
		p.natural(nat, raw)
		dev, _, _ := p.objective(p.r, raw)
		want := p.loglik(dev) - float64(p.n)*math.Log(s.scale)
		a.Coef = nat
		m, err := a.Fit(y)
		if err != nil {
			t.Fatal(err)
		}
		// Coefficients beyond the ARMA part are estimated even if those are given.
		if got, _ := m.(*Model).LogLikelihood(); math.Abs(got-want) > 1e-7*math.Abs(want) {
			t.Errorf("%v %v: diffuse %.12g, differences %.12g", sp, nat, got, want)
		}
	}
}
