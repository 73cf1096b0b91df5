package briefing

import (
	"fmt"
	"strings"

	"example.com/zhibiao/indicators"
	"example.com/zhibiao/plotting/briefing/internal/xlsx"
)

// kindWords names the kinds of statements.
var kindWords = map[indicators.Kind]string{
	indicators.KindLevel: "水平", indicators.KindCumulative: "累计", indicators.KindCumulative5: "五年累计", indicators.KindIncrement: "增量", indicators.KindIncrementYear: "当年新增", indicators.KindAvgIncrement: "年均增量",
	indicators.KindProjectTotal: "项目总额", indicators.KindFrom: "由…（起点）", indicators.KindTo: "到…（终点）", indicators.KindDifference: "差距", indicators.KindGrowth: "增速", indicators.KindAvgGrowth: "年均增速",
	indicators.KindChange: "较基期变动", indicators.KindShare: "占比", indicators.KindShareCity: "占全市比重", indicators.KindShareOther: "占比（其他）", indicators.KindRate: "比率", indicators.KindIndex: "指数", indicators.KindMultiple: "倍数",
	indicators.KindPointChange: "百分点变动", indicators.KindRank: "位次", indicators.KindMilestone: "节点",
	indicators.KindTargetLevel: "目标：水平", indicators.KindTargetIncrement: "目标：新增", indicators.KindTargetCumulative: "目标：累计", indicators.KindTargetFloor: "目标：下限", indicators.KindTargetCeiling: "目标：上限",
	indicators.KindTargetMultiple: "目标：倍数", indicators.KindTargetGrowth: "目标：增速", indicators.KindTargetShare: "目标：占比", indicators.KindTargetRank: "目标：位次", indicators.KindTargetQualitative: "目标：定性",
}

func (j *job) kind(k indicators.Kind) string {
	if j.zh() {
		return kindWords[k]
	}
	return strings.ReplaceAll(string(k), "_", " ")
}

// sourcesTable describes the sheet of sources; its layout is needed before it
// is written, for the links that lead to it.
func (j *job) sourcesTable() *table {
	return &table{
		sheet: j.sources, id: "sources", title: j.pick("数据来源：每个数的原文与位置", "Sources: quote and place of every figure"), filter: true, freeze: 2,
		cols: []column{
			{head: j.pick("编号", "ID"), width: 24, align: "left"}, {head: j.pick("指标", "Indicator"), width: 28, align: "left"}, {head: j.pick("数（原样）", "As printed"), width: 13, align: "center"},
			{head: j.pick("数值", "Value"), width: 12, align: "right"}, {head: j.pick("单位", "Unit"), width: 11, align: "center"}, {head: j.pick("类型", "Kind"), width: 13, align: "center"},
			{head: j.pick("时期", "Period"), width: 21, align: "center"}, {head: j.pick("地区", "Area"), width: 10, align: "center"}, {head: j.pick("状态", "Status"), width: 8, align: "center"}, {head: j.pick("章节", "Section"), width: 20, align: "left"},
			{head: j.pick("原文（已去空白）", "Quote (white space removed)"), width: 50, align: "left"}, {head: j.pick("字节位置", "Bytes"), width: 13, align: "center"}, {head: j.pick("文件", "Document"), width: 14, align: "center"},
			{head: j.pick("核对", "Check"), width: 11, align: "center"}, {head: j.pick("备注", "Note"), width: 30, align: "left"},
		},
		notes: []string{j.pick("“—”表示原文没有该项。字节位置指原文文件中的起止字节（含起不含止）；核对一栏说明原文是否在文件中找到；来自年鉴或表格的数在备注中写明出处和页码。",
			"A dash means that there is none. Bytes are where the quote begins and ends in the document, the end not included; check says whether it was found there; figures from a yearbook or a table name it with its page in the note.")},
	}
}

// writeSources writes every figure with its quote, section, place and status.
func (j *job) writeSources() {
	t := j.sourcesTable()
	if j.Profile == Publication {
		t.notes[0] = pubDash(t.notes[0])
	}
	s := j.begin(t)
	status := map[indicators.Status]string{
		indicators.Actual: j.pick("实际", "actual"), indicators.Estimated: j.pick("估计", "estimate"), indicators.Provisional: j.pick("初步", "provisional"),
	}
	s.rows(len(j.Data.Claims), func(i int) []cell {
		c := &j.Data.Claims[i]
		value := j.none(notApplicable)
		if c.HasValue {
			format := decimalFormat(c.Value.Decimals())
			x := c.Value.Float()
			if c.Value.Den > 1 {
				format = "# ?/?"
				if c.Value.Den > 9 {
					format = "0.0000"
				}
			}
			value = j.figure(figure{x, format, true})
		}
		st := status[c.Status]
		if c.Kind.Target() {
			st = j.pick("目标", "target")
		}
		place, check := "", j.pick("未核对", "not checked")
		if c.Source.End > 0 {
			place = fmt.Sprintf("%d–%d", c.Source.Start, c.Source.End)
		}
		switch {
		case c.Source.Quote == "":
			check = j.pick("无引文", "no quote")
		case j.Checked[c.Source.Doc]:
			check = j.pick("与原文一致", "found")
		}
		name := cell{v: j.name(indicators.SeriesID{Indicator: c.Indicator, Scope: c.Scope}, c.English)}
		printed := j.text("")
		if c.HasValue {
			printed = j.text(c.Printed())
		}
		return []cell{{v: c.ID}, name, printed, value, j.text(c.Unit.Symbol), j.text(j.kind(c.Kind)), j.text(indicators.FormatSpans(c.Spans)), j.text(c.Area), j.text(st),
			j.text(c.Source.Section), j.text(long(c.Source.Quote)), j.text(place), j.text(c.Source.Doc), {v: check}, j.text(long(c.Note))}
	})
	s.end()
}

// long shortens a text that no cell holds and says so.
func long(s string) string {
	const most = 32000
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + fmt.Sprintf("…（%d）", len(r))
	}
	return s
}

// writeDocuments writes what was read.
func (j *job) writeDocuments() {
	t := &table{sheet: j.documents, id: "documents", title: j.pick("文件清单", "Documents"),
		cols: []column{{head: "doc", width: 18, align: "left"}, {head: "title", width: 46, align: "left"}, {head: "issuer", width: 24, align: "left"}, {head: "date", width: 13, align: "center"}, {head: "sha256", width: 70, align: "left"}},
		lead: []string{j.pick("列名为文件 documents.csv 的列名；date 为印发日期；sha256 为原文文件的校验值。", "The headings are those of documents.csv; date is that of issue; sha256 is that of the text.")}}
	s := j.begin(t)
	for _, d := range j.Data.Documents {
		s.row(cell{v: d.Doc, style: asText}, j.text(d.Title), j.text(d.Issuer), j.text(d.Date.String()), j.text(d.SHA256))
	}
	s.end()
}

var asText = cellStyle{Style: xlsx.Style{Format: "@"}}

// writeFindings writes what does not agree, with both quotes.
func (j *job) writeFindings() {
	t := &table{
		sheet: j.findings, id: "findings", title: j.pick("矛盾与核对：不相符的数和可能的解释", "Findings: figures that do not agree, and what would reconcile them"), filter: true, freeze: 1,
		cols: []column{
			{head: j.pick("序号", "No."), width: 6, align: "center"}, {head: j.pick("类别", "Class"), width: 11, align: "center"}, {head: j.pick("程度", "Severity"), width: 9, align: "center"}, {head: j.pick("问题", "Finding"), width: 46, align: "left"},
			{head: j.pick("甲数", "First"), width: 13, align: "center"}, {head: j.pick("甲数原文", "Quote of the first"), width: 36, align: "left"}, {head: j.pick("乙数", "Second"), width: 13, align: "center"}, {head: j.pick("乙数原文", "Quote of the second"), width: 36, align: "left"},
			{head: j.pick("可能的解释", "Readings that would reconcile them"), width: 40, align: "left"},
		},
		notes: []string{j.pick("“—”表示没有。“矛盾”指任何读法都不能同真；“口径待核”指原文未定年份或口径，按某种读法可以一致。两个数都保留，采用哪一个见总览和各指标页。",
			"A dash means that there is none. A contradiction is what no reading saves; a conflict leaves year or scope open, and some reading reconciles it. Both figures are kept; the overview and the sheets of the indicators show which one is used.")},
	}
	if j.Profile == Publication {
		t.notes[0] = pubDash(t.notes[0])
	}
	s := j.begin(t)
	side := func(id, printed string) (cell, cell) {
		c := j.claims[id]
		if c == nil {
			return j.text(printed), j.none(notApplicable)
		}
		if printed == "" {
			printed = c.Printed()
		}
		quote := c.Source.Quote
		if quote == "" {
			quote = noteSource(c.Note)
		}
		return j.toSource(cell{v: printed}, id), j.text(long(quote))
	}
	for i := range j.Findings {
		f := &j.Findings[i]
		msg, readings := f.Message, strings.Join(f.Readings, "；")
		if !j.zh() {
			msg, readings = f.MessageEN, strings.Join(f.ReadingsEN, "; ")
		}
		a, aq := side(f.Left, f.LeftText)
		b, bq := side(f.Right, f.RightText)
		s.row(cell{v: i + 1}, cell{v: f.Class.Words(j.lang())}, cell{v: f.Severity.Words(j.lang())}, j.text(msg), a, aq, b, bq, j.text(readings))
	}
	s.end()
}

// writeData writes the claims in the layout of figures.csv, one cell a field,
// for machines and for filling in.
func (j *job) writeData() {
	heads := indicators.FigureColumns()
	widths := map[string]float64{"id": 26, "indicator": 30, "quote": 50, "section": 22, "note": 26, "english": 34, "of": 22, "ref": 22}
	t := &table{sheet: j.data, id: "data", title: j.pick("数据：figures.csv 的全部行和列", "Data: all rows and columns of figures.csv"), filter: true, freeze: 2,
		lead: []string{j.pick("列名与 figures.csv 相同，改后可由程序读回；空格表示该项为空。", "The headings are those of figures.csv, and a changed copy can be read back; an empty cell is an empty field.")}}
	for _, h := range heads {
		w := widths[h]
		if w == 0 {
			w = 11
		}
		t.cols = append(t.cols, column{head: h, width: w})
	}
	s := j.begin(t)
	text, number := j.style(xlsx.Style{Format: "@"}), map[int]int{}
	whole := j.style(xlsx.Style{Format: "0"})
	first := s.Row() + 1
	s.Defer(len(j.Data.Claims), func(i int) (float64, []xlsx.Cell) {
		c := &j.Data.Claims[i]
		row := c.Record()
		cells := make([]xlsx.Cell, len(row))
		for k, v := range row {
			if v == "" {
				continue
			}
			cells[k] = xlsx.Cell{Value: long(v), StyleID: text}
			switch heads[k] {
			case "value":
				if c.Value.Den <= 1 && len(v) <= 16 {
					d := c.Value.Decimals()
					if _, ok := number[d]; !ok {
						format := "0"
						if d > 0 {
							format += "." + strings.Repeat("0", d)
						}
						number[d] = j.style(xlsx.Style{Format: format})
					}
					cells[k] = xlsx.Cell{Value: c.Value.Float(), StyleID: number[d]}
				}
			case "start":
				cells[k] = xlsx.Cell{Value: c.Source.Start, StyleID: whole}
			case "end":
				cells[k] = xlsx.Cell{Value: c.Source.End, StyleID: whole}
			}
		}
		return 0, cells
	})
	if s.count = len(j.Data.Claims); s.count > 0 {
		s.Ignore(xlsx.Range(1, first, len(heads), s.Row()))
	}
	s.end()
}
