// Calibration tells whether stated probabilities come true: it scores a
// method's probabilities of meeting targets on past series whose outcome is
// known, or on a panel of real targets and outcomes, and prints the reliability
// table.
//
//	go run ./examples/calibration competition.csv.gz > reliability.csv
//	go run ./examples/calibration -panel panel.csv > reliability.csv
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"

	"example.com/zhibiao/examples/internal/methods"
	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/forecast/progress"
)

const usage = `usage: calibration [-method auto] [-targets 20] [-seed 1] [-out reliability.csv] FILE
       calibration -panel [-out reliability.csv] PANEL.csv

Scores probabilities of meeting targets by what happened. FILE has the columns
unique_id,index,y,set with set train or test, and may be gzipped; the targets
are y_n·(1+g)^h, y_n the last training value and g drawn from the growth rates
of all training parts. PANEL.csv has real targets and outcomes, in the columns
of examples/attainment; each target is held against the forecast from the
outcomes of earlier years of its area. - or no file is standard input.

Written: lo,hi,n,clusters,stated,observed,se,within, a row for each band of the
stated probability; within is yes where stated and observed differ by at most
two points plus two standard errors, clustered by series or area. Brier score,
that of the reference and the share of it saved (skill) go to standard error;
the reference is a random walk with the spread of the series' own differences,
for a panel the share of earlier targets that were met.

Methods:
%s
Example:
  printf 'unique_id,index,y,set\na,1,10,train\na,2,11,train\na,3,12,train\na,4,14,test\n' | calibration -method drift -

flags:
`

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "calibration:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("calibration", flag.ContinueOnError)
	fs.SetOutput(stderr)
	name := fs.String("method", "auto", "`method` to score; listed above")
	panel := fs.Bool("panel", false, "the file is a panel of real targets and outcomes")
	targets := fs.Int("targets", 20, "targets drawn for each series")
	seed := fs.Uint64("seed", 1, "seed of the targets")
	bins := fs.Int("bins", 10, "bands of the stated probability")
	out := fs.String("out", "-", "`file` to write; - is standard output")
	fs.Usage = func() { fmt.Fprintf(stderr, usage, methods.Usage()); fs.PrintDefaults() }
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *targets < 1 || *bins < 1 {
		return errors.New("-targets and -bins must be at least 1")
	}
	method, err := methods.Get(*name)
	if err != nil {
		return err
	}
	file, in := "standard input", stdin
	switch {
	case fs.NArg() > 1:
		return fmt.Errorf("one file at a time, got %d", fs.NArg())
	case fs.NArg() == 1 && fs.Arg(0) != "-":
		f, err := os.Open(fs.Arg(0))
		if err != nil {
			return err
		}
		defer f.Close()
		file, in = fs.Arg(0), f
	}
	b := bufio.NewReader(in)
	if magic, _ := b.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(b)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		defer z.Close()
		b = bufio.NewReader(z)
	}
	var stated, reference []progress.Outcome
	if *panel {
		stated, reference, err = fromPanel(b, file, method, stderr)
	} else {
		var series []progress.Past
		if series, err = progress.ReadPast(b, file); err == nil {
			stated, reference, err = progress.Calibrate(series, method.New(0), *targets, *seed)
		}
	}
	if err != nil {
		return err
	}
	if len(stated) == 0 {
		return fmt.Errorf("%s: no target with a known outcome", file)
	}
	fmt.Fprintf(stderr, "%d outcomes: Brier score %.4f, reference %.4f", len(stated), progress.Brier(stated), progress.Brier(reference))
	if s := progress.Skill(stated, reference); !math.IsNaN(s) && !math.IsInf(s, 0) {
		fmt.Fprintf(stderr, ", skill %.3f", s)
	}
	fmt.Fprintln(stderr)
	var t bytes.Buffer
	if err := progress.WriteReliability(&t, progress.Reliability(stated, *bins)); err != nil {
		return err
	}
	if *out == "-" {
		_, err = stdout.Write(t.Bytes())
		return err
	}
	return outdir.WriteFile(*out, "en", func(w io.Writer) error { _, err := w.Write(t.Bytes()); return err })
}

func fromPanel(in io.Reader, file string, method methods.Method, stderr io.Writer) (stated, reference []progress.Outcome, err error) {
	rows, err := progress.ReadPanel(in, file)
	if err != nil {
		return nil, nil, err
	}
	judged := make([]progress.Judged, len(rows))
	for i, r := range rows {
		judged[i] = progress.JudgeRow(r)
	}
	stated, reference, skipped, err := progress.CalibratePanel(judged, method.New(0))
	if err == nil && skipped > 0 {
		fmt.Fprintf(stderr, "%d targets have no earlier outcome of their area and are left out\n", skipped)
	}
	return stated, reference, err
}
