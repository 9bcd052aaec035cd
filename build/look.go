package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"fieldguide/build/cache"
	"fieldguide/build/content"
	"fieldguide/build/media"
	"fieldguide/build/parallel"
	"fieldguide/build/translate"
)

// sources says how the files were that a site is made of.
type sources struct {
	core   cache.Key // what is read before pages are: shared and records, but of folders of pages that they are there
	shared cache.Key // all but pages: settings, words, data, layouts, style, drawings, static files
	front  cache.Key // shared, and which pages there are, with their front matter
	whole  cache.Key // all

	changes int   // of files that were looked at, until then
	reread  bool  // of some page, nothing could be noted
	listed  fs.FS // lists the folders as they were; nil when somebody has taken it
}

// take returns the files with their folders as they were when they were looked at, once: such
// lists are long.
func (s *sources) take(fsys fs.FS) fs.FS {
	listed := s.listed
	s.listed = nil
	if listed == nil {
		return fsys
	}
	return listed
}

// extent is how much of the sources is looked at.
type extent int

const (
	wholly       extent = iota
	withoutPages        // nor what lies beside them: all else
)

// look looks at the files that a site is made of, those of several languages at a time.
func look(fsys fs.FS, files *cache.Files, much extent) (*sources, error) {
	fsys = content.Listed(fsys)
	roots := []string{"content", "layouts", "static"}
	entries, err := fs.ReadDir(fsys, "content")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading content: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() {
			roots = append(roots, path.Join("content", e.Name()))
		}
	}
	looks := make([]sources, len(roots))
	err = parallel.Each(context.Background(), 0, len(roots), func() func(int) error {
		return func(i int) (err error) {
			if looks[i], err = lookBelow(fsys, files, roots[i], much); err != nil {
				err = fmt.Errorf("reading %s: %w", roots[i], err)
			}
			return err
		}
	})
	if err != nil {
		return nil, err
	}
	core, shared, front, whole := newLook()
	src := &sources{listed: fsys}
	for _, root := range roots[:3] {
		if info, err := fs.Lstat(fsys, root); err == nil { // what is no folder is not walked, or is a link to one
			core.String(root).Int(int(info.Mode().Type()))
			front.String(root).Int(int(info.Mode().Type()))
		}
	}
	for _, l := range looks {
		core.Key(l.core)
		shared.Key(l.shared)
		front.Key(l.front)
		whole.Key(l.whole)
		src.reread = src.reread || l.reread
	}
	src.core = core.Sum()
	src.shared = shared.Sum()
	src.front = front.Key(src.shared).Sum()
	src.whole = whole.Key(src.front).Sum()
	src.changes = files.Changes()
	return src, nil
}

func newLook() (core, shared, front, whole cache.KeyMaker) {
	return cache.NewKey("before pages"), cache.NewKey("settings"), cache.NewKey("sources"), cache.NewKey("all sources")
}

// lookBelow looks at the files below a folder; those below the folders of content/ are
// others' to look at.
func lookBelow(fsys fs.FS, files *cache.Files, root string, much extent) (src sources, err error) {
	core, shared, front, whole := newLook()
	err = fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case root == "content" && e.IsDir() && name != root:
			return fs.SkipDir
		}
		isContent, isPage := strings.HasPrefix(name, "content/"), path.Ext(name) == ".md"
		below := strings.Count(name, "/")
		if !isContent || below < 3 && !isPage {
			core.String(name).Int(int(e.Type()))
		}
		if much == withoutPages && isContent && below > 1 && e.IsDir() {
			return fs.SkipDir
		}
		if much == withoutPages && isContent && below > 1 && isPage {
			return nil
		}
		front.String(name).Int(int(e.Type()))
		if !e.Type().IsRegular() {
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		files.Look(name, info)
		switch {
		case isContent && below > 1 && isPage:
			note, hash, err := content.Note(fsys, files, name)
			if err != nil {
				return err
			}
			if note == nil {
				src.reread = true
				front.Key(hash)
			}
			front.Bytes(note)
			whole.Key(hash)
		case isContent && below == 2 && path.Base(name) == translate.RecordsFile: // each bears on one page
			hash, err := files.Hash(fsys, name)
			if err != nil {
				return err
			}
			core.Key(hash)
			front.Key(hash)
		case isContent && (below > 2 || isPage) && !media.IsName(name):
		default:
			hash, err := files.Hash(fsys, name)
			if err != nil {
				return err
			}
			shared.String(name).Key(hash)
			if !isContent || below < 3 {
				core.Key(hash)
			}
		}
		return nil
	})
	src.core, src.shared, src.front, src.whole = core.Sum(), shared.Sum(), front.Sum(), whole.Sum()
	return src, err
}
