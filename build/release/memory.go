package release

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Memory is what is known of the releases of one publisher's key: the newest that
// was found whole, who signed it, and how far each place was.
type Memory struct {
	Key      string           `json:"key"`      // that signed the newest one
	Manifest string           `json:"manifest"` // of the newest one
	Seen     time.Time        `json:"seen"`     // when that was found
	Places   map[string]int64 `json:"places"`   // the serial that each place showed last

	newest *Manifest
}

// Newest returns the newest release that was found whole, nil before the first.
func (m *Memory) Newest() *Manifest {
	if m == nil {
		return nil
	}
	return m.newest
}

// memoryFile is where what is known of a key lies in a folder.
func memoryFile(dir string, key Key) string {
	sum := sha256.Sum256([]byte(KeyLine(key)))
	return filepath.Join(dir, fmt.Sprintf("%x.json", sum[:8]))
}

// Recall returns what a folder holds of a key, nil when the key has not been met.
func Recall(dir string, key Key) (*Memory, error) {
	data, err := os.ReadFile(memoryFile(dir, key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m := &Memory{}
	if err = json.Unmarshal(data, m); err == nil {
		m.newest, err = Parse([]byte(m.Manifest))
	}
	if err != nil {
		return nil, fmt.Errorf("reading what is known of the publisher's releases: %s: %w; "+
			"remove it to begin anew, as on first contact", memoryFile(dir, key), err)
	}
	return m, nil
}

// remember puts away that a place shows a release, signed by one key, of the
// publisher whom people know by another.
func (m *Memory) remember(dir string, known, by Key, place string, shown *Manifest, now time.Time) error {
	next := Memory{Places: map[string]int64{}}
	if m != nil {
		next = *m
	}
	if next.newest == nil || shown.Serial > next.newest.Serial {
		next.Key, next.Manifest, next.Seen, next.newest = KeyLine(by), string(shown.Bytes()), now.UTC().Truncate(time.Second), shown
	} else if next.Places[place] == shown.Serial {
		return nil
	}
	next.Places[place] = shown.Serial
	data, err := json.MarshalIndent(next, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return replace(memoryFile(dir, known), data, 0o600)
}

// replace writes a file that stands there whole or not at all.
func replace(name string, data []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
