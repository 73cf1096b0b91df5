package arima

import (
	"errors"
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
)

// sample is a series made ready: cut of leading gaps and scaled by a power of
// two to a size near one, so that no square overflows and no digit changes.
type sample struct {
	y     []float64   // scaled, from the first finite value on
	x     [][]float64 // regressors, one slice a column, all future rows included
	lead  int         // gaps cut off in front
	n     int         // finite values
	scale float64
	miss  []bool
}

func newSample(y []float64, rows [][]float64) (*sample, error) {
	n, err := forecast.Check(y)
	if err != nil {
		return nil, err
	}
	s := &sample{n: n}
	for math.IsNaN(y[s.lead]) {
		s.lead++
	}
	y = y[s.lead:]
	top := 0.0
	for _, v := range y {
		if a := math.Abs(v); a > top {
			top = a
		}
	}
	s.scale = 1
	if top > 0 {
		_, e := math.Frexp(top)
		s.scale = math.Ldexp(1, max(e-1, -1021))
	}
	s.y = make([]float64, len(y))
	s.miss = make([]bool, len(y))
	for i, v := range y {
		s.y[i] = v / s.scale
		s.miss[i] = math.IsNaN(v)
	}
	if rows == nil {
		return s, nil
	}
	if len(rows) < s.lead+len(y) {
		return nil, fmt.Errorf("arima: %d rows of regressors for %d values; give one a value and one a period to be forecast", len(rows), s.lead+len(y))
	}
	s.x = make([][]float64, len(rows[0]))
	for j := range s.x {
		s.x[j] = make([]float64, len(rows)-s.lead)
	}
	for t, row := range rows {
		if len(row) != len(s.x) {
			return nil, fmt.Errorf("arima: row %d of the regressors has %d numbers, the first has %d", t+1, len(row), len(s.x))
		}
		for j, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("arima: regressor %d is not finite in row %d", j+1, t+1)
			}
			if t >= s.lead {
				s.x[j][t-s.lead] = v
			}
		}
	}
	return s, nil
}

// gaps reports whether a value is missing within the sample.
func (s *sample) gaps() bool { return s.n < len(s.y) }

// columns returns the regression columns of a model over the sample and h
// periods more: its constant, if any, and the regressors.
func (s *sample) columns(sp spec, h int) [][]float64 {
	n := len(s.y) + h
	var out [][]float64
	if sp.constant {
		c := make([]float64, n)
		for i := range c {
			c[i] = 1
			if sp.d+sp.D > 0 {
				c[i] = float64(i + 1)
			}
		}
		out = append(out, c)
	}
	for _, x := range s.x {
		out = append(out, x[:n])
	}
	return out
}

// grid is the step to which the series is rounded, once its spread is one,
// before parameters are searched. It is far below what can matter and far
// above the rounding errors of a change of scale, so that a series and its
// multiple take the same path to the same parameters.
const grid = 1.0 / (1 << 36)

// normalise centres v where it may and rounds it to the grid after division
// by its root mean square, which it returns (1 if there is nothing). NaN stays.
func normalise(v []float64, centre bool) float64 {
	n, mean := 0.0, 0.0
	if centre {
		for _, x := range v {
			if !math.IsNaN(x) {
				mean += x
				n++
			}
		}
		mean /= n
	}
	ss := 0.0
	n = 0
	for i, x := range v {
		if !math.IsNaN(x) {
			v[i] = x - mean
			ss += v[i] * v[i]
			n++
		}
	}
	rms := math.Sqrt(ss / n)
	if !(rms > 0) {
		return 1
	}
	for i, x := range v {
		v[i] = math.Round(x/rms/grid) * grid
	}
	return rms
}

// difference writes y differenced d times and D times at lag m.
func difference(y []float64, d, D, m int) []float64 {
	w := append([]float64(nil), y...)
	diff := func(lag int) {
		for i := len(w) - 1; i >= lag; i-- {
			w[i] -= w[i-lag]
		}
		w = w[min(lag, len(w)):]
	}
	for range D {
		diff(m)
	}
	for range d {
		diff(1)
	}
	return w
}

// load fills the problem with the sample as the model sees it.
func (p *problem) load(s *sample, sp spec) {
	p.spec = sp
	cols := append(s.columns(sp, 0), s.y)
	last := len(cols) - 1
	p.z = p.z[:0]
	if s.gaps() {
		p.n = len(s.y)
		p.gaps = &diffuse{delta: differencing(sp.d, sp.D, sp.m), miss: s.miss}
		for i, c := range cols {
			w := append([]float64(nil), c...)
			if i == last {
				p.unit = normalise(w, sp.constant || sp.d+sp.D > 0)
			}
			p.z = append(p.z, w...)
		}
	} else {
		p.n = len(s.y) - sp.lost()
		p.gaps = nil
		for i, c := range cols {
			w := difference(c, sp.d, sp.D, sp.m)
			if i == last {
				p.unit = normalise(w, sp.constant)
			}
			p.z = append(p.z, w...)
		}
	}
	p.cols = len(cols)
	p.size()
}

var errUnobserved = errors.New("arima: the gaps leave a season without a value, so that seasonal differences have no start; fill them or use no seasonal difference")
