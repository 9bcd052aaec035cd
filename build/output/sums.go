package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"fieldguide/build/release"
)

// recordName is where the tool writes what it made, with sums, so that
// "sha256sum -c SHA256SUMS" checks any mirror without a tool of ours.
const recordName = "SHA256SUMS"

func formatSums(files []File) []byte {
	sums := []byte{}
	for _, f := range files {
		sums = hex.AppendEncode(sums, f.SHA256[:])
		sums = append(sums, "  "...)
		sums = append(sums, f.Name...)
		sums = append(sums, '\n')
	}
	return sums
}

// record is what an earlier run made in a folder, according to its SHA256SUMS.
type record struct {
	sums    []byte          // nil if there is none
	files   map[string]bool // with SHA256SUMS itself
	folders map[string]bool // those that hold files
}

// readRecord reads the record in root. None is an empty one: then nothing in
// root is ours. Entries that Put would not have taken ("../x", "/etc/x") are
// damage or malice and are ignored.
func readRecord(root string) (record, error) {
	r := record{files: map[string]bool{}, folders: map[string]bool{}}
	name := filepath.Join(root, recordName)
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return r, nil
	case err != nil:
		return r, err
	case !info.Mode().IsRegular():
		return r, nil
	}
	sums, err := os.ReadFile(name)
	if err != nil {
		return r, fmt.Errorf("reading the record of earlier files: %w", err)
	}
	r.sums = sums
	r.add(recordName)
	if isManifest(filepath.Join(root, release.ManifestName)) {
		r.add(release.ManifestName)
		r.add(release.SignatureName)
	}
	for line := range bytes.Lines(sums) {
		if name, ok := listed(bytes.TrimRight(line, "\r\n")); ok {
			r.add(name)
		}
	}
	return r, nil
}

// isManifest reports whether a file is a manifest of ours.
func isManifest(name string) bool {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	begin := make([]byte, 64)
	n, _ := io.ReadFull(f, begin)
	return release.IsManifest(begin[:n])
}

func (r record) add(name string) {
	r.files[name] = true
	for dir := path.Dir(name); !r.folders[dir]; dir = path.Dir(dir) {
		r.folders[dir] = true
	}
}

// digits is how many digits a sum has.
const digits = 2 * sha256.Size

// listed returns the name in one line, "<64 hex digits>  <name>".
func listed(line []byte) (name string, ok bool) {
	if len(line) < digits+3 || line[digits] != ' ' || line[digits+1] != ' ' && line[digits+1] != '*' {
		return "", false
	}
	var sum [sha256.Size]byte
	if _, err := hex.Decode(sum[:], line[:digits]); err != nil {
		return "", false
	}
	name = string(line[digits+2:])
	return name, CheckName(name) == nil
}
