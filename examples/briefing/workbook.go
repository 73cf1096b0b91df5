package main

import (
	"io"
	"os"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/indicators/tabular"
	"example.com/zhibiao/plotting/briefing"
)

// writeWorkbook writes the Excel briefing.
func writeWorkbook(w io.Writer, in *input, rep *progress.Report, findings []indicators.Finding, charts []chart, o *options) error {
	b := briefing.Briefing{Lang: o.lang, Edition: briefing.Working, Data: in.data, Checked: in.checked, Report: *rep, Findings: findings}
	for _, c := range charts {
		b.Charts = append(b.Charts, briefing.Chart{Series: c.series, File: "charts/" + c.id + ".png", Title: c.title, Alt: c.alt, PNG: c.png})
	}
	return b.Write(w)
}

// writeTemplate writes the sheet that an analyst fills in.
func writeTemplate(w io.Writer, in *input, lang string) error {
	return tabular.History{Lang: lang, Known: in.data}.Write(w)
}

// readHistory reads a filled-in sheet.
func readHistory(name string, d *indicators.Dataset) ([]indicators.Claim, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return tabular.History{Known: d}.Read(f, name)
}
