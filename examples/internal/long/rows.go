package long

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// head is how much of a file tells its encoding.
const head = 1 << 16

// Plain undoes gzip, skips a byte order mark and decodes GB18030, in which
// Chinese Excel saves CSV.
func Plain(in io.Reader) (*bufio.Reader, error) {
	b := bufio.NewReaderSize(in, head)
	if magic, _ := b.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, err
		}
		b = bufio.NewReaderSize(z, head)
	}
	if bom, _ := b.Peek(3); string(bom) == "\ufeff" {
		_, _ = b.Discard(3)
		return b, nil
	}
	start, _ := b.Peek(head)
	if i := bytes.LastIndexByte(start, '\n'); i >= 0 && len(start) == head { // whole lines: no rune is cut
		start = start[:i]
	}
	if utf8.Valid(start) {
		return b, nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(start)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return b, nil // neither: the line will be named
	}
	return bufio.NewReaderSize(simplifiedchinese.GB18030.NewDecoder().Reader(b), head), nil
}

// row is a row of the file with the series it belongs to.
type row struct {
	line, fields int
	id, ds, y    string
	extra        [len(optional)]string // empty where the file has no such column
}

// maxHeld bounds the rows of a wrong length that wait for a good one.
const maxHeld = 1000

// rows yields the rows in the order of the file. What is no CSV or no text
// ends them and is left in r.Err. A row with the wrong number of fields has
// no ds and y; it belongs to the series that its rows stand among, whatever
// its own first fields say, else to that of its own unique_id.
func (r *Reader) rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		id := ""       // of the last good row, or what a bad one was taken for
		begun := false // there is one
		var held []row // rows of a wrong length since
		settle := func(next string) bool {
			if !begun && held[0].id == "" {
				held[0].id = next
			}
			own := 0 // rows from here on are not of the series before
			for i, h := range held {
				if begun && (h.id == id || next == id) {
					own = i + 1
				}
			}
			then := len(held) // rows from here on are of the series after
			for i := len(held) - 1; i >= own; i-- {
				if held[i].id == next {
					then = i
				}
			}
			for i, h := range held {
				switch {
				case i < own, h.id == "" && i < then:
				case i >= then:
					id = next
				default:
					id = h.id
				}
				h.id = id
				begun = true
				if !yield(h) {
					return false
				}
			}
			held = held[:0]
			return true
		}
		for {
			rec, err := r.csv.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				r.Err = err // names the line
				return
			}
			line, _ := r.csv.FieldPos(0)
			if slices.ContainsFunc(rec, garbled) {
				r.Err = fmt.Errorf("line %d: the text is not UTF-8; save the file as CSV UTF-8", line)
				return
			}
			next := row{line: line, fields: len(rec)}
			if r.col[0] < len(rec) {
				next.id = rec[r.col[0]]
			}
			if len(rec) != r.columns {
				next.id = strings.Clone(next.id)
				if held = append(held, next); len(held) == maxHeld && !settle("") {
					return
				}
				continue
			}
			if len(held) > 0 && !settle(next.id) {
				return
			}
			next.ds, next.y = rec[r.col[1]], rec[r.col[2]]
			for i, c := range r.extra {
				if c >= 0 {
					next.extra[i] = rec[c]
				}
			}
			id, begun = strings.Clone(next.id), true
			if !yield(next) {
				return
			}
		}
		if len(held) > 0 {
			settle("")
		}
	}
}

// garbled reports what is no UTF-8, or was no GB18030.
func garbled(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError)
}
