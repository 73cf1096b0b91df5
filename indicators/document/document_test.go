package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"example.com/zhibiao/plotting/cjk"
)

const sample = "政府工作报告\n全区地区生产总值完成312.5亿元，同比增长7.2%。\n"

func read(t *testing.T, data []byte) *Document {
	t.Helper()
	d, err := Read(bytes.NewReader(data), "dir/report-2022.bin")
	if err != nil {
		t.Fatal(err)
	}
	if d.Name != "report-2022" {
		t.Errorf("name %q", d.Name)
	}
	return d
}

func TestPlainText(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(sample)
	if err != nil {
		t.Fatal(err)
	}
	u16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(sample)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		data   string
		format Format
	}{
		{sample, UTF8}, {"\ufeff" + sample, UTF8}, {strings.ReplaceAll(sample, "\n", "\r\n"), UTF8}, {gb, GB18030}, {u16, UTF16},
	} {
		if d := read(t, []byte(c.data)); d.Text != sample || d.Format != c.format {
			t.Errorf("%s: %s %q", c.format, d.Format, d.Text)
		}
	}
	for _, bad := range []string{"\xff\xff\xff", "text\x00with zero", "\xd0\xcf\x11\xe0old", "PK\x03\x04broken", "%PDF-1.4 broken"} {
		if d, err := Read(strings.NewReader(bad), "x"); err == nil {
			t.Errorf("%q was read as %s", bad, d.Format)
		} else if !strings.Contains(err.Error(), "x") {
			t.Errorf("%q: the error %v does not name the file", bad, err)
		}
	}
}

func zipOf(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "word/document.xml"} {
		if s, ok := parts[name]; ok {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(s)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func docx(t *testing.T, body string) []byte {
	return zipOf(t, map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types/>`,
		"word/document.xml":   `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
	})
}

func TestDocx(t *testing.T) {
	p := func(runs ...string) string {
		s := "<w:p>"
		for _, r := range runs {
			s += "<w:r><w:t>" + r + "</w:t></w:r>"
		}
		return s + "</w:p>"
	}
	cell := func(s string) string { return "<w:tc>" + p(s) + "</w:tc>" }
	data := docx(t, p("政府工作报告")+p("地区生产总值完成3", "12.5", "亿元")+`<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r><w:r><w:delText>删</w:delText></w:r></w:p>`+
		"<w:tbl><w:tr>"+cell("指标")+cell("2021年")+"</w:tr><w:tr>"+cell("进出口总额")+cell("133")+"</w:tr></w:tbl>")
	want := "政府工作报告\n地区生产总值完成312.5亿元\n甲\n乙\n指标\t2021年\n进出口总额\t133\n"
	if d := read(t, data); d.Text != want || d.Format != DOCX {
		t.Errorf("%s\n got %q\nwant %q", d.Format, d.Text, want)
	}
	if _, err := Read(bytes.NewReader(docx(t, "<w:p><w:r>")), "x.docx"); err == nil {
		t.Error("broken XML is read")
	}
	if _, err := Read(bytes.NewReader(zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>"})), "x.zip"); !errors.Is(err, ErrFormat) {
		t.Errorf("another zip: %v", err)
	}
}

func TestXlsx(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for ref, v := range map[string]any{"A1": "指标", "B1": "2021年", "A2": "进出口总额", "B2": 133.5, "A3": "一行\n两行", "B3": "甲"} {
		if err := f.SetCellValue("Sheet1", ref, v); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("hidden"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetCellValue("hidden", "A1", "不读"), f.SetSheetVisible("hidden", false)); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	want := "Sheet1\n指标\t2021年\n进出口总额\t133.5\n一行 两行\t甲\n\n"
	if d := read(t, b.Bytes()); d.Text != want || d.Format != XLSX {
		t.Errorf("%s\n got %q\nwant %q", d.Format, d.Text, want)
	}
}

// pdfOf typesets lines, each in one font, as one page a slice.
func pdfOf(t testing.TB, pages ...[]string) []byte {
	t.Helper()
	p := fpdf.New("P", "mm", "A4", "")
	p.AddUTF8FontFromBytes("han", "", cjk.Regular())
	for _, lines := range pages {
		p.AddPage()
		p.SetFont("han", "", 12)
		for i, l := range lines {
			p.Text(20, 20+8*float64(i), l)
		}
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPDF(t *testing.T) {
	one := []string{"政府工作报告", "全区地区生产总值由2010年的162.4亿元增加到2015年的287.9亿", "元，年均增长12.1%；一般公共预算收入达到15.07亿元。", "— 1 —"}
	two := []string{"城镇登记失业率控制在4.08%以内。"}
	d := read(t, pdfOf(t, one, two))
	if d.Format != PDF {
		t.Errorf("format %s", d.Format)
	}
	want := strings.Join(append(one, two...), "\n") + "\n"
	if got := strings.ReplaceAll(d.Text, "\u3000", ""); got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// TestPDFOrder: pieces of a line that are drawn out of order come out in the
// order of their places, the columns of a table apart.
func TestPDFOrder(t *testing.T) {
	p := fpdf.New("P", "mm", "A4", "")
	p.AddUTF8FontFromBytes("han", "", cjk.Regular())
	p.AddPage()
	p.SetFont("han", "", 12)
	p.Text(120, 30, "8.1")
	p.Text(20, 38, "后一行很长的一段文字在这里")
	p.Text(20, 30, "地区生产总值")
	p.Text(80, 30, "698.0")
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	d := read(t, b.Bytes())
	if want := "地区生产总值\t698.0\t8.1\n后一行很长的一段文字在这里\n"; d.Text != want {
		t.Errorf("\n got %q\nwant %q", d.Text, want)
	}
}

func TestScannedPDF(t *testing.T) {
	p := fpdf.New("P", "mm", "A4", "")
	p.AddPage()
	p.Rect(10, 10, 50, 50, "F")
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(&b, "scan.pdf"); !errors.Is(err, ErrScan) {
		t.Errorf("a PDF without text: %v", err)
	}
}

func TestOpen(t *testing.T) {
	name := filepath.Join(t.TempDir(), "区2022.txt")
	if err := os.WriteFile(name, []byte(sample), 0o644); err != nil {
		t.Fatal(err)
	}
	d, err := Open(name)
	if err != nil || d.Name != "区2022" || d.Text != sample {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := Open(name + "x"); err == nil {
		t.Error("a file that is not there is read")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\ntrailer<</Root 1 0 R>>"))
	f.Add([]byte("\xff\xfea\x00b\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(bytes.NewReader(data), "f")
		if err == nil && len(d.Text) > MaxText {
			t.Fatal("more text than MaxText")
		}
	})
}

func ExampleRead() {
	d, err := Read(strings.NewReader("政府工作报告\n地区生产总值增长8%。\n"), "东山区2022.txt")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Name, d.Format, len(d.Text))
	// Output:
	// 东山区2022 text (UTF-8) 49
}
