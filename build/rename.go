package build

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Renamed is what becomes of a site when pages get other paths.
type Renamed struct {
	Files [][2]string // that move: from, to
	Edits Edits

	before map[string][]byte // the bytes of edited files, by their names now
}

// Rename works out how the page at a path below the languages' folders, or the folder of pages there, gets another: in
// all languages, in the links of all pages, in site.yaml and in the records of translations, with the pictures, sounds and
// videos that only it shows. Where readers can have
// been, moved: in site.yaml says where the page is now. Nothing is written; what cannot be is a Refusal.
func Rename(fsys fs.FS, old, new string) (*Renamed, error) {
	layers := content.Layers(fsys)
	r := &renaming{own: layers[len(layers)-1], Renamed: Renamed{Edits: Edits{}, before: map[string][]byte{}}}
	s, findings, err := content.LoadDrafts(fsys, nil)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(findings, func(f site.Finding) bool { return f.Level == site.Error }); i >= 0 {
		return nil, refuse("with this error in the site it is not certain what leads where:\n%s", findings[i])
	}
	r.site = s
	if r.moves, err = r.plan(r.path(old), r.path(new)); err != nil {
		return nil, err
	}
	r.folders = map[string]string{}
	if s.Family(r.path(old)) == nil {
		r.folders[r.path(old)] = r.path(new)
	}
	if err := r.plannedMedia(fsys); err != nil {
		return nil, err
	}
	for _, lang := range s.Languages {
		if err := r.pages(lang); err != nil {
			return nil, err
		}
	}
	for _, lang := range s.Languages {
		if err := r.records(lang); err != nil {
			return nil, err
		}
	}
	if err := r.settings(); err != nil {
		return nil, err
	}
	return &r.Renamed, nil
}

// LineChange is a line of a file before and after; one that is new was nothing before.
type LineChange struct {
	File    string // its name now, or where it moves to
	Line    int
	Was, Is string
}

// Changes returns the lines that change, file by file.
func (r *Renamed) Changes() []LineChange {
	var list []LineChange
	for _, name := range r.Edits.Names() {
		was, is := strings.Split(string(r.before[name]), "\n"), strings.Split(string(r.Edits[name]), "\n")
		for i, j := 0, 0; r.Edits[name] != nil && j < len(is); j++ {
			switch {
			case i < len(was) && was[i] == is[j]:
				i++
			case i >= len(was) || slices.Contains(is[j:], was[i]): // what stood here comes later
				list = append(list, LineChange{name, j + 1, "", is[j]})
			default:
				list = append(list, LineChange{name, j + 1, was[i], is[j]})
				i++
			}
		}
	}
	return list
}

// renaming is a Renamed while it is worked out.
type renaming struct {
	Renamed
	site    *site.Site
	own     fs.FS             // the layer in which files are edited
	moves   map[string]string // paths of pages
	folders map[string]string // folders whose pages all move
	media   map[string]string // paths of pictures, sounds and videos, below a language's folder
	rewording
}

// path takes a path of a page as people name it: without its ending, and without the folder of a language.
func (r *renaming) path(name string) string {
	name = strings.TrimSuffix(strings.Trim(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/"), ".md")
	for _, lang := range r.site.Languages {
		name = strings.TrimPrefix(name, "content/"+lang.Code+"/")
	}
	return name
}

// plan returns which pages get which paths.
func (r *renaming) plan(old, new string) (map[string]string, error) {
	s, moves := r.site, map[string]string{}
	var paths []string
	for _, f := range s.Families {
		paths = append(paths, f.Path)
		if strings.HasPrefix(f.Path, old+"/") && s.Family(old) == nil {
			moves[f.Path] = new + strings.TrimPrefix(f.Path, old)
		}
	}
	if s.Family(old) != nil {
		moves[old] = new
	}
	switch {
	case len(moves) == 0 && site.Nearest(old, paths) != "":
		return nil, refuse("there is no page %q; did you mean %s?", old, site.Nearest(old, paths))
	case len(moves) == 0 && len(paths) > 0:
		return nil, refuse("there is no page %q; it is named as below content/LANG, such as %s", old, paths[0])
	case len(moves) == 0:
		return nil, refuse("there is no page %q", old)
	case path.Base(old) == "index":
		return nil, refuse("%s is the page of its folder: rename the folder, or one page of it", old)
	}
	for _, name := range strings.Split(new, "/") {
		if markdown.Slug(name) != name {
			return nil, refuse("%q cannot be a path: names are made of a-z, 0-9 and hyphens; %q could be called %q", new, name,
				markdown.Slug(name))
		}
	}
	for _, set := range s.Sets {
		for _, section := range set.Sections {
			isBand := func(b *site.Band) bool { return old == section+"/"+b.ID }
			if old == section || slices.ContainsFunc(set.Bands, isBand) {
				return nil, refuse("%s is a folder of the set %s, which its pages belong to by their place: "+
					"change that in %s first", old, set.ID, site.SettingsFile)
			}
		}
	}
	for _, f := range s.Families {
		to, moved := moves[f.Path]
		if !moved {
			continue
		}
		for _, lang := range s.Languages {
			if _, err := fs.Stat(r.own, file(lang, to)); !errors.Is(err, fs.ErrNotExist) {
				return nil, refuse("there is a file at the new path already: %s", file(lang, to))
			}
		}
		folder := path.Dir(to)
		if s.Family(to) != nil {
			return nil, refuse("there is a page at the new path already: %s", to)
		}
		found := folder == "." || path.Base(to) == "index" || s.Family(folder+"/index") != nil
		if !found && moves[path.Dir(f.Path)+"/index"] == "" {
			return nil, refuse("the folder %s has no page of its own, so readers could not find this one: write %s first",
				folder, file(s.Source, folder+"/index"))
		}
	}
	return moves, nil
}

// file returns the file of a page in a language.
func file(lang *site.Language, path string) string {
	return "content/" + lang.Code + "/" + path + ".md"
}

// to returns the path that a page gets, or has.
func (r *renaming) to(path string) string { return cmp.Or(r.moves[path], path) }

// pages edits the pages of a language.
func (r *renaming) pages(lang *site.Language) error {
	root := "content/" + lang.Code
	return fs.WalkDir(r.own, root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == root:
			return fs.SkipAll
		case err != nil:
			return fmt.Errorf("reading %s: %w", root, err)
		case strings.HasPrefix(e.Name(), ".") && e.IsDir():
			return fs.SkipDir
		case !e.Type().IsRegular() || path.Ext(name) != ".md":
			return nil
		}
		text, err := fs.ReadFile(r.own, name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		was := strings.TrimSuffix(strings.TrimPrefix(name, root+"/"), ".md")
		edited, err := r.page(name, was, text)
		if err != nil {
			return err
		}
		if is := r.to(was); is != was {
			r.Files = append(r.Files, [2]string{name, file(lang, is)})
			r.Edits[name] = nil
			name = file(lang, is)
		} else if bytes.Equal(edited, text) {
			return nil
		}
		r.edit(name, text, edited)
		if lang == r.site.Source {
			r.note(was, text, edited, r.site.Limits)
		}
		return nil
	})
}

func (r *renaming) edit(name string, before, after []byte) {
	r.Edits[name], r.before[name] = after, before
}

// page returns the text of a page with its links where they have to lead. All else stays byte for byte.
func (r *renaming) page(name, was string, text []byte) ([]byte, error) {
	_, start, _ := content.ParseFront(name, text)
	lines := bytes.Count(text, []byte("\r\n"))
	lf := bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if lines > 0 {
		_, start, _ = content.ParseFront(name, lf)
	}
	from := &site.Family{Path: was}
	doc := markdown.Parse(name, lf, start)
	places := doc.Destinations()
	slices.SortStableFunc(places, func(a, b markdown.LinkPlace) int { return cmp.Compare(a.At, b.At) })
	out, end := lf[:start:start], 0
	for _, p := range places {
		dest := r.relink(from, p.Dest)
		if dest == p.Dest {
			continue
		}
		if p.At < 0 || lines > 0 && lines != bytes.Count(text, []byte("\n")) {
			line, col := doc.Position(p.Pos)
			return nil, refuse("%s:%d:%d: the link to %q has to lead to %q, and is written so that it cannot be changed "+
				"with certainty: change it by hand first, to %q", name, line, col, p.Dest, dest, "/"+r.absolute(from, p.Dest))
		}
		if p.At < end {
			continue // a destination that several links share
		}
		out = append(append(out, doc.Text()[end:p.At]...), dest...)
		end = p.At + len(p.Dest)
	}
	out = append(out, doc.Text()[end:]...)
	if lines > 0 {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	return out, nil
}

// relink returns what a destination as it is written in a page is to be written as.
func (r *renaming) relink(from *site.Family, written string) string {
	name, place, has := strings.Cut(written, "#")
	target := r.absolute(from, written)
	if target == "" {
		return written
	}
	is := r.to(from.Path)
	if has {
		place = "#" + place
	}
	leads, _, _ := strings.Cut(markdown.Destination([]byte(written)), "#")
	if decoded, err := url.PathUnescape(leads); err == nil {
		leads = decoded
	}
	short := content.Relative(is, target)
	comes := path.Dir(is) != path.Dir(from.Path) && len(short) < len(leads) // to where the way is shorter
	switch {
	case strings.HasPrefix(leads, "/") && leads[1:] != target:
		name = "/" + content.Encoded(target)
	case !strings.HasPrefix(leads, "/") && (comes || path.Join(path.Dir(is), leads) != target):
		name = content.Encoded(short)
	}
	return name + place
}

// absolute returns the path that a link is to lead to, from the folder of its language or static/; "" for a link that
// leads elsewhere or to a place of its own page.
func (r *renaming) absolute(from *site.Family, written string) string {
	dest := markdown.Destination([]byte(written))
	if strings.Contains(dest, ":") || strings.HasPrefix(dest, "#") {
		return ""
	}
	switch t := content.Resolve(r.site, from, dest); {
	case t.Family != nil && t.Family != from:
		return r.to(t.Family.Path) + ".md"
	case t.Static != "":
		return t.Static
	case t.Beside != "":
		return cmp.Or(r.media[t.Beside], t.Beside)
	}
	return ""
}

// records gives the records of a language the paths that pages get. A translation that was in step with its source
// page stays so, though the links of both have changed.
func (r *renaming) records(lang *site.Language) error {
	name := translate.RecordsPath(lang)
	text, err := fs.ReadFile(r.own, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	records, findings := translate.Parse(name, text)
	if len(findings) > 0 {
		return refuse("a record cannot be read:\n%s", findings[0])
	}
	before, edited := records.Format(), translate.Records{}
	for _, was := range records.Paths() {
		record := records[was]
		r.follow(was, record)
		edited[r.to(was)] = record
	}
	if after := edited.Format(); !bytes.Equal(after, before) {
		r.edit(name, text, after)
	}
	return nil
}
