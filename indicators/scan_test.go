package indicators

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// describe prints what Scan reads, one number a word: value, unit, qualifier
// and its word, and the class if it is no figure.
func describe(ns []Number) string {
	var out []string
	for _, n := range ns {
		s := n.Value.String()
		if n.Range {
			s += "~" + n.High.String()
		}
		s += n.Unit.Symbol
		if n.Value.Qual != Exact {
			s += "/" + n.Value.Qual.String() + "=" + n.Value.Word
		}
		if n.Class == RatioPart {
			s += fmt.Sprintf("@%d/%d", n.Part, n.Parts)
		} else if n.Class != Figure {
			s += "!" + n.Class.String()
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestScan(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Plain numbers, spaces and line breaks between the parts.
		{"地区生产总值 698亿元", "698亿元"},
		{"实际利用省外境内资金近 500 亿\n\n元", "500亿元/nearly=近"},
		{"全区生产总值达到 287.9亿元,同比增长8.9%", "287.9亿元 8.9%"},
		{"吸收外资33.7亿美元", "33.7亿美元"},
		{"全市生產總值4343.1億元", "4343.1亿元"},
		{"1,000.21万元和1,100万", "1000.21万元 1100万"},
		{"增长８％左右，新增９００万人以上，４.６％以内", "8%/about=左右 900万人/at_least=以上 4.6%/at_most=以内"},
		{"固定资产投资同比增长25％", "25%"},
		{"自然增长率-0.61‰", "-0.61‰"},
		{"16.4亿元", "16.4亿元"}, // a converter that goes through binary floats gives 1639999999
		{"100000万美元", "100000万美元"},
		// 余 and 多 inside and around, mixed forms.
		{"120余万平方米", "120万平方米/over=余"},
		{"10万余株", "10万株/over=余"},
		{"3万多居民", "3万/over=多"},
		{"2700多万元", "2700万元/over=多"},
		{"5万多亿元", "5万亿元/over=多"},
		{"1万6千多户", "16000户/over=多"},
		{"2万4千多人", "24000人/over=多"},
		{"2亿4千多万元", "240000000元/over=多"},
		{"25万6千人，3万4000元", "256000人 34000元"},
		{"二百余万元和一千多万元", "200万元/over=余 1000万元/over=多"},
		{"一万五千亿元，二十万亿元", "1500000000000元 20000000000000元"},
		{"千余件", "1000件/over=余"},
		{"完成培训3.8万余人", "3.8万人/over=余"},
		// Qualifiers.
		{"约2.46万户", "2.46万户/about=约"},
		{"突破6万人，超过5%，逾3亿元，超120亿元", "6万人/over=突破 5%/over=超过 3亿元/over=逾 120亿元/over=超"},
		{"不低于10亿元，不超过3%，至少5家", "10亿元/at_least=不低于 3%/at_most=不超过 5家/at_least=至少"},
		{"最近3项，附近5家", "3项 5家"},
		// Words that are values.
		{"占全市的2/3，减少三分之一", "2/3 1/3"},
		{"减少一半以上", "1/2/at_least=以上"},
		{"增长2倍，是2010年的2.6倍，增加两倍", "2倍 2010年!calendar 2.6倍 2倍"},
		{"翻一番，翻两番，翻了一番，翻番", "1番 2番 1番 1番"},
		{"三成以上，一成立", "3成/at_least=以上"},
		{"百分之一点五七，千分之三，百分之八", "1.57% 3‰ 8%"},
		{"与上年持平", "0%"},
		{"两所，十项，十二家，一百二十户", "2所 10项 12家 120户"},
		{"两三个，七八万亿，数十家，一批", ""},
		// Ratios and ranges.
		{"3.6 : 48 : 48.4", "3.6@1/3 48@2/3 48.4@3/3"},
		{"由上年的9.4:66.8:23.8调整为8.3:71.1:20.6", "9.4@1/3 66.8@2/3 23.8@3/3 8.3@1/3 71.1@2/3 20.6@3/3"},
		{"增长6.5%—7%", "6.5~7%"},
		{"9—10%，5-8个，9000万—1.2亿元", "9~10% 5~8个 9000~12000万元"},
		// Ranks.
		{"位居六区两县第1位", "1位"},
		{"位居全市第一，排名前5位次，前十名", "1位 5位次/at_most=前 10名/at_most=前"},
		// No figures.
		{"2010年，2016-2020年，12月31日，1—2月，二〇二一年", "2010年!calendar 2016~2020年!calendar 12!calendar 31!calendar 1!calendar 2!calendar 2021!calendar"},
		{"由2010年的1264元增加到2011元", "2010年!calendar 1264元 2011元"},
		{"五年来，连续3年，3个月", "5年!duration 3年!duration 3个月!duration"},
		{"十四届四次会议，第十二届，36号", "14届!ordinal 4次!ordinal 12!ordinal 36号!ordinal"},
		{"2×35万千瓦，4S店，PM2.5，“8337”，5#机组，“3+1+1”", "2!name 35万千瓦!name 4!name 2.5!name 8337!name 5!name 3!name 1!name 1!name"},
		{"80岁以上老人，20年以上小区，15分钟“就医圈”", "80岁/at_least=以上!threshold 20年/at_least=以上!threshold 15分钟!threshold"},
		{"626小河，120急救中心", "626!bare 120!bare"},
		{"第一产业，第三产业", "1!ordinal 3!ordinal"},
		{"PM2.5平均浓度47微克/立方米", "2.5!name 47微克/立方米"},
		{"人均GDP10万元", "10万元"},
		{"5个批次，16.4万头（只），0.86吨标准煤/万元", "5批次 16.4万头（只） 0.86吨标准煤/万元"},
	} {
		got := describe(Scan(c.text))
		if got != c.want {
			t.Errorf("Scan(%q)\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestScanOffsets(t *testing.T) {
	text := "投资近 500 亿\n元左右，增长８％"
	ns := Scan(text)
	if len(ns) != 2 {
		t.Fatalf("%d numbers, want 2", len(ns))
	}
	for i, want := range []struct{ number, whole string }{{"500 亿\n元", "近 500 亿\n元左右"}, {"８％", "８％"}} {
		if got := text[ns[i].Start:ns[i].End]; got != want.number {
			t.Errorf("number %d is %q, want %q", i, got, want.number)
		}
		if got := text[ns[i].From:ns[i].To]; got != want.whole {
			t.Errorf("number %d with its words is %q, want %q", i, got, want.whole)
		}
	}
}

func TestNumberBase(t *testing.T) {
	for text, want := range map[string]string{"2.6万标箱": "26000", "16.4亿元": "1640000000", "12.8%": "64/5", "三分之二": "2/3"} {
		if got := Scan(text)[0].Base().RatString(); got != want {
			t.Errorf("Base(%s) = %s, want %s", text, got, want)
		}
	}
}

// checkScan holds the promises of Scan's documentation.
func checkScan(t *testing.T, text string) {
	t.Helper()
	last := 0
	for _, n := range Scan(text) {
		if n.From < 0 || n.From > n.Start || n.Start >= n.End || n.End > n.To || n.To > len(text) {
			t.Fatalf("offsets %d ≤ %d < %d ≤ %d of %d in %q", n.From, n.Start, n.End, n.To, len(text), text)
		}
		if n.Start < last {
			t.Fatalf("number at %d overlaps the one before in %q", n.Start, text)
		}
		last = n.End
		if n.Class == Figure && n.Unit.IsZero() && n.Value.Den == 0 {
			t.Fatalf("a figure %s without a unit in %q", n.Value, text)
		}
		n.Base()
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"120余万平方米", "2亿4千多万元", "3.6 : 48 : 48.4", "6.5%—7%", "百分之一点五七", "\xff３\xf0万", "99999999999999999999亿", "1,000,00", "前5位次", "-0.61‰", "万亿千万百亿余", "二〇二一年"} {
		f.Add(s)
	}
	f.Fuzz(checkScan)
}

// sharedFile finds a file of the folder shared that may lie beside the
// repository, and skips the test if it is not there.
func sharedFile(t testing.TB, name string) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no module root above the test")
		}
		dir = filepath.Dir(dir)
	}
	p := filepath.Join(filepath.Dir(dir), "shared", name)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("shared/%s is not beside the repository", name)
	}
	return p
}

func TestScanReports(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(filepath.Dir(sharedFile(t, "reports/hailar_2016.txt")), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no reports", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		checkScan(t, string(b))
	}
}

func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("2021年，实现地区生产总值 698亿元，占全市总量的 12.8%；完成老旧小区改造 66个、120余万平方米，惠及群众 16775户，三项重点工作稳步推进。", 250)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Scan(text)
	}
}
