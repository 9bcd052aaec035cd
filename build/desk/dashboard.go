package desk

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fieldguide/build"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Dashboard shows how every translation stands, in a folder of pages: one of all
// languages, one of each, and one of each section of a language.
type Dashboard struct {
	// Page names a page that shows how a translation stands, from index.html on; "" for none.
	Page func(t *build.Translation) string
	// Diff makes the page that stands at DiffFile; nil for none.
	Diff func(lang, path string) ([]byte, error)

	site  *site.Site
	list  []build.Translation
	parts []part
}

// part is a section of a language.
type part struct {
	lang *site.Language
	name string // "" for pages of no section
	list []*build.Translation
}

// NewDashboard returns the dashboard of translations, which are as
// build.Translations has them. It can be used by many at once.
func NewDashboard(s *site.Site, list []build.Translation) *Dashboard {
	d := &Dashboard{site: s, list: list}
	place := map[string]int{}
	sections := []string{""}
	for i, f := range s.Families {
		place[f.Path] = i
		if !slices.Contains(sections, f.Section()) {
			sections = append(sections, f.Section())
		}
	}
	for i := range list {
		if section := sectionOf(list[i].Path); !slices.Contains(sections, section) { // of no source page
			sections = append(sections, section)
		}
	}
	for _, lang := range s.Languages {
		parts := make([]part, len(sections))
		for i := range list {
			if t := &list[i]; t.Language == lang.Code {
				n := slices.Index(sections, sectionOf(t.Path))
				parts[n].list = append(parts[n].list, t)
			}
		}
		for n, p := range parts {
			p.lang, p.name = lang, sections[n]
			slices.SortStableFunc(p.list, func(a, b *build.Translation) int { return place[a.Path] - place[b.Path] })
			if len(p.list) > 0 {
				d.parts = append(d.parts, p)
			}
		}
	}
	return d
}

func sectionOf(path string) string {
	section, _, below := strings.Cut(path, "/")
	if !below {
		return ""
	}
	return section
}

// done is how many of its pages are in step.
func (p *part) done() (n int) {
	for _, t := range p.list {
		if t.Done() {
			n++
		}
	}
	return n
}

// pages is how many pages its list needs.
func (p *part) pages() int { return (len(p.list) + listMost - 1) / listMost }

// file is the name of one of its pages.
func (p *part) file(n int) string {
	name := p.name
	if name == "" {
		name = topSection
	}
	if n > 0 {
		return fmt.Sprintf("%s/%s/%d.html", p.lang.Code, name, n+1)
	}
	return p.lang.Code + "/" + name + ".html"
}

// The bounds that keep a page within what a network sends at once, however large
// the site.
const (
	nextMost = 12  // things to do that a page lists
	listMost = 120 // pages of a section on one page
)

// indexFile is the page of all languages; topSection stands for the pages of no
// section in the names of files.
const (
	indexFile  = "index.html"
	topSection = "_top"
)

// DiffFile returns the name of the page of what has changed for a translation.
func DiffFile(t *build.Translation) string { return "diff/" + t.Language + "/" + t.Path + ".html" }

// Names returns the names of the dashboard's files.
func (d *Dashboard) Names() []string {
	names := []string{indexFile}
	for _, p := range d.parts {
		if name := p.lang.Code + "/" + indexFile; !slices.Contains(names, name) {
			names = append(names, name)
		}
		for n := range p.pages() {
			names = append(names, p.file(n))
		}
	}
	for i := range d.list {
		if t := &d.list[i]; d.Diff != nil && (t.State == translate.Stale || t.State == translate.Differs) {
			names = append(names, DiffFile(t))
		}
	}
	return names
}

// File makes a file of the dashboard.
func (d *Dashboard) File(name string) ([]byte, error) {
	if name == indexFile {
		return d.index()
	}
	folder, rest, _ := strings.Cut(strings.TrimSuffix(name, ".html"), "/")
	if folder == "diff" && d.Diff != nil {
		code, path, _ := strings.Cut(rest, "/")
		return d.Diff(code, path)
	}
	for i := range d.parts {
		p := &d.parts[i]
		if name == p.lang.Code+"/"+indexFile {
			return d.language(p.lang)
		}
		for n := range p.pages() {
			if name == p.file(n) {
				return d.section(p, n)
			}
		}
	}
	return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
}

// line is a translation as a page lists it.
type line struct {
	*build.Translation
	Title string // of the source page, "" for none
	Href  string
}

func (d *Dashboard) line(from string, t *build.Translation) line {
	l := line{Translation: t}
	if f := d.site.Family(t.Path); f != nil {
		l.Title = f.Pages[d.site.Source.Index].Title
	}
	if d.Page != nil {
		if to := d.Page(t); to != "" {
			l.Href = root(from) + to
		}
	}
	return l
}

// next lists what is best done next.
func (d *Dashboard) next(from string, list []build.Translation) (lines []line, more int) {
	todo := build.Next(list)
	for i := range todo[:min(len(todo), nextMost)] {
		lines = append(lines, d.line(from, &todo[i]))
	}
	return lines, max(0, len(todo)-nextMost)
}

// table counts translations by state.
type table struct {
	Caption string
	States  []translate.State
	Rows    []tableRow
}

type tableRow struct {
	*build.Counted
	Language *site.Language // of the name; nil for a part of a language
	Label    string
	Href     string
}

// InStep is how many pages are in step.
func (r tableRow) InStep() int { return r.In[translate.InStep] }

func (d *Dashboard) table(caption string, list []build.Translation, is func(c *build.Counted) bool) table {
	t := table{Caption: caption}
	for _, c := range build.Count(d.site, list) {
		if is(c) {
			t.Rows = append(t.Rows, tableRow{Counted: c, Label: strings.TrimSpace(c.Set + " " + c.Band)})
		}
	}
	for _, state := range build.States {
		if slices.ContainsFunc(t.Rows, func(r tableRow) bool { return r.In[state] > 0 }) {
			t.States = append(t.States, state)
		}
	}
	return t
}

// Meanings are those of its columns.
func (t table) Meanings() []build.Meaning {
	return slices.DeleteFunc(slices.Clone(build.Meanings), func(m build.Meaning) bool {
		return !slices.Contains(t.States, m.State)
	})
}

// view is what the pages of the dashboard hold.
type view struct {
	Head       head
	Up         string // the page of all languages, "" on it
	Language   *site.Language
	Table      table
	Next       []line
	More       int
	Sections   []section
	Lines      []line
	Pages      []numbered // of a long section
	All, Done  int
	LanguageUp string
}

// section is a part of a language as its page lists it.
type section struct {
	Name      string // "" for pages of no section
	Href      string
	All, Done int
}

// numbered leads to a page of a long section; Href is "" for the page itself.
type numbered struct {
	Number int
	Href   string
}

func (d *Dashboard) index() ([]byte, error) {
	v := view{Head: english("Translations"),
		Table: d.table("Pages by language", d.list, func(c *build.Counted) bool { return c.Set == "" })}
	for i := range v.Table.Rows {
		r := &v.Table.Rows[i]
		for _, lang := range d.site.Languages {
			if lang.Code == r.Counted.Language {
				r.Language, r.Href = lang, lang.Code+"/"+indexFile
			}
		}
		v.All, v.Done = v.All+r.Pages, v.Done+r.InStep()
	}
	v.Next, v.More = d.next(indexFile, d.list)
	return write("dashboard.html", v)
}

func (d *Dashboard) language(lang *site.Language) ([]byte, error) {
	name := lang.Code + "/" + indexFile
	list := slices.DeleteFunc(slices.Clone(d.list), func(t build.Translation) bool { return t.Language != lang.Code })
	v := view{Head: english("Translations · " + lang.Name), Up: root(name) + indexFile, Language: lang, All: len(list),
		Table: d.table("Sets and bands", list, func(c *build.Counted) bool { return c.Set != "" })}
	for i := range list {
		if list[i].Done() {
			v.Done++
		}
	}
	v.Next, v.More = d.next(name, list)
	for i := range d.parts {
		if p := &d.parts[i]; p.lang == lang {
			v.Sections = append(v.Sections, section{p.name, root(name) + p.file(0), len(p.list), p.done()})
		}
	}
	return write("dashboard.html", v)
}

func (d *Dashboard) section(p *part, n int) ([]byte, error) {
	name, title := p.file(n), p.name
	if title == "" {
		title = "pages of no folder"
	}
	v := view{Head: english("Translations · " + p.lang.Name + " · " + title), Up: root(name) + indexFile, Language: p.lang,
		LanguageUp: root(name) + p.lang.Code + "/" + indexFile, All: len(p.list), Done: p.done()}
	for _, t := range p.list[n*listMost : min(len(p.list), (n+1)*listMost)] {
		v.Lines = append(v.Lines, d.line(name, t))
	}
	if p.pages() > 1 {
		for i := range p.pages() {
			page := numbered{Number: i + 1}
			if i != n {
				page.Href = root(name) + p.file(i)
			}
			v.Pages = append(v.Pages, page)
		}
	}
	return write("dashboard.html", v)
}
