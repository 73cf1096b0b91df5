package main

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"

	"example.com/zhibiao/examples/internal/long"
	"example.com/zhibiao/forecast"
)

// writer writes forecasts.csv.
type writer struct {
	w   *csv.Writer
	out io.Writer
	c   config
	row []string
}

func newWriter(w io.Writer, c config) *writer {
	return &writer{w: csv.NewWriter(w), out: w, c: c}
}

func (w *writer) header() {
	row := []string{"unique_id", "ds", "method", "mean", "median"}
	for _, l := range w.c.levels {
		s := strconv.FormatFloat(l, 'f', -1, 64)
		row = append(row, "lo"+s, "hi"+s)
	}
	if w.c.bom {
		row[0] = "\ufeff" + row[0]
	}
	_ = w.w.Write(append(row, "error")) // kept by the csv.Writer until err
}

// result writes the rows of a series, or one row with the error.
func (w *writer) result(s *long.Series, r forecast.Result) {
	if r.Err != nil {
		w.row = append(w.row[:0], s.ID, "", w.c.method.Name)
		for range 2 + 2*len(w.c.levels) {
			w.row = append(w.row, "")
		}
		_ = w.w.Write(append(w.row, strings.ReplaceAll(r.Err.Error(), "\n", "; ")))
		return
	}
	next := s.Start.Add(len(s.Y))
	for i, row := range r.Rows {
		w.row = append(w.row[:0], s.ID, next.Add(i).String(), w.c.method.Name, format(row.Mean), format(row.Median))
		for _, q := range row.Quantiles {
			w.row = append(w.row, format(q))
		}
		_ = w.w.Write(append(w.row, ""))
	}
}

func (w *writer) err() error { return w.w.Error() }

func (w *writer) flush() error {
	w.w.Flush()
	return w.w.Error()
}

// digits is the number of significant digits written.
const digits = 10

// format writes x with up to ten significant digits, in plain notation where
// that is readable.
func format(x float64) string {
	s := strconv.FormatFloat(x, 'e', digits-1, 64)
	v, err := strconv.ParseFloat(s, 64)
	if err != nil { // rounded up beyond the largest number
		v = x
	}
	if a := math.Abs(v); a != 0 && (a < 1e-6 || a >= 1e15) {
		return strconv.FormatFloat(v, 'e', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
