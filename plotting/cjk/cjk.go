// Package cjk holds a Chinese font, Zhibiao Sans SC in regular and bold, so
// that charts show Chinese text on a machine without any font installed.
//
// The font is a subset of Noto Sans CJK SC with TrueType outlines, under the
// SIL Open Font License 1.1 (see OFL.txt and NOTICE). It covers all of
// GB 2312-80, all 8105 characters of 通用规范汉字表 (196 of them beyond U+FFFF),
// kana, Greek, Cyrillic, ASCII and Western European Latin, general
// punctuation, ①–⑳, ㈠–㈩, Ⅰ–Ⅻ, arrows, common mathematics, squared units such
// as ㎡, full-width forms, and the marks ■ □ ▲ △ ▼ ▽ ◆ ◇ ○ ◎ ● ★ ☆ ✓.
//
// It does not cover Traditional characters outside those two lists (億, 萬,
// 區), most of Latin Extended-A, superscripts but ¹ ² ³ ⁴, subscripts, fractions
// but ¼ ½ ¾, nor ✔ and ✗.
// Drawing code drops such characters silently: look each rune up with
// GlyphIndex first.
//
// The package is apart from plotting so that its three megabytes are linked
// only when wanted. Nothing is unpacked before the first call. All functions
// are safe for concurrent use.
package cjk

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the two fonts
	"io"
	"slices"
	"sync"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
)

//go:generate python3 subset.py

// Typeface is the family name of the font: the Typeface of the faces of
// [Collection] and the name under which it appears in SVG and PDF files.
const Typeface font.Typeface = "Zhibiao Sans SC"

// The two weights, as gzip files: 1.6 MB each, 2.4 MB unpacked.
var (
	//go:embed ZhibiaoSansSC-Regular.ttf.gz
	regularGzip []byte
	//go:embed ZhibiaoSansSC-Bold.ttf.gz
	boldGzip []byte
)

// The unpacked files stay in the package: the parsed fonts read from them.
var (
	regular    = sync.OnceValue(func() []byte { return unpack(regularGzip) })
	bold       = sync.OnceValue(func() []byte { return unpack(boldGzip) })
	collection = sync.OnceValue(parse)
)

// Regular returns the font of weight normal as the bytes of a TrueType file.
// The slice is the caller's own, because writers of PDF such as fpdf change
// the bytes they are given; two megabytes are copied at each call.
//
// Regular panics if the embedded file is damaged, which a test excludes.
func Regular() []byte { return slices.Clone(regular()) }

// Bold returns the font of weight bold as the bytes of a TrueType file. The
// slice is the caller's own, as for [Regular].
//
// Bold panics if the embedded file is damaged, which a test excludes.
func Bold() []byte { return slices.Clone(bold()) }

// Collection returns the two faces for a font cache of gonum/plot, regular
// first: with font.NewCache(cjk.Collection()) regular is what a cache falls
// back to. Both have [Typeface], no Variant, the normal style and size 0; the
// weights are normal and bold. There is no italic; a cache asked for one gives
// the upright face, and asked for another weight gives regular.
//
// The slice is the caller's own. The parsed fonts in it are shared, which is
// safe because they are immutable; each goroutine needs its own sfnt.Buffer.
//
// Collection panics if an embedded file is damaged, which a test excludes.
func Collection() font.Collection { return slices.Clone(collection()) }

func parse() font.Collection {
	face := func(ttf []byte, weight stdfont.Weight) font.Face {
		f, err := opentype.Parse(ttf)
		if err != nil {
			panic("cjk: embedded font is damaged")
		}
		return font.Face{
			Font: font.Font{Typeface: Typeface, Weight: weight},
			Face: f,
		}
	}
	return font.Collection{
		face(regular(), stdfont.WeightNormal),
		face(bold(), stdfont.WeightBold),
	}
}

func unpack(packed []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("cjk: embedded font is damaged")
	}
	ttf, err := io.ReadAll(r) // checks length and CRC
	if err != nil {
		panic("cjk: embedded font is damaged")
	}
	return ttf
}
