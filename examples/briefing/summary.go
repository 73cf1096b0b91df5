package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// summarise prints what was made and what a reader should know first.
func summarise(w io.Writer, o *options, in *input, rep *progress.Report, findings []indicators.Finding, files []string) {
	zh := o.lang == "zh"
	say := func(zhText, enText string, args ...any) {
		if zh {
			fmt.Fprintf(w, zhText+"\n", args...)
		} else {
			fmt.Fprintf(w, enText+"\n", args...)
		}
	}
	charts, rest := 0, []string{}
	for _, f := range files {
		if strings.HasPrefix(f, "charts/") {
			charts++
		} else {
			rest = append(rest, f)
		}
	}
	slices.Sort(rest)
	say("已写入 %s：%s，图 %d 个（charts/）", "Written to %s: %s, %d chart files (charts/)", o.out, strings.Join(rest, pick(zh, "、", ", ")), charts)

	for _, r := range in.read {
		say("%s：自动读出 %d 个数，另有 %d 处拿不准、未采用；请用 examples/extract 的核对表复核。", "%s: %d figures read, %d places left out as unsure; check them with the review sheet of examples/extract.", r.file, r.figures, r.refused)
		for _, warning := range r.warnings {
			fmt.Fprintln(w, "  "+warning)
		}
	}

	n := map[string]int{}
	for i := range rep.Assessments {
		a := &rep.Assessments[i]
		if a.IsPace() {
			continue
		}
		n["targets"]++
		switch {
		case a.Verdict == progress.Unassessable:
			n["open"]++
		case !a.HasProbability:
			n["evidence"]++
		case a.Basis == progress.OwnHistory:
			n["history"]++
		case a.Basis == progress.WithContext:
			n["context"]++
		default:
			n["prior"]++
		}
	}
	say("目标 %d 项：预测依据自身历史的 %d 项，依据所述背景的 %d 项，仅依先验的 %d 项；有数但依据不足的 %d 项；无数值或期限、无法测算的 %d 项。",
		"%d targets: for %d the forecast rests on own history, for %d on a stated context, for %d on the prior alone; %d have a number but no evidence; %d cannot be assessed.",
		n["targets"], n["history"], n["context"], n["prior"], n["evidence"], n["open"])
	if len(in.unknown) > 0 {
		say("按计数处理的量词：%s", "Measure words taken as counts: %s", strings.Join(in.unknown, "、"))
	}
	fmt.Fprintln(w)
	say("首先要知道：", "To know first:")
	for i, s := range keyFacts(rep, findings, o.lang) {
		fmt.Fprintf(w, "%d. %s\n", i+1, s)
	}
}

// keyFacts returns the three to five facts a reader should know first.
func keyFacts(rep *progress.Report, findings []indicators.Finding, lang string) []string {
	zh := lang == "zh"
	var out []string
	// 1. The indicator with the most targets of its own, the earliest in the
	// text among equals: all its paces and how likely each looks.
	count := map[indicators.SeriesID]int{}
	var first indicators.SeriesID
	for i := range rep.Assessments {
		a := &rep.Assessments[i]
		if !a.HasProbability || !a.Required.OK || a.Target.SeriesID.Measure != indicators.Level || a.Required.Value <= 0 {
			continue
		}
		id := a.Target.SeriesID
		if count[id]++; count[id] > count[first] {
			first = id
		}
	}
	if count[first] > 0 {
		var parts []string
		head := ""
		as := slices.Clone(rep.Assessments)
		slices.SortStableFunc(as, func(a, b progress.Assessment) int { return a.By.Compare(b.By) })
		for i := range as {
			a := &as[i]
			if a.Target.SeriesID != first || !a.HasProbability || !a.Required.OK {
				continue
			}
			t := &a.Target
			if t.Measure == indicators.GrowthRate { // the pace is the target itself
				if zh {
					parts = append(parts, fmt.Sprintf("%s增长%s%%的目标看来%s（%s）", a.By.Label("zh"), t.Value, a.Verdict.Words("zh"), about(a, "zh")))
				} else {
					parts = append(parts, fmt.Sprintf("growth of %s %% in %s looks %s (%s)", t.Value, a.By.Label("en"), a.Verdict.Words("en"), about(a, "en")))
				}
				continue
			}
			if zh {
				head = fmt.Sprintf("%s%s%s%s%s", t.Area, a.From.Label("zh"), t.Indicator, number(a.Base.Value), a.Base.Unit)
				parts = append(parts, fmt.Sprintf("%s目标%s%s需%s增长%s%%，看来%s（%s）", a.By.Label("zh"), t.Value, t.Unit, yearly(a), pace(a), a.Verdict.Words("zh"), about(a, "zh")))
			} else {
				head = fmt.Sprintf("%s of %s was %s %s in %s", name(t), t.Area, number(a.Base.Value), a.Base.Unit, a.From.Label("en"))
				parts = append(parts, fmt.Sprintf("%s %s in %s needs %s %% %s and looks %s (%s)", t.Value, t.Unit, a.By.Label("en"), pace(a), yearlyEN(a), a.Verdict.Words("en"), about(a, "en")))
			}
		}
		if zh {
			out = append(out, head+"："+strings.Join(parts, "；")+"。")
		} else {
			out = append(out, head+": "+strings.Join(parts, "; ")+".")
		}
	}
	// 2. The hardest and the easiest of the others.
	var rest []*progress.Assessment
	for i := range rep.Assessments {
		a := &rep.Assessments[i]
		if a.HasProbability && a.Target.SeriesID != first && a.Required.OK {
			rest = append(rest, a)
		}
	}
	slices.SortStableFunc(rest, func(a, b *progress.Assessment) int { return cmp.Compare(a.Probability, b.Probability) })
	label := func(a *progress.Assessment) string {
		t := &a.Target
		sp, printed := "", (&indicators.Claim{Value: t.Value, HasValue: true, Unit: t.Unit, Kind: t.Kind}).Printed()
		if !zh {
			sp = " "
			printed = t.Value.String() + " " + t.Unit.Symbol
		}
		if t.Kind.Numberless() { // said in words: 稳定增长
			printed = t.Value.Word
		}
		what := name(t)
		if zh {
			what = t.Indicator
			if t.Measure == indicators.Share {
				what += "占比"
			}
			if t.Measure == indicators.GrowthRate {
				what += "增长"
			}
		} else if t.Measure == indicators.GrowthRate {
			what += " growth"
		} else if t.Measure == indicators.Share {
			what += " (share)"
		}
		return fmt.Sprintf(pick(zh, "%s%s%s（%s，%s）", "%s%s%s (%s, %s)"), what, sp, printed, a.By.Label(lang), chance(a.Probability))
	}
	if len(rest) >= 2 {
		var hard, easy []string
		for _, a := range rest {
			if a.Probability < 0.33 && len(hard) < 3 {
				hard = append(hard, label(a))
			}
		}
		for _, a := range slices.Backward(rest) {
			if a.Probability >= 0.66 && len(easy) < 3 {
				easy = append(easy, label(a))
			}
		}
		if len(hard) > 0 {
			out = append(out, pick(zh, "其他目标中把握最小的：", "Least likely among the others: ")+strings.Join(hard, pick(zh, "、", "; "))+pick(zh, "。", "."))
		}
		if len(easy) > 0 {
			out = append(out, pick(zh, "把握最大的：", "Most likely: ")+strings.Join(easy, pick(zh, "、", "; "))+pick(zh, "。", "."))
		}
	}
	// 3. The gravest findings, and how many there are.
	if n := min(len(findings), 2); n > 0 {
		var parts []string
		for _, f := range findings[:n] {
			parts = append(parts, pick(zh, f.Message, f.MessageEN))
		}
		if zh {
			out = append(out, fmt.Sprintf("%s共有 %d 处需核对（见“矛盾与核对”）。", strings.Join(parts, ""), len(findings)))
		} else {
			out = append(out, fmt.Sprintf("%s There are %d findings to check (see the sheet of findings).", strings.Join(parts, " "), len(findings)))
		}
	}
	return out
}

func pick(zh bool, a, b string) string {
	if zh {
		return a
	}
	return b
}

func name(t *indicators.Target) string {
	if t.English != "" {
		return t.English
	}
	return t.Indicator
}

func pace(a *progress.Assessment) string { return fmt.Sprintf("%.1f", a.Required.Value) }

func steps(a *progress.Assessment) int {
	if a.From.Freq() != a.By.Freq() {
		return a.By.Year() - a.From.Year()
	}
	return a.By.Sub(a.From)
}

func nominal(a *progress.Assessment) bool {
	u, err := indicators.ParseUnit(a.Base.Unit)
	return err == nil && u.Money() && a.Target.Prices != indicators.Real
}

func yearly(a *progress.Assessment) string {
	s := ""
	if nominal(a) {
		s = "名义"
	}
	if steps(a) > 1 {
		s += "年均"
	}
	return s
}

func yearlyEN(a *progress.Assessment) string {
	s := "nominal growth"
	if !nominal(a) {
		s = "growth"
	}
	if steps(a) > 1 {
		s += " a year"
	}
	return s
}

// chance prints a probability for readers: whole per cents, and never 0 or
// 100 for what is only very unlikely or likely.
func chance(p float64) string {
	switch {
	case p < 0.01:
		return "<1%"
	case p > 0.99:
		return ">99%"
	}
	return fmt.Sprintf("%.0f%%", 100*p)
}

// about is the probability with what it rests on.
func about(a *progress.Assessment, lang string) string {
	s := chance(a.Probability)
	if s[0] != '<' && s[0] != '>' {
		s = pick(lang == "zh", "约", "about ") + s
	}
	switch a.Basis {
	case progress.PriorOnly:
		s += pick(lang == "zh", "，仅依先验", ", prior only")
	case progress.WithContext:
		s += pick(lang == "zh", "，依所述背景", ", on the stated context")
	}
	return s
}

// number prints a figure without an exponent, with no more digits than a
// report would.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
