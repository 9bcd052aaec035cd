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

// Ordered makes n values, numbered from 0, with as many workers as told, or one
// a core when workers is 0 or less, and hands them to collect in the order of
// their numbers, one at a time, in the caller's goroutine. prepare is called
// once for each worker and returns what makes a value. A value is made in memory
// that was collected before, so that no more of them exist than a few for each
// worker, however many are made. Ordered returns as Each does.
func Ordered[T any](ctx context.Context, workers, n int, prepare func() func(i int, v *T) error, collect func(i int, v *T) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type job struct {
		i int
		v *T
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
				case work <- job{i, v}:
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
				if err := do(j.i, j.v); err != nil {
					cancel(err)
					return
				}
				select {
				case made <- j:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	defer group.Wait()
	waiting := map[int]*T{}
	for next := 0; next < n; {
		select {
		case j := <-made:
			waiting[j.i] = j.v
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		for v := waiting[next]; v != nil; v = waiting[next] {
			if err := collect(next, v); err != nil {
				cancel(err)
				return err
			}
			delete(waiting, next)
			free <- v
			next++
		}
	}
	return context.Cause(ctx)
}
