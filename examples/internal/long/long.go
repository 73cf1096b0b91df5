// Package long reads series in long form, as the programs take them: a row a
// period with the columns unique_id, ds and y in any order, and what kind of
// quantity a series is in the optional columns indicator, unit and nature.
package long

import (
	"encoding/csv"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/indicators"
)

// Series is one series as read.
type Series struct {
	ID     string
	Area   string // as the column area says, if the reader was told to read it
	Number int    // from 0 in the file
	Line   int    // of its first row
	Err    error  // the first bad row; the values then are of no use
	Start  Stamp
	Season int // periods in a season
	Y      []float64
	Kind   Kind
}

// optional are the columns that a file may have beside the first three.
var optional = [...]string{"indicator", "unit", "nature", "area"}

// areaColumn is the place of area among them.
const areaColumn = 3

// Reader reads series in long form, one at a time.
type Reader struct {
	FirstBad error // the first bad row
	Err      error // what ended reading early
	// Bad is told of every bad row of a series; nil: nobody is.
	Bad func(line int, id string, err error)

	csv     *csv.Reader
	col     [3]int
	extra   [len(optional)]int // −1: not there
	columns int
}

// NewReader reads the header. The text may be gzip or plain, UTF-8 or GB18030.
// A column area is read if areas is set, and passed over otherwise.
func NewReader(in io.Reader, areas bool) (*Reader, error) {
	b, err := Plain(in)
	if err != nil {
		return nil, err
	}
	r := &Reader{csv: csv.NewReader(b)}
	r.csv.ReuseRecord = true
	r.csv.FieldsPerRecord = -1 // a row of another length spoils its series only
	header, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty; it begins with the line unique_id,ds,y")
	}
	if err != nil {
		return nil, err
	}
	r.columns = len(header)
	for i, c := range []string{"unique_id", "ds", "y"} {
		if r.col[i] = slices.Index(header, c); r.col[i] < 0 {
			return nil, fmt.Errorf("line 1: no column %s; the columns are unique_id,ds,y", c)
		}
	}
	for i, c := range optional {
		r.extra[i] = slices.Index(header, c)
	}
	if !areas {
		r.extra[areaColumn] = -1
	}
	return r, nil
}

// maxGap bounds the steps that may be left out between two rows, so that a
// mistyped year does not fill the memory.
const maxGap = 10000

// Series yields the series in the order of the file, for a season as given (0:
// from ds). A bad row spoils its series; a series that returns, or a line that
// is no CSV, ends everything and is left in r.Err. Of series gone by only a
// hash of eight bytes is kept.
func (r *Reader) Series(season int) iter.Seq[*Series] {
	return func(yield func(*Series) bool) {
		seen := map[uint64]struct{}{}
		var s *Series
		var last Stamp
		var first [len(optional)]string // of the series
		described, begun := false, false
		number := 0
		bad := func(line int, format string, args ...any) {
			err := fmt.Errorf(format, args...)
			if s.Err == nil {
				s.Err = fmt.Errorf("line %d: %w", line, err)
				s.Y = nil
			}
			if r.FirstBad == nil {
				r.FirstBad = fmt.Errorf("series %s: %w", s.ID, s.Err)
			}
			if r.Bad != nil {
				r.Bad(line, s.ID, err)
			}
		}
		for row := range r.rows() {
			if s == nil || s.ID != row.id {
				if s != nil && !yield(s) {
					return
				}
				h := fnv.New64a()
				_, _ = io.WriteString(h, row.id)
				if _, ok := seen[h.Sum64()]; ok {
					r.Err = fmt.Errorf("line %d: series %s returns; the rows of a series must stand together", row.line, row.id)
					return
				}
				seen[h.Sum64()] = struct{}{}
				s = &Series{ID: strings.Clone(row.id), Number: number, Line: row.line}
				described, begun = false, false
				number++
			}
			if s.Err != nil && r.Bad == nil {
				continue // nobody asks for more
			}
			if row.fields != r.columns {
				bad(row.line, "the row has %d fields, the header %d", row.fields, r.columns)
				continue
			}
			if !described {
				described = true
				for i, text := range row.extra {
					first[i] = strings.Clone(strings.TrimSpace(text))
				}
				var err error
				s.Area = first[areaColumn]
				if s.Kind, err = KindOf(first[0], first[1], first[2]); err != nil {
					bad(row.line, "%w", err)
					continue
				}
			} else if i := differs(row.extra, first); i >= 0 {
				bad(row.line, "%s %q differs from %q in the first row of the series; write the same or nothing", optional[i], strings.TrimSpace(row.extra[i]), first[i])
				continue
			}
			ds, err := parseStamp(strings.TrimSpace(row.ds))
			if err != nil {
				bad(row.line, "%w", err)
				continue
			}
			k, ok := 1, true
			if begun {
				k, ok = ds.Sub(last)
			}
			inOrder := ok && k >= 1 && k <= maxGap
			y := math.NaN()
			if text := strings.TrimSpace(row.y); text != "" {
				y, err = strconv.ParseFloat(text, 64)
				if err != nil || math.IsNaN(y) || math.IsInf(y, 0) {
					err = fmt.Errorf("y %q is not a number", text)
				}
			}
			switch {
			case err != nil:
				bad(row.line, "%w", err)
			case !ok:
				bad(row.line, "ds %v is of another kind than %v", ds, last)
			case k < 1:
				bad(row.line, "ds %v is not after %v", ds, last)
			case k > maxGap:
				bad(row.line, "ds %v is %d steps after %v", ds, k, last)
			case !begun:
				s.Start = ds
				if s.Season, err = ds.season(season); err != nil {
					bad(row.line, "%w", err)
				}
			}
			if inOrder {
				begun, last = true, ds
			}
			if s.Err != nil {
				continue
			}
			for ; k > 1; k-- {
				s.Y = append(s.Y, math.NaN())
			}
			s.Y = append(s.Y, y)
		}
		if s != nil && r.Err == nil {
			yield(s)
		}
	}
}

// differs returns the first optional column of a row that says something else
// than the first row did, or −1.
func differs(row, first [len(optional)]string) int {
	for i, text := range row {
		if text = strings.TrimSpace(text); text != "" && text != first[i] {
			return i
		}
	}
	return -1
}

// Count returns the number of series in a file.
func Count(in io.Reader) (int, error) {
	r, err := NewReader(in, false)
	if err != nil {
		return 0, err
	}
	n, last := 0, ""
	for row := range r.rows() {
		if n == 0 || row.id != last {
			n++
			last = strings.Clone(row.id)
		}
	}
	return n, r.Err
}

// Stamp is a time: a period, or an integer where Period is zero.
type Stamp struct {
	Period indicators.Period
	N      int
}

// parseStamp reads ds. Integers come first: years and counters both step by
// one.
func parseStamp(s string) (Stamp, error) {
	if n, err := strconv.Atoi(s); err == nil {
		return Stamp{N: n}, nil
	}
	p, err := indicators.ParsePeriod(s)
	if err != nil {
		return Stamp{}, fmt.Errorf("ds %q is neither a period such as 2021-Q3 nor an integer", s)
	}
	return Stamp{Period: p}, nil
}

// Add returns the time k steps later.
func (t Stamp) Add(k int) Stamp {
	if t.Period.IsZero() {
		return Stamp{N: t.N + k}
	}
	return Stamp{Period: t.Period.Add(k)}
}

// Sub is the number of steps from u to t; ok is false if they are of
// different kinds.
func (t Stamp) Sub(u Stamp) (k int, ok bool) {
	if t.Period.Freq() != u.Period.Freq() {
		return 0, false
	}
	if t.Period.IsZero() {
		return t.N - u.N, true
	}
	return t.Period.Sub(u.Period), true
}

// season returns the periods in a season: as given, or what follows from the
// kind of t for 0. A given season other than 1 must be that of the kind, if
// the kind has one; days may have any.
func (t Stamp) season(given int) (int, error) {
	own := 1
	switch f := t.Period.Freq(); f {
	case indicators.HalfYear, indicators.Quarterly, indicators.Monthly:
		own = f.PerYear()
	}
	switch f := t.Period.Freq(); {
	case given == 0:
		return own, nil
	case given > 1 && given != own && f != indicators.None && f != indicators.Daily:
		return 0, fmt.Errorf("-season %d contradicts ds %v, which has %d periods a year", given, t, own)
	}
	return given, nil
}

// String returns t as a file has it.
func (t Stamp) String() string {
	if t.Period.IsZero() {
		return strconv.Itoa(t.N)
	}
	return t.Period.String()
}
