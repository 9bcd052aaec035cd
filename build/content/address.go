package content

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Encoded returns an address, or a path of this site, as HTML and XML want it:
// ASCII alone, letters of other scripts and what no address may hold
// percent-encoded, a host's name in Punycode. What is encoded already stays.
func Encoded(address string) string {
	if !strings.ContainsFunc(address, mustEncode) {
		return address
	}
	start := 0
	if i := strings.Index(address, "://"); i >= 0 {
		host := address[i+len("://"):]
		if end := strings.IndexAny(host, "/?#"); end >= 0 {
			host = host[:end]
		}
		start = i + len("://") + len(host)
		name, port, _ := strings.Cut(host, ":")
		if ascii, err := idna.Lookup.ToASCII(name); err == nil {
			rest := strings.TrimPrefix(host, name) + address[start:]
			start = i + len("://") + len(ascii)
			if port != "" {
				start += len(":") + len(port)
			}
			address = address[:i] + "://" + ascii + rest
		}
	}
	var b strings.Builder
	b.WriteString(address[:start])
	for i := start; i < len(address); i++ {
		if c := address[i]; mustEncode(rune(c)) {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// mustEncode reports whether no address holds r as it is (RFC 3986).
func mustEncode(r rune) bool {
	return r <= ' ' || r >= 0x7F || strings.ContainsRune("\"<>[\\]^`{|}", r)
}

// addressHint says how to write what is meant for an address elsewhere but
// reads as a path of this site, "" when it is not.
func addressHint(dest string) string {
	host, _, deeper := strings.Cut(strings.TrimPrefix(dest, "//"), "/")
	labels := strings.Split(host, ".")
	isHost := len(labels) > 1 && labels[0] != "" && isWord(labels[len(labels)-1]) && !strings.HasSuffix(host, ".md") &&
		!strings.HasSuffix(host, ".html")
	switch {
	case strings.ContainsAny(dest, "：／．＃＠"):
		return "write signs of an address as : / . # @, not full-width"
	case strings.Contains(dest, "@") && !strings.ContainsAny(dest, "/\\ "):
		return "an e-mail address: write mailto:" + dest
	case isDialled(dest):
		return "a telephone number: write tel:" + digitsOf(dest)
	case isHost && (strings.HasPrefix(dest, "//") || strings.HasPrefix(strings.ToLower(host), "www.") || deeper):
		return "an address elsewhere: write https://" + strings.TrimPrefix(dest, "//")
	case strings.Contains(dest, "\\") && !strings.HasPrefix(dest, "\\") && !strings.Contains(dest, ":"):
		return "folders are separated by /: write " + strings.ReplaceAll(dest, "\\", "/")
	}
	return ""
}

// isWord reports whether s is two letters or more and nothing else.
func isWord(s string) bool {
	return utf8.RuneCountInString(s) > 1 && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// isDialled reports whether dest is a telephone number.
func isDialled(dest string) bool {
	return len(digitsOf(dest)) > 2 && strings.Trim(dest, "+0123456789 -().") == ""
}

// digitsOf returns the + and the digits of a telephone number.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// spaceHint says what to write in place of an address with a space in it.
func spaceHint(scheme, dest string) string {
	_, rest, _ := strings.Cut(dest, ":")
	if (scheme == "tel" || scheme == "sms") && isDialled(rest) {
		return "write " + scheme + ":" + digitsOf(rest)
	}
	if written := strings.ReplaceAll(dest, " ", "%20"); !strings.ContainsFunc(written, isUnseen) {
		if _, err := url.Parse(written); err == nil {
			return "write a space as %20: " + written
		}
	}
	return "write the address again, without characters that nobody sees"
}
