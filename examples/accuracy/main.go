// Accuracy scores forecasting methods on a competition file.
//
//	go run ./examples/accuracy -data M3_yearly.csv.gz -season 1 -methods naive,ets,theta
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"example.com/zhibiao/examples/internal/methods"
)

const usage = `usage: accuracy -data FILE.csv.gz [-season M] [-methods a,b,c] [-last n] [-holdout h] [-json]

Reads a competition file (columns unique_id,index,y,set with set train or test;
gzip or plain, - is standard input) and prints for each method the measures
averaged over series: sMAPE, MASE, OWA against Naive2 of the M4 competition on
the full history, coverage of the 80 and 95 % intervals, MSIS of the latter, CPU
milliseconds a series (fit, forecast and both intervals, on one core) and
failures. A series on which a method fails or gives a number that is not finite
is scored as naive, and counted.

Example:
  accuracy -data M3_quarterly.csv.gz -season 4 -methods snaive,theta,auto

flags:
`

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("accuracy", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var (
		data    = fs.String("data", "", "competition `file`; - is standard input")
		season  = fs.Int("season", 1, "periods in a season: 1 yearly, 4 quarterly, 12 monthly")
		names   = fs.String("methods", "naive,drift,ets,theta,dotm,auto", "methods, separated by commas")
		last    = fs.Int("last", 0, "show methods only the last `n` training points; 0: all")
		holdout = fs.Int("holdout", 0, "forecast the last `h` training points instead of the test rows")
		asJSON  = fs.Bool("json", false, "print a JSON array of objects instead of a table")
	)
	fs.Usage = func() {
		fmt.Fprint(stderr, usage)
		fs.PrintDefaults()
		fmt.Fprint(stderr, "\nmethods:\n"+methods.Usage())
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	switch {
	case fs.NArg() > 0:
		return fmt.Errorf("%q is no flag; the file goes to -data", fs.Arg(0))
	case *data == "":
		return errors.New("no file; give one with -data (see -h)")
	case *season < 1:
		return fmt.Errorf("-season %d: a season has at least 1 period", *season)
	case *last < 0:
		return fmt.Errorf("-last %d: the number of points cannot be negative", *last)
	case *holdout < 0:
		return fmt.Errorf("-holdout %d: the number of points cannot be negative", *holdout)
	}
	var ms []methods.Method
	for _, n := range strings.Split(*names, ",") {
		m, err := methods.Get(strings.TrimSpace(n))
		if err != nil {
			return fmt.Errorf("-methods: %w", err)
		}
		ms = append(ms, m)
	}
	series, err := load(*data, stdin)
	if err != nil {
		return err
	}
	if err := split(series, *holdout); err != nil {
		return fmt.Errorf("%s: %w", *data, err)
	}
	rows, unscaled := score(series, ms, *season, *last, stderr)
	if unscaled > 0 {
		fmt.Fprintf(stderr, "accuracy: %d series have a history that never moves; MASE, OWA and MSIS are over the others\n", unscaled)
	}
	if *asJSON {
		b, err := json.MarshalIndent(rows, "", "  ")
		if err != nil {
			return err
		}
		_, err = stdout.Write(append(b, '\n'))
		return err
	}
	return print(stdout, rows)
}

// row holds the measures of a method under their names in the JSON output.
type row struct {
	Method     string `json:"method"`
	Series     int    `json:"series"`
	SMAPE      number `json:"smape"`
	MASE       number `json:"mase"`
	OWA        number `json:"owa"`
	Coverage80 number `json:"coverage80"`
	Coverage95 number `json:"coverage95"`
	MSIS95     number `json:"msis95"`
	CPU        number `json:"cpu_ms"`
	Failures   int    `json:"failures"`
}

// number is null in JSON where it does not exist.
type number float64

// MarshalJSON implements json.Marshaler.
func (n number) MarshalJSON() ([]byte, error) {
	if v := float64(n); math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

func print(w io.Writer, rows []row) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "method\tseries\tsMAPE\tMASE\tOWA\tcover80\tcover95\tMSIS95\tCPU ms\tfailures\t")
	f := func(x number, digits int) string {
		if v := float64(x); math.IsNaN(v) || math.IsInf(v, 0) {
			return "–"
		}
		return strconv.FormatFloat(float64(x), 'f', digits, 64)
	}
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t\n", r.Method, r.Series, f(r.SMAPE, 3), f(r.MASE, 3),
			f(r.OWA, 3), f(r.Coverage80, 3), f(r.Coverage95, 3), f(r.MSIS95, 2), f(r.CPU, 4), r.Failures)
	}
	return t.Flush()
}
