package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

// brief runs the program and returns what it printed.
func brief(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out, errs bytes.Buffer
	o, err := parse(args, &errs)
	if err != nil {
		return errs.String(), err
	}
	err = run(o, &out)
	return out.String(), err
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	m := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		m[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The whole job, in both languages: every file is there, says the same
// numbers, and comes out the same twice.
func TestMainJob(t *testing.T) {
	base := t.TempDir()
	zh, en, again := filepath.Join(base, "zh"), filepath.Join(base, "en"), filepath.Join(base, "again")
	said, err := brief(t, "-out", zh)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"14.6%", "16.5%", "仅依先验", "需核对"} {
		if !strings.Contains(said, want) {
			t.Errorf("the summary does not say %q:\n%s", want, said)
		}
	}
	if n := strings.Count(said, "\n"); n < 6 || n > 12 {
		t.Errorf("the summary has %d lines", n)
	}
	if _, err := brief(t, "-out", again); err != nil {
		t.Fatal(err)
	}
	if _, err := brief(t, "-out", en, "-lang", "en"); err != nil {
		t.Fatal(err)
	}
	a, b, e := tree(t, zh), tree(t, again), tree(t, en)
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s differs from run to run", name)
		}
		if _, ok := e[name]; !ok {
			t.Errorf("%s is missing in English", name)
		}
	}
	for _, name := range []string{"briefing.xlsx", "figures.csv", "documents.csv", "assessments.csv", "verdicts.csv", "findings.csv", "charts/gdp-2021.png", "charts/gdp-2021.svg", "charts/gdp-2021.pdf"} {
		if len(a[name]) == 0 {
			t.Errorf("%s is missing or empty", name)
		}
	}
	if a["figures.csv"] != seeds.JianxiFigures() {
		t.Error("figures.csv is not the figures that were read")
	}
	// Codes and numbers do not change with the language; only why does.
	rz, re := table(t, a["assessments.csv"]), table(t, e["assessments.csv"])
	if len(rz) != len(re) {
		t.Fatal("the languages differ in the number of assessments")
	}
	why := slices.Index(rz[0], "why")
	for i := range rz {
		for k := range rz[i] {
			if k != why && rz[i][k] != re[i][k] {
				t.Errorf("row %d, %s: %q in Chinese, %q in English", i+1, rz[0][k], rz[i][k], re[i][k])
			}
		}
	}
	for _, name := range []string{"assessments.csv", "verdicts.csv", "findings.csv"} {
		if s := a[name]; strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
			t.Errorf("%s holds a number that is none", name)
		}
	}
	workbook(t, a["briefing.xlsx"])
	workbook(t, e["briefing.xlsx"])
}

func table(t *testing.T, s string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// workbook checks that every part is well-formed and every relation leads to
// a part.
func workbook(t *testing.T, s string) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(s), int64(len(s)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name], err = io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range parts {
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(b))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
		if bytes.Contains(b, []byte(">NaN<")) || bytes.Contains(b, []byte(">+Inf<")) {
			t.Errorf("%s holds NaN or Inf", name)
		}
	}
	if charts := len(slices.DeleteFunc(keys(parts), func(n string) bool { return !strings.HasPrefix(n, "xl/charts/chart") })); charts < 15 {
		t.Errorf("%d native charts", charts)
	}
}

func keys(m map[string][]byte) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

// Bad input names its place and leaves nothing behind.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	const head = "id,indicator,value,unit,kind,period,area,quote,doc\n"
	report := write("r.txt", "全年生产总值698亿元。")
	file := write("file", "")
	cases := []struct {
		name string
		args []string
		want []string
	}{
		{"missing file", []string{"-figures", filepath.Join(dir, "none.csv")}, []string{"none.csv"}},
		{"unknown multiplier", []string{"-figures", write("unit.csv", head+"a,生产总值,698,兆元,level,2021,甲区,,\n")}, []string{"unit.csv", "row 2", "column unit", "兆"}},
		{"no number", []string{"-figures", write("num.csv", head+"a,生产总值,,亿元,level,2021,甲区,,\nb,人口,约七万,人,level,2021,甲区,,\n")}, []string{"row 2", "column value", "row 3", "without number"}},
		{"duplicate id", []string{"-figures", write("dup.csv", head+"a,生产总值,1,亿元,level,2021,甲区,,\na,人口,2,人,level,2021,甲区,,\n")}, []string{"row 3", "column id", "duplicate"}},
		{"quote not in the report", []string{"-figures", write("quote.csv", head+"a,生产总值,699,亿元,level,2021,甲区,生产总值699亿元,r\n"), "-report", report}, []string{"quote.csv", "row 2", "column quote", "not in the report"}},
		{"id outside the folder", []string{"-figures", write("id.csv", head+"../../evil,生产总值,1,亿元,level,2021,甲区,,\n")}, []string{"row 2", "column id"}},
		{"row cut off", []string{"-figures", write("cut.csv", head+"a,生产总值,1,亿元,level\n")}, []string{"row 2", "5 cells"}},
		{"report that no row names", []string{"-figures", write("other.csv", head+"a,生产总值,698,亿元,level,2021,甲区,生产总值698亿元,elsewhere\n"), "-report", report}, []string{"r.txt", "doc"}},
		{"language", []string{"-lang", "fr"}, []string{"-lang fr"}},
		{"context", []string{"-context", "GDP about five"}, []string{"-context"}},
		{"context for nothing", []string{"-context", "火星人口=5±3"}, []string{"火星人口"}},
		{"character outside the font", []string{"-figures", write("glyph.csv", head+"a,生产总值\U0001F600,1,亿元,level,2021,甲区,,\nb,生产总值\U0001F600,2,亿元,target_level,by 2022,甲区,,\n")}, []string{"U+1F600"}},
	}
	for _, c := range cases {
		out := filepath.Join(t.TempDir(), "out")
		said, err := brief(t, append([]string{"-out", out}, c.args...)...)
		if err == nil {
			t.Errorf("%s: accepted: %s", c.name, said)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: want %q in: %v", c.name, w, err)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(out, "*")); len(left) > 0 {
			t.Errorf("%s: left behind %v", c.name, left)
		}
		if left, _ := filepath.Glob(filepath.Join(out, ".writing*")); len(left) > 0 {
			t.Errorf("%s: left behind %v", c.name, left)
		}
	}
	if _, err := brief(t, "-out", file); err == nil || !strings.Contains(err.Error(), "不是文件夹") {
		t.Errorf("out is a file: %v", err)
	}
	// A workbook that is open stays as it is, and so does everything else.
	open := t.TempDir()
	os.WriteFile(filepath.Join(open, "~$briefing.xlsx"), nil, 0o644)
	if _, err := brief(t, "-out", open); err == nil || !strings.Contains(err.Error(), "请先关闭文件") {
		t.Errorf("open workbook: %v", err)
	}
	if _, err := os.Stat(filepath.Join(open, "figures.csv")); err == nil {
		t.Error("a table was written although the workbook is open")
	}
}

// A figures file of one's own with its report, and a row of another document
// that is shown as not checked.
func TestOwnFigures(t *testing.T) {
	dir := t.TempDir()
	report, figures := filepath.Join(dir, "mine.txt"), filepath.Join(dir, "f.csv")
	os.WriteFile(report, []byte("甲区政府工作报告\n全年 生产总值\n698亿元，今年目标 800亿元。"), 0o644)
	os.WriteFile(figures, []byte("\ufeffid,indicator,value,unit,kind,period,area,quote,doc,direction\n"+
		"a,地区生产总值,698,亿元,level,2021,甲区,全年生产总值698亿元,mine,up\nb,地区生产总值,800,亿元,target_level,by 2022,甲区,今年目标800亿元,mine,up\nc,地区生产总值,650,亿元,level,2020,甲区,,yearbook,up\nd,疫苗接种,3,针剂次,level,2021,甲区,,yearbook,up\n"), 0o644)
	out := filepath.Join(dir, "out")
	said, err := brief(t, "-out", out, "-figures", figures, "-report", report)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "依据自身历史的 1 项") || !strings.Contains(said, "针剂次") {
		t.Errorf("own history, or the unlisted measure word, is not told:\n%s", said)
	}
	claims, err := indicators.ReadFigures(strings.NewReader(tree(t, out)["figures.csv"]), "figures.csv")
	if err != nil || len(claims) != 4 || claims[0].Source.End == 0 || claims[2].Source.End != 0 {
		t.Errorf("quotes were not located: %v %+v", err, claims)
	}
	// The same file as older programs save it.
	old := filepath.Join(dir, "gbk.csv")
	b, _ := os.ReadFile(figures)
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(bytes.TrimPrefix(b, []byte("\ufeff")))
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(old, gb, 0o644)
	out2 := filepath.Join(dir, "out2")
	if _, err := brief(t, "-out", out2, "-figures", old, "-report", report); err != nil {
		t.Fatal(err)
	}
	if tree(t, out)["assessments.csv"] != tree(t, out2)["assessments.csv"] {
		t.Error("GB18030 reads differently from UTF-8")
	}
	// A context moves the forecast.
	lone := filepath.Join(dir, "lone.csv")
	os.WriteFile(lone, []byte("id,indicator,value,unit,kind,period,area\na,地区生产总值,698,亿元,level,2021,甲区\nb,地区生产总值,800,亿元,target_level,by 2022,甲区\n"), 0o644)
	p := func(args ...string) string {
		dir := filepath.Join(t.TempDir(), "o")
		if _, err := brief(t, append([]string{"-out", dir, "-figures", lone}, args...)...); err != nil {
			t.Fatal(err)
		}
		rows := table(t, tree(t, dir)["assessments.csv"])
		return rows[1][slices.Index(rows[0], "probability")]
	}
	if plain, ctx := p(), p("-context", "GDP=12±2 省政府工作报告"); plain == ctx || plain == "" {
		t.Errorf("probability %s without and %s with context", plain, ctx)
	}
}

// A sheet made with -template, filled in and read with -history, turns one
// figure into a history.
func TestHistory(t *testing.T) {
	dir := t.TempDir()
	tmpl := filepath.Join(dir, "history.xlsx")
	if _, err := brief(t, "-template", tmpl); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(tmpl)
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	at := func(what string) (row, col int) {
		for i, r := range rows {
			for k, c := range r {
				if strings.TrimSpace(strings.TrimSuffix(c, "年")) == what {
					return i + 1, k + 1
				}
			}
		}
		t.Fatalf("the template has no cell %q", what)
		return 0, 0
	}
	gdp, _ := at("地区生产总值")
	for year, v := range map[string]float64{"2018": 560.4, "2019": 611, "2020": 645.2} {
		_, col := at(year)
		cell, _ := excelize.CoordinatesToCellName(col, gdp)
		f.SetCellValue(sheet, cell, v)
	}
	_, col := at("来源")
	cell, _ := excelize.CoordinatesToCellName(col, gdp)
	f.SetCellValue(sheet, cell, "洛阳统计年鉴2021，第57页")
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	said, err := brief(t, "-out", out, "-history", tmpl)
	if err != nil {
		t.Fatal(err)
	}
	files := tree(t, out)
	if !strings.Contains(files["figures.csv"], "洛阳统计年鉴2021") || !strings.Contains(files["figures.csv"], "560.4") {
		t.Error("the history is not among the figures")
	}
	for _, row := range table(t, files["assessments.csv"]) {
		if row[0] == "gdp-target-2022" && !strings.Contains(strings.Join(row, " "), "4个数值") {
			t.Errorf("GDP does not rest on its history: %v\n%s", row, said)
		}
	}
}

// A report without figures of its own is read off its text.
func TestReadReport(t *testing.T) {
	dir := t.TempDir()
	p := filepath.Join(dir, "jianxi.txt")
	os.WriteFile(p, []byte(seeds.JianxiReport()), 0o644)
	out := filepath.Join(dir, "out")
	said, err := brief(t, "-out", out, "-report", p)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "自动读出") || !strings.Contains(said, "14.6%") || !strings.Contains(said, "16.5%") {
		t.Errorf("the text was not read as the reviewed figures are:\n%s", said)
	}
	os.WriteFile(p, []byte("没有数的文字。"), 0o644)
	if _, err := brief(t, "-out", out, "-report", p); err == nil || !strings.Contains(err.Error(), "没有读到数") {
		t.Errorf("a text without figures: %v", err)
	}
}
