package theta

import (
	"fmt"
	"math"
	"strings"

	"example.com/zhibiao/forecast/internal/plain"
)

// Explain implements forecast.Explainer: which form was fitted and why, what
// the forecast rests on and how wide its intervals are.
func (m *Model) Explain(lang string) string {
	if lang == "zh" {
		return m.explainZh()
	}
	return m.explainEn()
}

var english = [...]string{
	Standard: "the Theta method, exponential smoothing plus half the slope of the straight line through the series",
	STM:      "the standard Theta model (STM), which gives the straight line through the series half the weight",
	OTM:      "the optimised Theta model (OTM), which estimates the weight of the straight line through the series",
	DSTM:     "the dynamic standard Theta model (DSTM), whose straight line learns with each value and has half the weight",
	DOTM:     "the dynamic optimised Theta model (DOTM), whose straight line learns with each value and has an estimated weight",
}

var chinese = [...]string{
	Standard: "Theta 方法，即指数平滑加上趋势直线斜率的一半",
	STM:      "标准 Theta 模型（STM），趋势直线的权重为一半",
	OTM:      "优化 Theta 模型（OTM），趋势直线的权重由数据估计",
	DSTM:     "动态标准 Theta 模型（DSTM），趋势直线逐期更新，权重为一半",
	DOTM:     "动态优化 Theta 模型（DOTM），趋势直线逐期更新，权重由数据估计",
}

func (m *Model) explainEn() string {
	var b strings.Builder
	fmt.Fprintf(&b, "The forecast uses %s.", english[m.Variant])
	if m.Variant != m.Asked {
		fmt.Fprintf(&b, " With %d values, fewer than %d, the %s model asked for has too many parameters.", m.N, minDynamic, strings.ToUpper(m.Asked.String()))
	}
	fmt.Fprintf(&b, " It rests on %d values.", m.N)
	if m.N < 4 {
		b.WriteString(" That is too few to estimate smoothing: the last value is taken as the level.")
	} else {
		fmt.Fprintf(&b, " The smoothing parameter is %.2f: %s.", m.Alpha, smoothness(m.Alpha, "recent values count almost alone", "recent values count most", "all values count"))
	}
	if m.Variant != Standard {
		fmt.Fprintf(&b, " The line has a weight of %.0f %%.", 100*m.weight)
	}
	fmt.Fprintf(&b, " The trend is %s a period.", plain.Signed(m.Drift, 4))
	switch {
	case m.Season == nil:
	case m.Multiplicative:
		fmt.Fprintf(&b, " A season of %d periods is taken out as ratios and put back.", len(m.Season))
	default:
		fmt.Fprintf(&b, " A season of %d periods is taken out as differences and put back.", len(m.Season))
	}
	fmt.Fprintf(&b, " Past forecasts one step ahead missed by %s (standard deviation). Intervals include this error only, not doubt about the trend.", plain.Number(m.sd, 4))
	return b.String()
}

func (m *Model) explainZh() string {
	var b strings.Builder
	fmt.Fprintf(&b, "预测采用%s。", chinese[m.Variant])
	if m.Variant != m.Asked {
		fmt.Fprintf(&b, "数据只有 %d 个，少于 %d 个，所要求的 %s 模型参数过多，故不采用。", m.N, minDynamic, strings.ToUpper(m.Asked.String()))
	}
	fmt.Fprintf(&b, "依据 %d 个数值。", m.N)
	if m.N < 4 {
		b.WriteString("数值太少，无法估计平滑参数，以最后一个值为水平。")
	} else {
		fmt.Fprintf(&b, "平滑参数为 %.2f：%s。", m.Alpha, smoothness(m.Alpha, "几乎只看最近的值", "以最近的值为主", "各期的值都起作用"))
	}
	if m.Variant != Standard {
		fmt.Fprintf(&b, "趋势直线的权重为 %.0f%%。", 100*m.weight)
	}
	fmt.Fprintf(&b, "趋势为每期 %s。", plain.Signed(m.Drift, 4))
	switch {
	case m.Season == nil:
	case m.Multiplicative:
		fmt.Fprintf(&b, "周期为 %d 的季节因素按比例剔除后再加回。", len(m.Season))
	default:
		fmt.Fprintf(&b, "周期为 %d 的季节因素按差值剔除后再加回。", len(m.Season))
	}
	fmt.Fprintf(&b, "以往提前一期预测的误差（标准差）为 %s。区间只含这种误差，不含对趋势本身的疑问。", plain.Number(m.sd, 4))
	return b.String()
}

func smoothness(alpha float64, high, middle, low string) string {
	switch {
	case math.IsNaN(alpha):
		return ""
	case alpha > 0.8:
		return high
	case alpha > 0.3:
		return middle
	}
	return low
}
