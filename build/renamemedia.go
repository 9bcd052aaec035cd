package build

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"go.yaml.in/yaml/v3"
)

// plannedMedia works out which pictures, sounds and videos move with pages: all in a folder that moves; those that lie
// with a page, and that no page shows or links to but those that move. What lies in another layer, or would meet a file
// of its name, stays. Their paths are those below a language's folder.
func (r *renaming) plannedMedia(fsys fs.FS) error {
	r.media = map[string]string{}
	var uses map[string][]string
	for _, name := range r.site.Media {
		_, was, _ := strings.Cut(name, "/")
		if _, done := r.media[was]; done {
			continue
		}
		is := r.folder(was)
		for old, new := range r.moves {
			if is != was || path.Dir(old) == path.Dir(new) || !r.liesWith(was, old) {
				continue
			}
			if uses == nil {
				var err error
				if uses, err = r.usedMedia(fsys); err != nil {
					return err
				}
			}
			stays := func(page string) bool { return r.moves[page] == "" }
			if slices.Contains(uses[was], old) && !slices.ContainsFunc(uses[was], stays) {
				is = path.Join(path.Dir(new), strings.TrimPrefix(was, path.Dir(old)+"/"))
			}
		}
		if is != was && r.canMove(was, is) {
			r.media[was] = is
		}
	}
	return r.moveMedia()
}

// liesWith reports whether a file lies beside a page, or below it in a folder where no page lies.
func (r *renaming) liesWith(name, page string) bool {
	in, folder := path.Dir(name), path.Dir(page)
	if in == folder {
		return true
	}
	inside := func(f *site.Family) bool { return strings.HasPrefix(f.Path, in+"/") }
	return (folder == "." || strings.HasPrefix(in, folder+"/")) && !slices.ContainsFunc(r.site.Families, inside)
}

// usedMedia returns which pages show each file beside a page, or link to it, in any language.
func (r *renaming) usedMedia(fsys fs.FS) (map[string][]string, error) {
	uses := map[string][]string{}
	for _, f := range r.site.Families {
		for _, lang := range r.site.Languages {
			name := file(lang, f.Path)
			text, err := fs.ReadFile(fsys, name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("reading %s: %w", name, err)
			}
			text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
			_, start, _ := content.ParseFront(name, text)
			for _, p := range markdown.Parse(name, text, start).Destinations() {
				t := content.Resolve(r.site, f, markdown.Destination([]byte(p.Dest)))
				if t.Beside != "" && !slices.Contains(uses[t.Beside], f.Path) {
					uses[t.Beside] = append(uses[t.Beside], f.Path)
				}
			}
		}
	}
	return uses, nil
}

// canMove reports whether all files of a path, in whatever languages, can get another.
func (r *renaming) canMove(was, is string) bool {
	for _, lang := range r.site.Languages {
		in := "content/" + lang.Code + "/"
		_, has := slices.BinarySearch(r.site.Media, lang.Code+"/"+was)
		_, lacks := fs.Stat(r.own, in+was)
		_, free := fs.Stat(r.own, in+is)
		if has && lacks != nil || slices.Contains(r.site.Media, lang.Code+"/"+is) || !errors.Is(free, fs.ErrNotExist) {
			return false
		}
	}
	return true
}

// moveMedia gives files their new paths, and credits follow them.
func (r *renaming) moveMedia() error {
	for _, name := range r.site.Media {
		lang, was, _ := strings.Cut(name, "/")
		if is := r.media[was]; is != "" {
			from, to := "content/"+name, "content/"+lang+"/"+is
			data, err := fs.ReadFile(r.own, from)
			if err != nil {
				return fmt.Errorf("reading %s: %w", from, err)
			}
			r.Files = append(r.Files, [2]string{from, to})
			r.Edits[from] = nil
			r.edit(to, data, data)
		}
	}
	text, err := fs.ReadFile(r.own, content.CreditsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", content.CreditsFile, err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil || len(doc.Content) == 0 {
		return nil // empty: what is wrong with it was said
	}
	e := &valueEdits{file: content.CreditsFile, text: text}
	for i := 0; i+1 < len(doc.Content[0].Content); i += 2 {
		if key := doc.Content[0].Content[i]; r.media[key.Value] != "" {
			e.replace(key, r.media[key.Value])
		}
	}
	after, err := e.edited()
	if err == nil && !bytes.Equal(after, text) {
		r.edit(content.CreditsFile, text, after)
	}
	return err
}
