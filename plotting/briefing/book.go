package briefing

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// look is how a cell looks; it is comparable, so that each look becomes one
// style of the workbook.
type look struct {
	format   string // number format; empty: general
	bold     bool
	size     float64 // points; 0: the body size
	color    string  // of the text, RRGGBB; empty: black
	align    string  // left, center, right; empty: by type
	valign   string
	wrap     bool
	link     bool
	top, bot int // border: 0 none, 1 thin, 2 thick
	fill     string
	heading  int // 1: title, 2: subtitle
}

// cell is what one cell holds: a string, a number or a formula with its
// value. A NaN or an infinity cannot be written; use dash.
type cell struct {
	v       any // string, float64, int, bool or nil
	formula string
	look    look
	to      string // link: a place in the workbook such as 'GDP'!A1
	tip     string // shown for the link
}

// sheet is a page of the workbook before it is written.
type sheet struct {
	name      string
	widths    []float64 // of the columns, in characters
	rows      [][]cell
	heights   map[int]float64 // of rows, by 1-based number
	notes     []int           // rows whose first cell runs over all columns
	freeze    string          // top left cell of the part that scrolls
	header    [2]int          // first and last row to repeat on every printed page; zero: none
	filter    string          // range with an AutoFilter
	landscape bool
	onePage   bool     // fit to one page in height too
	bars      []string // ranges of shares 0–1 drawn as bars
	pictures  []picture
	charts    []nativeChart
	tab       string // colour
	table     *excelize.Table
}

type picture struct {
	at    string
	png   []byte
	alt   string
	scale float64
}

type nativeChart struct {
	at            string
	width, height uint
	alt           string
	xml           []byte
}

// add appends a row and returns its 1-based number.
func (s *sheet) add(cells ...cell) int {
	s.rows = append(s.rows, cells)
	return len(s.rows)
}

// note appends a line of text that runs over all columns, as high as it
// needs to be.
func (s *sheet) note(t string, l look) {
	if t == "" {
		return
	}
	l.wrap, l.valign, l.align = true, "top", "left"
	total := 0.0
	for _, w := range s.widths {
		total += w
	}
	r := s.add(cell{v: t, look: l})
	s.notes = append(s.notes, r)
	if s.heights == nil {
		s.heights = map[int]float64{}
	}
	size := l.size
	if size == 0 {
		size = bodySize
	}
	s.heights[r] = math.Ceil(textWidth(t)*1.05*size/bodySize/(total-2))*size*1.45 + 3
}

// blank appends an empty row.
func (s *sheet) blank() { s.rows = append(s.rows, nil) }

const bodySize = 10.5

// book writes sheets as a workbook.
type book struct {
	f      *excelize.File
	lang   string
	styles map[look]int
	charts map[string][]byte
}

func newBook(lang string) *book {
	return &book{f: excelize.NewFile(), lang: lang, styles: map[look]int{}, charts: map[string][]byte{}}
}

// Fonts that exist on Windows and in WPS and that LibreOffice replaces by
// what it has.
func (b *book) font(l look) *excelize.Font {
	family := "等线"
	if b.lang == "en" {
		family = "Arial"
	}
	f := &excelize.Font{Family: family, Size: l.size, Bold: l.bold, Color: l.color}
	if f.Size == 0 {
		f.Size = bodySize
	}
	if l.heading == 1 && l.size == 0 {
		f.Size = 16
	}
	if l.link {
		f.Color, f.Underline = "0563C1", "single"
	}
	return f
}

func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	st := &excelize.Style{Font: b.font(l), Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: l.valign, WrapText: l.wrap}}
	if st.Alignment.Vertical == "" {
		st.Alignment.Vertical = "center"
	}
	if l.format != "" {
		st.CustomNumFmt = &l.format
	}
	kinds := [...]int{0, 1, 5} // thin, thick
	if l.top > 0 {
		st.Border = append(st.Border, excelize.Border{Type: "top", Color: "000000", Style: kinds[l.top]})
	}
	if l.bot > 0 {
		st.Border = append(st.Border, excelize.Border{Type: "bottom", Color: "000000", Style: kinds[l.bot]})
	}
	if l.fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	id, err := b.f.NewStyle(st)
	if err == nil {
		b.styles[l] = id
	}
	return id, err
}

// put writes a sheet; the first replaces the empty one of a new workbook.
func (b *book) put(s *sheet, first bool) error {
	f := b.f
	if first {
		if err := f.SetSheetName("Sheet1", s.name); err != nil {
			return err
		}
	} else if _, err := f.NewSheet(s.name); err != nil {
		return err
	}
	// The head of the part is written with the first row: what stands there
	// must be set before.
	if err := b.page(s); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i, w := range s.widths {
		if err := sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if s.freeze != "" {
		col, row, err := excelize.CellNameToCoordinates(s.freeze)
		if err != nil {
			return err
		}
		pane := "bottomRight"
		if col == 1 {
			pane = "bottomLeft"
		}
		if err := sw.SetPanes(&excelize.Panes{Freeze: true, XSplit: col - 1, YSplit: row - 1, TopLeftCell: s.freeze, ActivePane: pane}); err != nil {
			return err
		}
	}
	for i, row := range s.rows {
		vals := make([]any, len(row))
		for k, c := range row {
			id, err := b.style(c.look)
			if err != nil {
				return err
			}
			if x, ok := c.v.(float64); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
				name, _ := excelize.CoordinatesToCellName(k+1, i+1)
				return fmt.Errorf("briefing: sheet %s, cell %s: %v is not a number that a sheet can hold", s.name, name, x)
			}
			vals[k] = excelize.Cell{StyleID: id, Formula: c.formula, Value: c.v}
		}
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		opts := excelize.RowOpts{Height: s.height(i)}
		if err := sw.SetRow(at, vals, opts); err != nil {
			return err
		}
	}
	for _, r := range s.notes {
		from, _ := excelize.CoordinatesToCellName(1, r)
		to, _ := excelize.CoordinatesToCellName(len(s.widths), r)
		if err := sw.MergeCell(from, to); err != nil {
			return err
		}
	}
	if s.table != nil {
		if err := sw.AddTable(s.table); err != nil {
			return err
		}
	}
	// What belongs to the sheet but not to its rows goes in before the stream
	// is flushed, for after that excelize no longer holds the sheet.
	for i, row := range s.rows {
		for k, c := range row {
			if c.to == "" {
				continue
			}
			at, _ := excelize.CoordinatesToCellName(k+1, i+1)
			opts := excelize.HyperlinkOpts{}
			if c.tip != "" {
				opts.Tooltip = &c.tip
			}
			if err := f.SetCellHyperLink(s.name, at, c.to, "Location", opts); err != nil {
				return err
			}
		}
	}
	for _, p := range s.pictures {
		yes := true
		if err := f.AddPictureFromBytes(s.name, p.at, &excelize.Picture{Extension: ".png", File: p.png, Format: &excelize.GraphicOptions{AltText: p.alt, ScaleX: p.scale, ScaleY: p.scale, PrintObject: &yes, LockAspectRatio: true}}); err != nil {
			return err
		}
	}
	for _, c := range s.charts {
		before := len(b.charts)
		err := f.AddChart(s.name, c.at, &excelize.Chart{Type: excelize.Line, Series: []excelize.ChartSeries{{Values: "'" + strings.ReplaceAll(s.name, "'", "''") + "'!$A$1:$A$2"}},
			Dimension: excelize.ChartDimension{Width: c.width, Height: c.height}, Format: excelize.GraphicOptions{AltText: c.alt}})
		if err != nil {
			return err
		}
		b.charts[fmt.Sprintf("xl/charts/chart%d.xml", before+1)] = c.xml
	}
	for _, r := range s.bars {
		if err := f.SetConditionalFormat(s.name, r, []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "num", MaxValue: "1", BarColor: "#99C7E0"}}); err != nil {
			return err
		}
	}
	if s.filter != "" {
		if err := f.AutoFilter(s.name, s.filter, nil); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// height gives rows with wrapped text the lines that they need, since no
// program that reads the file is bound to do it.
func (s *sheet) height(i int) float64 {
	if h, ok := s.heights[i+1]; ok {
		return h
	}
	lines := 1
	size := bodySize
	for k, c := range s.rows[i] {
		t, ok := c.v.(string)
		if c.look.heading == 1 {
			size = max(size, 16)
		}
		if c.look.size > 0 {
			size = max(size, c.look.size)
		}
		if !ok || !c.look.wrap || k >= len(s.widths) {
			continue
		}
		n := 0
		for para := range strings.SplitSeq(t, "\n") {
			n += max(1, int(math.Ceil(textWidth(para)*1.08/max(s.widths[k]-1, 1))))
		}
		lines = max(lines, n)
	}
	return math.Min(float64(lines)*size*1.45+3, 409)
}

// textWidth measures s in characters of the width of a digit; Chinese
// characters count two.
func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		if r >= 0x2e80 || r == '—' || r == '“' || r == '”' {
			w += 2
		} else {
			w++
		}
	}
	return w
}

func (b *book) page(s *sheet) error {
	f := b.f
	a4, orient, one, many := 9, "portrait", 1, 0
	if s.landscape {
		orient = "landscape"
	}
	if s.onePage {
		many = 1
	}
	if err := f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orient, FitToWidth: &one, FitToHeight: &many}); err != nil {
		return err
	}
	fit := true
	props := excelize.SheetPropsOptions{FitToPage: &fit}
	if s.tab != "" {
		props.TabColorRGB = &s.tab
	}
	if err := f.SetSheetProps(s.name, &props); err != nil {
		return err
	}
	foot := "&C第 &P 页，共 &N 页"
	if b.lang == "en" {
		foot = "&CPage &P of &N"
	}
	if err := f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: foot}); err != nil {
		return err
	}
	off := false
	if err := f.SetSheetView(s.name, -1, &excelize.ViewOptions{ShowGridLines: &off}); err != nil {
		return err
	}
	if s.header[0] > 0 {
		return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", quoteSheet(s.name), s.header[0], s.header[1]), Scope: s.name})
	}
	return nil
}

func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// write finishes the workbook.
func (b *book) write(w io.Writer) error {
	b.f.SetActiveSheet(0)
	fin := &finisher{w: w, patch: b.patch}
	b.f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return fin })
	return b.f.Write(io.Discard)
}

// patch replaces the parts that excelize cannot write as wanted.
func (b *book) patch(name string, p []byte) []byte {
	if x, ok := b.charts[name]; ok {
		return x
	}
	return p
}

// sheetNames makes names that Excel accepts: at most 31 characters, none of
// :\/?*[], no apostrophe at an end, unique without regard to case.
type sheetNames struct{ used map[string]bool }

func (n *sheetNames) name(want string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, want)
	clean = strings.Trim(strings.TrimSpace(clean), "'")
	if clean == "" {
		clean = "Sheet"
	}
	cut := func(s string, k int) string {
		for utf8.RuneCountInString(s) > k {
			_, size := utf8.DecodeLastRuneInString(s)
			s = s[:len(s)-size]
		}
		return strings.TrimSpace(s)
	}
	if n.used == nil {
		n.used = map[string]bool{}
	}
	out := cut(clean, 31)
	for i := 2; n.used[strings.ToLower(out)]; i++ {
		suffix := fmt.Sprintf(" (%d)", i)
		out = cut(clean, 31-len(suffix)) + suffix
	}
	n.used[strings.ToLower(out)] = true
	return out
}
