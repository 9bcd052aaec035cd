package desk

import (
	"html/template"
	"strings"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// changedSign stands at lines where the source has changed.
const changedSign = "▲"

// ProofPage is a page to check on paper.
type ProofPage struct {
	Path, Title string
	Lines       []ProofLine
	Behind      bool // the source has changed since
	Missing     bool // there is no translation to read
}

// ProofLine is a numbered line with what the source page says there.
type ProofLine struct {
	Number      int // 0 where there is nothing in the translation
	Kind        string
	Changed     bool
	Source, Own markdown.Line
}

// ProofOf returns a page as Proof prints it.
func ProofOf(s *site.Site, texts *content.Texts, b *build.Beside) ProofPage {
	p := ProofPage{Path: b.Path, Title: texts.Pages[s.Source.Index].Title}
	if own := texts.Pages[b.Language.Index]; own != nil {
		p.Title = own.Title
	}
	p.Missing = texts.Standings[b.Language.Index] == nil || b.State == translate.Untranslated
	lines := func(side build.Side, doc *markdown.Doc) (list []markdown.Line) {
		if len(side.Nodes) == 0 && side.Text != "" {
			return []markdown.Line{{Text: side.Text}}
		}
		for _, passage := range side.Nodes {
			list = append(list, doc.Lines(passage.Node)...)
		}
		return list
	}
	n := 0
	for _, r := range b.Rows {
		source, own := lines(r.Source, texts.Docs[s.Source.Index]), lines(r.Own, texts.Docs[b.Language.Index])
		for i := range max(len(source), len(own)) {
			line := ProofLine{Kind: r.Kind, Changed: r.What != ""}
			p.Behind = p.Behind || line.Changed
			if i < len(source) {
				line.Source = source[i]
			}
			if i < len(own) {
				n++
				line.Number, line.Own = n, own[i]
			}
			p.Lines = append(p.Lines, line)
		}
	}
	return p
}

// Proof makes a page of pages of a language with their source, to print and to
// check on paper.
func Proof(s *site.Site, lang *site.Language, pages []ProofPage) ([]byte, error) {
	say := func(key string, fill ...string) template.HTML {
		word, in := lang.Say("words", "proof-"+key)
		return markdown.In(lang, strings.NewReplacer(fill...).Replace(word), in)
	}
	title, _ := lang.Say("words", "proof-title")
	name := strings.ReplaceAll(title, "{language}", lang.Name)
	return write("proof.html", struct {
		Head             head
		Language, Source *site.Language
		Site             *site.Site
		Name             string
		Sign             string
		Pages            []ProofPage
		Say              func(key string) template.HTML
		Behind           template.HTML
		Set              func(lang *site.Language, text string) template.HTML
	}{head{Lang: lang.Code, Dir: lang.Dir, Title: name, CSS: template.CSS(proofCSS)},
		lang, s.Source, s, lang.Title, changedSign, pages,
		func(key string) template.HTML { return say(key) }, say("behind", "{sign}", changedSign), markdown.HTML})
}
