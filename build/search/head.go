package search

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/site"

	"golang.org/x/text/feature/plural"
)

// head is the data of index.js.
func (p *part) head(starts []string, stamps, core string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"n":%d,"d":%s,"w":%s,"v":%s,`, p.docs, numbers(p.counts), quotes(starts), quote(stamps))
	fmt.Fprintf(&b, "\n"+`"f":%s,"x":%s,"a":%s,"b":%s,`,
		quotes(runs(p.seen.Table(p.used()))), quote(letters.DenseClass()), quotes(p.facts.Joined), quotes(p.facts.Beginnings))
	fmt.Fprintf(&b, "\n"+`"r":%s,"e":%s,"l":%d,"o":%s,`, quotes(p.facts.Whole),
		quotes(p.facts.EndingTable()), p.facts.Again, quote(strings.Join(p.facts.Common(), " ")))
	if keys := keyboard(p.lang); keys != "" {
		b.WriteString(`"m":` + quote(keys) + ",")
	}
	b.WriteString(`"q":[`)
	for i, a := range p.asks() {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(a.String())
	}
	b.WriteString("],")
	forms, names := plurals(p.lang)
	fmt.Fprintf(&b, "\n"+`"p":%s,"c":%s,"g":%s`, quote(forms), quotes(names), quote(numerals(p.lang)))
	if core != "" {
		fmt.Fprintf(&b, ",\n"+`"t":[%s],"k":%s`, strings.TrimSuffix(string(p.names), ",\n"), quote(pressed(core)))
	}
	b.WriteByte('}')
	return b.String()
}

// keyboard returns the signs of a Latin keyboard, each with the letters on its
// key, "" where the language names none.
func keyboard(lang *site.Language) string {
	var list []string
	for sign, letters := range lang.Lookup.Keys {
		list = append(list, sign+letters)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// used returns the signs that words of the index are written with, beside those of ASCII.
func (p *part) used() map[rune]bool {
	used, low := map[rune]bool{}, [0x3000]bool{} // few are not low
	see := func(word string) {
		for i := 0; i < len(word); {
			if word[i] < utf8.RuneSelf {
				i++
				continue
			}
			r, size := utf8.DecodeRuneInString(word[i:])
			if i += size; int(r) < len(low) {
				low[r] = true
			} else {
				used[r] = true
			}
		}
	}
	for word := range p.words {
		see(word)
	}
	for _, word := range p.facts.Common() {
		see(word)
	}
	for r, is := range low {
		if is {
			used[rune(r)] = true
		}
	}
	return used
}

// run stands between the first and the last of characters that follow each other.
const run = '\u0001'

// runs writes the characters of a table of letters in runs.
func runs(table []string) []string {
	for i := 1; i < len(table); i += 2 {
		from := []rune(table[i])
		var b strings.Builder
		for at := 0; at < len(from); {
			to := at + 1
			for to < len(from) && from[to] == from[to-1]+1 && from[to] <= 0xFFFF {
				to++
			}
			if to-at > 3 {
				b.WriteString(string([]rune{from[at], run, from[to-1]}))
			} else {
				b.WriteString(string(from[at:to]))
			}
			at = to
		}
		table[i] = b.String()
	}
	return table
}

// plurals returns the phrases for a number of results, one a plural form, and
// a string of 300 digits that says which form a number takes: below 200 its
// own, above that the one of 200 plus its last two digits.
func plurals(lang *site.Language) (forms string, phrases []string) {
	taken := lang.PluralForms()
	for n := range 300 {
		forms += strconv.Itoa(slices.Index(taken, lang.PluralForm(n)))
	}
	for _, form := range taken {
		phrases = append(phrases, phrase(lang, form))
	}
	return forms, phrases
}

func phrase(lang *site.Language, form plural.Form) string {
	forms := lang.Counts["results"]
	if forms == (site.Forms{}) && lang.Source != nil {
		forms = lang.Source.Counts["results"]
	}
	return cmp.Or(forms.Form(form), forms.Other, "{n}")
}

// numerals are the digits of the language, "" for the common ones.
func numerals(lang *site.Language) string {
	var b strings.Builder
	for n := range 10 {
		b.WriteString(lang.Number(n))
	}
	if b.String() == "0123456789" {
		return ""
	}
	return b.String()
}

// numbers writes a list of numbers for a script.
func numbers(list []int) string {
	return strings.ReplaceAll(fmt.Sprint(append([]int{}, list...)), " ", ",")
}

func quotes(list []string) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, s := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quote(s))
	}
	b.WriteByte(']')
	return b.String()
}

// quote writes a JavaScript string that is safe in any script, old engines
// and inline ones included: invisible characters and < are escaped.
func quote(s string) string { return string(appendQuoted(make([]byte, 0, len(s)+2), s)) }

func appendQuoted(b []byte, s string) []byte {
	escaped := escaped()
	b = append(b, '"')
	from := 0
	for i, r := range s {
		if r > 0xFFFF || !escaped[r] {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + utf8.RuneLen(r)
		switch r {
		case '\n':
			b = append(b, `\n`...)
		case '"', '\\':
			b = append(b, '\\', byte(r))
		default:
			b = fmt.Appendf(b, `\u%04x`, r)
		}
	}
	return append(append(b, s[from:]...), '"')
}

// escaped are the characters that quote escapes.
var escaped = sync.OnceValue(func() *[0x10000]bool {
	var list [0x10000]bool
	for _, table := range []*unicode.RangeTable{unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp} {
		for _, r := range table.R16 {
			for c := int(r.Lo); c <= int(r.Hi); c += int(r.Stride) {
				list[c] = true
			}
		}
	}
	for _, r := range `"\<` {
		list[r] = true
	}
	return &list
})
