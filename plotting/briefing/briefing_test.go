package briefing_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"path"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/indicators/tabular"
	"example.com/zhibiao/plotting/briefing"
)

// parts returns the parts of a workbook.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(f.Name, err)
		}
		if _, dup := out[f.Name]; dup {
			t.Errorf("part %s stands twice", f.Name)
		}
		out[f.Name] = string(b)
	}
	return out
}

// TestParts checks what Excel checks when it opens a file: every part is
// well-formed and has a content type, and every relationship leads somewhere.
func TestParts(t *testing.T) {
	for _, v := range []variant{{"en", briefing.Working, briefing.Office}, {"zh", briefing.Working, briefing.Publication}, {"zh", briefing.Leaders, briefing.Office}} {
		ps := parts(t, v.make(t).data)
		types := ps["[Content_Types].xml"]
		for name, text := range ps {
			if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
				d := xml.NewDecoder(strings.NewReader(text))
				for {
					if _, err := d.Token(); err == io.EOF {
						break
					} else if err != nil {
						t.Fatalf("%s: %s: %v", v, name, err)
					}
				}
			}
			ext := name[strings.LastIndexByte(name, '.')+1:]
			if name != "[Content_Types].xml" && !strings.Contains(types, `PartName="/`+name+`"`) && !strings.Contains(types, `Extension="`+ext+`"`) {
				t.Errorf("%s: %s has no content type", v, name)
			}
		}
		for _, m := range regexp.MustCompile(`PartName="/([^"]*)"`).FindAllStringSubmatch(types, -1) {
			if _, ok := ps[m[1]]; !ok {
				t.Errorf("%s: the content types name %s, which is not there", v, m[1])
			}
		}
		for name, text := range ps {
			dir, file := path.Split(name)
			if !strings.HasSuffix(name, ".rels") {
				continue
			}
			owner := path.Dir(strings.TrimSuffix(dir, "/")) + "/" + strings.TrimSuffix(file, ".rels")
			used := ps[strings.TrimPrefix(owner, "./")]
			for _, m := range regexp.MustCompile(`Id="([^"]*)"[^>]*Target="([^"]*)"|Target="([^"]*)"[^>]*Id="([^"]*)"`).FindAllStringSubmatch(text, -1) {
				id, target := m[1]+m[4], m[2]+m[3]
				to := path.Clean(path.Join(path.Dir(owner), target))
				if strings.HasPrefix(target, "/") {
					to = target[1:]
				}
				if _, ok := ps[to]; !ok {
					t.Errorf("%s: %s leads to %s, which is not there", v, name, to)
				}
				if used != "" && strings.Contains(owner, "xl/") && !strings.Contains(owner, "workbook") && !strings.Contains(used, `r:id="`+id+`"`) && !strings.Contains(used, `r:embed="`+id+`"`) {
					t.Errorf("%s: %s: %s is not used", v, name, id)
				}
			}
		}
		// Unique ids where the schema wants them.
		for name, text := range ps {
			if strings.HasPrefix(name, "xl/drawings/drawing") {
				seen := map[string]bool{}
				for _, m := range regexp.MustCompile(`cNvPr id="(\d+)"`).FindAllStringSubmatch(text, -1) {
					if seen[m[1]] {
						t.Errorf("%s: %s: id %s twice", v, name, m[1])
					}
					seen[m[1]] = true
				}
			}
		}
	}
}

// TestNothingStrange looks at every cell: no NaN, no error, no format verb,
// no empty text.
func TestNothingStrange(t *testing.T) {
	bad := regexp.MustCompile(`NaN|\bInf\b|#REF|#N/A|#VALUE|%!|<nil>|####`)
	for _, v := range some() {
		m := v.make(t)
		for _, sheet := range m.sheets {
			for r, row := range m.rows[sheet] {
				for c, s := range row {
					if bad.MatchString(s) {
						t.Errorf("%s: %s, row %d, column %d: %q", v, sheet, r+1, c+1, s)
					}
				}
			}
		}
	}
}

// TestSameBytes builds the workbook ten times, and eight at once.
func TestSameBytes(t *testing.T) {
	b := many(t, 6, 5)
	want := write(t, b)
	for range 9 {
		if !bytes.Equal(write(t, b), want) {
			t.Fatal("the workbook differs from run to run")
		}
	}
	var wg sync.WaitGroup
	for i, v := range append(variants()[:7], variant{"zh", briefing.Working, briefing.Office}) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var buf bytes.Buffer
			x := v.of(b)
			if err := x.Write(&buf); err != nil {
				t.Error(err)
			}
			if i == 7 && !bytes.Equal(buf.Bytes(), want) {
				t.Error("the workbook differs when others are written beside it")
			}
		}()
	}
	wg.Wait()
}

// TestEditionsAgree checks that no edition, profile or language changes a
// figure: what one overview says of a target the others say too.
func TestEditionsAgree(t *testing.T) {
	b := seed(t)
	prints := map[string]string{}
	var first variant
	for _, v := range append(some(), plain) {
		x := v.of(b)
		m := v.make(t)
		sheet := map[string]string{"zh": "完成情况表", "en": "Attainment"}[v.lang]
		var s strings.Builder
		for _, row := range m.rows[sheet] {
			for _, c := range row {
				if _, err := strconv.ParseFloat(c, 64); err == nil {
					s.WriteString(c + " ")
				}
			}
		}
		// The English label of a year is a number too.
		text := s.String()
		if v.lang == "en" {
			text = regexp.MustCompile(`\b20\d\d `).ReplaceAllString(text, "")
		} else {
			text = regexp.MustCompile(`\b20\d\d `).ReplaceAllString(text, "")
		}
		if len(prints) == 0 {
			first = v
		}
		prints[v.String()] = text
		if text != prints[first.String()] {
			t.Errorf("%s and %s differ in a figure:\n%s\n%s", v, first, text, prints[first.String()])
		}
		if x.Fingerprint() != b.Fingerprint() {
			t.Errorf("%s has a fingerprint of its own", v)
		}
	}
	if len(prints[first.String()]) < 500 {
		t.Errorf("too few figures to compare: %q", prints[first.String()])
	}
}

// TestOverview holds every number of the overview against the assessment.
func TestOverview(t *testing.T) {
	b := seed(t)
	rows := plain.make(t).rows["总览"]
	head := 0
	for i, r := range rows {
		if len(r) > 10 && r[0] == "序号" {
			head = i
		}
	}
	col := map[string]int{}
	for i, h := range rows[head] {
		col[h] = i
	}
	n := 0
	for i := range b.Report.Assessments {
		a := &b.Report.Assessments[i]
		if a.IsPace() || !a.Required.OK || !a.Base.OK || a.Required.Unit != "%" {
			continue
		}
		found := false
		for _, r := range rows[head+1:] {
			get := func(name string) float64 {
				if col[name] >= len(r) {
					return math.NaN()
				}
				x, err := strconv.ParseFloat(r[col[name]], 64)
				if err != nil {
					return math.NaN()
				}
				return x
			}
			if math.Abs(get("最近值")-a.Base.Value) > 1e-12*math.Abs(a.Base.Value) || math.Abs(get("所需年均增长")-a.Required.Value/100) > 1e-12 || len(r) < 15 || r[col["期限"]] != a.By.Label("zh") {
				continue
			}
			if a.HasProbability && math.Abs(get("可能性")-a.Probability) > 1e-12 || a.Median.OK && math.Abs(get("预测中位数")-a.Median.Value) > 1e-9*math.Abs(a.Median.Value) {
				continue
			}
			found = true
		}
		if !found {
			t.Errorf("%s: its base %g, pace %g %%, median %g and probability %g stand in no row", a.ID, a.Base.Value, a.Required.Value, a.Median.Value, a.Probability)
		}
		n++
	}
	if n < 15 {
		t.Errorf("only %d targets compared", n)
	}
	// What the report's paragraph on targets gives, by hand: 800/698 − 1,
	// (1500/698)^(1/5) − 1, 60/56 − 1, 400/372 − 1.
	for _, want := range []float64{0.146132, 0.165325, 0.0714286, 0.0752688} {
		ok := false
		for _, r := range rows[head+1:] {
			if len(r) < 15 {
				continue
			}
			if x, err := strconv.ParseFloat(r[col["所需年均增长"]], 64); err == nil && math.Abs(x-want) < 5e-7 {
				ok = true
			}
		}
		if !ok {
			t.Errorf("no target needs %.6f a year", want)
		}
	}
}

// TestNumbersAreNumbers checks types and formats: percentages are fractions
// with a percent format, and no number is text.
func TestNumbersAreNumbers(t *testing.T) {
	f := open(t, plain.make(t).data)
	shown, err := f.GetRows("总览")
	if err != nil {
		t.Fatal(err)
	}
	percent, number := 0, 0
	asText := regexp.MustCompile(`^[≥≤<>]?-?[0-9][0-9,]*(\.[0-9]+)?%?$`)
	for r, row := range shown {
		for c, s := range row {
			cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if !asText.MatchString(s) {
				continue
			}
			typ, err := f.GetCellType("总览", cell)
			if err != nil {
				t.Fatal(err)
			}
			if typ == excelize.CellTypeInlineString && c != 2 { // the target as the report words it is text
				t.Errorf("%s: %q is text", cell, s)
			}
			number++
			if strings.HasSuffix(s, "%") && c != 2 {
				percent++
				rawValue, _ := f.GetCellValue("总览", cell, excelize.Options{RawCellValue: true})
				x, err := strconv.ParseFloat(rawValue, 64)
				p, err2 := strconv.ParseFloat(strings.TrimLeft(strings.TrimSuffix(s, "%"), "≥≤<>"), 64)
				if s == "<1%" && x >= 0 && x < 0.005 || s == ">99%" && x > 0.995 && x <= 1 {
					continue // a probability that is only very small or large
				}
				if err != nil || err2 != nil || math.Abs(100*x-p) > 0.51 {
					t.Errorf("%s shows %s and holds %s", cell, s, rawValue)
				}
			}
		}
	}
	if number < 100 || percent < 40 {
		t.Errorf("%d numbers, %d percentages: too few", number, percent)
	}
}

// TestLinks follows every link to a sheet and a cell that hold something.
func TestLinks(t *testing.T) {
	for _, v := range some() {
		x := v.make(t)
		data := x.data
		n := 0
		for name, text := range parts(t, data) {
			if !strings.HasPrefix(name, "xl/worksheets/sheet") {
				continue
			}
			for _, m := range regexp.MustCompile(`location="([^"]*)"`).FindAllStringSubmatch(text, -1) {
				n++
				loc := strings.NewReplacer("&quot;", `"`, "&amp;", "&", "&#39;", "'").Replace(m[1])
				sheet, cell, ok := strings.Cut(strings.TrimPrefix(loc, "'"), "'!")
				if !ok {
					t.Fatalf("%s: link %q", v, loc)
				}
				rows, ok := x.rows[strings.ReplaceAll(sheet, "''", "'")]
				col, row, err := excelize.CellNameToCoordinates(cell)
				if !ok || err != nil || cell != "A1" && (row > len(rows) || col > len(rows[row-1]) || rows[row-1][col-1] == "") {
					t.Errorf("%s: link %q leads nowhere (%v)", v, loc, err)
				}
			}
		}
		if n < 20 {
			t.Errorf("%s: %d links", v, n)
		}
	}
}

// TestSourcesRows checks that links from a target lead to its own quote.
func TestSourcesRows(t *testing.T) {
	b := seed(t)
	f := open(t, plain.make(t).data)
	rows := plain.make(t).rows["数据来源"]
	first := 0
	for i, r := range rows {
		if len(r) > 0 && r[0] == b.Data.Claims[0].ID {
			first = i
		}
	}
	for i := range b.Data.Claims {
		c := &b.Data.Claims[i]
		r := rows[first+i]
		if r[0] != c.ID || c.Source.Quote != "" && r[10] != c.Source.Quote || r[9] == "" {
			t.Errorf("row of %s: %q", c.ID, r)
		}
	}
	ok, target, err := f.GetCellHyperLink("总览", "C4")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	_, cell, _ := strings.Cut(target, "!")
	id, _ := f.GetCellValue("数据来源", cell)
	if c := b.Data.Claim(id); c == nil || !c.Kind.Target() {
		t.Errorf("the first target leads to %s, %q", target, id)
	}
}

// TestRoundTrip reads the sheet of data back: the dataset is equal, documents
// included.
func TestRoundTrip(t *testing.T) {
	b := seed(t)
	for _, v := range []variant{{"zh", briefing.Working, briefing.Publication}, {"en", briefing.Working, briefing.Office}} {
		d, err := tabular.Read(bytes.NewReader(v.make(t).data), "briefing.xlsx")
		if err != nil {
			t.Fatalf("%s: %v", v, err)
		}
		if len(d.Claims) != len(b.Data.Claims) {
			t.Fatalf("%s: %d claims, want %d", v, len(d.Claims), len(b.Data.Claims))
		}
		for i := range d.Claims {
			if !reflect.DeepEqual(d.Claims[i], b.Data.Claims[i]) {
				t.Errorf("%s: claim %s:\n%+v\n%+v", v, d.Claims[i].ID, d.Claims[i], b.Data.Claims[i])
			}
		}
		if !reflect.DeepEqual(d.Documents, b.Data.Documents) {
			t.Errorf("%s: documents %+v, want %+v", v, d.Documents, b.Data.Documents)
		}
	}
}

// TestRoundTripGaps reads back what has empty fields and no documents.
func TestRoundTripGaps(t *testing.T) {
	b := many(t, 3, 4)
	for _, docs := range [][]indicators.Document{nil, {{Doc: "a"}, {Doc: "b", Title: "题"}}} {
		b.Data.Documents = docs
		for p := briefing.Office; p <= briefing.Publication; p++ {
			b.Profile = p
			d, err := tabular.Read(bytes.NewReader(write(t, b)), "b.xlsx")
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(d.Documents, docs) || !reflect.DeepEqual(d.Claims, b.Data.Claims) {
				t.Errorf("%s: %+v, want %+v", p, d.Documents, docs)
			}
		}
	}
}

// TestReadBackFaults changes cells of the sheet of data and wants the faults
// named by sheet and cell, all at once.
func TestReadBackFaults(t *testing.T) {
	f := open(t, write(t, many(t, 3, 3)))
	head := 0
	rows := raw(t, f, "数据")
	for i, r := range rows {
		if len(r) > 3 && r[0] == "id" {
			head = i + 1
		}
	}
	set := func(col string, off int, v any) string {
		cell := fmt.Sprintf("%s%d", col, head+off)
		if err := f.SetCellValue("数据", cell, v); err != nil {
			t.Fatal(err)
		}
		return cell
	}
	wants := []string{set("C", 2, "许多"), set("D", 3, "兆元"), set("F", 4, "levle"), set("G", 5, "某年")}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	_, err := tabular.Read(&buf, "改.xlsx")
	if err == nil {
		t.Fatal("no error")
	}
	for _, cell := range wants {
		if !strings.Contains(err.Error(), "cell "+cell) || !strings.Contains(err.Error(), "改.xlsx, sheet 数据, row") {
			t.Errorf("the error does not name %s:\n%v", cell, err)
		}
	}
}

// TestLeaders checks what the leaders' edition must not say, and that it says
// it when asked to.
func TestLeaders(t *testing.T) {
	b := seed(t)
	b.Edition = briefing.Leaders
	text := func(b briefing.Briefing) string {
		f := open(t, write(t, b))
		var s strings.Builder
		for _, sheet := range f.GetSheetList() {
			s.WriteString(sheet + "\n")
			for _, row := range raw(t, f, sheet) {
				s.WriteString(strings.Join(row, "\t") + "\n")
			}
		}
		return s.String()
	}
	said := text(b)
	for _, word := range []string{"可能性", "很有把握", "难度很大", "矛盾", "先验"} {
		if strings.Contains(said, word) {
			t.Errorf("the leaders' edition says %s", word)
		}
	}
	if !strings.Contains(said, "口径待核") {
		t.Error("the leaders' edition does not mark the doubtful import and export total")
	}
	b.Probability = true
	if !strings.Contains(text(b), "可能性") {
		t.Error("the probabilities that were asked for are missing")
	}
	// One page.
	ps := parts(t, write(t, b))
	if s := ps["xl/worksheets/sheet1.xml"]; !strings.Contains(s, `fitToPage`) || !strings.Contains(s, `fitToHeight="1"`) && strings.Contains(s, "fitToHeight") {
		t.Error("the overview is not fitted to one page")
	}
}

// TestScenario recalculates every formula of the workbook with another
// calculator and wants the stored values.
func TestScenario(t *testing.T) {
	for _, v := range []variant{plain, {"en", briefing.Working, briefing.Office}} {
		m := v.make(t)
		f := open(t, m.data)
		n := 0
		for _, sheet := range m.sheets {
			if sheet != "情景" && sheet != "Scenario" && !strings.HasPrefix(sheet, "01 ") {
				continue
			}
			for r, row := range m.rows[sheet] {
				for c := range row {
					cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
					formula, err := f.GetCellFormula(sheet, cell)
					if err != nil || formula == "" {
						continue
					}
					n++
					got, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
					if err != nil {
						t.Fatalf("%s!%s =%s: %v", sheet, cell, formula, err)
					}
					x, err1 := strconv.ParseFloat(got, 64)
					y, err2 := strconv.ParseFloat(row[c], 64)
					if err1 != nil || err2 != nil {
						if got != row[c] {
							t.Errorf("%s!%s =%s gives %q, stored is %q", sheet, cell, formula, got, row[c])
						}
					} else if math.Abs(x-y) > 1e-9*max(1, math.Abs(y)) {
						t.Errorf("%s!%s =%s gives %g, stored is %g", sheet, cell, formula, x, y)
					}
				}
			}
		}
		if n < 200 {
			t.Errorf("%s: %d formulas", v, n)
		}
	}
}

// TestHostileText writes names and quotes that spreadsheet programs could
// take for something else.
func TestHostileText(t *testing.T) {
	texts := []string{"=1+1", "+SUM(A1)", "-2+3", "@cmd", "=HYPERLINK(\"http://x\")", "a\"b<c>&d", "_x0041_", "行1\n行2", strings.Repeat("长", 500), "[a]:*?/\\'", "\u0007响铃", "History"}
	d := &indicators.Dataset{}
	for i, s := range texts {
		v, _ := indicators.ParseValue("10")
		u := indicators.MustUnit("亿元")
		d.Claims = append(d.Claims,
			indicators.Claim{ID: fmt.Sprintf("c%d", i), Indicator: s, Value: v, HasValue: true, Unit: u, Kind: indicators.KindLevel, Spans: []indicators.Span{indicators.At(indicators.Year(2021))}, Area: s, Status: indicators.Actual, Better: indicators.Up, Source: indicators.Source{Quote: s, Section: s}, Note: s},
			indicators.Claim{ID: fmt.Sprintf("t%d", i), Indicator: s, Value: v, HasValue: true, Unit: u, Kind: indicators.KindTargetLevel, Spans: []indicators.Span{indicators.By(indicators.Year(2025))}, Area: s, Better: indicators.Up, Source: indicators.Source{Quote: s, Section: s}, Note: s})
	}
	b := briefing.Briefing{Edition: briefing.Working, Data: d, Report: assess(d)}
	for _, v := range []variant{plain, {"en", briefing.Working, briefing.Publication}, {"zh", briefing.Leaders, briefing.Office}} {
		data := write(t, v.of(b))
		f := open(t, data)
		if v.edition == briefing.Working {
			sheet := map[string]string{"zh": "数据来源", "en": "Sources"}[v.lang]
			all := ""
			for r, row := range raw(t, f, sheet) {
				all += strings.Join(row, "\t") + "\n"
				for c := range row {
					cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
					if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
						t.Errorf("%s: %s!%s became the formula %s", v, sheet, cell, formula)
					}
				}
			}
			for _, s := range texts[:7] {
				if !strings.Contains(all, s) {
					t.Errorf("%s: %q is not on the sheet of sources", v, s)
				}
			}
		}
		for _, name := range f.GetSheetList() {
			if len([]rune(name)) > 31 || strings.ContainsAny(name, `[]:*?/\`) {
				t.Errorf("%s: sheet %q", v, name)
			}
		}
	}
}

// TestEmpty writes a briefing of nothing.
func TestEmpty(t *testing.T) {
	for _, v := range variants() {
		b := v.of(briefing.Briefing{Data: &indicators.Dataset{}})
		open(t, write(t, b))
	}
}

// TestPictureBudget leaves out the pictures that would make the file too
// large, and says where they are.
func TestPictureBudget(t *testing.T) {
	b := seed(t)
	b.PictureBytes = 1
	ps := parts(t, write(t, b))
	for name := range ps {
		if strings.HasPrefix(name, "xl/media/") {
			t.Errorf("%s is there", name)
		}
	}
	found := false
	for name, s := range ps {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.Contains(s, "图见charts/") {
			found = true
		}
	}
	if !found {
		t.Error("the sheets do not say where the pictures are")
	}
}

// TestFailure writes nothing if the writer fails.
func TestFailure(t *testing.T) {
	b := seed(t)
	if err := b.Write(failing{}); err == nil {
		t.Error("no error")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, fmt.Errorf("disk full") }
