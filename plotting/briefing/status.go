package briefing

import (
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
)

// status is where a target stands, in words, shape and colour together.
type status struct {
	word  string
	shape string
	color string // of text, dark enough to read on white
	level int    // 2 on course, 1 to watch, 0 behind, −1 nothing to say
}

// Thresholds of the required over the recent pace for the neutral status of
// the leaders' edition: a target is on course if the recent pace is enough,
// to be watched if it falls short by up to a third of what is required.
const watchShare = 2.0 / 3

// Colours of the three states, told apart by readers who do not see red and
// green alike; amber is darker in text.
const (
	colorGood  = "0072B2"
	colorWatch = "8A5A00"
	colorBad   = "C04A00"
	colorNone  = "595959"
)

// verdict is the status by probability.
func (b *Briefing) verdict(a *progress.Assessment) status {
	s := status{word: a.Verdict.Words(b.lang()), shape: "—", color: colorNone, level: -1}
	switch a.Verdict {
	case progress.VeryLikely, progress.Likely:
		s.shape, s.color, s.level = "▲", colorGood, 2
	case progress.Uncertain:
		s.shape, s.color, s.level = "◆", colorWatch, 1
	case progress.Unlikely, progress.VeryUnlikely:
		s.shape, s.color, s.level = "▼", colorBad, 0
	}
	return s
}

// state is the status without a probability: from the latest value, the
// required and the recent pace.
func (b *Briefing) state(a *progress.Assessment) status {
	none := func(zh, en string) status { return status{b.pick(zh, en), "—", colorNone, -1} }
	if a.Verdict == progress.Unassessable {
		return none("定性目标", "qualitative")
	}
	if yearly(&a.Target) && a.By.Compare(a.From) > 0 && a.Base.OK && a.Want.OK && a.OnSeries().Contains(a.Base.Value) {
		return status{b.pick("目标不高于上年", "below last year"), "▲", colorGood, 2}
	}
	if b.isMet(a) {
		return status{b.pick("已达到", "met"), "▲", colorGood, 2}
	}
	if !a.Required.OK {
		return none("缺基期数", "no base figure")
	}
	if !a.Recent.OK || a.Recent.Unit != a.Required.Unit || a.Recent.Value == a.Required.Value && a.Required.Value == 0 {
		return none("缺近期增速", "no recent pace")
	}
	need, got := a.Required.Value, a.Recent.Value
	if need < 0 || a.Target.Ceiling() {
		need, got = -need, -got
	}
	switch {
	case got >= need:
		return status{b.pick("快于所需", "ahead of pace"), "▲", colorGood, 2}
	case got >= need*watchShare:
		return status{b.pick("接近所需", "near pace"), "◆", colorWatch, 1}
	}
	return status{b.pick("慢于所需", "below pace"), "▼", colorBad, 0}
}

// yearly reports whether a target is for the count of things done in its own
// year, such as new jobs or projects begun.
func yearly(t *indicators.Target) bool {
	return t.Measure != indicators.Cumulative && indicators.NatureOf(t.Indicator, t.Unit, t.Kind) == indicators.Activity
}

// isMet reports whether the latest value meets the target already. A growth
// or cumulative target is met by no level.
func (b *Briefing) isMet(a *progress.Assessment) bool {
	if yearly(&a.Target) && a.By.Compare(a.From) > 0 {
		return false // what was done last year does not count for this
	}
	switch a.Target.Measure {
	case indicators.Level, indicators.Share, indicators.Rank:
		return a.Base.OK && a.Want.OK && a.OnSeries().Contains(a.Base.Value)
	}
	return false
}

// completion is latest over target for what is to rise to a level; ok is
// false where such a share says nothing.
func completion(a *progress.Assessment) (share float64, ok bool) {
	t := &a.Target
	switch t.Measure {
	case indicators.Level, indicators.Share:
	default:
		return 0, false
	}
	if !t.Floor() || !a.Base.OK || !a.Want.OK || a.Want.Value <= 0 || a.Base.Value < 0 {
		return 0, false
	}
	return a.Base.Value / a.Want.Value, true
}
