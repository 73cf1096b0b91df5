package briefing

import (
	"fmt"
	"math"
	"strings"

	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// Fonts by name. 宋体 and 黑体 come with every Chinese Windows and with WPS;
// LibreOffice replaces them by what it has, and the character set in the
// style lets other programs do the same. Arial has metric twins everywhere.
func (j *job) bodyFont() string {
	if j.zh() {
		if j.Profile == Publication {
			return "微软雅黑"
		}
		return "宋体"
	}
	return "Arial"
}

func (j *job) titleFont() string {
	if j.zh() && j.Profile == Office {
		return "黑体"
	}
	return j.bodyFont()
}

func (j *job) charset() int {
	if j.zh() {
		return 134
	}
	return 0
}

func (j *job) bodySize() float64 {
	if j.Profile == Publication {
		return 12
	}
	return 10.5 // 五号
}

// column is a column of a table.
type column struct {
	head   string
	width  float64
	align  string // left, right, center
	unit   string // unit of the whole column, for publications; empty: none or mixed
	screen bool   // for the screen: not printed
}

// table describes a sheet that holds one table.
type table struct {
	sheet   string
	id      string // name of the Excel table
	title   string
	lead    []string // sentences above the table
	unit    string   // common unit, printed at the upper right
	notes   []string // below the table, or above in a publication
	source  bool     // name the documents
	cols    []column
	filter  bool // offer to filter, where the profile allows it
	freeze  int  // columns kept in sight
	onePage bool
	upright bool // portrait
}

// sheet is a sheet whose table is being filled.
type sheet struct {
	*xlsx.Sheet
	j     *job
	t     *table
	first int // row of the header
	count int // rows written
	wide  float64
}

// style returns the number of a style.
func (j *job) style(s xlsx.Style) int { return j.book.Style(s) }

// above returns the lines between the title and the table. A long sentence
// becomes several, as wide as the table: cells beside it are not joined, and
// a line that runs on would make the printed page small.
func (j *job) above(t *table) []string {
	total := 0.0
	for _, c := range t.cols {
		if !c.screen {
			total += c.width
		}
	}
	var out []string
	for _, s := range j.said(t) {
		out = append(out, wrap(s, max(int(total*0.97), 60))...)
	}
	return out
}

// wrap breaks a text into lines of at most so many columns, after a mark or
// at a space where there is one.
func wrap(s string, columns int) []string {
	var out []string
	for width(s) > columns {
		end, w, at := 0, 0, 0
		for i, r := range s {
			n := i + len(string(r))
			if w += width(string(r)); w > columns {
				break
			}
			end = n
			if r == ' ' || strings.ContainsRune("，。；：、！？）”》", r) {
				at = n
			}
		}
		if at < end/2 {
			at = end
		}
		out = append(out, strings.TrimSpace(s[:at]))
		s = strings.TrimSpace(s[at:])
	}
	return append(out, s)
}

// said returns the sentences between the title and the table.
func (j *job) said(t *table) []string {
	if j.Profile == Office {
		return t.lead
	}
	out := []string{j.pick("本表含1个表格。", "This sheet holds one table.")}
	out = append(out, t.lead...)
	if t.unit != "" {
		out = append(out, j.pick("单位：", "Unit: ")+t.unit)
	}
	out = append(out, t.notes...)
	out = append(out, j.pick("[x] 表示没有该数；[z] 表示不适用；[p] 初步数；[e] 估计数；[f] 预测数。", "[x] means not available, [z] not applicable, [p] provisional, [e] estimated, [f] forecast."))
	if t.source {
		out = append(out, j.pick("数据来源：", "Source: ")+j.source()+j.pick("。", "."))
	}
	return out
}

// headerRow is the row of a table's header: frozen panes and links want it
// before anything is written.
func (j *job) headerRow(t *table) int {
	n := 2 + len(j.above(t))
	if j.Profile == Office && t.unit != "" {
		n++
	}
	return n
}

// begin opens the sheet of a table up to its header.
func (j *job) begin(t *table) *sheet { return j.beginWith(t, nil) }

// beginWith is begin with a say in the lines above the header: line receives
// the cells of each.
func (j *job) beginWith(t *table, line func(s *sheet, cells []xlsx.Cell) []xlsx.Cell) *sheet {
	pub := j.Profile == Publication
	widths := make([]float64, len(t.cols))
	total := 0.0
	for i, c := range t.cols {
		widths[i] = c.width
		if pub {
			widths[i] = c.width * 1.2 // 12 points instead of 10.5
		}
		total += widths[i]
	}
	s := &sheet{Sheet: j.book.Sheet(t.sheet, widths), j: j, t: t, wide: total}
	above := j.above(t)
	s.first = j.headerRow(t)
	s.Grid(pub)
	if !pub {
		s.Freeze(t.freeze, s.first)
	}
	s.Print(xlsx.Page{Portrait: t.upright, OnePage: t.onePage, TitleRows: s.first, First: s.first, Footer: j.footer()})
	// Title.
	if pub {
		s.Add(24, xlsx.Cell{Value: t.title, StyleID: j.style(xlsx.Style{Name: xlsx.Title, Size: 16, Bold: true})})
	} else {
		s.title(t.title)
	}
	for _, text := range above {
		st := xlsx.Style{Color: "404040"}
		if pub {
			st = xlsx.Style{}
		}
		cells := []xlsx.Cell{{Value: text, StyleID: j.style(st)}}
		if line != nil {
			cells = line(s, cells)
		}
		s.Add(0, cells...)
	}
	if !pub && t.unit != "" {
		cells := make([]xlsx.Cell, len(t.cols))
		cells[len(cells)-1] = xlsx.Cell{Value: j.pick("单位：", "Unit: ") + t.unit, StyleID: j.style(xlsx.Style{Align: "right"})}
		s.Add(0, cells...)
	}
	s.head()
	return s
}

// title writes a title centred over the table, as print does, without
// joining cells.
func (s *sheet) title(text string) {
	id := s.j.style(xlsx.Style{Name: xlsx.Title, Font: s.j.titleFont(), Size: 16, Bold: s.j.bodyFont() == "Arial", Align: "centerContinuous"})
	cells := make([]xlsx.Cell, len(s.t.cols))
	cells[0] = xlsx.Cell{Value: text, StyleID: id}
	for i := 1; i < len(cells) && !s.t.cols[i].screen; i++ {
		cells[i] = xlsx.Cell{StyleID: id}
	}
	s.Add(28, cells...)
}

// head writes the header row.
func (s *sheet) head() {
	pub := s.j.Profile == Publication
	cells := make([]xlsx.Cell, len(s.t.cols))
	most := 1
	for i, c := range s.t.cols {
		st := xlsx.Style{Bold: true, Wrap: true, Line: xlsx.ThinBelow, Font: s.j.titleFont(), Align: "center", Name: xlsx.Heading2}
		if !pub {
			st.Line |= xlsx.ThickAbove
		} else {
			st.Top, st.Align = true, "left"
			if c.align == "right" {
				st.Align = "right"
			}
		}
		text := s.headText(i)
		w := c.width
		if pub {
			w *= 1.2
		}
		most = max(most, lines(text, w/1.1))
		cells[i] = xlsx.Cell{Value: text, StyleID: s.j.style(st)}
	}
	s.Add(float64(most)*s.j.bodySize()*1.45+4, cells...)
}

// headText is the heading of a column; in a publication it names the unit.
func (s *sheet) headText(i int) string {
	c := s.t.cols[i]
	if s.j.Profile == Publication && c.unit != "" {
		return c.head + s.j.pick("（"+c.unit+"）", " ("+c.unit+")")
	}
	return c.head
}

// row writes a row of the table.
func (s *sheet) row(cells ...cell) {
	s.count++
	for i, c := range cells {
		if c.sheet != "" {
			s.Link(xlsx.Ref(i+1, s.Row()+1), c.sheet, c.target, c.tip)
		}
	}
	height, out := s.render(cells)
	s.Add(height, out...)
}

// rows writes n rows that are made while the workbook is written; they hold
// no links and no formulas.
func (s *sheet) rows(n int, row func(i int) []cell) {
	s.count += n
	s.Defer(n, func(i int) (float64, []xlsx.Cell) { return s.render(row(i)) })
}

// render gives the cells their styles. The height fits the longest text.
func (s *sheet) render(cells []cell) (height float64, _ []xlsx.Cell) {
	out := make([]xlsx.Cell, len(cells))
	most := 1
	for i, c := range cells {
		col := s.t.cols[i]
		st := c.style
		if st.Align == "" {
			st.Align = col.align
		}
		st.Wrap = st.Wrap || col.align == "left"
		if i > 0 && st.Align == "left" && s.t.cols[i-1].align == "right" {
			st.Indent = 1 // keep off the number beside it
		}
		if st.Link {
			st.Name, st.Underline, st.Color = xlsx.Link, true, "0563C1"
		}
		if t, ok := c.v.(string); ok {
			w := col.width
			if s.j.Profile == Publication {
				w *= 1.1
			}
			most = max(most, lines(t, w))
		}
		out[i] = xlsx.Cell{Value: c.v, Formula: c.formula, StyleID: s.j.style(st.Style)}
	}
	return min(math.Round(float64(most)*s.j.bodySize()*1.38+3), 400), out
}

// end closes the table: the last line, notes and source below, or the marks
// of an Excel table.
func (s *sheet) end() {
	j, t := s.j, s.t
	last := s.Row()
	if s.count == 0 {
		cells := make([]cell, len(t.cols))
		cells[0] = cell{v: j.pick("（无）", "(none)")}
		for i := 1; i < len(cells); i++ {
			cells[i] = j.none(notApplicable)
		}
		s.row(cells...)
		last = s.Row()
	}
	if j.Profile == Publication {
		heads := make([]string, len(t.cols))
		for i := range t.cols {
			heads[i] = s.headText(i)
		}
		s.Table(xlsx.Table{Name: t.id, Col: 1, Row: s.first, Headers: heads, Rows: last - s.first})
		return
	}
	if t.filter {
		s.Filter(xlsx.Range(1, s.first, len(t.cols), last))
	}
	printed := 0
	for _, c := range t.cols {
		if !c.screen {
			printed++
		}
	}
	if printed < len(t.cols) {
		defer func() { s.PrintArea(xlsx.Range(1, 1, printed, s.Row())) }()
	}
	below := append([]string(nil), t.notes...)
	for i := range below {
		below[i] = j.pick("注：", "Note: ") + below[i]
		if i > 0 {
			below[i] = t.notes[i]
		}
	}
	if t.source {
		below = append(below, j.pick("数据来源：", "Source: ")+j.source()+j.pick("。", "."))
	}
	if len(below) == 0 {
		below = []string{""}
	}
	for i, text := range below {
		line := xlsx.Lines(0)
		if i == 0 {
			line = xlsx.ThickAbove
		}
		cells := make([]xlsx.Cell, len(t.cols))
		for k := range cells {
			cells[k].StyleID = j.style(xlsx.Style{Size: 9, Color: "404040", Line: line, Wrap: true, Top: true})
		}
		if text != "" {
			cells[0].Value = text
		}
		s.Add(float64(lines(text, s.wide*1.1))*12.5+2, cells...)
		if printed > 1 {
			s.Merge(xlsx.Ref(1, s.Row()), xlsx.Ref(printed, s.Row()))
		}
	}
}

func (j *job) footer() string {
	if j.Profile == Publication {
		return "" // the rules for accessible spreadsheets want none
	}
	title := strings.ReplaceAll(j.Briefing.title(), "&", "&&")
	if len([]rune(title)) > 60 {
		title = string([]rune(title)[:60])
	}
	return "&L&8" + title + j.pick("&C&8第 &P 页，共 &N 页", "&C&8Page &P of &N") + "&R&8&A"
}

// cell is what a cell of a table holds.
type cell struct {
	v             any
	formula       string
	style         cellStyle
	sheet, target string // link
	tip           string
}

// cellStyle is a style, and whether the cell leads somewhere.
type cellStyle struct {
	xlsx.Style
	Link bool
}

// Reasons why a cell has no value.
type reason uint8

const (
	notAvailable reason = iota
	notApplicable
)

// none stands where there is no value: a dash, or the shorthand of a
// publication.
func (j *job) none(r reason) cell {
	text := "—"
	if j.Profile == Publication {
		text = [...]string{"[x]", "[z]"}[r]
	}
	return cell{v: text, style: cellStyle{Style: xlsx.Style{Align: "center"}}}
}

// text is a cell of text, or none if there is none.
func (j *job) text(s string) cell {
	if s == "" {
		return j.none(notAvailable)
	}
	return cell{v: s}
}

// figure is a cell with a number.
func (j *job) figure(f figure) cell {
	if !f.ok {
		return j.none(notAvailable)
	}
	return cell{v: f.v, style: cellStyle{Style: xlsx.Style{Format: f.format, Align: "right"}}}
}

// link makes c lead to a place.
func link(c cell, sheet, target, tip string) cell {
	if sheet == "" {
		return c
	}
	c.sheet, c.target, c.tip, c.style.Link = sheet, target, cut(tip, 250), true
	return c
}

// statusCell is a status as word, shape and colour.
func statusCell(s status) cell {
	c := cell{v: s.shape + " " + s.word, style: cellStyle{Style: xlsx.Style{Color: s.color, Align: "left", Bold: s.level >= 0}}}
	if s.shape == "—" {
		c.v = s.word
	}
	return c
}

// toSource makes a cell lead to the row of a claim among the sources.
func (j *job) toSource(c cell, claim string) cell {
	if j.sources == "" {
		return c
	}
	k := j.claims[claim]
	if k == nil {
		return c
	}
	tip := k.Source.Quote
	if tip == "" {
		tip = k.Note
	}
	return link(c, j.sources, fmt.Sprintf("A%d", j.rowOf(claim)), tip)
}
