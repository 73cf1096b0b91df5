package report

import (
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

// title makes the sentences of the table a work report of 2022 on 2021.
const (
	title  = "政府工作报告\n——2022年4月23日在某某市东山区第十六届人民代表大会第一次会议上\n东山区人民政府区长 某某\n"
	review = title + "一、2021年工作回顾\n"
	plan   = title + "二、2022年主要工作\n"
	term   = title + "一、过去五年工作回顾\n"
)

// The sentences are invented; their forms are those of real reports.
var sentences = []struct {
	name, head, text string
	want             string // figures, and refusals as 拒: number
}{
	{"level and growth", review, "地区生产总值完成312.5亿元，同比增长7.2%。", "地区生产总值 312.5亿元 level 2021; 地区生产总值 7.2% growth_rate 2021"},
	{"decline", review, "规模以上工业增加值同比下降3.1%，进出口总额比上年减少5.2亿元。", "规模以上工业增加值 -3.1% growth_rate 2021; 进出口总额 -5.2亿元 increment 2021"},
	{"decline of at least", review, "主要污染物排放量下降15%以上。", "主要污染物排放量 -15% growth_rate 2021 at_least"},
	{"from to", review, "森林覆盖率由2016年的30.1%提高到2021年的35%。", "森林覆盖率 30.1% rate 2016; 森林覆盖率 35% rate 2021"},
	{"points are never per cent", review, "常住人口城镇化率达到65.2%，比上年提高0.9个百分点。", "常住人口城镇化率 65.2% rate 2021; 常住人口城镇化率 0.9个百分点 point_change 2021"},
	{"gap to the city", review, "固定资产投资增长12%，高于全市2.3个百分点。", "固定资产投资 12% growth_rate 2021; 固定资产投资 2.3个百分点 difference 2021"},
	{"contribution", review, "消费对经济增长的贡献率为57%，拉动经济增长1.1个百分点。", "消费对经济增长的贡献率 57% share 2021; 消费对经济增长的贡献率拉动经济 1.1个百分点 point_change 2021"},
	{"share of the city", review, "实现社会消费品零售总额331亿元，占全市的14.4%。", "社会消费品零售总额 331亿元 level 2021; 社会消费品零售总额 14.4% share 2021"},
	{"fractions and halves", review, "审批事项减少三分之一，证明材料减少一半以上。", "审批事项 -33.33% growth_rate 2021; 证明材料 -50% growth_rate 2021 at_least"},
	{"times", review, "网上零售额是2016年的2.6倍，技术合同成交额增长两倍。", "网上零售额 2.6倍 multiple 2016-2021; 技术合同成交额 200% growth_rate 2021"},
	{"no change", review, "粮食产量与上年持平。", "粮食产量 0% growth_rate 2021"},
	{"estimate", review, "预计全年接待游客120万人次，旅游收入预计达到8.5亿元。", "旅游接待人数 120万人次 level 2021 E; 旅游收入 8.5亿元 level 2021 E"},
	{"respectively, two", review, "城镇和农村居民人均可支配收入分别达到38000元、19000元，增长8.1%、9.3%。", "城镇居民人均可支配收入 38000元 level 2021; 农村居民人均可支配收入 19000元 level 2021; 城镇居民人均可支配收入 8.1% growth_rate 2021; 农村居民人均可支配收入 9.3% growth_rate 2021"},
	{"respectively, counts differ", review, "第一、第二、第三产业分别增长3%和4%。", "拒: 3%; 拒: 4%"},
	{"one for all", review, "一般公共预算收入、税收收入均增长9%。", "一般公共预算收入 9% growth_rate 2021; 税收收入 9% growth_rate 2021"},
	{"of which", review, "完成投资50亿元，其中工业投资20亿元。", "* 50亿元 level 2021; 工业固定资产投资 20亿元 level 2021"},
	{"semicolon ends the reach", review, "地区生产总值312.5亿元；同比增长7.2%。", "地区生产总值 312.5亿元 level 2021; 拒: 7.2%"},
	{"things behind their number", review, "新建12公里污水管网、3座泵站和25个停车场。", "新建污水管网 12公里 level 2021; 新建泵站 3座 level 2021; 新建停车场 25个 level 2021"},
	{"over and nearly", review, "惠及群众5000余户，兑付资金近9000万元，栽植树木3万多株。", "惠及群众 5000户 level 2021 over; 兑付资金 9000万元 level 2021 nearly; 栽植树木 3万株 level 2021 over"},
	{"words with a measure word", review, "年内新建小学两所，化解信访积案二十余件。", "新建小学 2所 level 2021; 化解信访积案 20件 level 2021 over"},
	{"not figures", review, "东山700万吨露天矿、2×35万千瓦热电联产和日产500吨熟料生产线进展顺利，4S店、PM2.5和“8337”照旧，120急救中心投用，三个先行、十四届四次会议。", ""},
	{"threshold inside the name", review, "投资超5亿元的项目已达4个，80岁以上老人每人受益。", "投资超5亿元的项目 4个 level 2021"},
	{"rank", review, "工业投资增速位居全市第二，高新技术企业达到31家，居全市第1位。", "工业固定资产投资 2位 rank 2021; 高新技术企业数 31家 level 2021; 高新技术企业数 1位 rank 2021"},
	{"project", review, "总投资30亿元的电池产业园开工建设。", "电池产业园总投资 30亿元 project_total 2021"},
	{"five years", term, "五年来，累计新增城镇就业3.2万人，建成学校17所，森林覆盖率达到35%，地区生产总值年均增长6.8%。", "城镇新增就业人数 3.2万人 cumulative 2017-2021; 建成学校 17所 cumulative 2017-2021; 森林覆盖率 35% rate 2021; 地区生产总值 6.8% avg_growth_rate 2016-2021|2017-2021"},
	{"five years with their base", term, "五年来，财政总收入由8亿元增加到15亿元。", "财政总收入 8亿元 change_from_to_start 2016|2017; 财政总收入 15亿元 change_from_to_end 2021"},
	{"goals", plan, "今年经济社会发展的主要预期目标是：地区生产总值增长8%左右，一般公共预算收入达到20亿元，城镇登记失业率控制在4%以内，新增就业5000人以上，研发投入强度保持2%以上。", "地区生产总值 8% target_growth by 2022 about; 一般公共预算收入 20亿元 target_level by 2022; 城镇登记失业率 4% target_ceiling by 2022 at_most; 城镇新增就业人数 5000人 target_floor by 2022 at_least; 研发经费投入强度 2% target_floor by 2022 at_least"},
	{"range", plan, "地区生产总值增长6.5%—7%。", "地区生产总值 6.5% target_growth by 2022 at_least; 地区生产总值 7% target_growth by 2022 at_most"},
	{"goal of a later year", plan, "到2026年，高新技术企业达到100家；力争“十四五”期间投资总额达到2000亿元。", "高新技术企业数 100家 target_level by 2026; 投资总额 2000亿元 target_cumulative 2021-2025"},
	{"doubling", plan, "确保还贷周转金规模翻一番，旅游收入翻两番。", "还贷周转金规模 2倍 target_multiple by 2022; 旅游收入 4倍 target_multiple by 2022"},
	{"what was stays a fact in a plan", plan, "去年已建成12个社区，今年再建20个。", "社区 12个 level 2021; * 20个 target_level by 2022"},
	{"traditional characters and full width", review, "地區生產總值完成３１２．５億元，同比增長７．２％。", "地区生产总值 312.5亿元 level 2021; 地区生产总值 7.2% growth_rate 2021"},
	{"structure", review, "三次产业结构由5:45:50调整为4.5 : 44 : 51.5。", "第一产业比重 5% share 2020; 第二产业比重 45% share 2020; 第三产业比重 50% share 2020; 第一产业比重 4.5% share 2021; 第二产业比重 44% share 2021; 第三产业比重 51.5% share 2021"},
}

func TestSentences(t *testing.T) {
	for _, c := range sentences {
		text := c.head + "\n　　" + c.text + "\n"
		res, err := Read(Doc{Text: text}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range res.Figures {
			got = append(got, facts(&res.Figures[i]))
		}
		for _, r := range res.Refused {
			got = append(got, "拒: "+r.Text)
		}
		if !same(got, c.want) {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.text, strings.Join(got, "; "), c.want)
		}
	}
}

func same(got []string, want string) bool {
	var w []string
	if want != "" {
		w = strings.Split(want, "; ")
	}
	if len(w) != len(got) {
		return false
	}
	for i := range w {
		if rest, ok := strings.CutPrefix(w[i], "* "); ok {
			if !strings.HasSuffix(got[i], rest) {
				return false
			}
		} else if got[i] != w[i] {
			return false
		}
	}
	return true
}

func TestDetails(t *testing.T) {
	read := func(text string) map[string]*Figure {
		res, err := Read(Doc{Key: "d", Text: text}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		m := map[string]*Figure{}
		for i := range res.Figures {
			m[res.Figures[i].Value.String()+res.Figures[i].Unit.Symbol] = &res.Figures[i]
		}
		return m
	}
	m := read(review + "　　全区地区生产总值完成312.5亿元，占全市总量的12.8%，按可比价计算增长7.2%。区本级固定资产投资增长9%。经初步核算，工业增加值80亿元。\n二、2022年主要工作\n　　力争新增就业1.4万人以上，社会消费品零售总额占全省比重达到15%。")
	for key, check := range map[string]func(f *Figure) bool{
		"312.5亿元": func(f *Figure) bool {
			return f.Area == "东山区" && f.English == "Gross regional product" && f.Better == indicators.Up
		},
		"12.8%": func(f *Figure) bool { return f.Of == "地区生产总值@某某市" },
		"7.2%":  func(f *Figure) bool { return f.Prices == indicators.Real },
		"9%":    func(f *Figure) bool { return f.Scope == "区本级" && f.Indicator == "固定资产投资" },
		"80亿元":  func(f *Figure) bool { return f.Status == indicators.Provisional },
		"1.4万人": func(f *Figure) bool { return f.Commitment == "力争" && f.Status == indicators.NoStatus },
		"15%": func(f *Figure) bool {
			return f.Kind == indicators.KindTargetShare && f.Of == "社会消费品零售总额@全省"
		},
	} {
		if f := m[key]; f == nil || !check(f) {
			t.Errorf("%s: %+v", key, f)
		}
	}
}
