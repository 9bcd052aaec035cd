package check

import (
	"path"
	"strings"
	"unicode"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/media"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var pictures = &Check{Name: "media", Firm: "readers would not see or hear it",
	Doc: "A picture, a sound or a video is whole and of a kind that every device knows, can be made light, and is called " +
		"what it is; a sound has its words, a video its words, a picture, and how long and heavy it is.",
	Node: func(p *Pass, n ast.Node) {
		switch n := n.(type) {
		case *ast.Image:
			if dest := markdown.Destination(n.Destination); !IsDrawing(dest) {
				p.medium(n.Pos(), dest, media.Picture)
			}
		case *ast.Link:
			p.bareVideo(n)
		case *markdown.Block:
			switch spec := p.Site.Blocks[n.Name]; {
			case spec == nil:
			case spec.Sound:
				p.clip(n, soundBlock)
			case spec.Video:
				p.clip(n, videoBlock)
			}
		}
	}}

// shownBy says how each sort of file is shown, in words between which its name stands.
var shownBy = map[media.Sort][2]string{
	media.Picture: {"show it: ![what it shows](", ")"},
	media.Sound:   {":::audio [Title](", "), what is heard in words, and :::"},
	media.Video:   {":::video [Title](", "), a picture of it, what is seen and heard in words, and :::"},
}

// medium checks the file that an image shows or a block offers. One that is not there other checks have named.
func (p *Pass) medium(pos int, dest string, want media.Sort) {
	name := content.Resolve(p.Site, p.Texts.Family, dest).File(p.Site, p.Language)
	if name == "" || p.Texts.Media == nil {
		return
	}
	file := path.Base(name)
	switch made, problem := p.Texts.Media(name); {
	case problem != nil && problem.Message == "": // the machine could not read it
	case problem != nil:
		p.Report(site.Error, pos, problem.Hint, "%s %s", file, problem.Message)
	case made.Kind.Sort != want:
		is := made.Kind.Sort
		p.Report(site.Error, pos, shownBy[is][0]+dest+shownBy[is][1],
			"%s is a %s (%s), not a %s", file, is, made.Kind.Name, want)
	case made.Is != nil && !made.Is.Called(name):
		p.Report(site.Error, pos, "call it "+file[:len(file)-len(path.Ext(file))]+made.Is.Ext[0], "%s is not what its name says: it is of the kind %s", file, made.Is.Name)
	case made.Moves:
		p.Report(site.Warning, pos, "save the moment that says most as a still picture", "%s moves; pages show its first moment only", file)
	}
}

// clipBlock is what a block of sound or of video is to have.
type clipBlock struct {
	media.Sort
	title     string // an example
	words     string // what its text says
	rule      string
	elsewhere bool // its file may lie elsewhere
	picture   bool
}

var (
	soundBlock = clipBlock{Sort: media.Sound, title: "[The story, read aloud](story.mp3)",
		words: "what is heard", rule: "WCAG 1.2.1"}
	videoBlock = clipBlock{Sort: media.Video, title: "[How the ford is crossed](ford.mp4)",
		words: "what is seen and heard", rule: "WCAG 1.2.3", elsewhere: true, picture: true}
)

// clip checks a block of sound or of video: its title leads to one, and its text says in words what that says.
func (p *Pass) clip(b *markdown.Block, want clipBlock) {
	link := b.ClipIn()
	if link == nil {
		p.Report(site.Error, b.Pos(), ":::"+b.Name+" "+want.title,
			"block %q wants a link to a %s in its title", b.Name, want.Sort)
		return
	}
	dest := markdown.Destination(link.Destination)
	switch t := content.Resolve(p.Site, p.Texts.Family, dest); {
	case t.Problem != "" || t.File(p.Site, p.Language) != "":
	case want.elsewhere && strings.HasPrefix(t.URL, "http"):
		p.weighed(b, link, dest)
	default:
		p.Report(site.Error, link.Pos(), "put a copy beside the page, and write its name",
			"%.80q is no %s of this site", dest, want.Sort)
	}
	p.medium(link.Pos(), dest, want.Sort)
	picture, words := false, false
	for c := b.Title().NextSibling(); c != nil; c = c.NextSibling() {
		if markdown.FigureIn(c) != nil {
			picture = true
		} else {
			words = true
		}
	}
	if want.picture && !picture {
		p.Report(site.Error, b.Pos(), "write below the title, on a line of its own, ![what it shows](picture.jpg)",
			"the %s has no picture that shows what it is", want.Sort)
	}
	if !words {
		p.Report(site.Error, b.Pos(), "write below the title, word by word, "+want.words,
			"the %s has no text that says %s (%s)", want.Sort, want.words, want.rule)
	}
}

// bareVideo says so of a link to a video in running text: who follows it knows neither its weight nor what it says.
func (p *Pass) bareVideo(link *ast.Link) {
	dest := markdown.Destination(link.Destination)
	name := content.Resolve(p.Site, p.Texts.Family, dest).File(p.Site, p.Language)
	if p.Texts.Media == nil || !media.IsNameOf(media.Video, name) || p.titles(link) {
		return
	}
	if made, _ := p.Texts.Media(name); made != nil && made.Kind.Sort == media.Video {
		p.Report(site.Error, link.Pos(), shownBy[media.Video][0]+dest+shownBy[media.Video][1],
			"%s is a video (%s): readers want to know what it shows and how heavy it is", path.Base(name), made.Kind.Name)
	}
}

// titles reports whether a link stands in the title of a block of sound or of video, which is checked as a whole.
func (p *Pass) titles(link *ast.Link) bool {
	b, ok := link.Parent().Parent().(*markdown.Block)
	if !ok || b.Title() != link.Parent() {
		return false
	}
	spec := p.Site.Blocks[b.Name]
	return spec != nil && (spec.Sound || spec.Video)
}

// weighed checks that a title says how long and how heavy a video elsewhere is: nobody but its writer knows.
func (p *Pass) weighed(b *markdown.Block, link ast.Node, dest string) {
	for c := link.NextSibling(); c != nil; c = c.NextSibling() {
		if strings.ContainsFunc(p.Doc.PlainText(c), unicode.IsDigit) {
			return
		}
	}
	p.Report(site.Error, link.Pos(), ":::"+b.Name+" [Title]("+dest+") 2:31, 12 MB",
		"the title does not say how long and how heavy the video is")
}
