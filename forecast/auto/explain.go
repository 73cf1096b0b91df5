package auto

import (
	"fmt"
	"strings"

	"example.com/zhibiao/forecast"
)

// Explain implements forecast.Explainer: what pooled.Mixture says of the
// forecast, then how it was combined. lang is "zh" or "en".
func (m *model) Explain(lang string) string {
	var b strings.Builder
	if e, ok := m.base.(forecast.Explainer); ok {
		b.WriteString(e.Explain(lang))
	}
	zh := lang == "zh"
	if len(m.members) == 0 {
		m.explainStretch(&b, zh)
		return b.String()
	}
	if zh {
		b.WriteString("预测中位数为学习所得模型与其他方法的加权平均：")
	} else {
		b.WriteString(" The median is a weighted mean: ")
	}
	rest, later := 1.0, 1.0
	for i, v := range m.members {
		name := v.en
		if zh {
			name = v.zh
		}
		if i > 0 && zh {
			b.WriteString("、")
		} else if i > 0 {
			b.WriteString(", ")
		}
		now, then := v.share.at(1), v.share.at(far)
		rest -= now
		later -= then
		b.WriteString(name + percent(now, then, zh))
	}
	if zh {
		fmt.Fprintf(&b, "，其余%s为学习所得模型。", strings.TrimSpace(percent(rest, later, zh)))
	} else {
		fmt.Fprintf(&b, ", the learned models the rest, %s.", strings.TrimSpace(percent(rest, later, zh)))
	}
	m.explainStretch(&b, zh)
	return b.String()
}

// explainStretch says by how much the interval differs from the mixture's.
func (m *model) explainStretch(b *strings.Builder, zh bool) {
	switch by := 100 * (m.rung.widen - 1); {
	case by > 0 && zh:
		fmt.Fprintf(b, "区间加宽%.0f%%，以弥补模型选择的不确定。", by)
	case by > 0:
		fmt.Fprintf(b, " Distances from the median are widened by %.0f %% for what the models leave out.", by)
	case by < 0 && zh:
		fmt.Fprintf(b, "多种方法平均后误差较小，区间收窄%.0f%%。", -by)
	case by < 0:
		fmt.Fprintf(b, " Distances from the median are narrowed by %.0f %%, since the mean of several methods errs less.", -by)
	}
}

// percent prints a weight that may change with the horizon.
func percent(now, then float64, zh bool) string {
	switch {
	case now == then && zh:
		return fmt.Sprintf("%.0f%%", 100*now)
	case now == then:
		return fmt.Sprintf(" %.0f %%", 100*now)
	case zh:
		return fmt.Sprintf("%.0f%%（%d期后%.0f%%）", 100*now, far, 100*then)
	}
	return fmt.Sprintf(" %.0f %% (%.0f %% from %d periods ahead on)", 100*now, 100*then, far)
}

// Explain implements forecast.Explainer.
func (m *seasonalModel) Explain(lang string) string {
	s := m.inner.Explain(lang)
	how := "differences"
	if m.ratios {
		how = "ratios"
	}
	if lang == "zh" {
		how = "差值"
		if m.ratios {
			how = "比率"
		}
		return s + fmt.Sprintf("先以经典分解法剔除以%d期为一周期的季节因素（%s，向无季节收缩），预测后再还原。", len(m.index), how)
	}
	return s + fmt.Sprintf(" A season of %d periods was taken out before by classical decomposition (%s, shrunk to none) and put back.", len(m.index), how)
}
