package briefing

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/indicators/tabular"
)

// Issue is a rule that a workbook breaks.
type Issue struct {
	Profile   Profile // whose rule it is
	Rule      string  // short code, the same in every language: merged, no-title, …
	Essential bool    // a rule that must hold; otherwise one that should
	Sheet     string  // empty if the workbook as a whole is meant
	Cell      string  // the first place; empty if the sheet as a whole is meant
	Message   string  // one sentence in Chinese
	MessageEN string  // the same in English
}

// String returns the issue as a line in English.
func (i Issue) String() string {
	where := i.Sheet
	if i.Cell != "" {
		where += "!" + i.Cell
	}
	if where != "" {
		where += ": "
	}
	must := "should"
	if i.Essential {
		must = "must"
	}
	return fmt.Sprintf("%s (%s, %s): %s%s", i.Rule, i.Profile, must, where, i.MessageEN)
}

// String returns the name of the profile as flags take it.
func (p Profile) String() string { return [...]string{"briefing", "publication"}[p] }

// String returns the name of the edition as flags take it.
func (e Edition) String() string { return [...]string{"leaders", "working"}[e] }

// Lint checks a workbook, also one made by someone else, against the rules of
// both profiles: those of Chinese offices and statistical tables (三线表, unit
// at the upper right, notes and source below, print set-up) and those of the
// UK Government Analysis Function for accessible spreadsheets. The issues are
// sorted by profile, sheet and rule; a caller keeps those of the profile that
// the workbook is meant to follow. An error means that the file cannot be
// read; hostile files are refused.
func Lint(path string) ([]Issue, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return LintReader(f, path)
}

// lintBytes bounds the workbooks that are linted.
const lintBytes = 64 << 20

// lintRows is how many rows of a sheet are looked at cell by cell: rules that
// hold for so many hold for the rest, which one program wrote.
const lintRows = 3000

// LintReader is Lint for a workbook that is not a file; name stands for it in
// errors.
func LintReader(r io.Reader, name string) ([]Issue, error) {
	data, err := io.ReadAll(io.LimitReader(r, lintBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > lintBytes {
		return nil, fmt.Errorf("%s: more than %d MB", name, lintBytes>>20)
	}
	if err := tabular.Guard(data, name); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 4 << 20})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer f.Close()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	l := &linter{f: f}
	if l.sheets, err = readSheets(f, zr); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	l.workbook(zr)
	explained := l.explained()
	for _, s := range l.sheets {
		l.both(s)
		l.publication(s, explained)
		l.office(s)
	}
	slices.SortStableFunc(l.issues, func(a, b Issue) int {
		return cmp.Or(cmp.Compare(a.Profile, b.Profile), cmp.Compare(l.order(a.Sheet), l.order(b.Sheet)), cmp.Compare(a.Rule, b.Rule))
	})
	return l.issues, nil
}

type linter struct {
	f      *excelize.File
	sheets []*lintSheet
	issues []Issue
}

func (l *linter) order(sheet string) int {
	for i, s := range l.sheets {
		if s.name == sheet {
			return i
		}
	}
	return -1
}

// report enters an issue, once a rule and sheet.
func (l *linter) report(p Profile, essential bool, rule, sheet, cell, zh, en string) {
	for _, i := range l.issues {
		if i.Profile == p && i.Rule == rule && i.Sheet == sheet {
			return
		}
	}
	l.issues = append(l.issues, Issue{p, rule, essential, sheet, cell, zh, en})
}

// reportBoth enters an issue that breaks the rules of both profiles.
func (l *linter) reportBoth(essential bool, rule, sheet, cell, zh, en string) {
	l.report(Office, essential, rule, sheet, cell, zh, en)
	l.report(Publication, essential, rule, sheet, cell, zh, en)
}
