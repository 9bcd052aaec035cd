package cache_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

// put keeps entries in a pack of their own.
func put(t *testing.T, dir string, entries map[string][]byte) {
	t.Helper()
	s := open(t, dir, 1<<20)
	for name, data := range entries {
		s.Put(key(name), data)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// known reports whether an entry is known as what it is to be.
func known(t *testing.T, dir, name string, want []byte) bool {
	t.Helper()
	s := open(t, dir, 1<<20)
	defer s.Close()
	got, known := s.Get(key(name))
	if known && !bytes.Equal(got, want) {
		t.Errorf("%s is taken for %q", name, got)
	}
	return known
}

// An entry that is damaged is unknown, wherever the damage is, and can be made
// again.
func TestDamagedEntries(t *testing.T) {
	words := []byte("words of a")
	whole := func() (dir, file string, data []byte) {
		dir = t.TempDir()
		put(t, dir, map[string][]byte{"a": words})
		file = files(t, dir)[0]
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return dir, file, data
	}
	_, _, data := whole()
	for at := range data {
		for name, damaged := range map[string]func(data []byte) []byte{
			"cut":     func(data []byte) []byte { return data[:at] },
			"one bit": func(data []byte) []byte { data[at] ^= 1; return data },
			"longer":  func(data []byte) []byte { return append(data, make([]byte, at+1)...) },
		} {
			dir, file, data := whole()
			if err := os.WriteFile(file, damaged(data), 0o600); err != nil {
				t.Fatal(err)
			}
			if known(t, dir, "a", words) {
				t.Errorf("%s at %d: it is known", name, at)
			}
			put(t, dir, map[string][]byte{"a": words})
			if !known(t, dir, "a", words) {
				t.Errorf("%s at %d: it cannot be made again", name, at)
			}
		}
	}
}

func files(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, filepath.Join(dir, e.Name()))
	}
	return list
}

// What was not used for longest goes first, until there is room.
func TestTrim(t *testing.T) {
	dir := t.TempDir()
	data := make([]byte, 2000)
	for i := range data {
		data[i] = byte(i * i * i >> 3) // what does not become small
	}
	for i := range 10 {
		put(t, dir, map[string][]byte{fmt.Sprint(i): data})
	}
	for _, name := range files(t, dir) {
		old := time.Now().Add(-100 * time.Hour)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, dir, 8000)
	for _, i := range []int{3, 7} {
		s.Get(key(fmt.Sprint(i)))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, dir, map[string][]byte{"new": data})
	open(t, dir, 8000).Close()
	for _, name := range []string{"3", "7", "new"} {
		if !known(t, dir, name, data) {
			t.Errorf("%s was used and is gone", name)
		}
	}
	if n := len(files(t, dir)); n > 4 {
		t.Errorf("%d packs are left; there is room for four", n)
	}
}

// What is put beyond what the folder may take is not kept, and takes nothing else with it.
func TestMost(t *testing.T) {
	dir := t.TempDir()
	data := make([]byte, 2000)
	for i := range data {
		data[i] = byte(i * i * i >> 3) // what does not become small
	}
	s := open(t, dir, 8000)
	for i := range 10 {
		s.Put(key(fmt.Sprint(i)), data)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	kept := 0
	for i := range 10 {
		if known(t, dir, fmt.Sprint(i), data) {
			kept++
		}
	}
	if kept < 2 || kept > 3 {
		t.Errorf("%d entries of some 2,000 bytes are kept in 8,000", kept)
	}
}

// Many packs become few, and lose nothing; files of others stay.
func TestJoin(t *testing.T) {
	dir := t.TempDir()
	foreign := []string{"notes.pack", "0123456789abcdef.txt", "pack"}
	for _, name := range foreign {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const n = 100
	for i := range n {
		put(t, dir, map[string][]byte{fmt.Sprint(i): {byte(i)}, "all": []byte("all")})
	}
	for i := range n {
		if !known(t, dir, fmt.Sprint(i), []byte{byte(i)}) {
			t.Errorf("%d is lost", i)
		}
	}
	list := files(t, dir)
	if len(list) > 30 {
		t.Errorf("there are %d files", len(list))
	}
	for _, name := range foreign {
		if !slices.Contains(list, filepath.Join(dir, name)) {
			t.Errorf("%s is gone", name)
		}
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
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
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

// Whatever bytes lie where a pack is to be, nothing fails, and an entry is either
// what was put or unknown.
func FuzzPack(f *testing.F) {
	dir := f.TempDir()
	s, err := cache.Open(dir, 1<<20)
	if err != nil {
		f.Fatal(err)
	}
	words := []byte("words of a")
	s.Put(key("a"), words)
	s.Put(key("b"), bytes.Repeat(words, 100))
	s.Close()
	list, _ := filepath.Glob(filepath.Join(dir, "*.pack"))
	whole, err := os.ReadFile(list[0])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, 0, byte(0))
	f.Add(whole, len(whole)-1, byte(1))
	f.Add(whole, len(whole)-40, byte(0xff))
	f.Add([]byte("somebody else's"), 3, byte(1))
	f.Fuzz(func(t *testing.T, data []byte, at int, change byte) {
		data = bytes.Clone(data)
		if at >= 0 && at < len(data) {
			data[at] ^= change
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "0123456789abcdef.pack"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir, 1<<20)
		if got, known := s.Get(key("a")); known && !bytes.Equal(got, words) {
			t.Errorf("an entry is taken for %q", got)
		}
		s.Put(key("a"), words)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if !known(t, dir, "a", words) {
			t.Error("an entry that was put is unknown")
		}
	})
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
