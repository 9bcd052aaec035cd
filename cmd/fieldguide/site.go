package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fieldguide/build"
	"fieldguide/build/site"
)

// sources opens the site's folder, a wrong one being the user's mistake.
func sources(dir string) (fs.FS, func() error, error) {
	fsys, shut, err := build.Sources(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, usageError{fmt.Errorf("there is no folder %s", dir)}
	}
	if info, _ := os.Stat(dir); info != nil && !info.IsDir() {
		return nil, nil, usageError{fmt.Errorf("%s is a file; name the folder that has content/site.yaml with --site", dir)}
	}
	if err != nil {
		return nil, nil, err
	}
	if _, err := os.Lstat(filepath.Join(dir, "content/site.yaml")); errors.Is(err, fs.ErrNotExist) {
		shut()
		return nil, nil, usageError{fmt.Errorf("%s holds no site: content/site.yaml is missing; name the folder that has it with --site", dir)}
	}
	return fsys, shut, nil
}

// show prints findings for people.
func (e *env) show(findings []site.Finding) {
	errs, warnings := 0, 0
	for _, f := range findings {
		fmt.Fprintln(e.stderr, f)
		if f.Level == site.Error {
			errs++
		} else {
			warnings++
		}
	}
	if len(findings) > 0 {
		fmt.Fprintf(e.stderr, "%s, %s\n", count(errs, "error"), count(warnings, "warning"))
	}
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// kilobytes writes a size for people.
func kilobytes(n int) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }

func since(start time.Time) string { return time.Since(start).Round(time.Millisecond).String() }
