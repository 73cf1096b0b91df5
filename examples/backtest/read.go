package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/examples/internal/long"
	"example.com/zhibiao/indicators"
)

// read reads a file of either form. Bad rows go to bad, what ends the reading
// is returned.
func read(name string, stdin io.Reader, bad *problems) ([]*long.Series, error) {
	in := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	text, err := long.Plain(in)
	if err != nil {
		return nil, err
	}
	if isPanel(text) {
		return readPanel(name, text, bad)
	}
	r, err := long.NewReader(text, true)
	if err != nil {
		return nil, err
	}
	r.Bad = func(line int, id string, err error) {
		bad.add(fmt.Errorf("%s: line %d: series %s: %w", name, line, id, err))
	}
	var out []*long.Series
	for s := range r.Series(0) {
		if s.Err == nil {
			if s.Area == "" {
				s.Area = name + " " + s.ID // equal names in two files are two series
			}
			out = append(out, s)
		}
	}
	return out, r.Err
}

// panelColumns are those of panel.csv that are needed.
var panelColumns = []string{"indicator", "area", "scope", "measure", "of", "unit", "period", "value", "chosen", "kind"}

// isPanel reports whether the first line is the header of a panel.csv.
func isPanel(b *bufio.Reader) bool {
	start, _ := b.Peek(1 << 12)
	line, _, _ := bytes.Cut(start, []byte("\n"))
	fields := strings.Split(strings.TrimSpace(string(line)), ",")
	return slices.Contains(fields, "chosen") && slices.Contains(fields, "period") && !slices.Contains(fields, "unique_id")
}

// readPanel reads the chosen readings of years: a series is what has the same
// name, area, scope, measure, base and unit.
func readPanel(name string, in io.Reader, bad *problems) ([]*long.Series, error) {
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1 // a row of another length spoils itself only
	header, err := r.Read()
	if err != nil {
		return nil, err
	}
	col := map[string]int{}
	for _, c := range panelColumns {
		if col[c] = slices.Index(header, c); col[c] < 0 {
			return nil, fmt.Errorf("line 1: no column %s; examples/panel writes %s", c, strings.Join(panelColumns, ","))
		}
	}
	at := map[string]*long.Series{}
	var out []*long.Series
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err // names the line
		}
		line, _ := r.FieldPos(0)
		if len(rec) != len(header) {
			bad.add(fmt.Errorf("%s: line %d: the row has %d fields, the header %d", name, line, len(rec), len(header)))
			continue
		}
		get := func(c string) string { return rec[col[c]] }
		if get("chosen") != "1" {
			continue
		}
		p, err := indicators.ParsePeriod(get("period"))
		if err != nil {
			bad.add(fmt.Errorf("%s: line %d: %w", name, line, err))
			continue
		}
		if p.Freq() != indicators.Annual {
			continue
		}
		y, err := strconv.ParseFloat(get("value"), 64)
		if err != nil || math.IsNaN(y) || math.IsInf(y, 0) {
			if n, d, ok := strings.Cut(get("value"), "/"); ok { // 2/3 as printed
				a, e1 := strconv.ParseFloat(n, 64)
				b, e2 := strconv.ParseFloat(d, 64)
				y, err = a/b, errors.Join(e1, e2)
			}
		}
		if err != nil || math.IsNaN(y) || math.IsInf(y, 0) {
			bad.add(fmt.Errorf("%s: line %d: value %q is not a number", name, line, get("value")))
			continue
		}
		key := strings.Join([]string{get("indicator"), get("area"), get("scope"), get("measure"), get("of"), get("unit")}, "\x1f")
		s := at[key]
		if s == nil {
			u, err := indicators.ParseUnit(get("unit"))
			if err != nil {
				bad.add(fmt.Errorf("%s: line %d: %w", name, line, err))
				continue
			}
			s = &long.Series{
				ID: strings.ReplaceAll(key, "\x1f", " "), Area: get("area"), Number: len(out), Line: line, Season: 1,
				Start: long.Stamp{Period: p},
				Kind:  long.Kind{Known: true, Name: get("indicator"), Unit: u, Nature: indicators.NatureOf(get("indicator"), u, indicators.Kind(get("kind")))},
			}
			at[key] = s
			out = append(out, s)
		}
		k := p.Sub(s.Start.Period)
		switch {
		case k < len(s.Y):
			bad.add(fmt.Errorf("%s: line %d: %s of %s is not after the year before it", name, line, get("indicator"), p))
			continue
		case k > maxYears:
			bad.add(fmt.Errorf("%s: line %d: %s of %s lies %d years after the first", name, line, get("indicator"), p, k))
			continue
		}
		for len(s.Y) < k {
			s.Y = append(s.Y, math.NaN())
		}
		s.Y = append(s.Y, y)
	}
}

// maxYears keeps a mistyped year from filling the memory.
const maxYears = 1000
