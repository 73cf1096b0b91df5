package grey

import (
	"fmt"
	"math"
	"strings"
)

// Explain implements forecast.Explainer. The warning is part of it.
func (m *Model) Explain(lang string) string {
	c := m.Check()
	growth := 100 * math.Expm1(-m.a)
	var b strings.Builder
	if lang == "zh" {
		fmt.Fprintf(&b, "灰色模型 GM(1,1)，以 %d 个值拟合，发展系数 a = %.4f，即每期 %+.2f%%。", m.n, m.a, growth)
		if c.RatiosPass {
			b.WriteString("级比检验通过，")
		} else {
			b.WriteString("级比检验未通过，按惯例不宜使用此模型，")
		}
		fmt.Fprintf(&b, "后验差比 C = %.3f，小误差概率 P = %.2f。", c.C, c.P)
		if m.n < len(m.x) {
			fmt.Fprintf(&b, "其中 %d 个缺值由直线插补。", len(m.x)-m.n)
		}
		b.WriteString("提醒：GM(1,1) 只能外推指数曲线，增速不衰减，在公开竞赛的年度序列上误差大于朴素法；检验指标好只说明拟合好，不说明预测好。仅供对照，不宜作为结论依据。")
		return b.String()
	}
	fmt.Fprintf(&b, "Grey model GM(1,1) on %d values, with development coefficient a = %.4f, that is %+.2f %% a period.", m.n, m.a, growth)
	if c.RatiosPass {
		b.WriteString(" The level ratios pass their test;")
	} else {
		b.WriteString(" The level ratios fail their test, so by custom the model should not be used;")
	}
	fmt.Fprintf(&b, " posterior error ratio C = %.3f, small-error probability P = %.2f.", c.C, c.P)
	if m.n < len(m.x) {
		fmt.Fprintf(&b, " %d gaps were filled by straight lines.", len(m.x)-m.n)
	}
	b.WriteString(" Warning: GM(1,1) extrapolates an exponential without damping, and on the yearly series of a public competition its error exceeds that of the naive forecast. Good marks speak of the fit, not of the forecast. For comparison only.")
	return b.String()
}
