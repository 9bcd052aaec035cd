//go:build !unix

package sitetest

import "time"

var start = time.Now()

// cpu stands for what this process has taken of the processor, where Go cannot
// ask.
func cpu() time.Duration { return time.Since(start) }
