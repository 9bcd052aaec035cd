package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"

	"fieldguide/build/content"
	"fieldguide/build/epub"
	"fieldguide/build/markdown"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// epubFormat makes a unit a book for e-readers.
var epubFormat = &Format{Name: "epub", Media: "application/epub+zip",
	Words: []string{"contents", "begin", "access-summary"}, Make: makeEPUB}

func makeEPUB(p *Press, u *site.Unit, to io.Writer) error {
	lang, pages := p.Language, p.pages(u)
	at := func(from, to *site.Family, place string) string {
		if from == to && place != "" {
			return "#" + place
		}
		return withPlace(content.Relative(from.Path, to.Path)+".xhtml", place)
	}
	book := &render.Book{XML: true, Part: func(*site.Family) string { return "" }, To: p.within(pages, at)}
	held := &holding{press: p, in: map[string]onShow{}}
	if !u.TextOnly {
		book.Picture, book.Sound = held.picture, held.sound
	}
	cover := p.cover(u, pages, "index")
	title := markdown.Plain(lang, cover.Title)
	w, err := epub.NewWriter(to, &epub.Book{
		ID: p.site.Bundles.Name + "/" + lang.Code + "/" + u.ID, Title: title, Language: lang.Code, Dir: lang.Dir,
		Publisher: lang.Words.Title, Description: lang.Tagline, Rights: p.site.Licence.String(),
		Source: p.site.URL, Date: p.day,
		Style: p.render.BookStyle(lang), Contents: lang.Word("contents"), Start: lang.Word("begin"),
		Access: epub.Access{Summary: lang.Word("access-summary")},
	})
	if err != nil {
		return err
	}
	first, err := p.colophon(cover, title)
	if err == nil {
		err = w.Add(&epub.Chapter{Name: "cover", Title: title, Level: 1, Lang: lang.Code, Dir: lang.Dir, Class: "cover", Body: first})
	}
	levels := levelsOf(tree(pages))
	for _, f := range pages {
		if err != nil {
			return err
		}
		err = p.chapter(w, f, book, levels[f])
	}
	if err == nil {
		err = held.add(w, u.Cover)
	}
	if err != nil {
		return err
	}
	return w.Close()
}

// colophon is the first page of a book.
func (p *Press) colophon(cover *render.Cover, title string) ([]byte, error) {
	text, err := p.render.Colophon(&p.worker, p.Language, cover)
	return append([]byte("<h1>"+template.HTMLEscapeString(title)+"</h1>\n"), text...), err
}

// chapter adds a page to a book.
func (p *Press) chapter(w *epub.Writer, f *site.Family, book *render.Book, level int) error {
	main, err := p.main(f, book)
	if err != nil {
		return err
	}
	page, words := f.In(p.site, p.Language)
	err = w.Add(&epub.Chapter{Name: "text/" + f.Path, Title: markdown.Plain(words, page.Title), Level: level,
		Lang: words.Code, Dir: words.Dir, Class: f.Kind.ID, Last: f.Kind.Shared,
		Body: bytes.TrimSpace(main.HTML), Drawing: main.Drawing, Images: main.Images, Sounds: main.Sounds})
	var markup *epub.MarkupError
	if errors.As(err, &markup) {
		file := "layouts/" + f.Kind.Layout + ".html"
		return &render.LayoutError{Finding: site.Finding{File: file, Level: site.Error, Check: "layouts",
			Message: fmt.Sprintf("in e-books, what \"main\" makes of %s must be XML: %v", f.File(p.Language), markup.Reason),
			Hint:    `close every element in order, <br/> too, and give every attribute its value: hidden=""`}}
	}
	return err
}

// levelsOf returns how deep each page stands in the table of contents, from 1.
func levelsOf(top []*entry) map[*site.Family]int {
	levels := map[*site.Family]int{}
	var walk func([]*entry, int)
	walk = func(list []*entry, level int) {
		for _, e := range list {
			levels[e.family] = level
			walk(e.under, level+1)
		}
	}
	walk(top, 1)
	return levels
}
