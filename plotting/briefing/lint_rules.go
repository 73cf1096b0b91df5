package briefing

import (
	"archive/zip"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

func sortStrings(s []string) { slices.Sort(s) }

// workbook checks what belongs to no sheet.
func (l *linter) workbook(zr *zip.Reader) {
	p, err := l.f.GetDocProps()
	if err != nil || p.Title == "" {
		l.reportBoth(true, "no-title", "", "", "文档属性中没有标题。", "The document properties have no title.")
	}
	if err != nil || p.Language == "" {
		l.report(Publication, true, "no-language", "", "", "文档属性中没有语言。", "The document properties name no language.")
	}
	if l.f.GetActiveSheetIndex() != 0 {
		l.report(Publication, false, "not-at-start", "", "", "打开时不在第一页。", "The workbook does not open on its first sheet.")
	}
	for _, f := range zr.File {
		if strings.HasPrefix(f.Name, "xl/externalLinks/") {
			l.reportBoth(true, "external", "", "", "工作簿引用其他文件。", "The workbook refers to other files.")
		}
	}
	for _, name := range l.f.GetSheetList() {
		if ok, err := l.f.GetSheetVisible(name); err == nil && !ok {
			l.reportBoth(false, "hidden", name, "", "工作表被隐藏。", "The sheet is hidden.")
		}
	}
}

var (
	faulty    = regexp.MustCompile(`^(#REF!|#N/A|#DIV/0!|#VALUE!|#NAME\?|#NUM!|#NULL!|NaN|[+-]?Inf|null|undefined|<nil>)$`)
	shorthand = regexp.MustCompile(`\[([a-z]{1,4})\]`)
	noteMark  = regexp.MustCompile(`\[note ([0-9]+)\]`)
	symbols   = regexp.MustCompile(`[*†‡§①-⑳]+$|^[*†‡§#-]+$`)
	bareLink  = regexp.MustCompile(`(?i)^(https?://|click here|here|点击这里|点此)`)
)

// both checks the rules that the profiles share.
func (l *linter) both(s *lintSheet) {
	if len(s.rows) == 0 && len(s.drawing) == 0 {
		l.reportBoth(true, "blank-sheet", s.name, "", "工作表是空的。", "The sheet is blank.")
		return
	}
	for r := range s.rows {
		for c := range s.rows[r] {
			text, ref := s.at(c+1, r+1), xlsx.Ref(c+1, r+1)
			if s.typeAt(c+1, r+1) == "e" || faulty.MatchString(text) {
				l.reportBoth(true, "error-value", s.name, ref, "单元格显示错误值“"+text+"”。", "The cell shows the error "+text+".")
			}
			t := s.typeAt(c+1, r+1)
			if w, ok := s.widths[c+1]; ok && w > 0 && (t == "" || t == "n") && text != "" && !strings.Contains(text, "[Red]") {
				if size, _ := s.look.font(s.styleAt(c+1, r+1)); float64(width(text))*max(size, 9)/11 > w+1 {
					l.reportBoth(true, "too-narrow", s.name, ref, "列宽不够，数字会显示为####。", "The column is too narrow for the number, which shows as ####.")
				}
			}
		}
	}
	for _, d := range s.drawing {
		if d.alt == "" {
			l.reportBoth(true, "no-alt", s.name, "", "图“"+d.name+"”没有替代文本。", "The "+d.kind+" "+d.name+" has no alternative text.")
		}
	}
}

// explained collects the shorthand that any sheet explains: a text of some
// length in the first column, above a table or on a sheet without one.
func (l *linter) explained() map[string]bool {
	out := map[string]bool{}
	for _, s := range l.sheets {
		last := len(s.rows)
		for _, t := range s.tables {
			last = min(last, t.row1-1)
		}
		for r := 1; r <= last; r++ {
			for c := 1; c <= 2; c++ {
				text := s.at(c, r)
				if len(text) > 8 {
					for _, m := range shorthand.FindAllStringSubmatch(text, -1) {
						out[m[1]] = true
					}
				}
			}
		}
	}
	return out
}

// declared reports whether a sheet of notes has note n.
func (l *linter) declared(n string) bool {
	for _, s := range l.sheets {
		if low := strings.ToLower(s.name); !strings.Contains(low, "note") && !strings.Contains(s.name, "注释") {
			continue
		}
		for r := range s.rows {
			if k := strings.Trim(strings.ToLower(s.at(1, r+1)), "[]"); k == n || k == "note "+n || k == "注"+n {
				return true
			}
		}
	}
	return false
}

// publication checks the rules for accessible spreadsheets.
func (l *linter) publication(s *lintSheet, explained map[string]bool) {
	rep := func(essential bool, rule, cell, zh, en string) {
		l.report(Publication, essential, rule, s.name, cell, zh, en)
	}
	if len(s.rows) == 0 {
		return
	}
	if s.at(1, 1) == "" {
		rep(true, "no-heading", "A1", "A1没有标题。", "A1 holds no title.")
	}
	if len(s.merged) > 0 {
		rep(true, "merged", s.merged[0], fmt.Sprintf("有%d处合并单元格。", len(s.merged)), fmt.Sprintf("%d ranges of cells are merged.", len(s.merged)))
	}
	if s.footer != "" {
		rep(true, "header-footer", "", "有页眉或页脚，读屏软件读不到。", "There is a header or footer, which screen readers do not read.")
	}
	if s.frozen {
		rep(false, "frozen", "", "冻结了窗格。", "Panes are frozen.")
	}
	if s.filter {
		rep(false, "filter", "", "设置了筛选。", "A filter is set.")
	}
	if s.hidden != "" {
		rep(false, "hidden-cells", s.hidden, "有隐藏的行或列。", "Rows or columns are hidden.")
	}
	for _, d := range s.drawing {
		if d.kind == "shape" {
			rep(true, "floating", "", "有浮动的文本框或图形。", "There is a floating text box or shape.")
		} else {
			rep(false, "picture", "", "表中有图。", "The sheet holds a picture or chart.")
		}
	}
	for _, t := range s.links {
		if bareLink.MatchString(t) && s.findText(t) != "" {
			rep(false, "bare-link", s.findText(t), "链接文字就是网址。", "The text of a link is its address.")
		}
	}
	tabular := false // whether it looks like a table, marked or not
	for r := 1; r < len(s.rows); r++ {
		if filled(s.rows[r]) >= 3 && filled(s.rows[r-1]) >= 3 {
			tabular = true
		}
	}
	if len(s.tables) == 0 && tabular {
		rep(true, "no-table", "", "表格没有标为Excel表格。", "The table is not marked up as an Excel table.")
	}
	if len(s.tables) > 1 {
		rep(false, "tables", "", "一页有多个表格。", "There is more than one table on the sheet.")
	}
	for r := range s.rows {
		for c := range s.rows[r] {
			st, text, ref := s.styleAt(c+1, r+1), s.at(c+1, r+1), xlsx.Ref(c+1, r+1)
			if s.look.filled(st) {
				rep(false, "fill", ref, "有填充色。", "A cell is filled with a colour.")
			}
			if text == "" {
				continue
			}
			size, name := s.look.font(st)
			if size > 0 && size < 12 {
				rep(false, "small-font", ref, fmt.Sprintf("字号%g磅，小于12磅。", size), fmt.Sprintf("The font has %g points, less than 12.", size))
			}
			if serif(name) {
				rep(false, "serif", ref, "字体“"+name+"”有衬线。", "The font "+name+" has serifs.")
			}
			for _, m := range noteMark.FindAllStringSubmatch(text, -1) {
				if !l.declared(m[1]) {
					rep(true, "undeclared-note", ref, "注[note "+m[1]+"]没有列在注释页。", "The note [note "+m[1]+"] is not on a sheet of notes.")
				}
			}
			for _, m := range shorthand.FindAllStringSubmatch(text, -1) {
				if !explained[m[1]] && len(text) < 40 {
					rep(true, "shorthand", ref, "缩写["+m[1]+"]没有说明。", "The shorthand ["+m[1]+"] is not explained.")
				}
			}
		}
	}
	for _, t := range s.tables {
		l.publicationTable(s, t)
	}
}

func (l *linter) publicationTable(s *lintSheet, t lintTable) {
	rep := func(essential bool, rule, cell, zh, en string) {
		l.report(Publication, essential, rule, s.name, cell, zh, en)
	}
	if t.col1 != 1 {
		rep(false, "start", xlsx.Ref(t.col1, t.row1), "表格不从A列开始。", "The table does not start in column A.")
	}
	above, blanks := "", false
	for r := 1; r < t.row1; r++ {
		above += s.at(1, r) + "\n"
		if r > 1 && r < t.row1-1 && blankRow(s.rows[min(r, len(s.rows))-1]) {
			rep(false, "blank-above", fmt.Sprintf("A%d", r), "表格上方有空行。", "There is a blank row above the table.")
		}
	}
	if low := strings.ToLower(above); !strings.Contains(low, "table") && !strings.Contains(above, "表") {
		rep(false, "no-count", "A2", "表格上方没有说明有几个表格。", "Nothing above the table says how many tables there are.")
	}
	blanks = strings.Contains(strings.ToLower(above), "blank") || strings.Contains(strings.ToLower(above), "empty") || strings.Contains(above, "空格") || strings.Contains(above, "空白")
	seen := map[string]bool{}
	for c := t.col1; c <= t.col2; c++ {
		h := strings.ToLower(s.at(c, t.row1))
		if h == "" || seen[h] {
			rep(true, "headers", xlsx.Ref(c, t.row1), "表头有空格或重复。", "A column heading is empty or stands twice.")
		}
		seen[h] = true
		if noteless := s.at(c, t.row1); symbols.MatchString(noteless) {
			rep(true, "symbol", xlsx.Ref(c, t.row1), "表头用符号作注。", "A heading uses a symbol for a note.")
		}
	}
	last := min(t.row2, len(s.rows))
	for r := t.row1 + 1; r <= last; r++ {
		if blankRow(s.rows[r-1]) {
			rep(true, "blank-row", fmt.Sprintf("A%d", r), "表格中有空行。", "There is a blank row in the table.")
			continue
		}
		for c := t.col1; c <= t.col2; c++ {
			text := s.at(c, r)
			if text == "" && !blanks {
				rep(true, "empty-cell", xlsx.Ref(c, r), "有空单元格而没有说明。", "A cell is empty and nothing above the table says why.")
			}
			if text != "" && symbols.MatchString(text) && len([]rune(text)) < 12 {
				rep(true, "symbol", xlsx.Ref(c, r), "单元格“"+text+"”用符号表示。", "The cell "+text+" uses a symbol.")
			}
		}
	}
	if t.row2 < len(s.rows) {
		rep(false, "below", fmt.Sprintf("A%d", t.row2+1), "表格下方还有内容。", "Something stands below the table.")
	}
}

// office checks the habits of statistical tables in Chinese offices.
func (l *linter) office(s *lintSheet) {
	rep := func(essential bool, rule, cell, zh, en string) {
		l.report(Office, essential, rule, s.name, cell, zh, en)
	}
	if len(s.rows) == 0 {
		return
	}
	titled := false
	for _, r := range s.rows[:min(len(s.rows), 4)] {
		titled = titled || !blankRow(r)
	}
	if !titled {
		rep(false, "no-heading", "A1", "没有表题。", "There is no title.")
	}
	if s.paper != "9" {
		rep(false, "paper", "", "纸张不是A4。", "The paper is not A4.")
	}
	if !strings.Contains(s.footer, "&P") {
		rep(false, "page-number", "", "没有页码。", "There are no page numbers.")
	}
	if !s.fit && len(s.rows) > 0 && s.width() > 100 {
		rep(false, "fit", "", "没有设为一页宽，打印会把列分到几页。", "The sheet is not fitted to one page in width, so that printing parts its columns.")
	}
	head, body := s.office3()
	if head == 0 {
		return
	}
	if len(s.rows) > 60 && !s.titles {
		rep(false, "repeat-header", "", "表长过一页而没有重复表头。", "The table runs over pages and its header is not repeated.")
	}
	cols := filled(s.rows[head-1])
	left, right, top, bottom := false, false, "", ""
	for r := head; r <= body; r++ {
		for c := 1; c <= cols; c++ {
			a, b, _, _ := s.look.border(s.styleAt(c, r))
			left, right = left || a != "", right || b != ""
		}
	}
	_, _, top, bottom = s.look.border(s.styleAt(1, head))
	if left || right {
		rep(false, "side-lines", xlsx.Ref(1, head), "表有竖线；三线表左右开口、不画竖线。", "The table has vertical rules; a table of three lines has none.")
	}
	if top == "" || bottom == "" {
		rep(false, "three-lines", xlsx.Ref(1, head), "表头没有顶线和横表头线。", "The header has no rule above or below.")
	}
	_, _, _, end := s.look.border(s.styleAt(1, body))
	_, _, after, _ := s.look.border(s.styleAt(1, body+1))
	if end == "" && after == "" {
		rep(false, "bottom-line", xlsx.Ref(1, body), "表没有底线。", "The table has no rule at the bottom.")
	}
	text := ""
	for _, r := range s.rows {
		text += strings.Join(r, "\n") + "\n"
		if len(text) > 1<<20 {
			break
		}
	}
	low := strings.ToLower(text)
	numbers := false
	explained := strings.Contains(text, "空格") || strings.Contains(low, "empty cell") || strings.Contains(low, "blank cell")
	for r := head + 1; r <= body; r++ {
		for c := 1; c <= cols; c++ {
			if s.at(c, r) == "" && !explained && !s.sparks[xlsx.Ref(c, r)] {
				rep(true, "empty-cell", xlsx.Ref(c, r), "表中有空格；没有数的格用“—”或“…”并说明。", "A cell of the table is empty; use — or … and explain it.")
			}
			if t := s.typeAt(c, r); (t == "" || t == "n") && c > 1 && s.at(c, r) != "" { // the first may number the rows
				numbers = true
			}
		}
	}
	if strings.Contains(text, "—") && !strings.Contains(text, "“—”") && !strings.Contains(low, "a dash means") && !strings.Contains(low, "— means") && s.hasCell("—") {
		rep(false, "dash", "", "“—”没有说明。", "The dash is not explained.")
	}
	if numbers && !strings.Contains(text, "单位") && !strings.Contains(low, "unit") {
		rep(true, "no-unit", "", "没有写明单位。", "No unit is given.")
	}
}

// office3 finds the header of the table and its last row: the first row with
// three cells or more that has another below it.
func (s *lintSheet) office3() (head, last int) {
	for r := 1; r < len(s.rows); r++ {
		if n := filled(s.rows[r-1]); n >= 3 && filled(s.rows[r]) >= 2 {
			head = r
			break
		}
	}
	if head == 0 {
		return 0, 0
	}
	n := filled(s.rows[head-1])
	last = head
	for r := head + 1; r <= len(s.rows); r++ {
		if filled(s.rows[r-1]) >= min(2, n) {
			last = r
		} else {
			break
		}
	}
	return head, last
}

func (s *lintSheet) width() float64 {
	w := 0.0
	for _, r := range s.rows[:min(len(s.rows), 50)] {
		x := 0.0
		for c := range r {
			if v, ok := s.widths[c+1]; ok {
				x += v
			} else {
				x += 8.43
			}
		}
		w = max(w, x)
	}
	return w
}

func (s *lintSheet) findText(t string) string {
	for r := range s.rows {
		for c := range s.rows[r] {
			if s.rows[r][c] == t {
				return xlsx.Ref(c+1, r+1)
			}
		}
	}
	return ""
}

func (s *lintSheet) hasCell(t string) bool { return s.findText(t) != "" }

func filled(r []string) int {
	n := 0
	for _, c := range r {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// serif reports whether a font by that name has serifs.
func serif(name string) bool {
	for _, s := range []string{"Times", "Cambria", "Georgia", "Garamond", "宋", "仿", "楷", "SimSun", "FangSong", "KaiTi", "Serif", "明"} {
		if strings.Contains(name, s) && !strings.Contains(name, "Sans") {
			return true
		}
	}
	return false
}
