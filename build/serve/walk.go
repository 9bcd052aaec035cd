package serve

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// walk gives all files and folders below the roots, a folder before what is in it. It follows no symbolic links but those
// in the roots' own names, and leaves out litter and what cannot be read.
func walk(roots []string) func(yield func(name string, d fs.DirEntry) bool) {
	return func(yield func(string, fs.DirEntry) bool) {
		on := true
		for _, root := range roots {
			real, err := filepath.EvalSymlinks(root)
			if err != nil || !on {
				continue
			}
			filepath.WalkDir(real, func(name string, d fs.DirEntry, err error) error {
				switch {
				case err != nil:
					return nil
				case name != real && isLitter(d.Name()) && d.IsDir():
					return fs.SkipDir
				case name != real && isLitter(d.Name()):
					return nil
				}
				if on = yield(name, d); !on {
					return fs.SkipAll
				}
				return nil
			})
		}
	}
}

// isLitter reports whether a name is one that editors leave for a moment, or hide.
func isLitter(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".tmp") || name == "4913" // Vim tries whether it may write
}

func isFolder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}

// statAll looks at each folder; one that is missing gives nil. Watching it does not tell that it came.
func statAll(folders []string) []fs.FileInfo {
	infos := make([]fs.FileInfo, len(folders))
	for i, name := range folders {
		infos[i], _ = os.Stat(name)
	}
	return infos
}

func sameFolder(a, b fs.FileInfo) bool {
	return a == nil && b == nil || a != nil && b != nil && os.SameFile(a, b)
}
