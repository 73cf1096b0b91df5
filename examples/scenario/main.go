// Scenario looks at the targets of a report under stated growth: of a total,
// of the population, of prices. It prints what each target then needs and how
// likely it is, and what the targets entail together.
//
//	go run ./examples/scenario -grow 地区生产总值@洛阳市=6 -grow 常住人口@涧西区=1 -deflator 3
package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

const usage = `usage: scenario [-grow INDICATOR@AREA=PERCENT ...] [-deflator PERCENT] [-lang zh] [-out scenario.csv] [FIGURES.csv]

Assesses the targets of a figures.csv, or of the report that comes with the
library if none is named, under assumed growth in per cent a year. -grow may
stand several times; without @AREA it holds for every area. A population is
called 常住人口 or 总人口. - is standard input.

Written: kind,id,indicator,need,need_lo,need_hi,need_unit,before,probability,
verdict,binds,why. kind is condition (a target under the scenario: need is the
growth that it then takes, before and probability how likely it looks without
and with the assumptions) or together (what the targets in id entail: need is
the growth it takes, binds the target that asks for more, broken where they
cannot all be met as assumed).

Example:
  scenario -grow 地区生产总值@洛阳市=6 -grow 常住人口@涧西区=1 -deflator 3

flags:
`

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "scenario:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("scenario", flag.ContinueOnError)
	fs.SetOutput(stderr)
	s := progress.Scenario{Deflator: math.NaN()}
	fs.Func("grow", "assumed growth, as `INDICATOR@AREA=PERCENT`", func(v string) error {
		a, err := assumption(v)
		s.Assume = append(s.Assume, a)
		return err
	})
	fs.Func("deflator", "assumed growth of prices, `per cent` a year", func(v string) (err error) {
		s.Deflator, err = percent(v)
		return err
	})
	lang := fs.String("lang", "zh", "`language` of the column why, zh or en")
	out := fs.String("out", "-", "`file` to write; - is standard output")
	fs.Usage = func() { fmt.Fprint(stderr, usage); fs.PrintDefaults() }
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *lang != "zh" && *lang != "en" {
		return fmt.Errorf("-lang %q: want zh or en", *lang)
	}
	d := seeds.Jianxi()
	switch {
	case fs.NArg() > 1:
		return fmt.Errorf("one file at a time, got %d", fs.NArg())
	case fs.NArg() == 1:
		name, in := "standard input", stdin
		if fs.Arg(0) != "-" {
			f, err := os.Open(fs.Arg(0))
			if err != nil {
				return err
			}
			defer f.Close()
			name, in = fs.Arg(0), f
		}
		claims, err := indicators.ReadFigures(in, name)
		if err != nil {
			return err
		}
		d = &indicators.Dataset{Claims: claims}
	}
	rep := progress.Assess(d, progress.Options{Choose: func(*indicators.Series) progress.Choice {
		return progress.Choice{Method: auto.Auto{}, Name: "auto"}
	}})
	var b bytes.Buffer
	if err := write(&b, &rep, &s, *lang); err != nil {
		return err
	}
	if *out == "-" {
		_, err := stdout.Write(b.Bytes())
		return err
	}
	return outdir.WriteFile(*out, *lang, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
}

// assumption reads 地区生产总值@洛阳市=6.
func assumption(v string) (progress.Assumption, error) {
	name, value, ok := strings.Cut(v, "=")
	ind, area := indicators.SplitRef(strings.TrimSpace(name))
	if !ok || ind == "" {
		return progress.Assumption{}, errors.New("want INDICATOR@AREA=PERCENT, such as 地区生产总值@洛阳市=6")
	}
	g, err := percent(value)
	return progress.Assumption{Indicator: ind, Area: area, Growth: g, Source: "-grow"}, err
}

func percent(v string) (float64, error) {
	g, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(v), "%"), 64)
	if err != nil || !(g > -100 && g <= 1000) {
		return 0, fmt.Errorf("%q is no growth in per cent, above −100 and up to 1000", v)
	}
	return g, nil
}

func write(w io.Writer, rep *progress.Report, s *progress.Scenario, lang string) error {
	cw := csv.NewWriter(w)
	_ = cw.Write([]string{"kind", "id", "indicator", "need", "need_lo", "need_hi", "need_unit", "before", "probability", "verdict", "binds", "why"})
	num := func(x float64, ok bool) string {
		if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', 6, 64)
	}
	pick := func(zh, en string) string {
		if lang == "en" {
			return en
		}
		return zh
	}
	for _, c := range s.Condition(rep) {
		n := c.Need
		_ = cw.Write([]string{"condition", c.ID, c.Indicator, num(n.Value, n.OK), num(n.Lo, n.OK), num(n.Hi, n.OK), n.Unit,
			num(c.Before, true), num(c.Probability, c.HasProbability), c.Verdict.String(), "", pick(c.Why, c.WhyEN)})
	}
	for _, im := range s.Imply(rep.Assessments) {
		n := im.Value
		verdict := ""
		if im.Broken {
			verdict = "broken"
		}
		_ = cw.Write([]string{"together", strings.Join(im.Targets, " "), im.What, num(n.Value, n.OK), num(n.Lo, n.OK), num(n.Hi, n.OK), n.Unit,
			"", "", verdict, im.Binds, pick(im.Message, im.MessageEN)})
	}
	cw.Flush()
	return cw.Error()
}
