package progress

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/indicators"
)

// TrackRow is a row of a plain table of targets.
type TrackRow struct {
	Indicator, Series string
	Row               int // as a spreadsheet shows it
	Track             Track
}

var trackColumns = []string{"indicator", "series", "base_value", "base_year", "current_value", "current_year", "direction", "limit", "target", "target_year"}

// ignoredColumns may stand in a table of tracks: they are answers, not input.
var ignoredColumns = []string{"progress_value", "score", "status", "note", "unit"}

// ReadTracks reads a table of targets as CSV with a header, UTF-8 with or
// without BOM: indicator, series, base_value, base_year, current_value,
// current_year, direction (1 or up: more is better, -1 or down: less is),
// limit (natural limit, such as 100; empty if there is none), target (empty
// if there is none), target_year. A number counts as rounded to its last
// printed digit; a whole number as exact. Missing base or current values are
// allowed and give no verdict later. All faults are reported together.
func ReadTracks(r io.Reader, name string) ([]TrackRow, error) {
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = -1
	head, err := cr.Read()
	if err == io.EOF {
		return nil, &indicators.RowError{File: name, Msg: "the file is empty; want a header row " + strings.Join(trackColumns, ",")}
	}
	if err != nil {
		return nil, &indicators.RowError{File: name, Row: 1, Msg: err.Error()}
	}
	col := map[string]int{}
	var errs []error
	for i, h := range head {
		h = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
		if _, dup := col[h]; dup {
			errs = append(errs, &indicators.RowError{File: name, Row: 1, Column: h, Msg: "the column stands twice"})
		}
		if !slices.Contains(trackColumns, h) && !slices.Contains(ignoredColumns, h) {
			errs = append(errs, &indicators.RowError{File: name, Row: 1, Column: h, Msg: "unknown column; the columns are " + strings.Join(trackColumns, ",")})
		}
		col[h] = i
	}
	for _, h := range []string{"indicator", "base_value", "base_year", "current_value", "current_year", "direction"} {
		if _, ok := col[h]; !ok {
			errs = append(errs, &indicators.RowError{File: name, Row: 1, Column: h, Msg: "the column is missing"})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	var out []TrackRow
	for row := 2; ; row++ {
		rec, err := cr.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			errs = append(errs, &indicators.RowError{File: name, Row: row, Msg: err.Error()})
			if !errors.As(err, new(*csv.ParseError)) {
				break
			}
			continue
		}
		get := func(c string) string {
			if i, ok := col[c]; ok && i < len(rec) {
				return strings.TrimSpace(rec[i])
			}
			return ""
		}
		fail := func(c, msg string) {
			errs = append(errs, &indicators.RowError{File: name, Row: row, Column: c, ID: get("indicator"), Msg: msg})
		}
		num := func(c string) float64 {
			s := get(c)
			if s == "" {
				return math.NaN()
			}
			x, err := strconv.ParseFloat(s, 64)
			if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
				fail(c, fmt.Sprintf("%q is not a number", s))
				return math.NaN()
			}
			return x
		}
		year := func(c string) float64 {
			if y, _, ok := strings.Cut(get(c), "-"); ok && len(y) == 4 { // 2015-16 counts as 2015
				if x, err := strconv.ParseFloat(y, 64); err == nil {
					return x
				}
			}
			return num(c)
		}
		t := TrackRow{Indicator: get("indicator"), Series: get("series"), Row: row, Track: Track{
			Base: num("base_value"), BaseYear: year("base_year"), Current: num("current_value"), CurrentYear: year("current_year"),
			Limit: num("limit"), Target: num("target"), TargetYear: year("target_year"),
			BaseInterval: printedInterval(get("base_value")), CurrentInterval: printedInterval(get("current_value")),
		}}
		switch d := get("direction"); d {
		case "1", "1.0", "up", "positive":
			t.Track.Better = indicators.Up
		case "-1", "-1.0", "down", "negative":
			t.Track.Better = indicators.Down
		default:
			fail("direction", fmt.Sprintf("%q; want 1 or up where more is better, -1 or down where less is", d))
		}
		if !math.IsNaN(t.Track.Target) && math.IsNaN(t.Track.TargetYear) {
			fail("target_year", "empty, though there is a target")
		}
		out = append(out, t)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// printedInterval is what a printed decimal number may be; whole numbers and
// numbers with more digits than anyone prints are exact.
func printedInterval(s string) indicators.Interval {
	v, err := indicators.ParseValue(s)
	if err != nil || v.Exp == 0 || v.Exp < -6 {
		return indicators.Interval{}
	}
	return indicators.Wording{}.Interval(v, indicators.Unit{}, indicators.Fact)
}

// VerdictRow is one verdict of one rule, for verdicts.csv.
type VerdictRow struct {
	ID                string // of the target; empty in a plain table
	Indicator, Series string
	Published
}

// WriteVerdicts writes indicator,series,rule,required,observed,ratio,score,
// verdict,flips, with id in front if withID. Numbers that a rule does not
// have are empty cells; required and observed are per cent a year for rules
// on growth and units a year for rules on differences.
func WriteVerdicts(w io.Writer, rows []VerdictRow, withID bool) error {
	return writeVerdicts(w, rows, withID, false)
}

// ExplainVerdicts is WriteVerdicts with a last column why: the numbers and
// cut-offs behind each verdict, or why the rule gives none.
func ExplainVerdicts(w io.Writer, rows []VerdictRow, withID bool) error {
	return writeVerdicts(w, rows, withID, true)
}

func writeVerdicts(w io.Writer, rows []VerdictRow, withID, withWhy bool) error {
	cw := csv.NewWriter(w)
	line := func(id, why string, rec ...string) {
		if withID {
			rec = append([]string{id}, rec...)
		}
		if withWhy {
			rec = append(rec, why)
		}
		_ = cw.Write(rec) // Error tells below
	}
	line("id", "why", "indicator", "series", "rule", "required", "observed", "ratio", "score", "verdict", "flips")
	for _, r := range rows {
		flips := "no"
		switch {
		case r.Verdict == NotAvailable:
			flips = ""
		case r.Flips:
			flips = "yes"
		}
		line(r.ID, r.Why, r.Indicator, r.Series, r.Rule, number(r.Required), number(r.Observed), full(r.Ratio), full(r.Score), r.Verdict, flips)
	}
	cw.Flush()
	return cw.Error()
}

// full prints all digits, for numbers that are compared with published ones.
func full(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// Verdicts applies the published methods to every row of a table, a row a
// rule. A rule that does not apply, such as one on yearly changes where there
// are two values, has the verdict not_available and says why; see Applied.
func Verdicts(rows []TrackRow) []VerdictRow {
	var out []VerdictRow
	for _, r := range rows {
		for _, p := range Methods(r.Track) {
			out = append(out, VerdictRow{Indicator: r.Indicator, Series: r.Series, Published: p})
		}
	}
	return out
}
