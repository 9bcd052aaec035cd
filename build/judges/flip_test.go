package judges

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// A thousand times a mirror shows another release, by a link that is moved in one
// step, while readers read: each gets a whole page of one of the two. When the link is
// removed and made anew, some get nothing.
func TestFlips(t *testing.T) {
	dir := openFolder(t)
	pages := [2][]byte{bytes.Repeat([]byte("one "), 9999), bytes.Repeat([]byte("two "), 9999)}
	link, next := filepath.Join(dir, "current"), filepath.Join(dir, "next")
	point := func(to string, name string) {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	names := [2]string{"releases/1", "releases/2"}
	for i, name := range names {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "page.html"), pages[i], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	point(names[0], link)
	server := servers[0].start(t, link)

	read := func(flip func(to string)) (reads, failed int64) {
		var all sync.WaitGroup
		var done atomic.Bool
		var count, bad atomic.Int64
		for range 4 {
			all.Go(func() {
				for !done.Load() {
					resp, err := client.Get(server + "page.html")
					count.Add(1)
					if err != nil {
						bad.Add(1)
						continue
					}
					body, err := io.ReadAll(resp.Body)
					resp.Body.Close()
					if err != nil || resp.StatusCode != http.StatusOK || !bytes.Equal(body, pages[0]) && !bytes.Equal(body, pages[1]) {
						bad.Add(1)
					}
				}
			})
		}
		for n := 1; n <= 1000 || count.Load() < 2000; n++ {
			flip(names[n%2])
		}
		done.Store(true)
		all.Wait()
		return count.Load(), bad.Load()
	}
	reads, failed := read(func(to string) {
		point(to, next)
		if err := os.Rename(next, link); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("%d reads, %d failed", reads, failed)
	if failed > 0 {
		t.Errorf("%d of %d reads failed", failed, reads)
	}
	if _, failed := read(func(to string) { os.Remove(link); point(to, link) }); failed == 0 {
		t.Error("the link was removed and made anew, and nobody noticed: this test shows nothing")
	}
}
