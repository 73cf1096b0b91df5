package ets

import (
	"errors"
	"fmt"
	"strings"
)

// Component is the form of a model's error, trend or season.
type Component uint8

// The forms. An error is Additive or Multiplicative; Choose leaves the choice
// to the fit.
const (
	None           Component = iota // N
	Additive                        // A
	Multiplicative                  // M
	Choose                          // Z
)

var componentLetters = [...]string{"N", "A", "M", "Z"}

// String returns the letter N, A, M or Z.
func (c Component) String() string {
	if int(c) >= len(componentLetters) {
		return fmt.Sprintf("Component(%d)", int(c))
	}
	return componentLetters[c]
}

// MarshalText implements encoding.TextMarshaler.
func (c Component) MarshalText() ([]byte, error) {
	if int(c) >= len(componentLetters) {
		return nil, fmt.Errorf("ets: no component %d", int(c))
	}
	return []byte(c.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *Component) UnmarshalText(b []byte) error {
	for i, s := range componentLetters {
		if s == string(b) {
			*c = Component(i)
			return nil
		}
	}
	return fmt.Errorf("ets: no component %q", b)
}

// Spec names a model in the taxonomy of Hyndman, Koehler, Snyder & Grose
// (2002, International Journal of Forecasting 18:439).
type Spec struct {
	Error  Component // Additive or Multiplicative
	Trend  Component // None, Additive or Multiplicative
	Damped bool      // the trend is damped
	Season Component // None, Additive or Multiplicative
}

// String returns the name, such as ETS(M,Ad,N).
func (s Spec) String() string {
	return fmt.Sprintf("ETS(%s,%s,%s)", s.Error, s.trend(), s.Season)
}

// Code returns the short name, such as MAdN, which ETS.Model understands.
func (s Spec) Code() string { return s.Error.String() + s.trend() + s.Season.String() }

func (s Spec) trend() string {
	if s.Damped {
		return s.Trend.String() + "d"
	}
	return s.Trend.String()
}

// errUnstable is what Validate says of the models that are left out: their
// forecast variance is infinite, or their fit unstable.
var errUnstable = errors.New("an additive error with a multiplicative component, or a multiplicative trend with an additive season, is not admissible")

// Validate reports whether the model is one of the 19 admissible of the 30
// (Hyndman, Koehler, Ord & Snyder 2008, section 2.5 and chapter 15): an
// additive error takes no multiplicative component, and a multiplicative trend
// no additive season.
func (s Spec) Validate() error {
	switch {
	case s.Error != Additive && s.Error != Multiplicative:
		return fmt.Errorf("ets: %s: the error must be A or M", s)
	case s.Trend > Multiplicative || s.Season > Multiplicative:
		return fmt.Errorf("ets: %s: trend and season must be N, A or M", s)
	case s.Damped && s.Trend == None:
		return fmt.Errorf("ets: %s: no trend to damp", s)
	case s.Error == Additive && (s.Trend == Multiplicative || s.Season == Multiplicative),
		s.Trend == Multiplicative && s.Season == Additive:
		return fmt.Errorf("ets: %s: %w", s, errUnstable)
	}
	return nil
}

// smoothing returns the number of smoothing parameters, φ among them.
func (s Spec) smoothing() int {
	k := 1
	if s.Trend != None {
		k++
	}
	if s.Season != None {
		k++
	}
	if s.Damped {
		k++
	}
	return k
}

// states returns the number of free initial states for a season of m periods,
// whose indices are bound by their sum.
func (s Spec) states(m int) int {
	k := 1
	if s.Trend != None {
		k++
	}
	if s.Season != None {
		k += m - 1
	}
	return k
}

// pattern is a Spec that may leave parts to be chosen.
type pattern struct {
	Spec
	anyDamping bool // damped or not
}

// parse reads codes such as "ANN", "MAdM", "ZZN"; "" is "ZZZ". A trend Z may
// be damped or not, a trend A is not damped.
func parse(code string) (pattern, error) {
	bad := fmt.Errorf("ets: model %q is not three letters such as ANN, MAdM or ZZZ", code)
	if code == "" {
		code = "ZZZ"
	}
	rest := code
	take := func(letters string) (Component, bool) {
		if rest == "" || !strings.Contains(letters, rest[:1]) {
			return 0, false
		}
		c := Component(strings.Index("NAMZ", rest[:1]))
		rest = rest[1:]
		return c, true
	}
	var p pattern
	var ok bool
	if p.Error, ok = take("AMZ"); !ok {
		return p, bad
	}
	if p.Trend, ok = take("NAMZ"); !ok {
		return p, bad
	}
	if after, found := strings.CutPrefix(rest, "d"); found {
		p.Damped, rest = true, after
	}
	p.anyDamping = p.Trend == Choose && !p.Damped
	if p.Season, ok = take("NAMZ"); !ok || rest != "" {
		return p, bad
	}
	if p.Damped && p.Trend == None {
		return p, bad
	}
	return p, nil
}

// specs lists the admissible models that fit the pattern, simplest first.
func (p pattern) specs(seasonal, positive, multiplicativeTrend bool) []Spec {
	match := func(want, c Component) bool { return want == Choose || want == c }
	var out []Spec
	for _, season := range []Component{None, Additive, Multiplicative} {
		if !match(p.Season, season) || season != None && !seasonal {
			continue
		}
		for _, trend := range []Component{None, Additive, Multiplicative} {
			if !match(p.Trend, trend) || p.Trend == Choose && trend == Multiplicative && !multiplicativeTrend {
				continue
			}
			for _, damped := range []bool{false, true} {
				if damped && trend == None || damped != p.Damped && !(p.anyDamping && trend != None) {
					continue
				}
				for _, e := range []Component{Additive, Multiplicative} {
					s := Spec{e, trend, damped, season}
					if !match(p.Error, e) || s.Validate() != nil {
						continue
					}
					if !positive && (e == Multiplicative || trend == Multiplicative || season == Multiplicative) {
						continue
					}
					out = append(out, s)
				}
			}
		}
	}
	return out
}
