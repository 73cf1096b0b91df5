package indicators_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

func readFigures(t testing.TB, name string) *indicators.Dataset {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	claims, err := indicators.ReadFigures(f, name)
	if err != nil {
		t.Fatal(err)
	}
	return &indicators.Dataset{Claims: claims}
}

// A district's bulletin on 100 key projects, January and February: indicators.md,
// section 6. Three rates are wrong, the plan has two totals, the sums of what
// was done differ by rounding alone, and nothing else is to be said. The
// amounts behind the rates by type are not published.
func TestBulletin(t *testing.T) {
	fs := readFigures(t, "testdata/bulletin.csv").Check(indicators.Wording{})
	var errors, notes []string
	for _, f := range fs {
		t.Log(f.Severity, f.Class, f.Message, f.MessageEN, f.Repair)
		if f.Class != indicators.Arithmetic {
			t.Errorf("%s: class %s, want arithmetic", f.ID, f.Class)
		}
		if f.Severity == indicators.Note {
			notes = append(notes, f.ID)
		} else {
			errors = append(errors, f.ID)
		}
	}
	slices.Sort(errors)
	slices.Sort(notes)
	want := []string{"arithmetic:plan:plan-by-type", "arithmetic:rate-city:done-city", "arithmetic:rate-district:done-district", "arithmetic:rate-province:done-province"}
	if !slices.Equal(errors, want) {
		t.Errorf("errors %q, want %q", errors, want)
	}
	if want := []string{"arithmetic:done:done-by-type", "arithmetic:done:done-city"}; !slices.Equal(notes, want) {
		t.Errorf("rounding %q, want %q", notes, want)
	}
}

// The bulletin says elsewhere that 市重点 is 9 points ahead of schedule, which
// proves the rate of 25.67 %: the repair that keeps the other figures right is
// then the rate.
func TestBulletinRepair(t *testing.T) {
	d := readFigures(t, "testdata/bulletin.csv")
	d.Claims = append(d.Claims, indicators.Claim{
		ID: "gap-city", Indicator: "重点项目完成投资", Area: "某区", Scope: "市重点", Kind: indicators.KindDifference, HasValue: true, Value: indicators.Value{Coef: 9},
		Unit: indicators.MustUnit("个百分点"), Of: "重点项目年度计划投资@某区", Ref: "时序进度@某区", Spans: []indicators.Span{indicators.At(indicators.Month(2022, 2))},
	})
	for _, f := range d.Check(indicators.Wording{}) {
		if f.Left == "rate-city" {
			if !strings.Contains(f.Repair, "21.85%改为25.64%") { // the nearest rate whose rounding meets [25.645, 25.763]
				t.Errorf("repair %q", f.Repair)
			}
			return
		}
	}
	t.Error("the wrong rate was not found")
}

// figure makes a claim for the cases below.
func figure(id, indicator, value, unit string, kind indicators.Kind, period string) indicators.Claim {
	v, err := indicators.ParseValue(value)
	if err != nil {
		panic(err)
	}
	spans, err := indicators.ParseSpans(period)
	if err != nil {
		panic(err)
	}
	return indicators.Claim{ID: id, Indicator: indicator, Value: v, HasValue: true, Unit: indicators.MustUnit(unit), Kind: kind, Spans: spans, Area: "某区"}
}

func with(c indicators.Claim, f func(*indicators.Claim)) indicators.Claim {
	f(&c)
	return c
}

// Each case is worked by hand; the arithmetic stands in its comment.
func TestCheck(t *testing.T) {
	level, growth := indicators.KindLevel, indicators.KindGrowth
	for _, tc := range []struct {
		name   string
		claims []indicators.Claim
		want   []string // class:severity:left:right
	}{
		{"growth fits", []indicators.Claim{ // 110/100 is 8.9 to 11.1 %
			figure("a", "用电户数", "100", "万户", level, "2020"), figure("b", "用电户数", "110", "万户", level, "2021"), figure("g", "用电户数", "10.9", "%", growth, "2021"),
		}, nil},
		{"growth fails", []indicators.Claim{ // 110/100 is 10 %, not 12 %
			figure("a", "用电户数", "100", "户", level, "2020"), figure("b", "用电户数", "110", "户", level, "2021"), figure("g", "用电户数", "12", "%", growth, "2021"),
		}, []string{"arithmetic:error:g:b"}},
		{"real growth of nominal levels is no error", []indicators.Claim{ // 600 to 698 is 16.3 %, real 8 %: prices +7.7 %
			figure("a", "地区生产总值", "600", "亿元", level, "2020"), figure("b", "地区生产总值", "698", "亿元", level, "2021"), figure("g", "地区生产总值", "8", "%", growth, "2021"),
		}, nil},
		{"an implausible deflator", []indicators.Claim{ // 400 to 698 is 74.5 %
			figure("a", "地区生产总值", "400", "亿元", level, "2020"), figure("b", "地区生产总值", "698", "亿元", level, "2021"), figure("g", "地区生产总值", "8", "%", growth, "2021"),
		}, []string{"tension:warning:g:b"}},
		{"a year above its five-year sum", []indicators.Claim{
			figure("s", "新建道路", "30", "条", indicators.KindCumulative, "2017-2021"), figure("y", "新建道路", "31", "条", level, "2021"),
		}, []string{"contradiction:warning:s:y"}},
		{"two totals in one period", []indicators.Claim{
			figure("a", "进出口总额", "133", "亿元", level, "2021"), figure("b", "进出口总额", "136.2", "亿元", level, "2021"),
		}, []string{"conflict:warning:a:b"}},
		{"the same number twice as exact and rounded", []indicators.Claim{
			figure("a", "城镇新增就业人数", "3.27", "万人", level, "2021"), figure("b", "城镇新增就业人数", "32723", "人", level, "2021"),
		}, nil},
		{"parts add up", []indicators.Claim{
			figure("t", "项目数", "400", "个", level, "2022"),
			with(figure("p1", "项目数", "133", "个", level, "2022"), func(c *indicators.Claim) { c.Scope, c.Note = "在建", "part_of=t" }),
			with(figure("p2", "项目数", "267", "个", level, "2022"), func(c *indicators.Claim) { c.Scope, c.Note = "拟建", "part_of=t" }),
		}, nil},
		{"parts do not add up", []indicators.Claim{
			figure("t", "项目数", "400", "个", level, "2022"),
			with(figure("p1", "项目数", "133", "个", level, "2022"), func(c *indicators.Claim) { c.Scope, c.Note = "在建", "part_of=t" }),
			with(figure("p2", "项目数", "266", "个", level, "2022"), func(c *indicators.Claim) { c.Scope, c.Note = "拟建", "part_of=t" }),
		}, []string{"arithmetic:error:t:p1"}},
		{"two growth rates in a row that no base allows", []indicators.Claim{ // 200/1.5 = 133, 100×1.1 = 110
			figure("a", "贷款户数", "100", "户", level, "2019"), figure("g1", "贷款户数", "10.0", "%", growth, "2020"), figure("g2", "贷款户数", "50.0", "%", growth, "2021"), figure("b", "贷款户数", "200", "户", level, "2021"),
		}, []string{"contradiction:warning:g2:a"}},
		{"a ceiling above the outcome", []indicators.Claim{
			with(figure("r", "失业率", "4.0", "%", indicators.KindRate, "2021"), func(c *indicators.Claim) { c.Better = indicators.Down }),
			with(figure("t", "失业率", "5.5", "%", indicators.KindTargetCeiling, "by 2022"), func(c *indicators.Claim) { c.Better, c.Value.Qual = indicators.Down, indicators.AtMost }),
		}, []string{"tension:warning:t:r"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := &indicators.Dataset{Claims: tc.claims}
			for range len(d.Claims) { // whatever the order of the rows
				var got []string
				for _, f := range d.Check(indicators.Wording{}) {
					got = append(got, f.Class.String()+":"+f.Severity.String()+":"+f.Left+":"+f.Right)
					if f.Message == "" || f.MessageEN == "" {
						t.Errorf("%s without a sentence", f.ID)
					}
				}
				if !slices.Equal(got, tc.want) {
					t.Errorf("got %q, want %q", got, tc.want)
				}
				d.Claims = append(d.Claims[1:], d.Claims[0])
			}
		})
	}
}
