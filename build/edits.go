package build

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
)

// Edits are what is to become of files of a site, by their names below its folder: their new bytes, nil for one that
// is taken away.
type Edits map[string][]byte

// Names returns the names of the files, sorted.
func (e Edits) Names() []string { return slices.Sorted(maps.Keys(e)) }

// Write makes the edits in the site folder dir: all or, when the machine fails before the first file is in its place,
// none. A file is never seen half written.
func (e Edits) Write(dir string) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("opening the site's folder: %w", err)
	}
	defer root.Close()
	var made []string
	defer func() {
		if err != nil {
			for _, name := range made {
				root.Remove(name)
			}
		}
	}()
	for _, name := range e.Names() {
		if e[name] == nil {
			continue
		}
		mode := fs.FileMode(0o666)
		if info, err := root.Lstat(name); err == nil {
			mode = info.Mode().Perm()
		}
		if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
			return fmt.Errorf("making the folder of %s: %w", name, err)
		}
		made = append(made, beside(name))
		if err := writeWhole(root, beside(name), e[name], mode); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	for _, name := range e.Names() {
		if e[name] != nil {
			if err := root.Rename(beside(name), name); err != nil {
				return fmt.Errorf("putting %s in its place: %w", name, err)
			}
		}
	}
	for _, name := range e.Names() {
		if e[name] == nil {
			if err := root.Remove(name); err != nil {
				return fmt.Errorf("taking %s away: %w", name, err)
			}
			for dir := path.Dir(name); dir != "." && root.Remove(dir) == nil; dir = path.Dir(dir) { // while it is empty
			}
		}
	}
	return nil
}

// beside is where a file is written before it takes its place.
func beside(name string) string { return path.Join(path.Dir(name), "."+path.Base(name)+".fieldguide") }

func writeWhole(root *os.Root, name string, data []byte, mode fs.FileMode) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if shut := f.Close(); err == nil {
		err = shut
	}
	return err
}

// Refusal says why something that was asked for cannot be, and what can.
type Refusal string

// Error implements error.
func (r Refusal) Error() string { return string(r) }

func refuse(format string, args ...any) error { return Refusal(fmt.Sprintf(format, args...)) }
