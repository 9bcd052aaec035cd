package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Addresses makes the files that need to know where the site is published:
// sitemap.xml with the twins of each page, a feed for each language, and
// robots.txt. Without a base URL there are none.
func (r *Renderer) Addresses(put func(name string, data []byte) error) error {
	if r.site.URL == "" {
		return nil
	}
	robots := "User-agent: *\nAllow: /\nSitemap: " + r.site.URL + "sitemap.xml\n"
	if err := put("robots.txt", []byte(robots)); err != nil {
		return err
	}
	if err := putXML(put, "sitemap.xml", r.sitemap()); err != nil {
		return err
	}
	for _, lang := range r.site.Languages {
		if err := putXML(put, lang.Code+"/feed.xml", r.feed(lang)); err != nil {
			return err
		}
	}
	return nil
}

func putXML(put func(string, []byte) error, name string, v any) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return put(name, append(b.Bytes(), '\n'))
}

type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc        string        `xml:"loc"`
	LastMod    string        `xml:"lastmod,omitempty"`
	Alternates []sitemapTwin `xml:"xhtml:link"`
}

type sitemapTwin struct {
	Rel      string `xml:"rel,attr"`
	Hreflang string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

// forOthers returns the address of a page for readers of languages that the site has
// not: the language chooser in place of the home page, and the source page.
func (r *Renderer) forOthers(f *site.Family) string {
	if f.Parent == nil {
		return r.site.URL
	}
	return r.site.URL + f.File(r.site.Source)
}

// sitemap lists translated pages only: a page that falls back says noindex.
func (r *Renderer) sitemap() sitemap {
	m := sitemap{XHTML: "http://www.w3.org/1999/xhtml"}
	for _, f := range r.site.Families {
		if f.Kind.Hidden {
			continue
		}
		var twins []sitemapTwin
		for _, lang := range r.site.Languages {
			if f.Pages[lang.Index] != nil {
				twins = append(twins, sitemapTwin{"alternate", lang.Code, r.site.URL + f.File(lang)})
			}
		}
		twins = append(twins, sitemapTwin{"alternate", "x-default", r.forOthers(f)})
		for _, lang := range r.site.Languages {
			if p := f.Pages[lang.Index]; p != nil {
				m.URLs = append(m.URLs, sitemapURL{Loc: r.site.URL + f.File(lang), LastMod: p.Updated, Alternates: twins})
			}
		}
	}
	return m
}

type feed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  feedAuthor  `xml:"author"`
	Rights  string      `xml:"rights,omitempty"`
	Links   []feedLink  `xml:"link"`
	Entries []feedEntry `xml:"entry"`
}

type feedAuthor struct {
	Name string `xml:"name"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type feedEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    feedLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// feed is RFC 4287. A page without a date of its own has the edition's.
func (r *Renderer) feed(lang *site.Language) feed {
	home := r.site.URL + lang.Code + "/"
	first, _ := r.site.EditionDate()
	edition := first.Format(time.RFC3339)
	f := feed{Lang: lang.Code, ID: home, Title: markdown.Plain(lang, lang.Words.Title), Updated: edition, Rights: r.site.Licence.String(),
		Author: feedAuthor{markdown.Plain(lang, lang.Words.Title)},
		Links:  []feedLink{{Rel: "self", Type: "application/atom+xml", Href: home + "feed.xml"}, {Href: home + "index.html"}}}
	for _, family := range r.site.Families {
		p := family.Pages[lang.Index]
		if p == nil || family.Kind.Hidden {
			continue
		}
		address, updated := r.site.URL+family.File(lang), edition
		if p.Updated != "" {
			updated = p.Updated + "T00:00:00Z"
		}
		f.Updated = max(f.Updated, updated)
		f.Entries = append(f.Entries, feedEntry{ID: address, Title: markdown.Plain(lang, p.Title), Updated: updated,
			Link: feedLink{Href: address}, Summary: markdown.Plain(lang, p.Summary)})
	}
	return f
}
