package briefing

import (
	"fmt"
	"strings"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// writeForecasts writes history and forecast of every series in one long
// table.
func (j *job) writeForecasts() {
	t := &table{
		sheet: j.forecasts, id: "forecasts", title: j.pick("预测：各指标的历史与预测", "Forecasts: history and forecast of every series"), filter: true, freeze: 1, source: true,
		cols: []column{
			{head: j.pick("指标", "Indicator"), width: 34, align: "left"}, {head: j.pick("地区", "Area"), width: 11, align: "center"}, {head: j.pick("单位", "Unit"), width: 10, align: "center"}, {head: j.pick("时期", "Period"), width: 10, align: "center"},
			{head: j.pick("性质", "Status"), width: 9, align: "center"}, {head: j.pick("数值或中位数", "Value or median"), width: 12, align: "right"}, {head: j.pick("80%下限", "80 % lower"), width: 11, align: "right"}, {head: j.pick("80%上限", "80 % upper"), width: 11, align: "right"},
			{head: j.pick("95%下限", "95 % lower"), width: 11, align: "right"}, {head: j.pick("95%上限", "95 % upper"), width: 11, align: "right"}, {head: j.pick("方法", "Method"), width: 12, align: "center"}, {head: j.pick("依据", "Basis"), width: 30, align: "left"},
		},
		notes: []string{j.pick("“—”表示不适用：实际数没有区间，预测没有原文。区间为预测区间：真值落在80%区间内的机会约为五分之四。", "A dash means not applicable: actual values have no interval. The intervals are prediction intervals: in about four of five cases the value lies in the 80 % interval.")},
	}
	if j.Profile == Publication {
		t.notes[0] = pubDash(t.notes[0])
		t.notes[0] = j.pick("[z] 表示不适用：实际数没有区间。", "[z] means not applicable: actual values have no interval.")
	}
	s := j.begin(t)
	none := j.none(notApplicable)
	for i := range j.Report.Projections {
		p := &j.Report.Projections[i]
		ser := &p.Series
		name := cell{v: j.name(ser.SeriesID, ser.English)}
		unit := j.text(j.unitName(ser.Unit.Symbol))
		if ser.Unit.Symbol == "" {
			unit = cell{v: j.pick("比值", "ratio")}
		}
		for k := range ser.Obs {
			o := &ser.Obs[k]
			status := j.pick("实际", "actual")
			switch o.Status {
			case indicators.Estimated:
				status = j.pick("估计", "estimate")
			case indicators.Provisional:
				status = j.pick("初步", "provisional")
			}
			if o.Claim == "" {
				status = j.pick("推算", "derived")
			}
			d := j.decimals(o.Claim)
			if d < 0 {
				d = decimalsOf(o.Value, 4, 2)
			}
			s.row(name, j.text(ser.Area), unit, cell{v: o.Period.Label(j.lang())}, cell{v: status}, j.figure(quantity(o.Value, ser.Unit.Symbol, d)), none, none, none, none, none, j.toSource(j.text(j.basisOf(o)), o.Claim))
		}
		for k, q := range p.Periods {
			x := quantiles(p.Dists[k])
			cells := []cell{name, j.text(ser.Area), unit, {v: q.Label(j.lang())}, {v: j.pick("预测", "forecast")}}
			for _, v := range []float64{x.median, x.lo80, x.hi80, x.lo95, x.hi95} {
				cells = append(cells, j.figure(estimate(v, ser.Unit.Symbol)))
			}
			s.row(append(cells, cell{v: p.Method}, cell{v: j.basisWords(p.Basis)})...)
		}
	}
	s.end()
}

// writeMethods says how the numbers were made.
func (j *job) writeMethods() {
	t := &table{
		sheet: j.methods, id: "methods", title: j.pick("方法与假设", "Methods and assumptions"), upright: true,
		cols: []column{{head: j.pick("项目", "Item"), width: 26, align: "left"}, {head: j.pick("说明", "Explanation"), width: 84, align: "left"}},
	}
	s := j.begin(t)
	item := func(zh, en, text string) {
		if text != "" {
			s.row(cell{v: j.pick(zh, en), style: cellStyle{Style: xlsx.Style{Bold: true, Top: true}}}, cell{v: text, style: cellStyle{Style: xlsx.Style{Top: true}}})
		}
	}
	item("公布数的含义", "What a published number means", j.Wording.Describe(j.lang()))
	item("采用哪个数", "Which figure is used", j.pick("同一指标、口径、地区和时期有几个数时，先用单年陈述，再用“由……到……”的末数；先用准确数，再用带“近、超过”等词的数；其余取后出现的。未采用的数保留在“数据来源”，并列入“矛盾与核对”。",
		"Where one indicator, scope, area and period has several figures, a statement about the year comes before the end of a from–to pair, an exact number before one with nearly or more than, and otherwise the later in the text. The others stay among the sources and are listed under findings."))
	item("所需年均增长", "Pace needed", j.pick("由最近值到目标值的年均增速；本身为百分数的指标按每年百分点计。最近值四舍五入造成的范围见“说明”。", "Average growth a year from the latest value to the target; points a year for indicators that are percentages. The range from rounding stands under Why."))
	item("可能性与判断", "Probability and verdict", j.pick("可能性是预测分布中满足目标的部分；逐期保持的目标按联合路径计算。≥90% 很有把握，≥66% 较有把握，≥33% 不确定，≥10% 难度较大，以下难度很大。",
		"The probability is the part of the forecast distribution that meets the target; targets held in every period are judged on joint paths. From 90 % very likely, 66 % likely, 33 % uncertain, 10 % unlikely, below very unlikely."))
	item("区间", "Intervals", j.pick("80%和95%为预测区间的名义覆盖率，包含参数不确定性；实际覆盖率以回测为准。", "80 % and 95 % are the nominal coverage of prediction intervals, which include the uncertainty of parameters; what they cover in fact is what back-tests say."))
	for i := range j.Methods {
		m := &j.Methods[i]
		text := m.What
		for _, p := range [][3]string{{"先验：", "Prior: ", m.Prior}, {"回测误差：", "Back-test error: ", m.Backtest}, {"区间覆盖：", "Coverage: ", m.Coverage}} {
			if p[2] != "" {
				text += "\n" + j.pick(p[0], p[1]) + p[2]
			}
		}
		item("方法："+m.Name, "Method: "+m.Name, text)
	}
	for i := range j.Report.Projections {
		p := &j.Report.Projections[i]
		why := j.pick(p.Why, p.WhyEN)
		if why == "" {
			continue
		}
		name := j.name(p.Series.SeriesID, p.Series.English)
		n := len(p.Series.Stretch())
		item("预测："+name, "Forecast: "+name, fmt.Sprintf(j.pick("方法 %s；依据%s，数值%d个。", "Method %s; rests on %s, %d values. "), p.Method, j.basisWords(p.Basis), n)+why)
	}
	s.end()
}

// writeCover writes the cover: what this is, how new, made from what, and
// where things stand.
func (j *job) writeCover() {
	office := j.Profile == Office
	s := j.book.Sheet(j.cover, []float64{j.pickWidth(46, 36), j.pickWidth(56, 66)})
	s.Grid(!office)
	s.Print(xlsx.Page{Portrait: true, Footer: j.footer()})
	if office {
		s.Add(60)
		st := j.style(xlsx.Style{Name: xlsx.Title, Font: j.titleFont(), Size: 22, Align: "centerContinuous", Bold: !j.zh(), Wrap: false})
		s.Add(40, xlsx.Cell{Value: j.title(), StyleID: st}, xlsx.Cell{StyleID: st})
		s.Add(30)
	} else {
		s.Add(28, xlsx.Cell{Value: j.title(), StyleID: j.style(xlsx.Style{Name: xlsx.Title, Size: 16, Bold: true})})
	}
	label := j.style(xlsx.Style{Bold: true, Top: true})
	body := j.style(xlsx.Style{Wrap: true, Top: true})
	fact := func(zh, en, v string) {
		if v != "" {
			s.Add(float64(lines(v, j.pickWidth(56, 66)))*j.bodySize()*1.45+3, xlsx.Cell{Value: j.pick(zh, en), StyleID: label}, xlsx.Cell{Value: v, StyleID: body})
		}
	}
	data, doc := j.cutoff()
	fact("地区", "Area", j.area())
	fact("数据截至", "Data to", data.Label(j.lang()))
	fact("最新文件日期", "Latest document of", doc.Label(j.lang()))
	fact("资料", "Made from", j.source())
	n := 0
	for _, t := range j.targets {
		if t.Target.Open == "" {
			n++
		}
	}
	fact("内容", "Holds", fmt.Sprintf(j.pick("数值%d条，目标%d项（其中有数值的%d项），有图的指标%d个，待核对%d处", "%d figures, %d targets (%d with a number), %d indicators with a chart, %d findings"), len(j.Data.Claims), len(j.targets), n, len(j.heads), len(j.Findings)))
	edition := j.pick("领导版", "leaders' edition")
	if j.Edition == Working {
		edition = j.pick("工作版", "working edition")
	}
	fact("版本", "Edition", edition)
	fact("程序", "Made by", strings.TrimSpace("zhibiao "+j.Version))
	fact("输入指纹", "Fingerprint of the input", j.Fingerprint())
	fact("联系", "Contact", j.Contact)
	if j.Profile == Publication {
		fact("说明", "Notes", j.pick("本工作簿每页一个表，无合并单元格；方括号内为缩写：[x] 没有该数，[z] 不适用。", "Every sheet holds one table, without merged cells. Shorthand stands in brackets: [x] not available, [z] not applicable."))
	}
	if office {
		s.Add(18)
	}
	h := xlsx.Style{Name: xlsx.Heading1, Font: j.titleFont(), Size: 14, Bold: true}
	if office {
		h.Line = xlsx.ThinBelow
	}
	hid := j.style(h)
	s.Add(24, xlsx.Cell{Value: j.pick("目录", "Contents"), StyleID: hid}, xlsx.Cell{StyleID: hid})
	lk := j.style(xlsx.Style{Name: xlsx.Link, Underline: true, Color: "0563C1", Top: true, Wrap: true})
	entry := func(sheet, what string) {
		if sheet == "" {
			return
		}
		s.Link(xlsx.Ref(1, s.Row()+1), sheet, "A1", what)
		s.Add(float64(lines(what, j.pickWidth(56, 66)))*j.bodySize()*1.45+3, xlsx.Cell{Value: sheet, StyleID: lk}, xlsx.Cell{Value: what, StyleID: body})
	}
	entry(j.overview, j.pick("每个目标一行：最近值、目标、所需和近期增长、进展", "A row a target: latest value, target, pace needed and recent, standing"))
	entry(j.attainment, j.pick("主要指标的绝对量、增速、目标、完成进度与时序进度", "Values, growth, targets, what is done and how much time has passed"))
	entry(j.scenario, j.pick("改变假定，看能否达到目标（公式随之计算）", "Change the assumptions and see what follows"))
	entry(j.forecasts, j.pick("各指标的历史与预测，长表", "History and forecast of every series, one long table"))
	entry(j.findings, j.pick("不相符的数、双方原文和可能的解释", "Figures that do not agree, both quotes, and what would reconcile them"))
	entry(j.methods, j.pick("数的含义、预测方法、先验、回测、判断标准", "What numbers mean, methods, priors, back-tests, verdicts"))
	entry(j.sources, j.pick("每个数的原文、章节、位置、状态", "Quote, section, place and status of every figure"))
	entry(j.documents, j.pick("资料的标题、发文机关、日期、校验值", "Title, issuer, date and checksum of what was read"))
	entry(j.data, j.pick("机器可读的全部数据，可改后读回", "All data for machines; a changed copy can be read back"))
	for _, h := range j.heads {
		what := h.label
		if h.chart != nil && h.chart.Title != "" && j.showProbability() {
			what = h.chart.Title
		}
		entry(h.sheet, what)
	}
}
