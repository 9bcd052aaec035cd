package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/site"
)

var text = &Check{Name: "text", Own: true, Firm: "readers would get other words than those that are written",
	Doc: "Texts hold no character that readers do not see, that fonts do " +
		"not have or that search does not find.", Page: func(p *Pass) {
		src := p.Doc.Src
		for at, n := letters.NextUnwanted(src, 0), 0; at < len(src); at = letters.NextUnwanted(src, at+n) {
			var r rune
			if r, n = utf8.DecodeRune(src[at:]); at == 0 && r == '\uFEFF' {
				continue
			}
			before, _ := utf8.DecodeLastRune(src[:at])
			after, _ := utf8.DecodeRune(src[at+n:])
			if name, hint := p.unwanted(before, r, after); name != "" {
				p.Report(site.Error, at-p.Doc.Body, hint, "%s (U+%04X)", name, r)
				if instead, sure := letters.Instead(r); sure {
					p.mend(edit{at - p.Doc.Body, at + n - p.Doc.Body, instead})
				}
			}
		}
		if p.Language.Dir == "rtl" && countsOtherwise(src) {
			p.turnedNumbers()
		}
		for _, value := range []struct{ key, text string }{
			{"title", p.Page.Title}, {"short", p.Page.Short}, {"summary", p.Page.Summary},
		} {
			p.escapedIn(value.key, value.text)
		}
	}}

// turned is a number to dial, in groups of the digits of Arabic letters. Where a language runs from right to left, each
// group stands left of the one before it, and nothing that isolates them changes that.
var turned = regexp.MustCompile(`[+(]*[٠-٩۰-۹]+\)?(?:[ -]\(?[٠-٩۰-۹]+\)?)+`)

// countsOtherwise reports whether a text holds a digit that turned knows: most hold none.
func countsOtherwise(text []byte) bool {
	for i := 1; i < len(text); i++ {
		first, second := text[i-1], text[i]
		if first == "٠"[0] && "٠"[1] <= second && second <= "٩"[1] ||
			first == "۰"[0] && "۰"[1] <= second && second <= "۹"[1] {
			return true
		}
	}
	return false
}

// turnedNumbers names numbers to dial whose groups readers see in another order.
func (p *Pass) turnedNumbers() {
	for _, at := range turned.FindAllIndex(p.Doc.Src, -1) {
		number := string(p.Doc.Src[at[0]:at[1]])
		digits, latin := 0, strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '0' + r&0xF
			}
			return r
		}, number)
		for _, r := range latin {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		if digits >= 7 && digits <= 15 {
			p.Report(site.Error, at[0]-p.Doc.Body, "write "+latin+", or all its digits together",
				"the groups of this number stand in another order for readers: %s", number)
		}
	}
}

func (p *Pass) unwanted(before, r, after rune) (name, hint string) {
	if p.Language.Joiners && (r == 0x200C || r == 0x200D) {
		return "", ""
	}
	return letters.Unwanted(before, r, after)
}

// escapedIn names what a front matter value holds that the file does not show:
// "\u202E".
func (p *Pass) escapedIn(key, text string) {
	last := rune(0)
	for i, r := range text {
		after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		if letters.MayBeUnwanted(r) && !strings.ContainsRune(string(p.Doc.Src[:p.Doc.Body]), r) {
			if name, hint := p.unwanted(last, r, after); name != "" {
				p.ReportAt(site.Error, p.front(key), hint, "%s holds %s (U+%04X)", key, name, r)
			}
		}
		last = r
	}
}

const joiner = "a joiner"

// invisible returns the name of a character that is unwanted on its own, or "",
// and what to do about it.
func invisible(r rune) (name, hint string) {
	if !letters.MayBeUnwanted(r) {
		return "", ""
	}
	return letters.Unwanted(0, r, 0)
}
