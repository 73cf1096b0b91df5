package tabular_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/indicators/tabular"
)

// pack makes an archive of parts, given in pairs of name and content.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, parts[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
	rels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	wb    = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`
	wrel  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	head  = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	foot  = `</sheetData></worksheet>`
)

// claiming is a workbook whose sheet is said to inflate to size bytes.
func claiming(t testing.TB, data []byte, size uint64) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range zr.File {
		h := f.FileHeader
		if strings.Contains(h.Name, "sheet1") {
			h.UncompressedSize64 = size
		}
		to, err := w.CreateRaw(&h)
		if err != nil {
			t.Fatal(err)
		}
		from, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(to, from)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// book is a workbook whose one sheet has this XML.
func book(t testing.TB, sheet string, more ...string) []byte {
	return pack(t, append([]string{"[Content_Types].xml", types, "_rels/.rels", rels, "xl/workbook.xml", wb, "xl/_rels/workbook.xml.rels", wrel, "xl/worksheets/sheet1.xml", sheet}, more...)...)
}

func inline(ref, s string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, s)
}

// headRow is the header of a history sheet.
var headRow = `<row r="1">` + inline("A1", "指标") + inline("B1", "单位") + inline("C1", "地区") + inline("D1", "2019") + inline("E1", "来源") + `</row>`

// TestHostile refuses every file with an error that names it, quickly and
// without much memory.
func TestHostile(t *testing.T) {
	good := headRow + `<row r="2">` + inline("A2", "产值") + inline("B2", "亿元") + inline("C2", "某区") + `<c r="D2"><v>12.5</v></c>` + inline("E2", "年鉴") + `</row>`
	ok := book(t, head+good+foot)
	if claims, err := (tabular.History{}).Read(bytes.NewReader(ok), "ok.xlsx"); err != nil || len(claims) != 1 || claims[0].Value.String() != "12.5" {
		t.Fatal(claims, err)
	}
	damaged := bytes.Clone(ok)
	copy(damaged[len(damaged)/2:], "XXXXXXXXXXXXXXXX")
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "empty"},
		{"binary", []byte("\x00\x01\x02\x03"), "neither"},
		{"xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "save it as .xlsx"},
		{"utf16", []byte("\xff\xfea\x00b\x00"), "CSV UTF-8"},
		{"torn", ok[:len(ok)/2], "archive"},
		{"damaged", damaged, ""},
		{"no workbook", pack(t, "readme.txt", "hello"), "no Excel workbook"},
		{"bomb", book(t, head+foot, "xl/media/image1.png", strings.Repeat("0", 17<<20)), "refused"},
		{"bomb in a sheet", claiming(t, ok, 130<<20), "refused"},
		{"size that is a lie", claiming(t, ok, 10), ""},
		{"broken sheet", book(t, head+good+"<row r=\"3\"><c></row>"+foot), "broken XML"},
		{"sheet that ends early", book(t, head+good), "broken XML"},
		{"entities", book(t, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>`+head+good+foot), "document type"},
		{"nested", book(t, head+strings.Repeat("<x>", 100_000)+foot), "nested"},
		{"row beyond the end", book(t, head+`<row r="99999999"><c r="A99999999"><v>1</v></c></row>`+foot), "none"},
		{"rows in disorder", book(t, head+`<row r="5"/><row r="2"/>`+foot), "stands after"},
		{"cell in another row", book(t, head+`<row r="1"><c r="A7"><v>1</v></c></row>`+foot), "stands in row 1"},
		{"wide", book(t, head+`<row r="1"><c r="XFD1"><v>1</v></c></row>`+foot), "columns"},
		{"macros", book(t, head+good+foot, "xl/vbaProject.bin", "x"), "macros"},
		{"part twice", book(t, head+good+foot, "xl/workbook.xml", wb), "two parts"},
		{"merged", book(t, head+good+`</sheetData><mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells></worksheet>`), "sheet 表: the cells A2:B3 are merged"},
		{"error", book(t, head+headRow+`<row r="2">`+inline("A2", "产值")+inline("B2", "亿元")+inline("C2", "某区")+`<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`+inline("E2", "年鉴")+`</row>`+foot), "row 2, column 2019: cell D2: the formula gives the error"},
		{"many parts", pack(t, func() (p []string) {
			for i := range 5000 {
				p = append(p, fmt.Sprintf("x%d", i), "")
			}
			return p
		}()...), "parts"},
		{"csv with a million columns", []byte("指标,单位,2019,来源\n" + strings.Repeat(",", 3_000_000)), "cells"},
		{"unbalanced quote", []byte("指标,单位,2019,来源\n\"产值,亿元,1,年鉴\n"), "row 2"},
	} {
		start := time.Now()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		claims, err := tabular.History{}.Read(bytes.NewReader(c.data), c.name+".bin")
		runtime.ReadMemStats(&after)
		if err == nil || claims != nil || !strings.Contains(err.Error(), c.name+".bin") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v", c.name, claims, err)
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s took %v", c.name, d)
		}
		// All that was ever allocated, most of it long free again.
		if n := (after.TotalAlloc - before.TotalAlloc) >> 20; n > 600 {
			t.Errorf("%s allocated %d MB", c.name, n)
		}
	}
}

// TestGapInRows reads a sheet whose second row has the highest number there
// is, without making the million rows between.
func TestGapInRows(t *testing.T) {
	data := book(t, head+headRow+`<row r="1048576">`+inline("A1048576", "产值")+inline("B1048576", "亿元")+inline("C1048576", "某区")+`<c r="D1048576"><v>7</v></c>`+inline("E1048576", "年鉴")+`</row>`+foot)
	_, err := tabular.History{}.Read(bytes.NewReader(data), "gap.xlsx")
	if err == nil || !strings.Contains(err.Error(), "rows") {
		t.Errorf("%v", err)
	}
}

// TestWorkbookDigits keeps the digits that cells show if they are exact, and
// all digits otherwise.
func TestWorkbookDigits(t *testing.T) {
	f := excelize.NewFile()
	style := func(format string) int {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	for i, s := range []string{"指标", "单位", "地区", "2016", "2017", "2018", "2019", "来源"} {
		c, _ := excelize.CoordinatesToCellName(i+1, 1)
		f.SetCellValue("Sheet1", c, s)
	}
	for i, v := range []any{"占比", "%", "某区", 0.128, 12.5, 0.1 + 0.2, 9, "年鉴"} {
		c, _ := excelize.CoordinatesToCellName(i+1, 2)
		f.SetCellValue("Sheet1", c, v)
	}
	f.SetCellStyle("Sheet1", "D2", "D2", style("0.0%"))
	f.SetCellStyle("Sheet1", "E2", "E2", style("0"))
	f.SetCellStyle("Sheet1", "G2", "G2", style("0.00"))
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	claims, err := tabular.History{}.Read(&b, "d.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"12.8", "12.5", "0.3", "9.00"}
	for i, c := range claims {
		if c.Value.String() != want[i] {
			t.Errorf("%s: %s, want %s", c.ID, c.Value, want[i])
		}
	}
	if len(claims) != 4 {
		t.Errorf("%d claims", len(claims))
	}
}

// FuzzCSV reads any text without panic, and what it reads has a number, a
// unit and a period.
func FuzzCSV(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("指标;单位;2019年一季度;来源\nx;%;约5%;y\n"))
	f.Add([]byte("id,indicator,value,kind,period\n1,x,2,level,2020\n"))
	f.Add([]byte("\xef\xbb\xbf指标,单位,2019\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		claims, err := tabular.History{Area: "a"}.Read(bytes.NewReader(data), "f.csv")
		if err != nil && claims != nil {
			t.Error("claims beside an error")
		}
		seen := map[string]bool{}
		for _, c := range claims {
			if !c.HasValue || c.Unit.IsZero() || c.Period().IsZero() || c.Indicator == "" || seen[c.ID] {
				t.Errorf("%+v", c)
			}
			seen[c.ID] = true
		}
		if d, err := tabular.Read(bytes.NewReader(data), "f.csv"); err != nil && d != nil {
			t.Error("a dataset beside an error")
		}
	})
}

// FuzzWorkbook reads any archive without panic.
func FuzzWorkbook(f *testing.F) {
	f.Add(head+headRow+foot, wb)
	f.Add(head+`<row r="2"><c r="A2" t="s"><v>0</v></c></row>`+foot, wb)
	f.Add(`<worksheet><sheetData><row><c t="n"><v>1e400</v></c></row></sheetData></worksheet>`, `<workbook><sheets/></workbook>`)
	f.Fuzz(func(t *testing.T, sheet, workbook string) {
		data := pack(t, "[Content_Types].xml", types, "_rels/.rels", rels, "xl/workbook.xml", workbook, "xl/_rels/workbook.xml.rels", wrel, "xl/worksheets/sheet1.xml", sheet)
		if claims, err := (tabular.History{}).Read(bytes.NewReader(data), "f.xlsx"); err != nil && claims != nil {
			t.Error("claims beside an error")
		}
	})
}
