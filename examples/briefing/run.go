package main

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"sync"

	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing"
)

// run does the whole job and reports to w what it made.
func run(o *options, w io.Writer) error {
	in, err := load(o)
	if err != nil {
		return err
	}
	contexts, err := parseContexts(o)
	if err != nil {
		return err
	}
	if o.template != "" {
		if err := outdir.WriteFile(o.template, o.lang, func(w io.Writer) error { return writeTemplate(w, in, o.lang) }); err != nil {
			return err
		}
		fmt.Fprintln(w, o.template)
		return nil
	}
	var rule indicators.Preference
	rep := progress.Assess(in.data, progress.Options{Choose: chooser(contexts), Rule: rule})
	for _, c := range contexts {
		if !c.used {
			return o.errf("-context：数据中没有可预测的指标 %q", "-context: there is no indicator %q to forecast", c.indicator)
		}
	}
	findings := in.data.Check(rule.Wording)

	dir, err := outdir.New(o.out, o.lang)
	if err != nil {
		return err
	}
	defer dir.Abort()
	charts, err := drawCharts(&rep, in, o.lang)
	if err != nil {
		return err
	}
	for _, c := range charts {
		for _, f := range c.files {
			if err := dir.Create(f.name, put(f.data)); err != nil {
				return err
			}
		}
	}
	files := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"figures.csv", func(w io.Writer) error { return indicators.WriteFigures(w, in.data.Claims) }},
		{"documents.csv", func(w io.Writer) error { return indicators.WriteDocuments(w, in.data.Documents) }},
		{"assessments.csv", func(w io.Writer) error { return progress.WriteCSV(w, rep.Assessments, o.lang) }},
		{"verdicts.csv", func(w io.Writer) error {
			return progress.ExplainVerdicts(w, progress.TargetVerdicts(&rep), true)
		}},
		{"findings.csv", func(w io.Writer) error { return indicators.WriteFindings(w, findings, in.data) }},
		{"briefing.xlsx", func(w io.Writer) error { return writeWorkbook(w, in, &rep, findings, charts, o, o.edition) }},
	}
	if o.edition == briefing.Leaders { // what is sent, and beside it what it can be checked with
		files = append(files, struct {
			name  string
			write func(io.Writer) error
		}{"briefing-working.xlsx", func(w io.Writer) error {
			return writeWorkbook(w, in, &rep, findings, charts, o, briefing.Working)
		}})
	}
	for _, f := range files {
		if err := dir.Create(f.name, f.write); err != nil {
			return err
		}
	}
	names, err := dir.Commit()
	if err != nil {
		return err
	}
	summarise(w, o, in, &rep, findings, names)
	return nil
}

func put(b []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.Copy(w, bytes.NewReader(b)); return err }
}

// each runs f for 0 … n−1 on all processors and returns the first error by
// index, whatever finished first.
func each(n int, f func(i int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	sem := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		wg.Add(1)
		sem <- struct{}{}
		go func() {
			defer func() { <-sem; wg.Done() }()
			errs[i] = f(i)
		}()
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
