package progress_test

import (
	"fmt"

	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

// Every target of a report, held against the default forecast of its series.
func Example() {
	report := seeds.Jianxi() // or the claims of indicators.ReadFigures
	rep := progress.Assess(report, progress.Options{
		Choose: func(*indicators.Series) progress.Choice {
			return progress.Choice{Method: auto.Auto{}, Name: "auto"}
		},
	})
	for _, a := range rep.Assessments {
		if a.Target.Indicator == "地区生产总值" && a.Target.Measure == indicators.Level {
			fmt.Printf("%s by %s from %s takes %.2f %% a year: %s\n", a.Target.Value, a.By, a.From, a.Required.Value, a.VerdictWords("en"))
		}
	}
	// Output:
	// 1500 by 2026 from 2021 takes 16.53 % a year: very unlikely (prior only)
	// 1500 by 2026 from 2022 takes 17.02 % a year: no evidence
	// 800 by 2022 from 2021 takes 14.61 % a year: unlikely (prior only)
}
