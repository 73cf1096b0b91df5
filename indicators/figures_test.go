package indicators_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/zhibiao/indicators"
)

// All bad rows of a file are refused at once, each with file, row, column and
// reason.
func TestBadRows(t *testing.T) {
	const table = `id,indicator,value,unit,qualifier,kind,period,status,direction,start,hold,prices,base_period
a,,698,亿元,,level,2021,,,,,,
b,甲,6九8,亿元,,level,2021,,,,,,
c,甲,1,亿亿元,,level,2021,,,,,,
d,甲,1,亿元,circa,level,2021,,,,,,
e,甲,1,亿元,,levl,2021,,,,,,
f,甲,1,亿元,,level,2021-13,,,,,,
g,甲,1,亿元,,level,2021,Z,,,,,
h,甲,1,亿元,,level,2021,,sideways,,,,
i,甲,1,亿元,,level,2021,,,-3,,,
j,甲,1,亿元,,level,2021,,,,yes,,
k,甲,1,亿元,,level,2021,,,,,gross,
l,甲,1,亿元,,level,2021,,,,,,20x1
m,甲,,亿元,,level,2021,,,,,,
n,甲,1,亿元,,level,,,,,,,
a,甲,1,亿元,,level,2021,,,,,,
o,甲,1,亿元,,level,2021,,,,,,,extra
`
	claims, err := indicators.ReadFigures(strings.NewReader(table), "bad.csv")
	if claims != nil || err == nil {
		t.Fatal("bad rows were accepted")
	}
	want := map[int]string{2: "indicator", 3: "value", 4: "unit", 5: "qualifier", 6: "kind", 7: "period", 8: "status", 9: "direction", 10: "start", 11: "hold", 12: "prices", 13: "base_period", 14: "value", 15: "period", 16: "id", 17: ""}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatal("the faults are not joined")
	}
	got := map[int]string{}
	for _, e := range joined.Unwrap() {
		var re *indicators.RowError
		if !errors.As(e, &re) || re.File != "bad.csv" || re.Msg == "" {
			t.Errorf("%v", e)
			continue
		}
		got[re.Row] = re.Column
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v\n%v", got, want, err)
	}
}

func TestBadHeaders(t *testing.T) {
	for in, want := range map[string]string{
		"":                                    "the file is empty",
		"indicator,value,kind\n":              "column period: the column is missing",
		"indicator,value,kind,period,x":       "column x: unknown column",
		"indicator,value,kind,period,value\n": "stands twice",
		"indicator,value,kind,period\n\xff,1,level,2021\n": "not UTF-8",
		"indicator,value,kind,period\n\"甲,1,level,2021\n":  "row 2",
	} {
		if _, err := indicators.ReadFigures(strings.NewReader(in), "f.csv"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

// A file with a thousand faults lists the first hundred and counts the rest.
func TestManyFaults(t *testing.T) {
	_, err := indicators.ReadFigures(strings.NewReader("indicator,value,kind,period\n"+strings.Repeat("甲,x,level,2021\n", 1000)), "f.csv")
	if err == nil || !strings.Contains(err.Error(), "… and 900 more") || strings.Count(err.Error(), "\n") > indicators.MaxErrors {
		t.Errorf("%.200v", err)
	}
}

// A byte order mark, other orders of the columns and missing optional columns
// are read; an id is made where none is given.
func TestLenient(t *testing.T) {
	claims, err := indicators.ReadFigures(strings.NewReader("\ufeffperiod,kind,value,indicator\r\n2021,level,698,地区生产总值\r\n"), "f.csv")
	if err != nil || len(claims) != 1 || claims[0].ID != "row-2" || claims[0].Period() != indicators.Year(2021) || claims[0].Value.Float() != 698 {
		t.Errorf("%+v, %v", claims, err)
	}
}

// Dataset → figures.csv, documents.csv → Dataset is equal, targets, wording
// and open base years included.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := func(name string, xs ...string) string { return rapid.SampledFrom(xs).Draw(t, name) }
		var want []indicators.Claim
		for i := range rapid.IntRange(1, 8).Draw(t, "rows") {
			v, err := indicators.ParseValue(pick("value", "698", "12.8", "9.0", "-13.7", "2/3", "0", "44589", "0.10"))
			if err != nil {
				t.Fatal(err)
			}
			v.Qual = indicators.Qualifier(rapid.IntRange(0, 5).Draw(t, "qualifier"))
			v.Word = pick("word", "", "近", "余", "超过", "前…位次")
			spans, err := indicators.ParseSpans(pick("period", "2021", "2016-2021|2017-2021", "by 2026", "2021-Q3", "2022-05-31", "2016|2017"))
			if err != nil {
				t.Fatal(err)
			}
			c := indicators.Claim{
				ID: "c" + string(rune('a'+i)), Indicator: pick("indicator", "地区生产总值", "进出口总额", `a "b", c`), Value: v, HasValue: true, Unit: indicators.MustUnit(pick("unit", "亿元", "%", "", "万标箱", "个百分点")),
				Kind:  indicators.Kind(pick("kind", "level", "growth_rate", "target_floor", "share", "cumulative_5y", "target_multiple")),
				Spans: spans, Area: pick("area", "涧西区", ""), Scope: pick("scope", "", "规上"), Status: indicators.Status(pick("status", "A", "E", "P", "")), Better: indicators.Direction(rapid.IntRange(-1, 1).Draw(t, "direction")),
				Source: indicators.Source{Doc: pick("doc", "", "r"), Section: "一，二", Quote: pick("quote", "", "实现“698亿元”,\"x\"")}, Note: pick("note", "", "state=done; a,b"), English: pick("english", "", "GDP, total"),
				Prices: indicators.Prices(pick("prices", "", "nominal", "real")), Commitment: pick("commitment", "", "力争"), Of: pick("of", "", "地区生产总值@洛阳市"), Hold: rapid.Bool().Draw(t, "hold"),
				Constraint: pick("constraint", "", "预期性"), Ref: pick("ref", "", "地区生产总值@涧西区"), Vintage: pick("vintage", "", "2022-04"),
			}
			if rapid.Bool().Draw(t, "base") {
				c.Base = indicators.Year(2017)
			}
			if c.Source.Quote != "" {
				c.Source.Start, c.Source.End = 10*i, 10*i+5
			}
			if rapid.IntRange(0, 5).Draw(t, "numberless") == 0 {
				c.Kind, c.HasValue, c.Value = indicators.KindTargetQualitative, false, indicators.Value{Word: "稳定增长"}
			}
			want = append(want, c)
		}
		var b strings.Builder
		if err := indicators.WriteFigures(&b, want); err != nil {
			t.Fatal(err)
		}
		got, err := indicators.ReadFigures(strings.NewReader(b.String()), "f.csv")
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
		docs := []indicators.Document{{Doc: "r", Title: "报告，2022", Issuer: "区政府", Date: indicators.Day(2022, 4, 23), SHA256: "ab"}, {Doc: "q"}}
		b.Reset()
		if err := indicators.WriteDocuments(&b, docs); err != nil {
			t.Fatal(err)
		}
		back, err := indicators.ReadDocuments(strings.NewReader(b.String()), "documents.csv")
		if err != nil || !slices.Equal(back, docs) {
			t.Fatalf("%+v, %v", back, err)
		}
	})
}

func FuzzReadFigures(f *testing.F) {
	f.Add("id,indicator,value,unit,qualifier,kind,period\na,甲,698,亿元,,level,2021\n")
	f.Add("indicator,value,kind,period\n甲,2/3,share,2016-2021|2017-2021\n")
	f.Add("\ufeffindicator,value,kind,period\n\"甲\n乙\",1,level,by 2026\n")
	f.Fuzz(func(t *testing.T, s string) {
		claims, err := indicators.ReadFigures(strings.NewReader(s), "f.csv")
		if err != nil {
			return
		}
		var b strings.Builder
		if err := indicators.WriteFigures(&b, claims); err != nil {
			t.Fatal(err)
		}
		back, err := indicators.ReadFigures(strings.NewReader(b.String()), "f.csv")
		if err != nil || !reflect.DeepEqual(back, claims) {
			t.Errorf("%v\n%+v\n%+v", err, claims, back)
		}
		d := &indicators.Dataset{Claims: claims}
		d.Check(indicators.Wording{}) // must not panic, whatever the figures say
		d.Requirements(indicators.Preference{Reading: indicators.Year(2016)})
	})
}

// The formal targets of DESIGN.md, section 3, by hand.
func TestFormal(t *testing.T) {
	inf := indicators.Everything().Hi
	for _, c := range []struct {
		name    string
		claim   indicators.Claim
		measure indicators.Measure
		want    indicators.Interval
	}{
		{"达到", with(figure("a", "甲", "800", "亿元", indicators.KindTargetLevel, "by 2022"), func(c *indicators.Claim) { c.Better = indicators.Up }), indicators.Level, indicators.AtLeastX(800)},
		{"超过", with(figure("a", "甲", "400", "家", indicators.KindTargetFloor, "by 2022"), func(c *indicators.Claim) { c.Value.Qual, c.Value.Word = indicators.Over, "超过" }), indicators.Level, indicators.MoreThanX(400)},
		{"以内", with(figure("a", "甲", "5.5", "%", indicators.KindTargetCeiling, "by 2022"), func(c *indicators.Claim) { c.Value.Qual, c.Better = indicators.AtMost, indicators.Down }), indicators.Level, indicators.AtMostX(5.5)},
		{"左右 of what should rise", with(figure("a", "甲", "8", "%", indicators.KindTargetGrowth, "by 2022"), func(c *indicators.Claim) { c.Value.Qual, c.Better = indicators.About, indicators.Up }), indicators.GrowthRate, indicators.AtLeastX(8)},
		{"左右 of what should fall", with(figure("a", "甲", "3", "%", indicators.KindTargetLevel, "by 2022"), func(c *indicators.Claim) { c.Value.Qual, c.Better = indicators.About, indicators.Down }), indicators.Level, indicators.AtMostX(3)},
		{"翻一番", figure("a", "甲", "2", "倍", indicators.KindTargetMultiple, "by 2022"), indicators.Multiple, indicators.AtLeastX(2)},
		{"前5位次", with(figure("a", "甲", "5", "位次", indicators.KindTargetRank, "by 2026"), func(c *indicators.Claim) { c.Value.Qual = indicators.AtMost }), indicators.Rank, indicators.AtMostX(5)},
		{"稳定增长", indicators.Claim{ID: "a", Kind: indicators.KindTargetQualitative, Value: indicators.Value{Word: "稳定增长"}, Spans: []indicators.Span{indicators.By(indicators.Year(2022))}}, indicators.GrowthRate, indicators.AtLeastX(0)},
		{"两降一升", indicators.Claim{ID: "a", Kind: indicators.KindTargetQualitative, Better: indicators.Down, Base: indicators.Year(2021), Spans: []indicators.Span{indicators.By(indicators.Year(2022))}}, indicators.GrowthRate, indicators.LessThanX(0)},
		{"同步", indicators.Claim{ID: "a", Kind: indicators.KindTargetQualitative, Ref: "地区生产总值@某区", Spans: []indicators.Span{indicators.By(indicators.Year(2022))}}, indicators.Relative, indicators.Interval{Lo: -1, Hi: inf}},
	} {
		got := indicators.Formal(&c.claim, indicators.Wording{})
		if got.Measure != c.measure || got.Want != c.want || got.Open != "" {
			t.Errorf("%s: %v %v %s, want %v %v", c.name, got.Measure, got.Want, got.Open, c.measure, c.want)
		}
	}
	if got := indicators.Formal(&indicators.Claim{Kind: indicators.KindTargetQualitative, Ref: "x@y", Spans: []indicators.Span{indicators.By(indicators.Year(2022))}}, indicators.Wording{SyncTolerance: 0.5}); got.Want.Lo != -0.5 {
		t.Errorf("tolerance: %v", got.Want)
	}
	for _, c := range []indicators.Claim{
		{ID: "effort", Kind: indicators.KindTargetQualitative, Spans: []indicators.Span{indicators.By(indicators.Year(2026))}},
		{ID: "plan", Kind: indicators.KindMilestone, Note: "state=planned_end", Spans: []indicators.Span{indicators.By(indicators.Year(2022))}},
		figure("undated", "甲", "1", "个", indicators.KindTargetLevel, ""),
	} {
		if got := indicators.Formal(&c, indicators.Wording{}); got.Open == "" || got.OpenEN == "" {
			t.Errorf("%s can be assessed: %v", c.ID, got.Want)
		}
	}
}
