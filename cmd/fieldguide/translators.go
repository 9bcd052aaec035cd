package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fieldguide/build"
	"fieldguide/build/site"
)

// translators opens a site for those who translate it.
func (e *env) translators(dir string) (*build.Translators, func() error, error) {
	fsys, shut, err := sources(dir)
	if err != nil {
		return nil, nil, err
	}
	t, err := build.OpenTranslators(dir, fsys)
	if err != nil {
		return nil, nil, errors.Join(e.unread(err), shut())
	}
	return t, shut, nil
}

// unread shows why a site cannot be read.
func (e *env) unread(err error) error {
	var bad *build.NoSiteError
	if errors.As(err, &bad) {
		e.show(bad.Findings)
		return errFindings
	}
	return err
}

// wantedLanguages returns the codes in a list with commas, which are languages
// that the site is translated into.
func wantedLanguages(s *site.Site, list string) ([]string, error) {
	if list == "" {
		return nil, nil
	}
	var known []string
	for _, lang := range s.Languages {
		if lang != s.Source {
			known = append(known, lang.Code)
		}
	}
	codes := strings.Split(list, ",")
	for _, code := range codes {
		if !slices.Contains(known, code) {
			return nil, usageError{fmt.Errorf("%q is no language that this guide is translated into; these are %s; "+
				"fieldguide new %[1]s adds it",
				code, strings.Join(known, ", "))}
		}
	}
	return codes, nil
}

// wantedLanguage returns the one language of that code that the site is translated into.
func wantedLanguage(t *build.Translators, code string) (*site.Language, error) {
	if _, err := wantedLanguages(t.Site(), code); err != nil {
		return nil, err
	}
	lang := t.Language(code)
	if lang == nil {
		return nil, usageError{errors.New("name one language, such as fr")}
	}
	return lang, nil
}

// familiesOf returns the families of pages named by path or by source file; all
// of them without a name.
func familiesOf(s *site.Site, pages []string) ([]*site.Family, error) {
	if len(pages) == 0 {
		return s.Families, nil
	}
	var list []*site.Family
	for _, name := range pages {
		f := build.FamilyOf(s, name)
		if f == nil {
			paths := pathsOf(s)
			return nil, usageError{fmt.Errorf("there is no page %q%s", name, cmp.Or(didYouMean(name, paths), suchAs(paths)))}
		}
		list = append(list, f)
	}
	return list, nil
}

// pathsOf returns the paths of all pages.
func pathsOf(s *site.Site) (paths []string) {
	for _, f := range s.Families {
		paths = append(paths, f.Path)
	}
	return paths
}

// below returns the families of a folder or page.
func below(families []*site.Family, path string) (list []*site.Family) {
	for _, f := range families {
		if isUnder(f.Path, path) {
			list = append(list, f)
		}
	}
	return list
}
