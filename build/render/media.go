package render

import (
	"fmt"
	"html"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/media"
	"fieldguide/build/site"
)

// picture returns the picture that an image of a page means, nil for none.
func (r *Renderer) picture(t *content.Texts, lang *site.Language, b *Body, dest string) *markdown.Picture {
	made, name, target := r.made(t, lang, b, dest)
	if made == nil || made.Kind.Sort != media.Picture {
		return nil
	}
	address := func(i int) string { return fileFrom(t.Family, made.Name(name, made.Files[i])) }
	last := len(made.Files) - 1
	attrs := PictureAttrs(made.Files[0], address(last)) // old engines, which know one address, run on small screens
	if last > 0 {
		var set []string
		for i, f := range made.Files {
			set = append(set, fmt.Sprintf("%s %dw", address(i), f.Width))
		}
		attrs += ` srcset="` + html.EscapeString(strings.Join(set, ", ")) + `" sizes="100vw"`
	}
	return &markdown.Picture{Name: name, Attrs: attrs, Credit: r.site.Credits[target]}
}

// made returns what came of the picture, the sound or the video that a destination means, nil for none, the name of its file, and
// what it is called by its credit.
func (r *Renderer) made(t *content.Texts, lang *site.Language, b *Body,
	dest string) (made *media.Made, name, target string) {
	to := content.Resolve(r.site, t.Family, dest)
	name = to.File(r.site, lang)
	if name == "" || t.Media == nil {
		return nil, "", ""
	}
	b.medium(name)
	made, _ = t.Media(name)
	return made, name, to.Static + to.Beside
}

// PictureAttrs returns the attributes of an element that shows a picture from an address in the room of a size.
func PictureAttrs(room media.File, address string) string {
	return fmt.Sprintf(` src="%s" width="%d" height="%d"`, html.EscapeString(address), room.Width, room.Height)
}

// SoundAttrs returns the attribute of an element that plays a sound from an address.
func SoundAttrs(address string) string { return ` src="` + html.EscapeString(address) + `"` }

// clip returns the sound or the video that a link of a page leads to, nil for none. Of a video its kind is said, too:
// what plays it is not the page.
func (r *Renderer) clip(t *content.Texts, lang *site.Language, b *Body, dest string) *markdown.Clip {
	made, name, _ := r.made(t, lang, b, dest)
	if made == nil || made.Kind.Sort == media.Picture {
		return nil
	}
	size := lang.Fill("kilobytes", "n", lang.Number((made.Files[0].Size+999)/1000))
	c := &markdown.Clip{Name: name, Facts: lang.Clock(made.Seconds) + " · " + size}
	if made.Kind.Sort == media.Video {
		c.Facts += " · " + made.Kind.Name
	} else {
		c.Attrs = SoundAttrs(fileFrom(t.Family, name))
	}
	return c
}
