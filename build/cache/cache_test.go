package cache_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"fieldguide/build/cache"
)

func key(name string) cache.Key { return cache.NewKey(name).Sum() }

func open(t *testing.T, dir string, most int64) *cache.Store {
	t.Helper()
	s, err := cache.Open(dir, most)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What is put is got again, by another process too; what nobody put is unknown.
func TestStore(t *testing.T) {
	dir := t.TempDir()
	for _, s := range []*cache.Store{cache.Memory(), open(t, dir, 1<<20)} {
		if _, known := s.Get(key("a")); known {
			t.Error("an empty store knows something")
		}
		s.Put(key("a"), []byte("words"))
		s.Put(key("empty"), nil)
		for name, want := range map[string]string{"a": "words", "empty": ""} {
			if got, known := s.Get(key(name)); !known || string(got) != want {
				t.Errorf("%s is %q, %v; want %q", name, got, known, want)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if got, known := open(t, dir, 1<<20).Get(key("a")); !known || string(got) != "words" {
		t.Errorf("another process gets %q, %v", got, known)
	}
	var none *cache.Store
	none.Put(key("a"), nil)
	none.Sweep()
	if _, known := none.Get(key("a")); known || none.Close() != nil {
		t.Error("no store knows something")
	}
}

// An entry that is damaged, cut, or was moved to another name is unknown.
func TestDamagedEntries(t *testing.T) {
	damages := map[string]func(data []byte) []byte{
		"cut":         func(data []byte) []byte { return data[:len(data)-1] },
		"empty":       func([]byte) []byte { return nil },
		"one bit":     func(data []byte) []byte { data[len(data)-1] ^= 1; return data },
		"its sum":     func(data []byte) []byte { data[0] ^= 1; return data },
		"longer":      func(data []byte) []byte { return append(data, 'x') },
		"another's":   func([]byte) []byte { return []byte("somebody else's") },
		"a neighbour": nil,
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := open(t, dir, 1<<20)
			s.Put(key("a"), []byte("words of a"))
			files := entries(t, dir)
			if damage == nil {
				s.Put(key("b"), []byte("words of b"))
				for _, other := range entries(t, dir) {
					if other != files[0] {
						if err := os.Rename(other, files[0]); err != nil {
							t.Fatal(err)
						}
					}
				}
			} else {
				data, err := os.ReadFile(files[0])
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(files[0], damage(data), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if got, known := s.Get(key("a")); known {
				t.Errorf("it is taken for %q", got)
			}
			s.Put(key("a"), []byte("words of a"))
			if _, known := s.Get(key("a")); !known {
				t.Error("it cannot be made again")
			}
		})
	}
}

func entries(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			list = append(list, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// What was not used for longest goes first, until there is room.
func TestTrim(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 1<<20)
	for i := range 10 {
		s.Put(key(fmt.Sprint(i)), bytes.Repeat([]byte{byte(i)}, 1000))
	}
	for _, name := range entries(t, dir) {
		old := time.Now().Add(-100 * time.Hour)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	s = open(t, dir, 5000)
	for _, i := range []int{3, 7} {
		s.Get(key(fmt.Sprint(i)))
	}
	s.Put(key("new"), make([]byte, 1000))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, 5000)
	for _, name := range []string{"3", "7", "new"} {
		if _, known := s.Get(key(name)); !known {
			t.Errorf("%s was used and is gone", name)
		}
	}
	if n := len(entries(t, dir)); n > 4 {
		t.Errorf("%d entries are left; there is room for four", n)
	}
}

// Any number of processes may write and read the same entries.
func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			s := open(t, dir, 1<<20)
			defer s.Close()
			for i := range 200 {
				name, want := fmt.Sprint(i%20), bytes.Repeat([]byte{byte(i % 20)}, 5000)
				if got, known := s.Get(key(name)); known && !bytes.Equal(got, want) {
					t.Errorf("%s is something else", name)
				}
				s.Put(key(name), want)
			}
		})
	}
	group.Wait()
}

// A folder that cannot be written to loses entries and nothing else.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 1<<20)
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 256 { // a file in the place of every folder of entries
		os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02x", i)), nil, 0o600)
	}
	s.Put(key("a"), []byte("words"))
	if _, known := s.Get(key("a")); known || s.Close() != nil {
		t.Error("it pretends to keep something")
	}
}

// Parts of a key are told apart.
func TestKeysDiffer(t *testing.T) {
	keys := []cache.Key{
		cache.NewKey("a").Sum(), cache.NewKey("b").Sum(), cache.NewKey("a").String("").Sum(), cache.NewKey("a").String("bc").Sum(),
		cache.NewKey("a").String("b").String("c").Sum(), cache.NewKey("a").Int(0).Sum(), cache.NewKey("a").Int(1).Sum(), cache.NewKey("a").Key(key("b")).Sum(),
	}
	for i, a := range keys {
		for j, b := range keys[:i] {
			if a == b {
				t.Errorf("keys %d and %d are the same", j, i)
			}
		}
	}
	if cache.NewKey("a").Bytes([]byte("b")).Sum() != cache.NewKey("a").Bytes([]byte("b")).Sum() {
		t.Error("the same parts give another key")
	}
}

// A file of the same size and time with other bytes is seen, and so is one that
// was put in its place; where the system tells nothing, files are read each time.
func TestFilesSeeEveryChange(t *testing.T) {
	dir := t.TempDir()
	long := time.Now().Add(-time.Hour)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(filepath.Join(dir, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	var files cache.Files
	hash := func() cache.Key {
		files.Begin()
		h, err := files.Hash(os.DirFS(dir), "a.md")
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	write("a.md", "one")
	one := hash()
	if hash() != one {
		t.Error("the same file has another hash")
	}
	write("a.md", "two")
	two := hash()
	if two == one {
		t.Error("other bytes of the same size and time are not seen")
	}
	write("b.md", "six")
	if err := os.Rename(filepath.Join(dir, "b.md"), filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	if hash() == two {
		t.Error("another file in its place is not seen")
	}
	if _, err := files.Hash(os.DirFS(dir), "none.md"); err == nil {
		t.Error("a file that is not there has a hash")
	}
	store := cache.Memory()
	files.Save(store, key("files"))
	var again cache.Files
	again.Load(store, key("files"))
	again.Begin()
	if h, err := again.Hash(os.DirFS(dir), "a.md"); err != nil || h != hash() {
		t.Error("what was saved is something else")
	}
	mapped := fstest.MapFS{"a.md": {Data: []byte("one"), ModTime: long}}
	first, _ := files.Hash(mapped, "a.md")
	mapped["a.md"].Data = []byte("two")
	files.Begin()
	if second, _ := files.Hash(mapped, "a.md"); second == first {
		t.Error("a file system without inodes is trusted")
	}
}

// A decoder ends, whatever it reads, and says when that is not all of it.
func FuzzDecoder(f *testing.F) {
	var e cache.Encoder
	e.Int(300)
	e.Bool(true)
	e.Text("words")
	e.Texts([]string{"a", ""})
	f.Add(e.Data)
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Add([]byte{0x80})
	f.Fuzz(func(t *testing.T, data []byte) {
		d := cache.Decoder{Data: data}
		n, b, text, list := d.Int(), d.Bool(), d.Text(), d.Texts()
		if !d.Done() {
			return
		}
		var e cache.Encoder
		e.Int(n)
		e.Bool(b)
		e.Text(text)
		e.Texts(list)
		again := cache.Decoder{Data: e.Data}
		if again.Int() != n || again.Bool() != b || again.Text() != text || len(again.Texts()) != len(list) || !again.Done() {
			t.Errorf("%x is read otherwise when it is written again", data)
		}
	})
}
