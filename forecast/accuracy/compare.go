package accuracy

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// ErrIdentical is returned where two forecasts do not differ enough for a
// test: the variance of the differences of their losses is zero.
var ErrIdentical = errors.New("accuracy: the losses do not differ, there is nothing to test")

// DieboldMariano tests whether two methods are equally accurate (Diebold &
// Mariano 1995, JBES 13:253) with the small-sample correction of Harvey,
// Leybourne & Newbold (1997, IJF 13:281). a and b are their losses, absolute
// or squared errors say, of forecasts of the same values h periods ahead, in
// order of time. The statistic is negative where a loses less; p is the
// two-sided probability by a Student t with len(a)−1 degrees of freedom. As
// in R's dm.test the variance falls back to that of h = 1 where the sum of
// autocovariances is not positive. Lengths that differ, fewer than two losses
// and h < 1 panic.
func DieboldMariano(a, b []float64, h int) (stat, p float64, err error) {
	same(len(a), b)
	if len(a) < 2 || h < 1 || h > len(a) {
		panic("accuracy: too few losses for the horizon")
	}
	n := float64(len(a))
	d := make([]float64, len(a))
	mean, top := 0.0, 0.0
	for i := range d {
		d[i] = a[i] - b[i]
		mean += d[i] / n
		top = max(top, math.Abs(d[i]))
	}
	cov := func(lag int) float64 {
		s := 0.0
		for i := lag; i < len(d); i++ {
			s += (d[i] - mean) * (d[i-lag] - mean)
		}
		return s / n
	}
	c0 := cov(0)
	if !(c0 > 1e-28*top*top) { // equal but for rounding
		return 0, 1, ErrIdentical
	}
	v := c0
	for lag := 1; lag < h; lag++ {
		v += 2 * cov(lag)
	}
	if v <= 0 {
		v, h = c0, 1
	}
	k := float64(h)
	stat = mean / math.Sqrt(v/n) * math.Sqrt((n+1-2*k+k/n*(k-1))/n)
	return stat, 2 * distuv.StudentsT{Sigma: 1, Nu: n - 1}.CDF(-math.Abs(stat)), nil
}
