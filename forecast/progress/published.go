package progress

import (
	"fmt"
	"math"

	"example.com/zhibiao/indicators"
)

// Track is an indicator on its way: where it started, where it is, and where
// it should be. It is the input of the published methods.
type Track struct {
	Base        float64              // value in the base year
	BaseYear    float64              // calendar year; fractions are allowed
	Current     float64              // latest value
	CurrentYear float64              // of the latest value
	Target      float64              // wanted value; NaN if there is no target
	TargetYear  float64              // when; ignored without a target
	Better      indicators.Direction // which way is better; must be Up or Down
	Limit       float64              // natural limit, such as 100 for a coverage rate; NaN if there is none
	History     []float64            // yearly values up to the latest, oldest first, NaN for a gap; nil if only the two are known
	// What the printed values may be; the zero Interval means exact.
	BaseInterval, CurrentInterval indicators.Interval
}

// HasTarget reports whether the track has a target.
func (t *Track) HasTarget() bool { return !math.IsNaN(t.Target) }

// Published is the answer of one published method.
type Published struct {
	Rule     string  // the method, named after what is verified, such as open-sdg-2.4
	Required float64 // what it takes: per cent a year or units a year as the rule measures; NaN if the rule has none
	Observed float64 // what was done, in the same measure; NaN if the rule has none
	Ratio    float64 // observed over required, as the rule defines it; NaN if the rule has none
	Score    float64 // −5 … 5 where the rule scores, otherwise NaN
	Verdict  string  // in the rule's own words; not_available if it gives none
	Why      string  // the numbers behind it, or why there is no verdict
	Flips    bool    // rounding of the printed values alone could change the verdict
}

// NotAvailable is the verdict of a method that has none.
const NotAvailable = "not_available"

// The published rules, each named after what is verified of it.
const (
	RuleStatCan  = "open-sdg-2.4"           // Statistics Canada / Open SDG
	RuleEurostat = "eurostat-ratio"         // classes as far as Statistics Canada confirms them
	RuleUN       = "un-progress-chart-2023" // UN Progress Chart 2023
	RuleDestatis = "destatis"               // weather symbols of the German sustainability strategy
	RuleSchedule = "schedule"               // 时序进度
)

// Methods returns the answers of all published methods that take a single
// track, in a fixed order. A method that does not apply says why.
func Methods(t Track) []Published {
	return []Published{StatCan(t), Eurostat(t), UNProgressChart(t), Destatis(t)}
}

func unavailable(rule, why string) Published {
	return Published{Rule: rule, Required: math.NaN(), Observed: math.NaN(), Ratio: math.NaN(), Score: math.NaN(), Verdict: NotAvailable, Why: why}
}

// nonZero replaces a zero by 0.001, as the Open SDG code does before it forms
// ratios.
func nonZero(x float64) float64 {
	if x == 0 {
		return 0.001
	}
	return x
}

// rates returns the observed and the required compound growth, as fractions a
// year, both from the base year.
func (t *Track) rates() (observed, required float64, why string) {
	if t.Better != indicators.Up && t.Better != indicators.Down {
		return 0, 0, "it is not stated which direction is better"
	}
	if math.IsNaN(t.Base) || math.IsNaN(t.Current) || math.IsNaN(t.BaseYear) || math.IsNaN(t.CurrentYear) {
		return 0, 0, "base or current value is missing"
	}
	if t.CurrentYear <= t.BaseYear {
		return 0, 0, "there is no value after the base year"
	}
	y0, y := nonZero(t.Base), nonZero(t.Current)
	if y0 < 0 || y < 0 || t.HasTarget() && t.Target < 0 {
		return 0, 0, "compound growth is undefined for negative values; the methods on differences apply"
	}
	observed = math.Pow(y/y0, 1/(t.CurrentYear-t.BaseYear)) - 1
	if t.HasTarget() {
		if t.TargetYear <= t.BaseYear {
			return 0, 0, "the target year is not after the base year"
		}
		required = math.Pow(nonZero(t.Target)/y0, 1/(t.TargetYear-t.BaseYear)) - 1
	}
	return observed, required, ""
}

// achieved reports whether the latest value meets the target.
func (t *Track) achieved() bool { return t.HasTarget() && float64(t.Better)*(t.Current-t.Target) >= 0 }

// flips reports whether verdict changes when base and current value move
// within what they may be. The methods are monotone in both, so the corners
// decide; a corner that an open end excludes is approached.
func (t Track) flips(rule func(Track) Published, verdict string) bool {
	if t.BaseInterval == (indicators.Interval{}) && t.CurrentInterval == (indicators.Interval{}) {
		return false
	}
	ends := func(iv indicators.Interval, x float64) []float64 {
		if iv == (indicators.Interval{}) || !iv.Bounded() {
			return []float64{x}
		}
		lo, hi := iv.Lo, iv.Hi
		if iv.LoOpen {
			lo = math.Nextafter(lo, hi)
		}
		if iv.HiOpen {
			hi = math.Nextafter(hi, lo)
		}
		return []float64{lo, x, hi}
	}
	for _, b := range ends(t.BaseInterval, t.Base) {
		for _, c := range ends(t.CurrentInterval, t.Current) {
			u := t
			u.Base, u.Current = b, c
			u.BaseInterval, u.CurrentInterval = indicators.Interval{}, indicators.Interval{}
			if len(u.History) > 0 {
				u.History = append(append([]float64(nil), u.History[:len(u.History)-1]...), c)
			}
			if rule(u).Verdict != verdict {
				return true
			}
		}
	}
	return false
}

// StatCan is the method of Statistics Canada's SDG hub and of Open SDG: the
// ratio of observed to required compound growth from the base year, with the
// score from −5 to 5. Without a target it judges the growth itself, the
// cut-offs scaled by the natural-limit factor. The ratio stands in Ratio, and
// without a target the signed growth as a fraction does.
func StatCan(t Track) Published {
	obs, req, why := t.rates()
	if why != "" {
		return unavailable(RuleStatCan, why)
	}
	d := float64(t.Better)
	p := Published{Rule: RuleStatCan, Required: math.NaN(), Observed: 100 * obs, Score: math.NaN()}
	if t.HasTarget() {
		p.Required = 100 * req
		p.Ratio = d * obs / math.Abs(req)
		if t.achieved() {
			p.Score, p.Verdict, p.Why = 5, "target_achieved", "the latest value meets the target"
			if req == 0 {
				p.Ratio = math.NaN()
			}
		} else if req == 0 {
			return unavailable(RuleStatCan, "the base equals the target, which the indicator has left since: the required growth is zero")
		} else {
			p.Score = 7.1429*p.Ratio - 4.2857
			if p.Ratio <= 0.6 {
				p.Score = 4.1667*p.Ratio - 2.5
			}
			p.Score = min(max(p.Score, -5), 5)
			switch {
			case p.Ratio >= 0.95:
				p.Verdict = "substantial_progress"
			case p.Ratio >= 0.60:
				p.Verdict = "moderate_progress"
			case p.Ratio >= 0:
				p.Verdict = "limited_progress"
			default:
				p.Verdict = "deterioration"
			}
			p.Why = fmt.Sprintf("growth %.4g %% a year against %.4g %% required, ratio %.3f; cut-offs 0.95, 0.60, 0", 100*obs, 100*req, p.Ratio)
		}
	} else {
		v := d * obs
		p.Ratio = v
		c := naturalLimit(t.Base, t.Limit)
		switch {
		case t.Base == t.Limit && v >= 0:
			p.Score, p.Verdict, p.Why = 5, "substantial_progress", "the base is at the natural limit and was held"
		default:
			p.Score = statcanScore(v, c)
			switch {
			case v >= 0.015*c:
				p.Verdict = "substantial_progress"
			case v >= 0.005*c:
				p.Verdict = "moderate_progress"
			case v >= 0:
				p.Verdict = "limited_progress"
			default:
				p.Verdict = "deterioration"
			}
			p.Why = fmt.Sprintf("growth %.4g %% a year in the better direction; natural-limit factor %.4g; cut-offs %.4g, %.4g, 0 %%", 100*v, c, 1.5*c, 0.5*c)
		}
	}
	p.Flips = t.flips(StatCan, p.Verdict)
	return p
}

// naturalLimit is the factor by which growth near a limit counts for more.
func naturalLimit(y0, limit float64) float64 {
	const power = 4.44
	switch {
	case math.IsNaN(limit) || limit <= 0:
		return 1
	case y0 >= 0 && y0 < limit:
		return 1 - math.Pow(y0/limit, power)
	case y0 >= limit && y0 < 2*limit:
		return 1 - math.Pow((2*limit-y0)/limit, power)
	}
	return 1
}

// statcanScore interpolates between the nodes (−2 %, −5), (0, −2.5),
// (0.5 %·c, 0), (1.5 %·c, 2.5), (2 %·c, 5); the negative branch is not scaled.
func statcanScore(v, c float64) float64 {
	switch {
	case v <= 0:
		return max(-2.5+2.5*v/0.02, -5)
	case v <= 0.005*c:
		return -2.5 + 2.5*v/(0.005*c)
	case v <= 0.015*c:
		return 2.5 * (v - 0.005*c) / (0.010 * c)
	}
	return min(2.5+2.5*(v-0.015*c)/(0.005*c), 5)
}

// Eurostat is the method of the EU's SDG monitoring as far as it is
// confirmed: the ratio of observed to required compound growth in four
// classes, or without a target the growth itself in four.
func Eurostat(t Track) Published {
	obs, req, why := t.rates()
	if why != "" {
		return unavailable(RuleEurostat, why)
	}
	d := float64(t.Better)
	p := Published{Rule: RuleEurostat, Required: math.NaN(), Observed: 100 * obs, Ratio: math.NaN(), Score: math.NaN()}
	if t.HasTarget() {
		p.Required = 100 * req
		switch {
		case t.achieved():
			p.Verdict, p.Why = "significant_progress", "the latest value meets the target"
			if req != 0 {
				p.Ratio = d * obs / math.Abs(req)
			}
			p.Flips = t.flips(Eurostat, p.Verdict)
			return p
		case req == 0:
			return unavailable(RuleEurostat, "the base equals the target, which the indicator has left since: the required growth is zero")
		}
		p.Ratio = d * obs / math.Abs(req)
		switch {
		case p.Ratio >= 0.95:
			p.Verdict = "significant_progress"
		case p.Ratio >= 0.60:
			p.Verdict = "moderate_progress"
		case p.Ratio >= 0:
			p.Verdict = "insufficient_progress"
		default:
			p.Verdict = "movement_away"
		}
		p.Why = fmt.Sprintf("growth %.4g %% a year against %.4g %% required, ratio %.3f; cut-offs 0.95, 0.60, 0", 100*obs, 100*req, p.Ratio)
	} else {
		v := 100 * d * obs
		switch {
		case v >= 1:
			p.Verdict = "significant_progress"
		case v >= 0:
			p.Verdict = "moderate_progress"
		case v > -1:
			p.Verdict = "moderate_movement_away"
		default:
			p.Verdict = "significant_movement_away"
		}
		p.Why = fmt.Sprintf("growth %.4g %% a year in the better direction; cut-offs 1, 0, −1 %%", v)
	}
	p.Flips = t.flips(Eurostat, p.Verdict)
	return p
}

// UNProgressChart is the method of the UN Progress Chart 2023: the value
// projected to the target year at the observed compound growth, as a share of
// the way from base to target. Without a target the growth itself is judged.
func UNProgressChart(t Track) Published {
	obs, _, why := t.rates()
	if why != "" {
		return unavailable(RuleUN, why)
	}
	d := float64(t.Better)
	p := Published{Rule: RuleUN, Required: math.NaN(), Observed: 100 * obs, Ratio: math.NaN(), Score: math.NaN()}
	class := func(s, hi, lo float64) string {
		switch {
		case s >= hi:
			return "met_or_on_track"
		case s >= lo:
			return "fair_progress_accelerate"
		}
		return "stagnation_or_regression"
	}
	if !t.HasTarget() {
		v := 100 * d * obs
		p.Verdict = class(v, 2, 0.5)
		p.Why = fmt.Sprintf("growth %.4g %% a year in the better direction; cut-offs 2 and 0.5 %%", v)
		p.Flips = t.flips(UNProgressChart, p.Verdict)
		return p
	}
	switch near := math.Abs(t.Current-t.Target) <= 1 && (t.Target == 0 || t.Target == 100); {
	case t.achieved() || near:
		p.Verdict, p.Why = "met_or_on_track", "the latest value meets the target"
		if near && !t.achieved() {
			p.Why = "the latest value is within one point of a target of 0 or 100"
		}
	case t.Target == t.Base:
		return unavailable(RuleUN, "the base equals the target: there is no way to measure a share of")
	default:
		end := t.Current * math.Pow(1+obs, t.TargetYear-t.CurrentYear)
		p.Ratio = (end - t.Base) / (t.Target - t.Base)
		p.Verdict = class(p.Ratio, 0.95, 0.10)
		p.Why = fmt.Sprintf("at the observed growth %.6g in %g, %.1f %% of the way from base to target; cut-offs 95 and 10 %%", end, t.TargetYear, 100*p.Ratio)
	}
	p.Flips = t.flips(UNProgressChart, p.Verdict)
	return p
}

// Destatis is the method of the weather symbols in the indicator reports of
// the German sustainability strategy: the mean of the last five yearly
// changes carried on to the target year, and how far that misses the target
// in relation to the way left. It needs a target and at least four yearly
// values; with fewer than six it uses those there are.
func Destatis(t Track) Published {
	if !t.HasTarget() {
		return unavailable(RuleDestatis, "the method needs a target")
	}
	if t.Better != indicators.Up && t.Better != indicators.Down {
		return unavailable(RuleDestatis, "it is not stated which direction is better")
	}
	h := t.History
	if len(h) > 6 {
		h = h[len(h)-6:]
	}
	first, n := -1, 0
	for i, v := range h {
		if !math.IsNaN(v) {
			if first < 0 {
				first = i
			}
			n++
		}
	}
	if n < 4 || math.IsNaN(h[len(h)-1]) {
		return unavailable(RuleDestatis, fmt.Sprintf("the method needs four yearly values up to the latest, there are %d", n))
	}
	d := float64(t.Better)
	now := h[len(h)-1]
	m := (now - h[first]) / float64(len(h)-1-first)
	p := Published{Rule: RuleDestatis, Observed: m, Required: math.NaN(), Ratio: math.NaN(), Score: math.NaN()}
	left := t.TargetYear - t.CurrentYear
	if left > 0 {
		p.Required = (t.Target - now) / left
	}
	switch {
	case d*(now-t.Target) >= 0 && d*m >= 0:
		p.Verdict, p.Why = "sun", "the target is reached"
	case left <= 0:
		return unavailable(RuleDestatis, "the target year has come")
	default:
		end := now + m*left
		miss := d * (t.Target - end) / math.Abs(t.Target-now)
		if d*(now-t.Target) >= 0 { // reached, but moving back
			miss = 0
			if d*(end-t.Target) < 0 {
				miss = math.Inf(1)
			}
		}
		if p.Required != 0 {
			p.Ratio = m / p.Required
		}
		switch {
		case miss <= 0 || miss < 0.05:
			p.Verdict = "sun"
		case d*m <= 0:
			p.Verdict = "thunderstorm"
		case miss <= 0.20:
			p.Verdict = "sun_and_cloud"
		default:
			p.Verdict = "cloud"
		}
		p.Why = fmt.Sprintf("mean change %.4g a year leads to %.6g, missing %.1f %% of the way left; cut-offs 5 and 20 %%", m, end, 100*max(miss, 0))
	}
	p.Flips = t.flips(Destatis, p.Verdict)
	return p
}

// Schedule is the Chinese 时序进度: the share of the yearly target completed
// against the share of the year gone, after month months (1 to 12; others
// panic). done and target share a unit; target must be positive. Ratio is
// completion over schedule.
func Schedule(done indicators.Interval, target float64, month int) Published {
	if month < 1 || month > 12 {
		panic("progress: month outside 1 to 12")
	}
	if !(target > 0) || !done.Bounded() {
		return unavailable(RuleSchedule, "the target is not positive, or what was done is not known on both sides")
	}
	elapsed := 100 * float64(month) / 12
	rate := func(x float64) float64 { return 100 * x / target }
	r := rate(done.Mid())
	p := Published{Rule: RuleSchedule, Required: elapsed, Observed: r, Ratio: r / elapsed, Score: math.NaN()}
	word := func(x float64) string {
		if x >= elapsed {
			return "ahead"
		}
		return "behind"
	}
	p.Verdict = word(r)
	hi := rate(done.Hi)
	if done.HiOpen {
		hi = math.Nextafter(hi, 0)
	}
	p.Flips = word(rate(done.Lo)) != word(hi)
	p.Why = fmt.Sprintf("%.2f %% completed, %.2f %% of the year gone: %+.2f points", r, elapsed, r-elapsed)
	return p
}
