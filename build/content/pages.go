package content

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fieldguide/build/media"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// loadPages reads the front matter of every page and ties the families.
func (l *loader) loadPages(s *site.Site) {
	s.Drafts = map[string]bool{}
	tree := newTree()
	for _, p := range l.fronts(s, s.Source) {
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
			l.inherited(p, tree.sources[p.path], f)
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
			return skip(e)
		case name == root && !e.IsDir(): // as strangers has said
			return nil
		case l.misplaced(name, e.Type(), wantedBelow(root, name)):
			return skip(e)
		case e.IsDir() || isWords(root, name):
			return nil
		case media.IsName(name):
			s.Media = append(s.Media, strings.TrimPrefix(name, "content/"))
			return nil
		case path.Ext(name) != ".md":
			l.unused(name, "files to be published go into static/", "this file is not used: pages end in .md")
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

// wantedBelow returns what a name below a language's folder wants.
func wantedBelow(root, name string) wanted {
	if path.Ext(name) == ".md" || media.IsName(name) || isWords(root, name) {
		return aFile
	}
	return either
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

// strangers names what lies in content/ and belongs to no language. A layer
// below may well have more languages than the site.
func (l *loader) strangers(s *site.Site) {
	entries, err := fs.ReadDir(top(l.fsys), "content")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail("reading content", err)
	}
	for _, e := range entries {
		name := e.Name()
		isFolder := name == "data" || slices.Contains(l.codes, name)
		switch {
		case name == "site.yaml", strings.HasPrefix(name, "."):
		case (isFolder || e.Type()&fs.ModeSymlink != 0) && l.misplaced("content/"+name, e.Type(), aFolder):
			l.unread = l.unread || name == s.Source.Code
		case !isFolder:
			l.unused("content/"+name, fmt.Sprintf("add {code: %s, …} to languages, or remove it", name),
				"this is not used: no language of site.yaml has this code")
		}
	}
}
