package indicators

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Unit is a unit of measurement as a report prints it, multiplier included:
// 亿元 is {Symbol: "亿元", Base: "CNY", Scale: 1e8}. Values are never converted
// in storage; Scale is what a conversion multiplies by. The zero Unit means
// that the text gives none, as for the fraction 2/3.
type Unit struct {
	Symbol string  // as printed: 亿元, 万人次, %, 微克/立方米
	Base   string  // code of the unit without its multiplier: CNY, USD, PT, PP, M2, or the measure word itself
	Scale  float64 // how many base units one Symbol is; 0 only in the zero Unit
	Count  bool    // a count of things: a number printed to the unit is exact
}

// Codes of the bases that have arithmetic of their own. PT and PP are never
// the same: a difference of two percentages is in percentage points.
const (
	BaseYuan    = "CNY"
	BaseDollar  = "USD"
	BasePercent = "PT"
	BasePoints  = "PP"
	BaseTimes   = "X" // 倍
	BaseRank    = "RANK"
	BaseOne     = "1" // a count whose measure word the text leaves out: 近8万市民
)

// Ranked returns u as the unit of a place in an order: 名 counts persons
// (5.1万名学生) unless it ranks (第1名). Other units are returned unchanged.
func (u Unit) Ranked() Unit {
	if u.Symbol == "名" {
		return Unit{Symbol: u.Symbol, Base: BaseRank, Scale: 1, Count: true}
	}
	return u
}

// IsZero reports whether the unit is absent.
func (u Unit) IsZero() bool { return u.Symbol == "" }

// Percent reports whether values in u are percentages or per mille: levels
// whose changes are in percentage points.
func (u Unit) Percent() bool { return u.Base == BasePercent }

// Money reports whether u is an amount of money.
func (u Unit) Money() bool { return u.Base == BaseYuan || u.Base == BaseDollar }

// String returns the unit as printed.
func (u Unit) String() string { return u.Symbol }

// Convert expresses x, given in u, in the unit to. It returns a *UnitError if
// the two do not share a base.
func (u Unit) Convert(x float64, to Unit) (float64, error) {
	if u.Base != to.Base || to.Scale == 0 {
		return 0, &UnitError{Symbol: u.Symbol, To: to.Symbol}
	}
	if u.Scale == to.Scale {
		return x, nil
	}
	return x * (u.Scale / to.Scale), nil
}

// UnitError reports a unit that cannot be read, or two that cannot be
// converted into one another.
type UnitError struct {
	Symbol     string // the unit as printed
	Multiplier string // the prefix that is not a known multiplier, if that is the fault
	To         string // the unit that Symbol cannot be converted to, if that is the fault
}

// Error implements error.
func (e *UnitError) Error() string {
	switch {
	case e.To != "":
		return fmt.Sprintf("indicators: %s cannot be converted to %s", e.Symbol, e.To)
	case e.Multiplier != "":
		return fmt.Sprintf("indicators: unit %q has the unknown multiplier %q (known: 百 千 万 百万 千万 亿 十亿 百亿 千亿 万亿)", e.Symbol, e.Multiplier)
	}
	return fmt.Sprintf("indicators: unknown unit %q", e.Symbol)
}

// multipliers holds the Chinese prefixes, longest first so that 万亿 is not
// read as 万.
var multipliers = []struct {
	text  string
	scale float64
}{
	{"万亿", 1e12}, {"千亿", 1e11}, {"百亿", 1e10}, {"十亿", 1e9}, {"千万", 1e7}, {"百万", 1e6},
	{"亿", 1e8}, {"万", 1e4}, {"千", 1e3}, {"百", 1e2},
}

// physical holds the units that are measured, not counted. A name that
// begins with a character of a multiplier (千瓦, 百分点) stands here whole.
var physical = map[string]struct {
	base  string
	scale float64
}{
	"元": {BaseYuan, 1}, "人民币元": {BaseYuan, 1}, "圆": {BaseYuan, 1}, "美元": {BaseDollar, 1}, "欧元": {"EUR", 1}, "港元": {"HKD", 1},
	"%": {BasePercent, 1}, "％": {BasePercent, 1}, "‰": {BasePercent, 0.1},
	"个百分点": {BasePoints, 1}, "百分点": {BasePoints, 1},
	"倍": {BaseTimes, 1}, "番": {"DOUBLING", 1}, "成": {BasePercent, 10},
	"平方米": {"M2", 1}, "平米": {"M2", 1}, "㎡": {"M2", 1}, "m2": {"M2", 1}, "m²": {"M2", 1}, "亩": {"M2", 10000.0 / 15}, "公顷": {"M2", 1e4}, "平方公里": {"M2", 1e6}, "平方千米": {"M2", 1e6},
	"米": {"M", 1}, "公里": {"M", 1e3}, "千米": {"M", 1e3}, "延米": {"M", 1}, "毫米": {"M", 1e-3},
	"立方米": {"M3", 1}, "方": {"M3", 1}, "升": {"M3", 1e-3},
	"吨": {"T", 1}, "公斤": {"T", 1e-3}, "千克": {"T", 1e-3}, "斤": {"T", 0.5e-3},
	"吨标准煤": {"TCE", 1}, "吨标煤": {"TCE", 1}, "千瓦": {"KW", 1}, "兆瓦": {"KW", 1e3}, "千瓦时": {"KWH", 1}, "千瓦小时": {"KWH", 1}, "度": {"KWH", 1}, "千伏安": {"KVA", 1}, "千伏": {"KV", 1}, "蒸吨": {"蒸吨", 1},
	"微克/立方米": {"UG_M3", 1}, "μg/m3": {"UG_M3", 1}, "µg/m3": {"UG_M3", 1}, "μg/m³": {"UG_M3", 1}, "µg/m³": {"UG_M3", 1},
	"毫克/立方米": {"UG_M3", 1e3}, "摄氏度": {"CEL", 1}, "℃": {"CEL", 1},
	"岁": {"岁", 1}, "年": {"YR", 1}, "个月": {"MON", 1}, "小时": {"HUR", 1}, "分钟": {"MIN", 1}, "公里/小时": {"公里/小时", 1},
	"万元/人": {"CNY/人", 1e4}, "元/人": {"CNY/人", 1}, "吨标准煤/万元": {"TCE/万元", 1}, "千瓦时/万元": {"KWH/万元", 1}, "人公里": {"人公里", 1}, "吨公里": {"吨公里", 1},
	"元/平方米": {"CNY/M2", 1}, "元/吨": {"CNY/T", 1}, "元/亩": {"CNY/亩", 1}, "公斤/亩": {"公斤/亩", 1}, "斤/亩": {"斤/亩", 1}, "人/平方公里": {"人/平方公里", 1},
	"位": {BaseRank, 1}, "位次": {BaseRank, 1},
	"名":  {"人", 1}, // persons; Ranked makes a rank of it
	"星级": {"星级", 1},
	"点":  {"点", 1}, "分": {"分", 1},
}

// counted holds the measure words of things that are counted.
var counted = []string{
	"人", "人次", "户", "户次", "个", "所", "家", "件", "枚", "条", "座", "项", "辆", "天", "株", "张", "套", "处", "份", "台", "台套", "台（套）", "例", "起", "场", "场次", "次", "期", "批", "批次", "剂次", "剂", "针次",
	"标箱", "箱", "头", "只", "头（只）", "头只", "羽", "匹", "口", "尾", "本", "册", "部", "篇", "首", "种", "类", "款", "宗", "单", "笔", "支", "名（人）", "对", "组", "间", "栋", "幢", "眼", "艘", "架", "列", "班", "班次", "趟", "对次", "门",
	"村", "镇", "乡", "县", "区", "城市", "社区", "网点", "床位", "车位", "泊位", "学位", "工位", "席", "届", "轮", "步", "棵", "丛", "盆", "盏", "面", "块", "片", "根", "节", "级", "层", "号", "档", "团", "队", "店", "厂", "站", "馆", "室", "园", "校", "院",
	"户（次）", "人（次）", "件（次）", "车次", "航次", "架次", "班列", "艘次", "重量箱", "头次", "项次", "件次", "课时", "学时", "人天", "平台", "项目", "企业", "基地", "机组", "工程",
}

// countedSet is counted as a set; it is filled once and never changed.
var countedSet = func() map[string]bool {
	m := make(map[string]bool, len(counted))
	for _, w := range counted {
		m[w] = true
	}
	return m
}()

// wholeBases are the bases in physical whose values are whole numbers.
var wholeBases = map[string]bool{BaseRank: true, "人": true, "星级": true}

// traditional maps the traditional characters that occur in units.
var traditional = strings.NewReplacer("億", "亿", "萬", "万", "個", "个", "戶", "户", "張", "张", "條", "条", "項", "项", "噸", "吨", "畝", "亩", "頃", "顷", "圓", "元", "％", "%", "輛", "辆", "處", "处", "場", "场", "臺", "台", "標", "标", "點", "点", "㎡", "平方米")

// ParseUnit reads a unit as printed, multiplier included. The empty string
// gives the zero Unit. A bare measure word that no list holds (up to four
// Chinese characters without a multiplier's character in front) is accepted
// as a count of itself, which Listed reports; a known unit behind a prefix
// that is no multiplier is a *UnitError.
func ParseUnit(s string) (Unit, error) {
	sym := strings.TrimSpace(s)
	if sym == "" {
		return Unit{}, nil
	}
	t := traditional.Replace(sym)
	if u, ok := baseUnit(sym, t, 1); ok {
		return u, nil
	}
	for _, m := range multipliers {
		rest, ok := strings.CutPrefix(t, m.text)
		if !ok {
			continue
		}
		if rest == "" {
			// A bare 万 or 亿, as in 近8万市民: a count of what the text names.
			if m.scale < 1e4 {
				return Unit{}, &UnitError{Symbol: sym}
			}
			return Unit{Symbol: sym, Base: BaseOne, Scale: m.scale, Count: true}, nil
		}
		if u, ok := baseUnit(sym, rest, m.scale); ok {
			return u, nil
		}
	}
	// A quotient of two known units: 万人次/年, 元/吨.
	if num, den, ok := strings.Cut(t, "/"); ok && !strings.Contains(den, "/") && num != "" && den != "" {
		a, err1 := ParseUnit(num)
		b, err2 := ParseUnit(den)
		if err1 == nil && err2 == nil && a.Listed() && b.Listed() {
			return Unit{Symbol: sym, Base: a.Base + "/" + den, Scale: a.Scale}, nil
		}
	}
	// A known base behind something that is no multiplier: name it.
	if i := suffixUnit(t); i > 0 && looksLikeMultiplier(t[:i]) {
		return Unit{}, &UnitError{Symbol: sym, Multiplier: t[:i]}
	}
	if isMeasureWord(t) {
		scale := 1.0
		for _, m := range multipliers {
			if rest, ok := strings.CutPrefix(t, m.text); ok && rest != "" {
				scale, t = m.scale, rest
				break
			}
		}
		return Unit{Symbol: sym, Base: t, Scale: scale, Count: true}, nil
	}
	return Unit{}, &UnitError{Symbol: sym}
}

// MustUnit is ParseUnit for constants. It panics if s cannot be read.
func MustUnit(s string) Unit {
	u, err := ParseUnit(s)
	if err != nil {
		panic("indicators: bad unit constant: " + s)
	}
	return u
}

// Listed reports whether the library's own lists hold the unit's base.
// A count of an unlisted measure word is accepted, but a program that reads
// figures should show which words those were.
func (u Unit) Listed() bool {
	if u.IsZero() || !u.Count || u.Base == BaseOne {
		return true
	}
	return countedSet[u.Base] || u.Base == BaseRank || wholeBases[u.Base]
}

func baseUnit(sym, t string, scale float64) (Unit, bool) {
	if p, ok := physical[t]; ok {
		return Unit{Symbol: sym, Base: p.base, Scale: scale * p.scale, Count: wholeBases[p.base]}, true
	}
	if countedSet[t] {
		return Unit{Symbol: sym, Base: t, Scale: scale, Count: true}, true
	}
	return Unit{}, false
}

// suffixUnit returns where the longest known unit at the end of t begins, or
// 0 if there is none.
func suffixUnit(t string) int {
	for i := range t {
		if i == 0 {
			continue
		}
		if _, ok := physical[t[i:]]; ok || countedSet[t[i:]] {
			return i
		}
	}
	return 0
}

// looksLikeMultiplier tells 兆元 or 亿亿元 (a number word before a unit) from
// a longer measure word that only happens to end like one.
func looksLikeMultiplier(p string) bool {
	for _, r := range p {
		if strings.ContainsRune("十百千万亿兆京垓拾佰仟零一二三四五六七八九两半KMGTkmbB", r) || r >= '0' && r <= '9' {
			return true
		}
	}
	return false
}

func isMeasureWord(t string) bool {
	if n := utf8.RuneCountInString(t); n == 0 || n > 4 {
		return false
	}
	for _, r := range t {
		if !(r >= 0x4e00 && r <= 0x9fff || r == '（' || r == '）') {
			return false
		}
	}
	return true
}

// Units returns the symbols of all listed units without multipliers, sorted
// longest first and then by text, for readers that match units in a text.
func Units() []string {
	out := make([]string, 0, len(physical)+len(counted))
	for s := range physical {
		out = append(out, s)
	}
	for _, s := range counted {
		if _, ok := physical[s]; !ok {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return out
}
