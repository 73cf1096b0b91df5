// Package compete lets tests read the competition files that lie beside the
// repository, with the measures that tests of accuracy need. It is imported by
// tests alone.
package compete

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// Path returns the path of a file of ../shared/data beside the root of the
// repository, and skips the test if it is absent.
func Path(tb testing.TB, name string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			tb.Skip("no go.mod above the test")
		}
		dir = up
	}
	p := filepath.Join(dir, "..", "shared", "data", name)
	if _, err := os.Stat(p); err != nil {
		tb.Skipf("%s is not beside the repository", name)
	}
	return p
}

// Rows returns the rows of a gzip-compressed CSV file, its header removed.
func Rows(tb testing.TB, name string) [][]string {
	tb.Helper()
	f, err := os.Open(Path(tb, name))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	r := csv.NewReader(z)
	r.ReuseRecord = false
	var rows [][]string
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows[1:]
		}
		if err != nil {
			tb.Fatalf("%s: %v", name, err)
		}
		rows = append(rows, rec)
	}
}

// Series is one series of a competition.
type Series struct {
	ID          string
	Train, Test []float64
}

// Load reads a file of columns unique_id,index,y,set.
func Load(tb testing.TB, name string) []Series {
	tb.Helper()
	var out []Series
	for _, r := range Rows(tb, name) {
		if len(out) == 0 || out[len(out)-1].ID != r[0] {
			out = append(out, Series{ID: r[0]})
		}
		s := &out[len(out)-1]
		y, err := strconv.ParseFloat(r[2], 64)
		if err != nil {
			tb.Fatalf("%s: %v", name, err)
		}
		if r[3] == "train" {
			s.Train = append(s.Train, y)
		} else {
			s.Test = append(s.Test, y)
		}
	}
	return out
}

// HoldOut turns series without a test part into ones whose test part is the
// last h values; those with fewer than h+need values are left out.
func HoldOut(in []Series, h, need int) []Series {
	var out []Series
	for _, s := range in {
		if n := len(s.Train); n >= h+need {
			out = append(out, Series{ID: s.ID, Train: s.Train[:n-h], Test: s.Train[n-h:]})
		}
	}
	return out
}

// Score returns sMAPE and MASE of point forecasts f, as the M4 competition
// defines them.
func (s Series) Score(f []float64, m int) (smape, mase float64) {
	q := 0.0
	for i := m; i < len(s.Train); i++ {
		q += math.Abs(s.Train[i]-s.Train[i-m]) / float64(len(s.Train)-m)
	}
	for i, y := range s.Test {
		smape += 200 * math.Abs(y-f[i]) / (math.Abs(y) + math.Abs(f[i])) / float64(len(s.Test))
		mase += math.Abs(y-f[i]) / q / float64(len(s.Test))
	}
	return smape, mase
}
