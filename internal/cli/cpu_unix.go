//go:build unix

package cli

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is the time the processors have worked for this program.
func cpuTime() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
