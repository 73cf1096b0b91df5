package main

import (
	"bytes"
	"encoding/csv"
	"io"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting"
	"example.com/zhibiao/plotting/cjk"
)

// panel is the joined data of the reports.
type panel struct {
	data     *indicators.Dataset
	series   []indicators.Series
	findings []indicators.Finding
	broken   map[string]bool // claims that a series does not continue from the year before
}

// join makes one dataset of the reports. Every claim stays; a series takes one
// of them a year by the library's rule.
func join(docs []read) *panel {
	d := &indicators.Dataset{}
	for _, r := range docs {
		d.Claims = append(d.Claims, r.res.Claims()...)
		d.Documents = append(d.Documents, r.res.Document)
	}
	p := &panel{data: d, broken: map[string]bool{}}
	p.series = d.Series(indicators.Preference{AsRead: true})
	p.findings = d.Check(indicators.Wording{})
	p.findings = append(p.findings, p.breaks()...)
	for i := range p.series {
		for k := range p.series[i].Obs {
			if o := &p.series[i].Obs[k]; p.broken[o.Claim] && k > 0 {
				o.Break = true
			}
		}
	}
	return p
}

// long counts the series with figures of two periods or more.
func (p *panel) long() int {
	n := 0
	for i := range p.series {
		if len(p.series[i].Obs) > 1 {
			n++
		}
	}
	return n
}

// write writes panel.csv: a row for every reading of one period, series by
// series; chosen marks the reading that the series uses, break the one that
// does not continue the year before.
func (p *panel) write(w io.Writer) error {
	chosen := map[string]bool{}
	for i := range p.series {
		for _, o := range p.series[i].Obs {
			chosen[o.Claim] = true
		}
	}
	readings := map[indicators.SeriesID][]*indicators.Claim{}
	for i := range p.data.Claims {
		c := &p.data.Claims[i]
		if c.HasValue && !c.Kind.Target() && len(c.Spans) == 1 && c.Spans[0].Single() {
			readings[c.Series()] = append(readings[c.Series()], c)
		}
	}
	cw := csv.NewWriter(w)
	cw.Write([]string{"indicator", "area", "scope", "measure", "of", "unit", "period", "value", "qualifier", "wording", "status", "chosen", "break", "doc", "id", "kind", "quote"})
	mark := func(b bool) string {
		if b {
			return "1"
		}
		return ""
	}
	for i := range p.series {
		s := &p.series[i]
		for _, c := range byPeriod(readings[s.SeriesID]) {
			cw.Write([]string{
				c.Indicator, c.Area, c.Scope, s.Measure.String(), s.Of, c.Unit.Symbol, c.Spans[0].String(), c.Value.String(), c.Value.Qual.String(), c.Value.Word, string(c.Status),
				mark(chosen[c.ID]), mark(p.broken[c.ID]), c.Source.Doc, c.ID, string(c.Kind), c.Source.Quote,
			})
		}
	}
	cw.Flush()
	return cw.Error()
}

// picture is a chart with the claim that names its file.
type picture struct {
	id  string
	png []byte
}

// charts draws every headline indicator: one with a target that has a number
// and with levels of two years or more.
func (p *panel) charts(lang string) ([]picture, error) {
	fonts, err := plotting.NewFonts(cjk.Collection())
	if err != nil {
		return nil, err
	}
	targets := p.data.Targets(indicators.Wording{})
	var out []picture
	for i := range p.series {
		s := &p.series[i]
		if s.Measure != indicators.Level || len(s.Obs) < 2 {
			continue
		}
		f := plotting.FanChart{
			Page:      plotting.Page{Fonts: fonts, Lang: lang, Source: sources(p.data, lang)},
			Indicator: s.Indicator, Area: s.Area, Unit: s.Unit.Symbol, Bounds: s.Bounds(),
		}
		if lang == "en" && s.English != "" {
			f.Indicator = s.English
		}
		if s.Scope != "" {
			f.Indicator += "（" + s.Scope + "）"
		}
		annual := true
		for k, o := range s.Obs {
			annual = annual && o.Period.Freq() == indicators.Annual
			pt := plotting.Point{Period: o.Period, Value: o.Value, Provisional: o.Status != indicators.Actual, Break: o.Break && k > 0}
			if o.Interval.Bounded() {
				pt.Lo, pt.Hi = o.Interval.Lo, o.Interval.Hi
			}
			f.History = append(f.History, pt)
		}
		for _, t := range targets {
			if t.SeriesID == s.SeriesID && t.Measure == indicators.Level && t.Open == "" && t.Unit.Symbol == s.Unit.Symbol && t.Due().Freq() == indicators.Annual {
				f.Targets = append(f.Targets, plotting.Target{Period: t.Due(), Want: t.Want})
			}
		}
		if len(f.Targets) == 0 || !annual {
			continue
		}
		pic, err := f.Picture()
		if err != nil {
			return nil, err
		}
		var buf bytes.Buffer
		if err := pic.Encode(&buf, plotting.PNG); err != nil {
			return nil, err
		}
		last, _ := s.Last()
		out = append(out, picture{last.Claim, buf.Bytes()})
	}
	return out, nil
}

func sources(d *indicators.Dataset, lang string) string {
	first, last := d.Documents[0], d.Documents[len(d.Documents)-1]
	issuer := last.Issuer
	if issuer == "" {
		issuer = last.Title
	}
	if first.Date.IsZero() || last.Date.IsZero() {
		return issuer
	}
	if lang == "en" {
		return issuer + ", reports of " + first.Date.Label(lang)[len(first.Date.Label(lang))-4:] + "–" + last.Date.Label(lang)[len(last.Date.Label(lang))-4:]
	}
	return issuer + first.Date.String()[:4] + "—" + last.Date.String()[:4] + "年报告"
}
