package bundle_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
)

const twoUnits = `
-- content/site.yaml + --
bundles: {name: small, units: [{id: guide, formats: [zip, html, epub, zim]}, {id: children, set: children, formats: [zip]}]}
`

// full is a disk with room for so many bundles.
type full struct {
	room atomic.Int64
	made atomic.Int64
}

// formats are all steady ones, written to that disk.
func (d *full) formats() []*bundle.Format {
	var list []*bundle.Format
	for _, f := range bundle.Steady() {
		onDisk, make := *f, f.Make
		onDisk.Make = func(p *bundle.Press, u *site.Unit, to io.Writer) error {
			if d.room.Add(-1) < 0 {
				to = noRoom{}
			}
			err := make(p, u, to)
			if err == nil {
				d.made.Add(1)
			}
			return err
		}
		list = append(list, &onDisk)
	}
	return list
}

type noRoom struct{}

func (noRoom) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func buildOn(ctx context.Context, t *testing.T, d *full) (*build.Result, error) {
	t.Helper()
	return build.Build(ctx, sitetest.Over(twoUnits), output.Memory(), build.Options{Bundles: d.formats()})
}

// A disk that is full stops the work; the error names the bundle that had no
// room.
func TestFullDisk(t *testing.T) {
	for room := range 3 * 5 {
		var d full
		d.room.Store(int64(room))
		_, err := buildOn(t.Context(), t, &d)
		if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), "making downloads/small-") {
			t.Errorf("with room for %d bundles: %v", room, err)
		}
	}
	var d full
	d.room.Store(3 * 5)
	res, err := buildOn(t.Context(), t, &d)
	if err != nil || len(res.Bundles) != 3*5 || d.made.Load() != 3*5 {
		t.Errorf("with room for all, %d of 15 were made: %v", d.made.Load(), err)
	}
}

func TestBindStopsWhenItsContextDoes(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var d full
	d.room.Store(99)
	formats := d.formats()
	first := formats[0].Make
	formats[0].Make = func(p *bundle.Press, u *site.Unit, to io.Writer) error {
		cancel()
		return first(p, u, to)
	}
	_, err := build.Build(ctx, sitetest.Over(twoUnits), output.Memory(), build.Options{Bundles: formats})
	if !errors.Is(err, context.Canceled) || d.made.Load() > 4 {
		t.Errorf("%v, and %d bundles were made", err, d.made.Load())
	}
}

// A format is one file: here it is, and a site that asks for it gets it.
var toy = &bundle.Format{Name: "txt", Media: "text/plain", Words: []string{"begin"}, Make: func(p *bundle.Press, u *site.Unit, to io.Writer) error {
	files, err := p.Files(u)
	for _, f := range files {
		if err == nil {
			_, err = io.WriteString(to, f.Name+"\n")
		}
	}
	return err
}}

func TestToyFormat(t *testing.T) {
	fsys := sitetest.Over(`
-- content/site.yaml + --
bundles: {name: small, units: [{id: children, set: children, formats: [txt]}]}
`)
	tree := output.Memory()
	res, err := build.Build(t.Context(), fsys, tree, build.Options{Bundles: []*bundle.Format{toy}})
	if err != nil || res.Failed() || len(res.Bundles) != len(res.Site.Languages) {
		t.Fatalf("%d bundles: %v %v", len(res.Bundles), err, res.Findings)
	}
	list, err := tree.ReadFile("downloads/small-en-children.txt")
	if err != nil || !strings.HasPrefix(string(list), "en/") || !strings.Contains(string(list), "\nindex.html\n") {
		t.Errorf("%v: %s", err, list)
	}
}
