package briefing_test

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/plotting/briefing"
	"example.com/zhibiao/seeds"
)

// A workbook of the report in seeds, for leaders: one page that stands alone,
// the table of targets, and a chart of every headline indicator.
func Example() {
	d := seeds.Jianxi()
	b := briefing.Briefing{Data: d, Report: assess(d)}
	var w bytes.Buffer
	if err := b.Write(&w); err != nil {
		fmt.Println(err)
		return
	}
	f, err := excelize.OpenReader(&w)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	fmt.Println(f.GetSheetList()[:3])
	// Output: [总览 完成情况表 01 地区生产总值]
}

// A publication is held to the rules for accessible spreadsheets.
func ExampleLintReader() {
	d := seeds.Jianxi()
	b := briefing.Briefing{Lang: "en", Profile: briefing.Publication, Data: d, Report: assess(d)}
	var w bytes.Buffer
	if err := b.Write(&w); err != nil {
		fmt.Println(err)
		return
	}
	issues, err := briefing.LintReader(&w, "briefing.xlsx")
	if err != nil {
		fmt.Println(err)
		return
	}
	n := 0
	for _, i := range issues {
		if i.Profile == briefing.Publication {
			n++
		}
	}
	fmt.Println(n, "issues")
	// Output: 0 issues
}
