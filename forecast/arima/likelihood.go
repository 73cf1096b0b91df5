package arima

import "math"

// filter holds an ARMA model in the form of Harvey (1989, section 3.3) and
// the recursions for its exact likelihood on a series without gaps.
//
// With state a_t of length r = max(p, q+1) and one-step covariance P_t, the
// filter needs of P_t only F_t = Z P_t Z′ and G_t = T P_t Z′. Started from the
// stationary P_1 the increment P_{t+1} − P_t has rank one, M_t W_t W_t′, which
// gives recursions of order r a step instead of r² (Morf, Sidhu & Kailath
// 1974, IEEE TAC 19:315; Mélard 1984, Applied Statistics 33:104):
//
//	F′ = F + M s²,  G′ = G + M s T W,  W′ = T W − (s/F) G,  M′ = M F/F′,  s = Z W
//
// from W = G, M = −1/F.
type filter struct {
	r      int
	phi    []float64 // r
	theta  []float64 // r, theta[0] is θ₁
	p, q   int       // orders in use
	cov    []float64 // Cov(state, z): first column of P_1, r
	gam    []float64 // autocovariances of the series: 0 … p
	u      []float64 // autocovariances of the autoregression: 0 … p+q
	psi    []float64 // r
	g, w   []float64 // r+1, last always 0
	a      []float64 // r+1 a column
	acf    []float64 // of the moving average, 0 … q
	levels []float64 // triangle of the Levinson step-down
}

// reserve makes room for models of state size r and c columns.
func (f *filter) reserve(r, c int) {
	if r+1 > cap(f.g) {
		n := r + 1
		buf := make([]float64, 8*n+2*n)
		next := func(k int) []float64 { b := buf[:k:k]; buf = buf[k:]; return b }
		f.phi, f.theta, f.cov, f.gam = next(n), next(n), next(n), next(n)
		f.psi, f.g, f.w, f.acf = next(n), next(n), next(n), next(n)
		f.u = next(2 * n)
		f.levels = make([]float64, n*(n+1)/2)
	}
	if need := (r + 1) * c; need > cap(f.a) {
		f.a = make([]float64, need)
	}
}

// set prepares the filter for the expanded coefficients. It reports false if
// the autoregression is not stationary or its variance not finite.
func (f *filter) set(phi, theta []float64, cols int) bool {
	p, q := len(phi), len(theta)
	f.p, f.q, f.r = p, q, max(p, q+1)
	r := f.r
	f.reserve(r, cols)
	f.phi, f.theta, f.cov, f.psi = f.phi[:r], f.theta[:r], f.cov[:r+1], f.psi[:r]
	clear(f.phi)
	clear(f.theta)
	copy(f.phi, phi)
	copy(f.theta, theta)
	if !f.autocov() {
		return false
	}
	// ψ weights, then Cov(a_i, z) from a_i = Σ_{j>i} φ_j z_{t+i−j} + Σ_{j≥i} θ_j e_{t+i−j}.
	f.psi[0] = 1
	for j := 1; j <= q; j++ {
		v := f.theta[j-1]
		for i := 1; i <= min(j, p); i++ {
			v += f.phi[i-1] * f.psi[j-i]
		}
		f.psi[j] = v
	}
	f.cov[0] = f.gam[0]
	for i := 1; i < r; i++ {
		v := 0.0
		for j := i + 1; j <= p; j++ {
			v += f.phi[j-1] * f.gam[j-i]
		}
		for j := i; j <= q; j++ {
			v += f.theta[j-1] * f.psi[j-i]
		}
		f.cov[i] = v
	}
	f.cov[r] = 0
	return f.cov[0] >= 1-1e-9 && !math.IsInf(f.cov[0], 0) && !math.IsNaN(f.cov[0])
}

// autocov fills gam with the autocovariances 0 … p for unit innovations: those
// of the autoregression by the Levinson step-down, filtered by the moving
// average.
func (f *filter) autocov() bool {
	p, q := f.p, f.q
	u := f.u[:p+q+1]
	// levels holds the coefficients of orders 1 … p, order k at k(k−1)/2.
	lev := f.levels
	if p > 0 {
		copy(lev[p*(p-1)/2:], f.phi[:p])
	}
	u[0] = 1
	for k := p; k > 0; k-- {
		cur := lev[k*(k-1)/2 : k*(k+1)/2]
		r := cur[k-1]
		d := 1 - r*r
		if !(d > 0) {
			return false
		}
		u[0] /= d
		if k > 1 {
			down := lev[(k-1)*(k-2)/2 : (k-1)*k/2]
			for i := range down {
				down[i] = (cur[i] + r*cur[k-2-i]) / d
			}
		}
	}
	for k := 1; k <= p+q; k++ {
		c := f.phi[:p]
		if k <= p {
			c = lev[k*(k-1)/2 : k*(k+1)/2]
		}
		v := 0.0
		for j, x := range c {
			v += x * u[k-1-j]
		}
		u[k] = v
	}
	if q == 0 {
		f.gam = f.gam[:p+1]
		copy(f.gam, u[:p+1])
		return true
	}
	acf := f.acf[:q+1]
	for k := range acf {
		v := 0.0
		if k == 0 {
			v = 1
		} else {
			v = f.theta[k-1]
		}
		for i := 1; i+k <= q; i++ {
			v += f.theta[i-1] * f.theta[i+k-1]
		}
		acf[k] = v
	}
	f.gam = f.gam[:p+1]
	for k := range f.gam {
		v := acf[0] * u[k]
		for l := 1; l <= q; l++ {
			j := k - l
			if j < 0 {
				j = -j
			}
			v += acf[l] * (u[k+l] + u[j])
		}
		f.gam[k] = v
	}
	return true
}

// steady is the relative size of the covariance increment below which the
// gain is taken as final.
const steady = 1e-16

// run filters the columns of z (each n long, one after the other) with the
// same gains and writes the standardised innovations v/√F to out, laid out
// alike. It returns Σ log F, or false where the recursion has lost its
// precision.
func (f *filter) run(out, z []float64, n int) (sumLogF float64, ok bool) {
	r, cols := f.r, len(z)/n
	g, w, phi := f.g[:r+1], f.w[:r+1], f.phi[:r]
	c0 := f.cov[0]
	for i := range phi {
		g[i] = phi[i]*c0 + f.cov[i+1]
		w[i] = g[i]
	}
	g[r], w[r] = 0, 0
	a := f.a[:(r+1)*cols]
	clear(a)
	F, M := c0, -1/c0
	fixed := false
	rt := math.Sqrt(F)
	prod := 1.0 // Σ log F as the log of products, flushed before they overflow
	for t := range n {
		inv := 1 / F
		for c := range cols {
			s := a[c*(r+1) : (c+1)*(r+1)]
			a0 := s[0]
			v := z[c*n+t] - a0
			out[c*n+t] = v / rt
			k := v * inv
			next := s[1:]
			next = next[:len(phi)]
			gg := g[:len(phi)]
			for i, ph := range phi {
				s[i] = ph*a0 + next[i] + gg[i]*k
			}
		}
		if prod *= F; prod > 1e200 || prod < 1e-200 {
			sumLogF += math.Log(prod)
			prod = 1
		}
		if fixed {
			continue
		}
		s := w[0]
		ms, sf := M*s, s*inv
		size := 0.0
		for i, ph := range phi {
			tw := ph*s + w[i+1]
			gi := g[i]
			nw := tw - sf*gi
			w[i] = nw
			g[i] = gi + ms*tw
			size += nw * nw
		}
		next := F + ms*s
		if !(next > 0.5) {
			return 0, false // exact arithmetic gives F ≥ 1
		}
		M *= F / next
		F = next
		rt = math.Sqrt(F)
		fixed = -M*size <= steady*F
	}
	return sumLogF + math.Log(prod), true
}
