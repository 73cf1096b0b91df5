package auto

// share is a member's weight in the median: base for the next period, more
// for each period farther ahead, up to far periods.
type share struct{ base, slope float64 }

// far is the horizon from which weights stay as they are.
const far = 7

func (s share) at(h int) float64 { return s.base + s.slope*float64(min(h, far)-1) }

// rung is a step of the ladder: weights of the members beside the mixture,
// which has the rest, and the factor by which distances from the median are
// stretched.
type rung struct {
	naive, drift, dotm, theta, ets share
	usual                          share // of the level that values of the kind tend back to; where there is one, naive is none
	widen                          float64
}

// weigh is the ladder: the rung for n values. Chosen by the mean of sMAPE and
// MASE relative to naive over training parts; the surface is flat, so round
// numbers stand for its optimum.
func weigh(n int, seasonal bool) rung {
	r := weights(n, seasonal)
	switch { // a long series shows by itself whether it comes back
	case seasonal && n >= 8:
		r.usual = share{0.04, 0}
	case n <= 3:
		r.usual = share{0.2, 0.06}
	case n <= 7:
		r.usual = share{0.2, 0.05}
	case n <= 11:
		r.usual = share{0.1, 0.04}
	default:
		r.usual = share{0.04, 0}
	}
	return r
}

func weights(n int, seasonal bool) rung {
	switch {
	case seasonal && n >= 8:
		return rung{dotm: share{0.2, 0}, theta: share{0.2, 0}, ets: share{0.2, 0}, widen: 1.08}
	case n <= 1:
		return rung{naive: share{0.4, 0}, widen: 1.14}
	case n == 2:
		return rung{naive: share{0.3, -0.02}, widen: 1.16}
	case n == 3:
		return rung{naive: share{0.25, -0.02}, widen: 1.08}
	case n == 4:
		return rung{naive: share{0.2, -0.02}, drift: share{0.2, 0}, widen: 1.02}
	case n <= 7:
		return rung{naive: share{0.1, 0}, drift: share{0.2, 0}, widen: 1.02}
	case n <= 11:
		return rung{naive: share{0.15, 0}, drift: share{0.1, 0}, widen: 1.01}
	case n <= 13:
		return rung{naive: share{0.1, 0}, drift: share{0.2, 0}, dotm: share{0.1, 0.04}, widen: 1.01}
	case n <= 15:
		return rung{naive: share{0.05, 0}, drift: share{0.1, 0}, dotm: share{0.15, 0.07}, widen: 1}
	}
	return rung{dotm: share{0.19, 0.085}, widen: 0.98}
}

// driftDamping is what remains of the member drift's growth a year later.
const driftDamping = 0.9
