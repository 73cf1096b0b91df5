package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// series is one series as read.
type series struct {
	id     string
	number int   // from 0 in the file
	line   int   // of its first row
	err    error // a bad row
	start  stamp
	season int
	y      []float64
}

// stamp is a time: a period, or an integer where period is zero.
type stamp struct {
	period indicators.Period
	n      int
}

// parseStamp reads ds. Integers come first: years and counters both step by
// one.
func parseStamp(s string) (stamp, error) {
	if n, err := strconv.Atoi(s); err == nil {
		return stamp{n: n}, nil
	}
	p, err := indicators.ParsePeriod(s)
	if err != nil {
		return stamp{}, fmt.Errorf("ds %q is neither a period such as 2021-Q3 nor an integer", s)
	}
	return stamp{period: p}, nil
}

func (t stamp) add(k int) stamp {
	if t.period.IsZero() {
		return stamp{n: t.n + k}
	}
	return stamp{period: t.period.Add(k)}
}

// sub is the number of steps from u to t; ok is false if they are of
// different kinds.
func (t stamp) sub(u stamp) (k int, ok bool) {
	if t.period.Freq() != u.period.Freq() {
		return 0, false
	}
	if t.period.IsZero() {
		return t.n - u.n, true
	}
	return t.period.Sub(u.period), true
}

// season returns the periods in a season: as given, or what follows from the
// kind of t for 0. A given season other than 1 must be that of the kind, if
// the kind has one; days may have any.
func (t stamp) season(given int) (int, error) {
	own := 1
	switch f := t.period.Freq(); f {
	case indicators.HalfYear, indicators.Quarterly, indicators.Monthly:
		own = f.PerYear()
	}
	switch f := t.period.Freq(); {
	case given == 0:
		return own, nil
	case given > 1 && given != own && f != indicators.None && f != indicators.Daily:
		return 0, fmt.Errorf("-season %d contradicts ds %v, which has %d periods a year", given, t, own)
	}
	return given, nil
}

func (t stamp) String() string {
	if t.period.IsZero() {
		return strconv.Itoa(t.n)
	}
	return t.period.String()
}

// record is what the job needs. A bad series has no values, so that nothing
// is computed for it.
func (s *series) record() forecast.Record {
	if s.err != nil {
		return forecast.Record{Key: s.id}
	}
	return forecast.Record{Key: s.id, Data: forecast.Data{Y: s.y, Season: s.season}}
}

// reader reads series in long form, one at a time.
type reader struct {
	csv      *csv.Reader
	col      [3]int
	columns  int
	firstBad error // the first bad row
	err      error // what ended reading early
}

func newReader(in io.Reader) (*reader, error) {
	b, err := plain(in)
	if err != nil {
		return nil, err
	}
	r := &reader{csv: csv.NewReader(b)}
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
	return r, nil
}

// maxGap bounds the steps that may be left out between two rows, so that a
// mistyped year does not fill the memory.
const maxGap = 10000

// series yields the series in the order of the file, for a season as given (0:
// from ds). A bad row ends its series; a series that returns, or a line that
// is no CSV, ends everything and is left in r.err. Of series gone by only a
// hash of eight bytes is kept.
func (r *reader) series(season int) iter.Seq[*series] {
	return func(yield func(*series) bool) {
		seen := map[uint64]struct{}{}
		var s *series
		var last stamp
		number := 0
		bad := func(line int, format string, args ...any) {
			s.err = fmt.Errorf("line %d: %w", line, fmt.Errorf(format, args...))
			if r.firstBad == nil {
				r.firstBad = fmt.Errorf("series %s: %w", s.id, s.err)
			}
		}
		for row := range r.rows() {
			if s == nil || s.id != row.id {
				if s != nil && !yield(s) {
					return
				}
				h := fnv.New64a()
				_, _ = io.WriteString(h, row.id)
				if _, ok := seen[h.Sum64()]; ok {
					r.err = fmt.Errorf("line %d: series %s returns; the rows of a series must stand together", row.line, row.id)
					return
				}
				seen[h.Sum64()] = struct{}{}
				s = &series{id: strings.Clone(row.id), number: number, line: row.line}
				number++
			}
			if s.err != nil {
				continue
			}
			if row.fields != r.columns {
				bad(row.line, "the row has %d fields, the header %d", row.fields, r.columns)
				continue
			}
			ds, err := parseStamp(strings.TrimSpace(row.ds))
			if err != nil {
				bad(row.line, "%w", err)
				continue
			}
			y := math.NaN()
			if text := strings.TrimSpace(row.y); text != "" {
				y, err = strconv.ParseFloat(text, 64)
				if err != nil || math.IsNaN(y) || math.IsInf(y, 0) {
					bad(row.line, "y %q is not a number", text)
					continue
				}
			}
			if len(s.y) == 0 {
				s.start = ds
				if s.season, err = ds.season(season); err != nil {
					bad(row.line, "%w", err)
					continue
				}
			} else {
				k, ok := ds.sub(last)
				switch {
				case !ok:
					bad(row.line, "ds %v is of another kind than %v", ds, last)
				case k < 1:
					bad(row.line, "ds %v is not after %v", ds, last)
				case k > maxGap:
					bad(row.line, "ds %v is %d steps after %v", ds, k, last)
				}
				if s.err != nil {
					continue
				}
				for ; k > 1; k-- {
					s.y = append(s.y, math.NaN())
				}
			}
			last = ds
			s.y = append(s.y, y)
		}
		if s != nil && r.err == nil {
			yield(s)
		}
	}
}

// count returns the number of series in a file.
func count(in io.Reader) (int, error) {
	r, err := newReader(in)
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
	return n, r.err
}

// source is an input that can be read twice.
type source struct {
	io.ReadSeeker
	start int64
	temp  *os.File // a copy to remove; nil if the input is a file itself
}

// rewindable returns in as it is if it can be read twice, otherwise a copy in
// a temporary file.
func rewindable(in io.Reader) (*source, error) {
	if f, ok := in.(io.ReadSeeker); ok {
		if at, err := f.Seek(0, io.SeekCurrent); err == nil {
			return &source{ReadSeeker: f, start: at}, nil
		}
	}
	f, err := os.CreateTemp("", "forecast-*.csv")
	if err != nil {
		return nil, err
	}
	s := &source{ReadSeeker: f, temp: f}
	if _, err := io.Copy(f, in); err != nil {
		s.close()
		return nil, err
	}
	if err := s.rewind(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *source) rewind() error {
	_, err := s.Seek(s.start, io.SeekStart)
	return err
}

func (s *source) close() {
	if s.temp != nil {
		_ = s.temp.Close()
		_ = os.Remove(s.temp.Name())
	}
}
