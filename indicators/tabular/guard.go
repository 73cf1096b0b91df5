package tabular

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/indicators"
)

// Limits on files from elsewhere. They lie far above any table that people
// fill in and keep the work for a hostile one below about a second and a few
// tens of megabytes of memory a part.
const (
	maxFile   = 64 << 20  // bytes of the file itself
	maxParts  = 4096      // entries of the archive
	maxPart   = 16 << 20  // bytes of a part that is no sheet, inflated
	maxSheet  = 128 << 20 // bytes of a sheet, inflated
	maxTotal  = 160 << 20 // bytes of everything, inflated
	maxCells  = 2_000_000 // cells of a workbook
	maxColumn = 1_000     // columns of a sheet that is read
	maxDepth  = 64        // nesting of XML elements
)

// guarded is what the inspection of a workbook found beside its values.
type guarded struct {
	merged map[string][]string // by part: merged ranges
	errs   map[string][]string // by part: cells that hold an error value, with it
}

// inspect reads every part of a workbook once, counting, before anything is
// kept: excelize trusts sizes, takes broken XML for the end of a sheet, and
// says nothing of merged cells or errors.
func inspect(zr *zip.Reader, file string) (*guarded, error) {
	fail := func(format string, args ...any) error {
		return &indicators.RowError{File: file, Msg: fmt.Sprintf(format, args...)}
	}
	if len(zr.File) > maxParts {
		return nil, fail("%d parts in the workbook, more than %d; refused", len(zr.File), maxParts)
	}
	g := &guarded{merged: map[string][]string{}, errs: map[string][]string{}}
	names := map[string]bool{}
	total, cells := int64(0), 0
	for _, f := range zr.File {
		name := strings.ToLower(path.Clean(strings.ReplaceAll(f.Name, "\\", "/")))
		if names[name] {
			return nil, fail("two parts are called %s; refused", f.Name)
		}
		names[name] = true
		if strings.HasSuffix(name, "vbaproject.bin") {
			return nil, fail("the workbook holds macros; save it as .xlsx without macros")
		}
		sheet := strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")
		limit := int64(maxPart)
		if sheet || name == "xl/sharedstrings.xml" {
			limit = maxSheet
		}
		if f.UncompressedSize64 > uint64(limit) {
			return nil, fail("part %s inflates to %d MB, more than %d; refused", f.Name, f.UncompressedSize64>>20, limit>>20)
		}
		rc, err := f.Open()
		if err != nil {
			return nil, fail("part %s cannot be read: %v", f.Name, err)
		}
		count := &counter{r: rc, left: min(limit, maxTotal-total)}
		switch {
		case sheet:
			err = g.sheet(f.Name, count, &cells)
		case strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels"):
			err = wellFormed(count, nil)
		}
		if err == nil {
			_, err = io.Copy(io.Discard, count)
		}
		rc.Close()
		if err != nil {
			return nil, fail("part %s: %v", f.Name, err)
		}
		total += count.n
	}
	if !names["xl/workbook.xml"] {
		return nil, fail("this is a zip archive but no Excel workbook (.xlsx)")
	}
	return g, nil
}

var (
	errTooLarge = errors.New("inflates to more than a table needs; refused")
	errDepth    = errors.New("XML nested too deeply; refused")
	errDTD      = errors.New("XML with a document type; refused")
	errCells    = fmt.Errorf("more than %d cells; refused", maxCells)
	errColumns  = fmt.Errorf("more than %d columns; refused", maxColumn)
)

// counter stops a reader that gives more than is left.
type counter struct {
	r    io.Reader
	n    int64
	left int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.left -= int64(n); c.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// wellFormed reads XML to its end and hands the elements to see.
func wellFormed(r io.Reader, see func(xml.StartElement) error) error {
	d := xml.NewDecoder(r)
	depth, root := 0, false
	for {
		t, err := d.Token()
		if err == io.EOF {
			if depth != 0 || !root {
				return errors.New("broken XML: it ends too early")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("broken XML: %w", err)
		}
		switch t := t.(type) {
		case xml.Directive:
			return errDTD
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errDepth
			}
			root = true
			if see != nil {
				if err := see(t); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if depth--; depth < 0 {
				return errors.New("broken XML: an element ends that did not begin")
			}
		}
	}
}

func (g *guarded) sheet(name string, r io.Reader, cells *int) error {
	lastRow := 0
	return wellFormed(r, func(e xml.StartElement) error {
		attr := func(k string) string {
			for _, a := range e.Attr {
				if a.Name.Local == k && a.Name.Space == "" {
					return a.Value
				}
			}
			return ""
		}
		switch e.Name.Local {
		case "row":
			lastRow++
			if s := attr("r"); s != "" {
				n, err := strconv.Atoi(s)
				if err != nil || n < 1 || n > excelize.TotalRows {
					return fmt.Errorf("row number %q is none", s)
				}
				if n < lastRow {
					return fmt.Errorf("row %d stands after row %d; refused", n, lastRow-1)
				}
				lastRow = n
			}
		case "c":
			if *cells++; *cells > maxCells {
				return errCells
			}
			ref := attr("r")
			if ref != "" {
				col, row, err := excelize.CellNameToCoordinates(ref)
				if err != nil || row != lastRow {
					return fmt.Errorf("cell %q stands in row %d; refused", ref, lastRow)
				}
				if col > maxColumn {
					return errColumns
				}
			}
			if attr("t") == "e" {
				g.errs[name] = append(g.errs[name], ref)
			}
		case "mergeCell":
			if len(g.merged[name]) < indicators.MaxErrors {
				g.merged[name] = append(g.merged[name], attr("ref"))
			}
		}
		return nil
	})
}

// attributes adapts a function of local names to wellFormed.
func attributes(see func(local string, attr map[string]string)) func(xml.StartElement) error {
	return func(e xml.StartElement) error {
		a := make(map[string]string, len(e.Attr))
		for _, x := range e.Attr {
			if x.Name.Space != "xmlns" {
				a[x.Name.Local] = x.Value
			}
		}
		see(e.Name.Local, a)
		return nil
	}
}

// Guard inspects a workbook before it is opened: it refuses archives that
// inflate beyond what tables need, broken XML, document types, macros and
// oversized sheets. name stands for the file in the error. Memory stays
// small; nothing of the workbook is kept.
func Guard(data []byte, name string) error {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return &indicators.RowError{File: name, Msg: "no workbook, or a damaged one: " + err.Error()}
	}
	_, err = inspect(zr, name)
	return err
}
