package sitetest

import "time"

// Growth returns how many times the work of one function another does, in CPU
// time of this process. Other programs that want the processor make a single
// measure too long, never too short, so of several the least counts; when the
// answer is no more than enough, there is no need for more.
func Growth(less, more func(), enough float64) float64 {
	const tries = 7
	least, most := time.Duration(1<<62), time.Duration(1<<62)
	growth := 0.0
	for range tries {
		least, most = min(least, work(less)), min(most, work(more))
		if growth = most.Seconds() / max(least, time.Microsecond).Seconds(); growth <= enough {
			break
		}
	}
	return growth
}

func work(f func()) time.Duration {
	before := cpu()
	f()
	return cpu() - before
}
