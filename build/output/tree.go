// Package output holds the finished site, a Tree from paths to bytes, and puts it in place at once.
//
// A Tree lives in memory, for the preview and for tests, or is staged on disk
// beside its target and put in place at once:
//
//	tree, err := output.Stage("public")
//	if err != nil {
//		return err
//	}
//	defer tree.Discard()
//	if err := tree.Put("en/index.html", page); err != nil {
//		return err
//	}
//	return tree.Publish()
//
// What Publish promises, whenever the process is killed:
//
//   - Readers see the whole old site or the whole new one, never a mixture.
//   - A file whose bytes did not change keeps its modification time and, where
//     the file system has hard links, its inode. If nothing changed at all, the
//     target is not touched.
//   - The time of any other file is later than the release before, which is the
//     one in the target unless Follow names another (see package release).
//   - SHA256SUMS, in the format of sha256sum, lists every file the tool made but
//     release.json, the manifest, which names it too and is put last with its
//     signature. Files in the target that they do not list belong to somebody
//     else and are carried over as they are. Listed files that are no longer put
//     are gone.
//
// Everything temporary lives in one folder beside the target (".public.fieldguide"
// for "public"), which is gone again after Publish or Discard. Its parts say what
// may be done with them after a crash (see recover):
//
//	lock    held by the build that is running
//	new     a stage being filled: may be deleted
//	swap    a complete tree on its way in or out: may hold what nothing else holds
//	trash   an old tree whose foreign files are safe elsewhere: may be deleted
package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"fieldguide/build/cache"
	"fieldguide/build/release"
)

// Tree is the finished site, from path to bytes. Its methods are safe for
// concurrent use, but Publish and Discard want every Put to have returned.
type Tree struct {
	mu     sync.Mutex
	paths  map[string]claim // by folded path: every file and folder of the tree
	files  map[string]file
	kept   int    // files that are in the target with the same bytes and time
	failed error  // the first Put that could not write
	closed bool   // published or discarded
	record papers // once published
	stands bool   // what was published is known to stand in the target
	stage  *stage // nil in memory
	names  bool   // bytes are dropped

	scratch *Scratch // once somebody asked for it

	draft    *release.Draft
	told     bool // At was called
	sign     func(manifest []byte) ([]byte, error)
	manifest *release.Manifest // once published
}

// File describes one file of a Tree.
type File struct {
	Name   string
	Size   int64
	SHA256 [sha256.Size]byte
}

func describe(name string, data []byte) File {
	return File{name, int64(len(data)), sha256.Sum256(data)}
}

type file struct {
	File
	data func() ([]byte, error) // in memory only
}

var errClosed = errors.New("the tree has been published or discarded")

// Memory returns an empty Tree that is kept in memory.
func Memory() *Tree { return newTree(nil) }

// Names returns an empty Tree that holds no bytes: it only says which names cannot
// be put.
func Names() *Tree {
	t := newTree(nil)
	t.names = true
	return t
}

func newTree(s *stage) *Tree {
	// A tree without an edition is released when it is made.
	t := &Tree{paths: map[string]claim{}, files: map[string]file{}, stage: s, draft: &release.Draft{Instant: time.Now()}}
	for _, name := range []string{recordName, release.ManifestName, release.SignatureName} {
		t.paths[fold(name)] = claim{name: name}
	}
	if s != nil {
		s.draft = t.draft
	}
	return t
}

// Put adds a file. The name is relative and slash-separated, and must be one
// that every file system can hold, FAT32 included; another is a *NameError. Put
// does not keep data. A name that is the same as an earlier one, or would be on a system that ignores
// case or Unicode normal forms, is a *CollisionError.
func (t *Tree) Put(name string, data []byte) error {
	if t.stage == nil && !t.names {
		data = bytes.Clone(data)
	}
	return t.Hold(describe(name, data), func() ([]byte, error) { return data, nil })
}

// Trust makes the tree take files of its target for what they were when it was
// published last, where nothing about them has changed since, rather than read them
// again. After Publish files know those that were published.
func (t *Tree) Trust(files *cache.Files) {
	if t.stage != nil {
		t.stage.files = files
		files.Begin()
	}
}

// Describe returns what a file of a Tree is with these bytes.
func Describe(name string, data []byte) File { return describe(name, data) }

// Hold adds a file that was described already, as Put does. data brings its bytes
// where they are wanted: now, or, in memory, whenever the file is read. Nobody
// changes them.
func (t *Tree) Hold(f File, data func() ([]byte, error)) error {
	if err := CheckName(f.Name); err != nil {
		return err
	}
	if err := t.claim(f.Name); err != nil {
		return err
	}
	made, kept := file{File: f}, false
	var err error
	switch {
	case t.names:
	case t.stage == nil:
		made.data = data
	default:
		kept, err = t.stage.put(f, data)
	}
	if err != nil {
		return t.fail(fmt.Errorf("writing %s: %w", f.Name, err))
	}
	t.add(made, kept)
	return nil
}

// Later reports whether Hold reads no bytes yet, so that data must bring the same
// ones as long as there is the tree.
func (t *Tree) Later() bool { return t.stage == nil }

// Has reports whether the target is known to hold a file with these bytes, so that
// Hold will not want them.
func (t *Tree) Has(f File) bool {
	if t.stage == nil {
		return t.names
	}
	return t.stage.known(f)
}

func (t *Tree) add(f file, kept bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.files[f.Name] = f
	if kept {
		t.kept++
	}
}

// claim reserves a name and makes its folders.
func (t *Tree) claim(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return fmt.Errorf("writing %s: %w", name, errClosed)
	}
	key := fold(name)
	if other, taken := t.paths[key]; taken {
		return &CollisionError{Name: name, Other: other.String()}
	}
	if err := t.claimFolder(path.Dir(name), name); err != nil {
		return err
	}
	t.paths[key] = claim{name: name}
	return nil
}

func (t *Tree) claimFolder(dir, name string) error {
	if dir == "." {
		return nil
	}
	key := fold(dir)
	if other, taken := t.paths[key]; taken {
		// "fr/" and "Fr/" would melt into one folder on a memory card.
		if other == (claim{dir, true}) {
			return nil
		}
		return &CollisionError{Name: name, Other: other.String()}
	}
	if err := t.claimFolder(path.Dir(dir), name); err != nil {
		return err
	}
	t.paths[key] = claim{dir, true}
	if t.stage == nil {
		return nil
	}
	if err := t.stage.mkdir(dir); err != nil {
		t.failed = fmt.Errorf("writing %s: %w", name, err)
		return t.failed
	}
	return nil
}

// fail remembers that the tree is not whole, so that it is never published.
func (t *Tree) fail(err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// Files lists what was put, sorted by name. What Publish writes is not among them.
func (t *Tree) Files() []File {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sorted()
}

func (t *Tree) sorted() []File {
	list := make([]File, 0, len(t.files))
	for _, f := range t.files {
		list = append(list, f.File)
	}
	slices.SortFunc(list, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// ReadFile returns the bytes of a file that was put and, after Publish, of
// SHA256SUMS, the manifest and its signature. The caller may change them.
func (t *Tree) ReadFile(name string) ([]byte, error) {
	t.mu.Lock()
	f, ok := t.files[name]
	if paper := t.record.data[name]; paper != nil {
		f, ok = file{data: func() ([]byte, error) { return paper, nil }}, true
	}
	var onDisk string
	if t.stage != nil {
		onDisk = filepath.Join(t.stage.root, name)
	}
	t.mu.Unlock()

	switch {
	case !ok:
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	case f.data != nil:
		data, err := f.data()
		return bytes.Clone(data), err
	case onDisk == "":
		return nil, nil // of no use to anybody
	}
	return os.ReadFile(onDisk)
}
