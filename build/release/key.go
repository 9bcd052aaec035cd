package release

import (
	"fmt"
	"strings"

	"aead.dev/minisign"
)

// ParseKey reads a public key: what stands in a file of minisign, or only the
// line RW… of it.
func ParseKey(text string) (minisign.PublicKey, error) {
	var key minisign.PublicKey
	if err := key.UnmarshalText([]byte(strings.TrimSpace(text))); err != nil {
		return key, fmt.Errorf("%.60q is no public key of minisign, which begins with RW: %w", text, err)
	}
	return key, nil
}
