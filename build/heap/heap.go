// Package heap sets how much memory a build may use before garbage is collected.
//
// A build lives for seconds, and collecting garbage seldom makes it faster: so
// its heap may grow by half again as much as Go would let it, until it comes
// near what a small machine can spare. From there on collections come sooner,
// but never so soon that a large site spends its time on them.
package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	spare   = 110 << 20 // bytes of heap that any build may use
	seldom  = 150       // percent by which the heap grows, as debug.SetGCPercent has it
	soonest = 40
	first   = 800 // before the first collection, which comes at 32 MiB: most commands end sooner
)

// CollectSeldom sets how far this process's heap grows between collections, now
// and after each of them. It is called once, before work begins.
func CollectSeldom() {
	debug.SetGCPercent(first)
	follow(new(cycle), first)
}

// cycle is let go of at once, and so is found at the end of each collection.
type cycle struct{ _ *byte }

func follow(c *cycle, was int) {
	runtime.SetFinalizer(c, func(c *cycle) {
		percent := growth(live())
		if percent != was {
			debug.SetGCPercent(percent)
		}
		follow(c, percent)
	})
}

// growth returns by how many percent the heap may grow beyond what is live.
func growth(live uint64) int {
	if live == 0 {
		return seldom
	}
	return min(seldom, max(soonest, int(spare*100/live)-100))
}

// live returns how many bytes the last collection left.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
