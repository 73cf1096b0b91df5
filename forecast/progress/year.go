package progress

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/indicators"
)

// Cumulated holds the figures of one year that official statistics publish
// cumulated from its beginning: 1—2月, 1—3月, … or the first quarter, the
// first two quarters, …. Periods may be missing; January usually is, because
// it is published together with February.
type Cumulated struct {
	Year     int
	Freq     indicators.Freq       // Monthly or Quarterly
	Through  []int                 // last month or quarter of each figure, ascending
	Value    []float64             // cumulated value: len(Value) == len(Through)
	Growth   []float64             // stated growth on the year before, per cent, NaN where none; nil: none stated
	Interval []indicators.Interval // what each value may be; nil: exact. Nowcast does not use it
}

// Single is the value of a single period or of several merged ones: January
// and February together have From 1 and To 2.
type Single struct {
	From, To int // months or quarters
	Value    float64
	Growth   float64 // per cent, on the comparable base; NaN if unknown
}

func (c *Cumulated) check() error {
	n := c.Freq.PerYear()
	if c.Freq != indicators.Monthly && c.Freq != indicators.Quarterly {
		return errors.New("progress: cumulated figures must be monthly or quarterly")
	}
	if len(c.Value) != len(c.Through) || c.Growth != nil && len(c.Growth) != len(c.Through) || len(c.Through) == 0 {
		return fmt.Errorf("progress: %d: the numbers of periods, values and growth rates differ or are zero", c.Year)
	}
	for i, k := range c.Through {
		if k < 1 || k > n || i > 0 && k <= c.Through[i-1] {
			return fmt.Errorf("progress: %d: period %d is not in ascending order within the year", c.Year, k)
		}
		if v := c.Value[i]; math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("progress: %d: the figure through %d is not a number", c.Year, k)
		}
		if c.Growth != nil && c.Growth[i] <= -100 {
			return fmt.Errorf("progress: %d: growth of %g %% through %d leaves nothing to grow from", c.Year, c.Growth[i], k)
		}
	}
	return nil
}

// ComparableBase returns the figure of the year before on the definition of
// this year, value/(1+growth), for entry i; NaN if no growth is stated. It
// differs from what was published then wherever the definition or the sample
// changed or the base was revised.
func (c *Cumulated) ComparableBase(i int) float64 {
	if c.Growth == nil {
		return math.NaN()
	}
	return c.Value[i] / (1 + c.Growth[i]/100)
}

// Singles splits cumulated figures into single periods, each with its growth
// on the comparable base where both ends state one.
func (c *Cumulated) Singles() ([]Single, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	out := make([]Single, len(c.Through))
	from, before, base := 1, 0.0, 0.0
	for i, k := range c.Through {
		b := c.ComparableBase(i)
		s := Single{From: from, To: k, Value: c.Value[i] - before, Growth: math.NaN()}
		if d := b - base; d > 0 {
			s.Growth = 100 * (s.Value/d - 1)
		}
		out[i] = s
		from, before, base = k+1, c.Value[i], b
	}
	return out, nil
}

// What is expected of seasons before any are seen: the log odds of the share
// of the year that is gone lie about those of the calendar with sd 0.25, and
// vary from year to year with sd 0.06, worth 3 years of data.
const (
	seasonSpread = 0.25
	seasonNoise  = 0.06
	seasonDF     = 3
)

// Nowcast returns the distribution of the full year's value, given the
// latest cumulated figure of this year and earlier years that are complete,
// with sentences in Chinese and English that say what it rests on. The share
// of the year that is done by now is learned from the earlier years on the
// scale of its log odds, shrunk to the share of the calendar; without earlier
// years it is that of the calendar, and the interval is wide. The values must
// be positive, and the year not over.
func Nowcast(now Cumulated, earlier []Cumulated) (d forecast.Dist, zh, en string, err error) {
	if err := now.check(); err != nil {
		return nil, "", "", err
	}
	per := now.Freq.PerYear()
	last := len(now.Through) - 1
	k, v := now.Through[last], now.Value[last]
	switch {
	case v <= 0:
		return nil, "", "", fmt.Errorf("progress: %d: the cumulated value %g is not positive", now.Year, v)
	case k == per:
		return forecast.Constant(v), "全年数已公布。", "The full year is published.", nil
	}
	se, err := learnSeason(now, earlier)
	if err != nil {
		return nil, "", "", err
	}
	zh, en = se.words()
	return se.dist(v), zh, en, nil
}

// season is what is known of the share of a year that is done by some time in
// it: a Student t for its log odds.
type season struct {
	loc, sd, df float64
	years       int // seen
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }

// calendarSeason is the season of which nothing is known but that a share p
// of the year is gone.
func calendarSeason(p float64) season {
	return season{loc: logit(p), sd: math.Hypot(seasonNoise, seasonSpread), df: seasonDF}
}

// learnSeason learns the share of the year that is done by the last period of
// now.
func learnSeason(now Cumulated, earlier []Cumulated) (season, error) {
	per := now.Freq.PerYear()
	k := now.Through[len(now.Through)-1]
	var x []float64
	for _, e := range earlier {
		if err := e.check(); err != nil {
			return season{}, err
		}
		n := len(e.Through) - 1
		if e.Freq != now.Freq || e.Through[n] != per {
			return season{}, fmt.Errorf("progress: %d: not a full year of the same frequency", e.Year)
		}
		for i, t := range e.Through {
			if s := e.Value[i] / e.Value[n]; t == k && s > 0 && s < 1 {
				x = append(x, logit(s))
			}
		}
	}
	s := calendarSeason(float64(k) / float64(per))
	if len(x) == 0 {
		return s, nil
	}
	n := float64(len(x))
	mean, ss := 0.0, 0.0
	for _, xi := range x {
		mean += xi / n
	}
	for _, xi := range x {
		ss += (xi - mean) * (xi - mean)
	}
	s.years = len(x)
	s.df = seasonDF + n - 1
	noise2 := (seasonDF*seasonNoise*seasonNoise + ss) / s.df
	w := seasonSpread * seasonSpread / (seasonSpread*seasonSpread + noise2/n) // of the years seen against the calendar
	s.loc = w*mean + (1-w)*s.loc
	s.sd = math.Sqrt(noise2 + (1-w)*seasonSpread*seasonSpread)
	return s, nil
}

// share is the median share of the year that is done.
func (s season) share() float64 { return 1 / (1 + math.Exp(-s.loc)) }

// dist is the distribution of the full year if v is done: the rest of the year
// is v·exp(−x) for log odds x.
func (s season) dist(v float64) forecast.Dist {
	return forecast.TransformedDist{D: distuv.StudentsT{Mu: math.Log(v) - s.loc, Sigma: s.sd, Nu: s.df}, T: forecast.Log{Min: v}}
}

func (s season) words() (zh, en string) {
	if s.years == 0 {
		return fmt.Sprintf("没有往年的累计数，按时间进度（%.1f%%）推算，区间很宽。", 100*s.share()), fmt.Sprintf("No earlier years are given; the calendar says that %.1f %% of the year is done, and the interval is wide.", 100*s.share())
	}
	return fmt.Sprintf("据往年%d年，到此时通常完成全年的%.1f%%。", s.years, 100*s.share()), fmt.Sprintf("By this time %.1f %% of the year is usually done, from %d earlier years.", 100*s.share(), s.years)
}
