package release

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// Kind is what is wrong with a copy.
type Kind string

// What can be wrong with a copy. The first four are about its files, the others
// about which release it shows.
const (
	Changed       Kind = "changed"        // a file has other bytes than were published
	Missing       Kind = "missing"        // a file is not there
	Extra         Kind = "extra"          // a file does not belong to the release
	Mixed         Kind = "mixed"          // a file, or the signature, is that of another release of the same guide
	RolledBack    Kind = "rolled-back"    // an older release than this place, or any, has shown before
	Frozen        Kind = "frozen"         // the place stays where it was, and others have gone on
	FastForwarded Kind = "fast-forwarded" // a release that is ahead of what time allows
	Forked        Kind = "forked"         // another release than the one known by the same serial, or after another one
	WrongKey      Kind = "wrong-key"      // somebody else has signed it
	Unsigned      Kind = "unsigned"       // nobody has signed it
	Unreadable    Kind = "unreadable"     // it cannot be read: see the message
	Expired       Kind = "expired"        // a warning: its time is over
	Unvouched     Kind = "unvouched"      // a warning: no key was given
)

// Kinds are all there are.
var Kinds = []Kind{Changed, Missing, Extra, Mixed, RolledBack, Frozen, FastForwarded, Forked, WrongKey, Unsigned,
	Unreadable, Expired, Unvouched}

// Warns reports whether the kind only warns: what a copy says is good all the same.
func (k Kind) Warns() bool { return k == Expired || k == Unvouched }

// Problem is one thing that is wrong with a copy.
type Problem struct {
	Kind    Kind   `json:"kind"`
	File    string `json:"file,omitempty"`
	Message string `json:"message"`
}

// String is what people read.
func (p Problem) String() string {
	if p.File == "" {
		return fmt.Sprintf("%s: %s", p.Kind, p.Message)
	}
	return fmt.Sprintf("%s: %s %s", p.Kind, p.File, p.Message)
}

// Report is what Verify found.
type Report struct {
	Place    string    `json:"place"`
	Serial   int64     `json:"serial,omitzero"`
	Edition  string    `json:"edition,omitzero"`
	Released time.Time `json:"released,omitzero"`
	Expires  time.Time `json:"expires,omitzero"`
	Key      string    `json:"key,omitzero"` // that signed it
	Files    int       `json:"files"`        // that were read
	Bytes    int64     `json:"bytes"`
	Problems []Problem `json:"problems"`
	Unknown  []string  `json:"unknown"` // what could not be found out, and why

	manifest *Manifest
}

// Good reports whether nothing is wrong but what is only a warning.
func (r *Report) Good() bool {
	return !slices.ContainsFunc(r.Problems, func(p Problem) bool { return !p.Kind.Warns() })
}

func (r *Report) find(kind Kind, file, format string, args ...any) {
	r.Problems = append(r.Problems, Problem{kind, file, fmt.Sprintf(format, args...)})
}

func (r *Report) cannot(format string, args ...any) {
	r.Unknown = append(r.Unknown, fmt.Sprintf(format, args...))
}

// Verifier holds copies against what a publisher has signed.
type Verifier struct {
	Key    *Key      // of the publisher; nil when nobody is to vouch
	Memory string    // the folder of what is known of keys; "" for nothing
	Now    time.Time // the time of day
	Beside bool      // files beside the release are no fault
}

// Verify reads a whole copy. What is wrong with it is in the report; the error is
// the machine's, the network's among them.
func (v *Verifier) Verify(ctx context.Context, c Copy) (*Report, error) {
	r, known, by, err := v.papers(ctx, c)
	if err != nil || r.manifest == nil {
		return r, err
	}
	if err := r.files(ctx, c, known.Newest(), v.Beside); err != nil {
		return r, err
	}
	if v.Key != nil && v.Memory != "" && r.Good() {
		err = known.remember(v.Memory, *v.Key, by, c.Place(), r.manifest, v.Now)
	}
	return r, err
}

// papers reads the manifest of a copy and its signature, and says which release it
// shows. The manifest stays nil when nothing else can be told.
func (v *Verifier) papers(ctx context.Context, c Copy) (r *Report, known *Memory, by Key, err error) {
	r = &Report{Place: c.Place(), Problems: []Problem{}, Unknown: []string{}}
	if v.Key != nil && v.Memory != "" {
		if known, err = Recall(v.Memory, *v.Key); err != nil {
			return r, known, by, err
		}
	}
	raw, err := read(ctx, c, ManifestName, maxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		r.find(Missing, ManifestName, "says which release this is, and is not there")
		return r, known, by, nil
	} else if errors.Is(err, errNoFile) || errors.Is(err, errDamaged) || errors.Is(err, errEndless) {
		r.find(Changed, ManifestName, "cannot be read: %v", err)
		return r, known, by, nil
	} else if err != nil {
		return r, known, by, err
	}
	by, signed, err := v.signer(ctx, c, r, raw, known)
	if err != nil || !signed {
		return r, known, by, err
	}
	m, err := Parse(raw)
	if err != nil {
		r.find(Unreadable, ManifestName, "cannot be read: %v", err)
		return r, known, by, nil
	}
	r.manifest, r.Serial, r.Edition, r.Released, r.Expires = m, m.Serial, m.Edition, m.Released, m.Expires
	v.place(r, known)
	return r, known, by, nil
}

// signer finds who has signed a manifest. It reports false when nothing else that
// the copy says is worth a look.
func (v *Verifier) signer(ctx context.Context, c Copy, r *Report, raw []byte, known *Memory) (by Key, ok bool, err error) {
	if v.Key == nil {
		r.find(Unvouched, "", "no key was given, so the files are only held against a manifest that anybody can have made")
		return by, true, nil
	}
	text, err := read(ctx, c, SignatureName, 4096)
	if errors.Is(err, fs.ErrNotExist) {
		r.find(Unsigned, "", "%s is not there, so anybody can have made this copy", SignatureName)
		return by, true, nil
	} else if err != nil && !errors.Is(err, errNoFile) && !errors.Is(err, errDamaged) && !errors.Is(err, errEndless) {
		return by, false, err
	}
	sig, bad := parseSignature(text)
	if err = cmp.Or(err, bad); err != nil {
		r.find(Changed, SignatureName, "is no signature: %v", err)
		return by, false, nil
	}
	keys, err := v.keys(known)
	if err != nil {
		return by, false, err
	}
	for _, key := range keys {
		if sig.by(key, raw) {
			r.Key = KeyLine(key)
			return key, true, nil
		}
		switch renamed := sig.renamed(key); {
		case renamed.by(key, raw):
			r.find(Changed, SignatureName, "names the key %s, and is of %s", keyName(sig.KeyID), keyName(key.ID()))
		case sig.genuine(key):
			m, bad := Parse(raw)
			if bad == nil && m.Serial != sig.tells() {
				r.find(Mixed, SignatureName, "is that of release %d, and %s that of release %d", sig.tells(), ManifestName, m.Serial)
			} else {
				r.find(Changed, ManifestName, "is not what the publisher has signed as release %d", sig.tells())
			}
		case sig.KeyID == key.ID():
			r.find(Changed, SignatureName, "is not a signature by the key that it names")
		default:
			continue
		}
		return by, false, nil
	}
	r.find(WrongKey, "", "it is signed with the key %s, and the publisher's is %s", keyName(sig.KeyID), keyName(keys[0].ID()))
	return by, false, nil
}

// keys are those that may sign, the one in use first: once the next one has been
// seen, the one before it is worth nothing.
func (v *Verifier) keys(known *Memory) ([]Key, error) {
	if known == nil {
		return []Key{*v.Key}, nil
	}
	now, err := ParseKey(known.Key)
	if err != nil {
		return nil, err
	}
	keys := []Key{now}
	if next := known.newest.Next; next != "" {
		key, err := ParseKey(next)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// ahead is how far the date of a release may be ahead of the clock: editions are
// dated before they appear. bursts is how many releases there may be at a time
// beside one in an hour.
const (
	ahead  = 366 * 24 * time.Hour
	bursts = 100
)

// epoch is before all releases.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// place says how the release of a copy stands to what is known.
func (v *Verifier) place(r *Report, known *Memory) {
	m, newest := r.manifest, known.Newest()
	since, count := epoch, int64(0)
	if newest != nil {
		since, count = newest.Released, newest.Serial
	}
	hours := max(0, int64(m.Released.Sub(since)/time.Hour))
	switch {
	case m.Serial > count+bursts+hours:
		r.find(FastForwarded, "", "it calls itself release %d, and there cannot be more than %d", m.Serial, count+bursts+hours)
	case m.Released.After(v.Now.Add(ahead)):
		r.find(FastForwarded, "", "it calls itself released on %s, more than a year from now", m.Released.Format(time.DateOnly))
	case v.Key == nil:
	case newest == nil:
		r.cannot("this is the first contact with this key here: whether there is a newer release, " +
			"or this one has been taken back, shows only from the next time on")
	case m.Serial < newest.Serial:
		seen := fmt.Sprintf("it shows release %d, and release %d was seen on %s", m.Serial, newest.Serial, known.Seen.Format(time.DateOnly))
		if was, met := known.Places[r.Place]; met && was <= m.Serial {
			r.find(Frozen, "", "%s elsewhere, while this place stayed behind", seen)
		} else {
			r.find(RolledBack, "", "%s", seen)
		}
	case m.Serial == newest.Serial && m.Sum() != newest.Sum():
		r.find(Forked, "", "it is not the release %d that was seen on %s: the publisher has made two, or lost the key",
			m.Serial, known.Seen.Format(time.DateOnly))
	case m.Serial == newest.Serial+1 && (m.Previous == nil || *m.Previous != newest.Sum()):
		r.find(Forked, "", "release %d does not come after the release %d that was seen on %s",
			m.Serial, newest.Serial, known.Seen.Format(time.DateOnly))
	}
	if !m.Expires.IsZero() && v.Now.After(m.Expires) {
		r.find(Expired, "", "its time was over on %s: look for a newer release; what it says was right when it was made",
			m.Expires.Format(time.DateOnly))
	}
}

// files holds all files of a copy against the manifest.
func (r *Report) files(ctx context.Context, c Copy, other *Manifest, beside bool) error {
	m := r.manifest
	if other != nil && other.Serial == m.Serial {
		other = nil
	}
	sums, err := r.otherSums(ctx, c)
	if err != nil {
		return err
	}
	list := make([]*File, 0, len(m.Files)+1)
	for i := range m.Files {
		if m.Files[i].Name != sumsName {
			list = append(list, &m.Files[i])
		}
	}
	one := ""
	if f, is := c.(folder); is && f.only != "" {
		one = f.only
		list = slices.DeleteFunc(list, func(f *File) bool { return f.Name != one })
		if len(list) == 0 {
			r.find(Extra, one, "does not belong to the release")
		}
	} else if f := m.File(sumsName); f != nil {
		list = append(list, f) // the others tell whose it is
	}
	for _, f := range list {
		got, size, err := hash(ctx, c, f)
		if err != nil {
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
			switch {
			case errors.Is(err, fs.ErrNotExist):
				r.find(Missing, f.Name, "is not there")
			case errors.Is(err, errNoFile), errors.Is(err, errDamaged):
				r.find(Changed, f.Name, "has other bytes than were published: %v", err)
			default:
				r.find(Unreadable, f.Name, "cannot be read: %v", err)
			}
			continue
		}
		r.Files++
		r.Bytes += size
		was := other.File(f.Name)
		switch {
		case got == f.SHA256 && size == f.Size:
		case was != nil && was.SHA256 == got:
			r.find(Mixed, f.Name, "is that of release %d", other.Serial)
		case f.Was != nil && *f.Was == Part(got[:8]):
			r.find(Mixed, f.Name, "is still that of an earlier release")
		case sums[f.Name] == got:
			r.find(Mixed, f.Name, ofOtherSums)
		case f.Name == sumsName && slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Message == ofOtherSums }):
			r.find(Mixed, f.Name, "is that of another release")
		default:
			r.find(Changed, f.Name, "has other bytes than were published")
		}
	}
	// Who shows an older release with pages of the newest has not gone back, but has
	// stopped half way.
	if other != nil && other.Serial > m.Serial && slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Kind == Mixed }) {
		r.Problems = slices.DeleteFunc(r.Problems, func(p Problem) bool { return p.Kind == RolledBack || p.Kind == Frozen })
	}
	if one != "" {
		r.cannot("only this file was looked at")
		return nil
	}
	return r.beside(ctx, c, other, beside)
}

// sumsName is the file that names all others, too, for sha256sum.
const sumsName = "SHA256SUMS"

const ofOtherSums = "is that of another release, whose " + sumsName + " is here too"

// otherSums reads SHA256SUMS when it is that of another release.
func (r *Report) otherSums(ctx context.Context, c Copy) (map[string]Sum, error) {
	f := r.manifest.File(sumsName)
	if f == nil {
		return nil, nil
	}
	data, err := read(ctx, c, sumsName, 2*f.Size+1<<20)
	if err != nil || sha256.Sum256(data) == f.SHA256 {
		return nil, context.Cause(ctx) // what is amiss with it is found with the other files
	}
	sums := map[string]Sum{}
	for line := range strings.Lines(string(data)) {
		digits, name, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		var sum Sum
		if sum.UnmarshalText([]byte(digits)) != nil {
			return nil, nil // damaged, not another one
		}
		sums[name] = sum
	}
	return sums, nil
}

// beside finds what does not belong to the release.
func (r *Report) beside(ctx context.Context, c Copy, other *Manifest, allowed bool) error {
	names, err := c.Names()
	if err != nil {
		return err
	}
	if names == nil {
		r.cannot("a server does not list its files: whether there are more shows only where they lie")
	}
	slices.Sort(names)
	for i, name := range names {
		twice := i > 0 && names[i-1] == name
		switch {
		case twice:
			r.find(Extra, name, "is there twice")
		case name == ManifestName || name == SignatureName || r.manifest.File(name) != nil:
		case other.File(name) != nil:
			f := other.File(name)
			if got, size, err := hash(ctx, c, f); err == nil && got == f.SHA256 && size == f.Size {
				r.find(Mixed, name, "is left over from release %d", other.Serial)
				continue
			}
			fallthrough
		default:
			if !allowed {
				r.find(Extra, name, "does not belong to the release")
			}
		}
	}
	return nil
}

// hash reads a file of a copy, and no more of it than one byte too many.
func hash(ctx context.Context, c Copy, f *File) (sum Sum, size int64, err error) {
	in, err := c.Open(ctx, f.Name)
	if err != nil {
		return sum, 0, err
	}
	defer in.Close()
	h := sha256.New()
	size, err = io.Copy(h, io.LimitReader(in, f.Size+1))
	return Sum(h.Sum(nil)), size, err
}

var errEndless = errors.New("it does not end")

// read reads a small file of a copy.
func read(ctx context.Context, c Copy, name string, most int64) ([]byte, error) {
	in, err := c.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var b bytes.Buffer
	if n, err := io.Copy(&b, io.LimitReader(in, most+1)); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	} else if n > most {
		return nil, fmt.Errorf("reading %s: %w", name, errEndless)
	}
	return b.Bytes(), nil
}
