package indicators

// shareUnits hands the unit of a total to a part of which no level is stated,
// and the other way round, so that what is derived has a unit. It reports
// whether it did, since totals may be parts of others.
func (n *network) shareUnits(shares []*Claim, k int) (more bool) {
	for _, c := range shares {
		key, _, _ := n.fixes(c, c.Spans[k])
		ind, area := SplitRef(c.Of)
		if area == "" {
			area = c.Area
		}
		part := key.id.level()
		total := SeriesID{Indicator: ind, Area: area, Scope: c.Scope}
		if n.attr[total].unit.IsZero() && c.Scope != "" {
			if whole := (SeriesID{Indicator: ind, Area: area}); !n.attr[whole].unit.IsZero() {
				total = whole
			}
		}
		a, b := n.attr[part], n.attr[total]
		switch {
		case a.unit.IsZero() && !b.unit.IsZero():
			a.unit, a.nature, a.prices, a.known = b.unit, b.nature, b.prices, true
			n.attr[part] = a
			more = true
		case b.unit.IsZero() && !a.unit.IsZero():
			if b.english == "" && ind == c.Indicator {
				b.english = a.english
			}
			b.unit, b.nature, b.prices, b.whole, b.known = a.unit, a.nature, a.prices, a.whole, true
			if b.better == Undefined {
				b.better = a.better
			}
			n.attr[total] = b
			more = true
		}
	}
	return more
}

// share ties a share to part and total. The total has the scope of the part
// if there is one, and may be that of the whole year.
func (n *network) share(c *Claim, k int) {
	key, _, _ := n.fixes(c, c.Spans[k])
	v, _ := n.find(key)
	f := levelForm
	if !key.span.Single() {
		f = sumForm
	}
	ind, area := SplitRef(c.Of)
	if area == "" {
		area = c.Area
	}
	part := n.make(quantityKey{id: key.id.level(), form: f, span: key.span, goal: key.goal}, key.id.level())
	try := func(scope string, span Span) (int, bool) {
		return n.find(quantityKey{id: SeriesID{Indicator: ind, Area: area, Scope: scope}, form: f, span: span, goal: key.goal})
	}
	total, ok := try(c.Scope, key.span)
	if !ok {
		total, ok = try("", key.span)
	}
	if !ok && key.span.Single() && key.span.To.Freq() != Annual {
		year := At(Year(key.span.To.Year()))
		if total, ok = try(c.Scope, year); !ok {
			total, ok = try("", year)
		}
	}
	if !ok {
		total = n.make(quantityKey{id: SeriesID{Indicator: ind, Area: area, Scope: c.Scope}, form: f, span: key.span, goal: key.goal}, key.id.level())
	}
	if a, b := n.attr[n.of(part).key.id].unit, n.attr[n.of(total).key.id].unit; total == part || !a.IsZero() && !b.IsZero() && !sameThings(a, b) {
		return // a part in another unit is no part: 126个 and 158.7亿元 of one plan
	}
	n.tie(relation{shape: product, x: []int{part, v, total}}, relationInfo{tag: tagShare, claim: c, rules: []string{rulePart, ruleShare, ruleTotal}})
}

// tail splits a sum over years into the years at its end that are known and
// the rest.
func (n *network) tail(c *Claim, k int) {
	key, _, _ := n.fixes(c, c.Spans[k])
	v, _ := n.find(key)
	x := []int{v}
	p := key.span.To
	for p.Compare(key.span.From) >= 0 {
		y, ok := n.find(quantityKey{id: key.id, span: At(p), goal: key.goal})
		if !ok {
			break
		}
		x = append(x, y)
		p = p.Add(-1)
	}
	if len(x) == 1 {
		return
	}
	rules := make([]string, len(x), len(x)+1)
	rules[0] = ruleSum
	for i := 1; i < len(x); i++ {
		rules[i] = ruleRest
	}
	switch p.Compare(key.span.From) {
	case 0:
		x = append(x, n.make(quantityKey{id: key.id, span: At(p), goal: key.goal}, key.id))
	default:
		if p.Compare(key.span.From) > 0 {
			x = append(x, n.make(quantityKey{id: key.id, form: sumForm, span: Span{key.span.From, p}, goal: key.goal}, key.id))
		}
	}
	for len(rules) < len(x) {
		rules = append(rules, ruleRest)
	}
	n.tie(relation{shape: linear, x: x}, relationInfo{tag: tagTail, claim: c, rules: rules})
}

// difference ties a gap to the claim's indicator and its reference. Where the
// indicator has a share of that period, the gap is one between percentages.
func (n *network) difference(c *Claim, key quantityKey, v int) {
	ind, area := SplitRef(c.Ref)
	if area == "" {
		area = c.Area
	}
	ref, ok := n.find(quantityKey{id: SeriesID{Indicator: ind, Area: area, Scope: c.Scope}, span: key.span})
	if !ok {
		if ref, ok = n.find(quantityKey{id: SeriesID{Indicator: ind, Area: area}, span: key.span}); !ok {
			return
		}
	}
	own, ok := n.find(quantityKey{id: key.id, span: key.span})
	if c.Unit.Base == BasePoints {
		if c.Of != "" {
			id := key.id
			id.Measure, id.Of = Share, c.Of
			own, ok = n.find(quantityKey{id: id, form: shareForm, span: key.span})
		} else if !n.attr[key.id].unit.Percent() {
			return // amounts are no points apart
		}
	}
	if !ok {
		return
	}
	n.tie(relation{shape: linear, x: []int{own, ref, v}}, relationInfo{tag: tagDifference, claim: c, rules: []string{ruleFromRef, ruleRef, ruleDifference}})
}
