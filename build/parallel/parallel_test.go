package parallel_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"testing"

	"fieldguide/build/parallel"
)

// Values come in order, whoever makes them first, and few exist at a time.
func TestOrderedCollectsInOrder(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 7} {
		for _, n := range []int{0, 1, 2, 500} {
			seen := map[*int]bool{}
			var got []int
			err := parallel.Ordered(t.Context(), workers, n, func() func(i int, v *int) error {
				return func(i int, v *int) error {
					for range rand.IntN(3) {
						runtime.Gosched()
					}
					*v = i * i
					return nil
				}
			}, func(i int, v *int) error {
				seen[v] = true
				got = append(got, i)
				if *v != i*i {
					t.Errorf("value %d is %d", i, *v)
				}
				return nil
			})
			if err != nil || len(got) != n {
				t.Fatalf("%d workers collected %d of %d: %v", workers, len(got), n, err)
			}
			for i, j := range got {
				if i != j {
					t.Fatalf("%d workers: %d came in the place of %d", workers, j, i)
				}
			}
			if most := 4 * max(workers, runtime.GOMAXPROCS(0)); len(seen) > most {
				t.Errorf("%d workers made %d values at a time", workers, len(seen))
			}
		}
	}
}

// The first error ends the work, wherever it comes from.
func TestOrderedStops(t *testing.T) {
	bad := errors.New("bad")
	make := func(fails int) func() func(i int, v *int) error {
		return func() func(i int, v *int) error {
			return func(i int, v *int) error {
				if i == fails {
					return bad
				}
				return nil
			}
		}
	}
	var collected atomic.Int64
	err := parallel.Ordered(t.Context(), 3, 1000, make(100), func(i int, v *int) error {
		collected.Add(1)
		return nil
	})
	if !errors.Is(err, bad) || collected.Load() > 100 {
		t.Errorf("a maker fails: %v after %d", err, collected.Load())
	}
	collected.Store(0)
	err = parallel.Ordered(t.Context(), 3, 1000, make(-1), func(i int, v *int) error {
		if collected.Add(1) == 50 {
			return bad
		}
		return nil
	})
	if !errors.Is(err, bad) || collected.Load() != 50 {
		t.Errorf("collecting fails: %v after %d", err, collected.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = parallel.Ordered(ctx, 3, 1000, make(-1), func(i int, v *int) error {
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Of several errors the one of the lowest number is returned, whoever is first:
// what is reported must not depend on the speed of a worker.
func TestErrorOfTheLowestNumber(t *testing.T) {
	for range 200 {
		later := make(chan struct{})
		fail := func(i int) error {
			switch i {
			case 3:
				<-later // another has failed by now
			case 4:
				defer close(later)
			case 0, 1, 2:
				return nil
			}
			return fmt.Errorf("%d", i)
		}
		err := parallel.Each(t.Context(), 4, 100, func() func(int) error { return fail })
		if err == nil || err.Error() != "3" {
			t.Fatalf("Each: %v, want 3", err)
		}
		later = make(chan struct{})
		next := 0
		err = parallel.Ordered(t.Context(), 4, 100, func() func(int, *int) error {
			return func(i int, _ *int) error { return fail(i) }
		}, func(i int, _ *int) error { next++; return nil })
		if err == nil || err.Error() != "3" || next != 3 {
			t.Fatalf("Ordered: %v after %d, want 3 after 3", err, next)
		}
	}
}
