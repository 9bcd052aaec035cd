// Package release says which release of a guide a folder holds, until when, from whom, and every byte of it.
//
// A release is one published tree with its manifest, release.json, and the
// signature of that, release.json.minisig. The manifest names every other file
// with its size, its hash and the time at which its bytes last changed; it is
// put in place last. Whoever has the publisher's key can tell of any copy,
// without a network, whether it is whole and genuine (Verify), and of any
// mirror how old it is (Probe).
//
// # The file release.json
//
// It is JSON as Manifest.Bytes writes it, byte for byte; anything else is
// refused (see Parse). Lines are short and in a fixed order, so that two
// releases that differ in a page differ in a few lines.
//
//	{
//	"format": 1,
//	"serial": 7,                            one more than the release before it
//	"edition": "2026-11",                   what readers quote
//	"released": "2026-11-24T10:00:02Z",     no file is newer
//	"expires": "2027-12-29T10:00:02Z",      after that, look for a newer one
//	"previous": "…",                        SHA-256 of the release.json before it
//	"next": "RW…",                          the key that will sign later ones
//	"files": [
//	{"name":"en/index.html","size":5123,"sha256":"…","time":"2026-11-05T10:22:14Z"},
//	…
//	]
//	}
//
// A file that has changed since the first release says what it "was": 16 digits of
// the hash that it had before. A ZIP in the tree has "entries" besides: what lies in it, where that is no file
// of the tree itself, each "16 digits of its hash, its time, its name".
//
// # Serials and times
//
// The serial rises by one when any byte of the tree has changed, and only then.
// The time of a file is later than everything in the release before when its
// bytes have changed since, and else what it was: so copiers and servers that
// take only what is newer, and those that look for other times, are both right.
// All times are even seconds, the finest that ZIP and FAT32 can tell. Of the
// first release, times come from the bytes: see pack.Time.
package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"fieldguide/build/pack"
)

// Names of the files that say what a release is. They name all others.
const (
	ManifestName  = "release.json"
	SignatureName = ManifestName + ".minisig"
)

// format is which form of manifest this is.
const format = 1

// maxManifest is how large a manifest may be: that of a million files.
const maxManifest = 256 << 20

// Sum is a SHA-256.
type Sum [sha256.Size]byte

// MarshalText implements encoding.TextMarshaler.
func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(s)) {
		return fmt.Errorf("a SHA-256 has %d digits, not %d", hex.EncodedLen(len(s)), len(text))
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// Manifest is what release.json says: which release this is, and all its files.
type Manifest struct {
	Format   int       `json:"format"`
	Serial   int64     `json:"serial"`  // from 1
	Edition  string    `json:"edition"` // as site.yaml has it
	Released time.Time `json:"released"`
	Expires  time.Time `json:"expires,omitzero"`  // zero for never
	Previous *Sum      `json:"previous,omitzero"` // nil for the first one
	Next     string    `json:"next,omitzero"`     // a public key of minisign; "" for the same
	Files    []File    `json:"files"`             // sorted by name

	raw    []byte // as it was read
	byName map[string]*File
}

// File is a file of a release.
type File struct {
	Name    string    `json:"name"` // relative, with slashes
	Size    int64     `json:"size"`
	SHA256  Sum       `json:"sha256"`
	Time    time.Time `json:"time"`              // when its bytes last changed
	Was     *Part     `json:"was,omitzero"`      // what it had before, of which some copy may still be
	Entries []Entry   `json:"entries,omitempty"` // of a ZIP: those that are not files of the release themselves
}

// Part is the beginning of a SHA-256: enough to know bytes again.
type Part [8]byte

// MarshalText implements encoding.TextMarshaler.
func (p Part) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, p[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Part) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(p)) {
		return fmt.Errorf("%q is not the beginning of a SHA-256", text)
	}
	_, err := hex.Decode(p[:], text)
	return err
}

// Entry is a file in a ZIP.
type Entry struct {
	Name string
	Sum  Part
	Time time.Time
}

// MarshalText implements encoding.TextMarshaler.
func (e Entry) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%x %s %s", e.Sum, e.Time.Format(time.RFC3339), e.Name), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (e *Entry) UnmarshalText(text []byte) error {
	sum, rest, _ := strings.Cut(string(text), " ")
	at, name, _ := strings.Cut(rest, " ")
	err := e.Sum.UnmarshalText([]byte(sum))
	e.Name = name
	var parseErr error
	e.Time, parseErr = time.Parse(time.RFC3339, at)
	return errors.Join(err, parseErr)
}

// File returns the file of a name, nil when there is none.
func (m *Manifest) File(name string) *File {
	if m == nil {
		return nil
	}
	return m.byName[name]
}

func (m *Manifest) index() *Manifest {
	m.byName = make(map[string]*File, len(m.Files))
	for i := range m.Files {
		m.byName[m.Files[i].Name] = &m.Files[i]
	}
	return m
}

// Bytes returns the manifest as release.json has it.
func (m *Manifest) Bytes() []byte {
	if m.raw != nil {
		return m.raw
	}
	head := *m
	head.Files = nil
	head.raw, head.byName = nil, nil
	text, err := json.MarshalIndent(head, "", "")
	if err != nil {
		panic(err) // all times are of our making
	}
	var b bytes.Buffer
	b.Write(bytes.TrimSuffix(text, []byte("null\n}")))
	b.WriteString("[")
	for i, f := range m.Files {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n")
		b.Write(f.appendJSON(b.AvailableBuffer()))
	}
	b.WriteString("\n]\n}\n")
	m.raw = b.Bytes()
	return m.raw
}

// appendJSON appends what package json makes of a file, which has thousands of fellows.
func (f *File) appendJSON(b []byte) []byte {
	if f.Was != nil || f.Entries != nil || strings.ContainsFunc(f.Name, isEscaped) {
		line, err := json.Marshal(f)
		if err != nil {
			panic(err)
		}
		return append(b, line...)
	}
	b = append(append(append(b, `{"name":"`...), f.Name...), `","size":`...)
	b = strconv.AppendInt(b, f.Size, 10)
	b = hex.AppendEncode(append(b, `,"sha256":"`...), f.SHA256[:])
	b = f.Time.AppendFormat(append(b, `","time":"`...), time.RFC3339Nano)
	return append(b, `"}`...)
}

// isEscaped reports whether a sign may stand otherwise in a text of JSON.
func isEscaped(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`"\<>&`, r) }

// Sum returns the hash of release.json.
func (m *Manifest) Sum() Sum { return sha256.Sum256(m.Bytes()) }

// head is what every manifest begins with.
var head = []byte("{\n\"format\": ")

// IsManifest reports whether data looks like a manifest of ours, of any format.
func IsManifest(data []byte) bool { return bytes.HasPrefix(data, head) }

// Parse reads release.json. It takes only what Bytes writes, so that nothing can
// be read in two ways, and only names that stay within a folder.
func Parse(data []byte) (*Manifest, error) {
	if len(data) > maxManifest {
		return nil, fmt.Errorf("it has %d bytes, more than any guide needs", len(data))
	}
	of := struct{ Format int }{format}
	if !bytes.HasPrefix(data, fmt.Appendf(nil, "%s%d,\n", head, format)) {
		if err := json.Unmarshal(data, &of); err != nil {
			return nil, fmt.Errorf("it is no manifest: %w", err)
		}
	}
	if of.Format != format {
		return nil, fmt.Errorf("it is of format %d, and this program knows %d: look for a newer fieldguide", of.Format, format)
	}
	m := &Manifest{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("it is no manifest: %w", err)
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	if !bytes.Equal(m.Bytes(), data) {
		return nil, errors.New("it is not written as fieldguide writes it")
	}
	return m.index(), nil
}

func (m *Manifest) check() error {
	if m.Serial < 1 || m.Serial > 1<<53 {
		return fmt.Errorf("there is no serial %d", m.Serial)
	}
	for _, at := range []time.Time{m.Released, m.Expires} {
		if !isTime(at) {
			return fmt.Errorf("%v is no time of a release: they are of UTC, in even seconds", at)
		}
	}
	if m.Next != "" {
		if _, err := ParseKey(m.Next); err != nil {
			return fmt.Errorf("the next key: %w", err)
		}
	}
	for i, f := range m.Files {
		switch {
		case !isName(f.Name):
			return fmt.Errorf("%q is not the name of a file in a release", f.Name)
		case i > 0 && m.Files[i-1].Name >= f.Name:
			return fmt.Errorf("%q stands at the wrong place", f.Name)
		case f.Size < 0 || !isTime(f.Time) || f.Time.After(m.Released):
			return fmt.Errorf("%s has a size or a time that cannot be", f.Name)
		}
		for _, e := range f.Entries {
			if e.Name == "" || !isTime(e.Time) || e.Time.After(m.Released) {
				return fmt.Errorf("in %s, %q has a name or a time that cannot be", f.Name, e.Name)
			}
		}
	}
	return nil
}

func isTime(t time.Time) bool {
	return t.Location() == time.UTC && t.Nanosecond() == 0 && t.Unix()%int64(pack.Step/time.Second) == 0 && t.Year() < 10000
}

// isName reports whether a file of a release may have a name: one that means the
// same on every system, and none of those that say what the release is.
func isName(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.ContainsFunc(name, func(r rune) bool {
		return r < ' ' || strings.ContainsRune(`"*:<>?\|`, r)
	}) && !strings.EqualFold(name, ManifestName) && !strings.EqualFold(name, SignatureName)
}

// Read reads the manifest of a folder, or a file that is one.
func Read(name string) (*Manifest, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, ManifestName)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	m, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return m, nil
}

// Same reports whether two manifests name the same bytes.
func Same(a, b []File) bool {
	return slices.EqualFunc(a, b, func(a, b File) bool {
		return a.Name == b.Name && a.Size == b.Size && a.SHA256 == b.SHA256
	})
}
