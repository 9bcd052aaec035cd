package content

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"fieldguide/build/site"
)

// loadStatic lists the files of static/ that are published as they are: all
// but the style and the drawings, which go into the pages.
func (l *loader) loadStatic(s *site.Site) {
	err := fs.WalkDir(l.fsys, "static", func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == "static":
			return fs.SkipAll
		case err != nil:
			return err
		case name == "static/style":
			return fs.SkipDir
		case strings.HasPrefix(e.Name(), "."), e.IsDir(), path.Ext(name) == ".go":
			return nil
		case e.Type()&fs.ModeSymlink != 0:
			l.findPath(name, "put the file itself here", "this is a symbolic link; links are not followed")
			return nil
		}
		if drawing, ok := strings.CutPrefix(name, "static/drawings/"); ok {
			s.Drawings = append(s.Drawings, strings.TrimSuffix(drawing, ".svg"))
			return nil
		}
		s.Static = append(s.Static, strings.TrimPrefix(name, "static/"))
		return nil
	})
	if err != nil {
		l.fail("reading static", err)
	}
}
