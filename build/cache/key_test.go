package cache

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A store knows the hash of an executable until its file changes, even to bytes of
// the same size and time.
func TestHashOfExecutable(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "program")
	at := time.Now().Add(-time.Hour)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(want string) {
		t.Helper()
		s, err := Open(filepath.Join(dir, "cache"), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if sum, err := s.hashOf(name); err != nil || sum != Key(sha256.Sum256([]byte(want))) {
			t.Errorf("the hash of %q is %x, %v", want, sum, err)
		}
	}
	write("one")
	ask("one") // too new to be kept
	write("two")
	ask("two")
	time.Sleep(2 * Tick)
	ask("two")
	ask("two")
	write("six")
	ask("six")
	if _, err := (*Store)(nil).hashOf(filepath.Join(dir, "none")); err == nil {
		t.Error("what is not there has a hash")
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, told := stateOf(info); !told {
		return // the system does not tell files apart: nothing is kept
	}
	time.Sleep(2 * Tick)
	ask("six")
	s, err := Open(filepath.Join(dir, "cache"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if len(s.packs) == 0 {
		t.Error("nothing is kept of an executable")
	}
}
