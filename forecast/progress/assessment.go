// Package progress holds a projected series against its targets: how far
// there is to go, what pace that takes, how likely it looks, and in which
// words to say so.
//
// Assess takes a dataset and a forecasting method and answers for every
// target of the dataset, also for those that cannot be assessed, with the
// reason. The probability comes from the forecast distribution; with it
// stands how much of it rests on the indicator's own history.
package progress

import (
	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// Verdict is how likely a target looks, in words.
type Verdict uint8

// The verdicts, from the cut-offs .90, .66, .33 and .10 of the probability.
const (
	Unassessable Verdict = iota // no number, no date, or no base
	NoEvidence                  // a number, but neither history nor context to judge it by
	VeryUnlikely
	Unlikely
	Uncertain
	Likely
	VeryLikely
)

var verdictCodes = [...]string{"unassessable", "no_evidence", "very_unlikely", "unlikely", "uncertain", "likely", "very_likely"}

var verdictWords = map[string][7]string{
	"zh": {"无法测算", "依据不足", "难度很大", "难度较大", "不确定", "较有把握", "很有把握"},
	"en": {"cannot be assessed", "no evidence", "very unlikely", "unlikely", "uncertain", "likely", "very likely"},
}

// String returns the code used in files, the same in every language.
func (v Verdict) String() string { return verdictCodes[v] }

// MarshalText implements encoding.TextMarshaler.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Words returns the verdict in words; lang is "zh" or "en".
func (v Verdict) Words(lang string) string {
	w, ok := verdictWords[lang]
	if !ok {
		panic("progress: unknown language")
	}
	return w[v]
}

// Judge returns the verdict of a probability. It panics outside [0, 1].
func Judge(p float64) Verdict {
	switch {
	case !(p >= 0 && p <= 1):
		panic("progress: probability outside [0, 1]")
	case p >= 0.90:
		return VeryLikely
	case p >= 0.66:
		return Likely
	case p >= 0.33:
		return Uncertain
	case p >= 0.10:
		return Unlikely
	}
	return VeryUnlikely
}

// Basis says what a forecast rests on.
type Basis uint8

// The bases.
const (
	NoBasis     Basis = iota // there is no forecast
	PriorOnly                // one value and a prior: growth is that of other series
	WithContext              // one value and a stated context
	OwnHistory               // two values or more
)

var basisCodes = [...]string{"none", "prior", "context", "history"}

// String returns the code of the basis.
func (b Basis) String() string { return basisCodes[b] }

// Number is a number that may be absent, with what it may be: Lo and Hi are
// its ends, equal to Value where it is exact.
type Number struct {
	Value, Lo, Hi float64
	Unit          string // as printed: 亿元, %, 个百分点
	OK            bool   // whether there is a number
}

// Projection is the forecast of one series.
type Projection struct {
	Series  indicators.Series
	Model   forecast.Model
	Method  string              // name of the method
	Basis   Basis               // what it rests on
	Origin  indicators.Period   // last period observed
	Periods []indicators.Period // the periods forecast, consecutive
	Dists   []forecast.Dist     // their distributions: len(Dists) == len(Periods)
	Why     string              // what the forecast rests on, in Chinese
	WhyEN   string              // the same in English
	Err     error               // why there is no forecast; then Model is nil
}

// At returns the distribution of period p; ok is false if it is not among the
// periods forecast.
func (p *Projection) At(q indicators.Period) (d forecast.Dist, ok bool) {
	for i, r := range p.Periods {
		if r == q {
			return p.Dists[i], true
		}
	}
	return nil, false
}

// Assessment is what can be said of one target, or of the pace from one
// target to a later one.
type Assessment struct {
	ID             string            // that of the target; A<B for the pace from target B to the later target A
	Target         indicators.Target // as the report states it
	From           indicators.Period // where the required pace counts from; zero if there is no pace
	By             indicators.Period // when the target is due
	Base           Number            // the latest value, in its own unit
	BaseStatus     indicators.Status
	BaseClaim      string // ID of the claim that Base is; empty if derived
	Want           Number // the level that meets the target, in the unit of the series; absent where it cannot be computed
	Required       Number // the pace it takes: % a year, points a year for percentages
	RequiredAlt    string // the pace in another measure or to another date, in Chinese, such as that of the ratio; empty if there is none
	RequiredAltEN  string
	Recent         Number // the recent pace where the data give one, in the same unit
	RecentWhy      string // where it comes from
	RecentWhyEN    string
	FromBase       Number            // the pace counted from BaseFrom, the first comparable value or the target's own base; absent if that is From
	BaseFrom       indicators.Period // where FromBase counts from
	Later          []Pace            // the pace needed after each coming year if the years up to it only repeat the recent pace; needs Recent
	Median         Number            // of the forecast for By, with the 80 % interval in Lo and Hi
	Lo95, Hi95     float64           // the 95 % interval; meaningful if Median.OK
	Probability    float64           // of meeting the target; meaningful if HasProbability
	HasProbability bool
	SE             float64       // standard error of Probability from the number of paths; 0 where it is read off a distribution
	ProbabilityLo  float64       // the least that Probability could be as rounding of the published figures goes
	ProbabilityHi  float64       // the most
	Flips          bool          // rounding alone could change Verdict
	Percentile     float64       // where Want lies in the forecast, 0–1: the pace needed is faster than that share of the futures; meaningful if HasProbability
	Given          []Conditional // the probability if another target is met
	Year           *YearProgress // the year in progress; nil if no cumulated figure bears on the target
	Verdict        Verdict
	Basis          Basis
	Method         string // the forecaster; empty if there is no forecast
	Rule           string // whose rule the verdict is
	Why            string // in Chinese: what the numbers rest on, or what is missing
	WhyEN          string

	pace              bool    // from one target to a later one
	start, startYears float64 // of growth and multiples: the value they count from, and the years from there
	goal              goal    // only while it is being assessed, as is chance
	chance            func(goal) float64
}

// VerdictWords returns the verdict in words, marked where it rests on a prior
// alone.
func (a *Assessment) VerdictWords(lang string) string {
	w := a.Verdict.Words(lang)
	if a.Basis == PriorOnly && a.HasProbability {
		if lang == "en" {
			return w + " (prior only)"
		}
		return w + "（仅依先验）"
	}
	return w
}
