package tabular

import (
	"regexp"
	"strings"

	"example.com/zhibiao/indicators"
)

// column is what a column of the history sheet holds.
type column uint8

const (
	colNone column = iota
	colIndicator
	colMeasure
	colUnit
	colScope
	colArea
	colSource
	colPage
	colNote
	colPeriod
)

// headings are the names under which columns are known, first the one that
// is written.
var headings = map[column]struct{ zh, en []string }{
	colIndicator: {[]string{"指标", "指标名称", "指标名"}, []string{"Indicator", "Series"}},
	colMeasure:   {[]string{"统计项", "类型"}, []string{"Measure"}},
	colUnit:      {[]string{"单位", "计量单位"}, []string{"Unit"}},
	colScope:     {[]string{"口径", "范围", "口径范围"}, []string{"Scope", "Definition"}},
	colArea:      {[]string{"地区", "区域", "行政区"}, []string{"Area", "Region"}},
	colSource:    {[]string{"来源", "数据来源", "资料来源", "出处"}, []string{"Source"}},
	colPage:      {[]string{"页码", "页"}, []string{"Page"}},
	colNote:      {[]string{"备注", "说明"}, []string{"Note", "Notes", "Remark"}},
}

func heading(c column, lang string) string {
	if lang == "en" {
		return headings[c].en[0]
	}
	return headings[c].zh[0]
}

// columnOf reads a heading.
func columnOf(s string) (column, indicators.Period) {
	s = strings.TrimSpace(s)
	for c := colIndicator; c <= colNote; c++ {
		for _, h := range headings[c].zh {
			if s == h {
				return c, indicators.Period{}
			}
		}
		for _, h := range headings[c].en {
			if strings.EqualFold(s, h) {
				return c, indicators.Period{}
			}
		}
	}
	if p, ok := periodOf(s); ok {
		return colPeriod, p
	}
	return colNone, indicators.Period{}
}

var (
	zhPeriod = regexp.MustCompile(`^([12][0-9]{3})\s*年?\s*(?:(上|下)半年|第?([一二三四1-4])季度?|(1[0-2]|0?[1-9])月)?$`)
	enPeriod = regexp.MustCompile(`^([12][0-9]{3})[- ]?(?:([HS])([12])|Q([1-4]))$`)
)

// periodOf reads a period in the forms people write above a column: 2021,
// 2021年, 2021-Q3, 2021年三季度, 2021年上半年, 2021-07, 2021年7月.
func periodOf(s string) (indicators.Period, bool) {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".0") // a year stored as a decimal number
	if p, err := indicators.ParsePeriod(s); err == nil {
		y := p.Year()
		return p, y >= 1000 && y < 3000
	}
	year := func(t string) int {
		return int(t[0]-'0')*1000 + int(t[1]-'0')*100 + int(t[2]-'0')*10 + int(t[3]-'0')
	}
	if m := enPeriod.FindStringSubmatch(strings.ToUpper(s)); m != nil {
		if m[4] != "" {
			return indicators.Quarter(year(m[1]), int(m[4][0]-'0')), true
		}
		return indicators.Half(year(m[1]), int(m[3][0]-'0')), true
	}
	m := zhPeriod.FindStringSubmatch(s)
	if m == nil {
		return indicators.Period{}, false
	}
	y := year(m[1])
	switch {
	case m[2] == "上":
		return indicators.Half(y, 1), true
	case m[2] == "下":
		return indicators.Half(y, 2), true
	case m[3] != "":
		if i := strings.Index("一二三四", m[3]); i >= 0 {
			return indicators.Quarter(y, i/len("一")+1), true
		}
		return indicators.Quarter(y, int(m[3][0]-'0')), true
	case m[4] != "":
		k := 0
		for _, d := range m[4] {
			k = 10*k + int(d-'0')
		}
		return indicators.Month(y, k), true
	}
	return indicators.Year(y), true
}

// measureText is how the column 统计项 names the measure of a series: empty
// for the level, 增速, 占比：total, and so on.
func measureText(id indicators.SeriesID, lang string) string {
	words := [...][2]string{
		indicators.Level: {"数值", "level"}, indicators.GrowthRate: {"增速", "growth"}, indicators.Change: {"新增", "increment"},
		indicators.Share: {"占比", "share"}, indicators.Rank: {"位次", "rank"}, indicators.Multiple: {"倍数", "multiple"},
		indicators.Cumulative: {"累计", "cumulative"},
	}
	i := 0
	if lang == "en" {
		i = 1
	}
	s := words[id.Measure][i]
	if id.Of != "" {
		s += "：" + id.Of
	}
	return s
}

// kindOf reads what measureText writes; ok is false for anything else.
func kindOf(s string, u indicators.Unit) (k indicators.Kind, of string, ok bool) {
	word, of, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), ":", "："), "：")
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "", "数值", "水平", "level":
		if u.Percent() {
			return indicators.KindRate, "", of == ""
		}
		return indicators.KindLevel, "", of == ""
	case "增速", "growth":
		return indicators.KindGrowth, "", of == ""
	case "新增", "increment":
		return indicators.KindIncrementYear, "", of == ""
	case "占比", "share":
		return indicators.KindShare, strings.TrimSpace(of), true
	case "位次", "rank":
		return indicators.KindRank, "", of == ""
	}
	return "", "", false
}
