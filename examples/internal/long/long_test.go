package long

import (
	"math"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

func readAll(t *testing.T, in string) []*Series {
	t.Helper()
	r, err := NewReader(strings.NewReader(in), true)
	if err != nil {
		t.Fatal(err)
	}
	var out []*Series
	for s := range r.Series(0) {
		out = append(out, s)
	}
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	return out
}

// What a series is decides what is expected of it and its bounds, as
// forecast.FromSeries does.
func TestKind(t *testing.T) {
	in := `unique_id,ds,y,unit,indicator,nature,area
a,2020,650,亿元,地区生产总值,,x
a,2021,698,,,,
b,2021,12.8,%,,ratio,x
c,2021-Q4,7,%,,growth,y
d,17,5,,,,y
e,2021,103,%,达标率,,y
`
	want := []forecast.Expect{
		forecast.ExpectOf(indicators.Aggregate, indicators.Unit{Base: "CNY"}, indicators.Year(2021)),
		forecast.ExpectOf(indicators.Ratio, indicators.Unit{}, indicators.Period{}),
		forecast.ExpectOf(indicators.GrowthNature, indicators.Unit{}, indicators.Quarter(2021, 4)),
		{},
		forecast.ExpectOf(indicators.Ratio, indicators.Unit{}, indicators.Period{}),
	}
	s := readAll(t, in)
	if len(s) != len(want) {
		t.Fatalf("%d series", len(s))
	}
	for i, s := range s {
		d := s.Data(0, len(s.Y))
		if s.Err != nil || d.Expect != want[i] {
			t.Errorf("%s: %v, expects %+v, want %+v", s.ID, s.Err, d.Expect, want[i])
		}
		if err := d.Validate(); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
	}
	if d := s[1].Data(0, 1); d.Min == nil || *d.Min != 0 || d.Max == nil || *d.Max != 100 {
		t.Errorf("a ratio has the bounds %v and %v", d.Min, d.Max)
	}
	if d := s[3].Data(0, 1); d.Min != nil || d.Max != nil {
		t.Error("bounds of nothing known")
	}
	if d := s[4].Data(0, 1); d.Max != nil { // beyond it already
		t.Errorf("103 %% is bounded by %g", *d.Max)
	}
	// The expectation is that of the last value used, not of the file.
	if a, b := s[0].Data(0, 1), s[0].Data(0, 2); a.Expect.To != 2020 || b.Expect.To != 2021 || len(a.Y) != 1 {
		t.Errorf("expectations of %d and %d", a.Expect.To, b.Expect.To)
	}
	if s[0].Area != "x" || s[2].Area != "y" {
		t.Error("areas are lost")
	}
	if !s[1].Kind.Additive() || !s[2].Kind.Additive() || s[0].Kind.Additive() || s[3].Kind.Additive() {
		t.Error("percentages and growth rates change by points, nothing else does")
	}
}

func TestKindErrors(t *testing.T) {
	for _, c := range []struct{ rows, says string }{
		{"a,2020,1,亿元,odd\n", "line 2: nature"},
		{"a,2020,1,亿元,\na,2021,2,万元,\n", `line 3: unit "万元" differs from "亿元"`},
		{"a,2020,1,亿元,stock\na,2021,2,,ratio\n", `line 3: nature "ratio" differs`},
	} {
		s := readAll(t, "unique_id,ds,y,unit,nature\n"+c.rows)
		if len(s) != 1 || s[0].Err == nil || !strings.Contains(s[0].Err.Error(), c.says) {
			t.Errorf("%q: %v, want %q", c.rows, s[0].Err, c.says)
		}
	}
	// Every nature of the help is one.
	for _, n := range strings.Split(Natures, ", ") {
		if k, err := KindOf("", "", n); err != nil || k.Nature.String() != n {
			t.Errorf("%s: %v", n, err)
		}
	}
	if k, err := KindOf("", "", ""); err != nil || k.Known {
		t.Errorf("nothing known: %+v %v", k, err)
	}
}

// Gaps in ds and empty y are gaps in the data.
func TestGaps(t *testing.T) {
	s := readAll(t, "unique_id,ds,y\na,2018,1\na,2019,\na,2022,4\n")[0]
	if len(s.Y) != 5 || s.Y[0] != 1 || !math.IsNaN(s.Y[1]) || !math.IsNaN(s.Y[3]) || s.Y[4] != 4 {
		t.Errorf("%v", s.Y)
	}
}
