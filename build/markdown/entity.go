package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/util"
)

// entity decodes the character reference at the start of src, or returns 0.
// Only a whole one with its semicolon is a reference: ?x=1&region=eu is an
// address and AT&T a name, whatever HTML knows that begins so.
func entity(src []byte) (text string, n int) {
	end := bytes.IndexByte(src[:min(len(src), 40)], ';')
	if end < 2 || src[0] != '&' {
		return "", 0
	}
	name := src[1:end]
	if name[0] != '#' {
		if _, known := util.LookUpHTML5EntityByName(string(name)); !known {
			return "", 0
		}
	} else if !isNumber(name[1:]) {
		return "", 0
	}
	text = html.UnescapeString(string(src[:end+1]))
	if strings.ContainsFunc(text, unseen) {
		return "", 0
	}
	return text, end + 1
}

// isNumber reports whether digits are decimal, or hexadecimal after an x.
func isNumber(digits []byte) bool {
	hex := len(digits) > 0 && digits[0]|0x20 == 'x'
	if hex {
		digits = digits[1:]
	}
	for _, c := range digits {
		if !util.IsNumeric(c) && !(hex && util.IsHexDecimal(c)) {
			return false
		}
	}
	return len(digits) > 0 && len(digits) <= 7
}

// IsReference reports whether text is a character reference that stands for a
// character: &eacute; but not &rlm;, which is shown as it is written.
func IsReference(text []byte) bool {
	_, n := entity(text)
	return n == len(text)
}
