package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"example.com/zhibiao/indicators"
)

// gap is how far the growth of the levels may lie from the stated growth, in
// points, before the series counts as broken; jump is the change without any
// stated growth that does the same, in per cent.
const (
	gap  = 10
	jump = 35
)

// family is the concept behind several names: a series may continue under
// another scope or another concept, but then it breaks.
var family = map[string]string{
	"农民人均纯收入": "农村居民收入", "农村居民人均可支配收入": "农村居民收入",
	"公共财政预算收入": "一般公共预算收入",
}

func familyOf(name string) string {
	if f, ok := family[name]; ok {
		return f
	}
	for _, w := range []string{"全社会", "区本级", "市本级", "规模以上", "限额以上", "地方"} {
		name = strings.TrimPrefix(name, w)
	}
	return name
}

// breaks classes what a forecast must not run across: a changed scope or
// concept, levels that contradict the stated growth, levels that jump without
// one. A small difference of a real growth rate and nominal levels is noted as
// such, for it is none.
func (p *panel) breaks() []indicators.Finding {
	growth := map[string]map[int]*indicators.Claim{} // by series without measure, and year
	key := func(c *indicators.Claim) string { return c.Indicator + "\x00" + c.Area + "\x00" + c.Scope }
	for i := range p.data.Claims {
		c := &p.data.Claims[i]
		if c.Kind == indicators.KindGrowth && c.HasValue && c.Unit.Percent() && len(c.Spans) == 1 && c.Spans[0].Single() && c.Spans[0].To.Freq() == indicators.Annual {
			if growth[key(c)] == nil {
				growth[key(c)] = map[int]*indicators.Claim{}
			}
			growth[key(c)][c.Spans[0].To.Year()] = c
		}
	}
	var out []indicators.Finding
	add := func(sev indicators.Severity, class indicators.Class, a, b *indicators.Claim, zh, en string) {
		out = append(out, indicators.Finding{
			ID: class.String() + ":" + a.ID + ":" + b.ID, Class: class, Severity: sev, Left: a.ID, Right: b.ID, LeftText: a.Printed(), RightText: b.Printed(), Message: zh, MessageEN: en,
		})
	}
	said := map[string]bool{} // figures that the check of the arithmetic has spoken of
	for _, f := range p.findings {
		said[f.Left], said[f.Right] = true, true
	}
	type point struct {
		claim *indicators.Claim
		year  int
	}
	families := map[string][]point{}
	var names []string
	for i := range p.series {
		s := &p.series[i]
		if s.Measure != indicators.Level {
			continue
		}
		for k, o := range s.Obs {
			c := p.data.Claim(o.Claim)
			if c == nil || o.Period.Freq() != indicators.Annual {
				continue
			}
			f := familyOf(s.Indicator) + "\x00" + s.Area
			if families[f] == nil {
				names = append(names, f)
			}
			families[f] = append(families[f], point{c, o.Period.Year()})
			if k == 0 || s.Obs[k-1].Period.Freq() != indicators.Annual || o.Period.Sub(s.Obs[k-1].Period) != 1 {
				continue
			}
			b := p.data.Claim(s.Obs[k-1].Claim)
			if b == nil || !steady(c) || !steady(b) || s.Obs[k-1].Value <= 0 || s.Unit.Percent() {
				continue
			}
			g, ok := indicators.Growth(s.Obs[k-1].Interval, o.Interval, 1)
			if !ok || !g.Bounded() {
				continue
			}
			implied := 100 * (o.Value/s.Obs[k-1].Value - 1)
			stated := growth[key(c)][o.Period.Year()]
			if stated == nil {
				if math.Abs(implied) > jump {
					p.broken[c.ID] = true
					add(indicators.Warning, indicators.BreakFound, b, c,
						fmt.Sprintf("%s由%d年的%s变为%d年的%s，变动%.1f%%而未公布增速，口径可能已变。", s.Indicator, o.Period.Year()-1, b.Printed(), o.Period.Year(), c.Printed(), implied),
						fmt.Sprintf("%s goes from %s in %d to %s in %d, a change of %.1f %% without a stated growth; its definition may have changed.", english(c), b.Quantity("en"), o.Period.Year()-1, c.Quantity("en"), o.Period.Year(), implied))
				}
				continue
			}
			x := stated.Interval(indicators.Wording{})
			if !x.Bounded() || g.Overlaps(x) {
				continue
			}
			off := implied - stated.Value.Float()
			base := 100 * o.Value / (100 + stated.Value.Float())
			switch {
			case math.Abs(off) > gap:
				p.broken[c.ID] = true
				add(indicators.Warning, indicators.BreakFound, b, c,
					fmt.Sprintf("%s%d年公布增速%s，而与上年公布数%s相比为%.1f%%，相差%.1f个百分点；按该增速推算的基数为%.1f%s，基数已调整或统计范围已变。", s.Indicator, o.Period.Year(), stated.Printed(), b.Printed(), implied, off, base, s.Unit.Symbol),
					fmt.Sprintf("%s: the stated growth of %s in %d and the level before it (%s) differ by %.1f points; the growth implies a base of %.1f %s, so the base was restated or the coverage changed.", english(c), stated.Printed(), o.Period.Year(), b.Quantity("en"), off, base, s.Unit.Symbol))
			case realGrowth(c, stated):
				add(indicators.Note, indicators.Tension, b, c,
					fmt.Sprintf("%s%d年公布增速%s，按现价总量计算为%.1f%%；增速一般按可比价计算，两者不矛盾。", s.Indicator, o.Period.Year(), stated.Printed(), implied),
					fmt.Sprintf("%s: growth of %s is stated for %d, the nominal levels give %.1f %%; growth is usually at comparable prices, so the two do not contradict each other.", english(c), stated.Printed(), o.Period.Year(), implied))
			case !said[stated.ID]:
				add(indicators.Note, indicators.Tension, b, c,
					fmt.Sprintf("%s%d年公布增速%s，与两年公布数之比%.1f%%相差%.1f个百分点，上年数可能已修订。", s.Indicator, o.Period.Year(), stated.Printed(), implied, off),
					fmt.Sprintf("%s: the stated growth of %s in %d differs from the ratio of the published levels (%.1f %%) by %.1f points; the year before may have been revised.", english(c), stated.Printed(), o.Period.Year(), implied, off))
			}
		}
	}
	slices.Sort(names)
	for _, f := range names {
		pts := families[f]
		slices.SortStableFunc(pts, func(a, b point) int { return a.year - b.year })
		for i := 1; i < len(pts); i++ {
			a, b := pts[i-1], pts[i]
			if b.year == a.year || b.claim.Indicator == a.claim.Indicator && b.claim.Scope == a.claim.Scope {
				continue
			}
			if carried(pts, a.year, b.claim.Indicator, b.claim.Scope, func(q point) (int, string, string) { return q.year, q.claim.Indicator, q.claim.Scope }) {
				continue // the newer series already ran beside the older one
			}
			if g := growth[key(b.claim)][b.year]; g != nil && b.year == a.year+1 && a.claim.Unit.Symbol == b.claim.Unit.Symbol {
				var w indicators.Wording
				if ratio, ok := indicators.Growth(a.claim.Interval(w), b.claim.Interval(w), 1); ok && ratio.Overlaps(g.Interval(w)) {
					continue // the stated growth joins the two: another name of the same thing
				}
			}
			p.broken[b.claim.ID] = true
			add(indicators.Warning, indicators.BreakFound, a.claim, b.claim,
				fmt.Sprintf("%d年为%s（%s），%d年改为%s（%s），概念或口径不同，不能连成一个序列。", a.year, label(a.claim), a.claim.Printed(), b.year, label(b.claim), b.claim.Printed()),
				fmt.Sprintf("%s (%s) in %d, but %s (%s) in %d: another concept or scope, not one series.", label(a.claim), a.claim.Quantity("en"), a.year, label(b.claim), b.claim.Quantity("en"), b.year))
		}
	}
	return out
}

// carried reports whether the series with this name and scope has a point in a
// year up to and including year.
func carried[P any](pts []P, year int, name, scope string, f func(P) (int, string, string)) bool {
	for _, q := range pts {
		if y, n, s := f(q); y <= year && n == name && s == scope {
			return true
		}
	}
	return false
}

func label(c *indicators.Claim) string {
	if c.Scope != "" && !strings.Contains(c.Indicator, c.Scope) {
		return c.Scope + c.Indicator
	}
	return c.Indicator
}

func english(c *indicators.Claim) string { return cmp.Or(c.English, c.Indicator) }

// steady reports whether a claim is an amount or count whose growth means
// something: 新建 and other counts of a year's deeds jump by their nature.
func steady(c *indicators.Claim) bool {
	switch indicators.NatureOf(c.Indicator, c.Unit, c.Kind) {
	case indicators.Amount, indicators.Stock, indicators.Population, indicators.Aggregate:
		return c.English != ""
	}
	return false
}

// realGrowth reports whether a growth rate is at comparable prices: by its
// words, or because it is of GDP or value added.
func realGrowth(c, g *indicators.Claim) bool {
	return g.Prices == indicators.Real || strings.Contains(c.Indicator, "生产总值") || strings.Contains(c.Indicator, "增加值")
}

// byPeriod sorts readings by period, then by the order of the reports.
func byPeriod(cs []*indicators.Claim) []*indicators.Claim {
	out := slices.Clone(cs)
	slices.SortStableFunc(out, func(a, b *indicators.Claim) int { return a.Spans[0].To.Compare(b.Spans[0].To) })
	return out
}
