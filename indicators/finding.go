package indicators

import (
	"encoding/csv"
	"io"
	"strings"
)

// Class says what sort of disagreement a finding is.
type Class uint8

// The classes, from what no reading can save to what is merely absent.
const (
	Contradiction Class = iota // no reading of the text lets both be true
	Conflict                   // they differ where the text leaves year or scope open
	Tension                    // both may be true, but not alike
	Arithmetic                 // a calculation fails within rounding
	BreakFound                 // a series changes its definition
	RepeatedText               // a sentence stands unchanged in reports of several years
	Missing                    // something expected is not there
)

var classNames = [...]string{"contradiction", "conflict", "tension", "arithmetic", "break", "repeated_text", "missing"}

// String returns the code used in findings.csv.
func (c Class) String() string { return classNames[c] }

// MarshalText implements encoding.TextMarshaler.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Words returns the class in words; lang is "zh" or "en".
func (c Class) Words(lang string) string {
	if lang == "en" {
		return [...]string{"contradiction", "conflict", "tension", "arithmetic", "break in series", "repeated text", "missing"}[c]
	}
	return [...]string{"矛盾", "口径待核", "不一致", "计算不符", "口径变动", "文字重复", "缺失"}[c]
}

// Severity says how much a finding matters.
type Severity uint8

// The severities.
const (
	Note Severity = iota
	Warning
	Error
)

var severityNames = [...]string{"note", "warning", "error"}

// String returns the code used in findings.csv.
func (s Severity) String() string { return severityNames[s] }

// MarshalText implements encoding.TextMarshaler.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Words returns the severity in words; lang is "zh" or "en".
func (s Severity) Words(lang string) string {
	if lang == "en" {
		return s.String()
	}
	return [...]string{"提示", "注意", "错误"}[s]
}

// Finding is one disagreement between claims, or within one.
type Finding struct {
	ID         string // stable: the class and the claims' IDs
	Class      Class
	Severity   Severity
	Message    string // one plain sentence in Chinese
	MessageEN  string // the same in English
	Left       string // ID of the first claim
	Right      string // ID of the second claim; empty if there is one only
	LeftText   string // what the first says, as printed: 136.2亿元
	RightText  string
	Readings   []string // readings that would reconcile the two, in Chinese
	ReadingsEN []string
	Repair     string // the smallest change that would reconcile them, in units of the last place; empty if there is none
	RepairEN   string
}

var findingColumns = []string{"id", "class", "severity", "message", "left_id", "right_id", "left", "right", "left_quote", "right_quote", "message_en",
	"readings", "repair", "readings_en", "repair_en",
}

// WriteFindings writes findings.csv. The quotes are taken from d; several
// readings are joined by semicolons.
func WriteFindings(w io.Writer, fs []Finding, d *Dataset) error {
	cw := csv.NewWriter(w)
	cw.Write(findingColumns)
	quotes := make(map[string]string, len(d.Claims))
	for i := range d.Claims {
		quotes[d.Claims[i].ID] = d.Claims[i].Source.Quote
	}
	for _, f := range fs {
		cw.Write([]string{f.ID, f.Class.String(), f.Severity.String(), f.Message, f.Left, f.Right, f.LeftText, f.RightText, quotes[f.Left], quotes[f.Right], f.MessageEN,
			strings.Join(f.Readings, "；"), f.Repair, strings.Join(f.ReadingsEN, "; "), f.RepairEN})
	}
	cw.Flush()
	return cw.Error()
}

// Printed returns the claim's number as printed, with words and unit:
// 超过5%, 近2600亩, 120余万平方米, 前5位次.
func (c *Claim) Printed() string {
	if !c.HasValue {
		return "—"
	}
	v, u, w := c.Value.String(), c.Unit.Symbol, c.Value.Word
	switch w {
	case "":
		return v + u
	case "余", "多":
		// 余 stands behind the number and before a multiplier or measure word.
		return v + w + u
	case "以上", "以内", "以下", "左右", "多个":
		return v + u + w
	case "翻一番", "翻两番", "双倍增", "翻番":
		return w
	}
	if strings.Contains(w, "…") {
		a, b, _ := strings.Cut(w, "…")
		return a + v + u + strings.TrimPrefix(b, u)
	}
	return w + v + u
}

// Quantity returns number and unit as a sentence in the language wants them:
// 超过5%; more than 5 %.
func (c *Claim) Quantity(lang string) string {
	if lang != "en" || !c.HasValue {
		return c.Printed()
	}
	q := [...]string{"", "about ", "more than ", "nearly ", "at least ", "at most "}[c.Value.Qual]
	if c.Value.Word == "余" || c.Value.Word == "多" {
		q = "a little over "
	}
	return q + strings.TrimSpace(c.Value.String()+" "+c.Unit.Symbol)
}
