package plotting

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

// Theme holds the colours of a chart. Colours are opaque: bands are blended
// over the paper beforehand, since transparency comes out differently in
// print, in PDF viewers and in office programs.
type Theme struct {
	Paper color.Color // background
	Ink   color.Color // title, labels that matter, base lines
	Soft  color.Color // subtitle, notes, tick labels
	Grid  color.Color // grid lines

	Data  color.Color    // history and forecast
	Goal  color.Color    // targets and required paths
	Bands [3]color.Color // widest to narrowest interval

	// Colours of the five grades of a status, best first. Shape and word
	// carry the same message, so that they may be alike.
	Grades [5]color.Color
	Other  []color.Color // further series, in order
}

// Light is the theme for screens and colour print: Okabe and Ito's colours,
// which readers with any colour vision can tell apart, on white.
func Light() *Theme {
	blue := color.NRGBA{0x00, 0x72, 0xB2, 255}
	vermilion := color.NRGBA{0xD5, 0x5E, 0x00, 255}
	white := color.NRGBA{255, 255, 255, 255}
	return &Theme{
		Paper: white,
		Ink:   grey(0x1A), Soft: grey(0x66), Grid: grey(0xD9),
		Data: blue, Goal: vermilion,
		Bands:  [3]color.Color{blend(blue, white, .14), blend(blue, white, .26), blend(blue, white, .40)},
		Grades: [5]color.Color{blue, color.NRGBA{0x2B, 0x8C, 0xC4, 255}, color.NRGBA{0x8A, 0x5A, 0x00, 255}, color.NRGBA{0xC2, 0x4E, 0x00, 255}, color.NRGBA{0xA1, 0x3A, 0x00, 255}},
		Other: []color.Color{
			blue, vermilion, color.NRGBA{0x00, 0x9E, 0x73, 255}, color.NRGBA{0xE6, 0x9F, 0x00, 255},
			color.NRGBA{0x56, 0xB4, 0xE9, 255}, color.NRGBA{0xCC, 0x79, 0xA7, 255},
		},
	}
}

// Mono is the theme for printing in black: greys that stay apart on a copier,
// all else told by dash and shape.
func Mono() *Theme {
	return &Theme{
		Paper: grey(0xFF),
		Ink:   grey(0x00), Soft: grey(0x4D), Grid: grey(0xCC),
		Data: grey(0x00), Goal: grey(0x00),
		Bands:  [3]color.Color{grey(0xE8), grey(0xD0), grey(0xB4)},
		Grades: [5]color.Color{grey(0x00), grey(0x26), grey(0x40), grey(0x26), grey(0x00)},
		Other:  []color.Color{grey(0x00), grey(0x70), grey(0xA8), grey(0x40), grey(0x90), grey(0xC4)},
	}
}

func grey(v uint8) color.NRGBA { return color.NRGBA{v, v, v, 255} }

// blend lays c over paper with the given opacity.
func blend(c, paper color.NRGBA, a float64) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x)*a + float64(y)*(1-a) + 0.5) }
	return color.NRGBA{mix(c.R, paper.R), mix(c.G, paper.G), mix(c.B, paper.B), 255}
}

// Size is the size of a picture in points; text sizes do not follow it. The
// zero Size is Standard.
type Size struct{ W, H vg.Length }

// Standard is 600 × 400 points, 1200 × 800 pixels as PNG.
func Standard() Size { return Size{600, 400} }

// Slide is a slide of 16 to 9.
func Slide() Size { return Size{720, 405} }

// HalfA4 is half a page of A4 within its margins.
func HalfA4() Size { return Size{510, 300} }

// Square is for two charts side by side on a slide, or for a message.
func Square() Size { return Size{420, 420} }

func (s Size) orStandard() Size {
	if s == (Size{}) {
		return Standard()
	}
	return s
}
