package tabular

import (
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"example.com/zhibiao/indicators"
)

// History says how a history sheet is written and read. The zero value is
// ready to use.
type History struct {
	Lang  string              // of headings and instructions, "zh" or "en"; empty means "zh". Both are read.
	Area  string              // of rows that name none; empty means the area that most claims of Known are about
	Years int                 // columns to write; 0 means 11: the latest year of the data and ten before
	Known *indicators.Dataset // what is known already: it prefills the sheet, and a cell that repeats it is no new claim; nil: nothing
}

func (h *History) lang() string {
	if h.Lang == "" {
		return "zh"
	}
	return h.Lang
}

// area is the default area.
func (h *History) area() string {
	if h.Area != "" || h.Known == nil {
		return h.Area
	}
	n := map[string]int{}
	best := ""
	for i := range h.Known.Claims {
		a := h.Known.Claims[i].Area
		if n[a]++; n[a] > n[best] {
			best = a
		}
	}
	return best
}

// Read reads a filled-in history sheet, .xlsx or CSV (UTF-8 with or without
// BOM, or GB18030), and returns a claim for every number that h.Known does
// not hold already. The table is the first one, on any sheet, whose header
// row has 指标 (Indicator) and at least one period; further columns may be
// missing or stand in any order. name, the file's, stands for it in errors,
// and its stem begins the IDs of the claims: history-H5 is cell H5 of
// history.xlsx. The claims have no quote; their note is
// "source=…; page=…". A number may carry 近, 约, 超, 余, 左右, 以上, 以内, and [p]
// or [e] for provisional and estimated; “—”, “…” and [x] stand for none.
//
// All faults of the file are returned together, joined, each an
// *indicators.RowError that names sheet, row, column and cell; then there are
// no claims.
func (h History) Read(r io.Reader, name string) ([]indicators.Claim, error) {
	grids, err := openWanted(r, name, func(g *grid) bool { _, ok := g.header(); return ok })
	if err != nil {
		return nil, err
	}
	for i := range grids {
		if at, ok := grids[i].header(); ok {
			t := &historyTable{h: &h, g: &grids[i], head: at, prefix: stem(name), area: h.area()}
			return t.read()
		}
	}
	for i := range grids {
		if _, ok := grids[i].codeHeader(figureHeads...); ok {
			return nil, &indicators.RowError{File: name, Sheet: grids[i].sheet, Msg: "this is a table in the layout of figures.csv, not a history sheet; read it as figures"}
		}
	}
	return nil, &indicators.RowError{File: name, Msg: "no table found: want a header row with 指标 (Indicator), 单位 (Unit), years such as 2019, and 来源 (Source)"}
}

// searchRows is how far down the header may stand, below titles and notes.
const searchRows = 20

// header finds the row that names an indicator column and a period.
func (g *grid) header() (row int, ok bool) {
	for i, r := range g.rows[:min(len(g.rows), searchRows)] {
		ind, per := false, false
		for _, c := range r {
			switch k, _ := columnOf(c.text()); k {
			case colIndicator:
				ind = true
			case colPeriod:
				per = true
			}
		}
		if ind && per {
			return i, true
		}
	}
	return 0, false
}

type historyTable struct {
	h      *History
	g      *grid
	head   int // index of the header in g.rows
	prefix string
	area   string

	cols    map[column]int
	periods []periodColumn
	known   map[indicators.SeriesID]*indicators.Claim // the first claim of each series
	values  map[valueKey]*indicators.Claim            // known numbers
	names   map[string]*indicators.Claim              // the first claim of each indicator
	seen    map[indicators.SeriesID]map[indicators.Period]string
	errs    []error
	dropped int
}

type periodColumn struct {
	col    int
	period indicators.Period
}

type valueKey struct {
	id indicators.SeriesID
	p  indicators.Period
}

// fail records a fault; col is counted from 1, 0 for the whole row.
func (t *historyTable) fail(row, col int, heading, format string, args ...any) {
	if len(t.errs) >= indicators.MaxErrors {
		t.dropped++
		return
	}
	msg := fmt.Sprintf(format, args...)
	if col > 0 {
		msg = "cell " + address(row, col) + ": " + msg
	}
	t.errs = append(t.errs, &indicators.RowError{File: t.g.file, Sheet: t.g.sheet, Row: row, Column: heading, Msg: msg})
}

func (t *historyTable) read() ([]indicators.Claim, error) {
	t.columns()
	t.index()
	for _, m := range t.g.merged {
		t.fail(0, 0, "", "the cells %s are merged; a table that is read must have none", m)
	}
	var out []indicators.Claim
	if len(t.errs) == 0 {
		for i := t.head + 1; i < len(t.g.rows); i++ {
			out = append(out, t.row(i)...)
		}
	}
	if t.dropped > 0 {
		t.errs = append(t.errs, fmt.Errorf("… and %d more", t.dropped))
	}
	if err := errors.Join(t.errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// columns reads the header.
func (t *historyTable) columns() {
	t.cols = map[column]int{}
	row := t.g.first + t.head
	at := map[indicators.Period]int{}
	for i, c := range t.g.rows[t.head] {
		s := c.text()
		if s == "" {
			continue
		}
		switch k, p := columnOf(s); k {
		case colNone:
			t.fail(row, i+1, s, "unknown heading; want 指标, 统计项, 单位, 口径, 地区, a period such as 2019 or 2019-Q3, 来源, 页码 or 备注")
		case colPeriod:
			if j, dup := at[p]; dup {
				t.fail(row, i+1, s, "the period stands in column %d too", j)
			}
			at[p] = i + 1
			t.periods = append(t.periods, periodColumn{i, p})
		default:
			if _, dup := t.cols[k]; dup {
				t.fail(row, i+1, s, "the column stands twice")
			}
			t.cols[k] = i
		}
	}
	for _, k := range []column{colUnit, colSource} {
		if _, ok := t.cols[k]; !ok {
			t.fail(row, 0, heading(k, "zh"), "the column is missing")
		}
	}
}

// index prepares what is known for looking up.
func (t *historyTable) index() {
	t.known, t.values, t.names = map[indicators.SeriesID]*indicators.Claim{}, map[valueKey]*indicators.Claim{}, map[string]*indicators.Claim{}
	t.seen = map[indicators.SeriesID]map[indicators.Period]string{}
	if t.h.Known == nil {
		return
	}
	for i := range t.h.Known.Claims {
		c := &t.h.Known.Claims[i]
		if _, ok := t.names[c.Indicator]; !ok {
			t.names[c.Indicator] = c
		}
		id := c.Series()
		if c.Kind.Target() {
			continue
		}
		if _, ok := t.known[id]; !ok {
			t.known[id] = c
		}
	}
	for _, s := range t.h.Known.Series(indicators.Preference{AsRead: true}) {
		for _, o := range s.Obs {
			if c := t.h.Known.Claim(o.Claim); c != nil {
				t.values[valueKey{s.SeriesID, o.Period}] = c
			}
		}
	}
}

// get returns the text in column k of row i, empty if there is none.
func (t *historyTable) get(i int, k column) string {
	j, ok := t.cols[k]
	if !ok || j >= len(t.g.rows[i]) {
		return ""
	}
	return t.g.rows[i][j].text()
}

// col returns the number of column k, 0 if there is none.
func (t *historyTable) col(k column) int {
	if j, ok := t.cols[k]; ok {
		return j + 1
	}
	return 0
}

func (t *historyTable) row(i int) []indicators.Claim {
	n := t.g.first + i
	cells := t.g.rows[i]
	name := t.get(i, colIndicator)
	filled := false
	for _, p := range t.periods {
		if p.col < len(cells) && !blank(cells[p.col].text()) {
			filled = true
		}
	}
	if name == "" {
		for j, c := range cells {
			// Below the table 注 and 数据来源 may stand in the first column.
			if c.text() != "" && (filled || j > 0) {
				t.fail(n, t.col(colIndicator), heading(colIndicator, "zh"), "empty, though the row has entries; name the indicator")
				return nil
			}
		}
		return nil
	}
	if !filled {
		return nil // a prefilled row that nobody filled in, or a note below the table
	}
	unitText := t.get(i, colUnit)
	u, err := indicators.ParseUnit(unitText)
	good := true
	if err != nil {
		t.fail(n, t.col(colUnit), heading(colUnit, "zh"), "%s", strings.TrimPrefix(err.Error(), "indicators: "))
		good = false
	} else if unitText == "" {
		t.fail(n, t.col(colUnit), heading(colUnit, "zh"), "empty; give the unit with its multiplier, such as 亿元")
		good = false
	}
	kind, of, ok := kindOf(t.get(i, colMeasure), u)
	if !ok {
		t.fail(n, t.col(colMeasure), heading(colMeasure, "zh"), "unknown measure %q; want 数值, 增速, 新增, 占比：total@area or 位次, or leave it empty", t.get(i, colMeasure))
		good = false
	}
	if kind == indicators.KindRank {
		u = u.Ranked()
	}
	base := indicators.Claim{Indicator: name, Kind: kind, Of: of, Unit: u, Scope: t.get(i, colScope), Area: t.get(i, colArea), Status: indicators.Actual}
	if base.Area == "" {
		base.Area = t.area
	}
	if base.Area == "" {
		t.fail(n, t.col(colArea), heading(colArea, "zh"), "empty; name the area")
		good = false
	}
	id := base.Series()
	if c, ok := t.known[id]; ok {
		base.Better, base.English, base.Prices, base.Kind = c.Better, c.English, c.Prices, plainKind(c.Kind, base.Kind)
		if good && c.Unit.Base != u.Base {
			t.fail(n, t.col(colUnit), heading(colUnit, "zh"), "%s cannot be converted to %s, the unit that the series has", u, c.Unit)
			good = false
		}
	} else if c, ok := t.names[name]; ok {
		base.Better, base.English = c.Better, c.English
	}
	source := t.get(i, colSource)
	var out []indicators.Claim
	fresh := false
	for _, p := range t.periods {
		if p.col >= len(cells) {
			continue
		}
		addr := address(n, p.col+1)
		if slices.Contains(t.g.errs, addr) {
			t.fail(n, p.col+1, p.period.String(), "the formula gives the error %s; correct it or clear the cell", cells[p.col].text())
			continue
		}
		if blank(cells[p.col].text()) {
			continue
		}
		v, st, err := cells[p.col].value(u)
		if err != nil {
			t.fail(n, p.col+1, p.period.String(), "%v", err)
			continue
		}
		if k, ok := t.values[valueKey{id, p.period}]; ok && k.Unit.Scale == u.Scale && near(k.Value.Float(), v.Float()) && (k.Value.Qual == v.Qual || v.Qual == indicators.Exact) {
			continue // what the sheet was prefilled with
		}
		if at, dup := t.seen[id][p.period]; dup {
			t.fail(n, p.col+1, p.period.String(), "the same indicator, scope, area and period stand in cell %s too", at)
			continue
		}
		if t.seen[id] == nil {
			t.seen[id] = map[indicators.Period]string{}
		}
		t.seen[id][p.period] = addr
		fresh = true
		c := base
		c.ID, c.Value, c.HasValue = t.prefix+"-"+addr, v, true
		c.Spans = []indicators.Span{indicators.At(p.period)}
		if st != indicators.NoStatus {
			c.Status = st
		}
		c.Note = "source=" + source
		if s := t.get(i, colPage); s != "" {
			c.Note += "; page=" + s
		}
		if s := t.get(i, colNote); s != "" {
			c.Note += "; note=" + s
		}
		out = append(out, c)
	}
	if fresh && source == "" {
		t.fail(n, t.col(colSource), heading(colSource, "zh"), "empty; say which yearbook or table the numbers are from, and put its page under 页码")
		return nil
	}
	if !good {
		return nil
	}
	return out
}

// plainKind keeps rates and indices what they are and makes ends of pairs
// levels.
func plainKind(known, read indicators.Kind) indicators.Kind {
	switch known {
	case indicators.KindRate, indicators.KindIndex, indicators.KindShare, indicators.KindShareCity, indicators.KindShareOther:
		return known
	}
	return read
}

// blank reports whether a cell says that there is no number.
func blank(s string) bool {
	switch strings.ToLower(s) {
	case "", "—", "–", "-", "——", "--", "…", "……", "...", "/", "[x]", "[z]", "[c]", "n/a", "na", "无":
		return true
	}
	return false
}

var qualifiers = []struct {
	word   string
	q      indicators.Qualifier
	behind bool
}{
	{"近", indicators.Nearly, false}, {"超过", indicators.Over, false}, {"超", indicators.Over, false}, {"突破", indicators.Over, false}, {"逾", indicators.Over, false},
	{"约", indicators.About, false}, {"余", indicators.Over, true}, {"多", indicators.Over, true}, {"左右", indicators.About, true},
	{"以上", indicators.AtLeast, true}, {"以内", indicators.AtMost, true}, {"以下", indicators.AtMost, true},
}

var marks = []struct {
	mark   string
	status indicators.Status
}{{"[p]", indicators.Provisional}, {"[e]", indicators.Estimated}, {"[r]", indicators.Actual}}

// value reads the number of a cell, as many digits as the cell shows if what
// it shows is exact. u is the row's unit: a percentage that Excel stores as a
// fraction counts in per cent.
func (c cell) value(u indicators.Unit) (indicators.Value, indicators.Status, error) {
	s := c.text()
	st := indicators.NoStatus
	for _, m := range marks {
		if rest, ok := strings.CutSuffix(s, m.mark); ok {
			s, st = strings.TrimSpace(rest), m.status
			break
		}
	}
	var q indicators.Qualifier
	word := ""
	for _, w := range qualifiers {
		rest, ok := strings.CutPrefix(s, w.word)
		if w.behind {
			rest, ok = strings.CutSuffix(s, w.word)
		}
		if ok {
			s, q, word = strings.TrimSpace(rest), w.q, w.word
			break
		}
	}
	shown, percent := strings.CutSuffix(strings.ReplaceAll(s, "％", "%"), "%")
	if percent && !u.Percent() && u.Base != indicators.BasePoints {
		return indicators.Value{}, st, fmt.Errorf("%s is a percentage, the unit is %s", s, u)
	}
	v, err := indicators.ParseValue(strings.TrimSpace(strings.ReplaceAll(shown, "\u00a0", "")))
	if raw, rerr := strconv.ParseFloat(strings.TrimSpace(c.raw), 64); rerr == nil && q == indicators.Exact {
		// Excel stores binary fractions: fifteen digits are what it means.
		if percent && c.raw != c.shown {
			raw *= 100
		}
		text := strconv.FormatFloat(raw, 'g', 15, 64)
		exact, _ := strconv.ParseFloat(text, 64)
		if err != nil || !near(v.Float(), exact) {
			v, err = indicators.ParseValue(strconv.FormatFloat(exact, 'f', -1, 64))
		}
	}
	if err != nil {
		return v, st, fmt.Errorf("%q is not a number; give digits only, the unit stands in its own column", c.text())
	}
	v.Qual, v.Word = q, word
	return v, st, nil
}

// near reports whether a and b are one printed number, which has at most
// fifteen digits.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-14*max(math.Abs(a), math.Abs(b)) }

func stem(name string) string {
	b := filepath.Base(filepath.ToSlash(name))
	b = strings.TrimSuffix(b, filepath.Ext(b))
	if b == "" || b == "." || b == "/" {
		return "history"
	}
	return b
}
