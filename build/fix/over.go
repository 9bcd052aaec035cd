package fix

import (
	"bytes"
	"io/fs"
	"path"
)

// Over returns a folder with other bytes in some of its files, by their names. The files are there; caches that know
// files by what the system says of them know nothing of these.
func Over(folder fs.FS, files map[string][]byte) fs.FS { return over{folder, files} }

type over struct {
	folder fs.FS
	files  map[string][]byte
}

func (o over) Open(name string) (fs.File, error) {
	data, ok := o.files[name]
	if !ok {
		return o.folder.Open(name)
	}
	info, err := o.Stat(name)
	return &file{bytes.NewReader(data), info}, err
}

func (o over) ReadFile(name string) ([]byte, error) {
	if data, ok := o.files[name]; ok {
		return bytes.Clone(data), nil
	}
	return fs.ReadFile(o.folder, name)
}

func (o over) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(o.folder, name)
	return o.info(name, info, err)
}

// Lstat and ReadLink implement fs.ReadLinkFS.
func (o over) Lstat(name string) (fs.FileInfo, error) {
	info, err := fs.Lstat(o.folder, name)
	return o.info(name, info, err)
}

func (o over) ReadLink(name string) (string, error) { return fs.ReadLink(o.folder, name) }

func (o over) info(name string, info fs.FileInfo, err error) (fs.FileInfo, error) {
	if data, ok := o.files[name]; ok && err == nil {
		return changed{info, int64(len(data))}, nil
	}
	return info, err
}

func (o over) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.folder, name)
	for i, e := range entries {
		if _, ok := o.files[path.Join(name, e.Name())]; ok {
			info, err := o.Lstat(path.Join(name, e.Name()))
			if err != nil {
				return entries, err
			}
			entries[i] = fs.FileInfoToDirEntry(info)
		}
	}
	return entries, err
}

// changed is what is known of a file with other bytes.
type changed struct {
	fs.FileInfo
	size int64
}

// Size implements fs.FileInfo.
func (c changed) Size() int64 { return c.size }

// Sys implements fs.FileInfo: the system knows nothing of these bytes.
func (c changed) Sys() any { return nil }

// file is an open file with other bytes.
type file struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }
