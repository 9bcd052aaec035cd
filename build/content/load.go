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
// Symbolic links are never followed.
package content

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fieldguide/build/cache"
	"fieldguide/build/media"
	"fieldguide/build/site"
	"fieldguide/build/translate"
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
	s := l.loadSettings()
	if s == nil {
		return nil, l.findings, l.err
	}
	for _, lang := range s.Languages {
		l.loadWords(s, lang)
	}
	l.loadData(s)
	if l.unread {
		return nil, l.findings, l.err
	}
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

// loadPages reads the front matter of every page and ties the families.
func (l *loader) loadPages(s *site.Site) {
	l.strangers()
	s.Drafts = map[string]bool{}
	tree := newTree()
	source := l.fronts(s, s.Source)
	for _, p := range source {
		l.addFamily(s, tree, p)
	}
	for _, lang := range s.Languages {
		if lang == s.Source {
			continue
		}
		records := l.records(lang)
		for _, p := range l.fronts(s, lang) {
			f := tree.families[p.path]
			if f == nil {
				if !s.IsDraft(p.path) {
					l.orphan(s, tree, p)
				}
				continue
			}
			l.inherited(p, source, f)
			page := p.page()
			if record := records[p.path]; record != nil {
				page.Record = record.Line()
			}
			page.X = inheritOwn(p.X, f.Pages[s.Source.Index].X)
			f.Pages[lang.Index] = page
		}
	}
	slices.Sort(s.Media)
	l.credits(s)
	l.tie(s, tree)
	l.letFall(s)
}

// credits names credits of pictures that are not there.
func (l *loader) credits(s *site.Site) {
	for _, name := range keys(s.Credits) {
		below := func(file string) bool { _, rest, _ := strings.Cut(file, "/"); return rest == name }
		if !slices.Contains(s.Static, name) && !slices.ContainsFunc(s.Media, below) {
			l.find("data", l.written.Key(creditsFile, name), "write its path below static/, or below its language's folder",
				"there is no picture %q", name)
		}
	}
}

// front is one page file with what it says of itself.
type front struct {
	Front
	file string
	path string // identity: the path below the language folder, without .md
}

// at returns the place of a value in the front matter of a page, which is read
// again: few pages have findings.
func (l *loader) at(p *front, path ...any) site.Place {
	head, err := readHead(l.fsys, p.file, 0)
	if err != nil {
		return site.Place{File: p.file}
	}
	return FrontPlace(p.file, head, path...)
}

func (p *front) page() *site.Page {
	return &site.Page{File: p.file, Title: p.Title, Short: p.Short, Summary: p.Summary, Updated: p.Updated,
		Find: p.Find, X: p.X}
}

// fronts reads the front matter of all pages of a language, in path order.
func (l *loader) fronts(s *site.Site, lang *site.Language) []*front {
	root := "content/" + lang.Code
	var found []*front
	err := fs.WalkDir(l.fsys, root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == root:
			return fs.SkipAll
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), ".") && name != root:
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case e.Type()&fs.ModeSymlink != 0:
			l.findPath(name, "put the file itself here", "this is a symbolic link; links are not followed")
			return nil
		case e.IsDir() || isWords(root, name):
			return nil
		case media.IsName(name) && e.Type().IsRegular():
			s.Media = append(s.Media, strings.TrimPrefix(name, "content/"))
			return nil
		case path.Ext(name) != ".md":
			l.unused(name, "files to be published go into static/", "this file is not used: pages end in .md")
			return nil
		case !e.Type().IsRegular():
			l.findPath(name, "put the file itself here", "this is not a plain file")
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		l.files.Look(name, info)
		p := l.front(s, name, strings.TrimPrefix(name, root+"/"))
		if p != nil && p.Draft {
			s.Drafts[name] = true
		}
		if p != nil && (l.drafts || !p.Draft) {
			found = append(found, p)
		}
		return nil
	})
	if err != nil {
		l.fail("reading "+root, err)
	}
	return found
}

func (l *loader) front(s *site.Site, file, below string) *front {
	p := &front{file: file, path: strings.TrimSuffix(below, ".md")}
	most := s.Limits.FrontMatter
	if note := l.files.Noted(file); note != nil {
		if size, whole := p.Front.decode(note); whole && (most == 0 || size <= most) {
			return p
		}
	}
	head, err := readHead(l.fsys, file, most)
	if err != nil {
		l.fail("reading "+file, err)
		return nil
	}
	if most > 0 && bodyOf(head) > most {
		l.find("front-matter", site.Place{File: file, Line: 1}, "close it with --- on a line of its own, or shorten it",
			"the front matter is not closed within %d bytes", most)
		return nil
	}
	head = normal(head)
	var findings []site.Finding
	p.Front, _, findings = ParseFront(file, head)
	if l.drafts || !p.Draft {
		l.findings = append(l.findings, findings...)
	}
	return p
}

// isWords reports whether name is one of a language's word files.
func isWords(root, name string) bool {
	switch strings.TrimPrefix(name, root+"/") {
	case "ui.yaml", "terms.yaml", "resources.yaml", "countries.yaml", "terminology.yaml", "search.yaml",
		translate.RecordsFile:
		return true
	}
	return false
}

// readHead reads a file until its front matter is closed, or limit bytes are
// passed.
func readHead(fsys fs.FS, name string, limit int) (head []byte, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	buf := make([]byte, 2048)
	for {
		n, err := io.ReadFull(f, buf)
		head = append(head, buf[:n]...)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return head, nil
		}
		if err != nil {
			return nil, err
		}
		if bodyOf(head) < len(head) || limit > 0 && len(head) > limit {
			return head, nil
		}
		if len(head) > 2*len(buf) { // look at long ones less often
			buf = make([]byte, len(head))
		}
	}
}
