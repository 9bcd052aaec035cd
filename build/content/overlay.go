package content

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// Over lays upper over lower, file by file: a file in upper hides the one of
// the same name in lower, folders are merged. A site lies over the built-in
// defaults so, and a national edition over a base site. What has keys or named
// parts is merged by them instead, by those who read it: see Layers.
func Over(upper, lower fs.FS) fs.FS { return overlay{upper: upper, lower: lower} }

type overlay struct {
	upper, lower fs.FS
	listed       *listing // nil to list folders anew each time
}

// Listed returns what Over made, listing each folder and what is said of its files as
// they were when it was listed first: for those who look at files before they read them.
func Listed(fsys fs.FS) fs.FS {
	if o, ok := fsys.(overlay); ok {
		o.listed = &listing{folders: map[string][]fs.DirEntry{}}
		return o
	}
	return fsys
}

// listing are the entries of folders by their names.
type listing struct {
	mu      sync.Mutex
	folders map[string][]fs.DirEntry
}

// Layers returns what was laid over each other to make fsys, the lowest first.
func Layers(fsys fs.FS) []fs.FS {
	if o, ok := fsys.(overlay); ok {
		return append(Layers(o.lower), Layers(o.upper)...)
	}
	return []fs.FS{fsys}
}

// top returns the uppermost layer of fsys: what the people who see findings
// write themselves.
func top(fsys fs.FS) fs.FS {
	layers := Layers(fsys)
	return layers[len(layers)-1]
}

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.upper.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.lower.Open(name)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.IsDir() {
		return f, err
	}
	entries, err := o.ReadDir(name)
	return &folder{File: f, entries: entries}, err
}

// folder is an open folder of both.
type folder struct {
	fs.File
	entries []fs.DirEntry // still to be read
}

// ReadDir implements fs.ReadDirFile.
func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(d.entries) {
		if n > 0 && len(d.entries) == 0 {
			return nil, io.EOF
		}
		n = len(d.entries)
	}
	read := d.entries[:n:n]
	d.entries = d.entries[n:]
	return read, nil
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(o.upper, name)
	if errors.Is(err, fs.ErrNotExist) {
		return fs.ReadFile(o.lower, name)
	}
	return data, err
}

func (o overlay) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(o.upper, name)
	if errors.Is(err, fs.ErrNotExist) {
		return fs.Stat(o.lower, name)
	}
	return info, err
}

// Lstat and ReadLink implement fs.ReadLinkFS, so that links are seen as links.
func (o overlay) Lstat(name string) (fs.FileInfo, error) {
	info, err := fs.Lstat(o.upper, name)
	if errors.Is(err, fs.ErrNotExist) {
		return fs.Lstat(o.lower, name)
	}
	return info, err
}

func (o overlay) ReadLink(name string) (string, error) {
	target, err := fs.ReadLink(o.upper, name)
	if errors.Is(err, fs.ErrNotExist) {
		return fs.ReadLink(o.lower, name)
	}
	return target, err
}

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	if o.listed == nil {
		return o.list(name)
	}
	o.listed.mu.Lock()
	entries, known := o.listed.folders[name]
	o.listed.mu.Unlock()
	if known {
		return entries, nil
	}
	found, err := o.list(name)
	if err != nil {
		return nil, err
	}
	for _, e := range found {
		switch info, err := e.Info(); {
		case err == nil:
			entries = append(entries, fs.FileInfoToDirEntry(info))
		case !errors.Is(err, fs.ErrNotExist): // it has gone since
			return nil, err
		}
	}
	o.listed.mu.Lock()
	defer o.listed.mu.Unlock()
	o.listed.folders[name] = entries
	return entries, nil
}

func (o overlay) list(name string) ([]fs.DirEntry, error) {
	above, err := fs.ReadDir(o.upper, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	below, lowerErr := fs.ReadDir(o.lower, name)
	if info, _ := fs.Stat(o.lower, name); err == nil && info != nil && !info.IsDir() {
		return above, nil // a folder hides a file
	}
	if lowerErr != nil && (err != nil || !errors.Is(lowerErr, fs.ErrNotExist)) {
		return nil, lowerErr
	}
	for _, e := range below {
		if !slices.ContainsFunc(above, func(a fs.DirEntry) bool { return a.Name() == e.Name() }) {
			above = append(above, e)
		}
	}
	slices.SortFunc(above, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return above, nil
}
