package content

import (
	"fieldguide/build/letters"
	"fieldguide/build/markdown"

	"golang.org/x/text/unicode/norm"
)

// normal returns text in the normal form NFC, in which the site is made: what a
// writer's keyboard makes of é is no error.
func normal(text []byte) []byte {
	if letters.IsNFC(text) {
		return text
	}
	return norm.NFC.Bytes(text)
}

// parse parses a page in its normal form. Positions are counted in the text as
// it is written.
func parse(file string, src []byte) *markdown.Doc {
	if letters.IsNFC(src) {
		return markdown.Parse(file, src, bodyOf(src))
	}
	text := norm.NFC.Bytes(src)
	doc := markdown.Parse(file, text, bodyOf(text))
	doc.Written = src
	return doc
}
