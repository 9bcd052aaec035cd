package epub

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode/utf8"
)

// isName reports whether s may name an element or an attribute: HTML reads
// almost anything as one, XML and its namespaces do not.
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; !('a' <= c && c <= 'z' || i > 0 && ('0' <= s[i] && s[i] <= '9' || s[i] == '-' || s[i] == '.')) && s[i] != '_' {
			return false
		}
	}
	return s != ""
}

// escape writes text or an attribute's value. What XML cannot hold is left out.
func (x *writer) escape(s string) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '&':
			x.raw("&amp;")
		case r == '<':
			x.raw("&lt;")
		case r == '>':
			x.raw("&gt;")
		case r == '"':
			x.raw("&quot;")
		case r == utf8.RuneError && n == 1, r < ' ' && r != '\n' && r != '\t', r == '\uFFFE', r == '\uFFFF':
		default:
			x.raw(s[i : i+n])
		}
		i += n
	}
}

// urn makes a name a URN, by hashing it into a UUID of version 8 (RFC 9562).
func urn(id string) string {
	sum := sha256.Sum256([]byte(id))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
