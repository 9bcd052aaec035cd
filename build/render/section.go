package render

import (
	"cmp"
	"errors"
	"html/template"
	"path"
	"strings"

	"fieldguide/build/site"
)

// Section is what a part of a layout sees that is drawn once for many pages:
// what they have in common, and no page. A part that wants more of it (a name,
// a summary) fails, and belongs outside Once.
type Section struct {
	Frame
	sectionKey
}

// sectionKey is all that a Section knows. Pages with the same one show the
// same part: it is drawn for the first of them and kept.
type sectionKey struct {
	layout   *template.Template
	part     string
	language *site.Language
	folder   string       // that links lead from
	above    *site.Family // the page above, nil for the home page
	help     *site.Family // for these readers
	helpHere bool         // the page is that one
	exit     bool
	copied   bool
	missing  string // languages without the page
	own      string // name of the page's file, "" for one of which only that may stand in the part
}

// section is a kept part: what stands between the names of the page's file.
type section struct {
	html  []string
	refs  *Refs
	coded bool // the page's code stands in it
}

// fileName stands in a section for the name of a page's file, and pageCode for its
// short code.
const (
	fileName = "FieldguideNameOfThisFile"
	pageCode = "FieldguideCodeOfThisPage"
)

// Once returns a part of the layout that is the same for all pages of a
// section: the way back to the home page, the link to help, the colophon. It
// is drawn for the first and kept for the others, because templates cost as
// much time as Markdown. The part sees a Section: {{.Once "header"}}.
func (v *View) Once(part string) (template.HTML, error) {
	f := v.Family
	key := sectionKey{layout: v.layout, part: part, language: v.Language, folder: f.Folder(), above: f.Parent,
		help: v.r.site.Family(v.r.site.HelpFor(f)), exit: v.r.site.HasExit(f), copied: v.Copy}
	key.helpHere = key.help == f
	name := path.Base(f.Path)
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		key.own = name
	}
	for _, lang := range v.r.site.Languages {
		if f.Pages[lang.Index] == nil {
			key.missing += lang.Code + " "
		}
	}
	kept, known := v.r.once.Load(key)
	if !known {
		s := &Section{Frame{Language: v.Language, Setting: Setting{Copy: v.Copy}, r: v.r, from: v.from, refs: &Refs{}}, key}
		drawn, err := s.draw()
		if err != nil {
			return "", err
		}
		kept, _ = v.r.once.LoadOrStore(key, section{strings.Split(drawn, fileName), s.refs,
			strings.Contains(drawn, pageCode)})
	}
	v.refs.add(kept.(section).refs)
	html := strings.Join(kept.(section).html, name)
	if kept.(section).coded {
		html = strings.Replace(html, pageCode, v.r.site.Reference(f, v.Language), 1)
	}
	return template.HTML(html), nil
}

// layoutPart names a part of a layout.
type layoutPart struct {
	layout *template.Template
	part   string
}

// draw draws the part, as Renderer.execute does a page: html/template the first of its kind.
func (s *Section) draw() (string, error) {
	of := layoutPart{s.layout, s.part}
	if q, seen := s.r.parts.Load(of); seen {
		var out []byte
		if q.(*quick).draw(&out, s.part, s) {
			return string(out), nil
		}
		*s.refs = Refs{}
	}
	var b strings.Builder
	if err := s.layout.ExecuteTemplate(&b, s.part, s); err != nil {
		return "", err
	}
	s.r.parts.LoadOrStore(of, &quick{layout: s.layout})
	return b.String(), nil
}

// errNoPage says why a Section has no name: without it the language's name and
// the site's title would stand where a page's was meant.
var errNoPage = errors.New("what Once draws has no page; ask outside it, or for .Language.Name or .SiteTitle")

// Name fails.
func (s *Section) Name() (string, error) { return "", errNoPage }

// Title fails.
func (s *Section) Title() (string, error) { return "", errNoPage }

// Crumbs returns the way from the home page to the page above these.
func (s *Section) Crumbs() []Link { return s.crumbs(s.above) }

// Languages returns the page in every language, as View.Languages does.
func (s *Section) Languages() []Link {
	return s.languages(path.Join(s.folder, cmp.Or(s.own, fileName)), func(lang *site.Language) bool {
		return strings.Contains(s.missing, lang.Code+" ")
	})
}

// Help returns the link to the help page that fits these readers, nil for none.
func (s *Section) Help() *Link { return s.helpLink(s.help, s.helpHere) }

// Place returns where the page itself is, whichever it is: its address in the published
// site, or its path below the root of the site when that has none.
//
// Its path is as the links of the language menu have it, which costs nothing: it breaks
// before the name of the file only.
func (s *Section) Place() template.HTML {
	folder := path.Join(s.Code, s.folder) + "/"
	name := template.HTMLEscapeString(folder) + "<wbr>" + cmp.Or(s.own, fileName) + ".html"
	if s.r.site.URL != "" {
		return s.Address(s.r.site.URL) + template.HTML(`<wbr><bdi dir="ltr">`+name+"</bdi>")
	}
	return template.HTML(`<bdi dir="ltr">` + name + "</bdi>")
}

// Reference returns the short code of the page itself, whichever it is.
func (s *Section) Reference() string { return pageCode }

// Exit reports whether the pages show the link to leave them.
func (s *Section) Exit() bool { return s.exit }
