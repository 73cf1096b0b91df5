//go:build race

package arima

// raced says that the race detector slows the tests down tenfold: those that
// score whole competitions in one goroutine have nothing to find there.
const raced = true
