// Package parallel works through a number of things at a time.
package parallel

import (
	"context"
	"runtime"
	"sync"
)

// Each does n things, numbered from 0, with as many workers as told, or one a
// core when workers is 0 or less. prepare is called once for each worker and
// returns what does one thing. Each returns when all is done, or the first
// error, or why ctx was cancelled; nothing new is begun after that.
func Each(ctx context.Context, workers, n int, prepare func() func(i int) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan int)
	var group sync.WaitGroup
	for range min(workers, n) {
		do := prepare()
		group.Go(func() {
			for i := range work {
				if err := do(i); err != nil {
					cancel(err)
				}
			}
		})
	}
feed:
	for i := range n {
		select {
		case work <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(work)
	group.Wait()
	return context.Cause(ctx)
}
