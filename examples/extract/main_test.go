package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"example.com/zhibiao/indicators"
)

const text = `政府工作报告
——2022年4月23日在某某市东山区第十六届人民代表大会第一次会议上
一、2021年工作回顾
　　全区地区生产总值完成312.5亿元，占全市的12.8%。
二、2022年主要工作
　　主要预期目标是：地区生产总值增长8%左右。
`

func file(t *testing.T, name, content string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

func figures(t *testing.T, data []byte) map[string]indicators.Claim {
	t.Helper()
	cs, err := indicators.ReadFigures(bytes.NewReader(data), "figures.csv")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]indicators.Claim{}
	for _, c := range cs {
		m[c.Indicator+" "+string(c.Kind)] = c
	}
	return m
}

func TestStandardOutput(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	var want []byte
	for _, in := range []string{text, gb} {
		var out, msg bytes.Buffer
		if err := run([]string{"-doc", "d"}, strings.NewReader(in), &out, &msg); err != nil {
			t.Fatal(err)
		}
		if m := figures(t, out.Bytes()); len(m) != 3 || m["地区生产总值 level"].Value.String() != "312.5" || m["地区生产总值 share"].Of != "地区生产总值@某某市" {
			t.Errorf("figures %v", m)
		}
		if want == nil {
			want = out.Bytes()
		} else if !bytes.Equal(want, out.Bytes()) {
			t.Error("the GB18030 text gives other figures than the UTF-8 text")
		}
		if !strings.Contains(msg.String(), "3 figures about 2021, 东山区") {
			t.Errorf("summary %q", msg.String())
		}
	}
}

// TestReviewLoop corrects a cell, drops a row and runs again twice.
func TestReviewLoop(t *testing.T) {
	report := file(t, "d.txt", text)
	dir := filepath.Dir(report)
	out, review := filepath.Join(dir, "figures.csv"), filepath.Join(dir, "review.xlsx")
	docs, copied := filepath.Join(dir, "documents.csv"), filepath.Join(dir, "text.txt")
	args := []string{"-out", out, "-review", review, "-documents", docs, "-text", copied, report}
	again := func() []byte {
		t.Helper()
		var msg bytes.Buffer
		if err := run(args, strings.NewReader(""), &msg, &msg); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if m := figures(t, again()); len(m) != 3 {
		t.Fatalf("figures %v", m)
	}
	if b, err := os.ReadFile(copied); err != nil || string(b) != text {
		t.Errorf("the text written is not the text read: %v", err)
	}
	if b, err := os.ReadFile(docs); err != nil || !strings.Contains(string(b), "政府工作报告") {
		t.Errorf("documents.csv: %s, %v", b, err)
	}
	f, err := excelize.OpenFile(review)
	if err != nil {
		t.Fatal(err)
	}
	for ref, v := range map[string]string{"F2": "313", "B3": "删"} {
		if err := f.SetCellValue("核对", ref, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	first := again()
	m := figures(t, first)
	if len(m) != 2 || m["地区生产总值 level"].Value.String() != "313" {
		t.Errorf("after the review: %v", m)
	}
	if second := again(); !bytes.Equal(first, second) {
		t.Error("a second run changes the corrected figures")
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		args []string
		in   string
		want string
	}{
		{[]string{"a", "b"}, "", "one report"},
		{[]string{"-doc", "d"}, "地区生产总值增长8%。", "-year"},
		{[]string{"no-such-file.txt"}, "", "no-such-file.txt"},
		{nil, "\x00\x01", "not a text"},
		{[]string{"-vocabulary", "no-such.tsv"}, text, "no-such.tsv"},
	} {
		var out, msg bytes.Buffer
		err := run(c.args, strings.NewReader(c.in), &out, &msg)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want one about %s", c.args, err, c.want)
		}
		if out.Len() > 0 {
			t.Errorf("%v: something was written before the error", c.args)
		}
	}
	// A report without figures is an answer, not an error.
	var out, msg bytes.Buffer
	if err := run(nil, strings.NewReader("没有数字的报告。"), &out, &msg); err != nil || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("a report without figures: %v, %q", err, out.String())
	}
}

func TestVocabularyFile(t *testing.T) {
	v := file(t, "v.tsv", "name\tunit\tnature\tdirection\tenglish\tsynonyms\n东山指数\t点\tindex\tup\tDongshan index\t区域生产总值\n")
	var out, msg bytes.Buffer
	in := strings.ReplaceAll(text, "全区地区生产总值完成312.5亿元", "区域生产总值完成312.5亿元")
	if err := run([]string{"-vocabulary", v}, strings.NewReader(in), &out, &msg); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Dongshan index") {
		t.Error("the term of the file was not used")
	}
}
