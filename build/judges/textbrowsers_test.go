package judges

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// Text browsers know no style and fold nothing away: what a page says there, its
// words say. They stand for readers on a terminal, for braille lines, and for
// whatever else shows words only.

// textBrowsers are the programs, with what makes them write a page as they show
// it on a screen of so many columns.
var textBrowsers = map[string]func(columns int, file string) []string{
	"w3m": func(columns int, file string) []string {
		return []string{"-dump", "-I", "UTF-8", "-O", "UTF-8", "-cols", fmt.Sprint(columns), file}
	},
	"lynx": func(columns int, file string) []string {
		return []string{"-dump", "-nolist", "-display_charset=utf-8", fmt.Sprintf("-width=%d", columns), file}
	},
}

const (
	terminalColumns = 80
	terminalLines   = 24
	allColumns      = 999 // no line breaks, and no cell of a table
)

// TestTextBrowsers shows them the pages that old engines are shown, in Arabic, too.
func TestTextBrowsers(t *testing.T) {
	for browser := range textBrowsers {
		t.Run(browser, func(t *testing.T) {
			need(t, browser)
			g := the(t)
			pages := g.oldPages(t, g.Source.Code, "zh", "ar")
			judged(t, len(pages), "page")
			g.inText(t, browser)(collect(t), g.asIs(pages))
		})
	}
}

// Each judge refuses what its browser cannot show.
func TestTextBrowsersSee(t *testing.T) {
	for browser := range textBrowsers {
		t.Run(browser, func(t *testing.T) {
			need(t, browser)
			refuses(t, browser, the(t).inText(t, browser))
		})
	}
}

// inText returns a judge of what a text browser writes.
func (g *guide) inText(t *testing.T, browser string) func(c *complaints, list []variant) {
	return func(c *complaints, list []variant) {
		for _, v := range list {
			show := func(columns int) []string {
				cmd := exec.Command(browser, textBrowsers[browser](columns, v.file)...)
				cmd.Env = append(cmd.Environ(), "LC_ALL=C.UTF-8", "HOME=/nonexistent")
				out, err := cmd.Output()
				if err != nil {
					c.add(v.name, "the browser failed", err.Error())
				}
				return strings.Split(string(out), "\n")
			}
			judgeText(g.written(t, v.page), show(allColumns), show(terminalColumns), v, func(rule, place string) {
				c.add(v.name, rule, place)
			})
		}
	}
}

// judgeText judges the lines of a page as it is, and as a terminal shows it.
func judgeText(texts, whole, terminal []string, v variant, complain func(rule, place string)) {
	for _, m := range lacking(texts, strings.Join(whole, "\n")) {
		complain("text that is not shown", m)
	}
	for _, n := range elements(v.root, "details") {
		option, answer := words(find(n, "summary")), words(n.NextSibling)
		if apart, found := toldApart(whole, option, answer); !found {
			complain("an answer does not follow its question", option)
		} else if !apart {
			complain("an answer looks like what one can choose", option)
		}
	}
	help := helpLink(v.root)
	if help == nil {
		return
	}
	first := strings.Join(terminal[:min(len(terminal), terminalLines)], "\n")
	if !strings.Contains(fold(first), fold(words(help))) {
		complain("no way to help on the first screen", words(help))
	}
}

// toldApart finds what one can choose with the line after it, which is of its
// answer, and reports whether the two lines begin with other signs or spaces.
func toldApart(lines []string, option, answer string) (apart, found bool) {
	for i, line := range lines {
		if fold(line) != fold(option) {
			continue
		}
		next := slices.IndexFunc(lines[i+1:], func(s string) bool { return strings.TrimSpace(s) != "" })
		if next < 0 || !strings.Contains(fold(answer), fold(lines[i+1+next])) {
			continue // the same words stand elsewhere, too
		}
		return mark(line) != mark(lines[i+1+next]), true
	}
	return false, false
}

// mark is what stands before the first letter of a line: spaces and signs, but
// those that words begin with.
func mark(line string) string {
	return line[:strings.IndexFunc(line+"a", func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.N, unicode.Pi, unicode.Ps) || strings.ContainsRune(`"'¿¡«„`, r)
	})]
}

func TestToldApart(t *testing.T) {
	for _, test := range []struct {
		lines        string
		apart, found bool
	}{
		{"Say no.|No needs no reason.", false, true},
		{"Say no.||No needs no reason.", false, true},
		{"Say no.|“No” needs no reason.", false, true},
		{"* Say no.||No needs no reason.", true, true},
		{"Say no.||  No needs no reason.", true, true},
		{"Say no.||✓ No needs no reason.", true, true},
		{"Say no.|Another|No needs no reason.", false, false},
		{"No needs no reason.", false, false},
	} {
		apart, found := toldApart(strings.Split(test.lines, "|"), "Say no.", "No needs no reason. And more.")
		if apart != test.apart || found != test.found {
			t.Errorf("of %q it says apart %v, found %v", test.lines, apart, found)
		}
	}
}
