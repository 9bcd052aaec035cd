package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"fieldguide/build/cache"
	"fieldguide/build/release"
)

// Stands reports whether the site in a folder is known to be the one that was
// published there last: nobody has changed a file of it since, and no build has
// left anything behind. It returns a hash of what says so: its sums, manifest and
// signature. Nothing is written, and files of others are not looked at.
func Stands(dir string, files *cache.Files) (papers [sha256.Size]byte, stands bool) {
	target, err := filepath.Abs(dir)
	if err == nil {
		target, err = filepath.EvalSymlinks(target)
	}
	if err != nil || exists(workFolder(target)) {
		return papers, false
	}
	s := &stage{target: target, files: files, real: map[string]bool{}}
	if s.record, err = readRecord(target); err != nil || s.record.sums == nil {
		return papers, false
	}
	for folder := range s.record.folders {
		if !s.findReal(folder) {
			return papers, false
		}
	}
	files.Begin()
	all := sha256.New()
	for _, name := range saying {
		data, err := os.ReadFile(filepath.Join(target, name))
		if errors.Is(err, fs.ErrNotExist) && name == release.SignatureName {
			continue
		}
		sum := sha256.Sum256(data)
		if err != nil || !s.stands(name, sum[:]) {
			return papers, false
		}
		all.Write(sum[:])
	}
	for line := range bytes.Lines(s.record.sums) {
		if line = bytes.TrimRight(line, "\r\n"); len(line) < digits+3 {
			return papers, false
		}
		var sum [sha256.Size]byte
		name := string(line[digits+2:])
		if _, err := hex.Decode(sum[:], line[:digits]); err != nil || !s.record.files[name] || !s.stands(name, sum[:]) {
			return papers, false
		}
	}
	return [sha256.Size]byte(all.Sum(nil)), true
}

// saying are the files of a target that say what stands there.
var saying = []string{recordName, release.ManifestName, release.SignatureName}

// stands reports whether a file of the target is known to have some hash.
func (s *stage) stands(name string, sum []byte) bool {
	s.look(path.Dir(name))
	hash, known := s.files.Known(name)
	return known && bytes.Equal(hash[:], sum)
}
