package check

import (
	"path"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var images = &Check{Name: "images", Firm: "pages would fetch something from elsewhere",
	Doc: "An image is a drawing or a " +
		"file of the site: pages fetch nothing from elsewhere.", Node: func(p *Pass, n ast.Node) {
		if n, ok := n.(*ast.Image); ok {
			if dest := markdown.Destination(n.Destination); !p.isDrawing(dest) {
				p.image(n.Pos(), dest)
			}
		}
	}}

// IsDrawing reports whether an image destination names a drawing that is put
// into the page: an SVG in static/drawings.
func IsDrawing(dest string) bool {
	return strings.HasPrefix(dest, "/drawings/") && path.Ext(dest) == ".svg"
}

// isDrawing reports whether dest names a drawing that exists.
func (p *Pass) isDrawing(dest string) bool {
	name := strings.TrimSuffix(strings.TrimPrefix(dest, "/drawings/"), ".svg")
	return IsDrawing(dest) && slices.Contains(p.Site.Drawings, name)
}

func (p *Pass) image(pos int, dest string) {
	t := content.Resolve(p.Site, p.Texts.Family, dest)
	switch {
	case t.File(p.Site, p.Language) != "":
	case t.URL != "":
		p.Report(site.Error, pos, copyHint(dest),
			"the image %.80q lies elsewhere: pages fetch nothing from there", dest)
	case site.Nearest(strings.TrimPrefix(dest, "/"), pictureNames(p.Site.Static)) != "":
		p.Report(site.Error, pos, "did you mean /"+site.Nearest(strings.TrimPrefix(dest, "/"), pictureNames(p.Site.Static))+"?",
			"no image at %.80q", dest)
	default:
		p.Report(site.Error, pos,
			"a picture lies beside the page: ![words](kite.jpg), or in static/: ![words](/pictures/kite.jpg); or it is a "+
				"drawing: ![words](/drawings/kite.svg)",
			"no image at %.80q", dest)
	}
}

// copyHint says how a picture that lies elsewhere gets into the guide.
func copyHint(dest string) string {
	name, _, _ := strings.Cut(dest, "#")
	name, _, _ = strings.Cut(name, "?")
	name = path.Base(name)
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif":
		if isPathName(name) && !strings.Contains(name, "%") {
			return "put a copy into static/ and write /" + name
		}
	}
	return "put a copy into static/ and write its name there, such as /kite.png; remove it when what it shows changes " +
		"by itself"
}

// pictureNames returns those of files that an image may show.
func pictureNames(files []string) (names []string) {
	for _, name := range files {
		if slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}, strings.ToLower(path.Ext(name))) {
			names = append(names, name)
		}
	}
	return names
}
