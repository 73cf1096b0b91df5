package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// prepared is a document's text in the form the grammar works on: paragraphs
// without white space, traditional and full-width characters in their normal
// form, page numbers removed, and for every byte the place in the original.
type prepared struct {
	raw   string
	paras []para
}

// para is one paragraph, heading or row of a table.
type para struct {
	s     string  // normalised text without white space
	at    []int32 // at[i] is the byte of the original that byte i of s came from
	end   []int32 // end[i] is the byte behind the original character
	cuts  []int   // byte indexes in s before which something (a page number) was removed
	cells []cell  // the cells if the line is a row of a table, nil otherwise
	line  int     // number of the first line, from 1
}

// cell is one cell of a row, as a range of para.s.
type cell struct{ lo, hi int }

func (p *para) cell(i int) string { return p.s[p.cells[i].lo:p.cells[i].hi] }

// rawSpan returns the bytes of the original that s[i:j] came from.
func (p *para) rawSpan(i, j int) (start, end int) { return int(p.at[i]), int(p.end[j-1]) }

// uncut narrows [i, j) to the part round [k, l) that no removed page number
// divides, so that the quote stands in the original without a gap.
func (p *para) uncut(i, j, k, l int) (int, int) {
	for _, c := range p.cuts {
		if c > i && c <= k {
			i = c
		}
		if c < j && c >= l {
			j = c
			break
		}
	}
	return i, j
}

type rawLine struct {
	lo, hi int // bytes of the original
	width  int // in half-width cells, without white space at the ends
	page   bool
	table  bool
	indent bool // begins with white space that marks a paragraph
}

// prepare splits a text into paragraphs. Lines of a hard-wrapped document (as
// copied from a PDF) are joined; page numbers between them are dropped.
func prepare(raw string) *prepared {
	p := &prepared{raw: raw}
	lines := splitLines(raw)
	wrap := wrapWidth(lines)
	for i := 0; i < len(lines); {
		l := lines[i]
		if l.page || l.width == 0 {
			i++
			continue
		}
		b := newParaBuilder(raw, i+1)
		if l.table {
			b.row(l.lo, l.hi)
			p.paras = append(p.paras, b.p)
			i++
			continue
		}
		if wrap == 0 {
			// Excerpts often run headings in: …亿元。 二、农业 全区粮食…
			for _, cut := range runIn(raw[l.lo:l.hi]) {
				b.add(l.lo+cut.lo, l.lo+cut.hi)
				if b.b.Len() > 0 {
					p.paras = append(p.paras, b.done())
				}
				b = newParaBuilder(raw, i+1)
			}
			i++
			continue
		}
		b.add(l.lo, l.hi)
		last := l
		i++
		for i < len(lines) {
			if lines[i].width == 0 || lines[i].page {
				if lines[i].page {
					b.cut()
				}
				i++
				continue
			}
			if lines[i].table || !continues(last, lines[i], raw, wrap) {
				break
			}
			b.add(lines[i].lo, lines[i].hi)
			last = lines[i]
			i++
		}
		if len(b.p.s) > 0 || b.b.Len() > 0 {
			p.paras = append(p.paras, b.done())
		}
	}
	return p
}

// runIn splits a line in front of a numbered heading that follows a full stop
// and a blank, and behind it. Most lines are one piece.
func runIn(line string) []cell {
	var out []cell
	lo := 0
	gap := false
	last := rune(0)
	for i, r := range line {
		if blank(r) {
			gap = gap || last != 0
			continue
		}
		if gap && (last == '。' || last == '报' || last == '；') && r != '（' && r != '(' && headingLevel(line[i:]) == 1 {
			// the heading ends at the next blank
			if k := strings.IndexFunc(line[i:], blank); k > 0 && utf8.RuneCountInString(line[i:i+k]) <= 20 && !strings.ContainsAny(line[i:i+k], "，。") {
				if i > lo {
					out = append(out, cell{lo, i})
				}
				out = append(out, cell{i, i + k})
				lo = i + k
			}
		}
		gap, last = false, r
	}
	return append(out, cell{lo, len(line)})
}

func splitLines(raw string) []rawLine {
	var out []rawLine
	for lo := 0; lo <= len(raw); {
		hi := strings.IndexByte(raw[lo:], '\n')
		next := len(raw) + 1
		if hi < 0 {
			hi = len(raw)
		} else {
			hi += lo
			next = hi + 1
		}
		l := rawLine{lo: lo, hi: hi}
		text := strings.TrimFunc(raw[lo:hi], blank)
		for _, r := range text {
			if blank(r) {
				continue
			}
			if r < 0x80 {
				l.width++
			} else {
				l.width += 2
			}
		}
		l.indent = strings.HasPrefix(raw[lo:hi], "\u3000") || strings.HasPrefix(raw[lo:hi], "    ")
		l.page = pageNumber(text) || lo == 0 && strings.HasPrefix(strings.TrimPrefix(text, "\ufeff"), "# source")
		l.table = !l.page && isRow(raw[lo:hi])
		out = append(out, l)
		lo = next
	}
	return out
}

func blank(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// pageNumber recognises — 12 —, - 3 -, 第 4 页, 共 10 页 and a lone number.
func pageNumber(text string) bool {
	digits := 0
	text = strings.TrimPrefix(strings.TrimPrefix(text, "Page"), "page")
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits++
		case blank(r) || strings.ContainsRune("—–-－―·•.第页共/", r):
		default:
			return false
		}
	}
	return digits > 0 && digits <= 6 && !strings.Contains(text, ".")
}

// wrapWidth returns the width at which the lines of a hard-wrapped document
// break, or 0 if every line is a paragraph. In a wrapped document most long
// lines are equally long; otherwise their lengths scatter.
func wrapWidth(lines []rawLine) int {
	var hist [400]int
	n := 0
	for _, l := range lines {
		if l.width > 0 && !l.page && !l.table {
			hist[min(l.width, len(hist)-1)]++
			n++
		}
	}
	if n < 8 {
		return 0
	}
	best, at := 0, 0
	for w := 30; w < 160; w++ {
		sum := 0
		for k := w; k < w+7 && k < len(hist); k++ {
			sum += hist[k]
		}
		if sum > best {
			best, at = sum, w
		}
	}
	if best*2 < n {
		return 0
	}
	return at
}

// continues reports whether next belongs to the paragraph whose last line is
// last.
func continues(last, next rawLine, raw string, wrap int) bool {
	text := strings.TrimFunc(raw[next.lo:next.hi], blank)
	before := strings.TrimFunc(raw[last.lo:last.hi], blank)
	stop := false
	for _, w := range []string{"。", "！", "？", "：", ":", "。”"} {
		stop = stop || strings.HasSuffix(before, w)
	}
	if last.width < wrap-2 {
		// A shorter line goes on too if no sentence ends with it, as where
		// digits are narrower than the wrapping program took them to be.
		return !stop && last.width*10 >= wrap*6 && !next.indent && !headingMark(text)
	}
	return !stop || !next.indent && !headingMark(text)
}

// isRow reports whether a line is a row of a table: at least two cells
// divided by tabs, or by runs of two or more blanks or by bars, with a number
// in a cell of its own or a tab between short cells.
func isRow(line string) bool {
	if !strings.ContainsAny(line, "\t|│┃") && !strings.Contains(strings.TrimSpace(line), "  ") && !strings.Contains(strings.Trim(line, "\u3000 "), "\u3000\u3000") {
		return false
	}
	cells := rowCells(line)
	if len(cells) < 2 {
		return false
	}
	numeric := 0
	for _, c := range cells {
		t := strings.TrimSpace(line[c.lo:c.hi])
		if utf8.RuneCountInString(t) > 40 {
			return false
		}
		if numericCell(t) {
			numeric++
		}
	}
	return numeric > 0 || len(cells) >= 3 || strings.Contains(line, "\t") && strings.Contains(line, "年")
}

func numericCell(t string) bool {
	t = strings.TrimRight(strings.TrimSpace(t), "%％")
	if t == "" {
		return false
	}
	d := 0
	for _, r := range t {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			d++
		case strings.ContainsRune(".,-+−－．", r):
		default:
			return false
		}
	}
	return d > 0
}

// rowCells splits a line into cells, as byte ranges of the line.
func rowCells(line string) []cell {
	var out []cell
	lo, gap := -1, 0
	hard := strings.ContainsAny(line, "\t|│┃")
	flush := func(hi int) {
		if lo >= 0 {
			out = append(out, cell{lo, hi})
			lo = -1
		}
	}
	end := 0
	for i, r := range line {
		switch {
		case r == '\t' || r == '|' || r == '│' || r == '┃':
			flush(end)
			gap = 0
		case blank(r):
			gap++
			if r == '\u3000' {
				gap++
			}
			if gap >= 2 && !hard {
				flush(end)
			}
		default:
			if lo < 0 {
				lo = i
			}
			gap = 0
			end = i + utf8.RuneLen(r)
			if r == utf8.RuneError {
				_, w := utf8.DecodeRuneInString(line[i:])
				end = i + w
			}
		}
	}
	flush(end)
	return out
}

type paraBuilder struct {
	raw  string
	b    strings.Builder
	p    para
	last rune
	gap  bool // white space within the line since the last rune
}

func newParaBuilder(raw string, line int) *paraBuilder {
	return &paraBuilder{raw: raw, p: para{line: line}}
}

// add appends the bytes [lo, hi) of the original.
func (b *paraBuilder) add(lo, hi int) {
	b.gap = false
	for i := lo; i < hi; {
		r, w := utf8.DecodeRuneInString(b.raw[i:hi])
		if blank(r) {
			b.gap = true
			i += w
			continue
		}
		if n := footnote(b.raw[i:hi]); n > 0 && b.b.Len() > 0 {
			i += n
			continue
		}
		r = normal(r)
		if b.gap && isDigit(b.last) && isDigit(r) {
			b.put(' ', i, i) // two numbers side by side stay two
		}
		b.put(r, i, i+w)
		b.last, b.gap = r, false
		i += w
	}
}

// footnote returns how many bytes a reference to a note at the beginning of s
// has: [2], 【12】, ［3］; 0 if there is none. A year in brackets is no reference.
func footnote(s string) int {
	open, w := utf8.DecodeRuneInString(s)
	var end rune
	switch open {
	case '[':
		end = ']'
	case '【':
		end = '】'
	case '［':
		end = '］'
	default:
		return 0
	}
	digits := 0
	for i, c := range s[w:] {
		switch c = normal(c); {
		case isDigit(c) && digits < 3:
			digits++
		case (c == normal(end) || c == end) && digits > 0:
			return w + i + utf8.RuneLen(end)
		default:
			return 0
		}
	}
	return 0
}

func (b *paraBuilder) put(r rune, lo, hi int) {
	n := b.b.Len()
	b.b.WriteRune(r)
	for range b.b.Len() - n {
		b.p.at = append(b.p.at, int32(lo))
		b.p.end = append(b.p.end, int32(hi))
	}
}

func (b *paraBuilder) cut() { b.p.cuts = append(b.p.cuts, b.b.Len()) }

// row appends the cells of a row, divided by tabs.
func (b *paraBuilder) row(lo, hi int) {
	for i, c := range rowCells(b.raw[lo:hi]) {
		if i > 0 {
			b.put('\t', lo+c.lo, lo+c.lo)
		}
		from := b.b.Len()
		b.last = 0
		b.add(lo+c.lo, lo+c.hi)
		b.p.cells = append(b.p.cells, cell{from, b.b.Len()})
	}
	b.p.s = b.b.String()
}

func (b *paraBuilder) done() para { b.p.s = b.b.String(); return b.p }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// normal maps a character to the form the grammar knows: half-width letters,
// digits and signs, full-width punctuation, simplified characters.
func normal(r rune) rune {
	switch {
	case r == '(':
		return '（'
	case r == ')':
		return '）'
	case r == ';':
		return '；'
	case r < 0x80:
		return r
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r >= 'Ａ' && r <= 'Ｚ':
		return r - 'Ａ' + 'A'
	case r >= 'ａ' && r <= 'ｚ':
		return r - 'ａ' + 'a'
	case r == '％' || r == '﹪':
		return '%'
	case r == '．':
		return '.'
	case r == '：' || r == '∶':
		return ':'
	case r == '「' || r == '『':
		return '“'
	case r == '」' || r == '』':
		return '”'
	case r == utf8.RuneError:
		return '\ufffd'
	}
	if s, ok := simplified[r]; ok {
		return s
	}
	return r
}

// simplified maps the traditional characters of reports to simplified ones.
var simplified = func() map[rune]rune {
	t := []rune(traditionalChars)
	s := []rune(simplifiedChars)
	m := make(map[rune]rune, len(t))
	for i, c := range t {
		if i < len(s) && s[i] != c {
			m[c] = s[i]
		}
	}
	return m
}()
