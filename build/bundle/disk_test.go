package bundle_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"fieldguide/build/bundle"
	"fieldguide/build/content"
	"fieldguide/build/render"
	"fieldguide/build/sitetest"
)

// shelf is a disk with room for so many bundles.
type shelf struct {
	mu   sync.Mutex
	room int
	put  []string
}

func (s *shelf) Put(name string, _ []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.put) == s.room {
		return syscall.ENOSPC
	}
	s.put = append(s.put, name)
	return nil
}

func (*shelf) Names() []string                 { return nil }
func (*shelf) ReadFile(string) ([]byte, error) { return nil, errors.New("there is none") }

// binder returns a binder that has all pages of a site.
func binder(t *testing.T, archive string) *bundle.Binder {
	t.Helper()
	fsys := sitetest.Over(archive)
	s, findings, err := content.Load(fsys)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	r, findings, err := render.New(s, fsys)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	b, findings, err := bundle.New(s, r, fsys, bundle.Formats)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	for _, f := range s.Families {
		texts, _, err := content.Read(fsys, s, f)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Family(&render.Worker{}, texts, func(p render.Page) error {
			b.Add(f, p.Language, p.Body)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

const twoUnits = `
-- content/site.yaml + --
bundles: {name: small, units: [{id: guide, formats: [zip, html, epub, zim]}, {id: children, set: children, formats: [zip]}]}
`

// A disk that is full stops the work; the error names the bundle that had no
// room.
func TestFullDisk(t *testing.T) {
	b := binder(t, twoUnits)
	for room := range 3 * 5 {
		s := &shelf{room: room}
		_, _, err := b.Bind(t.Context(), s)
		if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), "making downloads/small-") {
			t.Errorf("with room for %d bundles: %v", room, err)
		} else if name, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "making "), ":"); slices.Contains(s.put, name) {
			t.Errorf("with room for %d bundles the error names %s, which had room", room, name)
		}
	}
	s := &shelf{room: 3 * 5}
	made, _, err := b.Bind(t.Context(), s)
	if err != nil || len(made) != 3*5 || len(s.put) != 3*5 {
		t.Errorf("with room for all, %d of 15 were made: %v", len(made), err)
	}
}

func TestBindStopsWhenItsContextDoes(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := &shelf{room: 99}
	if _, _, err := binder(t, twoUnits).Bind(ctx, s); !errors.Is(err, context.Canceled) || len(s.put) > 0 {
		t.Errorf("%v, and %d bundles were made", err, len(s.put))
	}
}
