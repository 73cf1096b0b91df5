package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"example.com/zhibiao/indicators"
)

// about is what a document says about itself.
type about struct {
	title  string
	issuer string
	date   indicators.Period
	year   int               // the year that the text reports on
	stated bool              // whether the year stands in the title or date, not only in the text
	area   string            // 涧西区
	parent string            // 洛阳市; empty if the text does not say
	part   indicators.Period // the part of the year that an analysis is about; zero: the whole year
	ytd    bool              // part is the last month of a sum from January on
	work   bool              // a work report: review of last year, plan of this one
}

const headParas = 12 // how many paragraphs can belong to the title

var titleWords = []string{"政府工作报告", "工作报告", "统计公报", "经济运行", "国民经济和社会发展", "计划执行情况", "分析"}

// inspect reads title, date, area and year off the first paragraphs, and the
// year off the whole text if they give none.
func inspect(p *prepared) about {
	var a about
	head := p.paras[:min(len(p.paras), headParas)]
	for i, q := range head {
		if utf8.RuneCountInString(q.s) > 80 && i > 0 && a.title != "" {
			break
		}
		s := q.s
		if utf8.RuneCountInString(s) > 200 {
			s = cutRunes(s, 80)
		}
		for _, w := range titleWords {
			if a.title == "" && strings.Contains(s, w) {
				a.title = strings.Trim(clauseOf(s, strings.Index(s, w)), "《》—-")
			}
		}
		if strings.Contains(s, "工作报告") || strings.Contains(s, "各位代表") || strings.Contains(s, "人民代表大会") {
			a.work = true
		}
		if y, m, d, ok := fullDate(s); ok && a.date.IsZero() {
			a.date = indicators.Day(y, m, d)
		}
		if a.area == "" {
			a.findArea(s)
		}
		if a.issuer == "" {
			if i := strings.Index(s, "人民政府"); i > 0 && i < 60 && !strings.Contains(s, "，") {
				a.issuer = strings.TrimLeft(clauseOf(s[:i+len("人民政府")], i), "—-")
			} else if strings.Contains(s, "国务院总理") {
				a.issuer = "国务院"
			}
		}
	}
	switch y := firstYear(a.title); {
	case a.byHeading(p):
	case y > 0 && strings.Contains(a.title, "工作报告"):
		a.year, a.stated = y-1, true
	case y > 0 && !a.work:
		a.year, a.stated = y, true
	case !a.date.IsZero():
		// A report of the end of a year looks back on that year.
		a.year, a.stated = a.date.Year(), true
		if m := indicators.Month(a.date.Year(), 11); a.date.Compare(m.FirstDay()) < 0 {
			a.year--
		}
	}
	if a.year == 0 {
		a.yearOfText(p)
	}
	if a.area == "" {
		for _, w := range []struct{ word, area string }{{"我国", "全国"}, {"国内生产总值", "全国"}} {
			if a.area == "" && len(head) > 0 && strings.Contains(joined(p, 40), w.word) && strings.Contains(joined(p, 8), "国务院") {
				a.area = w.area
			}
		}
	}
	if !a.work && a.year > 0 {
		a.partOfYear(p)
	}
	return a
}

// partOfYear finds out whether an analysis is about a quarter or a half-year:
// the title or the first paragraphs say so, and the text keeps saying it.
func (a *about) partOfYear(p *prepared) {
	text := joined(p, len(p.paras))
	best := 1
	for m := 2; m <= 11; m++ {
		words := []string{"1-" + strconv.Itoa(m) + "月", "1—" + strconv.Itoa(m) + "月", "1至" + strconv.Itoa(m) + "月", "1–" + strconv.Itoa(m) + "月"}
		switch m {
		case 3:
			words = append(words, "一季度")
		case 6:
			words = append(words, "上半年")
		case 9:
			words = append(words, "前三季度")
		}
		n := 0
		for _, word := range words {
			n += strings.Count(text, word)
			if strings.Contains(a.title, word) {
				n += 3
			}
		}
		if n > best && n > strings.Count(text, "全年") {
			best = n
			a.part, a.ytd = untilMonth(a.year, m)
		}
	}
}

func joined(p *prepared, n int) string {
	var b strings.Builder
	for _, q := range p.paras[:min(n, len(p.paras))] {
		b.WriteString(q.s)
		b.WriteByte('\n')
	}
	return b.String()
}

// byHeading reads the year off headings such as 2015年工作回顾 and 2016年主要工作.
func (a *about) byHeading(p *prepared) bool {
	for _, q := range p.paras {
		if utf8.RuneCountInString(q.s) > 40 || strings.ContainsAny(q.s, "。；") {
			continue
		}
		years(q.s, func(y, lo, hi int) {
			rest, before := q.s[hi:], q.s[:lo]
			for _, w := range []string{"工作回顾", "政府工作回顾", "主要工作回顾", "工作总结", "工作成果", "工作情况", "经济社会发展回顾"} {
				if a.year == 0 && (strings.HasPrefix(rest, w) || strings.HasSuffix(before, "回顾") && strings.HasPrefix(rest, "工作")) {
					a.year, a.stated = y, true
				}
			}
		})
		if a.year > 0 {
			return true
		}
	}
	for _, q := range p.paras {
		if utf8.RuneCountInString(q.s) > 40 || strings.ContainsAny(q.s, "。；") || !a.work {
			continue
		}
		if _, last, _, ok := fiveYears(q.s); ok && containsAny(q.s, "总体回顾", "时期回顾", "工作回顾", "发展回顾", "发展情况总体") && a.date.IsZero() && firstYear(a.title) == 0 {
			a.year = last
			return true
		}
	}
	return false
}

// yearOfText infers the year from headings such as 2015年工作回顾, from
// comparisons such as 比2016年全年, or as the year that is named most.
func (a *about) yearOfText(p *prepared) {
	count := map[int]int{}
	set := func(y int) {
		if a.year == 0 && y > 1900 {
			a.year = y
		}
	}
	for _, q := range p.paras {
		years(q.s, func(y, lo, hi int) {
			rest, before := q.s[hi:], q.s[:lo]
			switch {
			case strings.HasPrefix(rest, "工作回顾"), strings.HasPrefix(rest, "政府工作回顾"):
				set(y)
			case strings.HasPrefix(rest, "工作安排"), strings.HasPrefix(rest, "主要工作"), strings.HasPrefix(rest, "工作的总体"):
				set(y - 1)
			case strings.HasPrefix(rest, "计划目标"), strings.HasPrefix(rest, "全年预期"):
				set(y)
			case strings.HasSuffix(before, "比") && strings.HasPrefix(rest, "全年"):
				set(y + 1)
			case strings.HasSuffix(before, "增加到"), strings.HasSuffix(before, "提高到"), strings.HasSuffix(before, "增长到"):
				set(y)
			}
			if !strings.HasSuffix(before, "到") && !strings.HasSuffix(before, "比") && !strings.HasSuffix(before, "较") {
				count[y]++
			}
		})
	}
	best := 0
	for y, n := range count {
		if n > best || n == best && y > a.year && best > 0 {
			if a.year == 0 || n > best {
				best = n
			}
		}
	}
	if a.year == 0 {
		top := 0
		for y := 1949; y <= 2100; y++ {
			if count[y] == best && best > 0 {
				top = y
			}
		}
		a.year = top
	}
}

// years calls f for every year written with four digits before 年.
func years(s string, f func(y, lo, hi int)) {
	for i := 0; i+4 < len(s); i++ {
		if y, ok := yearAt(s, i); ok && strings.HasPrefix(s[i+4:], "年") {
			f(y, i, i+4+len("年"))
			i += 4
		}
	}
}

// yearAt reads a year of four digits at byte i.
func yearAt(s string, i int) (int, bool) {
	if i+4 > len(s) || i > 0 && s[i-1] >= '0' && s[i-1] <= '9' || i+4 < len(s) && s[i+4] >= '0' && s[i+4] <= '9' {
		return 0, false
	}
	y := 0
	for _, c := range []byte(s[i : i+4]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		y = y*10 + int(c-'0')
	}
	return y, y >= 1900 && y <= 2100
}

func firstYear(s string) int {
	first := 0
	years(s, func(y, _, _ int) {
		if first == 0 {
			first = y
		}
	})
	return first
}

// fullDate finds 2022年4月23日.
func fullDate(s string) (y, m, d int, ok bool) {
	years(s, func(year, _, hi int) {
		if ok {
			return
		}
		mm, i := smallNumber(s, hi)
		if mm < 1 || mm > 12 || !strings.HasPrefix(s[i:], "月") {
			return
		}
		dd, j := smallNumber(s, i+len("月"))
		if dd < 1 || dd > 28 && dd > indicators.Month(year, mm).LastDay().Part()-indicators.Month(year, mm).FirstDay().Part()+1 || !strings.HasPrefix(s[j:], "日") {
			return
		}
		y, m, d, ok = year, mm, dd, true
	})
	return
}

func smallNumber(s string, i int) (n, j int) {
	for j = i; j < len(s) && j < i+2 && s[j] >= '0' && s[j] <= '9'; j++ {
		n = n*10 + int(s[j]-'0')
	}
	return n, j
}

// clauseOf returns the part of s between punctuation round byte i.
func clauseOf(s string, i int) string {
	lo := strings.LastIndexAny(s[:i], "，。；！")
	if lo >= 0 {
		_, w := utf8.DecodeRuneInString(s[lo:])
		lo += w
	} else {
		lo = 0
	}
	hi := strings.IndexAny(s[i:], "，。；！")
	if hi < 0 {
		return s[lo:]
	}
	return s[lo : i+hi]
}

func cutRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// mode is what part of the document a sentence stands in.
type mode struct {
	plan    bool
	skip    bool   // glossary, notes
	section string // headings above, joined by /
	five    bool   // a stretch of years is spoken of, not one
	first   int    // first year of the stretch
	last    int    // last year of the stretch, or the year
	sure    bool   // the stretch is named (“十二五”): its base year is known
	part    indicators.Period
	topic   string // what the paragraph is about
}

// headingMark reports whether a line begins like a numbered heading.
func headingMark(s string) bool { return headingLevel(s) > 0 }

// headingLevel returns 1 for 一、 and 第一部分, 2 for （一）, 0 for none.
func headingLevel(s string) int {
	r := []rune(cutRunes(s, 8))
	for i, c := range r {
		r[i] = normal(c)
	}
	if len(r) < 3 {
		return 0
	}
	i := 0
	open := r[0] == '（'
	if open {
		i++
	}
	if r[0] == '第' {
		i++
	}
	j := i
	for j < len(r) && strings.ContainsRune("一二三四五六七八九十", r[j]) {
		j++
	}
	switch {
	case j == i || j >= len(r):
		return 0
	case open && r[j] == '）':
		return 2
	case !open && r[0] != '第' && (r[j] == '、' || r[j] == '.'):
		return 1
	case r[0] == '第' && (r[j] == '部' || r[j] == '章'):
		return 1
	}
	return 0
}

var (
	reviewWords = []string{"回顾", "总结", "完成情况", "执行情况", "运行情况", "过去", "成就", "基本特点", "主要特点", "增长因素", "一年来"}
	planWords   = []string{"目标", "安排", "今后", "未来", "总体要求", "打算", "展望", "建议", "思路", "部署", "下一步", "主要任务", "重点任务", "工作任务", "重点工作", "主要工作", "工作重点", "努力方向"}
	notesWords  = []string{"名词解释", "名词注释", "名词说明", "有关用语说明", "注释", "附注", "相关名词", "术语解释"}
)

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// fiveYears finds “十二五” and the like and returns its years.
func fiveYears(s string) (first, last, at int, ok bool) {
	if !strings.Contains(s, "五") {
		return
	}
	for i, n := range []string{"一", "二", "三", "四", "五", "六"} {
		for _, form := range []string{"“十" + n + "五”", "\"十" + n + "五\"", "十" + n + "五时期", "十" + n + "五期间", "十" + n + "五规划", "\u2018十" + n + "五\u2019"} {
			if k := strings.Index(s, form); k >= 0 && (!ok || k < at) {
				first, last, at, ok = 2006+5*i, 2010+5*i, k, true
			}
		}
	}
	for i, n := range []string{"“八五”", "“九五”", "“十五”"} {
		if k := strings.Index(s, n); k >= 0 && (!ok || k < at) {
			first, last, at, ok = 1991+5*i, 1995+5*i, k, true
		}
	}
	return
}

// heading updates the mode by a heading and reports whether the paragraph is
// one. A run-in heading such as （一）经济持续发展。 counts when it is short.
func (m *mode) heading(s string, a *about) (isHeading bool, text string) {
	level := headingLevel(s)
	n := utf8.RuneCountInString(s)
	text = s
	switch {
	case level > 0 && n <= 45:
	case level > 0: // run-in: the first sentence is the heading
		i := strings.Index(s, "。")
		if i < 0 || utf8.RuneCountInString(s[:i]) > 45 {
			return false, ""
		}
		text = s[:i]
	case n <= 26 && !strings.ContainsAny(s, "，。；！？:") && !hasFigure(s):
		level = 1
	default:
		return false, ""
	}
	text = strings.Trim(text, "。:")
	whole := text == strings.Trim(s, "。:")
	if level == 1 {
		m.section = text
		m.topic = ""
		m.apply(text, a)
	} else {
		if i := strings.Index(m.section, "/"); i >= 0 {
			m.section = m.section[:i]
		}
		if m.section != "" {
			m.section += "/"
		}
		m.section += text
		m.topic = text
		if containsAny(text, "工作回顾", "工作安排", "预期目标") {
			m.apply(text, a)
		}
	}
	return whole, text
}

// hasFigure reports whether a short line states a figure and so is no heading.
func hasFigure(s string) bool {
	for _, n := range indicators.Scan(s) {
		if n.Class == indicators.Figure && !n.Words {
			return true
		}
	}
	return false
}

// apply sets plan or review and the period by the words of a heading.
func (m *mode) apply(text string, a *about) {
	if containsAny(text, notesWords...) {
		m.skip = true
		return
	}
	if m.skip && !containsAny(text, "回顾", "安排") {
		return // a glossary has short lines of its own
	}
	m.skip = false
	known := true
	switch y := firstYear(text); {
	case containsAny(text, reviewWords...):
		m.plan = false
	case containsAny(text, planWords...):
		m.plan = true
	case a.work && y == a.year+1 && strings.Contains(text, "工作") && !strings.Contains(text, "工作报告"):
		m.plan = true
	default:
		known = false
	}
	if !known {
		return
	}
	m.periodOf(text, a)
}

// periodOf sets the period that a heading or an opening sentence names.
func (m *mode) periodOf(text string, a *about) {
	first, last, at, named := fiveYears(text)
	y, yAt := 0, -1
	years(text, func(v, lo, _ int) {
		if y == 0 {
			y, yAt = v, lo
		}
	})
	m.part = indicators.Period{}
	switch {
	case named && (y == 0 || at < yAt):
		m.five, m.first, m.last, m.sure = true, first, last, true
	case containsAny(text, "五年", "本届政府", "任期"):
		m.five, m.sure = true, false
		if m.plan {
			m.first, m.last = a.year+1, a.year+5
		} else {
			m.first, m.last = a.year-4, a.year
		}
	case y > 0:
		m.five, m.first, m.last = false, y, y
	case m.plan && containsAny(text, "今年", "工作"):
		m.five, m.first, m.last = false, a.year+1, a.year+1
	case !m.plan:
		m.five, m.first, m.last = false, a.year, a.year
	}
}

// opening updates the mode by a sentence that opens a new stretch of the
// text: 五年来, …; 刚刚过去的2015年, …; 今后五年, ….
func (m *mode) opening(s string, a *about, firstOfPara bool) {
	t := strings.TrimLeft(s, "—-")
	for _, w := range []string{"各位代表，", "各位代表！", "各位代表:", "同志们，"} {
		t = strings.TrimPrefix(t, w)
	}
	head := cutRunes(t, 24)
	if i := strings.IndexAny(head, "。；"); i >= 0 {
		head = head[:i]
	}
	if clause, ok := a.opensPlan(t); ok {
		m.plan = true
		m.periodOf(clause, a)
		return
	}
	first, last, at, named := fiveYears(head)
	switch {
	case !m.plan && (strings.HasPrefix(t, "五年来") || strings.HasPrefix(t, "过去五年") || strings.HasPrefix(t, "过去的五年") || firstOfPara && containsAny(head, "五年来", "过去五年") || strings.HasPrefix(t, "这是") && strings.Contains(cutRunes(t, 30), "的五年") || strings.HasPrefix(t, "本届政府任期")):
		if !m.five {
			m.five, m.first, m.last, m.sure = true, a.year-4, a.year, false
		}
	case !m.plan && named && at <= len("“") && firstOfPara && containsAny(head, "时期", "期间", "以来") && last == a.year:
		m.five, m.first, m.last, m.sure = true, first, last, true
	case m.plan && (strings.HasPrefix(t, "今后五年") || strings.HasPrefix(t, "未来五年")):
		if !m.five || !m.sure {
			m.five, m.first, m.last, m.sure = true, a.year+1, a.year+5, false
		}
	case m.plan && (strings.HasPrefix(t, "今年是") || strings.HasPrefix(t, "今年政府工作") || strings.HasPrefix(t, "今年全") || strings.HasPrefix(t, "今年经济社会") || strings.HasPrefix(t, "今年发展") || strings.HasPrefix(t, "今年的主要")):
		m.five, m.first, m.last = false, a.year+1, a.year+1
	case !m.plan && (containsAny(head, "过去一年", "过去的一年", "一年来，") && !m.five || strings.HasPrefix(t, "一年来") || strings.HasPrefix(t, "过去一年")):
		m.five, m.first, m.last = false, a.year, a.year
	case !m.plan:
		years(head, func(y, lo, hi int) {
			if y == a.year && (containsAny(head[:lo], "过去的", "刚刚过去", "回顾") || strings.HasPrefix(head[hi:], "是本届") || strings.HasPrefix(head[hi:], "是我") || strings.HasPrefix(head[hi:], "是全") || strings.HasPrefix(head[hi:], "，我") || lo == 0 && firstOfPara && strings.HasPrefix(head[hi:], "，面对") || lo == 0 && strings.HasPrefix(head[hi:], "是")) {
				m.five, m.first, m.last = false, y, y
			}
		})
	}
}

// opensPlan reports whether a sentence opens the part on what is to come, in a
// text whose headings do not say so: a first clause that names a coming year or
// stretch of years together with goals (今年主要目标:, 2024年工作安排。).
func (a *about) opensPlan(t string) (clause string, ok bool) {
	clause = cutRunes(t, 24)
	if i := strings.IndexAny(clause, "，,。；:"); i >= 0 {
		clause = clause[:i]
	}
	if a.year == 0 || !containsAny(clause, "目标", "安排", "预期") || containsAny(clause, "完成", "超过", "实现了", "高于", "好于", "达到", "回顾", "去年", "上年") {
		return "", false
	}
	_, last, _, named := fiveYears(clause)
	y := firstYear(clause)
	switch {
	case y > 0:
		ok = y > a.year
	case named:
		ok = last > a.year
	default:
		ok = a.work && containsAny(clause, "今年", "今后五年", "未来五年")
	}
	return clause, ok
}
