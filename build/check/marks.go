package check

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"fieldguide/build/letters"

	"github.com/yuin/goldmark/ast"
)

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
	{"Hugo", sign(`\{\{[<%].*?[>%]\}\}`),
		"write the words themselves, or a block :::note: pages have no templates", false, "{"},
	{"a template", sign(`\{\{.*?\}\}`), "write the words themselves: pages have no templates", false, "{"},
	{"Jekyll", sign(`\{%.*?%\}`), "write the words themselves, or a block :::note: pages have no templates", false, "{"},
	{"MDX", sign(`\{/\*.*?\*/\}`), "write <!-- words for people who write -->", false, "{"},
	{"MDX", sign(`^(?:import|export) .*['"]`), "remove it: pages hold words", true, "ie"},
	{"CriticMarkup", sign(`\{(?:\+\+.*?\+\+|--.*?--|~~.*?~~|>>.*?<<|==.*?==)\}`),
		"write the text as it is to be", false, "{"},
	{"kramdown", sign(`\{::?[^}]*\}`), "remove it: only a heading and a block have an id, ## Words {#id}", false, "{"},
	{"Pandoc", sign(`\{#[^}]* [^}]*\}`),
		"an id is one word, at the end of a heading or after the name of a block: {#like-this}", false, "{"},
	{"Pandoc", sign(`\{ ?[#.][^}]*\}|\{[\w-]+=[^}]*\}`),
		"remove it: only a heading and a block have an id, ## Words {#id}", false, "{"},
	{"Pandoc", sign(`\[-?@[\pL\d][^\]\n]*\]`),
		"write the mark [^1], and on a line of its own the note [^1]: …; to show the sign, write \\[@", false, "@"},
	{"BBCode", sign(`\[/(?:b|i|u|s|url|img|quote|size|color|code|list)\]`),
		"write **words**, *words*, > words or [words](address)", false, "["},
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
	{"a chat program", sign(`\|\|[^|\s](?:[^|]*[^|\s])?\|\|`),
		"write the words alone: nothing is covered here", false, "|"},
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
	{"Textile", sign(`^(?:h[1-6]|bq)\. `),
		"write ## and a space before a heading, > and a space before a quotation", true, "hb"},
	{"AsciiDoc", sign(`^={1,6} \pL`), "write ## and a space before the words of a heading", true, "="},
	{"a chat program", sign(`(?:^|[\s(（¡¿«"“\p{Lo}\p{Cyrillic}，。！？、；…])(:(?:[a-z][a-z0-9_+-]+|[+-]1):)`),
		"write the picture itself, or the word", false, ":"},
	{"a chat program", sign(`[\pL!?.,)](:(?:[a-z]+(?:_[a-z]+)+|` + faces + `|[+-]1):)(?:$|[^\pL\d_:/])`),
		"write the picture itself, or the word", false, ":"},
	{"TeX", sign(`\$\$`), "write the formula in words, or put a picture of it here", false, "$"},
	{"TeX", sign(`\$(?:\pL|[^\s$][^$\n]*[\\^_{=][^$\n]*[^\s$\\])\$(?:[\s.,;:!?)]|$)`),
		"write the formula in words, or put a picture of it here", false, "$"},
	{"TeX", sign(`\\(?:textbf|textit|emph|(?:sub)*section|cite|ref|footnote|begin|end)\{`),
		"write **words**, *words*, ## words or [^1]", false, "\\"},
	{"TeX", sign(`^\\(?:newpage|pagebreak|clearpage)\b`), "remove it: pages break where they must", true, "\\"},
	{"Obsidian", sign(`%%.*?%%|^%%[ \t]*$`), "write <!-- words for people who write -->", false, "%"},
	{"a comment in other signs", sign(`[<＜][!！][—–－]|<!-[^-]|＜!-|[<＜]！-`),
		"write <!-- words for people who write -->", false, "<＜"},
	{"a word processor", sign(`^[•‣⁃∙●○▪■◦·]`), "write - and a space", false, "•‣⁃∙●○▪■◦·"},
	{"a list without its space", sign(`^[-*+](\pL)`), "write a space after the sign: - {1}", true, "-*+"},
	{"a list in other digits", sign(`^[٠-٩۰-۹０-９०-९]+[.．)）、\-][\s ]?\pL`),
		"write 1. with a digit of 0-9, a full stop and a space", true, otherDigits},
	{"a list with another sign", sign(`^[0-9]+[、．）]\s?[^\s0-9０-９]`),
		"write 1. with a full stop and a space", true, "0123456789"},
	{"a list without its space", sign(`^[0-9]+\.(?:\pL\pL|\p{Lo})`), "write a space after 1.", true, "0123456789"},
}

// faces are the names of pictures that no word between two colons is, as in a:b: c.
const faces = `smile|smiley|grin|grinning|laughing|joy|sob|` +
	`wink|blush|heart|tada|rocket|sparkles|thumbsup|thumbsdown|clap|pray|muscle`

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

// holdsPicture reports whether a line may hold the name of a picture, as in :smile:.
func holdsPicture(line []byte) bool {
	for {
		at := bytes.IndexByte(line, ':') + 1
		if at == 0 {
			return false
		}
		line = line[at:]
		rest := bytes.TrimLeft(line, "abcdefghijklmnopqrstuvwxyz0123456789_+-")
		if len(rest) > 0 && len(rest) < len(line) && rest[0] == ':' && (line[0] < '0' || line[0] > '9') {
			return true
		}
	}
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
