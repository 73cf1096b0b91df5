// Targets judges a plain table of targets by the published methods and
// prints a row for each rule that applies; -why adds those that do not, and
// the reasons.
//
//	go run ./examples/targets table.csv > verdicts.csv
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/forecast/progress"
)

const usage = `usage: targets [-why] [-out verdicts.csv] FILE.csv

Judges each row of a table by the published methods of target assessment
(Statistics Canada / Open SDG, Eurostat, UN Progress Chart 2023). The table
has the columns
  indicator,series,base_value,base_year,current_value,current_year,direction,limit,target,target_year
where direction is 1 or up if more is better and -1 or down if less is; limit,
target and series may be empty. - or no file is standard input.

Output: indicator,series,rule,required,observed,ratio,score,verdict,flips, a
row for each rule that applies. flips is yes where rounding of the printed
values alone could change the verdict. -why adds a column with the numbers and
cut-offs, and the rules that do not apply with the reason.

Example:
  printf 'indicator,base_value,base_year,current_value,current_year,direction,target,target_year\npoverty,14.5,2015,10.4,2023,down,7.25,2030\n' | targets -

flags:
`

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "targets:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("targets", flag.ContinueOnError)
	fs.SetOutput(stderr)
	out := fs.String("out", "-", "`file` to write; - is standard output")
	why := fs.Bool("why", false, "add the reasons, and the rules that do not apply")
	fs.Usage = func() { fmt.Fprint(stderr, usage); fs.PrintDefaults() }
	if err := fs.Parse(args); err != nil {
		return err
	}
	name, in := "standard input", stdin
	switch {
	case fs.NArg() > 1:
		return fmt.Errorf("one file at a time, got %d", fs.NArg())
	case fs.NArg() == 1 && fs.Arg(0) != "-":
		f, err := os.Open(fs.Arg(0))
		if err != nil {
			return err
		}
		defer f.Close()
		name, in = fs.Arg(0), f
	}
	rows, err := progress.ReadTracks(in, name)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	verdicts := progress.Verdicts(rows)
	write := progress.ExplainVerdicts
	if !*why {
		// A rule that this table can never feed is left out; one that only lacks
		// the numbers of a row answers not_available there.
		write = progress.WriteVerdicts
		verdicts = slices.DeleteFunc(verdicts, func(v progress.VerdictRow) bool {
			return v.Rule == progress.RuleDestatis && v.Verdict == progress.NotAvailable
		})
	}
	if err := write(&b, verdicts, false); err != nil {
		return err
	}
	if *out == "-" {
		_, err = stdout.Write(b.Bytes())
		return err
	}
	return outdir.WriteFile(*out, "en", func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
}
