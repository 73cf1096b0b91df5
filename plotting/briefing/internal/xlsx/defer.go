package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// deferred are rows that are made only while the sheet passes into the
// archive, so that a sheet of any length takes no memory: the stream writer
// keeps up to thirty-two megabytes a sheet.
type deferred struct {
	first, n int
	row      func(i int) (height float64, cells []Cell)
}

// Defer writes the next n rows by calling row for each of 0 … n−1, twice and
// in order: at once, for the styles and to find faults, and again when the
// workbook is written. The cells hold strings, numbers and no formulas. A
// sheet can have one such block.
func (s *Sheet) Defer(n int, row func(i int) (height float64, cells []Cell)) {
	if s.deferred != nil {
		panic("xlsx: a second block of deferred rows")
	}
	if n == 0 || !s.open() {
		return
	}
	for i := range n {
		_, cells := row(i)
		s.check(s.row+1+i, cells)
	}
	s.deferred = &deferred{first: s.row + 1, n: n, row: row}
	s.row += n
}

// mark is what stands in the stream right behind the deferred rows, if any
// row does.
func (d *deferred) mark() []byte { return []byte(fmt.Sprintf(`<row r="%d"`, d.first+d.n)) }

// write makes the rows, in the form that the stream writer gives them.
func (d *deferred) write(w io.Writer) error {
	var b bytes.Buffer
	for i := range d.n {
		height, cells := d.row(i)
		n := strconv.Itoa(d.first + i)
		b.WriteString(`<row r="` + n + `"`)
		if height > 0 {
			b.WriteString(` ht="` + strconv.FormatFloat(height, 'f', -1, 64) + `" customHeight="1"`)
		}
		b.WriteByte('>')
		for c := range cells {
			writeCell(&b, columns[c]+n, &cells[c])
		}
		b.WriteString(`</row>`)
		if b.Len() > 1<<16 {
			if _, err := w.Write(b.Bytes()); err != nil {
				return err
			}
			b.Reset()
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// columns are the names of the columns that deferred rows can have.
var columns = func() (out [64]string) {
	for i := range out {
		out[i] = strings.TrimRight(Ref(i+1, 1), "1")
	}
	return out
}()

func writeCell(b *bytes.Buffer, ref string, c *Cell) {
	if c.Formula != "" {
		panic("xlsx: a formula in a deferred row")
	}
	if c.Value == nil && c.StyleID == 0 {
		return
	}
	b.WriteString(`<c r="` + ref + `"`)
	if c.StyleID != 0 {
		b.WriteString(` s="` + strconv.Itoa(c.StyleID) + `"`)
	}
	var text bytes.Buffer
	switch v := c.Value.(type) {
	case nil:
		b.WriteString(`></c>`)
	case int:
		b.WriteString(`><v>` + strconv.Itoa(v) + `</v></c>`)
	case float64:
		b.WriteString(`><v>` + strconv.FormatFloat(v, 'f', -1, 64) + `</v></c>`)
	case string:
		space := ""
		if v != strings.Trim(v, " \t\r\n") {
			space = ` xml:space="preserve"`
		}
		b.WriteString(` t="inlineStr"><is><t` + space + `>`)
		text.Reset()
		xml.EscapeText(&text, []byte(escapeUnderscore(v)))
		b.Write(bytes.ReplaceAll(text.Bytes(), []byte("&#xA;"), []byte("\n"))) // as the stream writer does
		b.WriteString(`</t></is></c>`)
	default:
		panic("xlsx: a deferred cell holds neither text nor number")
	}
}

// escapeUnderscore keeps text such as _x0041_ from being read as the
// character that it names (ECMA-376 Part 1, 22.9.2.19).
func escapeUnderscore(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && i+6 < len(s) && s[i+1] == 'x' && s[i+6] == '_' && hex(s[i+2:i+6]) {
			b.WriteString("_x005F")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func hex(s string) bool {
	for _, c := range []byte(s) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}
