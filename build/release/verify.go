package release

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"fieldguide/build/fault"
)

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
		r.find(Changed, ManifestName, "cannot be read: %s", fault.Words(err))
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
		r.find(Unreadable, ManifestName, "cannot be read: %s", fault.Words(err))
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
		r.find(Changed, SignatureName, "is no signature: %s", fault.Words(err))
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
