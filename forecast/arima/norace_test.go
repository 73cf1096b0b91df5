//go:build !race

package arima

const raced = false
