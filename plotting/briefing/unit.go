package briefing

import (
	"strings"

	"example.com/zhibiao/indicators"
)

// unitsEN are the English names of what is counted or measured, without the
// multiplier. Measure words that English does not have count as number.
var unitsEN = map[string]string{
	"CNY": "yuan", "USD": "US dollars", "EUR": "euros", "HKD": "HK dollars", "PT": "%", "PP": "points", "X": "times", "RANK": "rank", "M2": "m²", "M": "m", "M3": "m³", "T": "t", "TCE": "tce", "KW": "kW", "KWH": "kWh",
	"UG_M3": "µg/m³", "YR": "years", "MON": "months", "HUR": "hours", "MIN": "minutes", "人": "persons", "人次": "person-times", "户": "households", "家": "firms", "所": "institutions", "天": "days",
	"辆": "vehicles", "件": "items", "例": "cases", "起": "cases", "标箱": "TEU", "床位": "beds", "岁": "years of age", "点": "points", "分": "points", "星级": "stars", "CNY/人": "yuan a person", "株": "trees",
}

// physicalEN are units that carry a scale of their own in English too.
var physicalEN = map[string]string{
	"亩": "mu", "公顷": "ha", "平方公里": "km²", "公里": "km", "千米": "km", "公斤": "kg", "毫克/立方米": "mg/m³", "元/平方米": "yuan/m²", "万元/人": "10,000 yuan a person", "%": "%", "％": "%", "‰": "‰", "百分点": "points", "个百分点": "points",
}

// unitName is a unit in the briefing's language: 亿元 is 100m yuan, 万人 is
// 10,000 persons.
func (b *Briefing) unitName(symbol string) string {
	if b.zh() || symbol == "" {
		return symbol
	}
	rest, k := symbol, ""
	for _, m := range []struct{ zh, en string }{{"万亿", "tn"}, {"千亿", "100bn"}, {"百亿", "10bn"}, {"十亿", "bn"}, {"千万", "10m"}, {"百万", "m"}, {"亿", "100m"}, {"万", "10,000"}} {
		if r, ok := strings.CutPrefix(symbol, m.zh); ok && r != "" {
			if _, err := indicators.ParseUnit(r); err == nil {
				rest, k = r, m.en
				break
			}
		}
	}
	name, ok := physicalEN[rest]
	if !ok {
		u, err := indicators.ParseUnit(rest)
		if err != nil {
			return symbol
		}
		if name, ok = unitsEN[u.Base]; !ok {
			if !u.Count {
				return symbol
			}
			name = "number"
		}
	}
	if k == "" {
		return name
	}
	return k + " " + name
}
