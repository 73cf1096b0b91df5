//go:build !race

package ces

const raced = false
