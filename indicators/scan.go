package indicators

import (
	"math"
	"math/big"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NumberClass says what a number in a text is. Only a Figure states how much of
// something there is; the other classes are found as well, so that a reader
// of text knows that they are no figures.
type NumberClass uint8

// The classes of numbers.
const (
	Figure    NumberClass = iota // a quantity with a unit, a share, a multiple
	Bare                         // without a unit: an index number, a rank without its word, a telephone number
	Calendar                     // a year, a month, a day: 2021年, 1—2月, 12月31日
	Duration                     // a length of time: 五年, 3个月
	Ordinal                      // 第三, 十四届, 36号
	Name                         // part of a name: PM2.5, 4S店, 2×35万千瓦, “8337”
	Threshold                    // a condition: 80岁以上老人, 20年以上小区, 15分钟就医圈
	RatioPart                    // one part of a ratio a:b:c; see Part
)

var numberClassNames = [...]string{"figure", "bare", "calendar", "duration", "ordinal", "name", "threshold", "ratio"}

// String returns the class in English.
func (c NumberClass) String() string { return numberClassNames[c] }

// Number is a number found in a text by Scan.
type Number struct {
	Value Value // as printed; a left or right qualifier is in Qual and Word
	High  Value // upper end of a range such as 6.5%—7%, whose lower end is Value; see Range
	Range bool  // whether High counts
	Unit  Unit  // with its multiplier; zero if the text gives none
	Class NumberClass
	Words bool // written in Chinese numerals or as a word (两所, 三分之二, 持平)
	Part  int  // place in a ratio a:b:c, from 1; 0 outside ratios
	Parts int  // how many parts the ratio has

	Start, End int // byte offsets, half open, of the number with its unit
	From, To   int // the same with the qualifying words around: 近500亿元左右
}

// Scan finds the numbers in a text: digits (ASCII or full width, with
// thousands separators), mixed forms (1万6千多, 3万多亿), 余 and 多 inside the
// number, fractions (2/3, 三分之二), 倍, 番, 成, 一半, ratios, ranges, 持平, and
// Chinese numerals in front of a measure word. White space, line breaks
// included, may stand between a number, its multiplier and its unit, but not
// between two digits. Traditional characters in numbers and units are read as
// simplified ones. Offsets point into text; numbers come in the order of
// their place and never overlap. The time is linear in the length.
func Scan(text string) []Number {
	s := newScanner(text)
	for i := 0; i < len(s.r); {
		n, next := s.at(i)
		if next > i {
			s.out = append(s.out, n...)
			i = next
			continue
		}
		i++
	}
	return s.out
}

// scanner walks over a text without white space, in normal form.
type scanner struct {
	r   []rune // normalised, white space removed
	off []int  // byte offset of each rune in the text, and of the end
	end []int  // byte offset behind each rune
	out []Number
}

func newScanner(text string) *scanner {
	n := utf8.RuneCountInString(text)
	s := &scanner{r: make([]rune, 0, n), off: make([]int, 0, n+1), end: make([]int, 0, n)}
	for i, c := range text {
		if unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' {
			continue
		}
		s.r = append(s.r, normRune(c))
		s.off = append(s.off, i)
		w := utf8.RuneLen(c)
		if c == utf8.RuneError { // one byte of invalid UTF-8, or U+FFFD itself
			_, w = utf8.DecodeRuneInString(text[i:])
		}
		s.end = append(s.end, i+w)
	}
	return s
}

// normRune maps full-width forms and the traditional characters that occur in
// numbers and units to the forms that the scanner knows.
func normRune(c rune) rune {
	switch {
	case c < 0x80:
		return c
	case c >= '０' && c <= '９':
		return c - '０' + '0'
	case c >= 'Ａ' && c <= 'Ｚ':
		return c - 'Ａ' + 'A'
	case c >= 'ａ' && c <= 'ｚ':
		return c - 'ａ' + 'a'
	}
	switch c {
	case '．':
		return '.'
	case '％', '﹪':
		return '%'
	case '：', '∶', '︰':
		return ':'
	case '／':
		return '/'
	case '＋':
		return '+'
	case '－', '−', '–', '—', '～', '〜', '―':
		return '-'
	case '(':
		return '（'
	case ')':
		return '）'
	case '×', '╳', '✕':
		return '×'
	case '＃':
		return '#'
	case '億':
		return '亿'
	case '萬':
		return '万'
	case '個':
		return '个'
	case '戶':
		return '户'
	case '張':
		return '张'
	case '條':
		return '条'
	case '項':
		return '项'
	case '噸':
		return '吨'
	case '畝':
		return '亩'
	case '頃':
		return '顷'
	case '圓':
		return '元'
	case '輛':
		return '辆'
	case '處':
		return '处'
	case '場':
		return '场'
	case '臺':
		return '台'
	case '標':
		return '标'
	case '點':
		return '点'
	case '餘':
		return '余'
	case '兩':
		return '两'
	case '約':
		return '约'
	case '過':
		return '过'
	case '內':
		return '内'
	case '達':
		return '达'
	case '於':
		return '于'
	case '歲':
		return '岁'
	case '號':
		return '号'
	case '畢':
		return '毕'
	}
	return c
}

func isDigit(c rune) bool { return c >= '0' && c <= '9' }

func isLetter(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 'α' && c <= 'ω' || c >= 'Α' && c <= 'Ω'
}

func (s *scanner) rune(i int) rune {
	if i < 0 || i >= len(s.r) {
		return 0
	}
	return s.r[i]
}

// has reports whether w stands at i.
func (s *scanner) has(i int, w string) bool {
	if i < 0 {
		return false
	}
	for _, c := range w {
		if i >= len(s.r) || s.r[i] != c {
			return false
		}
		i++
	}
	return true
}

// ends reports whether w stands right before i.
func (s *scanner) ends(i int, w string) bool { return s.has(i-utf8.RuneCountInString(w), w) }

// adjacent reports whether runes i and i+1 touch in the text.
func (s *scanner) adjacent(i int) bool { return i+1 < len(s.r) && s.end[i] == s.off[i+1] }

// at reads the number that begins at i. next is i if there is none.
func (s *scanner) at(i int) (out []Number, next int) {
	c := s.r[i]
	switch {
	case isDigit(c):
		return s.arabic(i)
	case c == '持' && s.has(i, "持平"):
		n := s.number(i, i+2, Value{})
		n.Unit, n.Words = MustUnit("%"), true
		return []Number{n}, i + 2
	case c == '翻' && s.has(i, "翻番"):
		n := s.number(i+1, i+2, Value{Coef: 1})
		n.Unit, n.Words = MustUnit("番"), true
		return []Number{n}, i + 2
	case c == '减' && s.has(i, "减半"):
		n := s.number(i+1, i+2, Value{Coef: 1, Den: 2})
		n.Words = true
		return []Number{n}, i + 2
	case c == '过' && s.has(i, "过半") && strings.ContainsRune("，,。；;、）", s.rune(i+2)):
		n := s.number(i+1, i+2, Value{Coef: 1, Den: 2, Qual: Over, Word: "过"})
		n.Words, n.From = true, s.off[i]
		return []Number{n}, i + 2
	case isNumeral(c):
		return s.words(i)
	}
	return nil, i
}

// number makes a Number of the runes [i, j).
func (s *scanner) number(i, j int, v Value) Number {
	return Number{Value: v, Start: s.off[i], End: s.end[j-1], From: s.off[i], To: s.end[j-1]}
}

// digits reads a run of ASCII digits with an optional decimal part and
// thousands separators.
func (s *scanner) digits(i int) (v Value, j int, ok bool) {
	j = i
	for isDigit(s.rune(j)) && (j == i || s.adjacent(j-1)) {
		j++
	}
	if j-i <= 3 { // 1,234,567
		k := j
		for s.rune(k) == ',' && isDigit(s.rune(k+1)) && isDigit(s.rune(k+2)) && isDigit(s.rune(k+3)) && !isDigit(s.rune(k+4)) {
			if s.off[k+3] != s.off[k]+3 || !s.adjacent(k-1) || s.end[k-1]-s.off[k-1] > 1 {
				break
			}
			k += 4
		}
		j = k
	}
	if s.rune(j) == '.' && isDigit(s.rune(j+1)) && s.adjacent(j) && s.adjacent(j-1) {
		k := j + 1
		for isDigit(s.rune(k)) && (k == j+1 || s.adjacent(k-1)) {
			k++
		}
		j = k
	}
	v, err := ParseValue(string(s.r[i:j]))
	return v, j, err == nil
}

// multiplier returns the multiplier that stands at i, in the longest form.
func (s *scanner) multiplier(i int) (text string, j int) {
	for _, m := range multipliers {
		if s.has(i, m.text) {
			return m.text, i + utf8.RuneCountInString(m.text)
		}
	}
	return "", i
}

// arabic reads a number that begins with a digit.
func (s *scanner) arabic(i int) ([]Number, int) {
	v, j, ok := s.digits(i)
	if !ok { // too long to be a number: a code
		for isDigit(s.rune(j)) {
			j++
		}
		n := s.number(i, j, Value{})
		n.Class = Name
		return []Number{n}, j
	}
	if s.rune(j) == '/' && v.Exp == 0 && isDigit(s.rune(j+1)) && s.adjacent(j) {
		if d, k, ok := s.digits(j + 1); ok && d.Exp == 0 && d.Coef > v.Coef && d.Coef <= 1000 {
			f := s.number(i, k, Value{Coef: v.Coef, Den: d.Coef})
			s.qualify(&f, i, k)
			return []Number{f}, k
		}
	}
	if parts, k := s.ratio(i); k > i {
		return parts, k
	}
	n, k := s.tail(i, j, v)
	// A range: the second number follows the sign and has the unit.
	if sep := s.rangeSep(k); sep > 0 && n.Value.Qual == Exact {
		if v2, j2, ok := s.digits(k + sep); ok {
			n2, k2 := s.tail(k+sep, j2, v2)
			if rangeFits(n, n2) {
				n2.High, n2.High.Qual, n2.High.Word = n2.Value, Exact, ""
				q, w := n2.Value.Qual, n2.Value.Word
				n2.Value = n.Value
				n2.Value.Qual, n2.Value.Word = q, w
				if k := n.Unit.Scale; k != 0 && k < n2.Unit.Scale {
					// 9000万—1.2亿元: the upper end in the lower end's unit.
					n2.High = shift(n2.High, int(math.Round(math.Log10(n2.Unit.Scale/k))))
					if n.Unit.Base != BaseOne {
						n2.Unit = n.Unit
					} else if u, err := ParseUnit(n.Unit.Symbol + withoutMultiplier(n2.Unit.Symbol)); err == nil {
						n2.Unit = u
					}
				}
				n2.Range, n2.Start, n2.From = true, n.Start, n.From
				s.classify(&n2, i, k2)
				return []Number{n2}, k2
			}
		}
	}
	s.classify(&n, i, k)
	return []Number{n}, k
}

// rangeSep returns how many runes a range sign at i has, 0 if there is none.
func (s *scanner) rangeSep(i int) int {
	switch {
	case s.rune(i) == '-' && s.rune(i+1) == '-' && isDigit(s.rune(i+2)):
		return 2
	case (s.rune(i) == '-' || s.rune(i) == '~' || s.rune(i) == '至' || s.rune(i) == '到') && isDigit(s.rune(i+1)):
		return 1
	}
	return 0
}

// rangeFits reports whether a and b can be the ends of one range: rising, and
// with the same unit or the unit at the end only.
func rangeFits(a, b Number) bool {
	if a.Class == Calendar || b.Class == Calendar {
		return a.Class == b.Class || a.Unit.IsZero()
	}
	if b.Unit.IsZero() || !a.Unit.IsZero() && a.Unit.Base != BaseOne && a.Unit.Base != b.Unit.Base {
		return false
	}
	x, y := a.Value.Float(), b.Value.Float()
	if !a.Unit.IsZero() {
		x, y = x*a.Unit.Scale, y*b.Unit.Scale
	}
	return x < y
}

// shift multiplies v by 10^p exactly; a number that does not fit stays as it is.
func shift(v Value, p int) Value {
	for ; p > 0; p-- {
		if v.Exp < 0 {
			v.Exp++
			continue
		}
		if v.Coef > 1e17 || v.Coef < -1e17 {
			return v
		}
		v.Coef *= 10
	}
	return v
}

// tail reads what follows the digits [i, j): 余 and 多, multipliers, further
// digits of a mixed form, and the unit.
func (s *scanner) tail(i, j int, v Value) (Number, int) {
	word := ""
	more := func() {
		if word == "" && (s.rune(j) == '余' || s.rune(j) == '多' && s.rune(j+1) != '于' && s.rune(j+1) != '元' || s.rune(j) == '几' && isUnitStart(s, j+1)) {
			word = string(s.r[j])
			j++
		}
	}
	if s.rune(j) == '多' && s.rune(j+1) == '元' { // 多元化 needs no number before it, 100多元 does
		word, j = "多", j+1
	}
	more()
	mult, k := s.bestMultiplier(j)
	if mult != "" {
		// Mixed form: 1万6千多, 25万6千, 3万4000, 2亿4千多万.
		if w, jj, q, ok := s.mixed(k, v, mult); ok && word == "" {
			n := s.unit(i, jj, w, "")
			if q != "" {
				n.n.Value.Qual, n.n.Value.Word = Over, q
			}
			return n.n, n.next
		}
		j = k
		more()
		if word != "" { // 3万多亿: a second multiplier behind 多
			if m2, k2 := s.bestMultiplier(j); m2 != "" && multiplierScale(mult) < multiplierScale(m2) {
				mult, j = mult+m2, k2
			}
		}
	}
	r := s.unit(i, j, v, mult)
	if word == "" && (s.rune(r.next) == '余' || s.rune(r.next) == '多' && strings.ContainsRune("，,。；;、的", s.rune(r.next+1))) && !r.n.Unit.IsZero() {
		// 100人余, 3个月多: the word behind the unit
		if s.rune(r.next) == '余' && s.rune(r.next+1) != '额' && s.rune(r.next+1) != '热' && s.rune(r.next+1) != '下' || s.rune(r.next) == '多' {
			word = string(s.r[r.next])
			r.next++
			r.n.To = s.end[r.next-1]
		}
	}
	if word != "" {
		r.n.Value.Qual, r.n.Value.Word = Over, word
	}
	return r.n, r.next
}

func multiplierScale(m string) float64 {
	for _, x := range multipliers {
		if x.text == m {
			return x.scale
		}
	}
	return 1
}

// withoutMultiplier returns a unit's symbol without the multiplier in front.
func withoutMultiplier(sym string) string {
	for _, m := range multipliers {
		if rest, ok := strings.CutPrefix(sym, m.text); ok && rest != "" {
			return rest
		}
	}
	return sym
}

func isUnitStart(s *scanner, i int) bool {
	m, j := s.multiplier(i)
	return m != "" || s.unitLen(j) > 0
}

// bestMultiplier returns the multiplier at j unless the characters are the
// beginning of a unit (千瓦, 百分点) or of a noun.
func (s *scanner) bestMultiplier(j int) (string, int) {
	m, k := s.multiplier(j)
	if m == "" {
		return "", j
	}
	if l := s.unitLen(j); l > 0 && l >= k-j+s.unitLen(k) {
		return "", j
	}
	if m == "千" && s.has(j, "千瓦") || m == "百" && s.has(j, "百分") {
		return "", j
	}
	return m, k
}

// mixed reads the second half of 1万6千: digits behind the multiplier m, with
// a smaller multiplier or none.
func (s *scanner) mixed(k int, v Value, m string) (w Value, j int, word string, ok bool) {
	if v.Exp != 0 || !isDigit(s.rune(k)) || !s.adjacent(k-1) {
		return v, k, "", false
	}
	d, j, ok := s.digits(k)
	if !ok || d.Exp != 0 || d.Den != 0 {
		return v, k, "", false
	}
	if s.rune(j) == '年' || s.rune(j) == '月' {
		return v, k, "", false
	}
	scale := 1.0
	more := func() {
		if word == "" && (s.rune(j) == '余' || s.rune(j) == '多') {
			word = string(s.r[j])
			j++
		}
	}
	more()
	if m2, k2 := s.bestMultiplier(j); m2 != "" {
		scale, j = multiplierScale(m2), k2
		more()
		if m3, k3 := s.bestMultiplier(j); m3 != "" && scale*multiplierScale(m3) < multiplierScale(m) {
			scale, j = scale*multiplierScale(m3), k3
			more()
		}
	} else if word == "" && j-k != zerosOf(m) && s.unitLen(j) == 0 {
		return v, k, "", false
	}
	big := multiplierScale(m)
	x := float64(v.Coef)*big + float64(d.Coef)*scale
	if float64(d.Coef)*scale >= big || x > 9e15 {
		return v, k, "", false
	}
	return Value{Coef: int64(x)}, j, word, true
}

// zerosOf returns how many zeros a multiplier has: 万 of 3万4000 has four, as
// many as digits follow it.
func zerosOf(m string) int { return int(math.Round(math.Log10(multiplierScale(m)))) }

type withUnit struct {
	n    Number
	next int
}

// unit reads the unit at j of the number v that began at i.
func (s *scanner) unit(i, j int, v Value, mult string) withUnit {
	if v.Den == 0 && s.has(j, "人民币") {
		if l := s.unitLen(j + 3); l > 0 {
			j += 3
		}
	}
	l := s.unitLen(j)
	if l > 0 && s.rune(j+l) == '/' { // 元/吨 and the like
		_, k := s.multiplier(j + l + 1)
		if l2 := s.unitLen(k); l2 > 0 {
			l = k - j + l2
		}
	}
	k := j + l
	if mult == "" && s.has(j, "个批次") { // 5个批次 counts batches
		j, k = j+1, j+3
	}
	n := s.number(i, k, v)
	if l > 0 || mult != "" {
		sym := mult + string(s.r[j:k])
		u, err := ParseUnit(sym)
		if err != nil {
			scale := 1.0
			if mult != "" {
				scale = multiplierScale(mult)
			}
			if l == 0 { // 5百, 3千 without a measure word: a bare number
				n.Value = shift(v, int(math.Round(math.Log10(scale))))
				return withUnit{n, k}
			}
			u = Unit{Symbol: sym, Base: string(s.r[j:k]), Scale: scale}
		}
		n.Unit = u
	}
	return withUnit{n, k}
}

// unitLen returns how many runes the longest known unit at i has.
func (s *scanner) unitLen(i int) int {
	if i >= len(s.r) {
		return 0
	}
	for _, u := range unitIndex[s.r[i]] {
		if s.has(i, u.text) {
			return u.runes
		}
	}
	return 0
}

type indexedUnit struct {
	text  string
	runes int
}

// unitIndex holds the units of the lists by first character, longest first.
// It is filled once and never changed.
var unitIndex = func() map[rune][]indexedUnit {
	m := map[rune][]indexedUnit{}
	for _, u := range Units() {
		t := strings.Map(normRune, u)
		first, _ := utf8.DecodeRuneInString(t)
		m[first] = append(m[first], indexedUnit{t, utf8.RuneCountInString(t)})
	}
	for _, us := range m {
		sort.SliceStable(us, func(i, j int) bool { return us[i].runes > us[j].runes })
	}
	return m
}()

// ratio reads a:b or a:b:c; a ratio of two needs a decimal point or a word
// such as 比 before it, for 8:30 is a time.
func (s *scanner) ratio(i int) ([]Number, int) {
	var parts []Number
	j := i
	for {
		v, k, ok := s.digits(j)
		if !ok {
			return nil, i
		}
		parts = append(parts, s.number(j, k, v))
		j = k
		if s.rune(j) == '%' && s.rune(j+1) == ':' {
			return nil, i
		}
		if s.rune(j) != ':' || !isDigit(s.rune(j+1)) || len(parts) == 6 {
			break
		}
		j++
	}
	if len(parts) < 2 || len(parts) == 2 && !s.ends(i, "比为") && !s.ends(i, "比例为") && !s.ends(i, "之比为") && !s.ends(i, "比") && !s.ends(i, "比是") && !s.ends(i, "比达") {
		return nil, i
	}
	for p := range parts {
		parts[p].Class, parts[p].Part, parts[p].Parts = RatioPart, p+1, len(parts)
	}
	return parts, j
}

// Base returns the number multiplied out by its unit, exactly: 2.6万 is
// 26000. The lower end of a range is meant.
func (n Number) Base() *big.Rat {
	r := n.Value.Rat()
	if n.Unit.Scale != 0 {
		if k := new(big.Rat).SetFloat64(n.Unit.Scale); k != nil {
			r.Mul(r, k)
		}
	}
	return r
}
