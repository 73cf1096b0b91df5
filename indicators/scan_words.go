package indicators

import (
	"strings"
)

const numerals = "零〇一二三四五六七八九十百千两"

func isNumeral(c rune) bool { return strings.ContainsRune(numerals, c) || c == '万' || c == '亿' }

// words reads a number in Chinese numerals; it is one only if a measure word,
// 分之, 倍, 番 or 成 follows, or if it is 一半.
func (s *scanner) words(i int) ([]Number, int) {
	if s.has(i, "一半") {
		n := s.number(i, i+2, Value{Coef: 1, Den: 2})
		n.Words = true
		s.qualify(&n, i, i+2)
		return []Number{n}, i + 2
	}
	j := i
	for isNumeral(s.rune(j)) && j-i < 24 {
		j++
	}
	// 分之: the numerals before are the denominator.
	if s.has(j, "分之") {
		return s.fraction(i, j)
	}
	v, ok := parseNumerals(s.r[i:j])
	if prev := s.rune(i - 1); prev == '数' || prev == '几' || prev == '上' || prev == '成' || s.has(i, "一批") || s.has(i, "一次") {
		ok = false // 数十家, 上百项: vague
	}
	word := ""
	if ok && !hasDigit(s.r[i:j]) && s.rune(j) != '余' && s.rune(j) != '多' && !s.bounded(i) {
		ok = false // 万元, 亿元以上, 千亿级: a size, no number
	}
	if ok && (s.rune(j) == '余' || s.rune(j) == '多') && j > i && isRound(v) {
		word = string(s.r[j])
		k := j + 1
		if m, k2 := s.multiplier(k); m == "万" || m == "亿" || m == "万亿" { // 二百余万元
			n := s.unit(i, k2, v, m)
			if !n.n.Unit.IsZero() && s.unitLen(k2) > 0 {
				n.n.Words, n.n.Value.Qual, n.n.Value.Word = true, Over, word
				s.qualifyLeft(&n.n, i)
				return []Number{n.n}, n.next
			}
		}
		j = k
	}
	if !ok {
		return nil, s.skipNumerals(i, j)
	}
	switch s.rune(j) {
	case '倍', '番', '成':
		u := string(s.r[j])
		if u == "番" && !strings.ContainsRune("翻", s.rune(i-1)) && s.rune(i-1) != '了' ||
			u == "成" && (v.Coef > 10 || strings.ContainsRune("立员果为功绩就熟长交本套品了分形都人", s.rune(j+1))) {
			break
		}
		n := s.number(i, j+1, v)
		n.Unit, n.Words = MustUnit(u), true
		if word != "" {
			n.Value.Qual, n.Value.Word = Over, word
		}
		k := j + 1
		if c := s.rune(k); word == "" && (c == '余' || c == '多') && strings.ContainsRune("，,。；;、的", s.rune(k+1)) {
			n.Value.Qual, n.Value.Word = Over, string(c) // 一倍多
			k++
			n.To = s.end[k-1]
		}
		s.qualify(&n, i, k)
		return []Number{n}, k
	case '年', '月', '日':
		if n, k, ok := s.calendarWords(i, j, v); ok {
			return n, k
		}
	}
	l := s.unitLen(j)
	if prev := s.rune(i - 1); prev == '第' || prev == '前' {
		n := s.unit(i, j, v, "").n
		if n.Words = true; s.rank(&n, i, j+l) {
			return []Number{n}, j + l
		}
		n = s.number(i, j, v)
		n.Class, n.Words = Ordinal, true
		return []Number{n}, j
	}
	if l == 0 || !isCounter(string(s.r[j:j+l])) {
		return nil, s.skipNumerals(i, j)
	}
	u := s.unit(i, j, v, "")
	u.n.Words = true
	if word != "" {
		u.n.Value.Qual, u.n.Value.Word = Over, word
	}
	s.classify(&u.n, i, u.next)
	return []Number{u.n}, u.next
}

// skipNumerals returns where to go on behind numerals that are no number: at
// the first digit, or behind them.
func (s *scanner) skipNumerals(i, j int) int {
	if j > i {
		return j
	}
	return i + 1
}

// hasDigit reports whether numerals hold more than multipliers.
func hasDigit(r []rune) bool {
	for _, c := range r {
		if _, ok := numeralDigit(c); ok || c == '十' {
			return true
		}
	}
	return false
}

// bounded reports whether a qualifier stands before rune i: 突破千亿元.
func (s *scanner) bounded(i int) bool {
	for _, w := range leftWords {
		if s.ends(i, w.text) {
			return true
		}
	}
	return false
}

// isRound reports whether v ends in a zero, as a number in words before 余 does.
func isRound(v Value) bool { return v.Coef >= 10 && v.Coef%10 == 0 }

// isCounter reports whether a unit can follow Chinese numerals as a measure
// word. Words that are nouns as often as counters (区, 县, 级, 面) are left out:
// 三面, 五级 and 一区 are names.
func isCounter(u string) bool {
	switch u {
	case "区", "县", "乡", "镇", "村", "面", "级", "层", "号", "档", "团", "队", "店", "厂", "站", "馆", "室", "园", "校", "院", "步", "节", "点", "分", "度", "方", "块", "片", "线", "类", "班", "门", "部", "组", "本", "升", "期", "轮", "次", "批", "款", "起", "对", "位", "成", "平台", "项目", "企业", "基地", "工程", "城市", "社区", "米", "斤", "面积", "根", "册", "口", "名", "间", "单", "支", "场", "席":
		return u == "次" || u == "批" || u == "期" || u == "轮" || u == "位" || u == "名" || u == "间" || u == "场" || u == "对" || u == "支" || u == "起" || u == "类"
	}
	return true
}

// fraction reads 三分之二, 百分之五十, 百分之一点五七: the denominator is [i, j).
func (s *scanner) fraction(i, j int) ([]Number, int) {
	k := j + 2
	den, ok := parseNumerals(s.r[i:j])
	if !ok || den.Coef < 2 {
		return nil, k
	}
	var num Value
	e := k
	if isDigit(s.rune(k)) {
		num, e, ok = s.digits(k)
	} else {
		for isNumeral(s.rune(e)) || s.rune(e) == '点' && isNumeral(s.rune(e+1)) {
			e++
		}
		num, ok = parseNumerals(s.r[k:e])
	}
	if !ok || e == k || num.Den != 0 {
		return nil, k
	}
	var n Number
	switch den.Coef {
	case 100:
		n = s.number(i, e, num)
		n.Unit = MustUnit("%")
	case 1000:
		n = s.number(i, e, num)
		n.Unit = MustUnit("‰")
	default:
		if num.Exp != 0 || num.Coef >= den.Coef {
			return nil, e
		}
		n = s.number(i, e, Value{Coef: num.Coef, Den: den.Coef})
	}
	n.Words = true
	s.qualify(&n, i, e)
	return []Number{n}, e
}

// parseNumerals reads Chinese numerals such as 三百二十, 两千, 十二, 一点五七 and
// 二〇二一. Two digits side by side (两三) are vague and refused, unless the
// whole is a row of digits with 零 or of four digits, as in a year.
func parseNumerals(r []rune) (Value, bool) {
	if len(r) == 0 {
		return Value{}, false
	}
	for i, c := range r {
		if c == '点' {
			a, ok := parseNumerals(r[:i])
			if !ok || i+1 == len(r) || len(r)-i > 10 {
				return Value{}, false
			}
			for _, d := range r[i+1:] {
				x, ok := numeralDigit(d)
				if !ok || a.Coef > 1e15 {
					return Value{}, false
				}
				a.Coef, a.Exp = a.Coef*10+x, a.Exp-1
			}
			return a, true
		}
	}
	row := true
	for _, c := range r {
		if _, ok := numeralDigit(c); !ok || c == '两' {
			row = false
		}
	}
	if row && len(r) > 1 {
		if len(r) != 4 {
			return Value{}, false
		}
		var v int64
		for _, c := range r {
			d, _ := numeralDigit(c)
			v = v*10 + d
		}
		return Value{Coef: v}, true
	}
	var total, section, digit, big int64
	have := false
	for i, c := range r {
		if d, ok := numeralDigit(c); ok {
			if have && d != 0 && digit != 0 {
				return Value{}, false
			}
			digit, have = d, true
			continue
		}
		var m int64
		switch c {
		case '十':
			m = 10
		case '百':
			m = 100
		case '千':
			m = 1000
		case '万':
			m = 1e4
		case '亿':
			m = 1e8
		default:
			return Value{}, false
		}
		if m < 1e4 {
			if !have {
				digit = 1
				if m != 10 && i > 0 {
					return Value{}, false
				}
			}
			section += digit * m
		} else {
			// 一万五千亿: 亿 multiplies all that stands before it.
			part := section + digit
			if m > big {
				part += total
				total = 0
			}
			if part == 0 && (i > 0 || len(r) > 1) || part > 1e9 {
				return Value{}, false
			}
			total += max(part, 1) * m
			section, big = 0, m
		}
		digit, have = 0, false
	}
	total += section + digit
	if total == 0 && r[0] != '零' && r[0] != '〇' {
		return Value{}, false
	}
	return Value{Coef: total}, true
}

func numeralDigit(c rune) (int64, bool) {
	switch c {
	case '零', '〇':
		return 0, true
	case '一':
		return 1, true
	case '二', '两':
		return 2, true
	case '三':
		return 3, true
	case '四':
		return 4, true
	case '五':
		return 5, true
	case '六':
		return 6, true
	case '七':
		return 7, true
	case '八':
		return 8, true
	case '九':
		return 9, true
	}
	return 0, false
}
