package xlsx

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Cell is the content of a cell: a value (string, a number, bool or nil), or
// a formula with the value it gives, and a style made by Book.Style.
type Cell = excelize.Cell

// Sheet is a worksheet being written, row after row.
type Sheet struct {
	Name string

	book    *Book
	part    string
	sw      *excelize.StreamWriter
	row     int // last row written
	anchors []anchor
	tables  []Table
	conds   []fragment
	links   []string
	bars    []DataBar
	sparks  []Sparkline
	ignored []string
	prio    int
	widths  []float64
	panes   *excelize.Panes
	opened  bool
	done    bool

	deferred *deferred
}

// Page is how a sheet prints.
type Page struct {
	Portrait  bool
	OnePage   bool   // the whole sheet on one page; otherwise one page wide
	TitleRows int    // rows 1 to n repeat on every page; 0: none
	First     int    // first of the repeated rows, 1 if 0
	Header    string // in excelize's notation; empty: none
	Footer    string
}

// Sheet adds a sheet. widths are those of its columns from A on, in
// characters. Names must be unique, at most 31 characters, without []:*?/\.
func (b *Book) Sheet(name string, widths []float64) *Sheet {
	var err error
	if len(b.sheets) == 0 {
		err = b.File.SetSheetName("Sheet1", name)
	} else {
		_, err = b.File.NewSheet(name)
	}
	b.fail(err)
	s := &Sheet{Name: name, book: b, part: fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.sheets)+1)}
	b.sheets = append(b.sheets, s)
	b.byPart[s.part] = s
	s.widths = widths
	return s
}

// open begins the stream. It comes with the first row, because the stream
// writer takes the properties of the sheet as they are when it is made and
// drops what is set later.
func (s *Sheet) open() bool {
	if s.opened {
		return s.sw != nil
	}
	s.opened = true
	sw, err := s.book.File.NewStreamWriter(s.Name)
	s.book.fail(err)
	if err != nil {
		return false
	}
	s.sw = sw
	for i, w := range s.widths {
		s.book.fail(sw.SetColWidth(i+1, i+1, w))
	}
	if s.panes != nil {
		s.book.fail(sw.SetPanes(s.panes))
	}
	return true
}

// Row returns the number of the last row written.
func (s *Sheet) Row() int { return s.row }

// Add writes the next row. A height of 0 leaves it to the program that shows
// the sheet.
func (s *Sheet) Add(height float64, cells ...Cell) {
	s.row++
	if !s.open() {
		return
	}
	s.check(s.row, cells)
	vs := make([]any, len(cells))
	for i := range cells {
		if cells[i].Value == nil && cells[i].Formula == "" && cells[i].StyleID == 0 {
			continue
		}
		vs[i] = cells[i]
	}
	var opts []excelize.RowOpts
	if height > 0 {
		opts = append(opts, excelize.RowOpts{Height: min(height, excelize.MaxRowHeight)})
	}
	s.book.fail(s.sw.SetRow(Ref(1, s.row), vs, opts...))
}

// check refuses what excelize would write wrongly or cut off in silence.
func (s *Sheet) check(row int, cells []Cell) {
	for i := range cells {
		switch v := cells[i].Value.(type) {
		case float64:
			if math.IsNaN(v) || math.IsInf(v, 0) {
				s.book.fail(fmt.Errorf("sheet %s, cell %s: not a finite number", s.Name, Ref(i+1, row)))
			}
		case string:
			if len(v) > excelize.TotalCellChars && utf8.RuneCountInString(v) > excelize.TotalCellChars {
				s.book.fail(fmt.Errorf("sheet %s, cell %s: %d characters, a cell holds %d", s.Name, Ref(i+1, row), utf8.RuneCountInString(v), excelize.TotalCellChars))
			}
		}
	}
}

// Merge joins cells.
func (s *Sheet) Merge(from, to string) {
	if s.open() {
		s.book.fail(s.sw.MergeCell(from, to))
	}
}

// Freeze keeps the first rows and columns in sight. It must come before the
// first row.
func (s *Sheet) Freeze(cols, rows int) {
	pane := "bottomRight"
	switch {
	case cols == 0:
		pane = "bottomLeft"
	case rows == 0:
		pane = "topRight"
	}
	s.panes = &excelize.Panes{Freeze: true, XSplit: cols, YSplit: rows, TopLeftCell: Ref(cols+1, rows+1), ActivePane: pane}
}

// Print sets up the pages, A4.
func (s *Sheet) Print(p Page) {
	f := s.book.File
	size, one, many, orient := 9, 1, 0, "landscape"
	if p.Portrait {
		orient = "portrait"
	}
	if p.OnePage {
		many = 1
	}
	yes := true
	s.book.fail(f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	s.book.fail(f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orient, FitToWidth: &one, FitToHeight: &many}))
	// 公文 margins would leave a landscape page too narrow for a table.
	side, top, foot := 0.6, 0.7, 0.3
	s.book.fail(f.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &foot, Footer: &foot, Horizontally: &yes}))
	if p.Header != "" || p.Footer != "" {
		s.book.fail(f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddHeader: p.Header, OddFooter: p.Footer}))
	}
	if p.TitleRows > 0 {
		first := max(p.First, 1)
		s.book.fail(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.Name, RefersTo: fmt.Sprintf("%s!$%d:$%d", Quote(s.Name), first, p.TitleRows)}))
	}
}

// PrintArea is the block of cells that prints; without one all do.
func (s *Sheet) PrintArea(ref string) {
	from, to, _ := strings.Cut(ref, ":")
	s.book.fail(s.book.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.Name, RefersTo: Quote(s.Name) + "!" + absolute(from) + ":" + absolute(to)}))
}

func absolute(ref string) string {
	col, row, err := excelize.CellNameToCoordinates(ref)
	if err != nil {
		panic("xlsx: no such cell")
	}
	return Abs(col, row)
}

// Grid shows or hides the grid lines.
func (s *Sheet) Grid(show bool) {
	s.book.fail(s.book.File.SetSheetView(s.Name, 0, &excelize.ViewOptions{ShowGridLines: &show}))
}

// Tab colours the sheet's tab, RRGGBB.
func (s *Sheet) Tab(color string) {
	s.book.fail(s.book.File.SetSheetProps(s.Name, &excelize.SheetPropsOptions{TabColorRGB: &color}))
}

// Filter offers to filter the range, whose first row is the header.
func (s *Sheet) Filter(ref string) { s.book.fail(s.book.File.AutoFilter(s.Name, ref, nil)) }

// Validate restricts what may be entered.
func (s *Sheet) Validate(dv *excelize.DataValidation) {
	s.book.fail(s.book.File.AddDataValidation(s.Name, dv))
}

// Link makes a cell lead to a place in the workbook. tip says where.
func (s *Sheet) Link(cell, sheet, target, tip string) {
	s.links = append(s.links, fmt.Sprintf(`<hyperlink ref="%s" location="%s" tooltip="%s"/>`, cell, escape(Quote(sheet)+"!"+target), escape(tip)))
}

// Ignore keeps the green triangle of “number stored as text” off a range.
func (s *Sheet) Ignore(ref string) {
	s.ignored = append(s.ignored, fmt.Sprintf(`<ignoredError sqref="%s" numberStoredAsText="1"/>`, ref))
}

// finish ends the stream.
func (s *Sheet) finish() {
	if s.done || !s.open() {
		return
	}
	s.done = true
	s.book.fail(s.sw.Flush())
}

// tail returns what the finisher adds after the data.
func (s *Sheet) tail() []fragment {
	out := append([]fragment(nil), s.conds...)
	if len(s.links) > 0 {
		out = append(out, fragment{"hyperlinks", "<hyperlinks>" + strings.Join(s.links, "") + "</hyperlinks>"})
	}
	if len(s.ignored) > 0 {
		out = append(out, fragment{"ignoredErrors", "<ignoredErrors>" + strings.Join(s.ignored, "") + "</ignoredErrors>"})
	}
	if len(s.anchors) > 0 {
		out = append(out, fragment{"drawing", `<drawing r:id="rId1"/>`})
	}
	if n := len(s.tables); n > 0 {
		var b strings.Builder
		fmt.Fprintf(&b, `<tableParts count="%d">`, n)
		for i := range n {
			fmt.Fprintf(&b, `<tablePart r:id="rId%d"/>`, 2+i)
		}
		b.WriteString("</tableParts>")
		out = append(out, fragment{"tableParts", b.String()})
	}
	var ext strings.Builder
	if len(s.bars) > 0 {
		ext.WriteString(dataBarExt(s.bars))
	}
	if len(s.sparks) > 0 {
		ext.WriteString(sparklineExt(s.sparks))
	}
	if ext.Len() > 0 {
		out = append(out, fragment{"extLst", "<extLst>" + ext.String() + "</extLst>"})
	}
	return out
}

// Ref returns the address of a cell, column and row counted from 1.
func Ref(col, row int) string {
	s, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic("xlsx: no such cell")
	}
	return s
}

// Abs returns the absolute address of a cell.
func Abs(col, row int) string {
	s, err := excelize.CoordinatesToCellName(col, row, true)
	if err != nil {
		panic("xlsx: no such cell")
	}
	return s
}

// Range returns the address of a block of cells.
func Range(col1, row1, col2, row2 int) string { return Ref(col1, row1) + ":" + Ref(col2, row2) }

// Quote returns the name of a sheet as a formula wants it.
func Quote(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }
