package render

import (
	"html/template"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Download is a bundle that a page offers.
type Download struct {
	Unit   string        // id of what it holds
	Title  template.HTML // of what it holds
	Name   string        // the same as it is written
	Format string        // zip, html, epub, zim, pdf
	File   string        // in the output
	Bytes  int
}

// Offer is a Download as a layout shows it.
type Offer struct {
	Download
	Href    template.URL
	Words   template.HTML // what the format is good for
	Label   string        // that and what the file holds, for who hears the link alone
	Size    template.HTML
	Seconds template.HTML // that it takes on a slow network
}

// Shelf holds what one unit offers, the smallest first.
type Shelf struct {
	ID     string
	Title  template.HTML
	Offers []Offer
}

// slow is the network that sizes are told in: 50 kbit/s, in bytes a second.
const slow = 50_000 / 8

// Shelves returns the downloads of the page, unit by unit.
func (v *View) Shelves() []Shelf {
	var list []Shelf
	for _, d := range v.Downloads {
		if len(list) == 0 || list[len(list)-1].ID != d.Unit {
			list = append(list, Shelf{ID: d.Unit, Title: d.Title})
		}
		shelf := &list[len(list)-1]
		shelf.Offers = append(shelf.Offers, Offer{Download: d,
			Href:    v.file(d.File),
			Words:   v.T("format-" + d.Format),
			Label:   markdown.Plain(v.Language, v.Word("format-"+d.Format)+" · "+d.Name),
			Size:    v.Fill("kilobytes", "n", v.Number(about((d.Bytes+999)/1000))),
			Seconds: v.sayCount("seconds", about(max(1, (d.Bytes+slow-1)/slow))),
		})
	}
	return list
}

// about rounds a number up to two digits and zeros: the pages that offer a bundle need
// not change with each byte of it.
func about(n int) int {
	unit := 1
	for n > 99*unit {
		unit *= 10
	}
	return (n + unit - 1) / unit * unit
}

// Bundled returns the title of what a unit of bundles holds: the set's, the
// page's of its folder, or the site's; where it is to be brief, the name that
// ui.yaml has for it under bundles, or a short one.
func (r *Renderer) Bundled(u *site.Unit, lang *site.Language, brief bool) string {
	name, _ := lang.Say("bundles", u.ID)
	switch {
	case brief && name != "":
		return name
	case u.Set != "":
		name, _ = lang.Say("sets", u.Set)
		return name
	case u.Page != "":
		p, _ := r.site.Family(u.Page).In(r.site, lang)
		return p.Title
	case u.Folder != "":
		f := r.site.Family(u.Folder + "/index")
		if f == nil {
			return u.ID
		}
		p, _ := f.In(r.site, lang)
		ages := ""
		if f.Band.Aged() {
			ages = lang.Fill("ages", "ages", lang.Ages(f.Band))
		}
		switch {
		case brief && ages != "":
			return ages
		case brief:
			return p.Name()
		case ages != "" && !strings.Contains(p.Title, lang.Ages(f.Band)):
			return ages + " · " + p.Title
		}
		return p.Title
	}
	return lang.Words.Title
}

// Date is the edition's date for readers who compare copies.
func (v *View) Date() string {
	day, ok := v.r.site.EditionDate()
	if !ok {
		return ""
	}
	return day.Format("2006-01-02")
}

// Sums is where the checksums of all files are, bundles included.
func (v *View) Sums() template.URL { return v.file("SHA256SUMS") }
