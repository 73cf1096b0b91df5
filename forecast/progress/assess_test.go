package progress_test

import (
	"strings"
	"sync"
	"testing"

	"example.com/zhibiao/forecast/pooled"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

func drift(s *indicators.Series) progress.Choice {
	p := pooled.Growing()
	if !s.Nature.Trending() {
		p = pooled.Stable()
	}
	return progress.Choice{Method: pooled.Drift{Prior: p}, Name: "ebdrift"}
}

// seedReport is the assessment of the seed report, made once for all tests.
var seedReport = sync.OnceValue(func() progress.Report {
	return progress.Assess(seeds.Jianxi(), progress.Options{Choose: drift})
})

// The numbers of the seed report, worked out by hand in the reference.
func TestRequired(t *testing.T) {
	rep := seedReport()
	as := map[string]progress.Assessment{}
	for _, a := range rep.Assessments {
		as[a.ID] = a
	}
	for _, c := range []struct {
		id        string
		v, lo, hi float64
	}{
		{"gdp-target-2022", 14.61, 14.53, 14.70},
		{"gdp-target-2026", 16.53, 16.52, 16.55},
		{"gdp-target-2026<gdp-target-2022", 17.02, 17.02, 17.02},
		{"tech-contract-turnover-target-2022", 7.14, 6.19, 8.11},
		{"hightech-firms-target-2022", 7.53, 7.53, 7.53},
	} {
		a, ok := as[c.id]
		if !ok || !a.Required.OK {
			t.Errorf("%s: no required growth", c.id)
			continue
		}
		near(t, c.id, a.Required.Value, c.v, 0.005)
		near(t, c.id+" lo", a.Required.Lo, c.lo, 0.0051)
		near(t, c.id+" hi", a.Required.Hi, c.hi, 0.0051)
	}
	retail := as["retail-sales-growth-target-2022"].Want
	near(t, "retail", retail.Value, 360.8, 0.05)
	near(t, "retail lo", retail.Lo, 360.2, 0.05)
	near(t, "retail hi", retail.Hi, 361.3, 0.05)
	revenue := as["budget-revenue-growth-target-2022"].Want
	near(t, "revenue", revenue.Value, 46.5, 0.05)
	near(t, "revenue lo", revenue.Lo, 46.49, 0.005)
	near(t, "revenue hi", revenue.Hi, 46.60, 0.005)

	share := as["gdp-share-target-2026"]
	near(t, "share, points a year", share.Required.Value, (15-12.8)/5, 1e-9)
	for id, want := range map[string]string{
		"gdp-share-target-2026":                 "3.22%",
		"gdp-target-2026":                       "名义",
		"gdp-target-2022":                       "名义",
		"hightech-firms-target-2022":            "须高于",
		"retail-sales-growth-target-2022":       "若基数不修订",
		"major-projects-investment-target-2025": "不计入",
	} {
		if !strings.Contains(as[id].Why, want) {
			t.Errorf("%s: want %q in %s", id, want, as[id].Why)
		}
	}
	if !strings.Contains(as["gdp-target-2026"].RequiredAlt, "2027年：13.6%") {
		t.Errorf("by 2027: %q", as["gdp-target-2026"].RequiredAlt)
	}
	for _, a := range rep.Assessments {
		if a.HasProbability && (a.Probability < 0 || a.Probability > 1 || a.Median.Lo > a.Median.Value || a.Lo95 > a.Median.Lo || a.Hi95 < a.Median.Hi || a.Method == "") {
			t.Errorf("%s: %+v", a.ID, a)
		}
		if a.Why == "" || a.WhyEN == "" || strings.Contains(a.Why+a.WhyEN, "NaN") || strings.Contains(a.Why+a.WhyEN, "Inf") {
			t.Errorf("%s: reasons %q %q", a.ID, a.Why, a.WhyEN)
		}
	}
}

// One observation gives a wide interval and says so.
func TestOneFigure(t *testing.T) {
	rep := seedReport()
	for _, a := range rep.Assessments {
		if a.ID != "gdp-target-2026" {
			continue
		}
		if r := a.Median.Hi / a.Median.Lo; r < 1.5 || r > 3 {
			t.Errorf("80 %% interval [%v, %v]", a.Median.Lo, a.Median.Hi)
		}
		if a.Basis != progress.PriorOnly || !strings.Contains(a.VerdictWords("zh"), "仅依先验") {
			t.Errorf("%v %s", a.Basis, a.VerdictWords("zh"))
		}
	}
}

func TestWriteCSV(t *testing.T) {
	rep := seedReport()
	var zh, en strings.Builder
	if err := progress.WriteCSV(&zh, rep.Assessments, "zh"); err != nil {
		t.Fatal(err)
	}
	if err := progress.WriteCSV(&en, rep.Assessments, "en"); err != nil {
		t.Fatal(err)
	}
	if zh.String() == en.String() || strings.Count(zh.String(), "\n") != len(rep.Assessments)+1 {
		t.Error("wrong number of rows, or the language does nothing")
	}
	if s := zh.String(); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") || !strings.HasPrefix(s, strings.Join(progress.AssessmentColumns(), ",")) {
		t.Error("not the documented table")
	}
}

// Refusals and odd inputs each have a stated answer.
func TestEdges(t *testing.T) {
	claim := func(id, value, unit string, kind indicators.Kind, period string, d indicators.Direction) indicators.Claim {
		v, err := indicators.ParseValue(value)
		if err != nil {
			t.Fatal(err)
		}
		sp, err := indicators.ParseSpans(period)
		if err != nil {
			t.Fatal(err)
		}
		return indicators.Claim{ID: id, Indicator: "甲", Value: v, HasValue: true, Unit: indicators.MustUnit(unit), Kind: kind, Spans: sp, Area: "乙区", Better: d}
	}
	for _, c := range []struct {
		name         string
		base, target indicators.Claim
		required     bool
		verdict      progress.Verdict // where it does not depend on the forecast
		why          string
	}{
		{"base zero", claim("b", "0", "个", indicators.KindLevel, "2021", indicators.Up), claim("t", "5", "个", indicators.KindTargetLevel, "by 2022", indicators.Up), false, 0, "不为正数"},
		{"negative base", claim("b", "-3.2", "亿元", indicators.KindLevel, "2021", indicators.Up), claim("t", "5", "亿元", indicators.KindTargetLevel, "by 2022", indicators.Up), false, 0, "不为正数"},
		{"due before the data", claim("b", "3", "亿元", indicators.KindLevel, "2021", indicators.Up), claim("t", "5", "亿元", indicators.KindTargetLevel, "by 2021", indicators.Up), false, progress.NoEvidence, "不晚于"},
		{"units that do not convert", claim("b", "3", "亿元", indicators.KindLevel, "2021", indicators.Up), claim("t", "5", "公顷", indicators.KindTargetLevel, "by 2022", indicators.Up), false, progress.NoEvidence, "不能换算"},
		{"target equal to base", claim("b", "3.0", "亿元", indicators.KindLevel, "2021", indicators.Up), claim("t", "3.0", "亿元", indicators.KindTargetLevel, "by 2022", indicators.Up), true, 0, "已达到"},
		{"base beyond the target", claim("b", "30", "微克/立方米", indicators.KindLevel, "2021", indicators.Down), claim("t", "35", "微克/立方米", indicators.KindTargetCeiling, "by 2022", indicators.Down), true, 0, "已达到"},
	} {
		d := &indicators.Dataset{Claims: []indicators.Claim{c.base, c.target}}
		a := progress.Assess(d, progress.Options{Choose: drift}).Assessments[0]
		if a.Required.OK != c.required || c.verdict != 0 && a.Verdict != c.verdict || !strings.Contains(a.Why, c.why) {
			t.Errorf("%s: required %+v, verdict %v, why %s", c.name, a.Required, a.Verdict, a.Why)
		}
	}
}
