package content

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Plain returns fsys with its plain files and its folders only. Where anything else stands, or one of the two where the
// other is wanted, there is nothing: who reads a site finds what can be read, and the loader names the rest.
func Plain(fsys fs.FS) fs.FS {
	switch o := fsys.(type) {
	case overlay:
		return overlay{upper: Plain(o.upper), lower: Plain(o.lower)}
	case plain:
		return o
	}
	return plain{fsys}
}

type plain struct{ fsys fs.FS }

func (p plain) Open(name string) (fs.File, error) {
	if p.linked(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	f, err := p.fsys.Open(name)
	if err != nil {
		return nil, p.missing("open", name, err)
	}
	info, err := f.Stat()
	if err == nil && !isPlain(info.Mode()) {
		err = fs.ErrNotExist
	}
	if err != nil {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &opened{f, info}, nil
}

// opened is an open file of which the system need not be asked again.
type opened struct {
	fs.File
	info fs.FileInfo
}

// Stat implements fs.File.
func (f *opened) Stat() (fs.FileInfo, error) { return f.info, nil }

// ReadDir implements fs.ReadDirFile.
func (f *opened) ReadDir(n int) ([]fs.DirEntry, error) {
	if folder, ok := f.File.(fs.ReadDirFile); ok && f.info.IsDir() {
		return folder.ReadDir(n)
	}
	return nil, &fs.PathError{Op: "readdir", Path: f.info.Name(), Err: fs.ErrNotExist} // of a file
}

func (p plain) ReadFile(name string) ([]byte, error) {
	f, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, _ := f.Stat()
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
	var data bytes.Buffer
	data.Grow(int(info.Size()) + bytes.MinRead) // in which its end is seen without a larger one
	_, err = data.ReadFrom(f)
	return data.Bytes(), err
}

func (p plain) ReadDir(name string) ([]fs.DirEntry, error) {
	f, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.(fs.ReadDirFile).ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

func (p plain) Stat(name string) (fs.FileInfo, error) {
	info, err := p.Lstat(name)
	if err == nil && !isPlain(info.Mode()) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return info, err
}

// linked reports whether a name is a symbolic link, or lies behind one. Names that lie deeper than the folders with
// files of fixed names come from walks, which enter no link.
func (p plain) linked(name string) bool {
	if strings.Count(name, "/") > 2 {
		return false
	}
	for at := name; fs.ValidPath(at) && at != "."; at = path.Dir(at) {
		if info, err := fs.Lstat(p.fsys, at); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return true
		}
	}
	return false
}

// Lstat and ReadLink implement fs.ReadLinkFS; they tell what stands there, whatever it is.
func (p plain) Lstat(name string) (fs.FileInfo, error) {
	if p.linked(path.Dir(name)) {
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
	}
	info, err := fs.Lstat(p.fsys, name)
	if err != nil {
		return nil, p.missing("lstat", name, err)
	}
	return info, nil
}

func (p plain) ReadLink(name string) (string, error) { return fs.ReadLink(p.fsys, name) }

// missing returns why a name cannot be read: that there is nothing, when it or a folder in which it would lie is
// neither a plain file nor a folder, or a file where a folder is wanted.
func (p plain) missing(op, name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for at := name; fs.ValidPath(at) && at != "."; at = path.Dir(at) {
		info, lerr := fs.Lstat(p.fsys, at)
		if lerr != nil {
			continue
		}
		if !isPlain(info.Mode()) || at != name && !info.IsDir() {
			err = &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
		}
		break
	}
	return err
}

func isPlain(mode fs.FileMode) bool { return mode.IsRegular() || mode.IsDir() }
