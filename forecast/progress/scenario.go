package progress

import (
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// Assumption is a stated growth of one series under a scenario.
type Assumption struct {
	Indicator string  // standard name, such as 地区生产总值 or 常住人口
	Area      string  // such as 洛阳市
	Growth    float64 // per cent a year
	Source    string  // where it is stated; may be empty
}

// Scenario is a set of assumptions under which targets are looked at
// together.
type Scenario struct {
	Name     string
	Assume   []Assumption
	Deflator float64 // growth of prices, per cent a year; NaN: not assumed
}

func (s *Scenario) growth(indicator, area string) (float64, bool) {
	for _, a := range s.Assume {
		if a.Indicator == indicator && (a.Area == "" || a.Area == area) {
			return a.Growth, true
		}
	}
	return 0, false
}

// Implication is something that two targets, or a target and an assumption,
// entail together.
type Implication struct {
	Targets   []string // IDs of the targets it joins
	Binds     string   // the ID of the target that asks for more; empty if neither does
	What      string   // what Value is, such as required growth of the total
	Value     Number
	Message   string // in Chinese
	MessageEN string
	Broken    bool // under the assumptions the targets cannot be met together, or one is empty beside the other
}

// Imply looks for what the targets of a report entail together and under s: a
// level and a share give the total and its growth, growth a head and growth
// of the population give the level, and incomes that keep step with output
// give their growth. Assessments supply base values and due dates.
func (s *Scenario) Imply(as []Assessment) []Implication {
	var out []Implication
	for i := range as {
		share := &as[i]
		if share.Target.Measure != indicators.Share || !share.Want.OK || !share.Base.OK || share.Want.Value <= 0 || share.Base.Value <= 0 {
			continue
		}
		for k := range as {
			level := &as[k]
			t := &level.Target
			if t.Measure != indicators.Level || t.Indicator != share.Target.Indicator || t.Area != share.Target.Area || t.Scope != share.Target.Scope || level.By != share.By || !level.Base.OK || !level.Want.OK || level.From != share.From {
				continue
			}
			out = append(out, s.shareAndLevel(share, level))
		}
	}
	for i := range as {
		head := &as[i]
		t := &head.Target
		if t.Measure != indicators.GrowthRate || t.Open != "" {
			continue
		}
		whole, ok := perHead(t.Indicator)
		if !ok {
			continue
		}
		for k := range as {
			if l := &as[k]; l.Target.Measure == indicators.Level && l.Target.Indicator == whole && l.Target.Area == t.Area && l.By == head.By && l.Required.OK && l.Required.Unit == "%" {
				if im, ok := s.headAndLevel(head, l); ok {
					out = append(out, im)
				}
			}
		}
	}
	return out
}

// perHead returns the total that an indicator a head belongs to.
func perHead(name string) (string, bool) {
	for _, p := range []string{"人均"} {
		if len(name) > len(p) && name[:len(p)] == p {
			return name[len(p):], true
		}
	}
	return "", false
}

// shareAndLevel: level T and share q of a total say that the total is T/q.
func (s *Scenario) shareAndLevel(share, level *Assessment) Implication {
	_, area := indicators.SplitRef(share.Target.Ref)
	n, ok := stepsTo(level.From, level.By)
	if !ok {
		return Implication{}
	}
	baseLevel := indicators.Interval{Lo: level.Base.Lo, Hi: level.Base.Hi}
	baseShare := indicators.Interval{Lo: share.Base.Lo, Hi: share.Base.Hi}
	total0 := baseLevel.Div(baseShare.Scale(0.01))
	total0v := level.Base.Value / (share.Base.Value / 100)
	total := level.Want.Value / (share.Want.Value / 100)
	g, _ := indicators.Growth(total0, indicators.Point(total), float64(n))
	gv := 100 * math.Expm1(math.Log(total/total0v)/float64(n))
	im := Implication{
		Targets: []string{level.ID, share.ID}, What: "growth of the total", Value: Number{gv, g.Lo, g.Hi, "%", true},
		Message: fmt.Sprintf("%s目标%s%s与占比%s%%同时恰好实现，则%s为%s%s，需年均增长%s%%（%s%%–%s%%）。", level.By.Label("zh"), num(level.Want.Value, 0), level.Want.Unit, num(share.Want.Value, 1),
			area, num(total, 0), level.Want.Unit, num(gv, 1), num(g.Lo, 2), num(g.Hi, 2)),
		MessageEN: fmt.Sprintf("If %s %s and a share of %s %% are both just met in %s, the total (%s) is %s %s, which takes %s %% a year (%s–%s %%).", num(level.Want.Value, 0), level.Want.Unit,
			num(share.Want.Value, 1), level.By.Label("en"), area, num(total, 0), level.Want.Unit, num(gv, 1), num(g.Lo, 2), num(g.Hi, 2)),
	}
	if city, ok := s.growth(share.Target.Indicator, area); ok {
		then := total0v * math.Pow(1+city/100, float64(n))
		shareThen := 100 * level.Want.Value / then
		levelThen := then * share.Want.Value / 100
		im.Binds = level.ID
		zh, en := "水平目标更难", "the level is the harder target"
		if shareThen < share.Want.Value {
			im.Binds = share.ID
			zh, en = "占比目标更难", "the share is the harder target"
		}
		im.Message += fmt.Sprintf("若%s年均增长%s%%，%s%s意味着占比%s%%，占比%s%%只需%s%s：%s。", area, num(city, 1), num(level.Want.Value, 0), level.Want.Unit, num(shareThen, 1), num(share.Want.Value, 1), num(levelThen, 0), level.Want.Unit, zh)
		im.MessageEN += fmt.Sprintf(" If it grows by %s %% a year, %s %s mean a share of %s %%, and a share of %s %% takes only %s %s: %s.", num(city, 1), num(level.Want.Value, 0), level.Want.Unit, num(shareThen, 1), num(share.Want.Value, 1), num(levelThen, 0), level.Want.Unit, en)
		im.Broken = shareThen > 100
	}
	return im
}

// headAndLevel: growth a head, growth of the population and of prices give
// nominal growth, to hold beside that of the level target.
func (s *Scenario) headAndLevel(head, level *Assessment) (Implication, bool) {
	pop, ok := s.growth("常住人口", head.Target.Area)
	if !ok {
		pop, ok = s.growth("总人口", head.Target.Area)
	}
	if !ok {
		return Implication{}, false
	}
	real := 100 * ((1+head.Target.Number()/100)*(1+pop/100) - 1)
	im := Implication{Targets: []string{head.ID, level.ID}, What: "growth of the whole"}
	v := real
	zh, en := "实际", "real"
	if !math.IsNaN(s.Deflator) {
		v = 100 * ((1+real/100)*(1+s.Deflator/100) - 1)
		zh, en = fmt.Sprintf("名义（价格年涨%s%%）", num(s.Deflator, 1)), fmt.Sprintf("nominal (prices up %s %% a year)", num(s.Deflator, 1))
	}
	im.Value = Number{v, v, v, "%", true}
	im.Binds = level.ID
	harder, harderEN := "总量目标更难", "the level is the harder target"
	if v > level.Required.Value {
		im.Binds = head.ID
		harder, harderEN = "人均目标更难", "the target a head is the harder one"
	}
	im.Message = fmt.Sprintf("人均增长%s%%、人口年增%s%%，则总量%s增长%s%%；总量目标需%s%%：%s。", num(head.Target.Number(), 1), num(pop, 1), zh, num(v, 2), num(level.Required.Value, 2), harder)
	im.MessageEN = fmt.Sprintf("Growth of %s %% a head and of the population by %s %% make %s growth of %s %%; the level target takes %s %%: %s.", num(head.Target.Number(), 1), num(pop, 1), en, num(v, 2), num(level.Required.Value, 2), harderEN)
	return im, true
}

// ShareUnder returns the distribution of the share, in per cent, of a series
// in a total that grows as assumed: total0 in the origin period, growth per
// cent a year, h periods ahead of it. level is the series' own distribution
// then. The total must be positive.
func ShareUnder(level forecast.Dist, total0, growth float64, h int) forecast.Dist {
	if !(total0 > 0) || growth <= -100 || h < 0 {
		panic("progress: a total must be positive")
	}
	return forecast.TransformedDist{D: level, T: percentOf{total0 * math.Pow(1+growth/100, float64(h))}}
}

type percentOf struct{ total float64 }

func (p percentOf) Forward(x float64) float64 { return x / 100 * p.total }
func (p percentOf) Inverse(z float64) float64 { return 100 * z / p.total }
