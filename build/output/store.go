package output

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"
)

func (s *stage) mkdir(dir string) error {
	return os.Mkdir(filepath.Join(s.new(), dir), 0o777)
}

// put links the file from the target if it has the same bytes there, and
// writes it otherwise. The folder must exist.
func (s *stage) put(name string, data []byte) (kept bool, err error) {
	staged := filepath.Join(s.new(), name)
	if !s.record.files[name] || !s.real[path.Dir(name)] {
		return false, write(staged, data)
	}
	old := filepath.Join(s.target, name)
	info, same := holds(old, bytes.NewReader(data), int64(len(data)))
	if !same {
		return false, write(staged, data)
	}
	if os.Link(old, staged) == nil {
		return true, nil
	}
	if err := write(staged, data); err != nil {
		return false, err
	}
	return true, os.Chtimes(staged, time.Time{}, info.ModTime())
}

func write(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// holds reports whether name is a regular file with exactly these bytes.
func holds(name string, data io.Reader, size int64) (fs.FileInfo, bool) {
	// Looking before opening: a pipe in its place would never open.
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != size {
		return nil, false
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, false
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
