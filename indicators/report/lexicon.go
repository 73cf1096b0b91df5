package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// feature is a set of what the function words before a number say.
type feature uint32

const (
	fInc     feature = 1 << iota // 增长, 提高: a change upwards
	fDec                         // 下降, 减少: a change downwards
	fNoun                        // the change is named by a noun: 增速, 降幅
	fTo                          // 到, 至 behind a verb of change: what follows is a level
	fFrom                        // 由, 从
	fLevel                       // 达到, 为
	fAvg                         // 年均
	fCum                         // 累计, 共
	fResp                        // 分别
	fEach                        // 均, 各
	fComp                        // 同比, 比上年
	fEst                         // 预计
	fIntent                      // 力争, 计划, 将
	fHold                        // 保持
	fCap                         // 控制在
	fHigher                      // 高于
	fLower                       // 低于
	fReal                        // 按可比价
	fNominal                     // 现价
	fPerHead                     // 人均 in front of an increment
	fShare                       // 占
	fPull                        // 拉动
	fNew                         // 新增
)

// word is a function word and what it says.
type word struct {
	text string
	f    feature
}

// tailWords stand between the subject and its number.
var tailWords = []word{
	// Changes.
	{"增长", fInc}, {"增加", fInc}, {"提高", fInc}, {"上升", fInc}, {"上涨", fInc}, {"递增", fInc}, {"提升", fInc}, {"扩大", fInc}, {"增收", fInc}, {"增产", fInc}, {"前移", fInc}, {"后移", fDec}, {"减产", fDec}, {"攀升", fInc}, {"回升", fInc}, {"增多", fInc}, {"拓展", fInc}, {"延长", fInc}, {"跃升", fInc}, {"跃", fInc}, {"增资", fInc}, {"上调", fInc}, {"递增了", fInc},
	{"增速", fInc | fNoun}, {"增幅", fInc | fNoun}, {"涨幅", fInc | fNoun}, {"增长率", fInc | fNoun}, {"增长目标", fInc | fIntent}, {"增长预期目标", fInc | fIntent}, {"全年人均", fPerHead}, {"增长速度", fInc | fNoun}, {"升幅", fInc | fNoun}, {"增长幅度", fInc | fNoun}, {"提高幅度", fInc | fNoun}, {"同比增幅", fInc | fNoun | fComp},
	{"升值", fInc}, {"贬值", fDec}, {"多增", fInc}, {"少增", fDec}, {"兑", 0}, {"翻", fInc}, {"翻了", fInc}, {"增", fInc}, {"升", fInc}, {"涨", fInc},
	{"下降", fDec}, {"减少", fDec}, {"降低", fDec}, {"压缩", fDec}, {"压减", fDec}, {"缩减", fDec}, {"精简", fDec}, {"削减", fDec}, {"下滑", fDec}, {"回落", fDec}, {"缩短", fDec}, {"缩小", fDec}, {"减", fDec}, {"降", fDec}, {"下跌", fDec}, {"负增长", fDec}, {"下调", fDec}, {"调减", fDec}, {"收窄", fDec}, {"递减", fDec},
	{"降幅", fDec | fNoun}, {"减幅", fDec | fNoun}, {"跌幅", fDec | fNoun}, {"下降率", fDec | fNoun}, {"下降幅度", fDec | fNoun},
	// A level after a change.
	{"调整为", fTo}, {"演进为", fTo}, {"优化为", fTo}, {"转变为", fTo}, {"变为", fTo}, {"调整到", fTo}, {"优化到", fTo}, {"增至", fTo}, {"降至", fTo}, {"升至", fTo}, {"减至", fTo}, {"提至", fTo}, {"增到", fTo}, {"降到", fTo}, {"升到", fTo}, {"减到", fTo}, {"扩大到", fTo}, {"发展到", fLevel}, {"发展至", fLevel}, {"达至", fLevel}, {"扩至", fTo}, {"缩至", fTo}, {"压至", fTo}, {"压缩至", fTo}, {"压减至", fTo}, {"压缩到", fTo}, {"压减到", fTo}, {"跃上", fTo},
	// Levels.
	{"达到了", fLevel}, {"达到", fLevel}, {"达", fLevel}, {"完成", 0}, {"完成了", 0}, {"实现", 0}, {"实现了", 0}, {"为", fLevel}, {"是", fLevel}, {"突破", fLevel}, {"已达", fLevel}, {"有", fLevel}, {"现有", fLevel}, {"拥有", fLevel}, {"共有", fLevel}, {"控制在", fCap}, {"控制到", fLevel}, {"稳定在", fHold | fLevel}, {"保持在", fHold | fLevel}, {"保持", fHold}, {"维持在", fHold | fLevel}, {"超过", fLevel}, {"高达", fLevel}, {"多达", fLevel}, {"总数达", fLevel}, {"收于", fLevel}, {"录得", fLevel}, {"在", 0}, {"于", 0}, {"成", 0}, {"一举", 0}, {"首次", 0}, {"基本", 0}, {"已经", 0}, {"已", 0}, {"也", 0}, {"仍", 0}, {"就", 0}, {"再", 0}, {"又", 0}, {"还", 0}, {"仅", 0}, {"只有", fLevel}, {"不到", fLevel}, {"接近", fLevel},
	{"到", fTo}, {"至", fTo},
	// Sums.
	{"累计", fCum}, {"累积", fCum}, {"共计", fCum}, {"总计", fCum}, {"合计", fCum}, {"共", fCum}, {"一共", fCum}, {"总共", fCum}, {"累计达", fCum | fLevel},
	// Who and how.
	{"分别", fResp}, {"依次", fResp}, {"均", fEach}, {"各", fEach}, {"都", fEach}, {"平均", 0}, {"人均", fPerHead}, {"月均", fPerHead}, {"户均", fPerHead}, {"每人", fPerHead}, {"每年", fPerHead}, {"每月", fPerHead}, {"月", fPerHead}, {"年人均", fPerHead}, {"月人均", fPerHead}, {"年户均", fPerHead}, {"人均月", fPerHead}, {"人均年", fPerHead},
	{"年均", fAvg}, {"年平均", fAvg}, {"平均每年", fAvg}, {"年均复合", fAvg}, {"两年平均", fAvg}, {"三年平均", fAvg},
	// Comparisons without a year; those with one are found by comparison.
	{"同比", fComp}, {"环比", fComp}, {"同比实际", fComp | fReal}, {"按可比价", fReal}, {"按可比价格", fReal}, {"按可比价计算", fReal}, {"按可比价格计算", fReal}, {"按可比口径", 0}, {"可比", fReal}, {"按不变价", fReal}, {"按不变价计算", fReal}, {"按不变价格", fReal}, {"按现价计算", fNominal}, {"按自然口径", 0}, {"由负转正", 0}, {"由降转升", 0}, {"由降转增", 0}, {"由跌转涨", 0}, {"由正转负", 0}, {"由升转降", 0}, {"由增转降", 0}, {"按不变价格计算", fReal}, {"扣除价格因素", fReal}, {"实际", fReal}, {"名义", fNominal}, {"同口径", 0}, {"净", 0}, {"再次", 0}, {"大幅", 0}, {"小幅", 0}, {"平稳", 0}, {"稳步", 0}, {"略", 0}, {"微", 0}, {"快速", 0}, {"逐年", 0}, {"进一步", 0}, {"同增长", fInc}, {"同期", fComp},
	// Intentions.
	{"预计", fEst}, {"预期", fIntent}, {"力争", fIntent}, {"确保", fIntent}, {"争取", fIntent}, {"努力", fIntent}, {"保证", fIntent}, {"计划", fIntent}, {"预期目标", fIntent}, {"奋斗目标", fIntent}, {"奋斗", fIntent}, {"拟", fIntent}, {"将", fIntent}, {"要", fIntent}, {"有望", fEst},
	// Gaps to others.
	{"高于", fHigher}, {"高出", fHigher}, {"快于", fHigher}, {"高", fHigher}, {"快", fHigher}, {"多", fHigher}, {"领先", fHigher}, {"优于", fHigher}, {"低于", fLower}, {"低", fLower}, {"慢于", fLower}, {"少", fLower}, {"落后", fLower},
	// Fillers.
	{"的", 0}, {"了", 0}, {"约", 0}, {"近", 0}, {"超", 0}, {"逾", 0}, {"、", 0}, {"，", 0}, {"。", 0}, {":", 0}, {"；", 0}, {",", 0}, {"和", 0}, {"与", 0}, {"及", 0}, {"以及", 0}, {"或", 0}, {"并", 0}, {"（", 0}, {"）", 0}, {"其中", 0}, {"—", 0}, {"-", 0}, {"人民币", 0}, {"由", fFrom}, {"从", fFrom}, {"自", fFrom}, {"比", fComp}, {"较", fComp}, {"前", 0}, {"第", 0},
	{"当年", 0}, {"全年", 0}, {"年内", 0}, {"五年", 0}, {"今年", 0}, {"本年", 0}, {"年末", 0}, {"年底", 0},
}

// tails holds tailWords by last character, longest first.
var tails = index(tailWords, true)

// headWords stand before the subject and say nothing about what it is.
var headWords = []word{
	{"、", 0}, {"，", 0}, {",", 0}, {":", 0}, {"；", 0}, {"。", 0}, {"和", 0}, {"与", 0}, {"及", 0}, {"以及", 0}, {"”", 0}, {"）", 0}, {"—", 0}, {"-", 0}, {".", 0}, {"’", 0}, {"！", 0},
	{"其中", 0}, {"其中:", 0}, {"同时", 0}, {"另外", 0}, {"此外", 0}, {"并", 0}, {"且", 0}, {"还", 0}, {"又", 0}, {"再", 0}, {"使", 0}, {"让", 0}, {"为", 0}, {"对", 0}, {"将", 0}, {"把", 0}, {"在", 0}, {"给", 0}, {"向", 0}, {"由", 0}, {"从", 0}, {"被", 0}, {"是", 0}, {"有", 0}, {"的", 0}, {"了", 0}, {"也", 0}, {"等", 0}, {"至", 0}, {"到", 0}, {"因", 0}, {"以", 0},
	{"共", fCum}, {"累计", fCum}, {"累积", fCum}, {"共计", fCum}, {"总计", fCum}, {"合计", fCum}, {"一共", fCum}, {"已", 0}, {"已经", 0}, {"均", fEach}, {"各", 0}, {"分别", fResp}, {"仅", 0}, {"年均", fAvg}, {"平均每年", fAvg}, {"同比", fComp},
	{"实现", 0}, {"实现了", 0}, {"完成", 0}, {"完成了", 0}, {"达到", 0}, {"全面", 0}, {"全力", 0}, {"继续", 0}, {"持续", 0}, {"加快", 0}, {"大力", 0}, {"积极", 0}, {"深入", 0}, {"扎实", 0}, {"稳步", 0}, {"有序", 0}, {"顺利", 0}, {"成功", 0}, {"先后", 0}, {"着力", 0}, {"认真", 0}, {"重点", 0}, {"严格", 0}, {"相继", 0}, {"圆满", 0}, {"妥善", 0}, {"高标准", 0}, {"高质量", 0}, {"按时", 0}, {"超额", 0}, {"如期", 0}, {"统筹", 0}, {"推进", 0}, {"推动", 0}, {"实施", 0}, {"实施了", 0}, {"开展", 0}, {"抓好", 0}, {"做好", 0}, {"实施好", 0}, {"用好", 0}, {"建好", 0}, {"办好", 0}, {"启动", 0}, {"组织", 0}, {"落实", 0}, {"促进", 0}, {"支持", 0}, {"扩大", 0}, {"不断", 0}, {"进一步", 0}, {"切实", 0}, {"特别是", 0},
	{"力争", fIntent}, {"确保", fIntent}, {"争取", fIntent}, {"努力", fIntent}, {"保证", fIntent}, {"预计", fEst}, {"计划", fIntent}, {"拟", fIntent}, {"要", fIntent}, {"提出", 0}, {"通过", 0}, {"按照", 0}, {"围绕", 0}, {"初步核算", 0}, {"经初步核算", 0}, {"据统计", 0}, {"据初步统计", 0}, {"按常住人口计算", 0}, {"调查数据显示", 0},
	{"全年", 0}, {"年内", 0}, {"当年", 0}, {"今年", 0}, {"去年", 0}, {"年末", 0}, {"年底", 0}, {"年底前", 0}, {"年初以来", 0}, {"目前", 0}, {"截至目前", 0}, {"现有", fLevel}, {"每年", 0}, {"末", 0}, {"底", 0}, {"底前", 0}, {"末，", 0}, {"年度", 0}, {"一年来", 0}, {"过去一年", 0}, {"五年来", fCum}, {"五年", fCum}, {"五年间", fCum}, {"过去五年", 0}, {"今后五年", 0}, {"未来五年", 0}, {"期间", 0}, {"时期", 0}, {"以来", 0}, {"一季度末", 0}, {"一季度", 0}, {"上半年", 0}, {"下半年", 0}, {"前三季度", 0}, {"二季度", 0}, {"三季度", 0}, {"四季度", 0}, {"届时", 0}, {"到年底", 0}, {"本届政府", 0},
	{"一是", 0}, {"二是", 0}, {"三是", 0}, {"四是", 0}, {"五是", 0}, {"六是", 0}, {"七是", 0}, {"八是", 0}, {"九是", 0}, {"十是", 0}, {"一、", 0},
	{"全区", 0}, {"我区", 0}, {"全市", 0}, {"我市", 0}, {"全县", 0}, {"我县", 0}, {"全旗", 0}, {"我旗", 0}, {"全省", 0}, {"我省", 0}, {"全国", 0}, {"我国", 0}, {"全州", 0}, {"我州", 0}, {"全镇", 0}, {"辖区", 0}, {"本区", 0}, {"区内", 0}, {"境内", 0}, {"全自治区", 0}, {"全域", 0},
	{"总体看", 0}, {"分规模看", 0}, {"分地域看", 0}, {"分行业看", 0}, {"使", 0}, {"达", fLevel}, {"突破", fLevel}, {"拥有", fLevel},
}

var heads = index(headWords, false)

// objectVerbs take the thing that is counted as their object: what stands
// behind the number names it, if nothing stands between verb and number.
var objectVerbs = []string{
	"新建改扩建", "新建及改造提升", "新建及改造", "新建改造", "改造提升", "提升改造", "新建", "改建", "扩建", "改扩建", "续建", "重建", "修建", "建成", "建设", "建立", "建", "改造", "提质改造", "打造", "铺设", "栽植", "种植", "修缮", "维修改造", "维修", "整治", "治理", "解决了", "解决", "化解", "办结", "办理", "受理", "查处", "关停", "淘汰", "清理", "腾退", "取缔", "拆除", "征收", "削减", "取消", "下放", "取消和下放", "精简", "减少", "新增", "增加", "净增", "引进", "招引", "引入", "签约", "落地", "培育", "培育壮大", "新培育", "孵化", "认定", "创建", "命名", "评选", "申报", "新申报", "获批", "获评", "获得", "荣获", "入选", "承办", "举办", "开展", "组织", "完成", "实施", "实现", "启动", "开工", "竣工", "投产", "推进", "抓好", "派出", "选派", "培训", "安置", "帮扶", "救助", "惠及", "覆盖", "吸纳", "带动", "帮助", "支持", "服务", "接待", "发放", "投放", "投入", "购置", "采购", "更新", "设立", "成立", "组建", "开通", "开辟", "推出", "出台", "制定", "修订", "发布", "谋划", "储备", "包装", "争取", "吸引", "开办", "收治", "排查", "整改", "盘活", "处置", "出让", "流转", "供应", "提供", "绿化", "使", "让", "为", "与", "向", "对", "给", "由", "等", "将", "晋级", "安装", "改善", "打通", "完善", "保障", "保护", "建好", "布局", "布设", "设置", "达到",
}

// plainVerbs say that something was done without saying what: they are left
// out of names.
var plainVerbs = map[string]bool{"建成": true, "完成": true, "实现": true, "实施": true, "推进": true, "抓好": true, "使": true, "让": true, "为": true, "与": true, "向": true, "对": true, "给": true, "由": true, "等": true, "将": true, "开展": true, "组织": true, "启动": true, "达到": true, "获得": true, "支持": true, "帮助": true, "完善": true, "提供": true, "解决了": true, "发放": true, "投入": true, "增加": true, "减少": true, "改善": true, "保障": true}

// genericNouns name nothing by themselves; the subject before them does.
var genericNouns = map[string]bool{"投资": true, "投入": true, "资金": true, "增加值": true, "产值": true, "总产值": true, "零售额": true, "利润": true, "税收": true, "收入": true, "营业收入": true, "投资额": true, "总投资": true, "面积": true, "任务": true, "改造任务": true, "绿化任务": true, "建设任务": true, "消费量": true, "产量": true, "总量": true, "项目": true, "贡献率": true, "覆盖率": true, "完成率": true, "数量": true, "总数": true, "改造": true, "出口": true, "进口": true, "兑付金额": true, "金额": true, "创建率": true, "办结率": true, "满意率": true, "合格率": true, "达标率": true, "参与率": true, "总规模": true, "长度": true, "建筑面积": true, "占地面积": true, "改造面积": true, "资金投入": true, "总长": true, "总里程": true, "人数": true, "销售额": true, "交易额": true, "成交额": true, "完成投资": true}

func index(ws []word, back bool) map[rune][]word {
	m := map[rune][]word{}
	for _, w := range ws {
		var k rune
		if back {
			k, _ = utf8.DecodeLastRuneInString(w.text)
		} else {
			k, _ = utf8.DecodeRuneInString(w.text)
		}
		m[k] = append(m[k], w)
	}
	for _, l := range m {
		slices.SortStableFunc(l, func(a, b word) int { return len(b.text) - len(a.text) })
	}
	return m
}

// verbsByLen holds objectVerbs, longest first.
var verbsByLen = func() []string {
	v := slices.Clone(objectVerbs)
	slices.SortStableFunc(v, func(a, b string) int { return len(b) - len(a) })
	return v
}()

// endVerb returns the object verb that s ends with, or "".
func endVerb(s string) string {
	for _, v := range verbsByLen {
		if strings.HasSuffix(s, v) {
			return v
		}
	}
	return ""
}

// notAfter lists, for short function words, the characters in front of which
// they are the end of another word: 公共, 国有, 主要.
var notAfter = map[string]string{
	"为": "行作认因成分以较称誉被", "是": "但于总还凡", "成": "完形建组养收达", "在": "存现所内", "于": "用由位对关至低高", "到": "得找遇", "有": "国所私没享专民公拥占具保特含",
	"拥有": "", "达": "发到表抵直传", "共": "公中总", "均": "平人月户年亩", "月": "0123456789个岁", "高": "提最新创升", "快": "加轻", "多": "众许很", "少": "减至不缺", "要": "主重需纪概摘", "由": "自理", "比": "占同环对", "较": "比", "就": "成", "都": "首古", "和": "饱共缓调总", "与": "参", "及": "普涉以惠", "并": "合兼", "自": "各", "前": "目日以提年月", "还": "偿归", "低": "最降", "降": "下", "减": "", "增": "新净", "升": "提晋", "的": "目", "了": "", "将": "", "升至": "提上回攀跃", "降至": "下", "升到": "提上回攀跃", "降到": "下", "减到": "", "再": "", "至": "截甚", "从": "服", "居": "定民旧安", "第": "", "超": "", "约": "合签", "近": "", "各": "", "保持": "", "跃": "活飞", "涨": "上", "翻": "", "首次": "", "到了": "",
}

// notBefore lists, for function words at the head, the characters behind
// which they begin another word: 对外, 从业, 有效.
var notBefore = map[string]string{
	"达": "标产", "拥有": "量率", "对": "外口接俄蒙", "在": "校建册编岗职库业营", "有": "效机色线关", "从": "业事", "并": "网购轨", "使": "用馆命", "还": "贷款迁本", "再": "就生", "共": "同享青产建", "等": "级候", "和": "谐平", "与": "会", "被": "征", "给": "排水", "各": "类项族级种界", "要": "素", "由": "", "将": "军", "为": "民", "以": "工上内", "因": "病", "是": "", "到": "位户岗", "至": "", "让": "利", "把": "", "末": "端", "底": "层数", "实现": "率", "完成": "率额投", "达到": "", "重点": "项工建产企实优", "一季度": "", "扩大": "", "支持": "", "实施": "", "促进": "", "年度": "", "均": "衡", "了": "", "的": "", "分别": "", "全国": "重文", "全省": "", "同比": "", "向": "", "也": "", "且": "", "期间": "", "时期": "", "启动": "", "推进": "", "推动": "", "累计": "", "保证": "金", "计划": "生", "去年": "", "落实": "", "组织": "", "覆盖": "率面", "惠及": "", "全面": "", "总计": "", "现有": "",
}
