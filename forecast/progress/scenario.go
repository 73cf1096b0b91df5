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
// of the population give the level, growth and a level of one series hold one
// another to account, and incomes that keep step with output must grow as it
// has to. Assessments supply base values and due dates.
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
	for i := range as {
		a := &as[i]
		if a.IsPace() || a.Target.Open != "" || !a.Required.OK {
			continue
		}
		for k := range as {
			l := &as[k]
			if l.IsPace() || l.Target.Measure != indicators.Level || l.By != a.By || !l.Required.OK || l.Required.Unit != "%" {
				continue
			}
			switch t := &a.Target; {
			case t.Measure == indicators.GrowthRate && t.SeriesID == l.Target.SeriesID && a.From == l.From:
				out = append(out, growthAndLevel(a, l))
			case t.Measure == indicators.Relative:
				if ind, area := indicators.SplitRef(t.Ref); ind == l.Target.Indicator && area == l.Target.Area && l.Target.Scope == "" {
					out = append(out, s.stepWithLevel(a, l, as))
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
	pop, ok := s.population(head.Target.Area)
	if !ok {
		return headWithout(head, level)
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

// headWithout says what growth of population and prices would make growth a
// head and the level target agree, where neither is assumed.
func headWithout(head, level *Assessment) (Implication, bool) {
	g := head.Target.Number()
	if g <= -100 {
		return Implication{}, false
	}
	at := func(x float64) float64 { return 100 * ((1+x/100)/(1+g/100) - 1) }
	v := at(level.Required.Value)
	r := level.Required
	return Implication{
		Targets: []string{head.ID, level.ID}, What: "growth of population and prices", Value: Number{v, at(r.Lo), at(r.Hi), "%", true},
		Message:   fmt.Sprintf("总量目标需名义增长%s%%，人均目标为%s%%：两者同时恰好实现，则人口与价格合计年增%s%%（%s%%–%s%%）；低于此数，总量目标更难。", num(r.Value, 2), short(g), num(v, 2), num(at(r.Lo), 2), num(at(r.Hi), 2)),
		MessageEN: fmt.Sprintf("The level takes nominal growth of %s %%, the target a head is %s %%: both are just met if population and prices together grow by %s %% a year (%s–%s %%); if they grow by less, the level is the harder target.", num(r.Value, 2), short(g), num(v, 2), num(at(r.Lo), 2), num(at(r.Hi), 2)),
	}, true
}

// growthAndLevel: two targets on one series for one date, one for its growth
// and one for its level.
func growthAndLevel(growth, level *Assessment) Implication {
	g, r := growth.Required.Value, level.Required
	im := Implication{Targets: []string{growth.ID, level.ID}, What: "required growth of the level", Value: r, Binds: level.ID}
	zh, en := "水平目标更难", "the level is the harder target"
	switch {
	case g > r.Hi:
		im.Binds, zh, en = growth.ID, "增速目标更难", "growth is the harder target"
	case g >= r.Lo:
		im.Binds, zh, en = "", "在四舍五入范围内两者一致", "within rounding the two agree"
	}
	im.Message = fmt.Sprintf("水平目标%s%s需年均增长%s%%（%s%%–%s%%），增速目标为%s%%：%s。", short(level.Want.Value), level.Want.Unit, num(r.Value, 2), num(r.Lo, 2), num(r.Hi, 2), num(g, 2), zh)
	im.MessageEN = fmt.Sprintf("The level of %s %s takes %s %% a year (%s–%s %%), the growth target is %s %%: %s.", short(level.Want.Value), level.Want.Unit, num(r.Value, 2), num(r.Lo, 2), num(r.Hi, 2), num(g, 2), en)
	return im
}

// stepWithLevel: growth relative to a reference that has a level target of its
// own for the same date must keep step with what that takes.
func (s *Scenario) stepWithLevel(rel, level *Assessment, as []Assessment) Implication {
	r, tol := level.Required, rel.Target.Number()
	v := Number{r.Value + tol, r.Lo + tol, r.Hi + tol, "%", true}
	im := Implication{
		Targets: []string{rel.ID, level.ID}, What: "growth that keeps step", Value: v,
		Message:   fmt.Sprintf("%s目标需年均增长%s%%，%s与其同步（差距不低于%s个百分点）则需年均增长%s%%", level.Target.Indicator, num(r.Value, 2), rel.Target.Indicator, num(tol, 1), num(v.Value, 2)),
		MessageEN: fmt.Sprintf("The level of the reference takes %s %% a year; to keep step (%s points) takes %s %% a year", num(r.Value, 2), num(tol, 1), num(v.Value, 2)),
	}
	if rel.Base.OK {
		if k, ok := stepsTo(rel.From, rel.By); ok {
			end := rel.Base.Value * math.Pow(1+v.Value/100, float64(k))
			im.Message += fmt.Sprintf("，即%s达到%s%s", rel.By.Label("zh"), short(end), rel.Base.Unit)
			im.MessageEN += fmt.Sprintf(", that is %s %s in %s", short(end), rel.Base.Unit, rel.By.Label("en"))
		}
	}
	var own *Assessment // a target of the indicator itself
	for i := range as {
		if o := &as[i]; !o.IsPace() && o.Required.OK && o.Required.Unit == "%" && o.Target.Measure != indicators.Relative && o.Target.SeriesID == rel.Target.SeriesID && o.By == rel.By {
			own = o
		}
	}
	grows, assumed := s.growth(rel.Target.Indicator, rel.Target.Area)
	switch {
	case own != nil && own.Required.Value < v.Lo:
		im.Binds = rel.ID
		im.Message += fmt.Sprintf("；其自身目标只需%s%%，同步目标更难", num(own.Required.Value, 2))
		im.MessageEN += fmt.Sprintf("; its own target takes only %s %%: keeping step is harder", num(own.Required.Value, 2))
	case own != nil:
		im.Binds = own.ID
		im.Message += fmt.Sprintf("；其自身目标需%s%%，更难", num(own.Required.Value, 2))
		im.MessageEN += fmt.Sprintf("; its own target takes %s %% and is harder", num(own.Required.Value, 2))
	case assumed && grows < v.Lo:
		im.Broken, im.Binds = true, rel.ID
		im.Message += fmt.Sprintf("；按假定的%s%%不能同时实现", num(grows, 1))
		im.MessageEN += fmt.Sprintf("; at the assumed %s %% both cannot be met", num(grows, 1))
	}
	im.Message += "。"
	im.MessageEN += "."
	return im
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
