package tabular

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/indicators"
)

// ReviewRow is a figure as the review sheet shows it: what was read, how sure
// the reader is, and what an analyst says about it.
type ReviewRow struct {
	indicators.Claim
	Number     string  // the number as printed, to be highlighted in the quote; may be empty
	Confidence float64 // 0 to 1; 0 if unknown
	Rule       string  // the rule that fired
	Mark       Mark    // the analyst's verdict
	Remark     string  // the analyst's words

	read map[string]string // cells as the reader gave them, where the analyst changed them
}

// Changed returns the columns of figures.csv that the analyst changed, in
// their order, and what the reader had put there.
func (r *ReviewRow) Changed() (columns, was []string) {
	for _, c := range reviewColumns {
		if v, ok := r.read[c.key]; ok {
			columns, was = append(columns, c.key), append(was, v)
		}
	}
	return columns, was
}

// Mark is an analyst's verdict on a row of the review sheet.
type Mark string

// The marks.
const (
	Unmarked  Mark = ""
	Confirmed Mark = "对" // as it should be
	Corrected Mark = "改" // cells were changed; set by the program as well
	Dropped   Mark = "删" // no figure
	Added     Mark = "增" // put in by the analyst
)

// Correction is what a filled-in review sheet says about one figure.
type Correction struct {
	ID     string
	Mark   Mark
	Remark string
	Row    int               // of the sheet, for errors
	Set    map[string]string // columns of figures.csv to set; all of them for an added row
	Was    map[string]string // what the reader had put there when the sheet was written
	All    map[string]string // all cells of the row
}

// reviewColumns are the columns of the review sheet that hold columns of
// figures.csv, with their headings and widths.
var reviewColumns = []struct {
	key, heading string
	width        float64
}{
	{"indicator", "指标", 26}, {"value", "数值", 10}, {"unit", "单位", 10}, {"quote", "原文", 60}, {"kind", "类型", 17}, {"period", "时期", 13},
	{"qualifier", "约数", 9}, {"wording", "用词", 8}, {"area", "地区", 10}, {"scope", "口径", 9}, {"status", "状态", 6}, {"direction", "好坏", 7}, {"commitment", "承诺", 7},
	{"of", "占", 14}, {"base_period", "基期", 8}, {"hold", "保持", 6}, {"constraint", "约束", 8}, {"ref", "参照", 10}, {"prices", "价格", 8}, {"note", "备注", 22},
	{"section", "章节", 22}, {"start", "起", 7}, {"end", "止", 7}, {"english", "英文", 24}, {"doc", "文件", 12}, {"vintage", "版本", 8},
}

const (
	reviewSheet  = "核对"
	readSheet    = "读数"
	refusedSheet = "未读"
	helpSheet    = "说明"
)

var reviewHelp = []string{
	"核对说明",
	"1. 每行一个数，红字为原文中的数。先看“把握”低的行；“依据”是读出指标名的规则。",
	"2. 有错直接改单元格，不必作标记；整行不是指标的，在“校核”列写“删”；无误可写“对”。",
	"3. 漏读的数在表下另起一行，“校核”列写“增”，指标、数值、类型、时期必填，编号可不填。",
	"4. 再次运行程序时带上本表：改动按编号覆盖新读数，删除、增加、说明都保留；未改的单元格取新读数。",
	"5. “未读”表列出没有把握归到指标的数及原因。“读数”表供比对改动之用，请勿修改。",
	"6. 类型、时期、约数的写法与 figures.csv 相同：level, growth_rate, target_floor；2021, 2016-2021, by 2022；exact, about, over, nearly, at_least, at_most。",
}

// Unread is a number that a reader did not assign to an indicator.
type Unread struct {
	Text, Why, Quote string
}

// WriteReview writes the review sheet: a row a figure with its quote, the
// number in it set off in red, the reader's confidence and rule, and a column
// for the analyst's verdict. A second, hidden sheet keeps what was read, so
// that changed cells are recognised when the sheet comes back. The same rows
// give the same bytes.
func WriteReview(w io.Writer, rows []ReviewRow, unread []Unread) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &sheetBuilder{f: f, sheet: reviewSheet}
	b.do(f.SetSheetName("Sheet1", reviewSheet))
	b.styles()
	changed := b.style(&excelize.Style{NumFmt: 49, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF2CC"}}, Alignment: &excelize.Alignment{Vertical: "center"}})
	weak := b.style(&excelize.Style{CustomNumFmt: ptr("0.00"), Font: &excelize.Font{Bold: true, Color: "C00000"}, Alignment: &excelize.Alignment{Vertical: "center"}})
	strong := b.style(&excelize.Style{CustomNumFmt: ptr("0.00"), Alignment: &excelize.Alignment{Vertical: "center"}})
	wrapped := b.style(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})

	head := []struct {
		text  string
		width float64
	}{{"编号", 18}, {"校核", 7}, {"说明", 16}, {"把握", 7}}
	for i, h := range head {
		b.put(i+1, 1, h.text, b.head)
		b.width(i+1, h.width)
	}
	for i, c := range reviewColumns {
		b.put(len(head)+i+1, 1, c.heading, b.head)
		b.width(len(head)+i+1, c.width)
	}
	ruleCol := len(head) + len(reviewColumns) + 1
	b.put(ruleCol, 1, "依据", b.head)
	b.width(ruleCol, 26)

	cells := make([]map[string]string, len(rows))
	for i := range rows {
		m, err := claimCells(&rows[i].Claim)
		if err != nil {
			return err
		}
		cells[i] = m
		row := &rows[i]
		b.put(1, i+2, row.ID, b.text)
		b.put(2, i+2, string(row.Mark), b.text)
		b.put(3, i+2, row.Remark, b.text)
		if row.Confidence > 0 {
			style := strong
			if row.Confidence < 0.7 {
				style = weak
			}
			b.put(4, i+2, row.Confidence, style)
		}
		for k, c := range reviewColumns {
			style := b.text
			if _, ok := row.read[c.key]; ok {
				style = changed
			}
			ref := address(i+2, len(head)+k+1)
			if c.key == "quote" {
				b.do(f.SetCellRichText(reviewSheet, ref, highlighted(m[c.key], row.Number)))
				b.do(f.SetCellStyle(reviewSheet, ref, ref, wrapped))
				continue
			}
			b.put(len(head)+k+1, i+2, m[c.key], style)
		}
		b.put(ruleCol, i+2, row.Rule, b.text)
		if n := utf8.RuneCountInString(m["quote"]); n > 29 { // a quote of several lines
			b.do(f.SetRowHeight(reviewSheet, i+2, 15*float64((n+28)/29)))
		}
	}
	last := max(len(rows)+200, 2)
	mark := excelize.NewDataValidation(true)
	mark.Sqref = fmt.Sprintf("B2:B%d", last)
	b.do(mark.SetDropList([]string{string(Confirmed), string(Corrected), string(Dropped), string(Added)}))
	b.do(f.AddDataValidation(reviewSheet, mark))
	b.do(f.AutoFilter(reviewSheet, "A1:"+address(max(len(rows)+1, 2), ruleCol), nil))
	b.do(f.SetPanes(reviewSheet, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"}))

	one := 1
	b.do(f.SetPageLayout(reviewSheet, &excelize.PageLayoutOptions{Size: ptr(9), Orientation: ptr("landscape"), FitToWidth: &one, FitToHeight: ptr(0)}))
	b.do(f.SetSheetProps(reviewSheet, &excelize.SheetPropsOptions{FitToPage: ptr(true)}))
	b.do(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!$A$1:$M$%d", reviewSheet, len(rows)+1), Scope: reviewSheet}))
	b.do(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$1", reviewSheet), Scope: reviewSheet}))

	// What was read: for rows that the analyst changed, the reader's cells.
	b.sheet = readSheet
	_, err := f.NewSheet(readSheet)
	b.do(err)
	b.put(1, 1, "id", b.head)
	for k, c := range reviewColumns {
		b.put(k+2, 1, c.key, b.head)
	}
	for i := range rows {
		if rows[i].Mark == Added {
			continue
		}
		b.put(1, i+2, rows[i].ID, b.text)
		for k, c := range reviewColumns {
			v := cells[i][c.key]
			if was, ok := rows[i].read[c.key]; ok {
				v = was
			}
			b.put(k+2, i+2, v, b.text)
		}
	}
	b.do(f.SetSheetVisible(readSheet, false))

	if len(unread) > 0 {
		b.sheet = refusedSheet
		_, err = f.NewSheet(refusedSheet)
		b.do(err)
		for i, h := range []string{"数", "原因", "原文"} {
			b.put(i+1, 1, h, b.head)
			b.width(i+1, []float64{14, 44, 80}[i])
		}
		for i, u := range unread {
			b.put(1, i+2, u.Text, b.text)
			b.put(2, i+2, u.Why, b.text)
			b.put(3, i+2, u.Quote, wrapped)
		}
	}
	b.sheet = helpSheet
	_, err = f.NewSheet(helpSheet)
	b.do(err)
	b.width(1, 110)
	for i, s := range reviewHelp {
		style := b.wrap
		if i == 0 {
			style = b.head
		}
		b.put(1, i+1, s, style)
	}
	b.do(f.SetDocProps(&excelize.DocProperties{Creator: "zhibiao", LastModifiedBy: "zhibiao", Title: "指标核对表", Language: "zh-CN", Created: epoch, Modified: epoch}))
	if b.err != nil {
		return b.err
	}
	_, err = f.WriteTo(w)
	return err
}

// highlighted splits a quote so that the number in it can be set in red.
func highlighted(quote, number string) []excelize.RichTextRun {
	i := -1
	if number != "" {
		i = strings.Index(quote, number)
		if strings.Count(quote, number) > 1 { // 23条 inside 123条 is not it
			for at := i; at >= 0; {
				before, _ := utf8.DecodeLastRuneInString(quote[:at])
				if at == 0 || (before < '0' || before > '9') && before != '.' {
					i = at
					break
				}
				next := strings.Index(quote[at+1:], number)
				if next < 0 {
					break
				}
				at += 1 + next
			}
		}
	}
	if i < 0 {
		return []excelize.RichTextRun{{Text: quote}}
	}
	red := &excelize.Font{Bold: true, Color: "C00000", Family: "Calibri", Size: 11}
	var runs []excelize.RichTextRun
	for _, r := range []excelize.RichTextRun{{Text: quote[:i]}, {Text: number, Font: red}, {Text: quote[i+len(number):]}} {
		if r.Text != "" {
			runs = append(runs, r)
		}
	}
	return runs
}

// claimCells returns the cells of a claim's row in figures.csv by column.
func claimCells(c *indicators.Claim) (map[string]string, error) {
	var buf bytes.Buffer
	if err := indicators.WriteFigures(&buf, []indicators.Claim{*c}); err != nil {
		return nil, err
	}
	recs, err := csv.NewReader(&buf).ReadAll()
	if err != nil {
		return nil, err
	}
	m := make(map[string]string, len(recs[0]))
	for i, col := range recs[0] {
		m[col] = recs[1][i]
	}
	return m, nil
}

// cellsClaim is the inverse of claimCells; row names the place in errors.
func cellsClaim(m map[string]string, file string, row int) (indicators.Claim, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	cols := indicators.FigureColumns()
	rec := make([]string, len(cols))
	for i, c := range cols {
		rec[i] = m[c]
	}
	if err := errors.Join(w.Write(cols), w.Write(rec)); err != nil {
		return indicators.Claim{}, err
	}
	w.Flush()
	cs, err := indicators.ReadFigures(&buf, file)
	if err != nil {
		var out []error
		for _, e := range unjoin(err) {
			var re *indicators.RowError
			if errors.As(e, &re) {
				r := *re
				r.Sheet, r.Row = reviewSheet, row
				e = &r
			}
			out = append(out, e)
		}
		return indicators.Claim{}, errors.Join(out...)
	}
	return cs[0], nil
}

func unjoin(err error) []error {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		return j.Unwrap()
	}
	return []error{err}
}

// ReadReview reads a review sheet that an analyst has worked on and returns
// what it says, row by row: changed cells, marks and remarks. Rows that say
// nothing are left out. name stands for the file in errors.
func ReadReview(r io.Reader, name string) ([]Correction, error) {
	grids, err := open(r, name)
	if err != nil {
		return nil, err
	}
	var sheet, read *grid
	for i := range grids {
		switch grids[i].sheet {
		case reviewSheet:
			sheet = &grids[i]
		case readSheet:
			read = &grids[i]
		}
	}
	if sheet == nil || len(sheet.rows) == 0 {
		return nil, &indicators.RowError{File: name, Msg: "no sheet " + reviewSheet + "; is this the review workbook?"}
	}
	if read == nil || len(read.rows) == 0 {
		return nil, &indicators.RowError{File: name, Msg: "the hidden sheet " + readSheet + " is gone, so that changes cannot be told; restore it"}
	}
	was := map[string]map[string]string{}
	for _, row := range read.rows[1:] {
		if len(row) == 0 || row[0].text() == "" {
			continue
		}
		m := map[string]string{}
		for i, h := range read.rows[0] {
			if i > 0 && i < len(row) {
				m[h.text()] = row[i].text()
			}
		}
		was[row[0].text()] = m
	}
	key := map[string]string{}
	for _, c := range reviewColumns {
		key[c.heading] = c.key
	}
	head := sheet.rows[0]
	var out []Correction
	var errs []error
	seen := map[string]int{}
	for i, row := range sheet.rows[1:] {
		c := Correction{Row: sheet.first + i + 1, Set: map[string]string{}, Was: map[string]string{}, All: map[string]string{}}
		for k, h := range head {
			if k >= len(row) {
				break
			}
			v := row[k].text()
			switch h.text() {
			case "编号":
				c.ID = v
			case "校核":
				c.Mark = Mark(v)
			case "说明":
				c.Remark = v
			default:
				if col, ok := key[h.text()]; ok {
					c.All[col] = v
				}
			}
		}
		if c.ID == "" && c.All["indicator"] == "" && c.All["value"] == "" {
			continue
		}
		switch c.Mark {
		case Unmarked, Confirmed, Corrected, Dropped, Added:
		default:
			errs = append(errs, &indicators.RowError{File: name, Sheet: reviewSheet, Row: c.Row, Column: "校核", ID: c.ID, Msg: fmt.Sprintf("%q; write 对, 改, 删 or 增, or leave it empty", string(c.Mark))})
			continue
		}
		if first, dup := seen[c.ID]; dup && c.ID != "" {
			errs = append(errs, &indicators.RowError{File: name, Sheet: reviewSheet, Row: c.Row, Column: "编号", ID: c.ID, Msg: fmt.Sprintf("row %d has the same number; a new figure needs none", first)})
			continue
		}
		seen[c.ID] = c.Row
		before, known := was[c.ID]
		if !known {
			c.Mark = Added
			c.Set = c.All
		} else {
			for _, col := range reviewColumns {
				if v := c.All[col.key]; v != before[col.key] {
					c.Set[col.key], c.Was[col.key] = v, before[col.key]
				}
			}
			if c.Mark == Added {
				c.Mark = Corrected
			}
			if len(c.Set) > 0 && c.Mark != Dropped {
				c.Mark = Corrected
			}
		}
		if c.Mark != Unmarked || c.Remark != "" {
			out = append(out, c)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// Merge applies the corrections of an earlier review to a new reading. A
// correction finds its figure by id: changed cells win over the new reading,
// all others are as newly read. What the new reading no longer has, or what an
// analyst added, is kept as a row of its own. Dropped rows stay in the sheet
// but not in Claims. name stands for the review in errors.
func Merge(rows []ReviewRow, corrections []Correction, name string) ([]ReviewRow, error) {
	out := slices.Clone(rows)
	at := map[string]int{}
	for i := range out {
		at[out[i].ID] = i
	}
	var errs []error
	added := 0
	for _, c := range corrections {
		i, ok := at[c.ID]
		if !ok || c.ID == "" {
			m := map[string]string{}
			for k, v := range c.All {
				m[k] = v
			}
			if m["id"] = c.ID; c.ID == "" {
				for {
					added++
					m["id"] = fmt.Sprintf("added-%d", added)
					if _, taken := at[m["id"]]; !taken {
						break
					}
				}
			}
			claim, err := cellsClaim(m, name, c.Row)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			mark := c.Mark
			if mark != Dropped {
				mark = Added
			}
			at[claim.ID] = len(out)
			out = append(out, ReviewRow{Claim: claim, Mark: mark, Remark: c.Remark, Rule: "analyst"})
			continue
		}
		row := &out[i]
		row.Mark, row.Remark = c.Mark, c.Remark
		if len(c.Set) == 0 {
			continue
		}
		m, err := claimCells(&row.Claim)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		read := map[string]string{}
		for col, v := range c.Set {
			if m[col] != v {
				read[col] = m[col]
			}
			m[col] = v
		}
		claim, err := cellsClaim(m, name, c.Row)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		row.Claim, row.read = claim, read
		if len(read) == 0 && row.Mark == Corrected {
			row.Mark = Confirmed // the reader now reads what the analyst wrote
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// Claims returns the claims of the rows that are not dropped.
func Claims(rows []ReviewRow) []indicators.Claim {
	var out []indicators.Claim
	for i := range rows {
		if rows[i].Mark != Dropped {
			out = append(out, rows[i].Claim)
		}
	}
	return out
}
