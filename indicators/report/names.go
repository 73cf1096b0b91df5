package report

import (
	"strings"
	"unicode/utf8"

	"example.com/zhibiao/indicators"
)

// nounEnds are words at which the thing counted ends and what became of it
// begins: 5047套安置房 | 即将交到群众手中.
var nounEnds = []string{"即将", "开工", "竣工", "投产", "投入使用", "投入运营", "投用", "建成", "完工", "运行", "运营", "获得", "荣获", "评为", "成功", "全部", "顺利", "实现", "直接", "受益", "得到", "正式", "进入", "进行", "退城", "进展", "稳步", "也", "均", "都", "加快", "有序", "完成", "提供", "发放", "被", "已", "在", "和", "与", "结成", "通车", "晋级", "达到", "办理", "荣膺", "获批", "获评", "按期", "按时", "达标", "挂牌", "带动", "覆盖", "享受", "给予", "申请", "签约", "落地", "，", "用于", "支援"}

// verbStarts begin a text behind a number that names nothing.
var verbStarts = []string{"以上", "以下", "左右", "以内", "投入", "用于", "实施", "完成", "建成", "开展", "提高", "增加", "减少", "下降", "增长", "列入", "位居", "位列", "大关", "目标", "的目标", "来", "至", "到", "，", "再", "并", "得到", "全部", "均", "是", "为", "实现", "实行", "和", "及", "与", "之", "）", "且", "同比", "比", "较", "占", "后", "上下", "水平", "入列", "入库", "于", "大幅"}

// postNoun returns the thing that is counted by a number, from the text
// behind it: 个|重点项目, 户|的年度改造任务.
func postNoun(after string) string {
	t := strings.TrimLeft(after, "“")
	quoted := len(t) != len(after)
	t = strings.TrimPrefix(t, "的")
	for _, w := range verbStarts {
		if strings.HasPrefix(t, w) && w != "提供" {
			return ""
		}
	}
	best := len(t)
	for _, w := range nounEnds {
		if i := strings.Index(t, w); i > 3 && i < best && !shortNouns[t[:i]] {
			best = i
		}
	}
	if best == len(t) && utf8.RuneCountInString(t) > 24 {
		for _, w := range nounEnds {
			if i := strings.Index(t, w); i > 3 && i < best {
				best = i
			}
		}
	}
	t = t[:best]
	t = strings.Trim(t, "的，、（）:；。")
	if quoted && strings.Contains(t, "”") {
		t = "“" + t
	}
	t = balance(t)
	if n := utf8.RuneCountInString(t); n > 24 {
		return ""
	}
	return t
}

// shortNouns say too little by themselves: what became of the things is then
// kept in the name (企业|入驻, 道路|实现雨污分流).
var shortNouns = map[string]bool{"企业": true, "项目": true, "产品": true, "道路": true, "学校": true, "单位": true, "社区": true, "小区": true, "工程": true, "经验": true, "指标": true, "成果": true, "人员": true, "群众": true}

// objectOf returns what money was spent on, from the text behind the amount:
// 的日处理80吨污泥焚烧厂土建工程开工建设, 实施了供水、供热等管网改造.
func objectOf(follow string) string {
	t := follow
	for again := true; again; {
		again = false
		for _, w := range []string{"的", "用于", "实施了", "实施的", "实施", "完成了", "完成", "建设", "建成", "建设了", "对", "在", "，", "“", "统筹推进", "推进", "新建"} {
			if strings.HasPrefix(t, w) && w != "“" {
				t, again = t[len(w):], true
			}
		}
	}
	if i := lastEtc(t); i > 0 && strings.Contains(t[:i], "、") {
		if rest := t[i+len("等"):]; utf8.RuneCountInString(rest) >= 3 {
			t = rest
		}
	}
	best := len(t)
	for _, w := range []string{"开工", "竣工", "投产", "投入使用", "投入运营", "建成", "完工", "全部", "顺利", "实现", "落地", "成功", "正式", "进展", "加快", "已", "，", "新增", "当年", "新接入", "启动", "有序"} {
		if i := strings.Index(t, w); i > 3 && i < best {
			best = i
		}
	}
	t = strings.Trim(t[:best], "的，、（）:；。")
	if n := utf8.RuneCountInString(t); n < 2 || n > 24 || !containsHan(t) {
		return ""
	}
	return balance(t)
}

// lastEtc returns the place of the last 等 that ends an enumeration, or −1: not
// that of 高等, 平等 or 等级.
func lastEtc(s string) int {
	i := strings.LastIndex(s, "等")
	if i < 0 || strings.HasPrefix(s[i:], "等级") {
		return -1
	}
	if c, _ := utf8.DecodeLastRuneInString(s[:i]); i > 0 && strings.ContainsRune("高中初同平优", c) {
		return -1
	}
	return i
}

func containsHan(s string) bool {
	for _, c := range s {
		if c >= 0x4e00 {
			return true
		}
	}
	return false
}

// tidy shortens a name to its head: what follows 等 or the last 的 of a long
// enumeration.
func tidy(s string, v *Vocabulary) string {
	if _, ok := v.names[s]; ok {
		return s
	}
	if i := lastEtc(s); i > 0 {
		rest := s[i+len("等"):]
		switch n := utf8.RuneCountInString(rest); {
		case strings.HasPrefix(rest, "一批") || strings.HasPrefix(rest, "一系列"):
			s = s[:i]
		case n >= 3:
			s = rest
		case n == 0:
			s = s[:i]
		case strings.Contains(s[:i], "、"): // A、B等项目
			s = rest
		default: // A等问题
			s = s[:i] + rest
		}
	}
	if utf8.RuneCountInString(s) > 20 {
		if i := strings.LastIndex(s, "的"); i > 0 && utf8.RuneCountInString(s[i:]) > 3 {
			s = s[i+len("的"):]
		}
	}
	s = strings.TrimPrefix(s, "的")
	if utf8.RuneCountInString(s) > 4 {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "平均值"), "所")
	}
	for _, w := range []string{"全区", "我区", "全市", "我市", "全县", "我县", "全省", "辖区内", "辖区", "全旗"} {
		if rest, ok := strings.CutPrefix(s, w); ok && utf8.RuneCountInString(rest) >= 2 {
			s = rest
		}
	}
	return strings.Trim(s, "，、。；:（）—-")
}

// splitSubjects divides a joint subject into k parts: 城镇、农村居民人均可支配收入
// into two full names. ok is false if no way of dividing gives k.
func splitSubjects(s string, k int, v *Vocabulary) (parts []string, ok bool) {
	s = strings.ReplaceAll(s, "”“", "”、“")
	if _, whole := v.names[s]; whole && k == 1 {
		return []string{s}, true
	}
	byComma := splitBy(s, "、")
	var all []string
	for _, p := range byComma {
		all = append(all, splitJoined(p)...)
	}
	lastOnly := append(append([]string(nil), byComma[:len(byComma)-1]...), splitJoined(byComma[len(byComma)-1])...)
	for _, c := range [][]string{byComma, lastOnly, all} {
		if len(c) == k && k > 1 {
			return complete(c, v), true
		}
	}
	if k == 2 {
		for _, w := range [][3]string{{"城乡居民", "城镇居民", "农村居民"}, {"城乡", "城镇", "农村"}} {
			if strings.Contains(s, w[0]) {
				return []string{strings.Replace(s, w[0], w[1], 1), strings.Replace(s, w[0], w[2], 1)}, true
			}
		}
	}
	return nil, false
}

func splitBy(s string, seps ...string) []string {
	parts := []string{s}
	for _, sep := range seps {
		var next []string
		for _, p := range parts {
			for _, q := range strings.Split(p, sep) {
				if q = strings.Trim(q, "，、的 "); q != "" {
					next = append(next, q)
				}
			}
		}
		parts = next
	}
	if len(parts) == 0 {
		return []string{s}
	}
	return parts
}

// splitJoined divides at 和, 与, 及 where they join two names and are no part of
// a word.
func splitJoined(s string) []string {
	var out []string
	lo := 0
	for i, c := range s {
		if c != '和' && c != '与' && c != '及' || i <= lo {
			continue
		}
		w := utf8.RuneLen(c)
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+w:])
		end := i
		if c == '及' && before == '以' {
			end -= utf8.RuneLen(before)
		}
		if strings.ContainsRune("饱共缓调总参普涉", before) || c == '和' && strings.ContainsRune("谐平", after) || end-lo < 4 || len(s)-i-w < 4 {
			continue
		}
		out = append(out, s[lo:end])
		lo = i + w
	}
	return append(out, s[lo:])
}

// complete gives each part of an enumeration the head or the modifier that it
// shares with the others: 城镇 + 居民人均可支配收入, 单位国内生产总值 + 能耗.
func complete(parts []string, v *Vocabulary) []string {
	out := append([]string(nil), parts...)
	last := parts[len(parts)-1]
	first := parts[0]
	for i, p := range parts {
		if _, ok := v.Lookup(p); ok {
			continue
		}
		if i < len(parts)-1 {
			if s, ok := shareHead(p, last, v); ok {
				out[i] = s
				continue
			}
			for _, h := range rateHeads {
				if strings.HasSuffix(last, h) && !strings.HasSuffix(p, "率") {
					out[i] = p + h
					break
				}
			}
			if out[i] != p {
				continue
			}
		}
		if i > 0 {
			for j := len(first) - 1; j > 5; j-- {
				if !utf8.RuneStart(first[j]) {
					continue
				}
				if t, ok := v.Lookup(first[:j] + p); ok {
					out[i] = t.Name
					break
				}
			}
		}
	}
	return out
}

// rateHeads are the ends of names that an enumeration shares, longest first.
var rateHeads = []string{"综合利用率", "无害化处理率", "集中处理率", "参保率", "覆盖率", "普及率", "处理率", "达标率", "合格率", "利用率", "入园率", "入学率", "巩固率", "完成率", "办结率", "满意率", "参合率", "通达率", "增长率", "贡献率", "排放量", "产量", "增加值", "人数", "投资", "面积"}

// shareHead joins p with the end of last so that a name of the vocabulary
// results, or, for a short p in front of a long last, so that the same word
// is modified: 城镇 in front of 农村居民人均可支配收入.
func shareHead(p, last string, v *Vocabulary) (string, bool) {
	for j := range last {
		if j == 0 {
			continue
		}
		if _, ok := v.names[p+last[j:]]; ok {
			return p + last[j:], true
		}
	}
	if t, mod, ok := v.Head(last); ok && mod != "" && utf8.RuneCountInString(p) <= utf8.RuneCountInString(mod)+2 {
		_ = t
		return p + last[len(mod):], true
	}
	return "", false
}

// scopeWords are parts of names that say which units or budgets are meant.
var scopeWords = []struct{ text, scope string }{
	{"规模以上", "规上"}, {"规上", "规上"}, {"限额以上", "限额以上"}, {"限上", "限额以上"}, {"区本级", "区本级"}, {"市本级", "市本级"}, {"县本级", "县本级"}, {"旗本级", "旗本级"}, {"全口径", "全口径"}, {"限额以下", "限额以下"},
}

// standardName turns a printed name into the indicator's standard name.
type standardName struct {
	name    string
	printed string // if it differs
	english string
	better  indicators.Direction
	scope   string
	nature  indicators.Nature
	known   bool
}

func (r *reader) standard(printed string) standardName {
	out := standardName{name: printed}
	if t, ok := r.v.Lookup(printed); ok {
		out.name, out.english, out.better, out.nature, out.known = t.Name, t.English, t.Better, t.Nature, true
	} else {
		for _, w := range []string{"区本级", "市本级", "县本级", "旗本级", "全口径"} {
			if rest, ok := strings.CutPrefix(printed, w); ok {
				if t, ok := r.v.Lookup(rest); ok {
					out.name, out.english, out.better, out.nature, out.known = t.Name, t.English, t.Better, t.Nature, true
				}
			}
		}
	}
	for _, w := range scopeWords {
		if strings.Contains(printed, w.text) && out.scope == "" {
			out.scope = w.scope
		}
	}
	if !out.known {
		if t, _, ok := r.v.Head(printed); ok {
			out.better, out.nature = t.Better, t.Nature
		} else {
			out.better = betterOf(printed)
		}
	}
	if out.name != printed {
		out.printed = printed
	}
	return out
}

// betterOf guesses which way is better from words in a name.
func betterOf(name string) indicators.Direction {
	switch {
	case containsAny(name, "失业", "能耗", "排放", "浓度", "死亡", "事故", "贫困人口", "三公", "信访", "来信来访", "发案", "案件", "负债", "债务", "不良", "投诉", "灾害", "返贫", "辍学", "时限", "用水量", "一般性支出"):
		return indicators.Down
	case containsAny(name, "收入", "增加值", "产值", "投资", "覆盖率", "普及率", "达标率", "处理率", "利用率", "参保", "合格率", "满意", "就业", "新建", "新增", "改造", "绿化", "绿地", "床位", "学位", "培训", "招引", "引进", "企业", "游客", "产量", "销售", "利润", "建成", "优良", "标准", "补贴", "养老金", "救助"):
		return indicators.Up
	}
	return indicators.Undefined
}
