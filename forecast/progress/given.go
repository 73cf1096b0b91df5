package progress

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"gonum.org/v1/gonum/stat"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// Conditional is the probability of a target if another one is met.
type Conditional struct {
	On          string  // ID of the other target
	Correlation float64 // rank correlation of the end values at which the two were joined
	Why, WhyEN  string  // the condition and the probability, in a sentence
	Estimate            // OK is false where the condition is too rare to tell
}

// What is assumed of two indicators whose data do not say how they go
// together: a rank correlation of one half, worth as many pairs of yearly
// changes.
const (
	defaultCorrelation = 0.5
	correlationPairs   = 10
	fewestPairs        = 4
)

// correlation returns the rank correlation at which two series are joined:
// that of their changes in common periods, shrunk to the stated one, or the
// stated one where there are too few.
func (w *work) correlation(a, b *indicators.Series) (rho float64, zh, en string) {
	stated := *w.o.Correlation
	change := func(s *indicators.Series, p indicators.Period) (float64, bool) {
		x, ok1 := s.At(p.Add(-1))
		y, ok2 := s.At(p)
		switch {
		case !ok1 || !ok2 || y.Break:
			return 0, false
		case s.Unit.Percent() || x.Value <= 0 || y.Value <= 0:
			return y.Value - x.Value, true
		}
		return math.Log(y.Value / x.Value), true
	}
	var xs, ys []float64
	for _, o := range a.Stretch() {
		x, ok1 := change(a, o.Period)
		y, ok2 := change(b, o.Period)
		if ok1 && ok2 {
			xs, ys = append(xs, x), append(ys, y)
		}
	}
	n := float64(len(xs))
	r := math.NaN()
	if len(xs) >= fewestPairs {
		r = stat.Correlation(midranks(xs), midranks(ys), nil)
	}
	if math.IsNaN(r) {
		return stated, fmt.Sprintf("两者末值的秩相关取%s（数据不足以估计）", num(stated, 2)), fmt.Sprintf("rank correlation of the end values set to %s, for the data cannot give one", num(stated, 2))
	}
	rho = (n*r + correlationPairs*stated) / (n + correlationPairs)
	return rho, fmt.Sprintf("两者末值的秩相关取%s（%d对同期变动的秩相关%s，向%s收缩）", num(rho, 2), len(xs), num(r, 2), num(stated, 2)),
		fmt.Sprintf("rank correlation of the end values %s: %s from %d pairs of changes, shrunk to %s", num(rho, 2), num(r, 2), len(xs), num(stated, 2))
}

// midranks returns the ranks of x, equal values sharing the mean of theirs.
func midranks(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		less, same := 0, 0
		for _, u := range x {
			switch {
			case u < v:
				less++
			case u == v:
				same++
			}
		}
		out[i] = float64(less) + float64(same-1)/2
	}
	return out
}

// given fills in the probability of a target under the condition that a
// companion is met: a share if the level of the same indicator is reached and
// the other way round, both due at once.
func (w *work) given(a *Assessment, g goal, as []Assessment, goals []goal) {
	if g.kind == noGoal || !a.HasProbability {
		return
	}
	t := &a.Target
	var n notes
	for j := range as {
		b := &as[j]
		u := &b.Target
		companions := t.Measure == indicators.Share && u.Measure == indicators.Level || t.Measure == indicators.Level && u.Measure == indicators.Share
		if !companions || goals[j].kind == noGoal || !b.HasProbability || u.Indicator != t.Indicator || u.Area != t.Area || u.Scope != t.Scope || a.By != b.By || g.steps != goals[j].steps {
			continue
		}
		pa, pb := w.projection(t.SeriesID), w.projection(u.SeriesID)
		rho, zh, en := w.correlation(&pa.Series, &pb.Series)
		c := Conditional{On: b.ID, Correlation: rho}
		if most := b.Probability + 5*b.SE; most*mostPaths < conditionPaths/2 {
			c.Estimate = Estimate{Condition: b.Probability} // no need to draw what is known to be too rare
		} else {
			c.Estimate = Given(pa.Model, g.meets, pb.Model, goals[j].meets, g.steps, rho, w.o.Seed^keyOf(a.ID+"|"+b.ID))
		}
		c.say(a, b, zh, en)
		n.add(c.Why, c.WhyEN)
		a.Given = append(a.Given, c)
	}
	for _, s := range n.zh {
		a.Why += s
	}
	for _, s := range n.en {
		a.WhyEN += " " + s
	}
}

func (c *Conditional) say(a, b *Assessment, zh, en string) {
	cond, condEN := b.goalWords("zh"), b.goalWords("en")
	if !c.OK {
		c.Why = fmt.Sprintf("若%s：条件过于罕见（概率%s），无法判断；%s。", cond, chanceWords(c.Condition, "zh"), zh)
		c.WhyEN = fmt.Sprintf("If %s: the condition is too rare to tell (probability %s); %s.", condEN, chanceWords(c.Condition, "en"), en)
		return
	}
	c.Why = fmt.Sprintf("若%s，则%s的可能性%s（标准误%s个百分点，%d条路径；%s）。", cond, a.goalWords("zh"), chanceWords(c.P, "zh"), num(100*c.SE, 1), c.Paths, zh)
	c.WhyEN = fmt.Sprintf("If %s, the probability that %s is %s (standard error %s points, %d paths; %s).", condEN, a.goalWords("en"), chanceWords(c.P, "en"), num(100*c.SE, 1), c.Paths, en)
}

// goalWords names a target in a few words: 地区生产总值达到1500亿元.
func (a *Assessment) goalWords(lang string) string {
	t := &a.Target
	if lang == "en" {
		name := t.English
		if name == "" {
			name = t.Indicator
		}
		verb := map[string]string{"at_least": "at least", "more_than": "more than", "at_most": "at most", "less_than": "less than"}[Bound(t)]
		what := ""
		switch t.Measure {
		case indicators.Share:
			what = " as a share"
		case indicators.GrowthRate:
			what = ": growth"
		}
		return fmt.Sprintf("%s%s comes to %s %s%s", name, what, verb, t.Value, space(t.Unit.Symbol))
	}
	verb := map[string]string{"at_least": "达到", "more_than": "超过", "at_most": "不高于", "less_than": "低于"}[Bound(t)]
	what := ""
	switch t.Measure {
	case indicators.Share:
		what = "占比"
	case indicators.GrowthRate:
		what = "增速"
	}
	return t.Indicator + what + verb + t.Value.String() + t.Unit.Symbol
}

// relative assesses growth against that of a reference, drawn jointly.
func (w *work) relative(a *Assessment, t *indicators.Target, p *Projection, n *notes) {
	ind, area := indicators.SplitRef(t.Ref)
	ref := w.projection(indicators.SeriesID{Indicator: ind, Area: area})
	var rs, ss *indicators.Series
	if ref != nil {
		rs = &ref.Series
	}
	if p != nil {
		ss = &p.Series
		o, _ := ss.Last()
		a.From, a.BaseStatus, a.BaseClaim = o.Period, o.Status, o.Claim
		a.Base = Number{Value: o.Value, Lo: o.Interval.Lo, Hi: o.Interval.Hi, Unit: ss.Unit.Symbol, OK: true}
		recent(w.about(ss), a, ss)
	}
	r := t.Require(ss, rs)
	x := t.Number()
	a.Required = Number{Value: x, Lo: x, Hi: x, Unit: "个百分点", OK: true}
	n.add(fmt.Sprintf("要求增速与%s之差不低于%s个百分点。", ind, num(x, 1)), fmt.Sprintf("Growth less that of %s is to be at least %s points.", refName(rs, ind), num(x, 1)))
	if ref != nil && ref.Model != nil {
		if d, ok := ref.At(t.Due()); ok {
			last, _ := rs.Last()
			if k, _ := stepsTo(last.Period, t.Due()); last.Value > 0 && forecast.Median(d) > 0 {
				g := 100 * math.Expm1(math.Log(forecast.Median(d)/last.Value)/float64(k))
				n.add(fmt.Sprintf("%s预测中位增速为年均%s%%，即需年均增长%s%%。", ind, num(g, 1), num(g+x, 1)), fmt.Sprintf("The median forecast of %s grows by %s %% a year, so that it takes %s %%.", refName(rs, ind), num(g, 1), num(g+x, 1)))
			}
		}
	}
	if r.Missing != "" {
		n.add(r.Missing+"。", sentence(r.MissingEN))
		if p == nil && ref != nil {
			w.parts(t, ref, n)
		}
		return
	}
	if p.Model == nil || ref.Model == nil {
		q := p
		if p.Model != nil {
			q = ref
		}
		n.add(q.Why, q.WhyEN)
		return
	}
	j, ok := w.together(t, p, ref, n)
	if !ok {
		return
	}
	d := forecast.NewEmpirical(j.diffs)
	a.forecastIs(d, p)
	a.Median.Unit = "个百分点"
	a.states(j.P, j.SE)
	a.percentile(d, x)
	a.ProbabilityLo, a.ProbabilityHi = min(a.ProbabilityLo, j.lo), max(a.ProbabilityHi, j.hi)
	a.Flips = Judge(a.ProbabilityLo) != a.Verdict || Judge(a.ProbabilityHi) != a.Verdict
	n.add(j.zh+"。", sentence(j.en))
	n.add(p.basis())
}

func refName(s *indicators.Series, ind string) string {
	if s != nil && s.English != "" {
		return s.English
	}
	return ind
}

// parts says how likely the target looks for series that are parts of the one
// it names, where that one has no figure: urban and rural income in place of
// income.
func (w *work) parts(t *indicators.Target, ref *Projection, n *notes) {
	for i := range w.proj {
		p := &w.proj[i]
		s := &p.Series
		if p.Model == nil || !partSeries(t, s) {
			continue
		}
		var quiet notes
		if j, ok := w.together(t, p, ref, &quiet); ok {
			n.add(fmt.Sprintf("若以%s代替，可能性%s（%s）。", s.Indicator, chanceWords(j.P, "zh"), j.zh), fmt.Sprintf("With %s in its place the probability is %s (%s).", refName(s, s.Indicator), chanceWords(j.P, "en"), j.en))
		}
	}
}

// partSeries reports whether s is a part of what t names: 城镇居民人均可支配收入
// of 居民人均可支配收入.
func partSeries(t *indicators.Target, s *indicators.Series) bool {
	return s.Measure == indicators.Level && s.Area == t.Area && s.Scope == t.Scope && s.Indicator != t.Indicator && strings.HasSuffix(s.Indicator, t.Indicator)
}

// pair is what joint paths of a series and its reference say of the growth
// between them.
type pair struct {
	Estimate
	diffs  []float64 // average growth less that of the reference, in points; one a path
	lo, hi float64   // the probability as rounding of the common base goes
	zh, en string
}

// together draws a series and its reference jointly and compares their growth
// from the last period that both know, or from the target's base, to its date.
func (w *work) together(t *indicators.Target, p, ref *Projection, n *notes) (j pair, ok bool) {
	due := t.Due()
	if p.Origin.Freq() != indicators.Annual || ref.Origin.Freq() != indicators.Annual {
		n.add("两个指标须都是年度数据。", "Both indicators must be annual.")
		return j, false
	}
	due = indicators.Year(due.Year())
	from := p.Origin
	if ref.Origin.Compare(from) < 0 {
		from = ref.Origin
	}
	if t.Base.Freq() == indicators.Annual && t.Base.Compare(from) < 0 {
		from = t.Base
	}
	ya, ok1 := p.Series.At(from)
	yb, ok2 := ref.Series.At(from)
	ha, hb := due.Sub(p.Origin), due.Sub(ref.Origin)
	k := due.Sub(from)
	switch {
	case !ok1 || !ok2:
		n.add(fmt.Sprintf("两个指标没有共同的%s数。", from.Label("zh")), fmt.Sprintf("The two have no common figure for %s.", from.Label("en")))
		return j, false
	case ha < 1 || hb < 1:
		n.add("目标期限不晚于最近数据，不再预测。", "The target is due no later than the latest figure.")
		return j, false
	case ya.Value <= 0 || yb.Value <= 0:
		n.add("基数不为正数，增速无意义。", "The base is not positive: a rate of growth has no meaning.")
		return j, false
	}
	rho, zh, en := w.correlation(&p.Series, &ref.Series)
	src := rand.NewPCG(w.o.Seed, keyOf(t.ID+"|"+p.Series.SeriesID.String()))
	pa := forecast.Draw(p.Model, w.o.Paths, ha, src)
	pb := forecast.Draw(ref.Model, w.o.Paths, hb, src)
	Couple(pa, pb, rho, src)
	at := func(s *indicators.Series, origin indicators.Period, path []float64, q indicators.Period) float64 {
		if i := q.Sub(origin); i > 0 {
			return path[i-1]
		}
		if o, ok := s.At(q); ok {
			return o.Value
		}
		return math.NaN()
	}
	count := func(baseA, baseB float64, keep bool) int {
		hits := 0
		for i := range pa.N {
			a, b := pa.Path(i), pb.Path(i)
			d := growth(baseA, a[ha-1], k) - growth(baseB, b[hb-1], k)
			met := t.Want.Contains(d)
			if t.Hold {
				for q := from.Add(1); met && q.Compare(due) <= 0; q = q.Add(1) {
					pa0, pb0 := at(&p.Series, p.Origin, a, q.Add(-1)), at(&ref.Series, ref.Origin, b, q.Add(-1))
					if q == from.Add(1) {
						pa0, pb0 = baseA, baseB
					}
					met = t.Want.Contains(growth(pa0, at(&p.Series, p.Origin, a, q), 1) - growth(pb0, at(&ref.Series, ref.Origin, b, q), 1))
				}
			}
			if met {
				hits++
			}
			if keep {
				j.diffs = append(j.diffs, d)
			}
		}
		return hits
	}
	j.Estimate = estimate(count(ya.Value, yb.Value, true), pa.N, 1)
	j.lo, j.hi = j.P, j.P
	// Growth from the last figure does not depend on its rounding; growth from
	// an earlier one does.
	if from != p.Origin || from != ref.Origin {
		for _, a := range [2]float64{ya.Interval.Lo, ya.Interval.Hi} {
			for _, b := range [2]float64{yb.Interval.Lo, yb.Interval.Hi} {
				if a > 0 && b > 0 && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
					q := float64(count(a, b, false)) / float64(pa.N)
					j.lo, j.hi = min(j.lo, q), max(j.hi, q)
				}
			}
		}
	}
	j.zh = fmt.Sprintf("%s以来两者联合抽样%d次，%s", from.Label("zh"), pa.N, zh)
	j.en = fmt.Sprintf("%d joint paths from %s, %s", pa.N, from.Label("en"), en)
	return j, true
}

// growth is the average growth in per cent over k periods; −100 where the end
// is not positive.
func growth(from, to float64, k int) float64 {
	if to <= 0 {
		return -100
	}
	return 100 * math.Expm1(math.Log(to/from)/float64(k))
}
