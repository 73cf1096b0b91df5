// Briefing turns the figures of a government report into a briefing: an Excel
// workbook, charts and tables that hold every target against a projection.
//
//	go run ./examples/briefing                      # the report in seeds/, in Chinese, into briefing-out
//	go run ./examples/briefing -lang en -out out
//	go run ./examples/briefing -figures my.csv -report my.txt
//
// Run it with -h for all flags.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"example.com/zhibiao/plotting/briefing"
)

// options are the program's flags.
type options struct {
	out      string
	lang     string
	figures  list
	reports  list
	history  list
	contexts list
	template string

	edition     briefing.Edition
	layout      briefing.Profile
	probability bool
}

// list is a flag that may be repeated.
type list []string

func (l *list) String() string     { return strings.Join(*l, ", ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func (o *options) errf(zh, en string, args ...any) error {
	if o.lang == "en" {
		return fmt.Errorf(en, args...)
	}
	return fmt.Errorf(zh, args...)
}

const usage = `usage: briefing [flags]

Turns the figures of a government report into an Excel briefing, charts and
tables. Without flags it works on the report in seeds/.
把政府工作报告中的数变成 Excel 简报、图和表；不带参数时处理 seeds/ 中的报告。

  briefing -out briefing-out
  briefing -report my.txt              读自己的报告
  briefing -lang en -figures my.csv -report my.txt
  briefing -template history.xlsx      先写出空表，填好历年数后：
  briefing -history history.xlsx -context 'GDP=5±3 全市2022年预期目标'

flags:
`

func parse(args []string, stderr io.Writer) (*options, error) {
	var o options
	fs := flag.NewFlagSet("briefing", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.StringVar(&o.out, "out", "briefing-out", "`folder` to write into")
	fs.StringVar(&o.lang, "lang", "zh", "language of workbook, charts and messages: zh or en")
	fs.Var(&o.figures, "figures", "figures.csv to read instead of the seed's `file`; may be repeated, - is standard input")
	fs.Var(&o.reports, "report", "report `file` (.txt, .docx, .xlsx, .pdf): with -figures their quotes are checked against it (its name without ending is the doc), without -figures its figures are read; may be repeated")
	fs.Var(&o.history, "history", "`file` with further years, .xlsx or .csv as -template writes it; may be repeated")
	fs.Var(&o.contexts, "context", "stated growth that centres a forecast: `'NAME=MEAN±SD source'` in per cent a year, such as 'GDP=5±3 city plan 2022'; may be repeated")
	fs.StringVar(&o.template, "template", "", "write a sheet for -history, prefilled with the report's indicators, to `file.xlsx` and stop")
	edition := fs.String("edition", "leaders", "of briefing.xlsx: leaders (one page that stands alone, table, charts; the working edition is written beside it as briefing-working.xlsx) or working (everything)")
	profile := fs.String("profile", "briefing", "habits of the workbook: briefing (three-line tables, print set-up) or publication (rules for accessible spreadsheets)")
	fs.BoolVar(&o.probability, "probability", false, "show probabilities in the leaders' edition too")
	fs.Usage = func() {
		fmt.Fprint(stderr, usage)
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	if o.lang != "zh" && o.lang != "en" {
		return nil, fmt.Errorf("-lang %s: want zh or en", o.lang)
	}
	if fs.NArg() > 0 {
		return nil, o.errf("多余的参数 %q；输入文件请用 -figures 和 -report", "extra argument %q; name input files with -figures and -report", fs.Arg(0))
	}
	switch *edition {
	case "leaders":
		o.edition = briefing.Leaders
	case "working":
		o.edition = briefing.Working
	default:
		return nil, o.errf("-edition %s：应为 leaders 或 working", "-edition %s: want leaders or working", *edition)
	}
	switch *profile {
	case "briefing":
		o.layout = briefing.Office
	case "publication":
		o.layout = briefing.Publication
	default:
		return nil, o.errf("-profile %s：应为 briefing 或 publication", "-profile %s: want briefing or publication", *profile)
	}
	if o.out == "" {
		return nil, o.errf("-out 不能为空", "-out must not be empty")
	}
	if o.template != "" && !strings.HasSuffix(strings.ToLower(o.template), ".xlsx") {
		return nil, o.errf("-template %s：文件名应以 .xlsx 结尾", "-template %s: want a name that ends in .xlsx", o.template)
	}
	return &o, nil
}

func main() {
	o, err := parse(os.Args[1:], os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err == nil {
		err = run(o, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "briefing:", err)
		os.Exit(1)
	}
}
