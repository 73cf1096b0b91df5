package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

// input is what the program works on.
type input struct {
	data    *indicators.Dataset
	checked map[string]bool // documents whose quotes were found in their text
	title   string          // of the report, for the cover
	unknown []string        // measure words that no list holds, in order of appearance
}

// maxText bounds the reports that are read, far above any real one.
const maxText = 64 << 20

// load reads figures, reports and history, or the seed if no figures are
// named. All faults are reported together.
func load(o *options) (*input, error) {
	in := &input{checked: map[string]bool{}}
	var errs []error
	if len(o.figures) == 0 {
		if len(o.reports) > 0 {
			return nil, o.errf("-report 需要 -figures：先把报告中的数填入 figures.csv", "-report needs -figures: put the report's figures into a figures.csv first")
		}
		in.data = seeds.Jianxi()
		in.data.CheckQuotes(seeds.JianxiDoc, indicators.NewText(seeds.JianxiReport()), "seeds/jianxi-2022.csv", nil)
		in.checked[seeds.JianxiDoc] = true
	} else {
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
			text, err := readText(name)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			doc := stem(name)
			in.data.Documents = append(in.data.Documents, indicators.Document{Doc: doc, Title: title(text, doc)})
			if len(o.reports) == 1 { // a file without the doc column speaks of the one report given
				for i := range in.data.Claims {
					if c := &in.data.Claims[i]; c.Source.Doc == "" && c.Source.Quote != "" {
						c.Source.Doc = doc
					}
				}
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

func stem(name string) string {
	b := filepath.Base(name)
	return strings.TrimSuffix(b, filepath.Ext(b))
}

func readFigures(name string) ([]indicators.Claim, error) {
	if name == "-" {
		return indicators.ReadFigures(os.Stdin, "standard input")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return indicators.ReadFigures(f, name)
}

func readText(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err != nil {
		return "", err
	}
	if len(b) > maxText {
		return "", fmt.Errorf("%s: more than %d MB, which is no report", name, maxText>>20)
	}
	return string(b), nil
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
