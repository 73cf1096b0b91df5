package tabular

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"example.com/zhibiao/indicators"
)

// grid is a table of cells as people see them, whatever file it came from.
type grid struct {
	file, sheet string
	rows        [][]cell
	first       int      // row number of rows[0]
	merged      []string // ranges that are merged
	errs        []string // cells with an error value
}

// cell is the content of one cell: the number or text stored, and how it is
// shown. In CSV both are the same.
type cell struct{ raw, shown string }

// text returns the cell as text without surrounding white space.
func (c cell) text() string { return strings.TrimSpace(c.shown) }

// name is the address of a cell: row as the file counts, column from 1.
func address(row, col int) string {
	s, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return fmt.Sprintf("row %d, column %d", row, col)
	}
	return s
}

// open reads a workbook or a CSV file whole. name stands for it in errors.
func open(r io.Reader, name string) ([]grid, error) {
	return openWanted(r, name, func(*grid) bool { return true })
}

// openWanted reads a CSV file, or those sheets of a workbook whose first rows are
// wanted, whole. name stands for the file in errors.
func openWanted(r io.Reader, name string, want func(g *grid) bool) ([]grid, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > maxFile {
		return nil, &indicators.RowError{File: name, Msg: fmt.Sprintf("more than %d MB, too large for a table; refused", maxFile>>20)}
	}
	switch {
	case len(data) == 0:
		return nil, &indicators.RowError{File: name, Msg: "the file is empty"}
	case bytes.HasPrefix(data, []byte("PK")):
		return openWorkbook(data, name, want)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, &indicators.RowError{File: name, Msg: "an old .xls or an encrypted workbook; open it and save it as .xlsx without a password"}
	}
	g, err := openCSV(data, name)
	if err != nil {
		return nil, err
	}
	return []grid{*g}, nil
}

func openWorkbook(data []byte, name string, want func(g *grid) bool) ([]grid, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &indicators.RowError{File: name, Msg: "a damaged archive: " + err.Error()}
	}
	guard, err := inspect(zr, name)
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxTotal, UnzipXMLSizeLimit: 4 << 20})
	if err != nil {
		return nil, &indicators.RowError{File: name, Msg: "cannot be read as a workbook: " + err.Error()}
	}
	defer f.Close()
	parts, err := sheetParts(zr)
	if err != nil {
		return nil, &indicators.RowError{File: name, Msg: err.Error()}
	}
	var out []grid
	for _, sheet := range f.GetSheetList() {
		part, ok := parts[sheet]
		if !ok {
			continue // a chart sheet
		}
		g := grid{file: name, sheet: sheet, first: 1, merged: guard.merged[part], errs: guard.errs[part]}
		if err := g.read(f, want); err != nil {
			return nil, &indicators.RowError{File: name, Sheet: sheet, Msg: err.Error()}
		}
		out = append(out, g)
	}
	if len(out) == 0 {
		return nil, &indicators.RowError{File: name, Msg: "the workbook has no sheet"}
	}
	return out, nil
}

// read takes the values of a sheet twice in step: as stored, and as shown.
// A sheet that is not wanted is left after the rows that could tell.
func (g *grid) read(f *excelize.File, want func(g *grid) bool) error {
	raw, err := f.Rows(g.sheet)
	if err != nil {
		return err
	}
	defer raw.Close()
	shown, err := f.Rows(g.sheet)
	if err != nil {
		return err
	}
	defer shown.Close()
	empty := 0
	for raw.Next() && shown.Next() {
		a, err := raw.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		b, err := shown.Columns()
		if err != nil {
			return err
		}
		row := make([]cell, max(len(a), len(b)))
		blank := true
		for i := range row {
			if i < len(a) {
				row[i].raw = a[i]
			}
			if i < len(b) {
				if row[i].shown = b[i]; row[i].shown == row[i].raw {
					row[i].shown = row[i].raw // one copy
				}
			}
			blank = blank && row[i] == cell{}
		}
		if blank { // a row number of a million must not make a million rows
			empty++
			continue
		}
		for ; empty > 0; empty-- {
			if len(g.rows) >= indicators.MaxRows {
				return fmt.Errorf("more than %d rows", indicators.MaxRows)
			}
			g.rows = append(g.rows, nil)
		}
		g.rows = append(g.rows, row)
		if len(g.rows) == searchRows && !want(g) {
			return nil
		}
	}
	return errors.Join(raw.Error(), shown.Error())
}

// openCSV reads comma, semicolon or tab separated text: UTF-8 with or without
// BOM, or GB18030, which Chinese Excel writes.
func openCSV(data []byte, name string) (*grid, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, &indicators.RowError{File: name, Msg: "UTF-16 text; save the file as “CSV UTF-8”"}
	}
	if !utf8.Valid(data) {
		dec, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(dec, utf8.RuneError) {
			return nil, &indicators.RowError{File: name, Msg: "neither UTF-8 nor GB18030; save the file as “CSV UTF-8”"}
		}
		data = dec
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, &indicators.RowError{File: name, Msg: "neither a workbook nor text"}
	}
	g := &grid{file: name, first: 1}
	cr := csv.NewReader(bufio.NewReader(bytes.NewReader(data)))
	cr.FieldsPerRecord = -1
	head, _, _ := strings.Cut(string(data[:min(len(data), 4096)]), "\n")
	for _, sep := range []rune{'\t', ';'} {
		if strings.Count(head, string(sep)) > strings.Count(head, string(cr.Comma)) {
			cr.Comma = sep
		}
	}
	var errs []error
	cells := 0
	for {
		rec, err := cr.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			line := 0
			var pe *csv.ParseError
			if errors.As(err, &pe) {
				line, err = pe.StartLine, pe.Err
			}
			return nil, &indicators.RowError{File: name, Row: line, Msg: err.Error()}
		}
		line, _ := cr.FieldPos(0)
		if line > indicators.MaxRows {
			return nil, &indicators.RowError{File: name, Row: line, Msg: fmt.Sprintf("more than %d rows", indicators.MaxRows)}
		}
		if cells += len(rec); cells > maxCells {
			return nil, &indicators.RowError{File: name, Row: line, Msg: errCells.Error()}
		}
		for len(g.rows) < line-1 {
			g.rows = append(g.rows, nil)
		}
		row := make([]cell, len(rec))
		for i, s := range rec {
			row[i] = cell{s, s}
		}
		g.rows = append(g.rows, row)
	}
	return g, errors.Join(errs...)
}

// sheetParts maps the names of sheets to the parts of the archive.
func sheetParts(zr *zip.Reader) (map[string]string, error) {
	ids := map[string]string{} // relationship → part
	names := map[string]string{}
	var order []string
	read := func(part string, see func(local string, attr map[string]string)) error {
		for _, f := range zr.File {
			if strings.EqualFold(f.Name, part) {
				rc, err := f.Open()
				if err != nil {
					return err
				}
				defer rc.Close()
				return wellFormed(rc, attributes(see))
			}
		}
		return fmt.Errorf("part %s is missing", part)
	}
	if err := read("xl/_rels/workbook.xml.rels", func(local string, a map[string]string) {
		if local == "Relationship" && strings.HasSuffix(a["Type"], "/worksheet") && a["TargetMode"] != "External" {
			t := a["Target"]
			if strings.HasPrefix(t, "/") {
				t = t[1:]
			} else {
				t = "xl/" + t
			}
			ids[a["Id"]] = t
		}
	}); err != nil {
		return nil, err
	}
	err := read("xl/workbook.xml", func(local string, a map[string]string) {
		if local == "sheet" && !slices.Contains(order, a["name"]) {
			order = append(order, a["name"])
			if p, ok := ids[a["id"]]; ok {
				names[a["name"]] = p
			}
		}
	})
	return names, err
}
