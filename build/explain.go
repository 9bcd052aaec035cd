package build

import (
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Explanation says what a page is and why it is so.
type Explanation struct {
	Path     string           `json:"path"`
	Kind     string           `json:"kind"`
	Layout   string           `json:"layout"`
	Set      string           `json:"set,omitempty"`
	Band     string           `json:"band,omitempty"`
	Order    int              `json:"order,omitempty"`
	Topics   []string         `json:"topics,omitempty"`
	Rights   []int            `json:"rights,omitempty"`
	Picture  string           `json:"picture,omitempty"`
	Above    string           `json:"above,omitempty"`
	Previous string           `json:"previous,omitempty"`
	Next     string           `json:"next,omitempty"`
	Help     string           `json:"help"`
	Exit     bool             `json:"exit,omitempty"`
	Checks   []CheckExplained `json:"checks,omitempty"` // that site.yaml says something of, here
	Pages    []PageExplained  `json:"pages"`
	Findings []site.Finding   `json:"findings,omitempty"`
}

// PageExplained is one language of an Explanation.
type PageExplained struct {
	Language   string `json:"language"`
	Source     string `json:"source"` // the file its words come from
	Fallback   bool   `json:"fallback,omitempty"`
	Name       string `json:"name"` // in the output
	Title      string `json:"title"`
	Bytes      int    `json:"bytes"`
	Text       int    `json:"text"`  // bytes of HTML that the Markdown became
	Style      int    `json:"style"` // bytes of style in the page
	Compressed int    `json:"compressed"`
}

// CheckExplained says how grave a check is on a page, and what makes it so.
type CheckExplained struct {
	Check     string   `json:"check"`
	Level     string   `json:"level"`
	Languages []string `json:"languages"`
	By        string   `json:"by,omitempty"` // where the site writes that
}

// explainChecks says how grave checks are on the pages of a family.
func explainChecks(s *site.Site, f *site.Family) (list []CheckExplained) {
	for _, name := range slices.Sorted(maps.Keys(s.Checks)) {
		for _, p := range f.Pages {
			if p == nil {
				continue
			}
			level, part := s.GravityOf(name, p.File)
			at := []any{"checks", name}
			if part != site.Nowhere {
				at = append(at, "in", part)
			}
			lang, _ := s.PageOf(p.File)
			c := CheckExplained{Check: name, Level: level, Languages: []string{lang}}
			if by := s.Written.Key(site.SettingsFile, at...); by.Line > 0 { // else a layer below does
				c.By = by.String()
			}
			same := func(o CheckExplained) bool { return o.Check == name && o.Level == c.Level && o.By == c.By }
			if i := slices.IndexFunc(list, same); i >= 0 {
				list[i].Languages = append(list[i].Languages, lang)
			} else {
				list = append(list, c)
			}
		}
	}
	return list
}

// Explain builds the site below fsys in memory and explains one page, named
// by its path, its source file or its finished file. It returns nil, with the
// paths that come near, when there is no such page.
func Explain(ctx context.Context, fsys fs.FS, name string) (*Explanation, []string, error) {
	weights := map[*site.Family][]PageExplained{}
	res, err := Build(ctx, fsys, output.Memory(), Options{Page: func(f *site.Family, p render.Page) {
		weights[f] = append(weights[f], PageExplained{Language: p.Language.Code, Name: p.Name, Fallback: p.Fallback, Bytes: len(p.HTML),
			Text: len(p.Body.HTML), Style: len(p.Style.Element), Compressed: pack.Weight(p.HTML)})
	}})
	if err != nil || res.Site == nil {
		return nil, nil, err
	}
	f := FamilyOf(res.Site, name)
	if named := res.Site.Referred(name); f == nil && len(named) == 1 {
		f = named[0]
	}
	if f == nil {
		var paths []string
		for _, f := range res.Site.Families {
			paths = append(paths, f.Path)
		}
		return nil, paths, nil
	}
	e := &Explanation{Path: f.Path, Kind: f.Kind.ID, Layout: f.Kind.Layout, Order: f.Order, Topics: f.Topics, Rights: f.Rights, Picture: f.Picture,
		Above: pathOf(f.Parent), Previous: pathOf(f.Prev), Next: pathOf(f.Next), Help: res.Site.HelpFor(f), Exit: res.Site.HasExit(f)}
	if f.Set != nil {
		e.Set = f.Set.ID
	}
	if f.Band != nil {
		e.Band = f.Band.ID
	}
	e.Checks = explainChecks(res.Site, f)
	files := map[string]bool{}
	for i, lang := range res.Site.Languages {
		if i >= len(weights[f]) {
			break
		}
		p, _ := f.In(res.Site, lang)
		w := weights[f][i]
		w.Source, w.Title = p.File, p.Title
		files[p.File] = true
		e.Pages = append(e.Pages, w)
	}
	for _, finding := range res.Findings {
		if files[finding.File] {
			e.Findings = append(e.Findings, finding)
		}
	}
	return e, nil, nil
}

func pathOf(f *site.Family) string {
	if f == nil {
		return ""
	}
	return f.Path
}

// FamilyOf finds a page by "help/index", "content/fr/help/index.md",
// "fr/help/index.html" or "public/fr/help/index.html".
func FamilyOf(s *site.Site, name string) *site.Family {
	name = strings.TrimSuffix(path.Clean(name), path.Ext(name))
	for {
		if f := s.Family(name); f != nil {
			return f
		}
		_, rest, ok := strings.Cut(name, "/")
		if !ok {
			return nil
		}
		name = rest
	}
}
