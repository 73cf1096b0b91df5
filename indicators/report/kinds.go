package report

import (
	"strings"

	"example.com/zhibiao/indicators"
)

// isPlan decides whether an item is a goal: by the section, unless its own
// words say otherwise.
func (r *reader) isPlan(p *para, it *item) bool {
	clause := p.s[it.clause:it.n.From]
	if r.mode.plan {
		past := containsAny(clause, "去年", "上年", "目前", "已建成", "已完成", "已达", "累计已", "已有", "现有")
		if y := it.at.year; y > 0 && y <= r.about.year && !it.at.due {
			past = true
		}
		if past && it.lead.intent == "" && !containsAny(clause, "力争", "确保", "达到", "比上年", "较上年", "与上年") {
			return false
		}
		return !it.lead.from
	}
	if it.lead.intent != "" && !it.lead.has(fEst) && !containsAny(clause, "年计划", "目标任务", "预期目标", "计划的", "高于", "超过") {
		return it.lead.intent != "争取" && it.lead.intent != "将" && it.lead.intent != "要" && it.lead.intent != "预期" && it.lead.intent != "确保" && it.lead.intent != "保证" || it.at.year > r.about.year
	}
	return it.at.due && it.at.year > r.about.year
}

// kindOf decides what sort of statement an item makes about the indicator that
// is printed as name. A count of what is new in the year is an increment only
// if the standard name is that of the whole; 新增就业 is a flow with a level.
func (r *reader) kindOf(it *item, name, standard string, plan bool) indicators.Kind {
	l, u := &it.lead, it.n.Unit
	change := l.dir != 0 && !l.to
	fraction := it.n.Value.Den > 1
	pick := func(fact, goal indicators.Kind) indicators.Kind {
		if plan {
			return goal
		}
		return fact
	}
	bound := func() indicators.Kind {
		switch it.n.Value.Qual {
		case indicators.AtLeast, indicators.Over:
			return indicators.KindTargetFloor
		case indicators.AtMost:
			return indicators.KindTargetCeiling
		}
		return indicators.KindTargetLevel
	}
	switch {
	case it.n.Class == indicators.RatioPart:
		return pick(indicators.KindShare, indicators.KindTargetShare)
	case u.Base == indicators.BaseRank && it.n.From < it.n.Start:
		if it.n.Value.Qual != indicators.Exact && it.n.Value.Word != "前" {
			break
		}
		return pick(indicators.KindRank, indicators.KindTargetRank)
	case u.Base == indicators.BaseRank && (containsAny(it.before, "居", "列", "排名", "位次", "前移", "后移")):
		if change {
			return pick(indicators.KindIncrement, indicators.KindTargetIncrement)
		}
		return pick(indicators.KindRank, indicators.KindTargetRank)
	case u.Base == indicators.BasePoints:
		if l.gap != 0 {
			return pick(indicators.KindDifference, indicators.KindTargetGrowth)
		}
		return pick(indicators.KindPointChange, indicators.KindTargetIncrement)
	case u.Base == indicators.BaseTimes:
		if change && u.Symbol != "番" {
			return pick(indicators.KindGrowth, indicators.KindTargetGrowth)
		}
		return pick(indicators.KindMultiple, indicators.KindTargetMultiple)
	case u.Symbol == "番":
		return pick(indicators.KindMultiple, indicators.KindTargetMultiple)
	case u.IsZero() && it.n.Class == indicators.Bare:
		return pick(indicators.KindIndex, indicators.KindTargetLevel)
	case u.Percent() || fraction:
		switch {
		case l.attain:
			return indicators.KindRate
		case l.share:
			return pick(indicators.KindShare, indicators.KindTargetShare)
		case change && l.has(fAvg):
			return pick(indicators.KindAvgGrowth, indicators.KindTargetGrowth)
		case change, it.n.Words && it.n.Value.Coef == 0:
			return pick(indicators.KindGrowth, indicators.KindTargetGrowth)
		case l.has(fAvg) && !isRate(name):
			return pick(indicators.KindAvgGrowth, indicators.KindTargetGrowth)
		case strings.HasSuffix(name, "增速") || strings.HasSuffix(name, "增长率") && !strings.Contains(name, "自然增长率") || strings.HasSuffix(name, "增幅"):
			return pick(indicators.KindGrowth, indicators.KindTargetGrowth)
		case (it.after1 == indicators.KindGrowth || it.after1 == indicators.KindTargetGrowth) && startsBoundary(it.follow) && !strings.HasSuffix(strings.TrimRight(it.before, "近约超达到"), "的") && !isRate(name) && !containsAny(name, "占比", "比重", "比例"):
			return pick(indicators.KindGrowth, indicators.KindTargetGrowth) // 增长6%以上，力争达到7%
		case strings.HasSuffix(name, "贡献率"):
			return pick(indicators.KindShare, indicators.KindTargetShare)
		case plan:
			return bound()
		case containsAny(name, "占比", "比重", "比例") || fraction || !isRate(name):
			return indicators.KindShare
		}
		return indicators.KindRate
	case l.gap != 0 && !change:
		return pick(indicators.KindDifference, indicators.KindTargetIncrement)
	case l.from:
		return indicators.KindFrom
	}
	if strings.HasSuffix(name, "总投资") || it.rule == "money for its object" && !it.at.sum && !r.mode.five && !l.has(fCum) && strings.HasPrefix(it.after, "的") && !plan {
		return indicators.KindProjectTotal
	}
	if change {
		if l.has(fAvg) {
			return pick(indicators.KindAvgIncrement, indicators.KindTargetIncrement)
		}
		return pick(indicators.KindIncrement, indicators.KindTargetIncrement)
	}
	if plan {
		if it.at.five && it.at.sum && it.n.Value.Qual == indicators.Exact {
			return indicators.KindTargetCumulative
		}
		if it.n.Value.Qual == indicators.Exact && added(l, name) && !strings.Contains(standard, "新增") {
			return indicators.KindTargetIncrement
		}
		return bound()
	}
	if l.to && it.paired {
		return indicators.KindTo
	}
	if r.inFive(it) && r.isFlow(it, name) {
		return indicators.KindCumulative
	}
	if l.has(fAvg) && !l.has(fLevel) {
		return indicators.KindAvgIncrement
	}
	if added(l, name) && !strings.Contains(standard, "新增") && !r.inFive(it) {
		return indicators.KindIncrementYear
	}
	return indicators.KindLevel
}

// added reports whether a number counts what came in addition.
func added(l *lead, name string) bool {
	return l.verb == "新增" || l.verb == "净增" || strings.HasPrefix(name, "新增") || strings.HasPrefix(name, "净增")
}

func isRate(name string) bool {
	return strings.HasSuffix(name, "率") || strings.HasSuffix(name, "率数") || strings.HasSuffix(name, "强度") || strings.HasSuffix(name, "度") || strings.HasSuffix(name, "满意")
}

// inFive reports whether an item speaks of a stretch of years.
func (r *reader) inFive(it *item) bool {
	if it.lead.own > 0 || it.lead.year > 0 || it.at.year > 0 {
		return false
	}
	return it.at.five || r.mode.five && !it.at.one
}

// isFlow tells sums over the stretch (新建17所) from the level at its end
// (达到62户).
func (r *reader) isFlow(it *item, name string) bool {
	l := &it.lead
	if l.has(fCum) || l.head&fCum != 0 || it.at.sum && !l.has(fLevel) && it.n.Value.Word != "突破" && it.n.Value.Word != "超过" {
		return true
	}
	if l.has(fLevel) || it.n.Value.Word == "突破" || it.n.Value.Word == "超过" || l.head&fLevel != 0 || containsAny(name, "人均", "总里程", "余额", "保有量", "存栏", "总数", "面积达") || strings.Contains(it.before, "现有") {
		return false
	}
	return true
}

// sign returns the sign that the words give the number.
func sign(it *item, k indicators.Kind) int64 {
	l := &it.lead
	if it.n.Unit.Base == indicators.BaseRank && (k == indicators.KindIncrement || k == indicators.KindTargetIncrement) {
		if l.dir > 0 {
			return -1 // two places forward: the place is a smaller number
		}
		return 1
	}
	switch k {
	case indicators.KindGrowth, indicators.KindAvgGrowth, indicators.KindChange, indicators.KindIncrement, indicators.KindAvgIncrement, indicators.KindPointChange, indicators.KindTargetGrowth, indicators.KindTargetIncrement:
		if l.dir < 0 && !l.to {
			return -1
		}
		if l.gap < 0 {
			return -1
		}
	case indicators.KindDifference:
		if l.gap < 0 {
			return -1
		}
	}
	return 1
}

// value returns the number as figures.csv has it: words that are values become
// numbers (一半 50 %, 翻两番 4 倍, 增加两倍 +200 %).
func value(it *item, k indicators.Kind, v indicators.Value) (indicators.Value, indicators.Unit) {
	u := it.n.Unit
	l := &it.lead
	switch {
	case it.n.Words && v.Den > 1:
		c := v.Coef * 10000 / v.Den
		rest := v.Coef * 10000 % v.Den
		if 2*rest >= v.Den {
			c++
		}
		v.Coef, v.Exp, v.Den = c, -2, 0
		for v.Exp < 0 && v.Coef%10 == 0 {
			v.Coef, v.Exp = v.Coef/10, v.Exp+1
		}
		u = indicators.MustUnit("%")
	case u.Symbol == "番":
		if v.Exp == 0 && v.Coef >= 0 && v.Coef < 20 {
			if v.Qual == indicators.Exact {
				v.Word = "翻" + string([]rune("零一两三四五六七八九")[min(v.Coef, 9)]) + "番"
			}
			v.Coef = 1 << v.Coef
		}
		u = indicators.MustUnit("倍")
	case u.Base == indicators.BaseTimes && it.n.Words && l.dir != 0 && !l.to && v.Exp == 0:
		v.Coef *= 100
		u = indicators.MustUnit("%")
	case it.n.Class == indicators.RatioPart:
		u = indicators.MustUnit("%")
	}
	if sign(it, k) < 0 && v.Coef > 0 {
		v.Coef = -v.Coef
	}
	return v, u
}

// spans returns the periods of an item, and the base of a growth if it is
// known.
func (r *reader) spans(items []item, i int, k indicators.Kind, plan bool) (out []indicators.Span, base indicators.Period) {
	it := &items[i]
	l := &it.lead
	m := r.mode
	year := indicators.Year
	if plan {
		last := m.last
		if !m.plan {
			last = r.about.year + 1
		}
		switch {
		case !it.at.by.IsZero():
			return []indicators.Span{indicators.By(it.at.by)}, base
		case l.own > 0:
			last = l.own
		case it.at.five:
			if k == indicators.KindTargetCumulative {
				return []indicators.Span{{From: year(it.at.first), To: year(it.at.last)}}, base
			}
			last = it.at.last
		case it.at.year > 0:
			last = it.at.year
		case it.at.one && m.plan:
			last = r.about.year + 1
		case m.five && m.plan:
			last = m.last
		}
		if last == 0 {
			return nil, base
		}
		if !it.at.part.IsZero() && it.at.part.Year() == last {
			return []indicators.Span{indicators.By(it.at.part)}, base
		}
		if l.base > 0 {
			base = year(l.base)
		}
		return []indicators.Span{indicators.By(year(last))}, base
	}
	five := r.inFive(it)
	first, last, sure := m.first, m.last, m.sure
	if it.at.five {
		first, last, sure = it.at.first, it.at.last, it.at.sure
	}
	if m.plan && !it.at.five {
		first, last = r.about.year, r.about.year
	}
	cur := last
	switch {
	case l.own > 0:
		cur = l.own
	case it.at.year > 0:
		cur = it.at.year
	case l.year > 0:
		cur = l.year
	case it.at.one && m.five:
		cur = r.about.year
	}
	if cur == 0 {
		return nil, base
	}
	now, ytd := year(cur), false
	if p := r.about.part; !p.IsZero() && cur == p.Year() && l.own == 0 && it.at.year == 0 && !it.at.one {
		now, ytd = p, r.about.ytd && !strings.Contains(it.before, "末")
	}
	if p := it.at.part; !p.IsZero() && (it.at.year == 0 || p.Year() == it.at.year) && l.own == 0 {
		now, ytd = p, it.at.ytd
	}
	baseYear := l.base
	for n, w := range []string{"两年平均", "三年平均"} {
		if strings.Contains(it.before, w) {
			baseYear = cur - 2 - n
		}
	}
	if l.term[1] > 0 {
		baseYear = l.term[1]
	}
	span := func(b int) []indicators.Span {
		base = year(b)
		return []indicators.Span{{From: year(b), To: year(cur)}}
	}
	open := func() []indicators.Span {
		if sure {
			return span(first - 1)
		}
		return []indicators.Span{{From: year(first - 1), To: year(cur)}, {From: year(first), To: year(cur)}}
	}
	if l.from {
		if l.own > 0 && i+1 < len(items) && items[i+1].lead.own > l.own {
			r.base = [2]int{l.own, items[i+1].lead.own}
		}
		switch {
		case l.own > 0:
			return []indicators.Span{indicators.At(year(l.own))}, base
		case l.last:
			return []indicators.Span{indicators.At(now.Add(-1 * stepsOfYear(now)))}, base
		case five && sure:
			return []indicators.Span{indicators.At(year(first - 1))}, base
		case five:
			return []indicators.Span{indicators.At(year(first - 1)), indicators.At(year(first))}, base
		}
		if m.plan {
			return []indicators.Span{indicators.At(year(r.about.year))}, base
		}
		return []indicators.Span{indicators.At(year(cur - 1))}, base
	}
	switch k {
	case indicators.KindGrowth, indicators.KindAvgGrowth, indicators.KindMultiple, indicators.KindChange, indicators.KindPointChange, indicators.KindIncrement, indicators.KindAvgIncrement:
		if baseYear > 0 && baseYear < cur {
			return span(baseYear), base
		}
		if l.last && k != indicators.KindAvgGrowth {
			break
		}
		if i > 1 && it.rule == inherited && items[i-1].paired && !l.has(fComp) && l.own == 0 {
			// 由2020年的12亿元增加到2024年的36亿元，增长2倍
			if a, b := items[i-2].lead.own, items[i-1].lead.own; a > 0 && a < b {
				base = year(a)
				return []indicators.Span{{From: base, To: year(b)}}, base
			}
		}
		if k == indicators.KindAvgGrowth || k == indicators.KindMultiple || five {
			for j := i - 1; j >= 0; j-- { // the base that the stretch named before
				if o := &items[j]; o.lead.from && o.lead.own > 0 && o.lead.own < cur {
					return span(o.lead.own), base
				} else if o.lead.base > 0 && o.lead.base < cur {
					return span(o.lead.base), base
				}
			}
		}
		if five && !l.has(fComp) && l.own == 0 && (k != indicators.KindIncrement || l.base > 0) {
			return open(), base
		}
		if five && k == indicators.KindIncrement {
			return []indicators.Span{{From: year(first), To: year(last)}}, base
		}
		if k == indicators.KindAvgGrowth && m.five && it.at.year == 0 {
			return open(), base
		}
		if k == indicators.KindAvgGrowth && r.base[0] > 0 && r.base[1] == cur && l.own == 0 && it.at.year == 0 {
			return span(r.base[0]), base // the base that the paragraph named before
		}
	case indicators.KindCumulative:
		if five && first < last {
			return []indicators.Span{{From: year(first), To: year(last)}}, base
		}
	}
	if it.rule == "ratio" && l.last && l.own == 0 {
		return []indicators.Span{indicators.At(year(cur - 1))}, base
	}
	if l.last && !l.rel && k == indicators.KindLevel {
		return []indicators.Span{indicators.At(year(cur - 1))}, base
	}
	if ytd {
		return []indicators.Span{{From: indicators.Month(cur, 1), To: now}}, base
	}
	return []indicators.Span{indicators.At(now)}, base
}

// changes reports whether a kind's period goes from a base to an end.
func changes(k indicators.Kind) bool {
	switch k {
	case indicators.KindGrowth, indicators.KindAvgGrowth, indicators.KindMultiple, indicators.KindChange, indicators.KindPointChange, indicators.KindIncrement, indicators.KindAvgIncrement, indicators.KindDifference:
		return true
	}
	return false
}

func stepsOfYear(p indicators.Period) int {
	switch p.Freq() {
	case indicators.Annual, indicators.None:
		return 1
	}
	return p.Freq().PerYear()
}
