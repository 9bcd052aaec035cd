package bundle

import (
	"bytes"
	"strings"
	"time"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/zim"
)

// zim makes a unit a book for Kiwix.
func (p *press) zim(u *site.Unit) ([]byte, error) {
	files, err := p.files(u)
	if err != nil {
		return nil, err
	}
	var entries []zim.Entry
	for _, f := range files {
		entries = append(entries, p.zimEntry(f.name, p.lang, f.family, f.front, f.html))
	}
	return p.writeZIM(p.zimBook(u, p.lang), entries)
}

// zimEntry is a file of a site as it lies in a ZIM.
func (b *Binder) zimEntry(name string, lang *site.Language, f *site.Family, front bool, data []byte) zim.Entry {
	e := zim.Entry{Path: name, MIME: mimeOf(name), Content: data, Cluster: "other"}
	if f != nil {
		page, words := f.In(b.site, lang)
		e.Title = markdown.Plain(words, page.Title)
		e.Cluster = lang.Code // by language and set a third more bytes
		e.Front = front && words == lang
	}
	return e
}

// zimBook is what the ZIM of a unit says of itself. lang is nil for all
// languages in one.
func (b *Binder) zimBook(u *site.Unit, lang *site.Language) zim.Book {
	words, languages := lang, []*site.Language{lang}
	if lang == nil {
		words, languages = b.site.Source, b.site.Languages
	}
	var codes []string
	for _, l := range languages {
		base, _ := l.Tag.Base()
		codes = append(codes, base.ISO3())
	}
	name := strings.TrimPrefix(b.FileName(u, lang, ""), folder)
	return zim.Book{
		Name: strings.TrimSuffix(name, "."), Title: markdown.Plain(words, b.render.Bundled(u, words, true)), Description: words.Tagline, Language: strings.Join(codes, ","),
		Date: b.day.Format(time.DateOnly), Creator: words.Words.Title, Publisher: b.site.Source.Words.Title, License: b.site.Licence.Name,
		Flavour: b.site.Edition, Scraper: "fieldguide", Illustration: b.icon, Main: "index.html",
	}
}

func (b *Binder) writeZIM(book zim.Book, entries []zim.Entry) ([]byte, error) {
	var out bytes.Buffer
	err := zim.Write(&out, book, entries)
	return out.Bytes(), err
}

var mimes = map[string]string{
	".html": "text/html", ".js": "application/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
	".xml": "application/xml", ".txt": "text/plain", ".pdf": "application/pdf",
}

func mimeOf(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 && mimes[name[i:]] != "" {
		return mimes[name[i:]]
	}
	return "application/octet-stream"
}
