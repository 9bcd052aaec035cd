// Package content reads a site folder into a *site.Site.
//
//	content/site.yaml                languages, sets, bands, kinds, blocks, limits
//	content/<lang>/ui.yaml           interface words of that language
//	content/<lang>/terms.yaml        glossary of that language
//	content/<lang>/resources.yaml    titles and notes of resources.yaml
//	content/<lang>/countries.yaml    where the language is official, names of countries
//	content/<lang>/terminology.yaml  words to avoid, known initials
//	content/<lang>/search.yaml       how words are looked for, and who asks
//	content/<lang>/records.txt       what each page was translated from
//	content/<lang>/**/*.md           pages
//	content/data/*.yaml              what all languages share
//
// The path of a page below its language folder is its identity: twins are
// paired by it, and its folders give its set, section and band. The source
// page carries everything that is not words; a translation that repeats it
// with another value gives a finding.
//
// Load reads of each page its front matter only, which is all that pages need
// of each other. Texts are read family by family, with Read, when their turn
// comes, so that memory stays flat however large the site is.
//
// A site can lie over others (see Over): settings and interface words are then
// merged key by key, all else file by file, what lies above first.
//
// Findings have the line and column that the YAML decoder saw. One mistake is
// one finding: of a value that cannot be used nothing further is said, and
// while site.yaml has such values, or another file is no YAML at all, nothing
// that rests on them is read.
//
// What is neither a plain file nor a folder, or one where the other is wanted,
// is a finding, and nothing else is read in its place. Symbolic links are never
// followed.
package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fieldguide/build/cache"
	"fieldguide/build/site"
)

// Load reads the site below fsys. The site is nil when its settings or words
// cannot be used. Findings say what is wrong with the content; the error is
// non-nil only when the machine failed to read it. What files know of pages is not
// read again; nil knows nothing.
func Load(fsys fs.FS, files *cache.Files) (*site.Site, []site.Finding, error) {
	return load(&loader{fsys: fsys, files: files, written: site.Outlines{}})
}

// LoadDrafts reads a site with its drafts, as the preview shows it. To Load they are not there, and what is wrong with
// their front matter is not said.
func LoadDrafts(fsys fs.FS, files *cache.Files) (*site.Site, []site.Finding, error) {
	return load(&loader{fsys: fsys, files: files, written: site.Outlines{}, drafts: true})
}

func load(l *loader) (*site.Site, []site.Finding, error) {
	if !l.hasFolders() {
		return nil, l.findings, l.err
	}
	s := l.loadSettings()
	if s == nil {
		return nil, l.findings, l.err
	}
	l.strangers(s)
	l.loadAllWords(s)
	l.loadData(s)
	if l.unread {
		return nil, l.findings, l.err
	}
	l.lookAtLayouts()
	l.loadStatic(s)
	l.loadPages(s)
	s.Index()
	giveNames(s)
	l.linkSettings(s)
	return s, l.findings, l.err
}

type loader struct {
	fsys     fs.FS
	files    *cache.Files
	drafts   bool // are pages
	written  site.Outlines
	unread   bool     // a file that cannot be read as YAML
	codes    []string // of languages, as site.yaml has them
	findings []site.Finding
	err      error // the first failure of the machine
}

func (l *loader) find(check string, at site.Place, hint, format string, args ...any) {
	l.findings = append(l.findings, at.Find(site.Error, check, hint, format, args...))
}

// findPath adds a finding about a file or folder itself.
func (l *loader) findPath(name, hint, format string, args ...any) {
	l.find("paths", site.Place{File: name}, hint, format, args...)
}

// unused warns of a file or folder.
func (l *loader) unused(name, hint, format string, args ...any) {
	l.findings = append(l.findings, site.Place{File: name}.Find(site.Warning, "paths", hint, format, args...))
}

func (l *loader) fail(doing string, err error) {
	if l.err == nil {
		l.err = fmt.Errorf("%s: %w", doing, err)
	}
}

// yaml decodes a file of YAML, merged with those of the layers below, if it
// exists; else it returns nil.
func (l *loader) yaml(check, file string, v any) *decoder {
	data, exists := l.read(file)
	if !exists {
		return nil
	}
	d := &decoder{check: check, file: file}
	if l.isOwn(file) {
		d.below = l.below(file)
	} else {
		d.below, data = append(l.below(file), data), nil
	}
	d.decode(data, v)
	l.findings = append(l.findings, d.findings...)
	if outline := d.outline(); outline != nil {
		l.written[file] = outline
	} else {
		l.unread = true
	}
	return d
}

// below returns a file's bytes in all layers below the one that it is read from.
func (l *loader) below(file string) (list [][]byte) {
	for _, layer := range Layers(l.fsys) {
		if data, err := fs.ReadFile(layer, file); err == nil {
			list = append(list, data)
		}
	}
	return list[:max(0, len(list)-1)]
}

// isOwn reports whether the people who see findings write a file themselves.
func (l *loader) isOwn(file string) bool {
	_, err := fs.Lstat(top(l.fsys), file)
	return err == nil
}

// giveNames gives a site that does not say what it is called the title of its home
// page, and a set without a name that of its first page.
func giveNames(s *site.Site) {
	home := s.Family("index")
	if home == nil {
		return
	}
	title, tagline := s.Source.Title == "", s.Source.Tagline == ""
	var sets []*site.Set
	for _, set := range s.Sets {
		if s.Source.Sets[set.ID] == "" {
			sets = append(sets, set)
		}
	}
	for _, lang := range s.Languages {
		p, _ := home.In(s, lang)
		if title {
			lang.Title = p.Title
		}
		if tagline {
			lang.Tagline = p.Summary
		}
		for _, set := range sets {
			if lang.Sets == nil {
				lang.Sets = map[string]string{}
			}
			f := s.Family(set.Sections[0] + "/index")
			switch {
			case f != nil && f.Pages[lang.Index] != nil:
				lang.Sets[set.ID] = f.Pages[lang.Index].Title
			case lang == s.Source:
				lang.Sets[set.ID] = set.ID
			}
		}
		lang.Title, lang.Tagline = cmp.Or(lang.Title, s.Source.Title), cmp.Or(lang.Tagline, s.Source.Tagline)
	}
}

// credits names credits of pictures that are not there.
func (l *loader) credits(s *site.Site) {
	for _, name := range keys(s.Credits) {
		below := func(file string) bool { _, rest, _ := strings.Cut(file, "/"); return rest == name }
		if !slices.Contains(s.Static, name) && !slices.ContainsFunc(s.Media, below) {
			l.find("data", l.written.Key(CreditsFile, name), "write its path below static/, or below its language's folder",
				"there is no picture %q", name)
		}
	}
}
