// Package briefing writes the Excel workbook of a report: every target with
// its latest value, the pace it takes, the forecast and how likely it looks;
// the forecasts with a native, editable fan chart of every headline
// indicator; every figure with its quote and place; and what does not fit
// together. It is made to be sent as it is and checked to the sentence.
//
// The same Briefing gives the same bytes. Numbers are numbers, percentages
// are percentages, and text that begins with a sign of a formula stays text.
package briefing

import (
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// Briefing is what the workbook shows. Data and Report must be set.
type Briefing struct {
	Title    string // of the workbook; empty: made from the first document
	Lang     string // "zh" or "en"; empty means zh
	Data     *indicators.Dataset
	Checked  map[string]bool // documents whose quotes were found in their text
	Report   progress.Report
	Findings []indicators.Finding
	Charts   []Chart
	Wording  indicators.Wording // policy under which numbers were read
	Version  string             // of the program that makes the workbook; may be empty
}

// Chart is the picture of one indicator.
type Chart struct {
	Series indicators.SeriesID
	Title  string // the claim it makes
	Alt    string // alternative text
	PNG    []byte
}

// Write writes the workbook to w.
func (b *Briefing) Write(w io.Writer) error {
	d, err := b.draft()
	if err != nil {
		return err
	}
	bk := newBook(d.lang)
	defer bk.f.Close()
	for i, s := range d.sheets {
		if err := bk.put(s, i == 0); err != nil {
			return fmt.Errorf("briefing: sheet %s: %w", s.name, err)
		}
	}
	language := "zh-CN"
	if d.lang == "en" {
		language = "en-GB"
	}
	date := "2000-01-01T00:00:00Z"
	if len(b.Data.Documents) > 0 && !b.Data.Documents[0].Date.IsZero() {
		date = b.Data.Documents[0].Date.String() + "T00:00:00Z"
	}
	if err := bk.f.SetDocProps(&excelize.DocProperties{Title: d.title, Creator: "zhibiao", LastModifiedBy: "zhibiao", Created: date, Modified: date, Language: language, Identifier: b.fingerprint(), Description: d.t("指标简报", "Indicator briefing")}); err != nil {
		return err
	}
	return bk.write(w)
}

// fingerprint is a short digest of the claims, so that two workbooks can be
// told apart or known for the same.
func (b *Briefing) fingerprint() string {
	h := sha256.New()
	indicators.WriteFigures(h, b.Data.Claims)
	return fmt.Sprintf("%x", h.Sum(nil))[:16]
}

// draft is the workbook as sheets.
type draft struct {
	*Briefing
	lang   string
	title  string
	names  sheetNames
	sheets []*sheet
	pages  map[indicators.SeriesID]string // name of the sheet of a series
	rowOf  map[string]int                 // row of a claim on the sheet of sources
	src    string                         // name of that sheet
}

// t picks the text of the language.
func (d *draft) t(zh, en string) string {
	if d.lang == "en" {
		return en
	}
	return zh
}

func (d *draft) name(indicator, english string) string {
	if d.lang == "en" && english != "" {
		return english
	}
	return indicator
}

func (b *Briefing) draft() (*draft, error) {
	if b.Data == nil {
		panic("briefing: no data")
	}
	d := &draft{Briefing: b, lang: b.Lang, title: b.Title, pages: map[indicators.SeriesID]string{}, rowOf: map[string]int{}}
	if d.lang == "" {
		d.lang = "zh"
	}
	if d.lang != "zh" && d.lang != "en" {
		return nil, fmt.Errorf("briefing: language %q: want zh or en", d.lang)
	}
	if d.title == "" {
		d.title = d.t("指标简报", "Indicator briefing")
		if len(b.Data.Documents) > 0 {
			d.title = b.Data.Documents[0].Title + d.t("：指标简报", ": indicator briefing")
		}
	}
	// Names first, since sheets link to one another.
	overview := d.names.name(d.t("总览", "Overview"))
	forecasts := d.names.name(d.t("预测", "Forecasts"))
	d.src = d.names.name(d.t("数据来源", "Sources"))
	findings := d.names.name(d.t("矛盾与核对", "Findings"))
	methods := d.names.name(d.t("方法与假设", "Methods"))
	for _, c := range b.Charts {
		d.pages[c.Series] = d.names.name(d.name(c.Series.Indicator, d.english(c.Series)))
	}
	sources := d.sources(d.src)
	d.sheets = append(d.sheets, d.overview(overview))
	for i := range b.Charts {
		d.sheets = append(d.sheets, d.indicator(&b.Charts[i]))
	}
	d.sheets = append(d.sheets, d.forecasts(forecasts), d.findings(findings), sources, d.methods(methods))
	return d, nil
}

func (d *draft) english(id indicators.SeriesID) string {
	for i := range d.Report.Projections {
		if s := &d.Report.Projections[i].Series; s.SeriesID == id {
			return s.English
		}
	}
	return ""
}

func (d *draft) projection(id indicators.SeriesID) *progress.Projection {
	for i := range d.Report.Projections {
		if p := &d.Report.Projections[i]; p.Series.SeriesID == id {
			return p
		}
	}
	return nil
}
