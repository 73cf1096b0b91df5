package progress

import "example.com/zhibiao/indicators"

// OnSeries returns the values of the series that meet the target, in the
// series' own unit: for a growth target the level that the growth leads to.
// It is Everything if Want is absent.
func (a *Assessment) OnSeries() indicators.Interval {
	if !a.Want.OK {
		return indicators.Everything()
	}
	return onSeries(&a.Target, a.Want)
}
