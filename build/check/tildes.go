package check

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// tildesIn names words between single tildes, which other tools strike out: ~words~. A tilde between words or numbers,
// 3~5, before a number or a path, and behind words, 好的~, is a sign like others.
func (p *Pass) tildesIn(r run) {
	src := p.Doc.Text()
	for at := r.start; at < r.stop; at++ {
		if src[at] != '~' || !opensTilde(src, at) {
			continue
		}
		words, _, _ := bytes.Cut(src[at+1:r.stop], []byte("\n"))
		end := bytes.IndexByte(words, '~')
		if end > 0 && closesTilde(src, at+1+end) {
			p.Report(site.Error, at, `struck words are ~~words~~, with two ~ on either side; to show the sign, write \~`,
				"%q is left in the text", "~")
			return // one of a kind is enough for a run
		}
	}
}

func opensTilde(src []byte, at int) bool {
	before, _ := utf8.DecodeLastRune(src[:at])
	after, _ := utf8.DecodeRune(src[at+1:])
	return unicode.IsLetter(after) && !isWord(before) && before != '~' && before != '/' && before != '\\'
}

func closesTilde(src []byte, at int) bool {
	before, _ := utf8.DecodeLastRune(src[:at])
	after, _ := utf8.DecodeRune(src[at+1:])
	return !unicode.IsSpace(before) && before != '\\' && before != '/' &&
		(!isWord(after) || markdown.Unspaced(after)) && after != '~' && after != '/'
}

// isWord reports whether a character is part of a word or a number.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
