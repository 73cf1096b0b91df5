package indicators

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Freq is the frequency of a period: how often a series has a value.
type Freq uint8

// The frequencies, with the codes of SDMX.
const (
	None      Freq = iota // of the zero Period
	Annual                // A
	HalfYear              // S
	Quarterly             // Q
	Monthly               // M
	Daily                 // D
)

// String returns the SDMX code: A, S, Q, M, D, or - for None.
func (f Freq) String() string { return [...]string{"-", "A", "S", "Q", "M", "D"}[f] }

// PerYear returns the number of periods in a year; 365 for days, 0 for None.
func (f Freq) PerYear() int { return [...]int{0, 1, 2, 4, 12, 365}[f] }

// Period is a year, half-year, quarter, month or day. It is a comparable
// value; the zero Period is none. Arithmetic is integer addition on an
// ordinal, so Year(2021).Add(5) is Year(2026).
type Period struct {
	freq Freq
	ord  int
}

// Year returns the calendar year y.
func Year(y int) Period { return Period{Annual, y} }

// Half returns half-year s (1 or 2) of year y. Other s panic.
func Half(y, s int) Period { return sub(HalfYear, y, s, 2) }

// Quarter returns quarter q (1 to 4) of year y. Other q panic.
func Quarter(y, q int) Period { return sub(Quarterly, y, q, 4) }

// Month returns month m (1 to 12) of year y. Other m panic.
func Month(y, m int) Period { return sub(Monthly, y, m, 12) }

// Day returns a calendar day. A date that does not exist panics.
func Day(y, m, d int) Period {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != m || t.Day() != d {
		panic("indicators: no such day")
	}
	return Period{Daily, int(t.Unix() / 86400)}
}

func sub(f Freq, y, k, n int) Period {
	if k < 1 || k > n {
		panic("indicators: part of the year out of range")
	}
	return Period{f, y*n + k - 1}
}

// Freq returns the period's frequency, None for the zero Period.
func (p Period) Freq() Freq { return p.freq }

// IsZero reports whether p is the zero Period.
func (p Period) IsZero() bool { return p.freq == None }

// Year returns the calendar year that p lies in, 0 for the zero Period.
func (p Period) Year() int {
	switch p.freq {
	case None:
		return 0
	case Annual:
		return p.ord
	case Daily:
		return p.time().Year()
	}
	return floorDiv(p.ord, p.freq.PerYear())
}

// Part returns which part of its year p is, counted from 1: the half, the
// quarter, the month, or the day of the year; 1 for a year.
func (p Period) Part() int {
	switch p.freq {
	case None, Annual:
		return 1
	case Daily:
		return p.time().YearDay()
	}
	n := p.freq.PerYear()
	return p.ord - floorDiv(p.ord, n)*n + 1
}

func (p Period) time() time.Time { return time.Unix(int64(p.ord)*86400, 0).UTC() }

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Add returns the period n steps of its own frequency later.
func (p Period) Add(n int) Period { p.ord += n; return p }

// Sub returns the number of steps from q to p. Different frequencies panic.
func (p Period) Sub(q Period) int {
	if p.freq != q.freq {
		panic("indicators: periods of different frequency")
	}
	return p.ord - q.ord
}

// First and last day of the period, as days; the zero Period panics.
func (p Period) bounds() (first, last Period) {
	y := p.Year()
	switch p.freq {
	case Annual:
		return Day(y, 1, 1), Day(y, 12, 31)
	case HalfYear, Quarterly, Monthly:
		months := 12 / p.freq.PerYear()
		m := (p.Part()-1)*months + 1
		first = Day(y, m, 1)
		next := Month(y, m).Add(months)
		return first, Day(next.Year(), next.Part(), 1).Add(-1)
	case Daily:
		return p, p
	}
	panic("indicators: bounds of the zero period")
}

// FirstDay returns the first day of p. The zero Period panics.
func (p Period) FirstDay() Period { f, _ := p.bounds(); return f }

// LastDay returns the last day of p. The zero Period panics.
func (p Period) LastDay() Period { _, l := p.bounds(); return l }

// Compare orders periods by their last day, then by their first, the wider
// one last; the zero Period comes before all others.
func (p Period) Compare(q Period) int {
	switch {
	case p == q:
		return 0
	case p.IsZero():
		return -1
	case q.IsZero():
		return 1
	case p.freq == q.freq:
		return p.ord - q.ord
	}
	pf, pl := p.bounds()
	qf, ql := q.bounds()
	if pl.ord != ql.ord {
		return pl.ord - ql.ord
	}
	return qf.ord - pf.ord
}

// String returns the text form of SDMX: 2021, 2021-S1, 2021-Q3, 2021-07,
// 2021-12-31, and the empty string for the zero Period.
func (p Period) String() string {
	switch p.freq {
	case None:
		return ""
	case Annual:
		return fmt.Sprintf("%04d", p.ord)
	case HalfYear, Quarterly:
		return fmt.Sprintf("%04d-%s%d", p.Year(), p.freq, p.Part())
	case Monthly:
		return fmt.Sprintf("%04d-%02d", p.Year(), p.Part())
	}
	return p.time().Format("2006-01-02")
}

// Label returns the period as a reader of the language expects it: 2025年,
// 2025年上半年, 2025年一季度, 2025年3月 in Chinese; 2025, 2025 H1, 2025 Q1,
// Mar 2025 in English. lang is "zh" or "en".
func (p Period) Label(lang string) string {
	if p.IsZero() {
		return ""
	}
	y, k := p.Year(), p.Part()
	if lang == "en" {
		switch p.freq {
		case HalfYear:
			return fmt.Sprintf("%d H%d", y, k)
		case Quarterly:
			return fmt.Sprintf("%d Q%d", y, k)
		case Monthly:
			return fmt.Sprintf("%s %d", time.Month(k).String()[:3], y)
		case Daily:
			return p.time().Format("2 Jan 2006")
		}
		return strconv.Itoa(y)
	}
	switch p.freq {
	case HalfYear:
		return fmt.Sprintf("%d年%s半年", y, [...]string{"上", "下"}[k-1])
	case Quarterly:
		return fmt.Sprintf("%d年%s季度", y, [...]string{"一", "二", "三", "四"}[k-1])
	case Monthly:
		return fmt.Sprintf("%d年%d月", y, k)
	case Daily:
		return p.time().Format("2006年1月2日")
	}
	return fmt.Sprintf("%d年", y)
}

// MarshalText implements encoding.TextMarshaler.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Period) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*p = Period{}
		return nil
	}
	q, err := ParsePeriod(string(b))
	if err == nil {
		*p = q
	}
	return err
}

var errPeriod = errors.New("want a period such as 2021, 2021-S1, 2021-Q3, 2021-07 or 2021-12-31")

// ParsePeriod reads the text form that String writes.
func ParsePeriod(s string) (Period, error) {
	bad := fmt.Errorf("indicators: period %q: %w", s, errPeriod)
	digits := func(t string, n int) (int, bool) {
		if len(t) != n {
			return 0, false
		}
		v := 0
		for _, c := range []byte(t) {
			if c < '0' || c > '9' {
				return 0, false
			}
			v = v*10 + int(c-'0')
		}
		return v, true
	}
	if len(s) < 4 {
		return Period{}, bad
	}
	y, ok := digits(s[:4], 4)
	if !ok {
		return Period{}, bad
	}
	rest := s[4:]
	if rest == "" {
		return Year(y), nil
	}
	if rest[0] != '-' {
		return Period{}, bad
	}
	rest = rest[1:]
	if len(rest) == 2 && (rest[0] == 'S' || rest[0] == 'Q') {
		k := int(rest[1] - '0')
		switch {
		case rest[0] == 'S' && k >= 1 && k <= 2:
			return Half(y, k), nil
		case rest[0] == 'Q' && k >= 1 && k <= 4:
			return Quarter(y, k), nil
		}
		return Period{}, bad
	}
	if m, ok := digits(rest, 2); ok && m >= 1 && m <= 12 {
		return Month(y, m), nil
	}
	if len(rest) == 5 && rest[2] == '-' {
		m, ok1 := digits(rest[:2], 2)
		d, ok2 := digits(rest[3:], 2)
		t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		if ok1 && ok2 && m >= 1 && m <= 12 && t.Day() == d && int(t.Month()) == m {
			return Day(y, m, d), nil
		}
	}
	return Period{}, bad
}

// Span is a stretch of time that a statement speaks of. For growth From is
// the base, which is not counted; for sums both ends count. A statement about
// one period has From == To. A date by which something is due ("by 2026") has
// a zero From.
type Span struct{ From, To Period }

// At returns the span of the single period p.
func At(p Period) Span { return Span{p, p} }

// By returns the span of something due at p.
func By(p Period) Span { return Span{To: p} }

// Single reports whether s is one period.
func (s Span) Single() bool { return s.From == s.To }

// Due reports whether s is a due date without a beginning.
func (s Span) Due() bool { return s.From.IsZero() && !s.To.IsZero() }

// String returns the form used in figures.csv: 2021, 2016-2021, by 2026.
func (s Span) String() string {
	switch {
	case s.Single():
		return s.To.String()
	case s.Due():
		return "by " + s.To.String()
	}
	return s.From.String() + "-" + s.To.String()
}

// ParseSpan reads the form that String writes.
func ParseSpan(s string) (Span, error) {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "by "); ok {
		p, err := ParsePeriod(strings.TrimSpace(rest))
		return By(p), err
	}
	if p, err := ParsePeriod(s); err == nil {
		return At(p), nil
	}
	for i := range len(s) {
		if s[i] != '-' {
			continue
		}
		from, err1 := ParsePeriod(s[:i])
		to, err2 := ParsePeriod(s[i+1:])
		if err1 != nil || err2 != nil {
			continue
		}
		if from.Compare(to) >= 0 {
			return Span{}, fmt.Errorf("indicators: span %q does not run forwards", s)
		}
		return Span{from, to}, nil
	}
	return Span{}, fmt.Errorf("indicators: period %q: %w, a span such as 2016-2021, or by 2026", s, errPeriod)
}

// ParseSpans reads alternatives joined by |, the readings that the text
// leaves open. The empty string gives none.
func ParseSpans(s string) ([]Span, error) {
	if strings.TrimSpace(s) == "" {
		return nil, nil
	}
	var out []Span
	for part := range strings.SplitSeq(s, "|") {
		sp, err := ParseSpan(part)
		if err != nil {
			return nil, err
		}
		out = append(out, sp)
	}
	return out, nil
}

// FormatSpans is the inverse of ParseSpans.
func FormatSpans(spans []Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = s.String()
	}
	return strings.Join(parts, "|")
}
