package baseline

import (
	"fmt"
	"strings"

	"example.com/zhibiao/forecast/internal/plain"
)

// Explain implements forecast.Explainer.
func (m *walk) Explain(lang string) string {
	var b strings.Builder
	seasonal := m.period > 1
	if lang == "zh" {
		switch {
		case seasonal:
			fmt.Fprintf(&b, "季节朴素预测：每期取上一周期（%d 期）同期的值。", m.period)
		case m.span > 0:
			fmt.Fprintf(&b, "带漂移的随机游走：从最后一个值 %s 起，按平均每期 %s 延伸。", plain.Number(m.last[0], 6), plain.Signed(m.drift, 4))
		default:
			fmt.Fprintf(&b, "朴素预测：今后各期都取最后一个值 %s。", plain.Number(m.last[0], 6))
		}
		fmt.Fprintf(&b, "依据 %d 个数值。", m.n)
		if m.sd == 0 {
			b.WriteString("过去从未偏离这一规律，故没有区间可言。")
			return b.String()
		}
		fmt.Fprintf(&b, "过去一%s的误差约为 %s（标准差），区间按自由度为 %g 的学生 t 分布计算", unitZh(seasonal), plain.Number(m.sd, 4), m.df)
		if m.span > 0 {
			b.WriteString("，并计入漂移本身的不确定性")
		}
		b.WriteString("。")
		if m.df < 5 {
			b.WriteString("数值很少，区间因此很宽。")
		}
		return b.String()
	}
	switch {
	case seasonal:
		fmt.Fprintf(&b, "Seasonal naive: every value is forecast as that of the same season in the last cycle of %d periods.", m.period)
	case m.span > 0:
		fmt.Fprintf(&b, "Random walk with drift: from the last value, %s, on by the mean change of %s a period.", plain.Number(m.last[0], 6), plain.Signed(m.drift, 4))
	default:
		fmt.Fprintf(&b, "Naive: every future value is forecast as the last one, %s.", plain.Number(m.last[0], 6))
	}
	fmt.Fprintf(&b, " It rests on %d values.", m.n)
	if m.sd == 0 {
		b.WriteString(" They never strayed from this rule, so there is no interval.")
		return b.String()
	}
	fmt.Fprintf(&b, " Past errors over one %s were %s (standard deviation); the intervals are those of a Student t with %g degrees of freedom", unitEn(seasonal), plain.Number(m.sd, 4), m.df)
	if m.span > 0 {
		b.WriteString(" and include the uncertainty of the drift")
	}
	b.WriteString(".")
	if m.df < 5 {
		b.WriteString(" They are wide because the values are few.")
	}
	return b.String()
}

func unitZh(seasonal bool) string {
	if seasonal {
		return "个周期"
	}
	return "期"
}

func unitEn(seasonal bool) string {
	if seasonal {
		return "cycle"
	}
	return "period"
}

// Explain implements forecast.Explainer.
func (m *mean) Explain(lang string) string {
	var b strings.Builder
	if lang == "zh" {
		fmt.Fprintf(&b, "均值预测：今后各期都取 %d 个数值的平均 %s。", m.n, plain.Number(m.mu, 6))
		if m.sd == 0 {
			b.WriteString("各值相同，故没有区间可言。")
		} else {
			fmt.Fprintf(&b, "各值的标准差为 %s，区间按自由度为 %d 的学生 t 分布计算，并计入均值本身的不确定性。", plain.Number(m.sd, 4), m.n-1)
		}
		return b.String()
	}
	fmt.Fprintf(&b, "Mean: every future value is forecast as the mean of the %d values, %s.", m.n, plain.Number(m.mu, 6))
	if m.sd == 0 {
		b.WriteString(" They are all equal, so there is no interval.")
	} else {
		fmt.Fprintf(&b, " Their standard deviation is %s; the intervals are those of a Student t with %d degrees of freedom and include the uncertainty of the mean.", plain.Number(m.sd, 4), m.n-1)
	}
	return b.String()
}
