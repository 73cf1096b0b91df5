package report

import (
	"strings"
	"unicode/utf8"

	"example.com/zhibiao/indicators"
)

// Words that make a number with a physical unit part of a facility's name.
var facilityWords = []string{"项目", "生产线", "电厂", "矿", "机组", "热电", "发电", "装置", "变电站", "水厂", "焚烧厂", "污泥", "处理厂", "水泥", "提质", "专用车", "熟料", "露天", "光伏", "风电", "风力"}

// capacityWords stand before the size of a plant: 日产500吨.
var capacityWords = []string{"日产", "年产", "日处理", "年处理", "年加工", "日加工", "日供水", "年出栏", "装机", "日处理能力", "产能", "年屠宰"}

// vagueNouns are counted by the writers of reports without being indicators.
var vagueNouns = []string{"方面", "问题", "环节", "层面", "原则", "坚持", "重要", "坚定", "维护", "意识", "自信", "转变", "关键", "重点工作", "是", "字", "大", "年头", "五年", "代表团", "世纪", "新台阶", "台阶", "新阶段", "时期", "多月", "不放松", "百分点", "常委", "五年规划", "五年计划", "关系", "坚持"}

// candidate decides whether a number can be a figure at all.
func (r *reader) candidate(p *para, n *indicators.Number, nums []indicators.Number, i int) bool {
	s := p.s
	before, after := s[:n.From], s[n.To:]
	sym := n.Unit.Symbol
	if implied(s, n) != "" {
		return implied(s, n) != "未发生" || !r.mode.plan
	}
	switch n.Class {
	case indicators.Figure:
	case indicators.RatioPart:
		return n.Parts == 3
	case indicators.Bare:
		// An index number stands behind its name.
		b := before[max(0, len(before)-30):]
		for _, w := range []string{"指数为", "指数", "指数达", "指数达到", "系数为", "系数", "得分"} {
			if strings.HasSuffix(b, w) && !strings.Contains(b, "第") {
				return startsBoundary(after)
			}
		}
		return false
	case indicators.Duration:
		b := before[max(0, len(before)-60):]
		return containsAny(b, "年限", "寿命") && !n.Words
	default:
		return false
	}
	if threshold(before, after, n) || i+1 < len(nums) && condition(s, n, &nums[i+1]) || strings.HasSuffix(before, "每") {
		return false
	}
	if n.Unit.Symbol == "条" && containsAny(cutRunes(after, 5), "规定", "意见", "禁令", "措施") {
		return false
	}
	if n.Words && n.Unit.Symbol != "%" && n.Unit.Base != indicators.BaseTimes && n.Unit.Symbol != "番" && n.Unit.Symbol != "‰" && n.Value.Den == 0 {
		return r.wordCount(s, n)
	}
	if n.Words && n.Value.Den != 0 || sym == "倍" && n.Words {
		if strings.HasSuffix(before, "“") || strings.HasPrefix(after, "”") || strings.HasPrefix(after, "的时间") || strings.HasPrefix(after, "的领导") || strings.HasPrefix(after, "的人员") || n.Value.Den != 0 && strings.HasSuffix(before, "每") {
			return false
		}
	}
	if n.Words && n.Value.Coef == 0 { // 持平
		return flat(before)
	}
	if strings.HasPrefix(after, "级") && !n.Unit.Count || strings.HasPrefix(after, "之一") {
		return false
	}
	if strings.HasPrefix(after, "强") || strings.HasPrefix(after, "大道") || strings.HasPrefix(after, "周年") {
		return false
	}
	for _, w := range vagueNouns {
		if sym == "个" && strings.HasPrefix(after, w) && w != "重点工作" && w != "大" && w != "是" {
			return false
		}
	}
	if one := strings.TrimLeft(after, "的"); n.Unit.Count && containsAny(cutRunes(one, 14), "之一") && !startsBoundary(after) {
		if k := strings.IndexAny(one, "，。；、"); k < 0 || strings.Contains(one[:k], "之一") {
			return false
		}
	}
	switch sym {
	case "天", "小时", "分钟", "年", "个月", "日", "度", "节", "级", "点", "分", "面", "线", "号", "次", "期", "县", "区", "镇", "乡", "村", "城市", "门", "步", "类":
		if !r.weakUnit(s, n) {
			return false
		}
	}
	if strings.HasPrefix(after, "兑") {
		return false // 1美元兑6.4元
	}
	if sym == "个" && containsAny(cutRunes(after, 2), "县", "市", "区", "旗", "州", "省", "城市") && containsAny(cutRunes(after, 10), "中") {
		return false // 在全省91个县（市）中: the order of a rank
	}
	if facility(before, after, n) {
		return false
	}
	if strings.HasSuffix(before, "每") && n.Unit.Percent() || strings.HasSuffix(before, "每增长") || strings.HasSuffix(before, "不超过上年") {
		return false
	}
	if n.Unit.Base == indicators.BasePoints && strings.HasSuffix(before, "年前") || n.Unit.Percent() && containsAny(cutRunes(after, 3), "的增速", "的增长", "的速度") {
		return false
	}
	return true
}

func startsBoundary(s string) bool {
	if s == "" {
		return true
	}
	c, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("，,。；;、）:！\n\t—", c)
}

// flat reports whether 持平 says that something did not change since a year or
// a period before: 与上年持平 does, 与计划目标持平 does not.
func flat(before string) bool {
	b := before[max(0, len(before)-36):]
	if i := strings.LastIndexAny(b, "，。；、"); i >= 0 {
		_, w := utf8.DecodeRuneInString(b[i:])
		b = b[i+w:]
	}
	return (strings.HasSuffix(b, "同期") || strings.HasSuffix(b, "上年") || strings.HasSuffix(b, "去年") || strings.HasSuffix(b, "基本") || strings.HasSuffix(b, "同比") || strings.HasSuffix(b, "相比") || strings.HasSuffix(b, "大体")) && !containsAny(b, "目标", "平均", "全市", "全省", "全国")
}

// wordCount decides on a count in Chinese numerals: most are no figures (三个
// 先行, 一批). Kept are rough counts (千余件), larger ones, and counts that end
// a clause behind the thing counted (新建幼儿园两所).
func (r *reader) wordCount(s string, n *indicators.Number) bool {
	before, after := s[:n.From], s[n.To:]
	if openQuote(before) || strings.HasPrefix(after, "”") {
		return false
	}
	if n.Unit.Base == indicators.BaseRank {
		return n.From < n.Start && !strings.HasPrefix(after, "书记")
	}
	if n.Unit.Money() {
		return n.Value.Coef >= 100 && !strings.HasPrefix(after, "级")
	}
	for _, w := range vagueNouns {
		if strings.HasPrefix(after, w) {
			return false
		}
	}
	switch n.Unit.Symbol {
	case "天", "次", "期", "轮", "年", "岁", "小时", "分钟", "名", "届", "吨", "千瓦", "人", "户", "度", "米":
		return n.Value.Qual == indicators.Over && n.Value.Coef >= 100 && !strings.HasPrefix(after, "级") && n.Unit.Symbol != "吨"
	}
	if strings.HasPrefix(after, "级") {
		return false
	}
	if n.Value.Qual == indicators.Over && n.Value.Coef >= 10 {
		return true
	}
	if n.Value.Coef >= 10 && n.Value.Coef != 1000 && n.Value.Coef != 10000 && n.Value.Coef != 100 {
		return n.Unit.Symbol == "项" || n.Unit.Symbol == "家" || n.Unit.Symbol == "所" || n.Unit.Symbol == "座" || n.Unit.Symbol == "件" || n.Unit.Symbol == "公里" || n.Unit.Symbol == "处" || n.Unit.Symbol == "户"
	}
	if !startsBoundary(after) || n.Value.Coef > 1000 {
		return false
	}
	b := before[max(0, len(before)-48):]
	if i := strings.LastIndexAny(b, "，。；、"); i >= 0 {
		b = b[i:]
	}
	return containsAny(b, "新建", "建成", "改建", "扩建", "改造", "新增", "购置", "引进", "开通", "投用", "新开工", "竣工", "创建", "修建") && n.Unit.Symbol != "个"
}

func openQuote(before string) bool {
	b := before[max(0, len(before)-60):]
	return strings.LastIndex(b, "“") > strings.LastIndex(b, "”")
}

// weakUnit decides on units that are words of other kinds as often: days and
// hours that are no measurements, levels, lines.
func (r *reader) weakUnit(s string, n *indicators.Number) bool {
	before, after := s[:n.From], s[n.To:]
	b := before[max(0, len(before)-45):]
	if i := strings.LastIndexAny(b, "，。；"); i >= 0 {
		b = b[i:]
	}
	switch sym := n.Unit.Symbol; sym {
	case "天", "小时", "分钟", "日", "年", "个月":
		return containsAny(b, "天数", "优良", "压缩", "缩短", "年限", "寿命", "减少", "增加", "缩减至", "降至") && !strings.HasPrefix(after, "内") || strings.HasSuffix(b, "由") && containsAny(cutRunes(after, 2), "压缩", "缩短", "压减", "减少", "缩减")
	case "度":
		return false
	case "次":
		return !containsAny(cutRunes(after, 4), "会议", "全会", "党代", "全国") && (containsAny(b, "开展", "组织", "检查", "累计", "出动", "达", "共", "举办") || startsBoundary(after)) && n.Value.Coef > 1
	case "点", "分", "面", "线", "号", "步", "节", "级", "期", "门":
		return startsBoundary(after) && containsAny(b, "指数", "得分", "评分", "满意度")
	case "县", "区", "镇", "乡", "村", "城市", "类":
		return n.Value.Coef > 1 && !strings.HasPrefix(after, "镇")
	}
	return true
}

// facility reports whether the number is the size of a plant or a project and
// so part of its name: 大唐700万吨露天矿, 日产500吨熟料生产线.
func facility(before, after string, n *indicators.Number) bool {
	b := before[max(0, len(before)-24):]
	for _, w := range capacityWords {
		if strings.HasSuffix(b, w) && !startsBoundary(after) {
			return true
		}
	}
	switch n.Unit.Base {
	case "KV":
		return true
	case "T", "KW", "KVA", "蒸吨", "KWH":
	case "头", "只", "辆", "件", "台", "套", "张", "床位":
		if startsBoundary(after) || !containsAny(clauseOf(after, 0), "项目", "生产线", "养殖场", "鸡场") || containsAny(b, "建成", "新建") {
			return false
		}
		return containsAny(cutRunes(after, 12), "项目", "生产线", "鸡场", "养殖场")
	default:
		return false
	}
	if startsBoundary(after) || strings.HasPrefix(after, "以上，") {
		return false
	}
	noun := after
	if i := strings.IndexAny(noun, "，。；、（"); i >= 0 {
		noun = noun[:i]
	}
	return containsAny(noun, facilityWords...)
}

// threshold reports whether the number is a condition inside the name of what
// is counted: 投资超5亿元的项目已达4个, 20层以上高层13栋.
func threshold(before, after string, n *indicators.Number) bool {
	q := n.Value.Qual
	if q != indicators.AtLeast && q != indicators.Over && q != indicators.AtMost {
		return false
	}
	if n.Unit.Percent() || n.Unit.Base == indicators.BasePoints {
		return false
	}
	noun := after
	if i := strings.IndexAny(noun, "，。；、"); i >= 0 {
		noun = noun[:i]
	}
	if noun == "" {
		return false
	}
	counted := strings.ContainsAny(noun, "0123456789")
	rest, of := strings.CutPrefix(noun, "的")
	switch {
	case n.Unit.Money() && of && containsAny(rest, "项目", "企业", "商品", "单位"):
		return counted || containsAny(rest, "已达", "达到") || q == indicators.AtLeast
	case n.Unit.Money() && q == indicators.AtLeast:
		return containsAny(noun, "项目", "企业", "商品", "单位") && counted
	case n.Unit.Symbol == "层" || n.Unit.Symbol == "岁":
		return true
	}
	return false
}

// condition reports whether an amount of money only says which things the next
// number counts: 10亿元以上5个, 产值超10亿元企业2家, 20万元以上的村占比85%.
func condition(s string, n, next *indicators.Number) bool {
	q := n.Value
	if !n.Unit.Money() || q.Qual != indicators.AtLeast && (q.Qual != indicators.Over || !strings.HasPrefix(q.Word, "超") && q.Word != "逾" && q.Word != "大于" && q.Word != "高于") || next.From < n.To || next.Class != indicators.Figure {
		return false
	}
	mid := strings.TrimPrefix(s[n.To:next.From], "的")
	if strings.ContainsAny(mid, "，,、。；:（）\t\n") || utf8.RuneCountInString(mid) > 14 {
		return false
	}
	if mid == "" {
		return q.Qual == indicators.AtLeast && next.Unit.Count
	}
	for _, w := range verbStarts {
		if strings.HasPrefix(mid, w) {
			return false
		}
	}
	for _, w := range objectVerbs {
		if strings.HasPrefix(mid, w) {
			return false
		}
	}
	return next.Unit.Count || next.Unit.Percent() && containsAny(mid, "占比", "比重", "比例")
}

// wordFigures adds the places where words alone state a number: 实现新时代文明实践站
// 全覆盖 is a coverage of 100 %, 全年未发生亡人事故 and 黑臭水体动态清零 are zeros.
func wordFigures(s string, nums []indicators.Number) []indicators.Number {
	for _, w := range impliedWords {
		for at := 0; ; {
			i := strings.Index(s[at:], w.text)
			if i < 0 {
				break
			}
			i += at
			at = i + len(w.text)
			if openQuote(s[:i]) {
				continue
			}
			lo := strings.LastIndexAny(s[:i], "，,。；:！、") + 1
			k := 0
			for k < len(nums) && nums[k].Start < i {
				k++
			}
			if k > 0 && nums[k-1].End > lo && !strings.Contains(s[nums[k-1].End:i], "实现") || k > 0 && nums[k-1].End > i {
				continue
			}
			n := indicators.Number{Value: indicators.Value{Coef: w.value}, Words: true, Start: i, End: at, From: i, To: at}
			switch w.text {
			case "未发生":
				noun := s[at:clauseEnd(s, at, len(s))]
				switch {
				case strings.HasSuffix(noun, "事故") || strings.HasSuffix(noun, "案件"):
					n.Unit = indicators.MustUnit("起")
				case strings.HasSuffix(noun, "事项") || strings.HasSuffix(noun, "事件"):
					n.Unit = indicators.MustUnit("件")
				default:
					continue
				}
			default:
				if !startsBoundary(s[at:]) || w.text == "全覆盖" && !strings.Contains(s[lo:i], "实现") || utf8.RuneCountInString(s[lo:i]) < 4 {
					continue
				}
				n.Unit = indicators.MustUnit(w.unit)
			}
			nums = append(nums[:k:k], append([]indicators.Number{n}, nums[k:]...)...)
		}
	}
	return nums
}

var impliedWords = []struct {
	text  string
	value int64
	unit  string
}{{"全覆盖", 100, "%"}, {"未发生", 0, ""}, {"动态清零", 0, "个"}}

// implied returns the word if the number that ends at byte end of s is one of
// impliedWords.
func implied(s string, n *indicators.Number) string {
	if !n.Words {
		return ""
	}
	for _, w := range impliedWords {
		if s[n.Start:n.End] == w.text {
			return w.text
		}
	}
	return ""
}
