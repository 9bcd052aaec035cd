package content

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"fieldguide/build/media"
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
		case name == "static" && !e.IsDir():
			return nil
		case strings.HasPrefix(e.Name(), "."), path.Ext(name) == ".go":
			return nil
		case l.misplaced(name, e.Type(), wantedStatic(name)):
			return skip(e)
		case e.IsDir():
			if media.IsName(name) {
				l.unused(name, folderHint(name), "this is a folder, and its name is that of a picture, sound or video")
			}
			return nil
		case strings.HasPrefix(name, styleFolder):
			return nil
		}
		if drawing, ok := strings.CutPrefix(name, drawingsFolder); ok {
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

const (
	styleFolder    = "static/style/"
	drawingsFolder = "static/drawings/"
)

// wantedStatic returns what a name below static/ wants.
func wantedStatic(name string) wanted {
	switch folder := path.Dir(name) + "/"; {
	case name+"/" == styleFolder, name+"/" == drawingsFolder:
		return aFolder
	case folder == styleFolder && path.Ext(name) == ".css", folder == drawingsFolder && path.Ext(name) == ".svg":
		return aFile
	}
	return either
}

// lookAtLayouts names what stands in layouts/ where it cannot be read.
func (l *loader) lookAtLayouts() {
	entries, err := fs.ReadDir(l.fsys, "layouts")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail("reading layouts", err)
	}
	for _, e := range entries {
		if path.Ext(e.Name()) == ".html" {
			l.misplaced("layouts/"+e.Name(), e.Type(), aFile)
		}
	}
}
