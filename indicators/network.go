package indicators

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// form is what sort of quantity a claim fixes.
type form uint8

const (
	levelForm         form = iota // the indicator at one period
	sumForm                       // its sum over a span
	growthForm                    // growth from base to end, as a fraction: (b−a)/a
	averageForm                   // average growth a period, as a fraction
	shareForm                     // part of a total, as a fraction
	additionForm                  // gross additions over a span
	changeForm                    // net change from base to end
	averageChangeForm             // net change a period
	differenceForm                // distance to a reference at one period
)

// quantityKey names a quantity of the network.
type quantityKey struct {
	id   SeriesID // Measure is Level, or Share with Of
	form form
	span Span
	goal bool
	ref  string // of a difference
}

// quantityInfo is what the network knows of a quantity beside its domain.
type quantityInfo struct {
	key    quantityKey
	claims []*Claim // that state it, the preferred one first; only those that fit together
	stated Interval // what the claims say together, in base units
}

// realGrowth is a growth at comparable prices of an amount whose levels are
// at current prices.
type realGrowth struct {
	claim       *Claim
	from, to, v int
	periods     float64
}

// relationInfo says what a relation rests on.
type relationInfo struct {
	rules []string // rules[i] is how operand i follows from the others
	claim *Claim   // the claim that states it; nil for an identity
	tag   relationTag
}

type relationTag uint8

const (
	tagGrowth relationTag = iota
	tagShare
	tagSum  // parts and their total
	tagTail // years and their sum
	tagAddition
	tagChange
	tagDifference
	tagSame
)

// attributes are what derived quantities of a series inherit.
type attributes struct {
	unit    Unit
	english string
	nature  Nature
	better  Direction
	prices  Prices
	whole   bool
	signed  bool
	known   bool
}

// shareAt is an indicator at the period of a share of it.
type shareAt struct {
	id SeriesID // Measure is Level
	at Period
}

// network is the quantities and relations that a dataset states. One with a
// parent adds the claims whose period the text leaves open, in one reading.
type network struct {
	solver
	rule     Preference
	keys     map[quantityKey]int
	info     []quantityInfo
	relInfo  []relationInfo
	attr     map[SeriesID]attributes
	sharesOf map[shareAt][]string // totals of which an indicator has a share at a period
	up       *network
	group    int    // views of one group are readings of the same claims
	reading  Period // the reading of a network with a parent
	byLevel  map[SeriesID][]int
	byID     map[string]*Claim
	reals    []realGrowth // real growth beside nominal levels: no relation, but checked
	rounded  []int        // relations that hold only at the ends of the intervals
	conflict []int        // relations whose own claims do not fit, before anything is derived
}

// claimOrder sorts claims by their place in the text, whatever the order of
// the file.
func claimOrder(a, b *Claim) int {
	return cmp.Or(strings.Compare(a.Source.Doc, b.Source.Doc), cmp.Compare(a.Source.Start, b.Source.Start), cmp.Compare(a.Source.End, b.Source.End), strings.Compare(a.ID, b.ID))
}

// buildNetwork makes the network of all claims whose period is certain, and
// one view for every reading of those whose period is open. All are solved.
func (d *Dataset) buildNetwork(rule Preference) (base *network, views []*network) {
	all := make([]*Claim, 0, len(d.Claims))
	for i := range d.Claims {
		if d.Claims[i].HasValue {
			all = append(all, &d.Claims[i])
		}
	}
	slices.SortFunc(all, claimOrder)
	base = &network{rule: rule, keys: make(map[quantityKey]int, len(all)), attr: make(map[SeriesID]attributes, len(all)), sharesOf: map[shareAt][]string{}}
	for _, c := range all {
		base.describe(c)
	}
	var certain []*Claim
	type group struct {
		labels []Period
		claims []*Claim
	}
	groups := map[string]*group{}
	var names []string
	for _, c := range all {
		if len(c.Spans) == 1 {
			certain = append(certain, c)
			continue
		}
		if len(c.Spans) == 0 || c.Kind.Target() {
			continue
		}
		labels := readingsOf(c)
		name := c.Source.Doc
		for _, p := range labels {
			name += "|" + p.String()
		}
		g := groups[name]
		if g == nil {
			g = &group{labels: labels}
			groups[name] = g
			names = append(names, name)
		}
		g.claims = append(g.claims, c)
	}
	base.place(certain, 0)
	base.link(certain, 0)
	base.partition(certain)
	base.screen()
	base.run()
	slices.Sort(names)
	for i, name := range names {
		g := groups[name]
		for k, p := range g.labels {
			v := &network{group: i, rule: rule, keys: map[quantityKey]int{}, attr: base.attr, sharesOf: base.sharesOf, up: base, reading: p}
			v.parent = &base.solver
			v.place(g.claims, k)
			v.link(g.claims, k)
			v.screen()
			v.run()
			views = append(views, v)
		}
	}
	return base, views
}

// readingsOf returns what distinguishes the readings of a claim's period: the
// base years, or the years themselves.
func readingsOf(c *Claim) []Period {
	out := make([]Period, len(c.Spans))
	for i, s := range c.Spans {
		out[i] = s.To
		if !s.Single() && !s.From.IsZero() {
			out[i] = s.From
		}
	}
	return out
}

// levelID is the series of the indicator itself.
func (c *Claim) levelID() SeriesID {
	return SeriesID{Indicator: c.Indicator, Area: c.Area, Scope: c.Scope}
}

// describe notes what is known of the claim's series. Where claims differ the
// first level in the text counts.
func (n *network) describe(c *Claim) {
	id := c.levelID()
	a := n.attr[id]
	level := c.Kind.Measure() == Level || c.Kind.Measure() == Cumulative
	if a.english == "" {
		a.english = c.English
	}
	if a.better == Undefined {
		a.better = c.Better
	}
	if level && c.Kind != KindProjectTotal {
		whole := c.Unit.Count && c.integral() && !c.perHead()
		nature := NatureOf(c.Indicator, c.Unit, c.Kind)
		if nature == Concentration && c.Value.Exp == 0 {
			whole = true // annual means are published as whole numbers (HJ 663-2013)
		}
		if !a.known {
			a.unit, a.nature, a.prices, a.whole, a.known = c.Unit, nature, c.Prices, whole, true
		} else if c.Unit.Base == a.unit.Base {
			a.whole = a.whole && whole
		}
		if c.Value.Coef < 0 || nature == GrowthNature {
			a.signed = true
		}
	}
	if !a.known && a.unit.IsZero() && c.Unit.Base != BasePoints && c.Unit.Base != BaseRank && (c.Kind == KindIncrement || c.Kind == KindIncrementYear || c.Kind == KindAvgIncrement) {
		a.unit = c.Unit
	}
	n.attr[id] = a
	if c.Kind.Measure() == Share && c.Of != "" && !c.Kind.Target() {
		for _, s := range c.Spans {
			k := shareAt{id, s.To}
			if !slices.Contains(n.sharesOf[k], c.Of) {
				n.sharesOf[k] = append(n.sharesOf[k], c.Of)
			}
		}
	}
}

// place enters the claims, in their k-th reading.
func (n *network) place(claims []*Claim, k int) {
	type stated struct {
		c  *Claim
		iv Interval
	}
	by := map[quantityKey][]stated{}
	var order []quantityKey
	for _, c := range claims {
		key, iv, ok := n.fixes(c, c.Spans[k])
		if !ok {
			continue
		}
		if by[key] == nil {
			order = append(order, key)
		}
		by[key] = append(by[key], stated{c, iv})
	}
	for _, key := range order {
		ss := by[key]
		slices.SortFunc(ss, func(a, b stated) int {
			switch {
			case n.rule.better(a.c, b.c):
				return -1
			case n.rule.better(b.c, a.c):
				return 1
			}
			return 0
		})
		a := n.attr[key.id.level()]
		whole := a.whole && (key.form == levelForm || key.form == sumForm || key.form == additionForm)
		iv := n.natural(key)
		var cs []*Claim
		base := ss[0].c.Unit.Base
		for _, s := range ss {
			if s.c.Unit.Base != base || otherPrices(s.c, ss[0].c) {
				continue // another unit or price basis: not comparable
			}
			if j := meet(iv, s.iv, whole); !j.Empty() {
				iv = j
				cs = append(cs, s.c)
			}
		}
		if len(cs) == 0 { // beyond what the quantity can be: believe the text
			iv, cs = ss[0].iv, []*Claim{ss[0].c}
		}
		v := n.quantity(iv, whole)
		n.keys[key] = v
		n.info = append(n.info, quantityInfo{key: key, claims: cs, stated: n.at(v).iv})
		if n.up != nil {
			if u, ok := n.up.keys[key]; ok { // known for certain as well
				n.tie(relation{shape: linear, x: []int{v, u}}, relationInfo{tag: tagSame, rules: []string{"same period", "same period"}})
			}
		}
	}
}

// level returns the series of the indicator itself.
func (id SeriesID) level() SeriesID {
	id.Measure, id.Of = Level, ""
	return id
}

// natural is the range that a quantity can have whatever is claimed.
func (n *network) natural(k quantityKey) Interval {
	switch k.form {
	case levelForm, sumForm, additionForm:
		if !n.attr[k.id.level()].signed {
			return AtLeastX(0)
		}
	case shareForm:
		return Interval{Lo: 0, Hi: 1}
	case growthForm, averageForm:
		return AtLeastX(-1)
	}
	return Everything()
}

// find returns the quantity with the given key; make adds it if it is not
// there, with the attributes of like.
func (n *network) find(k quantityKey) (int, bool) {
	if v, ok := n.keys[k]; ok {
		return v, true
	}
	if n.up != nil {
		return n.up.find(k)
	}
	return 0, false
}

func (n *network) make(k quantityKey, like SeriesID) int {
	if v, ok := n.find(k); ok {
		return v
	}
	if id := k.id.level(); !n.attr[id].known {
		a := n.attr[like]
		a.known = a.known || a.unit.Symbol != ""
		if e := n.attr[id].english; e != "" {
			a.english = e
		}
		n.attr[id] = a
	}
	a := n.attr[k.id.level()]
	v := n.quantity(n.natural(k), a.whole && (k.form == levelForm || k.form == sumForm))
	n.keys[k] = v
	n.info = append(n.info, quantityInfo{key: k, stated: n.at(v).iv})
	return v
}

func (n *network) tie(r relation, info relationInfo) {
	n.relate(r)
	n.relInfo = append(n.relInfo, info)
}

// of returns what the network knows of quantity v.
func (n *network) of(v int) *quantityInfo {
	if i := v - n.base(); i >= 0 {
		return &n.info[i]
	}
	return n.up.of(v)
}

func (n *network) relationInfo(k int) *relationInfo {
	if i := k - n.relBase(); i >= 0 {
		return &n.relInfo[i]
	}
	return n.up.relationInfo(k)
}

// Rules of derivation, as they stand in Derivation.Rule.
const (
	ruleForward    = "base×(1+growth)^n"
	ruleBackward   = "level/(1+growth)^n"
	ruleGrowth     = "(level/base)^(1/n)−1"
	rulePart       = "share×total"
	ruleTotal      = "part/share"
	ruleShare      = "part/total"
	ruleSum        = "sum of parts"
	ruleRest       = "total−other parts"
	ruleNotLess    = "level−additions (at least)"
	ruleNotMore    = "base+additions (at most)"
	ruleAdded      = "level−base (at least)"
	ruleAfter      = "base+change"
	ruleBefore     = "level−change"
	ruleChange     = "level−base"
	ruleFromRef    = "reference+difference"
	ruleRef        = "level−difference"
	ruleDifference = "level−reference"
	ruleIndex      = "base = 100"
)

// ruleZH says the rules in Chinese.
var ruleZH = map[string]string{
	ruleForward: "基期数×(1+增速)^n", ruleBackward: "本期数÷(1+增速)^n", ruleGrowth: "(本期数÷基期数)^(1/n)−1", rulePart: "占比×总量", ruleTotal: "分量÷占比", ruleShare: "分量÷总量",
	ruleSum: "各分项之和", ruleRest: "合计−其余分项", ruleNotLess: "期末数−新增数（至少）", ruleNotMore: "期初数+新增数（至多）", ruleAdded: "期末数−期初数（至少）",
	ruleAfter: "期初数+变动", ruleBefore: "期末数−变动", ruleChange: "期末数−期初数", ruleFromRef: "参照数+差距", ruleRef: "本数−差距", ruleDifference: "本数−参照数", ruleIndex: "基期=100",
}

// real reports whether a growth is at comparable prices although the levels
// are not: then the two do not give the earlier level.
func (c *Claim) real() bool {
	if c.Prices != Unstated {
		return c.Prices == Real
	}
	return strings.Contains(c.Indicator, "生产总值") || strings.HasSuffix(c.Indicator, "增加值")
}

// link adds the relations that the claims state, in their k-th reading.
func (n *network) link(claims []*Claim, k int) {
	var shares, sums []*Claim
	for _, c := range claims {
		key, _, ok := n.fixes(c, c.Spans[k])
		if !ok {
			continue
		}
		v, _ := n.find(key)
		level := func(p Period, goal bool) int {
			return n.make(quantityKey{id: key.id.level(), span: At(p), goal: goal}, key.id.level())
		}
		switch key.form {
		case shareForm:
			shares = append(shares, c)
		case sumForm:
			sums = append(sums, c)
		case growthForm, averageForm:
			a := n.attr[key.id.level()]
			from, to := key.span.From, key.span.To
			periods := 1.0
			if key.form == averageForm {
				periods = float64(to.Sub(from))
				if f := to.Freq().PerYear(); f > 1 {
					periods /= float64(f) // average growth is a year's
				}
			}
			if a.unit.Money() && a.prices != Real && c.real() {
				x, ok1 := n.find(quantityKey{id: key.id.level(), span: At(from)})
				y, ok2 := n.find(quantityKey{id: key.id.level(), span: At(to)})
				if ok1 && ok2 && !key.goal {
					n.reals = append(n.reals, realGrowth{c, x, y, v, periods})
				}
				continue
			}
			n.tie(relation{shape: power, x: []int{level(to, key.goal), level(from, false), v}, n: periods, oneWay: key.goal},
				relationInfo{tag: tagGrowth, claim: c, rules: []string{ruleForward, ruleBackward, ruleGrowth}})
		case additionForm:
			from := key.span.From.Add(-1)
			n.tie(relation{shape: atMost, x: []int{level(key.span.To, false), level(from, false), v}},
				relationInfo{tag: tagAddition, claim: c, rules: []string{ruleNotMore, ruleNotLess, ruleAdded}})
		case changeForm, averageChangeForm:
			end := func(p Period) int {
				if key.id.Measure == Share {
					return n.make(quantityKey{id: key.id, form: shareForm, span: At(p)}, key.id.level())
				}
				return level(p, false)
			}
			r := relation{shape: linear, x: []int{end(key.span.To), end(key.span.From), v}}
			if key.form == averageChangeForm {
				r.sign = []float64{0, 1, float64(key.span.To.Sub(key.span.From))}
			}
			n.tie(r, relationInfo{tag: tagChange, claim: c, rules: []string{ruleAfter, ruleBefore, ruleChange}})
		case differenceForm:
			n.difference(c, key, v)
		}
	}
	// Totals of a share are looked up among what is there by now, so that the
	// order of the claims does not matter.
	for n.shareUnits(shares, k) {
	}
	for _, c := range shares {
		n.share(c, k)
	}
	for _, c := range sums {
		n.tail(c, k)
	}
}

// partition ties parts to their total: claims whose note says part_of=ID, or
// part_of=ID/name where one total is divided in several ways. All parts of
// one name together are the total.
func (n *network) partition(claims []*Claim) {
	byID := make(map[string]*Claim, len(claims))
	parts := map[string][]*Claim{}
	var names []string
	for _, c := range claims {
		byID[c.ID] = c
		if of, ok := c.Remark("part_of"); ok {
			if parts[of] == nil {
				names = append(names, of)
			}
			parts[of] = append(parts[of], c)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		id, _, _ := strings.Cut(name, "/")
		t := byID[id]
		if t == nil {
			continue // CheckReferences reports it
		}
		key, _, ok := n.fixes(t, t.Spans[0])
		if !ok {
			continue
		}
		v, _ := n.find(key)
		x, rules := []int{v}, []string{ruleSum}
		for _, c := range parts[name] {
			k, _, ok := n.fixes(c, c.Spans[0])
			if !ok || c.Unit.Base != t.Unit.Base {
				x = nil
				break
			}
			p, _ := n.find(k)
			x, rules = append(x, p), append(rules, ruleRest)
		}
		if len(x) < 3 {
			continue
		}
		n.tie(relation{shape: linear, x: x}, relationInfo{tag: tagSum, claim: t, rules: rules})
	}
}

// screen takes out the relations that the claims themselves break, before
// anything is derived from them.
func (n *network) screen() {
	for i := range n.rel {
		k := n.relBase() + i
		switch n.holdsAsStated(k) {
		case broken:
			n.kill(k)
			n.conflict = append(n.conflict, k)
		case rounding: // it holds at one point only: nothing should rest on that
			n.kill(k)
			n.rounded = append(n.rounded, k)
		}
	}
}

// agreement is how well the claims of one relation fit.
type agreement uint8

const (
	unknown  agreement = iota // not all operands are claimed
	holds                     // the intervals meet
	rounding                  // only their closures meet, or they meet but the printed numbers do not add up
	broken                    // nothing meets
)

// holdsAsStated checks a relation on what the claims say, without what is
// derived.
func (n *network) holdsAsStated(k int) agreement {
	r := n.relation(k)
	closed := solver{}
	open := solver{}
	rc := relation{shape: r.shape, sign: r.sign, n: r.n, oneWay: r.oneWay}
	for i, v := range r.x {
		q := n.of(v)
		if len(q.claims) == 0 {
			return unknown
		}
		iv := q.stated
		slack := partsSlack(q.claims[0])
		iv.Lo, iv.Hi = iv.Lo-slack, iv.Hi+slack
		rc.x = append(rc.x, i)
		open.quantity(iv, false)
		iv.LoOpen, iv.HiOpen = false, false
		closed.quantity(iv, false)
	}
	fits := func(s *solver) bool {
		for i, h := range s.contract(&rc, nil) {
			if r.oneWay && i > 0 {
				break
			}
			// A hair more, since 17.415 is not a binary number.
			e := 1e-12 * math.Max(math.Abs(s.dom[i].iv.Lo), math.Abs(s.dom[i].iv.Hi))
			if math.IsInf(e, 0) {
				e = 0
			}
			if s == &closed {
				h.Lo, h.Hi = h.Lo-e, h.Hi+e
			}
			a := s.dom[i].iv
			m := a.Intersect(h)
			if m.Empty() {
				return false
			}
			// Half-open intervals that only touch do not meet, whatever the hair.
			if tiny := 4 * e; s == &open && m.Width() <= tiny && a.Width() > tiny && h.Width() > tiny {
				return false
			}
		}
		return true
	}
	switch {
	case fits(&open):
		return holds
	case fits(&closed):
		return rounding
	}
	return broken
}
