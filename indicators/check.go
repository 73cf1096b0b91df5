package indicators

import (
	"cmp"
	"fmt"
	"slices"
)

// Check looks for claims that do not fit together: levels of one indicator,
// area and period that no rounding reconciles, and targets below the last
// outcome. Claims are compared as intervals under policy w. The findings come
// with the most severe first, then in the order of the text.
func (d *Dataset) Check(w Wording) []Finding {
	var out []Finding
	out = append(out, d.checkLevels(w)...)
	order := map[string]int{}
	for i := range d.Claims {
		order[d.Claims[i].ID] = i
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(order[a.Left], order[b.Left]), cmp.Compare(order[a.Right], order[b.Right]), cmp.Compare(a.Class, b.Class))
	})
	return out
}

// checkLevels finds two readings of one quantity that have no number in
// common.
func (d *Dataset) checkLevels(w Wording) []Finding {
	type key struct {
		id SeriesID
		p  Period
	}
	groups := map[key][]*Claim{}
	var keys []key
	for i := range d.Claims {
		c := &d.Claims[i]
		p, ok := c.entersSeries(Period{})
		if !ok {
			continue
		}
		k := key{c.Series(), p}
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], c)
	}
	var out []Finding
	for _, k := range keys {
		g := groups[k]
		for i, a := range g {
			for _, b := range g[i+1:] {
				ua, ub := a.Unit, b.Unit
				if ua.Base != ub.Base {
					continue
				}
				ia, ib := a.Interval(w), b.Interval(w)
				if ua.Scale != ub.Scale {
					ib = ib.Scale(ub.Scale / ua.Scale)
				}
				if ia.Overlaps(ib) {
					continue
				}
				p := k.p.Label("zh")
				f := Finding{
					ID: "conflict:" + a.ID + ":" + b.ID, Class: Conflict, Severity: Warning, Left: a.ID, Right: b.ID, LeftText: a.Printed(), RightText: b.Printed(),
					Message:    fmt.Sprintf("%s%s%s有两个数：%s与%s，四舍五入无法解释二者之差。", a.Area, p, a.Indicator, a.Printed(), b.Printed()),
					MessageEN:  fmt.Sprintf("Two figures for %s of %s in %s: %s and %s; rounding cannot reconcile them.", englishName(a), a.Area, k.p.Label("en"), a.Printed(), b.Printed()),
					Readings:   readings(a, b, "zh"),
					ReadingsEN: readings(a, b, "en"),
				}
				out = append(out, f)
			}
		}
	}
	return out
}

func englishName(c *Claim) string {
	if c.English != "" {
		return c.English
	}
	return c.Indicator
}

// readings lists what would reconcile two figures of one quantity: another
// year where a text leaves it open, another definition, a later revision.
func readings(a, b *Claim, lang string) []string {
	var out []string
	for _, c := range []*Claim{a, b} {
		if c.Kind == KindFrom || c.Kind == KindTo {
			if lang == "en" {
				out = append(out, fmt.Sprintf("%s is the end of a from–to pair whose years the text does not name: it may be of another year", c.Printed()))
			} else {
				out = append(out, fmt.Sprintf("%s是“由…到…”的一端，原文未写明年份，可能是另一年的数", c.Printed()))
			}
		}
	}
	if lang == "en" {
		return append(out, "the two may differ in scope (such as customs or local statistics)", "one may be preliminary and the other revised; the statistical communiqué would settle it")
	}
	return append(out, "两数口径可能不同（如海关口径与属地口径）", "一个可能是快报数，另一个是核定数；以统计公报为准")
}
