package render

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/media"
	"fieldguide/build/site"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"
)

// minifier takes out of style, drawings and scripts what browsers do not need,
// and puts nothing into scripts that came after ECMAScript 5.
var minifier = func() *minify.M {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	m.Add("text/javascript", &js.Minifier{Version: 2009})
	return m
}()

// Style is the style of one kind of page in one script, ready to be put into
// a page, with the hash that its content policy names.
type Style struct {
	Element template.HTML
	Hash    string // 'sha256-…'
	CSS     []byte
}

// wearer are the pages that dress alike: of a kind, for the readers of a band
// or "", with the link to leave the page or without.
type wearer struct {
	kind, band string
	exit       bool
}

func (w wearer) String() string {
	name := w.kind
	if w.band != "" {
		name += " for ages " + w.band
	}
	if w.exit {
		name += " with the way out"
	}
	return name
}

// styleKey names a style: of pages in a script that hold some elements.
type styleKey struct {
	wearer
	script, holds string
}

// Pages that are no family's have a style of their own.
const (
	chooserStyle = "chooser" // the language chooser and 404
	epubStyle    = "epub"
)

// loadStyles reads the files of static/style, and says which of them pages that
// dress alike need: base, the layout's, the kind's own, the band's, the link's to
// leave the page, the script's, print; and after each of them what it says of
// elements that a page's text may hold. What a page does not use, its readers do
// not pay for.
func (r *Renderer) loadStyles() ([]site.Finding, error) {
	if err := r.readStyles(); err != nil {
		return nil, err
	}
	r.dress[wearer{kind: chooserStyle}] = []string{"drawing", "chooser"}
	if len(r.site.Bundles.Units) > 0 {
		r.dress[wearer{kind: coverKind}] = []string{"drawing", "cover"}
		r.dress[wearer{kind: awayKind}] = []string{"cover"}
		r.dress[wearer{kind: bookKind}] = []string{"drawing", "book", "leave"}
		r.dress[wearer{kind: epubStyle}] = nil
	}
	if len(r.site.Moved) > 0 {
		r.dress[wearer{kind: movedKind}] = []string{"cover"}
	}
	for _, f := range r.site.Families {
		w := r.wearer(f)
		names := slices.Concat([]string{f.Kind.Layout}, f.Kind.Style)
		if f.Picture != "" || f.IsIndex() || slices.Contains(r.dress[w], "drawing") { // one for all that dress alike
			names = slices.Concat([]string{"drawing"}, names)
		}
		if w.band != "" {
			names = append(names, "band-"+w.band)
		}
		if w.exit {
			names = append(names, "leave")
		}
		r.dress[w] = names
	}
	seen := map[string]bool{}
	for _, lang := range r.site.Languages {
		for w := range r.dress {
			if seen[lang.Script] || w.kind == bookKind || w.kind == epubStyle { // not paid for page by page
				continue
			}
			r.paid = append(r.paid, Paid{w.String() + " in script " + lang.Script, r.styleOf(w, lang, nil)})
		}
		seen[lang.Script] = true
	}
	return nil, nil
}

// mayHold returns all elements that have rules of their own, as nil; without those of pictures and sounds where the
// site has none to show.
func (r *Renderer) mayHold() map[string]bool {
	shows := func(name string) bool { return media.IsName(name) && name != IconName }
	if len(r.site.Media) > 0 || slices.ContainsFunc(r.site.Static, shows) {
		return nil
	}
	held := map[string]bool{}
	for _, elements := range r.elements {
		for _, element := range elements {
			held[element] = !slices.Contains([]string{"img", "figure", "audio"}, element)
		}
	}
	return held
}

// elementsIn returns the elements in a text that have rules of their own.
func (r *Renderer) elementsIn(text template.HTML) map[string]bool {
	held := map[string]bool{}
	for rest := string(text); ; {
		at := strings.IndexByte(rest, '<') + 1
		if at == 0 || at == len(rest) {
			return held
		}
		rest = rest[at:]
		for _, element := range r.ruled[rest[0]] {
			if strings.HasPrefix(rest, element) {
				held[element] = true
			}
		}
	}
}

// IconName is a file of static/ that no page shows: readers of Kiwix see it.
const IconName = "icon.png"

// Paid is a style that readers download with every page, and whose it is.
type Paid struct {
	What string // "story for ages under-9 in script latn"
	*Style
}

// Paid returns the styles that readers pay for page by page.
func (r *Renderer) Paid() []Paid { return r.paid }

// styleOf returns the style of pages in a language that hold some elements, with all there
// is when they are nil. A kind that the site does not know, which a finding has
// named, has the plainest.
func (r *Renderer) styleOf(w wearer, lang *site.Language, held map[string]bool) *Style {
	names, known := r.dress[w]
	if !known {
		w = wearer{kind: chooserStyle}
		names = r.dress[w]
	}
	names = slices.Concat([]string{"base"}, names, []string{"script-" + lang.Script, "print"})
	if w.kind == epubStyle { // a reading program sets the rest as its reader likes it
		names = []string{"epub"}
	}
	if held == nil {
		held = r.mayHold()
	}
	var files []string
	holds := ""
	for _, name := range slices.Compact(names) {
		files = append(files, name)
		for _, element := range r.elements[name] {
			if held == nil || held[element] {
				files = append(files, name+"-"+element)
				holds += " " + element
			}
		}
	}
	key := styleKey{w, lang.Script, holds}
	if s, made := r.styles.Load(key); made {
		return s.(*Style)
	}
	s, _ := r.styles.LoadOrStore(key, r.style(files))
	return s.(*Style)
}

func (r *Renderer) wearer(f *site.Family) wearer {
	return wearer{f.Kind.ID, r.bandOf(f), r.site.HasExit(f)}
}

// bandOf returns the id of the band whose readers a page is for, "" for none.
func (r *Renderer) bandOf(f *site.Family) string {
	if band := r.site.BandFor(f); band != nil {
		return band.ID
	}
	return ""
}

// palette reads the colours of static/style/palette.css, by name. A site's lie
// over the built-in ones, value by value.
func (r *Renderer) palette() (map[string][]byte, error) {
	const file = "static/style/palette.css"
	values := map[string][]byte{}
	for _, layer := range content.Layers(r.fsys) {
		text, err := fs.ReadFile(layer, file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		for _, m := range declaration.FindAllSubmatch(text, -1) {
			values[string(m[1])] = m[2]
		}
	}
	return values, nil
}

// Custom properties, as palette.css declares and other files use them. They
// are filled in here, because old browsers know none.
var (
	declaration = regexp.MustCompile(`--([a-z][a-z0-9-]*):\s*([^;}]*)`)
	reference   = regexp.MustCompile(`var\(--([a-z][a-z0-9-]*)\)`)
)

// readStyles reads the files of static/style as pages have them: small, and with
// the colours filled in.
func (r *Renderer) readStyles() error {
	palette, err := r.palette()
	if err != nil {
		return err
	}
	entries, err := fs.ReadDir(r.fsys, "static/style")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading static/style: %w", err)
	}
	for _, e := range entries {
		name, isStyle := strings.CutSuffix(e.Name(), ".css")
		if !isStyle || name == "palette" {
			continue
		}
		text, err := fs.ReadFile(r.fsys, "static/style/"+e.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue // it is no plain file, which a finding has said
		}
		if err != nil {
			return fmt.Errorf("reading static/style/%s: %w", e.Name(), err)
		}
		filled := reference.ReplaceAllFunc(text, func(use []byte) []byte {
			if value, known := palette[string(reference.FindSubmatch(use)[1])]; known {
				return value
			}
			return use
		})
		if r.rules[name], err = minifier.Bytes("text/css", filled); err != nil {
			return fmt.Errorf("minifying static/style/%s: %w", e.Name(), err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.rules)) {
		if i := strings.LastIndexByte(name, '-'); i > 0 && i+1 < len(name) && r.rules[name[:i]] != nil {
			element := name[i+1:]
			r.elements[name[:i]] = append(r.elements[name[:i]], element)
			r.ruled[element[0]] = append(r.ruled[element[0]], element)
		}
	}
	return nil
}

// style puts files together.
func (r *Renderer) style(files []string) *Style {
	var all []byte
	for _, name := range files {
		all = append(all, r.rules[name]...)
	}
	sum := sha256.Sum256(all)
	return &Style{
		Element: template.HTML("<style>" + string(all) + "</style>"),
		Hash:    "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		CSS:     all,
	}
}
