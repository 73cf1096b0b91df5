package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"

	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting"
	"example.com/zhibiao/seeds"
)

// maker makes charts of one language from the assessed report.
type maker struct {
	rep  progress.Report
	data *indicators.Dataset
	page plotting.Page
	zh   bool
}

func (m *maker) pick(zh, en string) string {
	if m.zh {
		return zh
	}
	return en
}

func exhibits(fonts *plotting.Fonts, lang string) ([]exhibit, error) {
	data := seeds.Jianxi()
	m := &maker{
		data: data,
		rep: progress.Assess(data, progress.Options{Choose: func(*indicators.Series) progress.Choice {
			return progress.Choice{Name: "auto", Method: auto.Auto{}} // as in examples/briefing
		}}),
		zh: lang == "zh",
	}
	m.page = plotting.Page{Fonts: fonts, Lang: lang, Source: m.pick("洛阳市涧西区2022年政府工作报告", "Jianxi District (Luoyang), report on the work of the government, 2022")}

	gdp, err := m.fan("地区生产总值", indicators.Level)
	if err != nil {
		return nil, err
	}
	share, err := m.fan("地区生产总值", indicators.Share)
	if err != nil {
		return nil, err
	}
	pm, err := m.fan("PM10年均浓度", indicators.Level)
	if err != nil {
		return nil, err
	}
	with := func(f *plotting.FanChart, theme *plotting.Theme, size plotting.Size, levels ...float64) *plotting.FanChart {
		g := *f
		g.Theme, g.Size, g.Levels = theme, size, levels
		return &g
	}
	multiples, err := m.multiples()
	if err != nil {
		return nil, err
	}
	correlation, err := m.correlation()
	if err != nil {
		return nil, err
	}
	return []exhibit{
		{"fan-level", m.pick("扇形图：总量目标", "fan chart of a level"), gdp},
		{"fan-share", m.pick("扇形图：比重目标", "fan chart of a share"), share},
		{"fan-history", m.pick("扇形图：短历史", "fan chart of a short history"), pm},
		{"overview", m.pick("多目标一览", "overview of many targets"), m.overview()},
		{"bullet", m.pick("子弹图", "bullet graph"), m.bullet()},
		{"progress", m.pick("进度条", "progress bars"), m.progress()},
		{"multiples", m.pick("小倍数图", "small multiples"), multiples},
		{"growth", m.pick("增速柱形图", "growth columns"), m.growth()},
		{"waterfall", m.pick("瀑布图", "waterfall"), m.waterfall()},
		{"correlation", m.pick("目标之间的相关", "correlation of targets"), correlation},
		{"fan-mono", m.pick("黑白印刷", "for printing in black"), with(gdp, plotting.Mono(), plotting.Size{})},
		{"fan-slide", m.pick("幻灯片", "slide"), with(gdp, nil, plotting.Slide(), 0.95, 0.8)},
		{"fan-half-a4", m.pick("半页A4", "half a page of A4"), with(gdp, nil, plotting.HalfA4())},
		{"fan-square", m.pick("方形", "square"), with(gdp, nil, plotting.Square())},
		{"overview-mono", m.pick("多目标一览，黑白印刷", "overview for printing in black"), func() chart { o := m.overview(); o.Theme = plotting.Mono(); return o }()},
	}, nil
}

// name is what an indicator is called in the language of the charts.
func (m *maker) name(indicator, english string) string {
	if m.zh || english == "" {
		return indicator
	}
	return english
}

// unit is how a unit is shown, and what figures are multiplied by for it.
func (m *maker) unit(u indicators.Unit) (string, float64) {
	if m.zh {
		return u.Symbol, 1
	}
	return plotting.EnglishUnit(u)
}

// fan makes the fan chart of a series of the report.
func (m *maker) fan(indicator string, measure indicators.Measure) (*plotting.FanChart, error) {
	i := slices.IndexFunc(m.rep.Projections, func(p progress.Projection) bool {
		return p.Series.Indicator == indicator && p.Series.Measure == measure && p.Err == nil
	})
	if i < 0 {
		return nil, fmt.Errorf("the report has no series %s, %s", indicator, measure)
	}
	p := &m.rep.Projections[i]
	s := &p.Series
	f := &plotting.FanChart{Page: m.page, Indicator: m.name(s.Indicator, s.English), Area: m.pick(s.Area, "Jianxi"), Bounds: s.Bounds()}
	if s.Measure == indicators.Share {
		f.Indicator += m.pick("占全市比重", " as a share of the city")
	}
	f.Unit, f.Scale = m.unit(s.Unit)
	for i, o := range s.Obs {
		pt := plotting.Point{Period: o.Period, Value: o.Value, Provisional: o.Status != indicators.Actual, Break: o.Break && i > 0}
		if o.Interval.Bounded() {
			pt.Lo, pt.Hi = o.Interval.Lo, o.Interval.Hi
		}
		f.History = append(f.History, pt)
	}
	for i, q := range p.Periods {
		f.Forecast = append(f.Forecast, plotting.Future{Period: q, Dist: p.Dists[i]})
	}
	for i := range m.rep.Assessments {
		a := &m.rep.Assessments[i]
		if a.Target.SeriesID != s.SeriesID || !a.Want.OK || a.IsPace() || a.Target.Measure == indicators.Cumulative {
			continue
		}
		f.Targets = append(f.Targets, plotting.Target{Period: a.By, Want: a.OnSeries(), Probability: a.Probability})
		if !a.Required.OK || a.By.Sub(a.From) < 2 {
			continue
		}
		pts, label := plotting.GrowthPath, m.pick("需年均%.1f%%", "needs %.1f%% a year")
		if s.Unit.Percent() {
			pts, label = plotting.StepPath, m.pick("需年均%+.2f个百分点", "needs %+.2f points a year")
		}
		f.Required = append(f.Required, plotting.Path{Points: pts(a.From, a.Base.Value, a.By, a.Want.Value), Label: fmt.Sprintf(label, a.Required.Value)})
	}
	if p.Basis == progress.PriorOnly {
		f.Premise = m.pick("仅按一般经验", "by general experience alone")
		f.Note = m.pick("预测仅依据1个公布数和通用先验。", "The forecast rests on one published figure and a general prior.")
	}
	return f, nil
}

// standings are the targets that have a figure and a forecast.
func (m *maker) standings() []plotting.Standing {
	var out []plotting.Standing
	for i := range m.rep.Assessments {
		a := &m.rep.Assessments[i]
		if !a.HasProbability || a.Target.Measure == indicators.Cumulative || !(a.Want.Value > 0) || a.Base.Value > 3*a.Want.Value {
			continue
		}
		r := plotting.Standing{
			Name: m.name(a.Target.Indicator, a.Target.English) + m.pick("（", " (") + a.By.Label(m.page.Lang) + m.pick("）", ")"),
			Want: a.OnSeries(), Latest: a.Base.Value, Probability: a.Probability,
		}
		if a.Target.Measure == indicators.Share {
			r.Name = m.name(a.Target.Indicator, a.Target.English) + m.pick("占全市比重（", ", share of the city (") + a.By.Label(m.page.Lang) + m.pick("）", ")")
		}
		for k := range m.rep.Projections {
			if p := &m.rep.Projections[k]; p.Series.SeriesID == a.Target.SeriesID {
				r.Unit, r.Scale = m.unit(p.Series.Unit)
				if d, ok := p.At(a.By); ok {
					r.Forecast = d
				}
			}
		}
		out = append(out, r)
	}
	return out
}

func (m *maker) overview() *plotting.Overview {
	rows := m.standings()
	return &plotting.Overview{Page: m.page, Rows: rows[:min(14, len(rows))]}
}

func (m *maker) bullet() *plotting.BulletChart {
	rows := m.standings()
	return &plotting.BulletChart{Page: m.page, Rows: rows[:min(10, len(rows))]}
}

// progress shows latest figures as a share of what is wanted, and for sums
// over several years the share of the time gone.
func (m *maker) progress() *plotting.ProgressChart {
	c := &plotting.ProgressChart{Page: m.page}
	c.Subtitle = m.pick("2021年实际值相当于目标值的比例，%；竖线为累计目标的时间进度", "Figure of 2021 as a share of the target, %; upright line: share of the time gone for sums over years")
	c.Title = m.pick("2021年各项指标距离目标还有多远", "How far the figures of 2021 are from the targets")
	for i := range m.rep.Assessments {
		a := &m.rep.Assessments[i]
		if a.IsPace() || !a.Want.OK || !(a.Want.Value > 0) || a.Base.Value > 2*a.Want.Value || a.Target.SeriesID.Measure != indicators.Level || a.Target.Measure != indicators.Level && a.Target.Measure != indicators.Cumulative || len(c.Rows) == 12 {
			continue
		}
		p := plotting.Progress{
			Name: m.name(a.Target.Indicator, a.Target.English) + m.pick("（", " (") + a.By.Label(m.page.Lang) + m.pick("）", ")"),
			Done: a.Base.Value / a.Want.Value, Time: math.NaN(),
		}
		if a.Target.Measure == indicators.Cumulative && len(a.Target.Spans) == 1 {
			s := a.Target.Spans[0]
			p.Time = float64(a.From.Sub(s.From)+1) / float64(s.To.Sub(s.From)+1)
		}
		c.Rows = append(c.Rows, p)
	}
	return c
}

func (m *maker) multiples() (*plotting.SmallMultiples, error) {
	s := &plotting.SmallMultiples{Page: m.page, FreeY: true}
	s.Note = m.pick("每项仅有1个公布数，预测依据通用先验。", "There is one published figure each; the forecasts rest on a general prior.")
	for _, name := range []string{"地区生产总值", "社会消费品零售总额", "一般公共预算收入", "高新技术企业数", "技术合同成交额", "重大项目数"} {
		f, err := m.fan(name, indicators.Level)
		if err != nil {
			return nil, err
		}
		s.Panels = append(s.Panels, *f)
	}
	return s, nil
}

// growth compares the growth that the targets of 2022 take with the growth
// that the forecast expects.
func (m *maker) growth() *plotting.GrowthChart {
	g := &plotting.GrowthChart{Page: m.page, Decimals: 1}
	need := plotting.ColumnSet{Name: m.pick("目标所需增速", "growth needed")}
	need.Planned = true
	expect := plotting.ColumnSet{Name: m.pick("预测增速（中位数）", "median forecast"), Planned: false}
	for i := range m.rep.Assessments {
		a := &m.rep.Assessments[i]
		if a.By != indicators.Year(2022) || a.Required.Unit != "%" || !a.Median.OK || !(a.Base.Value > 0) || a.Required.Value <= 0 || a.Required.Value > 50 {
			continue
		}
		g.Categories = append(g.Categories, m.name(a.Target.Indicator, a.Target.English))
		need.Values = append(need.Values, a.Required.Value)
		expect.Values = append(expect.Values, 100*(a.Median.Value/a.Base.Value-1))
	}
	g.Sets = []plotting.ColumnSet{expect, need}
	g.Size = plotting.Slide()
	return g
}

// waterfall shows what the 400 major projects of 2022 are made of.
func (m *maker) waterfall() *plotting.WaterfallChart {
	value := func(id string) float64 { return m.data.Claim(id).Value.Float() }
	return &plotting.WaterfallChart{
		Page: m.page,
		Unit: m.pick("个", ""),
		Steps: []plotting.Step{
			{Name: m.pick("在建", "projects under way"), Value: value("projects-under-way-2022")},
			{Name: m.pick("新开工", "new projects"), Value: value("projects-to-start-2022")},
			{Name: m.pick("前期", "projects in preparation"), Value: value("projects-in-preparation-2022")},
			{Name: m.pick("2022年重大项目", "all major projects of 2022"), Value: value("major-projects-target-2022"), Level: true},
		},
	}
}

// correlation shows how GDP of one year tells of GDP of the next in joint
// paths of its forecast, by ranks.
func (m *maker) correlation() (*plotting.CorrelationChart, error) {
	i := slices.IndexFunc(m.rep.Projections, func(p progress.Projection) bool {
		return p.Series.Indicator == "地区生产总值" && p.Series.Measure == indicators.Level && p.Err == nil
	})
	if i < 0 {
		return nil, fmt.Errorf("the report has no level of 地区生产总值")
	}
	p := &m.rep.Projections[i]
	const paths = 4000
	h := len(p.Periods)
	years := make([][]float64, h)
	src := rand.NewPCG(2022, 1)
	path := make([]float64, h)
	for range paths {
		p.Model.Simulate(path, src)
		for k, v := range path {
			years[k] = append(years[k], v)
		}
	}
	c := &plotting.CorrelationChart{Page: m.page}
	c.Title = m.pick("一年的地区生产总值预示下一年：先达到2022年目标，2026年目标才更可能", "GDP of one year tells of the next: the target of 2026 depends on that of 2022")
	c.Subtitle = m.pick("预测路径中各年地区生产总值的等级相关系数；●正相关，面积表示强弱", "Rank correlation of GDP between years in joint forecast paths; ● positive, area shows strength")
	c.Note = m.pick(fmt.Sprintf("根据%d条模拟路径计算。", paths), fmt.Sprintf("From %d simulated paths.", paths))
	for k := range years {
		years[k] = ranks(years[k])
		c.Names = append(c.Names, p.Periods[k].Label(m.page.Lang))
	}
	for a := range years {
		row := make([]float64, h)
		for b := range years {
			row[b] = stat.Correlation(years[min(a, b)], years[max(a, b)], nil)
			if a == b {
				row[b] = 1
			}
		}
		c.R = append(c.R, row)
	}
	return c, nil
}

// ranks returns the rank of each value, 0 for the smallest.
func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case x[a] < x[b]:
			return -1
		case x[a] > x[b]:
			return 1
		}
		return 0
	})
	out := make([]float64, len(x))
	for r, i := range order {
		out[i] = float64(r)
	}
	return out
}
