// Package document turns the files that reports come in into plain text:
// .txt in UTF-8, UTF-16 or GB18030 (detected), .docx, .xlsx and text PDF. It
// stands apart from package report, which reads text and imports nothing but
// the standard library; a program that has its text already links none of the
// file formats. Tables become lines of cells divided by tabs, which is the
// form package report knows. Files are read in bounded memory: a zip that
// unpacks to more than MaxText, a workbook with more than MaxCells cells or a
// PDF whose pages draw more than MaxOps operators is an error that says so.
//
// The offsets that package report gives point into the text that this package
// returns, not into the file. A program that stores figures of a docx, xlsx,
// GB18030 or PDF file should therefore store that text as well.
//
// For PDF three readers in pure Go were tried: github.com/ledongthuc/pdf
// (maintained; parses and decodes, but its own text methods either keep the
// drawing order or add a spurious byte behind each array of strings, which a
// subset font shows as a digit, and its maps of wide ranges of characters go
// wrong), github.com/dslipak/pdf (a fork of it, older)
// and github.com/pdfcpu/pdfcpu (well kept, but it extracts content streams and
// no text). So the first parses the file, and this package decodes
// and places the text.
package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Bounds of what is read from one file.
const (
	MaxFile  = 256 << 20  // bytes of the file
	MaxText  = 16 << 20   // bytes of the text
	MaxCells = 2_000_000  // cells of a workbook
	MaxPages = 5000       // pages of a PDF
	MaxOps   = 20_000_000 // drawing operators of a PDF
)

// ErrFormat reports a file that is in none of the formats.
var ErrFormat = errors.New("document: not a text, docx, xlsx or PDF file")

// ErrScan reports a PDF that holds pictures of pages and no text.
var ErrScan = errors.New("document: the PDF has no text; it seems to be scanned and needs character recognition first")

// ErrNoMap reports a PDF whose fonts do not say which characters they show, so
// that its text cannot be read off it although it can be seen.
var ErrNoMap = errors.New("document: fonts of the PDF have no map to characters; save it anew with text, or recognise the characters")

// Format is the form a document came in.
type Format string

// The formats.
const (
	UTF8    Format = "text (UTF-8)"
	UTF16   Format = "text (UTF-16)"
	GB18030 Format = "text (GB18030)"
	DOCX    Format = "docx"
	XLSX    Format = "xlsx"
	PDF     Format = "PDF"
)

// Document is the text of a file.
type Document struct {
	Name   string // base name of the file without its extension: a key for figures.csv
	Format Format
	Text   string // UTF-8 with LF line ends
}

// Open reads the file at path.
func Open(path string) (*Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f, path)
}

// Read reads a document from r. name is the file's name, for errors and for
// Document.Name; the format is found out from the content.
func Read(r io.Reader, name string) (*Document, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("document: %s: %w", name, err)
	}
	if len(data) > MaxFile {
		return nil, fmt.Errorf("document: %s: larger than %d MB", name, MaxFile>>20)
	}
	base := filepath.Base(name)
	d := &Document{Name: strings.TrimSuffix(base, filepath.Ext(base))}
	if d.Name == "-" || d.Name == "" {
		d.Name = "report"
	}
	d.Text, d.Format, err = decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(d.Text) > MaxText {
		return nil, fmt.Errorf("document: %s: more than %d MB of text", name, MaxText>>20)
	}
	return d, nil
}

func decode(data []byte) (string, Format, error) {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")) || bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		t, err := pdfText(data)
		return t, PDF, err
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return zipText(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "", "", errors.New("document: an old Word or Excel file (.doc, .xls); save it as .docx or .xlsx")
	}
	t, f, err := plainText(data)
	return t, f, err
}

// plainText decodes a text file: by its byte order mark, as UTF-8 if it is
// valid, else as GB18030.
func plainText(data []byte) (string, Format, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		t, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", "", fmt.Errorf("document: UTF-16: %w", err)
		}
		return lines(string(t)), UTF16, nil
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", ErrFormat
	}
	if utf8.Valid(data) {
		return lines(string(data)), UTF8, nil
	}
	t, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", fmt.Errorf("document: neither UTF-8 nor GB18030: %w", err)
	}
	if bad := bytes.Count(t, []byte("\ufffd")); bad > 0 {
		at := bytes.Index(t, []byte("\ufffd"))
		return "", "", fmt.Errorf("document: neither UTF-8 nor GB18030: %d characters cannot be read, the first in line %d", bad, 1+bytes.Count(t[:at], []byte("\n")))
	}
	return lines(string(t)), GB18030, nil
}

// lines turns CR LF and CR into LF. A text that has none is returned as it is,
// so that offsets into it are offsets into the file.
func lines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
