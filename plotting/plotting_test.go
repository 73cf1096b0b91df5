package plotting

import (
	"bytes"
	"compress/zlib"
	"errors"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/cjk"
)

func encode(t testing.TB, p *Picture, f Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Encode(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func usual(t testing.TB) *FanChart {
	f := fanCases()["usual"]
	f.Fonts = testFonts(t)
	return &f
}

// The same chart gives the same bytes, also if many are drawn at once.
func TestSameBytesInParallel(t *testing.T) {
	want := map[Format][]byte{}
	chart := usual(t)
	chart.Size = HalfA4()
	p, err := chart.Picture()
	if err != nil {
		t.Fatal(err)
	}
	formats := []Format{PNG, SVG, PDF}
	for _, f := range formats {
		want[f] = encode(t, p, f)
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			q, err := chart.Picture()
			if err != nil {
				t.Error(err)
				return
			}
			// PNG only of the new one and PDF only of the shared one keeps
			// the test short.
			for _, x := range []struct {
				pic *Picture
				f   Format
			}{{q, PNG}, {q, SVG}, {p, SVG}, {p, PDF}} {
				var b bytes.Buffer
				if err := x.pic.Encode(&b, x.f); err != nil {
					t.Error(err)
				} else if !bytes.Equal(b.Bytes(), want[x.f]) {
					t.Errorf("%s: bytes differ between two drawings", x.f)
				}
			}
		})
	}
	wg.Wait()
}

func TestPNGSize(t *testing.T) {
	p, err := usual(t).Picture()
	if err != nil {
		t.Fatal(err)
	}
	c, err := png.DecodeConfig(bytes.NewReader(encode(t, p, PNG)))
	if err != nil || c.Width != 1200 || c.Height != 800 {
		t.Errorf("PNG is %d × %d, %v, want 1200 × 800: two pixels a point", c.Width, c.Height, err)
	}
}

// Bands must keep their colours in PDF: gonum's own writer darkens them.
func TestPDFColours(t *testing.T) {
	p, err := usual(t).Picture()
	if err != nil {
		t.Fatal(err)
	}
	content := string(pdfStreams(encode(t, p, PDF)))
	// #DBEBF4, #BDDAEB and #99C7E0 of export.md 6.2 in PDF's numbers.
	for _, want := range []string{"0.859 0.922 0.957 rg", "0.741 0.855 0.922 rg", "0.600 0.780 0.878 rg"} {
		if !strings.Contains(content, want) {
			t.Errorf("PDF does not set the colour %s", want)
		}
	}
}

func pdfStreams(b []byte) []byte {
	var out bytes.Buffer
	for _, m := range regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`).FindAllSubmatch(b, -1) {
		if z, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
			io.Copy(&out, z)
		}
	}
	return out.Bytes()
}

// 𬭚 is U+2CB5A, one of the 196 characters of 通用规范汉字表 beyond the BMP, for which
// fpdf panics.
func TestBeyondBMP(t *testing.T) {
	f := usual(t)
	f.Title = "𬭚产量与瀍河回族区"
	p, err := f.Picture()
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []Format{PNG, SVG, PDF} {
		if b := encode(t, p, format); len(b) < 1000 {
			t.Errorf("%s has %d bytes", format, len(b))
		}
	}
	if !strings.Contains(string(encode(t, p, SVG)), "𬭚") {
		t.Error("SVG title lost the character")
	}
}

func TestFallbackChain(t *testing.T) {
	// Liberation has no Chinese, so that the second family is asked for it.
	fonts, err := NewFonts(liberation.Collection(), cjk.Collection())
	if err != nil {
		t.Fatal(err)
	}
	tx := fonts.Text()
	runs := tx.runs("GDP地区2021年", font.Font{Size: 10})
	var got []string
	for _, r := range runs {
		got = append(got, string(r.face.Font.Typeface)+" "+r.text)
	}
	if want := "Liberation GDP|Zhibiao Sans SC 地区|Liberation 2021|Zhibiao Sans SC 年"; strings.Join(got, "|") != want {
		t.Errorf("runs %q, want %s", got, want)
	}
	if w, _, _ := tx.Box("按当前趋势", font.Font{Size: 10}); w != 50 {
		t.Errorf("width of five characters at 10 points: %v", w)
	}
	if w, _, _ := tx.Box("億", font.Font{Size: 10}); w != 0 || tx.Err() == nil {
		t.Errorf("missing character: width %v, error %v", w, tx.Err())
	}
	var g *GlyphError
	if !errors.As(tx.Err(), &g) || g.Char != '億' {
		t.Errorf("error %v does not name 億", tx.Err())
	}
	if _, err := NewFonts(); err == nil {
		t.Error("no error without a family")
	}
	if _, err := NewFonts(font.Collection{}); err == nil {
		t.Error("no error for an empty family")
	}
}

func TestParseFamily(t *testing.T) {
	fam, err := ParseFamily("Test", 0, cjk.Regular(), nil)
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := NewFonts(fam)
	if err != nil {
		t.Fatal(err)
	}
	f := usual(t)
	f.Fonts = fonts
	if _, err := f.Picture(); err != nil {
		t.Error(err)
	}
	for _, bad := range []struct {
		index int
		data  []byte
		want  string
	}{{1, cjk.Regular(), "no face 1 in a file of 1"}, {0, []byte("not a font"), "regular"}, {0, nil, "regular"}} {
		if _, err := ParseFamily("Test", bad.index, bad.data, nil); err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("ParseFamily of %d bytes, index %d: %v", len(bad.data), bad.index, err)
		}
	}
}

func TestSave(t *testing.T) {
	p, err := usual(t).Picture()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := p.Save(filepath.Join(dir, "a.svg")); err != nil {
		t.Error(err)
	}
	if err := p.Save(filepath.Join(dir, "a.gif")); err == nil || !strings.Contains(err.Error(), "png, svg or pdf") {
		t.Errorf("unknown format: %v", err)
	}
	if err := p.Save(filepath.Join(dir, "missing", "a.png")); err == nil {
		t.Error("no error for a folder that is not there")
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 1 {
		t.Errorf("files left: %v, %v", names, err)
	}
}

func TestCalendarTicks(t *testing.T) {
	label := func(ticks []plot.Tick) (out []string) {
		for _, k := range ticks {
			if k.Label != "" {
				out = append(out, k.Label)
			}
		}
		return out
	}
	y, q, m := indicators.Year, indicators.Quarter, indicators.Month
	for _, tc := range []struct {
		ticks    CalendarTicks
		from, to indicators.Period
		n        int
		want     string
	}{
		{CalendarTicks{}, y(2021), y(2026), 6, "2021年 2022年 2023年 2024年 2025年 2026年"},
		{CalendarTicks{Lang: "en"}, y(2021), y(2022), 2, "2021 2022"},
		{CalendarTicks{Keep: []indicators.Period{y(2021), y(2026)}}, y(1990), y(2026), 37, "1990年 1995年 2000年 2005年 2010年 2015年 2020年 2021年 2025年 2026年"},
		{CalendarTicks{Freq: indicators.Quarterly}, q(2025, 1), q(2025, 4), 4, "2025年一季度 2025年二季度 2025年三季度 2025年四季度"},
		{CalendarTicks{Freq: indicators.Quarterly, Lang: "en"}, q(2020, 1), q(2025, 4), 24, "2020 Q1 2021 Q1 2022 Q1 2023 Q1 2024 Q1 2025 Q1"},
		{CalendarTicks{Freq: indicators.HalfYear}, indicators.Half(2025, 1), indicators.Half(2025, 2), 2, "2025年上半年 2025年下半年"},
		{CalendarTicks{Freq: indicators.Monthly, Lang: "en"}, m(2025, 1), m(2025, 6), 6, "Jan 2025 Feb 2025 Mar 2025 Apr 2025 May 2025 Jun 2025"},
		{CalendarTicks{Freq: indicators.Monthly}, m(2025, 1), m(2025, 12), 12, "2025年1月 2025年3月 2025年5月 2025年7月 2025年9月 2025年11月"},
		{CalendarTicks{Labels: 3}, y(-5), y(5), 11, "-5年 0年 5年"},
	} {
		got := tc.ticks.Ticks(X(tc.from), X(tc.to))
		if s := strings.Join(label(got), " "); len(got) != tc.n || s != tc.want {
			t.Errorf("%v to %v: %d ticks %q, want %d %q", tc.from, tc.to, len(got), s, tc.n, tc.want)
		}
	}
	if got := (CalendarTicks{}).Ticks(math.NaN(), 3); got != nil {
		t.Errorf("NaN: %v", got)
	}
	if X(q(2021, 4)) != X(y(2021)) || X(indicators.Day(2020, 12, 31)) != X(y(2020)) || X(m(2021, 6)) != 2020.5 {
		t.Error("places of periods that end together differ")
	}
}

func TestRoundTicks(t *testing.T) {
	for _, tc := range []struct {
		lo, hi float64
		want   string
	}{
		{0, 1600, "0 500 1,000 1,500"},
		{0, 100, "0 20 40 60 80 100"},
		{-8, 7, "−7.5 −5.0 −2.5 0 2.5 5.0"},
		{12.1, 12.9, "12.2 12.4 12.6 12.8"},
		{0, 6e-6, "0 2e−6 4e−6 6e−6"},
		{0, 3e15, "0 1e15 2e15 3e15"},
	} {
		var got []string
		for _, k := range (RoundTicks{}).Ticks(tc.lo, tc.hi) {
			got = append(got, k.Label)
		}
		if s := strings.Join(got, " "); s != tc.want {
			t.Errorf("%g to %g: %s, want %s", tc.lo, tc.hi, s, tc.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for _, tc := range []struct {
		x    float64
		dec  int
		want string
	}{
		{1234567.891, 1, "1,234,567.9"}, {-1500, 0, "−1,500"}, {0.5, 0, "1"}, {2.5, 0, "3"}, {-0.04, 1, "0.0"},
		{1.005, 2, "1.01"}, // printed halves round up, though the binary number is a hair below
		{999.95, 1, "1,000.0"}, {math.NaN(), 1, "—"}, {math.Inf(-1), 0, "−∞"}, {3e12, 0, "3e12"}, {2.5e-7, 8, "2.5e−7"}, {0, 3, "0.000"},
	} {
		if got := Number(tc.x, tc.dec); got != tc.want {
			t.Errorf("Number(%g, %d) = %s, want %s", tc.x, tc.dec, got, tc.want)
		}
	}
	for x, want := range map[float64]string{698: "698", 12.8: "12.8", 43.5: "43.5", 16775: "16,775", 360.79: "360.79", 0: "0", 2.0 / 3: "0.666667"} {
		if got := printed(x); got != want {
			t.Errorf("printed(%g) = %s, want %s", x, got, want)
		}
	}
	for x, want := range map[float64]string{811.3: "811", 1234.5: "1,235", 12345: "12,350", 1329164: "1,329,000", 0.12345: "0.123", 2.091302e15: "2.091e15"} {
		if got := printed3(x); got != want {
			t.Errorf("printed3(%g) = %s, want %s", x, got, want)
		}
	}
	// 331 and 9 % make 360.79, 43.5 and 7 % make 46.545: not printed figures.
	for _, tc := range []struct {
		x    float64
		dec  int
		want string
	}{{360.79, 0, "360.8"}, {46.545, 1, "46.5"}, {4.6545, 2, "4.65"}, {12.8, 0, "12.8"}, {1500, 0, "1,500"}, {1500, -1, "1,500"}, {360.79, -1, "360.8"}} {
		if got := goalNumber(tc.x, tc.dec); got != tc.want {
			t.Errorf("goalNumber(%g, %d) = %s, want %s", tc.x, tc.dec, got, tc.want)
		}
	}
}

func TestEnglishUnit(t *testing.T) {
	for _, tc := range []struct {
		symbol string
		want   string
		k      float64
	}{
		{"亿元", "billion yuan", 0.1}, {"万元", "million yuan", 0.01}, {"元", "yuan", 1}, {"万亿元", "billion yuan", 1000}, {"%", "%", 1}, {"个百分点", "points", 1},
		{"家", "", 1}, {"万人次", "thousand visits", 10}, {"万平方米", "thousand m²", 10}, {"微克/立方米", "µg/m³", 1}, {"公里", "km", 1}, {"位", "", 1},
	} {
		u, err := indicators.ParseUnit(tc.symbol)
		if err != nil {
			t.Errorf("%s: %v", tc.symbol, err)
			continue
		}
		if got, k := EnglishUnit(u); got != tc.want || math.Abs(k/tc.k-1) > 1e-12 {
			t.Errorf("%s is %q times %g, want %q times %g", tc.symbol, got, k, tc.want, tc.k)
		}
	}
	if got, k := EnglishUnit(indicators.Unit{}); got != "" || k != 1 {
		t.Errorf("no unit: %q, %g", got, k)
	}
}

// Scale changes the figures in words and labels but not the probability.
func TestScale(t *testing.T) {
	f := usual(t)
	f.Lang, f.Indicator, f.Unit, f.Scale = "en", "GDP", "billion yuan", 0.1
	p, err := f.Picture()
	if err != nil {
		t.Fatal(err)
	}
	if want := "the median forecast for 2026 is 81.1 billion yuan"; !strings.Contains(p.Alt(), want) {
		t.Errorf("alternative text %q does not say %q", p.Alt(), want)
	}
	if got, want := within(scaled{distuv.Normal{Mu: 10, Sigma: 2}, 0.1}, indicators.AtLeastX(1.1)), within(distuv.Normal{Mu: 10, Sigma: 2}, indicators.AtLeastX(11)); math.Abs(got-want) > 1e-9 {
		t.Errorf("probability of a scaled forecast is %g, want %g", got, want)
	}
}

func TestPremise(t *testing.T) {
	f := usual(t)
	for _, tc := range []struct{ lang, premise, want string }{
		{"zh", "", "按当前趋势，地区生产总值2026年达到1500亿元的可能性不足1%"},
		{"zh", "仅按一般经验", "仅按一般经验，地区生产总值2026年达到1500亿元的可能性不足1%"},
		{"en", "at the stated growth", "地区生产总值: at the stated growth, the probability of at least 1,500 亿元 in 2026 is less than 1%"},
	} {
		f.Lang, f.Premise = tc.lang, tc.premise
		p, err := f.Picture()
		if err != nil {
			t.Fatal(err)
		}
		if p.Title() != tc.want {
			t.Errorf("title %q, want %q", p.Title(), tc.want)
		}
	}
}

func TestWithin(t *testing.T) {
	n := distuv.Normal{Mu: 0, Sigma: 1}
	for _, tc := range []struct {
		w    indicators.Interval
		want float64
	}{
		{indicators.AtLeastX(0), 0.5}, {indicators.AtMostX(0), 0.5}, {indicators.Interval{Lo: -1, Hi: 1}, 0.6826894921370859}, {indicators.Everything(), 1},
	} {
		if got := within(n, tc.w); math.Abs(got-tc.want) > 1e-9 {
			t.Errorf("within(%v) = %g, want %g", tc.w, got, tc.want)
		}
	}
	// An atom on the bound counts for both.
	c := forecast.Constant(100)
	if within(c, indicators.AtLeastX(100)) != 1 || within(c, indicators.AtMostX(100)) != 1 || within(c, indicators.MoreThanX(100)) != 0 {
		t.Error("a constant on the bound of its target")
	}
}

func TestPaths(t *testing.T) {
	y := indicators.Year
	p := GrowthPath(y(2021), 698, y(2026), 1500)
	if g := p[1].Value / p[0].Value; len(p) != 6 || math.Abs(g-1.1653252782746597) > 1e-12 || p[5].Value != 1500 {
		t.Errorf("growth path %v", p)
	}
	if s := StepPath(y(2021), 12.8, y(2026), 15); math.Abs(s[1].Value-13.24) > 1e-12 {
		t.Errorf("step path %v", s)
	}
	if s := GrowthPath(y(2021), -1, y(2023), 1); s[1].Value != 0 {
		t.Errorf("path through zero %v", s)
	}
}

func TestSVGEscapes(t *testing.T) {
	f := usual(t)
	f.Title = `<增长> & "下降"`
	f.Alt = "a\x01b"
	p, err := f.Picture()
	if err != nil {
		t.Fatal(err)
	}
	svg := string(encode(t, p, SVG))
	for _, want := range []string{"&lt;增长&gt; &amp; &quot;下降&quot;", "a\uFFFDb"} {
		if !strings.Contains(svg, want) {
			t.Errorf("SVG does not hold %q", want)
		}
	}
}

// Ids are made from the content, so that two pictures can stand in one page.
func TestSVGIds(t *testing.T) {
	id := regexp.MustCompile(` id="([^"]*)"`)
	seen := map[string]string{}
	for name, f := range fanCases() {
		if name != "usual" && name != "negative" && name != "quarters" {
			continue
		}
		f.Fonts = testFonts(t)
		p, err := f.Picture()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range id.FindAllStringSubmatch(string(encode(t, p, SVG)), -1) {
			if other, ok := seen[m[1]]; ok {
				t.Errorf("%s and %s share the id %s", name, other, m[1])
			}
			seen[m[1]] = name
		}
	}
}

// The plotters work in a plot of gonum's own, with its axes.
func TestPlottersInPlainPlot(t *testing.T) {
	y := indicators.Year
	h, err := NewHistory([]Point{{Period: y(2020), Value: 650}, {Period: y(2021), Value: 698}})
	if err != nil {
		t.Fatal(err)
	}
	th := Light()
	fan, err := NewFan(&h.Points[1], lognormal(y(2021), 3, 698, 0.03, 0.05), []float64{0.9}, th.Bands[:1])
	if err != nil {
		t.Fatal(err)
	}
	path, err := NewRequiredPath(GrowthPath(y(2021), 698, y(2024), 900))
	if err != nil {
		t.Fatal(err)
	}
	mark, err := NewTargetMark(Target{Period: y(2024), Want: indicators.AtLeastX(900)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*draw.LineStyle{&h.Line, &fan.Median, &path.Line} {
		*s = line(th.Data, 1)
	}
	mark.Color = th.Goal
	tx := testFonts(t).Text()
	p := plot.New()
	p.TextHandler, p.Legend.TextStyle.Handler = tx, tx
	p.X.Tick.Marker, p.Y.Tick.Marker = CalendarTicks{}, RoundTicks{}
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Label.TextStyle.Handler, a.Tick.Label.Handler = tx, tx
	}
	p.Add(fan, path, h, mark, plotter.NewGrid())
	p.Legend.Add("预测", fan)
	p.Legend.Add("实际", h)
	p.Legend.Add("路径", path)
	p.Legend.Add("目标", mark)
	if p.X.Min != 2020 || p.X.Max != 2024 || p.Y.Min > 650 || p.Y.Max < 900 {
		t.Errorf("ranges %v–%v, %v–%v", p.X.Min, p.X.Max, p.Y.Min, p.Y.Max)
	}
	rec := newRecorder(300, 200)
	p.Draw(draw.New(rec))
	if err := errors.Join(append(rec.errs, tx.Err())...); err != nil {
		t.Error(err)
	}
	pic := &Picture{w: 300, h: 200, ops: rec.ops, faces: rec.faces}
	got := strings.Join(pic.Text(), " ")
	for _, want := range []string{"2020年", "2024年", "预测", "实际", "路径", "目标"} {
		if !strings.Contains(got, want) {
			t.Errorf("the plot lacks %q: %s", want, got)
		}
	}
	// Nothing leaves the picture: the glyph boxes reserve room.
	for _, o := range rec.ops {
		for _, s := range o.path {
			for _, q := range s.p[:points(s.verb)] {
				if q.X < -1 || q.X > 301 || q.Y < -1 || q.Y > 201 {
					t.Fatalf("a path leaves the picture at %v", q)
				}
			}
		}
	}
}

func TestRecorderTransforms(t *testing.T) {
	r := newRecorder(100, 100)
	r.Push()
	r.Translate(vg.Point{X: 10, Y: 20})
	r.Rotate(math.Pi / 2)
	r.Scale(2, 2)
	var p vg.Path
	p.Move(vg.Point{X: 1})
	p.Line(vg.Point{X: 1, Y: 1})
	p.Arc(vg.Point{}, 1, 0, math.Pi)
	p.Close()
	r.SetLineWidth(1)
	r.SetLineDash([]vg.Length{1, 2}, 0)
	r.Stroke(p)
	r.Pop()
	o := r.ops[0]
	near := func(p vg.Point, x, y float64) bool {
		return math.Abs(float64(p.X)-x) < 1e-9 && math.Abs(float64(p.Y)-y) < 1e-9
	}
	if !near(o.path[0].p[0], 10, 22) || !near(o.path[1].p[0], 8, 22) || o.width != 2 || o.dash[1] != 4 {
		t.Errorf("transformed %+v", o)
	}
	if last := o.path[len(o.path)-2]; last.verb != 'C' || !near(last.end(), 10, 18) {
		t.Errorf("end of the arc %+v", last)
	}
	if r.state.m != (affine{a: 1, d: 1}) {
		t.Error("Pop does not restore")
	}
}

func BenchmarkPicture(b *testing.B) {
	f := usual(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Picture(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncode measures drawing and writing together, as a program that
// makes one chart after another does.
func BenchmarkEncode(b *testing.B) {
	f := usual(b)
	for _, format := range []Format{PNG, SVG, PDF} {
		b.Run(string(format), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p, err := f.Picture()
				if err != nil {
					b.Fatal(err)
				}
				if err := p.Encode(io.Discard, format); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
