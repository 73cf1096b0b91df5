package briefing

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"
)

// finisher is the last step of writing a workbook: it takes the parts that
// excelize has made, mends what excelize cannot say or says wrongly, and
// writes them in one fixed order with fixed times, so that the same workbook
// gives the same bytes.
type finisher struct {
	w     io.Writer
	parts []*part
	patch func(name string, b []byte) []byte
}

type part struct {
	name string
	buf  bytes.Buffer
}

// Create implements excelize.ZipWriter.
func (f *finisher) Create(name string) (io.Writer, error) {
	p := &part{name: name}
	f.parts = append(f.parts, p)
	return &p.buf, nil
}

// AddFS implements excelize.ZipWriter.
func (f *finisher) AddFS(fs.FS) error { return fmt.Errorf("briefing: no file system can be added") }

// Close implements excelize.ZipWriter: it writes the archive.
func (f *finisher) Close() error {
	rank := map[string]int{"[Content_Types].xml": 0, "_rels/.rels": 1, "xl/workbook.xml": 2, "xl/_rels/workbook.xml.rels": 3}
	slices.SortStableFunc(f.parts, func(a, b *part) int {
		ra, oka := rank[a.name]
		rb, okb := rank[b.name]
		switch {
		case oka && okb:
			return ra - rb
		case oka:
			return -1
		case okb:
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	z := zip.NewWriter(f.w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 6) })
	for _, p := range f.parts {
		b := p.buf.Bytes()
		if p.name == "[Content_Types].xml" {
			b = sortContentTypes(b)
		}
		if f.patch != nil {
			b = f.patch(p.name, b)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return z.Close()
}

var typeEntry = regexp.MustCompile(`<(?:Default|Override)[^>]*?(?:/>|></(?:Default|Override)>)`)

// sortContentTypes puts the entries of the content types part in order;
// excelize writes some of them in the order of a map.
func sortContentTypes(b []byte) []byte {
	loc := typeEntry.FindAllIndex(b, -1)
	if len(loc) == 0 {
		return b
	}
	entries := make([]string, len(loc))
	for i, l := range loc {
		entries[i] = string(b[l[0]:l[1]])
	}
	slices.Sort(entries)
	var out bytes.Buffer
	out.Write(b[:loc[0][0]])
	for _, e := range entries {
		out.WriteString(e)
	}
	out.Write(b[loc[len(loc)-1][1]:])
	return out.Bytes()
}
