//go:build unix

package sitetest

import (
	"syscall"
	"time"
)

// cpu returns what this process has taken of the processor.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // this process is always there
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
