package indicators

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Document is a text that claims quote.
type Document struct {
	Doc    string // key used by the claims
	Title  string
	Issuer string
	Date   Period // day of issue; zero if unknown
	SHA256 string // of the text, lower-case hexadecimal; empty if unknown
}

// Dataset is everything that was read: claims in the order of their files,
// and the documents they quote. It is never changed by what is derived.
type Dataset struct {
	Claims    []Claim
	Documents []Document
}

// Claim returns the claim with the given ID, nil if there is none.
func (d *Dataset) Claim(id string) *Claim {
	for i := range d.Claims {
		if d.Claims[i].ID == id {
			return &d.Claims[i]
		}
	}
	return nil
}

// Preference is the rule by which a series chooses among claims of one
// period. The zero value is the library's rule: a statement about a single
// year before the end of a from–to pair, an exact number before a qualified
// one, an outcome before an estimate, and otherwise the one that stands later
// in the text. Other readings stay in the dataset and are reported by Check.
// Where no claim gives a period, a figure derived for it stands in.
type Preference struct {
	Wording Wording  // policy for the intervals
	Prefer  []string // IDs of claims that win over the rule
	AsRead  bool     // claims only: no derived observations
	Reading Period   // base year to assume where the text leaves it open (2016 or 2017 for 五年来); zero: such figures stay outside
}

// Series returns the series of all indicators, sorted by SeriesID. Only
// claims about one period enter, with the levels, shares, ranks, growth rates
// and yearly increments each in a series of their own; a claim whose period
// the text leaves open stays outside unless rule.Reading settles it, for its
// place on the time axis is not known. Periods without a claim are filled
// with derived figures, status E, whose interval has two ends; a series may
// consist of them alone, such as the total of a city.
func (d *Dataset) Series(rule Preference) []Series {
	type key struct {
		id SeriesID
		p  Period
	}
	best := map[key]*Claim{}
	at := map[*Claim]Period{}
	for i := range d.Claims {
		c := &d.Claims[i]
		p, ok := c.entersSeries(rule.Reading)
		if !ok {
			continue
		}
		at[c] = p
		k := key{c.Series(), p}
		if b, ok := best[k]; !ok || rule.better(c, b) {
			best[k] = c
		}
	}
	chosen := make([]*Claim, 0, len(best))
	for _, c := range best {
		chosen = append(chosen, c)
	}
	slices.SortFunc(chosen, func(a, b *Claim) int {
		return cmp.Or(a.Series().compare(b.Series()), at[a].Compare(at[b]))
	})
	var out []Series
	for _, c := range chosen {
		id := c.Series()
		if len(out) == 0 || out[len(out)-1].SeriesID != id {
			out = append(out, Series{SeriesID: id})
		}
		s := &out[len(out)-1]
		if n := len(s.Obs); n > 0 && (s.Unit.Base != c.Unit.Base || s.Obs[n-1].Period.Freq() != at[c].Freq()) {
			continue // another unit or frequency: a claim of its own, not a point of this series
		}
		iv := c.Interval(rule.Wording)
		v := c.Value.Float()
		if c.Value.Qual != Exact && iv.Bounded() {
			v = iv.Mid()
		}
		if len(s.Obs) > 0 && s.Unit.Symbol != c.Unit.Symbol { // 万元 and 亿元: on the unit of the latest
			k := s.Unit.Scale / c.Unit.Scale
			for i := range s.Obs {
				s.Obs[i].Value *= k
				s.Obs[i].Interval = s.Obs[i].Interval.Scale(k)
			}
		}
		s.Unit = c.Unit
		if c.English != "" {
			s.English = c.English
		}
		s.Nature, s.Better, s.Prices = NatureOf(c.Indicator, c.Unit, c.Kind), c.Better, c.Prices
		st := c.Status
		if st == NoStatus {
			st = Actual
		}
		s.Obs = append(s.Obs, Observation{Period: at[c], Value: v, Interval: iv, Status: st, Claim: c.ID})
	}
	if rule.AsRead {
		return out
	}
	return fill(out, d.Derive(rule), rule.Reading)
}

// fill enters derived observations in the periods that have none.
func fill(out []Series, ds []Derived, reading Period) []Series {
	at := make(map[SeriesID]int, len(out))
	for i := range out {
		at[out[i].SeriesID] = i
	}
	for i := range ds {
		d := &ds[i]
		if d.Goal || d.Tightens != "" || !d.Span.Single() || !d.Interval.Bounded() || !d.Reading.IsZero() && d.Reading != reading {
			continue
		}
		switch d.Kind {
		case KindLevel, KindRate, KindIndex, KindShare:
		default:
			continue
		}
		k, ok := at[d.SeriesID]
		if !ok {
			k = len(out)
			at[d.SeriesID] = k
			out = append(out, Series{SeriesID: d.SeriesID, English: d.English, Unit: d.Unit, Nature: d.Nature, Better: d.Better, Prices: d.Prices})
		}
		s := &out[k]
		p := d.Span.To
		if s.Unit.Base != d.Unit.Base || len(s.Obs) > 0 && s.Obs[0].Period.Freq() != p.Freq() {
			continue
		}
		if _, taken := s.At(p); taken {
			continue
		}
		o := Observation{Period: p, Value: d.Value, Interval: d.Interval, Status: Estimated, Derived: &Derivation{Rule: d.Rule, Inputs: slices.Clone(d.Inputs)}}
		if s.Unit.Scale != d.Unit.Scale {
			k := d.Unit.Scale / s.Unit.Scale
			o.Value, o.Interval = o.Value*k, o.Interval.Scale(k)
		}
		j, _ := slices.BinarySearchFunc(s.Obs, p, func(o Observation, p Period) int { return o.Period.Compare(p) })
		s.Obs = slices.Insert(s.Obs, j, o)
	}
	slices.SortStableFunc(out, func(a, b Series) int { return a.SeriesID.compare(b.SeriesID) })
	return out
}

func (id SeriesID) compare(o SeriesID) int {
	return cmp.Or(strings.Compare(id.Indicator, o.Indicator), strings.Compare(id.Area, o.Area), strings.Compare(id.Scope, o.Scope),
		cmp.Compare(id.Measure, o.Measure), strings.Compare(id.Of, o.Of))
}

// entersSeries returns the period that the claim is an observation of, with
// an open period settled by reading; ok is false if it is none.
func (c *Claim) entersSeries(reading Period) (p Period, ok bool) {
	if !c.HasValue || c.Kind.Target() {
		return Period{}, false
	}
	switch c.Kind {
	case KindLevel, KindRate, KindIndex, KindFrom, KindTo, KindShare, KindShareCity, KindShareOther, KindRank, KindGrowth, KindIncrementYear:
	default:
		return Period{}, false
	}
	switch {
	case len(c.Spans) == 1 && c.Spans[0].Single():
		return c.Spans[0].To, !c.Spans[0].To.IsZero()
	case len(c.Spans) > 1 && !reading.IsZero():
		for i, r := range readingsOf(c) {
			if r == reading && c.Spans[i].Single() {
				return c.Spans[i].To, true
			}
		}
	}
	return Period{}, false
}

func (rule Preference) better(a, b *Claim) bool {
	rank := func(c *Claim) int {
		r := 0
		if i := slices.Index(rule.Prefer, c.ID); i >= 0 {
			r -= 1000 - i
		}
		if c.Kind == KindFrom || c.Kind == KindTo {
			r += 4
		}
		if c.Value.Qual != Exact {
			r += 2
		}
		if c.Status == Estimated {
			r++
		}
		return r
	}
	if ra, rb := rank(a), rank(b); ra != rb {
		return ra < rb
	}
	if a.Source.Doc == b.Source.Doc && a.Source.Start != b.Source.Start {
		return a.Source.Start > b.Source.Start
	}
	return a.ID < b.ID
}

// Targets returns the formal targets in the order of the claims, planned
// milestones among them.
func (d *Dataset) Targets(w Wording) []Target {
	var out []Target
	for i := range d.Claims {
		if d.Claims[i].IsTarget() {
			out = append(out, Formal(&d.Claims[i], w))
		}
	}
	return out
}

// Strip returns s without white space, the form in which quotes are kept and
// compared.
func Strip(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
}

// Text is a document's text prepared for finding quotes in it.
type Text struct {
	raw      string
	stripped string
	at       []int32 // at[i] is the byte in raw of byte i of stripped
}

// NewText prepares text, which may be of any size below 2 GB.
func NewText(text string) *Text {
	t := &Text{raw: text}
	var b strings.Builder
	b.Grow(len(text))
	t.at = make([]int32, 0, len(text))
	for i, r := range text {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			continue
		}
		n := b.Len()
		b.WriteRune(r)
		for k := range b.Len() - n {
			t.at = append(t.at, int32(i+k))
		}
	}
	t.stripped = b.String()
	return t
}

// Find returns the bytes of the raw text, half open, in which quote stands
// once white space is removed from both, and how many places there are; the
// first is returned.
func (t *Text) Find(quote string) (start, end, places int) {
	q := Strip(quote)
	if q == "" {
		return 0, 0, 0
	}
	first := -1
	for i := 0; ; {
		k := strings.Index(t.stripped[i:], q)
		if k < 0 {
			break
		}
		if first < 0 {
			first = i + k
		}
		places++
		i += k + len(q)
	}
	if first < 0 {
		return 0, 0, 0
	}
	return int(t.at[first]), int(t.at[first+len(q)-1]) + 1, places
}

// CheckQuotes verifies that every claim of document doc is quoted from t: the
// quote must stand at the place it names or, where it names none, at exactly
// one place, which is then filled in. file names the source of the claims in
// errors; row(i) is the row of claim i there. All faults are joined.
func (d *Dataset) CheckQuotes(doc string, t *Text, file string, row func(i int) int) error {
	var errs []error
	for i := range d.Claims {
		c := &d.Claims[i]
		if c.Source.Doc != doc {
			continue
		}
		fail := func(msg string) {
			errs = append(errs, &RowError{File: file, Row: row(i), Column: "quote", ID: c.ID, Msg: msg})
		}
		if c.Source.Quote == "" {
			fail("no quote, though its doc names the given report; give the quote, or leave doc empty and put source and page in note")
			continue
		}
		s := &c.Source
		if s.End > 0 {
			if s.Start < 0 || s.End > len(t.raw) || s.Start >= s.End {
				fail(fmt.Sprintf("bytes %d–%d lie outside the report (%d bytes)", s.Start, s.End, len(t.raw)))
			} else if Strip(t.raw[s.Start:s.End]) != Strip(s.Quote) {
				msg := fmt.Sprintf("the quote %q does not stand at bytes %d–%d of the report", s.Quote, s.Start, s.End)
				if a, b, n := t.Find(s.Quote); n > 0 {
					msg += fmt.Sprintf("; it stands at %d–%d", a, b)
				}
				fail(msg)
			}
			continue
		}
		switch a, b, n := t.Find(s.Quote); n {
		case 0:
			fail(fmt.Sprintf("the quote %q is not in the report", s.Quote))
		case 1:
			s.Start, s.End = a, b
		default:
			fail(fmt.Sprintf("the quote %q stands at %d places of the report; lengthen it or give start and end", s.Quote, n))
		}
	}
	return errors.Join(errs...)
}
