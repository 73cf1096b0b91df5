package indicators

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
)

// Requirement is what a target asks of its series: where it starts, where it
// must be, and the pace between. All of it is arithmetic on published
// figures; nothing is forecast.
type Requirement struct {
	Target
	Latest    Observation // latest value before the date, in BaseUnit; meaningful if HasLatest
	HasLatest bool
	BaseUnit  Unit     // unit of Base and Level: that of the series
	Steps     int      // periods from the base to the date; 0 without a base
	Level     Interval // values of the series that meet the target, on the base's interval; Everything if not known
	// Pace is the growth that just meets the target, for every value that the
	// base may have: % a year, or points a year for percentages. Everything if
	// there is none.
	Pace        Interval
	PaceUnit    Unit
	PaceWithout Interval // of a sum: the pace if what is done by the base does not count; Everything otherwise
	Done        Interval // of a sum: what is done by the base, in BaseUnit; the point 0 otherwise
	Missing     string   // what the claims do not give, in Chinese; empty if nothing
	MissingEN   string
}

// Requirements returns what every target of d asks, in the order of the
// claims. Bases come from d.Series(rule), derived figures included.
func (d *Dataset) Requirements(rule Preference) []Requirement {
	series := d.Series(rule)
	at := make(map[SeriesID]*Series, len(series))
	for i := range series {
		at[series[i].SeriesID] = &series[i]
	}
	ts := d.Targets(rule.Wording)
	out := make([]Requirement, len(ts))
	for i := range ts {
		var ref *Series
		if ts[i].Measure == Relative {
			ind, area := SplitRef(ts[i].Ref)
			ref = at[SeriesID{Indicator: ind, Area: area}]
		}
		out[i] = ts[i].Require(at[ts[i].SeriesID], ref)
	}
	return out
}

// Require computes what t asks of its series s; ref is the reference of a
// relative target. Either may be nil, which Missing then says.
func (t *Target) Require(s, ref *Series) Requirement {
	r := Requirement{Target: *t, Level: Everything(), Pace: Everything(), PaceWithout: Everything()}
	miss := func(zh, en string) Requirement {
		r.Missing, r.MissingEN = zh, en
		return r
	}
	if t.Open != "" {
		return miss(t.Open, t.OpenEN)
	}
	percent := Unit{Symbol: "%", Base: BasePercent, Scale: 1}
	switch t.Measure {
	case GrowthRate:
		r.Pace, r.PaceUnit = t.Want, percent
	case Relative:
		r.Pace, r.PaceUnit = t.Want, Unit{Symbol: "个百分点", Base: BasePoints, Scale: 1}
	}
	due := t.Due()
	if s != nil {
		r.BaseUnit = s.Unit
		for _, o := range s.Obs {
			if k, ok := stepsBetween(o.Period, due); ok && (t.Base.IsZero() || t.Measure != GrowthRate && t.Measure != Multiple || o.Period == t.Base) {
				r.Latest, r.HasLatest, r.Steps = o, true, k
			}
		}
	}
	switch t.Measure {
	case Relative:
		if ref == nil {
			return miss(fmt.Sprintf("需要%s与%s同期的增速，报告没有给出", t.Indicator, t.Ref), fmt.Sprintf("it takes the growth of %s and of %s over the same period, which the report does not give", t.Indicator, t.Ref))
		}
		if !r.HasLatest {
			return miss(fmt.Sprintf("没有%s的数值；参照指标%s有", t.Indicator, t.Ref), fmt.Sprintf("there is no figure for %s; there is one for the reference %s", t.Indicator, t.Ref))
		}
		return r
	case Rank:
		if !r.HasLatest {
			return miss("没有现在的位次，也没有其他地区的数值", "neither the present rank nor the figures of the others are given")
		}
		r.Level = t.Want
		return r
	case Change:
		// A new quantity of the year has no base to grow from: the last year's
		// is shown where there is one.
		if !r.HasLatest {
			return miss("没有上一年新增数可比", "there is no earlier yearly addition to compare with")
		}
	}
	if !r.HasLatest {
		p := t.Base
		if p.IsZero() {
			return miss("没有同口径的基期数", "there is no base figure of the same definition")
		}
		return miss(fmt.Sprintf("没有%s的数值", p.Label("zh")), fmt.Sprintf("there is no figure for %s", p.Label("en")))
	}
	base := r.Latest.Interval
	n := float64(r.Steps)
	if f := r.Latest.Period.Freq().PerYear(); f > 1 {
		n /= float64(f)
	}
	switch t.Measure {
	case Level, Share, Change:
		k, err := t.Unit.Convert(1, s.Unit)
		if err != nil {
			if !t.Unit.Count || !s.Unit.Count {
				return miss(fmt.Sprintf("目标单位%s与数据单位%s不能换算", t.Unit, s.Unit), fmt.Sprintf("the target is in %s, the data in %s", t.Unit, s.Unit))
			}
			k = t.Unit.Scale / s.Unit.Scale // one thing counted in two measure words
		}
		r.Level = t.Want.Scale(k)
		end := Point(finite(r.Level))
		if s.Unit.Percent() {
			d := end.Sub(base)
			r.Pace, r.PaceUnit = d.Scale(1/n), Unit{Symbol: "个百分点", Base: BasePoints, Scale: 1}
		} else if g, ok := growthOver(base, end, n); ok {
			r.Pace, r.PaceUnit = g, percent
		} else {
			return miss("基数不为正数或只知一端，增速无意义", "the base is not positive or known on one side only: a rate of growth has no meaning")
		}
	case GrowthRate:
		f := compound(t.Want.Scale(0.01), float64(r.Steps)/float64(max(r.Latest.Period.Freq().PerYear(), 1)))
		r.Level = base.Mul(f)
	case Multiple:
		r.Level = base.Mul(t.Want)
		if g, ok := growthOver(Point(1), Point(finite(t.Want)), n); ok {
			r.Pace, r.PaceUnit = g, percent
		}
	case Cumulative:
		return r.sum(t, s)
	}
	return r
}

// finite returns the finite end of a half line, the middle otherwise.
func finite(a Interval) float64 { return a.Mid() }

// growthOver is Growth for n that may be a fraction of a year.
func growthOver(from, to Interval, n float64) (Interval, bool) {
	if n <= 0 || !from.Bounded() {
		return Interval{}, false
	}
	if n >= 1 {
		return Growth(from, to, n)
	}
	if from.Lo <= 0 || to.Lo < 0 {
		return Interval{}, false
	}
	f := func(y, x float64) float64 { return 100 * math.Expm1(math.Log(y/x)/n) }
	return Interval{f(to.Lo, from.Hi), f(to.Hi, from.Lo), from.HiOpen, from.LoOpen}, true
}

// stepsBetween counts the periods from an observation to the date, a date
// inside a year counting as that year where the series is annual.
func stepsBetween(from, due Period) (int, bool) {
	if from.IsZero() || due.IsZero() {
		return 0, false
	}
	if from.Freq() != due.Freq() {
		if from.Freq() != Annual {
			return 0, false
		}
		due = Year(due.Year())
	}
	k := due.Sub(from)
	return k, k > 0
}

// sum computes the pace of a target for a sum over a span, with what is done
// by the base counted and not.
func (r Requirement) sum(t *Target, s *Series) Requirement {
	sp := t.Spans[0]
	k, err := t.Unit.Convert(1, s.Unit)
	if err != nil || sp.From.Freq() != r.Latest.Period.Freq() || sp.Due() {
		r.Missing, r.MissingEN = "累计目标的单位或起止期与数据不一致", "unit or span of the sum do not agree with the data"
		return r
	}
	for q := sp.From; q.Compare(r.Latest.Period) <= 0; q = q.Add(1) {
		o, ok := s.At(q)
		if !ok {
			r.Missing, r.MissingEN = "缺"+q.Label("zh")+"的数，无法累计", "the figure of "+q.Label("en")+" is missing, so nothing can be summed"
			return r
		}
		r.Done = r.Done.Add(o.Interval)
	}
	want := finite(t.Want) * k
	base := r.Latest.Interval
	pace := func(doneHi, doneLo float64) Interval {
		lo := GrowthForSum(want-doneHi, base.Hi, r.Steps)
		hi := GrowthForSum(want-doneLo, base.Lo, r.Steps)
		if math.IsNaN(lo) || math.IsNaN(hi) {
			return Everything()
		}
		return Interval{Lo: 100 * lo, Hi: 100 * hi}
	}
	r.PaceUnit = Unit{Symbol: "%", Base: BasePercent, Scale: 1}
	r.Pace = pace(r.Done.Hi, r.Done.Lo)
	if r.Done.Hi > 0 {
		r.PaceWithout = pace(0, 0)
	}
	return r
}

// GrowthForSum returns the growth g a period, as a fraction, with
//
//	base·(1+g) + base·(1+g)² + … + base·(1+g)^n = sum,
//
// found by bisection, since the left side rises with g. It is NaN if sum or
// base is not positive, n is below 1, or g would exceed a thousandfold.
func GrowthForSum(sum, base float64, n int) float64 {
	if !(sum > 0) || !(base > 0) || n < 1 {
		return math.NaN()
	}
	total := func(g float64) float64 { // the geometric sum, in its stable form near 0
		k := float64(n)
		if math.Abs(g) < 1e-9 {
			return base * k * (1 + g*(k+1)/2)
		}
		return base * (1 + g) * math.Expm1(k*math.Log1p(g)) / g
	}
	lo, hi := -1.0, 1000.0 // log1p(−1) is −∞, and the sum 0
	if total(hi) < sum {
		return math.NaN()
	}
	for range 200 {
		mid := lo + (hi-lo)/2
		if mid == lo || mid == hi {
			break
		}
		if total(mid) < sum {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

var requirementColumns = []string{
	"id", "indicator", "area", "scope", "target", "measure", "want_lo", "want_lo_open", "want_hi", "want_hi_open", "unit", "base_period", "due", "hold", "commitment", "constraint", "ref",
	"from", "base", "base_lo", "base_hi", "base_unit", "base_status", "level_lo", "level_hi", "pace_lo", "pace_hi", "pace_unit", "pace_without_lo", "pace_without_hi", "missing", "missing_en", "quote",
}

// WriteRequirements writes targets.csv: the formal targets, the value each
// starts from, and the pace that it asks. An unbounded end is an empty cell.
// Base and level are in base_unit, the pace in pace_unit; pace_without is the
// pace of a sum if what is done does not count.
func WriteRequirements(w io.Writer, rs []Requirement) error {
	cw := csv.NewWriter(w)
	cw.Write(requirementColumns)
	num := func(x float64) string {
		if math.IsInf(x, 0) || math.IsNaN(x) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', 10, 64)
	}
	mark := func(b bool) string {
		if b {
			return "1"
		}
		return ""
	}
	for i := range rs {
		r := &rs[i]
		printed := r.Value.Word
		if r.Kind != KindTargetQualitative && r.Kind != KindMilestone {
			c := Claim{Value: r.Value, HasValue: true, Unit: r.Unit, Kind: r.Kind}
			printed = c.Printed()
		}
		base, lo, hi := "", "", ""
		if r.HasLatest {
			base, lo, hi = num(r.Latest.Value), num(r.Latest.Interval.Lo), num(r.Latest.Interval.Hi)
		}
		cw.Write([]string{
			r.ID, r.Indicator, r.Area, r.Scope, printed, r.Measure.String(), num(r.Want.Lo), mark(r.Want.LoOpen), num(r.Want.Hi), mark(r.Want.HiOpen), r.Unit.Symbol,
			r.Base.String(), FormatSpans(r.Spans), mark(r.Hold), r.Commitment, r.Constraint, r.Ref,
			r.Latest.Period.String(), base, lo, hi, r.BaseUnit.Symbol, string(r.Latest.Status), num(r.Level.Lo), num(r.Level.Hi), num(r.Pace.Lo), num(r.Pace.Hi), r.PaceUnit.Symbol,
			num(r.PaceWithout.Lo), num(r.PaceWithout.Hi), r.Missing, r.MissingEN, r.Source.Quote,
		})
	}
	cw.Flush()
	return cw.Error()
}
