package arima

import (
	"errors"
	"fmt"
	"math"
)

// Criterion is what Auto minimises over models.
type Criterion int

// The criteria. The zero value is AICc.
const (
	AICc Criterion = iota
	AIC
	BIC
)

// of evaluates the criterion for a model with k parameters, the variance
// among them, and n observations. AICc is +Inf where its correction has no
// positive denominator: taken at its word it would reward the larger model.
func (c Criterion) of(loglik float64, k, n int) float64 {
	switch p := float64(k); c {
	case AIC:
		return -2*loglik + 2*p
	case BIC:
		return -2*loglik + p*math.Log(float64(n))
	default:
		if n-k-1 <= 0 {
			return math.Inf(1)
		}
		return -2*loglik + 2*p + 2*p*(p+1)/float64(n-k-1)
	}
}

var errNotStationary = errors.New("arima: the autoregressive coefficients are not stationary")

// collinear reports a regression column without information of its own.
type collinear struct {
	column   int
	constant bool
}

func (e *collinear) Error() string {
	c := e.column
	if e.constant {
		c--
	}
	if c < 0 {
		return "arima: the constant cannot be told from zero on this series"
	}
	return fmt.Sprintf("arima: regressor %d is constant or a combination of the others, after differencing; leave it out", c+1)
}
