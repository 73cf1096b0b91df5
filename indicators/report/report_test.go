package report

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

// checkResult holds what every result promises, whatever the text.
func checkResult(t testing.TB, text string, res *Result) {
	t.Helper()
	seen := map[string]bool{}
	for i := range res.Figures {
		f := &res.Figures[i]
		s := f.Source
		if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
			t.Fatalf("quote at %d–%d of %d bytes", s.Start, s.End, len(text))
		}
		if got := indicators.Strip(text[s.Start:s.End]); got != s.Quote || got == "" {
			t.Fatalf("quote %q, the text has %q", s.Quote, got)
		}
		if f.NumStart < s.Start || f.NumEnd > s.End || f.NumStart >= f.NumEnd {
			t.Fatalf("the number at %d–%d lies outside its quote %d–%d", f.NumStart, f.NumEnd, s.Start, s.End)
		}
		if f.ID == "" || seen[f.ID] {
			t.Fatalf("id %q is empty or not unique", f.ID)
		}
		seen[f.ID] = true
		if f.Indicator == "" || !f.Kind.Valid() || !f.HasValue || f.Confidence <= 0 || f.Confidence > 1 {
			t.Fatalf("figure %+v", f)
		}
		if f.Unit.Base == indicators.BasePoints && f.Unit.Percent() {
			t.Fatal("points that are per cent")
		}
		if _, err := indicators.ParseUnit(f.Unit.Symbol); err != nil {
			t.Fatalf("a unit that a file cannot hold: %v", err)
		}
		if res.Year > 0 && len(f.Spans) == 0 {
			t.Fatalf("%s has no period", facts(f))
		}
	}
	for _, r := range res.Refused {
		if r.Why == "" || indicators.Strip(text[r.Start:r.End]) != r.Quote {
			t.Fatalf("refusal %+v", r)
		}
	}
}

func reports(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(shared(t, "reports/hailar_2016.txt")), "*.txt"))
	if err != nil || len(files) < 5 {
		t.Fatal("no reports", err)
	}
	out := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = string(b)
	}
	return out
}

// TestReports reads every development text: what comes out is consistent, the
// same each time, and survives figures.csv.
func TestReports(t *testing.T) {
	for name, text := range reports(t) {
		res, err := Read(Doc{Key: "k", Text: text}, Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		checkResult(t, text, res)
		if len(res.Figures) < 20 || res.Year == 0 {
			t.Errorf("%s: %d figures, year %d", name, len(res.Figures), res.Year)
		}
		again, err := Read(Doc{Key: "k", Text: text}, Options{})
		if err != nil || !reflect.DeepEqual(res, again) {
			t.Errorf("%s: a second reading differs (%v)", name, err)
		}
		var buf bytes.Buffer
		if err := indicators.WriteFigures(&buf, res.Claims()); err != nil {
			t.Fatal(err)
		}
		back, err := indicators.ReadFigures(&buf, name)
		if err != nil {
			t.Errorf("%s: the figures cannot be read back: %v", name, err)
			continue
		}
		d := indicators.Dataset{Claims: back}
		if err := d.CheckQuotes("k", indicators.NewText(text), name, func(i int) int { return i + 2 }); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAbout: year, area and issuer from the title. The texts are those of the
// development material.
func TestAbout(t *testing.T) {
	texts := reports(t)
	for _, c := range []struct {
		file, area, issuer string
		year               int
	}{
		{"hailar_2012.txt", "海拉尔区", "海拉尔区人民政府", 2011},
		{"hailar_2016.txt", "海拉尔区", "海拉尔区人民政府", 2015},
		{"national_2010.txt", "全国", "国务院", 2009},
		{"national_2016.txt", "全国", "国务院", 2015},
		{"daqing_Q1_analysis.txt", "大庆市", "", 2017}, // 比2016年全年, 与2017年计划目标持平
		{"snip_mengjin_2023_gongbao.txt", "孟津区", "", 2023},
		{"snip_luoyang_2018_report_traditional.txt", "", "", 2017},
		{"snip_panji_2022_gongbao.txt", "", "", 2022},
	} {
		res, err := Read(Doc{Text: texts[c.file]}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if res.Year != c.year || res.Area != c.area || res.Document.Issuer != c.issuer {
			t.Errorf("%s: year %d, area %q, issuer %q; want %d, %q, %q", c.file, res.Year, res.Area, res.Document.Issuer, c.year, c.area, c.issuer)
		}
	}
	// What the caller says wins.
	res, err := Read(Doc{Text: "地区生产总值增长8%。"}, Options{Year: 2020, Area: "东山区", Parent: "某某市"})
	if err != nil || len(res.Figures) != 1 || res.Figures[0].Area != "东山区" || indicators.FormatSpans(res.Figures[0].Spans) != "2020" {
		t.Errorf("options: %+v, %v", res, err)
	}
	if res, _ := Read(Doc{Text: "地区生产总值增长8%。"}, Options{}); res.Year != 0 || len(res.Warnings) == 0 {
		t.Errorf("a text without a year: %d, %v", res.Year, res.Warnings)
	}
}

// TestWrapped: hard-wrapped lines with page numbers between them, as copied
// from a PDF, read like the text in one piece; quotes do not cross the number.
func TestWrapped(t *testing.T) {
	body := "全区地区生产总值完成312.5亿元，同比增长7.2%；一般公共预算收入达到15.07亿元，增长10.3%，增速居全市前列。建成学校17所、卫生室8所，铺设管道85公里，惠及群众5000余户，城镇登记失业率为3.9%。规模以上工业企业达到62户，实现增加值88.4亿元，完成工业投资45亿元，占全部投资的41.2%，其中技术改造投资12.6亿元，比上年增加3.1亿元，发展后劲进一步增强。"
	r := []rune(body)
	var lines []string
	for i := 0; i < len(r); i += 32 {
		lines = append(lines, string(r[i:min(i+32, len(r))]))
	}
	wrapped := strings.Join(lines[:3], "\n\n") + "\n\n— 12 —\n\n" + strings.Join(lines[3:], "\n\n")
	a, err := Read(Doc{Text: review + "　　" + body + "\n"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := review + "　　" + wrapped + "\n"
	b, err := Read(Doc{Text: text}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, text, b)
	if len(a.Figures) != len(b.Figures) || len(a.Figures) < 10 {
		t.Fatalf("%d figures in one piece, %d wrapped", len(a.Figures), len(b.Figures))
	}
	for i := range a.Figures {
		if x, y := facts(&a.Figures[i]), facts(&b.Figures[i]); x != y {
			t.Errorf("in one piece %s, wrapped %s", x, y)
		}
		if strings.Contains(b.Figures[i].Source.Quote, "12—") {
			t.Errorf("the quote %q holds a page number", b.Figures[i].Source.Quote)
		}
	}
}

func TestTables(t *testing.T) {
	text := "2021年某某市东山区国民经济和社会发展统计公报\n\n表1 主要指标   单位：亿元\n指标\t2021年\t比上年增长（%）\n地区生产总值\t698.0\t8.1\n  其中：第一产业增加值\t12.3\t-2.0\n规模以上工业增加值\t—\t7.5\n\n" +
		"表2 主要目标\n指标名称    单位    2021年完成    2022年目标\n城镇登记失业率    %    3.1    5.5\n新增就业    万人    1.3    1.4\n"
	res, err := Read(Doc{Text: text}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, text, res)
	var got []string
	for i := range res.Figures {
		got = append(got, facts(&res.Figures[i]))
	}
	want := "地区生产总值 698.0亿元 level 2021; 地区生产总值 8.1% growth_rate 2021; 第一产业增加值 12.3亿元 level 2021; 第一产业增加值 -2.0% growth_rate 2021; 规模以上工业增加值 7.5% growth_rate 2021; " +
		"城镇登记失业率 3.1% rate 2021; 城镇登记失业率 5.5% target_level by 2022; 城镇新增就业人数 1.3万人 level 2021; 城镇新增就业人数 1.4万人 target_level by 2022"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("got %s\nwant %s", s, want)
	}
}

func TestSize(t *testing.T) {
	if _, err := Read(Doc{Text: strings.Repeat("a", MaxBytes+1)}, Options{}); err == nil {
		t.Error("a text above MaxBytes is read")
	}
}

func TestVocabulary(t *testing.T) {
	if n := len(Standard().Terms()); n < 200 {
		t.Errorf("%d standard names", n)
	}
	for _, term := range Standard().Terms() {
		if term.Unit != "" {
			if _, err := indicators.ParseUnit(term.Unit); err != nil {
				t.Errorf("%s: %v", term.Name, err)
			}
		}
		if term.English == "" {
			t.Errorf("%s has no English name", term.Name)
		}
	}
	for printed, want := range map[string]string{"GDP": "地区生产总值", "万元GDP能耗": "单位地区生产总值能耗", "公共财政预算收入": "一般公共预算收入", "規模以上工業增加值": "规模以上工业增加值"} {
		if got, ok := Standard().Lookup(printed); !ok || got.Name != want {
			t.Errorf("Lookup(%s) = %s, want %s", printed, got.Name, want)
		}
	}
	if _, err := ReadVocabulary(strings.NewReader("name\tunit\tnature\tdirection\tenglish\tsynonyms\n甲\t元\tamont\tup\tA\t\n乙\t元\tamount\tup\tB\t甲\n"), "v.tsv"); err == nil || !strings.Contains(err.Error(), "row 2") || !strings.Contains(err.Error(), "row 3") {
		t.Errorf("a bad vocabulary: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range sentences {
		f.Add(c.head + c.text)
	}
	f.Add("指标\t2021年\t增长（%）\n地区生产总值\t698\t8.1\n")
	f.Add("\xff\xfe（（分别、、3%和%，占的比重——\n— 3 —\n3.6 : 48")
	f.Add(strings.Repeat("实现收入3亿元、5亿元和7亿元，分别增长\n", 12))
	f.Fuzz(func(t *testing.T, text string) {
		res, err := Read(Doc{Text: text}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		checkResult(t, text, res)
	})
}

// longText is a report of 18 000 characters when there is no shared one.
func longText() string {
	var b strings.Builder
	b.WriteString(review)
	for b.Len() < 18000*3 {
		for _, c := range sentences {
			b.WriteString("　　" + c.text + "全区上下团结一心，扎实推进各项工作，经济社会保持平稳健康发展的良好态势，人民生活水平持续提高。\n")
		}
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	text := longText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(Doc{Text: text}, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadReport(b *testing.B) {
	data, err := os.ReadFile(shared(b, "reports/hailar_2016.txt")) // 17 800 characters
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(Doc{Text: string(data)}, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThousandReports(b *testing.B) {
	text := longText()
	for b.Loop() {
		work := make(chan int)
		done := make(chan error, 2)
		for range 2 {
			go func() {
				var err error
				for range work {
					if _, e := Read(Doc{Text: text}, Options{}); e != nil {
						err = e
					}
				}
				done <- err
			}()
		}
		for i := range 1000 {
			work <- i
		}
		close(work)
		for range 2 {
			if err := <-done; err != nil {
				b.Fatal(err)
			}
		}
	}
}
