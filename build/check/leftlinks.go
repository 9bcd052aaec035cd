package check

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"fieldguide/build/markdown"
	"fieldguide/build/media"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

// lostLinks are signs between what were to be the words of a link and its
// address.
var lostLinks = []struct{ sign, hint string }{
	{"] (", "no space between"},
	{"]（", "with the brackets ( ) of addresses"},
	{"] （", "with the brackets ( ) of addresses and no space"},
	{"］(", "with the brackets [ ] of links"},
	{"］（", "with the brackets [ ]( ) of links"},
	{"】(", "with the brackets [ ] of links"},
	{"】（", "with the brackets [ ]( ) of links"},
	{")[", "the words come first"},
	{"）[", "the words come first"},
}

// linkHint says how to write what was meant to be a link: src[at:] begins with
// the ]( of one that is not.
func linkHint(src []byte, at int) string {
	rest, _, _ := bytes.Cut(src[at+len("]("):], []byte("\n\n"))
	address, _, closed := bytes.Cut(rest[:min(len(rest), longestAddress)], []byte(")"))
	wide, _, isWide := bytes.Cut(address, []byte("）"))
	scheme, number, _ := bytes.Cut(address, []byte(":"))
	words := wordsBefore(src[:at])
	if words == "" {
		words = "words"
	}
	switch {
	case at > 0 && src[at-1] == ']' && src[max(0, at-2)] != ')':
		return "one ] is enough: [words](address)"
	case isWide && !bytes.ContainsAny(wide, " \n"):
		return fmt.Sprintf("with the brackets ( ) of addresses: [%s](%s)", words, wide)
	case !closed:
		return fmt.Sprintf("a link ends with ): [%s](address)", words)
	case bytes.Count(address, []byte("(")) > 0:
		return "a ( in an address wants its ), or is written %28: [words](page.md)"
	case bytes.ContainsAny(address, "\n"):
		return "an address stands on one line: [words](page.md)"
	case bytes.Contains(address, []byte(" =")):
		return "a picture takes no size, which is measured: ![words](kite.png)"
	case bytes.Contains(address, []byte(" ")) && (string(scheme) == "tel" || string(scheme) == "sms"):
		return fmt.Sprintf("no spaces in a number to dial: [%s](%s:%s)", words, scheme,
			bytes.ReplaceAll(number, []byte(" "), nil))
	case bytes.Contains(address, []byte(" ")):
		return "no space in an address; one that belongs to it is written %20: [words](page.md)"
	case bytes.Contains(src[:at], []byte("](")):
		return "a link holds no other: end one before the next begins"
	}
	return "a link is [words](page.md), all in one paragraph"
}

// linksIn names links that have not become any.
func (p *Pass) linksIn(r run) {
	src := p.Doc.Text()
	text := src[r.start:r.stop]
	if !bytes.ContainsAny(text, "[]］】") {
		return
	}
	for _, l := range lostLinks {
		for at := 0; ; at += len(l.sign) {
			i := bytes.Index(text[at:], []byte(l.sign))
			if i < 0 {
				break
			}
			at += i
			address := addressAt(src[r.start+at+len(l.sign):])
			words, mark := "words", ""
			if address == "" && !strings.ContainsAny(l.sign, "]］】") {
				address, words = turnedLink(text, at, len(l.sign))
			}
			if address == "" || at > 0 && text[at-1] == '\\' {
				continue
			}
			if before := wordsBefore(text[:at]); before != "" && l.sign[0] != ')' {
				words = before
				if open, _ := opening(text[:at]); isPictureMark(text[:open]) {
					mark = "!"
				}
			}
			p.Report(site.Error, r.start+at, fmt.Sprintf("%s: %s[%s](%s)", l.hint, mark, words, address),
				"%q is left in the text", l.sign)
			p.bracket(r, r.start+at, l.sign, address)
		}
	}
	if after := src[r.stop:]; bytes.HasSuffix(text, []byte("]")) && bytes.HasPrefix(after, []byte("\n(")) {
		if address := addressAt(after[len("\n("):]); address != "" {
			p.Report(site.Error, r.stop-1, "on one line, with no space between: [words]("+address+")",
				"this link stands on two lines, and is none yet")
		}
	}
	for at := 0; ; at += len("][") {
		i := bytes.Index(text[at:], []byte("]["))
		if i < 0 {
			return
		}
		at += i
		if at > 0 && text[at-1] == '\\' {
			continue
		}
		words := wordsBefore(text[:at])
		rest := text[at+len("]["):]
		label, _, closed := strings.Cut(string(rest[:min(len(rest), longestAddress)]), "]")
		if !closed || words == "" {
			continue
		}
		if label == "" {
			label = words
		}
		p.Report(site.Error, r.start+at-len(words)-len("["),
			fmt.Sprintf("write [%s](address), or a line [%s]: address", words, label), "nothing is called [%s]", label)
	}
}

// isPictureMark reports whether a text ends with the ! of a picture. One with a space behind
// it, or of a Chinese keyboard, is one when nothing stands before it: French has a space
// before the ! of a sentence.
func isPictureMark(text []byte) bool {
	mark := string(bytes.TrimSpace(text))
	return mark == "!" || mark == "！" || bytes.HasSuffix(text, []byte("!"))
}

// pictureIn names a link to a picture that was to be the picture: ! [words](kite.png).
func (p *Pass) pictureIn(n *ast.Link) {
	before, ok := n.PreviousSibling().(*ast.Text)
	if !ok || !media.IsName(markdown.Destination(n.Destination)) {
		return
	}
	text := before.Segment.Value(p.Doc.Text())
	mark := bytes.TrimRight(text, " ")
	if !isPictureMark(text) || len(mark) == len(text) && mark[len(mark)-1] == '!' || before.SoftLineBreak() {
		return
	}
	_, size := utf8.DecodeLastRune(mark)
	at := before.Segment.Start + len(mark) - size
	p.Report(site.Error, at, fmt.Sprintf("a picture begins with ![, with no space between: ![%s](%s)",
		p.Doc.PlainText(n),
		n.Destination), "%q is left in the text", mark[len(mark)-size:])
	p.mend(edit{at, n.Pos(), "!"})
}

// turnedLink returns the address and the words of (address)[words], whose sign )[ stands at a place in text; "" where
// the brackets belong to another link.
func turnedLink(text []byte, at, sign int) (address, words string) {
	open := bytes.LastIndexAny(text[:at], "(（")
	if open < 0 || endsLink(text[:open]) {
		return "", ""
	}
	_, n := utf8.DecodeRune(text[open:])
	after, _, closed := bytes.Cut(text[at+sign:], []byte("]"))
	if !closed {
		return addressAt(text[open+n:]), "words"
	}
	return addressAt(text[open+n:]), string(after)
}

// endsLink reports whether a text ends with the bracket that the words of a link end with.
func endsLink(text []byte) bool {
	last, _ := utf8.DecodeLastRune(bytes.TrimRight(text, " "))
	return strings.ContainsRune("]］】", last)
}

// bracket says that a link whose brackets are not those of links is mended when they are.
func (p *Pass) bracket(r run, at int, sign, address string) {
	src := p.Doc.Text()
	open, size := opening(src[r.start:at])
	begins, end := at+len(sign), at+len(sign)+len(address)
	if open < 0 || strings.HasSuffix(sign, "[") || !bytes.HasPrefix(src[begins:], []byte(address)) {
		return
	}
	if mark := bytes.TrimRight(src[r.start:r.start+open], " "); isPictureMark(mark) && len(mark) < open {
		return // ! is apart from it too
	}
	open += r.start
	shut, n := utf8.DecodeRune(src[end:]) // the address may be a link by itself
	if bytes.ContainsAny(src[open:at], "]］】") || open > 0 && src[open-1] == '\\' || shut != ')' && shut != '）' {
		return
	}
	p.mend(edit{open, open + size, "["}, edit{at, begins, "]("}, edit{end, end + n, ")"})
}

// opening returns where the last opening bracket of a text stands and its size, -1 for none.
func opening(text []byte) (at, size int) {
	at = -1
	for _, open := range []string{"[", "［", "【"} {
		if i := bytes.LastIndex(text, []byte(open)); i > at {
			at, size = i, len(open)
		}
	}
	return at, size
}

// longestAddress is how many bytes an address or a label may have here.
const longestAddress = 300

// addressAt returns the address at the start of src, up to the bracket that
// closes it; "" when it is none.
func addressAt(src []byte) string {
	src = src[:min(len(src), longestAddress)]
	end := bytes.IndexAny(src, ")）]］ \t\n")
	if end < 1 {
		return ""
	}
	address := strings.Trim(string(src[:end]), "<>")
	scheme, _, hasScheme := strings.Cut(address, ":")
	name, _, _ := strings.Cut(address, "#")
	ext := path.Ext(name)
	switch {
	case strings.Contains(address, "://"), strings.HasPrefix(address, "#"), strings.HasPrefix(address, "../"),
		strings.HasPrefix(address, "/") && len(address) > 1,
		hasScheme && slices.Contains([]string{"mailto", "tel", "sms", "term", "source"}, strings.ToLower(scheme)),
		len(ext) > 2 && len(ext) < 6 && isPathName(strings.TrimSuffix(name, ext)) && isPathName(ext[1:]):
		return address
	}
	return ""
}

// isPathName reports whether s is made of what the names of files here are.
func isPathName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./%") == ""
}

// wordsBefore returns the words between the last opening bracket of text and
// its end, "" when they are none or too long to be repeated.
func wordsBefore(text []byte) string {
	text = text[max(0, len(text)-90):]
	if at, size := opening(text); at >= 0 && !bytes.ContainsAny(text[at:], "\n]") {
		return string(text[at+size:])
	}
	return ""
}

// isLeft reports whether the page has a destination that has become no link,
// which the check "leftover" names where it stands.
func (p *Pass) isLeft(dest string) bool {
	text := string(p.Doc.Text())
	for at := 0; dest != ""; at += len(dest) {
		i := strings.Index(text[at:], dest)
		if i < 0 {
			break
		}
		at += i
		before, after := strings.TrimRight(text[:at], "<"), strings.TrimLeft(text[at+len(dest):], ">")
		next, _ := utf8.DecodeRuneInString(after)
		if after != "" && !strings.ContainsRune(")） \n", next) {
			continue // the start of another address
		}
		if strings.HasSuffix(before, "](") && strings.HasPrefix(after, ")") {
			continue // a link
		}
		words, isASCII := strings.CutSuffix(before, "(")
		if !isASCII {
			words = strings.TrimSuffix(before, "（")
		}
		words = strings.TrimRight(words, " ")
		last, _ := utf8.DecodeLastRuneInString(words)
		if len(words) < len(before) && strings.ContainsRune("]］】", last) {
			return true
		}
	}
	return false
}
