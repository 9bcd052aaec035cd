package bundle

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"

	"fieldguide/build/content"
	"fieldguide/build/epub"
	"fieldguide/build/media"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Medium is a picture, a sound or a video, ready to be shown.
type Medium struct {
	*media.Made
	Files []output.File // that it is published as, in the order of Made.Files
	Bytes func(i int) ([]byte, error)
}

// onShow is a medium in one of its sizes.
type onShow struct {
	*Medium
	i int
}

// Size implements source.
func (s onShow) Size() int { return int(s.Files[s.i].Size) }

// Packed implements source.
func (s onShow) Packed() (pack.Packed, error) {
	data, err := s.Bytes()
	return pack.Deflate(data), err
}

// Bytes implements source.
func (s onShow) Bytes() ([]byte, error) { return s.Medium.Bytes(s.i) }

// isVideo reports whether a file that pages show or link to is a video.
func (b *Binder) isVideo(name string) bool {
	if !media.IsNameOf(media.Video, name) || !b.shows[name] {
		return false
	}
	m, err := b.medium(name)
	return err == nil && m != nil && m.Kind.Sort == media.Video
}

// leaves reports whether a unit leaves a file out that its pages show or link to.
func (b *Binder) leaves(u *site.Unit, name string) bool { return !u.Videos && b.isVideo(name) }

// shown calls add for each file of what pages of a unit show.
func (b *Binder) shown(u *site.Unit, names []string, add func(name string, s source)) error {
	for _, name := range names {
		if b.leaves(u, name) {
			continue
		}
		m, err := b.medium(name)
		if err != nil {
			return err
		}
		for i := range m.filesOrNone() {
			add(m.Files[i].Name, onShow{m, i})
		}
	}
	return nil
}

func (m *Medium) filesOrNone() []output.File {
	if m == nil {
		return nil
	}
	return m.Files
}

// inside returns a picture as the attributes of an element that holds it: in the size that a file of few bytes wants,
// or the best one.
func (b *Binder) inside(small bool) func(*site.Family, string) (string, bool) {
	return func(_ *site.Family, name string) (string, bool) {
		m, err := b.medium(name)
		if err != nil || m == nil || m.Kind.Sort != media.Picture {
			return "", false
		}
		i := 0
		if small {
			i = len(m.Files) - 1
		}
		data, err := m.Bytes(i)
		if err != nil {
			return "", false
		}
		address := "data:" + m.Kind.Type + ";base64," + base64.StdEncoding.EncodeToString(data)
		return render.PictureAttrs(m.Made.Files[i], address), true
	}
}

// heaviest names the pictures that weigh most among those that pages of a bundle show.
func (p *Press) heaviest(pages []*site.Family) (string, error) {
	type weight struct {
		name string
		size int
	}
	var list []weight
	for _, f := range pages {
		body, err := p.Body(f, p.Language)
		if err != nil {
			return "", err
		}
		for _, name := range body.Media {
			m, err := p.medium(name)
			if err != nil {
				return "", err
			}
			known := func(w weight) bool { return w.name == name }
			if m != nil && m.Kind.Sort == media.Picture && !slices.ContainsFunc(list, known) {
				list = append(list, weight{name, m.Made.Files[len(m.Made.Files)-1].Size})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b weight) int { return cmp.Compare(b.size, a.size) })
	words := ""
	for i, w := range list[:min(3, len(list))] {
		if i > 0 {
			words += ", "
		}
		words += fmt.Sprintf("%s (%d bytes)", p.site.SourceOf(w.name), w.size)
	}
	return words, nil
}

// holding are the pictures and sounds that an e-book holds, by the names of its files.
type holding struct {
	press *Press
	in    map[string]onShow
}

// hold takes in a medium in its best size and returns its address from a page.
func (h *holding) hold(page *site.Family, name string) (m *Medium, address string) {
	m, err := h.press.medium(name)
	if err != nil || m == nil {
		return nil, ""
	}
	file := "media/" + m.Files[0].Name
	h.in[file] = onShow{m, 0}
	return m, content.Encoded(content.Relative("text/"+page.Path, file))
}

func (h *holding) picture(page *site.Family, name string) (string, bool) {
	m, address := h.hold(page, name)
	if m == nil {
		return "", false
	}
	return render.PictureAttrs(m.Made.Files[0], address), true
}

func (h *holding) sound(page *site.Family, name string) (string, bool) {
	m, address := h.hold(page, name)
	return render.SoundAttrs(address), m != nil
}

// add writes what is held, and the cover, a picture in static/; "" for none.
func (h *holding) add(w *epub.Writer, cover string) error {
	if cover != "" {
		m, err := h.press.medium(cover)
		if err != nil || m == nil {
			return err
		}
		cover = "media/" + m.Files[0].Name
		h.in[cover] = onShow{m, 0}
	}
	for _, name := range slices.Sorted(maps.Keys(h.in)) {
		s := h.in[name]
		data, err := s.Bytes()
		if err == nil {
			err = w.AddFile(epub.File{Name: name, Type: s.Kind.Type, Cover: name == cover}, data)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
