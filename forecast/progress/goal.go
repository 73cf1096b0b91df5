package progress

import (
	"math"
	"math/rand/v2"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// goal is what a path of future values must do to meet a target. The zero
// goal is none.
type goal struct {
	kind  goalKind
	want  indicators.Interval // of the last value, of every value, of the sum, or of the yearly factor of growth
	steps int                 // values of the path that count
	skip  int                 // of a sum: values before it begins
	last  float64             // of growth: the value that the path starts from
	done  float64             // of a sum: what is done already
}

type goalKind uint8

const (
	noGoal goalKind = iota
	ends            // the last value
	held            // every value
	sums            // the sum of the values
	grows           // each year's growth
)

// goalOf makes the goal of a target on levels. Ranks are whole numbers: a
// forecast of 5.4 is the fifth place.
func goalOf(t *indicators.Target, s *indicators.Series, base indicators.Observation, want Number, steps int) goal {
	g := goal{kind: ends, want: onSeries(t, want), steps: steps, last: base.Value}
	if s.Measure == indicators.Rank && !math.IsInf(g.want.Hi, 1) {
		g.want.Hi, g.want.HiOpen = math.Ceil(g.want.Hi)-0.5, true
		if !t.Want.HiOpen {
			g.want.Hi = math.Floor(want.Value) + 0.5
		}
	}
	if t.Hold && steps > 1 {
		g.kind = held
		if t.Measure == indicators.GrowthRate {
			g.kind = grows
			g.want = t.Want.Scale(0.01).Add(indicators.Point(1))
		}
	}
	return g
}

// meets reports whether a path of at least steps values meets the goal.
func (g *goal) meets(path []float64) bool {
	path = path[:g.steps]
	switch g.kind {
	case held:
		return Held(g.want)(path)
	case sums:
		return Sums(g.done, g.want)(path[g.skip:])
	case grows:
		prev := g.last
		for _, y := range path {
			if !(prev > 0) || !g.want.Contains(y/prev) {
				return false
			}
			prev = y
		}
		return true
	}
	return g.want.Contains(path[g.steps-1])
}

// moved is the goal if the data had another last value: every path y would
// then be k·y+c. Growth does not change with the base.
func (g goal) moved(k, c float64) goal {
	if g.kind == grows {
		return g
	}
	if g.kind == sums { // k·Σy + done ∈ want
		c, g.done = g.done, 0
	}
	g.want = g.want.Add(indicators.Point(-c)).Scale(1 / k)
	return g
}

// draws are the paths of one projection, drawn when they are first wanted and
// shared by all of its targets.
type draws struct {
	p     *Projection
	n     int
	seed  uint64
	paths forecast.Paths
}

func (d *draws) all() forecast.Paths {
	if d.paths.N == 0 {
		d.paths = forecast.Draw(d.p.Model, d.n, len(d.p.Dists), rand.NewPCG(d.seed, keyOf(d.p.Series.SeriesID.String())))
	}
	return d.paths
}

func (d *draws) estimate(g goal) Estimate {
	paths := d.all()
	return estimate(int(math.Round(paths.Share(g.meets)*float64(paths.N))), paths.N, 1)
}

// likely reads the probability of g off the forecast: off the marginal
// distribution where that is enough, else off the joint paths.
func (a *Assessment) likely(p *Projection, g goal, dr *draws) {
	d := p.Dists[g.steps-1]
	a.forecastIs(d, p)
	if g.kind == ends {
		a.states(probabilityIn(d, g.want), 0)
		a.chance = func(g goal) float64 { return probabilityIn(d, g.want) }
	} else {
		e := dr.estimate(g)
		a.states(e.P, e.SE)
		a.chance = func(g goal) float64 { return dr.estimate(g).P }
	}
	a.goal = g
	a.percentile(d, a.Want.Value)
}

// states fills in a probability and its verdict.
func (a *Assessment) states(p, se float64) {
	a.Probability, a.SE, a.HasProbability = p, se, true
	a.ProbabilityLo, a.ProbabilityHi = p, p
	a.Verdict = Judge(p)
}

// percentile places x in the forecast of what the target bounds.
func (a *Assessment) percentile(d forecast.Dist, x float64) { a.Percentile = forecast.AtMost(d, x) }

// rounding finds how far the probability, and with it the verdict, depends on
// what the printed base may be. A forecast of growth goes up and down with the
// base; one of a percentage or a rank moves by as much. A target that counts
// from the base moves with it, so that nothing changes.
func (a *Assessment) rounding(sameBase bool, t *indicators.Target) {
	chance, g := a.chance, a.goal
	a.chance, a.goal = nil, goal{}
	if chance == nil || !a.HasProbability {
		return
	}
	relative := t.Measure == indicators.GrowthRate || t.Measure == indicators.Multiple
	bases := []float64{a.Base.Value}
	if !(relative && sameBase) {
		for _, b := range []float64{a.Base.Lo, a.Base.Hi} {
			if !math.IsInf(b, 0) {
				bases = append(bases, b)
			}
		}
	}
	wants := []float64{a.Want.Value}
	if relative && !sameBase && g.kind != grows {
		wants = append(wants, a.Want.Lo, a.Want.Hi)
	}
	for _, b := range bases {
		for _, x := range wants {
			k, c := 1.0, b-a.Base.Value
			u, err := indicators.ParseUnit(a.Base.Unit)
			if points := err == nil && u.Percent() || t.Measure == indicators.Rank; !points && a.Base.Value > 0 && b > 0 {
				k, c = b/a.Base.Value, 0
			}
			h := g.moved(k, c)
			if d := (x - a.Want.Value) / k; d != 0 {
				h.want = h.want.Add(indicators.Point(d))
			}
			p := chance(h)
			a.ProbabilityLo, a.ProbabilityHi = min(a.ProbabilityLo, p), max(a.ProbabilityHi, p)
		}
	}
	a.Flips = Judge(a.ProbabilityLo) != a.Verdict || Judge(a.ProbabilityHi) != a.Verdict
}
