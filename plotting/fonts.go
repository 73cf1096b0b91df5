package plotting

import (
	"errors"
	"fmt"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
)

// Fonts is a chain of font families: a character is taken from the first
// family that has it. It never changes once made and is safe for concurrent
// use.
type Fonts struct {
	regular, bold []font.Face // in the order of the chain
	cache         *font.Cache
}

var errNoFont = errors.New("plotting: no font: set Fonts, for instance to NewFonts(cjk.Collection()) with the font of plotting/cjk")

// NewFonts returns the chain of the given families, first choice first. Of
// each family the upright faces of normal and of bold weight are used; a
// family without bold shows its normal weight instead. A family with neither
// is an error.
func NewFonts(families ...font.Collection) (*Fonts, error) {
	if len(families) == 0 {
		return nil, errNoFont
	}
	f := &Fonts{cache: font.NewCache(nil)}
	for i, fam := range families {
		var regular, bold *font.Face
		for _, face := range fam {
			if face.Face == nil || face.Font.Style != stdfont.StyleNormal {
				continue
			}
			switch {
			case face.Font.Weight == stdfont.WeightNormal && regular == nil:
				regular = &face
			case face.Font.Weight == stdfont.WeightBold && bold == nil:
				bold = &face
			}
		}
		if regular == nil && bold == nil {
			return nil, fmt.Errorf("plotting: font family %d has no upright face of normal or bold weight", i+1)
		}
		if regular == nil {
			regular = bold
		}
		if bold == nil {
			bold = regular
		}
		f.regular = append(f.regular, *regular)
		f.bold = append(f.bold, *bold)
		f.cache.Add(fam)
	}
	return f, nil
}

// ParseFamily makes a family from the bytes of font files: TrueType, OpenType
// or a collection (TTC), from which the face of the given index is taken. Bold
// may be nil. A face with TrueType outlines that is not in a collection gives
// real text in PDF; others are drawn there as outlines.
func ParseFamily(name font.Typeface, index int, regular, bold []byte) (font.Collection, error) {
	var out font.Collection
	for i, b := range [][]byte{regular, bold} {
		if b == nil && i == 1 {
			continue
		}
		f, err := parseFace(b, index)
		if err != nil {
			return nil, fmt.Errorf("plotting: font %q, %s: %w", name, [...]string{"regular", "bold"}[i], err)
		}
		w := [...]stdfont.Weight{stdfont.WeightNormal, stdfont.WeightBold}[i]
		out = append(out, font.Face{Font: font.Font{Typeface: name, Weight: w}, Face: f})
	}
	return out, nil
}

func parseFace(b []byte, index int) (*opentype.Font, error) {
	if len(b) == 0 { // which the parser does not survive
		return nil, errors.New("no font: the file is empty")
	}
	c, err := opentype.ParseCollection(b)
	if err != nil {
		return nil, err
	}
	if index < 0 || index >= c.NumFonts() {
		return nil, fmt.Errorf("no face %d in a file of %d", index, c.NumFonts())
	}
	return c.Font(index)
}

// face returns the first face of the chain that has r, and its glyph; ok is
// false if none has.
func (f *Fonts) face(buf *sfnt.Buffer, w stdfont.Weight, r rune) (face font.Face, ok bool) {
	chain := f.regular
	if w >= stdfont.WeightSemiBold {
		chain = f.bold
	}
	for _, c := range chain {
		if g, err := c.Face.GlyphIndex(buf, r); err == nil && g != 0 {
			return c, true
		}
	}
	return font.Face{}, false
}

// GlyphError reports a character that none of the fonts has. Drawing the text
// without it would change its meaning: 瀍河回族区 without 瀍 is another district.
type GlyphError struct {
	Char rune   // the character
	Text string // the text it stands in
}

// Error implements error.
func (e *GlyphError) Error() string {
	return fmt.Sprintf("plotting: no font has the character %q (U+%04X) of %q: add a font that has it to Fonts, or change the text", e.Char, e.Char, e.Text)
}
