package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Stream adds a file that is too large to be held in memory: write writes it.
// It promises what Put does. An error of write comes back as it is.
func (t *Tree) Stream(name string, write func(io.Writer) error) (File, error) {
	if err := CheckName(name); err != nil {
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
		f = file{describe(name, b.Bytes()), func() ([]byte, error) { return b.Bytes(), nil }}
	} else {
		f.File, kept, err = t.stage.stream(name, write)
	}
	if err != nil {
		return File{}, t.fail(fmt.Errorf("writing %s: %w", name, err))
	}
	t.add(f, kept)
	return f.File, nil
}

// stream writes a file and then, when the target has the same bytes and time, links
// that in its place.
func (s *stage) stream(name string, write func(io.Writer) error) (made File, kept bool, err error) {
	staged := filepath.Join(s.new(), name)
	if made, err = writeStream(name, staged, write); err != nil {
		return made, false, err
	}
	if s.formerErr != nil {
		return made, false, s.formerErr
	}
	f, err := os.Open(staged)
	if err != nil {
		return made, false, err
	}
	at := s.draft.Time(name, made.SHA256)
	kept = s.former(made, f, at)
	f.Close()
	if link := staged + ".kept"; kept && os.Link(filepath.Join(s.target, name), link) == nil {
		return made, true, os.Rename(link, staged)
	}
	return made, kept, date(staged, at)
}

// writeStream writes the new file at a path on disk and describes it.
func writeStream(name, at string, write func(io.Writer) error) (File, error) {
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return File{}, err
	}
	sum := sha256.New()
	err = write(io.MultiWriter(f, sum))
	size, seekErr := f.Seek(0, io.SeekCurrent)
	if err = errors.Join(err, seekErr, f.Close()); err != nil {
		return File{}, err
	}
	return File{Name: name, Size: size, SHA256: [sha256.Size]byte(sum.Sum(nil))}, nil
}
