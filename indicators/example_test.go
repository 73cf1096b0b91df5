package indicators_test

import (
	"fmt"
	"os"
	"strings"

	"example.com/zhibiao/indicators"
)

// Four sentences of a report as a table, and what follows from them.
func Example() {
	const table = `id,indicator,value,unit,qualifier,kind,period,area,direction,of,wording
pm25,PM2.5年均浓度,44,微克/立方米,,level,2021,涧西区,down,,
pm25-fall,PM2.5年均浓度,-13.7,%,,growth_rate,2021,涧西区,down,,
gdp,地区生产总值,698,亿元,,level,2021,涧西区,up,,
gdp-share,地区生产总值,12.8,%,,share,2021,涧西区,up,地区生产总值@洛阳市,
gdp-goal,地区生产总值,800,亿元,,target_level,by 2022,涧西区,up,,
`
	claims, err := indicators.ReadFigures(strings.NewReader(table), "table.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	d := &indicators.Dataset{Claims: claims}
	for _, x := range d.Derive(indicators.Preference{}) {
		if x.Tightens == "" {
			fmt.Printf("%s %s: %.6g%s, between %.6g and %.6g, by %s\n", x.SeriesID, x.Span, x.Value, x.Unit, x.Interval.Lo, x.Interval.Hi, x.Rule)
		}
	}
	r := d.Requirements(indicators.Preference{})[0]
	fmt.Printf("%s needs growth of %.2f to %.2f %% from %s\n", r.ID, r.Pace.Lo, r.Pace.Hi, r.Latest.Period)
	// Output:
	// PM2.5年均浓度@涧西区 2020: 51微克/立方米, between 51 and 51, by level/(1+growth)^n
	// 地区生产总值@洛阳市 2021: 5453.12亿元, between 5428.02 and 5478.43, by part/share
	// gdp-goal needs growth of 14.53 to 14.70 % from 2021
}

func ExampleWording_Interval() {
	var w indicators.Wording
	yi := indicators.MustUnit("亿元")
	near := indicators.Value{Coef: 500, Qual: indicators.Nearly, Word: "近"}
	fmt.Println(w.Interval(near, yi, indicators.Fact))
	above := indicators.Value{Coef: 120, Qual: indicators.Over, Word: "超"}
	fmt.Println(w.Interval(above, yi, indicators.Fact), w.Interval(above, yi, indicators.Goal))
	// Output:
	// [450, 500)
	// (120, 130] (120, ∞)
}

func ExampleReadFigures() {
	_, err := indicators.ReadFigures(strings.NewReader("indicator,value,kind,period\n地区生产总值,六百,level,2021\n地区生产总值,698,levl,2021\n"), "my.csv")
	fmt.Println(err)
	// Output:
	// my.csv, row 2, column value: "六百" is not a number; give the digits as printed, unit and words in their own columns
	// my.csv, row 3, column kind: unknown kind "levl"; see the list in the documentation of Kind
}

func ExampleDataset_Check() {
	claims, _ := indicators.ReadFigures(strings.NewReader("id,indicator,value,unit,kind,period,area\na,进出口总额,136.2,亿元,change_from_to_end,2021,涧西区\nb,进出口总额,133,亿元,level,2021,涧西区\n"), "t.csv")
	d := &indicators.Dataset{Claims: claims}
	for _, f := range d.Check(indicators.Wording{}) {
		fmt.Println(f.Class, f.Message)
	}
	// Output:
	// conflict 涧西区2021年进出口总额有两个数：136.2亿元与133亿元，四舍五入无法解释二者之差。
}

func ExampleValue_Round() {
	v, _ := indicators.ParseValue("28.250")
	fmt.Println(v.Round(-1, indicators.HalfEven), v.Round(-1, indicators.HalfUp))
	// Output: 28.2 28.3
}

func ExampleWriteDocuments() {
	indicators.WriteDocuments(os.Stdout, []indicators.Document{{Doc: "r", Title: "政府工作报告", Date: indicators.Day(2022, 4, 23)}})
	// Output:
	// doc,title,issuer,date,sha256
	// r,政府工作报告,,2022-04-23,
}
