package content

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"fieldguide/build/site"

	"golang.org/x/text/unicode/norm"
)

// Target is what a link destination means. One of Family, Static, Beside and URL is
// set; or Problem is, for a link that leads nowhere.
type Target struct {
	Family   *site.Family // a page of this site
	Fragment string       // a place in it, without #
	Source   string       // id of the publication that a statement rests on; the page lists it
	Static   string       // a file of static/
	Beside   string       // a picture, a sound or a video beside a page of any language, below that language's folder
	URL      string       // an address elsewhere
	Problem  string       // why it leads nowhere
	Hint     string
}

// Resolve says what a destination written in a page of family f means:
//
//	rivers.md, ../help/alone.md#now       a page, from the folder of this one
//	/help/alone.md                        a page, from the language's folder
//	#now                                  a place on this page
//	term:ford                             an entry of the glossary
//	source:map-of-2026                    a record of resources.yaml, which the page then lists as its source
//	/pictures/kite.png                    a file of static/
//	kite.png                              a picture, a sound or a video beside this page
//	https: http: mailto: tel: sms:        an address elsewhere
func Resolve(s *site.Site, f *site.Family, dest string) Target {
	if scheme, rest, ok := strings.Cut(dest, ":"); ok && isScheme(scheme) {
		return elsewhere(s, f, strings.ToLower(scheme), rest, dest)
	}
	if strings.HasPrefix(dest, "//") || strings.ContainsAny(dest, "\\?") {
		return Target{Problem: "is not a path of this site", Hint: cmp.Or(addressHint(dest),
			"write the path of a page (help/index.md) or a whole address (https://…)")}
	}
	if dest == "" || dest == "#" {
		return Target{Problem: "leads nowhere", Hint: "write the name of a page, or an address"}
	}
	name, fragment, _ := strings.Cut(dest, "#")
	if decoded, err := url.PathUnescape(fragment); err == nil {
		fragment = norm.NFC.String(decoded)
	}
	if decoded, err := url.PathUnescape(name); err == nil {
		name = decoded
	}
	if name == "" {
		return Target{Family: f, Fragment: fragment}
	}
	if strings.HasPrefix(name, "/") {
		name = name[1:]
	} else {
		name = path.Join(f.Folder(), name)
	}
	page, isPage := strings.CutSuffix(name, ".md")
	if !isPage {
		if slices.Contains(s.Static, name) {
			return Target{Static: name, Fragment: fragment}
		}
		for _, lang := range s.Languages {
			if _, has := slices.BinarySearch(s.Media, lang.Code+"/"+name); has {
				return Target{Beside: name, Fragment: fragment}
			}
		}
		return Target{Problem: "leads nowhere", Hint: cmp.Or(addressHint(dest), hintFor(s, f, name))}
	}
	if target := s.Family(page); target != nil {
		return Target{Family: target, Fragment: fragment}
	}
	if s.IsDraft(page) {
		return Draft(s, page)
	}
	return Target{Problem: "leads nowhere", Hint: hintFor(s, f, page)}
}

// File returns the file that a target is to readers of a language, by its name in the output; "" for none.
func (t Target) File(s *site.Site, lang *site.Language) string {
	if t.Beside != "" {
		return s.MediaIn(lang, t.Beside)
	}
	return t.Static
}

// Draft says what is wrong with a link to a page that is a draft: readers do not get it.
func Draft(s *site.Site, page string) Target {
	return Target{Problem: "leads to a draft", Hint: undraft + "content/" + s.Source.Code + "/" + page + ".md"}
}

func elsewhere(s *site.Site, f *site.Family, scheme, rest, dest string) Target {
	switch scheme {
	case "term":
		glossary := s.Family(s.Glossary)
		if glossary == nil {
			return Target{Problem: "wants a glossary, and site.yaml names none",
				Hint: "glossary: glossary, and a page of that name"}
		}
		if !slices.Contains(s.Terms, rest) {
			return Target{Problem: "names no term of the glossary", Hint: cmp.Or(didYouMean(rest, s.Terms), "write it in terms.yaml of each language")}
		}
		return Target{Family: glossary, Fragment: rest}
	case "source":
		known := func(r site.Resource) bool { return r.ID == rest }
		if !slices.ContainsFunc(s.Resources, known) {
			return Target{Problem: "names no record of content/data/resources.yaml",
				Hint: cmp.Or(didYouMean(rest, resourceIDs(s)), "add a record with this id")}
		}
		return Target{Family: f, Fragment: SourceID(rest), Source: rest}
	case "https", "http", "mailto", "tel", "sms":
		if strings.ContainsFunc(dest, isUnseen) {
			return Target{Problem: "holds a space or a character that nobody sees", Hint: spaceHint(scheme, dest)}
		}
		if u, err := url.Parse(dest); scheme[0] == 'h' && (err != nil || u.Hostname() == "") {
			if err != nil && strings.Contains(err.Error(), "invalid URL escape") {
				return Target{Problem: "holds a % that stands for nothing", Hint: "write %25 for the sign itself"}
			}
			return Target{Problem: "is not a whole address", Hint: "write it as https://example.org/page"}
		}
		switch address, _, _ := strings.Cut(rest, "?"); {
		case scheme == "mailto" && !strings.Contains(rest, "@"):
			return Target{Problem: "is not an e-mail address", Hint: "write mailto:somebody@example.org"}
		case (scheme == "tel" || scheme == "sms") && digitsOf(address) == "":
			return Target{Problem: "has no number to dial", Hint: "write " + scheme + ": and its digits, of 0-9"}
		}
		return Target{URL: Encoded(dest)}
	}
	return Target{Problem: "has an address that browsers may run or that is not safe to follow",
		Hint: "links begin with https:, http:, mailto:, tel: or sms:, or name a page"}
}

// isUnseen reports whether r makes an address look like another, or lead to
// another: browsers drop spaces and control characters.
func isUnseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// SourceID returns the id of the place on a page that names the source of a
// statement, a record of resources.yaml.
func SourceID(record string) string { return "source." + record }

func resourceIDs(s *site.Site) []string {
	var ids []string
	for _, r := range s.Resources {
		ids = append(ids, r.ID)
	}
	return ids
}

// isScheme reports whether s is a URL scheme by RFC 3986.
func isScheme(s string) bool {
	for i, r := range strings.ToLower(strings.TrimSpace(s)) {
		if !('a' <= r && r <= 'z' || i > 0 && ('0' <= r && r <= '9' || r == '+' || r == '.' || r == '-')) {
			return false
		}
	}
	return s != ""
}

func hintFor(s *site.Site, f *site.Family, name string) string {
	if s.Family(path.Join(name, "index")) != nil {
		return "a folder's page is its index: write " + Relative(f.Path, path.Join(name, "index")) + ".md"
	}
	if page := strings.TrimSuffix(name, ".html"); s.Family(page) != nil {
		return "pages end in .md: write " + Relative(f.Path, page) + ".md"
	}
	if now := s.Moved[name]; now != "" {
		return "it has moved: write " + Relative(f.Path, now) + ".md"
	}
	if near := nearestPage(s, name); near != "" {
		return "did you mean " + Relative(f.Path, near) + ".md?"
	}
	if bare := strings.Trim(name, ".,;:!?\"'“”«»"); bare != name && s.Family(strings.TrimSuffix(bare, ".md")) != nil {
		return "write " + Relative(f.Path, strings.TrimSuffix(bare, ".md")) + ".md"
	}
	return "write the page, or the name of one that is there"
}

// nearestPage returns the page whose own name is most like that of name, from
// the most similar folder.
func nearestPage(s *site.Site, name string) string {
	byBase := map[string][]string{}
	for _, p := range paths(s) {
		byBase[path.Base(p)] = append(byBase[path.Base(p)], p)
	}
	near := byBase[site.Nearest(path.Base(name), keys(byBase))]
	if len(near) == 0 {
		return ""
	}
	return cmp.Or(site.Nearest(name, near), near[0])
}

// Relative returns the path that leads from the file at from to the file at
// to: "../../help/index" from "walkers/beginners/rivers" to "help/index".
func Relative(from, to string) string {
	for {
		i := strings.IndexByte(from, '/')
		if i < 0 || !strings.HasPrefix(to, from[:i+1]) {
			break
		}
		from, to = from[i+1:], to[i+1:]
	}
	return strings.Repeat("../", strings.Count(from, "/")) + to
}
