package xlsx

import (
	"fmt"
	"strings"
)

// Table marks a block of cells, header first, as an Excel table.
type Table struct {
	Name    string // unique; letters, digits and _, a letter first
	Col     int    // of its upper left cell
	Row     int
	Headers []string // unique
	Rows    int      // below the header
	Filter  bool     // offer to filter
}

// Table adds a table over cells that are written already.
func (s *Sheet) Table(t Table) {
	key := strings.ToLower(t.Name)
	if s.book.tables[key] {
		s.book.fail(fmt.Errorf("xlsx: two tables are called %s", t.Name))
	}
	s.book.tables[key] = true
	seen := map[string]bool{}
	for _, h := range t.Headers {
		if h == "" || seen[strings.ToLower(h)] {
			s.book.fail(fmt.Errorf("xlsx: table %s: heading %q is empty or stands twice", t.Name, h))
		}
		seen[strings.ToLower(h)] = true
	}
	s.tables = append(s.tables, t)
}

func (t *Table) xml(id int) string {
	ref := Range(t.Col, t.Row, t.Col+len(t.Headers)-1, t.Row+max(t.Rows, 1))
	var b strings.Builder
	fmt.Fprintf(&b, `%s<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="%d" name="%s" displayName="%s" ref="%s" totalsRowShown="0">`, xmlHead, id, escape(t.Name), escape(t.Name), ref)
	if t.Filter {
		fmt.Fprintf(&b, `<autoFilter ref="%s"/>`, ref)
	}
	fmt.Fprintf(&b, `<tableColumns count="%d">`, len(t.Headers))
	for i, h := range t.Headers {
		fmt.Fprintf(&b, `<tableColumn id="%d" name="%s"/>`, i+1, strings.ReplaceAll(escape(h), "&#10;", "_x000a_"))
	}
	b.WriteString(`</tableColumns><tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>`)
	return b.String()
}
