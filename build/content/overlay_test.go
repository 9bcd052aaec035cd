package content

import (
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build/site"
)

func layer(settings string) fstest.MapFS {
	return fstest.MapFS{site.SettingsFile: {Data: []byte(settings)}}
}

// Keys are merged at any depth; lists and values are the upper layer's.
func TestLayersAreMergedKeyByKey(t *testing.T) {
	lowest := layer(`
kinds:
  guide: {layout: page, style: [sheet], blocks: {tip: 1, note: 1}}
  index: {layout: index}
blocks: {tip: {label: true}, note: {}}
limits: {page: 14600, style: 2000}
`)
	base := layer(`
source: en
languages: [{code: en, name: English, dir: ltr}, {code: fr, name: Français, dir: ltr}]
sets: [{id: walkers}]
`)
	edition := layer(`
kinds:
  guide: {style: [], blocks: {tip: 0+}}
languages: [{code: en, name: English, dir: ltr}]
limits: {page: 9000}
`)
	fsys := Over(edition, Over(base, lowest))
	l := &loader{written: site.Outlines{}, fsys: fsys}
	s := l.loadSettings()
	if s == nil || len(l.findings) > 0 {
		t.Fatalf("findings: %v", l.findings)
	}
	guide := s.Kinds["guide"]
	blocks := map[string]site.Count{"tip": {Max: -1}, "note": {Min: 1, Max: 1}}
	if guide.Layout != "page" || len(guide.Style) != 0 || !maps.Equal(guide.Blocks, blocks) {
		t.Errorf("kind guide is %+v", guide)
	}
	if s.Kinds["index"] == nil || !s.Blocks["tip"].Label || len(s.Languages) != 1 || len(s.Sets) != 1 {
		t.Errorf("the site is %+v", s)
	}
	if want := (site.Limits{Page: 9000, Style: 2000}); s.Limits != want {
		t.Errorf("limits are %+v; want %+v", s.Limits, want)
	}
}

// What is wrong stands in the file that the writer has, on its own line.
func TestFindingsOfALayerHaveItsLines(t *testing.T) {
	upper := layer(`source: en
languages: [{code: en, name: English, dir: ltr}]
kinds:
  guide: {blocks: {tap: 1}}
`)
	lower := layer("# One\n# Two\n# Three\n# Four\nkinds:\n  guide: {layout: page}\nblocks: {tip: {}}\n")
	l := &loader{written: site.Outlines{}, fsys: Over(upper, lower)}
	l.loadSettings()
	const want = `content/site.yaml:4:20: error: kind "guide" has a block "tap" that is not under blocks (site)`
	if len(l.findings) != 1 || !strings.HasPrefix(l.findings[0].String(), want) {
		t.Errorf("findings are %v\nwant %s", l.findings, want)
	}
}

// Archives hold plain files only; this is what is said of others.
func TestWhatIsNoPlainFileIsNamed(t *testing.T) {
	l := &loader{written: site.Outlines{}, fsys: fstest.MapFS{"content/en/pipe.md": {Mode: fs.ModeNamedPipe}}}
	l.fronts(&site.Site{}, &site.Language{Code: "en"})
	const want = "content/en/pipe.md: error: this is not a plain file (paths)\n    hint: put the file itself here"
	if len(l.findings) != 1 || l.findings[0].String() != want {
		t.Errorf("findings are %v\nwant %s", l.findings, want)
	}
}

// A site over others is missing when it is in none of those that name languages.
func TestASiteThatIsMissingIsSaidToBe(t *testing.T) {
	l := &loader{written: site.Outlines{}, fsys: Over(fstest.MapFS{}, layer("blocks: {tip: {}}\n"))}
	s := l.loadSettings()
	if s != nil || len(l.findings) != 1 || l.findings[0].Message != "this folder holds no site: content/site.yaml is missing" {
		t.Errorf("findings are %v", l.findings)
	}
}
