package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestNames(t *testing.T) {
	good := []string{"index.html", "fr/children/under-9/our-kite.html", "a/.well-known/x", "été/中文.html", "com10", "console/x"}
	bad := []string{"", ".", "..", "../x", "a/../b", "/etc/passwd", "a//b", "a/", "./a", "a\\b", "a:b", "a*", "a?", `a"`, "<a>", "a|b",
		"a\nb", "a\x00", "a\xff", "dot.", "a/dot./b", "space ", "aux.html", "a/CON/b", "lpt1", "COM9.txt"}
	for _, name := range good {
		if err := Memory().Put(name, nil); err != nil {
			t.Errorf("%q was refused: %v", name, err)
		}
	}
	for _, name := range bad {
		if err := Memory().Put(name, nil); err == nil {
			t.Errorf("%q was taken", name)
		}
	}
}

func TestCollisions(t *testing.T) {
	for _, c := range []struct{ first, second string }{
		{"a.html", "a.html"},
		{"a/B.html", "a/b.html"},
		{"fr/a.html", "Fr/b.html"},
		{"caf\u00e9.html", "cafe\u0301.html"},
		{"CAF\u00c9.html", "cafe\u0301.html"},
		{"a", "a/b"},
		{"a/b", "a"},
		{"a/b/c", "A"},
		{"a", "A/b/c"},
		{"x", "SHA256SUMS"},
		{"x", "sha256sums"},
	} {
		staged := stageTree(t, filepath.Join(t.TempDir(), "public"))
		for kind, tree := range map[string]*Tree{"memory": Memory(), "staged": staged} {
			must(t, tree.Put(c.first, []byte("1")))
			var collision *CollisionError
			if err := tree.Put(c.second, []byte("2")); !errors.As(err, &collision) || collision.Name != c.second {
				t.Errorf("%s: %q after %q: %v, want a CollisionError", kind, c.second, c.first, err)
			}
			if data, err := tree.ReadFile(c.first); err != nil || string(data) != "1" {
				t.Errorf("%s: %q after the collision: %q, %v", kind, c.first, data, err)
			}
		}
	}
}

func TestMemoryCopies(t *testing.T) {
	tree := Memory()
	data := []byte("one")
	must(t, tree.Put("a", data))
	copy(data, "two")
	got, err := tree.ReadFile("a")
	must(t, err)
	if string(got) != "one" {
		t.Errorf("the tree holds %q after the caller used its buffer again", got)
	}
	copy(got, "six")
	if again, _ := tree.ReadFile("a"); string(again) != "one" {
		t.Errorf("the tree holds %q after a reader changed its bytes", again)
	}
}

func TestBothKindsAgree(t *testing.T) {
	s := randomSite(rand.New(rand.NewPCG(1, 2)), 50)
	dir := filepath.Join(t.TempDir(), "public")
	staged, memory := stageTree(t, dir), Memory()
	s.putInto(t, staged)
	s.putInto(t, memory)
	if !slices.Equal(staged.Files(), memory.Files()) {
		t.Error("Files differ")
	}
	for _, f := range memory.Files() {
		if f.Size != int64(len(s[f.Name])) || f.SHA256 != sha256.Sum256([]byte(s[f.Name])) {
			t.Errorf("%s: wrong size or sum", f.Name)
		}
	}
	check := func() {
		for name := range s {
			a, errA := staged.ReadFile(name)
			b, errB := memory.ReadFile(name)
			if errA != nil || errB != nil || !bytes.Equal(a, b) {
				t.Errorf("%s: %v, %v, %q, %q", name, errA, errB, a, b)
			}
		}
	}
	check()
	for _, tree := range []*Tree{staged, memory} {
		if _, err := tree.ReadFile("absent"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a file that is not there: %v", err)
		}
		if _, err := tree.ReadFile(recordName); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the sums before publishing: %v", err)
		}
		must(t, tree.Publish())
		sums, err := tree.ReadFile(recordName)
		must(t, err)
		if string(sums) != s.sums(t) {
			t.Errorf("wrong sums:\n%s", sums)
		}
		if tree.Put("late", nil) == nil || tree.Publish() == nil {
			t.Error("a published tree was changed")
		}
		must(t, tree.Discard())
		must(t, tree.Discard())
	}
	check()
	wantOnDisk(t, dir, s.withSums(t))
}

// Any order of Puts, from any number of goroutines, gives the same bytes.
func TestConcurrentPuts(t *testing.T) {
	s := randomSite(rand.New(rand.NewPCG(3, 4)), 300)
	for range 3 {
		dir := filepath.Join(t.TempDir(), "public")
		for range 2 { // the second over the first, which links
			tree := stageTree(t, dir)
			names := slices.Collect(maps.Keys(s))
			rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
			var wg sync.WaitGroup
			for part := range slices.Chunk(names, 40) {
				wg.Go(func() {
					var buf []byte // used again, as a renderer does
					for _, name := range part {
						buf = append(buf[:0], s[name]...)
						if err := tree.Put(name, buf); err != nil {
							t.Error(err)
						}
						if _, err := tree.ReadFile(name); err != nil {
							t.Error(err)
						}
					}
				})
			}
			wg.Wait()
			must(t, tree.Publish())
			wantOnDisk(t, dir, s.withSums(t))
		}
	}
}

// Of many goroutines that put one path, one wins.
func TestConcurrentCollision(t *testing.T) {
	tree := stageTree(t, filepath.Join(t.TempDir(), "public"))
	var wg sync.WaitGroup
	taken := make(chan bool, 16)
	for i := range 16 {
		wg.Go(func() {
			name := []string{"a/b", "A/b", "a/B", "a"}[i%4]
			taken <- tree.Put(name, []byte{byte(i)}) == nil
		})
	}
	wg.Wait()
	close(taken)
	wins := 0
	for ok := range taken {
		if ok {
			wins++
		}
	}
	if wins != 1 || len(tree.Files()) != 1 {
		t.Errorf("%d Puts of one path were taken, %d files", wins, len(tree.Files()))
	}
	must(t, tree.Publish())
}

func randomSite(r *rand.Rand, files int) site {
	s := site{}
	for i := range files {
		name := fmt.Sprintf("%c/%c/p%d.html", 'a'+r.IntN(3), 'a'+r.IntN(5), i)
		if r.IntN(10) == 0 {
			name = fmt.Sprintf("p%d.html", i)
		}
		s[name] = strings.Repeat(fmt.Sprintf("%d ", r.IntN(50)), r.IntN(60))
	}
	return s
}
