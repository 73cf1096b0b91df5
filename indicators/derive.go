package indicators

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Derived is a figure that follows from claims: an earlier level from level
// and growth, a total from part and share, the rest of a sum. Its status is
// E. What a claim states is never changed by it.
type Derived struct {
	SeriesID          // Measure is Level, Cumulative, GrowthRate, Share or Change
	English  string   // English name of the indicator
	Kind     Kind     // the kind that a claim of it would have
	Unit     Unit     // of Value and Interval
	Span     Span     // one period; for growth and change from the base to the end, for sums both ends counted
	Value    float64  // what the printed numbers give, or the middle of Interval, or its only finite end
	Interval Interval // every value that the claims allow; whole numbers for counts
	Reading  Period   // the base year assumed where the text leaves it open; zero if it holds in every reading
	Goal     bool     // follows from targets: what they imply, not what is
	Tightens string   // ID of the claim whose interval this narrows; empty if the figure was not claimed
	Nature   Nature
	Better   Direction
	Prices   Prices
	Derivation
}

// Derive returns what follows from the claims, sorted by series, period and
// reading. Claims are read as intervals under rule.Wording; relations between
// them (growth, shares, increments, sums, multiples, differences) narrow what
// the quantities may be, forwards and backwards, until nothing moves. Counts
// stay whole. Where claims contradict one another the preferred one counts
// and the relation that cannot hold is left out; Check reports it. Claims
// whose period the text leaves open enter in each reading apart.
//
// The order of the claims does not matter, and the time is nearly linear in
// their number.
func (d *Dataset) Derive(rule Preference) []Derived {
	base, views := d.buildNetwork(rule)
	out := base.harvest()
	for _, v := range views {
		if len(v.conflict)+len(v.failed) > 0 {
			continue // the reading is refuted
		}
		out = append(out, v.harvest()...)
	}
	slices.SortStableFunc(out, compareDerived)
	return out
}

func compareDerived(a, b Derived) int {
	goal := func(d Derived) int {
		if d.Goal {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(goal(a), goal(b)), a.SeriesID.compare(b.SeriesID), a.Span.To.Compare(b.Span.To), a.Span.From.Compare(b.Span.From),
		a.Reading.Compare(b.Reading), strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Unit.Symbol, b.Unit.Symbol))
}

// harvest reads off what was narrowed, and the growth between levels.
func (n *network) harvest() []Derived {
	var out []Derived
	levels := map[SeriesID][]int{}
	var ids []SeriesID
	for i := range n.dom {
		v := n.base() + i
		q := &n.info[i]
		dom := &n.dom[i]
		if q.key.form == levelForm && !q.key.goal {
			if levels[q.key.id] == nil {
				ids = append(ids, q.key.id)
			}
			levels[q.key.id] = append(levels[q.key.id], v)
		}
		if dom.loBy < 0 && dom.hiBy < 0 {
			continue
		}
		if len(q.claims) > 0 && !tightened(q.stated, dom.iv) {
			continue
		}
		if n.shared(v) {
			continue
		}
		out = append(out, n.derived(v))
	}
	for _, id := range ids {
		vs := levels[id]
		if n.up != nil { // levels that are certain stand beside those of the reading
			for k := range n.up.levelsOf(id) {
				vs = append(vs, n.up.levelsOf(id)[k])
			}
		}
		out = append(out, n.growths(id, vs)...)
	}
	for i := range n.rel {
		out = append(out, n.index(n.relBase()+i)...)
	}
	return out
}

// shared reports whether a quantity of a reading only repeats one that is
// certain.
func (n *network) shared(v int) bool {
	if n.up == nil {
		return false
	}
	u, ok := n.up.keys[n.of(v).key]
	return ok && n.at(u).iv == n.at(v).iv
}

// levelsOf returns the levels of a series, in the order of their making.
func (n *network) levelsOf(id SeriesID) []int {
	if n.byLevel == nil {
		n.byLevel = map[SeriesID][]int{}
		for i := range n.info {
			if k := n.info[i].key; k.form == levelForm && !k.goal {
				n.byLevel[k.id] = append(n.byLevel[k.id], i)
			}
		}
	}
	return n.byLevel[id]
}

// tightened reports whether b says noticeably more than a, of which it is a
// part.
func tightened(a, b Interval) bool {
	if math.IsInf(a.Lo, 0) != math.IsInf(b.Lo, 0) || math.IsInf(a.Hi, 0) != math.IsInf(b.Hi, 0) {
		return true
	}
	if !a.Bounded() {
		return math.Abs(a.Lo-b.Lo) > 1e-6*math.Abs(a.Lo) && !math.IsInf(a.Lo, 0) || math.Abs(a.Hi-b.Hi) > 1e-6*math.Abs(a.Hi) && !math.IsInf(a.Hi, 0)
	}
	return b.Width() < 0.99*a.Width()
}

// derived describes quantity v in the units of a reader.
func (n *network) derived(v int) Derived {
	q := n.of(v)
	dom := n.at(v)
	r := n.blank(q.key)
	by := dom.loBy
	if by < 0 {
		by = dom.hiBy
	}
	k := factor(r.Unit)
	r.Interval = shown(dom.iv, k)
	x, ok := n.value(v, map[int]bool{})
	x /= k
	if !ok || !r.Interval.Contains(x) {
		x = r.Interval.Mid()
	}
	if dom.whole && k == 1 {
		x = math.Round(x)
		if !r.Interval.Contains(x) {
			x = r.Interval.Lo
		}
	}
	r.Value = x
	rel := n.relation(by)
	for i, o := range rel.x {
		if o == v {
			r.Rule = n.relationInfo(by).rules[i]
			break
		}
	}
	if len(q.claims) > 0 {
		r.Tightens = q.claims[0].ID
	}
	r.Inputs = n.inputs(v)
	return r
}

// shown is an interval of the network in a unit worth k.
func shown(a Interval, k float64) Interval {
	if k == 1 {
		return a
	}
	if k < 1 { // fractions as per cent
		if inv := math.Round(1 / k); math.Abs(1/k-inv) < 1e-9*inv {
			return Interval{a.Lo * inv, a.Hi * inv, a.LoOpen, a.HiOpen}
		}
	}
	return Interval{a.Lo / k, a.Hi / k, a.LoOpen, a.HiOpen}
}

// blank is a derived figure of the given quantity, without its number.
func (n *network) blank(k quantityKey) Derived {
	a := n.attr[k.id.level()]
	r := Derived{SeriesID: k.id, English: a.english, Unit: a.unit, Span: k.span, Goal: k.goal, Reading: n.reading, Nature: a.nature, Better: a.better, Prices: a.prices}
	r.Measure, r.Kind = Level, KindLevel
	percent := Unit{Symbol: "%", Base: BasePercent, Scale: 1}
	switch k.form {
	case levelForm:
		if a.unit.Percent() {
			r.Kind = KindRate
		}
	case sumForm:
		r.Measure, r.Kind = Cumulative, KindCumulative
	case shareForm:
		r.Measure, r.Kind, r.Unit, r.Nature = Share, KindShare, percent, Ratio
	case growthForm, averageForm:
		r.Measure, r.Kind, r.Unit, r.Nature = GrowthRate, KindGrowth, percent, GrowthNature
		if k.form == averageForm {
			r.Kind = KindAvgGrowth
		}
		for _, c := range n.claimsOf(k) {
			if c.Unit.Base == BaseTimes && c.Kind != KindMultiple && c.Kind != KindTargetMultiple {
				r.Unit = c.Unit
			}
		}
	case additionForm, changeForm, averageChangeForm, differenceForm:
		r.Measure = Change
		r.Kind = map[form]Kind{additionForm: KindIncrement, changeForm: KindPointChange, averageChangeForm: KindAvgIncrement, differenceForm: KindDifference}[k.form]
		if k.id.Measure == Share {
			r.Of, r.Nature = k.id.Of, Ratio
		}
		if k.form == changeForm && !a.unit.Percent() && !a.unit.IsZero() && k.id.Measure != Share {
			r.Kind = KindIncrement
		}
		if a.unit.Percent() || a.unit.IsZero() || k.id.Measure == Share {
			r.Unit = Unit{Symbol: "个百分点", Base: BasePoints, Scale: 1}
		}
		if k.form == additionForm && k.span.Single() {
			r.Kind = KindIncrementYear
		}
	}
	return r
}

func (n *network) claimsOf(k quantityKey) []*Claim {
	if v, ok := n.find(k); ok {
		return n.of(v).claims
	}
	return nil
}

// value is the number that the printed figures give for v: what is printed
// for it, or what the relation that fixes it makes of the numbers of the
// others.
func (n *network) value(v int, seen map[int]bool) (float64, bool) {
	if seen[v] {
		return 0, false
	}
	seen[v] = true
	dom, q := n.at(v), n.of(v)
	if dom.iv.Exact() {
		return dom.iv.Lo, true
	}
	if len(q.claims) > 0 {
		c := q.claims[0]
		x := c.Value.Float() * factor(c.Unit)
		if c.Kind == KindMultiple || c.Kind == KindTargetMultiple {
			x--
		}
		if c.Value.Qual != Exact && dom.iv.Bounded() || !dom.iv.Contains(x) {
			x = dom.iv.Mid()
		}
		return x, true
	}
	by := dom.loBy
	if by < 0 {
		by = dom.hiBy
	}
	if by < 0 {
		return 0, false
	}
	r := n.relation(by)
	at := -1
	xs := make([]float64, len(r.x))
	for i, o := range r.x {
		if o == v {
			at = i
			continue
		}
		x, ok := n.value(o, seen)
		if !ok {
			return 0, false
		}
		xs[i] = x
	}
	x := evaluate(r, xs, at)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, false
	}
	return x, true
}

// evaluate solves r for operand i.
func evaluate(r *relation, x []float64, i int) float64 {
	switch r.shape {
	case product:
		switch i {
		case 0:
			return x[1] * x[2]
		case 1:
			return x[0] / x[2]
		}
		return x[0] / x[1]
	case power:
		switch i {
		case 0:
			return x[1] * math.Pow(1+x[2], r.n)
		case 1:
			return x[0] / math.Pow(1+x[2], r.n)
		}
		return math.Pow(x[0]/x[1], 1/r.n) - 1
	}
	sign := func(k int) float64 {
		if r.sign == nil {
			return 1
		}
		return r.sign[k]
	}
	sum := 0.0
	for k := 1; k < len(x); k++ {
		if k != i {
			sum += sign(k) * x[k]
		}
	}
	if i == 0 {
		return sum
	}
	return (x[0] - sum) / sign(i)
}

// inputs returns the claims that v rests on, in the order of the text.
func (n *network) inputs(v int) []string {
	var cs []*Claim
	seen := map[int]bool{}
	var walk func(v int, top bool)
	walk = func(v int, top bool) {
		if seen[v] {
			return
		}
		seen[v] = true
		cs = append(cs, n.of(v).claims...)
		dom := n.at(v)
		// A figure that is claimed and that nothing narrows noticeably rests on
		// its claims alone.
		if q := n.of(v); !top && len(q.claims) > 0 && !tightened(q.stated, dom.iv) {
			return
		}
		for _, by := range [2]int{dom.loBy, dom.hiBy} {
			if by < 0 {
				continue
			}
			if c := n.relationInfo(by).claim; c != nil {
				cs = append(cs, c)
			}
			for _, o := range n.relation(by).x {
				walk(o, false)
			}
		}
	}
	walk(v, true)
	return idsOf(cs)
}

func idsOf(cs []*Claim) []string {
	slices.SortFunc(cs, claimOrder)
	cs = slices.Compact(cs)
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.ID
	}
	return out
}

// growths derives the growth between neighbouring levels of a series where
// none is claimed: in points for percentages.
func (n *network) growths(id SeriesID, vs []int) []Derived {
	type point struct {
		p Period
		v int
	}
	var ps []point
	for _, v := range vs {
		d := n.at(v)
		if d.iv.Bounded() && !d.iv.Empty() {
			ps = append(ps, point{n.of(v).key.span.To, v})
		}
	}
	slices.SortFunc(ps, func(a, b point) int { return cmp.Or(a.p.Compare(b.p), cmp.Compare(b.v, a.v)) })
	ps = slices.CompactFunc(ps, func(a, b point) bool { return a.p == b.p })
	var out []Derived
	for i := 1; i < len(ps); i++ {
		a, b := ps[i-1], ps[i]
		if a.p.Freq() != b.p.Freq() || n.up != nil && a.v < n.base() && b.v < n.base() {
			continue
		}
		steps := float64(b.p.Sub(a.p))
		key := quantityKey{id: id, form: averageForm, span: Span{a.p, b.p}}
		if steps == 1 {
			key.form = growthForm
		}
		if _, claimed := n.find(key); claimed {
			continue
		}
		key.ref = atRealPrices
		if _, claimed := n.find(key); claimed {
			continue
		}
		key.ref = ""
		from, to := n.at(a.v).iv, n.at(b.v).iv
		x, _ := n.value(a.v, map[int]bool{})
		y, _ := n.value(b.v, map[int]bool{})
		r := n.blank(key)
		if at := n.attr[id]; at.unit.Percent() {
			key.form = changeForm
			r = n.blank(key)
			r.Rule = ruleChange
			r.Interval = to.Sub(from).Scale(100)
			r.Value = 100 * (y - x)
		} else {
			g, ok := Growth(from, to, steps)
			if !ok || x <= 0 {
				continue
			}
			r.Rule, r.Interval = ruleGrowth, g
			r.Value = 100 * math.Expm1(math.Log(y/x)/steps)
		}
		if !r.Interval.Contains(r.Value) {
			r.Value = r.Interval.Mid()
		}
		r.Inputs = append(n.inputs(a.v), n.inputs(b.v)...)
		slices.Sort(r.Inputs)
		r.Inputs = slices.Compact(r.Inputs)
		out = append(out, r)
	}
	return out
}

// index makes an index series, base = 100, of a growth whose levels are not
// known.
func (n *network) index(k int) []Derived {
	r, info := n.relation(k), n.relationInfo(k)
	if info.tag != tagGrowth || info.claim == nil || info.claim.Kind.Target() || n.isDead(k) {
		return nil
	}
	for _, v := range r.x[:2] {
		if len(n.of(v).claims) > 0 || n.at(v).loBy >= 0 || n.at(v).hiBy >= 0 {
			return nil
		}
	}
	key := n.of(r.x[2]).key
	f := compound(n.at(r.x[2]).iv, r.n).Scale(100)
	g, _ := n.value(r.x[2], map[int]bool{})
	base := n.blank(quantityKey{id: key.id, span: At(key.span.From)})
	base.Kind, base.Nature = KindIndex, n.attr[key.id.level()].nature
	base.Unit = Unit{Symbol: key.span.From.String() + "=100", Base: "IX" + key.span.From.String(), Scale: 1}
	base.Better, base.English = info.claim.Better, info.claim.English
	base.Nature = IndexNumber
	base.Value, base.Interval = 100, Point(100)
	base.Derivation = Derivation{Rule: ruleIndex, Inputs: n.inputs(r.x[2])}
	end := base
	end.Span = At(key.span.To)
	end.Interval, end.Value = f, 100*math.Pow(1+g, r.n)
	end.Rule = ruleForward
	end.Inputs = slices.Clone(base.Inputs)
	return []Derived{base, end}
}

var derivedColumns = []string{"indicator", "area", "scope", "measure", "of", "kind", "period", "value", "lo", "hi", "unit", "status", "rule", "inputs", "reading", "goal", "tightens", "english"}

// WriteDerived writes derived.csv: one line a figure, the interval as lo and
// hi in the unit of the value (empty for an unbounded end), the claims it
// rests on joined by spaces, and reading, the base year assumed where the
// text leaves it open. The status is always E.
func WriteDerived(w io.Writer, ds []Derived) error {
	cw := csv.NewWriter(w)
	cw.Write(derivedColumns)
	end := func(x float64) string {
		if math.IsInf(x, 0) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', 10, 64)
	}
	for _, d := range ds {
		goal := ""
		if d.Goal {
			goal = "1"
		}
		cw.Write([]string{d.Indicator, d.Area, d.Scope, d.Measure.String(), d.Of, string(d.Kind), d.Span.String(), strconv.FormatFloat(d.Value, 'g', 6, 64), end(d.Interval.Lo), end(d.Interval.Hi),
			d.Unit.Symbol, string(Estimated), d.Rule, strings.Join(d.Inputs, " "), d.Reading.String(), goal, d.Tightens, d.English})
	}
	cw.Flush()
	return cw.Error()
}

// RuleWords says the rule in words; lang is "zh" or "en".
func (r Derivation) RuleWords(lang string) string {
	if zh, ok := ruleZH[r.Rule]; ok && lang != "en" {
		return zh
	}
	return r.Rule
}

// String returns the figure with its interval and rule, for a reader.
func (d Derived) String() string {
	return fmt.Sprintf("%s %s %s%s %s (%s)", d.SeriesID, d.Span, strconv.FormatFloat(d.Value, 'g', 6, 64), d.Unit, d.Interval, d.Rule)
}
