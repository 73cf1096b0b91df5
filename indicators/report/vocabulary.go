package report

import (
	_ "embed" // the standard names
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"example.com/zhibiao/indicators"
)

// Term is one entry of a vocabulary: an indicator under its standard name.
type Term struct {
	Name     string               // standard name: 地区生产总值
	Unit     string               // usual unit, for reference; a report may use another
	Nature   indicators.Nature    // what sort of quantity it is
	Better   indicators.Direction // which way is better
	English  string               // English name
	Synonyms []string             // other names that mean the same
}

// Vocabulary holds the standard names of indicators and finds them in names
// as printed. It is safe for concurrent use once built; the zero Vocabulary
// knows no name, and the reader then takes every name as it stands.
type Vocabulary struct {
	terms []Term
	names map[string]int // standard names and synonyms, normalised
	max   int            // bytes of the longest name
}

//go:embed vocabulary.tsv
var standardTSV string

var standard = sync.OnceValue(func() *Vocabulary {
	v, err := ReadVocabulary(strings.NewReader(standardTSV), "vocabulary.tsv")
	if err != nil {
		panic("report: embedded vocabulary: " + err.Error())
	}
	return v
})

// Standard returns the embedded vocabulary: the names that communiqués and
// work reports use for the usual indicators, with their synonyms.
func Standard() *Vocabulary { return standard() }

// ReadVocabulary reads a vocabulary: tab-separated text with the columns
// name, unit, nature, direction, english and synonyms (divided by |), headed
// by a row of these names. file stands for the source in errors.
func ReadVocabulary(r io.Reader, file string) (*Vocabulary, error) {
	cr := csv.NewReader(r)
	cr.Comma = '\t'
	cr.FieldsPerRecord = 6
	cr.LazyQuotes = true
	v := &Vocabulary{names: map[string]int{}}
	var errs []error
	for row := 1; ; row++ {
		rec, err := cr.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("report: %s: %w", file, err)
		}
		if row == 1 && rec[0] == "name" {
			continue
		}
		t := Term{Name: strings.TrimSpace(rec[0]), Unit: rec[1], English: rec[4]}
		if err := t.Nature.UnmarshalText([]byte(rec[2])); err != nil {
			errs = append(errs, fmt.Errorf("report: %s, row %d, column nature: %w", file, row, err))
		}
		if err := t.Better.UnmarshalText([]byte(rec[3])); err != nil {
			errs = append(errs, fmt.Errorf("report: %s, row %d, column direction: %w", file, row, err))
		}
		for _, s := range strings.Split(rec[5], "|") {
			if s = strings.TrimSpace(s); s != "" {
				t.Synonyms = append(t.Synonyms, s)
			}
		}
		if err := v.add(t); err != nil {
			errs = append(errs, fmt.Errorf("report: %s, row %d: %w", file, row, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return v, nil
}

// With returns a vocabulary with the terms of v and those given. A term whose
// name v already has replaces it, so that a user can correct an entry; a
// synonym that belongs to another term moves to the new one.
func (v *Vocabulary) With(terms ...Term) *Vocabulary {
	out := &Vocabulary{names: map[string]int{}}
	replaced := map[string]bool{}
	for _, t := range terms {
		replaced[t.Name] = true
	}
	for _, t := range v.terms {
		if !replaced[t.Name] {
			out.put(t)
		}
	}
	for _, t := range terms {
		out.put(t)
	}
	return out
}

func (v *Vocabulary) add(t Term) error {
	if t.Name == "" {
		return errors.New("a term without a name")
	}
	for _, n := range append([]string{t.Name}, t.Synonyms...) {
		if i, dup := v.names[normalName(n)]; dup {
			return fmt.Errorf("%q already stands for %q", n, v.terms[i].Name)
		}
	}
	v.put(t)
	return nil
}

func (v *Vocabulary) put(t Term) {
	v.terms = append(v.terms, t)
	for _, n := range append([]string{t.Name}, t.Synonyms...) {
		k := normalName(n)
		v.names[k] = len(v.terms) - 1
		v.max = max(v.max, len(k))
	}
}

// Terms returns a copy of the terms in the order they were given.
func (v *Vocabulary) Terms() []Term { return slices.Clone(v.terms) }

// Lookup returns the term whose name or synonym name is.
func (v *Vocabulary) Lookup(name string) (Term, bool) {
	if i, ok := v.names[normalName(name)]; ok {
		return v.terms[i], true
	}
	return Term{}, false
}

// Head returns the longest term that name ends with, such as 固定资产投资 in
// 区本级固定资产投资, and what stands before it.
func (v *Vocabulary) Head(name string) (t Term, modifier string, ok bool) {
	k := normalName(name)
	for i := range k {
		if len(k)-i > v.max {
			continue
		}
		if j, found := v.names[k[i:]]; found {
			return v.terms[j], k[:i], true
		}
	}
	return Term{}, "", false
}

// normalName is the form in which names are compared.
func normalName(s string) string {
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return normal(r)
	}, s)
}
