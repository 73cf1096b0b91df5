package progress_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

// The edge cases of the reference: each has a stated answer or a stated
// refusal, in the assessment and in every rule.
func TestEdgeCases(t *testing.T) {
	level := func(v, unit, period string, d indicators.Direction) indicators.Claim {
		return claim(t, "b"+period+v, "甲", v, unit, indicators.KindLevel, period, d)
	}
	want := func(v, unit string, k indicators.Kind, period string, d indicators.Direction) indicators.Claim {
		return claim(t, "t", "甲", v, unit, k, period, d)
	}
	up, down := indicators.Up, indicators.Down
	based := want("8", "%", indicators.KindTargetGrowth, "by 2024", up)
	based.Base = indicators.Year(2019)
	far := want("100", "亿元", indicators.KindTargetCumulative, "2024-2026", up)
	gap := want("100", "亿元", indicators.KindTargetCumulative, "2020-2026", up)
	for _, c := range []struct {
		name     string
		claims   []indicators.Claim
		required bool
		likely   bool
		why      string
	}{
		{"base zero: growth has no meaning, a level can be reached", []indicators.Claim{level("0", "个", "2021", up), want("5", "个", indicators.KindTargetLevel, "by 2022", up)}, false, true, "增速无意义"},
		{"base zero: growth of it is no level", []indicators.Claim{level("0", "个", "2021", up), want("5", "%", indicators.KindTargetGrowth, "by 2022", up)}, true, false, "不是正的水平值"},
		{"target zero", []indicators.Claim{level("5", "个", "2021", down), want("0", "个", indicators.KindTargetCeiling, "by 2022", down)}, true, true, "下降100.00%"},
		{"negative base", []indicators.Claim{level("-3.2", "亿元", "2021", up), want("5", "亿元", indicators.KindTargetLevel, "by 2022", up)}, false, true, "增速无意义"},
		{"negative base and negative target", []indicators.Claim{level("-3.2", "亿元", "2021", up), want("-2", "亿元", indicators.KindTargetLevel, "by 2022", up)}, false, true, "增速无意义"},
		{"base beyond the target, more is better", []indicators.Claim{level("30.0", "亿元", "2021", up), want("25", "亿元", indicators.KindTargetLevel, "by 2022", up)}, true, true, "仍可完成"},
		{"base beyond the target, less is better", []indicators.Claim{level("30", "微克/立方米", "2021", down), want("35", "微克/立方米", indicators.KindTargetCeiling, "by 2022", down)}, true, true, "已达到"},
		{"target equal to base", []indicators.Claim{level("3.0", "亿元", "2021", up), want("3.0", "亿元", indicators.KindTargetLevel, "by 2022", up)}, true, true, "恰好相等"},
		{"base year missing", []indicators.Claim{level("3.0", "亿元", "2021", up), based}, true, false, "没有2019年的数值"},
		{"growth of −100 %", []indicators.Claim{level("3.0", "亿元", "2021", down), want("-100", "%", indicators.KindTargetGrowth, "by 2022", down)}, true, true, "0.0亿元"},
		{"growth below −100 %", []indicators.Claim{level("3.0", "亿元", "2021", down), want("-120", "%", indicators.KindTargetGrowth, "by 2022", down)}, true, true, "0.0亿元"},
		{"the date has come, met", []indicators.Claim{level("6.0", "亿元", "2021", up), want("5", "亿元", indicators.KindTargetLevel, "by 2021", up)}, false, false, "目标已完成"},
		{"the date has come, missed", []indicators.Claim{level("4.0", "亿元", "2021", up), want("5", "亿元", indicators.KindTargetLevel, "by 2021", up)}, false, false, "目标未完成"},
		{"the date is the last day of the year", []indicators.Claim{level("4.0", "亿元", "2021", up), want("5", "亿元", indicators.KindTargetLevel, "by 2021-12-31", up)}, false, false, "目标未完成"},
		{"a sum that begins later", []indicators.Claim{level("30.0", "亿元", "2021", up), far}, false, true, "预测"},
		{"a sum with a year missing", []indicators.Claim{level("30.0", "亿元", "2021", up), gap}, false, false, "缺2020年"},
		{"a sum that is complete", []indicators.Claim{level("30.0", "亿元", "2021", up), want("10", "亿元", indicators.KindTargetCumulative, "2021-2023", up)}, false, true, "累计已达到"},
		{"a zero sum", []indicators.Claim{level("0.0", "亿元", "2021", up), want("10", "亿元", indicators.KindTargetCumulative, "2021-2023", up)}, false, true, "预测"},
		{"another unit", []indicators.Claim{level("3", "亿元", "2021", up), want("5", "公顷", indicators.KindTargetLevel, "by 2022", up)}, false, false, "不能换算"},
		{"quarters against a year", []indicators.Claim{level("3.0", "亿元", "2021-Q4", up), want("5", "亿元", indicators.KindTargetLevel, "by 2022", up)}, false, false, "频率不同"},
		{"no base", []indicators.Claim{want("5", "亿元", indicators.KindTargetLevel, "by 2022", up)}, false, false, "没有同口径的基期数"},
		{"no date", []indicators.Claim{level("3", "亿元", "2021", up), want("5", "亿元", indicators.KindTargetLevel, "", up)}, false, false, "没有期限"},
	} {
		d := &indicators.Dataset{Claims: c.claims}
		rep := progress.Assess(d, progress.Options{Choose: func(*indicators.Series) progress.Choice { return progress.Choice{Method: auto.Auto{}, Name: "auto"} }})
		for _, a := range rep.Assessments {
			if a.Required.OK != c.required || a.HasProbability != c.likely || !strings.Contains(a.Why, c.why) {
				t.Errorf("%s: required %+v, probability %v, why %s", c.name, a.Required, a.HasProbability, a.Why)
			}
			for _, s := range []string{a.Why, a.WhyEN, a.Sentence("zh"), a.Sentence("en")} {
				if s == "" || strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
					t.Errorf("%s: %q", c.name, s)
				}
			}
			for _, x := range []float64{a.Required.Value, a.Required.Lo, a.Required.Hi, a.Probability, a.ProbabilityLo, a.ProbabilityHi, a.Percentile} {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					t.Errorf("%s: %+v", c.name, a)
				}
			}
		}
		for _, v := range progress.TargetVerdicts(&rep) {
			if v.Verdict == "" || v.Why == "" || v.Verdict == progress.NotAvailable && !math.IsNaN(v.Ratio) {
				t.Errorf("%s: %+v", c.name, v)
			}
		}
	}
}

// Every target of the seed with a number has an answer of every rule, each
// with its reason; and a sentence that never tells 0 or 100 %.
func TestSeedVerdicts(t *testing.T) {
	rep := progress.Assess(seeds.Jianxi(), progress.Options{Choose: func(*indicators.Series) progress.Choice { return progress.Choice{Method: auto.Auto{}, Name: "auto"} }})
	rows := map[string][]progress.VerdictRow{}
	for _, v := range progress.TargetVerdicts(&rep) {
		rows[v.ID] = append(rows[v.ID], v)
		if v.Why == "" {
			t.Errorf("%s %s: no reason", v.ID, v.Rule)
		}
	}
	n := 0
	for i := range rep.Assessments {
		a := &rep.Assessments[i]
		zh, en := a.Sentence("zh"), a.Sentence("en")
		if !strings.HasSuffix(zh, "。") || strings.Count(zh, "。") != 1 || !strings.HasSuffix(en, ".") || strings.Contains(zh, "可能性约0%") || strings.Contains(zh, "可能性约100%") {
			t.Errorf("%s: %s %s", a.ID, zh, en)
		}
		if a.IsPace() || a.Target.Open != "" {
			continue
		}
		n++
		if len(rows[a.ID]) != 6 {
			t.Errorf("%s: %d rules", a.ID, len(rows[a.ID]))
		}
		if a.HasProbability && (a.ProbabilityLo > a.Probability || a.ProbabilityHi < a.Probability || a.SE > 0.005) {
			t.Errorf("%s: %v in [%v, %v] ± %v", a.ID, a.Probability, a.ProbabilityLo, a.ProbabilityHi, a.SE)
		}
	}
	if n < 60 || len(rows) != n {
		t.Errorf("%d targets, %d with verdicts", n, len(rows))
	}
}

// Rounding alone can turn the own verdict: a printed 9 may be anything from
// 8.5, where a driftless walk reaches 9.5 with 13 %, to 9.5, where it is even.
func TestOwnVerdictFlips(t *testing.T) {
	for _, c := range []struct {
		base  string
		flips bool
	}{{"9", true}, {"9.00", false}} {
		a := only(t, progress.Options{Choose: walking(0.1)}, claim(t, "b", "甲", c.base, "亿元", indicators.KindLevel, "2021", indicators.Up), claim(t, "t", "甲", "9.5", "亿元", indicators.KindTargetLevel, "by 2022", indicators.Up))
		near(t, "probability", a.Probability, 1-phi(math.Log(9.5/9)/0.1), 1e-9)
		half := 0.5
		if c.base == "9.00" {
			half = 0.005
		}
		near(t, "least", a.ProbabilityLo, 1-phi(math.Log(9.5/(9-half))/0.1), 1e-6)
		near(t, "most", a.ProbabilityHi, 1-phi(math.Log(9.5/(9+half))/0.1), 1e-6)
		if a.Flips != c.flips {
			t.Errorf("%s: flips %v", c.base, a.Flips)
		}
	}
	// A growth target moves with its base: rounding changes nothing.
	a := only(t, progress.Options{Choose: walking(0.1)}, claim(t, "b", "甲", "9", "亿元", indicators.KindLevel, "2021", indicators.Up), claim(t, "t", "甲", "5", "%", indicators.KindTargetGrowth, "by 2022", indicators.Up))
	if a.Flips || a.ProbabilityLo != a.ProbabilityHi {
		t.Errorf("%v: [%v, %v]", a.Probability, a.ProbabilityLo, a.ProbabilityHi)
	}
}

// What binds: growth against level, and income against GDP.
func TestConsistency(t *testing.T) {
	gdp := history(t, "地区生产总值", "亿元", 2021, "698")
	level := claim(t, "level", "地区生产总值", "800", "亿元", indicators.KindTargetLevel, "by 2022", indicators.Up)
	growth := claim(t, "growth", "地区生产总值", "10", "%", indicators.KindTargetGrowth, "by 2022", indicators.Up)
	income := history(t, "居民人均可支配收入", "元", 2021, "35000")
	sync := claim(t, "sync", "居民人均可支配收入", "", "", indicators.KindTargetQualitative, "by 2022", indicators.Up)
	sync.Value.Word, sync.Ref = "同步", "地区生产总值@乙区"
	d := &indicators.Dataset{Claims: append(append(gdp, income...), level, growth, sync)}
	rep := progress.Assess(d, progress.Options{Choose: walking(0.05)})
	s := progress.Scenario{Deflator: math.NaN(), Assume: []progress.Assumption{{Indicator: "居民人均可支配收入", Growth: 8}}}
	got := map[string]progress.Implication{}
	for _, im := range s.Imply(rep.Assessments) {
		got[strings.Join(im.Targets, " ")] = im
	}
	im := got["growth level"] // 14.61 % against 10 %
	if im.Binds != "level" || math.Abs(im.Value.Value-14.613) > 0.001 {
		t.Errorf("%+v", im)
	}
	im = got["sync level"] // 14.61 − 1 point against 8 % assumed
	if !im.Broken || im.Binds != "sync" || math.Abs(im.Value.Value-13.613) > 0.001 || !strings.Contains(im.Message, "39764.6元") {
		t.Errorf("%+v", im)
	}
	// Under GDP growth of 6 %, income must grow by 5 %: 1 − Φ(ln 1.05/0.05).
	s = progress.Scenario{Deflator: math.NaN(), Assume: []progress.Assumption{{Indicator: "地区生产总值", Area: "乙区", Growth: 6}}}
	seen := 0
	for _, c := range s.Condition(&rep) {
		switch c.ID {
		case "sync":
			near(t, "income", c.Probability, 1-phi(math.Log(1.05)/0.05), 1e-9)
			near(t, "needs", c.Need.Value, 5, 1e-9)
		case "level", "growth":
			near(t, c.ID, c.Probability, 0, 0)
		default:
			t.Errorf("%+v", c)
		}
		seen++
		if c.Why == "" || c.WhyEN == "" || math.IsNaN(c.Before) {
			t.Errorf("%+v", c)
		}
	}
	if seen != 3 {
		t.Errorf("%d targets under the scenario", seen)
	}
}

// A share under an assumed total, and growth a head: both by the forecast of
// the level.
func TestConditionSeed(t *testing.T) {
	rep := progress.Assess(seeds.Jianxi(), progress.Options{Choose: walking(0.1)})
	s := progress.Scenario{Deflator: 3, Assume: []progress.Assumption{{Indicator: "地区生产总值", Area: "洛阳市", Growth: 6}, {Indicator: "总人口", Growth: 1}}}
	want := map[string]float64{
		// 15 % of 698/0.128·1.06⁵, and 698·1.1·1.01·1.03, on a walk from 698.
		"gdp-share-target-2026":             1 - phi(math.Log(0.15/0.128*math.Pow(1.06, 5))/(0.1*math.Sqrt(5))),
		"gdp-per-capita-growth-target-2022": 1 - phi(math.Log(1.1*1.01*1.03)/0.1),
	}
	for _, c := range s.Condition(&rep) {
		if p, ok := want[c.ID]; ok {
			near(t, c.ID, c.Probability, p, 1e-9)
			delete(want, c.ID)
		}
	}
	if len(want) > 0 {
		t.Errorf("not assessed: %v", want)
	}
}

// Reading what happened before: faults name row and column.
func TestReadPast(t *testing.T) {
	in := "\ufeffset,y,index,unique_id\ntrain,1,1,a\ntrain,,2,a\ntest,3,3,a\ntrain,5,1,b\n"
	ps, err := progress.ReadPast(strings.NewReader(in), "c.csv")
	if err != nil || len(ps) != 2 || len(ps[0].Train) != 2 || !math.IsNaN(ps[0].Train[1]) || ps[0].Test[0] != 3 || ps[1].Key != "b" {
		t.Errorf("%+v %v", ps, err)
	}
	_, err = progress.ReadPast(strings.NewReader("unique_id,index,y,set\na,1,x,train\nb,1,1,train\na,3,1,train\n"), "c.csv")
	for _, w := range []string{"row 2, column y", "row 4, column unique_id"} {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("want %q in %v", w, err)
		}
	}
}

// A calibrated method has skill over the reference and a reliable table; the
// draws do not look at outcomes.
func TestCalibrate(t *testing.T) {
	var ps []progress.Past
	m := logWalkModel{100, 0.1}
	for i := range 400 {
		path := make([]float64, 14)
		m.Simulate(path, source(uint64(i)))
		ps = append(ps, progress.Past{Key: fmt.Sprint(i), Train: path[:10], Test: path[10:]})
	}
	stated, ref, err := progress.Calibrate(ps, logWalk{0.1}, 5, 1)
	if err != nil || len(stated) != 400*5*4 || len(ref) != len(stated) {
		t.Fatal(len(stated), len(ref), err)
	}
	for _, b := range progress.Reliability(stated, 5) {
		if !b.Reliable() {
			t.Errorf("%+v", b)
		}
	}
	if s := progress.Skill(stated, ref); s < 0 {
		t.Errorf("skill %v of the true law over the reference", s)
	}
	if _, _, err := progress.Calibrate(nil, logWalk{0.1}, 5, 1); err != forecast.ErrEmpty {
		t.Error(err)
	}
}
