package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
)

// ForeignError says that the site wants to write where somebody else's file is.
type ForeignError struct {
	Path string // the file that was there, as a path on disk
	Name string // what the site wants to write
}

func (e *ForeignError) Error() string {
	return fmt.Sprintf("%s was not made by fieldguide and is in the way of %s; move it away, or build into another folder", e.Path, e.Name)
}

// foreign is a file or folder that the tool did not make, or a folder that also
// holds such a file.
type foreign struct {
	name   string
	info   fs.DirEntry
	shared bool // a folder that holds files of ours too
}

// findForeign lists what is in root beyond its record, folders before what is
// in them. The root itself is not listed.
func findForeign(root string, r record) ([]foreign, error) {
	var list []foreign
	var walk func(dir string) error
	walk = func(dir string) error {
		entries, err := os.ReadDir(filepath.Join(root, dir))
		if err != nil {
			return err
		}
		for _, e := range entries {
			name := path.Join(dir, e.Name())
			if !e.IsDir() {
				if !r.files[name] {
					list = append(list, foreign{name: name, info: e})
				}
				continue
			}
			before := len(list)
			list = append(list, foreign{name, e, r.folders[name]})
			if err := walk(name); err != nil {
				return err
			}
			if r.folders[name] && len(list) == before+1 {
				list = list[:before]
			}
		}
		return nil
	}
	err := walk(".")
	return list, err
}

// carry puts everything foreign from the target into the stage as well.
// Nothing in the target changes.
func (s *stage) carry(paths map[string]claim) error {
	root, err := os.Lstat(s.target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := findForeign(s.target, s.record)
	if err != nil {
		return fmt.Errorf("looking for other people's files: %w", err)
	}
	for _, f := range list {
		if c, taken := paths[fold(f.name)]; taken && !(c.folder && f.info.IsDir()) {
			return &ForeignError{Path: filepath.Join(s.name, f.name), Name: c.String()}
		}
	}
	for _, f := range list {
		if err := s.carryOne(f); err != nil {
			return fmt.Errorf("carrying over %s: %w", f.name, err)
		}
	}
	// Last and from the depth up: filling a folder changes its time, and a
	// folder may be read-only.
	for _, f := range slices.Backward(list) {
		if err := s.finish(f); err != nil {
			return fmt.Errorf("carrying over %s: %w", f.name, err)
		}
	}
	return dress(s.new(), root, 0)
}

func (s *stage) carryOne(f foreign) error {
	from, to := filepath.Join(s.target, f.name), filepath.Join(s.new(), f.name)
	var err error
	if f.info.IsDir() {
		if err = os.Mkdir(to, 0o777); errors.Is(err, fs.ErrExist) {
			err = nil
		}
	} else {
		err = duplicate(from, to)
	}
	if err != nil && !exists(from) {
		return nil // its owner removed it meanwhile
	}
	return err
}

func (s *stage) finish(f foreign) error {
	if !f.info.IsDir() {
		return nil
	}
	info, err := f.info.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	to := filepath.Join(s.new(), f.name)
	if err := dress(to, info, 0); err != nil || f.shared {
		return err
	}
	return setTime(to, info.ModTime())
}

// rescue moves into target what is foreign in old and not in target: files that
// appeared while the trees changed places. Where both have a file and the two
// differ, both stay. Afterwards old may be deleted.
func rescue(old, target string) error {
	r, err := readRecord(old)
	if err != nil {
		return err
	}
	list, err := findForeign(old, r)
	if err != nil {
		return err
	}
	for _, f := range list {
		if err := rescueOne(f, filepath.Join(old, f.name), filepath.Join(target, f.name)); err != nil {
			return fmt.Errorf("keeping %s: %w", f.name, err)
		}
	}
	return nil
}

func rescueOne(f foreign, from, to string) error {
	lost, err := os.Lstat(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // moved with its folder
	}
	if err != nil {
		return err
	}
	there, err := os.Lstat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.shared:
		return os.Mkdir(to, 0o777)
	case errors.Is(err, fs.ErrNotExist):
		return os.Rename(from, to)
	case err != nil:
		return err
	case lost.IsDir() && there.IsDir() || equal(from, lost, to, there):
		return nil
	}
	for n := 1; ; n++ {
		spare := to + ".kept" + strconv.Itoa(n)
		if !exists(spare) {
			return os.Rename(from, spare)
		}
	}
}
