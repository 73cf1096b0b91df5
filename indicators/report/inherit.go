package report

import (
	"strings"
	"unicode/utf8"
)

// siblings are pairs of measures of one thing: the name of the second follows
// from that of the first (粮食播种面积81万亩，产量36万吨).
var siblings = map[string][]string{
	"产量": {"播种面积", "种植面积", "面积", "总播种面积"}, "总产量": {"播种面积", "种植面积"},
	"总产值": {"增加值", "营业收入"}, "产值": {"增加值", "营业收入"}, "增加值": {"总产值", "产值"},
	"营业收入": {"增加值", "总产值"}, "利润": {"增加值", "总产值", "营业收入"}, "税收": {"增加值", "营业收入"}, "零售额": {"销售额"},
}

// siblingOf completes a generic name by that of the value before.
func siblingOf(items []item, i int, name string) string {
	for k := i - 1; k >= 0; k-- {
		o := &items[k]
		if len(o.names) != 1 || o.inParen {
			continue
		}
		for _, end := range siblings[name] {
			if stem, ok := strings.CutSuffix(o.names[0], end); ok && stem != "" {
				return stem + name
			}
		}
		return ""
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

// inherited is the rule of a value that has the name of the one before it.
const inherited = "subject of the value before"

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
			if l.area == "" {
				l.area = o.lead.area
			}
			if strings.Contains(it.before, "其中") && it.n.Unit.Count && l.dir == 0 && !startsBoundary(it.follow) && len(it.names) == 1 {
				// 9条次干道路开工，其中4条实现通车: a part of what was counted before
				it.names[0] += strings.TrimLeft(cutRunes(it.follow, 10), "的")
			}
			if len(it.names) == 1 && it.n.Unit.Count && containsAny(it.before, "总数", "总量", "累计达", "累计已达", "总计") {
				for _, w := range []string{"新增", "净增", "新入库", "新认定", "新培育", "新设立", "新登记"} {
					// 新增企业23家，总数达186家: the total is no longer of the new ones
					if rest, ok := strings.CutPrefix(it.names[0], w); ok && utf8.RuneCountInString(rest) > 1 {
						it.names[0] = rest
						break
					}
				}
			}
			if len(it.names) == 1 && it.n.Unit.Count && l.verb == "建成" {
				for _, w := range []string{"开工建设", "新开工", "开工", "续建", "建设"} {
					// 开工建设住房5600套，基本建成4300套
					if rest, ok := strings.CutPrefix(it.names[0], w); ok && utf8.RuneCountInString(rest) > 1 {
						it.names[0] = "建成" + rest
						break
					}
				}
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
			it.rule, it.conf = inherited, 0.9
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
