package briefing_test

import (
	"io"
	"testing"
)

// BenchmarkSeed writes the full working edition of the report in seeds.
func BenchmarkSeed(b *testing.B) {
	x := seed(b)
	for b.Loop() {
		if err := x.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// Benchmark300 writes 300 indicators of 30 years with a target each.
func Benchmark300(b *testing.B) {
	x := many(b, 300, 30)
	for b.Loop() {
		if err := x.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
