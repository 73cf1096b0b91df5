package indicators

import "math"

// Observation is one value of a series.
type Observation struct {
	Period   Period
	Value    float64  // the middle of Interval, or the number as printed where it was printed plainly
	Interval Interval // what the true value may be
	Status   Status
	Claim    string      // ID of the claim; empty if derived
	Derived  *Derivation // how it was derived; nil if it was read
	Break    bool        // the series starts anew here: not comparable with what is before
}

// Derivation says how a figure follows from others.
type Derivation struct {
	Rule   string   // such as level/(1+growth)
	Inputs []string // IDs of the claims used
}

// Series is a view of a dataset: the observations of one SeriesID, chosen
// from the claims by a stated rule, in order of time with one a period.
type Series struct {
	SeriesID
	English string
	Unit    Unit
	Nature  Nature
	Better  Direction
	Prices  Prices
	Obs     []Observation
}

// Last returns the latest observation; ok is false if there is none.
func (s *Series) Last() (o Observation, ok bool) {
	if len(s.Obs) == 0 {
		return Observation{}, false
	}
	return s.Obs[len(s.Obs)-1], true
}

// At returns the observation of period p.
func (s *Series) At(p Period) (o Observation, ok bool) {
	for _, o := range s.Obs {
		if o.Period == p {
			return o, true
		}
	}
	return Observation{}, false
}

// Bounds returns the range in which the values must lie: that of the nature,
// or wider where an observation lies beyond it.
func (s *Series) Bounds() Interval {
	b := s.Nature.Bounds()
	for _, o := range s.Obs {
		if o.Value < b.Lo {
			b.Lo = math.Inf(-1)
		}
		if o.Value > b.Hi {
			b.Hi = math.Inf(1)
		}
	}
	return b
}

// Stretch returns the observations after the last break, the part that a
// forecast may use.
func (s *Series) Stretch() []Observation {
	for i := len(s.Obs) - 1; i > 0; i-- {
		if s.Obs[i].Break {
			return s.Obs[i:]
		}
	}
	return s.Obs
}
