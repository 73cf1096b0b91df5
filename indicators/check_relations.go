package indicators

import (
	"fmt"
	"math"
	"strings"
)

// checkRelations reports the relations that cannot hold: as stated, or once
// what follows from the other claims is known. A relation of a reading is
// reported if it fails in every reading; if it fails in some, that settles
// the reading, which is a note.
func checkRelations(base *network, views []*network) []Finding {
	var out []Finding
	for i := range base.rel {
		if base.sumMisprinted(i) {
			out = append(out, base.roundingOf(i))
		}
	}
	for _, k := range base.rounded {
		out = append(out, base.roundingOf(k))
	}
	for _, k := range base.conflict {
		out = append(out, base.broken(k))
	}
	for _, k := range base.failed {
		out = append(out, base.failure(k))
	}
	out = append(out, base.deflators()...)
	// Readings of one group stand next to each other.
	for i := 0; i < len(views); {
		j := i
		bad := 0
		for ; j < len(views) && views[j].group == views[i].group; j++ {
			if len(views[j].conflict)+len(views[j].failed) > 0 {
				bad++
			}
		}
		for _, v := range views[i:j] {
			if bad == j-i || bad > 0 && len(v.conflict)+len(v.failed) > 0 {
				var fs []Finding
				for _, k := range v.conflict {
					fs = append(fs, v.broken(k))
				}
				for _, k := range v.failed {
					fs = append(fs, v.failure(k))
				}
				for _, f := range fs {
					f.ID += "@" + v.reading.String()
					f.Message = "若基期为" + v.reading.Label("zh") + "，" + f.Message
					f.MessageEN = "With " + v.reading.Label("en") + " as the base, " + f.MessageEN
					if bad < j-i {
						f.Class, f.Severity = Conflict, Note
					}
					out = append(out, f)
				}
				if bad == j-i {
					break // failing in every reading: one of them tells it
				}
			}
		}
		i = j
	}
	return out
}

// first is the claim that stands for operand v.
func (n *network) first(v int) *Claim {
	if cs := n.of(v).claims; len(cs) > 0 {
		return cs[0]
	}
	return nil
}

// unitOf is how a reader sees quantity v: the unit of its claim, or of its
// series.
func (n *network) unitOf(v int) Unit {
	if c := n.first(v); c != nil {
		return c.Unit
	}
	return n.blank(n.of(v).key).Unit
}

// implied is what operand i of relation k is by the others, on what is
// stated, in the unit of its claim.
func (n *network) implied(k, i int) Interval {
	r := n.relation(k)
	s := solver{}
	rc := relation{shape: r.shape, sign: r.sign, n: r.n}
	for j, v := range r.x {
		iv := n.of(v).stated
		if len(n.of(v).claims) == 0 {
			iv = n.at(v).iv
		}
		if j == i {
			iv = n.natural(n.of(v).key)
		}
		s.quantity(iv, false)
		rc.x = append(rc.x, j)
	}
	iv := s.contract(&rc, nil)[i]
	u := n.unitOf(r.x[i])
	if c := n.first(r.x[i]); c != nil && (c.Kind == KindMultiple || c.Kind == KindTargetMultiple) {
		iv = iv.Add(Point(1))
	}
	return shown(iv, factor(u))
}

// statedOperand is the operand that the relation's own claim fixes: the
// share, the growth, the difference, the total.
func (n *network) statedOperand(k int) int {
	r, info := n.relation(k), n.relationInfo(k)
	for i, v := range r.x {
		if n.first(v) == info.claim && info.claim != nil {
			return i
		}
	}
	switch info.tag {
	case tagShare:
		return 1
	case tagGrowth, tagAddition, tagChange, tagDifference:
		return 2
	}
	return 0
}

// broken describes a relation whose claims do not fit.
func (n *network) broken(k int) Finding {
	r, info := n.relation(k), n.relationInfo(k)
	i := n.statedOperand(k)
	c := n.first(r.x[i])
	var other *Claim
	for j, v := range r.x {
		if j != i && n.first(v) != nil {
			other = n.first(v)
			break
		}
	}
	if c == nil {
		c = info.claim
	}
	iv := n.implied(k, i)
	u := n.unitOf(r.x[i])
	f := Finding{Class: Arithmetic, Severity: Error, Left: c.ID, LeftText: c.Printed()}
	if other != nil {
		f.Right, f.RightText = other.ID, other.Printed()
	}
	f.ID = f.Class.String() + ":" + f.Left + ":" + f.Right
	var terms, termsEN []string
	for j, v := range r.x {
		if o := n.first(v); o != nil && j != i {
			terms = append(terms, o.Printed())
			termsEN = append(termsEN, o.Quantity("en"))
		}
	}
	from, fromEN := strings.Join(terms, "、"), strings.Join(termsEN, ", ")
	f.Message = fmt.Sprintf("%s：按%s计算应为%s%s，原文为%s，四舍五入无法解释。", c.subject("zh"), from, span(iv), u, c.Printed())
	f.MessageEN = fmt.Sprintf("For %s, %s give %s %s, but %s is printed; rounding cannot explain it.", c.subject("en"), fromEN, span(iv), u, c.Quantity("en"))
	switch info.tag {
	case tagTail:
		f.Message = fmt.Sprintf("%s：各年之和%s与合计%s不符。", c.subject("zh"), from, c.Printed())
		f.MessageEN = fmt.Sprintf("For %s, the years (%s) do not fit the sum %s.", c.subject("en"), fromEN, c.Quantity("en"))
	case tagAddition:
		f.Severity = Warning
	case tagGrowth:
		if r.oneWay {
			f.Class, f.Severity = Tension, Warning
			f.Message = fmt.Sprintf("%s的两个目标不一致：按%s计算为%s%s，另一处为%s。", c.subject("zh"), from, span(iv), u, c.Printed())
			f.MessageEN = fmt.Sprintf("Two targets for %s disagree: %s give %s %s, elsewhere it is %s.", c.subject("en"), fromEN, span(iv), u, c.Quantity("en"))
			break
		}
		if a := n.attr[n.of(r.x[0]).key.id]; a.unit.Money() || strings.Contains(c.Scope+c.Indicator, "规") || strings.Contains(c.Indicator, "投资") {
			// Growth of changing samples is computed on a comparable basis.
			f.Class, f.Severity = Tension, Note
			f.Message += "增速可能按可比口径（样本或范围调整）计算。"
			f.MessageEN += " The growth may be on a comparable basis (a changed sample or scope)."
		}
	}
	f.ID = f.Class.String() + ":" + f.Left + ":" + f.Right
	n.repair(k, &f)
	return f
}

// failure describes a relation that fails only in view of what other claims
// imply.
func (n *network) failure(k int) Finding {
	r, info := n.relation(k), n.relationInfo(k)
	var cs []*Claim
	for _, v := range r.x {
		cs = append(cs, n.claimsBehind(v)...)
	}
	if info.claim != nil {
		cs = append(cs, info.claim)
	}
	ids := idsOf(cs)
	left := info.claim
	if left == nil {
		left = cs[0]
	}
	f := Finding{Class: Contradiction, Severity: Warning, Left: left.ID, LeftText: left.Printed()}
	for _, c := range cs {
		if c != left {
			f.Right, f.RightText = c.ID, c.Printed()
			break
		}
	}
	f.ID = f.Class.String() + ":" + f.Left + ":" + f.Right
	f.Message = fmt.Sprintf("%s的%s与由其他数据推算的结果不能同时成立（涉及%s）。", left.subject("zh"), left.Printed(), strings.Join(ids, "、"))
	f.MessageEN = fmt.Sprintf("%s for %s cannot hold together with what other figures imply (%s).", left.Quantity("en"), left.subject("en"), strings.Join(ids, ", "))
	return f
}

func (n *network) claimsBehind(v int) []*Claim {
	var out []*Claim
	for _, id := range n.inputs(v) {
		if c := n.claimByID(id); c != nil {
			out = append(out, c)
		}
	}
	return out
}

func (n *network) claimByID(id string) *Claim {
	for m := n; m != nil; m = m.up {
		if m.byID == nil {
			m.byID = map[string]*Claim{}
			for i := range m.info {
				for _, c := range m.info[i].claims {
					m.byID[c.ID] = c
				}
			}
		}
		if c := m.byID[id]; c != nil {
			return c
		}
	}
	return nil
}

// repair finds the smallest change of one printed number, in units of its
// last place, that makes relation k hold; of several, the one that leaves the
// fewest other relations broken.
func (n *network) repair(k int, f *Finding) {
	r := n.relation(k)
	type fix struct {
		c            *Claim
		to           Value
		steps        float64
		broken, rank int
	}
	var best *fix
	for i, v := range r.x {
		c := n.first(v)
		if c == nil || c.Value.Qual != Exact || c.Value.Den > 1 || r.oneWay && i > 0 {
			continue
		}
		h := n.implied(k, i)
		x, p := c.Value.Float(), c.Value.Place()
		half := c.Interval(n.rule.Wording).Width() / 2
		var steps float64
		switch {
		case h.Lo > x+half:
			steps = math.Ceil((h.Lo-half-x)/p - 1e-9)
		case h.Hi < x-half:
			steps = -math.Ceil((x-half-h.Hi)/p - 1e-9)
		}
		if steps == 0 || math.Abs(steps) > 1e9 {
			continue
		}
		g := fix{c: c, to: c.Value, steps: math.Abs(steps), rank: (i + len(r.x) - n.statedOperand(k)) % len(r.x)}
		g.to.Coef += int64(steps)
		changed := *c
		changed.Value = g.to
		q := n.of(v)
		was := q.stated
		_, iv, ok := changed.fixes(q.span(c), n.rule.Wording)
		if !ok {
			continue
		}
		q.stated = iv
		for _, u := range n.users(v) {
			if n.holdsAsStated(u) == broken {
				g.broken++
			}
		}
		q.stated = was
		if best == nil || g.broken < best.broken || g.broken == best.broken && (g.steps < best.steps || g.steps == best.steps && g.rank < best.rank) {
			best = &g
		}
	}
	if best == nil {
		return
	}
	to := *best.c
	to.Value = best.to
	f.Repair = fmt.Sprintf("最小改动：%s改为%s（末位%.0f个单位）", best.c.Printed(), to.Printed(), best.steps)
	f.RepairEN = fmt.Sprintf("smallest change: %s to %s (%.0f units of the last place)", best.c.Quantity("en"), to.Quantity("en"), best.steps)
}

// span is the reading of the claim's period that the quantity stands for.
func (q *quantityInfo) span(c *Claim) Span {
	for _, s := range c.Spans {
		if s == q.key.span || s.To == q.key.span.To && len(c.Spans) == 1 {
			return s
		}
		if !s.Single() && s.From == q.key.span.From {
			return s
		}
	}
	return c.Spans[0]
}

// sumMisprinted reports whether relation k is a sum whose printed numbers do
// not add up although their intervals agree.
func (n *network) sumMisprinted(k int) bool {
	r, info := n.relation(k), n.relationInfo(k)
	if info.tag != tagSum && info.tag != tagTail || n.isDead(k) {
		return false
	}
	sum, total := 0.0, 0.0
	for i, v := range r.x {
		c := n.first(v)
		if c == nil || c.Value.Qual != Exact {
			return false
		}
		x := c.Value.Float() * factor(c.Unit)
		if i == 0 {
			total = x
		} else {
			sum += x
		}
	}
	return math.Abs(sum-total) > 1e-9*math.Max(1, math.Abs(total))
}

// roundingOf is the note that a relation holds only within rounding.
func (n *network) roundingOf(k int) Finding {
	r := n.relation(k)
	i := n.statedOperand(k)
	c := n.first(r.x[i])
	if c == nil {
		c = n.relationInfo(k).claim
	}
	var other *Claim
	for j, v := range r.x {
		if j != i && n.first(v) != nil {
			other = n.first(v)
			break
		}
	}
	f := Finding{Class: Arithmetic, Severity: Note, Left: c.ID, LeftText: c.Printed()}
	if other != nil {
		f.Right, f.RightText = other.ID, other.Printed()
	}
	f.ID = f.Class.String() + ":" + f.Left + ":" + f.Right
	iv := n.implied(k, i)
	f.Message = fmt.Sprintf("%s：%s与按其他数计算的%s%s之差可由四舍五入解释。", c.subject("zh"), c.Printed(), span(iv), n.unitOf(r.x[i]))
	f.MessageEN = fmt.Sprintf("For %s, %s differs from the %s %s that the other figures give only by rounding.", c.subject("en"), c.Quantity("en"), span(iv), n.unitOf(r.x[i]))
	return f
}

// deflators holds real growth against nominal levels: both may be true, so
// only an implausible price change is reported. The limits, −10 % and +15 % a
// year, are wider than any year of China's GDP deflator since 1996.
func (n *network) deflators() []Finding {
	var out []Finding
	for _, g := range n.reals {
		a, b := n.of(g.from), n.of(g.to)
		if len(a.claims) == 0 || len(b.claims) == 0 {
			continue
		}
		f := compound(n.of(g.v).stated, g.periods)
		ratio := b.stated.Div(a.stated)
		if a.stated.Lo <= 0 || f.Lo <= 0 {
			continue
		}
		p, ok := Growth(f, ratio, g.periods)
		if !ok || p.Hi >= -10 && p.Lo <= 15 {
			continue
		}
		c, l := g.claim, b.claims[0]
		x := Finding{
			ID: "tension:" + c.ID + ":" + l.ID, Class: Tension, Severity: Warning, Left: c.ID, Right: l.ID, LeftText: c.Printed(), RightText: l.Printed(),
			Message:    fmt.Sprintf("%s实际增长%s与现价总量%s、%s相比，隐含价格变动%s%%，不合常理。", c.subject("zh"), c.Printed(), a.claims[0].Printed(), l.Printed(), span(p)),
			MessageEN:  fmt.Sprintf("Real growth of %s for %s and the levels %s and %s imply a price change of %s %%, which is not plausible.", c.Quantity("en"), c.subject("en"), a.claims[0].Quantity("en"), l.Quantity("en"), span(p)),
			Readings:   []string{"统计范围或行政区划可能调整", "某一年总量可能经核算修订", "可能有录入错误"},
			ReadingsEN: []string{"the scope or the boundaries may have changed", "one of the levels may have been revised", "there may be a typing error"},
		}
		out = append(out, x)
	}
	return out
}
