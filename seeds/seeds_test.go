package seeds_test

import (
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

func Example() {
	d := seeds.Jianxi()
	c := d.Claim("gdp-2021")
	fmt.Println(c.Indicator, c.Printed(), c.Period(), c.Interval(indicators.Wording{}))
	fmt.Println(c.Source.Quote)
	// Output:
	// 地区生产总值 698亿元 2021 [697.5, 698.5)
	// 实现地区生产总值698亿元
}

func TestDocumentDigest(t *testing.T) {
	d := seeds.Jianxi()
	got := fmt.Sprintf("%x", sha256.Sum256([]byte(seeds.JianxiReport())))
	if len(d.Documents) != 1 || d.Documents[0].SHA256 != got {
		t.Errorf("documents.csv gives %+v, the text has sha256 %s", d.Documents, got)
	}
}

// Every quote stands in the report, at the place it names, and nowhere else.
func TestQuotes(t *testing.T) {
	d := seeds.Jianxi()
	text := indicators.NewText(seeds.JianxiReport())
	if err := d.CheckQuotes(seeds.JianxiDoc, text, "jianxi-2022.csv", func(i int) int { return i + 2 }); err != nil {
		t.Error(err)
	}
	for _, c := range d.Claims {
		s := c.Source
		if s.Doc != seeds.JianxiDoc || s.Quote == "" || s.End == 0 {
			t.Errorf("%s: no quote with its place", c.ID)
			continue
		}
		if s.Quote != indicators.Strip(s.Quote) {
			t.Errorf("%s: white space in the quote", c.ID)
		}
		if _, _, n := text.Find(s.Quote); n != 1 {
			t.Errorf("%s: the quote %q stands at %d places", c.ID, s.Quote, n)
		}
	}
}

// Every run of digits in the body is the value of a row that quotes it, or an
// exception with a reason.
func TestEveryDigit(t *testing.T) {
	d := seeds.Jianxi()
	body := seeds.JianxiReport()
	body = body[:strings.Index(body, "《政府工作报告》名词解释")]
	exc := map[[2]int]string{}
	rows, err := csv.NewReader(strings.NewReader(seeds.Exceptions())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		a, err1 := strconv.Atoi(r[0])
		b, err2 := strconv.Atoi(r[1])
		if err1 != nil || err2 != nil || a < 0 || b > len(body) || body[a:b] != r[2] || r[3] == "" {
			t.Errorf("exceptions.csv: bad row %v", r)
			continue
		}
		exc[[2]int{a, b}] = r[3]
	}
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	used := 0
	for i := 0; i < len(body); {
		if !digit(body[i]) {
			i++
			continue
		}
		j := i
		for j < len(body) && (digit(body[j]) || body[j] == '.' && j+1 < len(body) && digit(body[j+1])) {
			j++
		}
		run := body[i:j]
		found := false
		for _, c := range d.Claims {
			if c.Source.Start <= i && j <= c.Source.End && holds(c, run) {
				found = true
				break
			}
		}
		if _, ok := exc[[2]int{i, j}]; ok {
			used++
			found = true
		}
		if !found {
			t.Errorf("bytes %d–%d: %q is neither the value of a row nor an exception: …%s…", i, j, run, strings.Join(strings.Fields(body[max(0, i-40):min(len(body), j+40)]), ""))
		}
		i = j
	}
	if used != len(exc) {
		t.Errorf("%d of %d exceptions are digit runs of the body", used, len(exc))
	}
}

// holds reports whether the printed number of c is made of run.
func holds(c indicators.Claim, run string) bool {
	if !c.HasValue {
		return strings.Contains(c.Source.Quote, run)
	}
	v := strings.TrimPrefix(c.Value.String(), "-")
	if v == run {
		return true
	}
	for part := range strings.SplitSeq(v, "/") {
		if part == run && c.Value.Den > 1 {
			return true
		}
	}
	return false
}

// The rows survive writing and reading unchanged.
func TestRoundTrip(t *testing.T) {
	d := seeds.Jianxi()
	var b strings.Builder
	if err := indicators.WriteFigures(&b, d.Claims); err != nil {
		t.Fatal(err)
	}
	if b.String() != seeds.JianxiFigures() {
		t.Error("figures.csv written differs from the file read")
	}
}
