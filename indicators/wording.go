package indicators

// Role says whether a printed number tells what was or what is wanted: 超120亿
// as a fact lies a little above 120, as a goal it is open upwards.
type Role uint8

// The roles.
const (
	Fact Role = iota
	Goal
)

// Wording is the policy that turns a printed number and its words into an
// interval. The zero value is the default policy of the library: with u the
// place of the last digit that is not zero and p the place of the last
// printed digit,
//
//	698            [x − p/2, x + p/2)   exact for counts printed to the unit
//	近x            [x − u/2, x)
//	x余, x多       [x, x + u)
//	超x, 突破x     (x, x + u]           as a fact; (x, ∞) as a goal
//	x左右, 约x     [x − u/2, x + u/2]
//	x以上          [x, ∞)
//	x以内          (−∞, x]
//
// 以上 and 以内 include the number and 超过 excludes it by article 1259 of
// the Civil Code of China; for 近, 余 and 左右 no standard is known, so that
// their widths, in units of u, can be set here. A workbook prints the policy
// in force.
type Wording struct {
	NearlyWidth   float64 // width of 近 in units of u; 0 means 0.5
	OverWidth     float64 // width of 余, 多 and of 超 as a fact in units of u; 0 means 1
	AboutWidth    float64 // half-width of 左右 and 约 in units of u; 0 means 0.5
	SyncTolerance float64 // how many points growth may fall short of the reference's and still be in step with it (协调同步); 0 means 1
	RoundedOnly   bool    // treat counts printed to the unit like rounded numbers instead of exact ones
}

func orDefault(x, d float64) float64 {
	if x == 0 {
		return d
	}
	return x
}

// Interval returns what v, printed in unit u, may be. Negative numbers are
// read by absolute value: a decline of 近13.7% lies between −13.7 and −13.65.
func (w Wording) Interval(v Value, u Unit, role Role) Interval {
	x := v.Float()
	if x < 0 {
		v.Coef = -v.Coef
		return w.Interval(v, u, role).Scale(-1)
	}
	place, step := v.Place(), v.RoundPlace()
	switch v.Qual {
	case About:
		k := orDefault(w.AboutWidth, 0.5) * step
		return Interval{Lo: x - k, Hi: x + k}
	case Nearly:
		return Interval{Lo: x - orDefault(w.NearlyWidth, 0.5)*step, Hi: x, HiOpen: true}
	case Over:
		k := orDefault(w.OverWidth, 1) * step
		if v.Word == "余" || v.Word == "多" {
			return Interval{Lo: x, Hi: x + k, HiOpen: true}
		}
		if role == Goal {
			return MoreThanX(x)
		}
		return Interval{Lo: x, Hi: x + k, LoOpen: true}
	case AtLeast:
		return AtLeastX(x)
	case AtMost:
		return AtMostX(x)
	}
	if role == Goal || v.Den > 1 || u.Count && u.Scale == 1 && v.Exp == 0 && !w.RoundedOnly {
		return Point(x)
	}
	return Interval{Lo: x - place/2, Hi: x + place/2, HiOpen: true}
}

// Describe states the policy in force, for notes and for the workbook. lang
// is "zh" or "en".
func (w Wording) Describe(lang string) string {
	n, o, a := orDefault(w.NearlyWidth, 0.5), orDefault(w.OverWidth, 1), orDefault(w.AboutWidth, 0.5)
	if lang == "en" {
		s := "Published numbers are read as intervals: a plain number is rounded to its last printed digit (698 means 697.5 up to 698.5)"
		if !w.RoundedOnly {
			s += ", a count printed to the unit is exact"
		}
		return s + "; with u the place of the last digit that is not zero, 近x is x−" + formatEnd(n) + "u to x, x余 or 多 is x to x+" + formatEnd(o) +
			"u, 超x as a fact is more than x up to x+" + formatEnd(o) + "u, 约x or 左右 is x±" + formatEnd(a) + "u; 以上 and 以内 include the number, 超过 and 突破 exclude it; 同步 allows growth to fall short of the reference by " + formatEnd(orDefault(w.SyncTolerance, 1)) + " point(s); 翻一番 is a multiple of exactly 2, and a count per head is rounded."
	}
	s := "公布数按区间理解：一般数字视为四舍五入到末位（698即697.5至698.5）"
	if !w.RoundedOnly {
		s += "，印到个位的计数为准确数"
	}
	return s + "；设u为末位非零数字的数位，则“近x”为x−" + formatEnd(n) + "u至x，“x余（多）”为x至x+" + formatEnd(o) + "u，“超x”（实际数）为大于x至x+" + formatEnd(o) +
		"u，“约x（左右）”为x±" + formatEnd(a) + "u；“以上”“以内”含本数，“超过”“突破”不含本数；“同步”允许增速低于参照指标" + formatEnd(orDefault(w.SyncTolerance, 1)) + "个百分点以内；“翻一番”为恰好2倍，按人（户）平均的计数为四舍五入数。"
}
