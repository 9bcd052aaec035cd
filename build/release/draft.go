package release

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"time"

	"fieldguide/build/pack"
)

// Plan is what a site says of its next release.
type Plan struct {
	Edition string
	Day     time.Time     // of the edition; zero when it has none
	Lasts   time.Duration // until it expires; 0 for ever
	Next    string        // the key that signs later releases; "" for the same
}

// Draft is a release that is being made: it says which time each file has, and
// each entry of its ZIPs. The zero Draft is that of a first release.
type Draft struct {
	Plan
	Former  *Manifest // of the release before; nil for none
	Instant time.Time // when it is released; zero when nobody says
	Renew   bool      // it is a release of its own even when nothing has changed

	mu       sync.Mutex
	archives map[string][]Entry
}

// Time returns the time of a file with these bytes.
func (d *Draft) Time(name string, sum Sum) time.Time {
	if f := d.Former.File(name); f != nil && f.SHA256 == sum {
		return f.Time
	}
	return d.fresh(sum)
}

// fresh is the time of what is new or has changed. It comes from the bytes where
// nobody says when the release is: two that are made of the same former one, and
// differ, have times that differ.
func (d *Draft) fresh(sum Sum) time.Time {
	if d.Former == nil {
		if d.Day.IsZero() {
			return even(d.Instant)
		}
		return pack.Time(d.Day, sum)
	}
	floor := d.Former.Released
	if now := even(d.Instant); now.After(floor) {
		return now
	}
	if !d.Day.IsZero() {
		if at := pack.Time(d.Day, sum); at.After(floor) {
			return at
		}
	}
	return after(floor, binary.BigEndian.Uint16(sum[4:])) // at most a day and a half
}

func after(t time.Time, steps uint16) time.Time { return t.Add(pack.Step * (1 + time.Duration(steps))) }

// even returns the time to the step before it, of years that ZIP can write.
func even(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	if first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); t.Before(first) {
		return first
	}
	return t.UTC().Truncate(pack.Step)
}

// Clock returns what says the times of the entries of a ZIP, and notes them.
func (d *Draft) Clock(archive string) pack.Clock {
	former, known := map[string]Entry{}, d.Former.File(archive)
	if known != nil {
		for _, e := range known.Entries {
			former[e.Name] = e
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.archives == nil {
		d.archives = map[string][]Entry{}
	}
	d.archives[archive] = []Entry{}
	return func(name string, sum [sha256.Size]byte) time.Time {
		e := Entry{Name: name, Sum: Part(sum[:8])}
		switch was, listed := former[name]; {
		case listed && was.Sum == e.Sum:
			e.Time = was.Time
		case listed, known == nil:
			e.Time = d.fresh(sum)
		default: // a file of the release itself, or new
			e.Time = d.Time(name, sum)
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		d.archives[archive] = append(d.archives[archive], e)
		return e.Time
	}
}

// Manifest returns the manifest of the files given, sorted by name, whose times it
// sets. When nothing has changed it is the former one.
func (d *Draft) Manifest(files []File) *Manifest {
	was := d.Former
	if was != nil && !d.Renew && was.Edition == d.Edition && was.Next == d.Next && Same(was.Files, files) {
		return was
	}
	m := &Manifest{Format: format, Serial: 1, Edition: d.Edition, Next: d.Next, Files: files}
	if was != nil {
		sum := was.Sum()
		m.Serial, m.Previous, m.Released = was.Serial+1, &sum, was.Released
	}
	all := sha256.New()
	for i := range files {
		f := &files[i]
		f.Time = d.Time(f.Name, f.SHA256)
		if former := was.File(f.Name); former != nil && former.SHA256 == f.SHA256 {
			f.Was = former.Was
		} else if former != nil {
			before := Part(former.SHA256[:8])
			f.Was = &before
		}
		all.Write(f.SHA256[:])
		if f.Time.After(m.Released) {
			m.Released = f.Time
		}
	}
	m.index()
	for i := range files {
		f := &files[i]
		f.Entries = d.entries(m, f)
		for _, e := range f.Entries {
			if e.Time.After(m.Released) {
				m.Released = e.Time
			}
		}
	}
	if now := even(d.Instant); now.After(m.Released) || now.Equal(m.Released) && was != nil && now.After(was.Released) {
		m.Released = now
	} else {
		m.Released = after(m.Released, binary.BigEndian.Uint16(all.Sum(nil))>>6) // half an hour at most
	}
	if d.Lasts > 0 {
		m.Expires = even(m.Released.Add(d.Lasts))
	}
	return m
}

// entries returns what a manifest says of the entries of a ZIP: those that are not
// files of the release itself.
func (d *Draft) entries(m *Manifest, f *File) []Entry {
	made, ok := d.archives[f.Name]
	if !ok {
		if was := d.Former.File(f.Name); was != nil && was.SHA256 == f.SHA256 {
			return was.Entries
		}
		return nil
	}
	list := slices.DeleteFunc(slices.Clone(made), func(e Entry) bool {
		own := m.File(e.Name)
		return own != nil && Part(own.SHA256[:8]) == e.Sum && own.Time.Equal(e.Time)
	})
	slices.SortFunc(list, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return list
}
