package plotting

import (
	"math"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

func TestErrors(t *testing.T) {
	y := indicators.Year
	for _, tc := range []struct {
		name   string
		change func(f *FanChart)
		want   string
	}{
		{"no font", func(f *FanChart) { f.Fonts = nil }, "cjk.Collection"},
		{"language", func(f *FanChart) { f.Lang = "fr" }, `language "fr"`},
		{"empty", func(f *FanChart) { f.History, f.Forecast, f.Targets = nil, nil, nil }, "nothing to draw"},
		{"order", func(f *FanChart) { f.History = []Point{{Period: y(2021), Value: 1}, {Period: y(2020), Value: 1}} }, "2020 comes after 2021"},
		{"no period", func(f *FanChart) { f.History = []Point{{Value: 1}} }, "figure 1 has no period"},
		{"infinite", func(f *FanChart) { f.History = []Point{{Period: y(2021), Value: math.Inf(1)}} }, "figure of 2021 is infinite"},
		{"backwards", func(f *FanChart) { f.History = []Point{{Period: y(2021), Value: 1, Lo: 2, Hi: 1}} }, "runs backwards"},
		{"forecast before", func(f *FanChart) { f.Forecast[0].Period = y(2020) }, "ascending periods after the last figure"},
		{"forecast without", func(f *FanChart) { f.Forecast[0].Dist = nil }, "without period or distribution"},
		{"unbounded forecast", func(f *FanChart) { f.Forecast[0].Dist = forecast.Constant(math.Inf(1)) }, "not finite"},
		{"target", func(f *FanChart) { f.Targets[0].Want = indicators.Everything() }, "no figure is wanted"},
		{"empty target", func(f *FanChart) { f.Targets[0].Want = indicators.Interval{Lo: 2, Hi: 1} }, "nothing satisfies it"},
		{"undated target", func(f *FanChart) { f.Targets[0].Period = indicators.Period{} }, "without a date"},
		{"probability", func(f *FanChart) { f.Targets[0].Probability = 1.5 }, "probability 1.5"},
		{"levels", func(f *FanChart) { f.Levels = []float64{0.3, 0.9} }, "widest first"},
		{"many levels", func(f *FanChart) { f.Levels = []float64{0.9, 0.8, 0.7, 0.6} }, "one to three"},
		{"scale", func(f *FanChart) { f.Scale = -1 }, "scale -1"},
		{"path", func(f *FanChart) { f.Required[0].Points = f.Required[0].Points[:1] }, "two or more points"},
		{"small", func(f *FanChart) { f.Size = Size{100, 100} }, "100 × 100 points"},
		{"long", func(f *FanChart) { f.Size = Size{200, 150}; f.Note = strings.Repeat("长", 400) }, "shorten"},
		{"glyph in note", func(f *FanChart) { f.Note = "單位" }, "U+55AE"},
		{"glyph in label", func(f *FanChart) { f.Targets[0].Label = "目標" }, "U+6A19"},
	} {
		f := usual(t)
		f.Forecast = append([]Future(nil), f.Forecast...)
		f.Targets = append([]Target(nil), f.Targets...)
		f.Required = append([]Path(nil), f.Required...)
		tc.change(f)
		if _, err := f.Picture(); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: error %v, want one that says %q", tc.name, err, tc.want)
		}
	}
	page := Page{Fonts: testFonts(t)}
	for name, c := range map[string]interface{ Picture() (*Picture, error) }{
		"no targets":              &Overview{Page: page},
		"no percent of zero":      &Overview{Page: page, Rows: []Standing{{Name: "零", Want: indicators.AtMostX(0)}}},
		"rows do not fit":         &Overview{Page: Page{Fonts: page.Fonts, Size: HalfA4()}, Rows: make20()},
		"negative bar":            &BulletChart{Page: page, Rows: []Standing{{Name: "负", Want: indicators.AtLeastX(1), Latest: -1}}},
		"time beyond 1":           &ProgressChart{Page: page, Rows: []Progress{{Name: "x", Done: 0.1, Time: 2}}},
		"infinite progress":       &ProgressChart{Page: page, Rows: []Progress{{Name: "x", Done: math.Inf(1)}}},
		"no panels":               &SmallMultiples{Page: page},
		"columns without figures": &GrowthChart{Page: page},
		"figures missing":         &GrowthChart{Page: page, Categories: []string{"a", "b"}, Sets: []ColumnSet{{Values: []float64{1}}}},
		"no steps":                &WaterfallChart{Page: page},
		"sum that fails":          &WaterfallChart{Page: page, Steps: []Step{{Name: "a", Value: 1}, {Name: "b", Value: 3, Level: true}}},
		"one variable":            &CorrelationChart{Page: page, Names: []string{"a"}, R: [][]float64{{1}}},
		"asymmetric":              &CorrelationChart{Page: page, Names: []string{"a", "b"}, R: [][]float64{{1, 0.2}, {0.3, 1}}},
		"names":                   &CorrelationChart{Page: page, Names: []string{"a"}, R: [][]float64{{1, 0.2}, {0.2, 1}}},
	} {
		if p, err := c.Picture(); err == nil {
			t.Errorf("%s: no error but %q", name, p.Title())
		} else if !strings.Contains(err.Error(), "plotting:") {
			t.Errorf("%s: error %q does not say where it is from", name, err)
		}
	}
}

func make20() (out []Standing) {
	for range 20 {
		out = append(out, Standing{Name: "指标", Want: indicators.AtLeastX(1), Latest: 1})
	}
	return out
}
