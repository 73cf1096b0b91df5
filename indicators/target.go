package indicators

import (
	"math"
	"strings"
)

// Target is a goal made formal: a measure, the interval of values that meet
// it, and a date. It is derived from a claim of a target kind by
// Dataset.Targets, and it never changes the number that was printed.
type Target struct {
	ID         string   // that of the claim
	SeriesID            // the series that the target judges, with Measure Level for growth, multiple and cumulative targets
	English    string   // English name of the indicator
	Kind       Kind     // as printed
	Measure    Measure  // what Want bounds
	Unit       Unit     // unit of Want: that of the measure
	Value      Value    // as printed; the zero Value if there is none
	Want       Interval // values that meet the target; Everything if Open says why there is none
	Base       Period   // growth and multiples count from here; the zero Period if unstated
	Spans      []Span   // when; By(p) for a date, several for open readings
	Hold       bool     // in every period up to the date (保持), not only at it
	Strive     bool     // aspirational: 力争
	Commitment string   // the word itself; empty if none
	Constraint string   // 预期性 or 约束性; empty if unstated
	Better     Direction
	Prices     Prices
	Ref        string // reference of a relative target or total of a share, as indicator@area
	Open       string // why the target cannot be assessed, in Chinese; empty if it can
	OpenEN     string // the same in English
	Source     Source
}

// Due returns the period at whose end the target is judged, in the first
// reading.
func (t *Target) Due() Period {
	if len(t.Spans) == 0 {
		return Period{}
	}
	return t.Spans[0].To
}

// Floor reports whether more is enough: the target is met by every value
// above some number.
func (t *Target) Floor() bool { return math.IsInf(t.Want.Hi, 1) && !math.IsInf(t.Want.Lo, -1) }

// Ceiling reports whether less is enough.
func (t *Target) Ceiling() bool { return math.IsInf(t.Want.Lo, -1) && !math.IsInf(t.Want.Hi, 1) }

// Number returns the finite end of Want, the number that the target names.
func (t *Target) Number() float64 { return t.Want.Mid() }

// Formal makes the target of a claim: one of a target kind, or a milestone
// that is still planned (state=planned_start or planned_end in its note). Any
// other claim panics; see IsTarget.
//
// A target without a number becomes a predicate where its words are one:
// 稳定增长 is growth of at least 0; keeping in step with a reference (协调同步)
// is growth of at least the reference's less w.SyncTolerance points; and an aim
// to better a stated base year (两降一升, 压减) is growth beyond 0 in the better
// direction. What is left is unassessable, and Open says why.
//
// An exact number is a floor for what should rise (or whose direction is
// unstated: 达到, 完成) and a ceiling for what should fall; so is 左右. A goal
// worded 以上, 不低于 includes its number, 超过, 突破 excludes it.
func Formal(c *Claim, w Wording) Target {
	if !c.IsTarget() {
		panic("indicators: not a target")
	}
	t := Target{
		ID: c.ID, SeriesID: c.Series(), English: c.English, Kind: c.Kind, Measure: c.Kind.Measure(), Unit: c.Unit, Value: c.Value,
		Want: Everything(), Base: c.Base, Spans: c.Spans, Hold: c.Hold, Strive: c.Commitment == "力争" || c.Commitment == "争取",
		Commitment: c.Commitment, Constraint: c.Constraint, Better: c.Better, Prices: c.Prices, Ref: c.Ref, Source: c.Source,
	}
	switch t.Measure {
	case GrowthRate, Multiple, Cumulative:
		t.SeriesID.Measure = Level
	case Share:
		t.Ref = c.Of
	}
	if c.Kind == KindTargetGrowth && c.Ref != "" {
		t.Measure = Relative
	}
	if !c.HasValue {
		t.words(c, w)
		return t
	}
	if len(c.Spans) == 0 {
		t.Open, t.OpenEN = "没有期限，无法测算", "the report gives no date"
		return t
	}
	x := c.Value.Float()
	down := c.Better == Down || c.Kind == KindTargetCeiling || t.Measure == Rank
	switch c.Value.Qual {
	case AtLeast:
		t.Want = AtLeastX(x)
	case AtMost:
		t.Want = AtMostX(x)
	case Over:
		switch {
		case c.Value.Word == "余" || c.Value.Word == "多":
			t.Want = AtLeastX(x)
		case down && c.Better == Down && c.Kind != KindTargetGrowth:
			t.Want = LessThanX(x)
		default:
			t.Want = MoreThanX(x)
		}
	default:
		iv := w.Interval(c.Value, c.Unit, Goal)
		switch {
		case c.Value.Qual == Nearly:
			t.Want = AtLeastX(iv.Lo)
		case down:
			t.Want = AtMostX(x)
		default:
			t.Want = AtLeastX(x)
		}
	}
	if down && t.Measure == GrowthRate && c.Value.Qual != Exact {
		// 下降15%以上: the size is bounded from below, the change from above.
		if x < 0 && (c.Value.Qual == AtLeast || c.Value.Qual == Over) {
			t.Want = Interval{Lo: math.Inf(-1), Hi: x, HiOpen: c.Value.Qual == Over}
		}
	}
	return t
}

// IsTarget reports whether the claim is something wanted: of a target kind, or
// a milestone still planned.
func (c *Claim) IsTarget() bool {
	if c.Kind == KindMilestone {
		s, _ := c.Remark("state")
		return s == StatePlannedStart || s == StatePlannedEnd
	}
	return c.Kind.Target()
}

// words makes a predicate of a target without a number, where its words are
// one, and says what is missing where they are not.
func (t *Target) words(c *Claim, w Wording) {
	growth := func(m Measure, want Interval, unit string) {
		t.Measure, t.Want, t.Unit = m, want, MustUnit(unit)
		t.SeriesID.Measure = Level
	}
	word := c.Value.Word
	dated := len(c.Spans) > 0
	switch {
	case c.Kind == KindMilestone:
		t.Measure = Milestone
		t.Open, t.OpenEN = "是工程节点，只有完成与否，没有数值", "a milestone is done or not; there is no number to forecast"
	case dated && c.Ref != "":
		t.Ref = c.Ref
		growth(Relative, AtLeastX(-orDefault(w.SyncTolerance, 1)), "个百分点")
	case dated && containsAny(word, "稳定增长", "稳步增长", "保持增长", "持续增长"):
		growth(GrowthRate, AtLeastX(0), "%")
	case dated && !c.Base.IsZero() && c.Better == Down:
		growth(GrowthRate, LessThanX(0), "%")
	case dated && !c.Base.IsZero() && c.Better == Up:
		growth(GrowthRate, MoreThanX(0), "%")
	case containsAny(word, "统筹衔接", "下达"):
		t.Measure = NoMeasure
		t.Open, t.OpenEN = "以上级下达的目标为准，没有给出数值", "the figure is set by the level above and is not given"
	case c.Hold && c.Better == Down:
		t.Measure = NoMeasure
		t.Open, t.OpenEN = "是底线要求，只有发生与否，没有数值", "the aim is that something does not happen; there is no number"
	default:
		t.Measure = NoMeasure
		t.Open, t.OpenEN = "没有数值，无法测算", "the report gives no number"
	}
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
