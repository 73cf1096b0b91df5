package plotting

import (
	"math"
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// board places labels so that they cover neither one another nor what is
// drawn.
type board struct {
	c     *draw.Canvas
	area  vg.Rectangle // where labels may stand
	boxes []vg.Rectangle
	lines [][2]vg.Point
}

func (b *board) block(r vg.Rectangle) { b.boxes = append(b.boxes, r) }

func (b *board) blockLine(pts []vg.Point) {
	for i := 1; i < len(pts); i++ {
		b.lines = append(b.lines, [2]vg.Point{pts[i-1], pts[i]})
	}
}

// side is where a label stands from its anchor.
type side struct{ dx, dy float64 }

// Sides in the order that suits a label of a line or a mark.
var (
	above = []side{{0, 1}, {-1, 1}, {1, 1}, {0, -1}, {-1, -1}, {1, -1}, {-1, 0}, {1, 0}}
	below = []side{{0, -1}, {1, -1}, {-1, -1}, {0, 1}, {1, 1}, {-1, 1}, {1, 0}, {-1, 0}}
)

// place draws txt near at, on the first of the sides where it is free, with a
// thin leader line if it had to go far. The label is always drawn: where all
// is taken, it stands where it does the least harm.
func (b *board) place(sty text.Style, at vg.Point, gap vg.Length, sides []side, txt string) vg.Rectangle {
	best, bestCost := vg.Rectangle{}, math.Inf(1)
	for step, d := range []vg.Length{gap, gap + 8, gap + 18, gap + 30, gap + 44} {
		for i, s := range sides {
			// The near corner or edge of the box touches the point d away.
			k := d
			if s.dx != 0 && s.dy != 0 {
				k = d * 0.75
			}
			pt := vg.Point{X: at.X + vg.Length(s.dx)*k, Y: at.Y + vg.Length(s.dy)*k}
			r := textBox(sty, pt, 0.5-s.dx/2, 0.5-s.dy/2, txt)
			cost := b.cost(r) + float64(step)*3 + float64(i)*0.4
			if cost < bestCost {
				best, bestCost = r, cost
			}
		}
	}
	b.put(sty, best, txt)
	if d := distance(best, at); d > gap+12 {
		leader(b.c, sty.Color, best, at, gap)
	}
	return best
}

// placeTarget labels a target: above its upper end, or below the mark of a
// ceiling.
func (b *board) placeTarget(sty text.Style, m *TargetMark, tx, ty func(float64) vg.Length, txt string) {
	box := m.box(tx, ty)
	at := vg.Point{X: (box.Min.X + box.Max.X) / 2, Y: box.Max.Y - m.radius()}
	sides := above
	if boundOf(m.Target.Want) == ceiling {
		sides, at.Y = below, box.Min.Y+m.radius()
	}
	b.place(sty, at, m.radius()+1, sides, txt)
}

// put draws txt in r and blocks the place.
func (b *board) put(sty text.Style, r vg.Rectangle, txt string) {
	setText(b.c, sty, r.Min, 0, 0, txt)
	b.block(r)
}

func (b *board) cost(r vg.Rectangle) float64 {
	cost := 0.0
	out := max(b.area.Min.X-r.Min.X, 0) + max(r.Max.X-b.area.Max.X, 0) + max(b.area.Min.Y-r.Min.Y, 0) + max(r.Max.Y-b.area.Max.Y, 0)
	if out > 0 {
		cost += 1000 + 100*float64(out)
	}
	for _, o := range b.boxes {
		w := min(r.Max.X, o.Max.X) - max(r.Min.X, o.Min.X)
		h := min(r.Max.Y, o.Max.Y) - max(r.Min.Y, o.Min.Y)
		if w > 0 && h > 0 {
			cost += 200 + float64(w*h)
		}
	}
	in := shrink(r, -0.5)
	for _, l := range b.lines {
		if crosses(in, l[0], l[1]) {
			cost += 20
		}
	}
	return cost
}

func shrink(r vg.Rectangle, d vg.Length) vg.Rectangle {
	r.Min.X, r.Min.Y, r.Max.X, r.Max.Y = r.Min.X+d, r.Min.Y+d, r.Max.X-d, r.Max.Y-d
	return r
}

// crosses reports whether the segment a–b meets r (Liang and Barsky's test).
func crosses(r vg.Rectangle, a, b vg.Point) bool {
	t0, t1 := vg.Length(0), vg.Length(1)
	d := b.Sub(a)
	for _, e := range [4][2]vg.Length{{-d.X, a.X - r.Min.X}, {d.X, r.Max.X - a.X}, {-d.Y, a.Y - r.Min.Y}, {d.Y, r.Max.Y - a.Y}} {
		p, q := e[0], e[1]
		switch {
		case p == 0 && q < 0:
			return false
		case p < 0:
			t0 = max(t0, q/p)
		case p > 0:
			t1 = min(t1, q/p)
		}
	}
	return t0 <= t1
}

// distance is from the point to the nearest point of r.
func distance(r vg.Rectangle, p vg.Point) vg.Length {
	n := nearest(r, p)
	return vg.Length(math.Hypot(float64(n.X-p.X), float64(n.Y-p.Y)))
}

func nearest(r vg.Rectangle, p vg.Point) vg.Point {
	return vg.Point{X: min(max(p.X, r.Min.X), r.Max.X), Y: min(max(p.Y, r.Min.Y), r.Max.Y)}
}

// leader draws a thin line from near the mark to the box.
func leader(c *draw.Canvas, col colour, r vg.Rectangle, at vg.Point, gap vg.Length) {
	n := nearest(r, at)
	d := n.Sub(at)
	l := vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
	if l <= gap {
		return
	}
	start := at.Add(d.Scale(gap / l))
	c.StrokeLine2(draw.LineStyle{Color: col, Width: 0.5}, start.X, start.Y, n.X, n.Y)
}

// endLabel is a label beside the right end of what it names.
type endLabel struct {
	y    vg.Length // of the end
	rank int       // at the same height the lower rank stands above
	text string
	sty  text.Style
}

// endLabels draws labels in a column at x, each as near to its own height as
// the others allow, and a leader where it had to move.
func endLabels(c *draw.Canvas, labels []endLabel, from, x vg.Length, lo, hi vg.Length) []vg.Rectangle {
	slices.SortStableFunc(labels, func(a, b endLabel) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return b.rank - a.rank
	})
	want := make([]vg.Length, len(labels))
	half := make([]vg.Length, len(labels))
	for i, l := range labels {
		// Boxes have air above and below, so that they may come a little
		// closer than their heights; 12 points at 10 point type.
		want[i], half[i] = l.y, max(l.sty.Height(l.text)*0.96/2, 6)
	}
	pos := pushApart(want, half, lo, hi)
	var out []vg.Rectangle
	for i, l := range labels {
		at := vg.Point{X: x, Y: pos[i]}
		if d := pos[i] - l.y; d > 7 || d < -7 {
			c.StrokeLine2(draw.LineStyle{Color: l.sty.Color, Width: 0.5}, from, l.y, x-2, pos[i])
		}
		out = append(out, setText(c, l.sty, at, 0, 0.5, l.text))
	}
	return out
}

// pushApart moves centres in ascending order of want so that those with the
// given half heights do not overlap and stay within [lo, hi], moving them as
// little as possible: neighbours that collide become a block that sits at the
// mean of what its members want.
func pushApart(want, half []vg.Length, lo, hi vg.Length) []vg.Length {
	type block struct {
		from, to int // members
		sum      vg.Length
		n        vg.Length
		size     vg.Length
	}
	var blocks []block
	top := func(b block) vg.Length { // lower end of the block
		at := b.sum/b.n - b.size/2
		return max(lo, min(at, hi-b.size))
	}
	for i := range want {
		// Each member wants the block's lower end to be want − half − offset.
		b := block{from: i, to: i + 1, n: 1, size: 2 * half[i], sum: want[i]}
		for len(blocks) > 0 {
			a := blocks[len(blocks)-1]
			if top(a)+a.size <= top(b)+1e-9 {
				break
			}
			// Centres wanted by members, seen from the centre of the merged
			// block.
			m := block{from: a.from, to: b.to, n: a.n + b.n, size: a.size + b.size}
			m.sum = a.sum + a.n*(m.size/2-a.size/2) + b.sum - b.n*(m.size/2-b.size/2)
			b = m
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	out := make([]vg.Length, len(want))
	for _, b := range blocks {
		at := top(b)
		for i := b.from; i < b.to; i++ {
			out[i] = at + half[i]
			at += 2 * half[i]
		}
	}
	return out
}
