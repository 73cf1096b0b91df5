package plotting_test

import (
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting"
	"example.com/zhibiao/plotting/cjk"
)

// One published figure, two promises and a forecast make a chart. The
// forecast is any forecast.Dist, here a log-normal random walk with a drift
// of 3 % a year that is known to 4.5 points.
func ExampleFanChart() {
	fonts, err := plotting.NewFonts(cjk.Collection())
	if err != nil {
		log.Fatal(err)
	}
	base := indicators.Year(2021)
	chart := plotting.FanChart{
		Page:      plotting.Page{Fonts: fonts, Source: "洛阳市涧西区2022年政府工作报告"},
		Indicator: "地区生产总值", Area: "涧西区", Unit: "亿元",
		History: []plotting.Point{{Period: base, Value: 698, Lo: 697.5, Hi: 698.5}},
		Targets: []plotting.Target{
			{Period: indicators.Year(2022), Want: indicators.AtLeastX(800)},
			{Period: indicators.Year(2026), Want: indicators.AtLeastX(1500)},
		},
		Required: []plotting.Path{{
			Points: plotting.GrowthPath(base, 698, indicators.Year(2026), 1500),
			Label:  "需年均16.5%",
		}},
	}
	for h := 1; h <= 5; h++ {
		years := float64(h)
		chart.Forecast = append(chart.Forecast, plotting.Future{
			Period: base.Add(h),
			Dist:   distuv.LogNormal{Mu: math.Log(698) + 0.03*years, Sigma: 0.045 * years},
		})
	}

	pic, err := chart.Picture()
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "charts")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"gdp.png", "gdp.svg", "gdp.pdf"} {
		if err := pic.Save(filepath.Join(dir, name)); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(pic.Title())
	fmt.Println(pic.Alt())
	// Output:
	// 按当前趋势，地区生产总值2026年达到1500亿元的可能性不足1%
	// 2021年地区生产总值为698亿元；2026年预测中位数为811亿元（90%区间560–1174亿元）；2022年目标为达到800亿元；2026年目标为达到1500亿元，实现的可能性不足1%。
}
