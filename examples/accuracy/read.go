package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// competition is a series with what came after it.
type competition struct {
	id          string
	train, test []float64
}

// load reads a file of columns unique_id, index, y, set, in any order. An
// empty y is a gap.
func load(name string, stdin io.Reader) ([]competition, error) {
	in := stdin
	if name == "-" {
		name = "standard input"
	} else {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	b := bufio.NewReader(in)
	if magic, _ := b.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		defer z.Close()
		b = bufio.NewReader(z)
	}
	if bom, _ := b.Peek(3); string(bom) == "\ufeff" {
		_, _ = b.Discard(3)
	}
	series, err := read(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return series, nil
}

func read(in io.Reader) ([]competition, error) {
	r := csv.NewReader(in)
	r.ReuseRecord = true
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty")
	}
	if err != nil {
		return nil, err
	}
	var col [4]int
	for i, c := range []string{"unique_id", "index", "y", "set"} {
		if col[i] = slices.Index(header, c); col[i] < 0 {
			return nil, fmt.Errorf("line 1: no column %s; the columns are unique_id,index,y,set", c)
		}
	}
	var out []competition
	seen := map[string]bool{}
	var before float64
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err // names the line
		}
		line, _ := r.FieldPos(0)
		id, set := rec[col[0]], rec[col[3]]
		index, err := strconv.ParseFloat(rec[col[1]], 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: index %q is not a number", line, rec[col[1]])
		}
		y := math.NaN()
		if s := strings.TrimSpace(rec[col[2]]); s != "" {
			y, err = strconv.ParseFloat(s, 64)
			if err != nil || math.IsInf(y, 0) || math.IsNaN(y) {
				return nil, fmt.Errorf("line %d: y %q is not a number", line, s)
			}
		}
		if len(out) == 0 || out[len(out)-1].id != id {
			if seen[id] {
				return nil, fmt.Errorf("line %d: series %s returns; its rows must stand together", line, id)
			}
			id = strings.Clone(id)
			seen[id] = true
			out = append(out, competition{id: id})
		} else if index <= before {
			return nil, fmt.Errorf("line %d: series %s: index %s is not after the one before", line, id, rec[col[1]])
		}
		before = index
		s := &out[len(out)-1]
		switch set {
		case "train":
			if s.test != nil {
				return nil, fmt.Errorf("line %d: series %s: a training row after test rows", line, id)
			}
			s.train = append(s.train, y)
		case "test":
			s.test = append(s.test, y)
		default:
			return nil, fmt.Errorf("line %d: set %q is neither train nor test", line, set)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no series in the file")
	}
	return out, nil
}

// split makes the last holdout training points the test part, if holdout is
// positive, and sees to it that every series has both parts.
func split(series []competition, holdout int) error {
	for i := range series {
		s := &series[i]
		if holdout > 0 {
			n := len(s.train)
			if n <= holdout {
				return fmt.Errorf("series %s has %d training points; -holdout %d leaves none", s.id, n, holdout)
			}
			s.train, s.test = s.train[:n-holdout], s.train[n-holdout:]
		}
		known := func(v float64) bool { return !math.IsNaN(v) }
		switch {
		case !slices.ContainsFunc(s.train, known):
			return fmt.Errorf("series %s has no training value", s.id)
		case len(s.test) == 0:
			return fmt.Errorf("series %s has no test rows; -holdout h scores the last h training points", s.id)
		case !slices.ContainsFunc(s.test, known):
			return fmt.Errorf("series %s has no test value", s.id)
		}
	}
	return nil
}
