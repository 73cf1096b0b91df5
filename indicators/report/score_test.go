package report

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

// family groups the kinds of figures as the scoring of readings does: calls
// between kinds of one family, such as level or cumulative, may go either way.
func family(k indicators.Kind) string {
	switch k {
	case indicators.KindGrowth, indicators.KindAvgGrowth, indicators.KindChange:
		return "growth"
	case indicators.KindMultiple:
		return "multiple"
	case indicators.KindPointChange:
		return "points"
	case indicators.KindRank:
		return "rank"
	case indicators.KindTargetRank:
		return "target_rank"
	}
	if k.Target() {
		return "target" // floors and ceilings may bound amounts, growth and shares
	}
	return "amount"
}

type labelled struct {
	indicator, period, quote string
	value                    float64
	unit                     indicators.Unit
	qual                     string
	kind                     indicators.Kind
	start, end               int
}

// labels reads hand-labelled rows; rows without a number, or whose quote is not
// in the text, are left out.
func labels(t *testing.T, path string, text *indicators.Text) []labelled {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	col := map[string]int{}
	for i, h := range rows[0] {
		col[strings.TrimPrefix(h, "\ufeff")] = i
	}
	var out []labelled
	for _, r := range rows[1:] {
		v, err := indicators.ParseValue(r[col["value"]])
		if err != nil {
			continue
		}
		u, _ := indicators.ParseUnit(r[col["unit"]])
		l := labelled{indicator: r[col["indicator"]], period: r[col["period"]], quote: r[col["quote"]], value: v.Float(), unit: u, qual: r[col["qualifier"]], kind: indicators.Kind(r[col["kind"]])}
		var n int
		if l.start, l.end, n = text.Find(l.quote); n == 0 {
			continue
		}
		out = append(out, l)
	}
	return out
}

var yearRE = regexp.MustCompile(`(?:19|20)\d\d`)

func nameSame(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	pairs := func(s string) map[string]bool {
		r, m := []rune(s), map[string]bool{}
		for i := 0; i+1 < len(r); i++ {
			m[string(r[i:i+2])] = true
		}
		return m
	}
	x, y := pairs(a), pairs(b)
	both := 0
	for p := range x {
		if y[p] {
			both++
		}
	}
	return len(x) > 0 && len(y) > 0 && float64(both) >= 0.4*float64(min(len(x), len(y)))
}

// score compares a reading with labels and returns the share of each part.
func score(t *testing.T, reportPath, truthPath string) map[string]float64 {
	t.Helper()
	b, err := os.ReadFile(reportPath)
	if err != nil {
		t.Fatal(err)
	}
	text := indicators.NewText(string(b))
	want := labels(t, truthPath, text)
	if len(want) < 100 {
		t.Fatalf("only %d labelled rows found in the text", len(want))
	}
	res, err := Read(Doc{Text: string(b)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	used := make([]bool, len(res.Figures))
	sum := map[string]float64{}
	n := map[string]float64{}
	add := func(part string, ok bool) {
		n[part]++
		if ok {
			sum[part]++
		}
	}
	for _, w := range want {
		best, pick := -1, -1
		for i := range res.Figures {
			g := &res.Figures[i]
			if used[i] || g.Source.Start >= w.end || w.start >= g.Source.End {
				continue
			}
			x, y := math.Abs(g.Value.Float()), math.Abs(w.value)
			gs, ws := max(g.Unit.Scale, 1e-9), max(w.unit.Scale, 1e-9)
			if math.Abs(x-y) > 1e-9*max(1, y) && math.Abs(x*gs-y*ws) > 1e-9*max(1, y*ws) {
				continue
			}
			s := 0
			if nameSame(g.Indicator, w.indicator) {
				s += 4
			}
			if g.Kind == w.kind {
				s += 2
			}
			if s > best {
				best, pick = s, i
			}
		}
		add("value", pick >= 0)
		if pick < 0 {
			continue
		}
		used[pick] = true
		g := &res.Figures[pick]
		add("unit", g.Unit.Base == w.unit.Base && g.Unit.Scale == w.unit.Scale || g.Unit.IsZero() && w.unit.IsZero())
		if w.value < 0 {
			add("sign", g.Value.Coef < 0)
		}
		if w.qual != "" && w.qual != "exact" {
			add("qualifier_marked", g.Value.Qual.String() == w.qual)
		}
		add("kind", family(g.Kind) == family(w.kind))
		add("plan_or_review", g.Kind.Target() == w.kind.Target())
		if ys := yearRE.FindAllString(w.period, -1); len(ys) > 0 {
			add("period", strings.Contains(indicators.FormatSpans(g.Spans), ys[len(ys)-1]))
		}
		add("indicator", nameSame(g.Indicator, w.indicator))
	}
	extra := 0.0
	for i := range res.Figures {
		g := &res.Figures[i]
		if used[i] {
			continue
		}
		for _, w := range want {
			if g.NumStart >= w.start && g.NumEnd <= w.end {
				extra++
				break
			}
		}
	}
	out := map[string]float64{"extra": extra / float64(len(want))}
	for part, k := range n {
		out[part] = sum[part] / k
	}
	return out
}

// thresholds are what a reading must reach: two independent labellings of one
// report agree on 96–99.5 % of values, 96 % of units and 98 % of kinds.
var thresholds = map[string]float64{
	"value": .97, "unit": .96, "sign": 1, "qualifier_marked": .95, "kind": .93, "plan_or_review": .99, "period": .95, "indicator": .93,
}

func checkScore(t *testing.T, got map[string]float64) {
	t.Helper()
	for part, least := range thresholds {
		if got[part] < least {
			t.Errorf("%s: %.3f, want at least %.2f", part, got[part], least)
		}
	}
	if got["extra"] > .03 {
		t.Errorf("figures inside labelled clauses that no label has: %.3f of the rows, want at most 0.03", got["extra"])
	}
}

func TestScoreHandLabels(t *testing.T) {
	path := shared(t, "reports/hailar_2016.txt")
	checkScore(t, score(t, path, filepath.Join(filepath.Dir(path), "hailar_2016.truth.csv")))
}

func TestScoreSeed(t *testing.T) {
	checkScore(t, score(t, "../../seeds/jianxi-2022.txt", "../../seeds/jianxi-2022.csv"))
}

// TestNegatives: strings with digits that are no indicators give no figure.
func TestNegatives(t *testing.T) {
	path := shared(t, "reports/hailar_2016.txt")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(filepath.Dir(path), "hailar_2016.negatives.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	res, err := Read(Doc{Text: string(b)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	raw := string(b)
	for _, r := range rows[1:] {
		for at := 0; ; {
			i := strings.Index(raw[at:], r[0])
			if i < 0 {
				break
			}
			i += at
			at = i + len(r[0])
			for _, g := range res.Figures {
				if g.NumStart < at && i < g.NumEnd {
					t.Errorf("%q is no figure, read as %s", r[0], facts(&g))
				}
			}
		}
	}
}
