package cjk

import (
	"crypto/sha256"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/encoding/simplifiedchinese"
	"gonum.org/v1/plot/font"
)

//go:embed tgh8105.txt
var tghFile string

// tgh returns the characters of 通用规范汉字表 in the order of the table.
func tgh(t *testing.T) []rune {
	var out []rune
	for line := range strings.Lines(tghFile) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, []rune(strings.TrimSpace(line))...)
		}
	}
	// State Council notice 国发〔2013〕23号: 8105 characters, of which
	// level 1 has 3500, level 2 has 3000 and level 3 has 1605.
	if len(out) != 8105 {
		t.Fatalf("tgh8105.txt has %d characters, want 8105", len(out))
	}
	if sorted := slices.Sorted(slices.Values(out)); len(slices.Compact(sorted)) != 8105 {
		t.Fatal("tgh8105.txt lists a character twice")
	}
	return out
}

// gb2312 returns the code points of GB 2312-80, decoded by the GBK table,
// whose two-byte codes in these ranges are those of GB 2312. Where other
// tables of GB 2312 differ (・ for ·, ― for —), both are in the font.
func gb2312(t *testing.T) []rune {
	// Rows of GB 2312-80 and the codes assigned in each.
	rows := []struct{ lead, lastLead, first, last byte }{
		{0xA1, 0xA1, 0xA1, 0xFE}, // symbols
		{0xA2, 0xA2, 0xB1, 0xE2}, // ⒈–⒛ ⑴–⒇ ①–⑩
		{0xA2, 0xA2, 0xE5, 0xEE}, // ㈠–㈩
		{0xA2, 0xA2, 0xF1, 0xFC}, // Ⅰ–Ⅻ
		{0xA3, 0xA3, 0xA1, 0xFE}, // full-width ASCII
		{0xA4, 0xA4, 0xA1, 0xF3}, // hiragana
		{0xA5, 0xA5, 0xA1, 0xF6}, // katakana
		{0xA6, 0xA6, 0xA1, 0xB8}, // Greek capitals
		{0xA6, 0xA6, 0xC1, 0xD8}, // Greek small letters
		{0xA7, 0xA7, 0xA1, 0xC1}, // Cyrillic capitals
		{0xA7, 0xA7, 0xD1, 0xF1}, // Cyrillic small letters
		{0xA8, 0xA8, 0xA1, 0xBA}, // pinyin letters
		{0xA8, 0xA8, 0xC5, 0xE9}, // bopomofo
		{0xA9, 0xA9, 0xA4, 0xEF}, // box drawing
		{0xB0, 0xD6, 0xA1, 0xFE}, // level 1
		{0xD7, 0xD7, 0xA1, 0xF9}, // level 1, last row
		{0xD8, 0xF7, 0xA1, 0xFE}, // level 2
	}
	dec := simplifiedchinese.GBK.NewDecoder()
	var out []rune
	for _, row := range rows {
		for lead := int(row.lead); lead <= int(row.lastLead); lead++ {
			for trail := int(row.first); trail <= int(row.last); trail++ {
				b, err := dec.Bytes([]byte{byte(lead), byte(trail)})
				r, n := utf8.DecodeRune(b)
				if err != nil || n != len(b) || r == utf8.RuneError {
					t.Fatalf("GB 2312 code %02X%02X decodes to %q, %v", lead, trail, b, err)
				}
				out = append(out, r)
			}
		}
	}
	// GB 2312-80: 682 symbols, 3755 characters of level 1, 3008 of level 2.
	if len(out) != 682+3755+3008 {
		t.Fatalf("GB 2312 has %d code points, want 7445", len(out))
	}
	return append(out, '・', '―')
}

// parts are the ranges of subset.py with what the source font lacks in each:
// the package comment rests on these lists. "A–B" is a range of code points.
var parts = []struct {
	name, runes, lacks string
}{
	{"ASCII and Latin-1", "\u0020–\u007E \u00A0–\u00FF", ""},
	// What remains are letters of pinyin and Vietnamese and the œ of French.
	{"Latin Extended-A", "\u0100–\u017F",
		"\u0104–\u010F \u0114–\u0119 \u011C–\u0127 \u012C–\u0142 \u0145–\u0146 \u0149–\u014B \u0150–\u0151 \u0154–\u0167 \u016E–\u017F"},
	{"punctuation", "\u2010–\u2027 \u2030–\u203A \u20AC \u3000–\u301F", "\u2017 \u201B \u201F \u2023 \u2024 \u2031 \u2034 \u2036–\u2038"},
	{"fraction slash", "\u2044", "\u2044"},
	{"super- and subscripts", "\u2070–\u2071 \u2074–\u208E \u2090–\u209C", "\u2070–\u2071 \u2075–\u208E \u2090–\u209C"},
	{"fractions", "\u2153–\u215F", "\u2153–\u215F"},
	{"roman numerals", "\u2160–\u217F", "\u216C–\u216F \u217C–\u217F"},
	{"letterlike", "℃ ℉ № ™ \u2126 \u212B", ""},
	{"arrows", "←–↙", ""},
	{"mathematics", "∀ ∂ ∆ ∈ ∏ ∑–∓ ∕ √ ∝ ∞ ∧–∫ ≈ ≠ ≡ ≤ ≥ ⊕", ""},
	{"circled and bracketed numbers", "①–⑳ ㈠–㈩", ""},
	{"marks", "■ □ ▲ △ ▶ ▷ ▼ ▽ ◀ ◆ ◇ ○ ◎ ● ★ ☆ ✓ ✔ ✗", "✔ ✗"},
	{"squared units", "㎎ ㎏ ㎜ ㎝ ㎞ ㎡ ㎥ ㏄", ""},
	{"full-width forms", "！–～ ￠–￦", ""},
}

// expand turns a list such as "A–C X", items parted by one space, into its
// code points.
func expand(t *testing.T, list string) []rune {
	var out []rune
	rs := []rune(list)
	for i := 0; i < len(rs); {
		first, last := rs[i], rs[i]
		i++
		if i+1 < len(rs) && rs[i] == '–' {
			last = rs[i+1]
			i += 2
		}
		if i < len(rs) && rs[i] != ' ' || first > last {
			t.Fatalf("bad list %q at %d", list, i)
		}
		i++
		for r := first; r <= last; r++ {
			out = append(out, r)
		}
	}
	return out
}

// loads reports whether the face has a glyph for r that can be drawn.
func loads(t *testing.T, f *sfnt.Font, buf *sfnt.Buffer, r rune) bool {
	t.Helper()
	g, err := f.GlyphIndex(buf, r)
	if err != nil {
		t.Fatalf("%U: %v", r, err)
	}
	if g == 0 {
		return false
	}
	segs, err := f.LoadGlyph(buf, g, fixed.Int26_6(f.UnitsPerEm()), nil)
	if err != nil {
		t.Errorf("%U %c: %v", r, r, err)
	}
	if blank := r == ' ' || r == '\u00A0' || r == '\u3000'; blank != (len(segs) == 0) {
		t.Errorf("%U %c: outline has %d segments", r, r, len(segs))
	}
	return true
}

func TestCoverage(t *testing.T) {
	chinese := []struct {
		name  string
		runes []rune
	}{
		{"GB 2312", gb2312(t)},
		{"通用规范汉字表", tgh(t)},
	}
	for _, face := range Collection() {
		t.Run(face.Name(), func(t *testing.T) {
			var buf sfnt.Buffer
			for _, c := range chinese {
				for _, r := range c.runes {
					if !loads(t, face.Face, &buf, r) {
						t.Errorf("%s: no glyph for %U %c", c.name, r, r)
					}
				}
			}
			for _, p := range parts {
				lacks := expand(t, p.lacks)
				for _, r := range expand(t, p.runes) {
					want := !slices.Contains(lacks, r)
					if got := loads(t, face.Face, &buf, r); got != want {
						t.Errorf("%s: %U %c has a glyph: %t, want %t", p.name, r, r, got, want)
					}
				}
			}
		})
	}
}

// TestHan checks that Chinese characters differ in outline and share one
// width: a subset whose glyph order went wrong would draw the wrong ones.
func TestHan(t *testing.T) {
	for _, face := range Collection() {
		var buf sfnt.Buffer
		f := face.Face
		ppem := fixed.Int26_6(f.UnitsPerEm())
		// 瀍河回族区 of Luoyang is in no GB 2312 font; 河 is another place.
		// 𬶭 (level 3 of 通用规范汉字表) lies beyond U+FFFF.
		seen := map[string]rune{}
		for _, r := range "瀍河回族区亿元𬶭" {
			g, err := f.GlyphIndex(&buf, r)
			if err != nil || g == 0 {
				t.Fatalf("%s: %c has glyph %d, %v", face.Name(), r, g, err)
			}
			segs, err := f.LoadGlyph(&buf, g, ppem, nil)
			if err != nil {
				t.Fatal(err)
			}
			key := fmt.Sprint(segs)
			if other, ok := seen[key]; ok {
				t.Errorf("%s: %c is drawn as %c", face.Name(), r, other)
			}
			seen[key] = r
			adv, err := f.GlyphAdvance(&buf, g, ppem, stdfont.HintingNone)
			if err != nil || adv != ppem {
				t.Errorf("%s: %c is %v units wide, want %v; %v", face.Name(), r, adv, ppem, err)
			}
		}
	}
}

// TestNames checks what the licence of the original asks: a name of its own,
// and the copyright and licence kept.
func TestNames(t *testing.T) {
	want := []map[sfnt.NameID]string{
		{
			sfnt.NameIDFamily:           "Zhibiao Sans SC",
			sfnt.NameIDSubfamily:        "Regular",
			sfnt.NameIDUniqueIdentifier: "2.004;NONE;ZhibiaoSansSC-Regular",
			sfnt.NameIDFull:             "Zhibiao Sans SC",
			sfnt.NameIDPostScript:       "ZhibiaoSansSC-Regular",
		},
		{
			sfnt.NameIDFamily:           "Zhibiao Sans SC",
			sfnt.NameIDSubfamily:        "Bold",
			sfnt.NameIDUniqueIdentifier: "2.004;NONE;ZhibiaoSansSC-Bold",
			sfnt.NameIDFull:             "Zhibiao Sans SC Bold",
			sfnt.NameIDPostScript:       "ZhibiaoSansSC-Bold",
		},
	}
	for i, face := range Collection() {
		for id, w := range want[i] {
			if got, err := face.Face.Name(nil, id); got != w || err != nil {
				t.Errorf("%s: name %d is %q, %v, want %q", face.Name(), id, got, err, w)
			}
		}
		for id := sfnt.NameID(0); id <= 25; id++ {
			got, err := face.Face.Name(nil, id)
			if err != nil { // absent
				continue
			}
			if strings.Contains(got, "Noto") || strings.Contains(got, "Source") {
				t.Errorf("%s: name %d is %q", face.Name(), id, got)
			}
		}
		copyright, err := face.Face.Name(nil, sfnt.NameIDCopyright)
		if err != nil || !strings.Contains(copyright, "Adobe") {
			t.Errorf("%s: copyright is %q, %v", face.Name(), copyright, err)
		}
		licence, err := face.Face.Name(nil, sfnt.NameIDLicense)
		if err != nil || !strings.Contains(licence, "SIL Open Font License, Version 1.1") {
			t.Errorf("%s: licence is %q, %v", face.Name(), licence, err)
		}
	}
}

// TestDigests pins the fonts: a change of them changes every chart, so it must
// be meant. subset.py prints the digests of the fonts it builds.
func TestDigests(t *testing.T) {
	tests := []struct {
		name, want string
		data       []byte
	}{
		{"ZhibiaoSansSC-Regular.ttf", "4ea0b13dc359f36ba1f20db8f9a3f204f272ee165e27f9f4d4fb5dd7e9278f51", Regular()},
		{"ZhibiaoSansSC-Bold.ttf", "83f937569436c79b12a1d4774d606543de41ffef1e55078f539a24072f3094c3", Bold()},
		{"ZhibiaoSansSC-Regular.ttf.gz", "78f4a6824a0e02350b378b33efd8794925a14e91f5a37b826271708961649dd6", regularGzip},
		{"ZhibiaoSansSC-Bold.ttf.gz", "08a3a9a385795f03be854a6fc477a0cee13676ce95b3aed70d3ce8e37bce2edc", boldGzip},
	}
	for _, tt := range tests {
		if got := fmt.Sprintf("%x", sha256.Sum256(tt.data)); got != tt.want {
			t.Errorf("%s has SHA-256 %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestCollection(t *testing.T) {
	cache := font.NewCache(Collection())
	coll := Collection()
	tests := []struct {
		name string
		font font.Font
		want *sfnt.Font
	}{
		{"regular", font.Font{Typeface: Typeface}, coll[0].Face},
		{"bold", font.Font{Typeface: Typeface, Weight: stdfont.WeightBold}, coll[1].Face},
		{"italic is upright", font.Font{Typeface: Typeface, Style: stdfont.StyleItalic}, coll[0].Face},
		{"bold italic is upright", font.Font{Typeface: Typeface, Style: stdfont.StyleItalic, Weight: stdfont.WeightBold}, coll[1].Face},
		{"unknown typeface", font.Font{Typeface: "Song"}, coll[0].Face},
		{"unknown weight", font.Font{Typeface: Typeface, Weight: stdfont.WeightBlack}, coll[0].Face},
	}
	for _, tt := range tests {
		if got := cache.Lookup(tt.font, 12); got.Face != tt.want {
			t.Errorf("%s: wrong face", tt.name)
		}
	}

	coll[0] = font.Face{}
	if Collection()[0].Face == nil {
		t.Error("a caller's change of the collection reached the package")
	}
}

// TestParallel is for the race detector.
func TestParallel(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var buf sfnt.Buffer
			for _, face := range Collection() {
				g, err := face.Face.GlyphIndex(&buf, '瀍')
				if err != nil || g == 0 {
					t.Errorf("%s: 瀍 has glyph %d, %v", face.Name(), g, err)
				}
			}
			// What a caller does to its bytes stays with the caller.
			clear(Regular())
			clear(Bold())
		})
	}
	wg.Wait()
	for _, ttf := range [][]byte{Regular(), Bold()} {
		if len(ttf) < 4 || string(ttf[:4]) != "\x00\x01\x00\x00" {
			t.Error("a caller's change of the bytes reached the package")
		}
	}
}
