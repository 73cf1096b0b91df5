package auto

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync/atomic"

	"example.com/zhibiao/forecast"
	"example.com/zhibiao/forecast/ets"
	"example.com/zhibiao/forecast/pooled"
	"example.com/zhibiao/forecast/theta"
)

// Auto is the default method. Nothing need be set; the zero value is ready to
// use.
type Auto struct {
	// Prior is what is expected before the series is seen: the kind of
	// indicator (Prior.Stable), a context, or a table learned from a
	// portfolio by pooled.Learn. The zero value is the shipped prior.
	Prior pooled.Mixture
}

// Fit implements forecast.Forecaster. It returns an error only if y has no
// finite value or an infinite one.
func (f Auto) Fit(y []float64) (forecast.Model, error) {
	return f.FitData(forecast.Data{Y: y})
}

// FitData implements forecast.DataFitter. It returns forecast.ErrX if d has
// regressors and the errors of d.Validate, and no other.
func (f Auto) FitData(d forecast.Data) (forecast.Model, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.X != nil {
		return nil, forecast.ErrX
	}
	s := findSeason(d)
	if s == nil {
		m, err := f.fit(d)
		if err == nil {
			m.addETS(d, func(_ int, y float64) float64 { return y })
		}
		return m, err
	}
	m, err := f.fit(s.adjust(d))
	if err != nil {
		return nil, err
	}
	m.addETS(d, s.remove)
	return &seasonalModel{*s, m}, nil
}

// model is a fitted combination: the distributions of the mixture, moved so
// that their medians are the weighted means of the members' medians, and
// widened.
type model struct {
	scale   scale
	base    forecast.Model // the mixture
	rung    rung
	n       int     // values
	last    float64 // the last of them
	members []member
	moves   atomic.Pointer[[]move] // for horizons 1, 2, …, as far as known
}

// member is a method beside the mixture.
type member struct {
	share  share
	zh, en string
	points func(h int) []float64
}

// fit fits the mixture and the members to data without a season.
func (f Auto) fit(d forecast.Data) (*model, error) {
	base, err := f.Prior.FitData(d)
	if err != nil {
		return nil, err
	}
	m := &model{scale: newScale(d), base: base}
	for _, y := range d.Y {
		if !math.IsNaN(y) {
			m.n++
			m.last = y
		}
	}
	m.rung = weigh(m.n, d.Season > 1)
	// The last value hedges against a prior from elsewhere; a stated context,
	// and a growth or a level known of the kind, need no such hedge.
	shipped := f.Prior.Context.IsZero() && f.Prior.Table == nil && !f.Prior.Stable // and with it what the kind lets expect
	usual := d.Expect.Usual
	if !shipped {
		usual = 0
	}
	known := !f.Prior.Context.IsZero() || shipped && d.Expect.Growth != 0 && m.scale.kind != level || usual != 0
	if w := m.rung.naive; w != (share{}) && !known {
		m.members = append(m.members, member{w, "最新数值", "the last value", m.naive})
	}
	if usual != 0 {
		w := m.rung.usual // of a year
		if s := float64(d.Season); s > 1 {
			w.base /= s
			w.slope /= s
		}
		zh, en := fmt.Sprintf("同类指标的常值（%.1f）", usual), fmt.Sprintf("the usual level of its kind (%.1f)", usual)
		if d.Expect.From > 0 {
			zh = fmt.Sprintf("同类指标的常值（%.1f，取全国现价生产总值%d—%d年平均增速的七成）", usual, d.Expect.From, d.Expect.To)
			en = fmt.Sprintf("the usual level of its kind (%.1f, seven tenths of the growth of China's gross domestic product from %d to %d)", usual, d.Expect.From, d.Expect.To)
		}
		m.members = append(m.members, member{w, zh, en, func(h int) []float64 { return constant(usual, h) }})
	}
	if w := m.rung.drift; w != (share{}) {
		drift, err := pooled.Drift{Prior: f.driftPrior(m.scale.kind, d.Expect), Context: f.Prior.Context}.FitData(d)
		if err != nil {
			return nil, err
		}
		m.members = append(m.members, member{w, "收缩漂移", "the shrunk drift", func(h int) []float64 { return forecast.Points(drift.Forecast(h)) }})
	}
	m.addTheta(d, m.rung.dotm, theta.DOTM, "动态优化Theta", "the dynamic optimised Theta model")
	m.addTheta(d, m.rung.theta, theta.Standard, "标准Theta", "the standard Theta method")
	if len(m.members) == 0 { // narrower is what a mean of several is
		m.rung.widen = max(m.rung.widen, 1)
	}
	return m, nil
}

func (m *model) naive(h int) []float64 { return constant(m.last, h) }

func constant(y float64, h int) []float64 {
	out := make([]float64, h)
	for i := range out {
		out[i] = y
	}
	return out
}

// addTheta adds a form of Theta, except on the scale of log odds, where a
// straight line soon leaves the bounds.
func (m *model) addTheta(d forecast.Data, w share, v theta.Variant, zh, en string) {
	if w == (share{}) || m.scale.kind == logit {
		return
	}
	t, err := theta.Theta{Variant: v, Adjust: theta.Never}.Estimate(d.Y)
	if err != nil {
		return // the combination goes on without it
	}
	m.members = append(m.members, member{w, zh, en, func(h int) []float64 {
		p, _ := t.Moments(h)
		return p
	}})
}

// addETS adds exponential smoothing of the data as they are, with a season of
// its own; remove takes the season out of its forecast for a period.
func (m *model) addETS(d forecast.Data, remove func(t int, y float64) float64) {
	w := m.rung.ets
	if w == (share{}) || m.scale.kind == logit {
		return
	}
	e, err := ets.ETS{}.FitData(forecast.Data{Y: d.Y, Season: d.Season})
	if err != nil {
		return // the combination goes on without it
	}
	m.members = append(m.members, member{w, "指数平滑（ETS）", "exponential smoothing", func(h int) []float64 {
		p := forecast.Points(e.Forecast(h))
		for i := range p {
			p[i] = remove(len(d.Y)+i, p[i])
		}
		return p
	}})
}

// driftPrior is the prior of the member drift: centred as the mixture is.
func (f Auto) driftPrior(k kind, e forecast.Expect) pooled.Prior {
	p := pooled.PriorOf(e)
	if f.Prior.Stable || k == level || k == logit && (e.Growth == 0 || f.Prior.Table != nil) || f.Prior.Table != nil && e.Growth < 0 {
		p.Mu = 0
	} else if f.Prior.Table != nil {
		p = pooled.PriorOf(forecast.Expect{Stable: e.Stable})
		own, _ := f.Prior.Table.Growth()
		shipped, _ := pooled.Shipped().Growth()
		p.Mu += own - shipped
	}
	p.Phi = driftDamping
	return p
}

// runaway is the factor by which a member's forecast may differ from the
// mixture's.
const runaway = 20

// movesTo returns how the mixture's distributions of the next h periods are
// moved.
func (m *model) movesTo(h int) []move {
	if p := m.moves.Load(); p != nil && len(*p) >= h {
		return (*p)[:h]
	}
	return m.findMoves(m.base.Forecast(h))
}

func (m *model) findMoves(base []forecast.Dist) []move {
	h := len(base)
	if p := m.moves.Load(); p != nil && len(*p) >= h {
		return (*p)[:h]
	}
	out := make([]move, h)
	to := make([]float64, h)
	own := make([]float64, h)
	for i := range own {
		own[i] = forecast.Median(base[i])
		to[i] = own[i]
	}
	for _, b := range m.members {
		for i, p := range b.points(h) {
			p = m.scale.clip(p)
			if m.scale.kind == logarithm { // no member may run away
				p = min(max(p, own[i]/runaway), own[i]*runaway)
			}
			to[i] += b.share.at(i+1) * (p - own[i])
		}
	}
	for i := range out {
		out[i] = m.scale.move(own[i], m.scale.clip(to[i]), m.rung.widen)
	}
	m.moves.Store(&out)
	return out
}

// Forecast implements forecast.Model.
func (m *model) Forecast(h int) []forecast.Dist {
	if h < 1 {
		panic("auto: horizon must be positive")
	}
	out := m.base.Forecast(h)
	for i, v := range m.findMoves(out) {
		out[i] = moved{out[i], v}
	}
	return out
}

// Simulate implements forecast.Model: a path of the mixture, moved as the
// marginal distributions are.
func (m *model) Simulate(path []float64, src rand.Source) {
	moves := m.movesTo(max(len(path), 1))
	m.base.Simulate(path, src)
	for i, y := range path {
		path[i] = moves[i].forward(y)
	}
}
