package render

import (
	"html/template"
	"path"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Part is one page among others on a print page.
type Part struct {
	ID      string
	Name    template.HTML
	Lang    *site.Language // set when the words are not in the language of the page's title
	Body    template.HTML
	Drawing template.HTML
}

// printName is the file name of print pages, beside the index they belong to.
const printName = "print"

// Print makes the print page of an index in every language: its pages one
// after the other, in one file that a copier shop can open. Links between
// them lead to places on the page, all others to the site.
func (r *Renderer) Print(w *Worker, index *site.Family, pages []*content.Texts, emit func(Page) error) error {
	page := *index
	page.Path = path.Join(index.Folder(), printName)
	page.Parent, page.Prev, page.Next = index, nil, nil
	page.Kind = &site.Kind{ID: printStyle, Layout: printName}
	for _, lang := range r.site.Languages {
		_, titled := index.In(r.site, lang)
		v := r.view(&page, lang, titled, body{})
		v.NoIndex = true
		text := 0
		for _, t := range pages {
			part, words, err := r.part(w, &page, t, lang)
			if err != nil {
				return err
			}
			if words != v.Words {
				part.Lang = words
			}
			text += len(part.Body)
			v.Parts = append(v.Parts, part)
		}
		if err := r.execute(w, printName, v); err != nil {
			return err
		}
		if err := emit(Page{Name: page.File(lang), Language: lang, HTML: w.page.Bytes(), Text: text, Style: len(v.Style), Fallback: v.Fallback()}); err != nil {
			return err
		}
	}
	return nil
}

// PrintPages returns the families that stand on the print page of an index.
func PrintPages(index *site.Family) []*site.Family {
	return slices.DeleteFunc(slices.Clone(index.Children), func(f *site.Family) bool { return f.IsIndex() || f.Kind.Hidden || f.Kind.Apart })
}

func (r *Renderer) part(w *Worker, on *site.Family, t *content.Texts, lang *site.Language) (Part, *site.Language, error) {
	p, words := t.In(r.site, lang)
	part := Part{ID: partID(t.Family), Name: markdown.HTML(words, p.Title), Drawing: r.drawings[t.Picture]}
	var cited sources
	part.Body = template.HTML(w.markdown.Page(t.Docs[words.Index], markdown.Options{
		Language: words,
		Blocks:   r.site.Blocks,
		IDs:      t.IDs,
		Prefix:   part.ID + "-",
		Deeper:   1,
		Data:     r.data[words.Index],
		Link: func(dest string) string {
			target := content.Resolve(r.site, t.Family, dest)
			cited.add(target)
			if target.Source == "" && (target.Family == nil || !slices.Contains(PrintPages(on.Parent), target.Family)) {
				return r.address(on, target)
			}
			return "#" + strings.TrimSuffix(partID(target.Family)+"-"+target.Fragment, "-")
		},
		Drawing: func(dest string) []byte { return []byte(r.drawings[drawingName(dest)]) },
	}))
	list, err := r.sources(words, cited, part.ID+"-")
	part.Body += list
	return part, words, err
}

// partID is the id of a page on a print page.
func partID(f *site.Family) string { return path.Base(f.Path) }

// Print returns the address of the print page of an index, "" when it has
// none.
func (v *View) Print() template.URL {
	if !slices.Contains(v.r.site.Print, v.Family.Path) || len(PrintPages(v.Family)) == 0 {
		return ""
	}
	return printName + ".html"
}
