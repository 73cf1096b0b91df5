package plotting

import (
	"image/color"
	"strings"
	"unicode"
	"unicode/utf8"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

type colour = color.Color

// Characters that must not begin or end a line, after GB/T 15834—2011 and the
// usual rules of Chinese typesetting (避头尾).
const (
	notAtStart = "，。、；：？！）》〉」』】〕”’％‰℃·…—–-～,.;:?!)]}%°/"
	notAtEnd   = "（《〈「『【〔“‘([{￥$不"
)

// wrap breaks s into lines of at most the given width: between Chinese
// characters, at spaces between words, never inside a number or a word unless
// it alone is wider than a line.
func (t *Text) wrap(s string, f font.Font, width vg.Length) []string {
	var out []string
	for _, para := range strings.Split(strings.TrimRight(s, "\n"), "\n") {
		out = append(out, t.wrapLine(para, f, width)...)
	}
	return out
}

// balance wraps s into as few lines as wrap does, but of like length, so that
// no word or two stand alone in the last line of a title.
func (t *Text) balance(s string, f font.Font, width vg.Length) []string {
	best := t.wrap(s, f, width)
	if len(best) < 2 {
		return best
	}
	if two := t.atPause(s, f, width); len(best) == 2 && two != nil {
		return two
	}
	for w := width * 0.97; w > width*0.4; w *= 0.97 {
		lines := t.wrap(s, f, w)
		if len(lines) > len(best) {
			break
		}
		best = lines
	}
	return best
}

// atPause breaks a line after a comma, colon or semicolon into two that fit
// and of which the shorter has a fifth of the length or more; nil if there is
// no such place.
func (t *Text) atPause(s string, f font.Font, width vg.Length) []string {
	if strings.Contains(s, "\n") {
		return nil
	}
	w := func(s string) vg.Length { x, _, _ := t.Box(s, f); return x }
	var best []string
	var bestGap vg.Length
	for i, r := range s {
		if !strings.ContainsRune("，；：,;:", r) {
			continue
		}
		a, b := s[:i+utf8.RuneLen(r)], strings.TrimLeft(s[i+utf8.RuneLen(r):], " ")
		if r < 0x80 && !strings.HasPrefix(s[i+1:], " ") { // a separator in a number
			continue
		}
		wa, wb := w(a), w(b)
		gap := max(wa-wb, wb-wa)
		if r == '：' || r == ':' { // what follows a colon belongs to it
			gap += 0.2 * width
		}
		if wa <= width && wb <= width && min(wa, wb) >= (wa+wb)/5 && (best == nil || gap < bestGap) {
			best, bestGap = []string{a, b}, gap
		}
	}
	return best
}

func (t *Text) wrapLine(s string, f font.Font, width vg.Length) []string {
	w := func(s string) vg.Length { x, _, _ := t.Box(s, f); return x }
	if w(s) <= width {
		return []string{s}
	}
	var out []string
	line := ""
	for _, word := range breakable(s) {
		if w(line+strings.TrimRight(word, " ")) <= width {
			line += word
			continue
		}
		if line != "" {
			out = append(out, strings.TrimRight(line, " "))
			line = ""
		}
		word = strings.TrimLeft(word, " ")
		for w(word) > width && len([]rune(word)) > 1 { // wider than a line: break it anywhere
			r := []rune(word)
			n := len(r) - 1
			for n > 1 && w(string(r[:n])) > width {
				n--
			}
			out = append(out, string(r[:n]))
			word = string(r[n:])
		}
		line = word
	}
	if line != "" {
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// breakable splits s into pieces between which a line may end. Spaces stay at
// the end of their piece.
func breakable(s string) []string {
	rs := []rune(s)
	var out []string
	start := 0
	for i := 1; i < len(rs); i++ {
		a, b := rs[i-1], rs[i]
		ok := wide(a) || wide(b) || a == ' ' || a == '-' && i > 1 && unicode.IsLetter(rs[i-2]) && unicode.IsLetter(b)
		if b == ' ' || strings.ContainsRune(notAtStart, b) && a != ' ' || strings.ContainsRune(notAtEnd, a) {
			ok = false
		}
		// A number stays with the unit after it.
		if unicode.IsDigit(a) && wide(b) {
			ok = false
		}
		if ok {
			out = append(out, string(rs[start:i]))
			start = i
		}
	}
	return append(out, string(rs[start:]))
}

// wide reports whether r is a Chinese character or full-width punctuation.
func wide(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFF60 || r >= 0x20000
}
