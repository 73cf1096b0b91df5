package pooled

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
)

// Training says how Train learns a table. The zero value is how the shipped
// one was learned.
type Training struct {
	Seed    uint64 // of the choice of origins and the order of the steps; any number
	Horizon int    // how far ahead the predictions are judged; 0: 6
	Origins int    // how many origins a series gives, four periods apart; 0: 6
	Scatter int    // atoms to begin with; 0: 1800
	Keep    int    // atoms to end with; 0: 150
}

func (o Training) filled() Training {
	fill := func(x *int, v int) {
		if *x == 0 {
			*x = v
		}
	}
	fill(&o.Horizon, 6)
	fill(&o.Origins, 6)
	fill(&o.Scatter, 1800)
	fill(&o.Keep, 150)
	return o
}

// originStep is how many periods lie between two origins of a series.
const originStep = 4

// lengths are the numbers of values that a forecast may rest on in training,
// drawn with equal probability, so that a table serves short and long series
// alike.
var lengths = [...]int{1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 30}

// Train learns a table from many histories of positive values, oldest first.
//
// Atoms are scattered evenly (Halton 1960) over the plausible region. Their
// weights are chosen to predict: from each series a few origins are taken, a
// random number of values before each, and the weights maximise the sum over
// horizons of the log density that the mixture, re-weighted by those values,
// gives to what followed (a conditional composite likelihood; the
// maximisation is that of Kingma & Ba 2015 on the logarithms of the weights).
// In three rounds the atoms are reduced to those that matter.
//
// The result does not depend on how many processors there are. Numbers are
// rounded to what the text form prints, so that a table read back is the same.
// Histories that are shorter than Horizon + 1 or hold a value that is not
// positive are an error that names them.
func Train(histories [][]float64, o Training) (*Table, error) {
	o = o.filled()
	if o.Horizon < 1 || o.Origins < 1 || o.Scatter < 1 || o.Keep < 1 {
		panic("pooled: negative training option")
	}
	var errs []error
	for i, y := range histories {
		if len(y) <= o.Horizon {
			errs = append(errs, fmt.Errorf("pooled: history %d has %d values, at least %d are needed", i+1, len(y), o.Horizon+1))
		}
		for j, v := range y {
			if !(v > 0) || math.IsInf(v, 1) {
				errs = append(errs, fmt.Errorf("pooled: history %d, value %d: %g is not positive and finite", i+1, j+1, v))
				break
			}
		}
	}
	if len(histories) == 0 {
		errs = append(errs, errors.New("pooled: no history to learn from"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	atoms := scatter(o.Scatter)
	thin := histories
	if len(thin) > 3000 { // the first round only finds out where the weight lies
		thin = nil
		for i := 0; i < len(histories); i += 3 {
			thin = append(thin, histories[i])
		}
	}
	atoms = learnWeights(atoms, o.cases(thin, min(o.Origins, 2), 1), 8, 0.05, o.Seed)
	all := o.cases(histories, o.Origins, 2)
	for _, keep := range [...]int{max(500, o.Keep), o.Keep} {
		atoms = heaviest(atoms, keep)
		atoms = learnWeights(atoms, all, 6, 0.03, o.Seed)
	}
	for i := range atoms {
		atoms[i].Weight = rounded(atoms[i].Weight, 6)
	}
	return NewTable(atoms)
}

// rounded keeps the given number of significant digits.
func rounded(x float64, digits int) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	return r
}

// scatter spreads n atoms over the plausible region, their numbers rounded.
func scatter(n int) []Atom {
	between := func(u, a, b float64) float64 { return a * math.Pow(b/a, u) } // evenly in logarithms
	atoms := make([]Atom, n)
	for i := range atoms {
		k := i + 20 // the first points of the sequences move in step
		a := Atom{Weight: 1, Power: Power(i % 3), Tail: float64(i / 3 % 2 * 4)}
		a.Level = between(halton(k, 2), 0.001, 0.5)
		if u := halton(k, 3); u >= 0.35 {
			a.Obs = between((u-0.35)/0.65, 0.001, 0.4)
		}
		if u := halton(k, 5); u >= 0.3 {
			a.Slope = between((u-0.3)/0.7, 0.0005, 0.15)
		}
		a.Phi = 1
		if u := halton(k, 7); u >= 0.15 {
			u = (u - 0.15) / 0.85
			a.Phi = 1 - u*u
		}
		a.Mu = -0.03 + 0.12*halton(k, 11)
		a.Tau = between(halton(k, 13), 0.002, 0.3)
		for _, x := range [...]*float64{&a.Obs, &a.Level, &a.Slope, &a.Phi, &a.Mu, &a.Tau} {
			*x = rounded(*x, 5)
		}
		atoms[i] = a
	}
	return atoms
}

// halton is the radical inverse of i in base b (Halton 1960).
func halton(i, b int) float64 {
	f, r := 1.0, 0.0
	for ; i > 0; i /= b {
		f /= float64(b)
		r += f * float64(i%b)
	}
	return r
}

// heaviest returns the n atoms with the largest weights, in their old order.
func heaviest(atoms []Atom, n int) []Atom {
	if len(atoms) <= n {
		return atoms
	}
	w := make([]float64, len(atoms))
	for i, a := range atoms {
		w[i] = a.Weight
	}
	slices.Sort(w)
	least := w[len(w)-n]
	var out []Atom
	for _, a := range atoms {
		if a.Weight >= least && len(out) < n {
			out = append(out, a)
		}
	}
	return out
}

// A trial is a stretch of a series and what followed it.
type trial struct{ past, future []float64 }

// cases takes up to origins trials from each history.
func (o Training) cases(histories [][]float64, origins int, stream uint64) []trial {
	rng := rand.New(rand.NewPCG(o.Seed, stream))
	var out []trial
	for _, y := range histories {
		for k := range origins {
			end := len(y) - o.Horizon - k*originStep
			if end < 1 || k > 0 && end < 8 {
				break
			}
			n := min(lengths[rng.IntN(len(lengths))], end)
			out = append(out, trial{y[max(end-n, end-window, 0):end], y[end : end+o.Horizon]})
		}
	}
	return out
}

// evidence is what the atoms make of a trial: past is the likelihood of the
// past, ahead that of each value that followed, both up to a factor.
type evidence struct {
	past  []float32
	ahead []float32 // horizon by horizon
}

func (t *Table) evidence(c trial) evidence {
	n, h, atoms := len(c.past), len(c.future), len(t.atoms)
	unit := 0.0
	for _, v := range c.past {
		unit += math.Log(v) / float64(n)
	}
	unit = math.Exp(unit)
	var z, fz, jac [3][]float64
	for p := Logarithm; p <= Identity; p++ {
		for _, v := range c.past {
			z[p] = append(z[p], p.transform(v/unit))
		}
		for _, v := range c.future {
			x := v / unit
			fz[p] = append(fz[p], p.transform(x))
			jac[p] = append(jac[p], math.Log(p.slope(x)*x)) // densities of log y
		}
	}
	past := make([]float64, atoms)
	ahead := make([]float64, atoms*h)
	for i := range t.atoms {
		a, g := &t.atoms[i], &t.gains[i]
		var s state
		past[i], s.l, s.b = g.run(a, z[a.Power])
		k := &g.cov[n-1]
		s.p11, s.p12, s.p22 = k.p11, k.p12, k.p22
		for j := range h {
			s.advance(a)
			v := s.p11 + a.Obs*a.Obs
			e := fz[a.Power][j] - s.l
			ahead[j*atoms+i] = jac[a.Power][j] - (math.Log(v)+e*e/v)/2
		}
	}
	e := evidence{make([]float32, atoms), make([]float32, atoms*h)}
	relative(past, e.past, 0)
	for j := range h { // a floor keeps a wild value from ruling out every atom
		relative(ahead[j*atoms:(j+1)*atoms], e.ahead[j*atoms:(j+1)*atoms], 1e-12)
	}
	return e
}

// relative exponentiates logs relative to their maximum.
func relative(logs []float64, out []float32, floor float32) {
	top := slices.Max(logs)
	for i, v := range logs {
		out[i] = float32(math.Exp(v-top)) + floor
	}
}

// batch is how many trials a step of the learning sees, in blocks that are
// summed in order.
const (
	batch  = 400
	blocks = 8
)

// learnWeights returns the atoms with weights learned from the trials, from
// equal weights, by Adam on their logarithms.
func learnWeights(atoms []Atom, cases []trial, epochs int, rate float64, seed uint64) []Atom {
	t, err := NewTable(atoms)
	if err != nil {
		panic("pooled: scattered atoms are not valid")
	}
	rows := make([]evidence, len(cases))
	inBlocks(len(rows), func(i int) { rows[i] = t.evidence(cases[i]) })
	n := len(atoms)
	logs, m1, m2, w := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range logs {
		logs[i] = math.Log(t.atoms[i].Weight + 1e-5)
	}
	var grads, scratch [blocks][]float64
	for b := range grads {
		grads[b], scratch[b] = make([]float64, n), make([]float64, n)
	}
	rng := rand.New(rand.NewPCG(seed, 3))
	step := 0
	for epoch := range epochs {
		perm := rng.Perm(len(rows))
		r := rate * math.Min(1, 2*(1-float64(epoch)/float64(epochs)))
		size := min(batch, len(rows))
		for start := 0; start+size <= len(rows); start += size {
			step++
			softmax(logs, w)
			inBlocks(blocks, func(b int) {
				clear(grads[b])
				for i := start + b; i < start+size; i += blocks {
					rows[perm[i]].gradient(w, grads[b], scratch[b])
				}
			})
			c1, c2 := 1-math.Pow(0.9, float64(step)), 1-math.Pow(0.99, float64(step))
			for i := range logs {
				g := 0.0
				for b := range grads {
					g += grads[b][i]
				}
				g /= float64(size)
				m1[i] = 0.9*m1[i] + 0.1*g
				m2[i] = 0.99*m2[i] + 0.01*g*g
				logs[i] += r * (m1[i] / c1) / (math.Sqrt(m2[i]/c2) + 1e-6)
			}
		}
	}
	softmax(logs, w)
	out := slices.Clone(t.atoms)
	for i := range out {
		out[i].Weight = w[i]
	}
	return out
}

func softmax(logs, w []float64) {
	top, sum := slices.Max(logs), 0.0
	for i, v := range logs {
		w[i] = math.Exp(v - top)
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
}

// gradient adds to grad that of the trial's objective with respect to the
// logarithms of the weights: for every horizon, what the atoms are
// responsible for after the value less what they were before it.
func (e *evidence) gradient(w, grad, post []float64) {
	n := len(w)
	sum := 0.0
	for i, v := range e.past {
		post[i] = w[i] * float64(v)
		sum += post[i]
	}
	h := len(e.ahead) / n
	c := float64(h) / sum
	for i, v := range post {
		grad[i] -= c * v
	}
	for j := range h {
		ahead := e.ahead[j*n : (j+1)*n]
		sum := 0.0
		for i, v := range ahead {
			sum += post[i] * float64(v)
		}
		c := 1 / sum
		for i, v := range ahead {
			grad[i] += c * post[i] * float64(v)
		}
	}
}

// inBlocks calls f for 0 … n−1 from as many goroutines as there are
// processors to use, up to blocks of them.
func inBlocks(n int, f func(i int)) {
	var wg sync.WaitGroup
	for b := range blocks {
		wg.Go(func() {
			for i := b; i < n; i += blocks {
				f(i)
			}
		})
	}
	wg.Wait()
}
