package check

import (
	"bytes"
	"fmt"
	chars "html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

var dialect = &Check{Name: "dialect", Own: true, Doc: "No mark of another Markdown, or of a word processor, is left " +
	"in the text that readers see, such as > [!NOTE], !!! note, {{ x }} or 1、.", Node: func(p *Pass, n ast.Node) {
	if code, ok := n.(*ast.FencedCodeBlock); ok {
		p.directive(code)
	}
	if n.Type() != ast.TypeBlock || n.FirstChild() == nil || n.FirstChild().Type() != ast.TypeInline {
		return
	}
	if !p.mayBeForeign(n) || !p.foreignInBlock(n) {
		p.together(n)
	}
}}

// foreignInBlock names the marks in a block. It returns true when one of them stands for a list of headings, or makes a
// list of the block.
func (p *Pass) foreignInBlock(block ast.Node) (isList bool) {
	if p.contentsIn(block) {
		return true
	}
	var named [len(foreign)]bool // one of a kind is enough for a block
	for _, r := range textRuns(block) {
		if p.foreignIn(block, r, &named) {
			break
		}
	}
	p.gluedSign(block)
	p.wideBar(block)
	for i := range foreign {
		isList = isList || named[i] && strings.HasPrefix(foreign[i].of, "a list")
	}
	return isList
}

// directive names code that another tool makes a box of: ```{note}.
func (p *Pass) directive(code *ast.FencedCodeBlock) {
	if code.Info == nil {
		return
	}
	info := code.Info.Segment.Value(p.Doc.Text())
	name, _, closed := bytes.Cut(info, []byte("}"))
	if closed && len(name) > 1 && name[0] == '{' && name[1] >= 'a' && name[1] <= 'z' {
		const want = "write :::{1}, the words, and ::: on lines of their own"
		p.Report(site.Error, code.Info.Segment.Start, strings.ReplaceAll(want, "{1}", p.blockNamed(string(name[1:]), want)),
			"%.40q is a mark of MyST, and readers see code", info)
	}
}

// beginsBlock reports whether a run is what its paragraph begins with: nothing
// stands before it, no code and no bold. A cell of a table has no beginning.
func beginsBlock(block ast.Node, r run, src []byte) bool {
	if block.Lines().Len() == 0 || block.Kind() == extast.KindTableCell {
		return false
	}
	line := block.Lines().At(0)
	return r.start <= line.Start+len(line.Value(src))-len(bytes.TrimLeft(line.Value(src), " \t"))
}

// wideReference is a character reference that ends with the semicolon of a Chinese keyboard.
var wideReference = regexp.MustCompile(`(&[A-Za-z]+)；`)

// role stands before code that another tool makes a link of: :ref:`help`, {ref}`help`.
var role = regexp.MustCompile(`(?:^|[\s(])(?::[a-z:]+:|\{[a-z:]+\})$`)

// roleBefore returns where the role begins and ends that a run ends with, in the run; nil when no code follows it.
func (p *Pass) roleBefore(r run) []int {
	if src := p.Doc.Text(); r.stop < len(src) && src[r.stop] == '`' {
		return role.FindIndex(src[r.start:r.stop])
	}
	return nil
}

// templateEnd ends what {{< note >}} or {% note %} began, perhaps far above.
var templateEnd = regexp.MustCompile(`\{\{[<%]-?\s*/|\{%-?\s*end`)

// foreignIn names the marks in a run of a block. It returns true when what follows in the block belongs to one of them.
func (p *Pass) foreignIn(block ast.Node, r run, named *[len(foreign)]bool) (goesOn bool) {
	text := bytes.Clone(p.Doc.Text()[r.start:r.stop])
	first := beginsBlock(block, r, p.Doc.Text())
	if first && bytes.HasPrefix(text, []byte(":::")) {
		return false // the check "kinds" names a block that has not become any
	}
	if at := p.roleBefore(r); at != nil {
		at[0] += len(text[at[0]:]) - len(bytes.TrimLeft(text[at[0]:], " \n("))
		p.Report(site.Error, r.start+at[0], "write [words](page.md); what is code stands alone, `words`",
			"%q is a mark of reStructuredText or MyST, and readers see it as it is", text[at[0]:])
		clear(text[at[0]:])
	}
	if behindAt(p.Doc.Text(), r.stop) && r.stop < len(p.Doc.Text()) && p.Doc.Text()[r.stop] == '[' {
		p.Report(site.Error, r.stop-1, "remove it, and write the address itself: [words](address)",
			"%q is a mark of another Markdown, and readers see it as it is", "@")
	}
	if words := p.wordsOfAddress(r); words != nil {
		clear(text[:len(words)])
	}
	has := signsOf(text)
	inItem := block.Parent().Kind() == ast.KindListItem && block.PreviousSibling() == nil
	for i := range foreign {
		m := &foreign[i]
		if !m.mayBeIn(text, &has, first) {
			continue
		}
		at := m.sign.FindSubmatchIndex(text)
		if at != nil && named[i] {
			m.clear(text)
			continue
		}
		if at != nil && m.want == boxWanted && bytes.HasPrefix(text[at[1]:], []byte("(")) {
			continue // a link with a space in it
		}
		if at == nil || m.first && !(first && at[0] == 0) || at[0] > 0 && text[at[0]-1] == '\\' {
			continue
		}
		if inItem && strings.HasPrefix(m.of, "a list") {
			continue // the item has its sign already
		}
		if len(at) > 2 && at[2] >= 0 && !strings.Contains(m.want, "{1}") {
			at = at[2:] // a bracket holds the mark itself
		}
		what, _, _ := strings.Cut(strings.TrimSpace(string(text[at[0]:at[1]])), "\n")
		if templateEnd.MatchString(what) && p.templates > 0 {
			p.templates--
			m.clear(text)
			continue
		}
		named[i] = true
		isTemplate := strings.HasPrefix(what, "{{<") || strings.HasPrefix(what, "{{%") ||
			strings.HasPrefix(what, "{%")
		if isTemplate {
			p.templates += len(m.sign.FindAllIndex(text, -1)) - 2*len(templateEnd.FindAllIndex(text, -1))
		}
		inner := ""
		if len(at) > 2 && at[2] >= 0 {
			inner = p.blockNamed(string(text[at[2]:at[3]]), m.want)
		}
		want := strings.ReplaceAll(m.want, "{1}", inner)
		if bytes.HasSuffix(text[:at[0]], []byte("](")) {
			want = "write the address itself, or the path of a page: [words](page.md)"
		}
		pos := r.start + at[0] + len(text[at[0]:at[1]]) - len(bytes.TrimLeft(text[at[0]:at[1]], " \n("))
		p.Report(site.Error, pos, want,
			"%.40q is a mark of %s, and readers see it as it is", what, m.of)
		if box := boxes[m.of]; box != nil && len(at) > 2 && strings.EqualFold(string(text[at[2]:at[3]]), inner) {
			if edits := box(p, block, inner); edits != nil {
				p.mend(edits...)
			}
		}
		m.clear(text)
		if m.first && (m.of == codeFence || m.of == "reStructuredText") {
			return true
		}
	}
	if bytes.IndexByte(text, '&') < 0 {
		return false
	}
	for _, at := range wideReference.FindAllSubmatchIndex(text, -1) {
		if name := text[at[2]:at[3]]; markdown.IsReference(append(bytes.Clone(name), ';')) {
			p.Report(site.Error, r.start+at[0], fmt.Sprintf("write %s; with the ; of a Latin keyboard", name),
				"%q is left in the text", text[at[0]:at[1]])
		}
	}
	for _, at := range reference.FindAllIndex(text, -1) {
		if pos := r.start + at[0]; pos > 0 && p.Doc.Text()[pos-1] == '\\' {
			continue
		}
		if text[at[0]] == '&' && !markdown.IsReference(text[at[0]:at[1]]) &&
			!p.unseenReference(r.start+at[0], string(text[at[0]:at[1]])) {
			p.unknownReference(r.start+at[0], string(text[at[0]:at[1]]))
		}
	}
	return false
}

// anAddress is what ends with an address, and bracketed are words behind it, as AsciiDoc has them.
var (
	anAddress = regexp.MustCompile(`<?((?:[a-z]+://|mailto:|www\.)[^\s<>()\[\]]*)>?$`)
	bracketed = regexp.MustCompile(`^\[[^\]\n]*\pL[^\]\n]*\]`)
)

// wordsOfAddress names the words in brackets that a run begins with behind an address, and returns them.
func (p *Pass) wordsOfAddress(r run) []byte {
	src := p.Doc.Text()
	words := bracketed.Find(src[r.start:r.stop])
	if words == nil || r.start+len(words) < len(src) && bytes.IndexByte([]byte("([:"), src[r.start+len(words)]) >= 0 {
		return nil
	}
	address := anAddress.FindSubmatch(src[bytes.LastIndexByte(src[:r.start], '\n')+1 : r.start])
	if address == nil {
		return nil
	}
	shown, _, _ := bytes.Cut(words[1:len(words)-1], []byte(","))
	to := string(address[1])
	if strings.HasPrefix(to, "www.") {
		to = "https://" + to
	}
	p.Report(site.Error, r.start, fmt.Sprintf("write [%s](%s)", shown, to),
		"%.40q is a mark of AsciiDoc, and readers see it as it is", words)
	return words
}

// blockNamed returns the block of this site that a mark of another tool means.
func (p *Pass) blockNamed(name, want string) string {
	if !strings.Contains(want, ":::") {
		return name
	}
	if name = strings.ToLower(name); p.Site.Blocks[name] != nil {
		return name
	}
	var plain []string // blocks that hold any words
	for id, b := range p.Site.Blocks {
		if b.Label && b.Element == "div" {
			plain = append(plain, id)
		}
	}
	slices.Sort(plain)
	switch {
	case slices.Contains(plain, "note"):
		return "note"
	case len(plain) > 0:
		return plain[0]
	}
	return "name"
}

// unseenReference names a character reference that is shown as it is written,
// because nobody would see what it stands for. It returns false for another.
func (p *Pass) unseenReference(pos int, written string) bool {
	r, _ := utf8.DecodeRuneInString(chars.UnescapeString(written))
	name, hint := letters.Unwanted(0, r, 0)
	if name == "" || !letters.MayBeUnwanted(r) {
		return false
	}
	p.Report(site.Error, pos, hint, "%s stands for %s (U+%04X)", written, name, r)
	if instead, sure := letters.Instead(r); sure {
		p.mend(edit{pos, pos + len(written), instead})
	}
	return true
}
