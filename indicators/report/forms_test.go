package report

import (
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

// forms holds forms of wording that are common in reports, in invented texts of
// invented places; head is what stands above.
var forms = []struct {
	name, head, text string
	want             string // as in sentences
}{
	{"title line without place is no plan", "区政府工作报告（2021年）\n", "过去五年，是“十三五”规划收官的五年。五年来，人均GDP突破1万美元。", "人均地区生产总值 1万美元 level 2020 over"},
	{"title line with the year is no plan", "2021年清源区政府工作报告\n", "2020年，全区生产总值达到652亿元。", "地区生产总值 652亿元 level 2020"},
	{"a sentence opens the plan", review, "财政总收入20亿元。今年主要目标:地区生产总值增长8%以上。", "财政总收入 20亿元 level 2021; 地区生产总值 8% target_growth by 2022 at_least"},
	{"a plan period opens the plan", review, "“十五五”时期的主要目标是：地区生产总值达到900亿元。", "地区生产总值 900亿元 target_level by 2030"},
	{"goals that were met open no plan", review, "今年目标任务全面完成，地区生产总值达到900亿元。", "地区生产总值 900亿元 level 2021"},
	{"marks of notes", review, "地区生产总值[2]312.5亿元，常住人口【13】20万人，粮食产量［3］5万吨。", "地区生产总值 312.5亿元 level 2021; 常住人口 20万人 level 2021; 粮食产量 5万吨 level 2021"},
	{"two steps of a goal", plan, "地区生产总值增长6%以上，力争达到7%；工业投资增长8%，奋斗目标9%；进出口总额增长3%，奋斗4%。", "地区生产总值 6% target_growth by 2022 at_least; 地区生产总值 7% target_growth by 2022; 工业固定资产投资 8% target_growth by 2022; 工业固定资产投资 9% target_growth by 2022; 进出口总额 3% target_growth by 2022; 进出口总额 4% target_growth by 2022"},
	{"a rate after growth stays a rate", review, "固定资产投资增长6%，失业率3%。", "固定资产投资 6% growth_rate 2021; 失业率 3% rate 2021"},
	{"a part of the year compared with", review, "固定资产投资下降6.1%，降幅较上半年收窄4.2个百分点；一般公共预算收入102.6亿元，比一季度多增3亿元；进出口总额20亿元。", "固定资产投资 -6.1% growth_rate 2021; 固定资产投资 4.2个百分点 point_change 2021; 一般公共预算收入 102.6亿元 level 2021; 一般公共预算收入 3亿元 increment 2021; 进出口总额 20亿元 level 2021"},
	{"start of a rate", review, "污水处理率由90%提高到95%，工业投资占比由2018年的20%提高到25%。", "污水处理率 90% rate 2020; 污水处理率 95% rate 2021; 工业固定资产投资 20% share 2018; 工业固定资产投资 25% share 2021"},
	{"growth of a pair with years", review, "进出口总额由2016年的12亿元增加到2021年的36亿元，增长2倍。", "进出口总额 12亿元 change_from_to_start 2016; 进出口总额 36亿元 change_from_to_end 2021; 进出口总额 2倍 growth_rate 2016-2021"},
	{"smaller falls are rises", review, "社会消费品零售总额下降4.2%，降幅小于全市1.3个百分点，降幅比上年收窄2个百分点。", "社会消费品零售总额 -4.2% growth_rate 2021; 社会消费品零售总额 1.3个百分点 difference 2021; 社会消费品零售总额 2个百分点 point_change 2021"},
	{"how it was calculated", review, "地区生产总值218亿元，按不变价计算同比增长3.4%，涨幅较上月回落1个百分点；一般公共预算收入14亿元，扣除留抵退税因素后增长3.1%，按自然口径下降12.7%；进出口总额9亿元，由降转升、增长2%。", "地区生产总值 218亿元 level 2021; 地区生产总值 3.4% growth_rate 2021; 地区生产总值 -1个百分点 point_change 2021; 一般公共预算收入 14亿元 level 2021; 一般公共预算收入 3.1% growth_rate 2021; 一般公共预算收入 -12.7% growth_rate 2021; 进出口总额 9亿元 level 2021; 进出口总额 2% growth_rate 2021"},
	{"names with 达, 等 and 拥有", review, "水质达标率100%，普通高等学校21所，每百户汽车拥有量由18辆增加到37辆。", "水质达标率 100% rate 2021; 普通高等学校 21所 level 2021; 每百户汽车拥有量 18辆 change_from_to_start 2020; 每百户汽车拥有量 37辆 change_from_to_end 2021"},
	{"new since the beginning of the year", review, "贷款余额983亿元，比年初新增75亿元。", "金融机构贷款余额 983亿元 level 2021; 金融机构贷款余额 75亿元 increment 2021"},
	{"tenths", review, "外贸进出口增长三成，民营经济占比超六成，办理时限压减六成以上，旅游收入增长一倍多，装机容量翻了两番多。", "进出口总额 30% growth_rate 2021; 民营经济 60% share 2021 over; 办理时限 -60% growth_rate 2021 at_least; 旅游收入 100% growth_rate 2021 over; 装机容量 4倍 multiple 2021 over"},
	{"harvests, better air and shorter times", review, "粮食产量增产1.5%，夏粮产量减产0.8%；PM2.5平均浓度27微克/立方米，改善3.6%；企业开办时间由3天压缩至0.5天。", "粮食产量 1.5% growth_rate 2021; 夏粮产量 -0.8% growth_rate 2021; PM2.5年均浓度 27微克/立方米 level 2021; PM2.5年均浓度 -3.6% growth_rate 2021; 企业开办时间 3天 change_from_to_start 2020; 企业开办时间 0.5天 change_from_to_end 2021"},
	{"conditions on what is counted", plan, "新签约亿元以上项目40个，其中10亿元以上5个；产值超10亿元企业达到2家，税收超千万元企业23家；村集体经济收入20万元以上的村占比达到85%。", "新签约亿元以上项目 40个 target_level by 2022; 10亿元以上项目 5个 target_level by 2022; 产值超10亿元企业 2家 target_level by 2022; 税收超千万元企业 23家 target_level by 2022; 村集体经济收入20万元以上的村 85% target_share by 2022"},
	{"money that is no condition", review, "争取资金10亿元以上，新建学校5所，投入超10亿元建成桥梁3座。", "资金 10亿元 level 2021 at_least; 新建学校 5所 level 2021; * 10亿元 level 2021 over; * 3座 level 2021"},
	{"total behind the new ones", review, "新入库规上企业23家，总数达186户；新增上市企业2家，累计达11家。", "新入库规上企业 23家 level 2021; 规上企业 186户 level 2021; 新增上市企业 2家 level 2021; 上市企业 11家 level 2021"},
	{"denominators", review, "每千人口拥有托位数由2.6个增加到3.9个，每万人发明专利拥有量7.5件。", "每千人口拥有托位数 2.6个 change_from_to_start 2020; 每千人口拥有托位数 3.9个 change_from_to_end 2021; 每万人口发明专利拥有量 7.5件 level 2021"},
	{"how much of a plan", review, "固定资产投资96.7亿元，完成年度目标任务的42.5%；城镇新增就业4.6万人，占年度计划的105%。", "固定资产投资 96.7亿元 level 2021; 固定资产投资 42.5% rate 2021; 城镇新增就业人数 4.6万人 level 2021; 城镇新增就业人数 105% rate 2021"},
	{"begun and completed", review, "开工建设保障性住房5600套，基本建成4300套。", "开工建设保障性住房 5600套 level 2021; 建成保障性住房 4300套 level 2021"},
	{"past time that modifies", plan, "去年开工的12个项目要全部投产，新增产值80亿元；2021年下达的20亿元专项债券资金要加快使用，新建学校6所。", "* 12个 level 2021; 新增产值 80亿元 target_level by 2022; * 20亿元 level 2021; 新建学校 6所 target_level by 2022"},
	{"months and quarters", "2023年前三季度清源市经济运行情况\n", "前三季度，全市地区生产总值1420.5亿元，同比增长5.3%；1—9月，固定资产投资300亿元；其中9月份，居民消费价格上涨0.2%。1-6月，进出口总额20亿元，比1—5月多增3亿元。9月末，贷款余额2100亿元。", "地区生产总值 1420.5亿元 level 2023-01-2023-09; 地区生产总值 5.3% growth_rate 2023-01-2023-09; 固定资产投资 300亿元 level 2023-01-2023-09; 居民消费价格指数 0.2% growth_rate 2023-09; 进出口总额 20亿元 level 2023-S1; 进出口总额 3亿元 increment 2023-S1; 金融机构贷款余额 2100亿元 level 2023-09"},
	{"list of places", review, "规上工业增加值、固定资产投资、社会消费品零售总额分别增长8%、10%、7%，增速分别居全市第1、第3和第2位。", "规模以上工业增加值 8% growth_rate 2021; 固定资产投资 10% growth_rate 2021; 社会消费品零售总额 7% growth_rate 2021; 规模以上工业增加值 1位 rank 2021; 固定资产投资 3位 rank 2021; 社会消费品零售总额 2位 rank 2021"},
	{"list of places, counts differ", review, "规上工业增加值增长8%，增速分别居全市第1、第3和第2位。", "规模以上工业增加值 8% growth_rate 2021; 拒: 1; 拒: 3; 拒: 2位"},
	{"places moved", review, "一般公共预算收入102亿元，总量居全省第5位、较上年前移2位。", "一般公共预算收入 102亿元 level 2021; 一般公共预算收入 5位 rank 2021; 一般公共预算收入 -2位 increment 2021"},
	{"stretches of years", review, "2019—2021年，城镇新增就业累计39.6万人。近三年新建学校12所。三年来，累计修建道路30公里。", "城镇新增就业人数 39.6万人 cumulative 2019-2021; 新建学校 12所 cumulative 2019-2021; 修建道路 30公里 cumulative 2019-2021"},
	{"end of a plan period", plan, "“十四五”末高速公路通车里程达到650公里。", "高速公路通车里程 650公里 target_level by 2025"},
}

func TestForms(t *testing.T) {
	for _, c := range forms {
		text := c.head + "\n　　" + c.text + "\n"
		res, err := Read(Doc{Text: text}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range res.Figures {
			f := &res.Figures[i]
			got = append(got, facts(f))
			if f.Status == indicators.Actual && !f.Kind.Target() && len(f.Spans) > 0 && f.Spans[0].To.Year() > res.Year {
				t.Errorf("%s: %s is Actual after %d", c.name, facts(f), res.Year)
			}
			if raw := text[f.NumStart:f.NumEnd]; !strings.ContainsAny(raw, "0123456789") && !strings.Contains(f.Note, "word=") {
				t.Errorf("%s: the number stands at %q", c.name, raw)
			}
		}
		for _, r := range res.Refused {
			got = append(got, "拒: "+r.Text)
		}
		if !same(got, c.want) {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.text, strings.Join(got, "; "), c.want)
		}
	}
}

func TestAreaOfTitle(t *testing.T) {
	for _, c := range []struct{ title, area string }{
		{"清源市2023年国民经济和社会发展统计公报", "清源市"},
		{"2023年云溪市白水区国民经济和社会发展统计公报", "白水区"},
		{"2023年前三季度清源市经济运行情况", "清源市"},
		{"2023年1—11月清源市经济运行分析", "清源市"},
		{"关于清源市2023年国民经济和社会发展计划执行情况的报告", "清源市"},
		{"易县政府工作报告", "易县"},
		{"焦作市2023年国民经济和社会发展统计公报", "焦作市"},
		// Sentences that end as names do.
		{"二是推动全省经济运行", ""},
		{"现在我代表自治区人民政府，作政府工作报告", ""},
		{"现在我代表省人民政府向大会作关于省政府工作报告", ""},
	} {
		res, err := Read(Doc{Text: c.title + "\n\n　　年末全市常住人口398.24万人，比上年末减少1.36万人。\n"}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if res.Area != c.area {
			t.Errorf("%s: area %q, want %q", c.title, res.Area, c.area)
		}
		if len(res.Figures) != 2 || res.Figures[0].Area != res.Figures[1].Area {
			t.Errorf("%s: a change is not of its subject's area: %+v", c.title, res.Figures)
		}
	}
}
