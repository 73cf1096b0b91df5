package report_test

import (
	"fmt"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/indicators/report"
)

func ExampleRead() {
	text := `政府工作报告
——2022年4月23日在某某市东山区第十六届人民代表大会第一次会议上
一、2021年工作回顾
　　全区地区生产总值完成312.5亿元，占全市的12.8%；城镇、农村居民人均可支配收入分别增长8.1%和9.3%。
二、2022年主要工作
　　主要预期目标是：地区生产总值增长8%左右，城镇登记失业率控制在4%以内。
`
	res, err := report.Read(report.Doc{Key: "dongshan-2022", Text: text}, report.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(res.Area, res.Year)
	for _, c := range res.Claims() {
		fmt.Printf("%s %s, %s, %s", c.Indicator, c.Printed(), c.Kind, indicators.FormatSpans(c.Spans))
		if c.Of != "" {
			fmt.Print(", of ", c.Of)
		}
		fmt.Println()
	}
	// Output:
	// 东山区 2021
	// 地区生产总值 312.5亿元, level, 2021
	// 地区生产总值 12.8%, share, 2021, of 地区生产总值@某某市
	// 城镇居民人均可支配收入 8.1%, growth_rate, 2021
	// 农村居民人均可支配收入 9.3%, growth_rate, 2021
	// 地区生产总值 8%左右, target_growth, by 2022
	// 城镇登记失业率 4%以内, target_ceiling, by 2022
}

func ExampleVocabulary_With() {
	v := report.Standard().With(report.Term{
		Name: "陆港吞吐量", Unit: "万标箱", Better: indicators.Up, English: "Throughput of the dry port", Synonyms: []string{"东方陆港年吞吐量"},
	})
	t, ok := v.Lookup("东方陆港年吞吐量")
	fmt.Println(t.Name, ok)
	// Output:
	// 陆港吞吐量 true
}
