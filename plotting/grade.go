package plotting

import "math"

// Grade is how likely a target is to be met, in five steps. It is told by
// shape and word, and by colour only besides.
type Grade uint8

// The grades. The words are those of progress reports: 很有把握 from 90 %,
// 较有把握 from 66 %, 不确定 from 33 %, 难度较大 from 10 %, 难度很大 below.
const (
	Ungraded Grade = iota // cannot be assessed
	VeryLikely
	Likely
	Uncertain
	Unlikely
	VeryUnlikely
)

// GradeOf returns the grade of a probability, Ungraded for NaN.
func GradeOf(p float64) Grade {
	switch {
	case math.IsNaN(p):
		return Ungraded
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

// Shape returns the character that stands for g: ▲ △ ◆ ▽ ▼, ○ for Ungraded.
func (g Grade) Shape() string {
	return [...]string{"○", "▲", "△", "◆", "▽", "▼"}[g]
}

// Word returns the words for g. lang is "zh" or "en".
func (g Grade) Word(lang string) string {
	if lang == "en" {
		return [...]string{"not assessable", "very likely", "likely", "uncertain", "unlikely", "very unlikely"}[g]
	}
	return [...]string{"无法评估", "很有把握", "较有把握", "不确定", "难度较大", "难度很大"}[g]
}

func (g Grade) colour(th *Theme) colour {
	if g == Ungraded {
		return th.Soft
	}
	return th.Grades[g-1]
}
