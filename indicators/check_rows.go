package indicators

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// signedWords mark amounts that may well be below zero.
var signedWords = []string{"利润", "盈", "亏", "差", "净", "收益", "增减", "变动", "变化", "结余", "余缺", "自然增长", "增量", "增长", "缺口", "温"}

// unsigned holds the bases, beside money and counts, of quantities that are
// never below zero.
var unsigned = map[string]bool{"M2": true, "M": true, "M3": true, "T": true, "KW": true, "KWH": true, "KVA": true, "TCE": true, "UG_M3": true, "岁": true, "YR": true, "MON": true, "HUR": true, "MIN": true}

// thousands is a separator of thousands between digits.
var thousands = regexp.MustCompile(`([0-9]),([0-9]{3})`)

// checkRows finds what is wrong with a claim by itself: a level below zero of
// what cannot be, and a number that does not stand in the words quoted for
// it.
func (d *Dataset) checkRows() []Finding {
	var out []Finding
	for _, c := range d.sorted() {
		if !c.HasValue {
			continue
		}
		if c.belowZero() {
			out = append(out, Finding{
				ID: "contradiction:" + c.ID, Class: Contradiction, Severity: Error, Left: c.ID, LeftText: c.Printed(),
				Message:    fmt.Sprintf("%s为%s，但这一指标不可能为负数。", c.subject("zh"), c.Printed()),
				MessageEN:  fmt.Sprintf("%s is given for %s, which cannot be negative.", c.Quantity("en"), c.subject("en")),
				Readings:   []string{"负号可能是录入错误", "可能是变动数而不是水平数"},
				ReadingsEN: []string{"the sign may be a typing error", "it may be a change and not a level"},
			})
		}
		if !c.quoted() {
			out = append(out, Finding{
				ID: "contradiction:" + c.ID + ":quote", Class: Contradiction, Severity: Error, Left: c.ID, LeftText: c.Printed(),
				Message:    fmt.Sprintf("%s的%s不见于所引原文“%s”。", c.subject("zh"), c.Printed(), c.Source.Quote),
				MessageEN:  fmt.Sprintf("%s for %s does not stand in the words quoted for it.", c.Quantity("en"), c.subject("en")),
				Readings:   []string{"数值可能录入有误", "引文可能不是这一数字的出处"},
				ReadingsEN: []string{"the number may be mistyped", "the quote may be of another number"},
			})
		}
	}
	return out
}

// belowZero reports whether the claim is a level or sum below zero of
// something that has none: money, counts, areas and other quantities.
func (c *Claim) belowZero() bool {
	m := c.Kind.Measure()
	if c.Value.Coef >= 0 || m != Level && m != Cumulative || !c.Unit.Money() && !c.Unit.Count && !unsigned[c.Unit.Base] {
		return false
	}
	for _, w := range signedWords {
		if strings.Contains(c.Indicator, w) {
			return false
		}
	}
	return true
}

// quoted reports whether the claim's number stands in its quote, apart from
// the sign, which 下降 may give. A quote without digits, and one that says a
// number in words (三成, 翻一番), prove nothing.
func (c *Claim) quoted() bool {
	q := c.Source.Quote
	if _, word := c.Remark("word"); word || !strings.ContainsAny(q, "0123456789０１２３４５６７８９") {
		return true
	}
	want := new(big.Rat).Abs(c.Value.Rat())
	for _, n := range Scan(q) {
		if n.Words || new(big.Rat).Abs(n.Value.Rat()).Cmp(want) == 0 {
			return true
		}
	}
	// What the scanner does not take for a quantity, or what stands in a row
	// of a table whose cells have run together.
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		case r == '，':
			return ','
		}
		return r
	}, q)
	for range 2 { // 1,234,567: the groups overlap
		plain = thousands.ReplaceAllString(plain, "$1$2")
	}
	digits := strings.TrimPrefix(c.Value.String(), "-")
	for i := 0; ; {
		j := strings.Index(plain[i:], digits)
		if j < 0 {
			return false
		}
		from, to := i+j, i+j+len(digits)
		if run := digitRun(plain, from, to); len(run) == len(digits) || strings.Count(run, ".") > 1 {
			return true
		}
		i = from + 1
	}
}

// digitRun is the stretch of digits, points and signs around s[from:to],
// without a point that ends a sentence: the cells of a row of a table may have
// run together to 5760-1.46920-2.2.
func digitRun(s string, from, to int) string {
	in := func(b byte) bool { return b >= '0' && b <= '9' || b == '.' || b == '-' }
	for from > 0 && in(s[from-1]) {
		from--
	}
	for to < len(s) && in(s[to]) {
		to++
	}
	return strings.Trim(s[from:to], ".-")
}
