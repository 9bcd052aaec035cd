package release

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"aead.dev/minisign"
)

// Key is a public key of minisign, by which releases of one guide are told from
// others. One key signs one guide.
type Key = minisign.PublicKey

// ParseKey reads a public key: what stands in a file of minisign, or only the
// line RW… of it.
func ParseKey(text string) (Key, error) {
	var key Key
	if err := key.UnmarshalText([]byte(strings.TrimSpace(text))); err != nil {
		return key, errors.New("it is no public key of minisign, which is a line that begins with RW, " +
			"or a file of it, such as release.pub")
	}
	return key, nil
}

// ReadKey reads a public key from the file of that name, or from the name itself
// when it is the key.
func ReadKey(name string) (Key, error) {
	data, err := os.ReadFile(name)
	if err == nil {
		key, err := ParseKey(string(data))
		if err != nil {
			err = fmt.Errorf("reading %s: %w", name, err)
		}
		return key, err
	}
	key, bad := ParseKey(name)
	switch {
	case bad == nil:
		return key, nil
	case strings.HasPrefix(name, "RW"):
		return key, fmt.Errorf("reading %s: %w", name, bad)
	}
	return key, fmt.Errorf("reading the public key: %w", err)
}

// KeyLine is a public key as people pass it on: RW and 54 letters and digits.
func KeyLine(key Key) string {
	lines := strings.Fields(key.String())
	return lines[len(lines)-1]
}

// KeyFile returns the file of a public key, as minisign has it.
func KeyFile(key Key) []byte {
	return fmt.Appendf(nil, "untrusted comment: public key %s of a guide\n%s\n", keyName(key.ID()), KeyLine(key))
}

// keyName is how minisign and messages call a key.
func keyName(id uint64) string { return fmt.Sprintf("%016X", id) }

// ErrPassword says that a secret key cannot be read with the password given.
var ErrPassword = errors.New("the password is wrong, or the file damaged")

// IsLocked reports whether a file of a secret key wants a password.
func IsLocked(data []byte) bool { return minisign.IsEncrypted(data) }

// Signer signs releases.
type Signer struct{ key minisign.PrivateKey }

// ParseSigner reads the file of a secret key. The password is not looked at where
// none is needed.
func ParseSigner(data []byte, password string) (*Signer, error) {
	var s Signer
	if IsLocked(data) {
		key, err := minisign.DecryptKey(password, data)
		if err != nil {
			return nil, ErrPassword
		}
		return &Signer{key}, nil
	}
	if err := s.key.UnmarshalText(bytes.TrimSpace(data)); err != nil {
		return nil, errors.New("it is no secret key of minisign, a file such as release.key; `fieldguide keygen` makes one")
	}
	return &s, nil
}

// NewSigner makes a new pair of keys.
func NewSigner() (*Signer, error) {
	_, key, err := minisign.GenerateKey(rand.Reader)
	return &Signer{key}, err
}

// Key returns the public key.
func (s *Signer) Key() Key { return s.key.Public().(Key) }

// Encode returns the file of the secret key, locked with a password unless that
// is empty.
func (s *Signer) Encode(password string) ([]byte, error) {
	if password == "" {
		text, err := s.key.MarshalText()
		return append(text, '\n'), err
	}
	text, err := minisign.EncryptKey(password, s.key)
	return append(bytes.TrimSuffix(text, []byte("\n")), '\n'), err
}

// comment is what a signature itself vouches for besides the manifest.
const comment = "release %d of a fieldguide, sha256 %x"

// Sign returns the signature of a manifest, which is the same each time.
func (s *Signer) Sign(manifest []byte) ([]byte, error) {
	m, err := Parse(manifest)
	if err != nil {
		return nil, err
	}
	return minisign.SignWithComments(s.key, manifest, fmt.Sprintf(comment, m.Serial, m.Sum()),
		"signature of "+ManifestName+" with the key "+keyName(s.key.ID())), nil
}

// PutSignature puts the signature of the release in a folder into place, with the
// time of the release.
func PutSignature(dir string, text []byte, released time.Time) error {
	name := filepath.Join(dir, SignatureName)
	if err := replace(name, text, 0o644); err != nil {
		return err
	}
	return os.Chtimes(name, time.Time{}, released)
}

// SignedBy returns an error when the signature in a folder is not that of a manifest
// by a key: fs.ErrNotExist when there is none.
func SignedBy(dir string, m *Manifest, key Key) error {
	text, err := os.ReadFile(filepath.Join(dir, SignatureName))
	if err != nil {
		return err
	}
	sig, err := parseSignature(text)
	switch {
	case err != nil:
		return err
	case !sig.by(key, m.Bytes()):
		return fmt.Errorf("it is signed with %s", keyName(sig.KeyID))
	}
	return nil
}

// signature is a signature file held against a key.
type signature struct {
	minisign.Signature
	text []byte
}

func parseSignature(text []byte) (s signature, err error) {
	s.text = text
	if s.UnmarshalText(text) != nil {
		return s, errors.New("it is not written as minisign writes one")
	}
	return s, nil
}

// by reports whether the key has signed a manifest, and this signature with its
// comment.
func (s signature) by(key Key, manifest []byte) bool { return minisign.Verify(key, manifest, s.text) }

// genuine reports whether the key has made this signature, of whatever.
func (s signature) genuine(key Key) bool {
	return ed25519.Verify(point(key), append(s.Signature.Signature[:], s.TrustedComment...), s.CommentSignature[:])
}

// tells returns which release a signature is of.
func (s signature) tells() (serial int64) {
	var sum []byte
	fmt.Sscanf(s.TrustedComment, comment, &serial, &sum)
	return serial
}

// renamed returns the signature with the id of a key, which nobody vouches for.
func (s signature) renamed(key Key) signature {
	s.KeyID = key.ID()
	text, err := s.MarshalText()
	if err == nil {
		s.text = text
	}
	return s
}

// point is the key as Ed25519 has it: what follows two bytes for the algorithm
// and eight for the id.
func point(key Key) ed25519.PublicKey {
	data, err := base64.StdEncoding.DecodeString(KeyLine(key))
	if err != nil || len(data) != 10+ed25519.PublicKeySize {
		panic("a public key that was read is none")
	}
	return data[10:]
}
