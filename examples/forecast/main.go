// Forecast reads many series in long form and writes their forecasts.
//
//	go run ./examples/forecast -horizon 6 < long.csv > forecasts.csv
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/examples/internal/long"
	"example.com/zhibiao/examples/internal/methods"
	"example.com/zhibiao/examples/internal/terminal"
	"example.com/zhibiao/forecast"
)

const usage = `usage: forecast [flags] [long.csv]

Reads series in long form (columns unique_id,ds,y; ds a period such as 2021,
2021-Q3 or 2021-07, or an integer; an empty y, or a step left out, is a gap)
from a file or standard input, gzip or plain, UTF-8 or GB18030, and writes forecasts to standard
output: unique_id,ds,method,mean,median, lower and upper ends of the intervals,
error. Rows of a series stand together in order of time. A series that cannot
be forecast, or has a bad row, has its reason in the column error; the others
go on. With a bad row the program ends with status 1.

Further columns, all optional and in any order, say what a series is, so that
the growth, the change from year to year and the bounds of that kind of quantity
count as expected: indicator, a name such as 一般公共预算收入; unit, as printed
(亿元, 万人, %); nature, one of
  ` + long.Natures + `;
where it is empty it follows from the name and the unit. They stand in the first
row of a series; later rows repeat them or are empty. An integer ds from 1900 to
2100 is a year for this purpose, and no other.

Example:
  forecast -horizon 8 -method auto -levels 80,95 < long.csv > forecasts.csv
  forecast -shard 1/2 long.csv > a.csv; forecast -shard 2/2 long.csv > b.csv; cat a.csv b.csv > forecasts.csv

flags:
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "forecast:", err)
		os.Exit(1)
	}
}

type config struct {
	horizon, season, workers int
	method                   methods.Method
	levels                   []float64 // in per cent
	shard, shards            int       // 1 of 1: all
	bom                      bool
}

func parse(args []string, stderr io.Writer) (c config, name string, err error) {
	fs := flag.NewFlagSet("forecast", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.IntVar(&c.horizon, "horizon", 6, "periods ahead")
	fs.IntVar(&c.season, "season", 0, "periods in a season; 0: what ds says, 4 for quarters, 12 for months, 2 for half-years, else 1; another number than ds says is an error, but 1 leaves the season out")
	method := fs.String("method", "auto", "forecasting `method`")
	levels := fs.String("levels", "80,95", "levels of the intervals in per cent, separated by commas")
	fs.IntVar(&c.workers, "workers", 0, "`number` of series at a time; 0: as many as there are processors")
	shard := fs.String("shard", "1/1", "forecast part `i/n` of the series only; the parts 1/n to n/n one after the other make up the whole, byte for byte")
	fs.BoolVar(&c.bom, "bom", false, "begin with a byte order mark, which Chinese Excel needs")
	fs.Usage = func() {
		fmt.Fprint(stderr, usage)
		fs.PrintDefaults()
		fmt.Fprint(stderr, "\nmethods:\n"+methods.Usage())
	}
	if err := fs.Parse(args); err != nil {
		return c, "", err
	}
	switch {
	case fs.NArg() > 1:
		return c, "", fmt.Errorf("one file at a time, got %d", fs.NArg())
	case c.horizon < 1:
		return c, "", fmt.Errorf("-horizon %d: there is at least 1 period to forecast", c.horizon)
	case c.season < 0:
		return c, "", fmt.Errorf("-season %d: a season has at least 1 period; 0 takes it from ds", c.season)
	case c.workers < 0:
		return c, "", fmt.Errorf("-workers %d: the number cannot be negative", c.workers)
	}
	if c.method, err = methods.Get(*method); err != nil {
		return c, "", fmt.Errorf("-method: %w", err)
	}
	for _, s := range strings.Split(*levels, ",") {
		l, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "%"), 64)
		if err != nil || !(l > 0 && l < 100) {
			return c, "", fmt.Errorf("-levels: %q is not a level between 0 and 100 per cent", s)
		}
		if slices.Contains(c.levels, l) {
			return c, "", fmt.Errorf("-levels: %s stands twice", s)
		}
		c.levels = append(c.levels, l)
	}
	i, n, ok := strings.Cut(*shard, "/")
	c.shard, err = strconv.Atoi(i)
	if ok && err == nil {
		c.shards, err = strconv.Atoi(n)
	}
	if !ok || err != nil || c.shard < 1 || c.shard > c.shards {
		return c, "", fmt.Errorf("-shard %q: want i/n with i from 1 to n, such as 1/4", *shard)
	}
	name = "-"
	if fs.NArg() == 1 {
		name = fs.Arg(0)
	}
	return c, name, nil
}

// bySeason is a method for series of different seasons.
type bySeason struct{ methods.Method }

// Fit implements forecast.Forecaster.
func (m bySeason) Fit(y []float64) (forecast.Model, error) {
	return m.FitData(forecast.Data{Y: y})
}

// FitData implements forecast.DataFitter.
func (m bySeason) FitData(d forecast.Data) (forecast.Model, error) {
	return forecast.Fit(m.New(d.Season), d)
}

// record is what the job needs. A bad series has no values, so that nothing
// is computed for it.
func record(s *long.Series) forecast.Record {
	if s.Err != nil {
		return forecast.Record{Key: s.ID}
	}
	return forecast.Record{Key: s.ID, Data: s.Data(0, len(s.Y))}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	c, name, err := parse(args, stderr)
	if err != nil {
		return err
	}
	in := stdin
	if name == "-" {
		name = "standard input"
	} else {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	first, last := 0, 0 // the series of this part; last 0: to the end
	if c.shards > 1 {
		again, err := rewindable(in)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		defer again.close()
		total, err := long.Count(again)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		first, last = (c.shard-1)*total/c.shards, c.shard*total/c.shards
		if err := again.rewind(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		in = again
	}
	r, err := long.NewReader(in, false)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	out := newWriter(stdout, c)
	if c.shard == 1 {
		out.header()
	}
	var probs []float64
	for _, l := range c.levels {
		// The ends as decimal fractions: 97.5 % is 0.975 to the last bit.
		probs = append(probs, (100-l)/200, (100+l)/200)
	}
	job := forecast.Job[forecast.Forecaster]{Method: bySeason{c.method}, H: c.horizon, Probs: probs}
	line := terminal.NewLine(stderr)
	defer line.Clear()
	pending := make(map[string]*long.Series)
	results := job.Each(ctx, func(yield func(forecast.Record) bool) {
		for s := range r.Series(c.season) {
			if s.Number < first || c.shards > 1 && s.Number >= last {
				continue
			}
			pending[s.ID] = s
			if !yield(record(s)) {
				return
			}
		}
	}, c.workers)
	results = forecast.Progress(results, func(done, failed int) {
		if done%100 == 0 {
			line.Printf("%d series, %d failed", done, failed)
		}
	})
	bad := 0
	for res := range results {
		s := pending[res.Key]
		delete(pending, res.Key)
		if s.Err != nil {
			bad++
			res.Err = s.Err
		}
		out.result(s, res)
		if out.err() != nil {
			break
		}
	}
	switch {
	case out.flush() != nil:
		return out.flush()
	case r.Err != nil:
		return fmt.Errorf("%s: %w", name, r.Err)
	case ctx.Err() != nil:
		return errors.New("interrupted; the output is incomplete")
	case bad > 0:
		return fmt.Errorf("%s: %w (series with bad rows: %d; see the column error)", name, r.FirstBad, bad)
	}
	return nil
}
