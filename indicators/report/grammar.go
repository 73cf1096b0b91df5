package report

import (
	"strings"
	"unicode/utf8"

	"example.com/zhibiao/indicators"
)

// item is a number of a sentence with what the grammar found out about it.
type item struct {
	n       indicators.Number // offsets into the paragraph
	lo      int               // where the text that belongs to it begins
	clause  int               // where its clause begins
	end     int               // where its clause ends
	before  string            // text from lo to the number, without parentheses
	after   string            // text behind the number to the next boundary
	follow  string            // text behind the number to the end of the clause
	paren   string            // words in front of the parenthesis it stands in
	inParen bool
	lead    lead
	paired  bool     // the end of a 由A增加到B
	used    int      // bytes behind the number that its name took
	fact    bool     // states what is, also in a plan
	post    bool     // named by what stands behind it
	names   []string // indicators it is a figure of; several if it belongs to all
	at      when
	subj    int    // byte in the paragraph where the subject begins, for the quote
	rule    string // grammar rule that named it
	conf    float64
	doubt   string          // what is not certain, for the note
	object  string          // what its money was spent on
	among   string          // of a rank: the order it is a place in
	refused string          // why it could not be assigned
	better  bool            // the change is one for the better: 改善
	kind    indicators.Kind // once it is a figure
	after1  indicators.Kind // kind of the value before, if its name is taken over from that
}

// when is the time that the words round a number give, as far as they do.
type when struct {
	year  int               // a year named for it
	due   bool              // 到2020年
	five  bool              // a stretch of years named for it
	first int               // of the stretch
	last  int               // of the stretch
	sure  bool              // the stretch is named by its plan
	one   bool              // 全年, 今年: one year although the section speaks of five
	part  indicators.Period // quarter, half-year or month, year filled in
	by    indicators.Period // 5月底前
	sum   bool              // 五年累计: words of a sum
	ytd   bool              // part is the last month of a sum from January on
}

// reader reads one document.
type reader struct {
	opt   Options
	v     *Vocabulary
	p     *prepared
	about about
	mode  mode
	res   *Result
	carry string // topic of the sentence before in the same paragraph
	base  [2]int // from and to of the last 由2013年的…增加到2017年的… in the paragraph
	prov  bool   // 初步核算 was said
	seen  map[string]bool
}

// paragraph reads the sentences of a paragraph.
func (r *reader) paragraph(p *para) {
	isHeading, head := r.mode.heading(p.s, &r.about)
	if r.mode.skip {
		return
	}
	if isHeading {
		return
	}
	nums := wordFigures(p.s, indicators.Scan(p.s))
	r.carry, r.base = "", [2]int{}
	lo, k := 0, 0
	first := true
	for lo < len(p.s) {
		hi := sentenceEnd(p.s, lo)
		s := p.s[lo:hi]
		r.mode.opening(s, &r.about, first)
		if first {
			if t := topicOf(s, r.v); t != "" && (strings.HasPrefix(s, "一是") || ordinalLead(s) || head != "") {
				r.mode.topic = t
			} else if head == "" && !ordinalLead(s) {
				r.mode.topic = ""
			}
		} else if ordinalLead(s) {
			r.mode.topic = topicOf(s, r.v)
		}
		r.switchPlan(s)
		j := k
		for j < len(nums) && nums[j].Start < hi {
			j++
		}
		if j > k {
			r.sentence(p, lo, hi, nums[k:j])
		}
		if t := topicOf(s, r.v); t != "" {
			r.carry = t
		}
		lo, k, first = hi, j, false
	}
}

// sentenceEnd returns where the sentence that begins at lo ends, punctuation
// included.
func sentenceEnd(s string, lo int) int {
	for i := lo; i < len(s); {
		c, w := utf8.DecodeRuneInString(s[i:])
		i += w
		switch c {
		case '。', '！', '？', '!', '?':
			for i < len(s) && strings.HasPrefix(s[i:], "”") {
				i += len("”")
			}
			return i
		}
	}
	return len(s)
}

func ordinalLead(s string) bool {
	for _, w := range []string{"一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是", "——", "--", "（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "（九）", "（十）"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// switchPlan turns to the plan where a document has no heading that says so.
func (r *reader) switchPlan(s string) {
	if r.mode.plan {
		return
	}
	at := -1
	for _, w := range []string{"主要预期目标", "预期目标是", "预期目标:", "发展的预期目标", "主要发展目标是", "实现以下目标"} {
		if i := strings.Index(s, w); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at >= 0 && !containsAny(s[:at], "完成", "超过", "实现了", "高于", "好于", "达到") {
		r.mode.plan = true
		r.mode.five = false
		r.mode.first, r.mode.last = r.about.year+1, r.about.year+1
		if strings.Contains(s, "五年") {
			r.mode.five, r.mode.sure, r.mode.last = true, false, r.about.year+5
		}
	}
}

// topicOf returns what the first clause of a sentence is about: the nouns
// before the words of praise (东山组团基础设施建设 of …取得突破性进展).
func topicOf(s string, v *Vocabulary) string {
	t := s
	for _, w := range []string{"（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "（九）", "（十）", "——", "--"} {
		t = strings.TrimPrefix(t, w)
	}
	if i := strings.IndexAny(t, "，。；:！？、"); i >= 0 {
		t = t[:i]
	}
	for i, c := range t {
		if isDigit(c) {
			t = t[:i]
			break
		}
	}
	var l lead
	t = l.headOf(t, v)
	for _, w := range noTopics {
		if strings.HasPrefix(t, w) {
			return ""
		}
	}
	t = cutPredicate(t)
	for _, w := range []string{"要", "将", "也", "已", "进程"} {
		t = strings.TrimSuffix(t, w)
	}
	if n := utf8.RuneCountInString(t); n < 2 || n > 20 || isInvestment(t) || genericNouns[t] {
		return ""
	}
	return balance(strings.Trim(t, "（）"))
}

// noTopics begin clauses that name an action and not a subject.
var noTopics = []string{"坚持", "按照", "克服", "举", "以", "围绕", "充分", "用好", "深化", "坚定", "紧盯", "聚焦", "依托", "瞄准", "着眼", "面对", "为了", "根据", "结合", "抓住", "贯彻", "加强", "强化", "创新", "健全", "优化", "打造", "发挥", "引导", "鼓励", "严格", "进一步", "科学", "建立", "通过", "在看到", "各位", "提高", "我们", "同时", "必须", "要", "这", "回顾", "主动", "全力", "争取", "培育", "集中", "大力", "完善", "逐步", "把", "从", "对", "就是"}

var predicates = []string{"取得", "不断", "持续", "进一步", "显著", "明显", "稳步", "逐年", "逐步", "全面", "有效", "扎实", "加快", "继续", "大幅", "再次", "深入", "有力", "得到", "实现", "更加", "日趋", "日益", "基本", "成效", "步伐", "力度", "工作", "工程", "开工", "竣工", "建设进", "进展", "增势", "保持", "呈现", "突破", "再创", "再上", "焕发", "较快", "快速", "平稳", "迅速", "提质", "增强", "提升", "提高", "改善", "加大", "优化", "凸显", "发展"}

// cutPredicate cuts a clause where its predicate begins.
func cutPredicate(t string) string {
	best := len(t)
	for _, w := range predicates {
		if i := strings.Index(t, w); i > 3 && i < best {
			best = i
		}
	}
	return t[:best]
}

// sentence reads the figures of one sentence.
func (r *reader) sentence(p *para, lo, hi int, nums []indicators.Number) {
	if containsAny(p.s[lo:hi], "初步核算", "初步统计", "快报数") {
		r.prov = true
		defer func() { r.prov = false }()
	}
	var w when
	from := lo
	var stretch []item
	flush := func() {
		if len(stretch) > 0 {
			r.assign(p, stretch)
			for i := range stretch {
				r.emitFrom(p, stretch, i)
			}
			stretch = stretch[:0]
		}
	}
	parens := parenSpans(p.s, lo, hi)
	var prev, prevOuter *item
	var store = make([]item, 0, len(nums))
	for i := range nums {
		n := nums[i]
		if n.Unit.Symbol == "成" { // 三成 is 30 %
			n.Unit = indicators.MustUnit("%")
			n.Value.Coef, n.High.Coef = 10*n.Value.Coef, 10*n.High.Coef
		}
		if !r.candidate(p, &n, nums, i) {
			continue
		}
		it := item{n: n, conf: 1}
		in := inside(parens, n.Start)
		it.inParen = in >= 0
		cl := clauseStart(p.s, lo, n.From, parens, in)
		it.clause, it.lo = cl, cl
		last := prevOuter
		if it.inParen {
			last = prev
			if it.lo < parens[in][0] {
				it.lo = parens[in][0]
			}
		}
		if last != nil && last.n.To > it.lo && last.n.To <= n.From {
			it.lo = last.n.To
		}
		it.before = withoutParens(p.s, it.lo, n.From, parens, in)
		it.end = clauseEnd(p.s, n.To, hi)
		it.follow = p.s[n.To:it.end]
		it.after = r.afterText(p, n.To, it.end, nums, i)
		if it.inParen {
			it.paren = parenOwner(p.s, lo, parens[in][0], prevOuter)
		}
		if it.inParen {
			inner := w
			r.timeWords(p.s[min(max(from, parens[in][0]), n.From):n.From], &inner)
			it.at = inner
		} else {
			was, words := w, withoutParens(p.s, min(from, n.From), n.From, parens, in)
			r.timeWords(words, &w)
			from = max(from, n.To)
			it.at = w
			if r.mode.plan && modifies(words, &n) {
				w = was // 去年开工的12个项目: the time of that number alone
			}
		}
		if k := strings.LastIndexAny(p.s[stretchStart(prev, lo):n.From], "；"); k >= 0 {
			flush()
		}
		if rest, ok := strings.CutSuffix(it.before, "改善"); ok && (n.Unit.Percent() || n.Unit.Base == indicators.BasePoints) {
			it.lead = parseLead(rest, r.v)
			it.lead.dir, it.better = 1, true
		} else {
			it.lead = parseLead(it.before, r.v)
		}
		it.subj = cl
		store = append(store, it)
		stretch = append(stretch, it)
		prev = &store[len(store)-1]
		if !it.inParen {
			prevOuter = prev
		}
	}
	flush()
}

func stretchStart(prev *item, lo int) int {
	if prev == nil {
		return lo
	}
	return prev.n.To
}

// parenSpans returns the bytes between parentheses in [lo, hi), without them.
func parenSpans(s string, lo, hi int) [][2]int {
	var out [][2]int
	open := -1
	for i := lo; i < hi; {
		c, w := utf8.DecodeRuneInString(s[i:])
		switch c {
		case '（':
			open = i + w
		case '）':
			if open >= 0 {
				out = append(out, [2]int{open, i})
				open = -1
			}
		}
		i += w
	}
	return out
}

func inside(parens [][2]int, i int) int {
	for k, p := range parens {
		if i >= p[0] && i < p[1] {
			return k
		}
	}
	return -1
}

const boundaries = "，,；。:！？\n\t"

// clauseStart returns where the clause of byte i begins, parentheses other
// than the one that i stands in left out of account.
func clauseStart(s string, lo, i int, parens [][2]int, in int) int {
	for j := i; j > lo; {
		c, w := utf8.DecodeLastRuneInString(s[:j])
		at := j - w
		if k := inside(parens, at); k >= 0 && k != in {
			j = parens[k][0]
			continue
		}
		if c == '（' && in >= 0 && j == parens[in][0] {
			return j
		}
		if strings.ContainsRune(boundaries, c) && !(c == ',' || c == ':') {
			return j
		}
		if (c == ',' || c == ':') && !(at > 0 && isDigit(rune(s[at-1])) && j < len(s) && isDigit(rune(s[j]))) {
			return j
		}
		if c == '—' && at >= 3 && strings.HasSuffix(s[:at], "—") {
			return j
		}
		j = at
	}
	return lo
}

func clauseEnd(s string, i, hi int) int {
	for j := i; j < hi; {
		c, w := utf8.DecodeRuneInString(s[j:])
		if strings.ContainsRune(boundaries, c) {
			if (c == ',' || c == ':') && j > 0 && isDigit(rune(s[j-1])) && j+w < len(s) && isDigit(rune(s[j+w])) {
				j += w
				continue
			}
			return j
		}
		j += w
	}
	return hi
}

// withoutParens returns s[lo:hi] without what stands in parentheses, unless
// the number itself stands there.
func withoutParens(s string, lo, hi int, parens [][2]int, in int) string {
	var b strings.Builder
	at := lo
	for k, p := range parens {
		if k == in || p[1] <= lo || p[0] >= hi {
			continue
		}
		if open := p[0] - len("（"); open > at {
			b.WriteString(s[at:open])
		}
		at = max(at, p[1]+len("）"))
	}
	if at < hi {
		b.WriteString(s[at:hi])
	}
	return b.String()
}

// parenOwner returns the words right in front of a parenthesis, which say
// whose figure stands in it: 发酵酒（增长87%）.
func parenOwner(s string, lo, open int, prev *item) string {
	from := lo
	if prev != nil && prev.n.To < open {
		from = prev.n.To
	}
	t := s[from : open-len("（")]
	if i := strings.LastIndexAny(t, "，,；。:、）"); i >= 0 {
		_, w := utf8.DecodeRuneInString(t[i:])
		t = t[i+w:]
	}
	return t
}

// afterText returns the text behind a number up to the next boundary, verb of
// enumeration or figure.
func (r *reader) afterText(p *para, i, end int, nums []indicators.Number, k int) string {
	for _, n := range nums[k+1:] {
		if n.Class == indicators.Figure && !n.Words && n.From >= i {
			end = min(end, n.From)
			break
		}
	}
	t := p.s[i:end]
	if j := strings.IndexAny(t, "、（）"); j >= 0 {
		t = t[:j]
	}
	return t
}

// timeWords updates w by the time words in a stretch of text before a number.
func (r *reader) timeWords(s string, w *when) {
	years(s, func(y, lo, hi int) {
		before, rest := s[:lo], s[hi:]
		for _, x := range []string{"比", "较", "是", "与", "同", "由", "从", "相当于", "为", "在", "自", "于"} {
			if strings.HasSuffix(before, x) && !(x == "为" || x == "在" || x == "于") {
				return
			}
		}
		if t := strings.TrimRight(before, "—–-~至到"); t != before {
			// 2019—2023年, 2019年至2023年
			t = strings.TrimSuffix(t, "年")
			if first, ok := yearAt(t, max(0, len(t)-4)); ok && first < y && !compared(t[:len(t)-4]) {
				w.year, w.five, w.one, w.ytd, w.part, w.by = 0, true, false, false, indicators.Period{}, indicators.Period{}
				w.first, w.last, w.sure, w.sum, w.due = first, y, false, containsAny(rest, "累计", "共"), false
				return
			}
		}
		if strings.HasPrefix(rest, "的") || strings.HasPrefix(rest, "末的") {
			return // 增加到2015年的15亿元: the year of that number alone
		}
		w.year, w.five, w.one, w.ytd, w.part, w.by = y, false, false, false, indicators.Period{}, indicators.Period{}
		w.due = strings.HasSuffix(before, "到") && !strings.HasSuffix(before, "增加到") && !strings.HasSuffix(before, "提高到") && !strings.HasSuffix(before, "达到") && !strings.HasSuffix(before, "增长到") && !strings.HasSuffix(before, "截至到")
	})
	if first, last, at, ok := fiveYears(s); ok && containsAny(s[at:], "期间", "时期", "以来", "规划") && !strings.HasSuffix(s[:at], "是") && !strings.HasSuffix(s[:at], "比") && !strings.HasSuffix(s[:at], "较") && !strings.HasSuffix(s[:at], "高出") && !strings.HasSuffix(s[:at], "高于") && !strings.HasSuffix(s[:at], "低于") {
		w.five, w.first, w.last, w.sure, w.year, w.one, w.sum = true, first, last, true, 0, false, !strings.Contains(s[at:], "目标")
	}
	base := w.year
	if base == 0 {
		base = r.about.year
		if r.mode.plan {
			base++
		}
	}
	if i := lastIndexAny(s, "五年累计", "五年来", "五年共", "五年新增", "五年间", "过去五年", "五年建成", "五年完成", "五年连续", "五年投入", "五年实施"); i >= 0 {
		w.one, w.year, w.sum = false, 0, true
		if !w.five {
			w.five, w.first, w.last = true, r.mode.first, r.mode.last
			if !r.mode.five {
				w.first, w.last = r.about.year-4, r.about.year
			}
			w.sure = r.mode.sure
		}
	}
	if n, sum := lastYears(s); n > 0 && !r.mode.plan && r.about.year > 0 {
		w.one, w.year, w.sum, w.sure = false, 0, sum, false
		w.five, w.first, w.last = true, r.about.year-n+1, r.about.year
	}
	if first, last, at, ok := fiveYears(s); ok && !compared(s[:at]) {
		if k := strings.Index(s[at:], "”末"); k >= 0 && k <= len("“十四五") && !strings.HasPrefix(s[at+k+len("”末"):], "的") && (r.mode.plan || last <= r.about.year) {
			w.five, w.one, w.sum, w.year, w.due, w.part, w.ytd = false, false, false, last, last > r.about.year, indicators.Period{}, false
		} else if w.five && strings.Contains(s[at:], "以来") && first <= r.about.year {
			w.last = min(last, r.about.year)
		}
	}
	if containsAny(strings.ReplaceAll(s, "年全年", ""), "全年", "年内", "今年", "当年", "本年") && !strings.Contains(s, "全年预期目标") {
		w.one, w.five, w.year, w.by, w.part, w.ytd = true, false, 0, indicators.Period{}, indicators.Period{}, false
	}
	if i := lastIndexAny(s, "去年", "上年末"); i >= 0 && !containsAny(s, "比去年", "较去年", "比上年末", "较上年末", "与去年", "由上年", "去年以来", "去年同期") {
		w.one, w.five, w.year = true, false, r.about.year
	}
	q := 0
	for i, word := range []string{"一季度", "二季度", "三季度", "四季度"} {
		if k := strings.LastIndex(s, word); k >= 0 && !strings.HasSuffix(s[:k], "前") && !compared(s[:k]) {
			q = i + 1
		}
	}
	switch {
	case q > 0:
		w.part, w.ytd = indicators.Quarter(base, q), false
	case strings.Contains(s, "上半年") && !compared(s[:strings.LastIndex(s, "上半年")]):
		w.part, w.ytd = indicators.Half(base, 1), false
	case strings.Contains(s, "前三季度") && !compared(s[:strings.LastIndex(s, "前三季度")]):
		w.part, w.ytd = untilMonth(base, 9)
	}
	year := lastIndexAny(s, "全年", "年内")
	for i := range len(s) {
		if i < year {
			continue
		}
		m, j := smallNumber(s, i)
		if j == i || i > 0 && s[i-1] >= '0' && s[i-1] <= '9' || m < 1 || m > 12 || !strings.HasPrefix(s[j:], "月") {
			continue
		}
		rest := s[j+len("月"):]
		switch {
		case r.mode.plan && (strings.HasPrefix(rest, "底前") || strings.HasPrefix(rest, "末前") || strings.HasPrefix(rest, "底完成") || strings.HasPrefix(rest, "前")):
			w.by = indicators.Month(base, m)
		case r.mode.plan:
		case sinceJanuary(s[:i]):
			if !compared(strings.TrimRight(s[:i], "1月—–-~至到")) {
				w.part, w.ytd = untilMonth(base, m)
			}
		case compared(s[:i]):
		case strings.HasPrefix(rest, "份"), strings.HasPrefix(rest, "，"), strings.HasPrefix(rest, "末"), strings.HasPrefix(rest, "底"):
			if (m < 12 || containsAny(s[:i], "截至", "截止") || strings.HasPrefix(rest, "份")) && !strings.HasSuffix(s[:i], "—") && !strings.HasSuffix(s[:i], "-") {
				w.part, w.ytd = indicators.Month(base, m), false
			}
		}
	}
	if r.mode.plan && containsAny(s, "年底前", "到年底") {
		w.by = indicators.Period{}
	}
}

// sinceJanuary reports whether what stands before a month is the beginning of a
// range from January on: 1—, 1至.
func sinceJanuary(before string) bool {
	t := strings.TrimRight(before, "—–-~至到")
	if t == before {
		return false
	}
	t = strings.TrimSuffix(t, "月")
	k := len(t) - 1
	return k >= 0 && t[k] == '1' && (k == 0 || !isDigit(rune(t[k-1])))
}

// untilMonth returns the months of year y from January to m: a quarter, a half
// or a year where they are one, else the last month, and true.
func untilMonth(y, m int) (part indicators.Period, ytd bool) {
	switch m {
	case 3:
		return indicators.Quarter(y, 1), false
	case 6:
		return indicators.Half(y, 1), false
	case 12:
		return indicators.Period{}, false
	}
	return indicators.Month(y, m), m > 1
}

// lastYears returns how many years 近三年, 三年来 and 三年累计 in s mean, and
// whether they speak of a sum; 0 if there is no such word. 五年 is the term of a
// government and read elsewhere.
func lastYears(s string) (n int, sum bool) {
	for i, c := range []string{"两", "三", "四", "五", "六", "七", "八", "九", "十"} {
		at := strings.Index(s, c+"年")
		if at < 0 {
			continue
		}
		before, rest := s[:at], s[at+len(c+"年"):]
		near := strings.HasSuffix(before, "近") && !strings.HasSuffix(before, "附近")
		if compared(strings.TrimSuffix(before, "前")) || strings.HasSuffix(before, "十") || strings.HasSuffix(before, "第") {
			continue
		}
		since := strings.HasPrefix(rest, "来") || strings.HasPrefix(rest, "累计")
		if near || since && c != "五" {
			return i + 2, strings.HasPrefix(rest, "累计") || strings.Contains(rest, "累计")
		}
	}
	return 0, false
}

// modifies reports whether the past time in words only says which things the
// number behind them counts: 去年开工的, 2023年新开工的.
func modifies(words string, n *indicators.Number) bool {
	t, ok := strings.CutSuffix(strings.TrimRight(words, "近约超"), "的")
	if !ok || !n.Unit.Count && !n.Unit.Money() {
		return false
	}
	if i := strings.LastIndexAny(t, "，,；。、"); i >= 0 {
		t = t[i:]
	}
	return containsAny(t, "去年", "上年") || firstYear(t) > 0
}

// compared reports whether the time that stands behind before is one that is
// compared with: 比一季度, 较2023年上半年.
func compared(before string) bool {
	for _, w := range []string{"去年", "上年", "同期"} {
		before = strings.TrimSuffix(before, w)
	}
	if k := len(before) - len("2023年"); k >= 0 && strings.HasSuffix(before, "年") {
		if _, ok := yearAt(before, k); ok {
			before = before[:k]
		}
	}
	for _, w := range []string{"比", "较", "与", "同", "由", "从"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

func lastIndexAny(s string, words ...string) int {
	best := -1
	for _, w := range words {
		best = max(best, strings.LastIndex(s, w))
	}
	return best
}
