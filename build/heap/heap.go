// Package heap sets how much memory a build may use before garbage is collected.
//
// A build lives for seconds, and collecting garbage seldom makes it faster: so
// its heap may grow by half again as much as Go would let it, until the process
// comes near what a small machine can spare. From there on collections come
// sooner, but never so soon that a large site spends its time on them.
package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	spare  = 120 << 20 // bytes that any build may use
	seldom = 150       // percent by which the heap grows, as debug.SetGCPercent has it
	large  = 165       // percent of what is live that a large site may use: half of it to grow, and what lies idle
	first  = 800       // before the first collection, which comes at 32 MiB: most commands end sooner
)

// CollectSeldom sets how far this process's heap grows between collections, now
// and after each of them. It is called once, before work begins. What GOMEMLIMIT
// says stays the most that it may use.
func CollectSeldom() {
	debug.SetGCPercent(first)
	most := debug.SetMemoryLimit(-1)
	afterEach(func() {
		debug.SetGCPercent(seldom)
		debug.SetMemoryLimit(min(most, limit(live())))
	})
}

// cycle is let go of at once, and so is found at the end of each collection.
type cycle struct{ _ *byte }

func afterEach(do func()) {
	runtime.SetFinalizer(new(cycle), func(*cycle) {
		do()
		afterEach(do)
	})
}

// limit returns how many bytes the process may use.
func limit(live int64) int64 { return max(spare, live/100*large) }

// live returns how many bytes the last collection left.
func live() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
