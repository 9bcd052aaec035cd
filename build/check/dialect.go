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
	var named [len(foreign)]bool // one of a kind is enough for a block
	if p.mayBeForeign(n) {
		if p.contentsIn(n) {
			return
		}
		for _, r := range textRuns(n) {
			if p.foreignIn(n, r, &named) {
				break
			}
		}
		p.gluedSign(n)
		p.wideBar(n)
	}
	for i, m := range foreign {
		if named[i] && strings.HasPrefix(m.of, "a list") {
			return
		}
	}
	p.together(n)
}}

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

// mark is a mark that other tools know.
type mark struct {
	of    string         // whose it is
	sign  *regexp.Regexp // ^ stands for the start of a line
	want  string         // what to write here; {1} stands for what the first bracket of sign holds, else that is the mark
	first bool           // only at the start of a paragraph
	has   string         // signs, one of which is in the text or, when first, begins it: most texts need no closer look
}

// foreign are the marks of other tools. The first that fits a place names it.
var foreign = [...]mark{
	{"GitHub", sign(`^\[!(\w+)\][-+]?`), "write :::{1}, the words, and ::: on lines of their own", true, "["},
	{"MkDocs", sign(`^(?:!!!|\?\?\?)\+? ?(\w+)`), "write :::{1}, the words, and ::: on lines of their own", true, "!?"},
	{"reStructuredText", sign(`^\.\. (?:image|figure)::[^\n]*(?:\n[ \t]*:[\w-]+:[^\n]*)*`),
		"write ![what it shows](/pictures/name.png), with the file in static/", true, "."},
	{"reStructuredText", sign(`^\.\. (?:code-block|code|sourcecode|parsed-literal|highlight)::`),
		"write ``` on a line above and below the code", true, "."},
	{"reStructuredText", sign(`^\.\. (?:include|toctree|raw|math|table|csv-table|list-table|index|only)::`),
		"write the words themselves, as Markdown", true, "."},
	{"reStructuredText", sign(`^\.\. ([\w-]+)::`), "write :::{1}, the words, and ::: on lines of their own", true, "."},
	{"reStructuredText", sign(`^\.\. [^.\s]\S*`),
		"write <!-- words for people who write -->, or remove the two full stops", true, "."},
	{"reStructuredText", sign(`^:[A-Z][\w -]*: +\S+`), "remove it, or write it as words", true, ":"},
	{"AsciiDoc", sign(`^\[(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]$`),
		"write :::{1}, the words, and ::: on lines of their own", true, "["},
	{"AsciiDoc", sign(`\b(?:(?:link|xref|image:?|include:):[^\s\[\]]+\[[^\]\n]*\]|` +
		`(?:mailto:|tel:|www\.)[^\s\[\]]+\[[^\]\n]*\pL[^\]\n]*\])`),
		"write [words](page.md) or ![what it shows](/pictures/name.png)", false, ":"},
	{"MkDocs", sign(`^===[!+]* ["“]`), "write a heading, ## and words, and below it what the tab holds", true, "="},
	{"MkDocs", sign(`^-+8<-+`), "write the words themselves", true, "-"},
	{"Hugo", sign(`\{\{[<%].*?[>%]\}\}`), "write the words themselves, or a block :::note: pages have no templates", false, "{"},
	{"a template", sign(`\{\{.*?\}\}`), "write the words themselves: pages have no templates", false, "{"},
	{"Jekyll", sign(`\{%.*?%\}`), "write the words themselves, or a block :::note: pages have no templates", false, "{"},
	{"MDX", sign(`\{/\*.*?\*/\}`), "write <!-- words for people who write -->", false, "{"},
	{"MDX", sign(`^(?:import|export) .*['"]`), "remove it: pages hold words", true, "ie"},
	{"CriticMarkup", sign(`\{(?:\+\+.*?\+\+|--.*?--|~~.*?~~|>>.*?<<|==.*?==)\}`), "write the text as it is to be", false, "{"},
	{"kramdown", sign(`\{::?[^}]*\}`), "remove it: only a heading and a block have an id, ## Words {#id}", false, "{"},
	{"Pandoc", sign(`\{#[^}]* [^}]*\}`), "an id is one word, at the end of a heading or after the name of a block: {#like-this}", false, "{"},
	{"Pandoc", sign(`\{ ?[#.][^}]*\}|\{[\w-]+=[^}]*\}`),
		"remove it: only a heading and a block have an id, ## Words {#id}", false, "{"},
	{"Pandoc", sign(`\[-?@[\pL\d][^\]\n]*\]`), "write the mark [^1], and on a line of its own the note [^1]: …; to show the sign, write \\[@", false, "@"},
	{"BBCode", sign(`\[/(?:b|i|u|s|url|img|quote|size|color|code|list)\]`), "write **words**, *words*, > words or [words](address)", false, "["},
	{"another Markdown", sign(`\^\[`), "write the mark [^1], and on a line of its own the note [^1]: …", false, "^"},
	{"a wiki", sign(`!\[\[[^\]]*\]\]`),
		"write ![what it shows](/pictures/name.png), with the file in static/", false, "!"},
	{"a wiki", sign(`\[\[[^\]]*\]\]`), "write [words](page.md)", false, "["},
	{"PHP Markdown Extra", sign(`^\*\[[^\]\n]+\]: `), "write the words where the initials first stand", true, "*"},
	{"a wiki", sign(`''[^'\s](?:[^'\n]*[^'\s])?''+`), "write **words** or *words*", false, "'"},
	{"another Markdown", sign(`==[^=\s|](?:[^=]*[^=\s])?==`), "write **words**", false, "="},
	{"another Markdown", sign(`\B\+\+[\pL\d](?:[^\n]*?[\pL\d.])?\+\+`), "write **words**", false, "+"},
	{"another Markdown", sign(`(?:^|[\s\pL\d()])\^[\pL\d+-]+\^`),
		"write the character itself, such as ², or the words", false, "^"},
	{"another Markdown", sign(`\pL~\d+~`), "write the character itself, such as ₂, or the words", false, "~"},
	{"a chat program", sign(`\|\|[^|\s](?:[^|]*[^|\s])?\|\|`), "write the words alone: nothing is covered here", false, "|"},
	{"a box to tick with other signs", sign(`^[-*+](?:\[[xXхХ✓✔√×✗✘]?\](?:\s|$)|[【［][ 　]*[xX✓✔√]?[ 　]*[】］])`),
		boxWanted, true, "-*+"},
	{"a box to tick with other signs", sign(`^\[(?:|[ \t]{2,}|　+|[ \t]*[xX✓✔√×✗✘хХ][ \t]*)\](?:[ \t]|\p{Lo})`),
		boxWanted, true, "["},
	{"a box to tick with other signs",
		sign(`^(?:［[ 　]*[xXхХ✓✔√]?[ 　]*[］\]]|\[[ 　]*[xXхХ✓✔√]?[ 　]*］|【[ 　]*[xXхХ✓✔√]?[ 　]*】)`), boxWanted, true, "[［【"},
	{"a full-width keyboard", sign(`＊＊[^＊\s][^＊\n]*＊＊`), "write **words**", false, "＊"},
	{codeFence, sign(`^(?:｀｀｀|···|´´´|‘‘‘|’’’|\'\'\'|"""|“““|”””)[\w-]*[ \t]*$`),
		"write ``` on a line of its own above and below the code", true, "｀·´‘’'\"“”"},
	{"a full-width keyboard", sign(`｀[^｀\n]+｀`), "write `words`", false, "｀"},
	{"a full-width keyboard", sign(`～～[^～\s]+～～`), "write ~~words~~", false, "～"},
	{"a full-width keyboard", sign(`^：：：+[ \t]*\w*`),
		"write ::: and its name with the : of a Latin keyboard", true, "："},
	{"a full-width keyboard", sign(`^[－＊＋][ \t　]`), "write - and a space", true, "－＊＋"},
	{"a full-width keyboard", sign(`^(?:＞[ \t　]|[》〉])`), "write > and a space", true, "＞》〉"},
	{"a full-width keyboard", sign(`^｜[^｜\n]*｜`), "write | between the cells of a table", true, "｜"},
	{"a full-width keyboard", sign(`^[-—－ ]+｜[-—－ ｜]+$`),
		"write | between the cells of a table, and |---| for each below its head", false, "｜"},
	{"Textile", sign(`^(?:h[1-6]|bq)\. `), "write ## and a space before a heading, > and a space before a quotation", true, "hb"},
	{"AsciiDoc", sign(`^={1,6} \pL`), "write ## and a space before the words of a heading", true, "="},
	{"a chat program", sign(`(?:^|[\s(（¡¿«"“\p{Lo}\p{Cyrillic}，。！？、；…])(:(?:[a-z][a-z0-9_+-]+|[+-]1):)`),
		"write the picture itself, or the word", false, ":"},
	{"TeX", sign(`\$\$`), "write the formula in words, or put a picture of it here", false, "$"},
	{"TeX", sign(`\$(?:\pL|[^\s$][^$\n]*[\\^_{=][^$\n]*[^\s$\\])\$(?:[\s.,;:!?)]|$)`),
		"write the formula in words, or put a picture of it here", false, "$"},
	{"TeX", sign(`\\(?:textbf|textit|emph|(?:sub)*section|cite|ref|footnote|begin|end)\{`), "write **words**, *words*, ## words or [^1]", false, "\\"},
	{"TeX", sign(`^\\(?:newpage|pagebreak|clearpage)\b`), "remove it: pages break where they must", true, "\\"},
	{"Obsidian", sign(`%%.*?%%|^%%[ \t]*$`), "write <!-- words for people who write -->", false, "%"},
	{"a comment in other signs", sign(`[<＜][!！][—–－]|<!-[^-]|＜!-|[<＜]！-`),
		"write <!-- words for people who write -->", false, "<＜"},
	{"a word processor", sign(`^[•‣⁃∙●○▪■◦·]`), "write - and a space", false, "•‣⁃∙●○▪■◦·"},
	{"a list without its space", sign(`^[-*+](\pL)`), "write a space after the sign: - {1}", true, "-*+"},
	{"a list in other digits", sign(`^[٠-٩۰-۹０-９०-९]+[.．)）、\-][\s ]?\pL`), "write 1. with a digit of 0-9, a full stop and a space", true, otherDigits},
	{"a list with another sign", sign(`^[0-9]+[、．）]\s?[^\s0-9０-９]`), "write 1. with a full stop and a space", true, "0123456789"},
	{"a list without its space", sign(`^[0-9]+\.(?:\pL\pL|\p{Lo})`), "write a space after 1.", true, "0123456789"},
}

// codeFence is whose marks of code are that have other signs than `.
const codeFence = "code in other signs"

// boxWanted says how to write a box to tick.
const boxWanted = "write - [ ] or, for what is done, - [x], and a space"

// otherDigits are those that Markdown does not count with.
const otherDigits = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９०१२३४५६७८९"

func sign(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?m)` + pattern) }

// holdsSeldom reports whether a line holds signs of foreign that stand in few.
func holdsSeldom(line []byte, has *signs) bool {
	holds := func(sign string) bool { return bytes.Contains(line, []byte(sign)) }
	switch {
	case has['['] &&
		(holds("[[") || holds("[@") || holds("@[") || holds("[-@") || holds("[/") || holds("://") || isGlued(line)),
		has[':'] && holdsPicture(line), has['\''] && holds("''"),
		has.in(line, "＊～｀｜") && (holds("＊＊") || holds("～～") || holds("｀") || holds("｜")):
		return true
	}
	return len(line) > 3 && (line[2] == '.' && line[3] == ' ' || bytes.HasPrefix(line, []byte("import ")) ||
		bytes.HasPrefix(line, []byte("export ")))
}

// holdsPicture reports whether a colon in a line may begin the name of a picture, as in :smile:.
func holdsPicture(line []byte) bool {
	for at := 1; at < len(line)-1; at++ {
		if line[at] == ':' && (line[at-1] >= utf8.RuneSelf || line[at-1] == ' ' || line[at-1] == '(' || line[at-1] == '"') &&
			(line[at+1] >= 'a' && line[at+1] <= 'z' || line[at+1] == '+' || line[at+1] == '-') {
			return true
		}
	}
	return false
}

// isGlued reports whether the first bracket of a line stands behind a letter, as in link:page[words].
func isGlued(line []byte) bool {
	at := bytes.IndexByte(line, '[') - 1
	return at >= 0 && 'a' <= line[at] && line[at] <= 'z'
}

// inCells are the signs of what a cell of a table may hold: it begins with no mark.
var inCells = func() string {
	all := "&｜`"
	for i := range foreign {
		if !foreign[i].first {
			all += foreign[i].has
		}
	}
	return all
}()

// mayBeForeign reports whether a block holds any sign that foreign knows: most
// do not, and need no second look.
func (p *Pass) mayBeForeign(block ast.Node) bool {
	src, lines, has := p.Doc.Text(), block.Lines(), p.signsIn(block)
	if lines.Len() == 0 {
		return has.mayHold(inCells)
	}
	if has.mayHold("{^=$%&\\+~|<") {
		return true
	}
	for i := range lines.Len() {
		line := lines.At(i)
		text := src[line.Start:line.Stop]
		if holdsSeldom(text, has) {
			return true
		}
		first, n := utf8.DecodeRune(text)
		isTwice := bytes.HasPrefix(text[n:], text[:n])
		if strings.ContainsRune("[!?:.=-*+@•‣⁃∙●○▪■◦·－＊＋＞》〉＜｜［【：", first) || isTwice &&
			strings.ContainsRune("｀´‘’'\"“”", first) || letters.ClassOf(first)&letters.Digit != 0 &&
			(first > '9' || !bytes.HasPrefix(bytes.TrimLeft(text[n:], "0123456789"), []byte(" "))) {
			return true
		}
	}
	return false
}

// mayBeIn reports whether a text holds what the mark is made of.
func (m *mark) mayBeIn(text []byte, has *signs, first bool) bool {
	switch {
	case m.first:
	case m.has == ":":
		return has[':'] && colonBeforeWord(text)
	default:
		return has.in(text, m.has)
	}
	r, _ := utf8.DecodeRune(text)
	return first && strings.ContainsRune(m.has, r)
}

// colonBeforeWord reports whether no space stands behind one of the colons of a text, as it does in sentences.
func colonBeforeWord(text []byte) bool {
	for {
		at := bytes.IndexByte(text, ':') + 1
		if at == 0 || at == len(text) {
			return false
		}
		if text = text[at:]; text[0] != ' ' && text[0] != '\n' {
			return true
		}
	}
}

// clear takes the mark out of a text: one cause is one finding.
func (m *mark) clear(text []byte) {
	for _, at := range m.sign.FindAllIndex(text, -1) {
		clear(text[at[0]:at[1]])
	}
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
