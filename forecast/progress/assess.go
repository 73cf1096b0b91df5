package progress

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"

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
	Choose  func(s *indicators.Series) Choice // the forecaster of each series
	Rule    indicators.Preference             // how series are chosen from the claims
	Horizon int                               // years to forecast beyond the last value at least; 0 means 5
	Paths   int                               // joint paths drawn where a marginal is not enough; 0 means 20000
	Seed    uint64                            // of the paths; part of the input
	History []indicators.Series               // series to use instead of those of the dataset; nil: those of the dataset
}

// Report is the answer for a whole dataset.
type Report struct {
	Projections []Projection // one a series that a target needs or that has two values or more, by SeriesID
	Assessments []Assessment // one a target, in the order of the claims, each followed by the paces from earlier targets
}

// Assess holds every target of d against the projection of its series. It
// panics if o.Choose is nil.
func Assess(d *indicators.Dataset, o Options) Report {
	if o.Choose == nil {
		panic("progress: no forecaster chosen")
	}
	if o.Horizon == 0 {
		o.Horizon = 5
	}
	if o.Paths == 0 {
		o.Paths = 20000
	}
	series := o.History
	if series == nil {
		series = d.Series(o.Rule)
	}
	targets := d.Targets(o.Rule.Wording)
	until := map[indicators.SeriesID]indicators.Period{}
	for i := range targets {
		t := &targets[i]
		if p := t.Due(); !p.IsZero() && p.Freq() == indicators.Annual && p.Compare(until[t.SeriesID]) > 0 {
			until[t.SeriesID] = p
		} else if _, ok := until[t.SeriesID]; !ok {
			until[t.SeriesID] = indicators.Period{}
		}
	}
	var r Report
	at := map[indicators.SeriesID]int{}
	for i := range series {
		s := &series[i]
		_, wanted := until[s.SeriesID]
		if !wanted && len(s.Obs) < 2 || len(s.Obs) == 0 {
			continue
		}
		at[s.SeriesID] = len(r.Projections)
		r.Projections = append(r.Projections, Project(s, o.Choose(s), until[s.SeriesID], o.Horizon))
	}
	for i := range targets {
		t := &targets[i]
		var p *Projection
		if k, ok := at[t.SeriesID]; ok {
			p = &r.Projections[k]
		}
		a := assess(d, t, p, o)
		r.Assessments = append(r.Assessments, a)
		// The pace from each earlier target of the same series.
		for j := range targets {
			if b := &targets[j]; earlier(b, t) {
				r.Assessments = append(r.Assessments, between(t, b, p))
			}
		}
	}
	return r
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
func assess(d *indicators.Dataset, t *indicators.Target, p *Projection, o Options) (a Assessment) {
	a = Assessment{ID: t.ID, Target: *t, By: t.Due(), Rule: RuleProbability}
	var n notes
	defer func() { n.put(&a) }()
	if t.Open != "" {
		n.add("原文"+strings.TrimPrefix(t.Open, "原文")+"。", sentence(t.OpenEN))
		return a
	}
	a.Verdict = NoEvidence
	growthOnly := t.Measure == indicators.GrowthRate
	if growthOnly {
		x := t.Number()
		a.Required = Number{Value: x, Lo: x, Hi: x, Unit: t.Unit.Symbol, OK: true}
		a.From = t.Base
	}
	if p == nil {
		if growthOnly {
			n.add("所需增速即目标本身；报告未给出该指标的水平值，也没有其历史数据，无从判断可能性。", "The required growth is the target itself; the report gives neither a level nor a history of the indicator, so nothing can be said of its probability.")
		} else {
			n.add("没有同口径的基期数，无法测算所需增速和可能性。", "There is no base figure of the same definition, so neither pace nor probability can be computed.")
		}
		return a
	}
	s := &p.Series
	base, _ := s.Last()
	a.From, a.BaseStatus, a.BaseClaim = base.Period, base.Status, base.Claim
	a.Base = Number{Value: base.Value, Lo: base.Interval.Lo, Hi: base.Interval.Hi, Unit: s.Unit.Symbol, OK: true}
	recent(d, &a, s)
	if t.Measure == indicators.Cumulative {
		a.cumulative(t, p, o, &n)
		return a
	}
	want, ok := wantedLevel(t, s, base, &n)
	if !ok {
		return a
	}
	a.Want = want
	steps, ok := stepsTo(base.Period, a.By)
	if !ok {
		n.add(fmt.Sprintf("目标期限%s不晚于最近数据的%s，不再预测。", a.By.Label("zh"), base.Period.Label("zh")), fmt.Sprintf("The target is due in %s, not after the latest figure (%s).", a.By.Label("en"), base.Period.Label("en")))
		return a
	}
	if !growthOnly {
		pace(&a, t, s, base, want, steps, &n)
	}
	priceNote(t, s, &n)
	if s.Unit.Percent() && onSeries(t, want).Contains(base.Value) {
		n.add("最近值已达到目标。", "The latest value already meets the target.")
	}
	a.probability(t, p, want, o)
	n.add(p.basis())
	return a
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

// wantedLevel turns the target into a bound on the series itself.
func wantedLevel(t *indicators.Target, s *indicators.Series, base indicators.Observation, n *notes) (Number, bool) {
	x := t.Number()
	unit := s.Unit.Symbol
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
	case indicators.GrowthRate:
		k, ok := stepsTo(base.Period, t.Due())
		if !ok {
			return Number{}, false
		}
		f := math.Pow(1+x/100, float64(k))
		n.add(fmt.Sprintf("若基数不修订且增速为同口径名义增速，目标约合%s%s（%s–%s）。", num(base.Value*f, 1), unit, num(base.Interval.Lo*f, 2), num(base.Interval.Hi*f, 2)),
			fmt.Sprintf("If the base is not revised and growth is nominal on the same definition, the target is about %s %s (%s–%s).", num(base.Value*f, 1), unit, num(base.Interval.Lo*f, 2), num(base.Interval.Hi*f, 2)))
		return Number{base.Value * f, base.Interval.Lo * f, base.Interval.Hi * f, unit, true}, true
	case indicators.Multiple:
		return Number{base.Value * x, base.Interval.Lo * x, base.Interval.Hi * x, unit, true}, true
	}
	n.add("这类目标需要专门的测算方法。", "Targets of this measure are not assessed against a single series.")
	return Number{}, false
}

// pace fills in what it takes to get from base to want.
func pace(a *Assessment, t *indicators.Target, s *indicators.Series, base indicators.Observation, want Number, steps int, n *notes) {
	k := float64(steps)
	wi := indicators.Interval{Lo: want.Lo, Hi: want.Hi}
	growth, ok := indicators.Growth(base.Interval, wi, k)
	mid := 0.0
	if ok && base.Value > 0 && want.Value >= 0 {
		mid = 100 * math.Expm1(math.Log(want.Value/base.Value)/k)
	} else {
		ok = false
	}
	if s.Unit.Percent() {
		diff := wi.Sub(base.Interval)
		a.Required = Number{Value: (want.Value - base.Value) / k, Lo: diff.Lo / k, Hi: diff.Hi / k, Unit: "个百分点", OK: diff.Bounded()}
		if ok && growth.Bounded() {
			a.RequiredAlt = fmt.Sprintf("比值年均变动%s%%", signed(mid, 2))
			a.RequiredAltEN = fmt.Sprintf("the ratio changes by %s %% a year", signed(mid, 2))
			n.add("按比值计算，年均需变动"+signed(mid, 2)+"%。", "In the ratio that is "+signed(mid, 2)+" % a year.")
		}
		return
	}
	if !ok || !growth.Bounded() {
		n.add("基数或目标不为正数，或基数只知下限，增速无意义。", "Base or target is not positive, or the base is known only on one side: a rate of growth has no meaning.")
		return
	}
	a.Required = Number{Value: mid, Lo: growth.Lo, Hi: growth.Hi, Unit: "%", OK: true}
	nominal, nominalEN := "", ""
	if s.Unit.Money() && s.Prices != indicators.Real {
		nominal, nominalEN = "名义", "nominal "
	}
	rng, rngEN := "", ""
	if growth.Hi-growth.Lo > 1e-9 {
		rng = fmt.Sprintf("（%s%%–%s%%，因四舍五入）", num(growth.Lo, 2), num(growth.Hi, 2))
		rngEN = fmt.Sprintf(" (%s–%s %%, from rounding)", num(growth.Lo, 2), num(growth.Hi, 2))
	}
	each, eachEN := "", ""
	if steps > 1 {
		each, eachEN = "年均", " a year"
	}
	switch met := onSeries(t, want).Contains(base.Value); {
	case met && math.Abs(mid) < 0.005:
		n.add("最近值已达到目标（恰好相等），保持即可。", "The latest value equals the target; holding it is enough.")
	case met && mid <= 0 && t.Floor():
		n.add(fmt.Sprintf("最近值已达到目标；即使%s%s下降%s%%仍可完成。", nominal, each, num(-mid, 2)),
			fmt.Sprintf("The latest value already meets the target; it would still be met after %sdecline of %s %%%s.", article(nominalEN), num(-mid, 2), eachEN))
	case met:
		n.add(fmt.Sprintf("最近值已达到目标；%s%s增长不超过%s%%即可保持。", nominal, each, num(mid, 2)),
			fmt.Sprintf("The latest value already meets the target; it is kept by %sgrowth of up to %s %%%s.", nominalEN, num(mid, 2), eachEN))
	case mid < 0:
		n.add(fmt.Sprintf("需%s%s下降%s%%%s。", nominal, each, num(-mid, 2), rng), fmt.Sprintf("It takes %sdecline of %s %%%s%s.", article(nominalEN), num(-mid, 2), eachEN, rngEN))
	case t.Want.LoOpen && t.Floor():
		n.add(fmt.Sprintf("%s%s增速须高于%s%%%s。", nominal, each, num(mid, 2), rng), fmt.Sprintf("It takes %sgrowth of more than %s %%%s%s.", nominalEN, num(mid, 2), eachEN, rngEN))
	default:
		n.add(fmt.Sprintf("需%s%s增长%s%%%s。", nominal, each, num(mid, 2), rng), fmt.Sprintf("It takes %sgrowth of %s %%%s%s.", nominalEN, num(mid, 2), eachEN, rngEN))
	}
	if steps >= 3 && a.By.Freq() == indicators.Annual {
		later := 100 * math.Expm1(math.Log(want.Value/base.Value)/(k+1))
		by := a.By.Add(1)
		a.RequiredAlt = fmt.Sprintf("若推迟到%s：%s%%", by.Label("zh"), num(later, 1))
		a.RequiredAltEN = fmt.Sprintf("if by %s: %s %%", by.Label("en"), num(later, 1))
		n.add(fmt.Sprintf("若以%s为期，则为%s%%。", by.Label("zh"), num(later, 1)), fmt.Sprintf("By %s instead it would take %s %%.", by.Label("en"), num(later, 1)))
	}
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

// probability reads the probability of meeting t off the forecast.
func (a *Assessment) probability(t *indicators.Target, p *Projection, want Number, o Options) {
	if p.Model == nil {
		a.Why, a.WhyEN = p.Why, p.WhyEN
		return
	}
	by := a.By
	if by.Freq() != p.Origin.Freq() && p.Origin.Freq() == indicators.Annual {
		by = indicators.Year(by.Year())
	}
	d, ok := p.At(by)
	if !ok {
		return
	}
	a.forecastIs(d, p)
	bound := onSeries(t, want)
	if h := by.Sub(p.Origin); t.Hold && h > 1 {
		a.Probability = Probability(p.Model, h, o.Paths, Held(bound), rand.NewPCG(o.Seed, keyOf(t.ID))).P
	} else {
		a.Probability = probabilityIn(d, bound)
	}
	a.HasProbability = true
	a.Verdict = Judge(a.Probability)
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

// between is the pace from target b to the later target t of the same series.
func between(t, b *indicators.Target, p *Projection) Assessment {
	a := Assessment{ID: t.ID + "<" + b.ID, Target: *t, From: b.Due(), By: t.Due(), Rule: RuleProbability, Verdict: NoEvidence, pace: true}
	var n notes
	x, err := t.Unit.Convert(t.Number(), b.Unit)
	y := b.Number()
	a.Base = Number{y, y, y, b.Unit.Symbol, true}
	k, ok := stepsTo(a.From, a.By)
	g, ok2 := indicators.Growth(indicators.Point(y), indicators.Point(x), float64(max(k, 1)))
	if err == nil && ok && ok2 {
		a.Want = Number{x, x, x, b.Unit.Symbol, true}
		a.Required = Number{g.Lo, g.Lo, g.Hi, "%", true}
		n.add(fmt.Sprintf("如%s实现%s%s，此后年均需增长%s%%。", a.From.Label("zh"), b.Value, b.Unit, num(g.Lo, 2)),
			fmt.Sprintf("If %s %s is reached in %s, it takes %s %% a year from there.", b.Value, b.Unit, a.From.Label("en"), num(g.Lo, 2)))
	}
	n.put(&a)
	return a
}

// recent finds the recent pace of the series: a stated growth of the last
// period, the change between the last two values, or a stated average.
func recent(d *indicators.Dataset, a *Assessment, s *indicators.Series) {
	last, _ := s.Last()
	points := s.Unit.Percent()
	unit := "%"
	if points {
		unit = "个百分点"
	}
	if s.Measure != indicators.Level {
		if len(s.Obs) < 2 {
			return
		}
	} else if !points {
		var avg *indicators.Claim
		for i := range d.Claims {
			c := &d.Claims[i]
			if c.Indicator != s.Indicator || c.Area != s.Area || c.Scope != s.Scope || !c.HasValue || c.Period() != last.Period {
				continue
			}
			switch {
			case c.Kind == indicators.KindGrowth && len(c.Spans) == 1 && oneYear(c):
				x := c.Value.Float()
				iv := c.Interval(indicators.Wording{})
				a.Recent = Number{x, iv.Lo, iv.Hi, unit, true}
				a.RecentWhy, a.RecentWhyEN = last.Period.Label("zh")+"公布增速", "growth published for "+last.Period.Label("en")
				return
			case c.Kind == indicators.KindAvgGrowth:
				avg = c
			}
		}
		if avg != nil {
			x := avg.Value.Float()
			iv := avg.Interval(indicators.Wording{})
			a.Recent = Number{x, iv.Lo, iv.Hi, unit, true}
			a.RecentWhy, a.RecentWhyEN = "公布的年均增速", "published average growth a year"
			return
		}
	}
	o := s.Stretch()
	if len(o) < 2 {
		return
	}
	prev := o[len(o)-2]
	k := float64(last.Period.Sub(prev.Period))
	if points {
		diff := last.Interval.Sub(prev.Interval)
		a.Recent = Number{(last.Value - prev.Value) / k, diff.Lo / k, diff.Hi / k, unit, true}
	} else if g, ok := indicators.Growth(prev.Interval, last.Interval, k); ok && prev.Value > 0 {
		a.Recent = Number{100 * math.Expm1(math.Log(last.Value/prev.Value)/k), g.Lo, g.Hi, unit, true}
	} else {
		return
	}
	a.RecentWhy = prev.Period.Label("zh") + "至" + last.Period.Label("zh")
	a.RecentWhyEN = prev.Period.Label("en") + " to " + last.Period.Label("en")
}

// oneYear reports whether a growth claim is over the year before.
func oneYear(c *indicators.Claim) bool {
	sp := c.Spans[0]
	return sp.Single() || sp.From.Freq() == sp.To.Freq() && sp.To.Sub(sp.From) == 1
}

// num prints x with the given number of decimals.
func num(x float64, decimals int) string { return fmt.Sprintf("%.*f", decimals, x) }

func signed(x float64, decimals int) string { return fmt.Sprintf("%+.*f", decimals, x) }
