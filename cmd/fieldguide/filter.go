package main

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"fieldguide/build/check"
	"fieldguide/build/site"
)

// names is a flag that takes names, one or several with commas between, once or again.
type names []string

// String implements flag.Value.
func (n *names) String() string { return strings.Join(*n, ",") }

// Set implements flag.Value.
func (n *names) Set(text string) error {
	for name := range strings.SplitSeq(text, ",") {
		*n = append(*n, strings.TrimSuffix(strings.TrimSpace(name), "/"))
	}
	return nil
}

// filter says which findings to show; what is empty lets all through.
type filter struct{ langs, under, checks names }

// addFilter adds the flags of a filter.
func addFilter(flags *flag.FlagSet) *filter {
	f := &filter{}
	flags.Var(&f.checks, "check", "only findings of these `CHECKS`")
	flags.Var(&f.langs, "lang", "only findings in these languages: their `CODES`")
	flags.Var(&f.under, "under", "only findings in these `FOLDERS` or pages, as parents or help/index")
	return f
}

// known refuses names that nothing has.
func (f *filter) known(fsys fs.FS) error {
	langs, pages, err := folders(fsys)
	if err != nil {
		return err
	}
	for _, group := range []struct {
		what  string
		asked names
		known []string
		all   string // where all of them are listed
	}{
		{"check", f.checks, check.Names(), "; `fieldguide help check` lists them"},
		{"language", f.langs, langs, ""},
		{"folder or page", f.under, pages, suchAs(pages)},
	} {
		for _, name := range group.asked {
			if slices.Contains(group.known, name) {
				continue
			}
			return usageError{fmt.Errorf("there is no %s %q%s", group.what, name, cmp.Or(didYouMean(name, group.known), group.all))}
		}
	}
	return nil
}

// folders returns the languages that have a folder of their own, and the paths of the folders and pages below them.
func folders(fsys fs.FS) (langs, pages []string, err error) {
	entries, err := fs.ReadDir(fsys, "content")
	if err != nil {
		return nil, nil, fmt.Errorf("reading content: %w", err)
	}
	all := map[string]bool{}
	for _, e := range entries {
		if !e.IsDir() || e.Name() == "data" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		langs = append(langs, e.Name())
		root := "content/" + e.Name()
		err = fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
			if err == nil && name != root && (e.IsDir() || path.Ext(name) == ".md") {
				all[strings.TrimSuffix(strings.TrimPrefix(name, root+"/"), ".md")] = true
			}
			return err
		})
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", root, err)
		}
	}
	return langs, slices.Sorted(maps.Keys(all)), nil
}

// of returns those of the findings that are asked for.
func (f *filter) of(findings []site.Finding) (list []site.Finding) {
	for _, found := range findings {
		if f.holds(found) {
			list = append(list, found)
		}
	}
	return list
}

// holds reports whether a finding is asked for.
func (f *filter) holds(found site.Finding) bool {
	lang, page := place(found.File)
	inFolder := func(folder string) bool { return isUnder(page, folder) }
	return (len(f.checks) == 0 || slices.Contains(f.checks, found.Check)) &&
		(len(f.langs) == 0 || slices.Contains(f.langs, lang)) &&
		(len(f.under) == 0 || slices.ContainsFunc(f.under, inFolder))
}

// isUnder reports whether a page is the one at a path, or lies in the folder there.
func isUnder(page, path string) bool {
	path = strings.TrimSuffix(path, "/")
	return page == path || strings.HasPrefix(page, path+"/")
}

// place returns the language whose folder a file lies in, "" for none, and the path of its page.
func place(file string) (lang, page string) {
	below, inside := strings.CutPrefix(file, "content/")
	lang, page, found := strings.Cut(below, "/")
	if !inside || !found || lang == "data" {
		return "", ""
	}
	return lang, strings.TrimSuffix(page, ".md")
}
