package check

import (
	"net/url"
	"slices"
	"strings"
)

// compareLinks reports links that only one of two pages has. A link of the
// translation is held against one of the source page that stands between the
// same neighbours; otherwise each is reported by itself.
func (p *Pass) compareLinks(theirs, ours []bone) {
	missing, extra := without(theirs, ours, bone.same), without(ours, theirs, bone.same)
	missing = slices.DeleteFunc(missing, func(l bone) bool { return p.isLeft(l.what) })
	extra = slices.DeleteFunc(extra, func(l bone) bool {
		i := slices.IndexFunc(missing, func(m bone) bool { return p.isTwin(l.what, m.what, false) })
		if i >= 0 {
			missing = slices.Delete(missing, i, i+1)
		}
		return i >= 0
	})
	for _, l := range extra {
		before := neighbour(ours, theirs, l)
		i := slices.IndexFunc(missing, func(m bone) bool { return neighbour(theirs, ours, m) == before })
		if i < 0 {
			p.part(l.pos, nowhere, "the source page has no such link: %q", l.what)
			continue
		}
		if !p.isTwin(l.what, missing[i].what, true) {
			p.part(l.pos, missing[i].pos, "here is a link to %q, in the source page to %q", l.what, missing[i].what)
		}
		missing = slices.Delete(missing, i, i+1)
	}
	for _, m := range missing {
		p.part(-p.Doc.Body, m.pos, "the link to %q of the source page is missing", m.what)
	}
}

// neighbour returns the last link of a list before l that the other list has,
// too; "" when there is none.
func neighbour(list, other []bone, l bone) (what string) {
	for _, b := range list {
		if b.pos >= l.pos {
			break
		}
		if slices.ContainsFunc(other, b.same) {
			what = b.what
		}
	}
	return what
}

// isTwin reports whether an address is that of the same page elsewhere in the
// language of this one: https://www.php.net/manual/ru/ of …/manual/en/. In the
// same place of the text, the same host is enough: names of pages are
// translated, too.
func (p *Pass) isTwin(ours, theirs string, samePlace bool) bool {
	host, path, own := withoutCode(ours, p.Language.Code)
	theirHost, theirPath, named := withoutCode(theirs, p.Source.Language.Code)
	return own && host == theirHost && (path == theirPath || samePlace && named)
}

// withoutCode takes the code of a language out of the host and path of an
// address: ru, ru-RU, ru_RU. found reports whether it was there.
func withoutCode(address, code string) (host, path string, found bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "", address, false
	}
	isCode := func(s string) bool {
		rest, ok := strings.CutPrefix(strings.ToLower(s), strings.ToLower(code))
		is := ok && (rest == "" || len(rest) < 6 && strings.ContainsAny(rest[:1], "-_"))
		found = found || is
		return is
	}
	labels, parts := strings.Split(u.Host, "."), strings.Split(u.Path, "/")
	host = strings.Join(slices.DeleteFunc(labels, isCode), ".")
	u.Path, u.Host = strings.Join(slices.DeleteFunc(parts, isCode), "/"), ""
	return host, u.RequestURI() + "#" + u.Fragment, found
}
