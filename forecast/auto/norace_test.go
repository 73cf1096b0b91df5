//go:build !race

package auto_test

// raced says that the race detector slows the tests down tenfold.
const raced = false
