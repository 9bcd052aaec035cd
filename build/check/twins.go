package check

import (
	"net/url"
	"slices"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/translate"

	"github.com/yuin/goldmark/ast"
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
	oursBefore, theirsBefore := neighbours(ours, theirs), neighbours(theirs, ours)
	paired := 0 // links to places of the page, which are held against each other only when they are as many
	places := 0 // links to places of the page that the source page does not have
	for _, l := range extra {
		fits := func(m bone) bool { return theirsBefore[m.pos] == oursBefore[l.pos] && p.isAkin(l.what, m.what) }
		i := slices.IndexFunc(missing, fits)
		if i < 0 || strings.HasPrefix(l.what, "#") && len(ownPlaces(extra)) != len(ownPlaces(missing))+paired {
			if p.leadsToOwn(l) {
				places++
				continue
			}
			hint := p.onlyHere()
			if strings.HasPrefix(l.what, "#") {
				places, hint = places+1, "places are called as on the source page: its links show how"
			}
			p.partHint(l.pos, nowhere, hint, "the source page has no such link: %q", l.what)
			continue
		}
		if !p.isTwin(l.what, missing[i].what, true) && !p.otherPlace(l, missing[i]) {
			p.part(l.pos, missing[i].pos, "here is a link to %q, in the source page to %q", l.what, missing[i].what)
		}
		if strings.HasPrefix(l.what, "#") {
			paired++
		}
		missing = slices.Delete(missing, i, i+1)
	}
	for _, m := range missing {
		if strings.HasPrefix(m.what, "#") && places > 0 {
			places-- // one of those, which are named where they stand
			continue
		}
		p.part(-p.Doc.Body, m.pos, "the link to %q of the source page is missing", m.what)
	}
}

// leadsToOwn reports whether a link leads to a heading that only this page has, by its words: parity names the heading.
func (p *Pass) leadsToOwn(l bone) bool {
	place, err := url.PathUnescape(strings.TrimPrefix(l.what, "#"))
	if err != nil || !strings.HasPrefix(l.what, "#") || slices.Contains(p.IDs, place) {
		return false
	}
	if !slices.ContainsFunc(p.Doc.Headings(), func(h *ast.Heading) bool {
		return markdown.Anchor(p.Doc.PlainText(h)) == markdown.Anchor(place)
	}) {
		return false
	}
	p.uses = slices.DeleteFunc(p.uses, func(u use) bool { return u.pos == l.pos })
	return true
}

// otherPlace reports whether two links lead to two places of one page, and leaves them to Links: only there is known
// whether the page has a place of that name, or the translation calls it by its own words.
func (p *Pass) otherPlace(ours, theirs bone) bool {
	page, place, _ := strings.Cut(ours.what, "#")
	theirPage, theirPlace, _ := strings.Cut(theirs.what, "#")
	i := slices.IndexFunc(p.uses, func(u use) bool { return u.pos == ours.pos })
	if i < 0 || page != theirPage || place == "" || theirPlace == "" || p.standing().State == translate.Stale {
		return false
	}
	u, before := p.uses[i], len(p.findings)
	p.part(ours.pos, theirs.pos, "here is a link to %q, in the source page to %q", ours.what, theirs.what)
	if len(p.findings) == before {
		return true // something else is wrong there
	}
	for _, l := range p.Doc.Destinations() {
		if l.Pos == ours.pos && l.At >= 0 && !strings.ContainsAny(theirPlace, " ()<>") {
			p.mend(edit{l.At + strings.IndexByte(l.Dest, '#') + 1, l.At + len(l.Dest), theirPlace})
		}
	}
	twin := p.findings[before]
	u.twin = &twin
	p.findings, p.uses = p.findings[:before], append(p.uses, u)
	return true
}

// ownPlaces returns the links to places of the page itself.
func ownPlaces(list []bone) (own []bone) {
	for _, b := range list {
		if strings.HasPrefix(b.what, "#") {
			own = append(own, b)
		}
	}
	return own
}

// isAkin reports whether two addresses may be meant for each other: ours lies in
// the guide, or both at the same host.
func (p *Pass) isAkin(ours, theirs string) bool {
	host, _, _ := withoutCode(ours, p.Language.Code)
	theirHost, _, _ := withoutCode(theirs, p.Source.Language.Code)
	return (host == "" || host == theirHost) && strings.HasPrefix(ours, "#") == strings.HasPrefix(theirs, "#")
}

// neighbours returns, for each link of a list, the last one before it that the
// other list has, too; "" when there is none.
func neighbours(list, other []bone) map[int]string {
	has := map[string]bool{}
	for _, b := range other {
		has[b.what] = true
	}
	before, last := map[int]string{}, ""
	for _, b := range list {
		before[b.pos] = last
		if has[b.what] {
			last = b.what
		}
	}
	return before
}

// isTwin reports whether an address is that of the same page elsewhere in the
// language of this one: https://www.php.net/manual/ru/ of …/manual/en/. In the
// same place of the text, the same host is enough: names of pages are
// translated, too.
func (p *Pass) isTwin(ours, theirs string, samePlace bool) bool {
	if !strings.Contains(strings.ToLower(ours), strings.ToLower(p.Language.Code)) {
		return false // most need no closer look
	}
	host, path, own := withoutCode(ours, p.Language.Code)
	if !own {
		return false
	}
	theirHost, theirPath, named := withoutCode(theirs, p.Source.Language.Code)
	return host == theirHost && (path == theirPath || samePlace && named)
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
