package release

import (
	"fmt"
	"slices"
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
