package arima

import "math"

// diffuse is the exact diffuse Kalman filter (Koopman 1997, JASA 92:1630;
// Durbin & Koopman 2012, chapter 5) of an ARIMA model on the scale of the
// series. It takes gaps as they come. Its state is that of the ARMA model
// followed by the lags y_{t−1} … y_{t−s} that undo the differencing, which
// start diffuse. A series without gaps has the likelihood of its differences.
type diffuse struct {
	delta []float64 // y_t = Σ δ_j y_{t−j} + w_t
	miss  []bool    // len n: no observation
	f     filter    // for the stationary start

	r, s, dim int
	phi, load []float64 // r: autoregression; 1, θ₁, …
	P, T      []float64 // dim×dim: covariance, scratch
	Pinf, inf []float64 // s×s: diffuse part, scratch
	M         []float64 // P Z′
	Mi        []float64 // Pinf δ
	a         []float64 // states, dim a column
	rank      int       // diffuse states not yet observed
}

// start sets the filter for cols columns to its beginning.
func (k *diffuse) start(phi, theta []float64, cols int) bool {
	if !k.f.set(phi, theta, cols) {
		return false
	}
	r, s := k.f.r, len(k.delta)
	dim := r + s
	k.r, k.s, k.dim = r, s, dim
	if cap(k.P) < dim*dim {
		buf := make([]float64, 2*dim*dim+3*dim+2*s*s+s)
		next := func(n int) []float64 { b := buf[:n:n]; buf = buf[n:]; return b }
		k.P, k.T = next(dim*dim), next(dim*dim)
		k.M, k.phi, k.load = next(dim), next(dim), next(dim)
		k.Pinf, k.inf, k.Mi = next(s*s), next(s*s), next(s)
	}
	if cap(k.a) < dim*cols {
		k.a = make([]float64, dim*cols)
	}
	k.P, k.T, k.M = k.P[:dim*dim], k.T[:dim*dim], k.M[:dim]
	k.phi, k.load = k.phi[:r], k.load[:r]
	k.a = k.a[:dim*cols]
	clear(k.a)
	copy(k.phi, k.f.phi)
	k.load[0] = 1
	copy(k.load[1:], k.f.theta[:r-1])
	clear(k.P)
	// The stationary covariance from its first column: P = T P T′ + R R′ read
	// backwards from the last corner.
	cov := k.f.cov
	for i := r - 1; i >= 0; i-- {
		for j := i; j >= 0; j-- {
			var v float64
			if j == 0 {
				v = cov[i]
			} else {
				// P_ij for i, j ≥ 1 from P_{i−1,j−1} would go forwards and cancel;
				// element (i, j) of T P T′ + R R′ uses (i+1, j+1) instead.
				v = k.phi[i]*k.phi[j]*cov[0] + k.phi[i]*cov[j+1] + k.phi[j]*cov[i+1] + k.load[i]*k.load[j]
				if i+1 < r {
					v += k.P[(i+1)*dim+j+1]
				}
			}
			k.P[i*dim+j] = v
			k.P[j*dim+i] = v
		}
	}
	clear(k.Pinf)
	for i := range s {
		k.Pinf[i*s+i] = 1
	}
	k.rank = s
	return true
}

// variance fills k.M and returns F = Z P Z′ and the diffuse F∞.
func (k *diffuse) variance() (F, Finf float64) {
	dim, r := k.dim, k.r
	for i := range k.M {
		row := k.P[i*dim : (i+1)*dim]
		v := row[0]
		for j, d := range k.delta {
			v += d * row[r+j]
		}
		k.M[i] = v
	}
	F = k.M[0]
	for j, d := range k.delta {
		F += d * k.M[r+j]
	}
	if k.rank > 0 {
		s := k.s
		for i := range s {
			k.Mi[i] = dot(k.delta, k.Pinf[i*s:(i+1)*s])
		}
		Finf = dot(k.delta, k.Mi)
	}
	return F, Finf
}

// signal is Z a of column c.
func (k *diffuse) signal(c int) float64 {
	a := k.a[c*k.dim : (c+1)*k.dim]
	return a[0] + dot(k.delta, a[k.r:])
}

// diffuseTol is what the diffuse variance must exceed to count: its entries
// are sums of squared integers as long as it is not exhausted.
const diffuseTol = 1e-7

// observe updates the covariances by an observation and returns whether it
// was used up in learning a diffuse state, and the variance that goes with
// it. The states are updated by gain.
func (k *diffuse) observe() (F float64, used bool) {
	F, Finf := k.variance()
	dim, r, s := k.dim, k.r, k.s
	if k.rank > 0 && Finf > diffuseTol {
		// K = Mi/Finf on the lag states; P gets K K′F − K M′ − M K′.
		for i := range s {
			ki := k.Mi[i] / Finf
			row := k.P[(r+i)*dim : (r+i+1)*dim]
			for j := range dim {
				row[j] -= ki * k.M[j]
			}
			for j := range s {
				row[r+j] += ki * k.Mi[j] / Finf * F
			}
		}
		for i := range dim {
			for j := range s {
				k.P[i*dim+r+j] -= k.M[i] * k.Mi[j] / Finf
			}
		}
		for i := range s {
			for j := range s {
				k.Pinf[i*s+j] -= k.Mi[i] * k.Mi[j] / Finf
			}
		}
		clear(k.M[:r])
		copy(k.M[r:], k.Mi)
		for i := range k.M {
			k.M[i] /= Finf
		}
		k.rank--
		return Finf, true
	}
	for i := range dim {
		mi := k.M[i] / F
		row := k.P[i*dim : (i+1)*dim]
		for j, mj := range k.M {
			row[j] -= mi * mj
		}
	}
	for i := range k.M {
		k.M[i] /= F
	}
	return F, false
}

// advance moves the covariances one period on.
func (k *diffuse) advance() {
	dim, r, s := k.dim, k.r, k.s
	P, T := k.P, k.T
	// T ← A P, with A the transition.
	p0 := P[:dim]
	for i := range r {
		dst, ph := T[i*dim:(i+1)*dim], k.phi[i]
		if i+1 < r {
			src := P[(i+1)*dim : (i+2)*dim]
			for j := range dst {
				dst[j] = ph*p0[j] + src[j]
			}
		} else {
			for j := range dst {
				dst[j] = ph * p0[j]
			}
		}
	}
	if s > 0 {
		dst := T[r*dim : (r+1)*dim]
		copy(dst, p0)
		for j, d := range k.delta {
			if d != 0 {
				src := P[(r+j)*dim : (r+j+1)*dim]
				for l := range dst {
					dst[l] += d * src[l]
				}
			}
		}
		copy(T[(r+1)*dim:], P[r*dim:(r+s-1)*dim])
	}
	// P ← T A′ + R R′.
	for i := range dim {
		src, dst := T[i*dim:(i+1)*dim], P[i*dim:(i+1)*dim]
		t0 := src[0]
		for j, ph := range k.phi {
			v := ph * t0
			if j+1 < r {
				v += src[j+1]
			}
			dst[j] = v
		}
		if s > 0 {
			dst[r] = t0 + dot(k.delta, src[r:])
			copy(dst[r+1:], src[r:r+s-1])
		}
	}
	for i, li := range k.load {
		for j, lj := range k.load {
			P[i*dim+j] += li * lj
		}
	}
	if k.rank > 0 {
		for j := range s {
			v := 0.0
			for i, d := range k.delta {
				v += d * k.Pinf[i*s+j]
			}
			k.inf[j] = v
		}
		copy(k.inf[s:], k.Pinf[:(s-1)*s])
		for i := range s {
			src, dst := k.inf[i*s:(i+1)*s], k.Pinf[i*s:(i+1)*s]
			v := dot(k.delta, src)
			copy(dst[1:], src[:s-1])
			dst[0] = v
		}
	}
}

// move advances the state of column c by one period, without noise.
func (k *diffuse) move(c int) {
	a := k.a[c*k.dim : (c+1)*k.dim]
	y := k.signal(c)
	a0 := a[0]
	for i, ph := range k.phi {
		v := ph * a0
		if i+1 < k.r {
			v += a[i+1]
		}
		a[i] = v
	}
	if k.s > 0 {
		copy(a[k.r+1:], a[k.r:k.dim-1])
		a[k.r] = y
	}
}

// run filters the columns of z and writes their standardised innovations to
// out, those of a column after one another without the gaps and without the
// observations that the diffuse states take. It returns their number and
// Σ log F. Afterwards the filter stands at the period after the last.
func (k *diffuse) run(out, z []float64, n int, phi, theta []float64) (used int, sumLogF float64, ok bool) {
	return k.runAt(out, z, n, phi, theta, nil)
}

// runAt is run that also notes the periods of the innovations in at, unless
// it is nil.
func (k *diffuse) runAt(out, z []float64, n int, phi, theta []float64, at []int) (used int, sumLogF float64, ok bool) {
	cols := len(z) / n
	if !k.start(phi, theta, cols) {
		return 0, 0, false
	}
	for t := range n {
		if !k.miss[t] {
			F, diff := k.observe()
			if !(F > 0) {
				return 0, 0, false
			}
			sumLogF += math.Log(F)
			rt := math.Sqrt(F)
			for c := range cols {
				v := z[c*n+t] - k.signal(c)
				if !diff {
					out[c*n+used] = v / rt
				}
				a := k.a[c*k.dim : (c+1)*k.dim]
				for i, m := range k.M {
					a[i] += m * v
				}
			}
			if !diff {
				if at != nil {
					at[used] = t
				}
				used++
			}
		}
		for c := range cols {
			k.move(c)
		}
		k.advance()
	}
	return used, sumLogF, true
}
