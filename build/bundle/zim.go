package bundle

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"fieldguide/build/letters"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/zim"
)

// zimFormat makes a unit a book for Kiwix.
var zimFormat = &Format{Name: "zim", Media: "application/octet-stream", All: true, Problems: zimProblems, Make: makeZIM}

func makeZIM(p *Press, u *site.Unit, to io.Writer) error {
	files, err := p.Files(u)
	if err != nil {
		return err
	}
	facts := map[*site.Language]*letters.Facts{}
	for _, lang := range p.site.Languages {
		of := letters.Of(lang)
		facts[lang] = &of
	}
	entries := make([]zim.Entry, 0, len(files))
	for _, f := range files {
		entries = append(entries, p.zimEntry(f, facts))
	}
	return zim.Write(to, p.zimBook(u, p.Language), entries, p.scratch)
}

// zimEntry is a file of a site as it lies in a ZIM.
func (b *Binder) zimEntry(f File, facts map[*site.Language]*letters.Facts) zim.Entry {
	e := zim.Entry{Path: f.Name, MIME: mimeOf(f.Name), Size: f.Size(), Open: f.Bytes, Cluster: "other"}
	if f.Family != nil {
		page, words := f.Family.In(b.site, f.Language)
		e.Title = markdown.Plain(words, page.Title)
		e.Cluster = f.Language.Code // by language and set a third more bytes
		if f.shared() {
			e.Cluster, e.Pieces = e.Cluster+" "+f.Family.Kind.ID, true
		}
		e.Front = f.Front && words == f.Language
		e.Letters = facts[words]
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

// zimProblems returns what Kiwix would not show of a unit's titles.
func zimProblems(b *Binder, u *site.Unit) []site.Finding {
	var list []site.Finding
	source := b.zimBook(u, b.site.Source).Title
	for _, lang := range b.languages(u) {
		words := cmp.Or(lang, b.site.Source)
		book := b.zimBook(u, lang)
		for _, p := range book.Problems() {
			file := "content/" + words.Code + "/ui.yaml"
			place, hint, message := site.Place{File: file}, "", "bundles for Kiwix: "+p.String()
			switch p.Field {
			case "Title":
				if words != b.site.Source && book.Title == source {
					continue // the page falls back
				}
				place, hint = b.site.Written.At(file, "bundles", u.ID), "give it a short name under bundles: in ui.yaml"
				message = fmt.Sprintf("the title %q of unit %q, for Kiwix, %s", book.Title, u.ID, p.Message)
			case "Description":
				place, hint = b.site.Written.At(file, "tagline"), "shorten tagline:"
			case "Illustration":
				place, hint = site.Place{File: iconFile}, "a PNG of 48 by 48 pixels"
			}
			list = append(list, place.Find(site.Error, "bundles", hint, "%s", message))
		}
	}
	return list
}

var mimes = map[string]string{
	".html": "text/html", ".js": "application/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
	".jpeg": "image/jpeg", ".gif": "image/gif", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".oga": "audio/ogg",
	".m4a": "audio/mp4", ".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm",
	".xml": "application/xml", ".txt": "text/plain", ".pdf": "application/pdf",
}

func mimeOf(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 && mimes[strings.ToLower(name[i:])] != "" {
		return mimes[strings.ToLower(name[i:])]
	}
	return "application/octet-stream"
}
