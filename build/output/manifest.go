package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fieldguide/build/fault"
	"fieldguide/build/pack"
	"fieldguide/build/release"
)

// Release says what the next release of the tree is. Files that are put before
// have the times of a tree without an edition.
func (t *Tree) Release(p release.Plan) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.draft.Plan = p
	if !p.Day.IsZero() && !t.told {
		t.draft.Instant = time.Time{} // the edition says the times
	}
}

// At says when the tree is released.
func (t *Tree) At(instant time.Time) {
	t.draft.Instant, t.told = instant, true
}

// Follow says which release the tree comes after, nil for none: another than the
// one that its target holds.
func (t *Tree) Follow(former *release.Manifest) {
	t.draft.Former = former
	if t.stage != nil {
		t.stage.formerErr = nil
		t.stage.own = t.stage.own && former != nil && bytes.Equal(former.Bytes(), t.stage.manifest)
	}
}

// Renew makes the tree a release of its own even when nothing has changed.
func (t *Tree) Renew() { t.draft.Renew = true }

// Sign makes Publish write the signature that sign returns of the manifest.
func (t *Tree) Sign(sign func(manifest []byte) ([]byte, error)) { t.sign = sign }

// Clock returns what says the times of the files of a ZIP in the tree, which is
// made once.
func (t *Tree) Clock(archive string) pack.Clock { return t.draft.Clock(archive) }

// Former returns the release that the tree comes after, nil for none.
func (t *Tree) Former() *release.Manifest { return t.draft.Former }

// Manifest returns the manifest of a tree that is published.
func (t *Tree) Manifest() *release.Manifest { return t.manifest }

// papers are the files that say what a tree is, in the order in which they are
// put: its sums, its manifest and, when it is signed, the signature.
type papers struct {
	names []string
	data  map[string][]byte
}

func (t *Tree) papers() (papers, error) {
	list := t.sorted()
	sums := formatSums(list)
	all := make([]release.File, 0, len(list)+1)
	for i, f := range append(list, describe(recordName, sums)) {
		all = append(all, release.File{Name: f.Name, Size: f.Size, SHA256: f.SHA256})
		for ; i > 0 && all[i-1].Name > all[i].Name; i-- { // the sums are the last to come
			all[i-1], all[i] = all[i], all[i-1]
		}
	}
	t.manifest = t.draft.Manifest(all)
	p := papers{[]string{recordName, release.ManifestName},
		map[string][]byte{recordName: sums, release.ManifestName: t.manifest.Bytes()}}
	var signature []byte
	switch {
	case t.sign != nil:
		var err error
		if signature, err = t.sign(t.manifest.Bytes()); err != nil {
			return p, fmt.Errorf("signing: %w", err)
		}
	case t.stage != nil && bytes.Equal(t.stage.manifest, t.manifest.Bytes()):
		signature = t.stage.signature
	}
	if signature != nil {
		p.names = append(p.names, release.SignatureName)
		p.data[release.SignatureName] = signature
	}
	return p, nil
}

// stand reports whether the target holds the papers already.
func (s *stage) stand(p papers) bool {
	return s.record.sums != nil && bytes.Equal(s.record.sums, p.data[recordName]) &&
		bytes.Equal(s.manifest, p.data[release.ManifestName]) && bytes.Equal(s.signature, p.data[release.SignatureName])
}

// readManifest reads which release the target holds. One that cannot be read is an
// error only for those who do not say which release comes before.
func (s *stage) readManifest() (*release.Manifest, error) {
	if !s.record.files[release.ManifestName] {
		return nil, nil
	}
	for name, to := range map[string]*[]byte{release.ManifestName: &s.manifest, release.SignatureName: &s.signature} {
		data, err := os.ReadFile(filepath.Join(s.target, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		*to = data
	}
	former, err := release.Parse(s.manifest)
	if err != nil {
		s.formerErr = &TargetError{fmt.Sprintf("%s says which release it holds, but %s; "+
			"name the last good one with --previous, or none", filepath.Join(s.name, release.ManifestName), fault.Words(err))}
		return nil, nil
	}
	s.own = true
	return former, nil
}
