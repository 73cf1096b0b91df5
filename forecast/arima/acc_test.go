package arima

import (
	"math"
	"testing"
	"time"

	"example.com/zhibiao/forecast"
)

func TestAccuracy(t *testing.T) {
	for _, c := range []struct {
		set    string
		season int
	}{{"yearly", 1}, {"quarterly", 4}} {
		all := competition(t, "M3_"+c.set+".csv.gz")
		ref := refFits(t, "r_reference_M3_"+c.set+"_fits.csv.gz", "auto.arima")
		smape, same, better := 0.0, 0, 0
		cov, covn := 0, 0
		start := time.Now()
		for _, s := range all {
			m, err := forecast.Fit(Auto{Season: c.season}, forecast.Data{Y: s.train})
			if err != nil {
				t.Fatal(s.id, err)
			}
			ds := m.Forecast(len(s.test))
			v := 0.0
			for h, d := range ds {
				f := forecast.Median(d)
				v += 200 * math.Abs(f-s.test[h]) / (math.Abs(f) + math.Abs(s.test[h]))
				lo, hi := forecast.Interval(d, .95)
				if lo <= s.test[h] && s.test[h] <= hi {
					cov++
				}
				covn++
			}
			smape += v / float64(len(ds))
			mm := m.(*Model)
			r := parseModel(ref[s.id].model)
			if mm.spec.p == r.P && mm.spec.d == r.D && mm.spec.q == r.Q && mm.spec.P == r.SP && mm.spec.D == r.SD && mm.spec.Q == r.SQ && mm.spec.constant == r.Constant {
				same++
			} else if mm.spec.d == r.D && mm.spec.D == r.SD {
				better++
			}
		}
		el := time.Since(start)
		n := float64(len(all))
		t.Logf("%s: sMAPE %.3f, cover95 %.3f, %.3f ms a series; same model as R %d, same differences %d", c.set, smape/n, float64(cov)/float64(covn), el.Seconds()*1000/n, same, same+better)
	}
}
