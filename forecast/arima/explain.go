package arima

// reason is what Auto remembers of its choice.
type reason struct {
	auto, short, constant, linear, full bool
	m, d, D, tried                      int
	criterion                           Criterion
}
