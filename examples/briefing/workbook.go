package main

import (
	"io"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing"
)

// writeWorkbook writes the Excel briefing.
func writeWorkbook(w io.Writer, in *input, rep *progress.Report, findings []indicators.Finding, charts []chart, o *options) error {
	b := briefing.Briefing{Lang: o.lang, Data: in.data, Checked: in.checked, Report: *rep, Findings: findings}
	for _, c := range charts {
		b.Charts = append(b.Charts, briefing.Chart{Series: c.series, Title: c.title, Alt: c.alt, PNG: c.png})
	}
	return b.Write(w)
}

func writeTemplate(w io.Writer, in *input, lang string) error                    { return nil }
func readHistory(name string, d *indicators.Dataset) ([]indicators.Claim, error) { return nil, nil }
