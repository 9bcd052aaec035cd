package render

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/markdown"
	"fieldguide/build/output"
	"fieldguide/build/search"
	"fieldguide/build/site"

	"golang.org/x/text/collate"
)

// frameBytes is what a search page weighs without its list, at most.
const frameBytes = 5500

// scripts lets a page load the scripts that lie with it and no others. Where
// a browser gives files no origin, 'self' does not match them, file: does.
const scripts = "; script-src 'self' file:"

// Letter is the part of an alphabetical list that begins with a letter.
type Letter struct {
	Name string
	ID   string
	List []Link
}

// AZ returns all pages and the terms of the glossary in the order of the
// language's alphabet. Where that is more than a page may weigh, it returns
// the indexes of all folders and the terms, or those of the top folders: each
// lists what lies in it.
func (v *View) AZ() []Letter {
	s := v.r.site
	all := func(*site.Family) bool { return true }
	indexes := (*site.Family).IsIndex
	sections := func(f *site.Family) bool { return f.Folder() == f.Section() }
	terms := s.Family(s.Glossary) != nil
	for _, try := range []struct {
		holds func(*site.Family) bool
		terms bool
	}{{all, terms}, {indexes, terms}, {indexes, false}, {sections, false}} {
		list := v.alphabetical(try.holds, try.terms)
		if s.Limits.Page == 0 || output.DeflatesWithin(weigh(list), s.Limits.Page-frameBytes) {
			return list
		}
	}
	return nil
}

// weigh returns as many bytes as a list takes in a page, or a few more.
func weigh(list []Letter) []byte {
	var b []byte
	for _, l := range list {
		b = append(b, l.Name...)
		for _, link := range l.List {
			b = append(b, `<li><a href="`...)
			b = append(append(append(append(b, link.Href...), `">`...), link.Name...), "</a></li>\n"...)
		}
	}
	return b
}

type titled struct {
	key string
	Link
}

func (v *View) alphabetical(holds func(*site.Family) bool, terms bool) []Letter {
	s := v.r.site
	var list []titled
	for _, f := range s.Families {
		if f != v.Family && !f.Kind.Hidden && holds(f) {
			p, _ := f.In(s, v.Language)
			list = append(list, titled{search.Key(p.Title), v.link(f, false)})
		}
	}
	if terms {
		href := v.to(s.Family(s.Glossary))
		for _, id := range s.Terms {
			t := v.Language.Terms[id].Term
			list = append(list, titled{search.Key(t), Link{Href: href + template.URL("#"+id), Name: markdown.HTML(v.Language, t)}})
		}
	}
	order := alphabetOf(v.Language)
	slices.SortStableFunc(list, func(a, b titled) int { return order.compare(a.key, b.key) })
	var letters []Letter
	for _, t := range list {
		name := order.letter(t.key)
		i := slices.IndexFunc(letters, func(l Letter) bool { return l.Name == name })
		if i < 0 {
			i = len(letters)
			letters = append(letters, Letter{Name: name, ID: "az-" + strconv.Itoa(i+1)})
		}
		letters[i].List = append(letters[i].List, t.Link)
	}
	return letters
}

// alphabet orders titles as a language does and names their letters.
type alphabet struct {
	order, loose *collate.Collator
	pinyin       bool // Han is ordered by pinyin
}

func alphabetOf(lang *site.Language) alphabet {
	a := alphabet{order: collate.New(lang.Tag, collate.IgnoreCase), loose: collate.New(lang.Tag, collate.Loose)}
	a.pinyin = slices.IsSortedFunc(pinyin, func(b, c pinyinLetter) int { return a.order.CompareString(b.first, c.first) })
	return a
}

// compare puts digits first. Where Han stands under Latin letters, it stands
// there with Latin words.
func (a alphabet) compare(b, c string) int {
	lb, lc := a.letter(b), a.letter(c)
	if lb != lc && (a.pinyin || lb == digits || lc == digits) {
		return strings.Compare(lb, lc)
	}
	return a.order.CompareString(b, c)
}

// digits is the letter of titles that begin with a digit.
const digits = "#"

// letter returns the letter that a title stands under: its first one, without
// accents unless the language counts the accented one as a letter.
func (a alphabet) letter(title string) string {
	first, _ := utf8.DecodeRuneInString(title)
	plain, _ := utf8.DecodeRuneInString(search.Fold(string(first)))
	switch {
	case unicode.IsDigit(plain):
		return digits
	case unicode.Is(unicode.Han, plain):
		return a.han(title)
	case a.loose.CompareString(string(first), string(plain)) != 0:
		return string(unicode.ToUpper(first))
	}
	return string(unicode.ToUpper(plain))
}

// han returns the letter of pinyin. Other orders of Han have no letters:
// their titles stand together.
func (a alphabet) han(title string) string {
	if !a.pinyin {
		return "一"
	}
	letter := pinyin[0].name
	for _, l := range pinyin {
		if a.order.CompareString(title, l.first) >= 0 {
			letter = l.name
		}
	}
	return letter
}

type pinyinLetter struct{ name, first string }

// pinyin are the first characters of each letter in CLDR's pinyin order.
var pinyin = []pinyinLetter{
	{"A", "阿"}, {"B", "八"}, {"C", "嚓"}, {"D", "咑"}, {"E", "妸"}, {"F", "发"}, {"G", "旮"}, {"H", "哈"}, {"J", "丌"}, {"K", "咔"}, {"L", "垃"},
	{"M", "妈"}, {"N", "拏"}, {"O", "噢"}, {"P", "妑"}, {"Q", "七"}, {"R", "呥"}, {"S", "仨"}, {"T", "他"}, {"W", "屲"}, {"X", "夕"}, {"Y", "丫"}, {"Z", "帀"},
}

// SearchFolder returns the folder of the index, seen from the search page.
func (v *View) SearchFolder() string { return v.Family.Shards() }

// Static returns the address of a file of static/.
func (v *View) Static(name string) template.URL {
	v.refs.static(name)
	return v.file(name)
}
