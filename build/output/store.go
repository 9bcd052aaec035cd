package output

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"
)

func (s *stage) mkdir(dir string) error {
	return os.Mkdir(filepath.Join(s.new(), dir), 0o777)
}

// put links the file from the target if it has the same bytes and time there, and
// writes it otherwise. The folder must exist.
func (s *stage) put(f File, data func() ([]byte, error)) (kept bool, err error) {
	if s.formerErr != nil {
		return false, s.formerErr
	}
	return s.putAt(f, data, s.draft.Time(f.Name, f.SHA256))
}

func (s *stage) putAt(f File, data func() ([]byte, error), at time.Time) (kept bool, err error) {
	staged := filepath.Join(s.new(), f.Name)
	if s.known(f) && os.Link(filepath.Join(s.target, f.Name), staged) == nil {
		return true, nil
	}
	made, err := data()
	if err != nil {
		return false, err
	}
	kept = s.former(f, bytes.NewReader(made), at)
	if kept && os.Link(filepath.Join(s.target, f.Name), staged) == nil {
		return true, nil
	}
	return kept, write(staged, made, at)
}

// known reports whether the target is known to have a file with the same bytes and
// time.
func (s *stage) known(f File) bool {
	if !s.hashed(f) || s.own {
		return s.hashed(f)
	}
	info, err := os.Lstat(filepath.Join(s.target, f.Name))
	return err == nil && info.ModTime().Equal(s.draft.Time(f.Name, f.SHA256))
}

// hashed reports whether the target is known to have a file with the same bytes.
func (s *stage) hashed(f File) bool {
	if s.files == nil || !s.record.files[f.Name] || !s.real[path.Dir(f.Name)] {
		return false
	}
	s.look(path.Dir(f.Name))
	hash, known := s.files.Known(f.Name)
	return known && hash == f.SHA256
}

// look looks at the files of a folder of the target, all at once.
func (s *stage) look(dir string) {
	s.looking.Lock()
	defer s.looking.Unlock()
	if s.looked[dir] {
		return
	}
	if s.looked == nil {
		s.looked = map[string]bool{}
	}
	s.looked[dir] = true
	for name, info := range s.filesIn(dir) {
		s.files.Look(name, info)
	}
}

// filesIn are the regular files of a folder of the target, in any order, by their
// names below it. To ask for each by its whole path takes twice as long.
func (s *stage) filesIn(dir string) iter.Seq2[string, fs.FileInfo] {
	return func(yield func(string, fs.FileInfo) bool) {
		f, err := os.Open(filepath.Join(s.target, dir))
		if err != nil {
			return
		}
		defer f.Close()
		list, _ := f.Readdir(-1) // those that can be read
		if dir += "/"; dir == "./" {
			dir = ""
		}
		for _, info := range list {
			if info.Mode().IsRegular() && !yield(dir+info.Name(), info) {
				return
			}
		}
	}
}

// former reports whether the target has a file with the same bytes and a time.
func (s *stage) former(f File, data io.Reader, at time.Time) bool {
	if !s.record.files[f.Name] || !s.real[path.Dir(f.Name)] {
		return false
	}
	info, same := holds(filepath.Join(s.target, f.Name), data, f.Size)
	return same && info.ModTime().Equal(at)
}

// write makes a file.
func write(name string, data []byte, at time.Time) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close(), date(name, at))
}

// date sets the time of a file.
func date(name string, at time.Time) error { return os.Chtimes(name, time.Time{}, at) }

// holds reports whether name is a regular file with exactly these bytes. The
// info is nil when it is no regular file.
func holds(name string, data io.Reader, size int64) (fs.FileInfo, bool) {
	// Looking before opening: a pipe in its place would never open.
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	if info.Size() != size {
		return info, false
	}
	f, err := os.Open(name)
	if err != nil {
		return info, false
	}
	defer f.Close()
	return info, sameBytes(f, data)
}

const chunk = 32 << 10

var chunks = sync.Pool{New: func() any { return new([2 * chunk]byte) }}

// sameBytes compares two readers piece by piece.
func sameBytes(a, b io.Reader) bool {
	buf := chunks.Get().(*[2 * chunk]byte)
	defer chunks.Put(buf)
	for {
		n, errA := io.ReadFull(a, buf[:chunk])
		m, errB := io.ReadFull(b, buf[chunk:])
		if !bytes.Equal(buf[:n], buf[chunk:chunk+m]) {
			return false
		}
		if errA != nil || errB != nil {
			return ended(errA) && ended(errB)
		}
	}
}

func ended(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
