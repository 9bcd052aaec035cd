package markdown

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lineAt returns the line of text that n line ends stand before.
func lineAt(text []byte, n int) []byte {
	for range n {
		text = text[bytes.IndexByte(text, '\n')+1:] // a normal form has as many lines
	}
	return text
}

// writtenLength returns how many characters at the start of a line, as it is
// written, become a text in normal form.
func writtenLength(line, normal []byte) (n int) {
	for at := 0; at < len(line) && len(normal) > 0; {
		size := norm.NFC.NextBoundary(line[at:], true)
		part := norm.NFC.Bytes(line[at : at+size])
		if len(part) > len(normal) {
			break
		}
		normal = normal[len(part):]
		n += utf8.RuneCount(line[at : at+size])
		at += size
	}
	return n
}
