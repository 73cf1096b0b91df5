package report

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.com/zhibiao/indicators"
)

// Doc is a document to read.
type Doc struct {
	Key  string // key of the document in figures.csv; may be empty
	Text string // UTF-8; bytes that are not are kept and lead to no figure
}

// Options adjust the reading. The zero Options mean: infer everything.
type Options struct {
	Year       int         // the year that the text reports on; 0: read it off the text
	Area       string      // the area it speaks of: 涧西区; empty: read it off the title
	Parent     string      // the area above, which 占全市 refers to: 洛阳市; empty: read it off the title
	Vocabulary *Vocabulary // standard names; nil: Standard()

	docKey string
}

// Figure is a claim with what the reader thinks of it.
type Figure struct {
	indicators.Claim
	Confidence float64 // 0 to 1: how sure the rules are of the indicator; no probability
	Rule       string  // the rule of the grammar that named the indicator
	NumStart   int     // bytes of the number with its unit in the text
	NumEnd     int
}

// Refusal is a number that may be a figure but could not be assigned to an
// indicator, such as three values for two subjects. Nothing is guessed.
type Refusal struct {
	Text       string // the number as printed
	Why        string
	Quote      string
	Start, End int // bytes of the quote in the text
}

// Result is what Read found.
type Result struct {
	Document indicators.Document // title, issuer, date and checksum
	Year     int                 // the year reported on; 0 if the text does not say
	Area     string
	Figures  []Figure
	Refused  []Refusal
	Warnings []string // what the user should know: no year found, …
}

// Claims returns the claims of all figures, in the order of the text.
func (r *Result) Claims() []indicators.Claim {
	out := make([]indicators.Claim, len(r.Figures))
	for i := range r.Figures {
		out[i] = r.Figures[i].Claim
	}
	return out
}

// MaxBytes bounds the text that Read accepts.
const MaxBytes = 16 << 20

// ErrSize reports a text that is larger than MaxBytes.
var ErrSize = errors.New("report: text too large")

// Read reads the figures of a report. The text decides by its headings and
// wording what is an outcome and what is a goal, and which year is meant.
// The result depends on nothing but its arguments. A text without figures
// gives an empty Result; the only error is ErrSize.
func Read(doc Doc, opt Options) (*Result, error) {
	if len(doc.Text) > MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d are read", ErrSize, len(doc.Text), MaxBytes)
	}
	if opt.Vocabulary == nil {
		opt.Vocabulary = Standard()
	}
	opt.docKey = doc.Key
	r := &reader{opt: opt, v: opt.Vocabulary, p: prepare(doc.Text), res: &Result{}, seen: map[string]bool{}}
	r.about = inspect(r.p)
	if opt.Year != 0 {
		r.about.year, r.about.stated = opt.Year, true
	}
	if opt.Area != "" {
		r.about.area = opt.Area
	}
	if opt.Parent != "" {
		r.about.parent = opt.Parent
	}
	r.mode = mode{first: r.about.year, last: r.about.year}
	for i := 0; i < len(r.p.paras); {
		if r.p.paras[i].cells != nil {
			j := i
			for j < len(r.p.paras) && r.p.paras[j].cells != nil {
				j++
			}
			if j-i > 1 {
				r.table(i, j)
			} else {
				for k := i; k < j; k++ {
					r.paragraph(&r.p.paras[k])
				}
			}
			i = j
			continue
		}
		r.paragraph(&r.p.paras[i])
		i++
	}
	res := r.res
	sum := sha256.Sum256([]byte(doc.Text))
	res.Document = indicators.Document{Doc: doc.Key, Title: r.about.title, Issuer: r.about.issuer, Date: r.about.date, SHA256: hex.EncodeToString(sum[:])}
	res.Year, res.Area = r.about.year, r.about.area
	for i := range res.Figures {
		res.Figures[i].Source.Doc = doc.Key
	}
	if res.Year == 0 && len(res.Figures) > 0 {
		res.Warnings = append(res.Warnings, "the text names no year; give it in the options")
	} else if !r.about.stated && len(res.Figures) > 0 {
		res.Warnings = append(res.Warnings, fmt.Sprintf("the year %d was inferred from the text, not from a title or date", res.Year))
	}
	return res, nil
}

// emitFrom turns item i of a stretch into figures.
func (r *reader) emitFrom(p *para, items []item, i int) {
	it := &items[i]
	lo, hi := r.quote(p, it)
	start, end := p.rawSpan(lo, hi)
	quote := indicators.Strip(r.p.raw[start:end])
	ns, ne := p.rawSpan(it.n.Start, it.n.End)
	if it.refused != "" {
		r.res.Refused = append(r.res.Refused, Refusal{Text: indicators.Strip(r.p.raw[ns:ne]), Why: it.refused, Quote: quote, Start: start, End: end})
		return
	}
	plan := r.isPlan(p, it) && !it.fact
	if i > 0 && it.rule == inherited {
		it.after1 = items[i-1].kind
	}
	for _, name := range it.names {
		name = strings.Trim(name, "，、 ")
		if name == "" {
			continue
		}
		std := r.standard(name)
		if it.better && std.better == indicators.Down {
			it.lead.dir = -1
		}
		k := r.kindOf(it, name, std.name, plan)
		it.kind = k
		spans, base := r.spans(items, i, k, plan)
		ends := []indicators.Value{it.n.Value}
		if it.n.Range {
			lo, hi := it.n.Value, it.n.High
			lo.Qual, hi.Qual = indicators.AtLeast, indicators.AtMost
			lo.Word, hi.Word = "", ""
			ends = []indicators.Value{lo, hi}
		}
		for _, v := range ends {
			val, unit := value(it, k, v)
			c := indicators.Claim{
				Indicator: std.name, Value: val, HasValue: true, Unit: unit, Kind: k, Spans: spans, Area: r.areaOf(it), Scope: std.scope,
				Status: indicators.Actual, Better: std.better, English: std.english, Base: base,
				Source: indicators.Source{Section: r.mode.section, Quote: quote, Start: start, End: end},
			}
			if std.printed != "" {
				c.Note = "printed=" + std.printed
			}
			if it.n.Range {
				c.Note = note(c.Note, "range="+it.n.Value.String()+"–"+it.n.High.String())
			}
			r.finish(&c, p, it, plan)
			if c.Status == indicators.Actual && r.ahead(spans) {
				c.Status = indicators.NoStatus // what is still to come is no outcome
			}
			if len(spans) == 1 && changes(k) && spans[0].From.Freq() == indicators.Monthly && spans[0].From != spans[0].To {
				c.Note = note(c.Note, "months so far, against the same months of the year before")
			}
			c.ID = r.newID(ns)
			conf := it.conf
			if !std.known {
				conf -= 0.05
			}
			if len(spans) != 1 {
				conf -= 0.05
			}
			r.res.Figures = append(r.res.Figures, Figure{Claim: c, Confidence: conf, Rule: it.rule, NumStart: ns, NumEnd: ne})
		}
	}
}

// ahead reports whether a period lies behind the year that the text reports on.
func (r *reader) ahead(spans []indicators.Span) bool {
	for _, s := range spans {
		if r.about.year > 0 && s.To.Year() > r.about.year {
			return true
		}
	}
	return false
}

// newID names a figure by the place of its number, so that it keeps its name
// when rules or vocabulary change: jianxi-2022-16374, and -16374.2 for a second
// figure of the same number.
func (r *reader) newID(at int) string {
	first := "f" + strconv.Itoa(at)
	if r.opt.docKey != "" {
		first = r.opt.docKey + "-" + strconv.Itoa(at)
	}
	id := first
	for n := 2; r.seen[id]; n++ {
		id = first + "." + strconv.Itoa(n)
	}
	r.seen[id] = true
	return id
}

func note(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// finish fills in what the words round a figure say beyond number and name.
func (r *reader) finish(c *indicators.Claim, p *para, it *item, plan bool) {
	l := &it.lead
	clause := p.s[it.clause:it.end]
	switch {
	case plan && c.Kind.Target():
		c.Status = indicators.NoStatus
		for _, w := range []string{"力争", "争取", "确保", "保证", "努力"} {
			if strings.Contains(clause, w) && c.Commitment == "" {
				c.Commitment = w
			}
		}
		c.Hold = l.has(fHold) && !strings.Contains(clause, "保持增长")
		if strings.Contains(clause, "约束性") {
			c.Constraint = "约束性"
		} else if strings.Contains(clause, "预期性") {
			c.Constraint = "预期性"
		}
		if l.gap != 0 {
			c.Ref = c.Indicator + "@" + r.refArea(l.gapTo)
		}
	case l.has(fEst) || l.head&fEst != 0 || strings.Contains(clause, "预计"):
		c.Status = indicators.Estimated
	case r.prov:
		c.Status = indicators.Provisional
	}
	if l.share && l.of != "" {
		c.Of = r.totalOf(c.Indicator, l.of)
	}
	growth := c.Kind == indicators.KindGrowth || c.Kind == indicators.KindAvgGrowth || c.Kind == indicators.KindTargetGrowth
	switch {
	case growth && (l.has(fReal) || containsAny(clause, "按可比价", "可比价格", "不变价", "扣除价格因素", "实际增长")):
		c.Prices = indicators.Real
	case l.has(fNominal) || containsAny(clause, "现价", "名义增长"):
		c.Prices = indicators.Nominal
	}
	if it.lead.area != "" && it.inParen && strings.HasPrefix(it.rule, "other area") {
		c.Note = note(c.Note, "sign not printed")
	}
	if l.pull != "" {
		c.Note = note(c.Note, "contribution to "+l.pull)
	}
	if it.doubt != "" {
		c.Note = note(c.Note, it.doubt)
	}
	if it.among != "" {
		c.Note = note(c.Note, "among="+it.among)
	}
	if l.gap != 0 && l.gapTo != "" {
		c.Note = note(c.Note, "compared with "+l.gapTo)
	}
	if it.rule == "implied by a word" {
		c.Note = note(c.Note, "unit not printed")
	}
	if it.n.Words {
		c.Note = note(c.Note, "word="+r.printed(p, it))
	}
}

func (r *reader) printed(p *para, it *item) string {
	s, e := p.rawSpan(it.n.Start, it.n.End)
	return indicators.Strip(r.p.raw[s:e])
}

// areaOf returns the area a figure is of.
func (r *reader) areaOf(it *item) string {
	switch w := it.lead.area; w {
	case "", "全区", "我区", "本区", "全县", "我县", "全旗", "我旗", "全镇":
		return r.about.area
	default:
		return r.refArea(w)
	}
}

// refArea resolves 全市 and 全省 from the document's point of view.
func (r *reader) refArea(w string) string {
	for _, a := range []struct{ word, end string }{{"市", "市"}, {"省", "省"}, {"州", "州"}, {"自治区", "自治区"}} {
		if w == "全"+a.word || w == "我"+a.word {
			if strings.HasSuffix(r.about.area, a.end) {
				return r.about.area
			}
			if strings.HasSuffix(r.about.parent, a.end) {
				return r.about.parent
			}
			return "全" + a.word
		}
	}
	if w == "全国" || w == "我国" {
		return "全国"
	}
	if isArea(w) {
		return r.about.area
	}
	return w
}

// totalOf names the total of a share: 全市 means the same indicator there, a
// name means that indicator of the own area.
func (r *reader) totalOf(name, of string) string {
	of = strings.Trim(of, "的，")
	for _, w := range []string{"全市", "全省", "全国", "全区", "全县", "全旗", "全州", "世界", "全球"} {
		if strings.HasPrefix(of, w) {
			rest := strings.TrimPrefix(of, w)
			if t, ok := r.v.Lookup(rest); ok {
				name = t.Name
			}
			return name + "@" + r.refArea(w)
		}
	}
	if t, ok := r.v.Lookup(of); ok {
		of = t.Name
	}
	return of + "@" + r.about.area
}

// quote returns the bytes of the paragraph to quote: from the clause of the
// subject to the end of the clause of the number.
func (r *reader) quote(p *para, it *item) (lo, hi int) {
	lo, hi = min(it.clause, it.subj), it.end
	if utf8.RuneCountInString(p.s[lo:it.n.To]) > 100 {
		lo = it.clause
	}
	if it.inParen {
		// to the closing parenthesis, so that the quote reads as one
		if strings.HasPrefix(p.s[hi:], "）") {
			hi += len("）")
		}
	}
	hi = max(hi, it.n.To)
	for lo < it.n.From {
		c, w := utf8.DecodeRuneInString(p.s[lo:])
		if !strings.ContainsRune("，,、；。:： （”", c) {
			break
		}
		lo += w
	}
	lo, hi = p.uncut(lo, hi, it.n.Start, it.n.End)
	return lo, hi
}
