// Attainment joins the targets and outcomes of many areas and years and
// prints how often, how far and in which direction targets were missed.
//
//	go run ./examples/attainment panel.csv > attainment.csv
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/forecast/progress"
)

const usage = `usage: attainment [-out attainment.csv] [-rows judged.csv] PANEL.csv

Joins targets and outcomes of many areas and years and writes hit rate, bias
and size of the misses: over all, by indicator, by commitment word (力争, 确保)
and by area, growth and level targets apart, with 95 %% intervals clustered by
area. Bias and misses are points for growth, per cent of the target for levels.

Columns (region, target_year and indicator are required, others as known):
  %s
A target and its outcome may stand in one row or in two with the same region,
year, indicator and scope; of several outcomes the earliest vintage counts.
Left out, with the reason in -rows: rows with break = 1, without target or
outcome, and rows whose levels contradict the stated growth by more than %d
points. - or no file is standard input.

Example:
  printf 'region,target_year,indicator,target_growth_pct,actual_stated_growth_pct\n410305,2021,GDP,8,7.2\n' | attainment

flags:
`

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "attainment:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("attainment", flag.ContinueOnError)
	fs.SetOutput(stderr)
	out := fs.String("out", "-", "`file` to write the summary to; - is standard output")
	rowsOut := fs.String("rows", "", "`file` to write every row with its judgement to")
	fs.Usage = func() {
		fmt.Fprintf(stderr, usage, strings.Join(progress.PanelColumns(), ","), progress.MaxStatedGap)
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	name, in := "standard input", stdin
	switch {
	case fs.NArg() > 1:
		return fmt.Errorf("one panel at a time, got %d", fs.NArg())
	case fs.NArg() == 1 && fs.Arg(0) != "-":
		f, err := os.Open(fs.Arg(0))
		if err != nil {
			return err
		}
		defer f.Close()
		name, in = fs.Arg(0), f
	}
	rows, err := progress.ReadPanel(in, name)
	if err != nil {
		return err
	}
	judged := make([]progress.Judged, len(rows))
	left := map[string]int{}
	for i, r := range rows {
		judged[i] = progress.JudgeRow(r)
		left[judged[i].Excluded]++
	}
	var b, jb bytes.Buffer
	if err := errors.Join(progress.WriteAttainment(&b, progress.Attainment(judged)), progress.WriteJudged(&jb, judged)); err != nil {
		return err
	}
	if *rowsOut != "" {
		if err := outdir.WriteFile(*rowsOut, "en", func(w io.Writer) error { _, err := w.Write(jb.Bytes()); return err }); err != nil {
			return err
		}
	}
	fmt.Fprintf(stderr, "%d targets judged of %d rows", left[""], len(rows))
	for _, why := range []string{"no target", "no outcome", "break", "levels contradict the stated growth", "the target is zero"} {
		if left[why] > 0 {
			fmt.Fprintf(stderr, "; %s: %d", why, left[why])
		}
	}
	fmt.Fprintln(stderr)
	if *out == "-" {
		_, err = stdout.Write(b.Bytes())
		return err
	}
	return outdir.WriteFile(*out, "en", func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
}
