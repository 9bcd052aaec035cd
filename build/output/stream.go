package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"
)

// Stream adds a file that is too large to be held in memory: write writes it.
// It promises what Put does. An error of write comes back as it is.
func (t *Tree) Stream(name string, write func(io.Writer) error) (File, error) {
	if err := checkName(name); err != nil {
		return File{}, err
	}
	if err := t.claim(name); err != nil {
		return File{}, err
	}
	var f file
	var kept bool
	var err error
	if t.stage == nil {
		var b bytes.Buffer
		err = write(&b)
		f = file{File{name, int64(b.Len()), sha256.Sum256(b.Bytes())}, b.Bytes()}
	} else {
		f.File, kept, err = t.stage.stream(name, write)
	}
	if err != nil {
		return File{}, t.fail(fmt.Errorf("writing %s: %w", name, err))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.files[name] = f
	if kept {
		t.kept++
	}
	return f.File, nil
}

// stream writes a file and then, when the target has the same bytes, links that
// in its place.
func (s *stage) stream(name string, write func(io.Writer) error) (made File, kept bool, err error) {
	staged := filepath.Join(s.new(), name)
	f, err := os.OpenFile(staged, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return File{}, false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	if err := write(io.MultiWriter(f, sum)); err != nil {
		return File{}, false, err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return File{}, false, err
	}
	made = File{Name: name, Size: size, SHA256: [sha256.Size]byte(sum.Sum(nil))}
	if !s.record.files[name] || !s.real[path.Dir(name)] {
		return made, false, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return made, false, err
	}
	old := filepath.Join(s.target, name)
	info, same := holds(old, f, size)
	if !same {
		return made, false, nil
	}
	if link := staged + ".kept"; os.Link(old, link) == nil {
		return made, true, os.Rename(link, staged)
	}
	return made, true, os.Chtimes(staged, time.Time{}, info.ModTime())
}
