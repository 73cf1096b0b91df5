package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// areaEnds are the ends of the names of areas, longer ones before their own
// ends.
var areaEnds = []string{"自治区", "自治州", "自治县", "自治旗", "地区", "新区", "开发区", "区", "县", "市", "旗", "州", "盟", "省", "镇", "乡"}

// notInAreas stand in no name of an area, but in the sentences that stand
// where a title was expected: 二是推动全省, 省人民政府向大会作关于…省.
var notInAreas = []string{"是", "的", "我", "推动", "该", "各", "政府", "大会", "全省", "全市", "全县", "全区"}

// plausibleArea reports whether the end of a line can be the name of an area.
func plausibleArea(t string) bool {
	if slices.Contains(areaEnds, t) { // 自治区 alone
		return false
	}
	for _, w := range notInAreas {
		if strings.Contains(t, w) {
			return false
		}
	}
	// No province or city has a name of one character: 向省.
	return utf8.RuneCountInString(t) > 2 || !strings.HasSuffix(t, "省") && !strings.HasSuffix(t, "市")
}

// findArea reads the area off a line of the title: 在洛阳市涧西区第十六届…,
// 涧西区人民政府, 2023年洛阳市孟津区国民经济…, 大庆市经济运行….
func (a *about) findArea(s string) {
	for _, mark := range []string{"人民代表大会", "人大", "人民政府", "国民经济和社会发展", "政府工作报告", "工作报告", "经济运行"} {
		i := strings.Index(s, mark)
		if i <= 0 || i > 120 {
			continue
		}
		t := s[:i]
		if j := strings.LastIndex(t, "第"); j > 0 {
			t = t[:j]
		}
		if j := strings.LastIndex(t, "代表"); j >= 0 {
			t = t[j+len("代表"):]
		}
		if k := len(t) - len("2023年"); k > 0 && strings.HasSuffix(t, "年") { // 某市2023年国民经济…
			if _, ok := yearAt(t, k); ok {
				t = t[:k]
			}
		}
		t = strings.TrimRight(t, "0123456789")
		if j := strings.LastIndexAny(t, "在年日—-《 ，,。:0123456789"); j >= 0 {
			_, w := utf8.DecodeRuneInString(t[j:])
			t = t[j+w:]
		}
		for _, num := range []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "届"} {
			t = strings.TrimRight(t, num)
		}
		for _, w := range []string{"关于", "前三季度", "上半年", "一季度", "二季度", "三季度", "四季度", "月份", "月"} {
			t = strings.TrimPrefix(t, w)
		}
		if t == "" || utf8.RuneCountInString(t) > 14 {
			continue
		}
		parent, area := splitArea(t)
		if area != "" && plausibleArea(area) {
			a.area, a.parent = area, parent
			return
		}
	}
}

// splitArea splits 洛阳市涧西区 into 洛阳市 and 涧西区.
func splitArea(t string) (parent, area string) {
	end := ""
	for _, e := range areaEnds {
		if strings.HasSuffix(t, e) && utf8.RuneCountInString(t) > utf8.RuneCountInString(e) {
			end = e
			break
		}
	}
	if end == "" {
		return "", ""
	}
	body := strings.TrimSuffix(t, end)
	cut := 0
	for _, e := range []string{"自治区", "省", "市", "盟", "自治州", "地区"} {
		if i := strings.LastIndex(body, e); i > 0 && i+len(e) > cut && i+len(e) < len(body) {
			cut = i + len(e)
		}
	}
	return t[:cut], t[cut:]
}
