// Extract reads the figures of a Chinese government report and writes them as
// figures.csv, with a review sheet in which an analyst corrects them.
//
//	go run ./examples/extract -out figures.csv -review review.xlsx REPORT.docx
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/indicators/document"
	"example.com/zhibiao/indicators/report"
	"example.com/zhibiao/indicators/tabular"
)

const usage = `usage: extract [flags] REPORT

Reads a work report, communiqué or analysis (.txt in UTF-8 or GB18030, .docx,
.xlsx, text PDF; - is standard input) and writes its figures as figures.csv.
从政府工作报告、统计公报等文件中读出指标数据，输出 figures.csv 和供人工核对的 Excel 表。

  extract report.txt                                  print the figures
  extract -out figures.csv -review review.xlsx report.pdf
      write them, and a sheet for review; correct the sheet and run the same
      command again: corrections override the reading by id, nothing is lost
  extract -year 2021 -area 涧西区 notes.docx          a text without title

flags:
`

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "extract:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	var out, review, text, documents, doc, vocabulary string
	var opt report.Options
	var bom bool
	fl := flag.NewFlagSet("extract", flag.ContinueOnError)
	fl.SetOutput(stderr)
	fl.StringVar(&out, "out", "", "`file` to write the figures to; without it they go to standard output")
	fl.StringVar(&review, "review", "", "review `workbook`; corrections in it are applied, then it is written anew")
	fl.StringVar(&text, "text", "", "`file` to write the text to that start and end point into (of use for docx, xlsx, PDF and GB18030)")
	fl.StringVar(&documents, "documents", "", "`file` to write documents.csv to: title, issuer, date and checksum of the text")
	fl.StringVar(&doc, "doc", "", "`key` of the document in the figures; without it the name of the file")
	fl.StringVar(&vocabulary, "vocabulary", "", "tab-separated `file` of further indicator names: name, unit, nature, direction, english, synonyms divided by |")
	fl.IntVar(&opt.Year, "year", 0, "`year` that the report is about, if it does not say so itself")
	fl.StringVar(&opt.Area, "area", "", "`area` that the report is about, if it does not say so itself")
	fl.StringVar(&opt.Parent, "parent", "", "`area` above, which 占全市 and the like refer to")
	fl.BoolVar(&bom, "bom", false, "begin CSV files with a byte order mark, as Chinese Excel wants it")
	fl.Usage = func() { fmt.Fprint(stderr, usage); fl.PrintDefaults() }
	if err := fl.Parse(args); err != nil {
		return err
	}
	if fl.NArg() > 1 {
		return fmt.Errorf("one report at a time, got %d: %s", fl.NArg(), strings.Join(fl.Args(), " "))
	}
	name := "-"
	if fl.NArg() == 1 {
		name = fl.Arg(0)
	}
	var d *document.Document
	var err error
	if name == "-" {
		d, err = document.Read(stdin, "-")
	} else {
		d, err = document.Open(name)
	}
	if err != nil {
		return err
	}
	if doc == "" {
		doc = d.Name
	}
	if vocabulary != "" {
		if opt.Vocabulary, err = withTerms(vocabulary); err != nil {
			return err
		}
	}
	res, err := report.Read(report.Doc{Key: doc, Text: d.Text}, opt)
	if err != nil {
		return err
	}
	if res.Year == 0 && len(res.Figures) > 0 {
		return fmt.Errorf("%s: the text names no year, so that no figure can be dated; give it with -year", name)
	}
	rows := reviewRows(res, d.Text)
	if review != "" {
		if rows, err = merged(rows, review); err != nil {
			return err
		}
	}
	claims := tabular.Claims(rows)
	figures := func(w io.Writer) error {
		if bom {
			if _, err := io.WriteString(w, "\ufeff"); err != nil {
				return err
			}
		}
		return indicators.WriteFigures(w, claims)
	}
	if out == "" {
		err = figures(stdout)
	} else {
		err = outdir.WriteFile(out, "zh", figures)
	}
	if err != nil {
		return err
	}
	if review != "" {
		unread := make([]tabular.Unread, len(res.Refused))
		for i, r := range res.Refused {
			unread[i] = tabular.Unread{Text: r.Text, Why: r.Why, Quote: r.Quote}
		}
		if err := outdir.WriteFile(review, "zh", func(w io.Writer) error { return tabular.WriteReview(w, rows, unread) }); err != nil {
			return err
		}
	}
	if text != "" {
		if err := outdir.WriteFile(text, "zh", func(w io.Writer) error { _, err := io.WriteString(w, d.Text); return err }); err != nil {
			return err
		}
	}
	if documents != "" {
		if err := outdir.WriteFile(documents, "zh", func(w io.Writer) error {
			return indicators.WriteDocuments(w, []indicators.Document{res.Document})
		}); err != nil {
			return err
		}
	}
	summary(stderr, d, res, rows, len(claims))
	return nil
}

// reviewRows makes the rows of the review sheet.
func reviewRows(res *report.Result, text string) []tabular.ReviewRow {
	rows := make([]tabular.ReviewRow, len(res.Figures))
	for i := range res.Figures {
		f := &res.Figures[i]
		rows[i] = tabular.ReviewRow{Claim: f.Claim, Confidence: f.Confidence, Rule: f.Rule, Number: indicators.Strip(text[f.NumStart:f.NumEnd])}
	}
	return rows
}

// merged applies the corrections of the review workbook, if there is one.
func merged(rows []tabular.ReviewRow, path string) ([]tabular.ReviewRow, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return rows, nil
	}
	if err != nil {
		return nil, err
	}
	cs, err := tabular.ReadReview(bytes.NewReader(data), path)
	if err != nil {
		return nil, err
	}
	return tabular.Merge(rows, cs, path)
}

// withTerms returns the standard vocabulary with the terms of a file.
func withTerms(path string) (*report.Vocabulary, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	v, err := report.ReadVocabulary(f, path)
	if err != nil {
		return nil, err
	}
	return report.Standard().With(v.Terms()...), nil
}

func summary(w io.Writer, d *document.Document, res *report.Result, rows []tabular.ReviewRow, n int) {
	fmt.Fprintf(w, "%s, %s: %d figures", d.Name, d.Format, n)
	if res.Year > 0 {
		fmt.Fprintf(w, " about %d", res.Year)
	}
	if res.Area != "" {
		fmt.Fprintf(w, ", %s", res.Area)
	}
	weak, marked := 0, 0
	for i := range rows {
		if rows[i].Mark != tabular.Unmarked {
			marked++
		} else if c := rows[i].Confidence; c > 0 && c < 0.7 {
			weak++
		}
	}
	fmt.Fprintf(w, "; %d of low confidence, %d refused, %d marked by an analyst\n", weak, len(res.Refused), marked)
	for _, s := range res.Warnings {
		fmt.Fprintln(w, "note:", s)
	}
}
