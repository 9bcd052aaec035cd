package build

import (
	"context"
	"io/fs"

	"fieldguide/build/check"
	"fieldguide/build/content"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// printPages makes the pages that hold a whole part of the site.
func printPages(ctx context.Context, fsys fs.FS, s *site.Site, r *render.Renderer, tree *output.Tree, o Options) ([]site.Finding, error) {
	var findings []site.Finding
	w := &render.Worker{}
	for _, path := range s.Print {
		index := s.Family(path)
		if index == nil || ctx.Err() != nil {
			continue
		}
		var texts []*content.Texts
		for _, f := range render.PrintPages(index) {
			t, _, err := content.Read(fsys, s, f)
			if err != nil {
				return findings, err
			}
			texts = append(texts, t)
		}
		err := r.Print(w, index, texts, func(p render.Page) error {
			findings = append(findings, check.Budget(s, check.Page{Source: "content/site.yaml", Name: p.Name, HTML: p.HTML, Text: p.Text, Style: p.Style})...)
			if o.Page != nil {
				o.Page(index, p)
			}
			return tree.Put(p.Name, p.HTML)
		})
		found, err := layoutFindings(err)
		findings = append(findings, found...)
		if err != nil {
			return findings, err
		}
	}
	return findings, context.Cause(ctx)
}
