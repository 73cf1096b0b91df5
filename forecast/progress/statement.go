package progress

import (
	"fmt"
	"math"
	"strings"

	"example.com/zhibiao/indicators"
)

// Sentence states the assessment in one sentence of official style: where the
// indicator stands, what is wanted, what that takes and how likely it looks.
// lang is "zh" or "en". A value that is known only as a range is told as one, a
// probability never as 0 or 100 %, a difference of rates in percentage points,
// and a forecast from one figure says so. For a year in progress it tells what
// is done, as Achievement does, and the full year that is expected.
func (a *Assessment) Sentence(lang string) string {
	if lang != "en" {
		return a.sentenceZH()
	}
	return a.sentenceEN()
}

// running is the year in progress as an achievement; ok is false if there is
// none or its target is no amount to complete.
func (a *Assessment) running() (Achievement, bool) {
	y := a.Year
	if y == nil || !a.Want.OK || !a.Target.Floor() {
		return Achievement{}, false
	}
	u, err := indicators.ParseUnit(y.Done.Unit)
	v, err2 := indicators.ParseValue(short(y.Done.Value))
	if err != nil || err2 != nil {
		return Achievement{}, false
	}
	return Achievement{Indicator: a.Target.Indicator, English: a.Target.English, Period: indicators.Year(y.Year), Through: y.Through, Value: v, Unit: u,
		Growth: y.Growth, TargetLevel: a.Want.Value, TargetGrowth: math.NaN()}, true
}

func (a *Assessment) sentenceZH() string {
	t := &a.Target
	name := t.Area + t.Indicator
	switch t.Measure {
	case indicators.Share:
		name += "占比"
	case indicators.Rank:
		name += "位次"
	}
	if t.Open != "" {
		return fmt.Sprintf("%s：%s。", name, t.Open)
	}
	var parts []string
	if run, ok := a.running(); ok {
		run.Indicator = name
		parts = append(parts, strings.TrimSuffix(run.Sentence("zh"), "。"))
		f := a.Year.FullYear
		parts = append(parts, fmt.Sprintf("预计全年%s%s（80%%区间%s至%s）", short(f.Value), f.Unit, short(f.Lo), short(f.Hi)))
		return strings.Join(append(parts, a.chanceZH()), "，") + "。"
	}
	if a.Base.OK && !a.IsPace() {
		parts = append(parts, a.From.Label("zh")+name+a.Base.words("zh"))
		name = ""
	}
	parts = append(parts, name+a.By.Label("zh")+a.wantZH())
	switch r := a.Required; {
	case a.met() && t.Hold:
		parts = append(parts, "最近值已达到，须保持")
	case a.met():
		parts = append(parts, "最近值已达到目标")
	case !r.OK || t.Measure == indicators.Relative || t.Measure == indicators.GrowthRate && a.FromBase == (Number{}):
	case r.Unit == "位":
		parts = append(parts, fmt.Sprintf("需年均前移%s位", num(-r.Value, 1)))
	case r.Unit == "个百分点" && r.Value < 0:
		parts = append(parts, fmt.Sprintf("需%s降低%s个百分点", a.yearlyZH(), num(-r.Value, 2)))
	case r.Unit == "个百分点":
		parts = append(parts, fmt.Sprintf("需%s提高%s个百分点", a.yearlyZH(), num(r.Value, 2)))
	case r.Value < 0:
		parts = append(parts, fmt.Sprintf("即使%s下降%s%%仍可完成", a.nominalZH()+a.yearlyZH(), num(-r.Value, 2)))
		if t.Ceiling() {
			parts[len(parts)-1] = fmt.Sprintf("需%s下降%s%%", a.nominalZH()+a.yearlyZH(), num(-r.Value, 2))
		}
	default:
		parts = append(parts, fmt.Sprintf("需%s增长%s%%", a.nominalZH()+a.yearlyZH(), num(r.Value, 2)))
	}
	return strings.Join(append(parts, a.chanceZH()), "，") + "。"
}

func (a *Assessment) chanceZH() string {
	if !a.HasProbability {
		return "依据不足，无从判断可能性"
	}
	basis := map[Basis]string{PriorOnly: "，仅依先验", WithContext: "，依所述背景"}[a.Basis]
	return fmt.Sprintf("完成目标%s（可能性%s%s）", a.Verdict.Words("zh"), chanceWords(a.Probability, "zh"), basis)
}

func (a *Assessment) wantZH() string {
	t := &a.Target
	w := printedTarget(t)
	if t.Commitment != "" {
		w = t.Commitment + strings.TrimPrefix(w, t.Commitment)
	}
	hold := ""
	if t.Hold {
		hold = "（期内保持）"
	}
	switch t.Measure {
	case indicators.Relative:
		ind, _ := indicators.SplitRef(t.Ref)
		return fmt.Sprintf("目标与%s增速之差不低于%s个百分点", ind, num(t.Number(), 1)) + hold
	case indicators.GrowthRate:
		if !strings.Contains(w, "增长") && !strings.Contains(w, "下降") {
			w = "增长" + w
		}
		if t.Value == (indicators.Value{}) || t.Value.Coef == 0 {
			w = "不低于上年"
			if t.Ceiling() {
				w = "低于上年"
			}
		}
	case indicators.Multiple:
		w = "为基期的" + t.Value.String() + "倍"
	case indicators.Cumulative:
		w = "累计" + w
	}
	return "目标" + w + hold
}

func (a *Assessment) yearlyZH() string {
	if k, ok := stepsTo(a.From, a.By); ok && k > 1 {
		return "年均"
	}
	return ""
}

func (a *Assessment) nominalZH() string {
	if u, err := indicators.ParseUnit(a.Base.Unit); err == nil && u.Money() && a.Target.Prices != indicators.Real {
		return "名义"
	}
	return ""
}

func (a *Assessment) sentenceEN() string {
	t := &a.Target
	name := t.English
	if name == "" {
		name = t.Indicator
	}
	switch t.Measure {
	case indicators.Share:
		name += " as a share"
	case indicators.Rank:
		name += " (rank)"
	}
	if t.Open != "" {
		return fmt.Sprintf("%s: %s.", name, t.OpenEN)
	}
	if run, ok := a.running(); ok {
		run.English = name
		f := a.Year.FullYear
		return fmt.Sprintf("%s; the full year is expected to come to %s %s (80 %% interval %s to %s), and meeting the target %s.", strings.TrimSuffix(run.Sentence("en"), "."), short(f.Value), f.Unit, short(f.Lo), short(f.Hi), a.chanceEN())
	}
	var b strings.Builder
	if a.Base.OK && !a.IsPace() {
		fmt.Fprintf(&b, "%s was %s in %s; ", name, a.Base.words("en"), a.From.Label("en"))
		name = "the target"
	} else {
		name += ": the target"
	}
	fmt.Fprintf(&b, "%s of %s by %s", name, a.wantEN(), a.By.Label("en"))
	nominal := ""
	if a.nominalZH() != "" {
		nominal = "nominal "
	}
	yearly := ""
	if a.yearlyZH() != "" {
		yearly = " a year"
	}
	switch r := a.Required; {
	case a.met() && t.Hold:
		b.WriteString(" is met by the latest value, which has to be held,")
	case a.met():
		b.WriteString(" is met by the latest value")
	case !r.OK || t.Measure == indicators.Relative || t.Measure == indicators.GrowthRate && a.FromBase == (Number{}):
	case r.Unit == "位":
		fmt.Fprintf(&b, " takes %s places a year", num(-r.Value, 1))
	case r.Unit == "个百分点":
		fmt.Fprintf(&b, " takes %s points%s", signed(r.Value, 2), yearly)
	case r.Value < 0 && t.Floor():
		fmt.Fprintf(&b, " would be met even after a %sdecline of %s %%%s", nominal, num(-r.Value, 2), yearly)
	case r.Value < 0:
		fmt.Fprintf(&b, " takes a %sdecline of %s %%%s", nominal, num(-r.Value, 2), yearly)
	default:
		fmt.Fprintf(&b, " takes %sgrowth of %s %%%s", nominal, num(r.Value, 2), yearly)
	}
	if strings.HasSuffix(b.String(), "by "+a.By.Label("en")) {
		return b.String() + " " + a.chanceEN() + "."
	}
	return b.String() + " and " + a.chanceEN() + "."
}

// met reports whether the latest value meets a target on the level already.
func (a *Assessment) met() bool {
	switch a.Target.Measure {
	case indicators.Level, indicators.Share, indicators.Rank, indicators.Multiple:
		return a.Base.OK && a.Want.OK && !a.IsPace() && a.OnSeries().Contains(a.Base.Value)
	}
	return false
}

// chanceWords prints a probability, told as about so much.
func chanceWords(p float64, lang string) string {
	zh := lang != "en"
	switch {
	case p < 0.01 && zh:
		return "不足1%"
	case p < 0.01:
		return "less than 1 %"
	case p > 0.99 && zh:
		return "超过99%"
	case p > 0.99:
		return "more than 99 %"
	case zh:
		return "约" + num(100*p, 0) + "%"
	}
	return "about " + num(100*p, 0) + " %"
}

func (a *Assessment) chanceEN() string {
	if !a.HasProbability {
		return "cannot be judged for want of evidence"
	}
	basis := map[Basis]string{PriorOnly: ", prior only", WithContext: ", on the stated context"}[a.Basis]
	return fmt.Sprintf("looks %s (%s%s)", a.Verdict.Words("en"), chanceWords(a.Probability, "en"), basis)
}

func (a *Assessment) wantEN() string {
	t := &a.Target
	bound := map[string]string{"at_least": "at least ", "more_than": "more than ", "at_most": "at most ", "less_than": "less than "}[Bound(t)]
	hold := ""
	if t.Hold {
		hold = " in every year"
	}
	switch t.Measure {
	case indicators.Relative:
		ind, _ := indicators.SplitRef(t.Ref)
		return fmt.Sprintf("growth at least that of %s less %s points%s", ind, num(-t.Number(), 1), hold)
	case indicators.GrowthRate:
		return fmt.Sprintf("growth of %s%s %%%s", bound, short(t.Number()), hold)
	case indicators.Multiple:
		return t.Value.String() + " times the base" + hold
	}
	return bound + short(t.Number()) + space(t.Unit.Symbol) + hold
}

// words prints a published value: as it is where it is only rounded, else as
// the range that it is known to lie in.
func (n Number) words(lang string) string {
	sep := ""
	if lang == "en" {
		sep = space(n.Unit)[:min(1, len(n.Unit))]
	}
	width := n.Hi - n.Lo
	printed := width == 0 || math.Abs((n.Lo+n.Hi)/2-n.Value) < 1e-9*math.Abs(n.Value)+1e-12 && math.Abs(n.Value/width-math.Round(n.Value/width)) < 1e-6
	pick := func(zh, en string) string {
		if lang == "en" {
			return en
		}
		return zh
	}
	switch {
	case printed:
		return short(n.Value) + sep + n.Unit
	case math.IsInf(n.Hi, 1) && !math.IsInf(n.Lo, 0):
		return pick("不低于", "at least ") + short(n.Lo) + sep + n.Unit
	case math.IsInf(n.Lo, -1) && !math.IsInf(n.Hi, 0):
		return pick("不高于", "at most ") + short(n.Hi) + sep + n.Unit
	case math.IsInf(n.Lo, 0):
		return short(n.Value) + sep + n.Unit
	}
	return pick("在", "between ") + short(n.Lo) + pick("至", " and ") + short(n.Hi) + sep + n.Unit + pick("之间", "")
}
