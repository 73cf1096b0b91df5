//go:build !unix

package main

import "time"

var begin = time.Now()

// cpuTime is the time since the start, where that of the processor is not to
// be had: on one core without other work they are the same.
func cpuTime() time.Duration { return time.Since(begin) }
