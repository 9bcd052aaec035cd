package build

import "sync"

// unlimited stands for the memory to open pictures of a site without a limit.
const unlimited = 1 << 40

// room is memory that several share.
type room struct {
	mu          sync.Mutex
	freed       *sync.Cond
	most, taken int
}

func newRoom(most int) *room {
	if most <= 0 {
		most = unlimited
	}
	r := &room{most: most}
	r.freed = sync.NewCond(&r.mu)
	return r
}

// take waits until there is room, all of it for what wants more, and returns what gives it back.
func (r *room) take(n int) (give func()) {
	n = min(n, r.most)
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.taken+n > r.most {
		r.freed.Wait()
	}
	r.taken += n
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.taken -= n
		r.freed.Broadcast()
	}
}
