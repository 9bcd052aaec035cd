package check

import (
	"path"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var pictures = &Check{Name: "media", Firm: "readers would not see or hear it",
	Doc: "A picture or a sound is whole and of a kind that every device knows, can be made light, and is called what it " +
		"is; a sound has its words.", Node: func(p *Pass, n ast.Node) {
		switch n := n.(type) {
		case *ast.Image:
			if dest := markdown.Destination(n.Destination); !IsDrawing(dest) {
				p.medium(n.Pos(), dest, false)
			}
		case *markdown.Block:
			if spec := p.Site.Blocks[n.Name]; spec != nil && spec.Sound {
				p.sound(n)
			}
		}
	}}

// medium checks the file that an image shows or a block of sound offers. One that is not there other checks have named.
func (p *Pass) medium(pos int, dest string, sound bool) {
	name := content.Resolve(p.Site, p.Texts.Family, dest).File(p.Site, p.Language)
	if name == "" || p.Texts.Media == nil {
		return
	}
	file := path.Base(name)
	switch made, problem := p.Texts.Media(name); {
	case problem != nil && problem.Message == "": // the machine could not read it
	case problem != nil:
		p.Report(site.Error, pos, problem.Hint, "%s %s", file, problem.Message)
	case sound && !made.Kind.Sound:
		p.Report(site.Error, pos, "show it: ![what it shows]("+dest+")", "%s is a picture (%s), not a sound", file, made.Kind.Name)
	case !sound && made.Kind.Sound:
		p.Report(site.Error, pos, ":::audio [Title]("+dest+"), what is heard in words, and :::", "%s is a sound (%s), not a picture", file, made.Kind.Name)
	case made.Is != nil && !made.Is.Called(name):
		p.Report(site.Error, pos, "call it "+file[:len(file)-len(path.Ext(file))]+made.Is.Ext[0], "%s is not what its name says: it is of the kind %s", file, made.Is.Name)
	case made.Moves:
		p.Report(site.Warning, pos, "save the moment that says most as a still picture", "%s moves; pages show its first moment only", file)
	}
}

// sound checks a block of sound: its title leads to one, and its text says what is heard.
func (p *Pass) sound(b *markdown.Block) {
	link := b.SoundIn()
	if link == nil {
		p.Report(site.Error, b.Pos(), ":::"+b.Name+" [The story, read aloud](story.mp3)", "block %q wants a link to a sound in its title", b.Name)
		return
	}
	dest := markdown.Destination(link.Destination)
	t := content.Resolve(p.Site, p.Texts.Family, dest)
	if t.Problem == "" && t.File(p.Site, p.Language) == "" {
		p.Report(site.Error, link.Pos(), "put a copy beside the page, and write its name", "%.80q is no sound of this site", dest)
	}
	p.medium(link.Pos(), dest, true)
	if b.ChildCount() < 2 {
		p.Report(site.Error, b.Pos(), "write below the title, word by word, what is heard", "the sound has no text that says what is heard (WCAG 1.2.1)")
	}
}
