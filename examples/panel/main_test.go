package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

// reportOf is a short report on year of an invented district.
func reportOf(year int, body string) string {
	return fmt.Sprintf("政府工作报告\n——%d年2月3日在某某市东山区第十六届人民代表大会第一次会议上\n一、%d年工作回顾\n　　%s\n二、%d年主要工作\n　　主要预期目标是：地区生产总值达到%d亿元，增长8%%。\n", year+1, year, body, year+1, 130+10*(year-2011))
}

func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"r2011.txt": reportOf(2011, "地区生产总值完成100亿元，增长9%；规模以上工业总产值完成235.4亿元；农民人均纯收入20000元。建成老旧小区文化活动中心十分齐全的示范项目12个。"),
		"r2012.txt": reportOf(2012, "地区生产总值完成108.1亿元，增长9.5%；规模以上工业总产值完成137.8亿元；农民人均纯收入21618元。建成老旧小区文化活动中心十分齐全的示范项目12个。"),
		"r2013.txt": reportOf(2013, "地区生产总值完成117亿元，增长8.2%；规模以上工业总产值完成120亿元，增长16.2%；农村常住居民人均可支配收入22250元，增长8.6%。"),
		"other.txt": "政府工作报告\n——2013年2月3日在某某市西山区第十六届人民代表大会第一次会议上\n一、2012年工作回顾\n　　地区生产总值完成999亿元。\n",
		"notes.md":  "地区生产总值完成1亿元。",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func table(t *testing.T, path string) (rows []map[string]string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	recs, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range recs[1:] {
		m := map[string]string{}
		for i, h := range recs[0] {
			m[h] = r[i]
		}
		rows = append(rows, m)
	}
	return rows
}

func TestPanel(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	var std, msg bytes.Buffer
	if err := run([]string{"-out", out, folder(t)}, &std, &msg); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(msg.String(), "other: left out, it is about 西山区") {
		t.Errorf("messages %q", msg.String())
	}
	var gdp []string
	broken := map[string]bool{}
	for _, r := range table(t, filepath.Join(out, "panel.csv")) {
		if r["area"] != "东山区" {
			t.Errorf("a row of %s", r["area"])
		}
		if r["indicator"] == "地区生产总值" && r["measure"] == "level" && r["chosen"] == "1" {
			gdp = append(gdp, r["period"]+"="+r["value"])
		}
		if r["break"] == "1" {
			broken[r["indicator"]+r["period"]] = true
		}
	}
	if got := strings.Join(gdp, " "); got != "2011=100 2012=108.1 2013=117" {
		t.Errorf("GDP %s", got)
	}
	// The breaks are of the kinds found in real reports: a jump without a stated
	// growth, a stated growth that contradicts the levels, another concept.
	for _, want := range []string{"规模以上工业总产值2012", "规模以上工业总产值2013", "农村居民人均可支配收入2013"} {
		if !broken[want] {
			t.Errorf("no break at %s; breaks: %v", want, broken)
		}
	}
	if broken["地区生产总值2012"] || broken["地区生产总值2013"] {
		t.Error("real growth against nominal levels was taken for a break")
	}
	classes := map[string]int{}
	for _, r := range table(t, filepath.Join(out, "findings.csv")) {
		classes[r["class"]]++
		if r["message"] == "" || r["message_en"] == "" {
			t.Errorf("finding %s without words", r["id"])
		}
	}
	if classes["break"] != 3 || classes["repeated_text"] == 0 {
		t.Errorf("findings %v; want 3 breaks and a repeated sentence", classes)
	}
	charts, err := filepath.Glob(filepath.Join(out, "charts", "*.png"))
	if err != nil || len(charts) != 1 {
		t.Errorf("charts %v, %v; want that of GDP", charts, err)
	}
	// The figures of the folder can be read back.
	b, err := os.ReadFile(filepath.Join(out, "figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := indicators.ReadFigures(bytes.NewReader(b), "figures.csv"); err != nil {
		t.Error(err)
	}
}

func TestSameBytes(t *testing.T) {
	dir := folder(t)
	read := func() map[string]string {
		out := filepath.Join(t.TempDir(), "out")
		var std, msg bytes.Buffer
		if err := run([]string{"-out", out, "-area", "东山区", dir}, &std, &msg); err != nil {
			t.Fatal(err)
		}
		m := map[string]string{}
		for _, n := range []string{"panel.csv", "findings.csv", "figures.csv", "documents.csv"} {
			b, err := os.ReadFile(filepath.Join(out, n))
			if err != nil {
				t.Fatal(err)
			}
			m[n] = string(b)
		}
		return m
	}
	a, b := read(), read()
	for n := range a {
		if a[n] != b[n] {
			t.Errorf("%s differs from run to run", n)
		}
	}
}

func TestErrors(t *testing.T) {
	dir := folder(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{dir}, "-out"},
		{[]string{"-out", filepath.Join(dir, "o"), "-area", "北山区", dir}, "北山区"},
		{[]string{"-out", filepath.Join(dir, "o"), t.TempDir()}, "no report"},
		{[]string{"-out", filepath.Join(dir, "o"), "-lang", "fr", dir}, "fr"},
	} {
		var std, msg bytes.Buffer
		if err := run(c.args, &std, &msg); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want one about %s", c.args, err, c.want)
		}
		if _, err := os.Stat(filepath.Join(dir, "o")); err == nil {
			t.Error("a folder was written in spite of the error")
		}
	}
}
