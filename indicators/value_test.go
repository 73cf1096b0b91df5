package indicators

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func mustValue(t testing.TB, s string) Value {
	t.Helper()
	v, err := ParseValue(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// GB/T 8170-2008: the vectors of the standard as quoted in indicators.md,
// section 4. The last column is the result by 四舍五入 where it differs.
func TestRoundGBT8170(t *testing.T) {
	for _, c := range []struct {
		in         string
		exp        int
		even, half string // coefficient
	}{
		{"12.1498", 0, "12", ""}, {"12.1498", -1, "121", ""}, {"1268", 2, "13", ""}, {"10.5002", 0, "11", ""},
		{"1.050", -1, "10", "11"}, {"0.35", -1, "4", ""}, {"2500", 3, "2", "3"}, {"3500", 3, "4", ""}, {"-0.0365", -3, "-36", "-37"},
		{"8.53459", -2, "853", ""}, // not 8.54 in two steps
		{"28.350", -1, "284", ""}, {"28.250", -1, "282", "283"}, {"28.2501", -1, "283", ""},
	} {
		v := mustValue(t, c.in)
		half := c.half
		if half == "" {
			half = c.even
		}
		for rule, want := range map[Rounding]string{HalfEven: c.even, HalfUp: half} {
			got := v.Round(c.exp, rule)
			if w := mustValue(t, want).Coef; got.Coef != w || got.Exp != c.exp {
				t.Errorf("%s to 10^%d by rule %d: %d×10^%d, want %d", c.in, c.exp, rule, got.Coef, got.Exp, w)
			}
		}
		if got, want := RoundHalfEven(v.Float(), -c.exp), v.Round(c.exp, HalfEven).Float(); math.Abs(got-want) > 1e-12*math.Abs(want) {
			t.Errorf("RoundHalfEven(%s, %d) = %v, want %v", c.in, -c.exp, got, want)
		}
		if got, want := RoundHalfUp(v.Float(), -c.exp), v.Round(c.exp, HalfUp).Float(); math.Abs(got-want) > 1e-12*math.Abs(want) {
			t.Errorf("RoundHalfUp(%s, %d) = %v, want %v", c.in, -c.exp, got, want)
		}
	}
	// A rounding interval of half a unit (section 3.3.2): 60.25 → 60.5, 60.38 →
	// 60.5, −60.75 → −61.0 by doubling, rounding half to even, halving: 120.5 → 120.
	for in, want := range map[string]int64{"60.25": 600, "60.38": 605, "-60.75": -610, "60.28": 605} {
		if got := mustValue(t, in).RoundTo(5, -1, HalfEven); got.Coef != want {
			t.Errorf("%s to halves: %d, want %d", in, got.Coef, want)
		}
	}
	if got := (Value{Coef: 2, Den: 3}).Round(-3, HalfUp); got.String() != "0.667" {
		t.Errorf("2/3 is %s", got)
	}
}

func TestRoundPanics(t *testing.T) {
	for _, f := range []func(){func() { Value{}.RoundTo(0, 0, HalfUp) }, func() { Value{}.Round(31, HalfUp) }} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		}()
	}
}

// The published interval of a number holds every number that rounds to it.
func TestRoundingInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fine := Value{Coef: rapid.Int64Range(-1e9, 1e9).Draw(t, "coef"), Exp: -6}
		dec := rapid.IntRange(0, 4).Draw(t, "decimals")
		v := fine.Round(-dec, HalfUp)
		iv := Wording{}.Interval(v, Unit{Symbol: "亿元", Base: BaseYuan, Scale: 1e8}, Fact)
		if x := fine.Float(); x < iv.Lo-1e-9 || x > iv.Hi+1e-9 {
			t.Fatalf("%v prints as %v, which means %v", x, v, iv)
		}
	})
}

func TestParseValue(t *testing.T) {
	for in, want := range map[string]Value{
		"698": {Coef: 698}, "12.8": {Coef: 128, Exp: -1}, "9.0": {Coef: 90, Exp: -1}, "-13.7": {Coef: -137, Exp: -1}, "−13.7": {Coef: -137, Exp: -1}, "+3": {Coef: 3},
		"44,589": {Coef: 44589}, "1，234.50": {Coef: 123450, Exp: -2}, "２.６": {Coef: 26, Exp: -1}, "2/3": {Coef: 2, Den: 3}, "2／3": {Coef: 2, Den: 3}, " 7 ": {Coef: 7}, "0.10": {Coef: 10, Exp: -2},
	} {
		if got, err := ParseValue(in); err != nil || got != want {
			t.Errorf("%q: %+v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "-", ".5", "5.", "1e5", "一", "1,23", "1,2345", "12 3", "1/0", "1/", "1.2.3", "NaN", "1234567890123456789", "0x1", "9999999999999999999999"} {
		if v, err := ParseValue(in); err == nil {
			t.Errorf("%q was read as %v", in, v)
		}
	}
}

func FuzzParseValue(f *testing.F) {
	for _, s := range []string{"698", "12.8", "-13.7", "2/3", "44,589", "２.６", "", "1.", "00012"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := ParseValue(s)
		if err != nil {
			return
		}
		w, err := ParseValue(v.String())
		if err != nil || w != v {
			t.Errorf("%q: %+v printed as %q is %+v, %v", s, v, v.String(), w, err)
		}
	})
}

// The words of indicators.md, section 3, and the verified intervals of section 1.
func TestWording(t *testing.T) {
	for _, c := range []struct {
		value, unit string
		qual        Qualifier
		word        string
		role        Role
		want        Interval
	}{
		{"698", "亿元", Exact, "", Fact, Interval{Lo: 697.5, Hi: 698.5, HiOpen: true}},
		{"12.8", "%", Exact, "", Fact, Interval{Lo: 12.75, Hi: 12.850000000000001, HiOpen: true}},
		{"2.6", "万标箱", Exact, "", Fact, Interval{Lo: 2.5500000000000003, Hi: 2.65, HiOpen: true}},
		{"372", "家", Exact, "", Fact, Point(372)},
		{"2600", "亩", Nearly, "近", Fact, Interval{Lo: 2550, Hi: 2600, HiOpen: true}},
		{"500", "亿元", Nearly, "近", Fact, Interval{Lo: 450, Hi: 500, HiOpen: true}},
		{"120", "万平方米", Over, "余", Fact, Interval{Lo: 120, Hi: 130, HiOpen: true}},
		{"600", "批次", Over, "余", Fact, Interval{Lo: 600, Hi: 700, HiOpen: true}},
		{"120", "亿元", Over, "超", Fact, Interval{Lo: 120, Hi: 130, LoOpen: true}},
		{"400", "家", Over, "超过", Goal, MoreThanX(400)},
		{"10", "%", AtLeast, "以上", Goal, AtLeastX(10)},
		{"5.5", "%", AtMost, "以内", Goal, AtMostX(5.5)},
		{"90", "万平方米", About, "约", Fact, Interval{Lo: 85, Hi: 95}},
		{"-13.7", "%", Nearly, "近", Fact, Interval{Lo: -13.7, Hi: -13.649999999999999, LoOpen: true}},
		{"800", "亿元", Exact, "", Goal, Point(800)},
	} {
		v := mustValue(t, c.value)
		v.Qual, v.Word = c.qual, c.word
		got := Wording{}.Interval(v, MustUnit(c.unit), c.role)
		near := func(a, b float64) bool { return a == b || math.Abs(a-b) < 1e-9 }
		if !near(got.Lo, c.want.Lo) || !near(got.Hi, c.want.Hi) || got.LoOpen != c.want.LoOpen || got.HiOpen != c.want.HiOpen {
			t.Errorf("%s%s%s: %v, want %v", c.word, c.value, c.unit, got, c.want)
		}
	}
	// Every field of the policy is in force.
	v := Value{Coef: 500, Qual: Nearly}
	if iv := (Wording{NearlyWidth: 0.2}).Interval(v, Unit{}, Fact); iv.Lo != 480 {
		t.Errorf("NearlyWidth: %v", iv)
	}
	v.Qual = Over
	if iv := (Wording{OverWidth: 0.3}).Interval(v, Unit{}, Fact); iv.Hi != 530 {
		t.Errorf("OverWidth: %v", iv)
	}
	v.Qual = About
	if iv := (Wording{AboutWidth: 0.1}).Interval(v, Unit{}, Fact); iv.Hi != 510 {
		t.Errorf("AboutWidth: %v", iv)
	}
	if iv := (Wording{RoundedOnly: true}).Interval(Value{Coef: 372}, MustUnit("家"), Fact); iv.Lo != 371.5 {
		t.Errorf("RoundedOnly: %v", iv)
	}
}

func TestUnits(t *testing.T) {
	for s, want := range map[string]Unit{
		"亿元": {"亿元", "CNY", 1e8, false}, "万亿元": {"万亿元", "CNY", 1e12, false}, "万人次": {"万人次", "人次", 1e4, true}, "%": {"%", "PT", 1, false}, "个百分点": {"个百分点", "PP", 1, false},
		"‰": {"‰", "PT", 0.1, false}, "万标箱": {"万标箱", "标箱", 1e4, true}, "公顷": {"公顷", "M2", 1e4, false}, "微克/立方米": {"微克/立方米", "UG_M3", 1, false}, "千瓦": {"千瓦", "KW", 1, false},
		"名": {"名", "人", 1, true}, "万名": {"万名", "人", 1e4, true}, "位次": {"位次", "RANK", 1, true}, "星级": {"星级", "星级", 1, true}, "億元": {"億元", "CNY", 1e8, false}, "": {},
	} {
		got, err := ParseUnit(s)
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v", s, got, err)
		}
		if !got.Listed() {
			t.Errorf("%q is not listed", s)
		}
	}
	for _, s := range []string{"百", "兆元", "亿亿元", "12", "abc"} {
		if u, err := ParseUnit(s); err == nil {
			t.Errorf("%q was read as %+v", s, u)
		}
	}
	if u := MustUnit("名").Ranked(); u.Base != BaseRank {
		t.Errorf("第1名: %+v", u)
	}
	if x, err := MustUnit("亩").Convert(15, MustUnit("公顷")); err != nil || math.Abs(x-1) > 1e-12 { // indicators.md, section 2
		t.Errorf("15 亩 = %v 公顷, %v", x, err)
	}
	if _, err := MustUnit("%").Convert(1, MustUnit("个百分点")); err == nil {
		t.Error("per cent was converted into points")
	}
}

func TestPeriods(t *testing.T) {
	for _, s := range []string{"2021", "2021-S1", "2021-Q3", "2021-07", "2021-12-31", "2020-02-29"} {
		p, err := ParsePeriod(s)
		if err != nil || p.String() != s {
			t.Errorf("%q: %v, %v", s, p, err)
		}
	}
	for _, s := range []string{"", "21", "2021-", "2021-13", "2021-S3", "2021-Q0", "2021-02-30", "2021-1", "2021年", "20211", "2021-00"} {
		if p, err := ParsePeriod(s); err == nil {
			t.Errorf("%q was read as %v", s, p)
		}
	}
	for _, s := range []string{"2021", "by 2026", "2016-2021|2017-2021", "2021-01-2021-06", "2016|2017", "by 2022-S1"} {
		sp, err := ParseSpans(s)
		if err != nil || FormatSpans(sp) != s {
			t.Errorf("%q: %v, %v", s, sp, err)
		}
	}
	for _, s := range []string{"2021-2020", "2016-2021|", "by", "by 2x", "2021|2021-13"} {
		if sp, err := ParseSpans(s); err == nil {
			t.Errorf("%q was read as %v", s, sp)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := Day(rapid.IntRange(1900, 2200).Draw(t, "y"), 1, 1).Add(rapid.IntRange(0, 364).Draw(t, "d"))
		n := rapid.IntRange(-1000, 1000).Draw(t, "n")
		if q := p.Add(n); q.Sub(p) != n || (n > 0) != (q.Compare(p) > 0) || q.Add(-n) != p {
			t.Fatalf("%v + %d = %v", p, n, q)
		}
	})
}

func FuzzParseSpans(f *testing.F) {
	for _, s := range []string{"2021", "by 2026", "2016-2021|2017-2021", "2021-Q1-2021-Q3", "", "|"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		sp, err := ParseSpans(s)
		if err != nil {
			return
		}
		back, err := ParseSpans(FormatSpans(sp))
		if err != nil || FormatSpans(back) != FormatSpans(sp) {
			t.Errorf("%q: %v, %v", s, back, err)
		}
	})
}

// Required growth: the vectors of indicators.md, section 9.
func TestGrowth(t *testing.T) {
	g, ok := Growth(Interval{Lo: 697.5, Hi: 698.5, HiOpen: true}, Point(1500), 5)
	if !ok || math.Abs(g.Lo-16.516) > 0.001 || math.Abs(g.Hi-16.549) > 0.001 || !g.LoOpen || g.HiOpen {
		t.Errorf("698 to 1500: %v", g)
	}
	if g, _ := Growth(Point(800), Point(1500), 4); math.Abs(g.Lo-17.02) > 0.005 {
		t.Errorf("800 to 1500: %v", g)
	}
	if g, _ := Growth(Point(32.2), Point(43.8), 4); math.Abs(g.Lo-7.995) > 0.001 {
		t.Errorf("32.2 to 43.8: %v", g)
	}
	for _, c := range []struct {
		from, to Interval
		n        float64
	}{{Point(0), Point(1), 1}, {Point(1), Point(-1), 1}, {Point(1), Point(2), 0}, {Interval{Lo: 2, Hi: 1}, Point(1), 1}} {
		if g, ok := Growth(c.from, c.to, c.n); ok {
			t.Errorf("%v to %v over %v: %v", c.from, c.to, c.n, g)
		}
	}
	// Two-year average of 2.2 and 8.1 per cent: 5.109.
	if x := GrowthForSum(409*1.05+409*1.05*1.05, 409, 2); math.Abs(x-0.05) > 1e-12 {
		t.Errorf("growth for a sum: %v", x)
	}
}

// Interval arithmetic encloses: for points of the operands the result holds
// the operation's value.
func TestIntervalArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (Interval, float64) {
			lo := rapid.Float64Range(-100, 100).Draw(t, name)
			w := rapid.Float64Range(0, 50).Draw(t, name+" width")
			x := lo + w*rapid.Float64Range(0, 1).Draw(t, name+" at")
			return Interval{Lo: lo, Hi: lo + w}, x
		}
		a, x := draw("a")
		b, y := draw("b")
		holds := func(what string, iv Interval, z float64) {
			if e := 1e-9 * (1 + math.Abs(z)); z < iv.Lo-e || z > iv.Hi+e {
				t.Fatalf("%v %s %v = %v, outside %v", x, what, y, z, iv)
			}
		}
		holds("+", a.Add(b), x+y)
		holds("−", a.Sub(b), x-y)
		holds("×", a.Mul(b), x*y)
		if y != 0 {
			holds("÷", a.Div(b), x/y)
		}
		if i := a.Intersect(b); i.Contains(x) != (a.Contains(x) && b.Contains(x)) {
			t.Fatalf("%v ∩ %v = %v", a, b, i)
		}
	})
}
