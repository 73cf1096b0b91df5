package plotting

import (
	"cmp"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"slices"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// writePNG writes the picture with scale pixels a point.
func (p *Picture) writePNG(w io.Writer, scale float64) error {
	c := vgimg.NewWith(vgimg.UseWH(p.w, p.h), vgimg.UseDPI(int(math.Round(72*scale))))
	var buf sfnt.Buffer
	for i := range p.ops {
		o := &p.ops[i]
		c.SetColor(o.color)
		switch o.kind {
		case opFill:
			c.Fill(vgPath(o.path))
		case opStroke:
			c.SetLineWidth(o.width)
			c.SetLineDash(o.dash, o.offs)
			c.Stroke(vgPath(o.path))
		case opText:
			// Outlines instead of the canvas's own text: no rounding of
			// glyphs to pixels, so that the spacing is that of the other
			// formats.
			c.Fill(vgPath(outline(&buf, p.faces[o.face], o)))
		}
	}
	enc := png.Encoder{CompressionLevel: png.DefaultCompression}
	return enc.Encode(w, paletted(c.Image()))
}

func vgPath(segs []seg) vg.Path {
	p := make(vg.Path, 0, len(segs))
	ctl := make([]vg.Point, 0, 2*len(segs))
	for _, s := range segs {
		switch s.verb {
		case 'M':
			p.Move(s.p[0])
		case 'L':
			p.Line(s.p[0])
		case 'Q':
			ctl = append(ctl, s.p[0])
			p = append(p, vg.PathComp{Type: vg.CurveComp, Pos: s.p[1], Control: ctl[len(ctl)-1:]})
		case 'C':
			ctl = append(ctl, s.p[0], s.p[1])
			p = append(p, vg.PathComp{Type: vg.CurveComp, Pos: s.p[2], Control: ctl[len(ctl)-2:]})
		case 'Z':
			p.Close()
		}
	}
	return p
}

// paletted reduces img to the 256 colours that it uses most. A chart has few
// colours and their blends at edges; a blend that finds no place takes the
// nearest, which the eye cannot tell. The file is less than half as large and
// is written several times as fast as in full colour.
func paletted(img image.Image) image.Image {
	src, ok := img.(*image.RGBA)
	if !ok {
		return img
	}
	b := src.Bounds()
	count := make(map[[4]uint8]int)
	var last [4]uint8
	n := 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := src.Pix[src.PixOffset(b.Min.X, y):src.PixOffset(b.Max.X, y)]
		for i := 0; i < len(row); i += 4 {
			px := [4]uint8(row[i : i+4])
			if px != last {
				count[last] += n
				last, n = px, 0
			}
			n++
		}
	}
	count[last] += n
	type entry struct {
		px [4]uint8
		n  int
	}
	all := make([]entry, 0, len(count))
	for px, n := range count {
		if n > 0 {
			all = append(all, entry{px, n})
		}
	}
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(b.n-a.n, slices.Compare(a.px[:], b.px[:]))
	})
	pal := make(color.Palette, min(len(all), 256))
	index := make(map[[4]uint8]uint8, len(all))
	for i, e := range all {
		if i < len(pal) {
			pal[i] = color.RGBA{e.px[0], e.px[1], e.px[2], e.px[3]}
			index[e.px] = uint8(i)
			continue
		}
		best, at := math.MaxInt, 0
		for k := range pal {
			d := 0
			for ch := range 4 {
				v := int(e.px[ch]) - int(all[k].px[ch])
				d += v * v
			}
			if d < best {
				best, at = d, k
			}
		}
		index[e.px] = uint8(at)
	}
	dst := image.NewPaletted(b, pal)
	var lastIdx uint8
	first := true
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := src.Pix[src.PixOffset(b.Min.X, y):src.PixOffset(b.Max.X, y)]
		out := dst.Pix[dst.PixOffset(b.Min.X, y):]
		for i := 0; i < len(row); i += 4 {
			px := [4]uint8(row[i : i+4])
			if first || px != last {
				last, lastIdx, first = px, index[px], false
			}
			out[i/4] = lastIdx
		}
	}
	return dst
}
