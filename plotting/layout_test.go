package plotting

import (
	"math"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/gonum/stat/distuv"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/cjk"
)

func testFonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := NewFonts(cjk.Collection())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// inkBoxes returns the boxes of the glyphs of each line of text, from the
// outlines themselves.
func inkBoxes(p *Picture) (boxes []vg.Rectangle, texts []string) {
	var buf sfnt.Buffer
	for i := range p.ops {
		o := &p.ops[i]
		if o.kind != opText {
			continue
		}
		r := vg.Rectangle{Min: vg.Point{X: vg.Inch * 1e6, Y: vg.Inch * 1e6}, Max: vg.Point{X: -vg.Inch * 1e6, Y: -vg.Inch * 1e6}}
		for _, s := range outline(&buf, p.faces[o.face], o) {
			for _, q := range s.p[:points(s.verb)] {
				r.Min.X, r.Min.Y = min(r.Min.X, q.X), min(r.Min.Y, q.Y)
				r.Max.X, r.Max.Y = max(r.Max.X, q.X), max(r.Max.Y, q.Y)
			}
		}
		boxes, texts = append(boxes, r), append(texts, o.text)
	}
	return boxes, texts
}

// checkLayout fails if text is cut at the edge of the picture or overlaps
// other text.
func checkLayout(t *testing.T, name string, p *Picture) {
	t.Helper()
	w, h := p.Size()
	boxes, texts := inkBoxes(p)
	for i, a := range boxes {
		if a.Min.X < 4 || a.Min.Y < 2 || a.Max.X > w-4 || a.Max.Y > h-4 {
			t.Errorf("%s: %q at %v is cut or too near the edge of %v × %v", name, texts[i], a, w, h)
		}
		for j := range i {
			b := boxes[j]
			dx := min(a.Max.X, b.Max.X) - max(a.Min.X, b.Min.X)
			dy := min(a.Max.Y, b.Max.Y) - max(a.Min.Y, b.Min.Y)
			if dx > 0.3 && dy > 0.3 {
				t.Errorf("%s: %q overlaps %q by %.1f × %.1f points", name, texts[i], texts[j], float64(dx), float64(dy))
			}
		}
	}
}

func years(from int, v ...float64) (out []Point) {
	for i, x := range v {
		out = append(out, Point{Period: indicators.Year(from + i), Value: x})
	}
	return out
}

func normal(from indicators.Period, n int, base, drift, sd float64) (out []Future) {
	for h := 1; h <= n; h++ {
		out = append(out, Future{Period: from.Add(h), Dist: distuv.Normal{Mu: base + drift*float64(h), Sigma: sd * math.Sqrt(float64(h))}})
	}
	return out
}

func lognormal(from indicators.Period, n int, base, drift, sd float64) (out []Future) {
	for h := 1; h <= n; h++ {
		out = append(out, Future{Period: from.Add(h), Dist: distuv.LogNormal{Mu: math.Log(base) + drift*float64(h), Sigma: sd * float64(h)}})
	}
	return out
}

// fanCases are the fan charts that went wrong while the layout was made, or
// could.
func fanCases() map[string]FanChart {
	y := indicators.Year
	floor := indicators.AtLeastX
	gdp := FanChart{
		Indicator: "地区生产总值", Area: "涧西区", Unit: "亿元",
		History: []Point{{Period: y(2021), Value: 698, Lo: 697.5, Hi: 698.5}}, Forecast: lognormal(y(2021), 5, 698, 0.03, 0.045),
		Targets:  []Target{{Period: y(2022), Want: floor(800)}, {Period: y(2026), Want: floor(1500)}},
		Required: []Path{{Points: GrowthPath(y(2021), 698, y(2026), 1500), Label: "需年均16.5%"}},
	}
	with := func(change func(f *FanChart)) FanChart {
		f := gdp
		change(&f)
		return f
	}
	const long = "规模以上高新技术产业及战略性新兴产业增加值占规模以上工业增加值的比重（可比口径，不含军工企业）"
	return map[string]FanChart{
		"usual":     gdp,
		"one point": with(func(f *FanChart) { f.Forecast, f.Targets, f.Required = nil, nil, nil }),
		"target only": with(func(f *FanChart) {
			f.Forecast, f.History, f.Required = nil, nil, nil
		}),
		"forecast only":   with(func(f *FanChart) { f.Targets, f.History, f.Required = nil, nil, nil }),
		"single forecast": with(func(f *FanChart) { f.Targets, f.History, f.Required, f.Forecast = nil, nil, nil, f.Forecast[:1] }),
		"constant": with(func(f *FanChart) {
			f.History, f.Forecast = years(2010, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5), nil
			f.Targets = nil
			f.Required = nil
		}),
		"zero": with(func(f *FanChart) { f.History, f.Forecast, f.Targets, f.Required = years(2019, 0, 0, 0), nil, nil, nil }),
		"negative": with(func(f *FanChart) {
			f.History = years(2015, -3.2, -1.1, 0.5, 2.2, -4.5, -8.1, -6)
			f.Forecast = normal(y(2021), 5, -6, 0.5, 3)
			f.Targets, f.Required = []Target{{Period: y(2026), Want: floor(0)}}, nil
		}),
		"tiny": with(func(f *FanChart) {
			f.History = years(2017, 1e-6, 2e-6, 1.5e-6, 3e-6, 2.2e-6)
			f.Forecast = lognormal(y(2021), 5, 2.2e-6, 0.03, 0.1)
			f.Targets, f.Required = []Target{{Period: y(2026), Want: floor(4e-6)}}, nil
		}),
		"huge": with(func(f *FanChart) {
			f.History = years(2017, 1e15, 1.2e15, 1.5e15, 1.3e15, 1.8e15)
			f.Forecast = lognormal(y(2021), 5, 1.8e15, 0.03, 0.1)
			f.Targets, f.Required = []Target{{Period: y(2026), Want: floor(3e15)}}, nil
		}),
		"collisions": with(func(f *FanChart) {
			f.Targets = []Target{
				{Period: y(2026), Want: floor(815)}, {Period: y(2026), Want: floor(830), Label: "力争 ≥830"},
				{Period: y(2022), Want: floor(720)}, {Period: y(2022), Want: floor(730), Label: "力争 ≥730"},
			}
			f.Required[0].Points = GrowthPath(y(2021), 698, y(2026), 815)
		}),
		"far away": with(func(f *FanChart) { f.Targets, f.Required = []Target{{Period: y(2035), Want: floor(15000)}}, nil }),
		"wide":     with(func(f *FanChart) { f.Forecast = lognormal(y(2021), 5, 698, 0.03, 0.9) }),
		"long names": with(func(f *FanChart) {
			f.Indicator, f.Area, f.Note = long, "洛阳市涧西区（含洛阳国家高新技术产业开发区托管区域）", long+"。"+long+"。"
		}),
		"gap and break": with(func(f *FanChart) {
			f.Indicator, f.Unit = "PM2.5年均浓度", "微克/立方米"
			f.History = years(2010, 78, 75, 72, math.NaN(), 66, 63, 58, 56, 54, 52, 50, 46)
			f.History[8].Break = true
			f.History[11] = Point{Period: y(2021), Value: 46, Lo: 42, Hi: 50, Provisional: true}
			f.Forecast = normal(y(2021), 4, 46, -1.5, 2)
			f.Targets = []Target{{Period: y(2025), Want: indicators.AtMostX(40)}, {Period: y(2023), Want: indicators.Interval{Lo: 43, Hi: 45}}}
			f.Required = []Path{{Points: StepPath(y(2021), 46, y(2025), 40), Label: "需每年降1.5"}}
		}),
		"bounded share": with(func(f *FanChart) {
			f.Unit, f.Bounds = "%", indicators.Interval{Lo: 0, Hi: 100}
			f.History, f.Forecast = years(2017, 91, 95, 97, 98, 99), normal(y(2021), 5, 99, 0, 0.3)
			f.Targets, f.Required = []Target{{Period: y(2026), Want: indicators.Point(100), Probability: 0.4}}, nil
		}),
		"quarters": with(func(f *FanChart) {
			f.History = nil
			for i, v := range []float64{160, 172, 181, 185, 166, 179, 188, 195} {
				f.History = append(f.History, Point{Period: indicators.Quarter(2020, 1).Add(i), Value: v})
			}
			f.Forecast = normal(indicators.Quarter(2021, 4), 6, 195, 2, 5)
			f.Targets, f.Required = []Target{{Period: y(2022), Want: floor(210)}}, nil
		}),
		"months": with(func(f *FanChart) {
			f.History = nil
			for i := range 60 {
				f.History = append(f.History, Point{Period: indicators.Month(2017, 1).Add(i), Value: 100 + 10*math.Sin(float64(i))})
			}
			f.Forecast = normal(indicators.Month(2021, 12), 12, 100, 0, 5)
			f.Targets, f.Required = nil, nil
		}),
		"a century": with(func(f *FanChart) {
			var v []float64
			for i := range 101 {
				v = append(v, float64(i*i))
			}
			f.History, f.Forecast, f.Required = years(1921, v...), normal(y(2021), 5, 1e4, 200, 300), nil
			f.Targets = []Target{{Period: y(2026), Want: floor(12000)}}
		}),
	}
}

func TestFanLayout(t *testing.T) {
	fonts := testFonts(t)
	for name, f := range fanCases() {
		for _, lang := range []string{"zh", "en"} {
			for sizeName, size := range map[string]Size{"standard": Standard(), "slide": Slide(), "half": HalfA4(), "square": Square()} {
				f.Fonts, f.Lang, f.Size = fonts, lang, size
				f.Source = "洛阳市涧西区2022年政府工作报告"
				p, err := f.Picture()
				if err != nil {
					t.Errorf("%s, %s, %s: %v", name, lang, sizeName, err)
					continue
				}
				checkLayout(t, name+", "+lang+", "+sizeName, p)
				if p.Title() == "" || p.Alt() == "" || strings.Contains(p.Title()+p.Alt(), "NaN") {
					t.Errorf("%s, %s: title %q, alternative text %q", name, lang, p.Title(), p.Alt())
				}
			}
		}
	}
}

func TestRowLayout(t *testing.T) {
	page := Page{Fonts: testFonts(t), Source: "政府工作报告"}
	const long = "规模以上高新技术产业及战略性新兴产业增加值占规模以上工业增加值的比重（可比口径，不含军工企业）"
	var rows []Standing
	var progress []Progress
	for i, f := range []float64{0.1, 0.5, 0.9, 1, 1.1, 2, 40} {
		rows = append(rows, Standing{Name: long[:len("规模以上")*(1+i)], Unit: "亿元", Want: indicators.AtLeastX(10), Latest: 10 * f, Forecast: distuv.LogNormal{Mu: math.Log(10 * f), Sigma: 0.3}})
		progress = append(progress, Progress{Name: long[:len("规模以上")*(1+i)], Done: f, Time: 0.5})
	}
	rows = append(rows, Standing{Name: "无数据", Want: indicators.AtMostX(1e-6), Latest: math.NaN()}, Standing{Name: "区间", Want: indicators.Interval{Lo: 1e15, Hi: 1.2e15}, Latest: 9e14})
	progress = append(progress, Progress{Name: "倒退", Done: -3, Time: 1}, Progress{Name: "无", Done: math.NaN(), Time: math.NaN()})
	columns := GrowthChart{Page: page, Decimals: 1, Categories: []string{"一", long, "三", "四"}, Sets: []ColumnSet{
		{Name: "上年", Values: []float64{1, -22.5, math.NaN(), 0}}, {Name: "目标", Values: []float64{14.6, 9, 7, -0.2}, Planned: true},
	}}
	corr := CorrelationChart{Page: page, Names: []string{"一", long, "三", "四"}, R: [][]float64{{1, 1, -1, math.NaN()}, {1, 1, 0, 0.2}, {-1, 0, 1, -0.4}, {math.NaN(), 0.2, -0.4, 1}}}
	var panels []FanChart
	for _, name := range []string{"usual", "negative", "gap and break", "tiny", "bounded share"} {
		panels = append(panels, fanCases()[name])
	}
	for name, c := range map[string]interface{ Picture() (*Picture, error) }{
		"overview":    &Overview{Page: page, Rows: rows},
		"bullet":      &BulletChart{Page: page, Rows: rows},
		"progress":    &ProgressChart{Page: page, Rows: progress},
		"columns":     &columns,
		"waterfall":   &WaterfallChart{Page: page, Unit: "亿元", Steps: []Step{{Name: "2016年", Value: 400, Level: true}, {Name: long, Value: 350.5}, {Name: "三产", Value: -52.5}, {Name: "2021年", Value: 698, Level: true}}},
		"correlation": &corr,
		"multiples":   &SmallMultiples{Page: page, FreeY: true, Panels: panels},
	} {
		p, err := c.Picture()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkLayout(t, name, p)
	}
}

func TestPushApart(t *testing.T) {
	for _, want := range [][]vg.Length{{0}, {0, 0, 0}, {10, 11, 50, 51, 52}, {0, 1, 99, 100}, {-50, 200}, {30, 30, 36, 60, 61}} {
		half := make([]vg.Length, len(want))
		for i := range half {
			half[i] = 6 + vg.Length(i%2)
		}
		got := pushApart(want, half, 0, 100)
		for i := range got {
			if got[i]-half[i] < -1e-9 || got[i]+half[i] > 100+1e-9 {
				t.Errorf("pushApart(%v): %v leaves 0 to 100", want, got)
			}
			if i > 0 && got[i]-got[i-1] < half[i]+half[i-1]-1e-9 {
				t.Errorf("pushApart(%v): %v overlap", want, got)
			}
		}
	}
	// Two that collide share the way; one that does not stays.
	got := pushApart([]vg.Length{40, 44, 80}, []vg.Length{6, 6, 6}, 0, 100)
	for i, w := range []vg.Length{36, 48, 80} {
		if math.Abs(float64(got[i]-w)) > 1e-9 {
			t.Errorf("pushApart: got %v, want 36, 48, 80", got)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("按当前趋势，地区生产总值2026年达到1500亿元的可能性约为2%", 60.0)
	f.Add("On current trends, the probability of at least 150 billion yuan", 80.0)
	f.Add("（（（））），，，", 12.0)
	f.Add("", 1.0)
	fonts := testFonts(f)
	f.Fuzz(func(t *testing.T, s string, width float64) {
		if len(s) > 300 || !(width >= 1 && width < 1000) {
			t.Skip()
		}
		tx := fonts.Text()
		strip := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r == ' ' || r == '\n' {
					return -1
				}
				return r
			}, string([]rune(s))) // bytes that are not UTF-8 become U+FFFD, one each
		}
		fnt := font.Font{Size: 10}
		if got := strip(strings.Join(tx.wrap(s, fnt, vg.Length(width)), "\n")); got != strip(s) {
			t.Errorf("wrap(%q, %g) lost text: %q", s, width, got)
		}
		if got := strip(strings.Join(tx.balance(s, fnt, vg.Length(width)), "\n")); got != strip(s) {
			t.Errorf("balance(%q, %g) lost text: %q", s, width, got)
		}
	})
}
