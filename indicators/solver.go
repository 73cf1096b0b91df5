package indicators

import (
	"math"
)

// The engine narrows what quantities may be by the relations between them:
// forward–backward (HC4) contraction, one relation at a time, until nothing
// moves. An interval is only ever intersected with another, so that it never
// widens; every end is moved outwards by a hair before it is used, so that
// floating point never cuts off the truth; and each quantity may be narrowed
// a bounded number of times, so that it ends even where the limit is reached
// only in infinitely many steps. Reference: F. Benhamou et al., Revising hull
// and box consistency, ICLP 1999.

// shape is the form of a relation between its operands x[0], x[1], …
type shape uint8

const (
	product shape = iota // x0 = x1·x2
	power                // x0 = x1·(1+x2)^n
	linear               // x0 = Σ sign·x[i], i ≥ 1
	atMost               // x0 ≤ Σ sign·x[i], i ≥ 1
)

// relation ties quantities together. Its operands are indices of quantities.
type relation struct {
	shape  shape
	x      []int
	sign   []float64 // of linear and atMost, len(x); sign[0] is not used. nil: all 1
	n      float64   // of power: how many periods
	oneWay bool      // only x[0] is narrowed: it is a goal, and goals say nothing of facts
}

// domain is what is known of a quantity.
type domain struct {
	iv       Interval
	whole    bool // whole numbers only
	loBy     int  // relation that set the end, -1 if a claim did
	hiBy     int
	narrowed int // how often
}

// maxNarrowings bounds how often a quantity may be narrowed.
const maxNarrowings = 64

// solver holds quantities and relations. A solver with a parent is a view in
// which more relations hold: it reads the parent's quantities and keeps what
// it narrows to itself.
type solver struct {
	dom    []domain
	rel    []relation
	uses   [][]int // relations that each quantity is an operand of
	failed []int   // relations that no values of their operands satisfy, in the order found
	dead   map[int]bool

	parent  *solver
	overlay map[int]domain
}

// quantity adds a quantity and returns its index.
func (s *solver) quantity(iv Interval, whole bool) int {
	d := domain{iv: iv, whole: whole, loBy: -1, hiBy: -1}
	if whole {
		d.iv = wholeIn(iv)
	}
	s.dom = append(s.dom, d)
	s.uses = append(s.uses, nil)
	return s.base() + len(s.dom) - 1
}

func (s *solver) base() int {
	if s.parent == nil {
		return 0
	}
	return len(s.parent.dom)
}

func (s *solver) relBase() int {
	if s.parent == nil {
		return 0
	}
	return len(s.parent.rel)
}

// relate adds a relation and returns its index.
func (s *solver) relate(r relation) int {
	k := s.relBase() + len(s.rel)
	s.rel = append(s.rel, r)
	for _, v := range r.x {
		if i := v - s.base(); i >= 0 {
			s.uses[i] = append(s.uses[i], k)
		} else {
			if s.overlay == nil {
				s.overlay = map[int]domain{}
			}
			if _, ok := s.overlay[v]; !ok {
				s.overlay[v] = s.parent.dom[v]
			}
		}
	}
	return k
}

func (s *solver) at(v int) *domain {
	if i := v - s.base(); i >= 0 {
		return &s.dom[i]
	}
	if d, ok := s.overlay[v]; ok {
		return &d
	}
	d := s.parent.dom[v]
	return &d
}

func (s *solver) set(v int, d domain) {
	if i := v - s.base(); i >= 0 {
		s.dom[i] = d
		return
	}
	if s.overlay == nil {
		s.overlay = map[int]domain{}
	}
	s.overlay[v] = d
}

func (s *solver) relation(k int) *relation {
	if i := k - s.relBase(); i >= 0 {
		return &s.rel[i]
	}
	return &s.parent.rel[k]
}

// users returns the relations that v takes part in.
func (s *solver) users(v int) []int {
	if i := v - s.base(); i >= 0 {
		return s.uses[i]
	}
	out := s.parent.uses[v]
	for k := range s.rel { // views are small
		for _, x := range s.rel[k].x {
			if x == v {
				out = append(out[:len(out):len(out)], s.relBase()+k)
				break
			}
		}
	}
	return out
}

func (s *solver) isDead(k int) bool {
	return s.dead[k] || s.parent != nil && s.parent.dead[k]
}

// kill takes a relation out: it cannot hold.
func (s *solver) kill(k int) {
	if s.dead == nil {
		s.dead = map[int]bool{}
	}
	s.dead[k] = true
}

// run narrows until nothing moves. Relations are taken in the order in which
// they were added. One that cannot hold is noted in failed and left out; the
// quantities stay as they were before it.
func (s *solver) run() {
	queue := make([]int, 0, len(s.rel))
	waiting := make(map[int]bool, len(s.rel))
	for k := range s.rel {
		queue = append(queue, s.relBase()+k)
		waiting[s.relBase()+k] = true
	}
	var hulls []Interval
	for h := 0; h < len(queue); h++ {
		k := queue[h]
		waiting[k] = false
		if s.isDead(k) {
			continue
		}
		r := s.relation(k)
		hulls = s.contract(r, hulls[:0])
		bad := false
		for i := range r.x {
			if r.oneWay && i > 0 {
				break
			}
			d := s.at(r.x[i])
			if meet(d.iv, hulls[i], d.whole).Empty() {
				bad = true
				break
			}
		}
		if bad {
			s.kill(k)
			s.failed = append(s.failed, k)
			continue
		}
		for i, v := range r.x {
			if r.oneWay && i > 0 {
				break
			}
			d := *s.at(v)
			if d.narrowed >= maxNarrowings {
				continue
			}
			iv := meet(d.iv, hulls[i], d.whole)
			if iv.Empty() || iv == d.iv {
				continue // the same quantity may stand twice in a relation
			}
			far := worth(d.iv, iv)
			if iv.Lo != d.iv.Lo || iv.LoOpen != d.iv.LoOpen {
				d.loBy = k
			}
			if iv.Hi != d.iv.Hi || iv.HiOpen != d.iv.HiOpen {
				d.hiBy = k
			}
			d.iv = iv
			d.narrowed++
			s.set(v, d)
			if !far {
				continue
			}
			for _, u := range s.users(v) {
				if u != k && !waiting[u] && !s.isDead(u) {
					waiting[u] = true
					queue = append(queue, u)
				}
			}
			// What the relation says of its other operands may follow from v.
			if !waiting[k] && len(r.x) > 1 && !r.oneWay {
				waiting[k] = true
				queue = append(queue, k)
			}
		}
	}
}

// worth reports whether a step from a to b is large enough to look at the
// relations around again.
func worth(a, b Interval) bool {
	if a.Bounded() != b.Bounded() || math.IsInf(a.Lo, 0) != math.IsInf(b.Lo, 0) || math.IsInf(a.Hi, 0) != math.IsInf(b.Hi, 0) {
		return true
	}
	if !a.Bounded() {
		return math.Abs(b.Lo-a.Lo) > 1e-9*math.Abs(a.Lo) && !math.IsInf(a.Lo, 0) || math.Abs(b.Hi-a.Hi) > 1e-9*math.Abs(a.Hi) && !math.IsInf(a.Hi, 0)
	}
	return a.Width()-b.Width() > 1e-6*a.Width()
}

// meet intersects a quantity's interval with what a relation implies. Only
// the ends of a that are cut off are moved.
func meet(a, b Interval, whole bool) Interval {
	c := a.Intersect(b)
	if whole {
		return wholeIn(c)
	}
	return c
}

// wholeIn is the hull of the whole numbers in a.
func wholeIn(a Interval) Interval {
	if a.Empty() {
		return a
	}
	b := Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
	// Beyond 2^52 every float is whole and a step of one means nothing.
	if !math.IsInf(a.Lo, 0) {
		b.Lo = math.Ceil(a.Lo - 1e-9*math.Max(1, math.Abs(a.Lo)*1e-4))
		if a.LoOpen && b.Lo <= a.Lo {
			b.Lo = math.Floor(a.Lo) + 1
		}
	}
	if !math.IsInf(a.Hi, 0) {
		b.Hi = math.Floor(a.Hi + 1e-9*math.Max(1, math.Abs(a.Hi)*1e-4))
		if a.HiOpen && b.Hi >= a.Hi {
			b.Hi = math.Ceil(a.Hi) - 1
		}
	}
	return b
}

// hair moves both ends outwards by what a few roundings can have cost.
func hair(a Interval) Interval {
	const eps = 8 * 0x1p-52
	a.Lo -= math.Abs(a.Lo) * eps
	a.Hi += math.Abs(a.Hi) * eps
	return a
}

// contract appends what each operand may be in view of the others.
func (s *solver) contract(r *relation, out []Interval) []Interval {
	iv := func(i int) Interval { return s.at(r.x[i]).iv }
	switch r.shape {
	case product:
		x0, x1, x2 := iv(0), iv(1), iv(2)
		return append(out, hair(x1.Mul(x2)), hair(x0.Div(x2)), hair(x0.Div(x1)))
	case power:
		x0, x1, g := iv(0), iv(1), iv(2)
		f := compound(g, r.n)
		out = append(out, hair(x1.Mul(f)), Everything(), Everything())
		if f.Lo > 0 || f.Lo == 0 && f.LoOpen {
			out[1] = hair(x0.Div(f))
		}
		if x1.Lo >= 0 && x0.Lo >= 0 && !x1.Contains(0) {
			q := x0.Div(x1)
			root := func(y float64) float64 {
				if math.IsInf(y, 1) {
					return y
				}
				return math.Expm1(math.Log(max(y, 0)) / r.n)
			}
			out[2] = Interval{root(q.Lo), root(q.Hi), q.LoOpen, q.HiOpen}
			// The error of the logarithm is relative to 1+g, not to g.
			out[2].Lo -= 1e-14 * (1 + math.Abs(out[2].Lo))
			out[2].Hi += 1e-14 * (1 + math.Abs(out[2].Hi))
		}
		return out
	}
	// x0 = Σ sign·x: prefix and suffix sums leave each operand out in turn.
	n := len(r.x)
	term := func(i int) Interval {
		if r.sign == nil || r.sign[i] == 1 {
			return iv(i)
		}
		return iv(i).Scale(r.sign[i])
	}
	scale := 0.0
	for i := range n {
		if a := iv(i); a.Bounded() {
			scale = math.Max(scale, math.Max(math.Abs(a.Lo), math.Abs(a.Hi)))
		}
	}
	wide := func(a Interval) Interval { // cancellation: the error is relative to the largest term
		e := scale * float64(n) * 4 * 0x1p-52
		a.Lo, a.Hi = a.Lo-e, a.Hi+e
		return a
	}
	suffix := make([]Interval, n+1)
	suffix[n] = Point(0)
	for i := n - 1; i >= 1; i-- {
		suffix[i] = plus(term(i), suffix[i+1])
	}
	x0 := iv(0)
	if r.shape == atMost { // x0 ≤ sum
		out = append(out, wide(Interval{Lo: math.Inf(-1), Hi: suffix[1].Hi, HiOpen: suffix[1].HiOpen}))
		x0 = Interval{Lo: x0.Lo, LoOpen: x0.LoOpen, Hi: math.Inf(1)}
	} else {
		out = append(out, wide(suffix[1]))
	}
	prefix := Point(0)
	for i := 1; i < n; i++ {
		rest := plus(prefix, suffix[i+1])
		a := plus(x0, rest.Scale(-1))
		if r.sign != nil && r.sign[i] != 1 {
			a = a.Scale(1 / r.sign[i])
		}
		out = append(out, wide(a))
		prefix = plus(prefix, term(i))
	}
	return out
}

// plus is Add that knows that an infinite end stays infinite whatever is added.
func plus(a, b Interval) Interval {
	c := a.Add(b)
	if math.IsInf(a.Lo, -1) || math.IsInf(b.Lo, -1) {
		c.Lo, c.LoOpen = math.Inf(-1), false
	}
	if math.IsInf(a.Hi, 1) || math.IsInf(b.Hi, 1) {
		c.Hi, c.HiOpen = math.Inf(1), false
	}
	return c
}

// compound returns (1+g)^n. Growth below −1 does not exist.
func compound(g Interval, n float64) Interval {
	// The rounding of g is relative to g, not to 1+g, which may be far smaller.
	const eps = 4 * 0x1p-52
	f := Interval{LoOpen: g.LoOpen, HiOpen: g.HiOpen}
	f.Lo = math.Max(1+g.Lo-eps*math.Abs(g.Lo), 0)
	f.Hi = math.Max(1+g.Hi+eps*math.Abs(g.Hi), 0)
	if n != 1 {
		f.Lo, f.Hi = math.Pow(f.Lo, n), math.Pow(f.Hi, n)
	}
	f.Lo -= f.Lo * 1e-14
	f.Hi += f.Hi * 1e-14
	return f
}
