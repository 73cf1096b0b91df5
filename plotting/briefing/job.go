package briefing

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// job is one workbook being made.
type job struct {
	*Briefing
	book  *xlsx.Book
	names names

	targets []*target // one a target, in the order of the assessments
	heads   []*head   // headline indicators, in the order of their first target
	headOf  map[indicators.SeriesID]*head
	claims  map[string]*indicators.Claim
	index   map[string]int   // claim → its place in the dataset
	doubts  map[string][]int // claim → indices of findings that concern it
	growth  map[at]*indicators.Claim
	ranks   map[at]*indicators.Claim

	// Names of the fixed sheets; empty if the edition leaves one out.
	cover, overview, attainment, scenario, forecasts, findings, methods, sources, documents, data string

	sourceRow int  // row of the first claim on the sheet of sources
	areas     bool // the targets are about several areas
	pictures  int  // bytes of pictures placed so far
}

// at is an indicator's place and time.
type at struct {
	indicator, area, scope string
	period                 indicators.Period
}

// target is an assessment with what the sheets say of it.
type target struct {
	*progress.Assessment
	n      int // number on the overview, from 1, once it is written
	series *progress.Projection
	paces  []*progress.Assessment // from earlier targets
}

// head is a headline indicator: a numeric target and an observed level.
type head struct {
	p       *progress.Projection
	targets []*target
	sheet   string
	label   string
	chart   *Chart
}

// Write writes the workbook to w. Nothing is written if the briefing cannot
// be shown. It panics if b.Data is nil or the language unknown.
func (b *Briefing) Write(w io.Writer) error {
	if b.Data == nil {
		panic("briefing: no data")
	}
	if b.Lang != "" && b.Lang != "zh" && b.Lang != "en" {
		panic("briefing: unknown language")
	}
	j := &job{Briefing: b}
	j.prepare()
	j.book = xlsx.New(xlsx.Options{
		Lang: b.lang(), Title: b.title(), Subject: b.pick("指标简报", "Indicator briefing"), Creator: "zhibiao", Version: b.Fingerprint(),
		Font: j.bodyFont(), Charset: j.charset(), Size: j.bodySize(),
	})
	if err := j.sheets(); err != nil {
		return err
	}
	if err := j.book.Write(w); err != nil {
		return fmt.Errorf("briefing: %w", err)
	}
	return nil
}

// prepare gathers what the sheets look up.
func (j *job) prepare() {
	d := j.Data
	j.claims = make(map[string]*indicators.Claim, len(d.Claims))
	j.index = make(map[string]int, len(d.Claims))
	j.growth, j.ranks = map[at]*indicators.Claim{}, map[at]*indicators.Claim{}
	for i := range d.Claims {
		c := &d.Claims[i]
		if _, ok := j.claims[c.ID]; !ok {
			j.claims[c.ID], j.index[c.ID] = c, i
		}
		k := at{c.Indicator, c.Area, c.Scope, c.Period()}
		switch {
		case len(c.Spans) != 1 || !c.HasValue:
		case c.Kind == indicators.KindGrowth && c.Unit.Percent() && (c.Spans[0].Single() || c.Spans[0].From.Freq() == c.Spans[0].To.Freq() && c.Spans[0].To.Sub(c.Spans[0].From) == 1):
			if _, ok := j.growth[k]; !ok {
				j.growth[k] = c
			}
		case c.Kind == indicators.KindRank && c.Spans[0].Single():
			if _, ok := j.ranks[k]; !ok {
				j.ranks[k] = c
			}
		}
	}
	j.doubts = map[string][]int{}
	for i := range j.Findings {
		f := &j.Findings[i]
		for _, id := range []string{f.Left, f.Right} {
			if id != "" && (f.Class == indicators.Conflict || f.Class == indicators.Contradiction || f.Class == indicators.Arithmetic) {
				j.doubts[id] = append(j.doubts[id], i)
			}
		}
	}
	series := map[indicators.SeriesID]*progress.Projection{}
	for i := range j.Report.Projections {
		p := &j.Report.Projections[i]
		series[p.Series.SeriesID] = p
	}
	charts := map[indicators.SeriesID]*Chart{}
	for i := range j.Charts {
		charts[j.Charts[i].Series] = &j.Charts[i]
	}
	j.headOf = map[indicators.SeriesID]*head{}
	for i := range j.Report.Assessments {
		a := &j.Report.Assessments[i]
		if a.IsPace() {
			if n := len(j.targets); n > 0 {
				j.targets[n-1].paces = append(j.targets[n-1].paces, a)
			}
			continue
		}
		t := &target{Assessment: a, series: series[a.Target.SeriesID]}
		j.targets = append(j.targets, t)
		if t.series == nil || !a.Want.OK || t.series.Model == nil {
			continue
		}
		last, ok := t.series.Series.Last()
		if !ok || last.Claim == "" {
			continue
		}
		id := a.Target.SeriesID
		h := j.headOf[id]
		if h == nil {
			h = &head{p: t.series, chart: charts[id], label: j.name(id, t.series.Series.English)}
			j.headOf[id] = h
			j.heads = append(j.heads, h)
		}
		h.targets = append(h.targets, t)
	}
	for _, t := range j.targets {
		j.areas = j.areas || t.Target.Area != j.targets[0].Target.Area
	}
	if j.areas {
		for _, h := range j.heads {
			h.label = j.placed(h.label, h.p.Series.Area)
		}
	}
	j.nameSheets()
}

// placed puts the area to a name where the briefing is about several.
func (j *job) placed(name, area string) string {
	if !j.areas || area == "" {
		return name
	}
	return j.pick(area+name, name+", "+area)
}

// nameSheets decides which sheets there are and what they are called.
func (j *job) nameSheets() {
	fixed := func(zh, en string) string { return j.names.take(j.pick(zh, en)) }
	if j.Edition == Working || j.Profile == Publication {
		j.cover = fixed("封面", "Cover")
	}
	j.overview = fixed("总览", "Overview")
	j.attainment = fixed("完成情况表", "Attainment")
	if j.Edition == Working {
		defer func() { j.sourceRow = j.headerRow(j.sourcesTable()) + 1 }()
		j.scenario = fixed("情景", "Scenario")
		j.forecasts = fixed("预测", "Forecasts")
		j.findings = fixed("矛盾与核对", "Findings")
		j.methods = fixed("方法与假设", "Methods")
		j.sources = fixed("数据来源", "Sources")
		j.documents = fixed("文件", "Documents")
		j.data = fixed("数据", "Data")
	}
	digits := len(fmt.Sprint(len(j.heads)))
	for i, h := range j.heads {
		h.sheet = j.names.take(fmt.Sprintf("%0*d %s", max(digits, 2), i+1, h.label))
	}
}

// names keeps the names of sheets apart.
type names struct{ taken map[string]bool }

// take returns a legal name of a sheet near s: at most 31 characters, none of
// []:*?/\ in it, unlike all others whatever their case.
func (n *names) take(s string) string {
	if n.taken == nil {
		n.taken = map[string]bool{"history": true} // reserved by Excel
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`[]:*?/\`, r):
			return '-'
		case r < ' ':
			return -1
		}
		return r
	}, s)
	s = strings.Trim(strings.TrimSpace(s), "'")
	if s == "" {
		s = "-"
	}
	for k := 1; ; k++ {
		suffix := ""
		if k > 1 {
			suffix = fmt.Sprintf(" (%d)", k)
		}
		t := cut(s, 31-len(suffix)) + suffix
		if key := strings.ToLower(t); !n.taken[key] {
			n.taken[key] = true
			return t
		}
	}
}

// cut shortens s to n UTF-16 units, the length Excel counts.
func cut(s string, n int) string {
	k := 0
	for i, r := range s {
		u := 1
		if r > 0xffff {
			u = 2
		}
		if k += u; k > n {
			t := s[:i]
			// Words stay whole where that leaves something to read.
			if k := strings.LastIndexByte(t, ' '); r < 0x2e80 && r != ' ' && k > len(t)/2 {
				t = t[:k]
			}
			return strings.TrimRight(t, " ,(")
		}
	}
	return s
}

// sheets writes all sheets of the edition.
func (j *job) sheets() error {
	if j.cover != "" {
		j.writeCover()
	}
	j.writeOverview()
	j.writeAttainment()
	if j.Edition == Working {
		j.writeScenario()
		j.writeForecasts()
		j.writeFindings()
		j.writeMethods()
		j.writeSources()
		j.writeDocuments()
		j.writeData()
	}
	for _, h := range j.heads {
		j.writeHead(h)
	}
	return nil
}

// showProbability reports whether probabilities may be printed.
func (j *job) showProbability() bool { return j.Edition == Working || j.Probability }

// doubted reports whether a finding concerns the figures of a.
func (j *job) doubted(a *progress.Assessment) bool {
	return len(j.doubts[a.ID]) > 0 || a.BaseClaim != "" && len(j.doubts[a.BaseClaim]) > 0
}

// unitOf returns the unit in which a target's series is measured.
func (t *target) unit() string {
	switch {
	case t.Base.OK:
		return t.Base.Unit
	case t.Want.OK:
		return t.Want.Unit
	}
	return t.Target.Unit.Symbol
}

// decimals returns how many decimals a claim was printed with, −1 if there is
// no such claim.
func (j *job) decimals(id string) int {
	if c := j.claims[id]; c != nil && c.HasValue && c.Value.Den <= 1 {
		return c.Value.Decimals()
	}
	return -1
}

// baseFigure is the latest value as it was printed.
func (j *job) baseFigure(t *target) figure {
	if !t.Base.OK {
		return figure{}
	}
	d := j.decimals(t.BaseClaim)
	if d >= 0 && math.Abs(indicators.RoundHalfUp(t.Base.Value, d)-t.Base.Value) > 1e-9*math.Abs(t.Base.Value) {
		d = -1 // 超过5% stands for more than its last digit
	}
	return quantity(t.Base.Value, t.Base.Unit, d)
}

// wantFigure is the target's number: the level to reach where there is one,
// otherwise the number of the target in its own unit.
func (j *job) wantFigure(t *target) (f figure, unit string) {
	if t.Target.Open != "" {
		return figure{}, ""
	}
	x, unit := wantNumber(t)
	return bounded(quantity(x, unit, -1), &t.Target), unit
}

// wantNumber is the number that a target names, in the unit given with it:
// that of the series for a level, that of the measure for growth, multiples
// and differences.
func wantNumber(t *target) (x float64, unit string) {
	switch t.Target.Measure {
	case indicators.GrowthRate, indicators.Multiple, indicators.Relative:
	default:
		if t.Want.OK {
			return t.Want.Value, t.Want.Unit
		}
	}
	return t.Target.Number(), t.Target.Unit.Symbol
}

// rowOf returns the row of a claim on the sheet of sources.
func (j *job) rowOf(claim string) int { return j.sourceRow + j.index[claim] }

// label names a target's indicator, with what is wanted of it where that is
// not the indicator itself.
func (j *job) label(t *target) string {
	s := j.placed(j.name(t.Target.SeriesID, t.Target.English), t.Target.Area)
	switch t.Target.Measure {
	case indicators.GrowthRate:
		s += j.pick("增速", ", growth")
	case indicators.Relative:
		s += j.pick("增速", ", growth")
		if t.Target.Ref != "" {
			_, area := indicators.SplitRef(t.Target.Ref)
			s += j.pick("（相对"+area+"）", " (relative to "+area+")")
		}
	case indicators.Cumulative:
		s += j.pick("（累计）", " (cumulative)")
	case indicators.Multiple:
		s += j.pick("（倍数）", " (multiple)")
	}
	return s
}

// due is when the target is due.
func (j *job) due(t *target) string {
	if t.By.IsZero() {
		return ""
	}
	return t.By.Label(j.lang())
}

// why is the explanation in the briefing's language.
func (j *job) why(a *progress.Assessment) string {
	if j.zh() {
		return a.Why
	}
	return a.WhyEN
}

// ordered returns the targets in groups: those with a forecast, those with a
// number, those that cannot be assessed; the order of the text within.
func (j *job) ordered() []*target {
	out := slices.Clone(j.targets)
	rank := func(t *target) int {
		switch {
		case t.HasProbability:
			return 0
		case t.Verdict != progress.Unassessable:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(out, func(a, b *target) int { return rank(a) - rank(b) })
	return out
}
