package auto_test

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/auto"
	"example.com/zhibiao/forecast/internal/compete"
	"example.com/zhibiao/indicators"
	"example.com/zhibiao/indicators/document"
	"example.com/zhibiao/indicators/report"
)

// A kindScore is how forecasts one year ahead fare for one kind of indicator.
type kindScore struct {
	cases, above, in80 int
	last, damped       []float64 // differences of sMAPE from repeating last growth, and 0.8 times it
}

func (k *kindScore) share(n int) float64 { return float64(n) / float64(k.cases) }

// paired is a mean with its standard error.
func paired(d []float64) (mean, se float64) {
	for _, v := range d {
		mean += v / float64(len(d))
	}
	for _, v := range d {
		se += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(se / float64(len(d)-1) / float64(len(d)))
}

// district returns the yearly series that the reports of one district over
// five years give, levels derived from growth among them.
func district(t *testing.T) []indicators.Series {
	t.Helper()
	data := &indicators.Dataset{}
	for year := 2012; year <= 2016; year++ {
		doc, err := document.Open(compete.Path(t, filepath.Join("..", "reports", fmt.Sprintf("hailar_%d.txt", year))))
		if err != nil {
			t.Fatal(err)
		}
		res, err := report.Read(report.Doc{Key: doc.Name, Text: doc.Text}, report.Options{})
		if err != nil {
			t.Fatal(err)
		}
		data.Claims = append(data.Claims, res.Claims()...)
		data.Documents = append(data.Documents, res.Document)
	}
	return slices.DeleteFunc(data.Series(indicators.Preference{}), func(s indicators.Series) bool {
		// The reports change the coverage of these two without a word.
		return strings.HasPrefix(s.Indicator, "规模以上工业总产值") || s.Indicator == "财政总收入"
	})
}

// What the default makes of a real panel, one year ahead, from the last
// n = 1, 2, … values. The years are ones of high growth that slowed down: see
// the package comment for the kinds.
func TestDistrict(t *testing.T) {
	scores := map[string]*kindScore{}
	of := func(k string) *kindScore {
		if scores[k] == nil {
			scores[k] = &kindScore{}
		}
		return scores[k]
	}
	for _, s := range district(t) {
		for end := 1; end < len(s.Obs); end++ {
			actual := s.Obs[end]
			for n := 1; n <= end; n++ {
				first := s.Obs[end-n]
				if first.Period.Freq() != indicators.Annual || actual.Period.Sub(first.Period) != n || s.Obs[end-1].Value == 0 {
					break
				}
				cut := s
				cut.Obs = s.Obs[end-n : end]
				m, err := forecast.Fit(auto.Auto{}, forecast.FromSeries(cut).Data)
				if err != nil {
					t.Errorf("%s: %v", s.SeriesID, err)
					continue
				}
				d := m.Forecast(1)[0]
				median := forecast.Median(d)
				lo, hi := forecast.Interval(d, 0.8)
				for _, k := range []string{fmt.Sprintf("%s, n = %d", s.Nature, min(n, 3)), "all of two and more", fmt.Sprintf("all, n = %d", min(n, 3))} {
					if k == "all of two and more" && n == 1 {
						continue
					}
					r := of(k)
					r.cases++
					if actual.Value > median {
						r.above++
					}
					if actual.Value >= lo && actual.Value <= hi {
						r.in80++
					}
					if n == 1 {
						continue
					}
					smape := func(f float64) float64 {
						return 200 * math.Abs(actual.Value-f) / (math.Abs(actual.Value) + math.Abs(f))
					}
					a, b := cut.Obs[n-2].Value, cut.Obs[n-1].Value
					step := b * (b/a - 1)
					if s.Unit.Percent() || a == 0 {
						step = b - a
					}
					r.last = append(r.last, smape(median)-smape(b+step))
					r.damped = append(r.damped, smape(median)-smape(b+0.8*step))
				}
			}
		}
	}
	names := make([]string, 0, len(scores))
	for k := range scores {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		r := scores[k]
		line := fmt.Sprintf("%-22s %4d cases, %.2f above the median, 80 %% intervals cover %.2f", k, r.cases, r.share(r.above), r.share(r.in80))
		if len(r.last) > 1 {
			m1, s1 := paired(r.last)
			m8, s8 := paired(r.damped)
			line += fmt.Sprintf(", sMAPE against last growth %+.2f ± %.2f, 0.8 times it %+.2f ± %.2f", m1, s1, m8, s8)
		}
		t.Log(line)
	}
	// Within the band from one value on; two standard errors of a share of 0.8
	// are allowed beyond it where cases are few.
	for n := 1; n <= 3; n++ {
		r := of(fmt.Sprintf("all, n = %d", n))
		beyond := 0.0
		if r.cases < 80 {
			beyond = 0.8 / math.Sqrt(float64(r.cases))
		}
		if c := r.share(r.in80); c < 0.72-beyond || c > 0.88+beyond {
			t.Errorf("80 %% intervals from the last %d cover %.2f of %d outcomes", n, c, r.cases)
		}
		if a := r.share(r.above); a < 0.35 || a > 0.65 {
			t.Errorf("%.2f of %d outcomes lie above the median of the last %d", a, r.cases, n)
		}
	}
	for _, k := range []string{"amount, n = 1", "aggregate, n = 1", "activity, n = 1"} {
		if r := of(k); r.share(r.in80) < 0.72-0.8/math.Sqrt(float64(r.cases)) {
			t.Errorf("%s: 80 %% intervals cover %.2f of %d outcomes", k, r.share(r.in80), r.cases)
		}
	}
	two := of("all of two and more")
	if m, s := paired(two.last); m > 0 {
		t.Errorf("behind repeating last growth by %.2f ± %.2f", m, s)
	}
	if m, s := paired(two.damped); m > 0 {
		t.Errorf("behind 0.8 times last growth by %.2f ± %.2f", m, s)
	}
}
