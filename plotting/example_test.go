package plotting_test

import (
	"fmt"
	"log"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting"
	"example.com/zhibiao/plotting/cjk"
)

// chinese returns the font of plotting/cjk.
func chinese() *plotting.Fonts {
	fonts, err := plotting.NewFonts(cjk.Collection())
	if err != nil {
		log.Fatal(err)
	}
	return fonts
}

// growing is a forecast of a level: a log-normal random walk from base with a
// drift of 3 % a year that is known to 4.5 points.
func growing(from indicators.Period, base float64, years int) []plotting.Future {
	var out []plotting.Future
	for h := 1; h <= years; h++ {
		t := float64(h)
		out = append(out, plotting.Future{
			Period: from.Add(h),
			Dist:   distuv.LogNormal{Mu: math.Log(base) + 0.03*t, Sigma: 0.045 * t},
		})
	}
	return out
}

// One published figure, two targets and a forecast make a chart. The title and
// the alternative text are made from the data.
func ExampleFanChart() {
	base := indicators.Year(2021)
	chart := plotting.FanChart{
		Page:      plotting.Page{Fonts: chinese(), Source: "洛阳市涧西区2022年政府工作报告"},
		Indicator: "地区生产总值", Area: "涧西区", Unit: "亿元",
		History:  []plotting.Point{{Period: base, Value: 698, Lo: 697.5, Hi: 698.5}},
		Forecast: growing(base, 698, 5),
		Targets: []plotting.Target{
			{Period: indicators.Year(2022), Want: indicators.AtLeastX(800)},
			{Period: indicators.Year(2026), Want: indicators.AtLeastX(1500)},
		},
		Required: []plotting.Path{{
			Points: plotting.GrowthPath(base, 698, indicators.Year(2026), 1500),
			Label:  "需年均16.5%",
		}},
	}
	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range []string{"testdata/fan.png", "testdata/fan.svg", "testdata/fan.pdf"} {
		if err := pic.Save(name); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(pic.Title())
	fmt.Println(pic.Alt())
	// Output:
	// 按当前趋势，地区生产总值2026年达到1500亿元的可能性不足1%
	// 2021年地区生产总值为698亿元；2026年预测中位数为811亿元（90%区间560–1174亿元）；2022年目标为达到800亿元；2026年目标为达到1500亿元，实现的可能性不足1%。
}

// The same chart in English for black print on half a page. Scale turns 亿元
// into billion yuan.
func ExampleFanChart_english() {
	base := indicators.Year(2021)
	unit, scale := plotting.EnglishUnit(indicators.Unit{Symbol: "亿元", Base: indicators.BaseYuan, Scale: 1e8})
	chart := plotting.FanChart{
		Page:      plotting.Page{Fonts: chinese(), Lang: "en", Theme: plotting.Mono(), Size: plotting.HalfA4()},
		Indicator: "GDP", Area: "Jianxi", Unit: unit, Scale: scale,
		History:  []plotting.Point{{Period: base, Value: 698}},
		Forecast: growing(base, 698, 5),
		Targets:  []plotting.Target{{Period: indicators.Year(2026), Want: indicators.AtLeastX(900)}},
		Levels:   []float64{0.95, 0.8},
	}
	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/mono.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	// Output:
	// GDP: on current trends, the probability of at least 90 billion yuan in 2026 is about 32%
}

// A series with a gap, a break, an estimate and a ceiling.
func ExampleFanChart_history() {
	y := indicators.Year
	chart := plotting.FanChart{
		Page:      plotting.Page{Fonts: chinese(), Size: plotting.HalfA4(), Note: "2018年起监测点位调整。"},
		Indicator: "PM2.5年均浓度", Unit: "微克/立方米",
		History: []plotting.Point{
			{Period: y(2013), Value: 78}, {Period: y(2014), Value: 73}, {Period: y(2016), Value: 64}, {Period: y(2017), Value: 60},
			{Period: y(2018), Value: 56, Break: true}, {Period: y(2019), Value: 55}, {Period: y(2020), Value: 51},
			{Period: y(2021), Value: 44, Lo: 40, Hi: 48, Provisional: true},
		},
		Targets: []plotting.Target{
			{Period: y(2023), Want: indicators.Interval{Lo: 40, Hi: 43}},
			{Period: y(2025), Want: indicators.AtMostX(38)},
		},
		Required: []plotting.Path{{Points: plotting.StepPath(y(2021), 44, y(2025), 38), Label: "需每年降1.5"}},
	}
	for h := 1; h <= 4; h++ {
		chart.Forecast = append(chart.Forecast, plotting.Future{Period: y(2021 + h), Dist: distuv.Normal{Mu: 44 - float64(h), Sigma: 3 * math.Sqrt(float64(h))}})
	}
	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/history.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	// Output:
	// 按当前趋势，PM2.5年均浓度2025年不高于38微克/立方米的可能性约为37%
}

// standings are four targets of unlike units.
func standings() []plotting.Standing {
	return []plotting.Standing{
		{Name: "地区生产总值（2026年）", Unit: "亿元", Want: indicators.AtLeastX(1500), Latest: 698, Forecast: distuv.LogNormal{Mu: math.Log(811), Sigma: 0.2}},
		{Name: "高新技术企业数（2022年）", Unit: "家", Want: indicators.MoreThanX(400), Latest: 372, Forecast: distuv.LogNormal{Mu: math.Log(395), Sigma: 0.06}},
		{Name: "PM2.5年均浓度（2022年）", Unit: "微克/立方米", Want: indicators.AtMostX(46), Latest: 44, Forecast: distuv.Normal{Mu: 43, Sigma: 3}},
		{Name: "技术合同成交额（2022年）", Unit: "亿元", Want: indicators.AtLeastX(60), Latest: 56},
	}
}

// Many targets at once, each as per cent of itself.
func ExampleOverview() {
	pic, err := (&plotting.Overview{Page: plotting.Page{Fonts: chinese()}, Rows: standings()}).Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/overview.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	// Output:
	// 4项目标中，1项按当前趋势有把握实现，1项无法评估
}

// Bars in units of their own.
func ExampleBulletChart() {
	pic, err := (&plotting.BulletChart{Page: plotting.Page{Fonts: chinese()}, Rows: standings()}).Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/bullet.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	// Output:
	// 4项有数据的指标中，1项已达到目标值
}

// How far the way has been gone, beside the time.
func ExampleProgressChart() {
	chart := plotting.ProgressChart{
		Page: plotting.Page{Fonts: chinese()},
		Rows: []plotting.Progress{
			{Name: "重大项目完成投资（2021–2025年）", Done: 409.0 / 2000, Time: 0.2},
			{Name: "改造老旧小区（2022年）", Done: 31.0 / 116, Time: 0.5},
			{Name: "城镇新增就业（2022年）", Done: 2.34, Time: 0.5},
			{Name: "营商环境", Done: math.NaN(), Time: math.NaN()},
		},
	}
	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/progress.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	// Output:
	// 3项目标中，2项达到时间进度
}

// Several indicators side by side.
func ExampleSmallMultiples() {
	y := indicators.Year
	chart := plotting.SmallMultiples{Page: plotting.Page{Fonts: chinese()}, FreeY: true}
	for _, s := range []struct {
		name, unit string
		base, want float64
	}{
		{"地区生产总值", "亿元", 698, 800}, {"社会消费品零售总额", "亿元", 331, 360.8}, {"一般公共预算收入", "亿元", 43.5, 46.5},
	} {
		chart.Panels = append(chart.Panels, plotting.FanChart{
			Indicator: s.name, Unit: s.unit,
			History:  []plotting.Point{{Period: y(2021), Value: s.base}},
			Forecast: growing(y(2021), s.base, 3),
			Targets:  []plotting.Target{{Period: y(2022), Want: indicators.AtLeastX(s.want)}},
		})
	}
	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/multiples.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	// Output:
	// 3项指标按当前趋势均无把握实现目标
}

// Observed growth beside the growth that targets take.
func ExampleGrowthChart() {
	chart := plotting.GrowthChart{
		Page:       plotting.Page{Fonts: chinese(), Size: plotting.HalfA4()},
		Categories: []string{"地区生产总值", "社会消费品零售总额", "PM2.5年均浓度"},
		Decimals:   1,
		Sets: []plotting.ColumnSet{
			{Name: "2021年增速", Values: []float64{math.NaN(), 6.5, -13.7}},
			{Name: "2022年目标所需增速", Values: []float64{14.6, 9, -2.3}, Planned: true},
		},
	}
	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/growth.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	// Output:
	// 2022年目标所需增速：地区生产总值最高，为14.6%
}

// What a total is made of. Steps that do not add up are an error.
func ExampleWaterfallChart() {
	chart := plotting.WaterfallChart{
		Page: plotting.Page{Fonts: chinese(), Size: plotting.HalfA4()}, Unit: "个",
		Steps: []plotting.Step{
			{Name: "在建", Value: 133}, {Name: "新开工", Value: 144}, {Name: "前期", Value: 123},
			{Name: "2022年重大项目", Value: 400, Level: true},
		},
	}
	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/waterfall.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	chart.Steps[3].Value = 410
	_, err = chart.Picture()
	fmt.Println(err)
	// Output:
	// 新开工贡献最大，为144个
	// plotting: waterfall: 2022年重大项目 is 410, but the steps before it make 400: add a step for the rest of 10
}

// How targets hang together.
func ExampleCorrelationChart() {
	chart := plotting.CorrelationChart{
		Page:  plotting.Page{Fonts: chinese(), Size: plotting.HalfA4()},
		Names: []string{"地区生产总值", "一般公共预算收入", "PM2.5年均浓度"},
		R:     [][]float64{{1, 0.8, -0.3}, {0.8, 1, -0.1}, {-0.3, -0.1, 1}},
	}
	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/correlation.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Title())
	// Output:
	// 地区生产总值与一般公共预算收入相关最强，相关系数0.80
}

// A picture of one's own: any plotter of gonum/plot on the library's page,
// with a calendar axis and Chinese text.
func ExamplePage_Draw() {
	page := plotting.Page{
		Fonts: chinese(), Size: plotting.Square(),
		Title: "一季度回落，二季度恢复", Subtitle: "规模以上工业增加值，2019年=100",
	}
	pic, err := page.Draw(func(c draw.Canvas, t *plotting.Text) error {
		p := plot.New()
		p.HideAxes()
		p.TextHandler = t
		var pts plotter.XYs
		q := indicators.Quarter(2020, 1)
		for i, v := range []float64{88, 101, 104, 107} {
			pts = append(pts, plotter.XY{X: plotting.X(q.Add(i)), Y: v})
		}
		line, err := plotter.NewLine(pts)
		if err != nil {
			return err
		}
		line.Width = 2
		frame := plotting.Frame{
			X:    plotting.CalendarTicks{Freq: indicators.Quarterly},
			Y:    plotting.RoundTicks{},
			Base: draw.LineStyle{Width: 0.75}, Grid: draw.LineStyle{Width: 0.25},
			Label: draw.TextStyle{Handler: t},
		}
		frame.Label.Font.Size = 10
		p.Add(&frame, line)
		p.Draw(c)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := pic.Save("testdata/page.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pic.Text()[:2])
	// Output:
	// [一季度回落，二季度恢复 规模以上工业增加值，2019年=100]
}

// A character that no font has is an error that names it, never a gap.
func ExampleGlyphError() {
	chart := plotting.FanChart{
		Page:      plotting.Page{Fonts: chinese()},
		Indicator: "進出口總額", Unit: "亿元",
		History: []plotting.Point{{Period: indicators.Year(2021), Value: 133}},
	}
	_, err := chart.Picture()
	fmt.Println(err)
	// Output:
	// plotting: no font has the character '進' (U+9032) of "2021年進出口總額为133亿元": add a font that has it to Fonts, or change the text
	// plotting: no font has the character '總' (U+7E3D) of "2021年進出口總額为133亿元": add a font that has it to Fonts, or change the text
	// plotting: no font has the character '額' (U+984D) of "2021年進出口總額为133亿元": add a font that has it to Fonts, or change the text
}
