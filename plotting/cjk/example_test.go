package cjk_test

import (
	"fmt"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"

	"example.com/zhibiao/plotting/cjk"
)

// A private cache gives one plot a Chinese title without touching the globals
// of gonum/plot, so other plots of the program keep their fonts.
func Example() {
	cache := font.NewCache(cjk.Collection())

	p := plot.New()
	p.Title.Text = "地区生产总值（亿元）"
	p.Title.TextStyle.Font = font.Font{Typeface: cjk.Typeface, Weight: stdfont.WeightBold, Size: font.Points(14)}
	p.Title.TextStyle.Handler = text.Plain{Fonts: cache}

	face := cache.Lookup(p.Title.TextStyle.Font, p.Title.TextStyle.Font.Size)
	fmt.Println(face.Name())
	fmt.Printf("%.0f pt wide\n", face.Width(p.Title.Text).Points())
	// Output:
	// Zhibiao Sans SC-Bold
	// 140 pt wide
}

// Check a text before it is drawn: gonum/plot leaves out what has no glyph.
func ExampleCollection() {
	face := cjk.Collection()[0].Face
	for _, r := range "瀍億" {
		g, err := face.GlyphIndex(nil, r)
		fmt.Printf("%c %t %v\n", r, g != 0, err)
	}
	// Output:
	// 瀍 true <nil>
	// 億 false <nil>
}
