// Figures prints what a report says and what follows from it: the figures
// themselves, the derived figures, what does not fit together, and the targets
// made formal.
//
//	go run ./examples/figures -table derived
//	go run ./examples/figures -out tables my-figures.csv
package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

const usage = `usage: figures [flags] [FILE.csv]

Reads figures in the layout of figures.csv and writes four tables:
  figures   the figures as read
  derived   what follows from them, each with its interval, rule and inputs
  findings  what does not fit together, with the smallest repair
  targets   the targets as predicates, with base, required pace, what is missing
Without a file it works on the report in seeds/; - is standard input.
读取 figures.csv 格式的数据，输出原数、推算数、核对结果和目标测算四张表；不带文件时处理 seeds/ 中的报告。

  figures -table findings              print one table
  figures -out tables                  write all four into the folder tables
  figures -report my.txt -out t my.csv check the quotes against the text as well
  figures -base 2016 -table derived    only the reading in which 五年来 counts from 2016

flags:
`

// tables are the four tables in their order.
var tables = []string{"figures", "derived", "findings", "targets"}

type options struct {
	table, out, report, documents string
	base                          string
	bom                           bool
	file                          string
}

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	var o options
	fs := flag.NewFlagSet("figures", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.StringVar(&o.table, "table", "", "print only this `table`: figures, derived, findings or targets")
	fs.StringVar(&o.out, "out", "", "`folder` to write the tables into; without it they are printed")
	fs.StringVar(&o.report, "report", "", "text `file` that the quotes are checked against; its name without ending is the doc")
	fs.StringVar(&o.documents, "documents", "", "documents.csv `file` that the figures refer to; it is written out with them")
	fs.StringVar(&o.base, "base", "", "base `year` to assume where the text leaves it open, such as 2016; without it every reading is given")
	fs.BoolVar(&o.bom, "bom", false, "begin each file with a byte order mark, as Chinese Excel wants it")
	fs.Usage = func() { fmt.Fprint(stderr, usage); fs.PrintDefaults() }
	if err := fs.Parse(args); err != nil {
		return err
	}
	switch fs.NArg() {
	case 0:
	case 1:
		o.file = fs.Arg(0)
	default:
		return fmt.Errorf("one file at a time, got %d: %s", fs.NArg(), strings.Join(fs.Args(), " "))
	}
	var rule indicators.Preference
	if o.base != "" {
		p, err := indicators.ParsePeriod(o.base)
		if err != nil {
			return fmt.Errorf("-base: %w", err)
		}
		rule.Reading = p
	}
	if o.table != "" && !known(o.table) {
		return fmt.Errorf("-table %s: want one of %s", o.table, strings.Join(tables, ", "))
	}
	d, err := read(o, stdin)
	if err != nil {
		return err
	}
	if o.out == "" {
		return printed(o, d, rule, stdout)
	}
	dir, err := outdir.New(o.out, "en")
	if err != nil {
		return err
	}
	defer dir.Abort()
	for _, name := range tables {
		if o.table != "" && o.table != name {
			continue
		}
		if err := dir.Create(name+".csv", func(w io.Writer) error { return write(w, name, o, d, rule) }); err != nil {
			return err
		}
	}
	if len(d.Documents) > 0 && o.table == "" {
		err := dir.Create("documents.csv", func(w io.Writer) error {
			mark(w, o)
			return indicators.WriteDocuments(w, d.Documents)
		})
		if err != nil {
			return err
		}
	}
	names, err := dir.Commit()
	for _, n := range names {
		fmt.Fprintln(stdout, filepath.Join(o.out, filepath.FromSlash(n)))
	}
	return err
}

func known(table string) bool {
	for _, t := range tables {
		if t == table {
			return true
		}
	}
	return false
}

// read returns the figures of the file, or of the seed.
func read(o options, stdin io.Reader) (*indicators.Dataset, error) {
	d := seeds.Jianxi()
	if o.file != "" {
		name, in := "standard input", stdin
		if o.file != "-" {
			f, err := os.Open(o.file)
			if err != nil {
				return nil, err
			}
			defer f.Close()
			name, in = o.file, f
		}
		claims, err := indicators.ReadFigures(bufio.NewReader(in), name)
		if err != nil {
			return nil, err
		}
		d = &indicators.Dataset{Claims: claims}
	}
	if o.documents != "" {
		f, err := os.Open(o.documents)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if d.Documents, err = indicators.ReadDocuments(f, o.documents); err != nil {
			return nil, err
		}
	}
	if o.report != "" {
		b, err := os.ReadFile(o.report)
		if err != nil {
			return nil, err
		}
		doc := strings.TrimSuffix(filepath.Base(o.report), filepath.Ext(o.report))
		some := false
		for i := range d.Claims {
			some = some || d.Claims[i].Source.Doc == doc
		}
		if !some {
			return nil, fmt.Errorf("-report %s: no figure names the doc %q", o.report, doc)
		}
		name := o.file
		if name == "" {
			name = "seeds/jianxi-2022.csv"
		}
		if err := d.CheckQuotes(doc, indicators.NewText(string(b)), name, func(i int) int { return i + 2 }); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// printed prints one table, or all with a line above each. Nothing is printed
// if one of them fails.
func printed(o options, d *indicators.Dataset, rule indicators.Preference, stdout io.Writer) error {
	var b bytes.Buffer
	for i, name := range tables {
		if o.table != "" && o.table != name {
			continue
		}
		if o.table == "" {
			if i > 0 {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, "# %s.csv\n", name)
		}
		if err := write(&b, name, o, d, rule); err != nil {
			return err
		}
	}
	_, err := stdout.Write(b.Bytes())
	return err
}

func mark(w io.Writer, o options) {
	if o.bom {
		io.WriteString(w, "\ufeff")
	}
}

func write(w io.Writer, table string, o options, d *indicators.Dataset, rule indicators.Preference) error {
	mark(w, o)
	switch table {
	case "figures":
		return indicators.WriteFigures(w, d.Claims)
	case "derived":
		ds := d.Derive(rule)
		if !rule.Reading.IsZero() {
			kept := ds[:0]
			for _, x := range ds {
				if x.Reading.IsZero() || x.Reading == rule.Reading {
					kept = append(kept, x)
				}
			}
			ds = kept
		}
		return indicators.WriteDerived(w, ds)
	case "findings":
		return indicators.WriteFindings(w, d.Check(rule.Wording), d)
	}
	return indicators.WriteRequirements(w, d.Requirements(rule))
}
