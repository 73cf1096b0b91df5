package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// zipText reads a .docx or .xlsx file, told apart by the parts inside.
func zipText(data []byte) (string, Format, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", "", fmt.Errorf("document: damaged zip: %w", err)
	}
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			t, err := docxText(f)
			return t, DOCX, err
		case "xl/workbook.xml":
			t, err := xlsxText(data)
			return t, XLSX, err
		}
	}
	return "", "", ErrFormat
}

// docxText reads the paragraphs and tables of a Word document. Word's format
// needs little for that: runs of text in paragraphs, paragraphs in cells.
// Deleted text (w:delText) is left out, inserted text counts.
func docxText(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", fmt.Errorf("document: docx: %w", err)
	}
	defer r.Close()
	const bound = 32 * MaxText // the markup is many times the text
	lr := &io.LimitedReader{R: r, N: bound}
	dec := xml.NewDecoder(lr)
	var out strings.Builder
	cells, inText := 0, false // depth of cells; a paragraph in a cell does not end the line
	row := 0
	first := true
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			if lr.N <= 0 {
				return "", fmt.Errorf("document: docx: more than %d MB of markup", bound>>20)
			}
			return "", fmt.Errorf("document: docx: %w", err)
		}
		if out.Len() > MaxText {
			return "", fmt.Errorf("document: docx: more than %d MB of text", MaxText>>20)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab":
				if cells == 0 && row == 0 {
					out.WriteByte(' ')
				}
			case "br", "cr":
				if cells == 0 {
					out.WriteByte('\n')
				}
			case "tr":
				row++
				first = true
			case "tc":
				cells++
				if !first {
					out.WriteByte('\t')
				}
				first = false
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				if cells == 0 {
					out.WriteByte('\n')
				}
			case "tc":
				cells = max(cells-1, 0)
			case "tr":
				row = max(row-1, 0)
				out.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				out.Write(t)
			}
		}
	}
	return out.String(), nil
}

// xlsxText reads the cells of a workbook: a line a row, cells divided by tabs,
// the sheet's name in a line of its own before it.
func xlsxText(data []byte) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("document: xlsx: damaged workbook: %v", p)
		}
	}()
	x, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 64 * MaxText, UnzipXMLSizeLimit: 16 << 20})
	if err != nil {
		return "", fmt.Errorf("document: xlsx: %w", err)
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	var out strings.Builder
	n := 0
	for _, sheet := range x.GetSheetList() {
		if visible, err := x.GetSheetVisible(sheet); err == nil && !visible {
			continue
		}
		out.WriteString(sheet)
		out.WriteByte('\n')
		rows, err := x.Rows(sheet)
		if err != nil {
			return "", fmt.Errorf("document: xlsx, sheet %s: %w", sheet, err)
		}
		for rows.Next() {
			cols, err := rows.Columns()
			if err != nil {
				rows.Close()
				return "", fmt.Errorf("document: xlsx, sheet %s: %w", sheet, err)
			}
			if n += len(cols); n > MaxCells || out.Len() > MaxText {
				rows.Close()
				return "", fmt.Errorf("document: xlsx: more than %d cells or %d MB of text", MaxCells, MaxText>>20)
			}
			for i, c := range cols {
				if i > 0 {
					out.WriteByte('\t')
				}
				out.WriteString(strings.Map(func(r rune) rune {
					if r == '\n' || r == '\t' || r == '\r' {
						return ' '
					}
					return r
				}, c))
			}
			out.WriteByte('\n')
		}
		if err := errors.Join(rows.Error(), rows.Close()); err != nil {
			return "", fmt.Errorf("document: xlsx, sheet %s: %w", sheet, err)
		}
		out.WriteByte('\n')
	}
	return out.String(), nil
}
