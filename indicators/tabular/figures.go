package tabular

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/indicators"
)

// Read reads a table of claims in the layout of figures.csv from a workbook
// or from CSV (UTF-8 with or without BOM, or GB18030): the sheet 数据 of a
// briefing, changed or not, or one filled in by hand. The table is the first
// whose header row, on any sheet and below any title, has the columns
// indicator, value, kind and period; documents are read from a table with the
// column sha256 if there is one. name stands for the file in errors.
//
// All faults are returned together, joined, each an *indicators.RowError with
// sheet, row, column and cell; then there is no dataset.
func Read(r io.Reader, name string) (*indicators.Dataset, error) {
	grids, err := openWanted(r, name, func(g *grid) bool {
		_, figures := g.codeHeader(figureHeads...)
		_, docs := g.codeHeader(documentHeads...)
		return figures || docs
	})
	if err != nil {
		return nil, err
	}
	d := &indicators.Dataset{}
	found := false
	var errs []error
	for i := range grids {
		g := &grids[i]
		if head, ok := g.codeHeader(figureHeads...); ok && !found {
			found = true
			text, t, err := g.csv(head, indicators.FigureColumns(), false)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			claims, err := indicators.ReadFigures(strings.NewReader(text), name)
			errs = append(errs, t.place(err))
			d.Claims = claims
		} else if head, ok := g.codeHeader(documentHeads...); ok && d.Documents == nil {
			text, t, err := g.csv(head, []string{"doc", "title", "issuer", "date", "sha256"}, true)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			docs, err := indicators.ReadDocuments(strings.NewReader(text), name)
			errs = append(errs, t.place(err))
			d.Documents = docs
		}
	}
	if !found {
		errs = append(errs, &indicators.RowError{File: name, Msg: "no table of figures found: want a header row with the columns of figures.csv, of which indicator, value, kind and period must be there"})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return d, nil
}

// The columns that tell a table of claims and one of documents.
var (
	figureHeads   = []string{"indicator", "value", "kind", "period"}
	documentHeads = []string{"doc", "title", "sha256"}
)

// codeHeader finds the row that has all the given column names.
func (g *grid) codeHeader(want ...string) (row int, ok bool) {
	for i, r := range g.rows[:min(len(g.rows), searchRows)] {
		n := 0
		for _, w := range want {
			if slices.ContainsFunc(r, func(c cell) bool { return c.text() == w }) {
				n++
			}
		}
		if n == len(want) {
			return i, true
		}
	}
	return 0, false
}

// codeTable remembers where the rows and columns of a table stood.
type codeTable struct {
	g    *grid
	rows []int          // row of the sheet for each row of the CSV, from its header on
	cols map[string]int // column of the sheet, from 1
}

// csv rewrites the table below a header as CSV, so that one reader with one
// set of rules serves files and sheets. dashes says that a cell with a dash or
// a shorthand is an empty one.
func (g *grid) csv(head int, known []string, dashes bool) (string, *codeTable, error) {
	t := &codeTable{g: g, cols: map[string]int{}}
	var errs []error
	fault := func(row, col int, column, format string, args ...any) {
		if len(errs) < indicators.MaxErrors {
			msg := fmt.Sprintf(format, args...)
			if col > 0 {
				msg = "cell " + address(row, col) + ": " + msg
			}
			errs = append(errs, &indicators.RowError{File: g.file, Sheet: g.sheet, Row: row, Column: column, Msg: msg})
		}
	}
	for _, m := range g.merged {
		// A title or a note may be joined; the table may not.
		if !strings.Contains(m, ":") || rowOf(m) > g.first+head {
			if last := rowOf(m); last <= g.first+len(g.rows)-1 && filledCells(g.rows[min(last-g.first, len(g.rows)-1)]) > 1 {
				fault(0, 0, "", "the cells %s are merged; a table that is read must have none", m)
			}
		}
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	var names []string
	var cols []int
	for i, c := range g.rows[head] {
		s := c.text()
		if s == "" {
			continue
		}
		if !slices.Contains(known, s) {
			fault(g.first+head, i+1, c.text(), "unknown column; the columns are %s", strings.Join(known, ","))
		}
		if _, dup := t.cols[s]; dup {
			fault(g.first+head, i+1, c.text(), "the column stands twice")
		}
		t.cols[s] = i + 1
		names, cols = append(names, s), append(cols, i)
	}
	w.Write(names)
	t.rows = append(t.rows, g.first+head)
	rec := make([]string, len(cols))
	for i := head + 1; i < len(g.rows); i++ {
		row := g.first + i
		n := 0
		for k, j := range cols {
			rec[k] = ""
			if j >= len(g.rows[i]) {
				continue
			}
			c := g.rows[i][j]
			if slices.Contains(g.errs, address(row, j+1)) {
				fault(row, j+1, names[k], "the formula gives the error %s; correct it or clear the cell", c.text())
			}
			if rec[k] = c.plain(); rec[k] != "" {
				n++
			}
			if dashes && (blank(rec[k]) || rec[k] == "（无）" || rec[k] == "(none)") {
				rec[k] = ""
			}
		}
		// A note below the table stands alone in its first cell.
		if n == 0 || n == 1 && rec[0] != "" || dashes && strings.Join(rec, "") == "" {
			continue
		}
		w.Write(rec)
		t.rows = append(t.rows, row)
	}
	w.Flush()
	return b.String(), t, errors.Join(errs...)
}

func filledCells(r []cell) int {
	n := 0
	for _, c := range r {
		if c.text() != "" {
			n++
		}
	}
	return n
}

// rowOf returns the row of the first cell of a range.
func rowOf(ref string) int {
	a, _, _ := strings.Cut(ref, ":")
	n, _ := strconv.Atoi(strings.TrimLeft(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))
	return n
}

// plain is the cell's text; a number has the digits that the cell shows if
// they are exact, so that 9.0 is not 9, and all of its own otherwise.
func (c cell) plain() string {
	shown := c.text()
	raw, err := strconv.ParseFloat(strings.TrimSpace(c.raw), 64)
	if err != nil || c.raw == c.shown {
		return shown
	}
	if v, err := indicators.ParseValue(shown); err == nil && near(v.Float(), raw) {
		return v.String()
	}
	text := strconv.FormatFloat(raw, 'g', 15, 64)
	exact, _ := strconv.ParseFloat(text, 64)
	return strconv.FormatFloat(exact, 'f', -1, 64)
}

// place adds sheet and cell to the errors of the reader of CSV.
func (t *codeTable) place(err error) error {
	if err == nil {
		return nil
	}
	var list []error
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		list = j.Unwrap()
	} else {
		list = []error{err}
	}
	out := make([]error, len(list))
	for i, e := range list {
		out[i] = e
		re, ok := e.(*indicators.RowError)
		if !ok {
			continue
		}
		x := *re
		x.Sheet = t.g.sheet
		if x.Row >= 1 && x.Row <= len(t.rows) {
			x.Row = t.rows[x.Row-1]
			if col, ok := t.cols[x.Column]; ok {
				x.Msg = "cell " + address(x.Row, col) + ": " + x.Msg
			}
		}
		out[i] = &x
	}
	return errors.Join(out...)
}
