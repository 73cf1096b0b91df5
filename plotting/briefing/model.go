package briefing

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// Edition is whom a workbook is for.
type Edition uint8

// The editions. They never differ in a figure.
const (
	Leaders Edition = iota // one page that stands alone, the table of targets, charts; no probabilities unless asked for
	Working                // everything
)

// Profile is the set of habits a workbook follows.
type Profile uint8

// The profiles.
const (
	Office      Profile = iota // “briefing”: tables of three lines, unit above, notes and source below, set up to print on A4
	Publication                // “publication”: one Excel table a sheet, no merged cells, notes above, shorthand in brackets
)

// Chart is the picture of a headline indicator.
type Chart struct {
	Series indicators.SeriesID
	File   string // where the picture stands beside the workbook, such as charts/gdp-2021.png; empty if nowhere
	Title  string // what it shows, one sentence; in the briefing's language
	Alt    string // its alternative text
	PNG    []byte
}

// Method is a forecasting method as the sheet of methods describes it. Empty
// fields are left out.
type Method struct {
	Name     string // short name, as in progress.Projection
	What     string // what it is, in the briefing's language
	Prior    string // the prior it rests on
	Backtest string // error in back-tests, with the data they were made on
	Coverage string // how often the intervals held in them
}

// Briefing is what a workbook shows. Data must be set; every other field has
// a useful zero.
type Briefing struct {
	Title    string // of the document; empty: made from the area and the latest year
	Area     string // whose briefing it is; empty: the area most claims are about
	Lang     string // "zh" or "en"; empty: "zh"
	Edition  Edition
	Profile  Profile
	Version  string // of the library or of the edition, printed on the cover; empty: none
	Contact  string // whom to ask, printed on the cover of a publication; empty: none
	Wording  indicators.Wording
	Data     *indicators.Dataset
	Report   progress.Report
	Findings []indicators.Finding
	Charts   []Chart // at most one a series
	Methods  []Method
	Checked  map[string]bool // documents whose text the quotes were found in; the others are shown as not checked

	Probability  bool // show probabilities in the leaders' edition too
	PictureBytes int  // budget for pictures; those beyond it are named, not shown; 0 means 6 MB
}

func (b *Briefing) zh() bool { return b.Lang != "en" }

// pick returns the text in the briefing's language.
func (b *Briefing) pick(zh, en string) string {
	if b.zh() {
		return zh
	}
	return en
}

func (b *Briefing) lang() string { return b.pick("zh", "en") }

// Fingerprint identifies what the workbook was made from: the first 16
// hexadecimal digits of the SHA-256 of the figures, the documents and the
// assessments. It does not depend on language, edition or profile.
func (b *Briefing) Fingerprint() string {
	h := sha256.New()
	for _, err := range []error{
		indicators.WriteFigures(h, b.Data.Claims), indicators.WriteDocuments(h, b.Data.Documents),
		progress.WriteCSV(h, b.Report.Assessments, "zh"), indicators.WriteFindings(h, b.Findings, b.Data),
	} {
		if err != nil {
			panic("briefing: hashing failed") // a hash never fails to be written to
		}
	}
	io.WriteString(h, b.Wording.Describe("en"))
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func (b *Briefing) area() string {
	if b.Area != "" {
		return b.Area
	}
	n := map[string]int{}
	best := ""
	for i := range b.Data.Claims {
		a := b.Data.Claims[i].Area
		if n[a]++; n[a] > n[best] {
			best = a
		}
	}
	return best
}

// cutoff is the latest period that anything was observed for, and the date of
// the latest document.
func (b *Briefing) cutoff() (data, document indicators.Period) {
	for i := range b.Data.Claims {
		c := &b.Data.Claims[i]
		if !c.HasValue || c.Kind == indicators.KindProjectTotal { // a plan's size is no observation
			continue
		}
		if p := c.Period(); !c.Kind.Target() && p.Compare(data) > 0 {
			data = p
		}
	}
	for _, d := range b.Data.Documents {
		if d.Date.Compare(document) > 0 {
			document = d.Date
		}
	}
	return data, document
}

func (b *Briefing) title() string {
	if b.Title != "" {
		return b.Title
	}
	data, _ := b.cutoff()
	if b.zh() {
		return fmt.Sprintf("%s主要目标完成情况与展望", b.area())
	}
	s := "Targets and outlook"
	if a := b.area(); a != "" {
		s += ", " + a
	}
	if !data.IsZero() {
		s += fmt.Sprintf(" (data to %s)", data.Label("en"))
	}
	return s
}

// source names the documents, for the line below a table.
func (b *Briefing) source() string {
	var t []string
	for _, d := range b.Data.Documents {
		s := d.Title
		if s == "" {
			s = d.Doc
		}
		if b.zh() {
			s = "《" + s + "》"
		}
		t = append(t, s)
	}
	if len(t) == 0 {
		return b.pick("见“数据来源”", "see the sheet of sources")
	}
	if len(t) > 3 {
		t = append(t[:3], b.pick("等", "and others"))
	}
	return strings.Join(t, b.pick("、", "; "))
}

// name is the indicator's name in the briefing's language, with its scope.
func (b *Briefing) name(id indicators.SeriesID, english string) string {
	s := id.Indicator
	if !b.zh() && english != "" {
		s = english
	}
	if id.Scope != "" && !strings.HasPrefix(s, id.Scope) {
		s += b.pick("（"+id.Scope+"）", " ("+id.Scope+")")
	}
	switch id.Measure {
	case indicators.Share:
		if id.Of != "" {
			ref, area := indicators.SplitRef(id.Of)
			if b.zh() {
				what := area
				if ref != id.Indicator {
					what += ref
				}
				s += "占" + what + "比重"
			} else {
				s += ", share of " + ref
				if area != "" {
					s += " in " + area
				}
			}
		} else {
			s += b.pick("占比", ", share")
		}
	case indicators.GrowthRate:
		if !strings.HasSuffix(s, "增速") {
			s += b.pick("增速", ", growth")
		}
	case indicators.Rank:
		s += b.pick("位次", ", rank")
	}
	return s
}
