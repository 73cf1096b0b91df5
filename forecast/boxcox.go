package forecast

import "math"

// Range of the parameters that Guerrero and BoxCoxLambda search, as in R's
// forecast package.
const (
	minLambda = -1
	maxLambda = 2
)

// Guerrero returns the Box–Cox parameter between −1 and 2 that makes the
// variation of a positive series most nearly independent of its level: it
// minimises the coefficient of variation of s/m^(1−λ) over the seasons, with m
// and s mean and standard deviation of each (Guerrero 1993, Journal of
// Forecasting 12:37). Without a season, season 0 or 1, pairs of values stand
// for seasons. An incomplete season at the beginning and gaps are left out. It
// returns *ErrDomain if a value is not positive and *ErrShort with fewer than
// two seasons.
func Guerrero(y []float64, season int) (lambda float64, err error) {
	n, err := positive("Guerrero's method", y)
	if err != nil {
		return 0, err
	}
	m := max(season, 2)
	level := 0.0 // values are taken relative to it, which does not change the ratio
	for _, v := range y {
		if !math.IsNaN(v) {
			level += math.Log(v) / float64(n)
		}
	}
	blocks := len(y) / m
	var mean, sd []float64
	for b := range blocks {
		from := len(y) - (blocks-b)*m
		k, mu, ss := 0.0, 0.0, 0.0
		for _, v := range y[from : from+m] {
			if !math.IsNaN(v) {
				k++
				v = math.Exp(math.Log(v) - level)
				d := v - mu
				mu += d / k
				ss += d * (v - mu)
			}
		}
		if k > 1 {
			mean, sd = append(mean, mu), append(sd, math.Sqrt(ss/(k-1)))
		}
	}
	if len(mean) < 2 {
		return 0, &ErrShort{Method: "Guerrero's method", N: n, Need: max(2*m, n+1)}
	}
	cv := func(lambda float64) float64 {
		k, mu, ss := 0.0, 0.0, 0.0
		for i := range mean {
			r := sd[i] / mean[i] * math.Pow(mean[i], lambda)
			k++
			d := r - mu
			mu += d / k
			ss += d * (r - mu)
		}
		if mu == 0 {
			return 0
		}
		return math.Sqrt(ss/(k-1)) / mu
	}
	return minimise(cv), nil
}

// BoxCoxLambda returns the Box–Cox parameter between −1 and 2 of greatest
// profile likelihood for a positive series with a linear trend and, for a
// season of two periods or more, a level for each season (Box & Cox 1964,
// JRSS B 26:211). It returns *ErrDomain if a value is not positive and
// *ErrShort if trend and seasons leave no error.
func BoxCoxLambda(y []float64, season int) (lambda float64, err error) {
	n, err := positive("the Box–Cox likelihood", y)
	if err != nil {
		return 0, err
	}
	m := max(season, 1)
	if n < m+3 {
		return 0, &ErrShort{Method: "the Box–Cox likelihood", N: n, Need: m + 3}
	}
	var logs, times []float64
	var seasons []int
	level := 0.0
	for t, v := range y {
		if !math.IsNaN(v) {
			logs, times, seasons = append(logs, math.Log(v)), append(times, float64(t)), append(seasons, t%m)
			level += math.Log(v) / float64(n)
		}
	}
	demean(times, seasons, m)
	tt := 0.0
	for _, t := range times {
		tt += t * t
	}
	z := make([]float64, n)
	// Relative to the geometric mean the Jacobian of the transform is 1.
	rss := func(lambda float64) float64 {
		for i, l := range logs {
			z[i] = l - level
			if math.Abs(lambda) > 1e-9 {
				z[i] = math.Expm1(lambda*(l-level)) / lambda
			}
		}
		demean(z, seasons, m)
		tz := 0.0
		for i, t := range times {
			tz += t * z[i]
		}
		slope := 0.0
		if tt > 0 {
			slope = tz / tt
		}
		s := 0.0
		for i, t := range times {
			e := z[i] - slope*t
			s += e * e
		}
		return s
	}
	return minimise(rss), nil
}

// positive returns the number of values, all of them positive.
func positive(method string, y []float64) (int, error) {
	n, err := Check(y)
	if err != nil {
		return 0, err
	}
	for _, v := range y {
		if v <= 0 {
			return 0, &ErrDomain{Method: method, Value: v, Reason: "only positive values"}
		}
	}
	return n, nil
}

// demean takes the mean of its season off every value.
func demean(x []float64, seasons []int, m int) {
	sum, count := make([]float64, m), make([]float64, m)
	for i, v := range x {
		sum[seasons[i]] += v
		count[seasons[i]]++
	}
	for i := range x {
		x[i] -= sum[seasons[i]] / count[seasons[i]]
	}
}

// less says that a is less than b by more than rounding.
func less(a, b float64) bool { return a < b-1e-10*math.Abs(b) }

// minimise finds the least value of f on [minLambda, maxLambda]: the best of a
// grid, then golden sections round it. Where f is flat it stays near 1, at no
// transform.
func minimise(f func(float64) float64) float64 {
	const step = 0.05
	at := 1.0
	best := f(at)
	for i := 1; i <= 40; i++ { // outwards from 1
		for _, x := range [2]float64{1 + step*float64(i), 1 - step*float64(i)} {
			if x < minLambda-step/2 || x > maxLambda+step/2 {
				continue
			}
			if v := f(x); less(v, best) {
				best, at = v, x
			}
		}
	}
	a, b := max(minLambda, at-step), min(maxLambda, at+step)
	g := (math.Sqrt(5) - 1) / 2
	x1, x2 := b-g*(b-a), a+g*(b-a)
	f1, f2 := f(x1), f(x2)
	for b-a > 1e-7 {
		if f1 <= f2 {
			b, x2, f2 = x2, x1, f1
			x1 = b - g*(b-a)
			f1 = f(x1)
		} else {
			a, x1, f1 = x1, x2, f2
			x2 = a + g*(b-a)
			f2 = f(x2)
		}
	}
	if x := (a + b) / 2; less(f(x), best) {
		return x
	}
	return at
}
