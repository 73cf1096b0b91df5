package progress_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/pooled"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

// claim is a claim of area 乙区 for tests.
func claim(t testing.TB, id, ind, value, unit string, kind indicators.Kind, period string, d indicators.Direction) indicators.Claim {
	t.Helper()
	c := indicators.Claim{ID: id, Indicator: ind, Kind: kind, Area: "乙区", Better: d, Unit: indicators.MustUnit(unit)}
	var err error
	if value != "" {
		if c.Value, err = indicators.ParseValue(value); err != nil {
			t.Fatal(err)
		}
		c.HasValue = true
	}
	if c.Spans, err = indicators.ParseSpans(period); err != nil {
		t.Fatal(err)
	}
	return c
}

// history makes level claims for consecutive years.
func history(t testing.TB, ind, unit string, first int, values ...string) []indicators.Claim {
	var out []indicators.Claim
	for i, v := range values {
		out = append(out, claim(t, fmt.Sprintf("%s-%d", ind, first+i), ind, v, unit, indicators.KindLevel, fmt.Sprint(first+i), indicators.Up))
	}
	return out
}

// logWalk is a random walk on the logarithm with drift 0 and the given spread,
// so that probabilities are known.
type logWalk struct{ sd float64 }

type logWalkModel struct{ last, sd float64 }

func (w logWalk) Fit(y []float64) (forecast.Model, error) {
	if _, err := forecast.Check(y); err != nil {
		return nil, err
	}
	return logWalkModel{y[len(y)-1], w.sd}, nil
}

// FitData sees the values as they are, without a transform for their bounds.
func (w logWalk) FitData(d forecast.Data) (forecast.Model, error) { return w.Fit(d.Y) }

func (m logWalkModel) Forecast(h int) []forecast.Dist {
	ds := make([]forecast.Dist, h)
	for i := range ds {
		ds[i] = logNormal{math.Log(m.last), m.sd * math.Sqrt(float64(i+1))}
	}
	return ds
}

func (m logWalkModel) Simulate(path []float64, src rand.Source) {
	rng := rand.New(src)
	x := math.Log(m.last)
	for i := range path {
		x += m.sd * rng.NormFloat64()
		path[i] = math.Exp(x)
	}
}

type logNormal struct{ mu, sd float64 }

func (d logNormal) Mean() float64         { return math.Exp(d.mu + d.sd*d.sd/2) }
func (d logNormal) CDF(x float64) float64 { return phi((math.Log(x) - d.mu) / d.sd) }
func (d logNormal) Quantile(p float64) float64 {
	return math.Exp(d.mu + d.sd*math.Sqrt2*math.Erfinv(2*p-1))
}

func source(seed uint64) rand.Source { return rand.NewPCG(seed, 1) }

func phi(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }

func walking(sd float64) func(*indicators.Series) progress.Choice {
	return func(*indicators.Series) progress.Choice {
		return progress.Choice{Method: logWalk{sd}, Name: "walk"}
	}
}

func only(t *testing.T, o progress.Options, cs ...indicators.Claim) progress.Assessment {
	t.Helper()
	for _, a := range progress.Assess(&indicators.Dataset{Claims: cs}, o).Assessments {
		if a.ID == "t" {
			return a
		}
	}
	t.Fatal("no target t")
	return progress.Assessment{}
}

// Growth of income against that of GDP, both log-normal walks with spread s
// over one year: the difference of the log growth is normal with variance
// 2s²(1−r), r = 2 sin(π ρ/6), and at a tolerance of 0 points it is met with
// probability one half; at −1 point with nearly Φ(0.01/(s·√(2(1−r)))).
func TestRelative(t *testing.T) {
	gdp := history(t, "地区生产总值", "亿元", 2021, "698")
	income := history(t, "居民人均可支配收入", "元", 2021, "35000")
	target := claim(t, "t", "居民人均可支配收入", "", "", indicators.KindTargetQualitative, "by 2022", indicators.Up)
	target.Value.Word, target.Ref = "同步", "地区生产总值@乙区"
	const s = 0.05
	for _, rho := range []float64{0, 0.5, 0.9} {
		r := 2 * math.Sin(math.Pi*rho/6)
		want := phi(0.01 / (s * math.Sqrt(2*(1-r))))
		a := only(t, progress.Options{Choose: walking(s), Correlation: &rho}, append(append(gdp, income...), target)...)
		if !a.HasProbability || math.Abs(a.Probability-want) > 4*a.SE+0.003 || a.SE > 0.005 {
			t.Errorf("rho %v: %v ± %v, want %.4f: %s", rho, a.Probability, a.SE, want, a.Why)
		}
		if a.Median.Unit != "个百分点" || a.Flips {
			t.Errorf("%+v, flips %v", a.Median, a.Flips)
		}
	}
	def := only(t, progress.Options{Choose: walking(s)}, append(append(gdp, income...), target)...)
	if !strings.Contains(def.Why, "秩相关取0.50（数据不足以估计）") || !strings.Contains(def.WhyEN, "set to 0.50") {
		t.Error(def.Why)
	}
	// Histories that go together give a correlation of their own: ten changes
	// of perfect rank correlation, shrunk to 0.5 by as many, make 0.75.
	var long []indicators.Claim
	for i, x := range []int{0, 9, 11, 24, 30, 45, 49, 60, 76, 80, 94} {
		long = append(long, history(t, "地区生产总值", "亿元", 2011+i, fmt.Sprint(400+x*3))...)
		long = append(long, history(t, "居民人均可支配收入", "元", 2011+i, fmt.Sprint(20000+x*150))...)
	}
	a := only(t, progress.Options{Choose: walking(s)}, append(long, target)...)
	if !strings.Contains(a.Why, "秩相关取0.75（10对同期变动的秩相关1.00") {
		t.Error(a.Why)
	}
	// Without a figure of its own: no probability, and what is missing.
	a = only(t, progress.Options{Choose: walking(s)}, append(gdp, target)...)
	if a.HasProbability || a.Verdict != progress.NoEvidence || !strings.Contains(a.Why, "没有居民人均可支配收入的数值") {
		t.Error(a.Why)
	}
}

// P(share ≥ q | level ≥ T) at medians of both is an orthant probability,
// 1/2 + asin(r)/π (Sheppard 1899); a condition out of reach is too rare.
func TestConditional(t *testing.T) {
	share := claim(t, "share", "地区生产总值", "12.8", "%", indicators.KindShareCity, "2021", indicators.Up)
	share.Of = "地区生产总值@甲市"
	target := claim(t, "t", "地区生产总值", "12.8", "%", indicators.KindTargetShare, "by 2022", indicators.Up)
	target.Of = share.Of
	cs := append(history(t, "地区生产总值", "亿元", 2021, "698"), share, target)
	level := claim(t, "level", "地区生产总值", "698", "亿元", indicators.KindTargetLevel, "by 2022", indicators.Up)
	a := only(t, progress.Options{Choose: walking(0.05)}, append(cs, level)...)
	if len(a.Given) != 1 || !a.Given[0].OK {
		t.Fatalf("%+v", a.Given)
	}
	g := a.Given[0]
	want := 0.5 + math.Asin(2*math.Sin(math.Pi*0.5/6))/math.Pi
	if g.On != "level" || g.Paths < 1000 || math.Abs(g.P-want) > 4*g.SE || !strings.Contains(a.Why, g.Why) || !strings.Contains(g.Why, "标准误") {
		t.Errorf("%+v, want %.4f", g, want)
	}
	level = claim(t, "level", "地区生产总值", "1500", "亿元", indicators.KindTargetLevel, "by 2022", indicators.Up)
	a = only(t, progress.Options{Choose: walking(0.05)}, append(cs, level)...)
	if len(a.Given) != 1 || a.Given[0].OK || !strings.Contains(a.Why, "过于罕见") || !strings.Contains(a.WhyEN, "too rare to tell") {
		t.Errorf("%+v %s", a.Given, a.Why)
	}
}

// Growth held in each of two years: two independent halves of a walk make a
// quarter; growth at the end only one half.
func TestGrowthEachYear(t *testing.T) {
	cs := history(t, "工业增加值", "亿元", 2021, "100")
	target := claim(t, "t", "工业增加值", "0", "%", indicators.KindTargetGrowth, "by 2023", indicators.Up)
	target.Base = indicators.Year(2021)
	end := only(t, progress.Options{Choose: walking(0.1)}, append(cs, target)...)
	near(t, "at the end", end.Probability, 0.5, 1e-9)
	target.Hold = true
	held := only(t, progress.Options{Choose: walking(0.1)}, append(cs, target)...)
	near(t, "each year", held.Probability, 0.25, 4*held.SE)
}

// A growth target whose base lies behind: 100 in 2021 and 8 % a year to 2024
// is 125.97; from 103 in 2022 that takes 10.59 % a year, 2.59 points more.
func TestCatchUp(t *testing.T) {
	cs := history(t, "工业增加值", "亿元", 2021, "100.0", "103.0")
	target := claim(t, "t", "工业增加值", "8", "%", indicators.KindTargetGrowth, "by 2024", indicators.Up)
	target.Base = indicators.Year(2021)
	a := only(t, progress.Options{Choose: walking(0.1)}, append(cs, target)...)
	near(t, "level", a.Want.Value, 125.9712, 1e-9)
	near(t, "from now", a.Required.Value, 100*(math.Sqrt(125.9712/103)-1), 1e-9)
	near(t, "from the base", a.FromBase.Value, 8, 1e-9)
	if a.BaseFrom != indicators.Year(2021) || !strings.Contains(a.Why, "多2.59个百分点") {
		t.Errorf("%v %s", a.BaseFrom, a.Why)
	}
	// If 2023 repeats the 3 % of 2022, one year is left for 125.97/106.09.
	if len(a.Later) != 1 || a.Later[0].After != indicators.Year(2023) {
		t.Fatalf("%+v", a.Later)
	}
	near(t, "later", a.Later[0].Required.Value, 100*(125.9712/106.09-1), 1e-9)
	near(t, "percentile", a.Percentile, phi(math.Log(125.9712/103)/(0.1*math.Sqrt2)), 1e-9)
	var b bytes.Buffer
	if err := progress.WriteCSV(&b, []progress.Assessment{a}, "zh"); err != nil || !strings.Contains(b.String(), "2023:18.7") || !strings.Contains(b.String(), ",2021,8,") {
		t.Error(b.String())
	}
}

// The pace of a level is that of indicators.Requirement, to the last bit.
func TestRequirementAgrees(t *testing.T) {
	d := seeds.Jianxi()
	rep := seedReport()
	as := map[string]progress.Assessment{}
	for _, a := range rep.Assessments {
		as[a.ID] = a
	}
	n := 0
	for _, r := range d.Requirements(indicators.Preference{}) {
		a := as[r.ID]
		if r.Measure != indicators.Level && r.Measure != indicators.Cumulative && r.Measure != indicators.Share || !r.Pace.Bounded() || !a.Required.OK {
			continue
		}
		n++
		if math.Abs(a.Required.Lo-r.Pace.Lo) > 1e-12*math.Abs(r.Pace.Lo) || math.Abs(a.Required.Hi-r.Pace.Hi) > 1e-12*math.Abs(r.Pace.Hi) {
			t.Errorf("%s: [%v, %v], want %v", r.ID, a.Required.Lo, a.Required.Hi, r.Pace)
		}
	}
	if n < 10 {
		t.Errorf("only %d paces compared", n)
	}
}

// Ranks with a history: places to win a year, and whole places.
func TestRank(t *testing.T) {
	var cs []indicators.Claim
	for i, r := range []string{"8", "7", "7"} {
		cs = append(cs, claim(t, "r"+r+fmt.Sprint(i), "地区生产总值", r, "位次", indicators.KindRank, fmt.Sprint(2019+i), indicators.Down))
	}
	target := claim(t, "t", "地区生产总值", "5", "位次", indicators.KindTargetRank, "by 2023", indicators.Down)
	a := only(t, progress.Options{Choose: walking(0.2)}, append(cs, target)...)
	near(t, "places a year", a.Required.Value, -1, 1e-12)
	near(t, "fifth or better", a.Probability, phi(math.Log(5.5/7)/(0.2*math.Sqrt2)), 1e-9)
	if a.Required.Unit != "位" || !strings.Contains(a.Sentence("zh"), "前移1.0位") {
		t.Errorf("%+v %s", a.Required, a.Sentence("zh"))
	}
}

// A date within a year on annual data. By mid-year a flow must have made half
// of it; a stock lies half way between two year-ends.
func TestWithinYear(t *testing.T) {
	flow := history(t, "地区生产总值", "亿元", 2021, "100")
	a := only(t, progress.Options{Choose: walking(0.05)}, append(flow, claim(t, "t", "地区生产总值", "50", "亿元", indicators.KindTargetLevel, "by 2022-S1", indicators.Up))...)
	near(t, "half of the year", a.Required.Value, 0, 1e-9)
	near(t, "half is even", a.Probability, 0.5, 0.02)
	stock := history(t, "存款余额", "亿元", 2021, "100")
	a = only(t, progress.Options{Choose: walking(0.05)}, append(stock, claim(t, "t", "存款余额", "105", "亿元", indicators.KindTargetLevel, "by 2022-06", indicators.Up))...)
	near(t, "10.25 % a year", a.Required.Value, 10.25, 1e-9)
	near(t, "probability", a.Probability, 1-phi(2*math.Log(1.05)/0.05), 4*a.SE)
	if a.SE == 0 || !strings.Contains(a.Why, "年末") {
		t.Error(a.SE, a.Why)
	}
	// December is the year.
	a = only(t, progress.Options{Choose: walking(0.05)}, append(flow, claim(t, "t", "地区生产总值", "100", "亿元", indicators.KindTargetLevel, "by 2022-12", indicators.Up))...)
	near(t, "the year", a.Probability, 0.5, 1e-9)
}

// The year in progress, from the claims of a dataset.
func TestRunningYear(t *testing.T) {
	cs := history(t, "一般公共预算收入", "亿元", 2018, "80.0", "90.0", "95.0", "100.0")
	for i, v := range []string{"45.0", "48.0", "50.0"} { // about half by June
		cs = append(cs, claim(t, fmt.Sprint("h", i), "一般公共预算收入", v, "亿元", indicators.KindCumulative, fmt.Sprintf("%d-01-%d-06", 2019+i, 2019+i), indicators.Up))
	}
	cs = append(cs, claim(t, "now", "一般公共预算收入", "54.0", "亿元", indicators.KindCumulative, "2022-01-2022-06", indicators.Up),
		claim(t, "g", "一般公共预算收入", "10.5", "%", indicators.KindGrowth, "2022-01-2022-06", indicators.Up))
	target := claim(t, "t", "一般公共预算收入", "108", "亿元", indicators.KindTargetLevel, "by 2022", indicators.Up)
	a := only(t, progress.Options{Choose: walking(0.08)}, append(cs, target)...)
	y := a.Year
	if y == nil {
		t.Fatal("the year in progress was not seen")
	}
	near(t, "completion", y.Completion.Value, 50, 1e-9)
	near(t, "schedule", y.Schedule, 50, 1e-9)
	near(t, "stated growth", y.Growth, 10.5, 1e-9)
	near(t, "ratio of levels", y.Ratio, 8, 1e-9)
	near(t, "rest of the year", y.Rest.Value, 8, 1e-9)
	near(t, "full year", y.FullYear.Value, 107, 2)
	if y.Through != 6 || !(y.FullYear.Lo < 107 && y.FullYear.Hi > 107) || y.FullYear.Hi-y.FullYear.Lo > 15 || !strings.Contains(a.Why, "不可混用") {
		t.Errorf("%+v %s", y, a.Why)
	}
	// Without what is done since, 108 of a driftless 100 would have probability 1−Φ(ln 1.08/0.08).
	if before := 1 - phi(math.Log(1.08)/0.08); a.Probability < before+0.1 {
		t.Errorf("probability %v, before the year %v", a.Probability, before)
	}
	var schedule string
	rep := progress.Assess(&indicators.Dataset{Claims: append(cs, target)}, progress.Options{Choose: walking(0.08)})
	for _, v := range progress.TargetVerdicts(&rep) {
		if v.Why == "" {
			t.Errorf("%s %s: no reason", v.ID, v.Rule)
		}
		if v.Rule == progress.RuleSchedule {
			schedule = v.Verdict + fmt.Sprint(v.Flips)
		}
	}
	if schedule != "aheadtrue" { // 50.00 % of 50.00 %, and 53.95 would be behind
		t.Error(schedule)
	}
	if s := a.Sentence("zh"); !strings.Contains(s, "2022年1—6月乙区一般公共预算收入完成54亿元，增长10.5%，完成全年目标的50%，与时序进度持平，预计全年") {
		t.Error(s)
	}
}

// The answer does not depend on the number of workers.
func TestWorkers(t *testing.T) {
	var first string
	for _, n := range []int{1, 7} {
		rep := progress.Assess(seeds.Jianxi(), progress.Options{Choose: drift, Workers: n, Paths: 2000})
		var b bytes.Buffer
		if err := progress.WriteCSV(&b, rep.Assessments, "en"); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = b.String()
		}
		if b.String() != first {
			t.Errorf("%d workers gave other bytes", n)
		}
	}
}

// 1000 targets on 1000 series, each held for five years on 10 000 joint paths
// of the default method.
func BenchmarkThousandTargets(b *testing.B) {
	var cs []indicators.Claim
	for i := range 1000 {
		ind := fmt.Sprintf("指标%d", i)
		cs = append(cs, history(b, ind, "亿元", 2016, "80.1", "84", "91", "93", "98", "105")...)
		c := claim(b, "t"+fmt.Sprint(i), ind, "100", "亿元", indicators.KindTargetLevel, "by 2026", indicators.Up)
		c.Hold = true
		cs = append(cs, c)
	}
	d := &indicators.Dataset{Claims: cs}
	for b.Loop() {
		progress.Assess(d, progress.Options{Paths: 10_000, Choose: func(*indicators.Series) progress.Choice {
			return progress.Choice{Method: auto.Auto{Prior: pooled.Mixture{}}, Name: "auto"}
		}})
	}
}
