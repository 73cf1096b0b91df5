package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The library example of the README is the one that the compiler checks.
func TestReadmeExample(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile("../../forecast/progress/example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```go\n(.*?)```").FindSubmatch(readme)
	if m == nil {
		t.Fatal("the README has no example")
	}
	strip := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if !strings.Contains(strip(string(src)), strip(string(m[1]))) {
		t.Error("the example of the README is not that of forecast/progress")
	}
	if _, err := os.Stat("testdata/gdp-2021.png"); err != nil {
		t.Error("the picture of the README is missing")
	}
}
