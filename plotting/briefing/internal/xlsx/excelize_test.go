package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The tests in this file pin the behaviour of excelize that this package
// works around. One that fails after an update says that the work may no
// longer be needed, or is needed in another way.

// excelizeParts writes f as excelize does.
func excelizeParts(t *testing.T, f *excelize.File) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return unzip(t, b.Bytes())
}

func unzip(t *testing.T, data []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// build writes a book of one sheet.
func build(t *testing.T, fill func(b *Book, s *Sheet)) map[string]string {
	t.Helper()
	b := New(Options{Lang: "zh", Title: "题", Creator: "test", Font: "宋体", Charset: 134, Size: 10.5})
	s := b.Sheet("表", []float64{10, 10, 10})
	fill(b, s)
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return unzip(t, buf.Bytes())
}

// Icon sets of excelize share one structure for all workbooks, and their
// thresholds are shares of the range, so that three reds show green.
func TestIconSets(t *testing.T) {
	f := excelize.NewFile()
	if err := f.SetConditionalFormat("Sheet1", "A1:A3", []excelize.ConditionalFormatOptions{{Type: "icon_set", IconStyle: "3TrafficLights1"}}); err != nil {
		t.Fatal(err)
	}
	if s := excelizeParts(t, f)["xl/worksheets/sheet1.xml"]; !strings.Contains(s, `type="percent" val="33"`) {
		t.Error("excelize no longer fixes the thresholds of icon sets to per cents of the range")
	}
	ps := build(t, func(b *Book, s *Sheet) {
		s.Add(0, Cell{Value: 1.0}, Cell{Value: 1.0})
		s.Lights("A1:B1", -10, 0)
	})
	if s := ps["xl/worksheets/sheet1.xml"]; !strings.Contains(s, `<cfvo type="num" val="-10"/><cfvo type="num" val="0"/>`) {
		t.Errorf("no numeric thresholds: %s", s)
	}
}

// Solid data bars of excelize ignore their limits.
func TestDataBars(t *testing.T) {
	f := excelize.NewFile()
	if err := f.SetConditionalFormat("Sheet1", "A1:A3", []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "num", MaxType: "num", MinValue: "0", MaxValue: "1", BarColor: "#9CC9E8", BarSolid: true}}); err != nil {
		t.Fatal(err)
	}
	if s := excelizeParts(t, f)["xl/worksheets/sheet1.xml"]; !strings.Contains(s, "autoMax") {
		t.Error("excelize no longer writes autoMax for a bar whose maximum is given")
	}
	ps := build(t, func(b *Book, s *Sheet) {
		s.Add(0, Cell{Value: 0.93})
		s.DataBar(DataBar{Ref: "A1:A1", Min: 0, Max: 1, Color: "9CC9E8"})
	})
	s := ps["xl/worksheets/sheet1.xml"]
	if strings.Contains(s, "autoM") || !strings.Contains(s, `<x14:cfvo type="num"><xm:f>1</xm:f></x14:cfvo>`) || !strings.Contains(s, `<cfvo type="num" val="1"/>`) {
		t.Errorf("the bar has no limits: %s", s)
	}
}

// The stream writer drops extensions, and excelize never reads most options
// of sparklines.
func TestSparklines(t *testing.T) {
	f := excelize.NewFile()
	if err := f.AddSparkline("Sheet1", &excelize.SparklineOptions{Location: []string{"A1"}, Range: []string{"Sheet1!B1:F1"}, Weight: 3, LastColor: "#FF0000", Last: true}); err != nil {
		t.Fatal(err)
	}
	if s := excelizeParts(t, f)["xl/worksheets/sheet1.xml"]; strings.Contains(s, "lineWeight") {
		t.Error("excelize now writes the weight of sparklines")
	}
	g := excelize.NewFile()
	sw, err := g.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if err := g.AddSparkline("Sheet1", &excelize.SparklineOptions{Location: []string{"A1"}, Range: []string{"Sheet1!B1:F1"}}); err != nil {
		t.Fatal(err)
	}
	sw.SetRow("A1", []any{1})
	sw.Flush()
	if s := excelizeParts(t, g)["xl/worksheets/sheet1.xml"]; strings.Contains(s, "sparkline") {
		t.Error("the stream writer now keeps extensions")
	}
	ps := build(t, func(b *Book, s *Sheet) {
		s.Add(0, Cell{}, Cell{Value: 1.0}, Cell{Value: 2.0})
		s.Sparkline(Sparkline{Cell: "A1", Source: "'表'!$B$1:$C$1"})
		s.Sparkline(Sparkline{Cell: "A2", Source: "'表'!$B$1:$C$1", Column: true})
		s.DataBar(DataBar{Ref: "B1", Max: 1, Color: "9CC9E8"})
	})
	s := ps["xl/worksheets/sheet1.xml"]
	if strings.Count(s, "<x14:sparkline>") != 2 || !strings.Contains(s, `lineWeight="1.5"`) || strings.Count(s, "<extLst>") != 2 {
		t.Errorf("sparklines: %s", s)
	}
}

// Charts of excelize have empty caches and name English whatever the text.
func TestChartCaches(t *testing.T) {
	f := excelize.NewFile()
	f.SetCellValue("Sheet1", "A1", 5)
	if err := f.AddChart("Sheet1", "C1", &excelize.Chart{Type: excelize.Line, Series: []excelize.ChartSeries{{Name: "x", Categories: "Sheet1!$A$1:$A$1", Values: "Sheet1!$A$1:$A$1"}}}); err != nil {
		t.Fatal(err)
	}
	s := excelizeParts(t, f)["xl/charts/chart1.xml"]
	if !strings.Contains(s, "en-US") || strings.Contains(s, "<v>5</v>") {
		t.Error("excelize now fills the caches of charts or their language")
	}
	ps := build(t, func(b *Book, s *Sheet) {
		s.Add(0, Cell{Value: "期"}, Cell{Value: "数"})
		s.Add(0, Cell{Value: "2021年"}, Cell{Value: 698.0})
		c := &Chart{Title: "题", Format: "0", Categories: Series{Ref: "'表'!$A$2:$A$3", Labels: []string{"2021年", "2022年"}},
			Areas: []Series{{Name: "带", NameRef: "'表'!$B$1", Ref: "'表'!$B$2:$B$3", Values: []float64{1, 2}, Color: "0072B2", Opacity: 20}},
			Lines: []Series{{Name: "数", NameRef: "'表'!$B$1", Ref: "'表'!$B$2:$B$3", Values: []float64{698, math.NaN()}, Color: "0072B2", Width: 2, LabelAt: []int{0}}}}
		s.Chart(4, 1, 300, 200, "图", "替代文本 <&>", c)
	})
	s = ps["xl/charts/chart1.xml"]
	for _, want := range []string{`<c:lang val="zh-CN"/>`, `<c:pt idx="0"><c:v>698</c:v></c:pt></c:numCache>`, `<c:pt idx="1"><c:v>2022年</c:v></c:pt>`, `<c:ptCount val="2"/>`} {
		if !strings.Contains(s, want) {
			t.Errorf("the chart lacks %s", want)
		}
	}
	if strings.Contains(s, "NaN") {
		t.Error("the chart holds NaN")
	}
	if d := ps["xl/drawings/drawing1.xml"]; !strings.Contains(d, `descr="替代文本 &lt;&amp;&gt;"`) || !strings.Contains(d, "oneCellAnchor") {
		t.Errorf("drawing: %s", d)
	}
}

// A formula with a number set before it becomes text in the cell interface;
// the stream writer keeps the number.
func TestFormulaCaches(t *testing.T) {
	f := excelize.NewFile()
	f.SetCellValue("Sheet1", "A1", 5)
	f.SetCellFormula("Sheet1", "A1", "1+4")
	if s := excelizeParts(t, f)["xl/worksheets/sheet1.xml"]; !regexp.MustCompile(`<c r="A1"[^>]*t="str"`).MatchString(s) {
		t.Error("excelize no longer types the value of a formula as text")
	}
	ps := build(t, func(b *Book, s *Sheet) {
		s.Add(0, Cell{Formula: "1+4", Value: 5.0}, Cell{Formula: `IF(A1>1,"达到","未")`, Value: "达到"})
	})
	s := ps["xl/worksheets/sheet1.xml"]
	if !strings.Contains(s, `<f>1+4</f><v>5</v>`) || regexp.MustCompile(`<c r="A1"[^>]*t=`).MatchString(s) {
		t.Errorf("number: %s", s)
	}
	if !strings.Contains(s, `t="str"><f>IF(A1&gt;1`) || !strings.Contains(s, `<v>达到</v>`) {
		t.Errorf("text: %s", s)
	}
}

// excelize writes NaN as text; here it is an error that names the cell, as is
// a text that excelize would cut off.
func TestRefused(t *testing.T) {
	f := excelize.NewFile()
	f.SetCellValue("Sheet1", "A1", math.NaN())
	if s := excelizeParts(t, f); !strings.Contains(s["xl/worksheets/sheet1.xml"]+s["xl/sharedStrings.xml"], "NaN") {
		t.Error("excelize no longer writes NaN as text")
	}
	long := strings.Repeat("长", excelize.TotalCellChars+1)
	for _, c := range []struct {
		v    any
		want string
	}{{math.NaN(), "cell B1: not a finite number"}, {math.Inf(-1), "not a finite number"}, {long, "32768 characters"}} {
		for _, late := range []bool{false, true} {
			b := New(Options{Lang: "zh", Font: "宋体", Size: 10})
			s := b.Sheet("表", nil)
			if late {
				s.Defer(1, func(int) (float64, []Cell) { return 0, []Cell{{Value: 1.0}, {Value: c.v}} })
			} else {
				s.Add(0, Cell{Value: 1.0}, Cell{Value: c.v})
			}
			var buf bytes.Buffer
			if err := b.Write(&buf); err == nil || !strings.Contains(err.Error(), c.want) || buf.Len() > 0 {
				t.Errorf("%.20v: %v, %d bytes", c.v, err, buf.Len())
			}
		}
	}
}

// Streamed sheets of excelize say that they are one cell large, which readers
// that trust it believe; properties set after the stream began are lost.
func TestSheetHead(t *testing.T) {
	f := excelize.NewFile()
	sw, _ := f.NewStreamWriter("Sheet1")
	yes := true
	f.SetSheetProps("Sheet1", &excelize.SheetPropsOptions{FitToPage: &yes})
	sw.SetRow("A1", []any{1, 2})
	sw.Flush()
	s := excelizeParts(t, f)["xl/worksheets/sheet1.xml"]
	if !strings.Contains(s, `<dimension ref="A1">`) {
		t.Error("excelize no longer writes a wrong extent")
	}
	if strings.Contains(s, "fitToPage") {
		t.Error("excelize now keeps properties set after the stream began")
	}
	ps := build(t, func(b *Book, s *Sheet) {
		s.Freeze(1, 1)
		s.Print(Page{TitleRows: 1, Footer: "&P"})
		s.Grid(false)
		s.Add(0, Cell{Value: 1}, Cell{Value: 2})
	})
	s = ps["xl/worksheets/sheet1.xml"]
	if strings.Contains(s, "<dimension") || !strings.Contains(s, `fitToPage="true"`) || !strings.Contains(s, `showGridLines="false"`) || !strings.Contains(s, `state="frozen"`) {
		t.Errorf("head: %s", s[:min(len(s), 900)])
	}
}

// excelize's own archives differ from run to run once there is a picture or a
// second stream; properties name its author and the year 2006.
func TestDeterminism(t *testing.T) {
	if s := excelizeParts(t, excelize.NewFile())["docProps/core.xml"]; !strings.Contains(s, "xuri") || !strings.Contains(s, "2006-09-16") {
		t.Error("excelize has other default properties")
	}
	make := func() []byte {
		b := New(Options{Lang: "zh", Title: "题", Creator: "test", Font: "宋体", Size: 10})
		for i := range 6 {
			s := b.Sheet(fmt.Sprintf("表%d", i), []float64{9})
			s.Add(20, Cell{Value: "a", StyleID: b.Style(Style{Name: Title, Bold: true})}, Cell{Value: float64(i), StyleID: b.Style(Style{Format: "0.0"})})
			s.Defer(50, func(k int) (float64, []Cell) { return 0, []Cell{{Value: k}, {Value: "行"}} })
			s.Add(0, Cell{Value: "end"})
			s.Picture(3, 1, 10, 10, "p", "alt", []byte("\x89PNG"+fmt.Sprint(i%2)))
			s.Link("A1", fmt.Sprintf("表%d", (i+1)%6), "A1", "next")
			s.Table(Table{Name: fmt.Sprintf("t%d", i), Col: 1, Row: 1, Headers: []string{"a", "b"}, Rows: 3})
		}
		var buf bytes.Buffer
		if err := b.Write(&buf); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	want := make()
	for range 10 {
		if !bytes.Equal(make(), want) {
			t.Fatal("two builds differ")
		}
	}
	zr, _ := zip.NewReader(bytes.NewReader(want), int64(len(want)))
	for i, name := range []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} {
		if zr.File[i].Name != name {
			t.Errorf("part %d is %s, want %s", i, zr.File[i].Name, name)
		}
	}
	for _, f := range zr.File {
		if !f.Modified.Equal(epoch) {
			t.Errorf("%s is of %v", f.Name, f.Modified)
		}
	}
	ps := unzip(t, want)
	if len(ps) != len(zr.File) || strings.Count(strings.Join(keys(ps), " "), "xl/media/") != 2 {
		t.Errorf("parts: %v", keys(ps))
	}
	if strings.Contains(ps["[Content_Types].xml"], "vbaProject") {
		t.Error("the content types speak of macros")
	}
	if s := ps["docProps/core.xml"]; strings.Contains(s, "xuri") || !strings.Contains(s, "zh-CN") || !strings.Contains(s, "题") {
		t.Errorf("properties: %s", s)
	}
	if s := ps["xl/styles.xml"]; !strings.Contains(s, `<cellStyle name="Title" xfId="1" builtinId="15"/>`) || !strings.Contains(s, `xfId="1"`) {
		t.Error("the title is no named style")
	}
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

// Deferred rows stand where they were asked for and read like streamed ones.
func TestDefer(t *testing.T) {
	cells := func(i int) []Cell {
		return []Cell{{Value: fmt.Sprintf(" =%d <&> _x0041_ ", i)}, {}, {Value: 0.5 * float64(i)}, {Value: i}, {StyleID: 1}, {Value: "a\nb"}}
	}
	deferred := build(t, func(b *Book, s *Sheet) {
		b.Style(Style{Bold: true})
		s.Add(0, Cell{Value: "head"})
		s.Defer(3000, func(i int) (float64, []Cell) { return 12.5, cells(i) })
		s.Add(0, Cell{Value: "foot"})
	})["xl/worksheets/sheet1.xml"]
	streamed := build(t, func(b *Book, s *Sheet) {
		b.Style(Style{Bold: true})
		s.Add(0, Cell{Value: "head"})
		for i := range 3000 {
			s.Add(12.5, cells(i)...)
		}
		s.Add(0, Cell{Value: "foot"})
	})["xl/worksheets/sheet1.xml"]
	if deferred != streamed {
		for i := range min(len(deferred), len(streamed)) {
			if deferred[i] != streamed[i] {
				t.Fatalf("they differ at %d:\n%.200s\n%.200s", i, deferred[max(i-60, 0):], streamed[max(i-60, 0):])
			}
		}
		t.Fatal("they differ in length")
	}
}

// The tail of a sheet keeps the order of the schema.
func TestCompleteTail(t *testing.T) {
	got, err := completeTail(`<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><pageMargins left="1"/><headerFooter><oddFooter>&amp;P</oddFooter></headerFooter></worksheet>`,
		[]fragment{{"extLst", "<extLst/>"}, {"hyperlinks", "<hyperlinks/>"}, {"conditionalFormatting", "<conditionalFormatting/>"}, {"drawing", "<drawing/>"}})
	want := `<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><conditionalFormatting/><hyperlinks/><pageMargins left="1"/><headerFooter><oddFooter>&amp;P</oddFooter></headerFooter><drawing/><extLst/></worksheet>`
	if err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
	for _, bad := range []string{"", "x</worksheet>", "<unknown/></worksheet>", "<drawing></worksheet>", "<drawing/></worksheet>"} {
		if _, err := completeTail(bad, []fragment{{"drawing", "<drawing/>"}}); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
