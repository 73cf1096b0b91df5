package tabular_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/indicators/tabular"
	"example.com/zhibiao/seeds"
)

func TestTemplateRoundTrip(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		h := tabular.History{Lang: lang, Known: seeds.Jianxi()}
		var b bytes.Buffer
		if err := h.Write(&b); err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := h.Write(&again); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: the template differs from run to run", lang)
		}
		// A sheet that nobody filled in says nothing new.
		claims, err := h.Read(bytes.NewReader(b.Bytes()), "history.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range claims {
			t.Errorf("%s: %s %s %v is called new", lang, c.Indicator, c.Spans, c.Value)
		}
		// Fill in GDP for 2019 and 2020.
		f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		sheet := f.GetSheetName(0)
		rows, _ := f.GetRows(sheet)
		row := 0
		for i, r := range rows {
			if r[0] == "地区生产总值" && (r[1] == "数值" || r[1] == "level") && r[4] == "涧西区" {
				row = i + 1
			}
		}
		if row == 0 {
			t.Fatal("the template has no row for GDP")
		}
		set := func(col string, v any) {
			cell, _ := excelize.JoinCellName(col, row)
			if err := f.SetCellValue(sheet, cell, v); err != nil {
				t.Fatal(err)
			}
		}
		set("N", 560.1) // 2019
		set("O", "600余")
		set("Q", "洛阳统计年鉴2021")
		set("R", "57")
		var filled bytes.Buffer
		if err := f.Write(&filled); err != nil {
			t.Fatal(err)
		}
		claims, err = h.Read(&filled, "history.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		if len(claims) != 2 {
			t.Fatalf("%d claims, want 2: %v", len(claims), claims)
		}
		a, b2 := claims[0], claims[1]
		if a.Value.String() != "560.1" || a.Indicator != "地区生产总值" || a.Unit.Symbol != "亿元" || a.Spans[0] != indicators.At(indicators.Year(2019)) || a.Area != "涧西区" {
			t.Errorf("%+v", a)
		}
		if b2.Value.Qual != indicators.Over || b2.Value.Word != "余" || a.Note != "source=洛阳统计年鉴2021; page=57" || a.Source.Quote != "" {
			t.Errorf("%+v", b2)
		}
		d := seeds.Jianxi()
		d.Claims = append(d.Claims, claims...)
		for _, s := range d.Series(indicators.Preference{AsRead: true}) {
			if s.SeriesID == a.Series() {
				if len(s.Obs) < 3 {
					t.Errorf("GDP has %d observations, want the report's and two more", len(s.Obs))
				}
			}
		}
	}
}

const good = "指标,单位,口径,2019,2020年,2021年,来源\n地区生产总值,亿元,,612.5,650,698,统计年鉴第5页\n规上工业增加值,%,规上,—,4.1%,7.5[p],统计公报\n"

func TestCSVEncodings(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(good)
	if err != nil {
		t.Fatal(err)
	}
	var want []indicators.Claim
	for _, c := range []struct{ name, text string }{
		{"utf-8", good}, {"bom", "\ufeff" + good}, {"gb18030", gb}, {"crlf", strings.ReplaceAll(good, "\n", "\r\n")},
		{"tabs", strings.ReplaceAll(good, ",", "\t")}, {"semicolons", strings.ReplaceAll(good, ",", ";")},
	} {
		got, err := tabular.History{Area: "涧西区"}.Read(strings.NewReader(c.text), "h.csv")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if want == nil {
			want = got
			if len(got) != 5 || got[4].Status != indicators.Provisional || got[3].Kind != indicators.KindRate || got[0].ID != "h-D2" {
				t.Errorf("%+v", got)
			}
		}
		for i := range got {
			if got[i].ID != want[i].ID || got[i].Value != want[i].Value || got[i].Indicator != want[i].Indicator {
				t.Errorf("%s: %+v, want %+v", c.name, got[i], want[i])
			}
		}
	}
}

func TestFaultsTogether(t *testing.T) {
	bad := "指标,单位,地区,2019,2020,来源\n" +
		"地区生产总值,兆元,涧西区,612,650,年鉴\n" + // unknown multiplier
		"财政收入,亿元,涧西区,四十,41,年鉴\n" + // no number
		"人口,万人,涧西区,70,71,\n" + // no source
		",亿元,涧西区,1,2,年鉴\n" + // no name
		"进出口,亿元,涧西区,12%,2,年鉴\n" + // a percentage of money
		"财政收入,亿元,涧西区,,42,年鉴\n" // twice
	_, err := tabular.History{}.Read(strings.NewReader(bad), "坏.csv")
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"坏.csv, row 2, column 单位: cell B2", "兆", "坏.csv, row 3, column 2019: cell D3", "四十", "row 4, column 来源: cell F4", "row 5, column 指标: cell A5", "cell D6", "cell E7",
		"stand in cell E3 too",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}
