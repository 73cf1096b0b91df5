package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/indicators/document"
	"example.com/zhibiao/indicators/report"
	"example.com/zhibiao/indicators/tabular"
	"example.com/zhibiao/seeds"
)

// input is what the program works on.
type input struct {
	data    *indicators.Dataset
	checked map[string]bool // documents whose quotes were found in their text
	title   string          // of the report, for the cover
	read    []reading       // reports whose figures were read off the text
	unknown []string        // measure words that no list holds, in order of appearance
}

// maxFigures bounds a file of figures, far above any real one.
const maxFigures = 256 << 20

// reading is what came of reading a report.
type reading struct {
	file             string
	figures, refused int
	warnings         []string
}

// load reads figures, reports and history, or the seed if no figures are
// named. All faults are reported together.
func load(o *options) (*input, error) {
	in := &input{checked: map[string]bool{}}
	var errs []error
	switch {
	case len(o.figures) == 0 && len(o.reports) > 0:
		if err := in.readReports(o); err != nil {
			return nil, err
		}
	case len(o.figures) == 0:
		in.data = seeds.Jianxi()
		in.data.CheckQuotes(seeds.JianxiDoc, indicators.NewText(seeds.JianxiReport()), "seeds/jianxi-2022.csv", nil)
		in.checked[seeds.JianxiDoc] = true
	default:
		in.data = &indicators.Dataset{}
		type origin struct {
			file string
			row  int
		}
		var rows []origin
		ids := map[string]string{}
		for _, name := range o.figures {
			claims, err := readFigures(name)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			for i, c := range claims {
				if other, dup := ids[c.ID]; dup {
					errs = append(errs, &indicators.RowError{File: name, Row: i + 2, Column: "id", ID: c.ID, Msg: "duplicate: the id stands in " + other + " too"})
				}
				ids[c.ID] = name
				in.data.Claims = append(in.data.Claims, c)
				rows = append(rows, origin{name, i + 2})
			}
		}
		for _, name := range o.reports {
			d, err := document.Open(name)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			text, doc := d.Text, d.Name
			in.data.Documents = append(in.data.Documents, describe(doc, text))
			if len(o.reports) == 1 { // a file without the doc column speaks of the one report given
				for i := range in.data.Claims {
					if c := &in.data.Claims[i]; c.Source.Doc == "" && c.Source.Quote != "" {
						c.Source.Doc = doc
					}
				}
			}
			if !slices.ContainsFunc(in.data.Claims, func(c indicators.Claim) bool { return c.Source.Doc == doc }) {
				errs = append(errs, o.errf("%s：没有一行的 doc 是 %q，正文没有可核对的原文；请把 doc 列写成报告的文件名（不含扩展名）", "%s: no row has the doc %q, so that nothing can be checked against it; the column doc must hold the name of the report without its ending", name, doc))
				continue
			}
			file := strings.Join(o.figures, ", ")
			if err := in.data.CheckQuotes(doc, indicators.NewText(text), file, func(i int) int { return rows[i].row }); err != nil {
				errs = append(errs, err)
			}
			in.checked[doc] = true
		}
	}
	for _, name := range o.history {
		claims, err := readHistory(name, in.data)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		in.data.Claims = append(in.data.Claims, claims...)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(in.data.Documents) > 0 {
		in.title = in.data.Documents[0].Title
	}
	seen := map[string]bool{}
	for _, c := range in.data.Claims {
		if !c.Unit.Listed() && !seen[c.Unit.Symbol] {
			seen[c.Unit.Symbol] = true
			in.unknown = append(in.unknown, c.Unit.Symbol)
		}
	}
	return in, nil
}

func readFigures(name string) ([]indicators.Claim, error) {
	in, err := os.Stdin, error(nil)
	if name != "-" {
		if in, err = os.Open(name); err != nil {
			return nil, err
		}
		defer in.Close()
	}
	b, err := io.ReadAll(io.LimitReader(in, maxFigures+1))
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(b, []byte("PK")) { // a workbook: the sheet 数据 of a briefing, filled in
		d, err := tabular.Read(bytes.NewReader(b), name)
		if err != nil {
			return nil, err
		}
		return d.Claims, nil
	}
	if len(b) > maxFigures {
		return nil, fmt.Errorf("%s: more than %d MB", name, maxFigures>>20)
	}
	if !utf8.Valid(b) { // what Chinese Excel saves as CSV
		if b, err = simplifiedchinese.GB18030.NewDecoder().Bytes(b); err != nil || bytes.ContainsRune(b, utf8.RuneError) {
			return nil, &indicators.RowError{File: name, Msg: "neither UTF-8 nor GB18030; save it as “CSV UTF-8”"}
		}
	}
	return indicators.ReadFigures(bytes.NewReader(b), name)
}

// readReports reads the figures off the reports themselves.
func (in *input) readReports(o *options) error {
	in.data = &indicators.Dataset{}
	var errs []error
	for _, name := range o.reports {
		d, err := document.Open(name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, other := range in.data.Documents {
			if other.Doc == d.Name {
				errs = append(errs, o.errf("%s：两份报告的文件名（不含扩展名）相同，请改名", "%s: two reports have the same name without its ending; rename one", name))
			}
		}
		res, err := report.Read(report.Doc{Key: d.Name, Text: d.Text}, report.Options{})
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
			continue
		}
		if len(res.Figures) == 0 {
			errs = append(errs, o.errf("%s：没有读到数；这是政府工作报告或统计公报的正文吗？", "%s: no figure was found; is it the text of a work report or a communiqué?", name))
			continue
		}
		claims := res.Claims()
		if len(o.reports) > 1 { // IDs are unique in a report, not over several
			for i := range claims {
				claims[i].ID = d.Name + "-" + claims[i].ID
			}
		}
		in.data.Claims = append(in.data.Claims, claims...)
		in.data.Documents = append(in.data.Documents, describe(d.Name, d.Text))
		if err := in.data.CheckQuotes(d.Name, indicators.NewText(d.Text), name, func(i int) int { return i + 2 }); err != nil {
			errs = append(errs, err)
		}
		in.checked[d.Name] = true
		in.read = append(in.read, reading{name, len(res.Figures), len(res.Refused), res.Warnings})
	}
	return errors.Join(errs...)
}

// describe says what a report is, as far as its text tells.
func describe(doc, text string) indicators.Document {
	d := indicators.Document{Doc: doc, SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(text)))}
	for _, known := range seeds.Jianxi().Documents { // the seed's own text keeps its title
		if known.SHA256 == d.SHA256 {
			known.Doc = doc
			return known
		}
	}
	if res, err := report.Read(report.Doc{Key: doc, Text: text}, report.Options{}); err == nil {
		read := res.Document
		read.Doc, read.SHA256 = doc, d.SHA256
		d = read
	}
	if d.Title == "" {
		d.Title = title(text, doc)
	}
	return d
}

// title is the first line of the text that names a report.
func title(text, doc string) string {
	n := 0
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), "")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if strings.Contains(line, "报告") || strings.Contains(line, "公报") {
			return line
		}
		if n++; n > 20 {
			break
		}
	}
	return doc
}
