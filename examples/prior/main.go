// Command prior learns the table of pooled.Mixture from a competition file and
// writes it as CSV. The embedded table is what this prints, bit for bit:
//
//	go run ./examples/prior -out forecast/pooled/table.csv ../shared/data/M4_yearly_train.csv.gz
//
// The file has the columns unique_id,index,y,set in the order of series and
// index, gzipped or not; only rows of the set train are used, and none of the
// last -hold values of a series, so that what is learned can be judged on them.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"example.com/zhibiao/forecast/pooled"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "prior:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("prior", flag.ContinueOnError)
	fs.SetOutput(stderr)
	out := fs.String("out", "-", "`file` to write the table to; - is standard output")
	hold := fs.Int("hold", 0, "leave out the last `n` values of every series")
	every := fs.Int("every", 1, "use every `k`-th series only")
	seed := fs.Uint64("seed", 1, "seed of the learning")
	keep := fs.Int("keep", 0, "atoms to keep; 0 is what the embedded table has")
	fs.Usage = func() {
		fmt.Fprintln(stderr, "usage: prior [flags] FILE\nexample: go run ./examples/prior -out forecast/pooled/table.csv ../shared/data/M4_yearly_train.csv.gz")
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() != 1 {
		fs.Usage()
		return errors.New("exactly one competition file is needed")
	}
	if *hold < 0 || *every < 1 || *keep < 0 {
		return errors.New("-hold and -keep must not be negative, -every must be at least 1")
	}
	all, err := histories(fs.Arg(0))
	if err != nil {
		return err
	}
	var used [][]float64
	for i, y := range all {
		if n := len(y) - *hold; i%*every == 0 && n > horizon {
			used = append(used, y[:n])
		}
	}
	t, err := pooled.Train(used, pooled.Training{Seed: *seed, Horizon: horizon, Keep: *keep})
	if err != nil {
		return err
	}
	text, err := t.MarshalText()
	if err != nil {
		return err
	}
	mu, sd := t.Growth()
	fmt.Fprintf(stderr, "%d of %d series, %d atoms, growth %.2f %% a period, give or take %.2f\n", len(used), len(all), len(t.Atoms()), 100*mu, 100*sd)
	return write(*out, text, stdout)
}

// horizon is how far ahead predictions are judged: that of the yearly
// competitions.
const horizon = 6

// histories reads the training parts of a competition file.
func histories(name string) ([][]float64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = bufio.NewReader(f)
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	c := csv.NewReader(r)
	c.ReuseRecord = true
	c.FieldsPerRecord = 4
	head, err := c.Read()
	if err != nil || strings.Join(head, ",") != "unique_id,index,y,set" {
		return nil, fmt.Errorf("%s: the first line must be unique_id,index,y,set", name)
	}
	var out [][]float64
	id := ""
	for {
		rec, err := c.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if rec[3] != "train" {
			continue
		}
		y, err := strconv.ParseFloat(rec[2], 64)
		if err != nil || !(y > 0) || math.IsInf(y, 1) {
			line, _ := c.FieldPos(2)
			return nil, fmt.Errorf("%s: line %d: y is %q, expected a positive number", name, line, rec[2])
		}
		if rec[0] != id || len(out) == 0 {
			id = strings.Clone(rec[0])
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], y)
	}
}

// write writes text to a file by way of a temporary one beside it, or to w.
func write(name string, text []byte, w io.Writer) (err error) {
	if name == "-" {
		_, err = w.Write(text)
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".prior-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(text); err == nil {
		err = f.Chmod(0o644)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
