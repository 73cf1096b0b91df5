package progress

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// YearProgress is the year in progress, from the latest figure cumulated from
// its beginning.
type YearProgress struct {
	Year, Through int     // 2022 and 6: January to June
	Done          Number  // the cumulated figure, in the unit of the series
	Completion    Number  // of the target for the year, per cent, with the ends that rounding leaves
	Schedule      float64 // share of the year gone by the calendar, per cent: 时序进度
	Usual         float64 // share of the year usually done by now, per cent
	FullYear      Number  // the full year as nowcast: the median, with the 80 % interval in Lo and Hi
	Growth        float64 // stated growth, per cent, on the comparable base; NaN if none
	Ratio         float64 // growth of the levels as published then and now, per cent; NaN if the year before is not known
	Rest          Number  // growth that the rest of the year needs on the same months of the year before, per cent; absent if those are not known
}

// cumulatedThrough returns the year of a claim about its beginning and the
// last month that it covers: 2022-01-2022-06, 2022-S1 and 2022-Q1-2022-Q2 are
// through 6. ok is false for all else and for full years.
func cumulatedThrough(c *indicators.Claim) (year, month int, ok bool) {
	if len(c.Spans) != 1 || c.Spans[0].Due() {
		return 0, 0, false
	}
	sp := c.Spans[0]
	switch sp.To.Freq() {
	case indicators.HalfYear, indicators.Quarterly, indicators.Monthly:
	default:
		return 0, 0, false
	}
	if sp.From.Freq() != sp.To.Freq() || sp.From.Year() != sp.To.Year() || sp.From.Part() != 1 {
		return 0, 0, false
	}
	month = sp.To.Part() * 12 / sp.To.Freq().PerYear()
	return sp.To.Year(), month, month < 12
}

func cumulatedKind(c *indicators.Claim) bool {
	switch c.Kind {
	case indicators.KindLevel, indicators.KindCumulative, indicators.KindIncrementYear:
		return c.HasValue
	}
	return false
}

// annual is d without the figures cumulated within a year of indicators that
// have annual figures too: they belong to YearsToDate, not on the time axis.
func annual(d *indicators.Dataset) *indicators.Dataset {
	yearly := map[indicators.SeriesID]bool{}
	found := false
	for i := range d.Claims {
		c := &d.Claims[i]
		if _, _, ok := cumulatedThrough(c); ok && cumulatedKind(c) {
			found = true
		} else if p := c.Period(); !c.Kind.Target() && c.HasValue && p.Freq() == indicators.Annual && c.Kind.Measure() == indicators.Level {
			yearly[c.Series()] = true
		}
	}
	if !found {
		return d
	}
	out := &indicators.Dataset{Documents: d.Documents}
	for i := range d.Claims {
		c := &d.Claims[i]
		id := c.Series()
		id.Measure = indicators.Level
		if _, _, ok := cumulatedThrough(c); ok && cumulatedKind(c) && yearly[id] {
			continue
		}
		out.Claims = append(out.Claims, *c)
	}
	return out
}

// YearsToDate collects the figures of s that d gives cumulated from the
// beginning of a year: claims of levels or sums over 2022-01-2022-06, 2022-S1
// or 2022-Q1-2022-Q3, as months, with their stated growth (a growth claim over
// the same months). now is the year after the last annual value of s, nil if
// it has no figure; earlier are the years that are complete, each ending with
// the annual value. Of several claims for the same months an exact one counts
// before a qualified one and the later before the earlier.
func YearsToDate(d *indicators.Dataset, s *indicators.Series) (now *Cumulated, earlier []Cumulated) {
	last, ok := s.Last()
	if !ok || last.Period.Freq() != indicators.Annual || s.Measure != indicators.Level {
		return nil, nil
	}
	type figure struct {
		c      *indicators.Claim
		growth float64
	}
	years := map[int]map[int]*figure{}
	at := func(y, m int) *figure {
		if years[y] == nil {
			years[y] = map[int]*figure{}
		}
		if years[y][m] == nil {
			years[y][m] = &figure{growth: math.NaN()}
		}
		return years[y][m]
	}
	for i := range d.Claims {
		c := &d.Claims[i]
		if c.Indicator != s.Indicator || c.Area != s.Area || c.Scope != s.Scope || !c.HasValue {
			continue
		}
		y, m, ok := cumulatedThrough(c)
		switch {
		case !ok:
		case cumulatedKind(c) && c.Unit.Base == s.Unit.Base:
			if f := at(y, m); f.c == nil || f.c.Value.Qual != indicators.Exact || c.Value.Qual == indicators.Exact {
				f.c = c
			}
		case c.Kind == indicators.KindGrowth:
			at(y, m).growth = c.Value.Float()
		}
	}
	for y := range years {
		if y > last.Period.Year()+1 {
			delete(years, y)
		}
	}
	var order []int
	for y := range years {
		order = append(order, y)
	}
	slices.Sort(order)
	for _, y := range order {
		c := Cumulated{Year: y, Freq: indicators.Monthly}
		for m := 1; m < 12; m++ {
			f := years[y][m]
			if f == nil || f.c == nil {
				continue
			}
			k, err := f.c.Unit.Convert(1, s.Unit)
			if err != nil {
				continue
			}
			iv := f.c.Interval(indicators.Wording{}).Scale(k)
			v := f.c.Value.Float() * k
			if f.c.Value.Qual != indicators.Exact && iv.Bounded() {
				v = iv.Mid()
			}
			if !iv.Bounded() {
				iv = indicators.Point(v)
			}
			c.Through, c.Value, c.Growth, c.Interval = append(c.Through, m), append(c.Value, v), append(c.Growth, f.growth), append(c.Interval, iv)
		}
		if len(c.Through) == 0 {
			continue
		}
		if y == last.Period.Year()+1 {
			now = &c
			continue
		}
		if o, ok := s.At(indicators.Year(y)); ok {
			c.Through, c.Value, c.Growth, c.Interval = append(c.Through, 12), append(c.Value, o.Value), append(c.Growth, math.NaN()), append(c.Interval, o.Interval)
			earlier = append(earlier, c)
		}
	}
	return now, earlier
}

// inYear assesses a target for a year of which some months are known: the
// forecast made before it began, given what is done since.
func (a *Assessment) inYear(t *indicators.Target, s *indicators.Series, p *Projection, g goal, now *Cumulated, earlier []Cumulated, n *notes) {
	i := len(now.Through) - 1
	k, v := now.Through[i], now.Value[i]
	se, err := learnSeason(*now, earlier)
	if err != nil || v <= 0 {
		n.add("年内累计数不为正数，无法推算全年。", "The cumulated figure is not positive, so the year cannot be nowcast.")
		return
	}
	y := &YearProgress{Year: now.Year, Through: k, Schedule: 100 * float64(k) / 12, Usual: 100 * se.share(), Growth: now.Growth[i], Ratio: math.NaN()}
	y.Done = Number{v, now.Interval[i].Lo, now.Interval[i].Hi, s.Unit.Symbol, true}
	if a.Want.Value > 0 {
		y.Completion = Number{100 * v / a.Want.Value, 100 * y.Done.Lo / a.Want.Hi, 100 * y.Done.Hi / a.Want.Lo, "%", true}
	}
	for _, e := range earlier {
		if e.Year != now.Year-1 {
			continue
		}
		for j, m := range e.Through {
			rest := e.Value[len(e.Value)-1] - e.Value[j]
			if m == k && e.Value[j] > 0 {
				y.Ratio = 100 * (v/e.Value[j] - 1)
				if rest > 0 {
					x := 100 * ((a.Want.Value-v)/rest - 1)
					y.Rest = Number{x, x, x, "%", true}
				}
			}
		}
	}
	a.Year = y
	prior := p.Dists[0]
	d := se.condition(prior, v)
	y.FullYear = Number{Value: forecast.Median(d), Unit: s.Unit.Symbol, OK: true}
	y.FullYear.Lo, y.FullYear.Hi = forecast.Interval(d, 0.80)
	a.forecastIs(d, p)
	a.states(probabilityIn(d, g.want), 0)
	a.percentile(d, a.Want.Value)
	// What is rounded now is what is done: the target and the forecast before
	// the year are held.
	for _, x := range []float64{y.Done.Lo, y.Done.Hi} {
		if x > 0 && x != v {
			q := probabilityIn(se.condition(prior, x), g.want)
			a.ProbabilityLo, a.ProbabilityHi = min(a.ProbabilityLo, q), max(a.ProbabilityHi, q)
		}
	}
	a.Flips = Judge(a.ProbabilityLo) != a.Verdict || Judge(a.ProbabilityHi) != a.Verdict
	y.say(t, s, se, n)
}

func (y *YearProgress) say(t *indicators.Target, s *indicators.Series, se season, n *notes) {
	span := fmt.Sprintf("%d年1—%d月", y.Year, y.Through)
	spanEN := fmt.Sprintf("January to %s", indicators.Month(y.Year, y.Through).Label("en"))
	if y.Completion.OK {
		gap := y.Completion.Value - y.Schedule
		word, wordEN := "高于", "ahead of"
		if gap < 0 {
			word, wordEN = "低于", "behind"
		}
		n.add(fmt.Sprintf("%s累计%s%s，为全年目标的%s%%，%s时序进度%s个百分点。", span, short(y.Done.Value), s.Unit, num(y.Completion.Value, 1), word, num(math.Abs(gap), 1)),
			fmt.Sprintf("%s: %s %s, %s %% of the target for the year, %s points %s schedule.", spanEN, short(y.Done.Value), s.Unit, num(y.Completion.Value, 1), num(math.Abs(gap), 1), wordEN))
	}
	n.add(se.words())
	n.add(fmt.Sprintf("全年推算为%s%s（80%%区间%s至%s）。", short(y.FullYear.Value), s.Unit, short(y.FullYear.Lo), short(y.FullYear.Hi)),
		fmt.Sprintf("The full year comes to %s %s (80 %% interval %s to %s).", short(y.FullYear.Value), s.Unit, short(y.FullYear.Lo), short(y.FullYear.Hi)))
	switch {
	case !math.IsNaN(y.Growth) && !math.IsNaN(y.Ratio) && math.Abs(y.Growth-y.Ratio) > 1:
		n.add(fmt.Sprintf("公布的可比增速为%s%%，两年累计数之比为%s%%：口径、价格或基数不同，不可混用。", num(y.Growth, 1), num(y.Ratio, 1)),
			fmt.Sprintf("Stated growth on the comparable base is %s %%, the ratio of the published levels %s %%: definition, prices or base differ, and the two must not be mixed.", num(y.Growth, 1), num(y.Ratio, 1)))
	case !math.IsNaN(y.Growth):
		n.add(fmt.Sprintf("公布的可比增速为%s%%。", num(y.Growth, 1)), fmt.Sprintf("Stated growth on the comparable base is %s %%.", num(y.Growth, 1)))
	}
	if y.Rest.OK && y.Rest.Value > -100 {
		n.add(fmt.Sprintf("其余月份须比上年同期增长%s%%。", num(y.Rest.Value, 1)), fmt.Sprintf("The remaining months must grow by %s %% on those of the year before.", num(y.Rest.Value, 1)))
	}
}

// condition is the distribution of the full year, given its distribution
// before it began and that v is done: Bayes' rule on 4 000 quantiles of prior.
// Where the two do not meet, what is done says it alone.
func (s season) condition(prior forecast.Dist, v float64) forecast.Dist {
	const n = 4000
	t := distuv.StudentsT{Mu: s.loc, Sigma: s.sd, Nu: s.df}
	w := weighted{x: make([]float64, 0, n), cum: make([]float64, 0, n)}
	sum, most := 0.0, 0.0
	for i := range n {
		y := prior.Quantile((float64(i) + 0.5) / n)
		if !(y > v) || math.IsInf(y, 0) {
			continue
		}
		share := v / y
		l := t.Prob(logit(share)) / ((1 - share) * v) // density of v given y
		if !(l > 0) || math.IsInf(l, 0) {
			continue
		}
		sum += l
		most = max(most, l)
		w.x, w.cum = append(w.x, y), append(w.cum, sum)
	}
	if sum < 20*most { // fewer than twenty quantiles carry the weight
		return s.dist(v)
	}
	for i := range w.cum {
		w.cum[i] /= sum
	}
	return w
}

// weighted is a distribution of weighted points, ascending, joined by straight
// lines.
type weighted struct{ x, cum []float64 }

// CDF implements forecast.Dist.
func (w weighted) CDF(x float64) float64 {
	i, _ := slices.BinarySearch(w.x, x)
	switch {
	case i == 0:
		if x == w.x[0] {
			return w.cum[0] / 2
		}
		return 0
	case i == len(w.x):
		return 1
	}
	lo, hi := w.mid(i-1), w.mid(i)
	return lo + (hi-lo)*(x-w.x[i-1])/(w.x[i]-w.x[i-1])
}

// mid is the CDF at point i, half of its own weight below it.
func (w weighted) mid(i int) float64 {
	if i == 0 {
		return w.cum[0] / 2
	}
	return (w.cum[i-1] + w.cum[i]) / 2
}

// Quantile implements forecast.Dist.
func (w weighted) Quantile(p float64) float64 {
	if !(p >= 0 && p <= 1) {
		panic("progress: probability outside [0, 1]")
	}
	lo, hi := 0, len(w.x)-1
	if p <= w.mid(0) {
		return w.x[0]
	}
	if p >= w.mid(hi) {
		return w.x[hi]
	}
	for hi-lo > 1 {
		if m := (lo + hi) / 2; w.mid(m) <= p {
			lo = m
		} else {
			hi = m
		}
	}
	a, b := w.mid(lo), w.mid(hi)
	return w.x[lo] + (w.x[hi]-w.x[lo])*(p-a)/(b-a)
}

// Mean implements forecast.Dist.
func (w weighted) Mean() float64 {
	s, before := 0.0, 0.0
	for i, x := range w.x {
		s += x * (w.cum[i] - before)
		before = w.cum[i]
	}
	return s
}

// part is the part of its last year by which a target is due, where the series
// is annual.
type part struct {
	within bool
	f      float64 // share of the year gone, in (0, 1)
	flow   bool    // the indicator is counted through the year
	zh, en string
}

// partOf says how a date within a year is read on an annual series: a flow
// must have come so far in the year's course as the calendar has, within what
// seasons may do; a stock lies on the line between the two year-ends.
func partOf(t *indicators.Target, s *indicators.Series) part {
	due := t.Due()
	if due.Freq() == indicators.Annual || s.Obs[0].Period.Freq() != indicators.Annual {
		return part{}
	}
	last := due.LastDay()
	f := float64(last.Part()) / float64(indicators.Day(due.Year(), 12, 31).Part())
	if m := indicators.Month(due.Year(), monthOf(last)); last == m.LastDay() { // months count alike
		f = float64(m.Part()) / 12
	}
	if f >= 1 {
		return part{}
	}
	p := part{within: true, f: f, flow: flows(s)}
	if p.flow {
		p.zh = fmt.Sprintf("数据为年度数，按年初至%s累计、时间进度%s%%推算。", due.Label("zh"), num(100*f, 1))
		p.en = fmt.Sprintf("The data are annual; the target is read as the sum from January to %s, %s %% of the year.", due.Label("en"), num(100*f, 1))
	} else {
		p.zh = fmt.Sprintf("数据为年末数，%s按两个年末之间推算。", due.Label("zh"))
		p.en = fmt.Sprintf("The data are for year-ends; %s lies between two of them.", due.Label("en"))
	}
	return p
}

func monthOf(day indicators.Period) int {
	for m := 12; m > 1; m-- {
		if day.Compare(indicators.Month(day.Year(), m).FirstDay()) >= 0 {
			return m
		}
	}
	return 1
}

// standing marks amounts that stand at the end of a period.
var standing = [...]string{"余额", "存量", "保有量", "人口", "面积", "资产", "规模", "库存"}

// flowing are the natures that may be counted through the year.
var flowing = []indicators.Nature{indicators.Amount, indicators.Aggregate, indicators.Activity, indicators.Days}

// flows reports whether an indicator is counted through the year.
func flows(s *indicators.Series) bool {
	if s.Measure != indicators.Level || !slices.Contains(flowing, s.Nature) {
		return false
	}
	for _, w := range standing {
		if strings.Contains(s.Indicator, w) {
			return false
		}
	}
	return true
}

// wholeYear returns the level at the end of the year, and the years to it,
// that have the same pace as want at the date.
func (p part) wholeYear(want Number, years float64) (Number, float64) {
	if p.flow {
		want.Value, want.Lo, want.Hi = want.Value/p.f, want.Lo/p.f, want.Hi/p.f
		return want, years
	}
	return want, years - 1 + p.f
}

// within reads the probability of a target that is due within a year off the
// forecast of years.
func (a *Assessment) within(p *Projection, g goal, part part, dr *draws) {
	paths := dr.all()
	x := make([]float64, paths.N)
	se := calendarSeason(part.f)
	rng := rand.New(rand.NewPCG(dr.seed, keyOf(a.ID+"|season")))
	t := distuv.StudentsT{Mu: se.loc, Sigma: se.sd, Nu: se.df, Src: rng}
	for i := range x {
		path := paths.Path(i)
		y, prev := path[g.steps-1], g.last
		if g.steps > 1 {
			prev = path[g.steps-2]
		}
		switch {
		case part.flow:
			x[i] = y / (1 + math.Exp(-t.Rand()))
		case y > 0 && prev > 0:
			x[i] = prev * math.Pow(y/prev, part.f)
		default:
			x[i] = prev + part.f*(y-prev)
		}
	}
	d := forecast.NewEmpirical(x)
	a.forecastIs(d, p)
	q := probabilityIn(d, g.want)
	a.states(q, math.Sqrt(q*(1-q)/float64(paths.N)))
	a.percentile(d, a.Want.Value)
	a.goal, a.chance = g, func(g goal) float64 { return probabilityIn(d, g.want) }
}

// short prints a figure with up to six digits.
func short(x float64) string { return fmt.Sprintf("%.6g", x) }
