package progress

import (
	"fmt"
	"math"
	"strings"

	"example.com/zhibiao/indicators"
)

// Achievement is an outcome to be told in one sentence of official style.
// Fields that are unknown stay out of the sentence.
type Achievement struct {
	Indicator, English string
	Period             indicators.Period // zero: not said
	Through            int               // last month of a year in progress, 1 to 11; 0 or 12: the whole period
	Value              indicators.Value  // with its words: 近, 超过, 余
	Unit               indicators.Unit
	Estimated          bool    // 预计
	Growth             float64 // per cent; NaN: unknown
	TargetLevel        float64 // of the year, in Unit; NaN: none
	TargetGrowth       float64 // per cent; NaN: none
	GrowthDecimals     int     // decimals to print growth with; 0 means one
	Rank               int     // 1 is first; 0: unknown
	RankArea           string  // among whom: 全市; empty means 全市
}

// Sentence tells the achievement in one sentence; lang is "zh" or "en".
// Completion and growth are rounded half up, except that what falls short of
// a target is never rounded up to it; the gap of two rates is in percentage
// points; a qualified number keeps its words, and nothing is computed from it
// that would make it firmer than it is: completion by 超120亿元 is 超过.
func (a Achievement) Sentence(lang string) string {
	zh := lang != "en"
	c := indicators.Claim{Value: a.Value, HasValue: true, Unit: a.Unit}
	x := a.Value.Float()
	dec := a.GrowthDecimals
	if dec == 0 {
		dec = 1
	}
	var parts []string
	add := func(z, e string) {
		if zh {
			parts = append(parts, z)
		} else {
			parts = append(parts, e)
		}
	}
	head, headEN := a.Indicator, a.English
	if headEN == "" {
		headEN = a.Indicator
	}
	when, whenEN := a.Period.Label("zh"), a.Period.Label("en")
	if a.Through > 0 && a.Through < 12 && !a.Period.IsZero() {
		when = fmt.Sprintf("%d年1—%d月", a.Period.Year(), a.Through)
		whenEN = fmt.Sprintf("January to %s", indicators.Month(a.Period.Year(), a.Through).Label("en"))
	}
	verb, verbEN := "完成", "reached"
	if a.Estimated {
		verb, verbEN = "预计完成", "is expected to reach"
	}
	if whenEN != "" {
		whenEN = " in " + whenEN
	}
	qualified, qualifiedEN := words(a.Value)
	add(when+head+verb+c.Printed(), fmt.Sprintf("%s %s %s%s%s%s", headEN, verbEN, qualifiedEN, a.Value.String(), space(a.Unit.Symbol), whenEN))
	if !math.IsNaN(a.Growth) {
		switch {
		case a.Growth < 0:
			add("下降"+rounded(-a.Growth, dec)+"%", "down "+rounded(-a.Growth, dec)+" %")
		case a.Growth == 0:
			add("与上年持平", "unchanged on the year before")
		default:
			add("增长"+rounded(a.Growth, dec)+"%", "up "+rounded(a.Growth, dec)+" %")
		}
	}
	if a.TargetLevel > 0 {
		done := 100 * x / a.TargetLevel
		s := rounded(done, 1)
		if done < 100 && indicators.RoundHalfUp(done, 1) >= 100 {
			s = rounded(math.Floor(done*10)/10, 1) // 99.97 is not 100
		}
		s = strings.TrimSuffix(s, ".0")
		add("完成全年目标的"+qualified+s+"%", qualifiedEN+s+" % of the target for the year")
		if a.Through > 0 && a.Through < 12 && a.Value.Qual == indicators.Exact {
			gap := indicators.RoundHalfUp(done-100*float64(a.Through)/12, 1)
			switch {
			case gap > 0:
				add("高于时序进度"+rounded(gap, 1)+"个百分点", rounded(gap, 1)+" points ahead of schedule")
			case gap < 0:
				add("低于时序进度"+rounded(-gap, 1)+"个百分点", rounded(-gap, 1)+" points behind schedule")
			default:
				add("与时序进度持平", "on schedule")
			}
		}
	}
	if !math.IsNaN(a.TargetGrowth) && !math.IsNaN(a.Growth) {
		gap := indicators.RoundHalfUp(a.Growth, dec) - indicators.RoundHalfUp(a.TargetGrowth, dec)
		gap = indicators.RoundHalfUp(gap, dec)
		switch {
		case gap > 0:
			add("高于增速目标"+rounded(gap, dec)+"个百分点", rounded(gap, dec)+" points above the growth target")
		case gap < 0:
			add("低于增速目标"+rounded(-gap, dec)+"个百分点", rounded(-gap, dec)+" points below the growth target")
		default:
			add("与增速目标持平", "equal to the growth target")
		}
	}
	if a.Rank > 0 {
		area := a.RankArea
		if area == "" {
			area = "全市"
		}
		add(fmt.Sprintf("居%s第%d位", area, a.Rank), fmt.Sprintf("rank %d (%s)", a.Rank, area))
	}
	if zh {
		return strings.Join(parts, "，") + "。"
	}
	return strings.Join(parts, ", ") + "."
}

// words returns what a qualified number makes of everything computed from it.
func words(v indicators.Value) (zh, en string) {
	switch v.Qual {
	case indicators.Over:
		return "超过", "more than "
	case indicators.AtLeast:
		return "至少", "at least "
	case indicators.Nearly:
		return "近", "nearly "
	case indicators.About:
		return "约", "about "
	case indicators.AtMost:
		return "至多", "at most "
	}
	return "", ""
}

func rounded(x float64, decimals int) string {
	return num(indicators.RoundHalfUp(x, decimals), decimals)
}

func space(unit string) string {
	if unit == "" {
		return ""
	}
	return " " + unit
}
