package arima

import "math"

// problem is the estimation of one model: the data on the scale on which the
// parameters are searched, and the room that the search needs. A problem is
// reused for all orders with the same differencing.
type problem struct {
	spec spec
	// Columns, n long each: the regressors (a constant first, if the model has
	// one), then the series. Differenced where there are no gaps.
	z    []float64
	n    int
	cols int      // how many columns
	unit float64  // by which the series was divided, in units of the sample
	gaps *diffuse // the filter for a series with gaps, nil if there are none

	fast             filter
	out              []float64 // standardised innovations, as z
	nat, tmp         []float64 // natural coefficients
	phi, theta       []float64 // expanded
	obs              int       // residuals of the last evaluation
	jac, r, rTry     []float64
	x, xTry, h, grad []float64
	chol, sec        []float64
	step, gOld, gMix []float64
}

// size prepares the buffers for the order in p.spec.
func (p *problem) size() {
	k := p.spec.arma()
	grow := func(b *[]float64, n int) {
		if cap(*b) < n {
			*b = make([]float64, n+n/2)
		}
		*b = (*b)[:n]
	}
	grow(&p.out, p.n*p.cols)
	grow(&p.nat, k)
	grow(&p.tmp, 2*k)
	grow(&p.phi, p.spec.ar())
	grow(&p.theta, p.spec.ma())
	grow(&p.jac, k*p.n)
	grow(&p.r, p.n)
	grow(&p.rTry, p.n)
	grow(&p.x, k)
	grow(&p.xTry, k)
	grow(&p.h, k*k)
	grow(&p.grad, k)
	grow(&p.chol, k*k)
	grow(&p.sec, k*k)
	grow(&p.step, k)
	grow(&p.gOld, k)
	grow(&p.gMix, k)
}

// natural turns unconstrained parameters into coefficients.
func (p *problem) natural(dst, raw []float64) {
	p.spec.groups(func(from, to int, sign float64) {
		fromRaw(dst[from:to], raw[from:to], p.tmp)
		for i := from; i < to; i++ {
			dst[i] *= sign
		}
	})
}

// polynomials expands the coefficients into p.phi and p.theta.
func (p *problem) polynomials(nat []float64) {
	s := p.spec
	expand(p.phi, nat[:s.p], nat[s.p+s.q:s.p+s.q+s.P], s.m, -1)
	expand(p.theta, nat[s.p:s.p+s.q], nat[s.p+s.q+s.P:s.arma()], s.m, 1)
}

// innovations runs the filter for the coefficients, leaves the standardised
// innovations of all columns in p.out and returns how many a column has and
// Σ log F.
func (p *problem) innovations(nat []float64) (n int, sumLogF float64, ok bool) {
	p.polynomials(nat)
	if p.gaps != nil {
		return p.gaps.run(p.out, p.z, p.n, p.phi, p.theta)
	}
	if !p.fast.set(p.phi, p.theta, p.cols) {
		return 0, 0, false
	}
	sumLogF, ok = p.fast.run(p.out, p.z, p.n)
	return p.n, sumLogF, ok
}

// objective writes to r the residuals whose sum of squares is to be least:
// the standardised innovations of the series after regression on those of the
// other columns (which concentrates their coefficients and σ² out of the
// likelihood), times the geometric mean of √F. It returns
// n log(Σr²/n), which is −2 log L up to a constant, and the number of residuals.
func (p *problem) objective(r, raw []float64) (dev float64, n int, ok bool) {
	p.natural(p.nat, raw)
	n, sumLogF, ok := p.innovations(p.nat)
	p.obs = n
	if !ok || n == 0 {
		return math.Inf(1), n, false
	}
	cols := len(p.z) / p.n
	y := p.column(cols-1, n)
	p.project(cols-1, n, nil)
	scale := math.Exp(sumLogF / (2 * float64(n)))
	ss := 0.0
	for i, v := range y {
		v *= scale
		r[i] = v
		ss += v * v
	}
	return float64(n) * math.Log(max(ss, tiny)/float64(n)), n, !math.IsNaN(ss) && !math.IsInf(ss, 0)
}

// loglik turns the objective into the logarithm of the likelihood, in units of
// the sample.
func (p *problem) loglik(dev float64) float64 {
	n := float64(p.obs)
	return -0.5 * (dev + n*(1+math.Log(2*math.Pi)+2*math.Log(p.unit)))
}

// tiny keeps the logarithm of a sum of squares finite where a model fits the
// series, of size one, without error.
const tiny = 1e-28

// column is column c of the innovations, of which there are n.
func (p *problem) column(c, n int) []float64 { return p.out[c*p.n : c*p.n+n] }

// project orthogonalises the columns of p.out by the modified Gram–Schmidt
// process, twice for the sake of precision, the k regressors first and the
// series last: the latter is left as its residual. Where rr is not nil, it
// receives the upper triangular factor, (k+1)×(k+1). A regressor that is a
// combination of those before it is left out: its diagonal is zero.
func (p *problem) project(k, n int, rr []float64) {
	for c := range k + 1 {
		y := p.column(c, n)
		before := dot(y, y)
		for pass := range 2 {
			for j := range c {
				q := p.column(j, n)
				b := dot(q, y) // q has norm one, or is all zeros
				for i, v := range q {
					y[i] -= b * v
				}
				if rr != nil {
					if pass == 0 {
						rr[j*(k+1)+c] = b
					} else {
						rr[j*(k+1)+c] += b
					}
				}
			}
		}
		if c == k {
			return
		}
		after := dot(y, y)
		d := math.Sqrt(after)
		if after <= 1e-20*before || d == 0 {
			clear(y)
			d = 0
		} else {
			for i := range y {
				y[i] /= d
			}
		}
		if rr != nil {
			rr[c*(k+1)+c] = d
		}
	}
}

func dot(a, b []float64) float64 {
	b = b[:len(a)]
	s := 0.0
	for i, v := range a {
		s += v * b[i]
	}
	return s
}

// minimise searches the parameters from the start x and leaves them in x.
// Since −2 log L is a monotone function of a sum of squares (see objective),
// the Hessian is J′J, known from first derivatives, and a remainder S, which
// is built up from the change of the gradient (Dennis, Gay & Welsch 1981, ACM
// TOMS 7:348). That takes a handful of iterations where a quasi-Newton method
// that learns the whole Hessian takes dozens. Steps are damped as Levenberg
// and Marquardt do.
func (p *problem) minimise(x []float64) (dev float64, ok bool) {
	k := len(x)
	dev, n, ok := p.objective(p.r, x)
	if !ok || k == 0 {
		return dev, ok
	}
	clear(p.sec)
	lambda := 1e-3
	p.jacobian(x, n)
	for iter := range 100 {
		p.hessian(n, iter > 0)
		ss := dot(p.r[:n], p.r[:n])
		improved := false
		for lambda < 1e10 {
			if !p.newton(k, lambda) {
				clear(p.sec) // the remainder is misleading: trust J′J alone
				p.hessian(n, false)
				lambda = max(lambda*10, 1e-6)
				continue
			}
			gain := 0.0 // of the quadratic model, to first order
			for i := range k {
				p.xTry[i] = min(max(x[i]-p.tmp[i], -maxRaw), maxRaw)
				gain += (x[i] - p.xTry[i]) * p.grad[i]
			}
			if gain <= 1e-11*ss {
				return dev, true
			}
			try, m, ok := p.objective(p.rTry, p.xTry[:k])
			if ok && m == n && try < dev {
				improved = true
				done := dev-try < 1e-9 && lambda < 1
				dev = try
				for i := range k {
					p.step[i] = p.xTry[i] - x[i]
					// The gradient at the old point, and J′r with the old J and the new r.
					p.gOld[i] = p.grad[i]
					p.gMix[i] = dot(p.jac[i*p.n:i*p.n+n], p.rTry[:n])
					x[i] = p.xTry[i]
				}
				p.r, p.rTry = p.rTry, p.r
				if done {
					return dev, true
				}
				lambda = max(lambda/8, 1e-9)
				break
			}
			lambda = max(lambda*6, 1e-4)
		}
		if !improved {
			break
		}
		p.jacobian(x, n)
		p.secant(k)
	}
	return dev, true
}

// jacobian fills p.jac with the derivatives of the residuals, a column a
// parameter, and p.grad with J′r.
func (p *problem) jacobian(x []float64, n int) {
	const step = 1e-6
	r := p.r[:n]
	for j := range x {
		e := step // towards the interior, where the filter is at its best
		if x[j] > 0 {
			e = -step
		}
		old := x[j]
		x[j] += e
		_, m, ok := p.objective(p.rTry, x)
		x[j] = old
		col := p.jac[j*p.n : j*p.n+n]
		if !ok || m != n {
			clear(col)
			p.grad[j] = 0
			continue
		}
		g, inv := 0.0, 1/e
		for i, v := range r {
			d := (p.rTry[i] - v) * inv
			col[i] = d
			g += d * v
		}
		p.grad[j] = g
	}
}

// hessian fills the lower triangle of p.h with J′J, plus the remainder if
// second is true.
func (p *problem) hessian(n int, second bool) {
	k := len(p.grad)
	for i := range k {
		for j := range i + 1 {
			v := dot(p.jac[i*p.n:i*p.n+n], p.jac[j*p.n:j*p.n+n])
			if second {
				v += p.sec[i*k+j]
			}
			p.h[i*k+j] = v
		}
	}
}

// secant updates the remainder p.sec after a step: the new S maps the step to
// the change of J′r that J alone, moving, has made.
func (p *problem) secant(k int) {
	s, g := p.step[:k], p.grad[:k]
	y := p.gOld[:k]  // becomes the change of the gradient
	yh := p.gMix[:k] // becomes (change due to J) − S s
	ys, sys, sss := 0.0, 0.0, 0.0
	for i := range k {
		y[i] = g[i] - y[i]
		yh[i] = g[i] - yh[i]
		ys += y[i] * s[i]
		sys += yh[i] * s[i]
		v := dot(p.sec[i*k:(i+1)*k], s)
		p.tmp[i] = v
		sss += v * s[i]
	}
	if ys <= 0 {
		return
	}
	size := 1.0
	if a, b := math.Abs(sys), math.Abs(sss); a < b {
		size = a / b
	}
	c := 0.0
	for i := range k {
		yh[i] -= size * p.tmp[i]
		c += yh[i] * s[i]
	}
	for i := range k {
		for j := range k {
			p.sec[i*k+j] = size*p.sec[i*k+j] + (yh[i]*y[j]+y[i]*yh[j])/ys - c*y[i]*y[j]/(ys*ys)
		}
	}
}

// newton solves (H + λ diag H) step = grad into p.tmp by Cholesky.
func (p *problem) newton(k int, lambda float64) bool {
	l := p.chol
	floor := 0.0
	for i := range k {
		floor = max(floor, p.h[i*k+i])
	}
	floor = max(floor*1e-12, 1e-300)
	for i := range k {
		for j := range i + 1 {
			v := p.h[i*k+j]
			if i == j {
				v += lambda*v + floor
			}
			for m := range j {
				v -= l[i*k+m] * l[j*k+m]
			}
			if i == j {
				if !(v > 0) {
					return false
				}
				l[i*k+i] = math.Sqrt(v)
			} else {
				l[i*k+j] = v / l[j*k+j]
			}
		}
	}
	x := p.tmp[:k]
	for i := range k {
		v := p.grad[i]
		for j := range i {
			v -= l[i*k+j] * x[j]
		}
		x[i] = v / l[i*k+i]
	}
	for i := k - 1; i >= 0; i-- {
		v := x[i]
		for j := i + 1; j < k; j++ {
			v -= l[j*k+i] * x[j]
		}
		x[i] = v / l[i*k+i]
	}
	return true
}
