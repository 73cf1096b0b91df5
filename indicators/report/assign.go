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
	for i := range items {
		items[i].lead = items[0].lead
		items[i].clause, items[i].subj = items[0].clause, items[0].clause
		items[i].end = items[len(items)-1].end
		items[i].names = []string{[...]string{"第一产业比重", "第二产业比重", "第三产业比重"}[items[i].n.Part-1]}
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

// assignOne names a single value.
func (r *reader) assignOne(p *para, items []item, i int) {
	it := &items[i]
	adjacent := r.afterPost(p, items, i)
	l := &it.lead
	subject := l.subject
	unit := it.n.Unit
	if w := implied(p.s, &it.n); w != "" {
		r.assignImplied(p, it, w)
		return
	}
	if unit.Base == indicators.BaseRank && it.n.From < it.n.Start {
		r.assignRank(p, items, i)
		return
	}
	if modifiersOnly[subject] && l.dir != 0 {
		// 城乡低保标准逐年提高，城镇年人均提高600元
		if t, at := r.firstTopic(p, it); t != "" {
			name := subject + strings.TrimPrefix(t, "城乡")
			it.names, it.subj = []string{tidy(name, r.v)}, at
			it.rule, it.conf = "modifier of the clause before", 0.75
			return
		}
	}
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
	if counted || unit.Money() || strings.HasPrefix(it.after, "的") && !unit.Percent() {
		noun = postNoun(it.after)
		if unit.Base == "人" || strings.HasSuffix(unit.Symbol, "人") {
			if c, _ := utf8.DecodeRuneInString(it.after); strings.ContainsRune("民口才", c) && noun != "" {
				noun = "人" + noun
			}
		}
		if !counted && !strings.HasPrefix(it.after, "的") && !fundNoun(noun) {
			noun = ""
		}
		if noun == "" && counted && it.after == "" && i+1 < len(items) && items[i+1].lo == it.n.To && items[i+1].n.From == it.n.To {
			noun = postNoun(items[i+1].after) // 1570户2436名困难群众
			if noun != "" && subject != "" && !endsWithLink(it.before) {
				noun = ""
			}
		}
		if batch(subject) && noun != "" {
			subject = ""
		}
	}
	change := l.dir != 0 && !l.to || l.share || l.gap != 0 || l.pull != ""
	switch {
	case unit.Money() && isInvestment(subject) && !change:
		if obj := r.object(p, items, i); obj != "" {
			it.used = max(0, strings.Index(p.s[it.n.To:it.end], obj)) + len(obj)
			if it.n.To+it.used > it.end {
				it.used = 0
			}
			it.object = obj
			it.names = []string{tidy(obj, r.v) + strings.TrimPrefix(subject, "计划")}
			it.rule, it.conf, it.post = "money for its object", 0.85, true
			return
		}
		if i > 0 && items[i-1].object != "" {
			it.names, it.subj = []string{tidy(items[i-1].object, r.v) + subject}, items[i-1].clause
			it.rule, it.conf = "money for its object", 0.8
			return
		}
		r.inherit(p, items, i, subject)
		return
	case noun != "" && unit.Money() && !change && fundNoun(noun) && utf8.RuneCountInString(subject) <= 8 && !l.has(fLevel):
		it.names = []string{tidy(noun, r.v)} // 安排200亿元技改专项资金
		it.rule, it.conf, it.post = "verb, number, thing", 0.85, true
		it.used = usedBy(it.after, noun)
		return
	case noun != "" && l.verb != "" && !change && (unit.Count || subject == "" || !containsHan(subject)):
		verb := l.verb
		if plainVerbs[verb] {
			verb = ""
		}
		it.names = []string{tidy(verb+noun, r.v)}
		it.rule, it.conf, it.post = "verb, number, thing", 0.85, true
		it.used = usedBy(it.after, noun)
		if subject != "" && utf8.RuneCountInString(noun) < 3 && verb != "" && !strings.Contains(subject, "、") {
			it.names[0] = tidy(subject+verb+noun, r.v)
		}
		if containsAny(noun, "任务", "建设任务") {
			r.prefixTopic(p, it)
		}
		return
	case noun != "" && !change && (subject == "" || strings.Contains(subject, "、") && unit.Count && utf8.RuneCountInString(noun) > 1 || strings.HasSuffix(strings.TrimRight(it.before, "近约超的"), "等") || unit.Count && endsWithLink(it.before) || l.done && unit.Count && !knownOrShort(subject, noun, r.v) || inList(items, i)):
		name := noun
		if adjacent != "" && strings.HasPrefix(it.after, "的") && utf8.RuneCountInString(adjacent) > 1 {
			name = adjacent + noun // 66个重点项目54亿元的投资计划
		}
		if unit.Money() && i > 0 && items[i-1].rule == "money for its object" && items[i-1].clause == it.clause {
			name += "投资" // 投资6亿元的A、20亿元的B
			it.names, it.rule, it.conf, it.post = []string{tidy(name, r.v)}, "money for its object", 0.8, true
			return
		}
		if containsAny(noun, "人民", "人口") && l.area != "" && unit.Base == "人" {
			name, it.fact = "总人口", true
		}
		it.used = usedBy(it.after, noun)
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
	case noun != "" && counted && !change && !l.done && subject != "" && containsHan(subject) && !l.has(fLevel) && !l.has(fHold) && !l.has(fCap) && !l.to && !l.from && it.n.Value.Word != "突破" && it.n.Value.Word != "超过" && utf8.RuneCountInString(subject) <= 12 && !strings.ContainsAny(subject, "、"):
		// 主城区21家企业, 营商环境评价4项指标: the thing is divided by its number
		it.names = []string{tidy(subject+l.verb+noun, r.v)}
		it.rule, it.conf, it.post = "whose, number, thing", 0.8, true
		it.used = usedBy(it.after, noun)
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
		switch {
		case sameAs[name]:
			r.inherit(p, items, i, "")
		case genericNouns[name] || strings.HasPrefix(name, "惠及") || strings.HasPrefix(name, "受益"):
			if prev := previousThing(items, i); prev != "" {
				it.names[0] = prev + name
				it.subj = items[i-1].clause
				it.rule, it.conf = "generic name behind the thing before", 0.75
				return
			}
			if genericNouns[name] {
				r.prefixTopic(p, it)
			}
		case l.change() && !l.to && (it.n.Unit.Percent() || it.n.Unit.Symbol == "番" || it.n.Unit.Base == indicators.BaseTimes):
			// 人均GDP、全员劳动生产率增速10%以上: one value for names that all stand
			// in the vocabulary.
			for k := 3; k > 1; k-- {
				if parts, ok := splitSubjects(name, k, r.v); ok && allKnown(parts, r.v) && strings.ContainsAny(name, "、和与及") {
					it.names, it.rule = parts, "one value for all"
					break
				}
			}
		}
		return
	}
	if subject == "" && (l.verb == "使" || l.verb == "让") && strings.Contains(p.s[it.clause:clauseEnd(p.s, it.n.To, len(p.s))], "受益") {
		it.names = []string{"受益" + strings.TrimPrefix(strings.TrimPrefix(unit.Symbol, "万"), "亿")}
		it.rule, it.conf = "who benefits", 0.7
		return
	}
	if unit.Percent() && !change && subject == "" && !l.has(fLevel) && l.verb == "" {
		if name := postNoun(it.after); name != "" && utf8.RuneCountInString(name) > 1 {
			it.names = []string{tidy(name, r.v)} // 80%的社区办公用房
			it.rule, it.conf, it.post = "number, thing", 0.6, true
			it.used = usedBy(it.after, name)
			return
		}
	}
	if l.verb != "" && !plainVerbs[l.verb] && l.verb != "新增" && l.verb != "净增" && utf8.RuneCountInString(l.verb) > 1 && !unit.Percent() && !unit.Money() && unit.Base != indicators.BasePoints && unit.Base != indicators.BaseTimes {
		it.names = []string{l.verb} // 完成培训3.8万余人
		it.rule, it.conf = "verb only", 0.5
		return
	}
	r.inherit(p, items, i, "")
}

// change reports whether the number is the size of a change.
func (l *lead) change() bool { return l.dir != 0 }

// fundNoun reports whether a noun behind an amount says what money it is.
func fundNoun(s string) bool {
	return containsAny(s, "资金", "基金", "补贴", "补助", "贷款", "债券", "保险", "赤字", "经费", "奖补", "退税", "专项")
}

// usedBy returns how many bytes of the text behind a number its noun took.
func usedBy(after, noun string) int {
	if i := strings.Index(after, noun); i >= 0 {
		return i + len(noun)
	}
	return len(after)
}

// inList reports whether item i goes on an enumeration of numbers, each with
// its thing behind it: 3万亩…任务和|3000亩绿化.
func inList(items []item, i int) bool {
	if i == 0 || !items[i-1].post || items[i-1].clause != items[i].clause {
		return false
	}
	b := items[i].before
	return strings.HasSuffix(b, "、") || strings.HasSuffix(b, "和") || strings.HasSuffix(b, "及") || strings.HasSuffix(b, "与")
}

// knownOrShort reports whether the subject before 完成 names more than the
// thing behind the number does.
func knownOrShort(subject, noun string, v *Vocabulary) bool {
	if _, ok := v.Lookup(subject); ok {
		return true
	}
	return utf8.RuneCountInString(noun) <= 2
}

// modifiersOnly are words that modify a name without being one.
var modifiersOnly = map[string]bool{"城镇": true, "农村": true, "城市": true, "乡村": true, "牧区": true}

// sameAs are words that stand for the indicator named just before.
var sameAs = map[string]bool{"现价总量": true, "绝对量": true, "增速": true, "增幅": true, "降幅": true, "总量": true, "增量": true}

func allKnown(parts []string, v *Vocabulary) bool {
	for _, p := range parts {
		if _, ok := v.Lookup(p); !ok {
			return false
		}
	}
	return true
}

// endsWithLink reports whether the text before a number ends with a word that
// ties it to what follows the number: 企业的|6项工艺, 与|1570户.
func endsWithLink(before string) bool {
	t := strings.TrimRight(before, "近约超")
	if !strings.HasSuffix(t, "的") {
		return strings.HasSuffix(t, "与") || strings.HasSuffix(t, "对") || strings.HasSuffix(t, "为") || strings.HasSuffix(t, "向") || strings.HasSuffix(t, "使")
	}
	return !strings.HasSuffix(t, "年的") && !strings.HasSuffix(t, "期的")
}

// batch recognises 第一批, which says nothing about what is counted.
func batch(s string) bool {
	return strings.HasPrefix(s, "第") && (strings.HasSuffix(s, "批") || strings.HasSuffix(s, "期")) && utf8.RuneCountInString(s) <= 4
}

// afterPost parses the text before item i again if the item before took the
// words behind its number: 11公里污水管网、|16公里雨水管网. It returns those words
// if nothing else stands between.
func (r *reader) afterPost(p *para, items []item, i int) (adjacent string) {
	it := &items[i]
	if i == 0 || !items[i-1].post || items[i-1].inParen != it.inParen {
		return ""
	}
	prev := &items[i-1]
	used := prev.used
	if used == 0 {
		used = len(prev.after)
	}
	if it.lo != prev.n.To || used == 0 || prev.n.To+used > it.n.From {
		return ""
	}
	rest := p.s[prev.n.To+used : it.n.From]
	it.before = rest
	it.lead = parseLead(rest, r.v)
	if strings.Trim(rest, "、和及与以") == "" {
		if rest == "" {
			adjacent = strings.Trim(prev.after, "的")
		} else { // 覆盖35个社区、4万余户家庭: one verb for both
			it.lead.verb = prev.lead.verb
		}
	}
	return adjacent
}

// object finds what an amount of money was invested in.
func (r *reader) object(p *para, items []item, i int) string {
	it := &items[i]
	follow := it.follow
	if i+1 < len(items) && items[i+1].n.From >= it.n.To && items[i+1].n.From < it.end {
		next := &items[i+1]
		gap := p.s[it.n.To:next.n.From]
		if strings.Trim(gap, "的") == "" && !next.n.Unit.Money() { // 总投资237亿元的122个改造项目
			return postNoun(next.after)
		}
		if next.n.Unit.Money() || strings.Contains(gap, "、") {
			follow = it.after
		}
	}
	if !startsBoundary(follow) {
		return objectOf(follow)
	}
	// 投资5.1亿元，建成西出口等31条公路
	rest := p.s[it.end:]
	c, w := utf8.DecodeRuneInString(rest)
	if c != '，' && c != ',' {
		return ""
	}
	rest = rest[w:]
	for _, verb := range []string{"建成", "实施了", "实施", "完成", "新建", "用于", "建设", "改造", "启动"} {
		t, ok := strings.CutPrefix(rest, verb)
		if !ok {
			continue
		}
		if i+1 < len(items) && items[i+1].clause == it.end+w {
			next := &items[i+1]
			if noun := postNoun(next.after); noun != "" {
				return noun
			}
			if next.lead.subject != "" && strings.HasPrefix(next.before, verb) {
				return next.lead.subject
			}
			return ""
		}
		if k := strings.IndexAny(t, "，。；"); k >= 0 {
			t = t[:k]
		}
		return objectOf(t)
	}
	return ""
}

// previousThing returns the name of the last value before, if it counts things
// that a generic name can belong to: 重大项目316个，完成投资409亿元.
func previousThing(items []item, i int) string {
	for k := i - 1; k >= 0; k-- {
		o := &items[k]
		if o.n.Unit.Money() && len(o.names) > 0 && strings.Contains(o.names[0], "投资") {
			return ""
		}
		if len(o.names) == 1 && o.n.Unit.Count && o.lead.dir == 0 && !o.inParen && !strings.HasPrefix(o.names[0], "惠及") && utf8.RuneCountInString(o.names[0]) <= 20 {
			return o.names[0]
		}
	}
	return ""
}

// assignImplied names a number that a word implies.
func (r *reader) assignImplied(p *para, it *item, w string) {
	name := it.lead.subject
	if w == "未发生" {
		name = it.follow
	} else {
		for _, verb := range []string{"实现", "保持", "持续", "基本"} {
			name = strings.TrimSuffix(name, verb)
		}
		if name == "" {
			name, it.subj = r.nearTopic(p, it)
		}
	}
	if name = tidy(name, r.v); name == "" {
		it.refused = "nothing named"
		return
	}
	if w == "全覆盖" {
		name += "覆盖率"
	}
	it.names, it.rule, it.conf = []string{name}, "implied by a word", 0.5
}

// assignRank names a place in an order: 数量达到31个，位居全市第一.
func (r *reader) assignRank(p *para, items []item, i int) {
	it := &items[i]
	s := it.lead.subject
	for _, w := range []string{"位居", "位列", "排名", "排位", "稳居", "跻身", "居", "列", "进入", "占"} {
		k := strings.LastIndex(s, w)
		if k < 0 || w == "列" && strings.HasSuffix(s[:k], "系") || w == "居" && strings.HasPrefix(s[k:], "居民") {
			continue
		}
		it.among = strings.Trim(s[k+len(w):], "在，、")
		if strings.HasSuffix(s[:k], "均") {
			var names []string
			for n := range items[:i] {
				if o := &items[n]; len(o.names) == 1 && o.n.Unit.Count && o.lead.dir == 0 {
					names = append(names, o.names[0])
				}
			}
			if len(names) > 1 {
				it.names, it.rule, it.conf = names, "one value for all", 0.7
				return
			}
		}
		s = strings.TrimRight(s[:k], "均，、稳也总在排名")
		break
	}
	for _, w := range []string{"全市", "全省", "全国", "全区", "全县", "世界", "全球"} {
		if rest, ok := strings.CutSuffix(s, w); ok {
			it.among, s = w, rest
		}
	}
	var l lead
	s = tidy(l.headOf(l.tail(s, r.v), r.v), r.v)
	if i := strings.LastIndex(s, "在全"); i >= 0 && it.among == "" {
		it.among, s = s[i+len("在"):], s[:i]
	}
	if strings.HasPrefix(s, "在") || containsAny(s, "城市区", "市县", "县区") && utf8.RuneCountInString(s) <= 6 {
		it.among, s = strings.TrimPrefix(s, "在"), ""
	}
	if s == "" || sameAs[s] {
		r.inherit(p, items, i, "")
		return
	}
	if name := s; utf8.RuneCountInString(name) <= 4 && i > 0 && len(items[i-1].names) == 1 && containsAny(name, "量", "数") {
		it.names, it.subj = []string{items[i-1].names[0] + name}, items[i-1].clause
		it.rule, it.conf = "rank of the value before", 0.7
		return
	}
	it.names = []string{s}
	it.rule, it.conf = "rank", 0.85
}

// firstTopic returns what the sentence's first clause is about, if that clause
// has no number.
func (r *reader) firstTopic(p *para, it *item) (string, int) {
	lo := 0
	for k := it.clause; k > 0; {
		c, w := utf8.DecodeLastRuneInString(p.s[:k])
		if strings.ContainsRune("。；！", c) {
			lo = k
			break
		}
		k -= w
	}
	if lo >= it.clause {
		return "", it.subj
	}
	end := clauseEnd(p.s, lo, it.clause)
	text := p.s[lo:end]
	if strings.ContainsAny(text, "0123456789") {
		return "", it.subj
	}
	return topicOf(text, r.v), lo
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
		it.refused = "in parentheses without a subject"
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
			if strings.Contains(it.before, "其中") && it.n.Unit.Count && l.dir == 0 && !startsBoundary(it.follow) && len(it.names) == 1 {
				// 9条次干道路开工，其中4条实现通车: a part of what was counted before
				it.names[0] += strings.TrimLeft(cutRunes(it.follow, 10), "的")
			}
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
	if noun != "" {
		if prev := previousThing(items, i); prev != "" {
			it.names, it.subj = []string{prev + noun}, items[i-1].clause
			it.rule, it.conf = "generic name behind the thing before", 0.75
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
	it.refused = "no indicator is named for it"
}

// prefixTopic puts what the text is about in front of a generic name.
func (r *reader) prefixTopic(p *para, it *item) {
	name := it.names[0]
	t, at := r.firstTopic(p, it)
	if r.mode.plan && r.mode.topic != "" && strings.Contains(name, "任务") {
		t, at = r.mode.topic, it.subj
	}
	if t == "" {
		t, at = r.carry, it.subj
	}
	if t == "" {
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
			if t := topicOf(text, r.v); t != "" && (utf8.RuneCountInString(t) >= 3 || lo == 0) {
				return t, lo
			}
		}
		end = lo
	}
	return "", it.subj
}
