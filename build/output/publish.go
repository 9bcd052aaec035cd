package output

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"time"

	"fieldguide/build/cache"
	"fieldguide/build/release"
)

// Publish writes SHA256SUMS and the manifest and puts the tree in the place of its
// target, at once. After an error the target is as it was, unless the error says
// that only clearing the old site failed. A *ForeignError names a file that stands
// in the way. Publish works once; a tree in memory only gains these files.
func (t *Tree) Publish() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return fmt.Errorf("publishing: %w", errClosed)
	}
	t.closed = true
	if t.failed != nil {
		return fmt.Errorf("not publishing an incomplete site: %w", t.failed)
	}
	p, err := t.papers()
	if err != nil {
		return err
	}
	if t.stage != nil {
		if err := t.stage.publish(p, t.kept == len(t.files), t.paths, t.manifest); err != nil {
			return fmt.Errorf("publishing %s: %w", t.stage.name, err)
		}
		list := t.sorted()
		for name, data := range p.data {
			list = append(list, describe(name, data))
		}
		t.stands = t.stage.learn(list)
	}
	t.record = p
	return nil
}

// Stands reports whether what Publish has put into place was all known to stand there
// then. It returns the hash of what says so, as the function of this name does later.
func (t *Tree) Stands() (papers [sha256.Size]byte, stands bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := sha256.New()
	for _, name := range saying {
		if data := t.record.data[name]; data != nil {
			sum := sha256.Sum256(data)
			all.Write(sum[:])
		}
	}
	return [sha256.Size]byte(all.Sum(nil)), t.stands
}

// learn notes what the target's files are, now that they are in place, and reports
// whether all are known. One that somebody may have changed since the stage began is not.
func (s *stage) learn(list []File) (all bool) {
	if s.files == nil {
		return false
	}
	time.Sleep(cache.Tick + cache.Tick/10) // until a later change shows
	s.files.Begin()
	now := time.Now()
	folders, files := map[string]bool{}, make(map[string]File, len(list))
	for _, f := range list {
		folders[path.Dir(f.Name)], files[f.Name] = true, f
	}
	for dir := range folders {
		for name, info := range s.filesIn(dir) {
			f, ours := files[name]
			if !ours || info.Size() != f.Size || !info.ModTime().Before(s.began) && !info.ModTime().After(now) {
				continue
			}
			s.files.Look(name, info)
			s.files.Learn(name, f.SHA256)
			delete(files, name)
		}
	}
	return len(files) == 0
}

// Discard removes the stage and leaves the target alone. After Publish it does
// nothing, so a caller may defer it.
func (t *Tree) Discard() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	if t.stage == nil {
		return nil
	}
	return t.stage.discard()
}

func (s *stage) publish(p papers, kept bool, paths map[string]claim, m *release.Manifest) error {
	if err := s.dropScratch(); err != nil {
		return err
	}
	if kept && s.stand(p) {
		s.root = s.target
		return s.discard()
	}
	for _, name := range p.names {
		at := m.Released
		if f := m.File(name); f != nil {
			at = f.Time
		}
		data := p.data[name]
		if _, err := s.putAt(describe(name, data), func() ([]byte, error) { return data, nil }, at); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	if err := s.carry(paths); err != nil {
		return err
	}
	// The lock was opened before the first byte was written, so a write that
	// the disk refused later is reported here.
	if err := flush(s.lock); err != nil {
		return fmt.Errorf("waiting for the disk: %w", err)
	}
	if err := s.place(); mounted(err) {
		return fmt.Errorf("%s is a mount point and cannot be put in place as a whole; name a folder inside it (%w)", s.target, err)
	} else if err != nil {
		return fmt.Errorf("putting it in place: %w", err)
	}
	s.root = s.target
	return s.clearOld()
}

// place moves the stage to the target. An old target is in swap afterwards.
func (s *stage) place() error {
	if !exists(s.target) {
		return os.Rename(s.new(), s.target)
	}
	// The name swap comes first: from now on a crash leaves it to rescue.
	if err := os.Rename(s.new(), s.swap()); err != nil {
		return err
	}
	if s.exchange(s.swap(), s.target) == nil {
		return nil
	}
	// No exchange here. Between the two renames there is no target; recover
	// moves the old one back should we be killed just then.
	if err := os.Rename(s.swap(), s.new()); err != nil {
		return err
	}
	if err := os.Rename(s.target, s.swap()); err != nil {
		return err
	}
	if err := os.Rename(s.new(), s.target); err != nil {
		return errors.Join(err, os.Rename(s.swap(), s.target))
	}
	return nil
}

// clearOld deletes the old target. What cannot be deleted now is tried again by
// the next Stage, so only foreign files in danger are an error.
func (s *stage) clearOld() error {
	// The exchange must be on the disk before the old files are not.
	syncFolder(filepath.Dir(s.target))
	syncFolder(s.work)
	if exists(s.swap()) {
		if err := s.retire(); err != nil {
			s.discard()
			return fmt.Errorf("the new site is in place, but the old one in %s could not be cleared: %w", s.swap(), err)
		}
	}
	s.discard()
	return nil
}

func syncFolder(name string) {
	if f, err := os.Open(name); err == nil {
		f.Sync()
		f.Close()
	}
}
