//go:build !unix

package cli

import "time"

var started = time.Now()

// cpuTime is the time since the program started: here nothing better is known.
func cpuTime() time.Duration { return time.Since(started) }
