package pooled

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/internal/plain"
)

// explanation collects sentences in one language.
type explanation struct {
	zh bool
	b  strings.Builder
}

// say adds one sentence: the English or the Chinese format, with the same
// arguments in the same order.
func (e *explanation) say(en, zh string, args ...any) {
	if e.b.Len() > 0 && !e.zh {
		e.b.WriteByte(' ')
	}
	e.add(en, zh, args...)
}

// add continues a sentence.
func (e *explanation) add(en, zh string, args ...any) {
	f := en
	if e.zh {
		f = zh
	}
	fmt.Fprintf(&e.b, f, args...)
}

// percent prints a change in logarithms as one in per cent, or a change on
// another scale as it is.
func (s scale) percent(x float64) float64 {
	if s.kind == logScale || s.kind == logitScale {
		return 100 * math.Expm1(x)
	}
	return s.size(x)
}

// size prints a spread on the scale in per cent, or in points.
func (s scale) size(x float64) float64 {
	if s.points {
		return x * s.g
	}
	return 100 * x
}

// rate prints a growth or a change that percent or size has made a number of:
// 7.9 %, 1.0 % of the odds, 0.0 points.
func (s scale) rate(x float64, zh bool) string {
	switch {
	case s.points && zh:
		return fmt.Sprintf("%.1f个百分点", x)
	case s.points:
		return fmt.Sprintf("%.1f points", x)
	case zh:
		return fmt.Sprintf("%.1f%%", x) + s.unit(zh)
	}
	return fmt.Sprintf("%.1f %%", x) + s.unit(zh)
}

// trend is what growth is called in Chinese.
func (s scale) trend() string {
	if s.points {
		return "年均变动"
	}
	return "年均增速"
}

// unit names what percent counts in.
func (s scale) unit(zh bool) string {
	switch {
	case s.kind == logitScale && zh:
		return "（对数优势比）"
	case s.kind == logitScale:
		return " of the odds"
	case s.kind == levelScale && zh:
		return "（相对于平均绝对值）"
	case s.kind == levelScale:
		return " of the mean absolute value"
	}
	return ""
}

// Explain implements forecast.Explainer: what the forecast rests on, how much
// of it is the series and how much the prior, why the interval is as wide as
// it is, what would narrow it, and warnings. lang is "zh" or "en".
func (m *driftModel) Explain(lang string) string {
	e := &explanation{zh: lang == "zh"}
	p, s := m.prior, m.scale
	if s.isZero() {
		warn(e, m.n, m.trailing, s, m.onBound, m.context)
		return e.b.String()
	}
	yr := math.Max(float64(m.season), 1) // steps a year
	growth := func(x float64) float64 { return s.percent(x * yr) }
	if m.n == 1 {
		e.say("Rests on a single value and a prior: growth of %s a year, give or take %.1f, and a change of about %s either way in a year.",
			"预测只依据1个数值和先验分布："+s.trend()+"%s，标准差%.1f个百分点，一年的随机波动约%s。",
			s.rate(growth(p.Mu), e.zh), s.size(p.Tau*yr), s.rate(s.size(p.S0*math.Sqrt(yr)), e.zh))
	} else {
		worth := math.Inf(1) // changes that the prior is worth
		if p.Tau > 0 {
			worth = m.s2 / (p.Tau * p.Tau)
		}
		own := float64(m.span - 1)
		e.say("Rests on the last %d values: their own growth of %s a year has weight %.0f %%, the prior's %s the rest (%.0f changes observed, the prior is worth %.1f); growth used %s a year, fading by %.0f %% a year.",
			"预测依据最近%d个数值：自身"+s.trend()+"%s，权重%.0f%%，其余为先验的%s（自身有%.0f次变动，先验相当于%.1f次）；所用"+s.trend()+"%s，此后每年衰减%.0f%%。",
			m.n, s.rate(growth(m.mean), e.zh), 100*own/(own+worth), s.rate(growth(p.Mu), e.zh), own, worth, s.rate(growth(m.b), e.zh), 100*(1-math.Pow(p.Phi, yr)))
	}
	sayExpect(e, m.expect, s, m.n)
	sayContext(e, m.context, s.points)
	const far = 5
	sh := m.damped(far)
	noise, drift := m.s2*far, sh*sh*m.p22
	level := math.Max(m.p11+2*sh*m.p12, 0)
	if all := noise + drift + level; all > 0 {
		e.say("Of the variance five periods ahead %.0f %% is the noise of single periods (%.1f %% a period), %.0f %% not knowing the growth",
			"五期后的方差中，%.0f%%来自各期的随机波动（每期约%.1f%%），%.0f%%来自增长速度的不确定",
			100*noise/all, s.size(math.Sqrt(m.s2)), 100*drift/all)
		if level > 0 {
			e.add(", %.0f %% values known only roughly", "，%.0f%%来自数值本身只知其大概", 100*level/all)
		}
		e.add("; the noise itself is estimated, so the tails are those of a Student t with %.0f degrees of freedom.",
			"；由于波动幅度也是估计的，尾部取自由度为%.0f的t分布。", m.df)
	}
	warnJump(e, m.jump)
	warn(e, m.n, m.trailing, m.scale, m.onBound, m.context)
	return e.b.String()
}

// jump looks for a change among obs that is far larger than the others, as a
// new scope or a restated base leaves it: eight times their median size and
// more than a quarter in logarithms (of the unit on other scales). It returns
// the place of the value after it, counted from the first value, or 0.
func jump(obs []observation) int {
	if len(obs) < 4 {
		return 0
	}
	size := make([]float64, 0, len(obs)-1)
	at, top := 0, 0.0
	for i := 1; i < len(obs); i++ {
		d := math.Abs(obs[i].z-obs[i-1].z) / float64(obs[i].t-obs[i-1].t)
		size = append(size, d)
		if d > top {
			at, top = i, d
		}
	}
	slices.Sort(size)
	if median := size[len(size)/2]; top > 0.25 && top > 8*median {
		return obs[at].t + 1
	}
	return 0
}

// warnJump names the place of a jump.
func warnJump(e *explanation, at int) {
	if at > 0 {
		e.say("Warning: the change to value %d is far larger than the others; if the scope or the base changed there, cut the series before it.",
			"注意：到第%d个数值的变动远大于其他各期；若此处统计口径或基数有调整，应从此处截断序列。", at)
	}
}

// warn adds what would narrow the interval and what the reader must beware.
func warn(e *explanation, n, trailing int, s scale, onBound bool, c Context) {
	if s.isZero() {
		e.say("Warning: all values are zero, which says nothing of the size of changes; a bound or the interval that a zero stands for would give one.",
			"注意：所有数值均为0，无从判断变动幅度；给出上下限或0所代表的取值区间后，方可得到区间预测。")
		return
	}
	switch {
	case n == 1:
		e.say("Warning: one figure only; any trend is the prior's. Two or three earlier years, or the growth of the city or province as context, would narrow the interval.",
			"注意：只有1个数值，趋势完全来自先验；补充两三年的历史数据，或给出全市、全省增速作为背景，可使区间变窄。")
	case n < 6 && c.IsZero():
		e.say("More years, or a stated context, would narrow the interval.", "补充更多年份的数据或给出背景增速，可使区间变窄。")
	case n < 6:
		e.say("More years would narrow the interval.", "补充更多年份的数据可使区间变窄。")
	default:
		e.say("Further values of the same kind would narrow the interval only slowly.", "再增加同类数据，区间收窄有限。")
	}
	if trailing > 0 {
		e.say("Warning: the last %d periods have no value.", "注意：最后%d期没有数值。", trailing)
	}
	if onBound {
		e.say("Warning: the last value lies on a bound, part of the probability stays there.", "注意：最新数值已达上下限，部分概率集中在该界限上。")
	} else if s.kind == logitScale {
		e.say("Values are kept between %s and %s.", "预测值限定在%s与%s之间。", plain.Number(s.lo, 12), plain.Number(s.hi, 12))
	}
	if s.kind == levelScale && !s.points && !onBound && c.IsZero() {
		e.say("Warning: values are not all positive, so growth in per cent has no meaning and no lasting trend is expected.", "注意：数值并非全为正，百分比增速没有意义，预测不含持续趋势。")
	}
	if n > 1 {
		e.say("Horizons beyond %d periods reach further than twice the history.", "预测超过%d期即超出历史长度的两倍，属于远距离外推。", 2*n)
	}
}

// Explain implements forecast.Explainer, as for Drift.
func (m *mixtureModel) Explain(lang string) string {
	e := &explanation{zh: lang == "zh"}
	s := m.scale
	if s.isZero() {
		warn(e, m.n, m.trailing, s, m.onBound, m.context)
		return e.b.String()
	}
	yr := math.Max(float64(m.season), 1) // periods a year
	if s.kind == levelScale {
		yr *= m.unit
	}
	growth := func(x float64) float64 { return s.percent(x * yr) }
	mean, sd := m.growth()
	if m.n == 1 {
		e.say("Rests on a single value and a prior learned from many other series: growth of %s a year, give or take %.1f.",
			"预测只依据1个数值和从大量其他序列学得的先验分布："+s.trend()+"%s，标准差%.1f个百分点。",
			s.rate(growth(m.prior.mu), e.zh), s.size(m.prior.sd*yr))
	} else {
		own := float64(m.span - 1)
		e.say("Rests on the last %d values and a prior learned from many other series: the growth expected now is %s a year, give or take %.1f, where the prior alone says %s",
			"预测依据最近%d个数值和从大量其他序列学得的先验分布：目前预期"+s.trend()+"%s，标准差%.1f个百分点（单凭先验为%s）",
			m.n, s.rate(growth(mean), e.zh), s.size(sd*yr), s.rate(growth(m.prior.mu), e.zh))
		switch share := m.share(sd); {
		case share < leastShare:
			e.add("; the series tells hardly anything of its growth.", "；序列自身几乎不能说明其增速。")
		case share > 1-leastShare:
			e.add("; the series tells nearly everything of its growth.", "；增速几乎全由序列自身说明。")
		default:
			e.add("; the prior is worth %.1f observed changes beside the %.0f of the series.", "；先验相当于%.1f次变动，序列自身有%.0f次。",
				own*(1-share)/share, own)
		}
	}
	sayExpect(e, m.expect, s, m.n)
	sayContext(e, m.context, s.points)
	const far = 5
	if noise, drift, model := m.shares(far); noise+drift+model > 0 {
		all := (noise + drift + model) / 100
		e.say("Of the variance five periods ahead %.0f %% is the noise of single periods, %.0f %% growth that is unknown or changes, %.0f %% not knowing what kind of series this is.",
			"五期后的方差中，%.0f%%来自各期的随机波动，%.0f%%来自增长速度未知或变化，%.0f%%来自不确定序列属于哪一类。",
			noise/all, drift/all, model/all)
	}
	warnJump(e, m.jump)
	warn(e, m.n, m.trailing, m.scale, m.onBound, m.context)
	return e.b.String()
}

// growth is mean and standard deviation of the growth of the next period, in
// logarithms for positive values.
func (m *mixtureModel) growth() (mean, sd float64) {
	for _, p := range m.parts {
		b, _ := m.relative(p)
		mean += p.weight * b
	}
	for _, p := range m.parts {
		b, s := m.relative(p)
		sd += p.weight * (p.p22*s*s + (b-mean)*(b-mean))
	}
	return mean, math.Sqrt(sd)
}

// relative is the slope of a part as a change in logarithms, and the factor
// that turns its scale into logarithms at the present level.
func (m *mixtureModel) relative(p part) (b, factor float64) {
	factor = 1
	if m.scale.kind == logScale {
		switch p.atom.Power {
		case Root:
			factor = 2 / max(p.l, 0.1)
		case Identity:
			factor = 1 / max(p.l, 0.05)
		}
	}
	return p.b * factor, factor
}

// leastShare is the share of what is known of growth below which a number
// would only pretend to be one.
const leastShare = 0.02

// share is that of what is known of growth which the series itself tells, as
// what is left of the prior's variance of growth shows; below 0 where the
// series makes growth less certain.
func (m *mixtureModel) share(sd float64) float64 {
	return 1 - (sd*sd)/(m.prior.sd*m.prior.sd)
}

// shares splits the variance h periods ahead, in logarithms for positive
// values, among noise, growth and the choice of atom.
func (m *mixtureModel) shares(h int) (noise, drift, model float64) {
	mean := 0.0
	at := make([]float64, len(m.parts))
	for i, p := range m.parts {
		s := p.state
		for range m.trailing + h {
			s.advance(p.atom)
		}
		_, f := m.relative(p)
		own := p.atom.Obs*p.atom.Obs + float64(m.trailing+h)*p.atom.Level*p.atom.Level
		noise += p.weight * f * f * own
		drift += p.weight * f * f * max(s.p11+p.atom.Obs*p.atom.Obs-own, 0)
		at[i] = (s.l - p.l) * f
		mean += p.weight * at[i]
	}
	for i, p := range m.parts {
		model += p.weight * (at[i] - mean) * (at[i] - mean)
	}
	return noise, drift, model
}

// sayExpect says what the kind of quantity put in the place of the shipped
// prior.
func sayExpect(e *explanation, x forecast.Expect, s scale, n int) {
	if x.IsZero() {
		return
	}
	e.say("As usual for this kind of quantity ", "按此类指标的常态，")
	switch {
	case (x.Growth != 0 || x.Spread != 0) && x.From > 0:
		e.add("growth of %.1f %% a year, give or take %.1f, was expected beforehand (that of China's gross domestic product at current prices from %d to %d",
			"先验取年均增速%.1f%%、标准差%.1f个百分点（国家统计局公布的全国现价生产总值%d—%d年平均增速", 100*x.Growth, 100*x.Spread, x.From, x.To)
		if x.Ahead != 0 {
			e.add(" and %.0f points more", "另加%.0f个百分点", 100*x.Ahead)
		}
		e.add(")", "）")
	case x.Growth != 0 || x.Spread != 0:
		e.add("growth of %.1f %%%s a year, give or take %.1f, was expected beforehand", "先验取年均增速%.1f%%%s、标准差%.1f个百分点", 100*x.Growth, s.unit(e.zh), 100*x.Spread)
	case x.Stable:
		e.add("no growth was expected beforehand", "先验不含增长")
	default:
		e.add("growth was expected beforehand as in other series", "先验增长与其他序列相同")
	}
	switch {
	case x.Points:
		e.add(", and changes of about %g points from year to year", "，年度波动约%g个百分点", x.Noise)
	case x.Noise > 0:
		e.add(", and changes of about %.0f %%%s from year to year", "，年度波动约%.0f%%%s", 100*x.Noise, s.unit(e.zh))
	}
	e.add(".", "。")
	if n <= 2 && (x.Growth != 0 || x.Points) {
		e.say("Where growth in general is much faster or slower than usual, or slowing down, most outcomes may lie on one side of the median; a stated context moves its centre.",
			"若整体增长明显快于或慢于常态，或正在减速，实际值可能多数偏在中位数一侧；给定背景增速可调整其中心。")
	}
}

// effective is what of an expectation is used beside a context and a prior
// that is stable whatever the data say.
func effective(x forecast.Expect, c Context, stable bool) forecast.Expect {
	if !c.IsZero() {
		x.Stable, x.Growth, x.Spread = false, 0, 0
	} else if x.Stable = x.Stable || stable && !x.IsZero(); x.Stable {
		x.Growth, x.Spread = 0, 0
	}
	return x
}

// sayContext names the context of the prior, if there is one.
func sayContext(e *explanation, c Context, points bool) {
	if c.IsZero() {
		return
	}
	source := c.Source
	if source == "" && e.zh {
		source = "未注明出处"
	} else if source == "" {
		source = "source not stated"
	}
	if points {
		e.say("The stated context, %.1f %% a year (%s), is left out: of values that change by points growth in per cent has no meaning.",
			"给定的背景增速（年均%.1f%%，%s）未采用：以百分点变动的数值，百分比增速没有意义。", 100*c.Mean, source)
		return
	}
	e.say("The prior's growth is the stated context, %.1f %% a year (%s).", "先验增长取自给定的背景：年均%.1f%%（%s）。", 100*c.Mean, source)
}
