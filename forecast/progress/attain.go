package progress

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/indicators"
)

// PanelRow is a target of one area and year, with its outcome where it is
// known. Rows that carry only a target or only an outcome are joined by
// ReadPanel.
type PanelRow struct {
	Region     string // area code or name
	Year       int    // for which the target was set
	Indicator  string
	Scope      string
	Commitment string // 力争, 确保, …; empty if none
	Unit       string // of the levels
	Qualifier  indicators.Qualifier
	Better     indicators.Direction // Undefined counts as Up
	Break      bool                 // the definition changed between base and outcome
	Vintage    string               // of the outcome; the earliest is the one judged

	TargetGrowth, TargetLevel            float64 // NaN: not set
	ActualGrowth, ActualLevel, BaseLevel float64 // NaN: not known; ActualGrowth as stated by the outcome's report
	Row                                  int     // of the target in the file
}

var panelColumns = []string{
	"region", "target_year", "indicator", "scope", "commitment", "target_growth_pct", "target_level", "unit", "qualifier", "direction", "break", "vintage",
	"base_level", "actual_level", "actual_stated_growth_pct", "source",
}

// PanelColumns returns the columns of a panel of targets and outcomes.
func PanelColumns() []string { return slices.Clone(panelColumns) }

// ReadPanel reads a panel of targets and outcomes as CSV: the columns of
// PanelColumns in any order, of which region, target_year and indicator must
// be there. A target and its outcome may stand in one row or in two with the
// same region, year, indicator and scope. Of several outcomes the one with
// the earliest vintage is taken, since a target is judged by what was first
// published; a target given twice with different numbers is a fault. All
// faults are reported together.
func ReadPanel(r io.Reader, name string) ([]PanelRow, error) {
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = -1
	head, err := cr.Read()
	if err == io.EOF {
		return nil, &indicators.RowError{File: name, Msg: "the file is empty; want a header row " + strings.Join(panelColumns, ",")}
	}
	if err != nil {
		return nil, &indicators.RowError{File: name, Row: 1, Msg: err.Error()}
	}
	col := map[string]int{}
	var errs []error
	for i, h := range head {
		h = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
		if _, dup := col[h]; dup {
			errs = append(errs, &indicators.RowError{File: name, Row: 1, Column: h, Msg: "the column stands twice"})
		}
		col[h] = i // columns beyond ours are the researcher's own and are left alone
	}
	for _, h := range panelColumns[:3] {
		if _, ok := col[h]; !ok {
			errs = append(errs, &indicators.RowError{File: name, Row: 1, Column: h, Msg: "the column is missing"})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	type key struct {
		region, indicator, scope string
		year                     int
	}
	at := map[key]int{}
	var out []PanelRow
	for row := 2; ; row++ {
		rec, err := cr.Read()
		if err == io.EOF {
			break
		}
		if len(errs) >= indicators.MaxErrors {
			errs = append(errs, errors.New("… further faults are not listed"))
			break
		}
		if err != nil {
			errs = append(errs, &indicators.RowError{File: name, Row: row, Msg: err.Error()})
			if !errors.As(err, new(*csv.ParseError)) {
				break
			}
			continue
		}
		get := func(c string) string {
			if i, ok := col[c]; ok && i < len(rec) {
				return strings.TrimSpace(rec[i])
			}
			return ""
		}
		fail := func(c, msg string) {
			errs = append(errs, &indicators.RowError{File: name, Row: row, Column: c, Msg: msg})
		}
		num := func(c string) float64 {
			s := strings.TrimSuffix(get(c), "%")
			if s == "" {
				return math.NaN()
			}
			x, err := strconv.ParseFloat(s, 64)
			if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
				fail(c, fmt.Sprintf("%q is not a number", s))
				return math.NaN()
			}
			return x
		}
		p := PanelRow{
			Region: get("region"), Indicator: get("indicator"), Scope: get("scope"), Commitment: get("commitment"), Unit: get("unit"), Vintage: get("vintage"), Row: row,
			TargetGrowth: num("target_growth_pct"), TargetLevel: num("target_level"), ActualGrowth: num("actual_stated_growth_pct"), ActualLevel: num("actual_level"), BaseLevel: num("base_level"),
		}
		if p.Region == "" {
			fail("region", "empty; give the area's code or name")
		}
		if p.Indicator == "" {
			fail("indicator", "empty; name the indicator")
		}
		if y, err := strconv.Atoi(get("target_year")); err != nil || y < 1900 || y > 2200 {
			fail("target_year", fmt.Sprintf("%q is not a year", get("target_year")))
		} else {
			p.Year = y
		}
		if err := p.Qualifier.UnmarshalText([]byte(get("qualifier"))); err != nil {
			fail("qualifier", strings.TrimPrefix(err.Error(), "indicators: "))
		}
		if err := p.Better.UnmarshalText([]byte(get("direction"))); err != nil {
			fail("direction", strings.TrimPrefix(err.Error(), "indicators: "))
		}
		switch b := get("break"); b {
		case "", "0":
		case "1":
			p.Break = true
		default:
			fail("break", fmt.Sprintf("%q; want 1 or empty", b))
		}
		k := key{p.Region, p.Indicator, p.Scope, p.Year}
		i, ok := at[k]
		if !ok {
			at[k] = len(out)
			out = append(out, p)
			continue
		}
		if msg := out[i].join(&p); msg != "" {
			fail("", fmt.Sprintf("%s (row %d has the same region, year, indicator and scope)", msg, out[i].Row))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

func (p *PanelRow) hasTarget() bool { return !math.IsNaN(p.TargetGrowth) || !math.IsNaN(p.TargetLevel) }
func (p *PanelRow) hasActual() bool { return !math.IsNaN(p.ActualGrowth) || !math.IsNaN(p.ActualLevel) }

// join merges q into p and returns what is wrong with that.
func (p *PanelRow) join(q *PanelRow) string {
	same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
	if k, ok := unitFactor(q.Unit, p.Unit); ok {
		q.TargetLevel, q.ActualLevel, q.BaseLevel = k*q.TargetLevel, k*q.ActualLevel, k*q.BaseLevel
	} else {
		return fmt.Sprintf("the unit %s cannot be converted to %s", q.Unit, p.Unit)
	}
	if q.hasTarget() {
		if p.hasTarget() && !(same(p.TargetGrowth, q.TargetGrowth) && same(p.TargetLevel, q.TargetLevel)) {
			return "another target for the same year"
		}
		if !p.hasTarget() {
			p.TargetGrowth, p.TargetLevel, p.Qualifier, p.Commitment, p.Row = q.TargetGrowth, q.TargetLevel, q.Qualifier, q.Commitment, q.Row
		}
		if q.Better != indicators.Undefined {
			p.Better = q.Better
		}
	}
	if q.hasActual() {
		if p.hasActual() && q.Vintage == p.Vintage && !(same(p.ActualGrowth, q.ActualGrowth) && same(p.ActualLevel, q.ActualLevel)) {
			return "another outcome of the same vintage; fill in vintage, the date of publication, to tell them apart"
		}
		if !p.hasActual() || q.Vintage < p.Vintage {
			p.ActualGrowth, p.ActualLevel, p.BaseLevel, p.Vintage = q.ActualGrowth, q.ActualLevel, q.BaseLevel, q.Vintage
		}
	}
	p.Break = p.Break || q.Break
	if p.Unit == "" {
		p.Unit = q.Unit
	}
	return ""
}

// unitFactor is what levels in from are multiplied by to be in to; an empty
// unit is that of the other.
func unitFactor(from, to string) (float64, bool) {
	if from == to || from == "" || to == "" {
		return 1, true
	}
	u, err1 := indicators.ParseUnit(from)
	v, err2 := indicators.ParseUnit(to)
	if err1 != nil || err2 != nil {
		return 0, false
	}
	k, err := u.Convert(1, v)
	return k, err == nil
}

// Judged is a target held against its outcome.
type Judged struct {
	PanelRow
	Measure  indicators.Measure // GrowthRate or Level
	Target   float64            // per cent, or in Unit
	Actual   float64            // the same
	Hit      bool               // by the words of the target: 以上 includes, 超过 excludes its number
	Gap      float64            // outcome minus target in the better direction: points for growth, per cent of the target for levels
	Excluded string             // why it is not counted; empty if it is
}

// MaxStatedGap is how far the growth of the levels may lie from the stated
// growth, in points, before a row counts as broken.
const MaxStatedGap = 10

// JudgeRow holds the target of a row against its outcome. Growth is judged by
// the stated growth, or by the levels where none is stated; printed numbers
// are compared as printed. Rows with a break, without target or outcome, and
// rows whose levels contradict the stated growth by more than MaxStatedGap
// points are excluded with the reason.
func JudgeRow(p PanelRow) Judged {
	j := Judged{PanelRow: p, Target: math.NaN(), Actual: math.NaN()}
	levels := math.NaN()
	if p.BaseLevel > 0 && p.ActualLevel > 0 {
		levels = 100 * (p.ActualLevel/p.BaseLevel - 1)
	}
	switch {
	case !p.hasTarget():
		j.Excluded = "no target"
		return j
	case !math.IsNaN(p.TargetGrowth):
		j.Measure, j.Target, j.Actual = indicators.GrowthRate, p.TargetGrowth, p.ActualGrowth
		if math.IsNaN(j.Actual) {
			j.Actual = levels
		}
	default:
		j.Measure, j.Target, j.Actual = indicators.Level, p.TargetLevel, p.ActualLevel
	}
	switch {
	case math.IsNaN(j.Actual):
		j.Excluded = "no outcome"
	case p.Break:
		j.Excluded = "break"
	case math.Abs(levels-p.ActualGrowth) > MaxStatedGap:
		j.Excluded = "levels contradict the stated growth"
	case j.Measure == indicators.Level && j.Target == 0:
		j.Excluded = "the target is zero"
	}
	if j.Excluded != "" {
		return j
	}
	want := j.want()
	d := 1.0
	if math.IsInf(want.Lo, -1) {
		d = -1
	}
	diff := j.Actual - j.Target
	j.Hit = want.Contains(j.Actual)
	j.Gap = d * diff
	if j.Measure == indicators.Level {
		j.Gap = 100 * d * diff / math.Abs(j.Target)
	}
	return j
}

// want is the interval of outcomes that meet the target by its words: 以上
// includes, 超过 excludes its number; an exact number and 左右 are a floor, or a
// ceiling for what should fall.
func (j *Judged) want() indicators.Interval {
	down := j.Better == indicators.Down
	switch q := j.Qualifier; {
	case q == indicators.AtMost, q != indicators.AtLeast && q != indicators.Over && down:
		return indicators.AtMostX(j.Target)
	case q == indicators.Over && down:
		return indicators.LessThanX(j.Target)
	case q == indicators.Over:
		return indicators.MoreThanX(j.Target)
	}
	return indicators.AtLeastX(j.Target)
}

// Summary is how a group of targets fared. Intervals are at 95 %, from the
// variation between areas, which lets the targets of one area be as alike as
// they are; with fewer than two areas they are NaN.
type Summary struct {
	By, Group            string
	N, Areas             int
	Hit, HitLo, HitHi    float64 // share of targets met
	Bias, BiasLo, BiasHi float64 // mean of outcome minus target, positive where outcomes were better
	Miss, MissLo, MissHi float64 // mean size of the gap of those not met; NaN if all were met
	Measure              indicators.Measure
}

// Attainment summarises judged targets: all of them, and by indicator, area
// and commitment word, growth and level targets apart. Groups are sorted.
func Attainment(js []Judged) []Summary {
	groups := map[[3]string][]Judged{}
	for _, j := range js {
		if j.Excluded != "" {
			continue
		}
		word := j.Commitment
		if word == "" {
			word = "-"
		}
		for _, g := range [][2]string{{"all", "all"}, {"indicator", j.Indicator}, {"region", j.Region}, {"commitment", word}} {
			k := [3]string{g[0], j.Measure.String(), g[1]}
			groups[k] = append(groups[k], j)
		}
	}
	keys := make([][3]string, 0, len(groups))
	for k := range groups {
		keys = append(keys, k)
	}
	rank := map[string]int{"all": 0, "indicator": 1, "commitment": 2, "region": 3}
	slices.SortFunc(keys, func(a, b [3]string) int {
		return cmp.Or(cmp.Compare(rank[a[0]], rank[b[0]]), strings.Compare(a[1], b[1]), strings.Compare(a[2], b[2]))
	})
	var out []Summary
	for _, k := range keys {
		g := groups[k]
		s := Summary{By: k[0], Group: k[2], N: len(g), Measure: g[0].Measure}
		areas := map[string]int{}
		var names []string
		for _, j := range g {
			if _, ok := areas[j.Region]; !ok {
				areas[j.Region] = 0
				names = append(names, j.Region)
			}
		}
		slices.Sort(names)
		for i, n := range names {
			areas[n] = i
		}
		s.Areas = len(names)
		s.Hit, s.HitLo, s.HitHi = clustered(g, areas, func(j Judged) (float64, bool) {
			if j.Hit {
				return 1, true
			}
			return 0, true
		})
		s.HitLo, s.HitHi = max(s.HitLo, 0), min(s.HitHi, 1)
		s.Bias, s.BiasLo, s.BiasHi = clustered(g, areas, func(j Judged) (float64, bool) { return j.Gap, true })
		s.Miss, s.MissLo, s.MissHi = clustered(g, areas, func(j Judged) (float64, bool) { return -j.Gap, !j.Hit })
		out = append(out, s)
	}
	return out
}

// clustered returns the mean of f over the rows it applies to, with the 95 %
// interval from the cluster-robust variance G/(G−1)·Σ_g (Σ_i e_i)²/n² and a t
// with G−1 degrees of freedom (Cameron & Miller 2015, section II).
func clustered(g []Judged, areas map[string]int, f func(Judged) (float64, bool)) (mean, lo, hi float64) {
	sum, n := 0.0, 0
	used := make([]bool, len(areas))
	for _, j := range g {
		if x, ok := f(j); ok {
			sum += x
			n++
			used[areas[j.Region]] = true
		}
	}
	nan := math.NaN()
	if n == 0 {
		return nan, nan, nan
	}
	mean = sum / float64(n)
	e := make([]float64, len(areas))
	for _, j := range g {
		if x, ok := f(j); ok {
			e[areas[j.Region]] += x - mean
		}
	}
	groups, ss := 0, 0.0
	for i, u := range used {
		if u {
			groups++
			ss += e[i] * e[i]
		}
	}
	if groups < 2 {
		return mean, nan, nan
	}
	k := float64(groups)
	se := math.Sqrt(k/(k-1)*ss) / float64(n)
	t := distuv.StudentsT{Sigma: 1, Nu: k - 1}.Quantile(0.975)
	return mean, mean - t*se, mean + t*se
}

// WriteAttainment writes summaries as CSV; absent numbers are empty cells.
func WriteAttainment(w io.Writer, ss []Summary) error {
	cw := csv.NewWriter(w)
	cw.Write([]string{"by", "group", "measure", "n", "areas", "hit_rate", "hit_lo95", "hit_hi95", "bias", "bias_lo95", "bias_hi95", "miss", "miss_lo95", "miss_hi95"})
	for _, s := range ss {
		cw.Write([]string{s.By, s.Group, s.Measure.String(), strconv.Itoa(s.N), strconv.Itoa(s.Areas), round4(s.Hit), round4(s.HitLo), round4(s.HitHi),
			round4(s.Bias), round4(s.BiasLo), round4(s.BiasHi), round4(s.Miss), round4(s.MissLo), round4(s.MissHi)})
	}
	cw.Flush()
	return cw.Error()
}

// WriteJudged writes every row with its judgement as CSV.
func WriteJudged(w io.Writer, js []Judged) error {
	cw := csv.NewWriter(w)
	cw.Write([]string{"region", "target_year", "indicator", "scope", "commitment", "measure", "qualifier", "target", "actual", "gap", "hit", "excluded"})
	for _, j := range js {
		hit := ""
		if j.Excluded == "" {
			hit = strconv.FormatBool(j.Hit)
		}
		gap := ""
		if j.Excluded == "" {
			gap = round4(j.Gap)
		}
		cw.Write([]string{j.Region, strconv.Itoa(j.Year), j.Indicator, j.Scope, j.Commitment, j.Measure.String(), j.Qualifier.String(), number(j.Target), number(j.Actual), gap, hit, j.Excluded})
	}
	cw.Flush()
	return cw.Error()
}

func round4(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	s := strconv.FormatFloat(x, 'f', 4, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}
