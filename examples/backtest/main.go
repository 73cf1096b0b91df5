// Backtest scores a method on a panel of indicators: one period ahead from the
// last 1, 2, … values, by kind of indicator, against repeating the last
// growth.
//
//	go run ./examples/panel -out out reports
//	go run ./examples/backtest out/panel.csv
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"example.com/zhibiao/examples/internal/long"
	"example.com/zhibiao/examples/internal/methods"
)

const usage = `usage: backtest [flags] FILE…

Forecasts every value of every series that has enough values in front of it, from
the last 1, 2, … of them alone, and compares: how many outcomes lie above the
median, how many inside the 80 and 95 % intervals, and by how much the median is
better (negative) or worse than repeating the last growth and 0.8 times it, as a
mean difference of sMAPE with its standard error (clustered by area, by series
where there is one area). Rows are the kinds of indicator.
用面板数据检验预测方法：只用最近1、2、3……个数值预测下一期，按指标类别统计覆盖率、偏向，
并与“照上期增速外推”及其八折作比较（负数表示更准）。

A file is a panel.csv of examples/panel or in long form: columns unique_id, ds, y
and, where known, indicator, unit, nature (one of
` + long.Natures + `)
and area. - is standard input.

  backtest out/panel.csv                     the reports of one area
  backtest -last 1,2 a/panel.csv b/panel.csv those of several
  backtest -method theta -last 6 long.csv    another method, from six values

flags:
`

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "backtest:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("backtest", flag.ContinueOnError)
	fs.SetOutput(stderr)
	name := fs.String("method", "auto", "forecasting `method`")
	last := fs.String("last", "1,2,3,5", "how many values a forecast rests on, `numbers` separated by commas")
	horizon := fs.Int("horizon", 1, "periods ahead")
	jump := fs.Float64("jump", 3, "a change by more than this `factor` is taken for a break and left out; 0: none is")
	asJSON := fs.Bool("json", false, "print a JSON array of objects instead of a table")
	fs.Usage = func() {
		fmt.Fprint(stderr, usage)
		fs.PrintDefaults()
		fmt.Fprint(stderr, "\nmethods:\n"+methods.Usage())
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	b := bench{horizon: *horizon, jump: *jump}
	switch {
	case fs.NArg() == 0:
		return errors.New("no file; -h says what it looks like")
	case *horizon < 1:
		return fmt.Errorf("-horizon %d: there is at least 1 period to forecast", *horizon)
	case *jump != 0 && !(*jump > 1) || math.IsInf(*jump, 0):
		return fmt.Errorf("-jump %g: the factor is above 1, or 0 to keep all", *jump)
	}
	var err error
	if b.method, err = methods.Get(*name); err != nil {
		return fmt.Errorf("-method: %w", err)
	}
	for _, t := range strings.Split(*last, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(t))
		if err != nil || n < 1 {
			return fmt.Errorf("-last: %q is not a number of values", t)
		}
		b.last = append(b.last, n)
	}
	slices.Sort(b.last)
	b.last = slices.Compact(b.last)

	var series []*long.Series
	var bad problems
	for _, f := range fs.Args() {
		s, err := read(f, stdin, &bad)
		if err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		series = append(series, s...)
	}
	if err := bad.err(); err != nil {
		return err
	}
	cases, breaks := b.run(series, stderr)
	if breaks > 0 {
		fmt.Fprintf(stderr, "backtest: %d cases left out, with a change by more than a factor of %g\n", breaks, *jump)
	}
	rows := summarise(cases)
	if len(rows) == 0 {
		return fmt.Errorf("no series has %d consecutive values and one to forecast after them", b.last[0])
	}
	if *asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(rows)
	}
	return print(stdout, rows)
}

// print writes the table; a number that does not exist is a dash.
func print(w io.Writer, rows []row) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "kind\tn\tcases\tabove\tcover80\tcover95\tlast growth\t± s.e.\t0.8 times it\t± s.e.\tfailures\t")
	f := func(x number, digits int) string {
		if math.IsNaN(float64(x)) {
			return "–"
		}
		return strconv.FormatFloat(float64(x), 'f', digits, 64)
	}
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t\n", r.Kind, r.N, r.Cases, f(r.Above, 2), f(r.Cover80, 2), f(r.Cover95, 2),
			f(r.Last, 2), f(r.LastSE, 2), f(r.Damped, 2), f(r.DampedSE, 2), r.Failures)
	}
	return t.Flush()
}

// number is null in JSON where it does not exist.
type number float64

// MarshalJSON implements json.Marshaler.
func (n number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// problems collects the bad rows of all files.
type problems struct {
	first []error
	more  int
}

const shown = 10

func (p *problems) add(err error) {
	if len(p.first) < shown {
		p.first = append(p.first, err)
	} else {
		p.more++
	}
}

func (p *problems) err() error {
	if p.more > 0 {
		return errors.Join(append(p.first, fmt.Errorf("and %d more", p.more))...)
	}
	return errors.Join(p.first...)
}
