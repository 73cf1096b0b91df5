package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"
)

// epoch is the time of every entry of the archive, the earliest that zip can
// express: the same workbook must not differ by the day it was made on.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// dosDate is epoch in the form of zip: years since 1980, month, day.
const dosDate = 0<<9 | 1<<5 | 1

// finisher is the excelize.ZipWriter that completes a workbook: it deflates
// large parts as they arrive, patches what excelize cannot write, adds the
// book's own parts and writes all of them in a fixed order on Close.
type finisher struct {
	w     io.Writer
	book  *Book
	parts []*part
	open  *part
	fl    *flate.Writer // used for one part after the other: making one costs more than most parts
}

// part is an entry of the archive, deflated already.
type part struct {
	name   string
	method uint16
	crc    uint32
	size   uint64
	data   bytes.Buffer

	whole *bytes.Buffer // parts that are patched as a whole are kept until Close
	sheet *sheetFilter  // sheets are patched while they stream
	fl    *flate.Writer
}

// AddFS is part of excelize.ZipWriter and is never called by it.
func (f *finisher) AddFS(fs.FS) error { return errors.New("xlsx: AddFS is not supported") }

// Create begins a part.
func (f *finisher) Create(name string) (io.Writer, error) {
	if err := f.finish(); err != nil {
		return nil, err
	}
	p := &part{name: name}
	f.open = p
	f.parts = append(f.parts, p)
	if s, ok := f.book.byPart[name]; ok {
		if err := f.begin(p, zip.Deflate); err != nil {
			return nil, err
		}
		p.sheet = &sheetFilter{out: p, sheet: s}
		return p.sheet, nil
	}
	p.whole = new(bytes.Buffer)
	return p.whole, nil
}

// begin prepares a part for compressed data.
func (f *finisher) begin(p *part, method uint16) error {
	p.method = method
	if method == zip.Store {
		return nil
	}
	if f.fl == nil {
		var err error
		if f.fl, err = flate.NewWriter(&p.data, level); err != nil {
			return err
		}
	}
	f.fl.Reset(&p.data)
	p.fl = f.fl
	return nil
}

// level is that of deflate.
const level = 5

// Write deflates b into the part.
func (p *part) Write(b []byte) (int, error) {
	p.crc = crc32.Update(p.crc, crc32.IEEETable, b)
	p.size += uint64(len(b))
	if p.method == zip.Store {
		return p.data.Write(b)
	}
	return p.fl.Write(b)
}

func (p *part) end() error {
	if p.fl == nil {
		return nil
	}
	err := p.fl.Close()
	p.fl = nil
	return err
}

// finish completes the part that is open.
func (f *finisher) finish() error {
	p := f.open
	f.open = nil
	if p == nil || p.sheet == nil {
		return nil
	}
	if err := p.sheet.close(); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return p.end()
}

// add enters a part of the book's own.
func (f *finisher) add(name string, data []byte) error {
	p := &part{name: name}
	method := zip.Deflate
	if strings.HasSuffix(name, ".png") {
		method = zip.Store // compressed already
	}
	if err := f.begin(p, method); err != nil {
		return err
	}
	if _, err := p.Write(data); err != nil {
		return err
	}
	f.parts = append(f.parts, p)
	return p.end()
}

// Close patches the parts that were kept, adds the book's own, and writes the
// archive.
func (f *finisher) Close() error {
	if err := f.finish(); err != nil {
		return err
	}
	own, types := f.book.ownParts()
	kept := f.parts[:0]
	for _, p := range f.parts {
		if p.whole == nil {
			kept = append(kept, p)
			continue
		}
		data, err := f.book.patch(p.name, p.whole.Bytes(), types)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		p.whole = nil
		if data == nil {
			continue
		}
		if err := f.begin(p, zip.Deflate); err != nil {
			return err
		}
		if _, err := p.Write(data); err != nil {
			return err
		}
		if err := p.end(); err != nil {
			return err
		}
		kept = append(kept, p)
	}
	f.parts = kept
	for _, o := range own {
		if err := f.add(o.name, o.data); err != nil {
			return err
		}
	}
	slices.SortFunc(f.parts, func(a, b *part) int {
		if d := rank(a.name) - rank(b.name); d != 0 {
			return d
		}
		return strings.Compare(a.name, b.name)
	})
	zw := zip.NewWriter(f.w)
	for i, p := range f.parts {
		if i > 0 && f.parts[i-1].name == p.name {
			return fmt.Errorf("xlsx: two parts are called %s", p.name)
		}
		h := &zip.FileHeader{Name: p.name, Method: p.method, CRC32: p.crc, UncompressedSize64: p.size, CompressedSize64: uint64(p.data.Len())}
		//lint:ignore SA1019 CreateRaw writes the old fields and not Modified
		h.ModifiedDate = dosDate
		w, err := zw.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := w.Write(p.data.Bytes()); err != nil {
			return err
		}
	}
	return zw.Close()
}

// rank puts first what readers that stream need first.
func rank(name string) int {
	switch name {
	case "[Content_Types].xml":
		return 0
	case "_rels/.rels":
		return 1
	case "xl/workbook.xml":
		return 2
	case "xl/_rels/workbook.xml.rels":
		return 3
	}
	return 4
}

// sheetFilter passes a sheet on, its head replaced and its tail completed.
type sheetFilter struct {
	out    io.Writer
	sheet  *Sheet
	head   []byte // until the opening tag is complete
	begun  bool
	carry  []byte // end of what was seen, in case the mark is cut in two
	tail   []byte // from the end of the data on
	ended  bool
	filled bool // the deferred rows are written
}

var (
	startOfData = []byte("<sheetData>")
	endOfData   = []byte("</sheetData>")
	dimension   = regexp.MustCompile(`<dimension ref="[^"]*">(</dimension>)?`)
	openingTag  = regexp.MustCompile(`<worksheet [^>]*>`)
)

// patchHead cleans what stands before the data: the stream writer always
// states the extent A1, which readers that trust it take for the whole sheet.
func patchHead(head []byte) []byte {
	return dimension.ReplaceAll(openingTag.ReplaceAllLiteral(head, []byte(worksheetTag)), nil)
}

// worksheetTag replaces the eighty namespaces that excelize declares.
const worksheetTag = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`

// Write implements io.Writer.
func (s *sheetFilter) Write(b []byte) (int, error) {
	n := len(b)
	if !s.begun {
		s.head = append(s.head, b...)
		i := bytes.Index(s.head, startOfData)
		if i < 0 {
			return n, nil
		}
		if _, err := s.out.Write(patchHead(s.head[:i])); err != nil {
			return 0, err
		}
		s.begun = true
		b, s.head = s.head[i:], nil
	}
	if s.ended {
		s.tail = append(s.tail, b...)
		return n, nil
	}
	b = append(s.carry, b...)
	s.carry = nil
	if d := s.sheet.deferred; d != nil && !s.filled {
		i, j := bytes.Index(b, d.mark()), bytes.Index(b, endOfData)
		if i < 0 {
			i = j
		}
		if i >= 0 {
			if err := s.put(b[:i]); err != nil {
				return 0, err
			}
			if err := d.write(s.out); err != nil {
				return 0, err
			}
			s.filled = true
			b = b[i:]
		}
	}
	if d := s.sheet.deferred; d == nil || s.filled {
		if i := bytes.Index(b, endOfData); i >= 0 {
			i += len(endOfData)
			s.tail, s.ended = append([]byte(nil), b[i:]...), true
			return n, s.put(b[:i])
		}
	}
	keep := min(len(b), longestMark)
	s.carry = append([]byte(nil), b[len(b)-keep:]...)
	return n, s.put(b[:len(b)-keep])
}

func (s *sheetFilter) put(b []byte) error {
	_, err := s.out.Write(b)
	return err
}

// longestMark is the length of the longest text that is looked for, which a
// block of the stream may cut in two.
const longestMark = len(`<row r="1048576"`)

func (s *sheetFilter) close() error {
	if !s.ended {
		return errors.New("xlsx: a sheet without data")
	}
	tail, err := completeTail(string(s.tail), s.sheet.tail())
	if err != nil {
		return err
	}
	_, err = io.WriteString(s.out, tail)
	return err
}
