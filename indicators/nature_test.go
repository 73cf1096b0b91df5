package indicators

import "testing"

func TestNatureOf(t *testing.T) {
	count := func(s string) Unit { return Unit{Symbol: s, Base: s, Scale: 1, Count: true} }
	for _, c := range []struct {
		name string
		unit Unit
		kind Kind
		want Nature
	}{
		{"地区生产总值", Unit{Symbol: "亿元", Base: BaseYuan, Scale: 1e8}, KindLevel, Aggregate},
		{"城镇居民人均可支配收入", Unit{Symbol: "元", Base: BaseYuan, Scale: 1}, KindLevel, Aggregate},
		{"人均公园绿地面积", Unit{Symbol: "平方米", Base: "M2", Scale: 1}, KindLevel, Amount},
		{"一般公共预算收入", Unit{Symbol: "亿元", Base: BaseYuan, Scale: 1e8}, KindLevel, Amount},
		// Residents are a population, people to whom something was done are not.
		{"常住人口", count("人"), KindLevel, Population},
		{"农村人口脱贫", count("人"), KindLevel, Activity},
		{"在校生", count("人"), KindLevel, Stock},
		{"市场主体户数", count("户"), KindLevel, Stock},
		{"棚户区改造户数", count("户"), KindLevel, Activity},
		{"转移农村人口", count("人"), KindLevel, Activity},
		{"城镇就业人员", count("人"), KindLevel, Stock},
		{"地区生产总值", Unit{Symbol: "%", Base: BasePercent, Scale: 1}, KindGrowth, GrowthNature},
		{"高新技术企业", count("家"), KindLevel, Stock},
		{"重点工业项目", count("个"), KindLevel, Activity},
		{"城镇新增就业人数", count("人"), KindLevel, Activity},
		// Flows of people and goods grow like amounts.
		{"旅游接待人数", count("人次"), KindLevel, Amount},
		{"旅客吞吐量", count("人次"), KindLevel, Amount},
		// What is added in a year is an activity in any unit but money.
		{"新建农村道路", Unit{Symbol: "公里", Base: "KM", Scale: 1}, KindLevel, Activity},
		{"新增商业营业面积", Unit{Symbol: "万平方米", Base: "M2", Scale: 1e4}, KindLevel, Activity},
		{"新开工项目总投资", Unit{Symbol: "亿元", Base: BaseYuan, Scale: 1e8}, KindLevel, Amount},
		{"城镇登记失业率", Unit{Symbol: "%", Base: BasePercent, Scale: 1}, KindRate, Ratio},
		{"PM2.5平均浓度", Unit{Symbol: "微克/立方米", Base: "UG_M3", Scale: 1}, KindLevel, Concentration},
		{"优良天数", Unit{Symbol: "天", Base: "天", Scale: 1}, KindLevel, Days},
	} {
		if got := NatureOf(c.name, c.unit, c.kind); got != c.want {
			t.Errorf("%s in %s: %v, want %v", c.name, c.unit.Symbol, got, c.want)
		}
	}
}

func TestEconomic(t *testing.T) {
	for name, want := range map[string]bool{
		"地区生产总值": true, "一般公共预算收入": true, "固定资产投资": true, "规模以上工业增加值": true,
		"单位地区生产总值能耗": false, "PM2.5平均浓度": false, "常住人口": false, "居民消费价格指数": false, "人口自然增长率": false,
	} {
		if got := Economic(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
