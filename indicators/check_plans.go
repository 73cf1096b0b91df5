package indicators

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// checkTargets finds targets that ask for less than the last outcome. Counts
// in different measure words (12处, 15个) are compared as numbers. Targets
// that only ask to keep a level are left out.
func (d *Dataset) checkTargets(w Wording) []Finding {
	series := d.Series(Preference{Wording: w, AsRead: true})
	at := make(map[SeriesID]*Series, len(series))
	for i := range series {
		at[series[i].SeriesID] = &series[i]
	}
	byID := make(map[string]*Claim, len(d.Claims))
	for i := range d.Claims {
		byID[d.Claims[i].ID] = &d.Claims[i]
	}
	var out []Finding
	for _, t := range d.Targets(w) {
		if t.Open != "" || t.Hold || t.Measure != Level && t.Measure != Share && t.Measure != Change {
			continue
		}
		s := at[t.SeriesID]
		if s == nil {
			continue
		}
		var o Observation
		for _, x := range s.Obs {
			if due := t.Due(); x.Period.Compare(due) < 0 || x.Period.Freq() != due.Freq() && x.Period.Year() < due.Year() {
				o = x
			}
		}
		c, last := byID[t.ID], byID[o.Claim]
		if last == nil {
			continue
		}
		k, err := t.Unit.Convert(1, s.Unit)
		other := false
		if err != nil {
			if !t.Unit.Count || !s.Unit.Count || t.Unit.Base == BaseRank || s.Unit.Base == BaseRank {
				continue
			}
			k, other = t.Unit.Scale/s.Unit.Scale, true
		}
		x := t.Number() * k
		var below bool
		switch {
		case t.Floor() && t.Better != Down:
			below = x < o.Interval.Lo
		case t.Ceiling():
			below = x > o.Interval.Hi
		}
		if !below {
			continue
		}
		word, wordEN := "低于", "below"
		if t.Ceiling() {
			word, wordEN = "宽于", "looser than"
		}
		f := Finding{
			ID: "tension:" + c.ID + ":" + last.ID, Class: Tension, Severity: Warning, Left: c.ID, Right: last.ID, LeftText: c.Printed(), RightText: last.Printed(),
			Message:   fmt.Sprintf("%s的目标%s%s%s实际的%s。", c.subject("zh"), c.Printed(), word, o.Period.Label("zh"), last.Printed()),
			MessageEN: fmt.Sprintf("The target for %s, %s, is %s the outcome of %s, %s.", c.subject("en"), c.Quantity("en"), wordEN, o.Period.Label("en"), last.Quantity("en")),
			Readings:  []string{"目标可能按底线管理下达，不是预计数", "两处统计范围可能不同"}, ReadingsEN: []string{"the target may be a floor, not an expectation", "the two may differ in scope"},
		}
		if other {
			f.Readings = append(f.Readings, fmt.Sprintf("量词不同（%s与%s），按个数比较", t.Unit, s.Unit))
			f.ReadingsEN = append(f.ReadingsEN, fmt.Sprintf("the measure words differ (%s and %s); the counts are compared", t.Unit, s.Unit))
		}
		if t.Unit.Scale > 0 && k > 0 {
			need := o.Interval.Lo / k
			if t.Ceiling() {
				need = o.Interval.Hi / k
			}
			f.Repair = fmt.Sprintf("与上年持平需为%s%s", trimDigits(need), t.Unit)
			f.RepairEN = fmt.Sprintf("to equal the last outcome it would be %s %s", trimDigits(need), t.Unit)
		}
		out = append(out, f)
	}
	return out
}

// States of a project, as a milestone's note gives them: state=done.
const (
	StateDone         = "done"          // finished, opened or in operation
	StatePlannedStart = "planned_start" // to be begun by the date
	StatePlannedEnd   = "planned_end"   // to be finished by the date
)

// checkProjects finds projects that are done and yet to be begun or
// finished, and plans that end before they start.
func (d *Dataset) checkProjects() []Finding {
	type key struct{ name, area string }
	by := map[key][]*Claim{}
	var keys []key
	for _, c := range d.sorted() {
		if c.Kind != KindMilestone {
			continue
		}
		k := key{c.Indicator, c.Area}
		if by[k] == nil {
			keys = append(keys, k)
		}
		by[k] = append(by[k], c)
	}
	var out []Finding
	for _, k := range keys {
		for _, a := range by[k] {
			sa, _ := a.Remark("state")
			for _, b := range by[k] {
				sb, _ := b.Remark("state")
				if a == b || a.Period().IsZero() || b.Period().IsZero() {
					continue
				}
				f := Finding{Class: Conflict, Severity: Error, Left: a.ID, Right: b.ID, LeftText: a.stateWords("zh"), RightText: b.stateWords("zh")}
				switch {
				case sa == StateDone && (sb == StatePlannedStart || sb == StatePlannedEnd) && a.Period().Compare(b.Period()) <= 0:
					f.Message = fmt.Sprintf("%s在%s已建成，却又列入%s的计划（%s）。", k.name, a.Period().Label("zh"), b.Period().Label("zh"), b.stateWords("zh"))
					f.MessageEN = fmt.Sprintf("%s was finished in %s and yet is %s in %s.", englishName(a), a.Period().Label("en"), b.stateWords("en"), b.Period().Label("en"))
					f.Readings = []string{"可能是同名项目的不同期次或不同建设内容", "两处之一可能有误，以项目台账为准"}
					f.ReadingsEN = []string{"the two may be phases or parts of one project", "one of the two may be wrong; the project register would settle it"}
				case sa == StatePlannedEnd && sb == StatePlannedStart && a.Period().Compare(b.Period()) < 0 && a.Period().LastDay().Compare(b.Period().FirstDay()) < 0:
					f.Message = fmt.Sprintf("%s计划%s完工，却在%s才开工。", k.name, a.Period().Label("zh"), b.Period().Label("zh"))
					f.MessageEN = fmt.Sprintf("%s is to be finished in %s but begun only in %s.", englishName(a), a.Period().Label("en"), b.Period().Label("en"))
				default:
					continue
				}
				f.ID = "conflict:" + a.ID + ":" + b.ID
				out = append(out, f)
			}
		}
	}
	return out
}

// stateWords says a milestone's state.
func (c *Claim) stateWords(lang string) string {
	s, _ := c.Remark("state")
	if lang == "en" {
		switch s {
		case StateDone:
			return "finished"
		case StatePlannedStart:
			return "to be started"
		case StatePlannedEnd:
			return "to be finished"
		}
		return "mentioned"
	}
	switch s {
	case StateDone:
		return "已完成"
	case StatePlannedStart:
		return "拟开工"
	case StatePlannedEnd:
		return "拟完工"
	}
	return "提及"
}

// checkBudget holds budget spending, stated or implied by a share, against
// revenue of the same name. A local government spends its own revenue and
// transfers from above, so that spending below revenue points to a differing
// scope.
func checkBudget(n *network) []Finding {
	var out []Finding
	for v := range n.info {
		key := n.info[v].key
		iv := n.at(v).iv
		if key.goal || key.form != levelForm && key.form != sumForm || !strings.HasSuffix(key.id.Indicator, "预算支出") || math.IsInf(iv.Hi, 1) {
			continue
		}
		years := 1.0
		if !key.span.Single() {
			years = float64(key.span.To.Sub(key.span.From) + 1)
		}
		id := key.id
		id.Indicator = strings.TrimSuffix(id.Indicator, "支出") + "收入"
		rv, ok := n.find(quantityKey{id: id, span: At(key.span.To)})
		if !ok {
			continue
		}
		rev := n.first(rv)
		if rev == nil || iv.Hi/years >= n.at(rv).iv.Lo {
			continue
		}
		ids := n.inputs(v)
		left := n.claimByID(ids[len(ids)-1])
		a := n.attr[key.id]
		k := factor(a.unit)
		year := shown(Interval{Lo: iv.Lo / years, Hi: iv.Hi / years}, k)
		f := Finding{
			ID: "tension:" + left.ID + ":" + rev.ID, Class: Tension, Severity: Warning, Left: left.ID, Right: rev.ID, LeftText: left.Printed(), RightText: rev.Printed(),
			Message: fmt.Sprintf("按%s推算，%s%s年均%s%s，低于%s%s的%s；基层财政支出通常不低于收入，两处口径可能不同。",
				strings.Join(printedOf(n, ids, "zh"), "、"), id.Area, key.id.Indicator, span(year), a.unit, rev.Period().Label("zh"), rev.Indicator, rev.Printed()),
			MessageEN: fmt.Sprintf("From %s, %s of %s is %s %s a year, below %s of %s, %s; local spending is rarely below revenue, so the two probably differ in scope.",
				strings.Join(printedOf(n, ids, "en"), ", "), "spending ("+key.id.Indicator+")", id.Area, span(year), a.unit, englishName(rev), rev.Period().Label("en"), rev.Quantity("en")),
			Readings:   []string{"一处可能为全域口径，另一处为区本级口径", "占比可能只指某一年，不是累计数的占比", "累计支出的起止年份可能不同"},
			ReadingsEN: []string{"one may cover the whole territory, the other the district's own budget", "the share may be of one year and not of the sum", "the sum may cover other years"},
		}
		out = append(out, f)
	}
	return out
}

func printedOf(n *network, ids []string, lang string) []string {
	var out []string
	for _, id := range ids {
		if c := n.claimByID(id); c != nil {
			if lang == "en" {
				out = append(out, fmt.Sprintf("%s %s", englishName(c), c.Quantity("en")))
			} else {
				out = append(out, c.Indicator+c.Printed())
			}
		}
	}
	return out
}

// checkBases notes growth goals and doublings whose base the claims give
// neither directly nor by derivation.
func (d *Dataset) checkBases(n *network, w Wording) []Finding {
	var out []Finding
	for _, c := range d.sorted() {
		if c.Kind != KindTargetGrowth && c.Kind != KindTargetMultiple || !c.HasValue || len(c.Spans) != 1 {
			continue
		}
		k, _, ok := c.fixes(c.Spans[0], w)
		if !ok {
			continue
		}
		if v, ok := n.find(quantityKey{id: k.id.level(), span: At(k.span.From)}); ok {
			if q, dom := n.of(v), n.at(v); len(q.claims) > 0 || dom.loBy >= 0 || dom.hiBy >= 0 {
				continue
			}
		}
		out = append(out, Finding{
			ID: "missing:" + c.ID, Class: Missing, Severity: Note, Left: c.ID, LeftText: c.Printed(),
			Message:   fmt.Sprintf("%s的目标%s没有基数：未见%s%s的数值。", c.subject("zh"), c.Printed(), k.span.From.Label("zh"), c.Indicator),
			MessageEN: fmt.Sprintf("The target for %s, %s, has no base: no figure for %s is given.", c.subject("en"), c.Quantity("en"), k.span.From.Label("en")),
		})
	}
	return out
}

// checkParts reports notes part_of= that name no claim.
func (d *Dataset) checkParts() []Finding {
	ids := make(map[string]bool, len(d.Claims))
	for i := range d.Claims {
		ids[d.Claims[i].ID] = true
	}
	var out []Finding
	for _, c := range d.sorted() {
		of, ok := c.Remark("part_of")
		if !ok {
			continue
		}
		if id, _, _ := strings.Cut(of, "/"); !ids[id] {
			out = append(out, Finding{
				ID: "missing:" + c.ID + ":part_of", Class: Missing, Severity: Warning, Left: c.ID, LeftText: c.Printed(),
				Message:   fmt.Sprintf("%s注明是%s的分项，但没有这一行。", c.ID, id),
				MessageEN: fmt.Sprintf("%s is noted as a part of %s, but there is no such row.", c.ID, id),
			})
		}
	}
	return out
}

// checkRepeats notes sentences with a number that stand unchanged in two
// documents: yearly reports are often written over the one before.
func (d *Dataset) checkRepeats() []Finding {
	first := map[string]*Claim{}
	var out []Finding
	for _, c := range d.sorted() {
		q := c.Source.Quote
		if c.Source.Doc == "" || utf8.RuneCountInString(q) < 12 || !c.HasValue {
			continue
		}
		o := first[q]
		switch {
		case o == nil:
			first[q] = c
		case o.Source.Doc != c.Source.Doc && o.Indicator == c.Indicator:
			out = append(out, Finding{
				ID: "repeated_text:" + o.ID + ":" + c.ID, Class: RepeatedText, Severity: Note, Left: o.ID, Right: c.ID, LeftText: o.Printed(), RightText: c.Printed(),
				Message:   fmt.Sprintf("“%s”在%s与%s中一字不差，可能沿用了旧文。", q, o.Source.Doc, c.Source.Doc),
				MessageEN: fmt.Sprintf("The sentence on %s stands word for word in %s and in %s; it may have been carried over.", englishName(c), o.Source.Doc, c.Source.Doc),
			})
		}
	}
	return out
}
