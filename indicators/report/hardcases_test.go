package report

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/zhibiao/indicators"
)

// shared finds a file of the folder shared that may lie beside the repository
// and skips the test if it is not there.
func shared(t testing.TB, name string) string {
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

// facts prints a figure as the hard cases state it.
func facts(f *Figure) string {
	s := fmt.Sprintf("%s %s%s %s %s", f.Indicator, f.Value, f.Unit.Symbol, f.Kind, indicators.FormatSpans(f.Spans))
	if f.Value.Qual != indicators.Exact {
		s += " " + f.Value.Qual.String()
	}
	if f.Status == indicators.Estimated {
		s += " E"
	}
	return s
}

// hardCases holds, for each quote of hard_cases.csv, what the reader must find
// there: the figures whose numbers lie in the quote, in their order.
var hardCases = map[string][]string{
	"国内生产总值增长6.5%—7%":                     {"国内生产总值 6.5% target_growth by 2016 at_least", "国内生产总值 7% target_growth by 2016 at_most"},
	"国内生产总值增长８％左右":                        {"国内生产总值 8% target_growth by 2010 about"},
	"城镇新增就业９００万人以上":                       {"城镇新增就业人数 900万人 target_floor by 2010 at_least"},
	"城镇登记失业率控制在４.６％以内":                    {"城镇登记失业率 4.6% target_ceiling by 2010 at_most"},
	"居民人均收入比2010年翻一番":                     {"国内生产总值 2倍 target_multiple by 2020", "居民人均收入 2倍 target_multiple by 2020"},
	"三次产业结构演进为3.6 : 48 : 48.4":            {"第一产业比重 3.6% share 2011", "第二产业比重 48% share 2011", "第三产业比重 48.4% share 2011"},
	"社会消费品零售总额预计完成84亿元，预计同比增长19.2%":       {"社会消费品零售总额 84亿元 level 2011 E", "社会消费品零售总额 19.2% growth_rate 2011 E"},
	"处理率分别达到95%、85%、80%以上":                {"医疗废物处理率 95% rate 2011 at_least", "生活垃圾无害化处理率 85% rate 2011 at_least", "污水处理率 80% rate 2011 at_least"},
	"全区旅游人数力争突破370万人次，旅游收入达到38亿元，分别增长20%": {"旅游接待人数 370万人次 target_floor by 2012 over", "旅游收入 38亿元 target_level by 2012", "旅游接待人数 20% target_growth by 2012", "旅游收入 20% target_growth by 2012"},
	"栽植大树大苗10万余株":                         {"栽植大树大苗 10万株 level 2011 over"},
	"5000余户居民":                            {"* 5000户 level 2011 over"},
	"投资近15亿元":                             {"保障性安居工程和城市棚户区改造工程投资 15亿元 level 2011 nearly"},
	"3万多居民群众直接受益":                         {"居民群众 3万 level 2011 over"},
	"投资超5亿元的项目已达4个":                       {"大唐集团在我区投资超5亿元的项目 4个 level 2011"},
	"城镇登记失业率控制在4.08%以内":                   {"城镇登记失业率 4.08% rate 2011 at_most"},
	"占地方财政总支出的47.5%":                      {"投入各类民生资金 47.5% share 2011"},
	"固定资产投资完成194亿元，同比增长25％":               {"固定资产投资 194亿元 target_level by 2012", "固定资产投资 25% target_growth by 2012"},
	"年内新建幼儿园两所":                           {"新建幼儿园 2所 target_level by 2012"},
	"企业退休人员基本养老金、城镇低保标准、社区干部生活补贴和环卫工人工资再次提高，月人均分别提高221元、90元、350元和300元": {"企业退休人员基本养老金 221元 increment 2012", "城镇低保标准 90元 increment 2012", "社区干部生活补贴 350元 increment 2012", "环卫工人工资 300元 increment 2012"},
	"确保城乡居民参加养老保险和基本医疗保险参保率保持在90%和98%以上":                               {"城乡居民参加养老保险参保率 90% target_floor by 2013 at_least", "基本医疗保险参保率 98% target_floor by 2013 at_least"},
	"三条主干道路建成通车":                              nil, // optional
	"新建成的4个4S店正式运营":                           {"* 4个 level 2013"},
	"1467位80岁以上低收入老年人发放高龄补贴176万元":             {"80岁以上低收入老年人 1467位 level 2013", "高龄补贴 176万元 level 2013"},
	"累计开通国内、国际及地区航线53条":                       {"开通国内、国际及地区航线 53条 level 2014"},
	"“三公经费”支出压缩48.2%":                         {"三公经费 -48.2% growth_rate 2014"},
	"月人均养老金由2010年的1264元增加到2011元":              {"月人均养老金 1264元 change_from_to_start 2010", "月人均养老金 2011元 change_from_to_end 2015"},
	"地区生产总值达到 287.9亿元":                        {"地区生产总值 287.9亿元 level 2015"},
	"低于全市(0.2%)8.9个百分点":                       {"规模以上工业增加值 0.2% growth_rate 2023", "规模以上工业增加值 -8.9个百分点 difference 2023"},
	"三次产业结构由上年的9.4:66.8:23.8调整为8.3:71.1:20.6": {"第一产业比重 9.4% share 2021", "第二产业比重 66.8% share 2021", "第三产业比重 23.8% share 2021", "第一产业比重 8.3% share 2022", "第二产业比重 71.1% share 2022", "第三产业比重 20.6% share 2022"},
	"全市生產總值由2013年的3140.8億元增加到2017年的4343.1億元":  {"地区生产总值 3140.8亿元 change_from_to_start 2013", "地区生产总值 4343.1亿元 change_from_to_end 2017"},
}

func TestHardCases(t *testing.T) {
	path := shared(t, "reports/hard_cases.csv")
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		file, quote := row[0], row[2]
		want, ok := hardCases[quote]
		if !ok {
			t.Errorf("no expectation for the case %q", quote)
			continue
		}
		b, err := os.ReadFile(filepath.Join(filepath.Dir(path), file))
		if err != nil {
			t.Fatal(err)
		}
		res, err := Read(Doc{Text: string(b)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		start, end, _ := indicators.NewText(string(b)).Find(quote)
		if end == 0 {
			t.Errorf("%s: the quote %q does not stand in the text", file, quote)
			continue
		}
		var got []string
		for i := range res.Figures {
			if g := &res.Figures[i]; g.NumStart >= start && g.NumEnd <= end {
				got = append(got, facts(g))
			}
		}
		if want == nil {
			continue
		}
		if len(got) != len(want) {
			t.Errorf("%s %q\n got %s\nwant %s", file, quote, strings.Join(got, "; "), strings.Join(want, "; "))
			continue
		}
		for i := range want {
			w := want[i]
			if rest, ok := strings.CutPrefix(w, "* "); ok {
				if !strings.HasSuffix(got[i], rest) {
					t.Errorf("%s %q\n got %s\nwant … %s", file, quote, got[i], rest)
				}
			} else if got[i] != w {
				t.Errorf("%s %q\n got %s\nwant %s", file, quote, got[i], w)
			}
		}
	}
}
