package pooled

import (
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
)

// Mixture forecasts with a learned prior over damped-trend models: every atom
// of the table is fitted to the last values of the series, its weight is
// multiplied by its likelihood (older values discounted, the whole tempered,
// see temper), and the forecast is
// the weighted mixture of what the atoms predict.
//
// Positive values use all atoms; values between two bounds those on the
// logarithm, applied to log odds; values of either sign those on the identity,
// applied to multiples of the mean absolute value. The zero value is ready to
// use. Forecasts exist for every finite series with at least one value, gaps
// and values known to an interval included.
type Mixture struct {
	// Table is the prior; nil: Shipped, with the growth and the size of changes
	// that the data's Expect says. Of Expect, a table of one's own takes only
	// whether growth is expected at all.
	Table *Table
	// Stable centres the growth of the prior on zero: for growth rates, yearly
	// counts of activities and what else is not expected to grow. Values of
	// either sign, values between two bounds of which nothing else is expected,
	// and data that say so themselves (forecast.Expect) are centred so without
	// it.
	Stable bool
	// Context, if there is one, is where growth is centred instead; data whose
	// changes count in points leave it out, for growth of them means nothing.
	Context Context
}

// negligible is the posterior weight below which an atom is left out.
const negligible = 2e-5

// Fit implements forecast.Forecaster.
func (f Mixture) Fit(y []float64) (forecast.Model, error) {
	return f.FitData(forecast.Data{Y: y})
}

// FitData implements forecast.DataFitter. It returns forecast.ErrX if d has
// regressors and the errors of d.Validate. For d.Season > 1 the table is
// converted from years to periods. It panics if the Context has growth of
// −100 % or less, a negative spread, or a number that is not finite.
func (f Mixture) FitData(d forecast.Data) (forecast.Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, forecast.ErrX
	}
	m := &mixtureModel{scale: newScale(d), context: f.Context, season: d.Season}
	t := f.Table
	if t == nil {
		t = Shipped()
	}
	stable := f.Stable || d.Expect.Stable || m.scale.kind == levelScale || m.scale.kind == logitScale && (d.Expect.Growth == 0 || f.Table != nil) || f.Table != nil && d.Expect.Growth < 0
	growth := f.Context
	growth.check()
	if m.scale.points {
		growth = Context{}
	}
	if f.Table == nil {
		m.expect = effective(d.Expect, growth, stable)
		if e := m.expect; e.Growth != 0 || e.Spread != 0 {
			growth = Context{Mean: e.Growth, SD: e.Spread}
		}
	}
	t = t.serving(m.scale)
	if noise := m.noise(); noise > 0 {
		t = t.noisy(noise)
	}
	m.prior = t.forPeriods(d.Season, len(d.Y)).centred(growth, m.scale.atomUnit(), stable, d.Season, len(d.Y))
	m.fit(d)
	return m, nil
}

// noise is the expected size of a year's change on the scale of the atoms; 0
// for that of the table.
func (m *mixtureModel) noise() float64 {
	switch {
	case m.expect.Points: // the unit was chosen for it
		return 0
	case m.scale.kind == levelScale:
		return m.expect.Noise / signedNoise
	}
	return m.expect.Noise
}

// serving returns the atoms that serve the scale: all of positive values,
// those of one transformation otherwise.
func (t *Table) serving(s scale) *Table {
	only, single := s.power()
	if !single {
		return t
	}
	n := &Table{}
	for i, a := range t.atoms {
		if a.Power == only {
			n.atoms = append(n.atoms, a)
			n.gains = append(n.gains, t.gains[i])
		}
	}
	if s.kind == levelScale { // no lasting trend, in any of them
		for i := range n.atoms {
			n.atoms[i].Mu = 0
		}
	}
	n.average()
	return n
}

// noisy re-weights a table so that the logarithm of the size of a year's
// change has the expected mean and the weights stay as close to the old ones
// as that allows: each is multiplied by a power of the atom's size of change,
// the solution of least Kullback–Leibler divergence (Csiszár 1975). The mean
// growth stays.
func (t *Table) noisy(noise float64) *Table {
	want := math.Log(noise)
	n := &Table{atoms: t.Atoms(), gains: t.gains}
	size := make([]float64, len(n.atoms)) // in logarithms, relative to what is wanted
	for i, a := range n.atoms {
		size[i] = math.Log(2*a.Obs*a.Obs+a.Level*a.Level)/2 - want
	}
	power := 0.0
	for lo, hi := -8.0, 8.0; hi-lo > 1e-3; { // the mean grows with the power
		power = lo + (hi-lo)/2
		mean := 0.0
		for k, a := range t.atoms {
			mean += a.Weight * math.Exp(power*size[k]) * size[k]
		}
		if mean < 0 {
			lo = power
		} else {
			hi = power
		}
	}
	for i := range n.atoms {
		n.atoms[i].Weight *= math.Exp(power * size[i])
	}
	n.average()
	for i := range n.atoms {
		n.atoms[i].Mu += t.mu - n.mu
	}
	n.mu = t.mu
	return n
}

// forPeriods converts a table from years to 1/season years, for series of up
// to so many values.
func (t *Table) forPeriods(season, values int) *Table {
	if season <= 1 {
		return t
	}
	m := float64(season)
	c := &Table{atoms: t.Atoms(), gains: make([]gains, len(t.atoms))}
	for i := range c.atoms {
		a := &c.atoms[i]
		a.Level /= math.Sqrt(m)
		a.Phi = math.Pow(a.Phi, 1/m)
		a.Mu /= m
		a.Tau /= m
		a.Slope /= m * math.Sqrt(m)
	}
	c.complete(values)
	return c
}

// centred moves the growth of a table to zero or to a context, so that the
// median of the value after a lone one is there. A change of the scale is so
// many units of the atoms.
func (t *Table) centred(c Context, unit float64, stable bool, season, values int) *Table {
	target, stretch := 0.0, 1.0
	switch {
	case !c.IsZero():
		m := math.Max(float64(season), 1) * unit
		target = math.Log1p(c.Mean) / m
		if c.SD > 0 && t.sd > 0 {
			stretch = c.SD / (1 + c.Mean) / m / t.sd
		}
	case !stable:
		return t
	}
	n := &Table{atoms: t.Atoms(), gains: t.gains}
	for i := range n.atoms {
		a := &n.atoms[i]
		a.Tau *= stretch
		a.Mu = t.mu + stretch*(a.Mu-t.mu)
	}
	shift := target - n.medianChange()
	for i := range n.atoms {
		n.atoms[i].Mu += shift
	}
	n.sd = t.sd
	if stretch != 1 { // the gains do not depend on Mu
		n.gains = make([]gains, len(t.atoms))
		n.complete(values)
	}
	n.mu = target
	return n
}

// medianChange is the median of the change from a lone value to the next, by
// Newton's method from the mean weighted by density at the centre, kept
// between the growths of the atoms, where it must lie.
func (t *Table) medianChange() float64 {
	inv := make([]float64, len(t.atoms))
	sum, all := 0.0, 0.0
	lo, hi := math.Inf(1), math.Inf(-1)
	for i, a := range t.atoms {
		inv[i] = 1 / math.Sqrt(2*a.Obs*a.Obs+a.Level*a.Level+a.Tau*a.Tau)
		sum += a.Weight * inv[i] * a.Mu
		all += a.Weight * inv[i]
		lo, hi = min(lo, a.Mu), max(hi, a.Mu)
	}
	m := sum / all
	for range 20 {
		cdf, pdf := -0.5, 0.0
		for i, a := range t.atoms {
			p, f := normal((m - a.Mu) * inv[i])
			cdf += a.Weight * p
			pdf += a.Weight * f * inv[i]
		}
		if cdf < 0 {
			lo = m
		} else {
			hi = m
		}
		next := m - cdf/pdf
		if !(next >= lo && next <= hi) { // a hole between the atoms
			next = lo + (hi-lo)/2
		}
		if math.Abs(next-m) <= 1e-9 {
			return next
		}
		m = next
	}
	return m
}

// mixtureModel is a fitted Mixture.
type mixtureModel struct {
	scale    scale
	unit     float64 // g of the atoms
	prior    *Table
	context  Context
	expect   forecast.Expect // what of it was used
	season   int
	n, span  int // values used, and periods from the first to the last
	trailing int // periods without a value at the end
	onBound  bool
	jump     int    // place of a suspicious change, see jump
	parts    []part // what is left of the atoms, in table order
}

// part is an atom with its posterior weight and its state after the last
// value.
type part struct {
	atom   *Atom
	weight float64
	upTo   float64 // sum of the weights up to this one
	state
}

// power is the transformation that atoms must have on the scale, if all of
// them must have the same.
func (s scale) power() (p Power, single bool) {
	switch s.kind {
	case logitScale:
		return Logarithm, true
	case levelScale:
		return Identity, true
	}
	return 0, false
}

// atomUnit is the unit of the atoms on the scale: that of the scale itself but
// for values of either sign, see signedNoise.
func (s scale) atomUnit() float64 {
	if s.kind == levelScale {
		return signedNoise
	}
	return 1
}

// transform maps x = y/g to the scale of an atom.
func (p Power) transform(x float64) float64 {
	switch p {
	case Logarithm:
		return math.Log(x)
	case Root:
		return 2 * math.Sqrt(x)
	}
	return x
}

// slope is the derivative of transform at x.
func (p Power) slope(x float64) float64 {
	switch p {
	case Logarithm:
		return 1 / x
	case Root:
		return 1 / math.Sqrt(x)
	}
	return 1
}

// values are the observations on the scales of the atoms: z where all are
// exact and consecutive, obs otherwise.
type values struct {
	plain bool
	z     [3][]float64
	obs   [3][]observation
}

// judge returns the atom's discounted log likelihood and its state after the
// last value.
func (v *values) judge(a *Atom, g *gains) (loglik float64, s state) {
	if !v.plain {
		return a.filter(v.obs[a.Power])
	}
	z := v.z[a.Power]
	loglik, s.l, s.b = g.run(a, z)
	c := &g.cov[len(z)-1]
	s.p11, s.p12, s.p22 = c.p11, c.p12, c.p22
	return loglik, s
}

// logLikelihoods returns that of every atom; NaN or −Inf where a value is too
// far out for it, 0 for an atom that does not serve the scale.
func (m *mixtureModel) logLikelihoods(d forecast.Data) []float64 {
	v := m.prepare(d)
	only, single := m.scale.power()
	out := make([]float64, len(m.prior.atoms))
	for i := range out {
		a := &m.prior.atoms[i]
		if single && a.Power != only {
			continue
		}
		if out[i], _ = v.judge(a, &m.prior.gains[i]); math.IsNaN(out[i]) {
			out[i] = math.Inf(-1)
		}
	}
	return out
}

// prepare puts the last values of d on the scales of the atoms and notes how
// many there are.
func (m *mixtureModel) prepare(d forecast.Data) *values {
	only, single := m.scale.power()
	obs, trailing := m.scale.observations(d, window)
	n := len(obs)
	m.jump = jump(obs)
	m.n, m.span, m.trailing = n, obs[n-1].t-obs[0].t+1, trailing
	last := d.Y[obs[n-1].t]
	m.onBound = last == m.scale.lo || last == m.scale.hi
	v := &values{plain: exact(obs)}
	if single {
		m.unit = m.scale.atomUnit()
		if m.unit != 1 {
			for i := range obs {
				obs[i].z /= m.unit
				obs[i].v /= m.unit * m.unit
			}
		}
		v.obs[only] = obs
	} else {
		mean := 0.0 // of the logarithms, relative to the last value
		for _, o := range obs {
			mean += o.z / float64(n)
		}
		m.unit = m.scale.g * math.Exp(mean)
		if m.unit == 0 || math.IsInf(m.unit, 0) { // underflow of a wild series
			m.unit = m.scale.g
			mean = 0
		}
		for p := Logarithm; p <= Identity; p++ {
			v.obs[p] = make([]observation, n)
			for i, o := range obs {
				x := o.z - mean
				w := observation{t: o.t, z: x}
				if p != Logarithm {
					e := math.Exp(min(x, 600))
					w.z = p.transform(e)
					if o.v > 0 {
						s := p.slope(e) * e
						w.v = o.v * s * s
					}
				} else {
					w.v = o.v
				}
				v.obs[p][i] = w
			}
		}
	}
	if v.plain {
		buf := make([]float64, 3*n)
		for p := range v.z {
			v.z[p] = buf[p*n : p*n+n]
			for i, o := range v.obs[p] {
				v.z[p][i] = o.z
			}
		}
	}
	return v
}

// fit finds the posterior weights and keeps the atoms that matter.
func (m *mixtureModel) fit(d forecast.Data) {
	v := m.prepare(d)
	only, single := m.scale.power()
	t := m.prior
	parts := make([]part, 0, len(t.atoms))
	best := math.Inf(-1)
	for i := range t.atoms {
		a := &t.atoms[i]
		if single && a.Power != only || a.Weight == 0 {
			continue
		}
		p := part{atom: a}
		p.weight, p.state = v.judge(a, &t.gains[i])
		p.weight += math.Log(a.Weight)
		if math.IsNaN(p.weight) {
			continue // a value too far out for this atom
		}
		best = max(best, p.weight)
		parts = append(parts, p)
	}
	sum := 0.0
	for i := range parts {
		parts[i].weight = math.Exp(parts[i].weight - best)
		sum += parts[i].weight
	}
	kept, total := parts[:0], 0.0
	for _, p := range parts {
		if p.weight > negligible*sum {
			total += p.weight
			kept = append(kept, p)
		}
	}
	upTo := 0.0
	for i := range kept {
		kept[i].weight /= total
		upTo += kept[i].weight
		kept[i].upTo = upTo
	}
	m.parts = kept
}

// Forecast implements forecast.Model.
func (m *mixtureModel) Forecast(h int) []forecast.Dist {
	if h < 1 {
		panic("pooled: horizon must be positive")
	}
	out := make([]forecast.Dist, h)
	comps := make([]component, h*len(m.parts))
	for k, p := range m.parts {
		s := p.state
		for range m.trailing {
			s.advance(p.atom)
		}
		for i := range h {
			s.advance(p.atom)
			sd := math.Sqrt(s.p11 + p.atom.Obs*p.atom.Obs)
			comps[i*len(m.parts)+k] = component{p.weight, s.l, sd, 1 / sd, p.atom.Power}
		}
	}
	for i := range out {
		if m.scale.isZero() {
			out[i] = forecast.Constant(0)
			continue
		}
		out[i] = m.dist(comps[i*len(m.parts) : (i+1)*len(m.parts)])
	}
	return out
}

// Simulate implements forecast.Model: an atom, then its level and slope, then
// the noise.
func (m *mixtureModel) Simulate(path []float64, src rand.Source) {
	rng := rand.New(src)
	u := rng.Float64()
	k, end := 0, len(m.parts)-1 // the part whose stretch of [0, 1) u lies in
	for k < end {
		if mid := (k + end) / 2; u < m.parts[mid].upTo {
			end = mid
		} else {
			k = mid + 1
		}
	}
	p := &m.parts[k]
	a := p.atom
	e1, e2 := rng.NormFloat64(), rng.NormFloat64()
	l, b := p.l, p.b
	if p.p11 > 0 { // Cholesky factor of the covariance
		r := math.Sqrt(p.p11)
		c := p.p12 / r
		l += r * e1
		b += c*e1 + math.Sqrt(max(p.p22-c*c, 0))*e2
	} else {
		b += math.Sqrt(p.p22) * e2
	}
	d := m.dist(nil)
	for h := 0; h < m.trailing+len(path); h++ {
		l += b + a.Level*rng.NormFloat64()
		b = a.Mu + a.Phi*(b-a.Mu) + a.Slope*rng.NormFloat64()
		if i := h - m.trailing; i >= 0 {
			path[i] = d.value(a.Power, l+a.Obs*rng.NormFloat64())
		}
	}
}
