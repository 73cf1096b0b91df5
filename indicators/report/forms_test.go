package report

import (
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

// forms holds forms of wording that are common in reports, in invented texts of
// invented places; head is what stands above.
var forms = []struct {
	name, head, text string
	want             string // as in sentences
}{
	{"title line without place is no plan", "区政府工作报告（2021年）\n", "过去五年，是“十三五”规划收官的五年。五年来，人均GDP突破1万美元。", "人均地区生产总值 1万美元 level 2020 over"},
	{"title line with the year is no plan", "2021年清源区政府工作报告\n", "2020年，全区生产总值达到652亿元。", "地区生产总值 652亿元 level 2020"},
	{"a sentence opens the plan", review, "财政总收入20亿元。今年主要目标:地区生产总值增长8%以上。", "财政总收入 20亿元 level 2021; 地区生产总值 8% target_growth by 2022 at_least"},
	{"a plan period opens the plan", review, "“十五五”时期的主要目标是：地区生产总值达到900亿元。", "地区生产总值 900亿元 target_level by 2030"},
	{"goals that were met open no plan", review, "今年目标任务全面完成，地区生产总值达到900亿元。", "地区生产总值 900亿元 level 2021"},
	{"marks of notes", review, "地区生产总值[2]312.5亿元，常住人口【13】20万人，粮食产量［3］5万吨。", "地区生产总值 312.5亿元 level 2021; 常住人口 20万人 level 2021; 粮食产量 5万吨 level 2021"},
}

func TestForms(t *testing.T) {
	for _, c := range forms {
		text := c.head + "\n　　" + c.text + "\n"
		res, err := Read(Doc{Text: text}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range res.Figures {
			f := &res.Figures[i]
			got = append(got, facts(f))
			if f.Status == indicators.Actual && !f.Kind.Target() && f.Spans[0].To.Year() > res.Year {
				t.Errorf("%s: %s is Actual after %d", c.name, facts(f), res.Year)
			}
			if raw := text[f.NumStart:f.NumEnd]; !strings.ContainsAny(raw, "0123456789") && !strings.Contains(f.Note, "word=") {
				t.Errorf("%s: the number stands at %q", c.name, raw)
			}
		}
		for _, r := range res.Refused {
			got = append(got, "拒: "+r.Text)
		}
		if !same(got, c.want) {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.text, strings.Join(got, "; "), c.want)
		}
	}
}

func TestAreaOfTitle(t *testing.T) {
	for _, c := range []struct{ title, area string }{
		{"清源市2023年国民经济和社会发展统计公报", "清源市"},
		{"2023年云溪市白水区国民经济和社会发展统计公报", "白水区"},
		{"关于清源市2023年国民经济和社会发展计划执行情况的报告", "清源市"},
	} {
		res, err := Read(Doc{Text: c.title + "\n\n　　年末全市常住人口398.24万人，比上年末减少1.36万人。\n"}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if res.Area != c.area {
			t.Errorf("%s: area %q, want %q", c.title, res.Area, c.area)
		}
		if len(res.Figures) != 2 || res.Figures[0].Area != res.Figures[1].Area {
			t.Errorf("%s: a change is not of its subject's area: %+v", c.title, res.Figures)
		}
	}
}
