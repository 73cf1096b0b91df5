package document

import (
	"io"
	"sort"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// fontMap turns the strings that a font shows into text. A font's own map to
// Unicode goes first, whatever its encoding says; the Chinese encodings that
// PDF predefines come next, and the parser's encoders last.
type fontMap struct {
	codes  [4]bool // lengths of codes in bytes, less one, that the map has
	chars  map[uint32]string
	ranges []codeRange
	decode func(raw string) string
	blind  bool // no way to Unicode is known
}

// codeRange maps the codes lo to hi to consecutive characters from dst, or to
// the elements of list.
type codeRange struct {
	lo, hi uint32
	size   int // bytes of a code
	dst    []rune
	list   []string
}

const maxMapEntries = 1 << 18 // of one font; a real one has at most 65 536

// newFontMap reads the map of a font.
func newFontMap(f pdf.Font) *fontMap {
	m := &fontMap{}
	if tu := f.V.Key("ToUnicode"); tu.Kind() == pdf.Stream {
		m.read(tu)
		if len(m.chars)+len(m.ranges) > 0 {
			return m
		}
	}
	switch enc := f.V.Key("Encoding").Name(); enc {
	case "GBK-EUC-H", "GBK-EUC-V", "GBKp-EUC-H", "GBKp-EUC-V", "GBK2K-H", "GBK2K-V", "GB-EUC-H", "GB-EUC-V", "GBpc-EUC-H":
		m.decode = func(raw string) string {
			s, err := simplifiedchinese.GB18030.NewDecoder().String(raw)
			if err != nil {
				return ""
			}
			return s
		}
	case "UniGB-UCS2-H", "UniGB-UCS2-V", "UniGB-UTF16-H", "UniGB-UTF16-V":
		m.decode = func(raw string) string { return string(utf16Runes(raw)) }
	case "Identity-H", "Identity-V":
		m.blind = true // glyph numbers without a map
	default:
		e := f.Encoder()
		m.decode = e.Decode
	}
	return m
}

// read parses a ToUnicode stream. Only its tables matter: between begin… and
// end… stand strings in angle brackets, some in square ones.
func (m *fontMap) read(stream pdf.Value) {
	m.chars = map[uint32]string{}
	rd := stream.Reader()
	defer rd.Close()
	data, err := io.ReadAll(io.LimitReader(rd, 8<<20))
	if err != nil {
		return
	}
	entries := 0
	full := func() bool { entries++; return entries > maxMapEntries }
	var args []mapArg
	for i := 0; i < len(data); {
		switch c := data[i]; {
		case c == '<' && i+1 < len(data) && data[i+1] != '<':
			var s string
			s, i = hexString(data, i+1)
			args = append(args, mapArg{s: s})
		case c == '[':
			arg := mapArg{array: true}
			for i++; i < len(data) && data[i] != ']'; {
				if data[i] == '<' {
					var s string
					s, i = hexString(data, i+1)
					if !full() {
						arg.list = append(arg.list, string(utf16Runes(s)))
					}
					continue
				}
				i++
			}
			args = append(args, arg)
		case c >= 'a' && c <= 'z':
			j := i
			for j < len(data) && data[j] >= 'a' && data[j] <= 'z' {
				j++
			}
			m.table(string(data[i:j]), args, full)
			args, i = args[:0], j
		case c == '%':
			for i < len(data) && data[i] != '\n' && data[i] != '\r' {
				i++
			}
		case c == '/': // a name, which may read like an operator
			for i++; i < len(data) && data[i] > ' ' && data[i] != '/' && data[i] != '<' && data[i] != '['; i++ {
			}
		default:
			i++
		}
	}
	sort.SliceStable(m.ranges, func(i, j int) bool { return m.ranges[i].lo < m.ranges[j].lo })
}

// mapArg is a string or an array of strings in a ToUnicode stream.
type mapArg struct {
	s     string
	array bool
	list  []string
}

// hexString reads the digits from i to the closing bracket.
func hexString(data []byte, i int) (string, int) {
	var out []byte
	half, digits := byte(0), 0
	for ; i < len(data) && data[i] != '>'; i++ {
		var d byte
		switch c := data[i]; {
		case c >= '0' && c <= '9':
			d = c - '0'
		case c >= 'a' && c <= 'f':
			d = c - 'a' + 10
		case c >= 'A' && c <= 'F':
			d = c - 'A' + 10
		default:
			continue
		}
		if digits++; digits%2 == 1 {
			half = d << 4
		} else {
			out = append(out, half|d)
		}
	}
	if digits%2 == 1 {
		out = append(out, half)
	}
	return string(out), i + 1
}

// table enters the rows of one table, whose end is the operator op.
func (m *fontMap) table(op string, args []mapArg, full func() bool) {
	switch op {
	case "endcodespacerange":
		for i := 1; i < len(args); i += 2 {
			if n := len(args[i].s); n >= 1 && n <= 4 {
				m.codes[n-1] = true
			}
		}
	case "endbfchar":
		for i := 0; i+1 < len(args); i += 2 {
			code, n := number(args[i].s)
			if n == 0 || full() {
				continue
			}
			m.chars[key(code, n)] = string(utf16Runes(args[i+1].s))
		}
	case "endbfrange":
		for i := 0; i+2 < len(args); i += 3 {
			lo, n := number(args[i].s)
			hi, k := number(args[i+1].s)
			if n == 0 || n != k || hi < lo || full() {
				continue
			}
			r := codeRange{lo: lo, hi: hi, size: n}
			if args[i+2].array {
				r.list = args[i+2].list
			} else {
				r.dst = utf16Runes(args[i+2].s)
			}
			m.ranges = append(m.ranges, r)
		}
	}
}

// key makes codes of different lengths different keys.
func key(code uint32, n int) uint32 { return code | uint32(n-1)<<30 }

func number(s string) (code uint32, n int) {
	if len(s) > 4 {
		return 0, 0
	}
	for _, b := range []byte(s) {
		code = code<<8 | uint32(b)
	}
	return code & (1<<30 - 1), len(s)
}

func utf16Runes(s string) []rune {
	if len(s) == 1 {
		return []rune{rune(s[0])}
	}
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return utf16.Decode(u)
}

// text decodes a string; unknown counts the codes without a character.
func (m *fontMap) text(raw string) (s string, unknown int) {
	if m.blind {
		return "", (len(raw) + 1) / 2
	}
	if m.decode != nil {
		return m.decode(raw), 0
	}
	var out []byte
	for len(raw) > 0 {
		n := m.codeLen(raw)
		code, _ := number(raw[:n])
		raw = raw[n:]
		if t, ok := m.chars[key(code, n)]; ok {
			out = append(out, t...)
			continue
		}
		if t, ok := m.inRange(code, n); ok {
			out = append(out, t...)
			continue
		}
		unknown++
	}
	return string(out), unknown
}

// codeLen returns the length of the next code: the shortest for which the map
// has a character, else the shortest it declares.
func (m *fontMap) codeLen(raw string) int {
	shortest := 0
	for n := 1; n <= min(4, len(raw)); n++ {
		if !m.codes[n-1] {
			continue
		}
		if shortest == 0 {
			shortest = n
		}
		code, _ := number(raw[:n])
		if _, ok := m.chars[key(code, n)]; ok {
			return n
		}
		if _, ok := m.inRange(code, n); ok {
			return n
		}
	}
	if shortest == 0 {
		shortest = min(len(raw), 2)
	}
	return shortest
}

func (m *fontMap) inRange(code uint32, n int) (string, bool) {
	i := sort.Search(len(m.ranges), func(i int) bool { return m.ranges[i].lo > code })
	for i--; i >= 0; i-- {
		r := &m.ranges[i]
		if code > r.hi || r.size != n {
			if i > 0 && m.ranges[i-1].hi >= code && r.size != n {
				continue
			}
			return "", false
		}
		k := int(code - r.lo)
		if r.list != nil {
			if k < len(r.list) {
				return r.list[k], true
			}
			return "", false
		}
		if len(r.dst) == 0 {
			return "", false
		}
		t := append([]rune(nil), r.dst...)
		t[len(t)-1] += rune(k)
		return string(t), true
	}
	return "", false
}
