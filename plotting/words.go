package plotting

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// plain takes the separators out of a number in Chinese running text, which
// has none in numbers of up to four digits (GB/T 15835—2011).
func (p *Page) plain(s string, x float64) string {
	if p.zh() && math.Abs(x) < 1e4 {
		return strings.ReplaceAll(s, ",", "")
	}
	return s
}

func (p *Page) inline(x float64) string { return p.plain(printed(x), x) }

func (f *FanChart) estimate(x float64) string { return f.plain(f.guess(x), x) }

// amount adds the unit to a number: 1500亿元, 15%, 1,500 million yuan.
func (f *FanChart) amount(s string) string {
	if f.Unit == "" || f.Unit == "%" || f.zh() {
		return s + f.Unit
	}
	if f.Unit[0] >= '0' && f.Unit[0] <= '9' {
		return s + " × " + f.Unit
	}
	return s + " " + f.Unit
}

// reach says what it means to meet a target: 达到1500亿元, 不高于30.
func (f *FanChart) reach(w indicators.Interval) string {
	num := func(x float64) string { return f.plain(goalNumber(x, f.decimals()), x) }
	lo, hi := f.amount(num(w.Lo)), f.amount(num(w.Hi))
	switch boundOf(w) {
	case floor:
		if w.LoOpen {
			return f.pick("超过"+lo, "more than "+lo)
		}
		return f.pick("达到"+lo, "at least "+lo)
	case ceiling:
		if w.HiOpen {
			return f.pick("低于"+hi, "less than "+hi)
		}
		return f.pick("不高于"+hi, "at most "+hi)
	case between:
		return f.pick("处于"+num(w.Lo)+"–"+hi, "between "+num(w.Lo)+" and "+hi)
	}
	return f.pick("达到"+lo, lo)
}

// chance writes a probability for a sentence.
func (p *Page) chance(v float64) string {
	switch {
	case v < 0.01:
		return p.pick("不足1%", "less than 1%")
	case v > 0.99:
		return p.pick("超过99%", "more than 99%")
	}
	return p.pick("约为", "about ") + percent(v, "%")
}

func (f *FanChart) subject() string {
	s := f.Indicator
	if s == "" {
		s = f.pick("指标", "the indicator")
	}
	return s
}

// claim makes the title from the data.
func (f *FanChart) claim() string {
	t, prob, known, ok := f.main()
	name := f.subject()
	premise := orElse(f.Premise, f.pick("按当前趋势", "on current trends"))
	switch {
	case ok && known:
		return f.pick(
			fmt.Sprintf("%s，%s%s%s的可能性%s", premise, name, t.Period.Label("zh"), f.reach(t.Want), f.chance(prob)),
			fmt.Sprintf("%s: %s, the probability of %s in %s is %s", name, premise, f.reach(t.Want), t.Period.Label("en"), f.chance(prob)))
	case ok:
		return f.pick(
			fmt.Sprintf("%s%s的目标：%s", name, t.Period.Label("zh"), f.reach(t.Want)),
			fmt.Sprintf("%s: the target for %s is %s", name, t.Period.Label("en"), f.reach(t.Want)))
	case len(f.Forecast) > 0:
		last := f.Forecast[len(f.Forecast)-1]
		m := f.amount(f.estimate(forecast.Median(last.Dist)))
		return f.pick(
			fmt.Sprintf("%s，预计%s%s为%s左右", premise, last.Period.Label("zh"), name, m),
			fmt.Sprintf("%s: %s, about %s is expected in %s", name, premise, m, last.Period.Label("en")))
	}
	return f.sentence(f.path())
}

// path tells the history: from what to what.
func (f *FanChart) path() string {
	pts := known(f.History)
	if len(pts) == 0 {
		return ""
	}
	a, b := pts[0], pts[len(pts)-1]
	name := f.subject()
	va, vb := f.amount(f.inline(a.Value)), f.amount(f.inline(b.Value))
	if len(pts) == 1 {
		return f.pick(fmt.Sprintf("%s%s为%s", b.Period.Label("zh"), name, vb), fmt.Sprintf("%s was %s in %s", name, vb, b.Period.Label("en")))
	}
	up, rise := "由"+va+"升至"+vb, "rose from "+va+" to "+vb
	switch {
	case b.Value < a.Value:
		up, rise = "由"+va+"降至"+vb, "fell from "+va+" to "+vb
	case b.Value == a.Value:
		up, rise = "期初期末均为"+va, "was "+va+" at both ends"
	}
	return f.pick(
		fmt.Sprintf("%s–%s%s%s", strings.TrimSuffix(a.Period.Label("zh"), "年"), b.Period.Label("zh"), name, up),
		fmt.Sprintf("%s %s between %s and %s", name, rise, a.Period.Label("en"), b.Period.Label("en")))
}

func (f *FanChart) subtitle() string {
	var parts []string
	what := f.pick(f.Area+f.Indicator, f.Indicator)
	if !f.zh() && f.Area != "" {
		what = strings.TrimPrefix(f.Indicator+", "+f.Area, ", ")
	}
	if what != "" {
		parts = append(parts, what)
	}
	if f.Unit != "" {
		parts = append(parts, f.Unit)
	}
	s := strings.Join(parts, f.pick("，", ", "))
	if len(f.Forecast) > 0 {
		var l []string
		for _, v := range f.levels() {
			l = append(l, percentOf(v))
		}
		s += f.pick("；阴影为"+strings.Join(l, "、")+"预测区间", "; shaded: "+strings.Join(l, ", ")+" prediction intervals")
	}
	return s
}

// alternative makes the alternative text: what was, what is forecast, what is
// wanted and how likely that is.
func (f *FanChart) alternative() string {
	var s []string
	if h := f.path(); h != "" {
		s = append(s, h)
	}
	if n := len(f.Forecast); n > 0 {
		last := f.Forecast[n-1]
		lo, hi := forecast.Interval(last.Dist, f.levels()[0])
		m, l, h := f.amount(f.estimate(forecast.Median(last.Dist))), f.estimate(lo), f.amount(f.estimate(hi))
		s = append(s, f.pick(
			fmt.Sprintf("%s预测中位数为%s（%s区间%s–%s）", last.Period.Label("zh"), m, percentOf(f.levels()[0]), l, h),
			fmt.Sprintf("the median forecast for %s is %s (%s interval %s to %s)", last.Period.Label("en"), m, percentOf(f.levels()[0]), l, h)))
	}
	main, prob, known, _ := f.main()
	for _, t := range f.Targets {
		x := f.pick(
			fmt.Sprintf("%s目标为%s", t.Period.Label("zh"), f.reach(t.Want)),
			fmt.Sprintf("the target for %s is %s", t.Period.Label("en"), f.reach(t.Want)))
		if known && t == main {
			x += f.pick("，实现的可能性"+f.chance(prob), ", which is met with a probability of "+f.chance(prob))
		}
		s = append(s, x)
	}
	if f.zh() {
		return strings.Join(s, "；") + "。"
	}
	return f.sentence(strings.Join(s, "; ") + ".")
}

// sentence begins an English text with a capital letter.
func (p *Page) sentence(s string) string {
	if p.zh() || s == "" {
		return s
	}
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}
