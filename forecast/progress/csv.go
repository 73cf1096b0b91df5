package progress

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"

	"example.com/zhibiao/indicators"
)

var assessmentColumns = []string{
	"id", "indicator", "target", "measure", "bound", "want", "unit", "from", "by", "base_period", "base", "required", "required_lo", "required_hi", "recent",
	"median", "lo80", "hi80", "lo95", "hi95", "probability", "verdict", "method", "why", "quote", "base_unit", "base_lo", "base_hi", "required_unit", "rule",
	"pace_base", "required_from_base", "percentile", "probability_se", "probability_lo", "probability_hi", "flips", "later", "given",
}

// AssessmentColumns returns the columns of assessments.csv in their order.
func AssessmentColumns() []string { return append([]string(nil), assessmentColumns...) }

// WriteCSV writes assessments.csv, UTF-8 without BOM. want, median and the
// limits are in unit, that of the target's measure: for a growth target they
// are per cent a year. An absent number is an empty cell. lang, "zh" or "en",
// chooses the language of the column why; codes are the same in both. later
// is the pace needed after each year that only repeats the recent one
// (2022:18.3;2023:21.0, met where the target is met by then), given the
// probability if another target is met with its standard error
// (gdp-target-2026:0.73±0.013, rare where the condition is too rare to tell).
func WriteCSV(w io.Writer, as []Assessment, lang string) error {
	cw := csv.NewWriter(w)
	cw.Write(assessmentColumns)
	for i := range as {
		a := &as[i]
		t := &a.Target
		why := a.Why
		if lang == "en" {
			why = a.WhyEN
		}
		toUnit := a.measureOf()
		limit := func(x float64) string {
			if !a.Median.OK {
				return ""
			}
			return number(toUnit(x))
		}
		want, prob := "", ""
		if t.Open == "" {
			want = number(t.Number())
		}
		chance := func(x float64) string {
			if !a.HasProbability {
				return ""
			}
			return number(x)
		}
		flips := ""
		if a.HasProbability {
			prob, flips = number(a.Probability), "no"
			if a.Flips {
				flips = "yes"
			}
		}
		cw.Write([]string{
			a.ID, t.Indicator, printedTarget(t), t.Measure.String(), Bound(t), want, t.Unit.Symbol, a.From.String(), a.By.String(), a.From.String(),
			a.Base.csv(a.Base.Value), a.Required.csv(a.Required.Value), a.Required.csv(a.Required.Lo), a.Required.csv(a.Required.Hi), a.Recent.csv(a.Recent.Value),
			limit(a.Median.Value), limit(a.Median.Lo), limit(a.Median.Hi), limit(a.Lo95), limit(a.Hi95), prob, a.Verdict.String(), a.Method, why, t.Source.Quote,
			a.Base.Unit, a.Base.csv(a.Base.Lo), a.Base.csv(a.Base.Hi), a.Required.Unit, a.Rule,
			a.BaseFrom.String(), a.FromBase.csv(a.FromBase.Value), chance(a.Percentile), chance(a.SE), chance(a.ProbabilityLo), chance(a.ProbabilityHi), flips, a.laterCSV(), a.givenCSV(),
		})
	}
	cw.Flush()
	return cw.Error()
}

func (a *Assessment) laterCSV() string {
	var out []string
	for _, p := range a.Later {
		v := p.Required.csv(p.Required.Value)
		if p.Met {
			v = "met"
		}
		out = append(out, p.After.String()+":"+v)
	}
	return strings.Join(out, ";")
}

func (a *Assessment) givenCSV() string {
	var out []string
	for _, c := range a.Given {
		v := "rare"
		if c.OK {
			v = number(c.P) + "±" + number(c.SE)
		}
		out = append(out, c.On+":"+v)
	}
	return strings.Join(out, ";")
}

func printedTarget(t *indicators.Target) string {
	if t.Kind.Numberless() { // said in words: 稳定增长
		return t.Value.Word
	}
	c := indicators.Claim{Value: t.Value, HasValue: t.Open == "" || t.Value != (indicators.Value{}), Unit: t.Unit, Kind: t.Kind}
	if t.Value == (indicators.Value{}) && t.Open != "" {
		return ""
	}
	return c.Printed()
}

// Bound returns the code of a target's bound: at_least, more_than, at_most,
// less_than, about for a range, and none for a target without a number.
func Bound(t *indicators.Target) string {
	switch {
	case t.Open != "":
		return "none"
	case t.Floor() && t.Want.LoOpen:
		return "more_than"
	case t.Floor():
		return "at_least"
	case t.Ceiling() && t.Want.HiOpen:
		return "less_than"
	case t.Ceiling():
		return "at_most"
	}
	return "about"
}

// measureOf returns the map from values of the series to the target's
// measure.
func (a *Assessment) measureOf() func(float64) float64 {
	t := &a.Target
	switch t.Measure {
	case indicators.Relative:
	case indicators.GrowthRate:
		if a.start > 0 && a.startYears > 0 {
			return func(x float64) float64 { return 100 * math.Expm1(math.Log(max(x, 0)/a.start)/a.startYears) }
		}
	case indicators.Multiple:
		if a.start != 0 {
			return func(x float64) float64 { return x / a.start }
		}
	default:
		if u, err := indicators.ParseUnit(a.Base.Unit); err == nil && u.Scale > 0 && t.Unit.Scale > 0 && u.Scale != t.Unit.Scale {
			return func(x float64) float64 { return x * (u.Scale / t.Unit.Scale) }
		}
	}
	return func(x float64) float64 { return x }
}

func (n Number) csv(x float64) string {
	if !n.OK {
		return ""
	}
	return number(x)
}

// number prints ten significant digits, enough for any figure of a report
// and few enough to hide the last bits of floating point.
func number(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	r, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 10, 64), 64)
	return strconv.FormatFloat(r, 'f', -1, 64)
}
