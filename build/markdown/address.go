package markdown

import (
	"bytes"
	"html/template"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// addresses are bare links: https://example.org, www.example.org and
// someone@example.org, wherever they stand: also beside Chinese and inside any
// brackets or quotation marks.
type addresses struct{}

func (addresses) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithInlineParsers(
			util.Prioritized(inBrackets{parser.NewAutoLinkParser()}, 300),
			util.Prioritized(addresses{}, 950),
		),
		parser.WithASTTransformers(util.Prioritized(noNesting{}, 100)),
	)
}

// Trigger implements parser.InlineParser: the signs that an address has in its
// midst. It is found from there, so that nothing needs to stand before it.
func (addresses) Trigger() []byte { return []byte{':', '.', '@'} }

func (addresses) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	said, ok := parent.LastChild().(*ast.Text)
	line, segment := block.PeekLine()
	if !ok || said.Segment.Stop != segment.Start || segment.Padding > 0 || said.SoftLineBreak() || said.HardLineBreak() {
		return nil
	}
	before := said.Segment.Value(block.Source())
	start, kind := -1, ast.AutoLinkURL
	switch line[0] {
	case ':':
		start = schemeStart(before)
	case '.':
		start = wwwStart(before)
	case '@':
		start, kind = localStart(before), ast.AutoLinkEmail
	}
	if start < 0 {
		return nil // as most colons and full stops
	}
	end := 0
	switch line[0] {
	case ':':
		end = urlEnd(line, len("://"))
	case '.':
		end = urlEnd(line, len("."))
	case '@':
		end = domainEnd(line)
	}
	if end == 0 {
		return nil
	}
	from := segment.Start - len(before) + start
	if said.Segment.Stop = from; said.Segment.Len() == 0 {
		parent.RemoveChild(parent, said)
	}
	block.Advance(end)
	link := ast.NewAutoLink(kind, ast.NewTextSegment(text.NewSegment(from, segment.Start+end)))
	link.SetPos(from)
	if line[0] == '.' {
		link.Protocol = []byte("http")
	}
	noteNesting(pc)
	return link
}

// schemeStart returns where http or https begins at the end of text, or -1.
func schemeStart(text []byte) int {
	for _, scheme := range []string{"https", "http"} {
		at := len(text) - len(scheme)
		if at >= 0 && strings.EqualFold(string(text[at:]), scheme) && (at == 0 || !isRunByte(text[at-1])) {
			return at
		}
	}
	return -1
}

// wwwStart returns where www begins at the end of text, or -1.
func wwwStart(text []byte) int {
	at := len(text) - len("www")
	switch {
	case at < 0, !strings.EqualFold(string(text[at:]), "www"),
		at > 0 && (isRunByte(text[at-1]) || strings.IndexByte("./:@-_", text[at-1]) >= 0):
		return -1
	}
	return at
}

// localStart returns where the part of an e-mail address before its @ begins
// at the end of text, or -1.
func localStart(text []byte) int {
	at := len(text)
	for at > 0 && (isRunByte(text[at-1]) || strings.IndexByte(".+-_%", text[at-1]) >= 0) {
		at--
	}
	for at < len(text) && !isRunByte(text[at]) {
		at++
	}
	if at == len(text) || at > 0 && text[at-1] == '/' {
		return -1
	}
	return at
}

// domainEnd returns where the part of an e-mail address from its @ on ends, 0
// when it is none.
func domainEnd(line []byte) int {
	end := 1
	for end < len(line) && (isRunByte(line[end]) || line[end] == '-' || line[end] == '.') {
		end++
	}
	end = len(bytes.TrimRight(line[:end], ".-"))
	if end <= 1 || !isHost(string(line[1:end])) {
		return 0
	}
	return end
}

// urlEnd returns where the address ends whose host begins at line[host], 0
// when it is none.
func urlEnd(line []byte, host int) int {
	if len(line) <= host || host > 1 && line[1] != '/' || host > 2 && line[2] != '/' {
		return 0
	}
	end := host + hostLength(line[host:])
	name, port, _ := strings.Cut(string(line[host:end]), ":")
	if strings.Trim(port, "0123456789") != "" {
		return 0
	}
	deeper := end < len(line) && strings.IndexByte("/?#", line[end]) >= 0
	if !deeper {
		end = len(bytes.TrimRight(line[:end], ".:-_"))
		name, _, _ = strings.Cut(string(line[host:max(host, end)]), ":")
	}
	if host == len(".") {
		name = "www." + name
	}
	switch {
	case !isHost(name):
		return 0
	case deeper:
		return trimmed(line, end+restLength(line[end:]))
	}
	return end
}

// isHost reports whether name is that of a host: words with dots between, and
// letters in the last.
func isHost(name string) bool {
	labels := strings.Split(name, ".")
	last, _ := utf8.DecodeRuneInString(labels[len(labels)-1])
	for _, label := range labels {
		if label == "" {
			return false
		}
	}
	return len(labels) > 1 && unicode.IsLetter(last)
}

// hostLength returns the length of the host and port at the start of s.
func hostLength(s []byte) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		switch {
		case r >= utf8.RuneSelf && goesOnIn(s[:i], r):
		case r < utf8.RuneSelf && (isRunByte(s[i]) || strings.IndexByte("-._:", s[i]) >= 0):
		default:
			return i
		}
		i += n
	}
	return len(s)
}

// restLength returns the length of what follows a host: path, query, fragment.
// Brackets belong to it in pairs; signs that no address holds end it, and
// doubled ones that Markdown reads.
func restLength(s []byte) int {
	var open []byte
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		c := s[i]
		switch {
		case r >= utf8.RuneSelf:
			if !goesOnIn(s[:i], r) && !elides(s[:i], r, s[i+n:]) {
				return i
			}
		case c == '(':
			open = append(open, ')')
		case c == '[' && !isKey(s, i):
			return i // the mark of a note, or words that stand behind an address in another Markdown
		case c == '[':
			open = append(open, ']')
		case c == ')' || c == ']':
			if len(open) == 0 || open[len(open)-1] != c {
				return i
			}
			open = open[:len(open)-1]
		case (c == '*' || c == '~') && i+1 < len(s) && s[i+1] == c:
			return i
		case c == '\\' && i+1 < len(s) && strings.IndexByte("-._~*()[]&#!+", s[i+1]) >= 0:
			n = 2
		case isRunByte(c) || strings.IndexByte("-._~:/?#@!$&'*+,;=%", c) >= 0:
		default:
			return i
		}
		i += n
	}
	return len(s)
}

// isKey reports whether the bracket at a place in an address begins a key of its query: ?list[]=1, ?list[of]=1.
func isKey(s []byte, at int) bool {
	end := bytes.IndexAny(s[at+1:], "[]^ \t\n")
	return bytes.IndexByte(s[:at], '?') >= 0 && end >= 0 && s[at+1+end] == ']'
}

// goesOnIn reports whether a character outside ASCII goes on with an address:
// letters and what belongs to them. One of a script that sets no space between
// words, or joins small words to the next, does so only where it cannot be the sentence that goes on: at the
// start of a part, as in /wiki/风筝, or after another one.
func goesOnIn(address []byte, r rune) bool {
	if !unicode.In(r, unicode.L, unicode.M, unicode.Nd) {
		return false
	}
	if !joins(r) && !unicode.In(r, unicode.Arabic, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		return true
	}
	if len(address) == 0 {
		return true
	}
	last, size := utf8.DecodeLastRune(address)
	if last == '.' {
		before, _ := utf8.DecodeLastRune(address[:len(address)-size])
		return before >= utf8.RuneSelf
	}
	return last >= utf8.RuneSelf || strings.ContainsRune("/=#-_+(", last)
}

// elides reports whether an apostrophe stands between letters of an address: /l’eau.
func elides(before []byte, r rune, after []byte) bool {
	last, _ := utf8.DecodeLastRune(before)
	next, _ := utf8.DecodeRune(after)
	return r == '’' && unicode.In(last, unicode.Latin, unicode.Cyrillic) && unicode.In(next, unicode.Latin, unicode.Cyrillic)
}

// trimmed returns end without the signs before it that belong to the sentence.
func trimmed(line []byte, end int) int {
	for end > 0 {
		switch c := line[end-1]; {
		case c == ';':
			if at := bytes.LastIndexByte(line[:end], '&'); at >= 0 {
				if _, n := entity(line[at:end]); n == end-at {
					end = at
					continue
				}
			}
		case strings.IndexByte("?!.,:*_~'", c) < 0:
			return end
		}
		end--
	}
	return end
}

// inBrackets are addresses in < >, which may stand between brackets as well.
type inBrackets struct{ parser.InlineParser }

func (p inBrackets) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n := p.InlineParser.Parse(parent, block, pc)
	if n != nil {
		noteNesting(pc)
	}
	return n
}

// noNesting makes addresses inside the words of a link its words: a link holds
// no other.
type noNesting struct{}

var nested = parser.NewContextKey()

// noteNesting remembers that an address may stand inside a link.
func noteNesting(pc parser.Context) {
	if pc.IsInLinkLabel() {
		pc.Set(nested, true)
	}
}

func (noNesting) Transform(root *ast.Document, reader text.Reader, pc parser.Context) {
	if pc.Get(nested) == nil {
		return
	}
	inside := 0
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch {
		case n.Kind() != ast.KindLink && n.Kind() != ast.KindImage:
		case entering:
			inside++
		default:
			inside--
		}
		if entering && inside > 0 {
			wordsOnly(n, reader.Source())
		}
		return ast.WalkContinue, nil
	})
}

// wordsOnly replaces the addresses among the children of n by their words.
func wordsOnly(n ast.Node, src []byte) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		if a, ok := c.(*ast.AutoLink); ok {
			label := a.Label(src)
			at := a.Pos()
			if src[at] == '<' {
				at++
			}
			words := ast.NewTextSegment(text.NewSegment(at, at+len(label)))
			words.SetPos(at)
			n.ReplaceChild(n, a, words)
		}
		c = next
	}
}

// lineBreak is where an address may break.
const lineBreak = "<wbr>"

// Address sets an address for the body of a page: in one piece, whatever direction the
// text around it has, that may break after dots and slashes.
func Address(address string) template.HTML {
	var b strings.Builder
	for piece := range pieces(address) {
		if b.Len() > 0 {
			b.WriteString(lineBreak)
		}
		b.WriteString(template.HTMLEscapeString(piece))
	}
	return template.HTML(`<bdi dir="ltr">` + b.String() + "</bdi>")
}

// pieces yields an address in pieces between which it may break: after a dot or a
// slash that other signs follow.
func pieces(address string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := 0
		for i := 1; i < len(address); i++ {
			before, next := address[i-1], address[i]
			if (before == '.' || before == '/') && next != '.' && next != '/' {
				if !yield(address[from:i]) {
					return
				}
				from = i
			}
		}
		yield(address[from:])
	}
}

// address writes an address that may break.
func (w *Writer) address(address []byte) {
	first := true
	for piece := range pieces(string(address)) {
		if !first {
			w.void("<wbr")
		}
		w.code([]byte(piece))
		first = false
	}
}

// breakable writes markup that was made before, with its line breaks as the document
// at hand has them.
func (w *Writer) breakable(html string) {
	for i, piece := range strings.Split(html, lineBreak) {
		if i > 0 {
			w.void("<wbr")
		}
		w.raw(piece)
	}
}
