package letters

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/site"

	"golang.org/x/text/collate"
)

// Order is the alphabet of a language: it orders titles and names the letters
// that they stand under. It belongs to one goroutine.
type Order struct {
	strict, loose *collate.Collator
	articles      []string // as they are typed
	folded        bool     // keys are
	pinyin        bool     // Han is ordered by pinyin
}

// NewOrder returns the alphabet of a language.
func NewOrder(lang *site.Language) *Order {
	o := &Order{folded: lang.Folded,
		strict: collate.New(lang.Tag, collate.IgnoreCase), loose: collate.New(lang.Tag, collate.Loose)}
	for _, a := range lang.Articles {
		if a = Typed(a); a != "" {
			o.articles = append(o.articles, a)
		}
	}
	o.pinyin = slices.IsSortedFunc(pinyin, func(a, b pinyinLetter) int { return o.strict.CompareString(a.first, b.first) })
	return o
}

// key returns what a title is filed by: the title from its first letter or digit
// on, without its article, folded where the language wants that.
func (o *Order) key(title string) string {
	title = strings.TrimLeftFunc(title, isBetween)
	for _, article := range o.articles {
		if rest, ok := without(title, article); ok {
			title = rest
			break
		}
	}
	if o.folded {
		return Fold(title)
	}
	return title
}

// without returns a title without an article, if it begins with it and a word
// follows. Vowel marks and the kind of apostrophe do not count.
func without(title, article string) (string, bool) {
	for i, r := range title {
		t := typed(r)
		switch {
		case t < 0:
			continue
		case article == "":
			return title[i:], !isBetween(r)
		}
		first, size := utf8.DecodeRuneInString(article)
		if t != first {
			return "", false
		}
		article = article[size:]
	}
	return "", false
}

// isBetween reports whether a character is no part of a word.
func isBetween(r rune) bool { return strings.TrimSpace(FoldRune(r)) == "" }

// Compare orders titles. Digits come first. Where Han stands under Latin
// letters, it stands there with Latin words.
func (o *Order) Compare(a, b string) int { return o.CompareFiled(o.File(a), o.File(b)) }

// Filed is a title with where it stands: for long lists, whose titles are each
// compared many times.
type Filed struct {
	Letter string // see Order.Letter
	key    string
}

// File returns where a title stands.
func (o *Order) File(title string) Filed {
	key := o.key(title)
	return Filed{o.letter(key), key}
}

// CompareFiled orders titles as Compare does.
func (o *Order) CompareFiled(a, b Filed) int {
	if a.Letter != b.Letter && (o.pinyin || a.Letter == digits || b.Letter == digits) {
		return strings.Compare(a.Letter, b.Letter)
	}
	return o.strict.CompareString(a.key, b.key)
}

// digits is the letter of titles that begin with a digit.
const digits = "#"

// Letter returns the letter that a title stands under: its first one, without
// accents unless the language counts the accented one as a letter.
func (o *Order) Letter(title string) string { return o.letter(o.key(title)) }

func (o *Order) letter(key string) string {
	first, _ := utf8.DecodeRuneInString(key)
	plain, _ := utf8.DecodeRuneInString(FoldRune(first))
	switch {
	case unicode.IsDigit(plain):
		return digits
	case unicode.Is(unicode.Han, plain):
		return o.han(key)
	case o.loose.CompareString(string(first), string(plain)) != 0:
		return string(unicode.ToUpper(first))
	}
	return string(unicode.ToUpper(plain))
}

// han returns the letter of pinyin. Other orders of Han have no letters:
// their titles stand together.
func (o *Order) han(key string) string {
	if !o.pinyin {
		return "一"
	}
	letter := pinyin[0].name
	for _, l := range pinyin {
		if o.strict.CompareString(key, l.first) >= 0 {
			letter = l.name
		}
	}
	return letter
}

type pinyinLetter struct{ name, first string }

// pinyin are the first characters of each letter in CLDR's pinyin order.
var pinyin = []pinyinLetter{
	{"A", "阿"}, {"B", "八"}, {"C", "嚓"}, {"D", "咑"}, {"E", "妸"}, {"F", "发"}, {"G", "旮"}, {"H", "哈"},
	{"J", "丌"}, {"K", "咔"}, {"L", "垃"}, {"M", "妈"}, {"N", "拏"}, {"O", "噢"}, {"P", "妑"}, {"Q", "七"},
	{"R", "呥"}, {"S", "仨"}, {"T", "他"}, {"W", "屲"}, {"X", "夕"}, {"Y", "丫"}, {"Z", "帀"},
}
