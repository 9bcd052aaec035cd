package content

import (
	"io/fs"
	"path"
)

// wanted is what should stand in a place.
type wanted int

const (
	either wanted = iota // a plain file or a folder
	aFile
	aFolder
)

// misplaced names what stands in a place where something else is wanted, and reports whether it does.
func (l *loader) misplaced(name string, is fs.FileMode, want wanted) bool {
	itself, message := "put the file itself here", "this is not a plain file"
	if want == aFolder {
		itself, message = "put the folder itself here", "this is not a folder"
	}
	if outline, known := l.written[name]; known && outline == nil { // it was named when somebody wanted to read it
		return true
	}
	switch {
	case is&fs.ModeSymlink != 0:
		l.findPath(name, itself, "this is a symbolic link; links are not followed")
	case !isPlain(is):
		l.findPath(name, itself, "%s", message)
	case is.IsDir() && want == aFile:
		l.findPath(name, folderHint(name), "this is a folder; a file is wanted")
	case is.IsRegular() && want == aFolder:
		l.findPath(name, "put a folder in its place, or remove it", "this is a file; a folder is wanted")
	default:
		return false
	}
	l.written[name] = nil // somebody wrote it, and nobody can read it
	return true
}

// folderHint says what to do with a folder that has a file's name.
func folderHint(name string) string {
	return "put the file in its place, or give the folder a name that does not end in " + path.Ext(name)
}

// skip ends a walk's look at a file, or at a folder and all that is in it.
func skip(e fs.DirEntry) error {
	if e.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// hasFolders names what stands in the place of one of the site's folders, and reports whether there is one to go on
// with.
func (l *loader) hasFolders() bool {
	misplaced := func(name string) bool {
		info, err := fs.Lstat(top(l.fsys), name)
		return err == nil && l.misplaced(name, info.Mode(), aFolder)
	}
	misplaced("layouts")
	misplaced("static")
	return !misplaced("content")
}
