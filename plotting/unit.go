package plotting

import (
	"strings"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// EnglishUnit returns the unit in which an English reader expects figures of
// u, and what they must be multiplied by: figures in 亿元 become billion yuan
// when multiplied by 0.1. Measure words of things counted have no English and
// give an empty name. It returns the symbol itself for units that it does not
// know.
func EnglishUnit(u indicators.Unit) (name string, factor float64) {
	if u.IsZero() {
		return "", 1
	}
	var base string
	switch u.Base {
	case indicators.BaseYuan:
		base = "yuan"
	case indicators.BaseDollar:
		base = "US dollars"
	case indicators.BasePercent:
		if u.Symbol == "‰" {
			return u.Symbol, 1
		}
		return "%", u.Scale
	case indicators.BasePoints:
		return "points", 1
	case indicators.BaseTimes:
		return "times", 1
	case indicators.BaseRank:
		return "", 1
	case "M2":
		base = "m²"
	case "M3":
		base = "m³"
	case "M":
		if u.Scale == 1000 {
			return "km", 1
		}
		base = "m"
	case "T":
		base = "tonnes"
	case "UG_M3":
		return "µg/m³", u.Scale
	case "人", "人次", "户", "天", "套", "亩":
		base = map[string]string{"人": "people", "人次": "visits", "户": "households", "天": "days", "套": "homes"}[u.Base]
	default:
		if !u.Count {
			return u.Symbol, 1
		}
	}
	factor = 1
	var mult string
	switch s := u.Scale; {
	case s >= 1e8:
		mult, factor = "billion", s/1e9
	case s >= 1e4 && u.Base == indicators.BaseYuan:
		mult, factor = "million", s/1e6
	case s >= 1e4:
		mult, factor = "thousand", s/1e3
	default:
		factor = s
	}
	return strings.TrimSpace(mult + " " + base), factor
}

// scaled is k times a random variable, k > 0.
type scaled struct {
	d forecast.Dist
	k float64
}

func (s scaled) Mean() float64              { return s.k * s.d.Mean() }
func (s scaled) CDF(x float64) float64      { return s.d.CDF(x / s.k) }
func (s scaled) Quantile(p float64) float64 { return s.k * s.d.Quantile(p) }

// Below keeps what forecast.AtLeast needs of a distribution with atoms.
func (s scaled) Below(x float64) float64 { return 1 - forecast.AtLeast(s.d, x/s.k) }

// scalePoints multiplies figures by k.
func scalePoints(pts []Point, k float64) []Point {
	out := make([]Point, len(pts))
	for i, p := range pts {
		p.Value, p.Lo, p.Hi = p.Value*k, p.Lo*k, p.Hi*k
		out[i] = p
	}
	return out
}
