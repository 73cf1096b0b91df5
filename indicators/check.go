package indicators

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Check looks for what does not fit together in the dataset: two figures for
// one quantity, arithmetic that fails within rounding, targets below the last
// outcome, projects done before their planned start, spending below revenue,
// growth goals without a base, sentences repeated from one document to the
// next, levels below zero of what cannot be, numbers that are not in the words
// quoted for them. Figures in different units or at different prices are not
// held against each other. Claims are compared as the intervals that policy w makes of them. The
// findings come with the most severe first, then in the order of the text;
// the order of the claims does not matter.
func (d *Dataset) Check(w Wording) []Finding {
	rule := Preference{Wording: w}
	base, views := d.buildNetwork(rule)
	var out []Finding
	out = append(out, d.checkRows()...)
	out = append(out, d.checkLevels(w)...)
	out = append(out, checkRelations(base, views)...)
	out = append(out, d.checkTargets(w)...)
	out = append(out, d.checkProjects()...)
	out = append(out, checkBudget(base)...)
	out = append(out, d.checkBases(base, w)...)
	out = append(out, d.checkParts()...)
	out = append(out, d.checkRepeats()...)
	order := make(map[string]*Claim, len(d.Claims))
	for i := range d.Claims {
		order[d.Claims[i].ID] = &d.Claims[i]
	}
	place := func(a, b string) int {
		x, y := order[a], order[b]
		if x == nil || y == nil {
			return strings.Compare(a, b)
		}
		return claimOrder(x, y)
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), place(a.Left, b.Left), place(a.Right, b.Right), cmp.Compare(a.Class, b.Class), strings.Compare(a.ID, b.ID))
	})
	return out
}

// sorted returns the claims in the order of the text.
func (d *Dataset) sorted() []*Claim {
	out := make([]*Claim, len(d.Claims))
	for i := range d.Claims {
		out[i] = &d.Claims[i]
	}
	slices.SortFunc(out, claimOrder)
	return out
}

// checkLevels finds two claims of one quantity that have no number in common.
func (d *Dataset) checkLevels(w Wording) []Finding {
	groups := map[quantityKey][]*Claim{}
	var keys []quantityKey
	for _, c := range d.sorted() {
		if !c.HasValue || len(c.Spans) != 1 {
			continue
		}
		k, _, ok := c.fixes(c.Spans[0], w)
		if !ok {
			continue
		}
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], c)
	}
	reading := func(c *Claim) Interval {
		_, iv, _ := c.fixes(c.Spans[0], w)
		s := partsSlack(c)
		iv.Lo, iv.Hi = iv.Lo-s, iv.Hi+s
		return iv
	}
	var out []Finding
	for _, k := range keys {
		g := groups[k]
		if len(g) > 50 {
			g = g[:50] // one quantity in fifty places: the first pairs tell enough
		}
		for i, a := range g {
			for _, b := range g[i+1:] {
				if !sameThings(a.Unit, b.Unit) || otherPrices(a, b) || pairEnds(a, b) {
					continue
				}
				ia, ib := reading(a), reading(b)
				if ia.Overlaps(ib) || touches(ia, ib) {
					if roundedSums(a, b) {
						out = append(out, roundingNote(a, b))
					}
					continue
				}
				out = append(out, conflict(a, b, groups, w))
			}
		}
	}
	return out
}

// pairEnds reports whether a and b are the two ends of one from–to pair, which
// differ because the indicator changed: their years are open, or the reader of
// the text gave both the last.
func pairEnds(a, b *Claim) bool {
	if a.Source.Quote == "" || a.Source.Quote != b.Source.Quote || a.Source.Doc != b.Source.Doc {
		return false
	}
	if a.Kind == KindFrom && b.Kind == KindTo || a.Kind == KindTo && b.Kind == KindFrom {
		return true
	}
	q := a.Source.Quote
	for _, w := range [...]string{"由", "从"} {
		for _, c := range [2][2]*Claim{{a, b}, {b, a}} {
			_, rest, ok := strings.Cut(q, w+c[0].Value.String())
			if !ok {
				continue
			}
			if i := strings.Index(rest, c[1].Value.String()); i >= 0 && strings.ContainsAny(rest[:i], "到至为") {
				return true
			}
		}
	}
	return false
}

// touches reports whether the closures of a and b meet: then the two agree
// under another rule of rounding. A hair is allowed, since 17.415 is not a
// binary number.
func touches(a, b Interval) bool {
	e := 1e-12 * math.Max(math.Abs(a.Lo), math.Abs(a.Hi))
	return a.Lo <= b.Hi+e && b.Lo <= a.Hi+e && !math.IsInf(e, 0)
}

// roundedSums reports whether one of two figures that agree is a sum of
// rounded parts that is printed differently.
func roundedSums(a, b *Claim) bool {
	return (partsSlack(a) > 0 || partsSlack(b) > 0) && a.Value.Rat().Cmp(b.Value.Rat()) != 0 && a.Unit == b.Unit
}

func roundingNote(a, b *Claim) Finding {
	return Finding{
		ID: "arithmetic:" + a.ID + ":" + b.ID, Class: Arithmetic, Severity: Note, Left: a.ID, Right: b.ID, LeftText: a.Printed(), RightText: b.Printed(),
		Message:   fmt.Sprintf("%s的两个合计%s与%s相差由各分项四舍五入所致，未作机械调整。", a.subject("zh"), a.Printed(), b.Printed()),
		MessageEN: fmt.Sprintf("The two totals for %s, %s and %s, differ only by the rounding of their parts.", a.subject("en"), a.Quantity("en"), b.Quantity("en")),
	}
}

// subject names what a claim is about: area, period, scope and indicator.
func (c *Claim) subject(lang string) string {
	p := c.Period()
	if lang == "en" {
		s := englishName(c) + " of " + c.Area
		if c.Scope != "" {
			s = englishName(c) + " (" + c.Scope + ") of " + c.Area
		}
		if c.Area == "" {
			s = englishName(c)
		}
		if p.IsZero() {
			return s
		}
		return s + " in " + p.Label("en")
	}
	s := c.Area + p.Label("zh") + c.Indicator
	if c.Scope != "" {
		s += "（" + c.Scope + "）"
	}
	return s
}

func conflict(a, b *Claim, groups map[quantityKey][]*Claim, w Wording) Finding {
	f := Finding{
		ID: "conflict:" + a.ID + ":" + b.ID, Class: Conflict, Severity: Warning, Left: a.ID, Right: b.ID, LeftText: a.Printed(), RightText: b.Printed(),
		Message:    fmt.Sprintf("%s有两个数：%s与%s，四舍五入无法解释二者之差。", a.subject("zh"), a.Printed(), b.Printed()),
		MessageEN:  fmt.Sprintf("There are two figures for %s: %s and %s; rounding cannot reconcile them.", a.subject("en"), a.Quantity("en"), b.Quantity("en")),
		Readings:   readings(a, b, "zh"),
		ReadingsEN: readings(a, b, "en"),
	}
	if partsSlack(a) > 0 || partsSlack(b) > 0 { // two divisions of one total in one table
		f.ID, f.Class, f.Severity = "arithmetic:"+a.ID+":"+b.ID, Arithmetic, Error
		f.Message = fmt.Sprintf("%s的两种分组合计不一致：%s与%s，四舍五入无法解释。", a.subject("zh"), a.Printed(), b.Printed())
		f.MessageEN = fmt.Sprintf("The totals of two divisions of %s differ: %s and %s; rounding cannot explain it.", a.subject("en"), a.Quantity("en"), b.Quantity("en"))
	}
	if a.Unit == b.Unit && a.Value.Qual == Exact && b.Value.Qual == Exact && a.Value.Den <= 1 && b.Value.Den <= 1 {
		place := math.Min(a.Value.Place(), b.Value.Place())
		diff := math.Abs(a.Value.Float() - b.Value.Float())
		f.Repair = fmt.Sprintf("两数相差%s%s，即末位的%.0f个单位；需更正其中一个或注明口径", trim(diff), a.Unit, diff/place)
		f.RepairEN = fmt.Sprintf("they differ by %s %s, %.0f units of the last place; one must be corrected or its scope stated", trim(diff), a.Unit, diff/place)
	}
	f.shareReadings(a, b, groups, w)
	return f
}

// trim prints x without binary noise.
func trim(x float64) string {
	s := fmt.Sprintf("%.6f", x)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// shareReadings adds what a share of the same quantity says: if the totals
// that the two levels imply do not meet, it can belong to one of them only.
func (f *Finding) shareReadings(a, b *Claim, groups map[quantityKey][]*Claim, w Wording) {
	ka, _, _ := a.fixes(a.Spans[0], w)
	if ka.form != levelForm || ka.goal || a.Unit.Symbol != b.Unit.Symbol {
		return
	}
	var shares []*Claim
	for k, cs := range groups { // collected, then sorted
		if k.form == shareForm && k.id.level() == ka.id && k.span == ka.span && !k.goal {
			shares = append(shares, cs...)
		}
	}
	slices.SortFunc(shares, claimOrder)
	for _, s := range shares {
		_, part, _ := s.fixes(s.Spans[0], w)
		ta, tb := a.Interval(w).Div(part), b.Interval(w).Div(part)
		if ta.Overlaps(tb) || !ta.Bounded() || !tb.Bounded() {
			continue
		}
		ind, area := SplitRef(s.Of)
		f.Readings = append(f.Readings, fmt.Sprintf("占%s%s%s的说法只能属于其中一个：按%s推算%s总量为%s%s，按%s为%s%s，两者不相交", area, ind, s.Printed(), a.Printed(), area, span(ta), a.Unit, b.Printed(), span(tb), b.Unit))
		f.ReadingsEN = append(f.ReadingsEN, fmt.Sprintf("the share of %s in %s can belong to one of them only: the total is %s %s from %s, %s from %s", s.Quantity("en"), s.Of, span(ta), a.Unit, a.Quantity("en"), span(tb), b.Quantity("en")))
	}
}

// span prints an interval as a range of four significant digits or so.
func span(a Interval) string {
	f := func(x float64) string { return trimDigits(x) }
	switch {
	case math.IsInf(a.Hi, 1) && math.IsInf(a.Lo, -1):
		return "任意值"
	case math.IsInf(a.Hi, 1):
		return "≥" + f(a.Lo)
	case math.IsInf(a.Lo, -1):
		return "≤" + f(a.Hi)
	case f(a.Lo) == f(a.Hi):
		return f(a.Lo)
	}
	return f(a.Lo) + "–" + f(a.Hi)
}

func trimDigits(x float64) string {
	dec := 0
	if x != 0 {
		dec = max(0, 4-int(math.Floor(math.Log10(math.Abs(x)))))
	}
	dec = min(dec, 6)
	s := fmt.Sprintf("%.*f", dec, x)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
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
				out = append(out, fmt.Sprintf("%s is the end of a from–to pair whose years the text does not name: it may be of another year", c.Quantity("en")))
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
