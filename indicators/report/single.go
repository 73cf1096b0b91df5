package report

import (
	"strings"
	"unicode/utf8"

	"example.com/zhibiao/indicators"
)

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
		if rest := thresholdOnly(name); rest && i > 0 && len(items[i-1].names) == 1 {
			// 亿元以上项目40个，其中10亿元以上5个
			of := items[i-1].names[0]
			if k := strings.Index(of, "以上"); k >= 0 {
				of = of[k+len("以上"):]
			}
			name += of
		}
		it.names = []string{name}
		it.rule, it.conf = "subject before the number", 0.95
		switch {
		case sameAs[name]:
			r.inherit(p, items, i, "")
		case genericNouns[name] || strings.HasPrefix(name, "惠及") || strings.HasPrefix(name, "受益"):
			if prev := siblingOf(items, i, name); prev != "" {
				it.names[0], it.subj = prev, items[i-1].clause
				it.rule, it.conf = "generic name beside its sibling", 0.75
				return
			}
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

// thresholdOnly reports whether a name is a condition without its noun: 10亿元以上.
func thresholdOnly(name string) bool {
	return strings.HasSuffix(name, "元以上") && name[0] >= '0' && name[0] <= '9'
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
