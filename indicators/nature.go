package indicators

import (
	"math"
	"strings"
)

// Nature is what sort of quantity an indicator is. It decides which growth is
// plausible before any data are seen, which bounds hold, and whether changes
// are per cent or points.
type Nature uint8

// The natures.
const (
	Amount        Nature = iota // money, output, income: grows with the economy
	Stock                       // count or quantity of things in being: firms, beds, roads
	Activity                    // yearly count of things done: new jobs, projects begun
	Ratio                       // percentage of something, between 0 and 100
	GrowthNature                // growth rate in per cent, unbounded
	Concentration               // of a pollutant
	Days                        // days of a year
	IndexNumber                 // index, points, other level without a natural trend
	Population                  // people who live in a place
	Aggregate                   // amount that sums up an economy or its mean per head: product, incomes; moves slowly
)

var natureNames = [...]string{"amount", "stock", "activity", "ratio", "growth", "concentration", "days", "index", "population", "aggregate"}

// String returns the name of the nature.
func (n Nature) String() string { return natureNames[n] }

// MarshalText implements encoding.TextMarshaler.
func (n Nature) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is Amount.
func (n *Nature) UnmarshalText(b []byte) error {
	i, err := enumIndex(natureNames[:], string(b), "nature")
	if err == nil {
		*n = Nature(i)
	}
	return err
}

// Trending reports whether quantities of this nature grow with the economy;
// the others do not, or little.
func (n Nature) Trending() bool {
	return n == Amount || n == Stock || n == Population || n == Aggregate
}

// Bounds returns the range in which values must lie. unbounded natures give
// the whole line; money and counts cannot be negative.
func (n Nature) Bounds() Interval {
	switch n {
	case Ratio:
		return Interval{Lo: 0, Hi: 100}
	case Days:
		return Interval{Lo: 0, Hi: 366}
	case GrowthNature:
		return Interval{Lo: -100, Hi: math.Inf(1)}
	}
	return AtLeastX(0)
}

// activityWords mark yearly counts in the names of indicators.
var activityWords = []string{"新增", "新建", "新培育", "新开工", "招引", "引进", "改造", "培训", "再就业", "办结", "申报", "淘汰", "关停", "处置", "盘活", "贷款", "退税", "奖补", "项目", "投放", "发放", "登记", "接种", "检测", "实现就业", "转移就业", "就业人数", "脱贫", "减贫", "减少", "搬迁", "惠及", "受益", "解决", "转移", "输出", "输送", "资助", "帮扶", "救助", "安置"}

// newWords begin the names of what is added in a year, whatever its unit:
// 新建农村道路 in 公里. Money spent on it stays an amount.
var newWords = []string{"新增", "新建", "新改建", "改扩建", "新培育", "新开工"}

// flowWords mark counts that grow with the economy as amounts do, not things
// in being: 旅游接待人数 in 万人次.
var flowWords = []string{"接待", "吞吐量", "客运量", "旅客", "游客", "人次", "销售", "销量", "产量", "出栏"}

// aggregateWords mark the amounts that sum up an economy, or its mean per head,
// if in money.
var aggregateWords = []string{"生产总值", "社会消费品零售总额", "存款余额", "贷款余额", "人均"}

// economicWords mark what grows with the economy, apartWords what is only
// measured by it.
var (
	economicWords = []string{"生产总值", "增加值", "总产值", "收入", "支出", "投资", "零售", "消费品", "销售", "进出口", "出口", "进口", "外资", "税收", "利润", "利税", "存款", "贷款", "营业额", "成交额"}
	apartWords    = []string{"能耗", "电耗", "水耗", "排放", "强度", "占", "单位", "比重", "价格", "人口", "人数"}
)

// Economic reports whether a name is that of an amount that grows with the
// economy: 一般公共预算收入, not 单位生产总值能耗.
func Economic(name string) bool {
	has := func(words []string) bool {
		for _, w := range words {
			if strings.Contains(name, w) {
				return true
			}
		}
		return false
	}
	return has(economicWords) && !has(apartWords)
}

// populationWords mark the residents of a place among all that is counted in
// people.
var populationWords = []string{"常住人口", "户籍人口", "总人口", "人口总数", "人口总量", "城镇人口", "乡村人口", "总户数", "户籍户数"}

// NatureOf infers the nature of an indicator from its name, unit and the
// kind of statement made about it. It is a rule of thumb that a caller with
// better knowledge overrides.
func NatureOf(name string, u Unit, k Kind) Nature {
	m := k.Measure()
	switch {
	case m == GrowthRate || m == Relative:
		return GrowthNature
	case m == Share:
		return Ratio
	case u.Base == "UG_M3" || strings.HasPrefix(name, "PM2.5") || strings.HasPrefix(name, "PM10"):
		return Concentration
	case u.Symbol == "天" && strings.Contains(name, "天数"):
		return Days
	case m == Rank || m == Multiple || k == KindIndex:
		return IndexNumber
	case u.Percent():
		// 能耗强度下降, 出口占比 and the like are ratios; growth words are not.
		if strings.HasSuffix(name, "增速") || strings.HasSuffix(name, "增长率") {
			return GrowthNature
		}
		return Ratio
	case u.Base == "TCE/万元" || u.Base == "KWH/万元":
		return IndexNumber
	case k == KindIncrementYear || k == KindTargetIncrement:
		return Activity
	}
	if !u.Money() {
		for _, w := range newWords {
			if strings.HasPrefix(name, w) {
				return Activity
			}
		}
	}
	if u.Base == BaseYuan || u.Base == "CNY/人" {
		for _, w := range aggregateWords {
			if strings.Contains(name, w) {
				return Aggregate
			}
		}
	}
	if u.Count {
		if u.Base == "人" || u.Base == "户" {
			for _, w := range populationWords {
				if strings.HasSuffix(name, w) {
					return Population
				}
			}
		}
		for _, w := range activityWords {
			if strings.Contains(name, w) {
				return Activity
			}
		}
		for _, w := range flowWords {
			if strings.Contains(name, w) {
				return Amount
			}
		}
		return Stock
	}
	return Amount
}
