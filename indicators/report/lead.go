package report

import (
	"strings"
	"unicode/utf8"
)

// lead is what the text before a number says about it.
type lead struct {
	f       feature
	dir     int    // +1 or −1: the number is the size of a change
	noun    bool   // the change is named by a noun (增速)
	to      bool   // 提高到: the number is the level after the change
	from    bool   // 由, 从: the number is the level before it
	subject string // what remains: the name, or empty
	verb    string // object verb right before the number: 新建
	share   bool   // 占…的
	of      string // what the share is of
	pull    string // object of 拉动
	gap     int    // +1 高于, −1 低于
	gapTo   string // 全市
	own     int    // the year right before the number: 由2010年的
	base    int    // the year compared with: 比2010年
	last    bool   // compared with, or of, the year before: 比上年, 由上年的
	term    [2]int // compared with a five-year plan: 是“十一五”时期的
	rel     bool   // base, last or term is a comparison, not the number's own time
	intent  string // 力争, 确保 …
	area    string // 全市 at the head
	year    int    // year at the head of the subject
	head    feature
	attain  bool // the number is how much of a plan was done
	done    bool // 完成, 实现 right before the number
}

// has reports whether all features of f were found.
func (l *lead) has(f feature) bool { return l.f&f == f }

// tail strips the function words from the end of t.
func (l *lead) tail(t string, v *Vocabulary) string {
	prev := "" // the word stripped last, to its right
	for t != "" {
		if rest, ok := l.time(t); ok {
			t, prev = rest, ""
			continue
		}
		r, _ := utf8.DecodeLastRuneInString(t)
		found := false
		for _, w := range tails[r] {
			if !strings.HasSuffix(t, w.text) {
				continue
			}
			rest := t[:len(t)-len(w.text)]
			if bad, guarded := notAfter[w.text]; guarded && bad != "" {
				before, _ := utf8.DecodeLastRuneInString(rest)
				if rest != "" && strings.ContainsRune(bad, before) {
					continue
				}
			}
			if len(w.text) > 3 && v.protects(t, w.text) {
				continue
			}
			change := w.f & (fInc | fDec)
			if change != 0 {
				if falling(w.text) && l.dir != 0 && !l.noun {
					l.dir = -l.dir // 降幅收窄 is a rise
				}
				if !l.to && l.dir == 0 && l.gap == 0 {
					switch {
					case w.f&fNoun == 0 && (prev == "到" || prev == "至" || prev == "为" || prev == "成"):
						l.to = true
					case change == fInc:
						l.dir, l.noun = 1, w.f&fNoun != 0
					default:
						l.dir, l.noun = -1, w.f&fNoun != 0
					}
				}
			}
			if w.f&fTo != 0 && w.text != "到" && w.text != "至" {
				l.to = true
			}
			if w.f&fFrom != 0 {
				l.from = true
			}
			if w.f&(fHigher|fLower) != 0 {
				if l.gap == 0 && l.dir == 0 && !l.to {
					l.gap = 1
					if w.f&fLower != 0 {
						l.gap = -1
					}
				}
			}
			if w.f&fIntent != 0 {
				l.intent = w.text
			}
			if strings.HasPrefix(w.text, "完成") || strings.HasPrefix(w.text, "实现") {
				l.done = true
			}
			l.f |= w.f &^ (fInc | fDec | fNoun | fTo)
			t, prev, found = rest, w.text, true
			break
		}
		if !found {
			break
		}
	}
	return t
}

// protects reports whether t ends with a name of the vocabulary that is
// longer than the function word at its end: 人口自然增长率 is no 增长率.
func (v *Vocabulary) protects(t, word string) bool {
	for i := len(t) - len(word) - 1; i >= 0 && len(t)-i <= v.max; i-- {
		if utf8.RuneStart(t[i]) {
			if _, ok := v.names[t[i:]]; ok {
				return true
			}
		}
	}
	return false
}

var relWords = []string{"比", "较", "与", "同", "是", "为", "相当于"}

// time strips a year or a word for one from the end of t: 2010年的, 比2010年,
// 上年末, “十一五”时期的.
func (l *lead) time(t string) (string, bool) {
	u := strings.TrimSuffix(t, "的")
	u = strings.TrimSuffix(strings.TrimSuffix(u, "相比"), "（")
	for _, w := range []string{"同期", "全年", "年末", "年底", "年初"} {
		if strings.HasSuffix(u, w) {
			if w[0:3] == "年" {
				u = u[:len(u)-3]
			} else if w != "同期" || strings.HasSuffix(strings.TrimSuffix(u, w), "年") || strings.HasSuffix(strings.TrimSuffix(u, w), "期") {
				u = strings.TrimSuffix(u, w)
			}
			break
		}
	}
	rest := ""
	if strings.HasSuffix(u, "年") && len(u) >= 7 {
		if y, ok := yearAt(u, len(u)-7); ok {
			rest = u[:len(u)-7]
			for _, w := range relWords {
				if strings.HasSuffix(rest, w) {
					l.base, l.rel = y, true
					return strings.TrimSuffix(rest, w), true
				}
			}
			if l.own == 0 {
				l.own = y
			}
			return rest, true
		}
	}
	for _, w := range []string{"上年", "去年", "上一年", "同期", "上年同期", "去年同期", "年初", "上年度"} {
		if strings.HasSuffix(u, w) {
			rest = strings.TrimSuffix(u, w)
			for _, r := range relWords {
				if strings.HasSuffix(rest, r) {
					l.last, l.rel = true, true
					l.f |= fComp
					return strings.TrimSuffix(rest, r), true
				}
			}
			if w == "年初" || w == "同期" {
				continue
			}
			l.last = true
			return rest, true
		}
	}
	for _, w := range []string{"时期", "期间", "末", "期末", ""} {
		x := strings.TrimSuffix(u, w)
		if w != "" && x == u || !strings.HasSuffix(x, "”") {
			continue
		}
		i := strings.LastIndex(x, "“")
		if i < 0 {
			return t, false
		}
		first, last, _, ok := fiveYears(x[i:])
		if !ok {
			return t, false
		}
		rest = x[:i]
		for _, r := range relWords {
			if strings.HasSuffix(rest, r) {
				l.term, l.rel = [2]int{first, last}, true
				return strings.TrimSuffix(rest, r), true
			}
		}
		return t, false
	}
	return t, false
}

// headOf strips the function words from the beginning of t.
func (l *lead) headOf(t string, v *Vocabulary) string {
	for t != "" {
		if _, ok := v.names[t]; ok {
			return t
		}
		if rest, y, ok := headTime(t); ok {
			if y > 0 && l.year == 0 {
				l.year = y
			}
			t = rest
			continue
		}
		r, _ := utf8.DecodeRuneInString(t)
		found := false
		for _, w := range heads[r] {
			rest, ok := strings.CutPrefix(t, w.text)
			if !ok {
				continue
			}
			if bad := notBefore[w.text]; bad != "" && rest != "" {
				next, _ := utf8.DecodeRuneInString(rest)
				if strings.ContainsRune(bad, next) {
					continue
				}
			}
			if v.begins(t, w.text) {
				continue
			}
			if isArea(w.text) && l.area == "" {
				l.area = w.text
			}
			if w.f&fIntent != 0 {
				l.intent = w.text
			}
			l.head |= w.f
			t, found = rest, true
			break
		}
		if !found {
			break
		}
	}
	return t
}

// begins reports whether t begins with a name of the vocabulary that is
// longer than the function word at its head: 全社会固定资产投资, 再就业.
func (v *Vocabulary) begins(t, word string) bool {
	for i := len(word) + 1; i <= len(t) && i <= v.max; i++ {
		if i == len(t) || utf8.RuneStart(t[i]) {
			if _, ok := v.names[t[:i]]; ok {
				return true
			}
		}
	}
	return false
}

var areaWords = []string{"全区", "我区", "本区", "全市", "我市", "全县", "我县", "全旗", "我旗", "全省", "我省", "全国", "我国", "全州", "我州", "全镇", "全自治区"}

func isArea(w string) bool {
	for _, a := range areaWords {
		if a == w {
			return true
		}
	}
	return false
}

// headTime strips 2015年, 截至3月末, “十二五”期间, 1—2月 and the like from the
// beginning of t.
func headTime(t string) (rest string, year int, ok bool) {
	u := t
	for _, w := range []string{"截至", "截止", "到", "自", "从"} {
		u = strings.TrimPrefix(u, w)
	}
	if _, is := yearAt(u, 0); is { // 2019—2023年
		v := strings.TrimPrefix(u[4:], "年")
		if w := strings.TrimLeft(v, "—–-~至到"); w != v {
			if _, is := yearAt(w, 0); is && strings.HasPrefix(w[4:], "年") {
				return w[4+len("年"):], 0, true
			}
		}
	}
	for _, c := range []string{"两", "三", "四", "五", "六", "七", "八", "九", "十"} {
		v, near := strings.CutPrefix(t, "近")
		if v, ok := strings.CutPrefix(v, c+"年"); ok {
			for _, w := range []string{"来", "累计", "内", "间"} {
				if rest, ok := strings.CutPrefix(v, w); ok {
					return rest, 0, true
				}
			}
			if near || v == "" {
				return v, 0, true
			}
		}
	}
	if y, is := yearAt(u, 0); is && strings.HasPrefix(u[4:], "年") {
		u, year = u[7:], y
		for again := true; again; {
			again = false
			for _, w := range []string{"底前", "年底前", "末", "底", "初", "以来", "度", "上半年", "下半年", "一季度", "，", "、", "全年", "，全年"} {
				if strings.HasPrefix(u, w) && w != "" {
					u, again = u[len(w):], true
				}
			}
			if m, i := smallNumber(u, 0); i > 0 && m <= 12 && strings.HasPrefix(u[i:], "月") {
				u, again = u[i+len("月"):], true
			}
		}
		return u, year, true
	}
	if m, i := smallNumber(u, 0); i > 0 && m <= 12 && strings.HasPrefix(u[i:], "月") && m > 0 {
		u = u[i+len("月"):]
		for _, w := range []string{"末", "底前", "底", "份"} {
			u = strings.TrimPrefix(u, w)
		}
		return u, 0, true
	}
	if strings.HasPrefix(u, "“") {
		if i := strings.Index(u, "”"); i > 0 && i <= len("“十二五”") {
			if _, _, _, is := fiveYears(u[:i+len("”")]); is {
				u = u[i+len("”"):]
				for _, w := range []string{"时期", "期间", "以来", "末", "期末"} {
					u = strings.TrimPrefix(u, w)
				}
				return u, 0, true
			}
		}
	}
	return t, 0, false
}

// ordinals begin the items of an enumeration of tasks.
var ordinals = []string{"一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"}

// midVerbs divide an actor or an occasion from what was done.
var midVerbs = []string{"完成了", "完成", "实现了", "实现", "发放了", "发放", "兑现", "争取到", "累计", "共有", "拥有", "达到", "组织", "约占"}

// parseLead analyses the text before a number.
func parseLead(t string, v *Vocabulary) lead {
	var l lead
	for _, w := range ordinals {
		t = strings.TrimPrefix(t, w)
	}
	t = l.attainment(t)
	if rest, ok := strings.CutSuffix(t, "的有"); ok {
		t = rest // 产量同比增长的有45种: the change describes the products
	} else {
		t = l.tail(t, v)
	}
	if i := strings.LastIndex(t, "拉动"); i >= 0 {
		l.pull = t[i+len("拉动"):]
		l.f |= fPull
		t = strings.TrimRight(t[:i], "，、")
		t = l.tail(t, v)
	}
	if i := lastShare(t); i >= 0 {
		l.share = true
		of := t[i+len("占"):]
		for _, w := range []string{"比重", "比例", "份额", "总量", "总数", "比", "的", "总额", "中", "了"} {
			of = strings.TrimSuffix(of, w)
		}
		l.of = of
		keep := l.intent
		dir, to := l.dir, l.to
		t = l.tail(t[:i], v)
		l.dir, l.to = dir, to
		if keep != "" {
			l.intent = keep
		}
	} else if i := strings.LastIndex(t, "中的比重"); i > 0 {
		l.share = true
		t = t[:i]
		if j := strings.LastIndex(t, "在"); j >= 0 {
			l.of, t = t[j+len("在"):], t[:j]
		}
	} else if strings.HasSuffix(t, "比重") || strings.HasSuffix(t, "占比") || strings.HasSuffix(t, "比例") && utf8.RuneCountInString(t) > 2 {
		l.share = true
		t = strings.TrimSuffix(strings.TrimSuffix(t, "占比"), "比重")
	}
	if l.gap != 0 {
		l.gapTo, t = splitGap(t)
	} else if i, sign := gapWord(t); i >= 0 {
		// 高于全市平均水平5.7个百分点: the words behind 高于 are the other side.
		l.gap = sign
		l.gapTo = strings.TrimSuffix(strings.TrimSuffix(t[i+len("高于"):], "水平"), "平均")
		if n := i - len("降幅"); n >= 0 && falling(t[n:i]) {
			l.gap = -l.gap // 降幅小于全市: the change is higher than there
		}
		t = l.tail(t[:i], v)
		l.dir = 0
	}
	if l.rel && (strings.HasPrefix(t, "比") || strings.HasPrefix(t, "较")) && utf8.RuneCountInString(t) <= 2 {
		t = ""
	}
	for _, w := range []string{"比", "较", "与"} {
		// 比上年预算, 比同期水平: a comparison, no subject
		if strings.HasPrefix(t, w) && containsAny(t, "上年", "去年", "同期", "年初", "预算", "规划", "计划") && utf8.RuneCountInString(t) <= 8 {
			if strings.HasSuffix(t, "新增") || strings.HasSuffix(t, "净增") {
				l.dir = 1 // 比年初新增75亿元
			}
			t, l.last, l.rel = "", true, true
		}
	}
	t = l.comparison(t)
	t = l.headOf(t, v)
	if _, ok := v.names[t]; !ok {
		for _, w := range midVerbs {
			i := strings.LastIndex(t, w)
			if i < 0 {
				continue
			}
			before, after := t[:i], t[i+len(w):]
			if w == "拥有" && strings.HasPrefix(before, "每") {
				break // 每千人口拥有…: the denominator belongs to the name
			}
			if strings.HasPrefix(after, "率") || strings.HasPrefix(after, "额") || strings.HasPrefix(after, "量") {
				continue
			}
			var l2 lead
			after = l2.headOf(after, v)
			if after == "" {
				t = l.headOf(l.tail(before, v), v)
				break
			}
			before = strings.TrimRight(l2.headOf(l2.tail(before, v), v), "，、")
			if l2.area != "" && l.area == "" {
				l.area = l2.area
			}
			if genericNouns[after] && utf8.RuneCountInString(before) >= 2 {
				t = strings.TrimSuffix(before, "单位") + after
			} else {
				t = after
			}
			break
		}
	}
	if verb := endVerb(t); verb != "" && l.dir == 0 && !l.to && !l.share && l.gap == 0 && !l.has(fLevel) && !l.has(fHold) {
		if _, ok := v.names[t]; !ok {
			l.verb = verb
			t = strings.TrimSuffix(t, verb)
			t = strings.TrimRight(t, "，、的了")
			if t == "基本" || t == "已基本" { // 基本建成4300套
				t = ""
			}
		}
	}
	l.subject = strings.Trim(t, "，、的“”（）:—-。；")
	if strings.Contains(t, "“") || strings.Contains(t, "”") {
		l.subject = balance(strings.Trim(t, "，、（）:—-。；"))
	}
	return l
}

var (
	movers      = []string{"增速", "增幅", "涨幅", "升幅", "降幅", "跌幅", "减幅"}
	comparisons = []string{"比", "较", "小于", "大于", "与", "同"}
	compareds   = []string{"上", "去年", "同期", "年初", "一季度", "二季度", "三季度", "前", "全市", "全省", "全国", "全区", "全县", "平均", "计划", "预期", "目标", "1", "2", "3", "4", "5", "6", "7", "8", "9", "“"}
)

// comparison drops a subject that is none, but the measure of the value before
// and what that is compared with: 增速比一季度, 较上半年. A smaller fall is a rise.
func (l *lead) comparison(t string) string {
	for _, w := range [][2]string{{"按", "口径"}, {"按", "计算"}, {"按", "折算"}, {"扣除", "因素后"}, {"扣除", "因素影响"}, {"剔除", "因素后"}} {
		if strings.HasPrefix(t, w[0]) && strings.HasSuffix(t, w[1]) && utf8.RuneCountInString(t) <= 16 {
			return "" // how it was calculated
		}
	}
	rest, mover := t, ""
	for _, w := range movers {
		if s, ok := strings.CutPrefix(t, w); ok {
			rest, mover = s, w
			break
		}
	}
	for _, w := range comparisons {
		s, ok := strings.CutPrefix(rest, w)
		if !ok || utf8.RuneCountInString(s) > 10 {
			continue
		}
		for _, c := range compareds {
			if strings.HasPrefix(s, c) && !strings.ContainsAny(s, "的") {
				if strings.HasSuffix(s, "新增") || strings.HasSuffix(s, "净增") {
					l.dir = 1
				}
				if strings.Contains(s, "年") && !strings.Contains(s, "半年") || strings.HasPrefix(s, "同期") {
					l.last = true
				}
				l.rel = true
				l.f |= fComp
				if falling(mover) {
					l.dir, l.gap = -l.dir, -l.gap
				}
				return ""
			}
		}
	}
	return t
}

// attainment takes 完成年度计划的 and 占年度任务的 off the end of t: what follows is
// how much of a plan was done, no share of a total.
func (l *lead) attainment(t string) string {
	u, ok := strings.CutSuffix(strings.TrimRight(t, "近约超"), "的")
	if !ok {
		return t
	}
	plan := false
	for _, w := range []string{"计划", "目标", "任务", "预算"} {
		plan = plan || strings.HasSuffix(u, w)
	}
	i := lastIndexAny(u, "完成", "占", "达到", "达")
	if !plan || i < 0 || utf8.RuneCountInString(u[i:]) > 14 || strings.ContainsAny(u[i:], "，、；") {
		return t
	}
	l.attain = true
	return u[:i]
}

// falling reports whether a word measures a fall.
func falling(w string) bool { return w == "降幅" || w == "跌幅" || w == "减幅" }

// balance drops a quotation mark without its partner.
func balance(s string) string {
	if strings.Count(s, "“") == strings.Count(s, "”") {
		return s
	}
	if strings.HasPrefix(s, "“") && !strings.Contains(s, "”") {
		return strings.TrimPrefix(s, "“")
	}
	if i := strings.LastIndex(s, "”"); i >= 0 && !strings.Contains(s, "“") {
		if rest := s[i+len("”"):]; rest != "" {
			return rest
		}
	}
	return strings.Trim(s, "“”")
}

// lastShare returns the place of 占 where it means a share, or −1.
func lastShare(t string) int {
	i := strings.LastIndex(t, "占")
	if i < 0 {
		return -1
	}
	before, _ := utf8.DecodeLastRuneInString(t[:i])
	after, _ := utf8.DecodeRuneInString(t[i+len("占"):])
	if strings.ContainsRune("侵抢强霸独", before) && i > 0 || strings.ContainsRune("用道据领有补压", after) || after == '地' && !strings.HasPrefix(t[i:], "占地方") && !strings.HasPrefix(t[i:], "占地区") {
		return -1
	}
	if strings.HasPrefix(t[i:], "占比") && len(t)-i <= len("占比") {
		return -1
	}
	return i
}

func gapWord(t string) (int, int) {
	for _, w := range []struct {
		text string
		sign int
	}{{"高于", 1}, {"高出", 1}, {"快于", 1}, {"低于", -1}, {"慢于", -1}, {"小于", -1}} {
		if i := strings.LastIndex(t, w.text); i >= 0 && utf8.RuneCountInString(t[i:]) <= 12 {
			return i, w.sign
		}
	}
	return -1, 0
}

// splitGap handles 比全市增速高, 比同期增速高: what stands behind 比.
func splitGap(t string) (to, rest string) {
	i := strings.LastIndex(t, "比")
	if i < 0 || utf8.RuneCountInString(t[i:]) > 14 {
		return "", t
	}
	return strings.TrimSuffix(t[i+len("比"):], "增速"), t[:i]
}
