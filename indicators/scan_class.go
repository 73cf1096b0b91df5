package indicators

import "strings"

// leftWords are the qualifiers that stand before a number, longest first
// among those that end alike.
var leftWords = []struct {
	text string
	qual Qualifier
}{
	{"不得低于", AtLeast}, {"不得少于", AtLeast}, {"不得超过", AtMost}, {"不得高于", AtMost},
	{"不低于", AtLeast}, {"不少于", AtLeast}, {"不小于", AtLeast}, {"至少", AtLeast}, {"最低", AtLeast},
	{"不超过", AtMost}, {"不高于", AtMost}, {"不多于", AtMost}, {"不大于", AtMost}, {"不超", AtMost}, {"不突破", AtMost}, {"至多", AtMost},
	{"低于", AtMost}, {"小于", AtMost}, {"少于", AtMost}, {"不足", AtMost}, {"不到", AtMost}, {"不满", AtMost},
	{"超过了", Over}, {"突破了", Over}, {"超过", Over}, {"超出", Over}, {"突破", Over}, {"跨越", Over}, {"高于", Over}, {"大于", Over}, {"多于", Over}, {"逾", Over}, {"超", Over}, {"首破", Over}, {"跃破", Over},
	{"接近", Nearly}, {"将近", Nearly}, {"逼近", Nearly}, {"近", Nearly},
	{"大约", About}, {"约为", About}, {"大概", About}, {"大致", About}, {"约", About},
}

// rightWords are the qualifiers that stand behind the unit.
var rightWords = []struct {
	text string
	qual Qualifier
}{
	{"左右", About}, {"上下", About}, {"及以上", AtLeast}, {"以上", AtLeast}, {"及以下", AtMost}, {"以内", AtMost}, {"之内", AtMost}, {"以下", AtMost}, {"有余", Over},
}

// qualify reads the words around the number [i, j).
func (s *scanner) qualify(n *Number, i, j int) {
	for _, w := range rightWords {
		if s.has(j, w.text) {
			if n.Value.Qual == Exact || n.Value.Qual == Over && w.qual == AtLeast {
				n.Value.Qual, n.Value.Word = w.qual, w.text
			}
			n.To = s.end[j+len([]rune(w.text))-1]
			break
		}
	}
	s.qualifyLeft(n, i)
}

// qualifyLeft reads the word before rune i. A word on the left is weaker than
// 以上 or 以内 on the right, and 余 is more exact than 近 or 超过 before it.
func (s *scanner) qualifyLeft(n *Number, i int) {
	if i == 0 {
		return
	}
	for _, w := range leftWords {
		if !s.ends(i, w.text) {
			continue
		}
		l := i - len([]rune(w.text))
		switch prev := s.rune(l - 1); w.text {
		case "近":
			if strings.ContainsRune("最附邻临亲远靠就", prev) {
				return
			}
		case "约":
			if strings.ContainsRune("节条合签公集预违", prev) {
				return
			}
		case "超":
			if prev == '赶' {
				return
			}
		case "最低":
			if n.Unit.IsZero() {
				return
			}
		}
		if n.Value.Qual == Exact {
			n.Value.Qual, n.Value.Word = w.qual, w.text
		}
		n.From = min(n.From, s.off[l])
		return
	}
}

// A number alone between quotation marks is a name: “8337”.
var openQuotes, closeQuotes = "“\"‘「『《", "”\"’」』》"

// classify reads the words around [i, j) and decides what the number is.
func (s *scanner) classify(n *Number, i, j int) {
	prev, next := s.rune(i-1), s.rune(j)
	sym := n.Unit.Symbol
	// Calendar: years, months, days.
	if n.Unit.IsZero() || sym == "年" || sym == "天" {
		if s.calendar(n, i, j) {
			return
		}
	}
	switch {
	case prev == '第' || prev == '前' && n.Unit.Ranked().Base == BaseRank:
		if !s.rank(n, i, j) {
			n.Class = Ordinal
		}
		return
	case sym == "届" || sym == "号" || sym == "期" && n.Value.Exp == 0 && n.Value.Coef < 20:
		n.Class = Ordinal
		return
	case prev == '×' || next == '×' || prev == '#' || next == '#' || prev == '+' || next == '+' || isDigit(prev) && s.adjacent(i-1):
		n.Class = Name
		return
	case isLetter(prev) && (n.Unit.IsZero() && !s.abbreviation(i) || !s.abbreviation(i) && s.adjacent(i-1) && !n.Unit.Percent() && !n.Unit.Money() && n.Unit.Scale < 1e4):
		n.Class = Name
		return
	case n.Unit.IsZero() && isLetter(next) && s.adjacent(j-1):
		n.Class = Name
		return
	case strings.ContainsRune(openQuotes, prev) && prev != 0 && strings.ContainsRune(closeQuotes, next) && next != 0:
		n.Class = Name
		return
	case prev == '-' && s.rune(i-2) != 0 && (isDigit(s.rune(i-2)) || isLetter(s.rune(i-2))):
		n.Class = Name
		return
	}
	s.qualify(n, i, j)
	if prev == '-' && n.Unit.Percent() && n.Value.Coef > 0 && !isDigit(s.rune(i-2)) && s.adjacent(i-1) {
		// A printed minus sign: 自然增长率-0.61‰.
		n.Value.Coef, n.Start = -n.Value.Coef, s.off[i-1]
		n.From = min(n.From, n.Start)
	}
	if n.Unit.IsZero() {
		n.Class = Bare
		return
	}
	switch sym {
	case "年", "个月":
		n.Class = Duration
		if n.Value.Qual == AtLeast && !strings.ContainsRune("，,。；;、）", s.rune(s.behind(n, j))) {
			n.Class = Threshold
		}
	case "岁":
		n.Class = Threshold
		if strings.ContainsRune("，,。；;、）", next) {
			n.Class = Figure // 平均期望寿命达到78.2岁
		}
	case "分钟", "小时":
		for k := j; k < j+8 && k < len(s.r); k++ {
			if s.r[k] == '圈' {
				n.Class = Threshold
			}
			if strings.ContainsRune("，,。；;、", s.r[k]) {
				break
			}
		}
	case "次", "批", "轮", "步", "班", "级", "层", "节", "档", "度", "门", "村", "镇", "乡", "县", "区", "厂", "站", "店", "校", "院", "园", "馆", "室", "团", "队", "点", "分", "部", "线", "号", "城市", "社区", "期":
		if (sym == "次" || sym == "批" || sym == "轮") && (s.has(j, "会议") || s.has(j, "全会") || s.has(j, "全委会") || s.has(j, "党代会") || s.has(j, "常委会")) {
			n.Class = Ordinal
		}
	}
}

// behind returns the rune index behind the right qualifier of a number that
// ends at rune j.
func (s *scanner) behind(n *Number, j int) int {
	for j < len(s.r) && s.end[j] <= n.To {
		j++
	}
	return j
}

// rank recognises 第1位, 位居全市第一 and 前5位 among the ordinals and makes
// them figures: the number [i, j) becomes a place in an order. 前 is at most.
func (s *scanner) rank(n *Number, i, j int) bool {
	first := s.rune(i-1) == '前'
	n.Unit = n.Unit.Ranked() // 第1名 is a place, 8名 are persons
	switch {
	case n.Unit.Base == BaseRank:
		if s.has(j, "书记") || s.has(j, "副") {
			return false
		}
	case first || !n.Unit.IsZero():
		return false
	default:
		// Without its measure word only where a clause ends with it and a place
		// or a verb of ranking stands before: 全市第一, 排名第三.
		listed := len(s.out) > 0 && s.out[len(s.out)-1].Unit.Base == BaseRank && i > 2 && s.out[len(s.out)-1].End == s.off[i-2] && strings.ContainsRune("、和与及", s.rune(i-2)) // 第1、第3
		more := strings.ContainsRune("和与及", s.rune(j)) && s.rune(j+1) == '第'
		if !more && !strings.ContainsRune("，,。；;、）（！", s.rune(j)) && s.rune(j) != 0 || !listed && !strings.ContainsRune("市省国区县居列名排位盟州旗量度均", s.rune(i-2)) {
			return false
		}
		n.Unit = MustUnit("位")
	}
	n.Class, n.From = Figure, s.off[i-1]
	if first {
		n.Value.Qual, n.Value.Word = AtMost, "前"
	}
	return true
}

// abbreviation reports whether the letters before i are the name of an
// indicator, behind which a figure may stand.
func (s *scanner) abbreviation(i int) bool {
	for _, w := range [...]string{"GDP", "CPI", "PPI", "GNP", "R&D", "EPI", "AQI", "PMI"} {
		if s.ends(i, w) {
			return true
		}
	}
	return false
}

// calendar recognises years, months and days written with digits.
func (s *scanner) calendar(n *Number, i, j int) bool {
	v := n.Value
	whole := v.Exp == 0 && v.Den == 0 && v.Qual == Exact
	switch {
	case !whole:
		return false
	case n.Unit.Symbol == "年":
		if n.Range && isYear(n.High.Coef) || isYear(v.Coef) {
			n.Class = Calendar
			return true
		}
		return false
	case n.Unit.Symbol == "天":
		return false
	}
	k := j
	if n.Unit.IsZero() && isYear(v.Coef) {
		// 2016-2020, 2016至2020年, 2021/2022; a year in front of 年 is above.
		if s.rune(k) == '-' || s.rune(k) == '至' || s.rune(k) == '、' || s.rune(k) == '和' || s.rune(k) == '/' {
			if d, e, ok := s.digits(k + 1); ok && d.Exp == 0 && isYear(d.Coef) && (s.rune(e) == '年' || s.rune(e) == '度') {
				n.Class = Calendar
				return true
			}
		}
		if i == 0 || s.rune(j) == '年' || s.rune(j) == '届' {
			n.Class = Calendar
			return true
		}
	}
	if n.Unit.IsZero() && v.Coef >= 1 && v.Coef <= 31 {
		high := v.Coef
		if n.Range {
			high = n.High.Coef
		}
		switch {
		case s.rune(j) == '月' && high <= 12, s.rune(j) == '日' && s.rune(j+1) != '处' && s.rune(j+1) != '产':
			n.Class = Calendar
			return true
		case (s.rune(j) == '-' || s.rune(j) == '至' || s.rune(j) == '、' || s.rune(j) == '和') && high <= 12:
			if d, e, ok := s.digits(j + 1); ok && d.Exp == 0 && d.Coef <= 12 && s.rune(e) == '月' {
				n.Class = Calendar
				return true
			}
		case s.rune(j) == '季' && s.rune(j+1) == '度':
			n.Class = Calendar
			return true
		}
	}
	return false
}

func isYear(y int64) bool { return y >= 1900 && y <= 2100 }

// calendarWords recognises 二〇二一年, 五年 and 三个月 written in numerals.
func (s *scanner) calendarWords(i, j int, v Value) ([]Number, int, bool) {
	n := s.number(i, j, v)
	n.Words = true
	switch c := s.rune(j); {
	case c == '年' && (isYear(v.Coef) || v.Coef >= 1000):
		n.Class = Calendar
	case c == '年':
		n = s.number(i, j+1, v)
		n.Words, n.Unit, n.Class = true, MustUnit("年"), Duration
		return []Number{n}, j + 1, true
	case c == '月' && v.Coef <= 12, c == '日' && v.Coef <= 31:
		n.Class = Calendar
	default:
		return nil, i, false
	}
	return []Number{n}, j + 1, true
}
