// Package parallel works through many things, several at a time.
//
// Each is for things that have nothing to do with each other, Ordered for those
// of which something is put together in order.
package parallel

import (
	"context"
	"runtime"
	"sync"
)

// Each does n things, numbered from 0, with as many workers as told, or one a
// core when workers is 0 or less. prepare is called once for each worker and
// returns what does one thing. Each returns when all is done, or the error of the
// lowest number, or why ctx was cancelled; nothing new is begun after an error.
// Things are begun in order, so which error that is depends on no worker's speed.
func Each(ctx context.Context, workers, n int, prepare func() func(i int) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan int)
	var group sync.WaitGroup
	var mu sync.Mutex
	var first error
	lowest := n
	for range min(workers, n) {
		do := prepare()
		group.Go(func() {
			for i := range work {
				if err := do(i); err != nil {
					mu.Lock()
					if i < lowest {
						lowest, first = i, err
					}
					mu.Unlock()
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
	if first != nil {
		return first
	}
	return context.Cause(ctx)
}

// Ordered makes n values, numbered from 0, with as many workers as told, or one
// a core when workers is 0 or less, and hands them to collect in the order of
// their numbers, one at a time, in the caller's goroutine. prepare is called
// once for each worker and returns what makes a value. A value is made in memory
// that was collected before, so that no more of them exist than a few for each
// worker, however many are made. Ordered returns as Each does; all values before
// the one that fails are collected.
func Ordered[T any](ctx context.Context, workers, n int, prepare func() func(i int, v *T) error, collect func(i int, v *T) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type job struct {
		i   int
		v   *T
		err error
	}
	work, made := make(chan job), make(chan job)
	free := make(chan *T, 4*workers)
	for range cap(free) {
		free <- new(T)
	}
	go func() {
		defer close(work)
		for i := range n {
			select {
			case v := <-free:
				select {
				case work <- job{i: i, v: v}:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	var group sync.WaitGroup
	for range min(workers, n) {
		do := prepare()
		group.Go(func() {
			for j := range work {
				j.err = do(j.i, j.v)
				select {
				case made <- j:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	defer group.Wait()
	waiting := map[int]job{}
	for next := 0; next < n; {
		select {
		case j := <-made:
			waiting[j.i] = j
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		for j, ok := waiting[next]; ok; j, ok = waiting[next] {
			if j.err == nil {
				j.err = collect(next, j.v)
			}
			if j.err != nil {
				cancel(j.err)
				return j.err
			}
			delete(waiting, next)
			free <- j.v
			next++
		}
	}
	return context.Cause(ctx)
}
