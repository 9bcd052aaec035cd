package render

import (
	"fmt"
	"html/template"
	"slices"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Body is what a page says in a language: its Markdown as HTML, and what it
// refers to. It is the same in all languages that fall back to it, because
// links within the site are relative.
type Body struct {
	*markdown.Text
	Words *site.Language // that it is written in
	Refs                 // of its text
	Cited []string       // records of resources.yaml that it rests on, in the order of first use

	Behind bool   // it is a translation, and the source page has changed since
	Since  string // when that was, YYYY-MM-DD; "" when nobody said so
}

// Body writes what a family says in one of its own languages.
func (r *Renderer) Body(w *Worker, t *content.Texts, lang *site.Language) *Body {
	b := &Body{Words: lang}
	st := t.Standings[lang.Index]
	if st != nil && st.State == translate.Stale {
		b.Behind, b.Since = true, st.Since
	}
	b.Text = w.markdown.Page(t.Docs[lang.Index], markdown.Options{
		Language: lang,
		Blocks:   r.site.Blocks,
		IDs:      t.PlaceIDs(r.site, lang),
		Data:     r.data[lang.Index],
		Link: func(dest string) string {
			target := content.Resolve(r.site, t.Family, dest)
			switch {
			case target.Source != "":
				if !slices.Contains(b.Cited, target.Source) {
					b.Cited = append(b.Cited, target.Source)
				}
			case target.Family != nil:
				b.family(target.Family)
			case target.File(r.site, lang) != "":
				b.static(target.File(r.site, lang))
			}
			return r.address(t.Family, target, lang)
		},
		Picture: func(dest string) *markdown.Picture { return r.picture(t, lang, b, dest) },
		Clip:    func(dest string) *markdown.Clip { return r.clip(t, lang, b, dest) },
		Behind:  r.behind(t.Family, lang, st),
		Drawing: func(dest string) []byte { return []byte(r.drawings[drawingName(dest)].html) },
	})
	r.sayCited(b)
	return b
}

// behind says what a text shows of what has changed since it was translated, nil
// for nothing.
func (r *Renderer) behind(f *site.Family, lang *site.Language, st *translate.Standing) *markdown.Behind {
	if st == nil {
		return nil
	}
	mark := st.State == translate.Stale && r.site.ShowStale(f) == site.ShowMark
	if !mark && !slices.Contains(st.Gone, true) {
		return nil
	}
	words := r.words[lang.Index]
	b := &markdown.Behind{Gone: st.Gone, OldNote: words["stale-here"], MoreNote: words["stale-more"],
		GoneNote: words["withdrawn"], HelpNote: words["help"]}
	if mark {
		b.Old, b.Added = st.Old, st.Added
	}
	if help := r.site.Family(r.site.HelpFor(f)); help != nil && help != f {
		b.Help = content.Relative(f.Path, help.Path) + ".md"
	}
	return b
}

// address returns what a link of a page in family f to a target is written
// as in HTML, "" when it leads nowhere.
func (r *Renderer) address(f *site.Family, t content.Target, lang *site.Language) string {
	href := t.URL
	switch {
	case t.Family == f && t.Fragment != "":
		return "#" + t.Fragment
	case t.Family != nil:
		href = content.Relative(f.Path, t.Family.Path) + ".html"
	case t.File(r.site, lang) != "":
		href = fileFrom(f, t.File(r.site, lang))
	}
	if t.Fragment != "" {
		href += "#" + content.Encoded(t.Fragment)
	}
	return href
}

// fileFrom returns the address of a file in the output, seen from a page in any language.
func fileFrom(f *site.Family, name string) string {
	return content.Encoded(content.Relative("language/"+f.Path, name))
}

// written returns the HTML of a body where the page stands.
func (v *View) written(b *Body) template.HTML {
	switch {
	case v.Book != nil:
	case v.TextOnly && len(b.Media) > 0, v.NoVideos && b.Has(markdown.Video):
		left := b.Media
		if !v.TextOnly {
			left = b.Videos()
		}
		return template.HTML(b.Append(nil, markdown.Form{Words: v.TextOnly, Left: v.left(), Link: func(dest string) (string, bool) {
			t := content.Resolve(v.r.site, v.Family, dest)
			if name := t.File(v.r.site, b.Words); slices.Contains(left, name) {
				return v.online(name)
			}
			return v.r.address(v.Family, t, b.Words), true
		}}))
	default:
		return b.HTML
	}
	show := func(attrs func(page *site.Family, name string) (string, bool)) func(name string) (string, bool) {
		return func(name string) (string, bool) {
			if attrs == nil {
				return "", false
			}
			return attrs(v.Family, name)
		}
	}
	return template.HTML(b.Append(nil, markdown.Form{
		Part: v.part(), Deeper: v.Book.Deeper, XML: v.Book.XML, Words: v.TextOnly, Left: v.left(),
		Picture: show(v.Book.Picture), Sound: show(v.Book.Sound),
		Link: func(dest string) (string, bool) {
			t := content.Resolve(v.r.site, v.Family, dest)
			if t.URL != "" {
				return t.URL, true
			}
			if name := t.File(v.r.site, b.Words); name != "" {
				return v.online(name)
			}
			return v.Book.To(v.Family, t.Family, t.Fragment)
		},
	}))
}

// left says, in the reader's language, that a video is left out.
func (v *View) left() string {
	return fmt.Sprintf("<p%s>%s</p>\n", v.Own(), v.T("video-away"))
}

// online returns the address of a file in the published site, false when the
// site does not know where that is.
func (v *View) online(name string) (string, bool) {
	return v.r.site.URL + content.Encoded(name), v.r.site.URL != ""
}

// part returns the prefix of the page's ids, "" in a file of its own.
func (v *View) part() string {
	if v.Book == nil {
		return ""
	}
	return v.Book.Part(v.Family)
}

// ID returns the id of a place of the page where the page stands:
// <h{{.H 2}} id="{{.ID "more"}}">.
// It holds a dot, which ids of a text never do.
func (v *View) ID(place string) string { return markdown.PlaceID(v.part(), "page."+place) }
