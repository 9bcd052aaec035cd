package judges

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/language"
)

// What a judge of markup says of a page, it says of each page whose markup is
// the same. What depends on words has judges that see every page: TestOverflow,
// TestWords, TestSameText, TestLinks, TestRightToLeft, TestHTML.

// distinct returns a page of each markup, and has the others noted.
func distinct(t testing.TB, pages []*page) []*page {
	list := longest(pages)
	spared(t, len(pages)-len(list), "page")
	return list
}

// longest returns of the pages of each markup the longest.
func longest(pages []*page) []*page {
	best := map[string]*page{}
	for _, p := range pages {
		markup := skeleton(p.root)
		if other := best[markup]; other == nil || len(p.data) > len(other.data) {
			best[markup] = p
		}
	}
	return slices.SortedFunc(maps.Values(best), func(a, b *page) int { return strings.Compare(a.name, b.name) })
}

// skeleton writes a document without its words. Kept are its style, the
// elements, their order and nesting, and attributes. Instead of
//
//   - a text stands whether there is any, or only signs, and in a link whether it
//     is short, because one of a letter or two is too small to touch;
//   - words in attributes, and ids, stand numbers, so that two names that are
//     the same still are, and a place that is missing still is;
//   - an address stands what it is: a page, a place in this page, a call;
//   - a language stands whether it is the document's own; direction is kept;
//   - the order in a list and in a sentence stands another, always the same:
//     translations have other orders;
//   - a drawing stand its words and roles.
//
// Which fonts the style names does not matter to one who sees but one of them.
func skeleton(root *html.Node) string { return bonesOf(root).inside(root) }

func bonesOf(root *html.Node) *bones {
	s := &bones{names: map[string]int{}, texts: map[string]string{}, said: map[string]bool{}}
	if top := find(root, "html"); top != nil {
		s.lang = attr(top, "lang") + attr(top, "xml:lang")
	}
	for n := range root.Descendants() {
		if id := attr(n, "id"); id != "" {
			s.texts[id] = strings.TrimSpace(words(n))
		}
		for _, a := range n.Attr {
			if slices.Contains(worded, a.Key) {
				s.said[strings.TrimSpace(a.Val)] = true
			}
		}
	}
	return s
}

// bones is what a skeleton knows of its document.
type bones struct {
	lang  string            // of the document
	names map[string]int    // numbers of words in attributes and of ids
	texts map[string]string // what elements with an id say
	said  map[string]bool   // words in attributes
}

var (
	worded = strings.Fields("alt aria-label aria-description title placeholder value")
	named  = strings.Fields("id for headers list form aria-labelledby aria-describedby aria-controls aria-owns " +
		"aria-details")
	shapes   = strings.Fields("g path circle ellipse rect line polyline polygon defs")
	geometry = strings.Fields("viewbox d x y x1 x2 y1 y2 cx cy r rx ry dx dy width height transform points " +
		"preserveaspectratio")
)

// inside writes what an element holds. In a sentence and in a list it does not
// matter what comes first, and a sentence may say a thing more than once.
func (s *bones) inside(n *html.Node) string {
	var list []string
	sentence, headings := false, false
	for child := range n.ChildNodes() {
		text := s.write(child)
		sentence = sentence || text == someText
		headings = headings || heading.MatchString(text)
		list = append(list, text)
	}
	if (sentence || n.Data == "ul" || n.Data == "ol") && !headings {
		slices.Sort(list)
	}
	if sentence && !headings {
		list = slices.DeleteFunc(slices.Compact(list), func(text string) bool { return text == signs || text == short })
	}
	return strings.Join(list, "")
}

var heading = regexp.MustCompile(`^<h[1-6]`)

func (s *bones) write(n *html.Node) string {
	switch n.Type {
	case html.TextNode:
		if text := strings.TrimSpace(n.Data); s.said[text] && text != "" {
			return s.number("says " + text)
		}
		text := gist(n.Data)
		if text == short && !touched(n) {
			return someText
		}
		return text
	case html.DoctypeNode:
		return fmt.Sprintf("<!%s%v>", n.Data, n.Attr)
	case html.ElementNode:
	default:
		return ""
	}
	inside := s.inside(n)
	switch {
	case n.Data == "style":
		inside = fonts.ReplaceAllString(words(n), "$1")
	case n.Data == "script":
		inside = words(n)
	case n.Namespace == "svg" && slices.Contains(shapes, strings.ToLower(n.Data)) && !slices.ContainsFunc(n.Attr, speaks):
		return inside
	}
	return "<" + n.Data + s.attributes(n) + ">" + inside + "</>"
}

// speaks reports whether an attribute makes a shape more than a shape.
func speaks(a html.Attribute) bool {
	return slices.Contains([]string{"id", "role", "tabindex", "href"}, a.Key) ||
		strings.HasPrefix(a.Key, "aria-") || strings.HasPrefix(a.Key, "on")
}

func (s *bones) attributes(n *html.Node) string {
	var b strings.Builder
	for _, a := range n.Attr {
		key, value := strings.ToLower(a.Key), a.Val
		if a.Namespace != "" {
			key = a.Namespace + ":" + key
		}
		switch {
		case n.Namespace == "svg" && slices.Contains(geometry, key):
			continue
		case slices.Contains(worded, key):
			value = gist(value)
			if value != "" {
				value = s.number("says " + strings.TrimSpace(a.Val))
			}
		case slices.Contains(named, key):
			value = s.ids(value, key == "aria-labelledby")
		case key == "href":
			value = s.address(value)
		case key == "lang" || key == "xml:lang" || key == "hreflang":
			value = s.language(value)
		case key == "content" && attr(n, "name") == "description", strings.HasPrefix(key, "data-"):
			value = gist(value)
		case key == "content" && strings.EqualFold(attr(n, "http-equiv"), "content-security-policy"):
			value = hashes.ReplaceAllString(value, "")
		}
		fmt.Fprintf(&b, " %s=%q", key, value)
	}
	return b.String()
}

// hashes names a style in a policy: TestPolicy knows whether it is the right
// one.
var hashes = regexp.MustCompile(`'sha256-[^']*'`)

func (s *bones) number(name string) string {
	if _, known := s.names[name]; !known {
		s.names[name] = len(s.names)
	}
	return fmt.Sprint(s.names[name])
}

// ids writes numbers for ids and, where these give a name, for what is said
// there.
func (s *bones) ids(value string, name bool) string {
	var list []string
	for id := range strings.FieldsSeq(value) {
		text, there := s.texts[id]
		n := s.number("#" + id)
		if !there {
			n = "nowhere"
		} else if name {
			n += "=" + s.number("says "+text)
		}
		list = append(list, n)
	}
	return strings.Join(list, " ")
}

// plain are the signs of which an address may consist.
var plain = regexp.MustCompile(`^[\w\-.~:/?#\[\]@!$&'()*+,;=%]*$`)

func (s *bones) address(value string) string {
	u, err := url.Parse(value)
	switch {
	case err != nil || value == "" || u.Scheme == "javascript" || !plain.MatchString(value):
		return value
	case u.Scheme != "":
		return u.Scheme
	case u.Host != "":
		return "elsewhere"
	case u.Path != "":
		return "a page"
	}
	return "#" + s.ids(u.Fragment, false)
}

func (s *bones) language(value string) string {
	_, err := language.Parse(value)
	switch {
	case err != nil:
		return value
	case value == s.lang || value+value == s.lang:
		return "own"
	}
	return "another"
}

// The gist of a text. That of nothing is nothing.
const (
	someText = "text"
	short    = "short"
	signs    = "signs"
)

func gist(text string) string {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return ""
	case !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return signs
	case len([]rune(han.ReplaceAllString(text, "two"))) < 4:
		return short
	}
	return someText
}

// han are the letters that are twice as wide as others.
var han = regexp.MustCompile(`\p{Han}`)

// touched reports whether a text is part of something to touch.
func touched(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if slices.Contains([]string{"a", "button", "summary", "label"}, n.Data) {
			return true
		}
	}
	return false
}

var fonts = regexp.MustCompile(`(font-family:|font:[^ ;}]+)[^;}]*`)

const markupPage = `<!DOCTYPE html><html lang="en" dir="ltr"><title>A kite</title>` +
	`<style>.note{color:#000}a{color:#008;font-family:a}</style>` +
	`<body class="page"><nav aria-label="More pages"><a href="next.html">Next page</a></nav>` +
	`<nav aria-label="Languages"><ul><li><a href="fr.html" lang="fr">Français</a></li></ul></nav>` +
	`<main id="text"><h1>Our kite</h1><h2 id="wind">The wind</h2>` +
	`<p class="note">Ask <a href="help.html">someone you trust</a> first.</p>` +
	`<p>Then go.</p><p>And come.</p><ul><li>One thing</li><li>Another</li></ul>` +
	`<label for="name">Your name</label><input id="name">` +
	`<svg role="img" aria-label="a kite"><path class="a" d="M0 0h1"></path></svg>` +
	`<p><a href="#wind">Up again</a></p></main></body></html>`

// otherMarkup is other markup than that of markupPage.
var otherMarkup = [][2]string{
	{`<nav aria-label="More pages">`, `<nav aria-lable="More pages">`}, // a broken attribute
	{`aria-label="Languages"`, `aria-label="More pages"`},              // two names that are one
	{`aria-label="a kite"`, `aria-label=""`}, {`role="img" `, ""},
	{`<label for="name">Your name</label>`, "Your name"}, {`for="name"`, `for="nam"`}, // a missing label
	{`class="note"`, `class="grey"`}, {`class="note"`, `class="note" style="color:#ccc"`},
	{"#008", "#777"}, // another contrast
	{`<p>Then go.</p>`, `<div><p>Then go.</p></div>`}, {"<h2", "<h3"}, {"<main", "<div"}, // another nesting
	{`id="wind"`, `id="text"`}, {`href="#wind"`, `href="#vent"`}, // ids twice, and nowhere
	{`lang="en"`, `lang="english"`}, {`dir="ltr"`, `dir="rtl"`}, {` lang="fr"`, ""},
	{">Next page<", "><"}, {">Next page<", ">9<"}, {">Next page<", ">»<"}, // no words, too few, none
	{"<li>Another</li>", ""}, {"<li>Another</li>", "<li>Another<p>more words</p></li>"},
	{"<p>Then go.</p>", "<p hidden>Then go.</p>"}, {`<input id="name">`, `<input id="name" type="checkbox">`},
	{"<p>Then go.</p>", ""}, {"<li>Another</li>", "<li>Another</li><li>Third one</li>"}, // another number
	{`href="help.html"`, `href="tel:1098"`}, {`href="help.html"`, `href="he lp.html"`},
	{`href="help.html"`, ""}, {`href="help.html"`, `href="javascript:a"`},
	{"<!DOCTYPE html>", ""}, {`<path class="a"`, `<path tabindex="0"`}, {`>Next page<`, `>More pages<`},
}

// otherNumber is markup of which there is only more or less.
var otherNumber = [][2]string{
	{"<p>Then go.</p>", ""}, {"<li>Another</li>", ""}, {"<li>Another</li>", "<li>Another</li><li>Third one</li>"},
}

// Each of these changes what a judge of markup may say, or does not.
func TestSkeleton(t *testing.T) {
	parse := func(s string) *html.Node {
		root, err := html.Parse(strings.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		return root
	}
	good := skeleton(parse(markupPage))
	for _, same := range [][2]string{
		{"Our kite", "Notre cerf-volant"}, {`lang="en"`, `lang="es"`}, {`lang="fr"`, `lang="ru"`},
		{"help.html", "../aide.html"},
		{"Ask <a href=\"help.html\">someone you trust</a> first.", "<a href=\"help.html\">Ask someone</a> you trust."},
		{`d="M0 0h1"`, `d="M0 0h100v3"`}, {`id="wind"`, `id="vent"`}, {`href="#wind"`, `href="#vent"`},
		{"font-family:a", "font-family:b"},
	} {
		page := markupPage
		if strings.Contains(same[0], "wind") { // a place and the link to it
			page = strings.NewReplacer(`"wind"`, `"vent"`, `"#wind"`, `"#vent"`).Replace(page)
		} else {
			page = strings.Replace(page, same[0], same[1], 1)
		}
		if got := skeleton(parse(page)); got != good {
			t.Errorf("%q in place of %q makes another skeleton:\n%s\n%s", same[1], same[0], good, got)
		}
	}
	for _, other := range otherMarkup {
		page := strings.Replace(markupPage, other[0], other[1], 1)
		if page == markupPage || skeleton(parse(page)) == good {
			t.Errorf("%q in place of %q makes no other skeleton", other[1], other[0])
		}
	}
}

// Of pages that differ in words the longest is judged, and so is a page that
// has a fault of its own.
func TestLongest(t *testing.T) {
	var pages []*page
	for name, text := range map[string]string{
		"en": markupPage,
		"fr": strings.Replace(markupPage, "Our kite", "Notre cerf-volant", 1),
		"ru": strings.Replace(markupPage, `aria-label="a kite"`, `aria-label=""`, 1),
	} {
		root, err := html.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, &page{name: name, data: []byte(text), root: root})
	}
	var got []string
	for _, p := range longest(pages) {
		got = append(got, p.name)
	}
	if want := []string{"fr", "ru"}; !slices.Equal(got, want) {
		t.Errorf("judged are %q, want %q", got, want)
	}
}
