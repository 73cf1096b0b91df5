package briefing_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"example.com/zhibiao/forecast/pooled"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing"
	"example.com/zhibiao/seeds"
)

// assess holds a dataset against its targets with the closed-form method,
// which is quick.
func assess(d *indicators.Dataset) progress.Report {
	return progress.Assess(d, progress.Options{Paths: 2000, Choose: func(s *indicators.Series) progress.Choice {
		prior := pooled.Growing()
		if !s.Nature.Trending() {
			prior = pooled.Stable()
		}
		return progress.Choice{Name: "ebdrift", Method: pooled.Drift{Prior: prior}}
	}})
}

// seed is the briefing of the report in seeds, with small pictures. It is
// made once: no test changes what it points to.
func seed(t testing.TB) briefing.Briefing {
	t.Helper()
	b, err := seedOnce()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var seedOnce = sync.OnceValues(func() (briefing.Briefing, error) {
	d := seeds.Jianxi()
	if err := d.CheckQuotes(seeds.JianxiDoc, indicators.NewText(seeds.JianxiReport()), "jianxi-2022.csv", func(i int) int { return i + 2 }); err != nil {
		return briefing.Briefing{}, err
	}
	b := briefing.Briefing{Edition: briefing.Working, Data: d, Report: assess(d), Findings: d.Check(indicators.Wording{}), Checked: map[string]bool{seeds.JianxiDoc: true}}
	for i := range b.Report.Projections {
		s := &b.Report.Projections[i].Series
		if o, ok := s.Last(); ok && o.Claim != "" && s.Measure == indicators.Level {
			b.Charts = append(b.Charts, briefing.Chart{Series: s.SeriesID, File: "charts/" + o.Claim + ".png", Title: "图：" + s.Indicator, Alt: "替代文本：" + s.Indicator, PNG: picture(i)})
		}
	}
	return b, nil
})

// made is a workbook of the seed and what a reader finds in it.
type made struct {
	data   []byte
	sheets []string
	rows   map[string][][]string // as stored
}

var (
	madeMu  sync.Mutex
	madeAll = map[variant]*made{}
)

// make returns the workbook of the seed in a variant, made once.
func (v variant) make(t testing.TB) *made {
	t.Helper()
	madeMu.Lock()
	defer madeMu.Unlock()
	if m := madeAll[v]; m != nil {
		return m
	}
	m := &made{data: write(t, v.of(seed(t))), rows: map[string][][]string{}}
	f := open(t, m.data)
	for _, s := range f.GetSheetList() {
		m.sheets = append(m.sheets, s)
		m.rows[s] = raw(t, f, s)
	}
	madeAll[v] = m
	return m
}

// plain is the variant with everything, in Chinese.
var plain = variant{"zh", briefing.Working, briefing.Office}

func picture(i int) []byte {
	m := image.NewGray(image.Rect(0, 0, 12, 8))
	m.SetGray(i%12, i%8, color.Gray{Y: 200})
	var b bytes.Buffer
	png.Encode(&b, m)
	return b.Bytes()
}

// many is a briefing of n indicators with so many years of history each, and
// a target for every one.
func many(t testing.TB, n, years int) briefing.Briefing {
	t.Helper()
	var b strings.Builder
	b.WriteString("id,indicator,value,unit,kind,period,area,status,direction,note\n")
	for i := range n {
		for y := range years {
			fmt.Fprintf(&b, "i%d-%d,指标%d,%.1f,亿元,level,%d,某区,A,up,source=年鉴; page=%d\n", i, y, i, 100+float64(i)+3.7*float64(y)+float64((i*7+y*13)%5), 1992+y, y)
		}
		fmt.Fprintf(&b, "t%d,指标%d,%d,亿元,target_level,by %d,某区,,up,source=规划\n", i, i, 300+i, 1992+years+4)
	}
	claims, err := indicators.ReadFigures(strings.NewReader(b.String()), "many.csv")
	if err != nil {
		t.Fatal(err)
	}
	d := &indicators.Dataset{Claims: claims, Documents: []indicators.Document{{Doc: "yearbook", Title: "年鉴"}}}
	return briefing.Briefing{Edition: briefing.Working, Data: d, Report: assess(d)}
}

// variant is one of the workbooks that a briefing gives.
type variant struct {
	lang    string
	edition briefing.Edition
	profile briefing.Profile
}

func (v variant) String() string { return fmt.Sprintf("%s-%s-%s", v.lang, v.edition, v.profile) }

func variants() []variant {
	var out []variant
	for _, l := range []string{"zh", "en"} {
		for _, e := range []briefing.Edition{briefing.Leaders, briefing.Working} {
			for _, p := range []briefing.Profile{briefing.Office, briefing.Publication} {
				out = append(out, variant{l, e, p})
			}
		}
	}
	return out
}

// some are four of the eight in which every pair of choices occurs.
func some() []variant {
	return []variant{
		{"zh", briefing.Leaders, briefing.Office}, {"en", briefing.Working, briefing.Office},
		{"zh", briefing.Working, briefing.Publication}, {"en", briefing.Leaders, briefing.Publication},
	}
}

func (v variant) of(b briefing.Briefing) briefing.Briefing {
	b.Lang, b.Edition, b.Profile = v.lang, v.edition, v.profile
	return b
}

func write(t testing.TB, b briefing.Briefing) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// raw returns the rows of a sheet as stored.
func raw(t testing.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
