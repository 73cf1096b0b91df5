package theta

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"example.com/zhibiao/forecast/internal/compete"
	"gonum.org/v1/gonum/floats/scalar"
)

// rmodel is a state-space form at given parameters.
type rmodel struct {
	L0, Alpha, Theta, SSE float64
	Mean                  []float64
}

// rseries is one series of testdata/reference.json, made by reference.R with
// the versions of R and of its forecast package that the file names.
type rseries struct {
	Frequency                     int
	Seasonal                      bool
	Y, Mean, Half95               []float64
	Alpha, L0, SSE, Drift, Sigma2 float64
	OTM, DOTM                     rmodel
}

func reference(t *testing.T) map[string]rseries {
	t.Helper()
	b, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var f struct{ Series map[string]rseries }
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatal(err)
	}
	if len(f.Series) < 12 {
		t.Fatalf("%d series", len(f.Series))
	}
	return f.Series
}

func near(t *testing.T, name string, got, want, rel float64) {
	t.Helper()
	if !scalar.EqualWithinRel(got, want, rel) {
		t.Errorf("%s = %.15g, want %.15g", name, got, want)
	}
}

// at returns the standard model at R's parameters.
func at(y []float64, season int, alpha, l0 float64) *Model {
	m := &Model{N: len(y), len: len(y)}
	x := m.prepare(Theta{Season: season, Adjust: Tested}, y)
	m.Alpha = alpha
	l, sse := l0/m.scale, 0.0
	for _, v := range x {
		sse += (v - l) * (v - l)
		l += alpha * (v - l)
	}
	m.setStandard(x, l0/m.scale, sse)
	return m
}

// TestParityWithR compares with thetaf at R's parameters, and demands that the
// library's own fit is no worse than R's.
func TestParityWithR(t *testing.T) {
	for name, r := range reference(t) {
		m := at(r.Y, r.Frequency, r.Alpha, r.L0)
		if (m.Season != nil) != r.Seasonal {
			t.Errorf("%s: seasonal is %v, R says %v", name, m.Season != nil, r.Seasonal)
		}
		near(t, name+": drift", m.Drift, r.Drift, 1e-9)
		near(t, name+": sigma2", m.Sigma2, r.Sigma2, 1e-9)
		mean, scale := m.Moments(len(r.Mean))
		for j := range mean {
			near(t, name+": mean "+strconv.Itoa(j+1), mean[j], r.Mean[j], 1e-9)
			s := scale[j]
			if m.Season != nil {
				s /= m.index(j) // R does not scale its intervals by the season
			}
			near(t, name+": half-width "+strconv.Itoa(j+1), 1.959963984540054*s, r.Half95[j], 1e-8)
		}
		own, err := Theta{Season: r.Frequency, Adjust: Tested}.Estimate(r.Y)
		if err != nil {
			t.Fatal(err)
		}
		if sse := own.Sigma2 * (float64(own.N) - 2); sse > r.SSE*(1+1e-9) {
			t.Errorf("%s: sum of squares %.12g, R has %.12g", name, sse, r.SSE)
		}
	}
}

// TestEquations compares the state-space forms at given parameters with the
// equations of Fiorucci et al. (2016) written out in R.
func TestEquations(t *testing.T) {
	for name, r := range reference(t) {
		for _, v := range []Variant{OTM, DOTM} {
			want := r.OTM
			if v == DOTM {
				want = r.DOTM
			}
			m := &Model{N: len(r.Y), len: len(r.Y), Variant: v}
			season := r.Frequency
			if !r.Seasonal {
				season = 0
			}
			x := m.prepare(Theta{Season: season, Adjust: Tested}, r.Y)
			m.Alpha, m.weight, m.level0 = want.Alpha, 1-1/want.Theta, want.L0/m.scale
			p := newProfile(v, x)
			m.setStateSpace(x, p)
			near(t, name+" "+v.String()+": sum of squares", m.Sigma2*float64(p.used-2), want.SSE, 1e-9)
			m.Season = nil // R's forecasts are of the adjusted series
			mean, _ := m.Moments(len(want.Mean))
			for j := range mean {
				near(t, name+" "+v.String()+": mean "+strconv.Itoa(j+1), mean[j], want.Mean[j], 1e-9)
			}
		}
	}
}

// nash is the simplex search of R's optim (Nash 1990, Compact Numerical
// Methods for Computers, algorithm 19), for TestGolden alone.
func nash(f func([]float64) float64, x0 []float64, maxEval int) ([]float64, float64) {
	n := len(x0)
	f0 := f(x0)
	tol := 1.490116119384766e-08 * (math.Abs(f0) + 1.490116119384766e-08)
	step := 0.0
	for _, v := range x0 {
		step = max(step, 0.1*math.Abs(v))
	}
	if step == 0 {
		step = 0.1
	}
	p := make([][]float64, n+1)
	v := make([]float64, n+1)
	size := 0.0
	for i := range p {
		p[i] = slices.Clone(x0)
		if i > 0 {
			p[i][i-1] += step
			size += step
		}
	}
	v[0] = f0
	evals, calc, old := 1, true, size
	for {
		if calc {
			for i := range p {
				if i > 0 && evals <= n || evals > n {
					if evals > n && v[i] == v[slices.Index(v, slices.Min(v))] {
						continue
					}
					v[i] = f(p[i])
					evals++
				}
			}
			calc = false
		}
		lo, hi := 0, 0
		for i := range v {
			if v[i] < v[lo] {
				lo = i
			}
			if v[i] > v[hi] {
				hi = i
			}
		}
		if v[hi] <= v[lo]+tol || evals > maxEval {
			return p[lo], v[lo]
		}
		c := make([]float64, n)
		for i := range p {
			if i != hi {
				for j := range c {
					c[j] += p[i][j] / float64(n)
				}
			}
		}
		move := func(from []float64, a float64) ([]float64, float64) {
			q := make([]float64, n)
			for j := range q {
				q[j] = a*c[j] + (1-a)*from[j]
			}
			evals++
			return q, f(q)
		}
		r, fr := move(p[hi], 2)
		if fr < v[lo] {
			if e, fe := move(r, -1); fe < fr {
				p[hi], v[hi] = e, fe
			} else {
				p[hi], v[hi] = r, fr
			}
			continue
		}
		worst := v[hi]
		if fr < worst {
			p[hi], v[hi] = r, fr
		}
		if q, fq := move(p[hi], 0.5); fq < v[hi] {
			p[hi], v[hi] = q, fq
		} else if fr >= worst {
			size := 0.0
			for i := range p {
				if i == lo {
					continue
				}
				for j := range p[i] {
					p[i][j] = 0.5*(p[i][j]-p[lo][j]) + p[lo][j]
					size += math.Abs(p[i][j] - p[lo][j])
				}
				v[i] = math.Inf(1)
			}
			if size >= old {
				return p[lo], v[lo]
			}
			old = size
			calc = true
		}
	}
}

// TestGolden reproduces the published scores of DOTM on the M3 yearly series,
// sMAPE 15.94 (Fiorucci et al. 2016) and MASE 2.59, with the optimiser that
// gave them, and demands that the library's optimum is never above its.
func TestGolden(t *testing.T) {
	all := compete.Load(t, "M3_yearly.csv.gz")
	smape, mase, worse := 0.0, 0.0, 0
	for _, s := range all {
		y := s.Train
		m := &Model{N: len(y), len: len(y), Variant: DOTM}
		sse := func(x []float64) float64 {
			if x[1] < 0.1 || x[1] > 0.99 || x[2] < 1 {
				return math.Inf(1)
			}
			m.Alpha, m.weight, m.level0 = x[1], 1-1/x[2], x[0]
			st, sum := m.begin(y), 0.0
			for i, v := range y {
				if i >= 2 {
					e := v - st.predict(m.weight)
					sum += e * e
				}
				st.step(m, v)
			}
			return sum
		}
		x, f := nash(sse, []float64{y[0] / 2, 0.5, 2}, 2000)
		sse(x)
		st := m.begin(y)
		for _, v := range y {
			st.step(m, v)
		}
		out := make([]float64, len(s.Test))
		for j := range out {
			mu := st.predict(m.weight)
			st.step(m, mu)
			out[j] = max(mu, 0)
		}
		a, b := s.Score(out, 1)
		smape += a / float64(len(all))
		mase += b / float64(len(all))

		own, err := Theta{Variant: DOTM, FreeLevel: true}.Estimate(y)
		if err != nil {
			t.Fatal(err)
		}
		if g := own.Sigma2 * (float64(len(y)-2) - 3); g > f*(1+1e-6) {
			worse++
			t.Logf("%s: sum of squares %.9g, the simplex search has %.9g", s.ID, g, f)
		}
	}
	t.Logf("with R's optimiser: sMAPE %.3f, MASE %.3f; the library's optimum is higher on %d series", smape, mase, worse)
	if math.Abs(smape-15.943) > 0.001 || math.Abs(mase-2.587) > 0.001 {
		t.Errorf("sMAPE %.3f, MASE %.3f, want 15.943 and 2.587", smape, mase)
	}
	if worse > 0 {
		t.Errorf("a worse optimum on %d of %d series", worse, len(all))
	}
}
