package plotting

import (
	"errors"
	"fmt"
	"strings"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Page is what all charts have in common: the words around the drawing and
// how it looks. Charts embed it.
type Page struct {
	Title    string // a sentence that says what the chart shows; empty: made from the data
	Subtitle string // what is measured, unit, place, years; empty: made from the data
	Note     string // what a reader must know to read it right; may be empty
	Source   string // where the figures come from, without the word; may be empty
	Alt      string // alternative text; empty: made from the data

	Lang  string // "zh" or "en"; empty means zh
	Fonts *Fonts // required
	Theme *Theme // nil means Light
	Size  Size   // zero means Standard
}

// Type sizes in points.
const (
	titleSize    = 16
	subtitleSize = 11
	noteSize     = 9
	labelSize    = 10
	leading      = ascent + descent
)

func (p *Page) theme() *Theme {
	if p.Theme == nil {
		return Light()
	}
	return p.Theme
}

func (p *Page) zh() bool { return p.Lang != "en" }

// pick returns the text of the page's language.
func (p *Page) pick(zh, en string) string {
	if p.zh() {
		return zh
	}
	return en
}

func (p *Page) check() error {
	switch {
	case p.Fonts == nil:
		return errNoFont
	case p.Lang != "" && p.Lang != "zh" && p.Lang != "en":
		return fmt.Errorf("plotting: language %q: want zh or en", p.Lang)
	}
	if s := p.Size.orStandard(); !(s.W >= 150 && s.H >= 120 && s.W <= 5000 && s.H <= 5000) {
		return fmt.Errorf("plotting: a picture of %g × %g points: want 150 × 120 to 5000 × 5000", s.W, s.H)
	}
	return nil
}

// Draw sets the page's words and calls body to draw into the space that they
// leave. It is how a chart of one's own gets the same page: body may use any
// plotter of gonum/plot with t as its text handler. An error of body, or a
// character without a glyph, gives no picture.
func (p Page) Draw(body func(c draw.Canvas, t *Text) error) (*Picture, error) {
	return p.drawSized(nil, body)
}

// drawSized is Draw for charts whose height follows their content: need
// returns the height that the content takes at the given width, and counts if
// Size is zero.
func (p Page) drawSized(need func(t *Text, width vg.Length) vg.Length, body func(c draw.Canvas, t *Text) error) (*Picture, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	th, size, t := p.theme(), p.Size.orStandard(), p.Fonts.Text()
	width := size.W - 2*margin
	head, foot := p.head(t, width), p.foot(t, width)
	top, bottom := margin+head.height(), margin+foot.height()
	if need != nil && p.Size == (Size{}) {
		size.H = max(top+bottom+need(t, width), 200)
	}
	rec := newRecorder(size.W, size.H)
	c := draw.NewCanvas(rec, size.W, size.H)
	c.SetColor(th.Paper)
	c.Fill(c.Rectangle.Path())
	head.draw(&c, size.H-margin)
	foot.draw(&c, margin+foot.height()-6)
	if size.H-top-bottom < 60 {
		return nil, fmt.Errorf("plotting: title and notes leave %.0f of %.0f points of height for the chart: shorten them or take a larger Size", float64(max(size.H-top-bottom, 0)), float64(size.H))
	}
	area := c
	area.Rectangle = vg.Rectangle{Min: vg.Point{X: margin, Y: bottom}, Max: vg.Point{X: size.W - margin, Y: size.H - top}}
	if err := body(area, t); err != nil {
		return nil, err
	}
	if err := errors.Join(append(rec.errs, t.Err())...); err != nil {
		return nil, err
	}
	return &Picture{
		w: size.W, h: size.H, ops: rec.ops, faces: rec.faces,
		title: p.Title, alt: p.Alt, lang: p.Lang,
	}, nil
}

const margin = 14

// block is a stack of lines.
type block []textLine

type textLine struct {
	text string
	sty  text.Style
}

func (b *block) add(lines []string, sty text.Style) {
	for _, l := range lines {
		*b = append(*b, textLine{l, sty})
	}
}

// height includes six points of air towards the chart.
func (b block) height() vg.Length {
	if len(b) == 0 {
		return 0
	}
	h := vg.Length(6)
	for _, l := range b {
		h += leading * l.sty.Font.Size
	}
	return h
}

func (b block) draw(c *draw.Canvas, y vg.Length) {
	for _, l := range b {
		setText(c, l.sty, vg.Point{X: margin, Y: y}, 0, 1, l.text)
		y -= leading * l.sty.Font.Size
	}
}

func (p *Page) head(t *Text, width vg.Length) (b block) {
	th := p.theme()
	if p.Title != "" {
		sty := t.style(titleSize, true, th.Ink)
		b.add(t.balance(p.Title, sty.Font, width), sty)
	}
	if p.Subtitle != "" {
		sty := t.style(subtitleSize, false, th.Soft)
		b.add(t.balance(p.Subtitle, sty.Font, width), sty)
	}
	return b
}

func (p *Page) foot(t *Text, width vg.Length) (b block) {
	sty := t.style(noteSize, false, p.theme().Soft)
	if p.Note != "" {
		b.add(t.wrap(p.pick("注：", "Note: ")+p.Note, sty.Font, width), sty)
	}
	if p.Source != "" {
		b.add(t.wrap(p.pick("数据来源：", "Source: ")+p.Source, sty.Font, width), sty)
	}
	return b
}

// style returns a text style of the drawing.
func (t *Text) style(size vg.Length, bold bool, c colour) text.Style {
	f := font.Font{Size: size}
	if bold {
		f.Weight = stdfont.WeightBold
	}
	return text.Style{Color: c, Font: f, YAlign: text.YBottom, Handler: t}
}

// setText draws txt with the point ax of the way along its box and ay of the
// way up: 0, 0 is the lower left corner, 1, 1 the upper right one. It returns
// the box.
func setText(c *draw.Canvas, sty text.Style, at vg.Point, ax, ay float64, txt string) vg.Rectangle {
	r := textBox(sty, at, ax, ay, txt)
	sty.XAlign, sty.YAlign = text.XAlignment(-ax), text.YBottom
	e := sty.FontExtents()
	c.FillText(sty, vg.Point{X: at.X, Y: r.Min.Y + e.Descent}, txt)
	return r
}

// textBox is the box that setText fills.
func textBox(sty text.Style, at vg.Point, ax, ay float64, txt string) vg.Rectangle {
	w, h := sty.Width(txt), sty.Height(txt)
	min := vg.Point{X: at.X - vg.Length(ax)*w, Y: at.Y - vg.Length(ay)*h}
	return vg.Rectangle{Min: min, Max: vg.Point{X: min.X + w, Y: min.Y + h}}
}

// joinSentences puts two sentences after one another as the language does.
func (p *Page) joinSentences(parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	if p.zh() {
		return strings.Join(kept, "")
	}
	return strings.Join(kept, " ")
}
