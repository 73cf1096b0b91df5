package report

import (
	"strings"
	"unicode/utf8"

	"example.com/zhibiao/indicators"
)

// assign names the figures of one stretch: the text between two semicolons,
// over which a subject reaches.
func (r *reader) assign(p *para, items []item) {
	for i := 0; i < len(items); {
		j := i + 1
		for j < len(items) && joins(p, &items[j-1], &items[j]) {
			j++
		}
		switch {
		case items[i].n.Class == indicators.RatioPart:
			r.assignRatio(p, items[i:j])
		case j-i > 1:
			r.assignRun(p, items, i, j)
		default:
			r.assignOne(p, items, i)
		}
		i = j
	}
	for i := 1; i < len(items); i++ {
		items[i].paired = items[i].lead.to && items[i-1].lead.from && items[i-1].n.Unit.Base == items[i].n.Unit.Base
	}
}

// joins reports whether b only continues the enumeration that a is in.
func joins(p *para, a, b *item) bool {
	if a.n.Class == indicators.RatioPart || b.n.Class == indicators.RatioPart {
		return a.n.Class == b.n.Class && b.n.Part == a.n.Part+1
	}
	if a.inParen != b.inParen || b.n.From < a.n.To || strings.Trim(p.s[a.n.To:b.n.From], "、和及与以，,或") != "" {
		return false
	}
	return a.n.Unit.Base == b.n.Unit.Base && !a.n.Unit.IsZero()
}

// assignRatio names the parts of 三次产业结构: shares of the three industries.
func (r *reader) assignRatio(p *para, items []item) {
	it := &items[0]
	about := p.s[it.clause:it.n.From]
	if !containsAny(about, "产业结构", "三次产业", "三产结构", "三产比", "三产业", "产业比") {
		for i := range items {
			items[i].refused = "a ratio whose parts are not named"
		}
		return
	}
	r.assignStructure(items)
}

// assignStructure gives three values to the shares of the three industries.
func (r *reader) assignStructure(items []item) {
	for i := range items {
		items[i].lead = items[0].lead
		items[i].clause, items[i].subj = items[0].clause, items[0].clause
		items[i].end = items[len(items)-1].end
		items[i].names = []string{[...]string{"第一产业比重", "第二产业比重", "第三产业比重"}[i%3]}
		items[i].rule, items[i].conf = "ratio", 0.95
	}
}

// assignRun aligns an enumeration of values with as many subjects.
func (r *reader) assignRun(p *para, items []item, i, j int) {
	k := j - i
	first := &items[i]
	base := first.lead
	var names []string
	ok := false
	rule := "respectively"
	subject := first.lead.subject
	subj := first.clause
	if k == 3 && first.n.Unit.Percent() && containsAny(p.s[first.clause:first.n.From], "产业结构", "三次产业", "三产结构", "产业比") {
		if n, ok := splitSubjects(subject, k, r.v); !ok || n == nil {
			r.assignStructure(items[i:j])
			return
		}
	}
	if first.n.Unit.Base == indicators.BaseRank && first.n.From < first.n.Start {
		r.assignRanks(items, i, j)
		return
	}
	if list := yearList(first.before, k); list != nil && r.assignYears(items, i, j, list) {
		return
	}
	if subject != "" {
		names, ok = splitSubjects(subject, k, r.v)
		if !ok {
			// 处理率分别达到a、b、c, with the subjects in the clause before.
			if parts, at, found := r.clauseSubjects(p, first, k); found {
				for n := range parts {
					parts[n] += strings.TrimPrefix(subject, "的")
				}
				names, ok, subj = parts, true, at
			}
		}
	} else {
		if prev, at, found := lastNames(items[:i], k); found {
			names, ok, subj = prev, true, at
		} else if parts, at, found := r.clauseSubjects(p, first, k); found {
			names, ok, subj = parts, true, at
		}
	}
	if !ok && subject == "" && i == 0 && !first.lead.has(fResp) && first.post0() != "" {
		// 建成2座、3座 …: each with its own noun behind it.
		for n := i; n < j; n++ {
			r.assignOne(p, items, n)
		}
		return
	}
	if !ok && !first.lead.has(fResp) {
		if first.n.Unit.Percent() || subject == "" {
			for n := i; n < j; n++ {
				items[n].refused = "values without as many subjects"
			}
			return
		}
		// Two values of one subject without 分别, such as a total and its part.
		for n := i; n < j; n++ {
			items[n].lead = base
			items[n].names = []string{tidy(subject, r.v)}
			items[n].rule, items[n].conf = "several values of one subject", 0.5
		}
		return
	}
	if !ok {
		for n := i; n < j; n++ {
			items[n].refused = "分别 with a different number of subjects and values"
		}
		return
	}
	shareQualifier(items[i:j])
	for n := i; n < j; n++ {
		it := &items[n]
		own := it.lead
		it.lead = base
		it.lead.own = own.own
		it.names = []string{tidy(names[n-i], r.v)}
		it.subj = min(subj, it.clause)
		it.clause = min(it.clause, first.clause)
		it.rule, it.conf = rule, 0.95
		if first.n.Unit.Percent() && first.lead.share && it.lead.of == "" {
			it.lead.of = base.of
		}
	}
}

// assignRanks gives places in an order to as many indicators: those named in
// front of 居 or 列, or the last values before.
func (r *reader) assignRanks(items []item, i, j int) {
	first, k := &items[i], j-i
	s := first.lead.subject
	among := ""
	for _, w := range []string{"位居", "位列", "排名", "居", "列", "排"} {
		if at := strings.LastIndex(s, w); at >= 0 {
			s, among = s[:at], strings.Trim(s[at+len(w):], "在，、")
			break
		}
	}
	var l lead
	s = l.headOf(l.tail(s, r.v), r.v)
	names, subj, ok := []string(nil), first.clause, false
	if s == "" || sameAs[s] {
		names, subj, ok = lastNames(items[:i], k)
	} else {
		names, ok = splitSubjects(s, k, r.v)
	}
	for n := i; n < j; n++ {
		it := &items[n]
		if !ok {
			it.refused = "a list of places with a different number of subjects"
			continue
		}
		it.names, it.among = []string{tidy(names[n-i], r.v)}, among
		it.lead = first.lead
		it.subj, it.clause = min(subj, first.clause), first.clause
		it.rule, it.conf = "respectively", 0.9
	}
}

// yearList reads 2015和2016年同期增速分别为: the years of k values.
func yearList(before string, k int) []int {
	var out []int
	for i := 0; i+4 <= len(before); i++ {
		if y, ok := yearAt(before, i); ok {
			rest := before[i+4:]
			if strings.HasPrefix(rest, "年") || strings.HasPrefix(rest, "和") || strings.HasPrefix(rest, "、") {
				out = append(out, y)
			}
			i += 3
		}
	}
	if len(out) != k || k < 2 {
		return nil
	}
	return out
}

// assignYears gives the values of one indicator to the years listed before.
func (r *reader) assignYears(items []item, i, j int, years []int) bool {
	first := &items[i]
	var l lead
	name := first.lead.subject
	if k := strings.LastIndex(name, "年"); k >= 0 {
		name = l.headOf(l.tail(name[k+len("年"):], r.v), r.v)
	}
	if name = tidy(name, r.v); !containsHan(strings.Trim(name, "0123456789、和")) || sameAs[name] {
		name = ""
		for k := i - 1; k >= 0; k-- {
			if len(items[k].names) == 1 {
				name = items[k].names[0]
				break
			}
		}
	}
	if name == "" || sameAs[name] {
		return false
	}
	base := first.lead
	for n := i; n < j; n++ {
		it := &items[n]
		it.lead = base
		it.lead.own = years[n-i]
		it.names, it.subj, it.clause = []string{name}, first.clause, first.clause
		it.rule, it.conf = "years listed", 0.85
	}
	return true
}

// shareQualifier lets the 以上 or 以内 behind the last value of an enumeration
// count for all of it and notes the doubt: it may bind to the last alone.
func shareQualifier(items []item) {
	last := items[len(items)-1].n.Value
	if last.Qual != indicators.AtLeast && last.Qual != indicators.AtMost && last.Word != "左右" || last.Word == "不低于" {
		return
	}
	for k := range items[:len(items)-1] {
		v := &items[k].n.Value
		if v.Qual == indicators.Exact {
			v.Qual, v.Word = last.Qual, last.Word
			items[k].doubt = last.Word + " stands behind the last value only"
		}
	}
}

func (it *item) post0() string { return postNoun(it.after) }

// lastNames returns the names of the last k values before, if they are k
// different indicators; an enumeration of k before goes first.
func lastNames(items []item, k int) (names []string, subj int, ok bool) {
	seen := map[string]bool{}
	for i := len(items) - 1; i >= 0 && len(names) < k; i-- {
		it := &items[i]
		if len(it.names) != 1 {
			continue
		}
		n := it.names[0]
		if seen[n] {
			continue
		}
		seen[n] = true
		names = append([]string{n}, names...)
		subj = it.clause
	}
	return names, subj, len(names) == k
}

// clauseSubjects looks for k subjects in the clauses before an item.
func (r *reader) clauseSubjects(p *para, it *item, k int) (names []string, at int, ok bool) {
	end := it.clause
	for range 3 {
		if end <= 0 {
			break
		}
		_, w := utf8.DecodeLastRuneInString(p.s[:end])
		if last := p.s[end-w : end]; last == "。" || last == "；" || last == "！" {
			break
		}
		lo := clauseStart(p.s, 0, end-w, nil, -1)
		text := p.s[lo : end-w]
		if strings.ContainsAny(text, "0123456789") {
			break
		}
		var l lead
		t := cutPredicate2(l.headOf(text, r.v))
		if parts, found := splitSubjects(t, k, r.v); found {
			return parts, lo, true
		}
		end = lo
	}
	return nil, 0, false
}

// cutPredicate2 cuts the predicate off a clause that has no number: …处理能力
// 不断提高, …工资再次提高.
func cutPredicate2(t string) string {
	best := len(t)
	for _, w := range []string{"不断", "持续", "再次", "继续", "逐年", "进一步", "明显", "显著", "稳步", "大幅", "均有", "有所", "全面", "处理能力", "逐步", "分别", "较快", "平稳"} {
		if i := strings.Index(t, w); i > 3 && i < best {
			best = i
		}
	}
	return t[:best]
}

// allSubjects finds the subjects that one value with 分别 or 均 belongs to.
func (r *reader) allSubjects(p *para, items []item, i int) ([]string, int, bool) {
	it := &items[i]
	if s := it.lead.subject; s != "" {
		for k := 4; k > 1; k-- {
			if parts, ok := splitSubjects(s, k, r.v); ok {
				for n := range parts {
					parts[n] = tidy(parts[n], r.v)
				}
				return parts, it.clause, true
			}
		}
		return nil, 0, false
	}
	var names []string
	at := it.clause
	for k := i - 1; k >= 0; k-- {
		o := &items[k]
		if len(o.names) != 1 || o.lead.dir != 0 && !o.lead.to {
			break
		}
		dup := false
		for _, n := range names {
			dup = dup || n == o.names[0]
		}
		if !dup {
			names = append([]string{o.names[0]}, names...)
			at = o.clause
		}
	}
	if len(names) > 1 {
		return names, at, true
	}
	for k := 5; k > 1; k-- {
		if parts, at, ok := r.clauseSubjects(p, it, k); ok {
			return parts, at, true
		}
	}
	return nil, 0, false
}
