// Panel reads the reports of one area over several years and joins them to
// series: panel.csv with every reading, findings.csv with what does not fit
// together, and a chart for every headline indicator.
//
//	go run ./examples/panel -out OUT ../shared/reports
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/indicators/document"
	"example.com/zhibiao/indicators/report"
)

const usage = `usage: panel [flags] -out OUT DIR

Reads the reports in a folder (.txt, .docx, .xlsx, .pdf), takes those of one area,
and writes into OUT: panel.csv (every reading of every series, with the one the
series uses marked), figures.csv, documents.csv, findings.csv (conflicts, breaks,
repeated sentences) and charts/ID.png for each headline indicator.
读取一个文件夹里同一地区历年的报告，合成面板数据，列出矛盾、口径变动和照抄的文字，并绘制主要指标图。

  panel -out out reports                the area with most reports
  panel -out out -area 海拉尔区 reports one area
  panel -out out -lang en reports       charts in English

flags:
`

func main() {
	err := run(os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "panel:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	fl := flag.NewFlagSet("panel", flag.ContinueOnError)
	fl.SetOutput(stderr)
	out := fl.String("out", "", "`folder` to write into")
	area := fl.String("area", "", "`area` whose reports to take; without it the one with most reports")
	lang := fl.String("lang", "zh", "`language` of the charts, zh or en")
	bom := fl.Bool("bom", false, "begin CSV files with a byte order mark, as Chinese Excel wants it")
	fl.Usage = func() { fmt.Fprint(stderr, usage); fl.PrintDefaults() }
	if err := fl.Parse(args); err != nil {
		return err
	}
	switch {
	case *out == "":
		return errors.New("-out is missing: the folder to write into")
	case fl.NArg() != 1:
		return fmt.Errorf("want one folder of reports, got %d", fl.NArg())
	case *lang != "zh" && *lang != "en":
		return fmt.Errorf("language %q; want zh or en", *lang)
	}
	docs, err := readAll(fl.Arg(0), stderr)
	if err != nil {
		return err
	}
	docs, err = ofOneArea(docs, *area, stderr)
	if err != nil {
		return err
	}
	p := join(docs)
	charts, err := p.charts(*lang)
	if err != nil {
		return err
	}
	return write(*out, p, charts, *bom, stdout)
}

// read is one report as read.
type read struct {
	key string
	res *report.Result
}

// readAll reads every document of a folder, in the order of the names.
func readAll(dir string, stderr io.Writer) ([]read, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var docs []read
	var errs []error
	seen := map[string]string{}
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".txt", ".docx", ".xlsx", ".pdf":
		default:
			continue
		}
		if e.IsDir() || strings.HasPrefix(e.Name(), "~$") {
			continue
		}
		d, err := document.Open(filepath.Join(dir, e.Name()))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if other, dup := seen[d.Name]; dup {
			errs = append(errs, fmt.Errorf("%s and %s have the same name without ending, which is the key of the document; rename one", other, e.Name()))
			continue
		}
		seen[d.Name] = e.Name()
		res, err := report.Read(report.Doc{Key: d.Name, Text: d.Text}, report.Options{})
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", e.Name(), err))
			continue
		}
		if res.Year == 0 || len(res.Figures) == 0 {
			fmt.Fprintf(stderr, "%s: left out, no dated figure in it\n", e.Name())
			continue
		}
		docs = append(docs, read{d.Name, res})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("%s: no report in it (looked for .txt, .docx, .xlsx and .pdf)", dir)
	}
	return docs, nil
}

// ofOneArea keeps the reports of one area, the years ascending: a figure of
// another place never enters a series.
func ofOneArea(docs []read, area string, stderr io.Writer) ([]read, error) {
	count := map[string]int{}
	for _, d := range docs {
		count[d.res.Area]++
	}
	if area == "" {
		for _, d := range docs { // the first of the most frequent
			if n := count[d.res.Area]; d.res.Area != "" && n > count[area] || area == "" {
				area = d.res.Area
			}
		}
	}
	var out []read
	for _, d := range docs {
		if d.res.Area != area {
			fmt.Fprintf(stderr, "%s: left out, it is about %s and not %s\n", d.key, orUnnamed(d.res.Area), orUnnamed(area))
			continue
		}
		out = append(out, d)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no report is about %s", area)
	}
	slices.SortStableFunc(out, func(a, b read) int { return a.res.Year - b.res.Year })
	return out, nil
}

func orUnnamed(s string) string {
	if s == "" {
		return "an area it does not name"
	}
	return s
}

func write(out string, p *panel, charts []picture, bom bool, stdout io.Writer) error {
	dir, err := outdir.New(out, "en")
	if err != nil {
		return err
	}
	defer dir.Abort()
	csv := func(f func(io.Writer) error) func(io.Writer) error {
		return func(w io.Writer) error {
			if bom {
				if _, err := io.WriteString(w, "\ufeff"); err != nil {
					return err
				}
			}
			return f(w)
		}
	}
	files := []struct {
		name string
		f    func(io.Writer) error
	}{
		{"panel.csv", csv(p.write)},
		{"figures.csv", csv(func(w io.Writer) error { return indicators.WriteFigures(w, p.data.Claims) })},
		{"documents.csv", csv(func(w io.Writer) error { return indicators.WriteDocuments(w, p.data.Documents) })},
		{"findings.csv", csv(func(w io.Writer) error { return indicators.WriteFindings(w, p.findings, p.data) })},
	}
	for _, c := range charts {
		files = append(files, struct {
			name string
			f    func(io.Writer) error
		}{"charts/" + c.id + ".png", func(w io.Writer) error { _, err := w.Write(c.png); return err }})
	}
	for _, f := range files {
		if err := dir.Create(f.name, f.f); err != nil {
			return err
		}
	}
	if _, err := dir.Commit(); err != nil {
		return err
	}
	breaks := 0
	for _, f := range p.findings {
		if f.Class == indicators.BreakFound {
			breaks++
		}
	}
	fmt.Fprintf(stdout, "%d reports, %d figures, %d series of two years or more, %d findings (%d breaks), %d charts\n",
		len(p.data.Documents), len(p.data.Claims), p.long(), len(p.findings), breaks, len(charts))
	return nil
}
