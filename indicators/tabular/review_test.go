package tabular

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/indicators"
)

func reviewRow(id, name, value, unit, quote, number string) ReviewRow {
	v, err := indicators.ParseValue(value)
	if err != nil {
		panic(err)
	}
	return ReviewRow{
		Claim: indicators.Claim{
			ID: id, Indicator: name, Value: v, HasValue: true, Unit: indicators.MustUnit(unit), Kind: indicators.KindLevel,
			Spans: []indicators.Span{indicators.At(indicators.Year(2021))}, Status: indicators.Actual,
			Source: indicators.Source{Quote: quote},
		},
		Number: number, Confidence: 0.9, Rule: "subject before the number",
	}
}

func reviewRows() []ReviewRow {
	return []ReviewRow{
		reviewRow("a-1", "地区生产总值", "698", "亿元", "地区生产总值698亿元", "698亿元"),
		reviewRow("a-2", "进出口总额", "133", "亿元", "进出口贸易额完成133亿元", "133亿元"),
		reviewRow("a-3", "道路", "23", "条", "道路123条和小巷23条", "23条"),
		reviewRow("a-4", "口号", "9.0", "个", "九个方面", ""),
	}
}

// edit writes rows as a workbook and changes cells of the review sheet, given
// as reference and value.
func edit(t *testing.T, rows []ReviewRow, cells ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := WriteReview(&buf, rows, []Unread{{Text: "3%", Why: "分别", Quote: "分别增长3%"}}); err != nil {
		t.Fatal(err)
	}
	if len(cells) == 0 {
		return buf.Bytes()
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := 0; i+1 < len(cells); i += 2 {
		if err := f.SetCellValue(reviewSheet, cells[i], cells[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReviewUntouched(t *testing.T) {
	cs, err := ReadReview(bytes.NewReader(edit(t, reviewRows())), "r.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if len(cs) != 0 {
		t.Errorf("an untouched sheet gives %d corrections: %+v", len(cs), cs)
	}
	a, b := edit(t, reviewRows()), edit(t, reviewRows())
	if !bytes.Equal(a, b) {
		t.Error("the same rows give different bytes")
	}
}

func TestReviewLoop(t *testing.T) {
	// Column F is the value, E the indicator, B the mark, C the remark, I the
	// kind, J the period.
	book := edit(t, reviewRows(), "F2", "700", "B3", "删", "C4", "看过", "B4", "对",
		"B6", "增", "E6", "新指标", "F6", "12.50", "G6", "亿元", "I6", "level", "J6", "2021")
	cs, err := ReadReview(bytes.NewReader(book), "r.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	// The reader reads again, and now reads another unit of a-1 and no a-4.
	again := reviewRows()[:3]
	again[0].Unit = indicators.MustUnit("万亿元")
	rows, err := Merge(again, cs, "r.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 {
		t.Fatalf("%d rows, want the three read and the one added", len(rows))
	}
	if got := rows[0]; got.Value.String() != "700" || got.Unit.Symbol != "万亿元" || got.Mark != Corrected {
		t.Errorf("a-1 is %s%s %s; the changed cell must win and the others be as newly read", got.Value, got.Unit, got.Mark)
	}
	if cols, was := rows[0].Changed(); len(cols) != 1 || cols[0] != "value" || was[0] != "698" {
		t.Errorf("changed %v from %v", cols, was)
	}
	if rows[1].Mark != Dropped || rows[2].Mark != Confirmed || rows[2].Remark != "看过" {
		t.Errorf("marks %q, %q, remark %q", rows[1].Mark, rows[2].Mark, rows[2].Remark)
	}
	if got := rows[3]; got.ID != "added-1" || got.Value.String() != "12.50" || got.Mark != Added {
		t.Errorf("added row %s %s %s", got.ID, got.Value, got.Mark)
	}
	claims := Claims(rows)
	if len(claims) != 3 {
		t.Errorf("%d claims, want 3: one was dropped", len(claims))
	}
	// A second round trip changes nothing.
	cs2, err := ReadReview(bytes.NewReader(edit(t, rows)), "r.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	rows2, err := Merge(again, cs2, "r.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := edit(t, rows), edit(t, rows2); !bytes.Equal(a, b) {
		t.Error("a second run loses or changes something")
	}
}

// TestReviewKeepsWhatIsGone: a corrected figure that the reader no longer
// finds is kept with all its cells.
func TestReviewKeepsWhatIsGone(t *testing.T) {
	cs, err := ReadReview(bytes.NewReader(edit(t, reviewRows(), "E5", "工作方面")), "r.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := Merge(reviewRows()[:3], cs, "r.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 || rows[3].ID != "a-4" || rows[3].Indicator != "工作方面" || rows[3].Value.String() != "9.0" {
		t.Fatalf("rows %+v", rows)
	}
}

func TestReviewErrors(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []string
		want  string
	}{
		{"a mark that is none", []string{"B2", "好"}, "校核"},
		{"no number", []string{"F2", "七百"}, "row 2"},
		{"no such kind", []string{"I3", "levle"}, "row 3"},
		{"two rows with one id", []string{"A3", "a-1"}, "same number"},
	} {
		cs, err := ReadReview(bytes.NewReader(edit(t, reviewRows(), c.cells...)), "r.xlsx")
		if err == nil {
			_, err = Merge(reviewRows(), cs, "r.xlsx")
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "r.xlsx") {
			t.Errorf("%s: error %v, want one that names r.xlsx and %q", c.name, err, c.want)
		}
	}
	var re *indicators.RowError
	if _, err := ReadReview(strings.NewReader("a,b\n1,2\n"), "x.csv"); !errors.As(err, &re) {
		t.Errorf("a CSV file: %v", err)
	}
}

func TestHighlighted(t *testing.T) {
	runs := highlighted("道路123条和小巷23条", "23条")
	if len(runs) != 2 || runs[0].Text != "道路123条和小巷" || runs[1].Text != "23条" {
		t.Errorf("runs %+v", runs)
	}
	if runs := highlighted("九个方面", "12"); len(runs) != 1 {
		t.Errorf("a number that is not in the quote: %+v", runs)
	}
}
