package indicators

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// factor is what a claim's number is multiplied by in the network: per cent
// and points become fractions, amounts base units.
func factor(u Unit) float64 {
	switch {
	case u.IsZero():
		return 1
	case u.Base == BasePercent || u.Base == BasePoints:
		return u.Scale / 100
	}
	return u.Scale
}

// scaled multiplies both ends by k, dividing where that is exact.
func scaled(a Interval, k float64) Interval {
	if k < 1 && k > 0 {
		inv := 1 / k
		if r := math.Round(inv); math.Abs(inv-r) < 1e-9*r {
			return Interval{a.Lo / r, a.Hi / r, a.LoOpen, a.HiOpen}
		}
	}
	return a.Scale(k)
}

// fixes says which quantity the claim fixes if it speaks of span, and what it
// says of it; ok is false for claims that fix none.
func (c *Claim) fixes(span Span, w Wording) (k quantityKey, iv Interval, ok bool) {
	k = quantityKey{id: c.levelID(), span: span, goal: c.Kind.Target()}
	iv = scaled(c.Interval(w), factor(c.Unit))
	switch c.Kind {
	case KindLevel, KindRate, KindIndex, KindFrom, KindTo:
		return k, iv, span.Single()
	case KindTargetLevel, KindTargetFloor, KindTargetCeiling:
		k.span = At(span.To)
		return k, iv, !span.To.IsZero() && (span.Due() || span.Single())
	case KindCumulative, KindCumulative5, KindTargetCumulative:
		k.form = sumForm
		return k, iv, !span.Due() && !span.Single()
	case KindShare, KindShareCity, KindShareOther, KindTargetShare:
		k.form, k.id.Measure, k.id.Of = shareForm, Share, c.Of
		if span.Due() {
			k.span = At(span.To)
		}
		return k, iv, c.Of != "" && (c.Unit.Percent() || c.Unit.IsZero())
	case KindGrowth, KindChange, KindMultiple, KindAvgGrowth, KindTargetGrowth, KindTargetMultiple:
		if k.span, ok = c.growthSpan(span); !ok {
			return k, iv, false
		}
		k.form = growthForm
		if c.Kind == KindAvgGrowth || c.Kind == KindTargetGrowth && k.span.To.Freq() == k.span.From.Freq() && k.span.To.Sub(k.span.From) > 1 {
			k.form = averageForm
		}
		switch {
		case c.Unit.Base == baseDoubling && (c.Kind == KindMultiple || c.Kind == KindTargetMultiple):
			iv = Interval{math.Exp2(iv.Lo) - 1, math.Exp2(iv.Hi) - 1, iv.LoOpen, iv.HiOpen}
		case c.Kind == KindMultiple || c.Kind == KindTargetMultiple:
			iv = iv.Add(Point(-1)) // end over start
		case !c.Unit.Percent() && c.Unit.Base != BaseTimes:
			return k, iv, false
		}
		if c.real() {
			k.ref = atRealPrices
		}
		return k, iv, true
	case KindIncrementYear:
		k.form = additionForm
		return k, iv, !span.Due()
	case KindIncrement, KindAvgIncrement, KindPointChange:
		if c.Kind == KindIncrement && c.Base.IsZero() {
			switch {
			case span.Due() || c.ofIncrements():
				return k, iv, false
			case !span.Single():
				k.form = additionForm // 五年累计新增
				return k, iv, true
			case span.To.Freq() != Annual:
				k.form, k.span = changeForm, Span{c.quotedBase(span.To), span.To}
				return k, iv, !k.span.From.IsZero() // else 比年初 or 同比: the row does not say which
			}
		}
		if k.span, ok = c.growthSpan(span); !ok {
			return k, iv, false
		}
		k.form = changeForm
		if c.Unit.Base == BasePoints && c.Of != "" {
			k.id.Measure, k.id.Of = Share, c.Of
		}
		if c.Kind == KindAvgIncrement {
			k.form = averageChangeForm
		}
		return k, iv, true
	case KindDifference:
		k.form, k.ref = differenceForm, c.Ref
		return k, iv, c.Ref != "" && span.Single()
	}
	return k, iv, false
}

// baseDoubling is the base of 番: n of them are a multiple of 2^n.
const baseDoubling = "DOUBLING"

// atRealPrices is the ref of a growth at comparable prices: another quantity
// than the nominal growth of the same indicator.
const atRealPrices = "real"

// fixes is Claim.fixes in view of what else is known: a change in points is
// one of the share that the indicator has at either end, or of its level if
// that is a percentage; an amount has no points, and an increment of things
// says nothing of a level in another unit.
func (n *network) fixes(c *Claim, span Span) (k quantityKey, iv Interval, ok bool) {
	k, iv, ok = c.fixes(span, n.rule.Wording)
	if !ok || k.form != changeForm && k.form != averageChangeForm && k.form != additionForm {
		return k, iv, ok
	}
	a := n.attr[k.id.level()]
	if c.Unit.Base == BaseRank {
		return k, iv, false // places gained, not things
	}
	if c.Unit.Base != BasePoints {
		return k, iv, a.unit.IsZero() || sameThings(a.unit, c.Unit)
	}
	if k.id.Measure == Share {
		return k, iv, true
	}
	of := n.sharesOf[shareAt{k.id.level(), k.span.To}]
	if len(of) == 0 {
		of = n.sharesOf[shareAt{k.id.level(), k.span.From}]
	}
	if len(of) == 1 {
		k.id.Measure, k.id.Of = Share, of[0]
		return k, iv, true
	}
	return k, iv, len(of) == 0 && a.unit.Percent()
}

// sameThings reports whether numbers in the two units can be compared: they
// share a base, or both count and one of them does not say what.
func sameThings(a, b Unit) bool {
	generic := func(u Unit) bool { return u.Base == "个" || u.Base == BaseOne }
	return a.Base == b.Base || a.Count && b.Count && (generic(a) || generic(b))
}

// otherPrices reports whether one of two claims is at comparable prices and
// the other is not. Growth of output is real unless it says otherwise.
func otherPrices(a, b *Claim) bool {
	if m := a.Kind.Measure(); m != Level && m != Cumulative && m == b.Kind.Measure() {
		return a.real() != b.real()
	}
	return a.Prices != b.Prices && (a.Prices == Real || b.Prices == Real)
}

// integral reports whether the printed number is whole in base units: 3.27万人
// is, 7.5件 is not.
func (c *Claim) integral() bool {
	x := c.Value.Float() * c.Unit.Scale
	return c.Value.Den <= 1 && math.Abs(x-math.Round(x)) <= 1e-9*math.Max(1, math.Abs(x))
}

// perHead reports whether a count is one per so many others, so that it is a
// rounded ratio although it is printed without decimals: 每万人拥有5G基站23个.
func (c *Claim) perHead() bool {
	for _, w := range []string{"每", "千人", "万人", "百户", "人均", "户均"} {
		if strings.HasPrefix(c.Indicator, w) {
			return true
		}
	}
	return false
}

// lastClause is the clause of the quote that the claim's number ends.
func (c *Claim) lastClause() string {
	q := c.Source.Quote
	if i := strings.LastIndexAny(q, "，、；,;"); i >= 0 {
		q = q[i:]
	}
	return q
}

// quotedBase is what a change up to a part of a year is against, in the words
// of its quote: the last such part of the year before (比年初), the same part
// (同比) or the part before (比上月). It is zero if the words do not say.
func (c *Claim) quotedBase(to Period) Period {
	q := c.lastClause()
	says := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(q, w) })
	}
	switch {
	case says("年初", "上年末", "去年末", "上年底", "去年底"):
		p := to
		for p.Year() == to.Year() {
			p = p.Add(-1)
		}
		return p
	case says("同比", "同期"):
		return to.Add(-max(to.Freq().PerYear(), 1))
	case says("环比", "上月", "上季"):
		return to.Add(-1)
	}
	return Period{}
}

// ofIncrements reports whether a change is one of the increments and not of
// the level: 比年初增加827亿元，同比多增217亿元.
func (c *Claim) ofIncrements() bool {
	q := c.lastClause()
	return (strings.Contains(q, "多增") || strings.Contains(q, "少增")) && !strings.Contains(c.Indicator, "新增")
}

// growthSpan is from the base to the end of a growth: the stated base, the
// start of the span, or the same part of the year before (同比).
func (c *Claim) growthSpan(span Span) (Span, bool) {
	from := c.Base
	if from.IsZero() {
		from = span.From
		if span.Single() || span.Due() {
			if c.Kind == KindAvgGrowth || c.Kind == KindAvgIncrement || c.Kind.Target() && c.Kind != KindTargetGrowth {
				return Span{}, false
			}
			from = span.To.Add(-max(span.To.Freq().PerYear(), 1))
		}
	}
	if from.IsZero() || span.To.IsZero() || from.Freq() != span.To.Freq() || span.To.Sub(from) < 1 {
		return Span{}, false
	}
	return Span{from, span.To}, true
}

// partsSlack widens a figure whose note says parts=n: it is the sum of n
// rounded parts, which yearbooks print without forcing it to the total, so
// that it may be off by half a place for each part.
func partsSlack(c *Claim) float64 {
	s, ok := c.Remark("parts")
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 2 || n > 1e6 {
		return 0
	}
	return float64(n-1) / 2 * c.Value.Place() * factor(c.Unit)
}
