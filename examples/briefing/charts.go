package main

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting"
	"example.com/zhibiao/plotting/cjk"
)

// chart is the picture of one headline indicator in all its formats.
type chart struct {
	id     string // of the claim that is its latest level
	series indicators.SeriesID
	title  string
	alt    string
	png    []byte
	files  []file
}

type file struct {
	name string
	data []byte
}

// headlines returns the projections of the indicators that have an observed
// level and a target with a number, in the order of the targets.
func headlines(rep *progress.Report) []*progress.Projection {
	var out []*progress.Projection
	seen := map[indicators.SeriesID]bool{}
	for i := range rep.Assessments {
		a := &rep.Assessments[i]
		id := a.Target.SeriesID
		if !a.Want.OK || a.IsPace() || id.Measure != indicators.Level && id.Measure != indicators.Share || seen[id] {
			continue
		}
		for k := range rep.Projections {
			p := &rep.Projections[k]
			if last, ok := p.Series.Last(); ok && p.Series.SeriesID == id && last.Claim != "" {
				seen[id] = true
				out = append(out, p)
			}
		}
	}
	return out
}

// drawCharts draws the chart of every headline indicator, in parallel; the
// result does not depend on how many processors there are.
func drawCharts(rep *progress.Report, in *input, lang string) ([]chart, error) {
	fonts, err := plotting.NewFonts(cjk.Collection())
	if err != nil {
		return nil, err
	}
	heads := headlines(rep)
	out := make([]chart, len(heads))
	err = each(len(heads), func(i int) error {
		c, err := drawChart(rep, heads[i], in, fonts, lang)
		out[i] = c
		return err
	})
	return out, err
}

func drawChart(rep *progress.Report, p *progress.Projection, in *input, fonts *plotting.Fonts, lang string) (chart, error) {
	s := &p.Series
	zh := lang == "zh"
	name, area := s.Indicator, s.Area
	if !zh && s.English != "" {
		name = s.English
	}
	if s.Measure == indicators.Share {
		whole, where := indicators.SplitRef(s.Of)
		switch {
		case !zh:
			name += ", share of " + englishArea(where)
		case whole == s.Indicator && where != "":
			name += "占" + where + "比重"
		default:
			name += "占" + whole + "比重"
		}
	}
	if s.Scope != "" && !covers(name, s.Scope) {
		name += "（" + s.Scope + "）"
	}
	f := plotting.FanChart{
		Page:      plotting.Page{Fonts: fonts, Lang: lang, Source: in.title},
		Indicator: name, Area: area, Unit: s.Unit.Symbol, Bounds: s.Bounds(),
	}
	if !zh {
		f.Unit, f.Scale = plotting.EnglishUnit(s.Unit)
	}
	for i, o := range s.Obs {
		pt := plotting.Point{Period: o.Period, Value: o.Value, Provisional: o.Status != indicators.Actual, Break: o.Break && i > 0}
		if o.Interval.Bounded() {
			pt.Lo, pt.Hi = o.Interval.Lo, o.Interval.Hi
		}
		f.History = append(f.History, pt)
	}
	f.Source = sources(s, in, zh)
	for i, q := range p.Periods {
		f.Forecast = append(f.Forecast, plotting.Future{Period: q, Dist: p.Dists[i]})
	}
	var last *progress.Assessment
	for i := range rep.Assessments {
		a := &rep.Assessments[i]
		if a.Target.SeriesID != s.SeriesID || !a.Want.OK || a.Target.Measure == indicators.Cumulative || a.IsPace() {
			continue
		}
		by := a.By
		if by.Freq() != p.Origin.Freq() {
			by = indicators.Year(by.Year())
		}
		f.Targets = append(f.Targets, plotting.Target{Period: by, Want: a.OnSeries(), Probability: a.Probability})
		if last == nil || by.Compare(last.By) > 0 {
			last = a
		}
	}
	if last != nil && last.Required.OK && last.Required.Value != 0 && !met(last) {
		by := last.By
		if by.Freq() != p.Origin.Freq() {
			by = indicators.Year(by.Year())
		}
		if by.Compare(p.Origin) > 0 {
			label := ""
			switch n := by.Sub(p.Origin); {
			case s.Unit.Percent():
				label = pick(zh, fmt.Sprintf("需年均%+.2f个百分点", last.Required.Value), fmt.Sprintf("needs %+.2f points a year", last.Required.Value))
			case n == 1:
				label = pick(zh, fmt.Sprintf("需增长%.1f%%", last.Required.Value), fmt.Sprintf("needs %.1f %%", last.Required.Value))
			default:
				label = pick(zh, fmt.Sprintf("需年均%.1f%%", last.Required.Value), fmt.Sprintf("needs %.1f %% a year", last.Required.Value))
			}
			pts := plotting.GrowthPath
			if s.Unit.Percent() {
				pts = plotting.StepPath
			}
			f.Required = []plotting.Path{{Points: pts(p.Origin, last.Base.Value, by, last.Want.Value), Label: label}}
		}
	}
	switch p.Basis {
	case progress.PriorOnly:
		f.Note = pick(zh, "预测仅依据1个数值和通用先验。", "The forecast rests on one figure and a general prior.")
		f.Premise = pick(zh, "仅按一般经验", "by general experience alone")
	case progress.WithContext:
		f.Note = pick(zh, "预测依据1个数值和所述背景增速。", "The forecast rests on one figure and a stated context.")
		f.Premise = pick(zh, "按所述背景增速", "at the stated growth")
	}
	for i := range s.Obs {
		if s.Obs[i].Derived != nil {
			f.Note += pick(zh, "空心点为推算值。", "Hollow points are derived.")
			break
		}
	}
	o, _ := s.Last()
	pic, err := f.Picture()
	if err != nil {
		return chart{}, fmt.Errorf("charts/%s: %w", o.Claim, err)
	}
	c := chart{id: o.Claim, series: s.SeriesID, title: pic.Title(), alt: pic.Alt()}
	for _, format := range []plotting.Format{plotting.PNG, plotting.SVG, plotting.PDF} {
		var b bytes.Buffer
		if err := pic.Encode(&b, format); err != nil {
			return chart{}, fmt.Errorf("charts/%s.%s: %w", c.id, format, err)
		}
		if format == plotting.PNG {
			c.png = b.Bytes()
		}
		c.files = append(c.files, file{"charts/" + c.id + "." + string(format), b.Bytes()})
	}
	return c, nil
}

// englishArea names the area a share is of; a Chinese name stays as it is.
func englishArea(area string) string {
	if area == "" {
		return "the total"
	}
	return area
}

// covers reports whether a name says its scope already: 规模以上工业… for 规上.
func covers(name, scope string) bool {
	return strings.Contains(name, scope) || scope == "规上" && (strings.Contains(name, "规模以上") || strings.Contains(name, "designated size"))
}

// sources names the documents and the yearbooks that the figures of a series
// come from.
func sources(s *indicators.Series, in *input, zh bool) string {
	var out []string
	add := func(t string) {
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	for i := len(s.Obs) - 1; i >= 0; i-- {
		c := in.data.Claim(s.Obs[i].Claim)
		if c == nil {
			continue
		}
		for _, d := range in.data.Documents {
			if d.Doc == c.Source.Doc {
				add(d.Title)
			}
		}
		if src, ok := c.Remark("source"); ok {
			add(src)
		}
	}
	if len(out) == 0 {
		return in.title
	}
	return strings.Join(out, pick(zh, "；", "; "))
}

// met reports whether the target is met already, so that no path leads to it.
func met(a *progress.Assessment) bool {
	iv := a.OnSeries()
	return iv.Contains(a.Base.Value) || math.IsNaN(a.Base.Value)
}
