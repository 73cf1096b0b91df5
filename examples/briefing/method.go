package main

import (
	"regexp"
	"strconv"
	"strings"

	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/pooled"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// context is a stated growth for one indicator.
type context struct {
	indicator string
	growth    pooled.Context
	used      bool
}

var contextForm = regexp.MustCompile(`^\s*([^=]+?)\s*=\s*([+-]?[0-9.]+)\s*%?\s*(?:±|\+-|\+/-)\s*([0-9.]+)\s*%?\s*(.*)$`)

// shortNames are the abbreviations under which indicators are asked for.
var shortNames = map[string]string{"GDP": "地区生产总值", "R&D": "研发经费投入强度"}

func parseContexts(o *options) ([]*context, error) {
	var out []*context
	for _, s := range o.contexts {
		m := contextForm.FindStringSubmatch(s)
		if m == nil {
			return nil, o.errf("-context %q：应写成 'GDP=5±3 来源'，即年均增长百分数、标准差和来源", "-context %q: want 'GDP=5±3 source', growth in per cent a year, its standard deviation and where it is stated", s)
		}
		mean, err1 := strconv.ParseFloat(m[2], 64)
		sd, err2 := strconv.ParseFloat(m[3], 64)
		if err1 != nil || err2 != nil || mean <= -100 || mean > 1000 || sd <= 0 || sd > 1000 {
			return nil, o.errf("-context %q：增速须大于-100，标准差须为正数", "-context %q: growth must be above −100 and its standard deviation positive", s)
		}
		name := m[1]
		if full, ok := shortNames[strings.ToUpper(name)]; ok {
			name = full
		}
		src := strings.TrimSpace(m[4])
		if src == "" {
			src = "-context"
		}
		out = append(out, &context{indicator: name, growth: pooled.Context{Mean: mean / 100, SD: sd / 100, Source: src}})
	}
	return out, nil
}

// chooser returns the forecaster of each series: the library's default, which
// takes what to expect from the kind of the indicator, and growth from the
// stated context where there is one.
func chooser(contexts []*context) func(s *indicators.Series) progress.Choice {
	return func(s *indicators.Series) progress.Choice {
		var prior pooled.Mixture
		c := progress.Choice{Name: "auto"}
		for _, ctx := range contexts {
			if s.Measure == indicators.Level && (ctx.indicator == s.Indicator || strings.EqualFold(ctx.indicator, s.English)) {
				prior.Context = ctx.growth
				ctx.used = true
				c.Context = ctx.growth.Source
			}
		}
		c.Method = auto.Auto{Prior: prior}
		return c
	}
}
