package progress

import (
	"fmt"
	"hash/fnv"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// RuleProbability names the library's own verdict, from the probability of
// meeting the target.
const RuleProbability = "zhibiao-probability"

// Choice is the forecaster to use for a series.
type Choice struct {
	Method  forecast.Forecaster
	Name    string // short name of the method, for tables
	Context string // stated context that centres the forecast, with its source; empty if there is none
}

// Options says how to assess. Choose must be set; all else has a default.
type Options struct {
	Choose      func(s *indicators.Series) Choice // the forecaster of each series; called for one series after another
	Rule        indicators.Preference             // how series are chosen from the claims
	Horizon     int                               // years to forecast beyond the last value at least; 0 means 5
	Paths       int                               // joint paths drawn where a marginal is not enough; 0 means 20000, whose standard error is at most 0.36 points
	Seed        uint64                            // of the paths; part of the input
	History     []indicators.Series               // series to use instead of those of the dataset; nil: those of the dataset
	Correlation *float64                          // rank correlation of two indicators where their data cannot give one, in [−1, 1]; nil means 0.5
	Workers     int                               // goroutines; 0 means GOMAXPROCS. The answer does not depend on it
}

// Report is the answer for a whole dataset.
type Report struct {
	Projections []Projection // one a series that a target needs or that has two values or more, by SeriesID
	Assessments []Assessment // one a target, in the order of the claims, each followed by the paces from earlier targets
}

// work is what the assessments of one dataset share.
type work struct {
	d       *indicators.Dataset
	o       Options
	targets []indicators.Target
	proj    []Projection
	at      map[indicators.SeriesID]int       // into proj
	claims  map[[2]string]*indicators.Dataset // by indicator and area
}

// Assess holds every target of d against the projection of its series. It
// panics if o.Choose is nil or o.Correlation lies outside [−1, 1].
func Assess(d *indicators.Dataset, o Options) Report {
	if o.Choose == nil {
		panic("progress: no forecaster chosen")
	}
	if o.Horizon == 0 {
		o.Horizon = 5
	}
	if o.Paths == 0 {
		o.Paths = defaultPaths
	}
	if o.Correlation == nil {
		o.Correlation = forecast.Bound(defaultCorrelation)
	}
	if !(math.Abs(*o.Correlation) <= 1) {
		panic("progress: correlation outside [−1, 1]")
	}
	w := &work{d: d, o: o, targets: d.Targets(o.Rule.Wording), at: map[indicators.SeriesID]int{}, claims: map[[2]string]*indicators.Dataset{}}
	for _, c := range d.Claims {
		k := [2]string{c.Indicator, c.Area}
		if w.claims[k] == nil {
			w.claims[k] = &indicators.Dataset{}
		}
		w.claims[k].Claims = append(w.claims[k].Claims, c)
	}
	w.project()

	// Targets of one series share its paths; series are independent work.
	groups := map[indicators.SeriesID]int{}
	var members [][]int
	for i := range w.targets {
		id := w.targets[i].SeriesID
		g, ok := groups[id]
		if !ok {
			g = len(members)
			groups[id] = g
			members = append(members, nil)
		}
		members[g] = append(members[g], i)
	}
	as := make([]Assessment, len(w.targets))
	goals := make([]goal, len(w.targets))
	each(len(members), o.Workers, func(g int) {
		p := w.projection(w.targets[members[g][0]].SeriesID)
		dr := draws{p: p, n: o.Paths, seed: o.Seed}
		for _, i := range members[g] {
			as[i], goals[i] = w.assess(&w.targets[i], p, &dr)
		}
	})
	each(len(as), o.Workers, func(i int) { w.given(&as[i], goals[i], as, goals) })
	r := Report{Projections: w.proj}
	for i := range as {
		t := &w.targets[i]
		r.Assessments = append(r.Assessments, as[i])
		for j := range w.targets { // the pace from each earlier target of the same series
			if b := &w.targets[j]; b.SeriesID == t.SeriesID && earlier(b, t) {
				r.Assessments = append(r.Assessments, between(t, b))
			}
		}
	}
	return r
}

// project forecasts the series that targets need, and those with a history.
func (w *work) project() {
	series := w.o.History
	if series == nil {
		series = annual(w.d).Series(w.o.Rule)
	}
	until := map[indicators.SeriesID]indicators.Period{}
	need := func(id indicators.SeriesID, p indicators.Period) {
		if p.IsZero() || p.Freq() == indicators.Annual {
			if p.Compare(until[id]) >= 0 {
				until[id] = p
			}
		} else if y := indicators.Year(p.Year()); y.Compare(until[id]) > 0 {
			until[id] = y
		}
	}
	for i := range w.targets {
		t := &w.targets[i]
		need(t.SeriesID, t.Due())
		if t.Measure == indicators.Relative {
			ind, area := indicators.SplitRef(t.Ref)
			need(indicators.SeriesID{Indicator: ind, Area: area}, t.Due())
		}
	}
	for i := range w.targets { // the parts of an indicator that a relative target names and that has no figure
		t := &w.targets[i]
		for k := range series {
			if t.Measure == indicators.Relative && partSeries(t, &series[k]) {
				need(series[k].SeriesID, t.Due())
			}
		}
	}
	var chosen []*indicators.Series
	var choices []Choice
	for i := range series {
		s := &series[i]
		_, wanted := until[s.SeriesID]
		if !wanted && len(s.Obs) < 2 || len(s.Obs) == 0 {
			continue
		}
		w.at[s.SeriesID] = len(chosen)
		chosen = append(chosen, s)
		choices = append(choices, w.o.Choose(s))
	}
	w.proj = make([]Projection, len(chosen))
	each(len(chosen), w.o.Workers, func(i int) {
		w.proj[i] = Project(chosen[i], choices[i], until[chosen[i].SeriesID], w.o.Horizon)
	})
}

// projection returns the projection of a series, nil if it has none.
func (w *work) projection(id indicators.SeriesID) *Projection {
	if k, ok := w.at[id]; ok {
		return &w.proj[k]
	}
	return nil
}

// about returns the claims about the indicator and area of s.
func (w *work) about(s *indicators.Series) *indicators.Dataset {
	if d := w.claims[[2]string{s.Indicator, s.Area}]; d != nil {
		return d
	}
	return &indicators.Dataset{}
}

// each runs f for 0 … n−1 on the given number of goroutines, 0 meaning
// GOMAXPROCS. f must write to its own place only.
func each(n, workers int, f func(i int)) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}

// earlier reports whether b is a level target of t's series due before t.
func earlier(b, t *indicators.Target) bool {
	return b.SeriesID == t.SeriesID && b.Measure == indicators.Level && t.Measure == indicators.Level && b.Open == "" && t.Open == "" && !t.Hold &&
		b.Due().Freq() == t.Due().Freq() && b.Due().Compare(t.Due()) < 0 && b.Unit.Base == t.Unit.Base && !t.Unit.Percent()
}

// Project forecasts s with c, to the period until or at least horizon periods
// ahead, from the values after the last break. A failure stands in the
// result.
func Project(s *indicators.Series, c Choice, until indicators.Period, horizon int) Projection {
	p := Projection{Series: *s, Method: c.Name}
	last, ok := s.Last()
	if !ok {
		p.Err = forecast.ErrEmpty
		return p
	}
	p.Origin = last.Period
	h := horizon
	if until.Freq() == last.Period.Freq() {
		h = max(h, until.Sub(last.Period))
	}
	rec := forecast.FromSeries(*s)
	m, err := forecast.Fit(c.Method, rec.Data)
	if err != nil {
		p.Err = fmt.Errorf("progress: %s: %w", s.SeriesID, err)
		p.Why, p.WhyEN = "无法预测："+err.Error(), "no forecast: "+err.Error()
		return p
	}
	p.Model = m
	p.Dists = m.Forecast(h)
	for k := range h {
		p.Periods = append(p.Periods, last.Period.Add(k+1))
	}
	n, _ := forecast.Check(rec.Y)
	switch {
	case n >= 2:
		p.Basis = OwnHistory
	case c.Context != "":
		p.Basis = WithContext
	default:
		p.Basis = PriorOnly
	}
	if e, ok := m.(forecast.Explainer); ok {
		p.Why, p.WhyEN = e.Explain("zh"), e.Explain("en")
	}
	if c.Context != "" {
		p.Why, p.WhyEN = strings.TrimSpace(p.Why+"背景："+c.Context+"。"), strings.TrimSpace(p.WhyEN+" Context: "+c.Context+".")
	}
	return p
}

// notes collects sentences in both languages.
type notes struct{ zh, en []string }

func (n *notes) add(zh, en string) {
	if zh != "" {
		n.zh = append(n.zh, zh)
	}
	if en != "" {
		n.en = append(n.en, en)
	}
}

func (n *notes) put(a *Assessment) {
	a.Why, a.WhyEN = strings.Join(n.zh, ""), strings.Join(n.en, " ")
}

// assess answers for one target. p is nil if there is no series.
func (w *work) assess(t *indicators.Target, p *Projection, dr *draws) (a Assessment, g goal) {
	a = Assessment{ID: t.ID, Target: *t, By: t.Due(), Rule: RuleProbability}
	var n notes
	defer func() { n.put(&a) }()
	if t.Open != "" {
		n.add("原文"+strings.TrimPrefix(t.Open, "原文")+"。", sentence(t.OpenEN))
		return a, g
	}
	a.Verdict = NoEvidence
	if t.Measure == indicators.Relative {
		w.relative(&a, t, p, &n)
		return a, g
	}
	growthOnly := t.Measure == indicators.GrowthRate
	if growthOnly {
		x := t.Number()
		a.Required = Number{Value: x, Lo: x, Hi: x, Unit: t.Unit.Symbol, OK: true}
		a.From = t.Base
	}
	if p == nil {
		if growthOnly {
			n.add("所需增速即目标本身；报告未给出该指标的水平值，也没有其历史数据，无从判断可能性。", "The required growth is the target itself; the report gives neither a level nor a history of the indicator, so nothing can be said of its probability.")
		} else if r := t.Require(nil, nil); t.Measure == indicators.Rank {
			n.add("报告"+r.Missing+"，无从判断。", sentence(r.MissingEN))
		} else {
			n.add("没有同口径的基期数，无法测算所需增速和可能性。", "There is no base figure of the same definition, so neither pace nor probability can be computed.")
		}
		return a, g
	}
	s := &p.Series
	base, _ := s.Last()
	a.From, a.BaseStatus, a.BaseClaim = base.Period, base.Status, base.Claim
	a.Base = Number{Value: base.Value, Lo: base.Interval.Lo, Hi: base.Interval.Hi, Unit: s.Unit.Symbol, OK: true}
	recent(w.about(s), &a, s)
	r := t.Require(s, nil)
	if t.Measure == indicators.Cumulative {
		g = a.cumulative(t, &r, p, dr, &n)
		return a, g
	}
	want, ok := wantedLevel(t, s, &r, &n)
	if !ok {
		return a, g
	}
	a.Want = want
	a.start, a.startYears = r.Latest.Value, float64(r.Steps)/float64(s.Obs[0].Period.Freq().PerYear())
	steps, ok := stepsTo(base.Period, a.By)
	if !ok && base.Period.Freq() != a.By.Freq() && base.Period.Freq() != indicators.Annual {
		n.add("数据与目标期限的频率不同，须先汇总为年度数。", "The data and the date of the target differ in frequency; sum or average the data to years first.")
		return a, g
	}
	if !ok {
		n.add(fmt.Sprintf("目标期限%s不晚于最近数据的%s，不再预测。", a.By.Label("zh"), base.Period.Label("zh")), fmt.Sprintf("The target is due in %s, not after the latest figure (%s).", a.By.Label("en"), base.Period.Label("en")))
		outcome(t, s, want, &n)
		return a, g
	}
	part := partOf(t, s)
	eq, years := want, float64(steps)/float64(s.Obs[0].Period.Freq().PerYear())
	if part.within {
		eq, years = part.wholeYear(want, years)
		n.add(part.zh, part.en)
	}
	if !growthOnly || r.Latest.Period != base.Period {
		pace(&a, t, s, base, eq, years, &n)
	}
	a.paceFromBase(t, s, eq, &n)
	a.paceLater(t, s, eq, steps, &n)
	priceNote(t, s, &n)
	g = goalOf(t, s, base, want, steps)
	if p.Model == nil {
		n.add(p.Why, p.WhyEN)
		return a, g
	}
	now, earlierYears := YearsToDate(w.about(s), s)
	switch {
	case now != nil && !part.within && steps == 1 && a.By.Year() == now.Year && !t.Hold:
		a.inYear(t, s, p, g, now, earlierYears, &n)
	case part.within:
		a.within(p, g, part, dr)
	default:
		a.likely(p, g, dr)
	}
	a.rounding(r.HasLatest && r.Latest.Period == base.Period, t)
	n.add(p.basis())
	if s.Measure == indicators.Rank {
		n.add("位次按四舍五入为整数判断。", "A forecast rank is rounded to a whole number.")
	}
	return a, g
}

// outcome says whether a target whose date has come was met.
func outcome(t *indicators.Target, s *indicators.Series, want Number, n *notes) {
	by := t.Due()
	if len(s.Obs) > 0 && s.Obs[0].Period.Freq() == indicators.Annual && by == by.LastDay() { // 31 December is the year
		by = indicators.Year(by.Year())
	}
	o, ok := s.At(by)
	if !ok {
		return
	}
	zh, en := "未完成", "missed"
	if onSeries(t, want).Contains(o.Value) {
		zh, en = "已完成", "met"
	}
	n.add(fmt.Sprintf("%s实际为%s%s，目标%s。", by.Label("zh"), short(o.Value), s.Unit, zh), fmt.Sprintf("It was %s %s in %s: the target was %s.", short(o.Value), s.Unit, by.Label("en"), en))
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// stepsTo counts the periods from the last value to the date, in years or
// parts of it. A date at or before the last value has none.
func stepsTo(from, by indicators.Period) (int, bool) {
	if by.IsZero() || from.IsZero() {
		return 0, false
	}
	if by.Freq() != from.Freq() {
		if from.Freq() != indicators.Annual {
			return 0, false
		}
		by = indicators.Year(by.Year()) // a date inside the year counts as that year
	}
	k := by.Sub(from)
	return k, k > 0
}

// wantedLevel turns the target into a bound on the series itself. r is what
// the target requires of the series.
func wantedLevel(t *indicators.Target, s *indicators.Series, r *indicators.Requirement, n *notes) (Number, bool) {
	x := t.Number()
	unit := s.Unit.Symbol
	times := func(f float64) Number {
		b := r.Latest
		return Number{b.Value * f, b.Interval.Lo * f, b.Interval.Hi * f, unit, true}
	}
	switch t.Measure {
	case indicators.Level, indicators.Share, indicators.Change, indicators.Rank:
		v, err := t.Unit.Convert(x, s.Unit)
		if err != nil && t.Unit.Count && s.Unit.Count {
			// One indicator counted in two measure words: 停车场15个, 停车场12处.
			v, err = x*(t.Unit.Scale/s.Unit.Scale), nil
		}
		if err != nil {
			n.add(fmt.Sprintf("目标单位%s与数据单位%s不能换算。", t.Unit, s.Unit), fmt.Sprintf("The target's unit %s cannot be converted to that of the data, %s.", t.Unit, s.Unit))
			return Number{}, false
		}
		return Number{v, v, v, unit, true}, true
	case indicators.GrowthRate, indicators.Multiple:
		if !r.HasLatest {
			n.add(r.Missing+"，无法换算为水平值。", sentence(r.MissingEN))
			return Number{}, false
		}
		if t.Measure == indicators.Multiple {
			return times(x), true
		}
		if s.Unit.Percent() || r.Latest.Value <= 0 {
			n.add("基数不是正的水平值，增速目标无法换算。", "The base is no positive level, so growth cannot be turned into one.")
			return Number{}, false
		}
		f := math.Pow(1+x/100, float64(r.Steps)/float64(max(r.Latest.Period.Freq().PerYear(), 1)))
		if x <= -100 {
			f = 0
		}
		w := times(f)
		growthLevel(t, s, w, n)
		return w, true
	}
	n.add("这类目标需要专门的测算方法。", "Targets of this measure are not assessed against a single series.")
	return Number{}, false
}

// growthLevel says what level a growth target leads to.
func growthLevel(t *indicators.Target, s *indicators.Series, w Number, n *notes) {
	unit := s.Unit.Symbol
	rng := ""
	if w.Hi-w.Lo > 1e-9 {
		rng = fmt.Sprintf("%s–%s", num(w.Lo, 2), num(w.Hi, 2))
	}
	in := func(open, close string) string {
		if rng == "" {
			return ""
		}
		return open + rng + close
	}
	zh, en := "目标约合", "the target is about"
	if t.Want.LoOpen && !math.IsInf(t.Want.Lo, -1) {
		zh, en = "须高于", "it must be more than"
	} else if t.Want.HiOpen && !math.IsInf(t.Want.Hi, 1) {
		zh, en = "须低于", "it must be less than"
	}
	if !s.Unit.Money() {
		n.add(fmt.Sprintf("按最近值折算，%s%s%s%s。", zh, num(w.Value, 1), unit, in("（", "）")), fmt.Sprintf("From the latest value %s %s %s%s.", en, num(w.Value, 1), unit, in(" (", ")")))
		return
	}
	n.add(fmt.Sprintf("若基数不修订且增速为同口径名义增速，%s%s%s%s。", zh, num(w.Value, 1), unit, in("（", "）")),
		fmt.Sprintf("If the base is not revised and growth is nominal on the same definition, %s %s %s%s.", en, num(w.Value, 1), unit, in(" (", ")")))
}

// article puts "a " before an adjective or noun that follows.
func article(adjective string) string { return "a " + adjective }

// basis says in one sentence what the forecast rests on; the whole of it
// stands in Why.
func (p *Projection) basis() (zh, en string) {
	if p.Model == nil {
		return p.Why, p.WhyEN
	}
	o := p.Series.Stretch()
	span, spanEN := o[0].Period.Label("zh"), o[0].Period.Label("en")
	switch p.Basis {
	case PriorOnly:
		return "预测只依据1个数值（" + span + "）和先验。", "The forecast rests on one value (" + spanEN + ") and a prior."
	case WithContext:
		return "预测依据1个数值（" + span + "）和所述背景。", "The forecast rests on one value (" + spanEN + ") and the stated context."
	}
	span += "至" + o[len(o)-1].Period.Label("zh")
	spanEN += " to " + o[len(o)-1].Period.Label("en")
	return fmt.Sprintf("预测依据%d个数值（%s）和先验。", len(o), span), fmt.Sprintf("The forecast rests on %d values (%s) and a prior.", len(o), spanEN)
}

// priceNote says when a real target is held against nominal levels.
func priceNote(t *indicators.Target, s *indicators.Series, n *notes) {
	if !s.Unit.Money() || s.Prices == indicators.Real {
		return
	}
	if t.Measure == indicators.GrowthRate && t.Prices == indicators.Real {
		n.add("目标增速多为实际增速，此处按名义水平测算。", "The target is probably real growth; it is held against nominal levels here.")
	}
}

func keyOf(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

// onSeries is the interval of series values that meet t.
func onSeries(t *indicators.Target, want Number) indicators.Interval {
	iv := t.Want
	if !math.IsInf(iv.Lo, 0) {
		iv.Lo = want.Value
	}
	if !math.IsInf(iv.Hi, 0) {
		iv.Hi = want.Value
	}
	// A percentage of 100 or 0 as a goal (全覆盖, 100%) is met by what is
	// printed so: a forecast between the bounds never reaches the bound itself.
	if t.Unit.Percent() && (t.Measure == indicators.Level || t.Measure == indicators.Share) {
		half := t.Value.Place() / 2
		if t.Value.Word != "" && t.Value.Coef == 0 { // said in words
			half = 0.5
		}
		if iv.Lo == 100 && !iv.LoOpen {
			iv.Lo = 100 - half
		}
		if iv.Hi == 0 && !iv.HiOpen {
			iv.Hi = half
		}
	}
	return iv
}

func probabilityIn(d forecast.Dist, iv indicators.Interval) float64 {
	hi, lo := 1.0, 0.0
	if !math.IsInf(iv.Hi, 1) {
		hi = forecast.AtMost(d, iv.Hi)
		if iv.HiOpen {
			hi = 1 - forecast.AtLeast(d, iv.Hi)
		}
	}
	if !math.IsInf(iv.Lo, -1) {
		lo = 1 - forecast.AtLeast(d, iv.Lo)
		if iv.LoOpen {
			lo = forecast.AtMost(d, iv.Lo)
		}
	}
	return min(max(hi-lo, 0), 1)
}

// num prints x with the given number of decimals.
func num(x float64, decimals int) string { return fmt.Sprintf("%.*f", decimals, x) }

func signed(x float64, decimals int) string { return fmt.Sprintf("%+.*f", decimals, x) }
