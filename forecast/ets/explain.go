package ets

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"example.com/zhibiao/forecast/internal/plain"
)

// Explain implements forecast.Explainer: which model was fitted and why, what
// its parts are and what the intervals rest on.
func (m *Model) Explain(lang string) string {
	w := english
	if lang == "zh" {
		w = chinese
	}
	var b strings.Builder
	say := func(format string, a ...any) { fmt.Fprintf(&b, format, a...) }
	if m.naive {
		say(w.walk, m.N)
	} else {
		say(w.model, m.Spec, w.errors[m.Spec.Error], w.trends[m.Spec.Trend], w.seasons[m.Spec.Season])
		if next, ok := m.runnerUp(); ok {
			say(w.chosen, len(m.Candidates), next.Spec, next.AICc-m.bestAICc())
		}
		say(w.rests, m.N)
		switch {
		case m.Alpha > 0.8:
			say(w.high, m.Alpha)
		case m.Alpha > 0.3:
			say(w.middle, m.Alpha)
		default:
			say(w.low, m.Alpha)
		}
		switch {
		case m.Spec.Trend == Additive && m.Spec.Damped:
			say(w.damped, plain.Signed(m.end.b*m.series.scale, 4), m.Phi)
		case m.Spec.Trend == Additive:
			say(w.slope, plain.Signed(m.end.b*m.series.scale, 4))
		case m.Spec.Damped:
			say(w.dampedGrowth, 100*(m.end.b-1), m.Phi)
		case m.Spec.Trend == Multiplicative:
			say(w.growth, 100*(m.end.b-1))
		}
		if m.Spec.Season != None {
			say(w.season, m.m)
		}
		if m.rule == Free {
			b.WriteString(w.free)
		}
	}
	if m.Spec.Error == Multiplicative {
		say(w.relative, 100*m.sigma())
	} else {
		say(w.absolute, plain.Number(m.sigma()*m.series.scale, 4))
	}
	if m.Spec.Trend == Multiplicative {
		say(w.simulated, paths)
	}
	b.WriteString(w.caution)
	return b.String()
}

// bestAICc is that of the model fitted.
func (m *Model) bestAICc() float64 {
	for _, c := range m.Candidates {
		if c.Spec == m.Spec {
			return c.AICc
		}
	}
	return math.NaN()
}

// runnerUp is the next best model that was tried.
func (m *Model) runnerUp() (Candidate, bool) {
	rest := slices.DeleteFunc(slices.Clone(m.Candidates), func(c Candidate) bool { return c.Spec == m.Spec })
	if len(rest) == 0 {
		return Candidate{}, false
	}
	return slices.MinFunc(rest, func(a, b Candidate) int { return cmp.Compare(a.AICc, b.AICc) }), true
}

// words are the sentences of one language; formats take what Explain gives.
type words struct {
	model, walk, chosen, rests                  string
	high, middle, low                           string
	slope, damped, growth, dampedGrowth         string
	season, free, absolute, relative, simulated string
	caution                                     string
	errors, trends, seasons                     [3]string // by Component
}

var english = words{
	model:        "The forecast uses exponential smoothing %s: %s error, %s, %s.",
	walk:         "There are only %d values, too few to choose a model: the last value is carried forward.",
	chosen:       " It has the lowest AICc of %d models; the next, %s, is %.1f behind.",
	rests:        " It rests on %d values.",
	high:         " The level follows the latest values almost alone (α = %.2f).",
	middle:       " The level follows recent values most (α = %.2f).",
	low:          " The level averages over many values (α = %.2f).",
	slope:        " The trend is %s a period.",
	damped:       " The trend is %s a period and fades by the factor %.2f a period.",
	growth:       " The trend is %+.2f %% a period.",
	dampedGrowth: " The trend is %+.2f %% a period and fades by the factor %.2f a period.",
	season:       " The season repeats after %d periods.",
	free:         " The state at the start was estimated too.",
	absolute:     " Past forecasts one step ahead missed by %s (standard deviation).",
	relative:     " Past forecasts one step ahead missed by %.2f %% (standard deviation).",
	simulated:    " The intervals come from %d simulated futures.",
	caution:      " Intervals take the model as given: they do not include doubt about the model.",
	errors:       [3]string{Additive: "additive", Multiplicative: "multiplicative"},
	trends:       [3]string{None: "no trend", Additive: "additive trend", Multiplicative: "multiplicative trend"},
	seasons:      [3]string{None: "no season", Additive: "additive season", Multiplicative: "multiplicative season"},
}

var chinese = words{
	model:        "预测采用指数平滑模型 %s：%s误差，%s，%s。",
	walk:         "只有 %d 个数值，不足以选择模型：以最后一个值作为预测。",
	chosen:       "在 %d 个模型中它的 AICc 最小，其次是 %s，相差 %.1f。",
	rests:        "依据 %d 个数值。",
	high:         "水平几乎只跟随最新的值（α = %.2f）。",
	middle:       "水平以最近的值为主（α = %.2f）。",
	low:          "水平是许多期的平均（α = %.2f）。",
	slope:        "趋势为每期 %s。",
	damped:       "趋势为每期 %s，并按每期 %.2f 倍衰减。",
	growth:       "趋势为每期 %+.2f%%。",
	dampedGrowth: "趋势为每期 %+.2f%%，并按每期 %.2f 倍衰减。",
	season:       "季节周期为 %d 期。",
	free:         "初始状态也由数据估计。",
	absolute:     "以往提前一期预测的误差（标准差）为 %s。",
	relative:     "以往提前一期预测的误差（标准差）为 %.2f%%。",
	simulated:    "区间由 %d 条模拟路径得出。",
	caution:      "区间以模型正确为前提，不含对模型本身的疑问。",
	errors:       [3]string{Additive: "加法", Multiplicative: "乘法"},
	trends:       [3]string{None: "无趋势", Additive: "加法趋势", Multiplicative: "乘法趋势"},
	seasons:      [3]string{None: "无季节", Additive: "加法季节", Multiplicative: "乘法季节"},
}
