package indicators_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

// What a change, a share or a doubling says of levels. Each case is worked by
// hand; the arithmetic stands in its comment. A figure that must not be
// derived has no interval.
func TestDeriveByKind(t *testing.T) {
	level, rate, share := indicators.KindLevel, indicators.KindRate, indicators.KindShare
	based := func(c indicators.Claim, year int) indicators.Claim {
		c.Base = indicators.Year(year)
		return c
	}
	of := func(c indicators.Claim, total string) indicators.Claim {
		c.Of = total
		return c
	}
	type want struct {
		series, span string
		kind         indicators.Kind
		unit         string
		lo, hi       float64 // NaN: nothing of the kind
	}
	nan := math.NaN()
	for _, tc := range []struct {
		name   string
		claims []indicators.Claim
		want   []want
	}{
		{"points are of the share, not of the amount", []indicators.Claim{ // 2.1 − 0.3 = 1.8 %, 2.1 % of 230亿元 = 4.83亿元
			figure("gdp", "地区生产总值", "230", "亿元", level, "2022"), of(figure("s", "研发经费", "2.1", "%", share, "2022"), "地区生产总值@某区"), figure("p", "研发经费", "0.3", "个百分点", indicators.KindPointChange, "2022"),
		}, []want{
			{"研发经费@某区 占 地区生产总值@某区", "2021", share, "%", 1.7, 1.9},
			{"研发经费@某区", "2022", level, "亿元", 4.70475, 4.95575}, // 2.05 % of 229.5 to 2.15 % of 230.5
			{"研发经费@某区", "2021", level, "", nan, nan},
			{"研发经费@某区 growth", "2021-2022", indicators.KindGrowth, "", nan, nan},
		}},
		{"points are of a level in per cent", []indicators.Claim{ // 38.5 − 1.2
			figure("r", "绿地率", "38.5", "%", rate, "2022"), figure("p", "绿地率", "1.2", "个百分点", indicators.KindPointChange, "2022"),
		}, []want{{"绿地率@某区", "2021", rate, "%", 37.2, 37.4}}},
		{"an amount has no points", []indicators.Claim{
			figure("r", "营业收入", "1286", "亿元", level, "2024"), figure("p", "营业收入", "11.2", "个百分点", indicators.KindPointChange, "2024"),
		}, []want{{"营业收入@某区", "2023", level, "", nan, nan}}},
		{"one of two shares is not chosen", []indicators.Claim{
			of(figure("s", "出口", "40", "%", share, "2022"), "进出口@某区"), of(figure("u", "出口", "8", "%", share, "2022"), "出口@某市"), figure("p", "出口", "1", "个百分点", indicators.KindPointChange, "2022"),
		}, []want{{"出口@某区 占 进出口@某区", "2021", share, "%", nan, nan}, {"出口@某区 占 出口@某市", "2021", share, "%", nan, nan}}},
		{"a net change of a year is exact", []indicators.Claim{ // 比年初增加28亿元: 350 − 28 = 322
			figure("l", "存款余额", "350", "亿元", level, "2022"), figure("i", "存款余额", "28", "亿元", indicators.KindIncrement, "2022"),
		}, []want{{"存款余额@某区", "2021", level, "亿元", 321, 323}}},
		{"a net change from a stated base", []indicators.Claim{ // 79.1 − 1.3 = 77.8 in 2018, not 2017
			figure("l", "人均预期寿命", "79.1", "岁", level, "2023"), based(figure("i", "人均预期寿命", "1.3", "岁", indicators.KindIncrement, "2018-2023"), 2018),
		}, []want{{"人均预期寿命@某区", "2018", level, "岁", 77.7, 77.9}, {"人均预期寿命@某区", "2017", level, "", nan, nan}}},
		{"a fall", []indicators.Claim{ // 398.24 + 1.36 = 399.60万人
			figure("l", "常住人口", "398.24", "万人", level, "2023"), figure("i", "常住人口", "-1.36", "万人", indicators.KindIncrement, "2023"),
		}, []want{{"常住人口@某区", "2022", level, "万人", 399.59, 399.61}}},
		{"gross additions over years leave the base open downwards only", []indicators.Claim{ // 累计新增100张 of 700: at least 600 before
			figure("l", "养老床位数", "700", "张", level, "2021"), figure("i", "养老床位数", "100", "张", indicators.KindIncrement, "2017-2021"),
		}, []want{{"养老床位数@某区", "2016", level, "张", 600, math.Inf(1)}}},
		{"half a year's change has no known base", []indicators.Claim{
			figure("l", "存款余额", "1126.8", "亿元", level, "2022-06"), figure("i", "存款余额", "68.3", "亿元", indicators.KindIncrement, "2022-06"),
		}, []want{{"存款余额@某区", "2022-05", level, "", nan, nan}, {"存款余额@某区", "2021-06", level, "", nan, nan}}},
		{"half a year's change since its beginning", []indicators.Claim{ // 1126.8 − 68.3 = 1058.5
			figure("l", "存款余额", "1126.8", "亿元", level, "2022-06"),
			with(figure("i", "存款余额", "68.3", "亿元", indicators.KindIncrement, "2022-06"), func(c *indicators.Claim) { c.Source.Quote = "存款余额1126.8亿元，比年初增加68.3亿元" }),
		}, []want{{"存款余额@某区", "2021-12", level, "亿元", 1058.4, 1058.6}}},
		{"half a year's change on the year before", []indicators.Claim{ // 38.9 − 2.1 = 36.8
			figure("l", "预算支出", "38.9", "亿元", level, "2022-S1"),
			with(figure("i", "预算支出", "2.1", "亿元", indicators.KindIncrement, "2022-S1"), func(c *indicators.Claim) { c.Source.Quote = "预算支出38.9亿元，同比增加2.1亿元" }),
		}, []want{{"预算支出@某区", "2021-S1", level, "亿元", 36.7, 36.9}}},
		{"more added than the year before is no change of the level", []indicators.Claim{
			figure("l", "存款余额", "8437.9", "亿元", level, "2022"),
			with(figure("i", "存款余额", "217", "亿元", indicators.KindIncrement, "2022"), func(c *indicators.Claim) { c.Source.Quote = "存款余额8437.9亿元，同比多增217亿元" }),
		}, []want{{"存款余额@某区", "2021", level, "", nan, nan}}},
		{"a ratio of counts is not whole", []indicators.Claim{ // 7.45/1.1035 to 7.55/1.1025
			figure("l", "发明专利拥有量", "7.5", "件", level, "2024"), figure("g", "发明专利拥有量", "10.3", "%", indicators.KindGrowth, "2024"),
		}, []want{{"发明专利拥有量@某区", "2023", level, "件", 6.7512, 6.8481}}},
		{"a count per head is rounded", []indicators.Claim{ // 22.5/1.1005 to 23.5/1.0995
			figure("l", "每万人拥有5G基站", "23", "个", level, "2024"), figure("g", "每万人拥有5G基站", "10.0", "%", indicators.KindGrowth, "2024"),
		}, []want{{"每万人拥有5G基站@某区", "2023", level, "个", 20.4452, 21.3734}}},
		{"ten thousands of counts stay whole", []indicators.Claim{ // 30000/1.5 to the person
			figure("l", "参保人数", "30000", "人", level, "2024"), figure("m", "参保人数", "3.0", "万人", level, "2024"), figure("g", "参保人数", "50.0", "%", indicators.KindGrowth, "2024"),
		}, []want{{"参保人数@某区", "2023", level, "人", 19994, 20006}}}, // 30000/1.5005 = 19993.3, 30000/1.4995 = 20006.7
		{"a doubling is two", []indicators.Claim{ // 62/2
			figure("l", "产值", "62", "亿元", level, "2023"), with(figure("m", "产值", "2", "倍", indicators.KindMultiple, "2023"), func(c *indicators.Claim) { c.Note = "word=翻一番" }),
		}, []want{{"产值@某区", "2022", level, "亿元", 30.75, 31.25}}},
		{"two 番 are four", []indicators.Claim{ // 62/4
			figure("l", "产值", "62", "亿元", level, "2023"), figure("m", "产值", "2", "番", indicators.KindMultiple, "2023"),
		}, []want{{"产值@某区", "2022", level, "亿元", 15.375, 15.625}}},
		{"two times is rounded", []indicators.Claim{ // 61.5/2.5 to 62.5/1.5
			figure("l", "产值", "62", "亿元", level, "2023"), figure("m", "产值", "2", "倍", indicators.KindMultiple, "2023"),
		}, []want{{"产值@某区", "2022", level, "亿元", 24.6, 41.6667}}},
		{"things of another unit are no part", []indicators.Claim{ // 126个 and 158.7亿元 of one plan
			of(figure("s", "项目", "50", "%", share, "2023"), "年度计划@某区"), figure("l", "项目", "126", "个", level, "2023"),
			figure("t", "年度计划", "140", "亿元", level, "2023"),
		}, []want{{"项目@某区", "2023", level, "", nan, nan}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := &indicators.Dataset{Claims: tc.claims}
			if fs := d.Check(indicators.Wording{}); len(fs) > 0 {
				t.Errorf("found %s", fs[0].MessageEN)
			}
			ds := d.Derive(indicators.Preference{})
			for _, x := range ds {
				if x.Unit.IsZero() {
					t.Errorf("%v has no unit", x)
				}
			}
			for _, w := range tc.want {
				i := slices.IndexFunc(ds, func(x indicators.Derived) bool {
					return x.SeriesID.String() == w.series && x.Span.String() == w.span && x.Kind == w.kind
				})
				switch {
				case math.IsNaN(w.lo):
					if i >= 0 {
						t.Errorf("derived %v", ds[i])
					}
				case i < 0:
					t.Errorf("%s of %s is not among %v", w.series, w.span, ds)
				default:
					near := func(a, b float64) bool { return a == b || math.Abs(a-b) <= 1e-4*math.Abs(b) }
					if x := ds[i]; !near(x.Interval.Lo, w.lo) || !near(x.Interval.Hi, w.hi) || x.Unit.Symbol != w.unit {
						t.Errorf("%v, want [%v, %v]%s", x, w.lo, w.hi, w.unit)
					}
				}
			}
		})
	}
}

// Which rows are wrong by themselves, and which pairs are not comparable.
func TestCheckRows(t *testing.T) {
	level := indicators.KindLevel
	quote := func(c indicators.Claim, q string) indicators.Claim {
		c.Source.Doc, c.Source.Quote, c.Source.End = "d", q, len(q)
		return c
	}
	for _, tc := range []struct {
		name   string
		claims []indicators.Claim
		want   string // IDs of the findings
	}{
		{"a negative amount", []indicators.Claim{quote(figure("a", "地区生产总值", "-698", "亿元", level, "2021"), "地区生产总值698亿元")}, "contradiction:a"},
		{"a negative amount without a quote", []indicators.Claim{figure("a", "地区生产总值", "-5", "亿元", level, "2021")}, "contradiction:a"},
		{"a negative count", []indicators.Claim{figure("a", "用电户数", "-5", "户", level, "2021")}, "contradiction:a"},
		{"a negative area", []indicators.Claim{figure("a", "建成区面积", "-5", "平方公里", level, "2021")}, "contradiction:a"},
		{"a negative target", []indicators.Claim{figure("a", "建成区面积", "-5", "平方公里", indicators.KindTargetLevel, "by 2022")}, "contradiction:a"},
		{"a loss", []indicators.Claim{figure("a", "工业企业利润总额", "-5", "亿元", level, "2021")}, ""},
		{"a deficit", []indicators.Claim{figure("a", "贸易顺差", "-5", "亿元", level, "2021")}, ""},
		{"a fall", []indicators.Claim{figure("a", "常住人口", "-1.36", "万人", indicators.KindIncrement, "2023")}, ""},
		{"a rate below zero", []indicators.Claim{figure("a", "自然增长率", "-2.78", "‰", indicators.KindRate, "2023")}, ""},
		{"another number than the quote's", []indicators.Claim{quote(figure("a", "产值", "689", "亿元", level, "2021"), "产值达698亿元")}, "contradiction:a:quote"},
		{"a digit too few", []indicators.Claim{quote(figure("a", "产值", "69", "亿元", level, "2021"), "产值达698亿元")}, "contradiction:a:quote"},
		{"a point misplaced", []indicators.Claim{quote(figure("a", "产值", "6.98", "亿元", level, "2021"), "产值达69.8亿元")}, "contradiction:a:quote"},
		{"the quote's number", []indicators.Claim{quote(figure("a", "产值", "698", "亿元", level, "2021"), "产值达698亿元")}, ""},
		{"a fall in the quote", []indicators.Claim{quote(figure("a", "产值", "-9.6", "%", indicators.KindGrowth, "2021"), "产值下降9.6%")}, ""},
		{"full width", []indicators.Claim{quote(figure("a", "产值", "1234567", "亿元", level, "2021"), "产值完成１，２３４，５６７亿元")}, ""},
		{"a number in words", []indicators.Claim{quote(figure("a", "外贸", "30", "%", indicators.KindGrowth, "2021"), "外贸2.3亿美元，增长三成")}, ""},
		{"a quote without digits", []indicators.Claim{quote(figure("a", "幼儿园", "2", "所", level, "2021"), "新建公办幼儿园两所")}, ""},
		{"cells that have run together", []indicators.Claim{quote(figure("a", "转移净收入", "6920", "元", level, "2021"), "转移净收入5760-1.46920-2.2")}, ""},
		{"households and persons", []indicators.Claim{figure("a", "惠及群众", "3.2", "万户", level, "2022"), figure("b", "惠及群众", "9.8", "万人", level, "2022")}, ""},
		{"persons and just 个", []indicators.Claim{figure("a", "新增岗位", "320", "个", level, "2022"), figure("b", "新增岗位", "98", "人", level, "2022")}, "conflict:a:b"},
		{"nominal and real growth", []indicators.Claim{
			figure("a", "居民人均可支配收入", "6.3", "%", indicators.KindGrowth, "2023"),
			with(figure("b", "居民人均可支配收入", "6.1", "%", indicators.KindGrowth, "2023"), func(c *indicators.Claim) { c.Prices = indicators.Real }),
		}, ""},
		{"two nominal growths", []indicators.Claim{
			figure("a", "居民人均可支配收入", "6.3", "%", indicators.KindGrowth, "2023"), figure("b", "居民人均可支配收入", "6.1", "%", indicators.KindGrowth, "2023"),
		}, "conflict:a:b"},
		{"two real growths, one stated and one by its name", []indicators.Claim{
			figure("a", "地区生产总值", "6.3", "%", indicators.KindGrowth, "2023"),
			with(figure("b", "地区生产总值", "6.1", "%", indicators.KindGrowth, "2023"), func(c *indicators.Claim) { c.Prices = indicators.Real }),
		}, "conflict:a:b"},
		{"levels at two price bases", []indicators.Claim{
			figure("a", "总产出", "100", "亿元", level, "2023"),
			with(figure("b", "总产出", "95", "亿元", level, "2023"), func(c *indicators.Claim) { c.Prices = indicators.Real }),
		}, ""},
		{"the ends of one pair", []indicators.Claim{
			quote(figure("a", "森林覆盖率", "41.2", "%", indicators.KindRate, "2022"), "森林覆盖率由41.2%提高到44.6%"), quote(figure("b", "森林覆盖率", "44.6", "%", indicators.KindRate, "2022"), "森林覆盖率由41.2%提高到44.6%"),
		}, ""},
		{"two figures in one sentence", []indicators.Claim{
			quote(figure("a", "森林覆盖率", "41.2", "%", indicators.KindRate, "2022"), "森林覆盖率41.2%，森林覆盖率44.6%"), quote(figure("b", "森林覆盖率", "44.6", "%", indicators.KindRate, "2022"), "森林覆盖率41.2%，森林覆盖率44.6%"),
		}, "conflict:a:b"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, f := range (&indicators.Dataset{Claims: tc.claims}).Check(indicators.Wording{}) {
				got = append(got, f.ID)
				if f.Class == indicators.Contradiction && f.Severity != indicators.Error || f.Message == "" || f.MessageEN == "" {
					t.Errorf("%+v", f)
				}
			}
			if s := strings.Join(got, " "); s != tc.want {
				t.Errorf("got %q, want %q", s, tc.want)
			}
		})
	}
}
