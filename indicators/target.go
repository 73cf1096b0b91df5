package indicators

import "math"

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

// Formal makes the target of a claim. The claim must be of a target kind;
// any other panics.
//
// An exact number is a floor for what should rise (or whose direction is
// unstated: 达到, 完成) and a ceiling for what should fall; so is 左右. A goal
// worded 以上, 不低于 includes its number, 超过, 突破 excludes it.
func Formal(c *Claim, w Wording) Target {
	if !c.Kind.Target() {
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
		t.Open, t.OpenEN = "没有数值，无法测算", "the report gives no number"
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
