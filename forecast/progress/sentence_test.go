package progress_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

func value(s string, q indicators.Qualifier, word string) indicators.Value {
	v, err := indicators.ParseValue(s)
	if err != nil {
		panic(err)
	}
	v.Qual, v.Word = q, word
	return v
}

// The published 2021 report of a district (figures as in the reference):
// 1900亿元, +15 %, 107 % of the target, growth 7.5 points above its target;
// the implied level target is 1775.7.
func ExampleAchievement_Sentence() {
	a := progress.Achievement{
		Indicator: "地区生产总值", English: "GDP", Period: indicators.Year(2021), Value: value("1900", indicators.Exact, ""), Unit: indicators.MustUnit("亿元"),
		Estimated: true, Growth: 15, TargetLevel: 1775.7, TargetGrowth: 7.5,
	}
	fmt.Println(a.Sentence("zh"))
	fmt.Println(a.Sentence("en"))
	// Output:
	// 2021年地区生产总值预计完成1900亿元，增长15.0%，完成全年目标的107%，高于增速目标7.5个百分点。
	// GDP is expected to reach 1900 亿元 in 2021, up 15.0 %, 107 % of the target for the year, 7.5 points above the growth target.
}

func TestSentence(t *testing.T) {
	nan := math.NaN()
	u := indicators.MustUnit("亿元")
	for _, c := range []struct {
		name string
		a    progress.Achievement
		want string
	}{
		// 17.41 of 135.46 by February is 12.85 %, 3.82 points behind 16.67 %.
		// The other rows of the published report, with the level targets that it implies.
		{"budget revenue", progress.Achievement{Indicator: "一般公共预算收入", Value: value("150.9", 0, ""), Unit: u, Growth: 22.5, TargetLevel: 150.9, TargetGrowth: nan},
			"一般公共预算收入完成150.9亿元，增长22.5%，完成全年目标的100%。"},
		{"investment", progress.Achievement{Indicator: "固定资产投资", Value: value("828", 0, ""), Unit: u, Growth: 12.5, TargetLevel: 809.4, TargetGrowth: 10},
			"固定资产投资完成828亿元，增长12.5%，完成全年目标的102.3%，高于增速目标2.5个百分点。"},
		{"retail", progress.Achievement{Indicator: "社零", Value: value("148.8", 0, ""), Unit: u, Growth: 15.5, TargetLevel: 135.3, TargetGrowth: 5},
			"社零完成148.8亿元，增长15.5%，完成全年目标的110%，高于增速目标10.5个百分点。"},
		{"behind schedule", progress.Achievement{Indicator: "投资", Period: indicators.Year(2022), Through: 2, Value: value("17.41", 0, ""), Unit: u, Growth: nan, TargetLevel: 135.46, TargetGrowth: nan},
			"2022年1—2月投资完成17.41亿元，完成全年目标的12.9%，低于时序进度3.8个百分点。"},
		{"short of the target is not rounded up to it", progress.Achievement{Indicator: "收入", Value: value("99.97", 0, ""), Unit: u, Growth: nan, TargetLevel: 100, TargetGrowth: nan},
			"收入完成99.97亿元，完成全年目标的99.9%。"},
		{"a bound stays a bound", progress.Achievement{Indicator: "民生支出", Value: value("120", indicators.Over, "超"), Unit: u, Growth: nan, TargetLevel: 100, TargetGrowth: nan},
			"民生支出完成超120亿元，完成全年目标的超过120%。"},
		{"a decline, and a gap in points", progress.Achievement{Indicator: "能耗", Value: value("0.45", 0, ""), Unit: indicators.MustUnit("吨标准煤/万元"), Growth: -2.3, TargetLevel: nan, TargetGrowth: -3, Rank: 2},
			"能耗完成0.45吨标准煤/万元，下降2.3%，高于增速目标0.7个百分点，居全市第2位。"},
	} {
		if got := c.a.Sentence("zh"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		if en := c.a.Sentence("en"); strings.Contains(en, "NaN") || en == "" {
			t.Errorf("%s: %s", c.name, en)
		}
	}
}
