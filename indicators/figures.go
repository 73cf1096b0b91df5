package indicators

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// FigureColumns are the columns of figures.csv in their order. A column may
// be added at the end; none is ever renamed.
var figureColumns = []string{
	"id", "indicator", "value", "unit", "qualifier", "kind", "period", "area", "scope", "status", "direction", "section", "quote", "start", "end", "note",
	"english", "prices", "wording", "commitment", "of", "base_period", "hold", "constraint", "ref", "doc", "vintage",
}

// FigureColumns returns the columns of figures.csv in their order.
func FigureColumns() []string { return slices.Clone(figureColumns) }

var documentColumns = []string{"doc", "title", "issuer", "date", "sha256"}

// MaxRows bounds the rows that a reader of figures accepts from one file, and
// MaxErrors the faults that it lists before it stops counting them out.
const (
	MaxRows   = 1_000_000
	MaxErrors = 100
)

// RowError is a fault in one row of a file, with its place as a spreadsheet
// shows it: the header is row 1.
type RowError struct {
	File   string
	Sheet  string // of a workbook; empty for text files
	Row    int    // 0 if the fault is the file's
	Column string // heading of the column; empty if the fault is the row's
	ID     string // id of the row, if it has one
	Msg    string // what is wrong and what to do
}

// Error implements error.
func (e *RowError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Sheet != "" {
		fmt.Fprintf(&b, ", sheet %s", e.Sheet)
	}
	if e.Row > 0 {
		fmt.Fprintf(&b, ", row %d", e.Row)
	}
	if e.Column != "" {
		fmt.Fprintf(&b, ", column %s", e.Column)
	}
	if e.ID != "" {
		fmt.Fprintf(&b, " (%s)", e.ID)
	}
	b.WriteString(": ")
	b.WriteString(e.Msg)
	return b.String()
}

// faults collects row errors and bounds their number.
type faults struct {
	errs    []error
	dropped int
}

func (f *faults) add(e error) {
	if len(f.errs) >= MaxErrors {
		f.dropped++
		return
	}
	f.errs = append(f.errs, e)
}

func (f *faults) join() error {
	if f.dropped > 0 {
		f.errs = append(f.errs, fmt.Errorf("… and %d more", f.dropped))
	}
	return errors.Join(f.errs...)
}

// table reads a CSV file with a header, rows as maps from column to index.
type table struct {
	name string
	r    *csv.Reader
	col  map[string]int
	rec  []string
	row  int
	f    *faults
}

func openTable(r io.Reader, name string, known, required []string) (*table, error) {
	br := bufio.NewReader(r)
	if b, _ := br.Peek(3); string(b) == "\xef\xbb\xbf" {
		br.Discard(3)
	}
	cr := csv.NewReader(br)
	cr.FieldsPerRecord = -1
	cr.ReuseRecord = true
	head, err := cr.Read()
	if err == io.EOF {
		return nil, &RowError{File: name, Msg: "the file is empty; want a header row " + strings.Join(known, ",")}
	}
	if err != nil {
		return nil, &RowError{File: name, Row: 1, Msg: csvMessage(err)}
	}
	t := &table{name: name, r: cr, col: map[string]int{}, row: 1, f: &faults{}}
	for i, h := range head {
		h = strings.TrimSpace(h)
		if !utf8.ValidString(h) {
			return nil, &RowError{File: name, Row: 1, Msg: "the file is not UTF-8; save it as “CSV UTF-8”"}
		}
		if _, dup := t.col[h]; dup {
			t.f.add(&RowError{File: name, Row: 1, Column: h, Msg: "the column stands twice"})
		}
		if !slices.Contains(known, h) {
			t.f.add(&RowError{File: name, Row: 1, Column: h, Msg: "unknown column; the columns are " + strings.Join(known, ",")})
		}
		t.col[h] = i
	}
	for _, h := range required {
		if _, ok := t.col[h]; !ok {
			t.f.add(&RowError{File: name, Row: 1, Column: h, Msg: "the column is missing"})
		}
	}
	if len(t.f.errs) > 0 {
		return nil, t.f.join()
	}
	return t, nil
}

func csvMessage(err error) string {
	var pe *csv.ParseError
	if errors.As(err, &pe) {
		return fmt.Sprintf("line %d, character %d: %v", pe.Line, pe.Column, pe.Err)
	}
	return err.Error()
}

// next reads a row; it returns false at the end. A row that cannot be read is
// a fault, and reading goes on.
func (t *table) next() bool {
	for {
		rec, err := t.r.Read()
		if err == io.EOF {
			return false
		}
		t.row++
		if t.row > MaxRows {
			t.f.add(&RowError{File: t.name, Row: t.row, Msg: fmt.Sprintf("more than %d rows", MaxRows)})
			return false
		}
		if err != nil {
			t.f.add(&RowError{File: t.name, Row: t.row, Msg: csvMessage(err)})
			if !errors.As(err, new(*csv.ParseError)) {
				return false
			}
			continue
		}
		if len(rec) == 1 && strings.TrimSpace(rec[0]) == "" {
			continue
		}
		if len(rec) != len(t.col) {
			t.f.add(&RowError{File: t.name, Row: t.row, Msg: fmt.Sprintf("%d cells, the header has %d; is a comma unquoted, or the end of the row cut off?", len(rec), len(t.col))})
			continue
		}
		t.rec = rec
		for _, s := range rec {
			if !utf8.ValidString(s) {
				t.f.add(&RowError{File: t.name, Row: t.row, Msg: "not UTF-8; save the file as “CSV UTF-8”"})
				t.rec = nil
				break
			}
		}
		if t.rec != nil {
			return true
		}
	}
}

func (t *table) get(col string) string {
	i, ok := t.col[col]
	if !ok || i >= len(t.rec) {
		return ""
	}
	return strings.TrimSpace(t.rec[i])
}

// ReadFigures reads figures.csv: UTF-8 with or without BOM, the columns of
// FigureColumns in any order, of which indicator, value, kind and period must
// be there. name stands for the file in errors. All faults of the file are
// reported together, as joined *RowError values; then no claims are returned.
// A row without id gets one from its row number.
func ReadFigures(r io.Reader, name string) ([]Claim, error) {
	t, err := openTable(r, name, figureColumns, []string{"indicator", "value", "kind", "period"})
	if err != nil {
		return nil, err
	}
	var out []Claim
	seen := map[string]int{}
	type place struct {
		value, indicator string
		kind             Kind
		doc              string
		start, end       int
	}
	placed := map[place]int{}
	for t.next() {
		c, ok := readFigure(t)
		if c.ID == "" {
			c.ID = fmt.Sprintf("row-%d", t.row)
		}
		if first, dup := seen[c.ID]; dup {
			t.f.add(&RowError{File: name, Row: t.row, Column: "id", ID: c.ID, Msg: fmt.Sprintf("duplicate: row %d has the same id", first)})
			continue
		}
		seen[c.ID] = t.row
		if !ok {
			continue
		}
		if c.Source.End > 0 && c.HasValue {
			k := place{c.Value.String(), c.Indicator, c.Kind, c.Source.Doc, c.Source.Start, c.Source.End}
			if first, dup := placed[k]; dup && samePeriods(out, first, c, seen) {
				t.f.add(&RowError{File: name, Row: t.row, ID: c.ID, Msg: fmt.Sprintf("duplicate: row %d has the same value, kind, indicator and place", first)})
				continue
			}
			placed[k] = t.row
		}
		out = append(out, c)
	}
	if err := t.f.join(); err != nil {
		return nil, err
	}
	return out, nil
}

// samePeriods lets one number stand for two areas or periods (均增长8%): such
// rows share place and value but are no duplicates.
func samePeriods(out []Claim, firstRow int, c Claim, rowOf map[string]int) bool {
	for _, o := range out {
		if rowOf[o.ID] == firstRow {
			return o.Area == c.Area && o.Scope == c.Scope && FormatSpans(o.Spans) == FormatSpans(c.Spans)
		}
	}
	return true
}

// badID says why an id cannot name a file, as charts are named for claims;
// an empty id is filled in later.
func badID(id string) string {
	switch {
	case strings.ContainsAny(id, `/\:<>"|?*`+"\x00") || id == "." || id == "..":
		return `an id names files and may not hold / \ : < > " | ? *`
	case len(id) > 120:
		return "longer than 120 bytes"
	}
	return ""
}

func readFigure(t *table) (Claim, bool) {
	good := true
	id := t.get("id")
	fail := func(col, msg string) {
		good = false
		t.f.add(&RowError{File: t.name, Row: t.row, Column: col, ID: id, Msg: msg})
	}
	c := Claim{
		ID: id, Indicator: t.get("indicator"), Kind: Kind(t.get("kind")), Area: t.get("area"), Scope: t.get("scope"), Status: Status(t.get("status")),
		Note: t.get("note"), English: t.get("english"), Prices: Prices(t.get("prices")), Commitment: t.get("commitment"), Of: t.get("of"),
		Constraint: t.get("constraint"), Ref: t.get("ref"), Vintage: t.get("vintage"),
		Source: Source{Doc: t.get("doc"), Section: t.get("section"), Quote: t.get("quote")},
	}
	if msg := badID(c.ID); msg != "" {
		fail("id", msg)
	}
	if c.Indicator == "" {
		fail("indicator", "empty; name the indicator")
	}
	if !c.Kind.Valid() {
		fail("kind", fmt.Sprintf("unknown kind %q; see the list in the documentation of Kind", c.Kind))
	}
	switch v := t.get("value"); {
	case v == "" && !c.Kind.Numberless():
		fail("value", "a figure without number; only target_qualitative and milestone may have none")
	case v != "":
		val, err := ParseValue(v)
		if err != nil {
			fail("value", fmt.Sprintf("%q is not a number; give the digits as printed, unit and words in their own columns", v))
		}
		c.Value, c.HasValue = val, err == nil
	}
	if err := c.Value.Qual.UnmarshalText([]byte(t.get("qualifier"))); err != nil {
		fail("qualifier", strings.TrimPrefix(err.Error(), "indicators: "))
	}
	c.Value.Word = t.get("wording")
	u, err := ParseUnit(t.get("unit"))
	if err != nil {
		fail("unit", strings.TrimPrefix(err.Error(), "indicators: "))
	}
	c.Unit = u
	if c.Kind.Measure() == Rank {
		c.Unit = u.Ranked()
	}
	if c.Spans, err = ParseSpans(t.get("period")); err != nil {
		fail("period", strings.TrimPrefix(err.Error(), "indicators: "))
	} else if len(c.Spans) == 0 && !c.Kind.Target() && c.Kind.Valid() {
		fail("period", "empty; say which year the figure is of")
	}
	if err := c.Better.UnmarshalText([]byte(t.get("direction"))); err != nil {
		fail("direction", strings.TrimPrefix(err.Error(), "indicators: "))
	}
	switch c.Status {
	case Actual, Estimated, Provisional, NoStatus:
	default:
		fail("status", fmt.Sprintf("unknown status %q (want A, E, P or empty)", c.Status))
	}
	switch c.Prices {
	case Unstated, Nominal, Real:
	default:
		fail("prices", fmt.Sprintf("unknown price basis %q (want nominal, real or empty)", c.Prices))
	}
	if err := c.Base.UnmarshalText([]byte(t.get("base_period"))); err != nil {
		fail("base_period", strings.TrimPrefix(err.Error(), "indicators: "))
	}
	switch h := t.get("hold"); h {
	case "":
	case "1":
		c.Hold = true
	default:
		fail("hold", fmt.Sprintf("%q; want 1 or empty", h))
	}
	for _, p := range []struct {
		col string
		to  *int
	}{{"start", &c.Source.Start}, {"end", &c.Source.End}} {
		if s := t.get(p.col); s != "" {
			n, err := strconv.Atoi(s)
			if err != nil || n < 0 {
				fail(p.col, fmt.Sprintf("%q is not a byte offset", s))
			}
			*p.to = n
		}
	}
	return c, good
}

// WriteFigures writes claims as figures.csv, UTF-8 without BOM, one line a
// row. Reading it back gives equal claims.
func WriteFigures(w io.Writer, claims []Claim) error {
	cw := csv.NewWriter(w)
	if err := cw.Write(figureColumns); err != nil {
		return err
	}
	for i := range claims {
		if err := cw.Write(claims[i].row()); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

// Record returns the claim as a row of figures.csv, in the order of
// FigureColumns.
func (c *Claim) Record() []string { return c.row() }

func (c *Claim) row() []string {
	value, hold, start, end := "", "", "", ""
	if c.HasValue {
		value = c.Value.String()
	}
	if c.Hold {
		hold = "1"
	}
	if c.Source.End > 0 {
		start, end = strconv.Itoa(c.Source.Start), strconv.Itoa(c.Source.End)
	}
	return []string{
		c.ID, c.Indicator, value, c.Unit.Symbol, c.Value.Qual.String(), string(c.Kind), FormatSpans(c.Spans), c.Area, c.Scope, string(c.Status), c.Better.String(),
		c.Source.Section, c.Source.Quote, start, end, c.Note, c.English, string(c.Prices), c.Value.Word, c.Commitment, c.Of, c.Base.String(), hold, c.Constraint, c.Ref,
		c.Source.Doc, c.Vintage,
	}
}

// ReadDocuments reads documents.csv.
func ReadDocuments(r io.Reader, name string) ([]Document, error) {
	t, err := openTable(r, name, documentColumns, documentColumns[:1])
	if err != nil {
		return nil, err
	}
	var out []Document
	for t.next() {
		d := Document{Doc: t.get("doc"), Title: t.get("title"), Issuer: t.get("issuer"), SHA256: t.get("sha256")}
		if d.Doc == "" {
			t.f.add(&RowError{File: name, Row: t.row, Column: "doc", Msg: "empty; give the key that the figures use"})
		}
		for _, o := range out {
			if o.Doc == d.Doc {
				t.f.add(&RowError{File: name, Row: t.row, Column: "doc", ID: d.Doc, Msg: "duplicate key"})
			}
		}
		if err := d.Date.UnmarshalText([]byte(t.get("date"))); err != nil {
			t.f.add(&RowError{File: name, Row: t.row, Column: "date", Msg: strings.TrimPrefix(err.Error(), "indicators: ")})
		}
		out = append(out, d)
	}
	if err := t.f.join(); err != nil {
		return nil, err
	}
	return out, nil
}

// WriteDocuments writes documents.csv.
func WriteDocuments(w io.Writer, docs []Document) error {
	cw := csv.NewWriter(w)
	cw.Write(documentColumns)
	for _, d := range docs {
		cw.Write([]string{d.Doc, d.Title, d.Issuer, d.Date.String(), d.SHA256})
	}
	cw.Flush()
	return cw.Error()
}
