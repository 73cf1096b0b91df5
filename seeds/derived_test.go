package seeds_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

// Every number is read from its own quote by the library's own parser, not
// typed twice: digits, unit and qualifying word. Numbers that stand as a word
// (全覆盖, 未发生, 双倍增) are those that the note names by word=; no scanner of
// quantities can take them for numbers, and the word must stand in the quote.
func TestValuesFromQuotes(t *testing.T) {
	d := seeds.Jianxi()
	scanned, words := 0, 0
	for _, c := range d.Claims {
		if !c.HasValue {
			continue
		}
		found := false
		for _, n := range indicators.Scan(c.Source.Quote) {
			v := n.Value
			same := v.Coef == c.Value.Coef || v.Coef == -c.Value.Coef && c.Value.Coef < 0
			unit := n.Unit.Base == c.Unit.Base && n.Unit.Scale == c.Unit.Scale || n.Unit.Base == indicators.BaseOne && n.Unit.Scale == c.Unit.Scale || n.Unit.IsZero() && (c.Unit.IsZero() || c.Unit.Scale == 1)
			if same && v.Exp == c.Value.Exp && v.Den == c.Value.Den && unit {
				found = true
				if c.Value.Qual != indicators.Exact && v.Qual != c.Value.Qual {
					t.Errorf("%s: the parser reads %s %q in %q, the row says %s %q", c.ID, v.Qual, v.Word, c.Source.Quote, c.Value.Qual, c.Value.Word)
				}
				break
			}
		}
		word, byWord := c.Remark("word")
		switch {
		case found:
			scanned++
		case byWord && strings.Contains(c.Source.Quote, word):
			words++
		default:
			var got []string
			for _, n := range indicators.Scan(c.Source.Quote) {
				got = append(got, n.Value.String()+n.Unit.Symbol)
			}
			t.Errorf("%s: %s%s is not read from %q, only %q", c.ID, c.Value, c.Unit, c.Source.Quote, got)
		}
	}
	if words > 20 {
		t.Errorf("%d of %d numbers are words that only the note explains", words, words+scanned)
	}
	t.Logf("%d scanned, %d words", scanned, words)
}

// What follows from the report, worked out in indicators.md, sections 1 and 8.
func TestDerived(t *testing.T) {
	ds := seeds.Jianxi().Derive(indicators.Preference{})
	type key struct {
		series, span, reading string
		kind                  indicators.Kind
	}
	at := map[key]indicators.Derived{}
	for _, x := range ds {
		at[key{x.Indicator + "@" + x.Area, x.Span.String(), x.Reading.String(), x.Kind}] = x
		if len(x.Inputs) == 0 || x.Rule == "" || x.Interval.Empty() || !x.Interval.Contains(x.Value) {
			t.Errorf("%v from %v", x, x.Inputs)
		}
	}
	for _, c := range []struct {
		key
		lo, hi float64
		inputs string
	}{
		{key{"地区生产总值@洛阳市", "2021", "", indicators.KindLevel}, 5428.0, 5478.4, "gdp-2021 gdp-share-2021"},
		{key{"进出口总额@洛阳市", "2021", "", indicators.KindLevel}, 231.0, 233.2, "trade-2021 trade-share-2021"},
		{key{"PM2.5年均浓度@涧西区", "2020", "", indicators.KindLevel}, 51, 51, "pm25-2021 pm25-growth-2021"},
		{key{"PM10年均浓度@涧西区", "2020", "", indicators.KindLevel}, 87, 87, "pm10-2021 pm10-growth-2021"},
		{key{"高新技术企业数@洛阳市", "2021", "", indicators.KindLevel}, 902, 904, "hightech-firms-2021 hightech-firms-share-2021"},
		{key{"科技型中小企业数@洛阳市", "2021", "", indicators.KindLevel}, 2227, 2233, "tech-sme-share-2021 tech-sme-2021"},
		{key{"城镇居民人均可支配收入@涧西区", "2016", "2016", indicators.KindLevel}, 32014.8, 32165.7, "urban-income-2021 urban-income-avg-growth"},
		{key{"城镇居民人均可支配收入@涧西区", "2017", "2017", indicators.KindLevel}, 34207.8, 34336.9, "urban-income-2021 urban-income-avg-growth"},
		{key{"东方红国际陆港年吞吐量@涧西区", "2016-2021", "2016", indicators.KindGrowth}, 50.8, 52.9, "port-throughput-from port-throughput-to port-throughput-growth"},
		{key{"一般公共预算支出@涧西区", "2017-2021", "", indicators.KindCumulative}, 152.4, 165.3, "livelihood-spending-2017-2021 livelihood-share-2017-2021"},
		{key{"招引亿元以上项目数@涧西区", "2017-2020", "", indicators.KindCumulative}, 80, 80, "big-projects-2017-2021 big-projects-2021"},
		{key{"地区生产总值@洛阳市", "2026", "", indicators.KindLevel}, 10000, 10000, "gdp-target-2026 gdp-share-target-2026"},
		{key{"高新技术企业数@涧西区", "2020", "", indicators.KindLevel}, 298, math.Inf(1), "hightech-firms-2021 hightech-firms-increment-2021"},
		{key{"单位地区生产总值能耗@涧西区", "2021", "", indicators.KindIndex}, 85.25, 85.35, "energy-intensity-change-2017-2021"},
	} {
		x, ok := at[c.key]
		if !ok {
			t.Errorf("%v is not derived", c.key)
			continue
		}
		near := func(a, b float64) bool { return a == b || math.Abs(a-b) <= 0.06 }
		if !near(x.Interval.Lo, c.lo) || !near(x.Interval.Hi, c.hi) || strings.Join(x.Inputs, " ") != c.inputs {
			t.Errorf("%v: %v from %v, want [%v, %v] from %s", c.key, x.Interval, x.Inputs, c.lo, c.hi, c.inputs)
		}
	}
}

// Derived points enter the series; with the base year of 五年来 settled, more do.
func TestSeries(t *testing.T) {
	points := func(rule indicators.Preference) map[string]int {
		out := map[string]int{}
		for _, s := range seeds.Jianxi().Series(rule) {
			if s.Measure == indicators.Level && s.Area == "涧西区" && len(s.Obs) > 1 {
				out[s.Indicator] = len(s.Obs)
			}
		}
		return out
	}
	for name, n := range map[string]int{"PM2.5年均浓度": 2, "PM10年均浓度": 2, "单位地区生产总值能耗": 2} {
		if got := points(indicators.Preference{}); got[name] != n || len(got) != 3 {
			t.Errorf("%s: %d points among %v", name, got[name], got)
		}
	}
	for _, year := range []int{2016, 2017} {
		got := points(indicators.Preference{Reading: indicators.Year(year)})
		for _, name := range []string{"进出口总额", "东方红国际陆港年吞吐量", "城镇居民人均可支配收入", "农村居民人均可支配收入", "执业医师数", "注册护士数", "医疗卫生机构床位数"} {
			if got[name] != 2 {
				t.Errorf("base %d: %s has %d points", year, name, got[name])
			}
		}
	}
	if got := points(indicators.Preference{AsRead: true}); len(got) != 0 {
		t.Errorf("as read: %v", got)
	}
}

// All that must be found by the general checks, and nothing else above a note.
func TestFindings(t *testing.T) {
	var got []string
	for _, f := range seeds.Jianxi().Check(indicators.Wording{}) {
		if f.Message == "" || f.MessageEN == "" {
			t.Errorf("%s: no sentence", f.ID)
		}
		if f.Severity > indicators.Note {
			got = append(got, f.ID)
		} else if f.Class != indicators.Missing {
			t.Errorf("note %s", f.ID)
		}
		if f.ID == "conflict:trade-to:trade-2021" {
			if s := strings.Join(f.Readings, "；"); !strings.Contains(s, "57.3%") || !strings.Contains(s, "另一年") || !strings.Contains(s, "口径") {
				t.Errorf("readings of the trade conflict: %s", s)
			}
		}
	}
	want := []string{
		"conflict:sinosteel-luonai-centre-done:sinosteel-luonai-centre-start",
		"conflict:trade-to:trade-2021",
		"tension:livelihood-share-2017-2021:budget-revenue-2021",
		"tension:jiebang-projects-target-2022:jiebang-projects-2021",
		"tension:car-parks-target-2022:car-parks-2021",
		"tension:public-toilets-target-2022:public-toilets-2021",
		"tension:big-projects-target-2022:big-projects-2021",
		"tension:new-jobs-target-2022:new-jobs-2021",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// 133 + 144 + 123 = 400 passes because it is true: another part breaks it.
	d := seeds.Jianxi()
	d.Claim("projects-in-preparation-2022").Value.Coef++
	broken := false
	for _, f := range d.Check(indicators.Wording{}) {
		broken = broken || f.Class == indicators.Arithmetic && f.Left == "major-projects-target-2022"
	}
	if !broken {
		t.Error("133 + 144 + 124 = 400 passes as well")
	}
}

// Every target is a predicate or says why it is none, and asks what
// indicators.md, section 1, works out.
func TestRequirements(t *testing.T) {
	rs := map[string]indicators.Requirement{}
	for _, r := range seeds.Jianxi().Requirements(indicators.Preference{}) {
		rs[r.ID] = r
		if (r.Open != "") != (r.Want == indicators.Everything()) || r.Open != "" && r.Missing == "" || (r.Missing == "") != (r.MissingEN == "") {
			t.Errorf("%s: want %v, open %q, missing %q", r.ID, r.Want, r.Open, r.Missing)
		}
		if r.Missing == "" && r.Pace == indicators.Everything() && r.Level == indicators.Everything() {
			t.Errorf("%s: nothing is computed and nothing missing", r.ID)
		}
	}
	for id, want := range map[string][2]float64{
		"gdp-target-2022": {14.53, 14.70}, "gdp-target-2026": {16.52, 16.55}, "gdp-share-target-2026": {0.43, 0.45},
		"hightech-firms-doubling-2026": {14.87, 14.87}, "major-projects-investment-target-2025": {-1.17, -1.05},
	} {
		if p := rs[id].Pace; math.Abs(p.Lo-want[0]) > 0.005 || math.Abs(p.Hi-want[1]) > 0.005 {
			t.Errorf("%s: pace %v, want %v", id, p, want)
		}
	}
	if p := rs["major-projects-investment-target-2025"].PaceWithout; math.Abs(p.Lo-8.15) > 0.005 || math.Abs(p.Hi-8.25) > 0.005 {
		t.Errorf("without 2021: %v", p)
	}
	for id, m := range map[string]indicators.Measure{
		"income-sync-target-2022": indicators.Relative, "trade-target-2022": indicators.GrowthRate, "pm25-target-2022": indicators.GrowthRate, "gdp-rank-target-2026": indicators.Rank,
		"loan-pool-target-2022": indicators.Multiple, "qinling-canal": indicators.Milestone, "systemic-risk-target-2022": indicators.NoMeasure,
	} {
		if rs[id].Measure != m {
			t.Errorf("%s: measure %s, want %s", id, rs[id].Measure, m)
		}
	}
	if r := rs["rd-intensity-target-2022"]; !r.Hold || !r.Floor() {
		t.Errorf("保持在5%%以上: %+v", r.Target)
	}
}
