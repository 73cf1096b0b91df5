package arima

import (
	"fmt"
	"math"
	"strings"

	"example.com/zhibiao/forecast/internal/plain"
)

// reason is what Auto remembers of its choice.
type reason struct {
	auto     bool // chosen by Auto
	short    bool // among the few models for a short series
	constant bool // the series does not vary
	linear   bool // its differences do not vary
	full     bool // all models tried

	m, d, D, tried int
	criterion      Criterion
}

// Explain implements forecast.Explainer: what the model says about the
// series, how it was chosen and what its intervals leave out.
func (m *Model) Explain(lang string) string {
	s := m.spec
	sd := math.Sqrt(m.sigma2) * m.s.scale
	name := s.String()
	crit := [...]string{"AICc", "AIC", "BIC"}[m.why.criterion]
	var b strings.Builder
	if lang == "zh" {
		name = strings.NewReplacer(" with mean", "（含均值）", " with drift", "（含漂移项）").Replace(name)
		fmt.Fprintf(&b, "模型为 %s，以 %d 个观测值作精确极大似然估计", name, m.s.n)
		switch {
		case m.why.constant:
			b.WriteString("；序列各期数值相同，预测即为该值。")
			return b.String()
		case m.why.linear:
			b.WriteString("；序列差分后各期相同，按同一步幅外推。")
		default:
			b.WriteString("。")
		}
		switch {
		case s.d+s.D == 0:
			b.WriteString("预测将回到长期均值。")
		case s.constant:
			fmt.Fprintf(&b, "预测沿每期 %s 的平均增量延伸。", plain.Signed(m.beta[0]*m.s.scale, 4))
		case s.d+s.D == 1:
			b.WriteString("预测以最近水平为准，不含长期趋势。")
		default:
			b.WriteString("预测延续最近的增势，远期很不确定。")
		}
		if m.why.auto && m.why.short {
			fmt.Fprintf(&b, "序列不足十个值，只在 %d 个简单模型中按 %s 选取。", m.why.tried, crit)
		} else if m.why.auto && !m.why.linear {
			if m.why.D > 0 {
				fmt.Fprintf(&b, "季节性强，先作 %d 次季节差分。", m.why.D)
			}
			fmt.Fprintf(&b, "KPSS 检验要求 %d 次一阶差分，再从试过的 %d 个模型中取 %s 最小者。", m.why.d, m.why.tried, crit)
		}
		fmt.Fprintf(&b, "一步误差的标准差约 %s。", plain.Number(sd, 4))
		if math.IsInf(m.nu, 1) {
			b.WriteString("区间按正态分布，未计系数和选型的不确定性，短序列的区间偏窄。")
		} else {
			fmt.Fprintf(&b, "区间按 %g 个自由度的 t 分布，未计系数和选型的不确定性。", m.nu)
		}
		return b.String()
	}
	fmt.Fprintf(&b, "The model is %s, estimated by exact maximum likelihood from %d values", name, m.s.n)
	switch {
	case m.why.constant:
		b.WriteString("; all of them are equal, and the forecast is that value.")
		return b.String()
	case m.why.linear:
		b.WriteString("; their differences are all equal and go on as they are.")
	default:
		b.WriteString(".")
	}
	switch {
	case s.d+s.D == 0:
		b.WriteString(" Forecasts return to the long-run mean.")
	case s.constant:
		fmt.Fprintf(&b, " Forecasts go on by %s a period on average.", plain.Signed(m.beta[0]*m.s.scale, 4))
	case s.d+s.D == 1:
		b.WriteString(" Forecasts rest on the latest level and hold no long-run trend.")
	default:
		b.WriteString(" Forecasts carry the latest trend on and are most uncertain far ahead.")
	}
	if m.why.auto && m.why.short {
		fmt.Fprintf(&b, " With fewer than ten values the choice was among %d simple models by %s.", m.why.tried, crit)
	} else if m.why.auto && !m.why.linear {
		if m.why.D > 0 {
			fmt.Fprintf(&b, " Seasonality is strong: %d seasonal difference first.", m.why.D)
		}
		fmt.Fprintf(&b, " The KPSS test asks for %d first difference(s); of %d models tried this one has the least %s.", m.why.d, m.why.tried, crit)
	}
	fmt.Fprintf(&b, " The standard deviation of one-step errors is about %s.", plain.Number(sd, 4))
	if math.IsInf(m.nu, 1) {
		b.WriteString(" Intervals are normal and leave out the uncertainty of the coefficients and of the choice: on short series they are too narrow.")
	} else {
		fmt.Fprintf(&b, " Intervals are Student t with %g degrees of freedom and leave out the uncertainty of the coefficients and of the choice.", m.nu)
	}
	return b.String()
}
