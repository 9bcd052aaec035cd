package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"

	"fieldguide/build/cache"
	"fieldguide/build/release"
)

// stage is the folder on disk where a tree grows until it is published.
type stage struct {
	name     string // the target as the caller named it, for messages
	target   string // the real folder
	work     string // beside the target: the lock and the parts below
	root     string // where ReadFile finds the files: new, then target
	lock     *os.File
	scratch  *os.File // nil when there is none
	draft    *release.Draft
	record   record
	began    time.Time
	files    *cache.Files                  // what is known of the target's files; nil for nothing
	looking  sync.Mutex                    // for looked
	looked   map[string]bool               // folders of the target whose files were looked at
	real     map[string]bool               // folders of the record that still are folders
	exchange func(one, other string) error // a field, so that tests can lack it

	manifest, signature []byte // of the target; nil for none
	formerErr           error  // why the target's manifest cannot be read
	own                 bool   // the release before is the target's own, so that its files have their times
}

func (s *stage) new() string   { return filepath.Join(s.work, "new") }
func (s *stage) swap() string  { return filepath.Join(s.work, "swap") }
func (s *stage) trash() string { return filepath.Join(s.work, "trash") }

// Stage returns an empty Tree that will be published as the folder dir, which
// need not exist yet. Until then it grows in a folder beside dir. Whatever a
// killed build left there is put right first. While another build into the same
// folder runs, Stage returns an error that is ErrBusy.
//
// The tree is made from the folders of sources. A dir that is one of them, lies
// in one or holds one is a *TargetError, before anything is written.
func Stage(dir string, sources ...string) (*Tree, error) {
	target, err := resolve(dir, sources)
	if err != nil {
		return nil, err
	}
	s := &stage{
		name:     dir,
		target:   target,
		work:     workFolder(target),
		began:    time.Now(),
		exchange: exchange,
	}
	s.root = s.new()
	if s.lock, err = acquire(s.work); err != nil {
		return nil, fmt.Errorf("preparing a place beside %s: %w", dir, err)
	}
	err = s.begin()
	var former *release.Manifest
	if err == nil {
		former, err = s.readManifest()
	}
	if err != nil {
		s.discard()
		return nil, fmt.Errorf("preparing a place beside %s: %w", dir, err)
	}
	t := newTree(s)
	t.draft.Former = former
	return t, nil
}

// workFolder is where a target's stage lies.
func workFolder(target string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+".fieldguide")
}

func (s *stage) begin() error {
	if err := s.recover(); err != nil {
		return err
	}
	var err error
	if s.record, err = readRecord(s.target); err != nil {
		return err
	}
	s.real = map[string]bool{}
	for dir := range s.record.folders {
		s.findReal(dir)
	}
	if err := os.Mkdir(s.new(), 0o777); err != nil {
		return err
	}
	// A web root often belongs to a group (setgid); what is made inside inherits it.
	if old, err := os.Lstat(s.target); err == nil {
		return dress(s.new(), old, 0o700)
	}
	return nil
}

// findReal keeps files from being taken through a link that somebody put in
// the place of one of our folders.
func (s *stage) findReal(dir string) bool {
	real, known := s.real[dir]
	if !known {
		info, err := os.Lstat(filepath.Join(s.target, dir))
		real = err == nil && info.IsDir() && (dir == "." || s.findReal(path.Dir(dir)))
		s.real[dir] = real
	}
	return real
}

// recover puts right what a killed build left. Only swap needs thought: it is
// the old tree on its way out or, for an instant, the new one on its way in.
func (s *stage) recover() error {
	if exists(s.swap()) {
		if !exists(s.target) {
			return errors.Join(os.Rename(s.swap(), s.target), remove(s.new()), remove(s.trash()))
		}
		if err := remove(s.trash()); err != nil {
			return err
		}
		if err := s.retire(); err != nil {
			return err
		}
	}
	return errors.Join(remove(s.new()), remove(s.trash()), remove(filepath.Join(s.work, "scratch")))
}

// retire makes sure that swap holds no only copy of anything foreign, and says
// so by its name.
func (s *stage) retire() error {
	if err := rescue(s.swap(), s.target); err != nil {
		return err
	}
	return os.Rename(s.swap(), s.trash())
}

// discard removes the stage and lets the lock go. It may be called again.
func (s *stage) discard() error {
	if s.lock == nil {
		return nil
	}
	err := errors.Join(s.dropScratch(), remove(s.new()), remove(s.trash()))
	unlock(s.lock, s.work)
	s.lock = nil
	return err
}

// TargetError says why a folder cannot be the target: somebody named the wrong
// one, and nothing is amiss with the machine.
type TargetError struct{ reason string }

// Error implements error.
func (e *TargetError) Error() string { return e.reason }

// resolve finds the real folder that dir means, or says why it cannot be one.
func resolve(dir string, sources []string) (string, error) {
	if dir == "" {
		return "", &TargetError{"no folder to write to; name one, for example public"}
	}
	if err := apart(dir, sources); err != nil {
		return "", err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) {
		return resolveNew(dir, abs)
	}
	if err != nil {
		return "", fmt.Errorf("finding %s: %w", dir, err)
	}
	info, err := os.Stat(real)
	switch {
	case err != nil:
		return "", fmt.Errorf("finding %s: %w", dir, err)
	case !info.IsDir():
		return "", &TargetError{fmt.Sprintf("%s is a file; name a folder to write the site to", dir)}
	case filepath.Dir(real) == real:
		return "", &TargetError{fmt.Sprintf("%s is the root of the file system; name a folder inside it", dir)}
	case aboveHere(info):
		return "", &TargetError{fmt.Sprintf("%s is the current folder or one above it; name a folder inside it, for example public", dir)}
	}
	return real, nil
}

func resolveNew(dir, abs string) (string, error) {
	if exists(abs) {
		return "", &TargetError{fmt.Sprintf("%s is a link that leads nowhere; remove it or make the folder it names", dir)}
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o777); err != nil {
		return "", fmt.Errorf("making the folder for %s: %w", dir, err)
	}
	parent, err := filepath.EvalSymlinks(filepath.Dir(abs))
	return filepath.Join(parent, filepath.Base(abs)), err
}

const overlap = "%s %s %s, which the site is made from; name a folder %s it, for example public"

// apart returns an error when dir and one of the sources, which need not exist,
// lie in each other.
func apart(dir string, sources []string) error {
	target, err := actual(dir)
	if err != nil {
		return err
	}
	for _, name := range sources {
		source, err := actual(name)
		switch {
		case err != nil:
			return err
		case target == source:
			return &TargetError{fmt.Sprintf("the site is made from %s; name a folder beside it, for example public", dir)}
		case within(target, source):
			return &TargetError{fmt.Sprintf(overlap, dir, "is in", name, "beside")}
		case within(source, target):
			return &TargetError{fmt.Sprintf(overlap, dir, "holds", name, "inside")}
		}
	}
	return nil
}

// actual returns the path that a name means, without links as far as it exists.
func actual(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	if path, err := filepath.EvalSymlinks(abs); err == nil {
		return path, nil
	}
	up := filepath.Dir(abs)
	if up == abs {
		return abs, nil
	}
	up, err = actual(up)
	return filepath.Join(up, filepath.Base(abs)), err
}

// within reports whether a path is a folder or lies in it.
func within(path, folder string) bool {
	for !same(path, folder) {
		up := filepath.Dir(path)
		if up == path {
			return false
		}
		path = up
	}
	return true
}

// same reports whether two paths are one, or would be if they existed, on some
// system.
func same(one, other string) bool {
	a, errA := os.Stat(one)
	b, errB := os.Stat(other)
	if errA != nil && errB != nil {
		return fold(one) == fold(other)
	}
	return os.SameFile(a, b)
}

// aboveHere reports whether the folder is the current one or holds it. Such a
// folder cannot be exchanged without pulling the ground from under a shell.
func aboveHere(folder fs.FileInfo) bool {
	here, err := os.Getwd()
	if err != nil {
		return false
	}
	if here, err = filepath.EvalSymlinks(here); err != nil {
		return false
	}
	for {
		if info, err := os.Stat(here); err == nil && os.SameFile(info, folder) {
			return true
		}
		up := filepath.Dir(here)
		if up == here {
			return false
		}
		here = up
	}
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
