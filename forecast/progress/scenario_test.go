package progress_test

import (
	"math"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/progress"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/seeds"
)

// The reference works this out by hand: 1500 at 15 % implies a city of 10 000,
// from [5428.0, 5478.4] in 2021, a growth of 12.9 % a year.
func TestShareAndLevel(t *testing.T) {
	rep := progress.Assess(seeds.Jianxi(), progress.Options{Choose: fixed})
	s := progress.Scenario{Deflator: 3, Assume: []progress.Assumption{
		{Indicator: "地区生产总值", Area: "洛阳市", Growth: 6}, {Indicator: "总人口", Area: "涧西区", Growth: 1},
	}}
	var found, heads bool
	for _, im := range s.Imply(rep.Assessments) {
		switch im.Targets[0] {
		case "gdp-target-2026":
			found = true
			near(t, "growth of the city", im.Value.Value, 12.9, 0.05)
			if im.Binds != "gdp-target-2026" {
				t.Errorf("binds %s: %s", im.Binds, im.Message)
			}
		case "gdp-per-capita-growth-target-2022":
			heads = true
			// 1.10·1.01·1.03 = 1.14433, below the 14.61 % of the level.
			near(t, "nominal growth", im.Value.Value, 14.433, 1e-9)
			if im.Binds != "gdp-target-2022" {
				t.Errorf("binds %s: %s", im.Binds, im.Message)
			}
		}
	}
	if !found || !heads {
		t.Error("the seed's share or growth a head was not joined with its level")
	}
}

func TestShareUnder(t *testing.T) {
	d := progress.ShareUnder(forecast.Constant(1500), 5453, 6, 5)
	near(t, "share", forecast.Median(d), 100*1500/(5453*math.Pow(1.06, 5)), 1e-9)
}

// fixed is a method that knows the future exactly, so that tests of the
// arithmetic do not depend on any family.
func fixed(*indicators.Series) progress.Choice {
	return progress.Choice{Method: still{}, Name: "still"}
}
