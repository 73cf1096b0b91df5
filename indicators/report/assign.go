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
		for j < len(items) && joins(&items[j-1], &items[j]) {
			j++
		}
		switch {
		case items[i].n.Class == indicators.RatioPart:
			r.assignRatio(items[i:j])
		case j-i > 1:
			r.assignRun(p, items, i, j)
		default:
			r.assignOne(p, items, i)
		}
		i = j
	}
}

// joins reports whether b only continues the enumeration that a is in.
func joins(a, b *item) bool {
	if a.n.Class == indicators.RatioPart || b.n.Class == indicators.RatioPart {
		return a.n.Class == b.n.Class && b.n.Part == a.n.Part+1
	}
	if strings.Trim(b.before, "、和及与以，,或") != "" || a.inParen != b.inParen {
		return false
	}
	return a.n.Unit.Base == b.n.Unit.Base && !a.n.Unit.IsZero()
}

// assignRatio names the parts of 三次产业结构: shares of the three industries.
func (r *reader) assignRatio(items []item) {
	it := &items[0]
	about := it.before + it.clauseText()
	if !containsAny(about, "产业", "三产") && !containsAny(it.lead.subject+r.carry, "产业结构", "三产结构") {
		if it.lead.subject == "" && !it.lead.to {
			for i := range items {
				items[i].skip = "a ratio whose parts are not named"
			}
			return
		}
	}
	if !containsAny(about+r.carry, "产业结构", "三次产业", "三产结构", "三产比", "三产业", "产业比") {
		for i := range items {
			items[i].skip = "a ratio whose parts are not named"
		}
		return
	}
	for i := range items {
		items[i].lead = items[0].lead
		items[i].clause, items[i].subj = items[0].clause, items[0].clause
		items[i].end = items[len(items)-1].end
		items[i].names = []string{[...]string{"第一产业比重", "第二产业比重", "第三产业比重"}[items[i].n.Part-1]}
		items[i].rule, items[i].conf = "ratio", 0.95
	}
}

func (it *item) clauseText() string { return it.before }

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

func (it *item) post0() string { return postNoun(it.after) }

// lastNames returns the names of the last k values before, if they are k
// different indicators; an enumeration of k before goes first.
func lastNames(items []item, k int) (names []string, subj int, ok bool) {
	seen := map[string]bool{}
	for i := len(items) - 1; i >= 0 && len(names) < k; i-- {
		it := &items[i]
		if len(it.names) != 1 || it.lead.dir != 0 && !it.lead.to && it.n.Unit.Percent() && len(items) > k && false {
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

// assignOne names a single value.
func (r *reader) assignOne(p *para, items []item, i int) {
	it := &items[i]
	l := &it.lead
	subject := l.subject
	unit := it.n.Unit
	if it.inParen && subject == "" && it.paren != "" {
		r.assignParen(items, i)
		return
	}
	if (l.has(fResp) || l.has(fEach)) && (l.dir != 0 || !l.has(fEach) || subject != "") {
		// One value for several subjects: 分别增长20%, 均增长8%.
		if names, at, ok := r.allSubjects(p, items, i); ok {
			it.names, it.subj = names, at
			it.rule, it.conf = "one value for all", 0.9
			return
		}
	}
	noun := ""
	counted := unit.Count || unit.Base == "M2" || unit.Base == "M" || unit.Base == "T" || unit.Symbol == "万" || unit.Base == "M3" || unit.Symbol == ""
	if counted || unit.Money() {
		noun = postNoun(it.after)
		if !counted && !strings.HasPrefix(it.after, "的") {
			noun = ""
		}
	}
	change := l.dir != 0 && !l.to || l.share || l.gap != 0 || l.pull != ""
	switch {
	case unit.Money() && isInvestment(subject) && !change:
		if obj := objectOf(it.follow); obj != "" && !startsBoundary(it.follow) {
			it.names = []string{tidy(obj, r.v) + strings.TrimPrefix(subject, "计划")}
			it.rule, it.conf, it.post = "money for its object", 0.85, true
			return
		}
		r.inherit(p, items, i, subject)
		return
	case noun != "" && l.verb != "" && !change && (unit.Count || subject == "" || !containsHan(subject)):
		verb := l.verb
		if plainVerbs[verb] {
			verb = ""
		}
		it.names = []string{tidy(verb+noun, r.v)}
		it.rule, it.conf, it.post = "verb, number, thing", 0.85, true
		if subject != "" && utf8.RuneCountInString(noun) < 3 {
			it.names[0] = tidy(subject+verb+noun, r.v)
		}
		if containsAny(noun, "任务", "建设任务") {
			r.prefixTopic(p, it)
		}
		return
	case noun != "" && !change && (subject == "" || strings.Contains(subject, "、") && unit.Count && utf8.RuneCountInString(noun) > 1 || strings.HasSuffix(strings.TrimRight(it.before, "近约超的"), "等") || i > 0 && items[i-1].post && it.lo == items[i-1].n.To && strings.HasPrefix(it.after, "的")):
		name := noun
		if subject != "" && i > 0 && items[i-1].post && it.lo == items[i-1].n.To && utf8.RuneCountInString(subject) > 1 && !strings.Contains(subject, "、") {
			name = subject + noun
		}
		it.names = []string{tidy(name, r.v)}
		it.rule, it.conf, it.post = "number, thing", 0.8, true
		if utf8.RuneCountInString(name) == 1 && i+1 < len(items) {
			// 解决了9个村3.2万人的安全饮水: the thing is said behind both.
			if more := postNoun(items[i+1].after); more != "" && items[i+1].clause == it.clause {
				it.names[0] = more + name
			}
		}
		if containsAny(noun, "任务") {
			r.prefixTopic(p, it)
		}
		return
	case subject != "" && containsHan(subject) || isAbbreviation(subject):
		name := subject
		if l.verb != "" && !plainVerbs[l.verb] && !change && noun == "" {
			name = subject + l.verb
		}
		if l.pull != "" {
			name += "拉动" + l.pull
		}
		name = tidy(name, r.v)
		it.names = []string{name}
		it.rule, it.conf = "subject before the number", 0.95
		if genericNouns[name] {
			r.prefixTopic(p, it)
		}
		return
	}
	r.inherit(p, items, i, "")
}

func isAbbreviation(s string) bool {
	return s == "GDP" || s == "CPI" || s == "PPI" || s == "PM2.5" || s == "PM10"
}

func isInvestment(s string) bool {
	switch s {
	case "投资", "总投资", "计划投资", "计划总投资", "投入", "累计投资", "完成投资", "投入资金", "总投入", "概算投资", "估算投资", "共投资", "累计投入", "分别投资":
		return true
	}
	return false
}

// assignParen names a figure in parentheses: of the area or the thing right in
// front of them.
func (r *reader) assignParen(items []item, i int) {
	it := &items[i]
	owner := strings.TrimLeft(it.paren, "，、和与及")
	var host *item
	for k := i - 1; k >= 0; k-- {
		if !items[k].inParen && len(items[k].names) > 0 {
			host = &items[k]
			break
		}
	}
	for _, w := range []string{"全市平均水平", "全省平均水平", "全国平均水平", "全市平均", "全省平均", "全国平均", "全市", "全省", "全国"} {
		if strings.HasSuffix(owner, w) && host != nil {
			// 低于全市（0.2%）8.9个百分点: the other area's figure, sign not printed.
			it.names = host.names
			it.lead.area = cutRunes(w, 2)
			it.lead.dir, it.lead.noun = 1, true
			it.subj = host.clause
			it.rule, it.conf = "other area in parentheses", 0.7
			return
		}
	}
	var l lead
	name := tidy(l.headOf(l.tail(owner, r.v), r.v), r.v)
	if name == "" && host != nil {
		it.names, it.subj = host.names, host.clause
		it.rule, it.conf = "in parentheses behind its subject", 0.8
		return
	}
	if name == "" {
		it.skip = "in parentheses without a subject"
		return
	}
	it.names = []string{name}
	it.rule, it.conf = "in parentheses behind its subject", 0.85
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

// inherit names a value without a subject of its own by the last value of the
// stretch, or by what the clauses and sentences before are about.
func (r *reader) inherit(p *para, items []item, i int, noun string) {
	it := &items[i]
	l := &it.lead
	if noun == "" {
		for k := i - 1; k >= 0; k-- {
			o := &items[k]
			if len(o.names) == 0 || o.inParen && !it.inParen {
				continue
			}
			it.names = append([]string(nil), o.names...)
			if len(it.names) > 1 && !l.has(fEach) && !l.has(fResp) {
				it.names = it.names[len(it.names)-1:]
			}
			if l.pull != "" {
				for n := range it.names {
					it.names[n] += "拉动" + l.pull
				}
			}
			it.subj = min(o.subj, o.clause)
			it.rule, it.conf = "subject of the value before", 0.9
			return
		}
	}
	if t, at := r.nearTopic(p, it); t != "" {
		it.names, it.subj = []string{tidy(t+noun, r.v)}, at
		it.rule, it.conf = "topic of the clause before", 0.7
		return
	}
	if t := r.carry; t != "" && (noun != "" || l.dir == 0) {
		it.names = []string{tidy(t+noun, r.v)}
		it.rule, it.conf = "topic of the sentence before", 0.6
		return
	}
	if noun != "" {
		it.names = []string{noun}
		it.rule, it.conf = "generic name", 0.5
		return
	}
	if u := it.n.Unit; u.Count && l.verb != "" {
		it.names = []string{l.verb}
		it.rule, it.conf = "verb only", 0.4
		return
	}
	it.skip = "no indicator found"
}

// prefixTopic puts what the text is about in front of a generic name.
func (r *reader) prefixTopic(p *para, it *item) {
	name := it.names[0]
	t, at := r.nearTopic(p, it)
	if t == "" {
		t, at = r.carry, it.subj
	}
	if t == "" || len(t) < 4 {
		t = r.mode.topic
	}
	if t == "" || strings.Contains(name, t) || strings.Contains(t, name) && len(t) > 60 {
		it.conf = min(it.conf, 0.6)
		return
	}
	it.names[0] = tidy(strings.TrimSuffix(t, name)+name, r.v)
	it.subj = at
	it.rule, it.conf = "topic and generic name", 0.65
}

// nearTopic returns what the clauses before it in the same sentence are about.
func (r *reader) nearTopic(p *para, it *item) (string, int) {
	end := it.clause
	for range 3 {
		if end <= 0 {
			break
		}
		_, w := utf8.DecodeLastRuneInString(p.s[:end])
		if last := p.s[end-w : end]; last == "。" || last == "；" || last == "！" || last == "（" {
			break
		}
		lo := clauseStart(p.s, 0, end-w, nil, -1)
		text := p.s[lo : end-w]
		if !strings.ContainsAny(text, "0123456789") {
			if t := topicOf(text, r.v); t != "" && utf8.RuneCountInString(t) >= 3 {
				return t, lo
			}
		}
		end = lo
	}
	return "", it.subj
}
