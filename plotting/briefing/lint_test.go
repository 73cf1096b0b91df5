package briefing_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/plotting/briefing"
)

// TestLintOwn holds the workbooks to the rules of their own profile.
func TestLintOwn(t *testing.T) {
	for _, v := range some() {
		issues, err := briefing.LintReader(bytes.NewReader(v.make(t).data), "own.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		others := 0
		for _, i := range issues {
			if i.Profile == v.profile {
				t.Errorf("%s: %s", v, i)
			} else {
				others++
			}
		}
		// What suits one profile breaks the rules of the other.
		if others == 0 {
			t.Errorf("%s breaks no rule of the other profile", v)
		}
	}
}

// TestLintForeign finds every fault of a workbook made by hand.
func TestLintForeign(t *testing.T) {
	f := excelize.NewFile()
	set := func(cell string, v any) {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for i, row := range [][]any{{"指标", "2020", "2020", "说明 [note 3]"}, {"产值", 12345678.9, "NaN", "*"}, {}, {"收入", 5, 6, "[q]"}} {
		for k, v := range row {
			cell, _ := excelize.CoordinatesToCellName(k+2, i+3)
			set(cell, v)
		}
	}
	set("B9", "注在下面")
	f.MergeCell("Sheet1", "B9", "D9")
	f.SetColWidth("Sheet1", "C", "C", 3)
	thin := []excelize.Border{{Type: "left", Style: 1, Color: "000000"}, {Type: "right", Style: 1, Color: "000000"}}
	st, _ := f.NewStyle(&excelize.Style{Border: thin, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFF00"}}, Font: &excelize.Font{Family: "Times New Roman", Size: 8}})
	f.SetCellStyle("Sheet1", "B3", "E4", st)
	f.AddTable("Sheet1", &excelize.Table{Range: "B3:E6", Name: "t"})
	f.SetPanes("Sheet1", &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	f.SetHeaderFooter("Sheet1", &excelize.HeaderFooterOptions{OddFooter: "页脚"})
	f.SetRowVisible("Sheet1", 8, false)
	f.AddShape("Sheet1", &excelize.Shape{Cell: "G2", Type: "rect"})
	f.NewSheet("空")
	path := filepath.Join(t.TempDir(), "foreign.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	issues, err := briefing.Lint(path)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, i := range issues {
		got[i.Profile.String()+" "+i.Rule] = true
		if i.Message == "" || i.MessageEN == "" || i.Rule == "" {
			t.Errorf("%+v", i)
		}
		if !strings.Contains(i.String(), i.MessageEN) {
			t.Error(i)
		}
	}
	for _, want := range []string{
		"publication no-title", "publication no-language", "publication blank-sheet", "publication error-value", "publication too-narrow", "publication no-heading", "publication merged", "publication header-footer",
		"publication frozen", "publication hidden-cells", "publication fill", "publication small-font", "publication serif", "publication shorthand", "publication start", "publication no-count",
		"publication blank-row", "publication undeclared-note", "publication symbol", "publication below", "publication floating", "publication no-alt",
		"briefing no-title", "briefing blank-sheet", "briefing error-value", "briefing paper", "briefing page-number", "briefing side-lines", "briefing three-lines", "briefing bottom-line", "briefing no-unit",
	} {
		if !got[want] {
			t.Errorf("%s is not found", want)
		}
	}
	for _, i := range issues {
		if i.Rule == "merged" && i.Cell != "B9:D9" || i.Rule == "error-value" && i.Cell != "D4" {
			t.Errorf("wrong place: %s", i)
		}
	}
}

// TestLintUnreadable refuses what is no workbook.
func TestLintUnreadable(t *testing.T) {
	for name, data := range map[string]string{"empty": "", "text": "a,b\n", "zip": "PK\x03\x04broken"} {
		if _, err := briefing.LintReader(strings.NewReader(data), name+".xlsx"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := briefing.Lint(filepath.Join(t.TempDir(), "none.xlsx")); !os.IsNotExist(err) {
		t.Errorf("missing file: %v", err)
	}
}
