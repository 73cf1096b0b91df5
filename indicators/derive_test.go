package indicators

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// world is a random district with known truth: levels of several indicators
// over years, from which claims are printed with rounding.
func world(t *rapid.T) (d *Dataset, truth map[quantityKey]float64) {
	truth = map[quantityKey]float64{}
	d = &Dataset{}
	add := func(c Claim, x float64, decimals int) {
		c.ID = fmt.Sprintf("c%03d", len(d.Claims))
		c.Value = printed(x, decimals)
		c.HasValue = true
		d.Claims = append(d.Claims, c)
	}
	yuan, pct := MustUnit("亿元"), MustUnit("%")
	indicators := rapid.IntRange(1, 4).Draw(t, "indicators")
	for i := range indicators {
		name := fmt.Sprintf("指标%d", i)
		id := SeriesID{Indicator: name, Area: "区"}
		city := SeriesID{Indicator: name, Area: "市"}
		years := rapid.IntRange(1, 6).Draw(t, "years")
		x := rapid.Float64Range(1, 5000).Draw(t, "level")
		sum := 0.0
		for k := range years {
			p := Year(2015 + k)
			g := rapid.Float64Range(-0.4, 0.8).Draw(t, "growth")
			if k > 0 {
				if rapid.Bool().Draw(t, "print growth") {
					add(Claim{Indicator: name, Area: "区", Unit: pct, Kind: KindGrowth, Spans: []Span{At(p)}}, 100*g, 1)
				}
				truth[quantityKey{id: id, form: growthForm, span: Span{p.Add(-1), p}}] = g
				x *= 1 + g
			}
			sum += x
			truth[quantityKey{id: id, span: At(p)}] = x * 1e8
			if rapid.Bool().Draw(t, "print level") {
				add(Claim{Indicator: name, Area: "区", Unit: yuan, Kind: KindLevel, Spans: []Span{At(p)}}, x, rapid.IntRange(0, 2).Draw(t, "decimals"))
			}
			if rapid.Bool().Draw(t, "print share") {
				s := rapid.Float64Range(0.02, 0.9).Draw(t, "share")
				sid := id
				sid.Measure, sid.Of = Share, name+"@市"
				truth[quantityKey{id: sid, form: shareForm, span: At(p)}] = s
				truth[quantityKey{id: city, span: At(p)}] = x * 1e8 / s
				add(Claim{Indicator: name, Area: "区", Unit: pct, Kind: KindShare, Of: name + "@市", Spans: []Span{At(p)}}, 100*s, 1)
				if rapid.Bool().Draw(t, "print total") {
					add(Claim{Indicator: name, Area: "市", Unit: yuan, Kind: KindLevel, Spans: []Span{At(p)}}, x/s, 1)
				}
			}
		}
		if years > 1 && rapid.Bool().Draw(t, "print sum") {
			sp := Span{Year(2015), Year(2015 + years - 1)}
			truth[quantityKey{id: id, form: sumForm, span: sp}] = sum * 1e8
			add(Claim{Indicator: name, Area: "区", Unit: yuan, Kind: KindCumulative, Spans: []Span{sp}}, sum, 1)
		}
	}
	return d, truth
}

// printed rounds x half up to the given decimals, as a report prints it.
func printed(x float64, decimals int) Value {
	return Value{Coef: int64(math.Floor(x*math.Pow10(decimals) + 0.5)), Exp: -decimals}
}

// Whatever follows from true claims contains the truth, nothing fails, and
// nothing is wider than what was stated.
func TestDeriveContainsTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, truth := world(t)
		n, _ := d.buildNetwork(Preference{})
		if len(n.conflict)+len(n.failed) > 0 {
			t.Fatalf("%d relations of a true world fail", len(n.conflict)+len(n.failed))
		}
		for v := range n.dom {
			q := n.info[v]
			if q.key.form == growthForm && len(q.claims) > 0 && n.at(v).iv.Lo < q.stated.Lo || n.at(v).iv.Lo < q.stated.Lo || n.at(v).iv.Hi > q.stated.Hi {
				t.Fatalf("%v widened from %v to %v", q.key, q.stated, n.at(v).iv)
			}
			x, ok := truth[q.key]
			if !ok {
				continue
			}
			// The printed growth is true to the binary digit it was made from, so
			// that the truth may stand a hair outside.
			iv := n.at(v).iv
			e := 1e-9 * (1 + math.Abs(x))
			if x < iv.Lo-e || x > iv.Hi+e {
				t.Fatalf("%v = %v lies outside %v", q.key, x, iv)
			}
		}
	})
}

// The order of the claims changes neither what is derived nor what is found,
// also where claims contradict one another.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := world(t)
		for i := range d.Claims { // spoil some
			if rapid.IntRange(0, 9).Draw(t, "spoil") == 0 {
				d.Claims[i].Value.Coef += rapid.Int64Range(-30, 30).Draw(t, "by")
			}
		}
		want, found := dump(d)
		e := &Dataset{Claims: slices.Clone(d.Claims)}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		rng.Shuffle(len(e.Claims), func(i, j int) { e.Claims[i], e.Claims[j] = e.Claims[j], e.Claims[i] })
		got, refound := dump(e)
		if got != want {
			t.Fatalf("derived figures differ:\n%s\n%s", want, got)
		}
		if found != refound {
			t.Fatalf("findings differ:\n%s\n%s", found, refound)
		}
	})
}

func dump(d *Dataset) (derived, findings string) {
	var a, b bytes.Buffer
	WriteDerived(&a, d.Derive(Preference{}))
	WriteFindings(&b, d.Check(Wording{}), d)
	return a.String(), b.String()
}

// Relations that feed each other for ever still come to an end: x = y + 1 and
// y = x + 1 have no solution but infinity.
func TestSolverEnds(t *testing.T) {
	var s solver
	x, y, one := s.quantity(AtLeastX(0), false), s.quantity(AtLeastX(0), false), s.quantity(Point(1), false)
	s.relate(relation{shape: linear, x: []int{x, y, one}})
	s.relate(relation{shape: linear, x: []int{y, x, one}})
	s.run()
	if lo := s.at(x).iv.Lo; lo > 2*maxNarrowings {
		t.Errorf("narrowed to %v", lo)
	}
	// A slow limit: x = 0.999·y, y = x leaves only 0.
	s = solver{}
	x, y, k := s.quantity(Interval{Lo: 0, Hi: 1}, false), s.quantity(Interval{Lo: 0, Hi: 1}, false), s.quantity(Point(0.999), false)
	zero := s.quantity(Point(0), false)
	s.relate(relation{shape: product, x: []int{x, k, y}})
	s.relate(relation{shape: linear, x: []int{y, x, zero}})
	s.run()
	if iv := s.at(x).iv; !iv.Contains(0) || iv.Hi >= 1 {
		t.Errorf("x in %v", iv)
	}
}

// A fall of almost everything: 1+g is far smaller than g, and so is its
// rounding. 0.5 = 1000·(1+g) has the solution g = −0.9995.
func TestSolverDeepFall(t *testing.T) {
	var s solver
	g := 0.5/1000 - 1
	x, y, r := s.quantity(Interval{Lo: 0.5, Hi: 1.5}, false), s.quantity(Interval{Lo: 999, Hi: 1000}, false), s.quantity(Interval{Lo: g - 1, Hi: g}, false)
	s.relate(relation{shape: power, x: []int{x, y, r}, n: 1})
	s.run()
	if len(s.failed) > 0 {
		t.Error("a relation with a solution failed")
	}
}

// Contraction never widens and keeps every solution, for random relations and
// random boxes around a random solution.
func TestContract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "quantities")
		point := make([]float64, n)
		for i := range point {
			point[i] = rapid.Float64Range(0.01, 1000).Draw(t, "x")
		}
		var s solver
		box := func(x float64) Interval {
			return Interval{Lo: x - rapid.Float64Range(0, 100).Draw(t, "below"), Hi: x + rapid.Float64Range(0, 100).Draw(t, "above")}
		}
		for _, x := range point {
			s.quantity(box(x), false)
		}
		add := func(x float64) int {
			point = append(point, x)
			return s.quantity(box(x), false)
		}
		pick := func() int { return rapid.IntRange(0, n-1).Draw(t, "operand") }
		for range rapid.IntRange(1, 8).Draw(t, "relations") {
			a, b := pick(), pick()
			switch shape(rapid.IntRange(0, 3).Draw(t, "shape")) {
			case product:
				s.relate(relation{shape: product, x: []int{add(point[a] * point[b]), a, b}})
			case power:
				periods := float64(rapid.IntRange(1, 6).Draw(t, "n"))
				g := math.Pow(point[a]/point[b], 1/periods) - 1
				s.relate(relation{shape: power, x: []int{a, b, add(g)}, n: periods})
			case linear:
				s.relate(relation{shape: linear, x: []int{add(point[a] - 2*point[b]), a, b}, sign: []float64{0, 1, -2}})
			case atMost:
				if point[a] <= 3*point[b] {
					s.relate(relation{shape: atMost, x: []int{a, b, b, b}})
				}
			}
		}
		before := make([]Interval, len(s.dom))
		for i := range before {
			before[i] = s.dom[i].iv
		}
		s.run()
		if len(s.failed) > 0 {
			t.Fatal("a relation with a solution failed")
		}
		for i, d := range s.dom {
			if d.iv.Lo < before[i].Lo || d.iv.Hi > before[i].Hi {
				t.Fatalf("widened from %v to %v", before[i], d.iv)
			}
			if e := 1e-11 * math.Max(1, math.Abs(point[i])); point[i] < d.iv.Lo-e || point[i] > d.iv.Hi+e {
				t.Fatalf("solution %v cut off by %v", point[i], d.iv)
			}
		}
	})
}

// large makes 10 000 claims of 1250 districts that state 20 000 relations and
// more between them.
func large() *Dataset {
	d := &Dataset{}
	add := func(c Claim, x float64, decimals int) {
		c.ID = fmt.Sprintf("c%05d", len(d.Claims))
		c.Value, c.HasValue = printed(x, decimals), true
		d.Claims = append(d.Claims, c)
	}
	yuan, pct := MustUnit("亿元"), MustUnit("%")
	rng := rand.New(rand.NewPCG(1, 2))
	for i := 0; len(d.Claims) < 10_000; i++ {
		area := fmt.Sprintf("区%d", i)
		x := 100 + 900*rng.Float64()
		add(Claim{Indicator: "零售额", Area: area, Unit: yuan, Kind: KindLevel, Spans: []Span{At(Year(2021))}}, x, 1)
		for y := 2021; y > 2016; y-- {
			add(Claim{Indicator: "零售额", Area: area, Unit: pct, Kind: KindGrowth, Spans: []Span{At(Year(y))}}, 20*rng.Float64()-5, 1)
		}
		add(Claim{Indicator: "零售额", Area: area, Unit: pct, Kind: KindShare, Of: fmt.Sprintf("零售额@市%d", i/10), Spans: []Span{At(Year(2021))}}, 5+10*rng.Float64(), 1)
		add(Claim{Indicator: "零售额", Area: area, Unit: pct, Kind: KindAvgGrowth, Spans: []Span{{Year(2011), Year(2016)}}}, 5, 1)
	}
	return d
}

func TestLargeIsFast(t *testing.T) {
	d := large()
	n, _ := d.buildNetwork(Preference{})
	if len(d.Claims) != 10_000 || len(n.rel) < 8_000 {
		t.Errorf("%d claims, %d relations", len(d.Claims), len(n.rel))
	}
}

// The relations that 10 000 claims state, derived from and checked.
func BenchmarkDerive10000(b *testing.B) {
	d := large()
	for b.Loop() {
		d.Derive(Preference{})
	}
}

func BenchmarkCheck10000(b *testing.B) {
	d := large()
	for b.Loop() {
		d.Check(Wording{})
	}
}

// 10 000 quantities and 20 000 relations: a ring of sums and products with a
// known solution, the claims' rounding as their boxes.
func BenchmarkSolver10000x20000(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := ring(10_000, 20_000)
		b.StartTimer()
		s.run()
		if len(s.failed) > 0 {
			b.Fatal("a relation failed")
		}
	}
}

func ring(quantities, relations int) *solver {
	rng := rand.New(rand.NewPCG(3, 4))
	x := make([]float64, quantities)
	s := &solver{}
	for i := range x {
		x[i] = math.Round(10 + 990*rng.Float64())
		s.quantity(Interval{Lo: x[i] - 0.5, Hi: x[i] + 0.5}, false)
	}
	for k := range relations {
		a, b := k%quantities, rng.IntN(quantities)
		if k%2 == 0 {
			r := x[a] / x[b]
			q := s.quantity(Interval{Lo: r * 0.9999, Hi: r * 1.0001}, false)
			s.relate(relation{shape: product, x: []int{a, q, b}})
		} else {
			q := s.quantity(Interval{Lo: x[a] - x[b] - 0.1, Hi: x[a] - x[b] + 0.1}, false)
			s.relate(relation{shape: linear, x: []int{a, b, q}})
		}
	}
	return s
}
