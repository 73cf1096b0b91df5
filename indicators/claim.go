package indicators

import "strings"

// Kind says what sort of statement a claim is: the kind column of
// figures.csv. The zero Kind is none and not valid in a file.
type Kind string

// Kinds of statements about what is or was.
const (
	KindLevel         Kind = "level"                // stock, or flow of the period
	KindCumulative    Kind = "cumulative"           // sum over several periods
	KindCumulative5   Kind = "cumulative_5y"        // sum over five years
	KindIncrement     Kind = "increment"            // absolute change: net from Base, or over one year; over several years without a Base, gross additions
	KindIncrementYear Kind = "increment_in_year"    // newly added in the period
	KindAvgIncrement  Kind = "avg_increment"        // average absolute change a period
	KindProjectTotal  Kind = "project_total"        // total of a project
	KindFrom          Kind = "change_from_to_start" // A of 由A增加到B
	KindTo            Kind = "change_from_to_end"   // B of 由A增加到B
	KindDifference    Kind = "difference"           // gap to another area or group
	KindGrowth        Kind = "growth_rate"          // per cent on the period before, or over the span
	KindAvgGrowth     Kind = "avg_growth_rate"      // per cent a year, average
	KindChange        Kind = "change"               // per cent against a stated base year
	KindShare         Kind = "share"                // part of a total
	KindShareCity     Kind = "share_of_city"        // part of the total of the city
	KindShareOther    Kind = "share_other"          // part of another total
	KindRate          Kind = "rate"                 // a rate such as unemployment or coverage
	KindIndex         Kind = "index"                // an index number
	KindMultiple      Kind = "multiple"             // 是…的2.6倍, 增长到2.6倍: end over start; 增长50倍 is growth_rate with the unit 倍, (b−a)/a
	KindPointChange   Kind = "point_change"         // change in percentage points
	KindRank          Kind = "rank"                 // 第1位
	KindMilestone     Kind = "milestone"            // a project's state, without a number
)

// Kinds of statements about what is wanted.
const (
	KindTargetLevel       Kind = "target_level"
	KindTargetIncrement   Kind = "target_increment"
	KindTargetCumulative  Kind = "target_cumulative"
	KindTargetFloor       Kind = "target_floor"
	KindTargetCeiling     Kind = "target_ceiling"
	KindTargetMultiple    Kind = "target_multiple"
	KindTargetGrowth      Kind = "target_growth"
	KindTargetShare       Kind = "target_share"
	KindTargetRank        Kind = "target_rank"
	KindTargetQualitative Kind = "target_qualitative" // a target without a number
)

// Kinds lists all kinds in the order of the documentation.
var kinds = []Kind{
	KindLevel, KindCumulative, KindCumulative5, KindIncrement, KindIncrementYear, KindAvgIncrement, KindProjectTotal, KindFrom, KindTo, KindDifference,
	KindGrowth, KindAvgGrowth, KindChange, KindShare, KindShareCity, KindShareOther, KindRate, KindIndex, KindMultiple, KindPointChange, KindRank, KindMilestone,
	KindTargetLevel, KindTargetIncrement, KindTargetCumulative, KindTargetFloor, KindTargetCeiling, KindTargetMultiple, KindTargetGrowth, KindTargetShare, KindTargetRank, KindTargetQualitative,
}

// Valid reports whether k is one of the library's kinds.
func (k Kind) Valid() bool {
	for _, x := range kinds {
		if x == k {
			return true
		}
	}
	return false
}

// Target reports whether k states what is wanted.
func (k Kind) Target() bool { return strings.HasPrefix(string(k), "target_") }

// Numberless reports whether a claim of kind k may stand without a number.
func (k Kind) Numberless() bool { return k == KindTargetQualitative || k == KindMilestone }

// Measure returns what a claim of kind k measures.
func (k Kind) Measure() Measure {
	switch k {
	case KindLevel, KindProjectTotal, KindFrom, KindTo, KindRate, KindIndex, KindTargetLevel, KindTargetFloor, KindTargetCeiling:
		return Level
	case KindCumulative, KindCumulative5, KindTargetCumulative:
		return Cumulative
	case KindIncrement, KindIncrementYear, KindAvgIncrement, KindPointChange, KindTargetIncrement, KindChange, KindDifference:
		return Change
	case KindGrowth, KindAvgGrowth, KindTargetGrowth:
		return GrowthRate
	case KindShare, KindShareCity, KindShareOther, KindTargetShare:
		return Share
	case KindMultiple, KindTargetMultiple:
		return Multiple
	case KindRank, KindTargetRank:
		return Rank
	case KindMilestone:
		return Milestone
	}
	return NoMeasure
}

// Measure is what a series, a claim or a target is about: one list for all.
type Measure uint8

// The measures.
const (
	Level      Measure = iota // the indicator itself
	GrowthRate                // per cent a year: on average from base to date, or each year if held
	Change                    // absolute change, or change in points
	Multiple                  // end over start: 翻一番 is 2
	Cumulative                // sum over a span
	Share                     // per cent of a reference series
	Relative                  // growth minus that of a reference, in points
	Rank                      // place in an order, 1 is first
	Milestone                 // done or not
	NoMeasure                 // nothing that could be measured
)

var measureNames = [...]string{"level", "growth", "change", "multiple", "cumulative", "share", "relative", "rank", "milestone", "none"}

// String returns the name used in files.
func (m Measure) String() string { return measureNames[m] }

// MarshalText implements encoding.TextMarshaler.
func (m Measure) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is Level.
func (m *Measure) UnmarshalText(b []byte) error {
	i, err := enumIndex(measureNames[:], string(b), "measure")
	if err == nil {
		*m = Measure(i)
	}
	return err
}

// Status is SDMX's observation status, as far as reports need it.
type Status string

// The statuses. The status of a target is empty.
const (
	Actual      Status = "A" // normal
	Estimated   Status = "E" // 预计, or derived from other figures
	Provisional Status = "P" // 初步核算, 快报
	NoStatus    Status = ""
)

// Direction says which way is better.
type Direction int8

// The directions. None means that the indicator is not judged.
const (
	Down      Direction = -1
	Undefined Direction = 0
	Up        Direction = 1
)

// String returns up, down or none.
func (d Direction) String() string { return [...]string{"down", "none", "up"}[d+1] }

// MarshalText implements encoding.TextMarshaler.
func (d Direction) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is Undefined.
func (d *Direction) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Undefined
		return nil
	}
	i, err := enumIndex([]string{"down", "none", "up"}, string(b), "direction")
	if err == nil {
		*d = Direction(i - 1)
	}
	return err
}

// Prices is the price basis of an amount or of its growth.
type Prices string

// The price bases. Unstated levels are taken as nominal.
const (
	Unstated Prices = ""
	Nominal  Prices = "nominal" // 现价
	Real     Prices = "real"    // 可比价, 不变价
)

// SeriesID names a series: what, where, under which definition, and as which
// measure. It is comparable and can key a map.
type SeriesID struct {
	Indicator string  // standard name, such as 地区生产总值
	Area      string  // such as 涧西区
	Scope     string  // 规上, 区本级, …; empty if none is stated
	Measure   Measure // Level, GrowthRate, Share, …
	Of        string  // of a share: the total, as indicator@area
}

// String returns a readable name: 地区生产总值@涧西区, with scope and measure
// where they say more.
func (id SeriesID) String() string {
	s := id.Indicator + "@" + id.Area
	if id.Scope != "" {
		s += "（" + id.Scope + "）"
	}
	switch {
	case id.Of != "":
		s += " 占 " + id.Of
	case id.Measure != Level:
		s += " " + id.Measure.String()
	}
	return s
}

// SplitRef splits a reference such as 地区生产总值@洛阳市 into indicator and
// area; the area is empty if none is given.
func SplitRef(ref string) (indicator, area string) {
	indicator, area, _ = strings.Cut(ref, "@")
	return indicator, area
}

// Source is where a claim stands.
type Source struct {
	Doc        string // key into the documents; empty if none
	Section    string // heading it stands under
	Quote      string // verbatim after white space is removed; empty for a row from a table
	Start, End int    // bytes of the quote in the document, half open; both 0 without a quote
}

// Claim is one statement as it was read: a row of figures.csv. Claims are
// never changed; what follows from them is derived.
type Claim struct {
	ID         string // unique in its file
	Indicator  string // standard name
	Value      Value  // as printed; the zero Value if HasValue is false
	HasValue   bool   // false for qualitative targets and milestones
	Unit       Unit
	Kind       Kind
	Spans      []Span // when; several are alternative readings that the text leaves open
	Area       string
	Scope      string
	Status     Status
	Better     Direction
	Source     Source
	Note       string
	English    string // English name of the indicator
	Prices     Prices
	Commitment string // 力争, 确保, …; empty if none
	Of         string // total that a share is of, as indicator@area
	Base       Period // base of a growth or multiple; zero if unstated
	Hold       bool   // wanted in every period up to the date, not only at it
	Constraint string // 预期性 or 约束性; empty if unstated
	Ref        string // reference of a relative target, as indicator@area
	Vintage    string // publication or revision the figure belongs to
}

// Series returns the series that the claim is an observation of or a target
// for.
func (c *Claim) Series() SeriesID {
	id := SeriesID{Indicator: c.Indicator, Area: c.Area, Scope: c.Scope, Measure: c.Kind.Measure()}
	if id.Measure == Share {
		id.Of = c.Of
	}
	return id
}

// Period returns the last period the claim speaks of in its first reading,
// the zero Period if it gives none.
func (c *Claim) Period() Period {
	if len(c.Spans) == 0 {
		return Period{}
	}
	return c.Spans[0].To
}

// Open reports whether the text leaves the claim's period open.
func (c *Claim) Open() bool { return len(c.Spans) > 1 }

// Interval returns what the claim's value may be under policy w; Everything
// if it has none. Two rules need more than the number: 翻一番 is a multiple of
// exactly 2, not of 1.5 to 2.5, since it is a word and not a rounded digit;
// and a count per head (每万人23个) is a rounded ratio, never exact.
func (c *Claim) Interval(w Wording) Interval {
	if !c.HasValue {
		return Everything()
	}
	role := Fact
	if c.Kind.Target() {
		role = Goal
	}
	if c.doubling() && c.Value.Qual == Exact {
		return Point(c.Value.Float())
	}
	if c.perHead() {
		w.RoundedOnly = true
	}
	return w.Interval(c.Value, c.Unit, role)
}

// doubling reports whether the number is 番 in the text, as the word of the
// value or of the note says.
func (c *Claim) doubling() bool {
	word, _ := c.Remark("word")
	return c.Unit.Base == baseDoubling || c.Unit.Base == BaseTimes && strings.Contains(c.Value.Word+word, "番")
}

// Remark returns what the note says under key, as in "state=done; word=零":
// notes are parts joined by semicolons, of which some are key=value.
func (c *Claim) Remark(key string) (value string, ok bool) {
	for part := range strings.SplitSeq(c.Note, ";") {
		if k, v, found := strings.Cut(strings.TrimSpace(part), "="); found && k == key {
			return strings.TrimSpace(v), true
		}
	}
	return "", false
}
